"""What is asked of an engine is checked here, before any engine sees it: limits, and fields that the table knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pilcrow.engine.contract import CrossPlan, Filter, Limits, SearchPlan
from pilcrow.engine.errors import QueryLimitError, RequestError
from pilcrow.engine.fields import BY_KEY, FACETS
from pilcrow.engine.query import (
    AtLeast,
    Best,
    Exact,
    Fuzzy,
    Lift,
    Near,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
    children_of,
)

DATES = "date"
"""The one field that has ranges."""


def check_plan(plan: SearchPlan, limits: Limits) -> None:
    """Raise ``QueryLimitError`` or ``RequestError`` where ``plan`` asks for what cannot be answered."""
    if plan.offset < 0 or plan.limit < 0:
        raise ValueError("offset and limit count hits, and cannot be negative")
    if plan.offset + plan.limit > limits.window:
        raise QueryLimitError(
            f"Only the first {limits.window:,} hits can be paged to; narrow the search, or export the results."
        )
    check_queries((plan.query,), plan.filters, limits)
    facets = {facet.key for facet in FACETS}
    for request in plan.facets:
        if request.field not in facets:
            raise _unknown("facet", request.field, facets)
    if len({request.field for request in plan.facets}) < len(plan.facets):
        raise ValueError("one facet can be counted once in one plan")


def check_cross(plan: CrossPlan, limits: Limits) -> None:
    """Raise ``QueryLimitError`` or ``RequestError`` where ``plan`` asks for no table of two facets."""
    check_queries((plan.query,), plan.filters, limits)
    facets = {facet.key for facet in FACETS}
    for side in (plan.rows.field, plan.columns.field):
        if side not in facets:
            raise _unknown("facet", side, facets)
    if plan.rows.field == plan.columns.field:
        raise RequestError(
            "columns", plan.columns.field, "The rows and the columns of a table are two different facets."
        )


def check_count(queries: Iterable[Query], within: Query, filters: Iterable[Filter], limits: Limits) -> None:
    """Raise where one of ``queries``, together with what all are counted within, cannot be answered."""
    beside = check_queries((within,), filters, limits)
    for query in queries:
        check_queries((query,), (), limits, beside=beside)


def check_queries(queries: Iterable[Query], filters: Iterable[Filter], limits: Limits, *, beside: int = 0) -> int:
    """How many nodes there are, ``beside`` others; raises where a tree is too large, or a node asks for what is not."""
    for chosen in filters:
        _check_kind(chosen.field, "keys")
        queries = (*queries, *chosen.include, *chosen.exclude)
    count = beside
    for count, node in enumerate(nodes_of(queries), start=beside + 1):
        if count > limits.nodes:
            raise QueryLimitError(f"The query has more than {limits.nodes} parts; ask in fewer words.")
        _check_node(node)
    return count


def nodes_of(queries: Iterable[Query]) -> Iterator[Query]:
    """Every node, without recursion: a tree may be deeper than Python's stack."""
    waiting = list(queries)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children_of(node))


def _check_node(node: Query) -> None:
    if isinstance(node, Best):
        raise ValueError("a Best node must have been resolved to AtLeast before an engine is asked")
    if isinstance(node, AtLeast) and node.required < 1:
        raise ValueError("at least one of the children must be required")
    if isinstance(node, Lift) and node.weight <= 0:
        raise ValueError("a lift must weigh more than nothing")
    if isinstance(node, (Value, Range)):
        _check_kind(node.field, "keys")
        if isinstance(node, Range) and node.field != DATES:
            raise RequestError(node.field, str(node), f"Only {DATES}: has ranges; {node.field}: takes single values.")
    elif isinstance(node, (Term, Exact, Phrase, Near, Fuzzy)) and node.field:
        _check_kind(node.field, "text")
    elif isinstance(node, (Prefix, Wildcard)) and node.field and node.field not in BY_KEY:
        raise _unknown("field", node.field, BY_KEY)
    if isinstance(node, Fuzzy) and node.distance not in (1, 2):
        raise RequestError("q", str(node), f"{node.word}~ may be 1 or 2 letters off, not {node.distance}.")


def _check_kind(field: str, kind: str) -> None:
    if field not in BY_KEY:
        raise _unknown("field", field, BY_KEY)
    if BY_KEY[field].kind != kind:
        has = "stable values, not words" if kind == "text" else "words, not values"
        raise RequestError(field, field, f"{field}: has {has}.")


def _unknown(what: str, given: str, known: Iterable[str]) -> RequestError:
    nearest = get_close_matches(given, sorted(known), n=1)
    hint = f"; did you mean {nearest[0]}?" if nearest else "."
    return RequestError(what, given, f"There is no {what} {given!r}{hint}", suggestion=nearest[0] if nearest else "")
