"""Files -> blocks: one reader for each format, chosen by what a file holds, never by what it is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from indexer.blocks import Block
from indexer.readers.decode import LARGEST_FILE
from indexer.readers.kinds import kind_of as kind_of
from pilcrow.engine.errors import ReadingError

READERS = {
    "text": "indexer.readers.text",
    "PDF": "indexer.readers.pdf",
    "DOCX": "indexer.readers.docx",
    "HTML": "indexer.readers.html",
}
"""The formats that can be read, and the module whose ``read(data, path)`` makes the blocks, imported when one comes."""

_REMEDIES = {
    "protected office document": "save it without a password and try again",
    "old Word": "open it in a word processor and save it as DOCX or PDF",
    "old PowerPoint": "save it as PDF",
    "old office document": "open it in the program that made it and save it as DOCX or PDF",
    "RTF": "open it in a word processor and save it as DOCX or PDF",
    "WordPerfect": "open it in a word processor and save it as DOCX or PDF",
    "ODT": "open it in a word processor and save it as DOCX or PDF",
    "Pages": "export it as DOCX or PDF",
    "MHTML": "open it in a browser and save it as HTML or PDF",
    "EPUB": "convert it to HTML or DOCX",
    "e-book": "convert it to HTML or DOCX",
    "PostScript": "convert it to PDF",
    "program": "leave it out of the corpus",
    "SQLite database": "leave it out of the corpus",
}
"""What to do about the kinds that cannot be read."""


def read_file(path: Path) -> tuple[bytes, list[Block]]:
    """The bytes of the file and its blocks; raises :class:`ReadingError` saying what is wrong and what to do."""
    data = _bytes_of(path)
    return data, read_bytes(data, path)


def read_bytes(data: bytes, path: Path) -> list[Block]:
    """The blocks in ``data``; ``path`` is named in errors."""
    kind = kind_of(data)
    if kind not in READERS:
        raise _refused(kind, path)
    blocks: list[Block] = import_module(READERS[kind]).read(data, path)
    return blocks


def _refused(kind: str, path: Path) -> ReadingError:
    if kind == "protected office document":
        return ReadingError(path, "it is protected by a password", _REMEDIES[kind])
    usual = "unpack it and index what is in it" if kind.endswith("archive") else "convert it to PDF, DOCX, HTML or text"
    if kind.endswith("image"):
        usual = "recognise its text (OCR) and save it as PDF"
    article = "an" if kind[0] in "aeioAEIO" or kind in {"RTF", "MHTML", "XLSX"} else "a"
    reason = (
        f"it is {article} {kind} file, which cannot be read" if not _names_itself(kind) else f"it is {article} {kind}"
    )
    return ReadingError(path, reason, _REMEDIES.get(kind, usual))


def _names_itself(kind: str) -> bool:
    """Whether a kind's name is that of a thing ("PNG image", "zip archive") and needs no "file" after it."""
    return kind.endswith(("image", "archive", "program", "database", "document", "message", "e-book"))


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
