"""The file that a document was read from, as long as it is still that file.

An index says under which folders it was built and which content each file had. A file is opened only where it lies
under one of those folders, links followed, and has that very content: whatever the index or an address says, nothing
else of this machine can be read through here.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.model import Document

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"

_HEAD = 65_536
"""Bytes that tell the kind of a file and whether it is in UTF-8."""

_PDF_WITHIN = 1_024
"""Bytes within which a PDF says that it is one; some have a few others before that."""

_MOST_KNOWN = 10_000
_SETTLED = 2.0
"""Seconds after which a file that was not written to is believed to be as it was hashed: the coarsest clock's tick."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_Identity = tuple[int, int, int, int, int]


class OriginalError(PilcrowError):
    """The file of a document cannot be had: it is gone, or is another one by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An open file: the caller closes it. ``charset`` is "" where the text does not show it; ``modified`` a time."""

    file: BufferedReader
    name: str
    size: int
    modified: float
    sha256: str
    media_type: str
    charset: str = ""


class Originals:
    """Opens files of documents, each hashed once as long as it stays untouched. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[_Identity, str] = {}

    def open(self, reader: IndexReader, document: Document) -> Original:
        """The file that ``document`` was read from; raises :class:`OriginalError` where that cannot be had."""
        changed = False
        for path in _candidates(reader.manifest.roots, document.path):
            file = _opened(path)
            if file is None:
                continue
            try:
                if self._sha256(file) == document.sha256:
                    return _original(file, document)
            except OSError:
                # It cannot be read to its end: as good as gone.
                file.close()
                continue
            changed = True
            file.close()
        name = document.path or "no file that the index names"
        if changed:
            raise OriginalError(
                f"The file of {document.id} ({name}) has changed since it was indexed; "
                "index it again, and it can be opened here."
            )
        raise OriginalError(
            f"The file of {document.id} ({name}) is not, or no longer, where it was when it was indexed; "
            "put it back there, or index it again where it is."
        )

    def _sha256(self, file: BufferedReader) -> str:
        state = os.fstat(file.fileno())
        identity = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        with self._lock:
            known = self._known.get(identity)
        if known is not None:
            return known
        found = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        if time.time() - max(state.st_mtime, state.st_ctime) > _SETTLED:
            with self._lock:
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known[identity] = found
        return found


def _candidates(roots: tuple[str, ...], name: str) -> Iterator[Path]:
    """Where the file called ``name`` may lie under ``roots``, links followed; nothing outside of them."""
    for each in roots if name else ():
        with suppress(OSError, ValueError, RuntimeError):  # no such folder, a name that none can have, links in a ring
            root = Path(each)
            real = root.resolve(strict=True)
            if not real.is_dir():
                if root.name == name:
                    yield real  # a file that was named outright
                continue
            path = (real / name).resolve(strict=True)
            if path.is_relative_to(real):
                yield path


def _opened(path: Path) -> BufferedReader | None:
    """The regular file at ``path``, open; None where there is none, or none that may be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    return None


def _original(file: BufferedReader, document: Document) -> Original:
    state = os.fstat(file.fileno())
    head = file.read(_HEAD)
    file.seek(0)
    media_type, charset = _kind(head)
    return Original(
        file=file,
        name=PurePosixPath(document.path).name,
        size=state.st_size,
        modified=state.st_mtime,
        sha256=document.sha256,
        media_type=media_type,
        charset=charset,
    )


def _kind(head: bytes) -> tuple[str, str]:
    """The media type and charset of a file that begins so; whatever is no PDF and no DOCX is text, HTML included."""
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return PDF, ""
    if head.startswith(b"PK\x03\x04"):
        return DOCX, ""
    for mark, charset in _BOMS:
        if head.startswith(mark):
            return TEXT, charset
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return TEXT, ""
    return TEXT, "utf-8"
