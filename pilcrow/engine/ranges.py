"""Numbers as people list them: "2, 5-7"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise


def listed(numbers: Iterable[int]) -> str:
    """``numbers`` in order, those that follow each other as a range: ``[2, 5, 6, 7]`` -> "2, 5-7"; "" for none."""
    ordered = sorted(set(numbers))
    starts = [0, *(at + 1 for at, (one, two) in enumerate(pairwise(ordered)) if two != one + 1)]
    parts = [ordered[start:end] for start, end in pairwise([*starts, len(ordered)])]
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts if part)


def pages(numbers: Iterable[int]) -> str:
    """``numbers`` of pages with the word before them: "page 4", "pages 2, 5-7"."""
    held = tuple(numbers)
    return f"page{'' if len(held) == 1 else 's'} {listed(held)}"
