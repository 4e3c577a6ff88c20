"""What kind of file some bytes are, told by what they hold and never by the file's name.

Archives and old office files are opened just far enough to see what is in them, so that the refusal can say how the
document gets in all the same.
"""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

_HEAD = 1024
"""Bytes at the beginning that tell most kinds; a PDF's signature may stand anywhere in them."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"BM", "BMP image"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!\x1a", "RAR archive"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"ITOLITLS", "e-book"),
    (b"\xff\x57\x50\x43", "WordPerfect"),
)
_BINARY_ONLY = {"BMP image", "program", "bzip2 archive"}
"""Kinds whose signature is also how a text may begin ("BM", "MZ"): they have NUL bytes near it."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "protected office document"),
    ("WordDocument", "old Word"),
    ("Workbook", "old Excel"),
    ("PowerPoint Document", "old PowerPoint"),
    ("__properties_version1.0", "Outlook message"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document", "DOCX"),
    ("xl/", "XLSX"),
    ("ppt/", "PPTX"),
    ("visio/", "Visio"),
    ("META-INF/container.xml", "EPUB"),
    ("content.xml", "ODT"),
    ("index.xml", "Pages"),
    ("Index/Document.iwa", "Pages"),
)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LEADING = re.compile(r"^(?:\s|<!--.*?-->|<\?xml[^>]*\?>)+", re.DOTALL)
_HTML_START = re.compile(
    r"^<(?:!doctype\s+html|html|head|body|meta|title|link|style|script|base)\b(?=[\s>/])", re.IGNORECASE
)
_ELEMENT_START = re.compile(
    r"^<(?:table|div|p|h[1-6]|ul|ol|dl|center|font|section|article|main|header|nav|form|a|span|img|hr|br|b|i|blockquote)\b"
    r"(?=[\s>/])",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?([a-z][a-z0-9]{0,10})\b[^<>]{0,2000}>", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"html|head|body|title|table|t[rdh]|p|div|[uod]l|li|d[td]|h[1-6]|section|article|main|blockquote"
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|.*\|\s*$|[-*] \S|```|!\[.*\]\()", re.MULTILINE)
_SAMPLE = 64 * 1024
_FEWEST_TAGS = 3


def kind_of(data: bytes) -> str:
    """What kind of file ``data`` is: "PDF", "DOCX", "HTML", "text", or a name for the refusal."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "PDF"
    if head.startswith(_ZIP):
        return _kind_of_zip(data)
    if head.startswith(_OLE[:4]):
        return _kind_of_ole(data)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and (kind not in _BINARY_ONLY or b"\x00" in head):
            return kind
    return _kind_of_text(data)


def _kind_of_zip(data: bytes) -> str:
    """The kind by the archive's list of parts, or by the names in what is left of a damaged one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, struct.error, EOFError, OSError, ValueError, NotImplementedError):
        names = re.findall(r"(?:word|xl|ppt)/[\w./-]{1,60}|content\.xml", data[:_SAMPLE].decode("latin-1"))
        if not names and b"[Content_Types].xml" in data[:_SAMPLE]:
            return "DOCX"  # cut off before its first part: the reader says so
    for start, kind in _ZIP_PARTS:
        if any(name.startswith(start) for name in names):
            return kind
    if any(name.startswith("word/") for name in names):
        return "DOCX"
    return "zip archive"


def _kind_of_ole(data: bytes) -> str:
    """The kind by the names in the directory of an old office file, which are written in UTF-16."""
    return next((kind for name, kind in _OLE_PARTS if name.encode("utf-16-le") in data), "old office document")


def _kind_of_text(data: bytes) -> str:
    sample = _LEADING.sub("", _decoded(data[:_SAMPLE]), count=1)
    if _HTML_START.match(sample):
        return "HTML"
    if sample[:4000].lower().startswith(("mime-version:", "from:", "content-type: multipart/related")) and re.search(
        r"^content-type:\s*multipart/related", sample[:4000], re.IGNORECASE | re.MULTILINE
    ):
        return "MHTML"
    return "HTML" if _ELEMENT_START.match(sample) and _is_all_markup(sample) else "text"


def _decoded(sample: bytes) -> str:
    """Enough of the bytes as text to see tags, whatever the encoding; a mark that was encoded twice is one as well."""
    text = sample.decode("utf-16" if sample.startswith(_MARKS) else "utf-8", errors="replace")
    return text.lstrip("\ufeff").removeprefix("\u00ef\u00bb\u00bf")


def _is_all_markup(sample: str) -> bool:
    """Whether a text that begins with an element is a page, and not a Markdown text with some HTML in it.

    A page has nothing but its markup to part its lines: no line of it is a Markdown heading, list or table.
    """
    tags = [found.group(1).lower() for found in _TAG.finditer(sample)]
    blocks = sum(bool(_BLOCK_TAG.fullmatch(tag)) for tag in tags)
    if blocks < _FEWEST_TAGS:
        return False
    outside = re.sub(r"<(script|style|pre)\b.*?</\1>", "", sample, flags=re.DOTALL | re.IGNORECASE)
    return not _MARKDOWN.search(outside)
