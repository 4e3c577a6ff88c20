"""The zip archive that a DOCX file is, opened with suspicion: sizes are checked before and while a part is unpacked.

No part may declare entities or name a document type: what word processors write has neither, and what has them means
to read other files or to grow without end. Parts are found by their relationships, as the format asks, not by name.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from pilcrow.engine.errors import ReadingError

LARGEST_PART = 100 * 1024 * 1024
"""Bytes of one part, unpacked: a report of a thousand pages has about half of it."""

LARGEST_RATIO, RATIO_FROM = 200, 4 * 1024 * 1024
"""How many times a part may grow when it is unpacked, from that many bytes; a word processor's grow by thirty."""

MOST_ELEMENTS = 1_500_000
"""Elements in one part: a page has about a thousand, and each costs some hundred bytes of memory."""

MOST_PARTS = 20_000
DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the library raises at archives that are damaged, cut off, or packed in ways that it does not know."""

_CHUNK = 1024 * 1024

Element = ElementTree.Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATED.encode()),
)
"""The strict form of the format has other names for the same things."""

W = f"{{{_WORD}}}"
R = f"{{{_RELATED}}}"
_MAIN = "word/document.xml"
_SAVE_AGAIN = "open it in a word processor and save it as DOCX again, or as PDF"
_DO_NOT_TRUST = "remove it, or save its text as DOCX anew"


@dataclass(frozen=True, slots=True)
class Relation:
    """One part that another one names: its ``kind`` ("footnotes", "header") and the name of the ``target``."""

    kind: str
    target: str


@dataclass
class Package:
    """The parts of a DOCX file; ``path`` is named in errors."""

    archive: zipfile.ZipFile
    path: Path | str
    main: str = _MAIN
    relations: dict[str, Relation] = field(default_factory=dict)

    def part(self, name: str) -> Element | None:
        """The root of the part ``name``, ``None`` where there is no such part. Raises :class:`ReadingError`."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        return _parsed(self._unpacked(info), name, self.path)

    def related(self, kind: str) -> Element | None:
        """The root of the part that the main one names as ``kind`` ("styles", "footnotes"), ``None`` without one."""
        name = next((each.target for each in self.relations.values() if each.kind == kind), None)
        return self.part(name) if name else None

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        grown = info.file_size > RATIO_FROM and info.file_size > LARGEST_RATIO * max(1, info.compress_size)
        if info.file_size > LARGEST_PART or grown:
            raise _too_large(self.path, info.filename, info.file_size)
        if info.flag_bits & 0x1:
            raise ReadingError(self.path, "it is protected by a password", "save it without one and try again")
        out = bytearray()
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    if len(out) > LARGEST_PART:
                        raise _too_large(self.path, info.filename, len(out))
        except DAMAGES as error:
            reason = f"its part {info.filename} cannot be unpacked, so the file is damaged"
            raise ReadingError(self.path, reason, _SAVE_AGAIN) from error
        return bytes(out)


def open_package(data: bytes, path: Path | str) -> Package:
    """The package in ``data``, its main part found. Raises :class:`ReadingError` where it is none that can be read."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except DAMAGES as error:
        raise ReadingError(path, "it is a zip archive that is cut off or damaged", _SAVE_AGAIN) from error
    if len(archive.infolist()) > MOST_PARTS:
        reason = f"it has {len(archive.infolist()):,} parts, which no document has"
        raise ReadingError(path, reason, _DO_NOT_TRUST)
    package = Package(archive, path)
    office = (each.target for each in _relations(package, "").values() if each.kind == "officeDocument")
    package.main = next(office, _MAIN)
    package.relations = _relations(package, package.main)
    return package


def _relations(package: Package, of: str) -> dict[str, Relation]:
    """What the part ``of`` names, by identifier; "" is the package as a whole. Links out of the file are left out."""
    folder, name = posixpath.split(of)
    root = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for each in root if root is not None else ():
        if each.get("TargetMode") == "External":
            continue
        kind = each.get("Type", "").rpartition("/")[2]
        target = each.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[each.get("Id", "")] = Relation(kind, inside)
    return found


def _parsed(data: bytes, name: str, path: Path | str) -> Element:
    if _declares(data):
        reason = f"its part {name} declares a document type or entities, which no word processor writes"
        raise ReadingError(path, reason, _DO_NOT_TRUST)
    if data.count(b"<") - data.count(b"</") > MOST_ELEMENTS:
        reason = f"its part {name} has more than {MOST_ELEMENTS:,} elements"
        raise ReadingError(path, reason, "split it into several documents")
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - what could make it unsafe was refused above
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadingError(path, f"its part {name} is damaged ({error})", _SAVE_AGAIN) from error


def _declares(data: bytes) -> bool:
    """Whether a part has a document type or entities, in any encoding that the parser reads."""
    words = ("<!DOCTYPE", "<!ENTITY")
    encodings = ("utf-8",) if b"\x00" not in data[:4] else ("utf-16-le", "utf-16-be")
    return any(word.encode(encoding) in data for word in words for encoding in encodings)


def _too_large(path: Path | str, name: str, size: int) -> ReadingError:
    reason = f"its part {name} unpacks to {size:,} bytes, more than a document has (it may be a zip bomb)"
    return ReadingError(path, reason, "leave it out of the corpus, or split the document")
