"""Styles: what a paragraph or a run looks like where its own properties do not say, through all the styles below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from indexer.readers.docx.package import Element, W

DEEPEST_CHAIN = 30
"""Styles based on one another: real chains have five; a damaged file may have a circle."""

_OFF = {"0", "false", "off", "none"}
_PLAIN_OUTLINE = 9
"""The outline level that says that a paragraph is no heading."""


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of the child ``name``; "" where it stands without one, ``None`` where there is no such child."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "")


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether the property ``name`` is switched on, ``None`` where it is not named."""
    found = value(parent, name)
    return None if found is None else found not in _OFF


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: what tells a heading, a note's marker or hidden text; ``size`` is in half points."""

    bold: bool = False
    italic: bool = False
    capitals: bool = False
    hidden: bool = False
    raised: bool = False
    size: int = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set: its outline level (0 outermost, ``None`` for text), indents in twentieths of a point."""

    outline: int | None = None
    left: int = 0
    first: int = 0
    centred: bool = False
    kept: bool = False
    numbering: str | None = None
    depth: int | None = None
    style: str = ""


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self._shapes: dict[str, Shape] = {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._base = look_over(Look(), defaults)
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId", "")
            self._by_id[name] = style
            if style.get(W + "default") in {"1", "true", "on"}:
                self._defaults[style.get(W + "type", "")] = name

    def name(self, style: str) -> str:
        """What the style is called in the program, in lower case ("heading 1", "toc 2"); its identifier without one."""
        element = self._by_id.get(style)
        return (value(element, "name") or style).casefold()

    def paragraph_look(self, style: str | None) -> Look:
        """The look of the text in a paragraph of that style."""
        style = style or self._defaults.get("paragraph", "")
        if style not in self._looks:
            look = self._base
            for element in self._chain(style):
                look = look_over(look, element.find(W + "rPr"))
            self._looks[style] = look
        return self._looks[style]

    def run_look(self, look: Look, properties: Element | None) -> Look:
        """``look`` of the paragraph, with what a run's character style and its own ``properties`` say over it."""
        if properties is None:
            return look
        style = value(properties, "rStyle")
        for element in self._chain(style) if style else ():
            look = look_over(look, element.find(W + "rPr"))
        return look_over(look, properties)

    def shape(self, properties: Element | None) -> Shape:
        """The shape of a paragraph with these ``properties``."""
        style = value(properties, "pStyle") or self._defaults.get("paragraph", "")
        if style not in self._shapes:
            shape = Shape(style=style)
            for element in self._chain(style):
                shape = _shape_over(shape, element.find(W + "pPr"))
            self._shapes[style] = shape
        return _shape_over(self._shapes[style], properties)

    def numbering_of(self, style: str) -> str | None:
        """The list that a numbering style names."""
        return value(self._by_id[style].find(f"{W}pPr/{W}numPr"), "numId") if style in self._by_id else None

    def _chain(self, style: str) -> list[Element]:
        """The style and all that it is based on, the outermost first."""
        found: list[Element] = []
        while style in self._by_id and len(found) < DEEPEST_CHAIN:
            found.append(self._by_id[style])
            style = value(found[-1], "basedOn") or ""
        return found[::-1]


def look_over(look: Look, properties: Element | None) -> Look:
    """``look`` with what the run properties say over it."""
    if properties is None or not len(properties):
        return look
    said: dict[str, Any] = dict(_said(properties))
    size = value(properties, "sz") or ""
    if size.isdecimal():
        look = replace(look, size=int(size))
    return replace(look, **said) if said else look


def _said(properties: Element) -> Iterator[tuple[_Toggle, bool]]:
    for child in properties:
        name = child.tag
        if name in _TOGGLES:
            yield _TOGGLES[name], child.get(W + "val", "") not in _OFF
        elif name == W + "vertAlign":
            yield "raised", child.get(W + "val") == "superscript"


_Toggle = Literal["bold", "italic", "capitals", "hidden", "raised"]
_TOGGLES: dict[str, _Toggle] = {
    W + "b": "bold",
    W + "i": "italic",
    W + "caps": "capitals",
    W + "vanish": "hidden",
}


def _shape_over(shape: Shape, properties: Element | None) -> Shape:
    if properties is None:
        return shape
    outline = value(properties, "outlineLvl")
    if outline is not None and outline.isdecimal():
        shape = replace(shape, outline=int(outline) if int(outline) < _PLAIN_OUTLINE else None)
    indent = properties.find(W + "ind")
    if indent is not None:
        left = _twips(indent, "left", _twips(indent, "start", shape.left))
        first = _twips(indent, "firstLine", -_twips(indent, "hanging", -shape.first))
        shape = replace(shape, left=left, first=first)
    aligned = value(properties, "jc")
    if aligned is not None:
        shape = replace(shape, centred=aligned == "center")
    kept = is_on(properties, "keepNext")
    if kept is not None:
        shape = replace(shape, kept=kept)
    numbered = properties.find(W + "numPr")
    if numbered is not None:
        depth = value(numbered, "ilvl")
        known = int(depth) if depth and depth.isdecimal() else shape.depth
        shape = replace(shape, numbering=value(numbered, "numId") or shape.numbering, depth=known)
    return shape


def _twips(indent: Element, name: str, otherwise: int) -> int:
    said = indent.get(W + name, "")
    return int(said) if said.lstrip("-").isdecimal() else otherwise
