"""What a person asked, answered: the one function that the pages, the API and the command line call.

:func:`run` reads aloud: parse, resolve against the index, ask the engine once for hits and facets, and say whatever
could not be used. Nothing typed ends in silence: no hits come with what to try.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from pilcrow.engine import citing, gazetteer, watch
from pilcrow.engine.contract import Answer, IndexReader, Limits, SearchPlan
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import Reference, StateMention
from pilcrow.search import breadth, cite, compounds, facets, groups, hints, likeness, ranking, values
from pilcrow.search.citations import Targets
from pilcrow.search.documents import DocumentView, document_hits, opened
from pilcrow.search.export import Coverage
from pilcrow.search.keys import as_typed
from pilcrow.search.parser import NOTHING, parse
from pilcrow.search.question import Question
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import DocumentGroup, Facet, FacetAnswer, HitView, Matching, Results
from pilcrow.search.snippets import Highlighter
from pilcrow.search.views import hit_view

__all__ = ["Question", "document_view", "every_hit", "facet_values", "prepare", "run"]

WINDOW = Limits().window
"""The deepest hit that can be paged to."""

BATCH = 500
"""Hits that an export asks for at once."""


def run(reader: IndexReader, request: SearchRequest) -> Results:
    """One page of what ``request`` finds; raises ``QueryLimitError`` where more is chosen than an engine takes."""
    began = time.perf_counter()
    question = prepare(reader, request)
    question, answer, found = _answered(reader, question)
    # All that needs no counts comes first: the engine may still be counting.
    highlighter, targets = _highlighter(question), Targets(reader)
    listed = tuple(_group_view(each, highlighter, targets) for each in found)
    hits = tuple(hit_view(hit, highlighter, targets) for hit in answer.hits)
    goto = cite.find(reader, request.query)
    named = document_hits(reader, question.parsed, request.query) if question.request.page == 1 else ()
    matching = _matching(reader, question, answer)
    diagnostics = _said(reader, question, answer, named=goto)
    return Results(
        request=question.request,
        query_tree_text=as_typed(question.parsed),
        total=answer.total,
        documents=answer.documents,
        hits=hits + tuple(hit for group in listed for hit in group.hits),
        facets=_facets(reader, question, answer),
        diagnostics=diagnostics,
        matching=matching,
        document_hits=named,
        took_ms=(time.perf_counter() - began) * 1000,
        engine=reader.manifest.engine,
        index=reader.manifest.generation,
        goto=goto,
        likes=question.likes,
        did_you_mean=hints.did_you_mean(request.query, diagnostics),
        expansions=answer.expansions,
        groups=listed,
    )


def prepare(reader: IndexReader, request: SearchRequest) -> Question:
    """``request`` read and resolved: what is asked, under which filters, and what in it could not be used."""
    parsed = parse(request.query)
    tree, about_values = values.resolve_tree(reader, parsed.tree, request.query)
    tree, about_breadth = breadth.resolve(reader, tree, request.query)
    tree, about_words = compounds.resolve(reader, tree, request.query)
    like = likeness.resolve(reader, tree, request.query)
    resolved, about_choices = values.resolve_request(reader, request)
    return Question(
        request=resolved,
        typed=parsed.tree,
        parsed=tree,
        sought=like.tree,
        likes=like.likes,
        ranked=ranking.resolve(reader, like.tree, all_words=request.all_words),
        filters=facets.filters(resolved),
        diagnostics=(
            *parsed.diagnostics,
            *about_values,
            *about_breadth,
            *about_words,
            *like.diagnostics,
            *about_choices,
        ),
    )


def facet_values(
    reader: IndexReader,
    request: SearchRequest,
    facet: str,
    *,
    contains: str = "",
    sort: facets.FacetSort = "count",
    limit: int = facets.SHOWN,
) -> FacetAnswer:
    """All values of one facet under ``request`` (``limit`` of them at the top), those whose name has ``contains``.

    Raises ``RequestError`` where there is no such facet.
    """
    if facet not in {field.key for field in FACETS}:
        listed = ", ".join(field.key for field in FACETS)
        raise RequestError("facet", facet, f"There is no facet “{facet}”: it is one of {listed}.")
    question = prepare(reader, request)
    asked = facets.facet_request(facet, question.request)
    plan = SearchPlan(
        query=question.ranked.tree,
        filters=question.filters,
        facets=(asked,),
        sort="document",  # nothing is shown, so nothing need be ranked
        limit=0,
        unit=question.request.unit,
    )
    answer = reader.search(plan)
    counts = facets.counts(reader, question.request, facet, query=question.ranked.tree, counted=answer.facets[facet])
    return FacetAnswer(
        facet=facets.shown(
            reader,
            question.request,
            field=facet,
            counts=counts,
            size=answer.facet_sizes[facet],
            sort=sort,
            limit=limit,
            contains=contains,
        ),
        total=answer.total,
        diagnostics=_said(reader, question, answer, named=cite.find(reader, request.query)),
        chosen=facets.chosen(reader, question.request, facet, counts),
        leaves=answer.facet_sizes[facet].leaves,
    )


def every_hit(
    reader: IndexReader, request: SearchRequest, *, limit: int | None = None
) -> tuple[Coverage, Iterator[HitView]]:
    """All that ``request`` finds, in its order, whatever its page, for an export: how many of how many, and the hits.

    ``limit`` is of hits; beyond the deepest one that can be paged to there are none either.
    """
    question = prepare(reader, request)
    plan = SearchPlan(query=question.ranked.tree, filters=question.filters, sort=request.sort, limit=0)
    total = reader.search(replace(plan, sort="document")).total
    wanted = min(total, WINDOW, total if limit is None else limit)
    highlighter, targets = _highlighter(question), Targets(reader)

    def hits() -> Iterator[HitView]:
        for offset in range(0, wanted, BATCH):
            answer = reader.search(replace(plan, offset=offset, limit=min(BATCH, wanted - offset)))
            yield from (hit_view(hit, highlighter, targets) for hit in watch.checked(answer.hits))

    return Coverage(total=total, written=wanted), hits()


def document_view(reader: IndexReader, symbol: str, request: SearchRequest | None = None) -> DocumentView | None:
    """The document with this id or symbol, opened with what ``request`` finds in it; None where there is none."""
    document = reader.document(symbol)
    if document is None:
        return None
    question = prepare(reader, request or SearchRequest())
    return opened(
        reader, document, highlighter=_highlighter(question), ranked=question.ranked.tree, filters=question.filters
    )


def _answered(reader: IndexReader, question: Question) -> tuple[Question, Answer, tuple[groups.Group, ...]]:
    """The engine's answer for the page asked for, or for the last one there is, which is said.

    Its hits are a page of paragraphs; where documents are listed there are none, and a page of those beside it.
    """
    if question.request.unit == "document":
        return _answered_by_document(reader, question)
    return *_answered_by_paragraph(reader, question), ()


def _answered_by_paragraph(reader: IndexReader, question: Question) -> tuple[Question, Answer]:
    request = question.request
    deepest = max(1, WINDOW // request.per_page)
    page = min(request.page, deepest)
    answer = reader.search(_plan(question, page))
    # The first page is there whatever is found, and need not wait until that is counted.
    last = page if page == 1 else max(1, min(deepest, -(-answer.total // request.per_page)))
    if page > last:
        page = last
        answer = reader.search(_plan(question, page))
    if page == request.page:
        return question, answer
    message = f"There is no page {request.page:,}; this is page {page:,}, the last one."
    if answer.total > deepest * request.per_page:
        message = f"Only the first {WINDOW:,} paragraphs can be paged to; this is page {page:,}. Narrow the search."
    return _on_page(question, page, message), answer


def _answered_by_document(reader: IndexReader, question: Question) -> tuple[Question, Answer, tuple[groups.Group, ...]]:
    request, plan = question.request, _plan(question, 1)
    answer = reader.search(replace(plan, sort="document", limit=0))
    identifiers = groups.ranked(reader, plan, request.page * request.per_page)
    page = max(1, min(request.page, -(-len(identifiers) // request.per_page)))
    found = groups.filled(reader, plan, identifiers[(page - 1) * request.per_page :][: request.per_page])
    if page == request.page:
        return question, answer, found
    message = f"There is no page {request.page:,}; this is page {page:,}, the last one."
    if answer.documents > len(identifiers):
        message = f"By relevance only the first {len(identifiers):,} documents can be paged to; this is page {page:,}."
        message += " Narrow the search, or choose another order."
    return _on_page(question, page, message), answer, found


def _on_page(question: Question, page: int, message: str) -> Question:
    """``question`` on another page than was asked for, and the ``message`` that says so."""
    said = Diagnostic(message=message, suggestion=str(page))
    request = question.request.with_page(page)
    return replace(question, request=request, diagnostics=(*question.diagnostics, said))


def _group_view(group: groups.Group, highlighter: Highlighter, targets: Targets) -> DocumentGroup:
    return DocumentGroup(
        document=group.document,
        paragraphs=group.paragraphs,
        hits=tuple(hit_view(hit, highlighter, targets) for hit in group.hits),
    )


def _said(reader: IndexReader, question: Question, answer: Answer, *, named: str | None) -> tuple[Diagnostic, ...]:
    """What could not be used and what the answer does not show, ``named`` as in :mod:`hints`."""
    said = question.diagnostics
    if named is not None:  # the whole query is a name, and was no sentence of the query language
        said = tuple(each for each in said if each.start < 0)
    return tuple(dict.fromkeys((*said, *hints.about(reader, question, answer, named=named))))


def _highlighter(question: Question) -> Highlighter:
    """What marks the words of the question, and the States and documents that it asks for or that are chosen."""
    typed, documents = (set(facets.asked(question.parsed, field)) for field in ("state", "cites"))
    request = question.request
    chosen = set(request.of("state").include)

    def cited(mention: StateMention) -> bool:
        codes = {mention.code, gazetteer.state(mention.code).region}
        as_chosen = request.state_in in ("", mention.where) and request.state_role in ("", mention.role)
        return bool(codes & typed) or (as_chosen and bool(codes & chosen))

    def referred(reference: Reference) -> bool:
        return any(key in documents for key, _ in citing.keys(reference))

    return Highlighter(question.sought, cited if typed or chosen else None, referred if documents else None)


def _plan(question: Question, page: int) -> SearchPlan:
    request = question.request
    return SearchPlan(
        query=question.ranked.tree,
        filters=question.filters,
        facets=facets.requests(request),
        sort=request.sort,
        offset=(page - 1) * request.per_page,
        limit=request.per_page,
        unit=request.unit,
    )


def _facets(reader: IndexReader, question: Question, answer: Answer) -> tuple[Facet, ...]:
    """Every facet in the order of the table; how States are cited right after the States."""

    def made() -> Iterator[Facet]:
        for field in FACETS:
            counted = answer.facets[field.key]
            counts = facets.counts(reader, question.request, field.key, query=question.ranked.tree, counted=counted)
            size = answer.facet_sizes[field.key]
            yield facets.shown(reader, question.request, field=field.key, counts=counts, size=size)
            if field.key == "state":
                ways = answer.counted().ways["state"]
                yield from facets.state_facets(reader, question.request, question.ranked.tree, ways)

    return tuple(made())


def _matching(reader: IndexReader, question: Question, answer: Answer) -> Matching | None:
    """What requiring all or any of the plain words would give under the same filters; None without two such words."""
    ranked = question.ranked
    if not ranked.words or question.parsed == NOTHING:
        return None
    every, some = ranking.with_all(question.sought), ranking.with_any(question.sought)
    unit = question.request.unit
    if ranked.required == ranked.words:
        (with_any,) = reader.count((some,), filters=question.filters, unit=unit)
        with_all = answer.total if unit == "paragraph" else answer.documents
    else:
        with_all, with_any = reader.count((every, some), filters=question.filters, unit=unit)
    return Matching(
        words=ranked.words,
        required=ranked.required,
        with_all=with_all,
        with_any=with_any,
        any_query=as_typed(ranking.with_any(question.typed)),
    )
