"""The longest common subsequence of two sequences: a true one, where ``difflib`` only finds some common subsequence.

By Hunt and Szymanski: only equal pairs are looked at, so that it is fast where most values occur once, as paragraphs
do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence

_Link = tuple[int, int, "_Link | None"]


def common(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The positions (in ``left``, in ``right``) of a longest common subsequence, in order.

    Takes time in proportion to the number of equal pairs, and the logarithm of the length.
    """
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at in range(len(right) - 1, -1, -1):
        places[right[at]].append(at)
    ends: list[int] = []
    links: list[_Link] = []
    for here, value in enumerate(left):
        for there in places.get(value, ()):
            length = bisect_left(ends, there)
            if length < len(ends) and ends[length] == there:
                continue
            link: _Link = (here, there, links[length - 1] if length else None)
            ends[length : length + 1], links[length : length + 1] = [there], [link]
    return _unwound(links[-1] if links else None)


def _unwound(link: _Link | None) -> list[tuple[int, int]]:
    pairs = []
    while link is not None:
        here, there, link = link
        pairs.append((here, there))
    return pairs[::-1]
