"""Which anchors of a page cite a note, and which elements define one.

A citation is a short link to a later place in the page ("[1]" to "#fn1"); a definition is that place. Where both link
to each other, the first is the citation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4.element import NavigableString, Tag

from indexer.readers.html.page import first_in

_MARKER = re.compile(r"^[\[(]?\s*(\d{1,3}|[a-z]|[ivxl]{1,6}|\*{1,4}|[†‡§¶])\s*[\])]?$")
_BACK = re.compile(r"^[\s↩︎↑^⤴⏎←]*(?:back|return|top)?[\s↩︎↑^⤴⏎←]*$", re.IGNORECASE)


@dataclass
class Notes:
    """The notes of a page: ``citations`` and ``marks`` by the identity of the anchor, ``definitions`` of the element.

    ``marks`` are the anchors that only repeat a definition's own marker or lead back, and are no text.
    """

    citations: dict[int, str] = field(default_factory=dict)
    definitions: dict[int, str] = field(default_factory=dict)
    marks: set[int] = field(default_factory=set)


def notes_of(root: Tag) -> Notes:
    """The notes that the anchors below ``root`` show."""
    found = Notes()
    places: dict[str, tuple[int, Tag]] = {}
    anchors: list[tuple[int, Tag, str]] = []
    for place, element in enumerate(each for each in root.descendants if isinstance(each, Tag)):
        for name in (element.get("id"), element.get("name") if element.name == "a" else None):
            if name:
                places.setdefault(str(name), (place, element))
        target = str(element.get("href") or "")
        if element.name == "a" and target.startswith("#") and len(target) > 1:
            anchors.append((place, element, target[1:]))
    for place, anchor, target in anchors:
        marker = _MARKER.match(_short_text(anchor))
        at, defined = places.get(target, (-1, anchor))
        if at > place and marker:
            found.citations[id(anchor)] = marker.group(1)
            found.definitions.setdefault(id(defined), marker.group(1))
    for _, anchor, target in anchors:
        cited = places.get(target)
        if id(anchor) in found.citations or cited is None:
            continue
        if _leads_back(anchor, cited[1], found) or id(anchor) in found.definitions:
            found.marks.add(id(anchor))
    return found


def _leads_back(anchor: Tag, target: Tag, found: Notes) -> bool:
    """Whether an anchor in a definition leads back to its citation, with an arrow or with the marker."""
    cites = id(target) in found.citations or any(id(each) in found.citations for each in _near(target))
    text = _short_text(anchor)
    return cites and bool(_BACK.match(text) or _MARKER.match(text))


def _short_text(anchor: Tag) -> str:
    """The text of an anchor, as far as that of a note's mark would go."""
    texts = (str(each) for each in first_in(anchor, 10) if isinstance(each, NavigableString))
    return " ".join("".join(texts).split())


def _near(target: Tag) -> list[Tag]:
    """The anchors in a place that is cited back ("<sup id=ref1><a href=#fn1>1</a></sup>"), or around it."""
    inside = [each for each in first_in(target, 10) if isinstance(each, Tag) and each.name == "a"]
    parent = target.parent
    return [*inside, parent] if parent is not None and parent.name == "a" else inside
