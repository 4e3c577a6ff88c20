"""What stands on a printed page: runs of text, ruled lines and structure elements, with nothing concluded from them.

A *run* is text that was set in one go: one font, one size, one baseline. Coordinates are points (1/72 inch) from the
lower left corner of the page as it is read, so that a landscape page is upright here whatever way it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """A block-level element of a tagged PDF's structure (a paragraph, a heading, a cell's paragraph), on one page.

    ``kind`` is its tag ("P", "H1", "LI", "TOCI"); ``order`` its place in the structure, which is the reading order.
    ``note`` says that it stands in a note, ``contents`` in a table of contents. ``cell`` is (table, row, cell) where it
    stands in a table, each numbered within the page; ``header`` says that the cell is tagged as a header.
    """

    kind: str
    order: int
    note: bool = False
    contents: bool = False
    cell: tuple[int, int, int] | None = None
    header: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one go. ``y`` is its baseline, ``x0`` and ``x1`` where it begins and ends, ``size`` the font's.

    ``element`` is the structure element that it belongs to, None where it belongs to none. ``artifact`` says that the
    file marks it as page furniture, or as part of a picture.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    element: Element | None = None
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled horizontal line from ``x0`` to ``x1`` at height ``y``."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its ``number`` from 1, its size, its runs in the order in which they were set, and its rules.

    ``tagged`` says that the structure covers the page's text. ``images`` is the share of the page that pictures cover.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()
    tagged: bool = False
    images: float = 0.0
