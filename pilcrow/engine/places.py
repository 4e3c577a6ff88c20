"""Matching by position: phrases and words near each other, over the positions of tokens.

The field values of a paragraph (its headings, its notes) stand in one row of positions, ``GAP`` apart, so that nothing
runs from one into the next. An engine that cannot match one of these natively asks for candidates and checks them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

GAP = 1 << 20
"""Positions left between two field values; also the widest span that :func:`near_starts` looks at."""


def spread(values: Iterable[int]) -> list[int]:
    """The position of the first token of each field value, given how many tokens each has."""
    starts, start = [], 0
    for length in values:
        starts.append(start)
        start += length + GAP
    return starts


def moved(numbers: Iterable[int], lengths: Sequence[int]) -> list[int]:
    """The positions of tokens that were numbered through from 0, given how many each field value has."""
    ends, starts = list(accumulate(lengths)), spread(lengths)
    found = []
    for number in numbers:
        value = bisect_right(ends, number)
        found.append(starts[value] + number - (ends[value] - lengths[value]))
    return found


def phrase_starts(places: Sequence[Sequence[int]]) -> int:
    """How often words stand side by side: ``places`` are the positions of the first word, of the second, and so on."""
    if not places:
        return 0
    found = set(places[0])
    for offset, positions in enumerate(places[1:], start=1):
        found.intersection_update([position - offset for position in positions])
        if not found:
            return 0
    return len(found)


def near_starts(groups: Sequence[tuple[Sequence[int], int]], reach: int) -> int:
    """From how many positions on ``reach`` positions hold every word, each at a position of its own.

    ``groups`` are the rising positions of each different word, with how many of them the query asks for. Only
    positions of the words themselves are counted as starts.
    """
    if not groups:
        return 0
    reach = min(reach, GAP)
    starts = sorted({position for positions, _ in groups for position in positions})
    rarest_first = sorted(groups, key=lambda group: len(group[0]))
    return sum(_holds(rarest_first, start, start + reach) for start in starts)


def _holds(groups: Sequence[tuple[Sequence[int], int]], start: int, end: int) -> bool:
    """Whether the positions from ``start`` to before ``end`` hold as many of each group as it needs."""
    for there, needed in groups:
        last = bisect_left(there, start) + needed - 1
        if last >= len(there) or there[last] >= end:
            return False
    return True
