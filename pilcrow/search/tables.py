"""Tables of one facet by another over what a search finds: "which States, when" at a glance.

:func:`table` reads aloud: prepare the question as for a search, ask the engine once for all cells, and put the values
on both sides in order. A table is always complete; who shows less of it (:func:`shortened`) says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, get_args

from pilcrow.engine.contract import Axis, CrossPlan, IndexReader
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import BY_KEY, FACETS
from pilcrow.search import facets, service
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.table_sides import LEVELS, ORDERED, Heading, Side

TableOrder = Literal["label", "total"]
ORDERS: tuple[TableOrder, ...] = get_args(TableOrder)

OFFERED = (("state", "session"), ("pillar", "session"), ("state", "pillar"), ("agenda", "pillar"))
"""The tables that answer what people ask most; any other two facets make one too."""

OWN_PARAMETERS = ("row-level", "column-level", "order", "by", "reverse", "whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """A table to show: the facets of its ``rows`` and ``columns``, over what ``search`` finds.

    The levels are keys of :data:`pilcrow.search.table_sides.LEVELS`, "" for the first. Rows go by ``order`` ("" is the
    facet's own, or by total), or by their cells in the column whose key is ``by``; totals and cells fall unless
    ``reverse``. ``whole`` asks for all rows and columns where a page would show the first.
    """

    rows: str
    columns: str
    search: SearchRequest = field(default_factory=SearchRequest)
    row_level: str = ""
    column_level: str = ""
    order: TableOrder | Literal[""] = ""
    by: str = ""
    reverse: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        for name in (self.rows, self.columns):
            _check_facet(name)
        if self.rows == self.columns:
            label = BY_KEY[self.rows].label
            raise RequestError("columns", self.columns, f"A table is of two different facets, not of {label} twice.")

    @classmethod
    def from_params(
        cls, rows: str, columns: str, params: Iterable[tuple[str, str]]
    ) -> tuple[TableRequest, tuple[Diagnostic, ...]]:
        """The table that ``params`` ask for, and what of them is of no use; raises ``RequestError`` for no facet."""
        own: dict[str, str] = {}
        rest: list[tuple[str, str]] = []
        for name, value in params:
            if name in OWN_PARAMETERS:
                own[name] = value.strip()
            else:
                rest.append((name, value))
        search, problems = SearchRequest.from_params(rest)
        asked = cls(rows=rows, columns=columns, search=search.with_page(1))
        for name, value in own.items():
            try:
                asked = _read(asked, name, value)
            except RequestError as error:
                problems = (*problems, Diagnostic(message=str(error), suggestion=error.suggestion))
        return asked, problems

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters that say this table beside its two facets, defaults left out."""
        own = {
            "row-level": self.row_level,
            "column-level": self.column_level,
            "order": self.order,
            "by": self.by,
            "reverse": "1" if self.reverse else "",
            "whole": "1" if self.whole else "",
        }
        return [*self.search.to_params(), *((name, value) for name, value in own.items() if value)]

    def ordered(self, order: TableOrder, *, reverse: bool = False) -> TableRequest:
        """The same table with its rows in another order."""
        usual = "" if order == usual_order(self.rows) else order
        return replace(self, order=usual, by="", reverse=reverse)

    def ordered_by(self, column: str, *, reverse: bool = False) -> TableRequest:
        """The same table with its rows by their cells in the column with this key."""
        return replace(self, order="", by=column, reverse=reverse)

    def turned(self) -> TableRequest:
        """The same table with its rows as columns."""
        return TableRequest(
            rows=self.columns,
            columns=self.rows,
            search=self.search,
            row_level=self.column_level,
            column_level=self.row_level,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is answered.

    ``request`` has its values resolved to keys. ``cells`` counts, in the unit of the request, what has both keys of a
    row and a column (pairs that nothing has are left out), ``total`` all that is found. ``parents`` are those of the
    keys of the rows' facet and of the columns'. ``names`` are those of what is chosen, by facet and key. ``left_out``
    is how many rows and columns are not here.
    """

    request: TableRequest
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[tuple[str, str], int]
    total: int
    parents: tuple[Mapping[str, str], Mapping[str, str]]
    names: Mapping[tuple[str, str], str]
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[int, int] = (0, 0)

    @property
    def unit(self) -> str:
        """What the numbers count."""
        return self.request.search.unit

    @property
    def known(self) -> tuple[int, int]:
        """How many rows and columns there are that stand for a value."""
        return sum(not row.unknown for row in self.rows), sum(not column.unknown for column in self.columns)

    def count(self, row: Heading, column: Heading) -> int:
        """How many have both values."""
        return self.cells.get((row.key, column.key), 0)


def table(reader: IndexReader, request: TableRequest) -> Table:
    """The whole table that ``request`` asks for; raises ``QueryLimitError`` as a search does."""
    question = service.prepare(reader, request.search)
    request = replace(request, search=question.request)
    sides = Side(reader, request.rows, request.row_level), Side(reader, request.columns, request.column_level)
    answer = reader.cross(
        CrossPlan(
            query=question.ranked.tree,
            filters=question.filters,
            rows=_axis(request.rows, request.search),
            columns=_axis(request.columns, request.search),
            unit=request.search.unit,
        )
    )
    said = question.diagnostics
    if request.by and request.by not in answer.columns:
        message = f"There is no column “{request.by}” here to order the rows by."
        request, said = replace(request, by="", reverse=False), (*said, Diagnostic(message=message))
    found = Table(
        request=request,
        rows=sides[0].headings(answer.rows),
        columns=sides[1].headings(answer.columns),
        cells=answer.cells,
        total=answer.total,
        parents=(sides[0].parents, sides[1].parents),
        names={
            (chosen.field, key): facets.name_of(reader, chosen.field, key)
            for chosen in request.search.chosen
            for key in (*chosen.include, *chosen.exclude)
        },
        diagnostics=said,
    )
    return replace(found, rows=_in_order(found, sides[0]))


def shortened(found: Table, *, rows: int, columns: int) -> Table:
    """The first ``rows`` of ``found``, and of its columns as many as have most, in their order; "unknown" stays."""
    kept_rows = _first(found.rows, rows)
    ranked = sorted(found.columns, key=lambda each: (each.unknown, -each.total))
    largest = {each.key for each in _first(ranked, columns)}
    kept_columns = tuple(each for each in found.columns if each.key in largest)
    return replace(
        found,
        rows=kept_rows,
        columns=kept_columns,
        left_out=(len(found.rows) - len(kept_rows), len(found.columns) - len(kept_columns)),
    )


def usual_order(rows: str) -> TableOrder:
    """The order of the rows where none is asked for."""
    return "label" if rows in ORDERED else "total"


def _first(headings: Sequence[Heading], most: int) -> tuple[Heading, ...]:
    """The first ``most`` of ``headings``, and "unknown", which stands last."""
    return (*headings[:most], *(each for each in headings[most:] if each.unknown))


def _axis(name: str, request: SearchRequest) -> Axis:
    return Axis(field=name, qualifier=facets.facet_request(name, request).qualifier)


def _in_order(found: Table, side: Side) -> tuple[Heading, ...]:
    request = found.request
    rows = side.by_name(found.rows)
    sign = 1 if request.reverse else -1  # equals stay by name either way
    if request.by:
        rows.sort(key=lambda row: sign * found.cells.get((row.key, request.by), 0))
    elif (request.order or usual_order(request.rows)) == "total":
        rows.sort(key=lambda row: sign * row.total)
    elif request.reverse:
        rows.reverse()
    return tuple(sorted(rows, key=lambda row: row.unknown))


def _check_facet(name: str) -> None:
    known = [each.key for each in FACETS]
    if name not in known:
        close = get_close_matches(name.casefold(), known, n=1)
        hint = f"; did you mean {close[0]}?" if close else f": it is one of {', '.join(known)}."
        message = f"There is no facet “{name}” to make a table of{hint}"
        raise RequestError("facet", name, message, suggestion=close[0] if close else "")


def _read(asked: TableRequest, name: str, value: str) -> TableRequest:
    """``asked`` with one of its own parameters; raises ``RequestError`` where it cannot be used."""
    match name:
        case "row-level":
            return replace(asked, row_level=_level(name, value, asked.rows))
        case "column-level":
            return replace(asked, column_level=_level(name, value, asked.columns))
        case "order":
            return replace(asked, order=_order(value))
        case "by":
            return replace(asked, by=value)
        case "reverse":
            return replace(asked, reverse=value == "1")
        case _:
            return replace(asked, whole=value == "1")


def _level(name: str, value: str, facet: str) -> str:
    levels = [level.key for level in LEVELS.get(facet, ())]
    if not value or value in levels[:1]:
        return ""
    if value in levels:
        return value
    if not levels:
        raise RequestError(name, value, f"{BY_KEY[facet].label} has no levels; {name} was left out.")
    raise RequestError(name, value, f"{name} cannot be “{value}”: it is one of {', '.join(levels)}.")


def _order(value: str) -> TableOrder | Literal[""]:
    found = next((order for order in ORDERS if order == value), None)
    if value and found is None:
        raise RequestError("order", value, f"order cannot be “{value}”: it is one of {', '.join(ORDERS)}.")
    return found or ""
