"""``pilcrow search`` and ``facets``: a question, narrowed by facets, answered as text or for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from pilcrow.cli import terminal
from pilcrow.cli.lines import show
from pilcrow.cli.listing import facet_lines, results_lines
from pilcrow.cli.options import facet_options, index_option, request_options, request_params, sort_option
from pilcrow.cli.status import NOTHING_FOUND, sentence
from pilcrow.engine.fields import FACETS

if TYPE_CHECKING:
    from pilcrow.engine.contract import IndexReader
    from pilcrow.search.export import Coverage
    from pilcrow.search.request import SearchRequest
    from pilcrow.search.results import Facet, HitView, Results

FORMATS = ("text", "json", "jsonl", "csv", "markdown", "ris", "bibtex")
PER_PAGE = 10

_PIPE = 100
"""Columns of a table that is written into a pipe."""


@click.command(short_help="Find paragraphs.")
@click.argument("query", nargs=-1, metavar="[QUERY]")
@facet_options
@request_options
@sort_option
@click.option("--limit", type=click.IntRange(min=1), help="Paragraphs a page.  [default: 10; all in an export]")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@click.option("--facets", is_flag=True, help="List the facets of what was found too.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--site", default="", metavar="URL", help="Where the page is served: put before each address.")
@index_option
@click.pass_context
def search(context: click.Context, /, **_: object) -> None:
    """Find the paragraphs that match QUERY, the best first.

    Plain words match as many of them as enough paragraphs have; AND, OR, NOT, "a phrase", "near"~5, wild*, fuzzy~ and
    state:Belarus are understood. Values of one facet are alternatives, different facets narrow.

    The formats jsonl, csv, markdown, ris and bibtex are exports: they have every paragraph found, unless --limit or
    --page say otherwise.
    """
    from pilcrow import open_index

    given = context.params
    with open_index(given["index"]) as reader:
        request = _request(reader, given)
        if given["format_"] in ("text", "json") or given["limit"] or given["page"] > 1:
            context.exit(_one_page(reader, request, given))
        context.exit(_export(reader, request, given))


@click.command(short_help="Count the values of a facet.")
@click.argument("facet", type=click.Choice([field.key for field in FACETS]), metavar="FACET")
@click.argument("query", nargs=-1, metavar="[QUERY]")
@facet_options
@request_options
@click.option("--contains", default="", metavar="TEXT", help="Only values whose name has this.")
@click.option("--sort", "order", type=click.Choice(["count", "name"]), default="count", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="How many values.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@index_option
@click.pass_context
def facets(context: click.Context, /, **_: object) -> None:
    """Count the paragraphs that match QUERY by the values of FACET.

    FACET is one of those that `pilcrow facets --help` has options for: session, state, pillar, agenda, date, symbol,
    body, type, language. A facet's own selection is left out of its counts, so that the other values stay to be seen.
    """
    from pilcrow import open_index
    from pilcrow.search import service

    given = context.params
    with open_index(given["index"]) as reader:
        found = service.facet_values(
            reader,
            _request(reader, given),
            given["facet"],
            contains=given["contains"],
            sort=given["order"],
            limit=given["limit"],
        )
    if given["format_"] == "text":
        show(facet_lines(found, room=terminal.width() if terminal.on_terminal() else _PIPE))
    else:
        _write_facet(found, given["format_"])
    context.exit(0 if found.values else _nothing_found("There is no such value."))


def address(identifier: str, *, site: str = "") -> str:
    """The address of a paragraph's or document's page; the same that the site gives it, below ``site``."""
    symbol, _, anchor = identifier.partition("#")
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    return f"{site.rstrip('/')}/documents/{quote(symbol, safe='/:()')}{fragment}"


def _request(reader: IndexReader, given: dict[str, Any]) -> SearchRequest:
    """The request; raises ``RequestError`` for a value that cannot be used: a script must not go on without it."""
    from pilcrow.engine.errors import RequestError
    from pilcrow.search.request import SearchRequest
    from pilcrow.search.values import resolve_request

    params = request_params(" ".join(given["query"]), given)
    request = SearchRequest.strict([each for param in params for each in _symbols(reader, *param)])
    request, problems = resolve_request(reader, request)
    for each in problems:
        raise RequestError("", "", each.message, suggestion=each.suggestion)
    return request


def _symbols(reader: IndexReader, name: str, value: str) -> list[tuple[str, str]]:
    """A parameter as it is, or where it is a symbol that ends with "*", one for each document that begins so."""
    if name not in ("symbol", "not-symbol") or not value.endswith("*"):
        return [(name, value)]
    start = value[:-1].casefold()
    begun = [
        document.id
        for document in reader.documents()
        if any(symbol.casefold().startswith(start) for symbol in (document.id, *document.symbols))
    ]
    return [(name, identifier) for identifier in begun] or [(name, value)]


def _one_page(reader: IndexReader, request: SearchRequest, given: dict[str, Any]) -> int:
    """Write one page of what ``request`` finds; gives the exit status."""
    from pilcrow.search import service
    from pilcrow.search.results import to_dict

    request = replace(request, per_page=given["limit"] or PER_PAGE, page=given["page"])
    results = service.run(reader, request)
    missing = results.request.page != given["page"]
    if missing and results.total:
        return _nothing_found(f"There is no page {given['page']}; the last one is page {results.pages}.")
    if given["format_"] == "text":
        show(results_lines(results, facets=given["facets"]))
    elif given["format_"] == "json":
        click.echo(json.dumps(to_dict(results, _addresses(given)), ensure_ascii=False, indent=2))
    else:
        _write(given, results.hits)
        _say_what_is_left(results)
    for each in results.diagnostics:
        terminal.say(f"pilcrow: {sentence(each.message, each.suggestion)}")
    return 0 if results.hits or results.document_hits else NOTHING_FOUND


def _export(reader: IndexReader, request: SearchRequest, given: dict[str, Any]) -> int:
    """Write every paragraph that ``request`` finds; gives the exit status."""
    from pilcrow.search import service

    for each in service.prepare(reader, request).diagnostics:
        terminal.say(f"pilcrow: {sentence(each.message, each.suggestion)}")
    coverage, hits = service.every_hit(reader, request)
    _write(given, hits, coverage)
    if coverage.shortfall:
        terminal.say(f"pilcrow: {coverage.shortfall}")
    return 0 if coverage.total else _nothing_found("Nothing found.")


def _write(given: dict[str, Any], hits: Iterable[HitView], coverage: Coverage | None = None) -> None:
    from pilcrow.search import export

    for part in export.lines(given["format_"], hits, _addresses(given), coverage):
        click.echo(part, nl=False)


def _addresses(given: dict[str, Any]) -> Callable[[str], str]:
    return lambda identifier: address(identifier, site=given["site"])


def _say_what_is_left(results: Results) -> None:
    shown, total = len(results.hits), results.total
    if shown < total:
        terminal.say(f"pilcrow: {shown:,} of {total:,} paragraphs; without --limit and --page all are written.")


def _nothing_found(message: str) -> int:
    terminal.say(f"pilcrow: {message}")
    return NOTHING_FOUND


def _write_facet(facet: Facet, format_: str) -> None:
    values = list(facet.flat())
    if format_ == "csv":
        import csv
        import sys

        from pilcrow.search.export import harmless

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(["value", "label", facet.unit + "s"])
        table.writerows([harmless(each.value), harmless(each.label), each.count] for each in values)
        return
    record = {"facet": facet.key, "label": facet.label, "unit": facet.unit, "total_values": facet.total_values}
    listed = [{"value": each.value, "label": each.label, "count": each.count, "depth": each.depth} for each in values]
    click.echo(json.dumps({**record, "values": listed}, ensure_ascii=False, indent=2))
