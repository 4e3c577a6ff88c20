"""What to try where nothing was found: the nearest searches that do find something, each with how much."""

from __future__ import annotations

from collections.abc import Iterator

from pilcrow.engine.contract import IndexReader
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import Results
from webui import urls
from webui.facets_view import Option
from webui.search_view import chosen_label, facet_label, plural

TRIED = 6
"""How many are tried at most: each is a search of its own."""


def ways_out(reader: IndexReader, results: Results) -> tuple[Option, ...]:
    """Searches near the one that found nothing, those with results only; where there are none, where to learn more.

    Nothing where what was said of the query already has a way out of its own.
    """
    found: dict[str, Option] = {}
    for (label, nearby), _ in zip(_nearby(results), range(TRIED), strict=False):
        total = service.run(reader, nearby).total
        url = urls.search_url(nearby)
        if total and url not in found:
            found[url] = Option(label=f"{label} ({plural(total, 'paragraph')})", url=url)
    if not found and any(each.suggestion and each.start >= 0 for each in results.diagnostics):
        return ()
    if not found:
        return (Option(label="How to ask", url="/help"), Option(label="All documents", url=urls.DOCUMENTS))
    return tuple(found.values())


def _nearby(results: Results) -> Iterator[tuple[str, SearchRequest]]:
    request = results.request.with_page(1)
    if request.all_words:
        yield "Not all of the words", request.with_all_words(False)
    either = results.matching.any_query if results.matching else ""
    if either:
        yield f"Any of the words: {either}", request.with_query(either).with_all_words(False)
    if request.narrowed:
        yield "Without any filter", request.cleared()
    for chosen in request.chosen:
        for key in chosen.include:
            yield f"Without {_named(results, chosen.field, key)}", request.without_value(chosen.field, key)
        for key in chosen.exclude:
            yield f"With {_named(results, chosen.field, key)} too", request.without_exclusion(chosen.field, key)
    if request.state_in or request.state_role:
        yield "With States cited anywhere, in any role", request.with_state_in("").with_state_role("")


def _named(results: Results, field: str, key: str) -> str:
    return f"{facet_label(results, field)}: {chosen_label(results, field, key)}"
