"""How often Python's collector looks for cycles, where it would find none and take a tenth of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 50_000
"""New objects after which they are looked through, where the default of 700 comes six times in a page of results."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have the collector come seldom while something large is made: writing an index leaves no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def keep_what_is_there() -> None:
    """Have the collector come seldom from now on, and never look through what is there: an index that was opened."""
    gc.freeze()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
