"""What an attacker would try first: headers, hosts, paths, redirects, encodings, methods, and files from the corpus."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from pilcrow.settings import Settings
from tests.webui import library_of_traps
from tests.webui.running import running
from tests.webui.visiting import said
from webui import create_app

BREAK = "\r\nSet-Cookie: a=b\r\n\r\n<script>"
ADDRESSES = (
    "/?from={x}&to={x}",
    "/?q={x}",
    "/search.csv?q={x}",
    "/search.{x}?q=victims",
    "/?q=victims&format={x}",
    "/documents/{x}",
    "/documents/A/79/945?q={x}",
    "/facets/{x}",
    "/facets/state?contains={x}",
    "/api/documents?id={x}",
    "/api/paragraphs?id={x}",
    "/sitemap-{x}.xml",
    "/static/{x}",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "typed", [BREAK, "\0", "\x1b[2J", "é\ud7ff", "%", "../../../../etc/passwd", "${jndi:ldap://x}"]
)
def test_nothing_typed_becomes_a_header_or_a_fault(client: FlaskClient, address: str, typed: str) -> None:
    with client.get(address.format(x=quote(typed, safe=""))) as answer:
        assert answer.status_code < 500
        assert "Set-Cookie" not in answer.headers
        for name, value in answer.headers:
            assert value.isprintable(), name
        assert "root:" not in answer.text


@pytest.mark.parametrize("encoded", ["%FF%FE", "%C0%AF", "%ED%A0%80", "%u0041", "%", "%zz", "+%2B", "%00%00"])
def test_odd_encodings_are_read_as_far_as_they_can_be(client: FlaskClient, encoded: str) -> None:
    for address in ("/?q=", "/documents/", "/?state=", "/api/search?q=", "/?date=", "/?page="):
        assert client.get(address + encoded).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/\\evil.example",
        "/documents//evil.example",
        "/%2F%2Fevil.example",
        "/?from=//evil.example&to=//evil.example",
        "/documents/S/2025/368",
        "/documents/S/2025/368/file",
        "/?q=S/2025/368",
    ],
)
def test_no_redirect_leads_to_another_host(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    where = urlsplit(answer.headers.get("Location", ""))
    assert (where.netloc, where.scheme) in (("", ""), ("localhost", "http"))
    assert not answer.headers.get("Location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "path",
    [
        "/documents/../../etc/passwd/file",
        "/documents/%2e%2e/%2e%2e/etc/passwd/file",
        "/documents/%2fetc%2fpasswd/file",
        "/documents/letter.txt/file",
        "/documents/A/79/945/file/file",
        "/documents/A/79/945%00/file",
        "/documents/S/RES/2774%20(2025)/file",  # of which the index names no file
        "/static/..%2f..%2fpages.py",
        "/static/%2e%2e/pages.py",
        "/static//etc/passwd",
    ],
)
def test_no_path_leaves_the_corpus(client: FlaskClient, path: str) -> None:
    with client.get(path, follow_redirects=True) as answer:
        assert answer.status_code == 404
        assert "root:" not in answer.text


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_bytes(library_of_traps.FILES["letter.txt"])
    (files / "letter.txt").symlink_to(secret)
    library_of_traps.publish(tmp_path / "index", library_of_traps.documents(), roots=(str(files),))
    assert create_app(tmp_path / "index").test_client().get("/documents/A/79/945/file").status_code == 404


@pytest.mark.parametrize("path", ["/documents/A/79/945/file", "/documents/prov:some-file/file"])
def test_a_file_of_the_corpus_runs_nothing(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/documents/A/79/945", "/api/search", "/metrics", "/static/pilcrow.css"])
def test_the_site_is_only_read(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data="q=victims")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=victims", "/documents/A/79/945", "/help", "/nowhere", "/robots.txt", "/healthz", "/search.csv?q=x"],
)
def test_head_says_what_get_would(client: FlaskClient, path: str) -> None:
    with client.head(path) as head, client.get(path) as got:
        assert (head.status_code, head.data) == (got.status_code, b"")
        assert head.headers.get("Content-Type") == got.headers.get("Content-Type")


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/?q=victims", "no-cache"),
        ("/documents/A/79/945", "no-cache"),
        ("/nowhere", "no-store"),
        ("/?page=x&state=" + "&state=".join("x" * 300), "no-store"),
        ("/healthz", "no-store"),
        ("/static/pilcrow.css?v=1", "public, max-age=31536000, immutable"),
    ],
)
def test_an_answer_says_how_long_it_may_be_kept(client: FlaskClient, path: str, caching: str) -> None:
    with client.get(path) as answer:
        assert answer.headers["Cache-Control"] == caching


def test_a_forged_forwarded_host_is_nowhere_believed(traps_index: Path) -> None:
    visitor = create_app(traps_index, settings=Settings(rate=0)).test_client()
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "/nowhere"}
    for path in ("/", "/robots.txt", "/sitemap.xml", "/api/documents", "/search.csv?q=victims"):
        with visitor.get(path, headers=headers) as answer:
            assert (answer.status_code, "evil" in answer.text) == (200, False)


def test_an_address_that_begins_like_another_host_stays_here(traps_index: Path) -> None:
    with running(traps_index) as site:
        for path in (b"//evil.example", b"//evil.example/documents", b"///evil.example/%2e%2e"):
            answer = said(site, b"GET " + path + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
            assert answer.startswith((b"HTTP/1.1 308 ", b"HTTP/1.1 404 ")), answer[:200]
            where = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location:")]
            assert all(line.startswith(b"Location: http://here/evil.example") for line in where), answer[:200]


def test_two_requests_in_one_are_two_and_each_is_answered(traps_index: Path) -> None:
    smuggled = (
        b"GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 44\r\n\r\n"
        b"GET /documents HTTP/1.1\r\nHost: evil\r\nX: aaaa\n"
        b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    with running(traps_index) as site:
        answers = said(site, smuggled)
    assert [part.split()[0] for part in answers.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404"]
