"""A table as a page: its cells tinted by how many they count, each a link to its paragraphs, its heads to sort by.

A page shows the first rows and the largest columns of a large table, and says so; the file has all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pilcrow.engine.fields import BY_KEY
from pilcrow.search.facets import WHERE_LABELS
from pilcrow.search.narrowing import choice
from pilcrow.search.request import UNITS, Chosen, SearchRequest
from pilcrow.search.table_sides import LEVELS, Heading
from pilcrow.search.tables import OFFERED, Table, TableOrder, TableRequest, shortened, usual_order
from webui import urls
from webui.facets_view import Option, Switch
from webui.search_view import Chip, Notice, notices, plural

ROWS = 100
COLUMNS = 24
"""Rows and columns that a page shows before all are asked for."""

CELLS = 20_000
"""Cells that a page shows at most."""

NARROW = 10
"""Columns beyond which their heads are turned upright, so that more of them can be seen together."""

TINTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A count; ``tint`` is 0 where nothing is counted, ``url`` "" where no search says what it counts."""

    count: str
    url: str
    tint: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """The head of a row or column. ``short`` is what a narrow place shows, with the rest for those who hear it.

    ``sort_url`` orders the rows by this column, and ``sorted`` is how they are ("ascending", "descending", or "").
    """

    label: str
    short: str
    within: str
    url: str
    unknown: bool
    total: str
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row."""

    head: HeadView
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """What a tint stands for: its number, and the counts that have it."""

    number: int
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """Everything that the page of a table shows."""

    title: str
    lead: str
    caption: str
    unit: str
    tabs: tuple[Option, ...]
    turned: Option
    chips: tuple[Chip, ...]
    notices: tuple[Notice, ...]
    switches: tuple[Switch, ...]
    corner: HeadView
    all: HeadView
    columns: tuple[HeadView, ...]
    rows: tuple[RowView, ...]
    total: str
    upright: bool
    tints: tuple[Tint, ...]
    shown: str
    whole: Option | None
    notes: tuple[str, ...]
    files: tuple[Option, ...]
    back_url: str


def table_view(found: Table) -> TableView:
    """``found`` with its links, shortened to what a page may show."""
    whole, table = found, _fitting(found)
    request, links = table.request, _Links(table)
    tint = _Tints(table)
    return TableView(
        title=title(request),
        lead=f"{plural(table.total, table.unit)} found",
        caption=f"{title(request)}: how many {table.unit}s have both.",
        unit=table.unit,
        tabs=tuple(_tabs(request)),
        turned=Option(label=f"Turn: {title(request.turned())}", url=urls.table_url(request.turned())),
        chips=tuple(_chips(table)),
        notices=notices(table.diagnostics, request.search),
        switches=tuple(_switches(request)),
        corner=_sortable(request, "label", BY_KEY[request.rows].label, total=table.total),
        all=_sortable(request, "total", "All", total=table.total),
        columns=tuple(_column(table, links, column) for column in table.columns),
        rows=tuple(
            RowView(
                head=_head(row, links.row(row)),
                cells=tuple(
                    CellView(
                        count=f"{count:,}",
                        url=links.cell(row, column) if count else "",
                        # What is unknown is no value: often most of all, it would make all others pale.
                        tint=0 if row.unknown or column.unknown else tint(count),
                    )
                    for column in table.columns
                    for count in (table.count(row, column),)
                ),
            )
            for row in table.rows
        ),
        total=f"{table.total:,}",
        upright=len(table.columns) > NARROW,
        tints=tuple(tint.legend()),
        shown=_shown(whole, table),
        whole=_whole(whole, table),
        notes=tuple(_notes(table, links)),
        files=(
            Option(label="CSV", url=urls.table_url(replace(request, whole=False), suffix=".csv")),
            Option(label="JSON", url=urls.table_api_url(replace(request, whole=False))),
        ),
        back_url=urls.search_url(request.search),
    )


def title(request: TableRequest) -> str:
    """What the table is of: "Cited State by session"."""
    return f"{BY_KEY[request.rows].label} by {BY_KEY[request.columns].label.lower().replace('state', 'State')}"


def offered(search: SearchRequest | None = None) -> Iterator[tuple[str, TableRequest]]:
    """The tables that are offered, with their names."""
    for rows, columns in OFFERED:
        asked = TableRequest(rows=rows, columns=columns, search=(search or SearchRequest()).with_page(1))
        yield title(asked), asked


# ------------------------------------------------------------------------------------------------------- links


class _Links:
    """The searches that the heads and cells of a table lead to, "" where no choice says what they count."""

    def __init__(self, table: Table) -> None:
        request = table.request
        search = request.search
        self._urls = urls.PairUrls(search, request.rows, request.columns)
        self._rows, self._columns = (
            dict(_choices(search.of(field), headings, parents))
            for field, headings, parents in (
                (request.rows, table.rows, table.parents[0]),
                (request.columns, table.columns, table.parents[1]),
            )
        )
        self._kept = urls.choice_params(search.of(request.rows)), urls.choice_params(search.of(request.columns))
        self.complete = all((*self._rows.values(), *self._columns.values()))

    def row(self, row: Heading) -> str:
        return self._urls(self._rows[row.key], self._kept[1]) if self._rows[row.key] else ""

    def column(self, column: Heading) -> str:
        return self._urls(self._kept[0], self._columns[column.key]) if self._columns[column.key] else ""

    def cell(self, row: Heading, column: Heading) -> str:
        one, other = self._rows[row.key], self._columns[column.key]
        return self._urls(one, other) if one and other else ""


def _choices(chosen: Chosen, headings: tuple[Heading, ...], parents: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for heading in headings:
        made = choice(chosen, heading.key, parents)
        yield heading.key, urls.choice_params(made) if made else ""


# ------------------------------------------------------------------------------------------------ heads and cells


def _head(heading: Heading, url: str) -> HeadView:
    return HeadView(
        label=heading.label,
        short=heading.short,
        within=heading.within,
        url=url,
        unknown=heading.unknown,
        total=f"{heading.total:,}",
    )


def _column(table: Table, links: _Links, column: Heading) -> HeadView:
    request = table.request
    current = request.by == column.key
    turned = current and not request.reverse
    head = _head(column, links.column(column))
    return replace(
        head,
        label=column.full,
        short=f"{column.within}, {column.short.lower()}" if column.within else column.short,
        sort_url=urls.table_url(request.ordered_by(column.key, reverse=turned)),
        sorted=("ascending" if request.reverse else "descending") if current else "",
    )


def _sortable(request: TableRequest, order: TableOrder, label: str, *, total: int) -> HeadView:
    """The head of the rows' names or of their totals."""
    current = not request.by and (request.order or usual_order(request.rows)) == order
    rising = request.reverse is (order == "total")
    return HeadView(
        label=label,
        short=label,
        within="",
        url="",
        unknown=False,
        total=f"{total:,}",
        sort_url=urls.table_url(request.ordered(order, reverse=current and not request.reverse)),
        sorted=("ascending" if rising else "descending") if current else "",
    )


class _Tints:
    """How dark a count is: by its square root, because a few cells count many times what most do."""

    def __init__(self, table: Table) -> None:
        rows = {row.key for row in table.rows if not row.unknown}
        columns = {column.key for column in table.columns if not column.unknown}
        known = [count for (row, column), count in table.cells.items() if row in rows and column in columns]
        self._bounds = [max(known, default=0) * number * number // (TINTS * TINTS) for number in range(1, TINTS + 1)]

    def __call__(self, count: int) -> int:
        return bisect_left(self._bounds, count) + 1 if count else 0

    def legend(self) -> Iterator[Tint]:
        """The tints that a count may have, each with the first and the last of those that have it."""
        for number, (below, most) in enumerate(pairwise([0, *self._bounds]), start=1):
            if most > below:
                counts = f"{below + 1:,}–{most:,}" if most > below + 1 else f"{most:,}"
                yield Tint(number=number, counts=counts)


# --------------------------------------------------------------------------------------------------- around them


def _tabs(request: TableRequest) -> Iterator[Option]:
    """The tables that are offered, and this one where it is none of them."""
    pair = request.rows, request.columns
    for label, asked in offered(request.search):
        yield Option(label=label, url=urls.table_url(asked), current=(asked.rows, asked.columns) == pair)
    if pair not in OFFERED:
        yield Option(label=title(request), url=urls.table_url(request), current=True)


def _chips(table: Table) -> Iterator[Chip]:
    """What is chosen, each with the table that leaves it out."""
    request = table.request

    def chip(what: str, value: str, without: SearchRequest, *, excluded: bool = False) -> Chip:
        url = urls.table_url(replace(request, search=without))
        return Chip(what=what, value=value, excluded=excluded, url=url)

    search = request.search
    for chosen in search.chosen:
        field, what = chosen.field, BY_KEY[chosen.field].label
        for key in chosen.include:
            yield chip(what, table.names[field, key], search.without_value(field, key))
        for key in chosen.exclude:
            yield chip(what, table.names[field, key], search.without_exclusion(field, key), excluded=True)
    if search.state_in:
        yield chip("Cited State", WHERE_LABELS[search.state_in], search.with_state_in(""))
    if search.state_role:
        yield chip("Cited as", search.state_role, search.with_state_role(""))


def _switches(request: TableRequest) -> Iterator[Switch]:
    """What is counted, and which level of a facet with several is shown."""
    search = request.search
    for label, facet, chosen, name in (
        ("Rows", request.rows, request.row_level, "row_level"),
        ("Columns", request.columns, request.column_level, "column_level"),
    ):
        levels = LEVELS.get(facet, ())
        options = tuple(
            Option(
                label=level.label,
                url=urls.table_url(_leveled(request, name, level.key if at else "")),
                current=level.key == (chosen or levels[0].key),
            )
            for at, level in enumerate(levels)
        )
        if options:
            yield Switch(label=label, options=options)
    units = tuple(
        Option(
            label=f"{unit}s",
            url=urls.table_url(replace(request, search=search.with_unit(unit))),
            current=unit == search.unit,
        )
        for unit in UNITS
    )
    yield Switch(label="Counts are of", options=units)


def _leveled(request: TableRequest, name: str, level: str) -> TableRequest:
    """The same table on another level; its columns are others then, so that rows are not ordered by one of them."""
    request = replace(request, by="", reverse=False)
    return replace(request, row_level=level) if name == "row_level" else replace(request, column_level=level)


def _fitting(found: Table) -> Table:
    """As much of ``found`` as is asked for and a page may show."""
    if not found.request.whole:
        return shortened(found, rows=ROWS, columns=COLUMNS)
    columns = min(len(found.columns), CELLS // ROWS)
    return shortened(found, rows=max(ROWS, CELLS // max(columns, 1)), columns=columns)


def _shown(whole: Table, table: Table) -> str:
    """What is left out, in one sentence, or ""."""
    rows, columns = table.left_out
    parts = [f"the first {table.known[0]:,} of {whole.known[0]:,} rows"] if rows else []
    parts += [f"the {table.known[1]:,} largest of {whole.known[1]:,} columns"] if columns else []
    return f"Here are {' and '.join(parts)}." if parts else ""


def _whole(whole: Table, table: Table) -> Option | None:
    """The page with all of the table, where that is more and a page may have it."""
    if not any(table.left_out) or table.request.whole:
        return None
    fits = len(whole.rows) * len(whole.columns) <= CELLS
    label = "Show all" if fits else "Show more"
    return Option(label=label, url=urls.table_url(replace(whole.request, whole=True)))


def _notes(table: Table, links: _Links) -> Iterator[str]:
    """What a reader must know to read the numbers."""
    request = table.request
    several = [
        BY_KEY[field].label.lower().replace("state", "State")
        for field in (request.rows, request.columns)
        if BY_KEY[field].multiple
    ]
    if several or table.unit == "document":
        what = f"more than one {' or '.join(several)}" if several else "several values"
        yield f"A {table.unit} may have {what}, and then stands in each of their cells: they do not add up."
    for field, level in ((request.rows, request.row_level), (request.columns, request.column_level)):
        if field == "date" and level == "month":
            yield "What is dated by the year alone is in no month."
    if not links.complete:
        yield (
            "Cells without a link count those that have one of the several values that you chose, and one more: "
            "no search says that. Choose a single value to open them."
        )
