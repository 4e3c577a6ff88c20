"""``pilcrow table``: two facets crossed over what a query finds, as text or for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from pilcrow.cli import terminal
from pilcrow.cli.exclusions import QueryCommand
from pilcrow.cli.lines import Line, Span, line, show
from pilcrow.cli.options import facet_options, index_option, request_options
from pilcrow.cli.remarks import say_all
from pilcrow.cli.searching import given_request, nothing_found
from pilcrow.engine.fields import BY_KEY, FACETS

if TYPE_CHECKING:
    from pilcrow.engine.contract import IndexReader
    from pilcrow.search.table_sides import Heading
    from pilcrow.search.tables import Table, TableRequest

WIDEST_HEAD = 13
"""Columns of the head of a column at a terminal; a longer one goes on in the next row."""

WIDEST_NAME = 32
LEAST_NAME = 12
"""Columns of the longest name of a row at a terminal, and how many there are for it at least."""

_FACET = click.Choice([field.key for field in FACETS])
_HELP = f"""Count what matches QUERY by the values of two facets: those of ROWS down, those of COLUMNS across.

ROWS and COLUMNS are two of {", ".join(field.key for field in FACETS)}. All filters apply: the table is of what a search
with the same words and options finds. A paragraph that has two values stands in the cells of both.

CSV and JSON have every row and column, text as many as there is room for.
"""


@click.command(cls=QueryCommand, short_help="Count two facets against each other.", help=_HELP)
@click.argument("rows", type=_FACET, metavar="ROWS")
@click.argument("columns", type=_FACET, metavar="COLUMNS")
@click.argument("query", nargs=-1, metavar="[QUERY]")
@facet_options
@request_options
@click.option("--row-level", default="", metavar="LEVEL", help="state or region; year or month; item or part.")
@click.option("--column-level", default="", metavar="LEVEL", help="The same of the columns.")
@click.option("--sort", "order", type=click.Choice(["label", "total"]), help="Rows by name or time, or by their total.")
@click.option("--sort-by", "column", default="", metavar="VALUE", help="Rows by their cells in this column.")
@click.option("--reverse", is_flag=True, help="Rows the other way round.")
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="How many rows of text.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@index_option
@click.pass_context
def table(context: click.Context, /, **_: object) -> None:
    """Write the table, and end with the exit status."""
    from pilcrow import open_index
    from pilcrow.search import tables

    given = context.params
    with open_index(given["index"]) as reader:
        found = tables.table(reader, _asked(reader, given))
    _write(found, given)
    say_all(" ".join(given["query"]), found.diagnostics)
    context.exit(0 if found.total else nothing_found("Nothing found."))


def _asked(reader: IndexReader, given: dict[str, Any]) -> TableRequest:
    """The table that is asked for; raises ``RequestError`` for what cannot be used."""
    from dataclasses import replace

    from pilcrow.engine.errors import RequestError
    from pilcrow.search.request import SearchRequest
    from pilcrow.search.tables import TableRequest
    from pilcrow.search.values import resolve_request

    own = {"row-level": given["row_level"], "column-level": given["column_level"], "order": given["order"] or ""}
    asked, problems = TableRequest.from_params(given["rows"], given["columns"], own.items())
    by = ""
    if given["column"]:
        column, unknown = resolve_request(reader, SearchRequest.strict([(asked.columns, given["column"])]))
        problems, by = (*problems, *unknown), column.of(asked.columns).include[0]
    for each in problems:
        raise RequestError("", "", each.message, suggestion=each.suggestion)
    return replace(asked, search=given_request(reader, given), by=by, reverse=given["reverse"])


def _write(found: Table, given: dict[str, Any]) -> None:
    from pilcrow.search import table_files
    from pilcrow.search.tables import shortened

    if given["format_"] == "json":
        click.echo(json.dumps(table_files.to_dict(found), ensure_ascii=False, indent=2))
    elif given["format_"] == "csv":
        for each in table_files.to_csv(found):
            click.echo(each, nl=False)
    elif found.rows:
        room = terminal.width() if terminal.on_terminal() else None
        fitting = len(found.columns) if room is None else _fitting(found, room)
        show(table_lines(shortened(found, rows=given["limit"], columns=fitting), whole=found, room=room))


# -------------------------------------------------------------------------------------------------------- lines


def table_lines(table: Table, *, whole: Table, room: int | None) -> Iterator[Line]:
    """``table``, which is part of ``whole``, in ``room`` columns, or as wide as its names where that is None."""
    name = _name_width(table, room)
    heads = [["All"], *(_head(column, room) for column in table.columns)]
    widths = [_width(table.total, heads[0])]
    widths += [_width(column.total, head) for column, head in zip(table.columns, heads[1:], strict=True)]
    deepest = max(map(len, heads))
    for at in range(deepest):
        lasts = [(head[at - deepest + len(head)] if at >= deepest - len(head) else "") for head in heads]
        label = BY_KEY[table.request.rows].label if at == deepest - 1 else ""
        yield line(
            (f"{label:<{name}}", "title"), *((f"  {text:>{width}}", "dim") for text, width in _with(lasts, widths))
        )
    for row in table.rows:
        first, *further = wrap(row.full, name, subsequent_indent="  ") or [""]
        counts = [row.total, *(table.count(row, column) for column in table.columns)]
        yield line(f"{first:<{name}}", *_numbers(counts, widths))
        yield from (line(each) for each in further)
    totals = [table.total, *(column.total for column in table.columns)]
    yield line((f"{'All':<{name}}", "dim"), *_numbers(totals, widths))
    rows, columns = table.left_out
    if rows:
        yield line((f"... {table.known[0]:,} of {whole.known[0]:,} rows; --limit shows more", "dim"))
    if columns:
        said = f"... {table.known[1]:,} of {whole.known[1]:,} columns; --format csv has them all"
        yield line((said, "dim"))


def _fitting(table: Table, room: int) -> int:
    """How many of the largest columns there is room for beside the names, the totals and "unknown"; at least one."""
    room -= _name_width(table, room) + _width(table.total, ["All"]) + 2
    widths = {column.key: _width(column.total, _head(column, room)) + 2 for column in table.columns}
    room -= sum(widths[column.key] for column in table.columns if column.unknown)
    known = sorted((column for column in table.columns if not column.unknown), key=lambda each: -each.total)
    ends = accumulate(widths[column.key] for column in known)
    return max(1, sum(end <= room for end in ends))


def _name_width(table: Table, room: int | None) -> int:
    longest = max(len(row.full) for row in table.rows)
    return max(LEAST_NAME, longest if room is None else min(longest, WIDEST_NAME, room // 3))


def _head(column: Heading, room: int | None) -> list[str]:
    """The name of a column: in a pipe on one line, at a terminal on as many as it takes."""
    name = f"{column.within}, {column.short.lower()}" if column.within else column.short
    return [name] if room is None else wrap(name, WIDEST_HEAD) or [""]


def _width(total: int, head: Sequence[str]) -> int:
    return max(len(f"{total:,}"), *map(len, head))


def _with(texts: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[str, int]]:
    return zip(texts, widths, strict=True)


def _numbers(counts: Sequence[int], widths: Sequence[int]) -> Iterator[Span]:
    """Counts under each other; what nothing has is dimmed."""
    for at, (count, width) in enumerate(zip(counts, widths, strict=True)):
        yield f"  {count:>{width},}", "title" if not at else "number" if count else "dim"
