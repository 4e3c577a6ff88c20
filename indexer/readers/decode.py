"""Bytes -> text, or a clear refusal: the encoding is found, never guessed so far that words go wrong.

UTF-8 first (with or without a byte-order mark), UTF-16 by its mark, then Windows-1252 where every byte makes sense
in it. What has NUL bytes, too few printable characters, or a line no person wrote is no text document.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from pilcrow.engine.errors import ReadingError

LONGEST_LINE = 1_000_000
"""Characters: the longest paragraph of the United Nations is a few ten thousand; beyond this a line is data."""

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes: more than any document, and little enough to hold in memory."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS_UTF8 = "save it as UTF-8 text and try again"


def decode(data: bytes, path: Path | str) -> str:
    """The text in ``data`` with line feeds as line ends; ``path`` is only named in the error.

    Raises :class:`ReadingError` where the bytes are no text, or no text in an encoding that can be told for sure.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and b"\x00" in data:
        raise ReadingError(path, "it has NUL bytes, so it is not a text file", _SAVE_AS_UTF8)
    text = _decoded(data, encoding, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_long_lines(text, path)
    _refuse_noise(text, path)
    return text


def _decoded(data: bytes, encoding: str, path: Path | str) -> str:
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise ReadingError(
                path, f"it says it is {encoding} and is not (byte {error.start})", _SAVE_AS_UTF8
            ) from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        reason = f"it is neither UTF-8 nor Windows-1252 (byte {error.start})"
        raise ReadingError(path, reason, _SAVE_AS_UTF8) from error
    if not _reads_as_western(text):
        raise ReadingError(path, "its encoding cannot be told for sure", _SAVE_AS_UTF8)
    return text


def _reads_as_western(text: str) -> bool:
    """Whether Windows-1252 made sense: in Western text letters with accents stand rarely, and among plain letters."""
    high = [char for char in text if ord(char) > 127]
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and len(high) <= 0.2 * letters


def _refuse_long_lines(text: str, path: Path | str) -> None:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_LINE:
            reason = f"one of its lines has {end - start:,} characters, so it is data and not a document"
            raise ReadingError(path, reason, "leave it out of the corpus, or break its lines")
        start = end + 1


def _refuse_noise(text: str, path: Path | str) -> None:
    sample = text[:100_000]
    if not sample.strip():
        raise ReadingError(path, "it is empty", "put the document's text into it, or remove it")
    control = sum(1 for char in sample if char < " " and char not in "\n\t\f\v")
    if control > 0.02 * len(sample):
        raise ReadingError(path, "it is full of control characters, so it is not a text file", _SAVE_AS_UTF8)
