"""Files that are whole or not there: atomic writes, writing through to the disk, and a lock that dies with its process.

A file that others read is written beside its place and moved into it by one ``os.replace``, after its bytes have
reached the disk. A lock is the operating system's own lock on an open file, so that a killed process leaves none
behind: there is nothing to find out about whether the process in a stale lock file still lives.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pilcrow.engine.errors import IndexBusyError, IndexUnusableError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NOT_A_FOLDER = {errno.ENOTDIR, errno.EEXIST}

_BLOCK = 1 << 20
_NOT_EMPTY = {errno.ENOTEMPTY, errno.EEXIST}

_REMOVALS = 10
"""How often a folder is removed into which something is written meanwhile."""


def measured(path: Path) -> tuple[int, int]:
    """The size of a file in bytes and the CRC-32 of its bytes; raises ``OSError`` where it cannot be read."""
    size = checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            checksum = zlib.crc32(block, checksum)
    return size, checksum


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put ``data`` at ``path`` whole: whoever looks sees the old file or the new one, never a part.

    When this returns, it is on the disk, unless ``durable`` is false: then a power cut may leave an empty file, which
    is right for what can be made again and is checked when read. Raises ``OSError``; the old file then stands.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    if durable:
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Write the names in ``directory`` through to the disk (Windows does so by itself, and cannot be asked)."""
    if sys.platform == "win32":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(directory: Path) -> None:
    """Write every file and every name at any depth of ``directory`` through to the disk."""
    for folder, _, names in os.walk(directory, topdown=False):
        for name in names:
            # For writing, because Windows flushes no file that was opened for reading only.
            with (Path(folder) / name).open("r+b") as file:
                os.fsync(file.fileno())
        sync_directory(Path(folder))


def remove_tree(folder: Path) -> None:
    """Remove ``folder`` with all that is in it, and what is written into it meanwhile.

    An engine may write a lock from a thread of its own even while its index is being removed. Raises ``OSError``.
    """
    for attempt in range(_REMOVALS):
        try:
            shutil.rmtree(folder)
        except OSError as error:
            if error.errno not in _NOT_EMPTY or attempt == _REMOVALS - 1:
                raise
        else:
            return


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new empty folder, removed with all that is in it when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="pilcrow-"))
    try:
        yield folder
    finally:
        remove_tree(folder)


@contextmanager
def exclusive(path: Path, *, what: str) -> Iterator[None]:
    """Hold the lock file ``path`` for the length of a ``with`` block; ``what`` is the index named in the error.

    The file stays when the lock is let go: only the lock on it counts, and deleting it would let two processes lock
    two files of one name. Raises :class:`IndexBusyError` with the number of the process that holds it.
    """
    with path.open("a+b") as file:
        if not _lock(file.fileno()):
            file.seek(0)
            holder = file.read(40).decode("ascii", errors="replace").strip()
            process = f"process {holder}" if holder.isdecimal() else "another process"
            raise IndexBusyError(f"{process.capitalize()} is building {what}; wait until it is done, then try again.")
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode("ascii"))
            file.flush()
            yield
        finally:
            _unlock(file.fileno())


@contextmanager
def explained(directory: Path) -> Iterator[None]:
    """Turn the operating system's errors about the index ``directory`` into sentences that say what to do.

    Raises :class:`IndexUnusableError` in place of any ``OSError``, which is kept as its cause.
    """
    try:
        yield
    except OSError as error:
        raise IndexUnusableError(_sentence(error, directory)) from error


def _sentence(error: OSError, directory: Path) -> str:
    if error.errno in _FULL:
        return (
            f"There is no room left to write the index {directory} ({_reason(error)}); what was there before is "
            "unharmed: make room, or choose another place with --index, and try again."
        )
    if error.errno in _FORBIDDEN:
        return (
            f"{error.filename or directory} may not be written ({_reason(error)}); get the right to write there, or "
            "choose another place with --index."
        )
    if error.errno in _NOT_A_FOLDER:
        return f"{error.filename or directory} is not a folder; choose another place with --index."
    where = error.filename or directory
    return f"The index {directory} cannot be used: {where}: {_reason(error)}; see to that, then try again."


def _reason(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return reason[:1].lower() + reason[1:]


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        os.lseek(handle, _WINDOWS_LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _WINDOWS_LOCK_AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def _wait_for(handle: int) -> None:
        os.lseek(handle, _WINDOWS_LOCK_AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    _WINDOWS_LOCK_AT = 1_000_000
    """Beyond the process number at the file's head, which others could not read if that were locked."""

else:

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _wait_for(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


class Turns:
    """One after another: the threads of this process, and all processes that have the same ``file`` open for it.

    Without a file it is the threads alone. What is done in a turn should take microseconds, as all others wait. A
    process that dies in its turn leaves it.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._threads = threading.Lock()
        self._file = file and file.open("r+b")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it for the length of a ``with`` block."""
        with self._threads:
            if self._file:
                _wait_for(self._file.fileno())
            try:
                yield
            finally:
                if self._file:
                    _unlock(self._file.fileno())
