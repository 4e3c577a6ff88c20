"""Looking things up in rows that rise: a word among those of an index, or all that begin in some way."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence


def place_of(sought: str, rising: Sequence[str]) -> int | None:
    """Where ``sought`` stands in ``rising``, or None."""
    at = bisect_left(rising, sought)
    return at if at < len(rising) and rising[at] == sought else None


def beginning(start: str, rising: Sequence[str]) -> range:
    """Where in ``rising`` the strings stand that begin with ``start``."""
    if not start:
        return range(len(rising))
    first = bisect_left(rising, start)
    return range(first, bisect_left(rising, start[:-1] + chr(min(ord(start[-1]) + 1, 0x10FFFF)), lo=first))


def in_order(strings: Sequence[str]) -> tuple[list[str], array[int]]:
    """``strings``, rising, and the place that each had."""
    order = array("I", sorted(range(len(strings)), key=strings.__getitem__))
    return [strings[at] for at in order], order
