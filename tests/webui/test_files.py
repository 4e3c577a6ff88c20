"""The files of documents: sent as they were indexed, in whole or in part, and nothing else of the machine ever."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.build import build
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.search import originals
from tests.webui.library_of_traps import publish
from webui import create_app

PDF = b"%PDF-1.7\n" + b"0123456789" * 1_000
HTML = b"<!doctype html><script>alert(1)</script><p>A paragraph.</p>" + b" " * 2_000
DOCX = b"PK\x03\x04 and the rest"
LATIN = "Le comité a décidé".encode("latin-1")
SECRET = b"root:x:0:0"


def parsed(symbol: str, path: str, content: bytes) -> ParsedDocument:
    sha256 = hashlib.sha256(content).hexdigest()
    paragraph = Paragraph(id=f"{symbol}#p1", document=symbol, ordinal=1, marker="1", text="A paragraph.", page=4)
    return ParsedDocument(
        document=Document(id=symbol, symbols=(symbol,), path=path, sha256=sha256), paragraphs=(paragraph,)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files; beside it, outside, a secret to which links in it lead."""
    (tmp_path / "secret.txt").write_bytes(SECRET)
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "A_80_48 (final) ñ.pdf").write_bytes(PDF)
    (folder / "page.html").write_bytes(HTML)
    (folder / "note.docx").write_bytes(DOCX)
    (folder / "latin.txt").write_bytes(LATIN)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "inside.pdf").symlink_to("sub/A_80_48 (final) ñ.pdf")
    os.mkfifo(folder / "pipe.txt")
    (tmp_path / "named.txt").write_bytes(LATIN)
    return folder


@pytest.fixture
def client(tmp_path: Path, folder: Path) -> FlaskClient:
    documents = [
        parsed("A/1", "sub/A_80_48 (final) ñ.pdf", PDF),
        parsed("A/2", "page.html", HTML),
        parsed("A/3", "note.docx", DOCX),
        parsed("A/4", "latin.txt", LATIN),
        parsed("A/5", "inside.pdf", PDF),
        parsed("A/6", "named.txt", LATIN),
        parsed("A/11", "link.txt", SECRET),
        parsed("A/12", "../secret.txt", SECRET),
        parsed("A/13", str(tmp_path / "secret.txt"), SECRET),
        parsed("A/14", "sub", b""),
        parsed("A/15", "pipe.txt", b""),
        parsed("A/16", "gone.pdf", PDF),
        parsed("A/17", "", PDF),
        parsed("A/18", "page.html", PDF),
        parsed("A/19", "secret.txt", SECRET),
        parsed("A/20", "\0", SECRET),
    ]
    roots = (str(tmp_path / "nowhere"), str(folder), str(tmp_path / "named.txt"))
    publish(tmp_path / "index", documents, roots)
    return create_app(tmp_path / "index").test_client()


def test_a_pdf_is_shown_by_the_browser_under_its_own_name(client: FlaskClient) -> None:
    with client.get("/documents/A/1/file") as response:
        assert (response.status_code, response.data) == (200, PDF)
        assert response.content_type == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline; ")
        assert response.headers["Content-Disposition"].endswith("filename*=UTF-8''A_80_48%20%28final%29%20%C3%B1.pdf")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "script" not in response.headers["Content-Security-Policy"]


def test_a_viewer_may_ask_for_a_part_and_is_told_where_nothing_is_new(client: FlaskClient) -> None:
    with client.get("/documents/A/1/file", headers={"Range": "bytes=9-18"}) as part:
        assert (part.status_code, part.data) == (206, b"0123456789")
        assert part.headers["Content-Range"] == f"bytes 9-18/{len(PDF)}"
    with client.get("/documents/A/1/file", headers={"If-None-Match": part.headers["ETag"]}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get("/documents/A/1/file", headers={"Range": "bytes=99999-"}) as beyond:
        assert beyond.status_code == 416
    with client.head("/documents/A/1/file") as head:
        assert (head.status_code, head.data, head.content_length) == (200, b"", len(PDF))


@pytest.mark.parametrize(
    ("symbol", "content", "kind", "disposition"),
    [
        ("A/2", HTML, "text/plain; charset=utf-8", "inline"),
        ("A/3", DOCX, originals.DOCX, "attachment"),
        ("A/4", LATIN, "text/plain", "inline"),
        ("A/5", PDF, "application/pdf", "inline"),
        ("A/6", LATIN, "text/plain", "inline"),
    ],
)
def test_no_other_file_is_a_page_of_this_site(
    client: FlaskClient, symbol: str, content: bytes, kind: str, disposition: str
) -> None:
    """HTML that was found somewhere would run here as if it were ours."""
    with client.get(f"/documents/{symbol}/file", headers={"Accept-Encoding": "gzip"}) as response:
        assert (response.status_code, response.data) == (200, content)
        assert response.content_type == kind
        assert response.headers["Content-Disposition"].partition(";")[0] == disposition
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if kind != "application/pdf":
            assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("symbol", ["A/11", "A/12", "A/13", "A/14", "A/15", "A/16", "A/17", "A/19", "A/20"])
def test_what_is_no_file_under_the_folders_is_not_opened_whatever_the_index_says(
    client: FlaskClient, symbol: str
) -> None:
    with client.get(f"/documents/{symbol}/file") as response:
        assert response.status_code == 404
        assert SECRET not in response.data
        message = BeautifulSoup(response.text, "html.parser").get_text(" ")
        assert "is not, or no longer, where it was when it was indexed" in message


def test_a_file_that_has_changed_is_not_taken_for_the_one_that_was_indexed(client: FlaskClient, folder: Path) -> None:
    path = folder / "sub" / "A_80_48 (final) ñ.pdf"
    old = time.time() - 3_600
    os.utime(path, (old, old))
    with client.get("/documents/A/1/file") as response:
        assert response.status_code == 200
    path.write_bytes(PDF.replace(b"0", b"1"))
    for symbol in ("A/1", "A/18"):
        with client.get(f"/documents/{symbol}/file") as response:
            assert response.status_code == 404
            assert "has changed since it was indexed" in response.text


def test_a_file_is_hashed_once_as_long_as_nobody_writes_to_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only time settles what was written this moment.
    monkeypatch.setattr(originals, "_SETTLED", -1.0)
    hashed = []
    digest = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda *given: hashed.append(1) or digest(*given))
    for _ in range(3):
        with client.get("/documents/A/1/file") as response:
            assert response.status_code == 200
    assert len(hashed) == 1


def test_the_file_of_a_document_goes_by_its_symbol(client: FlaskClient) -> None:
    with client.get("/documents/a/1/file") as response:
        assert (response.status_code, response.headers["Location"]) == (301, "/documents/A/1/file")
    with client.get("/documents/A/99/file") as response:
        assert response.status_code == 404


def test_a_page_leads_to_the_file_and_to_the_page_of_each_paragraph(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/documents/A/1").text, "html.parser")
    assert page.select_one("a.file")["href"] == "/documents/A/1/file"
    assert [(a.get_text(), a["href"]) for a in page.select(".cite .page a")] == [("p. 4", "/documents/A/1/file#page=4")]
    hits = BeautifulSoup(client.get("/?q=paragraph&symbol=A/1").text, "html.parser")
    assert "/documents/A/1/file#page=4" in [a["href"] for a in hits.select(".where a")]
    without = BeautifulSoup(client.get("/documents/A/17").text, "html.parser")
    assert without.select("a.file, .cite .page a") == []
    assert without.select_one(".cite .page").get_text() == "· p. 4"


def test_what_was_built_can_be_opened_and_after_a_move_once_it_is_built_again(
    tmp_path: Path, corpus: Path, corpus_client: FlaskClient
) -> None:
    with corpus_client.get("/documents/CTOC/COP/WG.4/2013/5/file") as response:
        assert response.data in [path.read_bytes() for path in corpus.iterdir() if path.is_file()]

    before, after, index = tmp_path / "before", tmp_path / "after", tmp_path / "index"
    before.mkdir()
    (before / "a.txt").write_text("A/80/1\n\n1. Belarus agreed.\n")
    assert build([before], index).changed
    client = create_app(index).test_client()
    url = BeautifulSoup(client.get("/documents").text, "html.parser").select_one(".shelf a")["href"] + "/file"
    before.rename(after)
    with client.get(url) as response:
        assert response.status_code == 404
    assert build([after], index).changed
    assert not build([after], index).changed
    with client.get(url) as response:
        assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")
