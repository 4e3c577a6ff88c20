"""The published generation of the index, kept open between requests.

A build may publish a new generation at any moment. Each request looks which one is current (one small file is read),
and whoever still reads the old one finishes with it: a reader is closed when its last user has gone.

Opening takes as long as it takes, and of a cluster that hangs, forever. So it is done once, in a thread of its own;
visitors are lent the old generation meanwhile, or, where there is none, wait a little and are told to come again.
What could not be opened or reached is believed to be so for a moment, so that not everyone finds out alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from pilcrow.engine import generations, watch
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import EngineUnavailableError, EngineUnreachableError, IndexUnusableError, PilcrowError
from pilcrow.engine.garbage import keep_what_is_there

WAIT = 2.0
"""Seconds for which an opening is waited for: by all where there is nothing to be lent, else by the first to see it."""

BELIEVED = 2.0
"""Seconds for which a failure is believed to last."""

_LOG = logging.getLogger(__name__)
_lent: ContextVar[str] = ContextVar("lent", default="")


@dataclass(slots=True)
class _Shelf:
    """One open generation and how many are reading it."""

    generation: str
    reader: IndexReader
    users: int = 0


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong with which generation, and until when that is believed to be so."""

    generation: str
    error: Exception
    until: float

    def again(self) -> Exception:
        """The same error, for another visitor."""
        return type(self.error)(*self.error.args) if isinstance(self.error, PilcrowError) else self.error


class Library:
    """Lends the reader of the current generation. Safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._changed = threading.Condition()
        self._open: _Shelf | None = None
        self._opening = ""
        self._began = 0.0
        self._failure: _Failure | None = None

    @contextmanager
    def reader(self) -> Iterator[IndexReader]:
        """The current generation, pinned until the block ends; raises ``IndexUnusableError`` where there is none."""
        shelf = self._borrow()
        _lent.set(shelf.generation)
        try:
            yield shelf.reader
        except EngineUnreachableError as error:
            self._note(shelf.generation, error)
            raise
        finally:
            self._give_back(shelf)

    def generation(self) -> str:
        """The name of the generation that a request is likely to be lent now; "" where none is open."""
        shelf = self._open
        return shelf.generation if shelf is not None else ""

    def newest(self) -> str:
        """The name of the generation that is published, "" where that cannot be told."""
        try:
            return generations.current(self.directory)
        except IndexUnusableError:
            return ""

    def close(self) -> None:
        """Let go of the generation that is open; a later request opens it again."""
        with self._changed:
            shelf, self._open = self._open, None
            if shelf is not None and shelf.users == 0:
                shelf.reader.close()

    def _borrow(self) -> _Shelf:
        current = generations.current(self.directory)
        with self._changed:
            if self._open is None or self._open.generation != current:
                self._see_to(current)
            failure = self._open and self._believed(self._open.generation)
            if failure:
                raise failure.again()
            return self._taken()

    def _see_to(self, current: str) -> None:
        """Have ``current`` opened, and wait a little: for what may be lent when this returns, something is open.

        Raises what went wrong where nothing is. Whoever finds that another visitor waits already has the old one.
        """
        had = self._open is not None
        if had and (self._opening or self._believed(current)):
            return
        if not self._opening and not self._believed(current):
            self._opening, self._began = current, time.monotonic()
            threading.Thread(target=self._work, args=(current,), name="opening", daemon=True).start()
        until = min(self._began + WAIT, time.monotonic() + watch.left(WAIT))
        while self._opening == current and (wait := until - time.monotonic()) > 0:
            self._changed.wait(wait)
        if self._open is not None:
            return
        failure = self._believed(current)
        if failure is not None:
            raise failure.again()
        raise EngineUnavailableError("The index is still being opened; ask again in a little while.")

    def _work(self, current: str) -> None:
        """Open what is published, in a thread of its own, and put it in the place of what was open."""
        try:
            reader = generations.open_index(self.directory)
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait are told
            with self._changed:
                self._opening = ""
                self._note(current, error)
                if self._open is not None:
                    _LOG.error("The new index cannot be used, the old one goes on: %s", error)
                self._changed.notify_all()
            return
        keep_what_is_there()
        with self._changed:
            older, self._open = self._open, _Shelf(generation=reader.manifest.generation, reader=reader)
            self._opening, self._failure = "", None
            if older is not None and older.users == 0:
                older.reader.close()
            self._changed.notify_all()

    def _believed(self, generation: str) -> _Failure | None:
        found = self._failure
        return found if found and found.generation == generation and time.monotonic() < found.until else None

    def _note(self, generation: str, error: Exception) -> None:
        self._failure = _Failure(generation, error, time.monotonic() + BELIEVED)

    def _taken(self) -> _Shelf:
        """The open generation, with one more who reads it."""
        shelf = self._open
        if shelf is None:
            raise EngineUnavailableError("The index has just been let go; ask again.")
        shelf.users += 1
        return shelf

    def _give_back(self, shelf: _Shelf) -> None:
        with self._changed:
            shelf.users -= 1
            if shelf.users == 0 and shelf is not self._open:
                shelf.reader.close()


def lent() -> str:
    """The generation that was last lent to this thread since :func:`forget`, "" for none."""
    return _lent.get()


def forget() -> None:
    """Begin another request."""
    _lent.set("")
