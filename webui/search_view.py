"""Results as a page: what :mod:`pilcrow.search` answered, with the link that belongs to each thing.

Templates only loop over these values; every address, plural and label is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from pilcrow.engine.contract import SORTS
from pilcrow.search.collocations import FEWEST
from pilcrow.search.facets import WHERE_LABELS
from pilcrow.search.likeness import Like
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import DocumentHit, Matching, Results, flat
from webui import facets_view, titles, urls
from webui.exports import LABELS, SUFFIXES
from webui.facets_view import FacetView, Option
from webui.histogram import Histogram, histogram
from webui.hit_view import HitCard, hit_card
from webui.markup import marked
from webui.plurals import plural as plural

_PLAIN_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
LIKE_WORDS = 8
"""How many of the words by which paragraphs are alike are told."""

_SORT_LABELS = {"relevance": "Relevance", "newest": "Newest", "oldest": "Oldest", "document": "Document order"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A chosen filter: ``url`` is the same search without it."""

    what: str
    value: str
    excluded: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that was misread: the query around it (before, it, after), and what to try."""

    message: str
    typed: tuple[str, str, str] | None
    suggestion: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document whose symbol or title matches."""

    title: Markup
    url: str
    symbol: str
    provisional: bool
    why: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeView:
    """A paragraph of which the like was sought: its citation and page, and ``said``, what made others like it."""

    label: str
    url: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Everything that the page of results shows."""

    query: str
    total: int
    heading: str
    among: str
    matching: tuple[Option, ...]
    understood: str
    likes: tuple[LikeView, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    did_you_mean: Option | None
    notices: tuple[Notice, ...]
    found_documents: tuple[FoundDocument, ...]
    hits: tuple[HitCard, ...]
    listed: str
    first: int
    sorts: tuple[Option, ...]
    related_url: str
    units: tuple[Option, ...]
    histogram: Histogram | None
    facets: tuple[FacetView, ...]
    pages: tuple[Option | None, ...]
    previous: str
    next: str
    exports: tuple[Option, ...]
    exported: str
    kept: tuple[tuple[str, str], ...]
    date_kept: tuple[tuple[str, str], ...]
    date_from: str
    date_to: str
    table_url: str
    took: str


def search_view(results: Results) -> SearchView:
    """``results`` with their links."""
    request = results.request
    low, high = date_bounds(request)
    paragraphs, documents = plural(results.total, "paragraph"), plural(results.documents, "document")
    by_document = request.unit == "document"
    return SearchView(
        query=request.query,
        total=results.total,
        heading=documents if by_document else paragraphs,
        among=f"with {plural(results.total, 'matching paragraph')}" if by_document else f"in {documents}",
        matching=matching_options(results.matching, request),
        understood=understood(results),
        likes=tuple(map(like_view, results.likes)),
        chips=chips(results),
        clear_url=urls.chosen_url(request.cleared()),
        did_you_mean=mended(results),
        notices=_apart_from(results.did_you_mean, notices(results.diagnostics, request)),
        found_documents=_found_documents(results.document_hits),
        hits=() if by_document else tuple(hit_card(hit, request) for hit in results.hits),
        listed=f"{request.unit.capitalize()}s found",
        first=(request.page - 1) * request.per_page + 1,
        sorts=_sorts(request),
        related_url=urls.related_url(request) if _has_phrases(results) else "",
        units=_units(request),
        histogram=histogram(results.facet("date"), request),
        facets=facets_view.facet_views(results.facets, request),
        pages=page_links(results),
        previous=urls.search_url(request.with_page(request.page - 1)) if request.page > 1 else "",
        next=urls.search_url(request.with_page(request.page + 1)) if request.page < results.pages else "",
        exports=tuple(
            Option(label=LABELS[name], url=urls.export_url(request, suffix)) for suffix, name in SUFFIXES.items()
        ),
        exported=paragraphs,
        kept=tuple(pair for pair in replace(request, query="", page=1).to_params() if pair[0] != "all"),
        date_kept=tuple(request.with_only("date", []).to_params()),
        date_from=low,
        date_to=high,
        table_url=urls.search_table_url(request),
        took=f"{results.took_ms:.0f} ms",
    )


def chips(results: Results) -> tuple[Chip, ...]:
    """The chosen filters, each with the search that leaves it out."""
    request = results.request
    found = []
    for chosen in request.chosen:
        what = facet_label(results, chosen.field)
        labels = {key: chosen_label(results, chosen.field, key) for key in (*chosen.include, *chosen.exclude)}
        found += facet_chips(request, chosen.field, what, labels)
    if request.state_in:
        url = urls.chosen_url(request.with_state_in(""))
        found.append(Chip(what="Cited State", value=WHERE_LABELS[request.state_in], excluded=False, url=url))
    if request.state_role:
        url = urls.chosen_url(request.with_state_role(""))
        found.append(Chip(what="Cited as", value=request.state_role, excluded=False, url=url))
    return tuple(found)


def facet_chips(request: SearchRequest, field: str, what: str, labels: Mapping[str, str]) -> list[Chip]:
    """What is chosen and excluded in the facet ``field``, which is called ``what``, by the ``labels`` of its values."""
    chosen = request.of(field)
    included = [(key, False, request.without_value(field, key)) for key in chosen.include]
    excluded = [(key, True, request.without_exclusion(field, key)) for key in chosen.exclude]
    return [
        Chip(what=what, value=labels.get(key, key), excluded=out, url=urls.chosen_url(without))
        for key, out, without in (*included, *excluded)
    ]


def matching_options(matching: Matching | None, request: SearchRequest) -> tuple[Option, ...]:
    """How many words were required, and the other readings of the same words, each a link."""
    if matching is None or matching.words < 2:
        return ()
    words, required = matching.words, matching.required
    best = urls.search_url(request.with_all_words(False))
    if request.all_words:
        return (
            Option(label=f"with {matching.every} of your words", url="", current=True),
            Option(label="as many words as enough paragraphs have", url=best),
        )
    options = [Option(label=_held(matching), url="", current=True)]
    if required < words:
        every = urls.search_url(request.with_all_words(True))
        number = f"with {matching.every}: {matching.with_all:,}"
        none = Option(label=f"none with {matching.every}", url="")  # a link would lead to an empty page
        options.append(Option(label=number, url=every) if matching.with_all else none)
    if required > 1 and matching.any_query:
        url = urls.search_url(request.with_query(matching.any_query))
        options.append(Option(label=f"with any: {matching.with_any:,}", url=url))
    return tuple(options)


def _held(matching: Matching) -> str:
    """How many of the words each paragraph has, as it is said."""
    if matching.required == matching.words:
        return f"with {matching.every} of your words"
    number = "any" if matching.required == 1 else f"at least {matching.required}"
    return f"with {number} of your {matching.words} words"


def understood(results: Results) -> str:
    """How a query that is more than plain words was read, where that is not what was typed; else ""."""
    typed, read = results.request.query.strip(), results.query_tree_text
    return "" if read == typed or all(_PLAIN_WORD.fullmatch(word) for word in typed.split()) else read


def notices(diagnostics: Iterable[Diagnostic], request: SearchRequest) -> tuple[Notice, ...]:
    """The diagnostics as they are shown: what several say is said once, and what two would have tried offered once."""
    said: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        said.setdefault(diagnostic.message, diagnostic)
    shown: list[Notice] = []
    for diagnostic in said.values():
        made = notice(diagnostic, request)
        offered = made.url and made.url in {each.url for each in shown}
        shown.append(replace(made, url="", suggestion="") if offered else made)
    return tuple(shown)


def mended(results: Results) -> Option | None:
    """The query with all that seems misspelt mended at once; None where nothing does."""
    query = results.did_you_mean
    return Option(label=query, url=urls.search_url(results.request.with_query(query))) if query else None


def _apart_from(query: str, said: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """``said`` without offering by itself what ``query``, the mended one, has."""
    folded = [bool(query) and (each.typed is not None or each.suggestion == query) for each in said]
    return tuple(replace(each, url="", suggestion="") if on else each for each, on in zip(said, folded, strict=True))


def notice(diagnostic: Diagnostic, request: SearchRequest) -> Notice:
    """A diagnostic with the place in the query, where it is about a part of it, and the query as it was suggested."""
    query, start, end = request.query, diagnostic.start, diagnostic.end
    if not 0 <= start <= end <= len(query):
        said = diagnostic.suggestion in diagnostic.message
        return Notice(message=diagnostic.message, typed=None, suggestion="" if said else diagnostic.suggestion, url="")
    mended = query[:start] + diagnostic.suggestion + query[end:] if diagnostic.suggestion else ""
    whole = not query[:start].strip() and not query[end:].strip()
    return Notice(
        message=diagnostic.message,
        typed=None if whole else (query[:start], query[start:end], query[end:]),
        suggestion=mended,
        url=urls.search_url(request.with_query(mended)) if mended else "",
    )


def like_view(like: Like) -> LikeView:
    """The paragraph with its page, and how many of which words were required."""
    words = ", ".join(like.words[:LIKE_WORDS])
    rest = ", …" if len(like.words) > LIKE_WORDS else ""
    number = len(like.words)
    said = f"at least {like.required} of its {number} most telling words" if number > 1 else "its one telling word"
    return LikeView(label=like.citation, url=urls.identifier_url(like.id), said=f"{said} ({words}{rest})")


def page_links(results: Results) -> tuple[Option | None, ...]:
    """The pages around this one, the first and the last; None where some are left out."""
    current, last = results.request.page, results.pages
    if last == 1:
        return ()
    shown = sorted({1, *range(max(1, current - 2), min(last, current + 2) + 1), last})
    links: list[Option | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(None)
        url = urls.search_url(results.request.with_page(number))
        links.append(Option(label=f"{number:,}", url=url, current=number == current))
    return tuple(links)


def date_bounds(request: SearchRequest) -> tuple[str, str]:
    """What the date form shows: the bounds of a chosen range, or a chosen date as both."""
    for value in request.of("date").include:
        low, dots, high = value.partition("..")
        return (low, high) if dots else (value, value)
    return "", ""


def facet_label(results: Results, field: str) -> str:
    """What people call the facet."""
    facet = results.facet(field)
    return facet.label if facet else field


def chosen_label(results: Results, field: str, key: str) -> str:
    """What people read for a chosen value: the label that its facet gives it, an agenda item with its session."""
    facet = results.facet(field)
    for top in facet.values if facet else ():
        labels = {value.value: value.label for value in flat((top,))}
        if key in labels:
            label = facets_view.value_label(key, labels[key])
            return f"{label} ({top.label})" if field == "agenda" and key != top.value else label
    return facets_view.value_label(key, key)


def _found_documents(hits: Sequence[DocumentHit]) -> tuple[FoundDocument, ...]:
    apart = titles.asides([hit.document for hit in hits])
    return tuple(_found(hit, apart.get(hit.document.id, "")) for hit in hits)


def _found(hit: DocumentHit, aside: str) -> FoundDocument:
    document = hit.document
    return FoundDocument(
        title=marked(hit.snippet) if hit.snippet else Markup("").join([document.title or document.id]),
        url=urls.document_url(document.id),
        symbol=", ".join(document.symbols),
        provisional=document.provisional,
        why="its symbol matches" if hit.why == "symbol" else "its title matches",
        aside=aside,
    )


def _has_phrases(results: Results) -> bool:
    """Whether what was found may have phrases that are typical of it."""
    return results.total >= FEWEST and bool(results.request.query.strip() or results.request.narrowed)


def _sorts(request: SearchRequest) -> tuple[Option, ...]:
    return tuple(
        Option(label=_SORT_LABELS[sort], url=urls.search_url(request.with_sort(sort)), current=request.sort == sort)
        for sort in SORTS
    )


def _units(request: SearchRequest) -> tuple[Option, ...]:
    paragraphs = Option(
        label="paragraphs", url=urls.search_url(request.with_unit("paragraph")), current=request.unit == "paragraph"
    )
    documents = Option(
        label="documents", url=urls.search_url(request.with_unit("document")), current=request.unit == "document"
    )
    return paragraphs, documents
