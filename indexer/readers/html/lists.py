"""The lists that are open in a page, and the number that the browser prints before each item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

from indexer.readers.html.events import Event
from indexer.readers.marked import BULLET
from indexer.readers.number_formats import format_number

DEEPEST = 40
"""Lists inside one another; deeper ones are as deep as this."""

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+-(?:alpha|latin|roman)|decimal(?:-leading-zero)?)", re.I
)
_TYPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
    "none": "none",
}


@dataclass(slots=True)
class _Open:
    ordered: bool
    format: str
    next: int
    step: int = 1


class Lists:
    """The open lists; :meth:`take` is told of each list and item, :meth:`label` gives the next paragraph's label."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._label = ""

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return min(len(self._open), DEEPEST)

    def take(self, event: Event) -> None:
        """Take the beginning or the end of a list or an item."""
        if event.name == "li":
            self._label = self._item(event) if event.kind == "open" else ""
        elif event.kind == "open":
            self._open.append(_begun(event))
        elif self._open:
            self._open.pop()
            self._label = ""

    def label(self) -> str:
        """The label of the paragraph that comes: "3." or "-" for the first of an item, else ""."""
        label, self._label = self._label, ""
        return label

    def _item(self, event: Event) -> str:
        current = self._open[-1] if self._open else _Open(ordered=False, format="", next=1)
        if not current.ordered:
            return BULLET
        said = event.attribute("value").strip()
        number = int(said) if said.isdecimal() and len(said) < 6 else current.next
        current.next = number + current.step
        printed = format_number(number, current.format)
        return f"{printed}." if printed else ""


def _begun(event: Event) -> _Open:
    start = event.attribute("start").strip()
    first = int(start) if start.lstrip("-").isdecimal() and len(start) < 6 else 1
    style = _STYLE.search(event.attribute("style"))
    written = (
        _STYLES.get(style.group(1).lower(), "decimal") if style else _TYPES.get(event.attribute("type"), "decimal")
    )
    if event.element is not None and event.element.get("reversed") is not None:
        return _Open(event.name == "ol", written, first if start else _items(event.element), -1)
    return _Open(event.name == "ol", written, first)


def _items(element: Tag) -> int:
    """How many items a list has of its own, also where their ends were left out."""
    count = 0
    waiting = [each for each in element.contents if isinstance(each, Tag)]
    while waiting:
        each = waiting.pop()
        count += each.name == "li"
        if each.name not in {"ol", "ul"}:
            waiting.extend(child for child in each.contents if isinstance(child, Tag))
    return count
