"""The published generation of the index, kept open between requests.

A build may publish a new generation at any moment. Each request looks which one is current (one small file is read),
and whoever still reads the old one finishes with it: a reader is closed when its last user has gone.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pilcrow.engine import generations
from pilcrow.engine.contract import IndexReader


@dataclass(slots=True)
class _Shelf:
    """One open generation and how many are reading it."""

    generation: str
    reader: IndexReader
    users: int = 0


class Library:
    """Lends the reader of the current generation. Safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        self._open: _Shelf | None = None

    @contextmanager
    def reader(self) -> Iterator[IndexReader]:
        """The current generation, pinned until the block ends; raises ``IndexUnusableError`` where there is none."""
        shelf = self._borrow()
        try:
            yield shelf.reader
        finally:
            self._give_back(shelf)

    def close(self) -> None:
        """Let go of the generation that is open; a later request opens it again."""
        with self._lock:
            shelf, self._open = self._open, None
            if shelf is not None and shelf.users == 0:
                shelf.reader.close()

    def _borrow(self) -> _Shelf:
        with self._lock:
            current = generations.current(self.directory)
            if self._open is None or self._open.generation != current:
                reader = generations.open_index(self.directory)
                # What an index brings stays as long as it is open: the collector need not look it through again.
                gc.freeze()
                older, self._open = self._open, _Shelf(generation=reader.manifest.generation, reader=reader)
                if older is not None and older.users == 0:
                    older.reader.close()
            self._open.users += 1
            return self._open

    def _give_back(self, shelf: _Shelf) -> None:
        with self._lock:
            shelf.users -= 1
            if shelf.users == 0 and shelf is not self._open:
                shelf.reader.close()
