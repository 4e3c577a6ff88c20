"""Which headings stand above each paragraph.

A heading's depth is told by its numbering first ("II." above "B." above "3."), then by the format's levels, and where
neither tells, by what came between: of two alike, the second stands below the first if nothing stands between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from indexer import enumerators, layout
from indexer.titles import AGENDA, CAPTION, DRAFT, MEASURE, PART, PROVISION

Rank = Literal[
    "annex",
    "subtitle",
    "agenda",
    "draft",
    "part",
    "chapter",
    "ROMAN",
    "LETTER",
    "arabic",
    "decimal",
    "letter",
    "roman",
    "caption",
    "",
]
_DEPTH = {rank: depth for depth, rank in enumerate(get_args(Rank))} | {"ROMAN": 5, "chapter": 5, "caption": 99}


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open: its title, what ranks it, its place in its sequence, and its depth in the format."""

    title: str
    rank: Rank
    value: int
    level: int


class Outline:
    """The headings that stand above the place reached so far; :meth:`open` takes the next heading."""

    def __init__(self, titles: Sequence[str] = ()) -> None:
        """``titles`` are all headings of the document: a chapter's name that recurs is no chapter's name."""
        self._times = Counter(title.strip(" .:").casefold() for title in titles)
        self._stack: list[_Open] = []
        self._fresh_part = False
        self._empty = False

    @property
    def path(self) -> tuple[str, ...]:
        """The titles of the open headings, outermost first."""
        return tuple(each.title for each in self._stack)

    def close_to(self, depth: int) -> None:
        """Close the headings below the outermost ``depth``."""
        del self._stack[depth:]

    def content(self, *, row: bool = False) -> None:
        """Say that a paragraph or a table's ``row`` was met: a caption holds for rows, a subtitle stands above both."""
        self._fresh_part = self._empty = False
        if not row:
            self._close_captions()

    def _close_captions(self) -> None:
        while self._stack and self._stack[-1].rank == "caption":
            self._stack.pop()

    def open(self, title: str, level: int = 0) -> None:
        """Take the next heading; ``level`` is its depth in the format, 0 where it has none."""
        entry = self._ranked(title, level)
        if entry.rank != "caption":
            self._close_captions()
        if entry.rank == "caption":
            self._open_caption(entry)
        elif entry.rank == "subtitle":
            self._stack.append(entry)
        elif not entry.rank:
            self._open_unnumbered(entry)
        elif not self._continues_sequence(entry):
            self._open_ranked(entry)
        part = PART.match(title)
        self._fresh_part = entry.rank == "annex" or (part is not None and not part.group("title").strip(" .:"))
        self._empty = True

    def _open_caption(self, entry: _Open) -> None:
        if CAPTION.match(entry.title):
            self._close_captions()
        elif self._empty and self._stack and not self._stack[-1].rank:
            self._stack[-1] = replace(self._stack[-1], rank="caption")  # what a measure stands below is a table's title
        self._stack.append(entry)

    def _ranked(self, title: str, level: int) -> _Open:
        if CAPTION.match(title) or MEASURE.match(title):
            return _Open(title, "caption", 0, level)
        if layout.is_part(title):
            return _Open(title, "annex", 0, level)
        if AGENDA.match(title):
            return _Open(title, "agenda", 0, level)
        if DRAFT.match(title):
            return _Open(title, "draft", 0, level)
        part = PART.match(title)
        if part:
            return _Open(title, "part", enumerators.roman_value(part.group("number")), level)
        provision = PROVISION.match(title)
        if provision:
            return _Open(title, "decimal", int(provision.group("number")), level)
        marker, _ = enumerators.split(
            title if not enumerators.roman_value(title) or not title.isupper() else f"{title}. x"
        )
        if marker is not None:
            reading = self._reading(marker)
            return _Open(title, reading.style, reading.value, level)
        if layout.is_chapter(title) and self._is_main(title, level):
            return _Open(title, "chapter", 0, level)
        titled = bool(self._stack) and bool(CAPTION.match(self._stack[-1].title))
        return _Open(title, "caption" if titled else "subtitle" if self._fresh_part else "", 0, level)

    def _is_main(self, title: str, level: int) -> bool:
        """Whether a chapter's name names a chapter here, not a part of the chapter that is open."""
        numbered = next((each for each in self._stack if each.rank in {"ROMAN", "arabic", "LETTER"}), None)
        deeper = numbered is not None and 0 < numbered.level < level
        return not deeper and self._times[title.strip(" .:").casefold()] <= 2

    def _reading(self, marker: enumerators.Enumerator) -> enumerators.Reading:
        """The reading that goes on with an open sequence, else the likelier one."""
        for reading in marker.readings:
            if any(each.rank == reading.style and each.value == reading.value - 1 for each in self._stack):
                return reading
        first = [reading for reading in marker.readings if reading.value == 1]
        return (first or list(marker.readings))[0]

    def _continues_sequence(self, entry: _Open) -> bool:
        for place in range(len(self._stack) - 1, -1, -1):
            other = self._stack[place]
            if entry.value > 1 and other.rank == entry.rank and other.value == entry.value - 1:
                self._stack[place:] = [entry]
                return True
        return False

    def _open_ranked(self, entry: _Open) -> None:
        depth = _DEPTH[entry.rank]
        if entry.rank == "LETTER" and entry.value == 1 and self._arabic_is_outermost():
            self._stack.append(entry)
            return
        keep = 0
        for place, each in enumerate(self._stack):
            if each.rank and _DEPTH[each.rank] < depth:
                keep = place + 1
        # an unnumbered heading right above the first of a sequence holds it ("Recommendations", then "1.")
        holds = entry.value == 1 and entry.rank not in {"ROMAN"}
        while holds and keep < len(self._stack) and not self._stack[keep].rank:
            keep += 1
        self._stack[keep:] = [entry]

    def _arabic_is_outermost(self) -> bool:
        numbered = [each.rank for each in self._stack if each.rank in {"ROMAN", "LETTER", "arabic"}]
        return numbered == ["arabic"]

    def _open_unnumbered(self, entry: _Open) -> None:
        while self._stack and not self._stack[-1].rank and not self._holds(self._stack[-1], entry):
            self._stack.pop()
        while self._stack and self._shallower(entry, self._stack[-1]):
            self._stack.pop()
        self._stack.append(entry)

    def _holds(self, other: _Open, entry: _Open) -> bool:
        """Whether ``entry`` stands below the unnumbered heading ``other``: by its level, or as the first in it."""
        return 0 < other.level < entry.level or (self._empty and 0 < other.level == entry.level)

    def _shallower(self, entry: _Open, other: _Open) -> bool:
        """Whether the format says that ``entry`` stands above the numbered heading that is open."""
        if other.rank in {"annex", "subtitle", "agenda", "draft", "part"}:
            return False
        if other.rank == "chapter":
            return not 0 < other.level < entry.level
        beside = any(each.rank and each.level == entry.level for each in self._stack)
        return beside and 0 < entry.level < other.level
