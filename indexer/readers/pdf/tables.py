"""Tables: which chunks of a page are cells, and of which row.

Where the file's structure names rows, it is believed. Else cells are told by where they stand: a chunk to the right of
the one set before it, at the same height, can only be the next cell of its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.pdf.chunks import Chunk

BESIDE = 2.0
"""Points by which a cell must stand to the right of the one before it."""

OVERLAP = 0.4
"""Share of the lower of two cells' heights that two cells of one row have in common."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, left to right, each one or more chunks; ``header`` says that it is its table's header."""

    cells: tuple[tuple[Chunk, ...], ...]
    table: int
    header: bool = False

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.cells[0][0].page

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks of all cells, in order."""
        return tuple(chunk for cell in self.cells for chunk in cell)


def rows_of(chunks: Sequence[Chunk]) -> list[Chunk | Row]:
    """``chunks`` of one page in order, those that are cells gathered in rows."""
    out: list[Chunk | Row] = []
    at = 0
    while at < len(chunks):
        if chunks[at].element.cell is not None:
            end = _end_of_table(chunks, at)
            out.extend(_tagged_table(chunks[at:end]))
        else:
            end = _end_of_cells(chunks, at)
            out.extend(_placed_table(chunks[at:end]) if end > at + 1 else chunks[at:end])
        at = max(end, at + 1)
    return out


def _end_of_table(chunks: Sequence[Chunk], start: int) -> int:
    table = chunks[start].element.cell
    end = start
    while end < len(chunks) and (cell := chunks[end].element.cell) is not None and table and cell[0] == table[0]:
        end += 1
    return end


def _tagged_table(chunks: Sequence[Chunk]) -> Iterator[Chunk | Row]:
    """The rows of a table whose structure is known; a table of one column is a box around paragraphs."""
    rows: dict[int, dict[int, list[Chunk]]] = {}
    for chunk in chunks:
        table, row, cell = chunk.element.cell or (0, 0, 0)
        rows.setdefault(row, {}).setdefault(cell, []).append(chunk)
    if all(len(cells) <= 1 for cells in rows.values()):
        yield from (replace(chunk, element=replace(chunk.element, cell=None)) for chunk in chunks)
        return
    table = (chunks[0].element.cell or (0, 0, 0))[0]
    for cells in rows.values():
        header = all(chunk.element.header for cell in cells.values() for chunk in cell)
        yield Row(tuple(tuple(cell) for cell in cells.values()), table, header)


def _end_of_cells(chunks: Sequence[Chunk], start: int) -> int:
    """The end of the untagged table that begins at ``start``; ``start + 1`` where none does."""
    end = start + 1
    while end < len(chunks) and chunks[end].element.cell is None:
        if any(_beside(left, chunks[end]) for left in chunks[start:end][-40:]):
            end += 1
            continue
        if end > start + 1 and _leads_row(chunks, end):
            end += 1
            continue
        break
    return end


def _beside(left: Chunk, right: Chunk) -> bool:
    """Whether ``right`` stands to the right of ``left`` at the same height."""
    return right.x0 >= left.x1 + BESIDE and _overlap(left, right)


def _overlap(one: Chunk, other: Chunk) -> bool:
    common = min(one.top, other.top) - max(one.bottom, other.bottom)
    return common >= OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def _leads_row(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the chunk at ``at`` begins the next row of a table: a cell to its right follows."""
    return at + 1 < len(chunks) and chunks[at + 1].element.cell is None and _beside(chunks[at], chunks[at + 1])


def _placed_table(chunks: Sequence[Chunk]) -> Iterator[Chunk | Row]:
    """The rows of cells that are told by their places; they were set row by row, each from left to right."""
    row: list[list[Chunk]] = []
    for chunk in chunks:
        if row and any(_beside(each, chunk) for cell in row for each in cell):
            row.append([chunk])
        elif row and _same_cell(row, chunk):
            row[-1].append(chunk)
        else:
            if row:
                yield _row(row)
            row = [[chunk]]
    if row:
        yield _row(row)


def _same_cell(row: Sequence[Sequence[Chunk]], chunk: Chunk) -> bool:
    """Whether ``chunk``, below the last cell of a row, is a further paragraph of it: a taller cell stands beside both."""
    return len(row) > 1 and any(_overlap(each, chunk) for cell in row[:-1] for each in cell)


def _row(cells: Sequence[Sequence[Chunk]]) -> Chunk | Row:
    if len(cells) == 1 and len(cells[0]) == 1:
        return cells[0][0]
    return Row(tuple(tuple(cell) for cell in cells), 0)
