"""Footnotes and endnotes: their marks counted as the program prints them, and their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.readers.docx.package import Element, W
from indexer.readers.docx.styles import value
from indexer.readers.number_formats import format_number

_KINDS = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Counting:
    """How one kind of notes is counted: the format, the first number, and where counting begins again."""

    format: str
    start: int = 1
    restart: str = "continuous"

    def over(self, properties: Element | None) -> Counting:
        """The counting with what ``w:footnotePr`` or ``w:endnotePr`` says over it."""
        start = value(properties, "numStart") or ""
        return Counting(
            value(properties, "numFmt") or self.format,
            int(start) if start.isdecimal() and len(start) < 6 else self.start,
            value(properties, "numRestart") or self.restart,
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """A note that was cited: its printed ``marker``, its element, and whether the marker was typed by hand."""

    marker: str
    element: Element
    typed: bool = False


class Notes:
    """The notes of a document, in the order in which they are cited."""

    def __init__(self, parts: dict[str, Element | None], settings: Element | None) -> None:
        """``parts`` are the parts "footnote" and "endnote"."""
        self._elements = {
            (kind, each.get(W + "id", "")): each
            for kind in _KINDS
            for each in _children(parts.get(kind), kind)
            if each.get(W + "type", "normal") == "normal"
        }
        self._general = {
            "footnote": Counting("decimal").over(_find(settings, "footnotePr")),
            "endnote": Counting("lowerRoman").over(_find(settings, "endnotePr")),
        }
        self._counting = dict(self._general)
        self._next = {kind: self._counting[kind].start for kind in _KINDS}
        self._waiting: list[Definition] = []
        self._cited: set[tuple[str, str]] = set()

    def begin_section(self, properties: Element | None) -> None:
        """Say that a section begins, with these properties."""
        for kind in _KINDS:
            self._counting[kind] = self._general[kind].over(_find(properties, f"{kind}Pr"))
            self._restart(kind, "eachSect")

    def new_page(self) -> None:
        """Say that a page begins, as far as the file knows its pages."""
        self._restart("footnote", "eachPage")

    def cite(self, kind: str, identifier: str, own: str = "") -> str:
        """The printed marker of the note cited here, ``own`` where it was typed by hand; "" where there is no note."""
        element = self._elements.get((kind, identifier))
        if element is None:
            return own
        marker = own
        if not own:
            marker = format_number(self._next[kind], self._counting[kind].format)
            self._next[kind] += 1
        if (kind, identifier) not in self._cited:
            self._cited.add((kind, identifier))
            self._waiting.append(Definition(marker, element, bool(own)))
        return marker

    def take(self) -> list[Definition]:
        """The notes that were cited since the last call."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def _restart(self, kind: str, where: str) -> None:
        if self._counting[kind].restart == where:
            self._next[kind] = self._counting[kind].start


def _children(part: Element | None, kind: str) -> Iterator[Element]:
    yield from part.iter(W + kind) if part is not None else ()


def _find(parent: Element | None, name: str) -> Element | None:
    return parent.find(W + name) if parent is not None else None
