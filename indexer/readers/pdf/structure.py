"""The structure of a tagged PDF: which element each piece of marked content on a page belongs to.

Word processors write it since about 2015: every paragraph, heading, note and, mostly, cell is an element of a tree, and
each run of text carries the number (MCID) of the marked content that it is part of. Where it is there, it says what
print can only suggest: where a paragraph ends, and that a line is a running header (which is in no element).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field, replace

import pypdfium2.raw as pdfium

from indexer.readers.pdf.page import Element

FIGURE = "Figure"
"""The tag of pictures and charts."""

DEEPEST = 60
"""Levels of a structure tree; deeper ones are damage."""

_BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "TOCI", "LI", "BlockQuote", "Formula"}
_CELLS = {"TD": False, "TH": True}


@dataclass(slots=True)
class _Walk:
    """What is counted while a page's tree is walked: elements, tables, rows and cells so far."""

    found: dict[int, Element] = field(default_factory=dict)
    orders: int = 0
    tables: int = 0
    rows: int = 0
    cells: int = 0

    def next(self) -> int:
        self.orders += 1
        return self.orders


def elements(page: object) -> dict[int, Element]:
    """The block-level element of each marked-content identifier on a PDFium ``page``; {} where it is not tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    walk = _Walk()
    try:
        for at in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
            if child:
                _enter(walk, child, Element("", 0), 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return walk.found


def _enter(walk: _Walk, node: object, above: Element, depth: int) -> None:
    """Take a node of the tree: give its own content an element, then its children theirs."""
    if depth > DEEPEST:
        return
    element = _element(walk, _tag(node), above)
    for at in range(max(0, pdfium.FPDF_StructElement_CountChildren(node))):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(node, at)
        if child:
            _enter(walk, child, element, depth + 1)
            continue
        mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(node, at)
        if mcid >= 0:
            walk.found[mcid] = element


def _element(walk: _Walk, tag: str, above: Element) -> Element:
    """The element that holds for what stands under a node tagged ``tag`` below ``above``.

    What stands in a figure is its labels, whatever they are tagged as; only its caption is text.
    """
    if above.kind == FIGURE and tag != "Caption":
        return above
    if tag in _BLOCKS:
        return replace(above, kind=tag, order=walk.next())
    if tag == "Table":
        walk.tables += 1
    elif tag == "TR":
        walk.rows += 1
        return replace(above, cell=(walk.tables, walk.rows, 0))
    elif tag in _CELLS:
        walk.cells += 1
        table, row, _ = above.cell or (walk.tables, walk.rows, 0)
        return replace(above, kind=tag, order=walk.next(), cell=(table, row, walk.cells), header=_CELLS[tag])
    elif tag == "Note":
        return replace(above, kind=tag, order=walk.next(), note=True, cell=None)
    elif tag in {"TOC", FIGURE}:
        return replace(above, kind=tag, order=walk.next(), contents=above.contents or tag == "TOC")
    elif not above.kind:
        return replace(above, order=walk.next()) if tag not in {"Document", "Part", "Sect", "Div", "Art"} else above
    return above


def _tag(node: object) -> str:
    buffer = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(node, buffer, len(buffer))
    return buffer.raw[: max(0, min(length, len(buffer)) - 2)].decode("utf-16-le", "replace")
