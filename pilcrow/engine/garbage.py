"""How often Python's collector looks new objects through, for work that makes very many."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_TIMES = 100


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have the collector wait for a hundred times as many new objects: writing an index makes no cycles.

    What an index needs stays until it is written, so that looking through it again and again frees nothing and takes a
    twentieth of the time.
    """
    new, *older = gc.get_threshold()
    gc.set_threshold(new * _TIMES, *older)
    try:
        yield
    finally:
        gc.set_threshold(new, *older)
