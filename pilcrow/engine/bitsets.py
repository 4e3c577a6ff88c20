"""Sets of paragraphs as Python integers: bit n stands for paragraph n of the index.

``&``, ``|`` and ``bit_count`` on integers run at the speed of memory, which makes exact facet counts cheap: a count is
the popcount of an intersection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_OFFSETS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def of(numbers: Iterable[int], size: int) -> int:
    """The set of ``numbers``, each below ``size``."""
    marks = bytearray((size >> 3) + 1)
    for number in numbers:
        marks[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(marks, "little")


def members(bits: int) -> Iterator[int]:
    """The numbers in the set, rising."""
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) >> 3, "little")):
        if byte:
            base = at << 3
            for offset in _OFFSETS[byte]:
                yield base + offset


def span(start: int, count: int) -> int:
    """The set of ``count`` numbers from ``start`` on."""
    return ((1 << count) - 1) << start


def union(sets: Iterable[int]) -> int:
    """The numbers that are in any of ``sets``."""
    found = 0
    for each in sets:
        found |= each
    return found


def at_least(sets: Sequence[int], most: int, everything: int) -> list[int]:
    """For k = 0 ... ``most``: the numbers that are in at least k of ``sets``."""
    reached = [everything] + [0] * most
    for each in sets:
        for k in range(most, 0, -1):
            reached[k] |= reached[k - 1] & each
    return reached


@dataclass(frozen=True, slots=True)
class Groups:
    """Neighbouring numbers that belong together, such as the paragraphs of one document.

    ``last`` marks the last number of each group, ``others`` all that are not last.
    """

    last: int
    others: int

    @classmethod
    def of_sizes(cls, sizes: Iterable[int]) -> Groups:
        """The groups of these sizes, side by side from 0 on; an empty group is none."""
        last, end = 0, 0
        for size in sizes:
            if size:
                end += size
                last |= 1 << (end - 1)
        return cls(last, ((1 << end) - 1) & ~last)

    def count(self, bits: int) -> int:
        """How many groups have a number in ``bits``.

        Adding "all but the last" carries into a group's last bit exactly if one of the others is set, and never
        beyond it.
        """
        return ((((bits & self.others) + self.others) | bits) & self.last).bit_count()
