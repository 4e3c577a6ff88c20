"""Results by document: which documents match, in the order of their best paragraphs, with the best of each.

Needs nothing of an engine but what every engine has. In an order that goes by document, those that match are counted
and put in order. By relevance they are found as they come: a block of hits, then again without the documents that were
in it, so that a document with a thousand matching paragraphs takes no more room than one with three. Every block
depends on those before it alone, so that pages neither repeat nor lose a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pilcrow.engine import dates
from pilcrow.engine.checks import nodes_of
from pilcrow.engine.contract import FacetRequest, Filter, Hit, IndexReader, Limits, SearchPlan
from pilcrow.engine.model import Document
from pilcrow.engine.query import And, Exact, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, Value, Wildcard

DEEPEST = 400
"""The deepest document that can be paged to by relevance; in other orders there is no limit."""

SHOWN = 3
"""Paragraphs that stand for their document."""

_FIRST, _LARGEST = 60, 480
"""Hits of a block: the first is enough for most pages, and each is twice the one before, up to the largest."""

_TOGETHER = 6
"""Hits asked for together for each document of a page; a document that gets too few is asked about by itself."""

_SCORING = (Term, Exact, Phrase, Near, Prefix, Wildcard, Fuzzy)
_SYMBOL = "symbol"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A document found: how many of its ``paragraphs`` match, and the best of them as ``hits``, the best first."""

    document: Document
    paragraphs: int
    hits: tuple[Hit, ...]


def ranked(reader: IndexReader, plan: SearchPlan, wanted: int) -> tuple[str, ...]:
    """The ids of the first ``wanted`` documents that match ``plan``, whatever page it asks for.

    In the order of their best paragraphs under the plan's sort. By relevance they are fewer where there are more than
    :data:`DEEPEST`, or where the query is so large that not so many documents can be excluded from it.
    """
    plan = _without_choice(plan)
    if plan.sort == "relevance" and any(isinstance(node, _SCORING) for node in nodes_of((plan.query,))):
        return _by_best(reader, plan, min(wanted, DEEPEST))
    return _by_document(reader, plan)[:wanted]


def filled(reader: IndexReader, plan: SearchPlan, identifiers: Sequence[str]) -> tuple[Group, ...]:
    """The documents with these ``identifiers``, all of which match ``plan``, with the most relevant of what matches."""
    if not identifiers:
        return ()
    plan = replace(_without_choice(plan), sort="relevance", offset=0, unit="paragraph")
    among = _in(plan, identifiers)
    answer = reader.search(
        replace(among, facets=(FacetRequest(field=_SYMBOL),), limit=min(_TOGETHER * len(identifiers), Limits().window))
    )
    counts = answer.facets[_SYMBOL]
    found: dict[str, list[Hit]] = {identifier: [] for identifier in identifiers}
    for hit in answer.hits:
        found[hit.document.id].append(hit)
    return tuple(_group(reader, plan, found[each], each, counts) for each in identifiers)


def _group(
    reader: IndexReader, plan: SearchPlan, hits: Sequence[Hit], identifier: str, counts: Mapping[str, int]
) -> Group:
    """One document; its best paragraphs are asked for where fewer than are shown came with those of the others."""
    if len(hits) < min(SHOWN, counts[identifier]):
        hits = reader.search(replace(_in(plan, (identifier,)), limit=SHOWN)).hits
    return Group(document=hits[0].document, paragraphs=counts[identifier], hits=tuple(hits[:SHOWN]))


def _by_best(reader: IndexReader, plan: SearchPlan, wanted: int) -> tuple[str, ...]:
    """The documents as their best paragraphs come, block by block."""
    found: dict[str, None] = {}
    block, room = _FIRST, Limits().nodes - sum(1 for _ in _nodes(plan))
    while True:
        seen = Filter(field=_SYMBOL, exclude=tuple(Value(_SYMBOL, identifier) for identifier in found))
        filters = (*plan.filters, seen) if found else plan.filters
        hits = reader.search(replace(plan, filters=filters, offset=0, limit=block)).hits
        found.update(dict.fromkeys(hit.document.id for hit in hits))
        if len(hits) < block or len(found) >= wanted or len(found) > room:
            return tuple(found)[:wanted]
        block = min(2 * block, _LARGEST)


def _by_document(reader: IndexReader, plan: SearchPlan) -> tuple[str, ...]:
    """Every document that matches, in an order that needs no scores: by symbol, or by date and then symbol."""
    counting = replace(plan, sort="document", facets=(FacetRequest(field=_SYMBOL),), offset=0, limit=0)
    matching = {key for key, count in reader.search(counting).facets[_SYMBOL].items() if count}
    documents = [document for document in reader.documents() if document.id in matching]
    if plan.sort in ("newest", "oldest"):
        dated = [document for document in documents if document.date]
        dated.sort(key=lambda document: dates.first_day(document.date), reverse=plan.sort == "newest")
        documents = dated + [document for document in documents if not document.date]
    return tuple(document.id for document in documents)


def _in(plan: SearchPlan, identifiers: Sequence[str]) -> SearchPlan:
    """``plan`` in these documents alone."""
    values: tuple[Query, ...] = tuple(Value(_SYMBOL, identifier) for identifier in identifiers)
    return replace(plan, query=And((plan.query, values[0] if len(values) == 1 else Or(values))))


def _without_choice(plan: SearchPlan) -> SearchPlan:
    """``plan`` with the documents that it chooses as a part of its query.

    Counts of documents leave out a choice of documents, and here they must not.
    """
    parts = [plan.query]
    for chosen in plan.filters:
        if chosen.field == _SYMBOL and chosen.include:
            parts.append(And(chosen.include) if chosen.all_of else Or(chosen.include))
        if chosen.field == _SYMBOL and chosen.exclude:
            parts.append(Not(Or(chosen.exclude)))
    return replace(
        plan,
        query=And(tuple(parts)) if len(parts) > 1 else plan.query,
        filters=tuple(chosen for chosen in plan.filters if chosen.field != _SYMBOL),
        facets=(),
    )


def _nodes(plan: SearchPlan) -> Sequence[Query]:
    """What of ``plan`` counts against the limit of a query's size."""
    chosen = [node for each in plan.filters for node in (*each.include, *each.exclude)]
    return tuple(nodes_of((plan.query, *chosen)))
