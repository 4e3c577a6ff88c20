"""A file of records in bytes, each read by its number, whatever its size: the paragraphs of an index, and their forms.

Records are compressed one by one, so that one is read without its neighbours; a dictionary, trained on the first ones,
makes that as dense as if they were compressed together. Of the name ``N`` there are ``N.records`` (the compressed
records in order), ``N.ends`` (where each ends, 64 bits each, in the machine's order) and ``N.dictionary``, unless there
were too few records to train one.

A page of results takes some forty records from all over the file. Each is read by itself: the system keeps what is
read often, and none of it counts as memory of this process. Mapping the records is slower, and their pages would.
"""

from __future__ import annotations

import mmap
import os
import sys
import threading
from array import array
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

import zstandard

_Record = bytes | bytearray | memoryview
_ENDS: Final = "Q"
_LEVEL = 3
_DICTIONARY_BYTES = 1 << 15
_AT_ONCE = 1_000
"""Records that are compressed in one call; the dictionary is trained on the first ones."""

_FEWEST_TRAINED_ON = 100
"""Fewer are not worth a dictionary."""


class RecordWriter:
    """Writes records into ``directory``, one after the other, in a thread of its own."""

    def __init__(self, directory: Path, name: str) -> None:
        self._dictionary = directory / f"{name}.dictionary"
        self._ends_path = directory / f"{name}.ends"
        self._file = (directory / f"{name}.records").open("wb")
        self._ends = array(_ENDS)
        self._end = 0
        self._waiting: list[_Record] = []
        self._compressor: zstandard.ZstdCompressor | None = None
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="records")
        self._writing: Future[None] | None = None

    def add(self, record: bytes) -> None:
        """Take the next record; raises ``OSError`` where one that was taken before could not be written."""
        self._waiting.append(record)
        if len(self._waiting) == _AT_ONCE:
            self._write()

    def close(self) -> None:
        """Finish the files; the disk may still have to be told (:func:`pilcrow.engine.files.sync_tree`)."""
        self._write()
        self._wait()
        self._aside.shutdown()
        self._file.close()
        self._ends_path.write_bytes(self._ends.tobytes())

    def abort(self) -> None:
        """Let go of the file, unfinished."""
        self._aside.shutdown()
        with suppress(OSError):  # a full disk, which takes no more of it, has been said
            self._file.close()

    def _write(self) -> None:
        """Have what waits written, once what was written before is."""
        self._wait()
        records, self._waiting = self._waiting, []
        self._writing = self._aside.submit(self._written, records)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()

    def _written(self, records: list[_Record]) -> None:
        if self._compressor is None:
            dictionary = _trained(records)
            if dictionary is not None:
                self._dictionary.write_bytes(dictionary.as_bytes())
            self._compressor = zstandard.ZstdCompressor(level=_LEVEL, dict_data=dictionary)
        for compressed in _compressed(self._compressor, records):
            self._end += self._file.write(compressed)
            self._ends.append(self._end)


def _compressed(compressor: zstandard.ZstdCompressor, records: list[_Record]) -> list[bytes]:
    """``records``, each by itself, but in one call, during which the thread that indexes goes on."""
    if not records or not all(records):  # which that call does not take
        return list(map(compressor.compress, records))
    together = compressor.multi_compress_to_buffer(records)
    return [together[at].tobytes() for at in range(len(together))]


def _trained(records: list[_Record]) -> zstandard.ZstdCompressionDict | None:
    """A dictionary for records such as these; None where they are too few, or have nothing in common."""
    if len(records) < _FEWEST_TRAINED_ON:
        return None
    try:
        dictionary = zstandard.train_dictionary(_DICTIONARY_BYTES, records)
    except zstandard.ZstdError:
        return None
    dictionary.precompute_compress(level=_LEVEL)
    return dictionary


class RecordFile:
    """The records that were written into ``directory`` under ``name``; safe to use from several threads.

    Raises ``FileNotFoundError`` where there are none.
    """

    def __init__(self, directory: Path, name: str) -> None:
        trained = directory / f"{name}.dictionary"
        self._dictionary = zstandard.ZstdCompressionDict(trained.read_bytes()) if trained.exists() else None
        self._own = threading.local()
        self._ends = memoryview(_mapped(directory / f"{name}.ends")).cast(_ENDS)
        self._records = _Bytes(directory / f"{name}.records")

    def __len__(self) -> int:
        return len(self._ends)

    def some(self, numbers: Sequence[int]) -> list[bytes]:
        """The records with these numbers, from 0."""
        ends, part = self._ends, self._records.part
        compressed = [part(ends[number - 1] if number else 0, ends[number]) for number in numbers]
        return list(map(self._decompressor().decompress, compressed))

    def close(self) -> None:
        """Let go of the files."""
        self._ends.release()
        self._records.close()

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """One for each thread, because it must not be used by two at a time."""
        found: zstandard.ZstdDecompressor | None = getattr(self._own, "decompressor", None)
        if found is None:
            found = self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        return found


def _mapped(path: Path) -> mmap.mmap | bytes:
    """The content of a file, which the system may drop from memory whenever it likes."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


class _Bytes:
    """An open file, read in parts from any thread."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._turn = threading.Lock()

    def part(self, start: int, end: int) -> bytes:
        """The bytes from ``start`` to before ``end``."""
        if sys.platform == "win32":
            with self._turn:
                self._file.seek(start)
                return self._file.read(end - start)
        return os.pread(self._file.fileno(), end - start, start)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
