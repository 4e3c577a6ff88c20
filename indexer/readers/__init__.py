"""Files -> blocks: one reader for each format, chosen by what a file holds, never by what it is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from indexer.blocks import Block
from indexer.readers.decode import LARGEST_FILE
from pilcrow.engine.errors import ReadingError

READERS = {
    "text": "indexer.readers.text",
    "PDF": "indexer.readers.pdf",
}
"""The formats that can be read, and the module whose ``read(data, path)`` makes their blocks, imported when one comes."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "DOCX or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "old Word"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"\x1f\x8b", "gzip archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite database"),
)
_HTML_STARTS = (b"<!doctype html", b"<html")
_PDF_SEARCH = 1024
"""A PDF's signature may stand anywhere in its first kilobyte."""


def read_file(path: Path) -> tuple[bytes, list[Block]]:
    """The bytes of the file and its blocks; raises :class:`ReadingError` saying what is wrong and what to do."""
    data = _bytes_of(path)
    return data, read_bytes(data, path)


def read_bytes(data: bytes, path: Path) -> list[Block]:
    """The blocks in ``data``; ``path`` is named in errors."""
    kind = kind_of(data)
    if kind not in READERS:
        supported = ", ".join(sorted(READERS))
        raise ReadingError(path, f"it is a file of kind {kind}, which cannot be read yet", f"convert it to {supported}")
    blocks: list[Block] = import_module(READERS[kind]).read(data, path)
    return blocks


def kind_of(data: bytes) -> str:
    """What kind of file ``data`` is, by its content: a key of :data:`READERS`, or a name for the error."""
    head = data[:_PDF_SEARCH]
    if b"%PDF-" in head:
        return "PDF"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS):
        return "HTML"
    return "text"


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ReadingError(path, "there is no such file", "check the path")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            reason = f"it has {size:,} bytes, more than the {LARGEST_FILE:,} that a document may have"
            raise ReadingError(path, reason, "leave it out of the corpus, or split it")
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(path, f"it cannot be opened ({error.strerror})", "check that it may be read") from error
