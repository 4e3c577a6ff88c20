"""Names found by the beginning of any of their words: rows sorted once, looked up by bisection.

A name is entered under every word of it that may be typed first ("republic of belarus", "belarus"), as the folded forms
of its words, so that letter case, accents and signs make no difference. Two rows hold it all, the sorted keys and the
number of what each names: tens of thousands of keys take a few megabytes and a look-up some microseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pilcrow.engine import analysis

LONGEST_KEY = 60
"""Characters of a key; nobody types more of a title before choosing it."""

MOST_LOOKED_AT = 5_000
"""Keys that one beginning may stand for before the rest is left aside."""


class Begun:
    """Numbers by the beginnings of their names: ``pairs`` are each a key, as :func:`keys_of` makes them, and one."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(set(pairs))
        self._keys = [key for key, _ in ordered]
        self._numbers = array("I", [number for _, number in ordered])

    def find(self, start: str) -> Iterator[tuple[str, int]]:
        """The keys that begin with ``start``, rising, with their numbers; one number may come more than once."""
        first = bisect_left(self._keys, start)
        for at in range(first, min(len(self._keys), first + MOST_LOOKED_AT)):
            if not self._keys[at].startswith(start):
                return
            yield self._keys[at], self._numbers[at]


def keys_of(name: str) -> Iterator[str]:
    """The keys of a name: the name from each of its words on, but for those that begin with a word such as "of"."""
    forms = analysis.forms(name)
    stopwords = analysis.stopwords()
    for at, form in enumerate(forms):
        if not at or form not in stopwords:
            yield " ".join(forms[at:])[:LONGEST_KEY]


def start_of(typed: str) -> str:
    """What a key begins with that ``typed`` may be the beginning of; "" where it has no word."""
    start = " ".join(analysis.forms(typed))
    return f"{start} " if start and typed[-1:].isspace() else start
