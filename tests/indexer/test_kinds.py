"""What kind a file is, told by what it holds; what cannot be read is refused by its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers import kind_of, read_bytes
from pilcrow.engine.errors import ReadingError
from tests.indexer.docx_made import Made, par, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
DOCX = Made(par("Text.")).data()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\n\njunk\n%PDF-1.4", "PDF"),
        (DOCX, "DOCX"),
        (DOCX[:400], "DOCX"),
        (zipped({"word/document.xml": b"", "word/vbaProject.bin": b""}), "DOCX"),
        (zipped({"xl/workbook.xml": b""}), "XLSX"),
        (zipped({"ppt/presentation.xml": b""}), "PPTX"),
        (zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b""}), "EPUB"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "ODT"),
        (zipped({"a.txt": b"word"}), "zip archive"),
        (b"PK\x05\x06" + b"\x00" * 18, "zip archive"),
        (OLE + "WordDocument".encode("utf-16-le"), "old Word"),
        (OLE + "Workbook".encode("utf-16-le"), "old Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected office document"),
        (OLE, "old office document"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n", "PNG image"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"BM\x00\x00", "BMP image"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n<html>", "MHTML"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "MHTML"),
    ],
)
def test_the_kind_is_told_by_what_the_file_holds(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>x",
        "\ufeff <html>",
        "\n\n\n<HTML>",
        "<!-- saved from x -->\n<!DOCTYPE HTML PUBLIC>",
        '<?xml version="1.0"?>\n<html xmlns="x">',
        '<meta charset="utf-8"><p>x</p>',
        "<title>x</title>",
        "<table class=x>\n<tr><td>A</td></tr></table>",
        "<p>One</p>\n<p>Two</p>\n",
        "<div><h1>Title</h1><p>Text</p></div>",
        "ï»¿\n<link rel=x>\n<table><tr><td>A</td></tr></table>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_is_a_page_also_without_its_declaration(page, encoding):
    assert kind_of(page.encode(encoding)) == "HTML"


@pytest.mark.parametrize(
    "text",
    [
        "1. Text",
        "MZ is how a text may begin, and BM too",
        "BM. 3",
        "# Title\n\n<table><tr><td>A</td></tr></table>",
        "<table><tr><td>A</td></tr></table>\n\n# Title\n\nText of it.",
        "<p>One</p>",
        "<p align=center>Logo</p>\n\n## Title\n\n<p>x</p><p>y</p>",
        "<sup>1</sup> See A/1.",
        "Use <html> to begin a page.",
        "From: the Secretary-General\nTo: the President",
        "<?xml version='1.0'?><book><p>x</p></book>",
        "",
    ],
)
def test_a_text_that_only_has_markup_in_it_stays_a_text(text):
    assert kind_of(text.encode()) == "text"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password; save it without a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word file, .*; open it in a word processor and save it as"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel file, .*; convert it to"),
        (zipped({"xl/workbook.xml": b""}), "an XLSX file, .*; convert it to"),
        (zipped({"a.txt": b""}), "a zip archive; unpack it"),
        (b"{\\rtf1", "an RTF file, which cannot be read; open it"),
        (b"\xff\xd8\xff", r"a JPEG image; recognise its text \(OCR\)"),
        (b"MZ\x90\x00", "a program; leave it out"),
        (b"Content-Type: multipart/related; boundary=x\n", "an MHTML file, .*; open it in a browser"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_its_name_with_what_to_do(data, said):
    with pytest.raises(ReadingError, match=said):
        read_bytes(data, Path("paper.docx"))


@pytest.mark.shared
def test_the_real_files_are_of_the_kinds_that_they_are(shared: Path):
    found = {
        (folder, path.suffix, kind_of(path.read_bytes()))
        for folder in ("docx", "html", "pdf")
        for path in sorted((shared / "corpora" / folder).iterdir())[:30]
    }
    assert found == {
        ("docx", ".docx", "DOCX"),
        ("docx", ".pdf", "PDF"),
        ("html", ".html", "HTML"),
        ("pdf", ".pdf", "PDF"),
    }
