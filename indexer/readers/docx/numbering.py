"""Automatic numbering worked out: the label that the program prints before each paragraph of a list.

A list (``w:num``) is an instance of an abstract one, whose lists share their counters unless one says that it begins
anew. Each level has a format, a start, a pattern such as "(%2)", and the level after which it begins again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.readers.docx.package import Element, W
from indexer.readers.docx.styles import Shape, Styles, is_on, value
from indexer.readers.marked import BULLET
from indexer.readers.number_formats import format_number

DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are written, where they begin, and after which level they begin again."""

    format: str = "decimal"
    start: int = 1
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    left: int | None = None


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


class Numbering:
    """The lists of a document and how far each has counted; :meth:`label` takes the next paragraph."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for each in root if root is not None else ():
            if each.tag == W + "abstractNum":
                self._abstract[each.get(W + "abstractNumId", "")] = each
            elif each.tag == W + "num":
                self._instances[each.get(W + "numId", "")] = each

    def label(self, shape: Shape) -> str:
        """The label of the next paragraph of that ``shape``: "(a)", "3.", "-" for a bullet, "" where it has none."""
        found = self._list(shape.numbering or "")
        if found is None:
            return ""
        depth = self._depth(found, shape)
        level = found.levels[depth]
        counts = self._count(shape.numbering or "", found, depth)
        if level.format == "bullet":
            return BULLET if level.pattern.strip() else ""
        return " ".join(self._printed(found, level, counts).split())

    def indent(self, shape: Shape) -> int | None:
        """How far the list sets its paragraphs in, where it says so."""
        found = self._list(shape.numbering or "")
        return None if found is None else found.levels[self._depth(found, shape)].left

    def _depth(self, found: _List, shape: Shape) -> int:
        if shape.depth is not None:
            return min(shape.depth, DEEPEST - 1)
        return next((at for at, level in enumerate(found.levels) if level.style and level.style == shape.style), 0)

    def _count(self, name: str, found: _List, depth: int) -> list[int | None]:
        counts = self._counts.setdefault(found.abstract, [None] * DEEPEST)
        anew = found.starts.get(depth)
        if anew is not None and (name, depth) not in self._begun:
            counts[depth] = anew
        else:
            before = counts[depth]
            counts[depth] = found.levels[depth].start if before is None else before + 1
        self._begun.add((name, depth))
        for deeper in range(depth + 1, DEEPEST):
            restart = found.levels[deeper].restart
            if restart is None or depth < restart:
                counts[deeper] = None
        return counts

    def _printed(self, found: _List, level: Level, counts: Sequence[int | None]) -> str:
        def number(place: re.Match[str]) -> str:
            at = int(place.group(1)) - 1
            other = found.levels[at]
            count = counts[at]
            name = "decimal" if level.legal and other.format not in {"none", "bullet"} else other.format
            return format_number(other.start if count is None else count, name)

        return _PLACE.sub(number, level.pattern)

    def _list(self, name: str) -> _List | None:
        if name not in self._lists:
            self._lists[name] = self._made(name)
        return self._lists[name]

    def _made(self, name: str) -> _List | None:
        instance = self._instances.get(name)
        abstract = self._abstract_of(instance, set())
        if instance is None or abstract is None:
            return None
        levels = [Level() for _ in range(DEEPEST)]
        for each in abstract.findall(W + "lvl"):
            _put(levels, each)
        starts = {}
        for override in instance.findall(W + "lvlOverride"):
            depth = _number(override.get(W + "ilvl"), 0)
            start = value(override, "startOverride")
            if start is not None:
                starts[depth] = _number(start, 1)
            for each in override.findall(W + "lvl"):
                _put(levels, each)
        return _List(abstract.get(W + "abstractNumId", ""), tuple(levels), starts)

    def _abstract_of(self, instance: Element | None, seen: set[str]) -> Element | None:
        """The abstract list of an instance, through a numbering style where it only names one."""
        abstract = self._abstract.get(value(instance, "abstractNumId") or "")
        linked = value(abstract, "numStyleLink")
        if not linked or linked in seen:
            return abstract
        further = self._instances.get(self._styles.numbering_of(linked) or "")
        return self._abstract_of(further, seen | {linked}) if further is not None else abstract


def _put(levels: list[Level], element: Element) -> None:
    """Set the level that ``element`` describes, what it leaves out as the format has it."""
    depth = _number(element.get(W + "ilvl"), 0)
    if not 0 <= depth < DEEPEST:
        return
    restart = value(element, "lvlRestart")
    left = element.find(f"{W}pPr/{W}ind")
    indent = (left.get(W + "left") or left.get(W + "start") or "") if left is not None else ""
    format_element = element.find(W + "numFmt")
    if format_element is None:  # a format of its own stands beside the usual one, as an alternative
        format_element = next(element.iter(W + "numFmt"), None)
    levels[depth] = replace(
        levels[depth],
        format=format_element.get(W + "val", "decimal") if format_element is not None else "decimal",
        start=_number(value(element, "start"), 0 if value(element, "start") is None else 1),
        pattern=value(element, "lvlText") or "",
        restart=_number(restart, 0) if restart is not None else None,
        legal=bool(is_on(element, "isLgl")),
        style=value(element, "pStyle") or "",
        left=int(indent) if indent.lstrip("-").isdecimal() else None,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 6 else otherwise
