"""One folder of everything that goes wrong with files: each is a line with reason and remedy, the rest is indexed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from benchmarks.made_pdf import document, pages
from indexer import sources
from indexer.build import build
from indexer.report import BuildReport, Refused, Unread
from pilcrow.engine.errors import CatalogueError
from tests.indexer.small import held, write
from tests.indexer.test_twins import write_docx

GOOD = "The Working Group considered the protection of victims of trafficking."
BOMB = 1 << 30


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, "good.txt", "A/79/1", GOOD)
    (folder / "good.pdf").write_bytes(document("A/79/2", [GOOD, GOOD]))
    write_docx(folder, "good.docx", "A/79/3", GOOD)
    return folder


def lines(report: BuildReport) -> dict[str, str]:
    """What the report says of each refused file, after a look at every line."""
    for each in report.refused:
        assert each.reason, each
        assert each.remedy, each
        assert "Pilcrow itself failed" not in each.reason, each
        assert str(each).isprintable(), each
    printed = report.render(every=True)
    assert all(f"\n  {each}" in printed for each in report.refused)
    return {each.name: each.reason for each in report.refused}


def spoilt(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of files of every format that cannot be read."""
    pdf, docx = (folder / "good.pdf").read_bytes(), (folder / "good.docx").read_bytes()
    yield "empty.pdf", b""
    yield "empty.docx", b""
    yield "empty.html", b""
    yield "cut.pdf", pdf[: len(pdf) // 3]
    yield "cut.docx", docx[: len(docx) // 2]
    yield "noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40
    yield "noise.docx", b"PK\x03\x04" + bytes(range(256)) * 40
    yield "picture.pdf", picture_pdf(0)
    yield "locked.pdf", encrypted_pdf()
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le")
    yield "bomb.docx", zip_bomb(docx)
    yield "entities.docx", with_entities(docx)
    yield "archive.pdf", zipped({"readme.txt": b"hello"})


def picture_pdf(text_pages: int) -> bytes:
    """A page that is a picture, as a scanner makes them, after so many pages with text."""
    shown = zlib.compress(b"q 400 0 0 600 72 72 cm /I Do Q")
    pixels = zlib.compress(bytes(60 * 80))
    objects = [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /I %d 0 R >> >> "
        b"/Contents %d 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(pixels), pixels),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(shown), shown),
    ]
    texts = [["A/79/4", "", *(f"{number}. {GOOD}" for number in range(1, 6))]] * text_pages
    made = pages(texts)
    body, _, _ = made.partition(b"xref\n")
    first = 4 + 2 * text_pages
    numbered = (first, first + 1, first + 2)
    objects[0] %= (first + 1, first + 2)
    for number, each in zip(numbered, objects, strict=True):
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(text_pages + 1))
    body += b"2 0 obj\n<< /Type /Pages /Kids [%b] /Count %d >>\nendobj\n" % (kids, text_pages + 1)
    return body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def encrypted_pdf() -> bytes:
    """A PDF that says that it is encrypted, with a password that nobody knows."""
    made = document("A/79/5", [GOOD])
    return made.replace(
        b"/Root 1 0 R >>",
        b"/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter "
        b"/Standard /V 2 /R 3 /Length 128 /P -44 /O <%b> /U <%b> >> >>" % (b"11" * 32, b"22" * 32),
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def parts_of(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_bomb(docx: bytes) -> bytes:
    """A document whose body is a gigabyte of spaces and no more, which is a megabyte in the archive."""
    parts = parts_of(docx)
    start, body, end = parts.pop("word/document.xml").partition(b"<w:body>")
    made = BytesIO(zipped(parts))
    with ZipFile(made, "a", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(start + body)
        for _ in range(BOMB >> 20):
            part.write(b" " * (1 << 20))
        part.write(end)
    return made.getvalue()


def with_entities(docx: bytes) -> bytes:
    """A document that asks for a file of the machine that reads it."""
    parts = parts_of(docx)
    text = parts["word/document.xml"]
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = entity + text.partition(b"?>")[2].replace(b"1. The", b"1. &secret; The")
    return zipped(parts)


def test_every_file_that_cannot_be_read_is_a_line_and_the_others_are_indexed(corpus: Path, tmp_path: Path) -> None:
    bad = dict(spoilt(corpus))
    for name, data in bad.items():
        (corpus / name).write_bytes(data)
    report = build([corpus], tmp_path / "index")
    said = lines(report)
    indexed = set(bad) - set(said)
    # Cut short or asking for what it does not get, a file may still hold a document; nothing else may.
    assert indexed <= {"cut.pdf", "entities.docx"}
    assert set(said) <= set(bad)
    assert {"A/79/1", "A/79/2", "A/79/3"} <= set(held(tmp_path / "index"))
    assert not any("root:" in text for texts in held(tmp_path / "index").values() for text in texts)
    assert "password" in said["locked.pdf"]
    assert "OCR" in next(each.remedy for each in report.refused if each.name == "picture.pdf")
    assert "DOCX or PDF" in next(each.remedy for each in report.refused if each.name == "old.doc")


def test_files_are_known_by_what_they_hold_and_not_by_their_suffix(corpus: Path, tmp_path: Path) -> None:
    for wrong, right in (("pdf.docx", "good.pdf"), ("docx.txt", "good.docx"), ("text", "good.txt")):
        (corpus / right).rename(corpus / wrong)
    assert lines(build([corpus], tmp_path / "index")) == {}
    assert set(held(tmp_path / "index")) == {"A/79/1", "A/79/2", "A/79/3"}


def test_a_page_that_is_a_picture_among_pages_of_text_is_said(corpus: Path, tmp_path: Path) -> None:
    (corpus / "mixed.pdf").write_bytes(picture_pdf(2))
    report = build([corpus], tmp_path / "index")
    assert report.unread == (Unread(name="mixed.pdf", pages=(3,)),)
    assert (
        "\nPictures of text, not read; recognise them (OCR) and index again:\n  mixed.pdf: page 3\n" in report.render()
    )


def test_a_file_of_500_megabytes_is_refused_by_its_size_without_being_read(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = sources._hashed
    monkeypatch.setattr(sources, "_hashed", lambda path: hashed.append(path.name) or real(path))
    with (corpus / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500_000_000)
    assert lines(build([corpus], tmp_path / "index")) == {
        "huge.pdf": "it has 500,000,000 bytes, more than the 268,435,456 that a document may have"
    }
    assert sorted(hashed) == ["good.docx", "good.pdf", "good.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let every byte into a name")
def test_names_of_any_bytes_are_read_kept_and_printed_without_harm(corpus: Path, tmp_path: Path) -> None:
    names = [
        "with spaces (and parentheses).txt",
        "доклад о торговле людьми.txt",
        "تقرير.txt",
        "line\nfeed.txt",
        "escape\x1b[31m.txt",
        "turned\u202etxt.exe",
        "-option.txt",
        "'quote\".txt",
        os.fsdecode(b"latin-\xe9t\xe9.txt"),
        os.fsdecode(b"\xff\xfe"),
    ]
    for number, name in enumerate(names):
        write(corpus, name, f"A/80/{number}", GOOD)
        (corpus / f"bad {name}").write_bytes(b"")
    report = build([corpus], tmp_path / "index")
    assert report.documents == len(names) + 3
    assert len(report.refused) == len(names)
    printed = report.render(every=True).splitlines()
    assert all(line.isprintable() for line in printed)
    assert r"  bad line\nfeed.txt: it is empty; put the document's text into it, or remove it" in printed
    assert r"  bad latin-\xe9t\xe9.txt: it is empty; put the document's text into it, or remove it" in printed
    assert build([corpus], tmp_path / "index").changed is False


def test_a_name_that_is_no_text_makes_a_provisional_identifier(corpus: Path, tmp_path: Path) -> None:
    for name in (os.fsdecode(b"\xff\xfe\xfd"), os.fsdecode(b"\xe9" * 130), "отчёт"):
        (corpus / name).write_text(f"Report\n\n1. {name.encode(errors='replace').hex()} {GOOD}\n")
    assert lines(build([corpus], tmp_path / "index")) == {}
    assert len(held(tmp_path / "index")) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes, sockets and links of this kind")
def test_what_is_no_file_is_never_opened(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(corpus / "pipe.pdf")
    monkeypatch.chdir(corpus)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("socket.txt")
    (corpus / "device.txt").symlink_to("/dev/zero")
    (corpus / "one").symlink_to("two")
    (corpus / "two").symlink_to("one")
    (corpus / "deep").mkdir()
    (corpus / "deep" / "round").symlink_to("..")
    try:
        report = build([corpus], tmp_path / "index")
    finally:
        listening.close()
    assert lines(report) == {
        "deep/round": "it is a link to a folder that is read already",
        "device.txt": "it is a link to a place outside the folder",
        "one": "it is a link that leads nowhere",
        "pipe.pdf": "it is no regular file",
        "socket.txt": "it is no regular file",
        "two": "it is a link that leads nowhere",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes of this kind")
def test_a_catalogue_that_is_a_pipe_is_not_waited_for(corpus: Path, tmp_path: Path) -> None:
    os.mkfifo(corpus / "catalogue.toml")
    with pytest.raises(CatalogueError, match=r"catalogue\.toml is no file"):
        build([corpus], tmp_path / "index")


def test_a_folder_that_may_not_be_listed_is_a_line_and_the_others_are_read(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may list everything, so the operating system's refusal is given in its stead."""
    write(corpus / "closed", "c.txt", "A/79/9", GOOD)
    real = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as context:
        context.setattr(os, "scandir", refusing)
        report = build([corpus], tmp_path / "index")
    assert report.refused == (
        Refused(
            name="closed",
            reason="the folder cannot be listed (Permission denied)",
            remedy="get the right to read it, or move it away",
        ),
    )
    assert build([corpus], tmp_path / "index").documents == 4


@pytest.mark.skipif(sys.platform == "win32", reason="paths are shorter there")
def test_folders_may_be_nested_more_deeply_than_functions(corpus: Path, tmp_path: Path) -> None:
    here = os.open(corpus, os.O_RDONLY)
    for _ in range(1_300):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    try:
        assert build([corpus], tmp_path / "index").documents == 3
    finally:
        # What clears up after tests is a function that calls itself for each folder.
        subprocess.run(["rm", "-rf", str(corpus / "d")], check=True)


def test_a_file_that_became_bad_leaves_nothing_of_what_it_was(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build([corpus], index)
    (corpus / "good.pdf").write_bytes(b"%PDF-1.7\nnothing of it is left")
    report = build([corpus], index)
    assert [each.name for each in report.refused] == ["good.pdf"]
    assert set(held(index)) == {"A/79/1", "A/79/3"}
    assert len(list((index / "parsed").glob("*.json"))) == 4  # three outcomes, and the hashes of files
