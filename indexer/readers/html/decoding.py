"""The bytes of an HTML page -> its text: what the page declares is believed only where the bytes bear it out."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from pilcrow.engine.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_SEARCHED = 8192
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "unicode": "utf-16",
}
"""Names that browsers read as the larger encoding that pages mean by them."""

_DOUBLE_MARK = "\u00ef\u00bb\u00bf"
"""A byte-order mark that some tool encoded once more."""

_DECLARE = "declare its encoding in the page, or save it as UTF-8"


def decode(data: bytes, path: Path | str) -> str:
    """The text of the page ``data``. Raises :class:`ReadingError` where no encoding can be told for sure."""
    text = _decoded(data, path).lstrip("\ufeff").removeprefix(_DOUBLE_MARK)
    if not text.strip():
        raise ReadingError(path, "it is empty", "put the document's text into it, or remove it")
    return text.replace("\x00", "")


def _decoded(data: bytes, path: Path | str) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    declared = _declared(data[:_SEARCHED])
    for name in (
        marked,
        declared if declared.startswith(("utf-16", "iso-2022")) and b"\x00" in data[:4] else "",
        "utf-8",
    ):
        text = _tried(data, name)
        if text is not None:
            return text
    text = _tried(data, declared)
    if text is not None:
        return text
    text = _tried(data, "cp1252")
    if text is None or (not declared and not _reads_as_western(text)):
        reason = f"its bytes are not {declared}, as it says" if declared else "its encoding cannot be told for sure"
        raise ReadingError(path, reason, _DECLARE)
    return text


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head) or _IN_XML.search(head)
    name = found.group(1).decode("ascii", "replace").lower() if found else ""
    return _ALIASES.get(name, name)


def _tried(data: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _reads_as_western(text: str) -> bool:
    """Whether Windows-1252 made sense: in Western text, letters with accents stand rarely."""
    high = sum(ord(char) > 127 for char in text)
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and high <= 0.2 * letters
