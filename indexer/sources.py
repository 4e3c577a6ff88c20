"""Which files are the corpus: found under the folders given, told apart by content, and not read twice to find out.

A file's content is known by its SHA-256. So that a second build need not read what did not change, size and times of
each file are kept beside its hash; a hash is believed only when they are the same and the file was not written in the
moment before it was hashed (a later write in the same tick of the clock would go unseen).
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from indexer.readers.decode import LARGEST_FILE
from indexer.report import Refused
from pilcrow.engine.errors import ReadingError
from pilcrow.engine.files import write_atomically

CATALOGUE = "catalogue.toml"

_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT has two seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of the corpus: ``path`` to read it, ``root`` the folder given, ``name`` within that folder, as text."""

    path: Path
    root: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as it was when it was hashed; ``at`` is when that was, times in nanoseconds."""

    size: int
    modified: int
    changed: int
    at: int
    sha256: str


def find(roots: Sequence[Path], *, without: Path) -> tuple[list[Source], list[Refused]]:
    """Every file under ``roots``, by name, and those that are none of the corpus's business, with the reason.

    Hidden files and folders, ``catalogue.toml`` and all that is under the folder ``without`` (the index) are passed
    over. No file is opened. Raises :class:`ReadingError` for a root that is not there or cannot be listed.
    """
    found: dict[Path, Source] = {}
    refused: list[Refused] = []
    index = _identity(without)
    folder = cache(_real)  # the way to a folder is followed once, and not for each file in it
    for root in roots:
        _must_exist(root)
        for each in _under(root, index):
            problem = each if isinstance(each, Refused) else _problem(each)
            if problem is not None:
                refused.append(problem)
            elif isinstance(each, Source):
                path = each.path
                found.setdefault(_real(path) if path.is_symlink() else folder(path.parent) / path.name, each)
    return sorted(found.values(), key=lambda each: (each.name, str(each.root))), refused


def _under(root: Path, without: tuple[int, int] | None) -> Iterator[Source | Refused]:
    """The files at any depth of ``root``, and the folders in it that cannot be listed."""
    if not root.is_dir():
        path = _real(root)  # a link that is named outright is meant
        yield Source(path=path, root=path.parent, name=as_text(root.name))
        return
    # A list and no recursion: folders may be nested more deeply than functions can be.
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".") and entry.name != CATALOGUE]
        except OSError as error:
            problem = f"the folder cannot be listed ({error.strerror or error})"
            remedy = "get the right to read it, or move it away"
            if folder == root:
                raise ReadingError(as_text(str(folder)), problem, remedy) from error
            yield Refused(name=as_text(folder.relative_to(root).as_posix()), reason=problem, remedy=remedy)
            continue
        for entry in entries:
            path = folder / entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield Source(path=path, root=root, name=as_text(path.relative_to(root).as_posix()))
            elif without is None or _identity(path) != without:
                waiting.append(path)


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a folder from every other by whatever way it is reached, None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _real(path: Path) -> Path:
    """Where ``path`` leads, however many links that takes; links that lead round in a circle lead to themselves."""
    return Path(os.path.realpath(path))  # Path.resolve raises at a circle, in Python 3.11 and 3.12


def as_text(name: str) -> str:
    """``name`` as Unicode text: bytes of a file's name that are no UTF-8 stand as Python writes them, in hexadecimal.

    Everything that is kept about a file is JSON, which has no other bytes; the path itself still opens it.
    """
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _must_exist(root: Path) -> None:
    try:
        there = root.exists()
    except OSError as error:
        raise ReadingError(root, f"it cannot be read ({error.strerror})", "get the right to read it") from error
    if not there:
        raise ReadingError(root, "there is no such file or folder", "name the folder that holds the documents")


def _problem(source: Source) -> Refused | None:
    """Why ``source`` is not to be read at all, or None."""
    try:
        return _kind_problem(source)
    except OSError as error:
        return unreadable(source.name, error)


def unreadable(name: str, error: OSError) -> Refused:
    """The refusal of a file that the operating system does not let anyone read."""
    reason = f"it cannot be read ({error.strerror or error})"
    return Refused(name=name, reason=reason, remedy="get the right to read it, or move it away")


def _kind_problem(source: Source) -> Refused | None:
    path = source.path
    if path.is_symlink():
        target = _real(path)
        if not target.exists():
            return Refused(name=source.name, reason="it is a link that leads nowhere", remedy="remove it")
        if not target.is_relative_to(_real(source.root)):
            return Refused(
                name=source.name,
                reason="it is a link to a place outside the folder",
                remedy="copy what it leads to into the folder, or name that place too",
            )
        if target.is_dir():
            return Refused(name=source.name, reason="it is a link to a folder that is read already", remedy="remove it")
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        return Refused(name=source.name, reason="it is no regular file", remedy="remove it from the folder")
    if found.st_size > LARGEST_FILE:
        # Said before it is hashed, which takes as long as reading all of it.
        reason = f"it has {found.st_size:,} bytes, more than the {LARGEST_FILE:,} that a document may have"
        return Refused(name=source.name, reason=reason, remedy="leave it out of the corpus, or split it")
    return None


class Hashes:
    """What is known about files from earlier builds, kept in ``file``; losing it costs reading them once more."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = _read(file)
        self._now: dict[str, Seen] = {}

    def sha256(self, source: Source) -> str:
        """The SHA-256 of the file's content, as hexadecimal digits; raises ``OSError`` where it cannot be read."""
        key = as_text(str(source.path.absolute()))
        now = source.path.stat()
        seen = self._before.get(key)
        if seen is None or not _same(seen, now):
            digest = _hashed(source.path)
            seen = Seen(
                size=now.st_size, modified=now.st_mtime_ns, changed=now.st_ctime_ns, at=time.time_ns(), sha256=digest
            )
        self._now[key] = seen
        return seen.sha256

    def save(self) -> None:
        """Keep what was found out in this build, and forget files that it did not meet."""
        if self._now != self._before:
            write_atomically(self._file, msgspec.json.encode(self._now), durable=False)


def _same(seen: Seen, now: os.stat_result) -> bool:
    unchanged = (seen.size, seen.modified, seen.changed) == (now.st_size, now.st_mtime_ns, now.st_ctime_ns)
    return unchanged and max(seen.modified, seen.changed) + _TICK < seen.at


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(file: Path) -> dict[str, Seen]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Seen])
    except (OSError, msgspec.DecodeError):
        # Not there yet, or damaged: everything is hashed once more.
        return {}


def digest(parts: Iterable[str]) -> str:
    """One SHA-256 of several strings, in their order, none of which can be mistaken for two."""
    return hashlib.sha256(msgspec.json.encode(list(parts))).hexdigest()
