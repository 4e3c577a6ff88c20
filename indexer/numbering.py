"""Which numbered paragraphs stand above a paragraph: "(a)" under "5", "(ii)" under "(b)" under "5".

A marker goes on with the sequence that it follows, wherever that is open; else it begins a new one, under the
paragraph above it or, where numbering begins again, under nothing. A heading closes what stands outside its section.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer import layout
from indexer.enumerators import Enumerator, Reading

_DEPTH = {"arabic": 0, "decimal": 0, "ROMAN": 0, "LETTER": 1, "letter": 1, "roman": 2}
_FARTHEST_JUMP = 30
"""Numbers that may be lost between two paragraphs of one sequence (to unreadable pages) before it counts as another."""


@dataclass(frozen=True, slots=True)
class _Open:
    style: str
    dress: str
    value: int
    printed: str
    section: tuple[str, ...]
    text: str

    @property
    def announces(self) -> bool:
        """Whether the paragraph ends in a colon, so that what follows is its own."""
        return self.text.endswith(":")


class Numbering:
    """The numbered paragraphs that are open at the place reached so far."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._section: tuple[str, ...] = ()
        self._last_text = ""
        self.chapeau = ""

    def enter(self, section: tuple[str, ...]) -> None:
        """Say that a heading was met and ``section`` is now the path: what stands in no part of it is closed."""
        self._section = section
        self._stack = [each for each in self._stack if section[: len(each.section)] == each.section]
        self._last_text = ""

    def place(self, marker: Enumerator, text: str) -> tuple[str, ...]:
        """The printed markers above the paragraph ``marker text``, which is now the last one open."""
        reading, keep = self._where(marker)
        self._stack = self._stack[:keep]
        parents = tuple(each.printed for each in self._stack)
        self.chapeau = self._stack[-1].text if self._stack else ""
        self._stack.append(_Open(reading.style, marker.dress, reading.value, marker.printed, self._section, text))
        self._last_text = text
        return parents

    def unmarked(self, text: str, *, listed: bool) -> tuple[str, ...]:
        """The markers above an unnumbered paragraph: those of the numbered one that it plainly belongs to, else none.

        ``listed`` says that it is a bullet or set in; a quotation, or what follows a colon, belongs as well.
        """
        quoted = text.startswith(("“", '"', "«"))
        announced = self._last_text.endswith(":")
        if self._closes_list(text):
            self._stack = self._stack[: self._numbered()]
            return tuple(each.printed for each in self._stack)
        belongs = bool(self._stack) and (listed or quoted or announced)
        closed = quoted and text.rstrip(" .;,").endswith(("”", '"', "»"))
        if not listed:
            self._last_text = text if closed or not belongs else self._last_text
        if not belongs:
            return ()
        self.chapeau = self._stack[-1].text
        return tuple(each.printed for each in self._stack)

    def _closes_list(self, text: str) -> bool:
        """Whether ``text`` goes on with the sentence of the numbered paragraph whose list has just ended."""
        listed = 0 < self._numbered() < len(self._stack)
        return listed and layout.starts_lower(text) and self._stack[-1].text.endswith((";", ",", "; and", ", and"))

    def _numbered(self) -> int:
        """How many of the open paragraphs stand above a list, the numbered one that holds it included."""
        numbers = [at for at, each in enumerate(self._stack) if each.style in {"arabic", "decimal"}]
        return numbers[-1] + 1 if numbers else 0

    def _where(self, marker: Enumerator) -> tuple[Reading, int]:
        """The reading that fits, and how many of the open paragraphs stand above it."""
        for reading in marker.readings:
            for at in range(len(self._stack) - 1, -1, -1):
                if self._same(at, reading, marker) and self._stack[at].value == reading.value - 1:
                    return reading, at
        reading = self._likely(marker)
        same = [at for at in range(len(self._stack)) if self._same(at, reading, marker)]
        if same:
            return reading, self._among(same, reading)
        return reading, self._below(reading)

    def _announced_here(self) -> bool:
        """Whether the last open paragraph announces what follows, with no heading between."""
        return bool(self._stack) and self._stack[-1].announces and self._stack[-1].section == self._section

    def _same(self, at: int, reading: Reading, marker: Enumerator) -> bool:
        return self._stack[at].style == reading.style and self._stack[at].dress == marker.dress

    def _likely(self, marker: Enumerator) -> Reading:
        first = [reading for reading in marker.readings if reading.value == 1]
        if first and len(marker.readings) > 1:
            return first[0]
        return marker.readings[0]

    def _among(self, same: list[int], reading: Reading) -> int:
        """Where the next of an open sequence goes that does not follow it directly: a jump, or a new beginning."""
        jumps = [at for at in same if 0 < reading.value - self._stack[at].value <= _FARTHEST_JUMP]
        if jumps:
            return min(jumps, key=lambda at: reading.value - self._stack[at].value)
        if reading.style in {"arabic", "decimal"}:
            nested = reading.value == 1 and self._announced_here()
            return len(self._stack) if nested else 0
        return same[-1]

    def _below(self, reading: Reading) -> int:
        """Where a sequence begins that is not open: under the last paragraph of a higher kind, or that announces it."""
        if reading.style in {"arabic", "decimal"} and not self._announced_here():
            return 0
        if self._stack and self._stack[-1].announces:
            return len(self._stack)
        depth = _DEPTH[reading.style]
        keep = len(self._stack)
        while keep and _DEPTH[self._stack[keep - 1].style] >= depth and self._stack[keep - 1].style != "arabic":
            keep -= 1
        return keep
