"""Tables: which chunks of a page are cells, and of which row.

Where the file's structure names rows, it is believed. Else cells are told by where they stand: a chunk to the right of
the one set before it, at the same height, can only be the next cell of its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.pdf.chunks import FLUSH, Chunk
from indexer.readers.pdf.setting import Setting

BESIDE = 2.0
"""Points by which a cell must stand to the right of the one before it."""

DENSE, SAME_CELL = 1.3, 0.5
"""Sizes between two chunks: up to which they are rows of one table, and up to which they may be of one cell."""

WIDEST = 40
"""Cells that a row has at most."""

OVERLAP = 0.4
"""Share of the lower of two cells' heights that two cells of one row have in common."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, left to right, each one or more chunks; ``header`` says that it is its table's header.

    ``table`` is the number of the table in the page's structure, 0 where rows were told by their places; ``page_end``
    the page on which the row ends, where that is not the one it begins on.
    """

    cells: tuple[tuple[Chunk, ...], ...]
    table: int
    header: bool = False
    page_end: int = 0

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.cells[0][0].page

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks of all cells, in order."""
        return tuple(chunk for cell in self.cells for chunk in cell)


def rows_of(chunks: Sequence[Chunk], setting: Setting) -> list[Chunk | Row]:
    """``chunks`` of one page in order, those that are cells gathered in rows."""
    out: list[Chunk | Row] = []
    at = 0
    while at < len(chunks):
        if chunks[at].element.cell is not None:
            end = _end_of_table(chunks, at)
            out.extend(_tagged_table(chunks[at:end], setting))
        else:
            end = _end_of_cells(chunks, at, setting)
            out.extend(_placed_table(chunks[at:end], setting) if end > at + 1 else chunks[at:end])
        at = end
    return out


def _end_of_table(chunks: Sequence[Chunk], start: int) -> int:
    table = chunks[start].element.cell
    end = start
    while end < len(chunks) and (cell := chunks[end].element.cell) is not None and table and cell[0] == table[0]:
        end += 1
    return end


def _tagged_table(chunks: Sequence[Chunk], setting: Setting) -> Iterator[Chunk | Row]:
    """The rows of a table whose structure is known; a table of one column is a box around paragraphs."""
    rows: dict[int, dict[int, list[Chunk]]] = {}
    for chunk in chunks:
        table, row, cell = chunk.element.cell or (0, 0, 0)
        rows.setdefault(row, {}).setdefault(cell, []).append(chunk)
    if all(len(cells) <= 1 for cells in rows.values()):
        yield from (replace(chunk, element=replace(chunk.element, cell=None)) for chunk in chunks)
        return
    table = (chunks[0].element.cell or (0, 0, 0))[0]
    heading = True
    for cells in rows.values():
        row = Row(tuple(tuple(cell) for cell in cells.values()), table)
        heading = heading and _is_header(row.chunks, setting)
        yield replace(row, header=heading)


def _is_header(chunks: Sequence[Chunk], setting: Setting) -> bool:
    return all(chunk.element.header or setting.is_header(chunk) for chunk in chunks)


def _end_of_cells(chunks: Sequence[Chunk], start: int, setting: Setting) -> int:
    """The end of the untagged table that begins at ``start``; ``start + 1`` where none does."""
    end = start + 1
    established = False
    while end < len(chunks) and chunks[end].element.cell is None:
        chunk = chunks[end]
        if any(_beside(left, chunk) for left in chunks[max(start, end - WIDEST) : end]):
            established = True
        elif not (
            (setting.is_header(chunk) and _is_header(chunks[start:end], setting) and _is_dense(chunks[end - 1], chunk))
            or (established and (_leads_row(chunks, end) or _is_label(chunks, end) or _in_cell(chunks, start, end)))
        ):
            break
        end += 1
    return end if established else start + 1


def _beside(left: Chunk, right: Chunk) -> bool:
    """Whether ``right`` stands to the right of ``left`` at the same height."""
    return right.x0 >= left.x1 + BESIDE and _overlap(left, right)


def _overlap(one: Chunk, other: Chunk) -> bool:
    common = min(one.top, other.top) - max(one.bottom, other.bottom)
    return common >= OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def _is_dense(above: Chunk, below: Chunk) -> bool:
    """Whether ``below`` stands so near below (or beside) ``above`` that only a table's rows do."""
    return above.bottom - below.top <= DENSE * below.size


def _leads_row(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the chunk at ``at`` begins the next row of a table: a cell to its right follows."""
    return at + 1 < len(chunks) and chunks[at + 1].element.cell is None and _beside(chunks[at], chunks[at + 1])


def _is_label(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the chunk at ``at`` is a row of one cell, which names the rows below it."""
    lowest = min(chunks[at - 1 - WIDEST : at] or chunks[:at], key=lambda chunk: chunk.bottom)
    if len(chunks[at].lines) > 2 or not _is_dense(lowest, chunks[at]):
        return False
    below = next((other for other in (at + 1, at + 2) if _leads_row(chunks, other)), None)
    return below is not None and all(_is_dense(chunks[each - 1], chunks[each]) for each in range(at + 1, below + 1))


def _in_cell(chunks: Sequence[Chunk], start: int, at: int) -> bool:
    """Whether the chunk at ``at`` is a further paragraph of the cell above it, which is not the first of its row."""
    above, chunk = chunks[at - 1], chunks[at]
    left = any(_beside(each, above) for each in chunks[max(start, at - WIDEST) : at - 1])
    return left and _is_below(above, chunk)


def _is_below(above: Chunk, chunk: Chunk) -> bool:
    near = 0 <= above.bottom - chunk.top <= SAME_CELL * chunk.size
    return near and abs(above.x0 - chunk.x0) <= FLUSH


def _placed_table(chunks: Sequence[Chunk], setting: Setting) -> Iterator[Chunk | Row]:
    """The rows of cells that are told by their places; they were set row by row, each from left to right."""
    head = next((at for at, chunk in enumerate(chunks) if not setting.is_header(chunk)), len(chunks))
    if head:
        yield Row(tuple((chunk,) for chunk in chunks[:head]), 0, header=True)
    row: list[list[Chunk]] = []
    for chunk in chunks[head:]:
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
    """Whether ``chunk``, below the last cell of a row, is a further paragraph of it."""
    if len(row) < 2:
        return False
    return any(_overlap(each, chunk) for cell in row[:-1] for each in cell) or _is_below(row[-1][-1], chunk)


def _row(cells: Sequence[Sequence[Chunk]]) -> Row:
    return Row(tuple(tuple(cell) for cell in cells), 0)
