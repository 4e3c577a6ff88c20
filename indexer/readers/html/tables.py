"""The events of a table -> its rows and cells, also where their ends were left out; and whether it only sets a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.readers import marked
from indexer.readers.html.events import BLOCKS, Event

WIDEST, LONGEST_SPAN = 200, 5000
"""Columns of a table, and rows that one cell may stand beside; a damaged page may claim millions."""

LONGEST_CELL, FEW_COLUMNS = 2500, 3
"""Characters from which a cell of a table of few columns is a part of the page and no cell."""

_INSIDE = {"tbody", "thead", "tfoot", "colgroup", "col"}
_PAGE_PARTS = {"h1", "h2", "h3", "h4", "h5", "h6", "article", "main", "section", "table"}


@dataclass
class Cell:
    """A cell: what is met in it, whether it is a header, and what it spans."""

    events: list[Event] = field(default_factory=list)
    header: bool = False
    across: int = 1
    down: int = 1

    @property
    def length(self) -> int:
        """The characters of its text."""
        return sum(len(each.text.strip()) for each in self.events if each.kind == "text")


@dataclass
class Table:
    """A table's rows and caption; ``heads`` are the rows of its head, ``presents`` says that it only sets the page."""

    rows: list[list[Cell]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    caption: list[Event] = field(default_factory=list)
    presents: bool = False

    @property
    def is_layout(self) -> bool:
        """Whether the table only sets parts of the page side by side, so that its cells are read one after another."""
        if self.presents or all(len(row) <= 1 for row in self.rows):
            return True
        cells = [cell for row in self.rows for cell in row]
        if any(each.kind == "open" and each.name in _PAGE_PARTS for cell in cells for each in cell.events):
            return True
        few = max(len(row) for row in self.rows) <= FEW_COLUMNS
        return few and any(cell.length > LONGEST_CELL for cell in cells)

    def lines(self) -> Iterator[str]:
        """The lines of its cells, as their breaks and boxes show them."""
        for cell in (cell for row in self.rows for cell in row):
            parts = [""]
            for each in cell.events:
                if each.name == "br" or each.name in BLOCKS:
                    parts.append("")
                parts[-1] += each.text.replace("\n", " ")
            yield from filter(None, (marked.plain(marked.typed(part)) for part in parts))

    def is_header(self, at: int) -> bool:
        """Whether all cells of a row are header cells, or it stands in the table's head."""
        row = self.rows[at]
        return at in self.heads or (bool(row) and all(cell.header or not cell.length for cell in row))


def table_of(opening: Event, inside: Iterable[Event]) -> Table:
    """The table that ``opening`` begins and whose contents are ``inside``, without its closing."""
    table = Table(presents=opening.attribute("role") in {"presentation", "none"})
    into: list[Event] | None = None
    depth = 0
    head = False
    for event in inside:
        depth += (event.kind == "open") - (event.kind == "close") if event.name == "table" else 0
        if depth or event.name == "table":
            into = _put(table, event, into)
        elif event.name in {"tr", "td", "th"}:
            into = _placed(table, event, into, head=head)
        elif event.name == "caption":
            into = table.caption if event.kind == "open" else None
        elif event.name in _INSIDE:
            head = event.kind == "open" if event.name == "thead" else head
            into = None
        else:
            into = _put(table, event, into)
    table.rows = [row for row in table.rows if row]
    return table


def _placed(table: Table, event: Event, into: list[Event] | None, *, head: bool) -> list[Event] | None:
    """Take the beginning of a row or a cell; where text goes from now on. What closes one needs no care."""
    if event.kind == "close":
        return into
    if event.name == "tr":
        if not table.rows or table.rows[-1]:
            table.rows.append([])
        return None
    if not table.rows:
        table.rows.append([])
    across, down = _span(event, "colspan", WIDEST), _span(event, "rowspan", LONGEST_SPAN)
    cell = Cell(header=event.name == "th", across=across, down=down)
    table.rows[-1].append(cell)
    if head:
        table.heads.add(len(table.rows) - 1)
    return cell.events


def _put(table: Table, event: Event, into: list[Event] | None) -> list[Event] | None:
    """Keep what is met in a cell; text outside all cells makes a row of its own, so that nothing is lost."""
    if into is None and (event.kind == "close" or not (event.text.strip() or event.name == "table")):
        return None
    if into is None:
        cell = Cell()
        table.rows.append([cell])
        into = cell.events
    into.append(event)
    return into


def _span(event: Event, name: str, most: int) -> int:
    said = event.attribute(name).strip()
    return min(max(1, int(said)), most) if said.isdecimal() and len(said) < 7 else 1


def columns(rows: Sequence[Sequence[tuple[Cell, str]]]) -> Iterator[list[str]]:
    """The texts of each row by column: a cell that spans several stands in its first, in its first row."""
    reserved: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        begun: dict[int, int] = {}
        for cell, text in row:
            while reserved.get(len(texts), 0) > 0 and len(texts) < WIDEST:
                texts.append("")
            begun |= dict.fromkeys(range(len(texts), len(texts) + cell.across), cell.down)
            texts += [text, *[""] * (cell.across - 1)]
        while reserved.get(len(texts), 0) > 0 and len(texts) < WIDEST:
            texts.append("")
        reserved = {at: left - 1 for at, left in reserved.items() if left > 1}
        reserved |= {at: down - 1 for at, down in begun.items() if down > 1}
        yield texts
