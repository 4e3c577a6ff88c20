"""Tables: which rows are the header, which cells are merged, and which tables are no tables but boxes around text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.readers.docx.package import Element, W
from indexer.readers.docx.styles import is_on, value

WIDEST = 200
"""Columns of a table; a damaged file may claim a cell that spans millions."""

_WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its element, the columns that it spans, and whether it only goes on with the cell above it."""

    element: Element
    span: int = 1
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, left to right; ``header`` says that the program prints it again on every page."""

    cells: tuple[Cell, ...]
    header: bool = False
    skipped: int = 0


def rows_of(table: Element) -> list[Row]:
    """The rows of a table, those that were deleted left out."""
    return [row for row in (_row(each) for each in _inside(table, W + "tr")) if row is not None]


def is_box(rows: Sequence[Row]) -> bool:
    """Whether a table has one column only, and no header, so that it is a box around paragraphs."""
    return all(len(row.cells) <= 1 and not row.header for row in rows)


def _row(element: Element) -> Row | None:
    properties = element.find(W + "trPr")
    if properties is not None and properties.find(W + "del") is not None:
        return None
    if is_on(properties, "hidden"):
        return None
    cells = tuple(_cell(each) for each in _inside(element, W + "tc") if not _is_deleted(each))
    skipped = _whole(value(properties, "gridBefore"), 0)
    return Row(cells, bool(is_on(properties, "tblHeader")), skipped)


def _is_deleted(cell: Element) -> bool:
    return cell.find(f"{W}tcPr/{W}cellDel") is not None


def _cell(element: Element) -> Cell:
    properties = element.find(W + "tcPr")
    merged = properties.find(W + "vMerge") if properties is not None else None
    beside = properties.find(W + "hMerge") if properties is not None else None
    continued = any(each is not None and each.get(W + "val", "continue") == "continue" for each in (merged, beside))
    return Cell(element, _whole(value(properties, "gridSpan"), 1), continued)


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), WIDEST) if text and text.isdecimal() and len(text) < 6 else otherwise


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """The children ``tag`` of ``parent``, also those that stand in controls and insertions."""
    waiting = list(reversed(parent))
    while waiting:
        each = waiting.pop()
        if each.tag == tag:
            yield each
        elif each.tag in _WRAPPERS:
            waiting.extend(reversed(each))
