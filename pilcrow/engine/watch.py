"""How long a question may take: whoever asks sets a watch, and long work looks at it as it goes.

A query can be made slow on purpose, and nothing can end a thread from outside. So every loop whose length depends on
the query calls :func:`check` at each turn, which costs a fraction of a microsecond and, where nobody watches, nothing
else; what has no loop of ours (a request to a cluster) asks :func:`left`. Who watches decides what is too long and
raises :class:`~pilcrow.engine.errors.TimeLimitError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")


class Watch(Protocol):
    """Whoever decides how long the work of this thread may take."""

    def check(self) -> None:
        """Return at once, or raise an error that ends the work."""
        ...

    def left(self) -> float:
        """The seconds that the work may still take; negative where they are over."""
        ...


_watching: ContextVar[Watch | None] = ContextVar("watching", default=None)


@contextmanager
def watched(by: Watch) -> Iterator[None]:
    """Have the work of this thread within the block watched."""
    token = _watching.set(by)
    try:
        yield
    finally:
        _watching.reset(token)


def check() -> None:
    """Raise what the watch of this thread raises, if there is one and it does."""
    watch = _watching.get()
    if watch is not None:
        watch.check()


def checked(things: Iterable[T]) -> Iterator[T]:
    """``things``, with a look at the watch before each."""
    watch = _watching.get()
    if watch is None:
        yield from things
        return
    for each in things:
        watch.check()
        yield each


def left(most: float) -> float:
    """The seconds that the work may still take, but not more than ``most`` nor less than a tenth of one."""
    watch = _watching.get()
    return most if watch is None else max(0.1, min(most, watch.left()))
