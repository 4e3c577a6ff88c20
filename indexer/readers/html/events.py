"""A tree of elements -> what a reader meets in it, one after the other: elements opened and closed, and texts.

No step calls itself, so that a page of a hundred thousand nested tags is read like any other; and an element that
its author forgot to close costs nothing, because what is read are beginnings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bs4.element import CData, NavigableString, PreformattedString, Tag

from indexer.readers.html.page import is_furniture

BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
"""Elements that are set on lines of their own."""


@dataclass(frozen=True, slots=True)
class Event:
    """An element that is opened or closed, or a text."""

    kind: Literal["open", "close", "text"]
    name: str = ""
    text: str = ""
    element: Tag | None = None

    def attribute(self, name: str) -> str:
        """The attribute ``name`` of the element, "" without one."""
        value = self.element.get(name) if self.element is not None else None
        return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def events(root: Tag) -> Iterator[Event]:
    """What is met in ``root``, furniture left out."""
    inside = root.name in {"main", "article"} or bool(root.get("role"))
    waiting: list[Tag | NavigableString | Event] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Event):
            yield each
        elif isinstance(each, Tag):
            if each is not root and is_furniture(each, inside=inside):
                continue
            yield Event("open", each.name, element=each)
            waiting.append(Event("close", each.name, element=each))
            waiting.extend(child for child in reversed(each.contents) if isinstance(child, (Tag, NavigableString)))
        elif isinstance(each, CData) or not isinstance(each, PreformattedString):
            yield Event("text", text=str(each))
