"""``pilcrow search`` and ``facets``: a question, narrowed by facets, answered as text or for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from pilcrow.cli import terminal
from pilcrow.cli.addresses import addresses, site_option
from pilcrow.cli.exclusions import QueryCommand
from pilcrow.cli.lines import BLANK, Line, line, show
from pilcrow.cli.listing import facet_lines, results_lines
from pilcrow.cli.options import by_option, facet_options, index_option, request_options, request_params, sort_option
from pilcrow.cli.remarks import say_all
from pilcrow.cli.status import NOTHING_FOUND
from pilcrow.engine.fields import FACETS

if TYPE_CHECKING:
    from pilcrow.engine.contract import IndexReader
    from pilcrow.search.export import Coverage
    from pilcrow.search.request import SearchRequest
    from pilcrow.search.results import FacetAnswer, HitView, Results

FORMATS = ("text", "json", "jsonl", "csv", "markdown", "ris", "bibtex")
PER_PAGE = 10


@click.command(cls=QueryCommand, short_help="Find paragraphs.")
@click.argument("query", nargs=-1, metavar="[QUERY]")
@facet_options
@request_options
@sort_option
@by_option
@click.option("--limit", type=click.IntRange(min=1), help="Hits a page.  [default: 10; all in an export]")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@click.option("--facets", is_flag=True, help="List the facets of what was found too.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@site_option
@index_option
@click.pass_context
def search(context: click.Context, /, **_: object) -> None:
    """Find the paragraphs that match QUERY, the best first.

    Plain words match as many of them as enough paragraphs have; AND, OR, NOT, "a phrase", "near"~5, wild*, fuzzy~ and
    state:Belarus are understood. Values of one facet are alternatives, different facets narrow.

    With --by document the documents are listed, each with its best paragraphs, in the order of the best.

    The formats jsonl, csv, markdown, ris and bibtex are exports: they have every paragraph found, unless --limit or
    --page say otherwise.
    """
    from pilcrow import open_index

    given = context.params
    with open_index(given["index"]) as reader:
        request = given_request(reader, given)
        if given["format_"] in ("text", "json") or given["limit"] or given["page"] > 1:
            context.exit(_one_page(reader, request, given=given))
        context.exit(_export(reader, request, given=given))


_FACETS_HELP = f"""Count the paragraphs that match QUERY by the values of FACET.

FACET is one of {", ".join(field.key for field in FACETS)}. A facet's own selection is left out of its counts, so that
the other values stay to be seen.
"""


@click.command(cls=QueryCommand, short_help="Count the values of a facet.", help=_FACETS_HELP)
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
    """Write the values of one facet, and end with the exit status."""
    from pilcrow import open_index
    from pilcrow.search import service

    given = context.params
    with open_index(given["index"]) as reader:
        found = service.facet_values(
            reader,
            given_request(reader, given),
            given["facet"],
            contains=given["contains"],
            sort=given["order"],
            limit=given["limit"],
        )
    if given["format_"] != "text":
        _write_facet(found, given["format_"])
    elif found.facet.values:
        show(facet_lines(found.facet, room=terminal.width() if terminal.on_terminal() else None))
    say_all(" ".join(given["query"]), found.diagnostics)
    if found.facet.values:
        context.exit(0)
    context.exit(nothing_found("There is no such value." if found.total else "Nothing found."))


def given_request(reader: IndexReader, given: dict[str, Any]) -> SearchRequest:
    """The request; raises ``RequestError`` for a value that cannot be used: a script must not go on without it."""
    from pilcrow.engine.errors import RequestError
    from pilcrow.search.request import SearchRequest
    from pilcrow.search.values import resolve_request

    params = request_params(" ".join(given["query"]), given)
    request = SearchRequest.strict([each for name, value in params for each in _symbols(reader, name, value=value)])
    request, problems = resolve_request(reader, request)
    for each in problems:
        raise RequestError("", "", each.message, suggestion=each.suggestion)
    return request


def _symbols(reader: IndexReader, name: str, *, value: str) -> list[tuple[str, str]]:
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


def _one_page(reader: IndexReader, request: SearchRequest, *, given: dict[str, Any]) -> int:
    """Write one page of what ``request`` finds; gives the exit status."""
    from pilcrow.search import service
    from pilcrow.search.results import to_dict

    request = replace(request, per_page=given["limit"] or PER_PAGE, page=given["page"])
    if given["format_"] not in ("text", "json"):
        request = replace(request, unit="paragraph")  # an export has paragraphs, whatever is listed
    results = service.run(reader, request)
    missing = results.request.page != given["page"]
    if missing and results.total:
        return nothing_found(f"There is no page {given['page']}; the last one is page {results.pages}.")
    if given["format_"] == "text":
        show([*_named(reader, results), *results_lines(results, facets=given["facets"])])
    elif given["format_"] == "json":
        click.echo(json.dumps(to_dict(results, addresses(given["site"])), ensure_ascii=False, indent=2))
    else:
        _write(given, results.hits)
        _say_what_is_left(results)
    say_all(request.query, results.diagnostics)
    return 0 if results.hits or results.document_hits or results.goto else NOTHING_FOUND


def _named(reader: IndexReader, results: Results) -> Iterator[Line]:
    """The paragraph that the whole query names, as ``pilcrow show`` has it, before what its words find."""
    from pilcrow.cli.showing import found_lines

    if results.goto and "#" in results.goto and results.request.page == 1:
        yield from found_lines(reader, results.goto)
        if results.total or results.document_hits:
            yield BLANK
            yield line(("The words of the query find:", "dim"))


def _export(reader: IndexReader, request: SearchRequest, *, given: dict[str, Any]) -> int:
    """Write every paragraph that ``request`` finds; gives the exit status."""
    from pilcrow.search import cite, service

    named = cite.find(reader, request.query)
    problems = service.prepare(reader, request).diagnostics
    # A query that names something was no sentence of the query language: nothing in it was misread.
    say_all(request.query, [each for each in problems if named is None or each.start < 0])
    coverage, hits = service.every_hit(reader, request)
    _write(given, hits, coverage=coverage)
    if coverage.shortfall:
        terminal.say(f"pilcrow: {coverage.shortfall}")
    if coverage.total:
        return 0
    return nothing_found(f"Nothing found; pilcrow show '{named}' prints what it names." if named else "Nothing found.")


def _write(given: dict[str, Any], hits: Iterable[HitView], *, coverage: Coverage | None = None) -> None:
    from pilcrow.search import export

    for part in export.lines(given["format_"], hits, addresses(given["site"]), coverage):
        click.echo(part, nl=False)


def _say_what_is_left(results: Results) -> None:
    shown, total = len(results.hits), results.total
    if shown < total:
        terminal.say(f"pilcrow: {shown:,} of {total:,} paragraphs; without --limit and --page all are written.")


def nothing_found(message: str) -> int:
    """Say ``message``, which is why nothing is written, and give the exit status."""
    terminal.say(f"pilcrow: {message}")
    return NOTHING_FOUND


def _write_facet(found: FacetAnswer, format_: str) -> None:
    if format_ == "csv":
        import csv
        import sys

        from pilcrow.search.export import harmless

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(["value", "label", found.facet.unit + "s"])
        table.writerows([harmless(each.value), harmless(each.label), each.count] for each in found.facet.flat())
        return
    from pilcrow.search.results import facet_to_dict

    click.echo(json.dumps(facet_to_dict(found), ensure_ascii=False, indent=2))
