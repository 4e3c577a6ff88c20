"""Tables: which chunks of a page are cells, and of which row.

Where the file's structure names rows, it is believed. Else cells are told by where they stand: a chunk to the right of
the one set before it, at the same height, can only be the next cell of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers import inline
from indexer.readers.pdf.chunks import FLUSH, Chunk, is_bulleted
from indexer.readers.pdf.setting import Setting

BESIDE = 2.0
"""Points by which a cell must stand to the right of the one before it."""

DENSE, BELOW_HEADER, SAME_CELL = 1.3, 2.4, 0.95
"""Sizes between two chunks: up to which they are rows of one table, up to which a row follows its header, and up to
which they may be of one cell."""

SAME_SIZE = 0.4
"""Points by which the sizes of one cell's, or one table's, text may differ."""

LONGEST_LABEL = 12
"""Characters of what stands in front of a list, such as a year."""

TALLEST = 12
"""Paragraphs that the first cell of a row has at most."""

_NUMBER = re.compile(r"^[A-Z\d/().,;\s–-]+$")
_BELOW_TABLE = re.compile(rf"^(?:Notes?|Abbreviations?|Sources?|Key|Legend)\b.{{0,20}}:|^{inline.OPEN}")
"""How what stands below a table begins, in its type and near it, that is no row of it."""

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
    made = [Row(tuple(tuple(cell) for cell in cells.values()), table) for cells in rows.values()]
    headers = _headers(made, setting)
    yield from (replace(row, header=at < headers) for at, row in enumerate(made))


def _headers(rows: Sequence[Row], setting: Setting) -> int:
    """How many of a table's rows, from the first, are its header: by their type or by what the structure calls them.

    A structure that calls every row a header is believed of the first only.
    """
    by_type = next((at for at, row in enumerate(rows) if not all(map(setting.is_header, row.chunks))), len(rows))
    named = next((at for at, row in enumerate(rows) if not _is_named_header(row, first=at == 0)), len(rows))
    most = max(by_type, named)
    return most if most < len(rows) else min(1, len(rows) - 1)


def _is_named_header(row: Row, *, first: bool) -> bool:
    """Whether the structure calls a row a header, and it is none of one cell that names the rows below it."""
    return (first or len(row.cells) > 1) and all(chunk.element.header for chunk in row.chunks)


def _end_of_cells(chunks: Sequence[Chunk], start: int, setting: Setting) -> int:
    """The end of the untagged table that begins at ``start``; ``start + 1`` where none does."""
    end = start
    while end < len(chunks) and setting.is_header(chunks[end]) and (end == start or _is_near(chunks, end, setting)):
        end += 1
    headed = end
    while end < len(chunks) and chunks[end].element.cell is None:
        row = _end_of_row(chunks, end, established=end > start)
        if row == end + 1 and not (end > start and _is_single(chunks, end, setting)):
            break
        if row > end + 1 and end > start and not _is_near(chunks, end, setting):
            break
        end = row
    return end if end > headed or headed > start + 1 else start + 1


def _end_of_row(chunks: Sequence[Chunk], start: int, *, established: bool = True) -> int:
    """The end of the row of cells that begins at ``start``; ``start + 1`` where nothing stands beside that chunk.

    Only an ``established`` table has several paragraphs in its first cell: else they are a list's, in two columns.

    Cells were set one after the other, each from top to bottom: what stands beside what was set before is the next
    cell, and what stands right below the last paragraph of a cell, at its left edge, is one more.
    """
    column = start + 1
    while (
        established
        and column < len(chunks)
        and column - start < TALLEST
        and _is_below(chunks[column - 1], chunks[column])
    ):
        column += 1
    if column >= len(chunks) or not _beside(chunks[start], chunks[column]) or _labels_list(chunks, start):
        return start + 1  # what stands beside a lower paragraph only is of a lower row
    end = column + 1
    while end < len(chunks) and chunks[end].element.cell is None:
        beside = any(_beside(left, chunks[end]) for left in chunks[max(start, end - WIDEST) : end])
        if not beside and not _is_below(chunks[end - 1], chunks[end]):
            break
        end += 1
    return end


def _labels_list(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the chunk at ``at`` only stands in front of a list ("1994" before its bullets), and is no cell."""
    label, item = chunks[at], chunks[at + 1]
    return len(label.first.text) <= LONGEST_LABEL and len(label.lines) == 1 and is_bulleted(item.first.text)


def _is_single(chunks: Sequence[Chunk], at: int, setting: Setting) -> bool:
    """Whether the chunk at ``at``, with nothing beside it, is a row all the same: near those above, in their type."""
    chunk, above = chunks[at], chunks[at - 1]
    if not _is_near(chunks, at, setting) or _BELOW_TABLE.match(chunk.first.text):
        return False
    if setting.is_small(chunk):
        return True
    below = _end_of_row(chunks, at + 1) if at + 1 < len(chunks) else at + 1
    leads = below > at + 2 and _is_near(chunks, at + 1, setting)
    return leads and len(chunk.lines) <= 2 and abs(chunk.size - above.size) <= SAME_SIZE


def _is_near(chunks: Sequence[Chunk], at: int, setting: Setting) -> bool:
    """Whether the chunk at ``at`` stands as near below (or beside) what was set before it as only a table's rows do."""
    above = min(chunks[max(0, at - WIDEST) : at], key=lambda chunk: chunk.bottom)
    nearest = BELOW_HEADER if setting.is_header(above) else DENSE
    return above.bottom - chunks[at].top <= nearest * chunks[at].size


def _beside(left: Chunk, right: Chunk) -> bool:
    """Whether ``right`` stands to the right of ``left`` at the same height."""
    return right.x0 >= left.x1 + BESIDE and _overlap(left, right)


def _overlap(one: Chunk, other: Chunk) -> bool:
    common = min(one.top, other.top) - max(one.bottom, other.bottom)
    return common >= OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def _is_below(above: Chunk, chunk: Chunk) -> bool:
    """Whether ``chunk`` may be a further paragraph of the cell whose last one is ``above``."""
    near = 0 <= above.bottom - chunk.top <= SAME_CELL * chunk.size
    return near and abs(above.x0 - chunk.x0) <= FLUSH and abs(above.size - chunk.size) <= SAME_SIZE


def _placed_table(chunks: Sequence[Chunk], setting: Setting) -> Iterator[Chunk | Row]:
    """The rows of cells that are told by their places; they were set row by row, each from left to right."""
    at = next((at for at, chunk in enumerate(chunks) if not setting.is_header(chunk)), len(chunks))
    if at:
        yield Row(tuple((chunk,) for chunk in chunks[:at]), 0, header=True)
    while at < len(chunks):
        end = _end_of_row(chunks, at)
        yield from (Row(tuple(tuple(cell) for cell in cells), 0) for cells in _entries(_cells(chunks[at:end])))
        at = end


def _entries(cells: Sequence[Sequence[Chunk]]) -> list[Sequence[Sequence[Chunk]]]:
    """The entries of a list that is printed in two columns: number and title, number and title, side by side."""
    numbers, titles = cells[::2], cells[1::2]
    paired = len(cells) >= 4 and len(numbers) == len(titles)
    if paired and all(_is_number(cell) for cell in numbers) and not any(_is_number(cell) for cell in titles):
        return [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return [cells]


def _is_number(cell: Sequence[Chunk]) -> bool:
    """Whether a cell holds what resolutions and decisions are called by: figures, capitals and signs, with a stroke."""
    text = " ".join(line.text for chunk in cell for line in chunk.lines)
    return bool(_NUMBER.match(text)) and any(sign in text for sign in "/(")


def _cells(row: Sequence[Chunk]) -> list[list[Chunk]]:
    """The chunks of one row, those of one cell together."""
    cells = [[row[0]]]
    for chunk in row[1:]:
        if _is_below(cells[-1][-1], chunk):
            cells[-1].append(chunk)
        else:
            cells.append([chunk])
    return cells
