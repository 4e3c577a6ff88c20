"""Lookups in OpenSearch's query language.

OpenSearch takes a query of at most 1,024 parts, and Lucene's code calls itself for each level of it. :func:`fits` says
whether a lookup is within that; what does not fit is found in pieces (:class:`Pieces`), and their numbers listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pilcrow.engine.columns import NUMBER
from pilcrow.engine.lookups import (
    AllOf,
    AnyOf,
    Between,
    Boosted,
    Constant,
    Every,
    Listed,
    Lookup,
    Nothing,
    Preferred,
    Run,
    Without,
    Word,
    Words,
    all_of,
    any_of,
    children_of,
    constant,
    listed,
    translated,
    with_children,
)

GAP = 1 << 17
"""Positions between two values of a field: more than any run reaches, and room for 16,000 values in Lucene's 2**31."""

_PARTS = 1_000
_LEVELS = 40

Dsl = dict[str, Any]


def dsl(lookup: Lookup) -> Dsl:
    """``lookup``, which fits, as OpenSearch has it."""
    return translated(lookup, _made)


def _made(node: Lookup, children: Sequence[Dsl]) -> Dsl:
    match node:
        case AllOf():
            return {"bool": _required(node.children, children)}
        case AnyOf():
            return {"bool": {"should": list(children), "minimum_should_match": node.least}}
        case Without():
            return {"bool": {**_required((node.child,), children[:1]), "must_not": [children[1]]}}
        case Preferred():
            return {"bool": {**_required((node.child,), children[:1]), "should": list(children[1:])}}
        case Constant():
            return {"constant_score": {"filter": children[0], "boost": node.score}}
        case Boosted():
            return {"bool": {"must": list(children), "boost": node.boost}}
        case _:
            return _leaf(node)


def _required(nodes: Sequence[Lookup], made: Sequence[Dsl]) -> Dsl:
    """The clauses that must match: those that score nothing as filters, which OpenSearch remembers."""
    clauses: Dsl = {}
    for node, each in zip(nodes, made, strict=True):
        silent = isinstance(node, (Every, Nothing, Words, Between, Listed)) or (
            isinstance(node, Constant) and node.score == 0
        )
        clause = each["constant_score"]["filter"] if silent and isinstance(node, Constant) else each
        clauses.setdefault("filter" if silent else "must", []).append(clause)
    return clauses


def _leaf(node: Lookup) -> Dsl:
    match node:
        case Every():
            return {"match_all": {"boost": 0}}
        case Word():
            return {"term": {node.column: {"value": node.word, "boost": node.boost}}}
        case Words():
            return {"terms": {node.column: list(node.words), "boost": 0}}
        case Run():
            slop = min(node.slop, GAP - 2)
            return {"match_phrase": {node.column: {"query": " ".join(node.words), "slop": slop, "boost": node.boost}}}
        case Between():
            ends = {"gte": node.low, "lte": node.high}
            return {"range": {node.column: {**{end: at for end, at in ends.items() if at is not None}, "boost": 0}}}
        case Listed():
            return {"terms": {NUMBER: list(node.numbers), "boost": 0}}
        case _:
            return {"match_none": {}}


# ------------------------------------------------------------------------------------------------------ what fits


def gathered(lookup: Lookup) -> Lookup:
    """``lookup``, alternatives that score nothing in one column as one node: a prefix may stand for 1,000 keys."""
    return translated(lookup, _gathered)


def _gathered(node: Lookup, children: Sequence[Lookup]) -> Lookup:
    made = with_children(node, children)
    if not isinstance(made, AnyOf) or made.least > 1:
        return made
    words: defaultdict[str, list[str]] = defaultdict(list)
    rest: list[Lookup] = []
    for child in made.children:
        if isinstance(child, Constant) and child.score == 0 and isinstance(child.child, Word):
            words[child.child.column].append(child.child.word)
        else:
            rest.append(child)
    return any_of([*rest, *(constant(Words(column, tuple(found))) for column, found in words.items())])


def fits(lookup: Lookup) -> bool:
    """Whether OpenSearch takes ``lookup`` as one query."""
    level: list[Lookup] = [lookup]
    parts = levels = 0
    while level:
        below = [child for node in level for child in children_of(node)]
        parts += sum(not children_of(node) for node in level)
        levels += 1
        level = below
        if parts + len(below) > _PARTS or levels > _LEVELS:
            return False
    return True


def strongest(lookup: Lookup) -> Iterator[Lookup]:
    """What of a lookup that does not fit says most about the order of what it finds."""
    waiting: list[tuple[Lookup, float]] = [(lookup, 1.0)]
    found: list[Word | Run] = []
    while waiting:
        node, boost = waiting.pop()
        if isinstance(node, (Word, Run)):
            found.append(replace(node, boost=node.boost * boost))
        elif isinstance(node, Boosted):
            waiting.append((node.child, boost * node.boost))
        elif isinstance(node, Without):
            waiting.append((node.child, boost))
        elif not isinstance(node, Constant):
            waiting.extend((child, boost) for child in children_of(node))
    yield from sorted(found, key=lambda each: -each.boost)[: _PARTS - 10]


class Pieces:
    """Makes a lookup fit; ``numbers`` tells all that a lookup which fits finds."""

    def __init__(self, numbers: Callable[[Lookup], Sequence[int]]) -> None:
        self._numbers = numbers

    def fitting(self, lookup: Lookup) -> Lookup:
        """What ``lookup`` finds, as a lookup that fits, in about its order."""
        found = translated(lookup, self._made)
        matching = found if isinstance(found, (Listed, Nothing)) else self._listed(found)
        return Preferred(constant(matching), tuple(strongest(lookup)))

    def _made(self, node: Lookup, children: Sequence[Lookup]) -> Lookup:
        made = with_children(node, children)
        if fits(made):
            return made
        if isinstance(node, AllOf):
            return listed(sorted(set.intersection(*(set(self._numbers(all_of(some))) for some in _groups(children)))))
        if isinstance(node, AnyOf) and node.least == 1:
            return listed(sorted(set().union(*(self._numbers(any_of(some)) for some in _groups(children)))))
        if isinstance(node, AnyOf):
            counts = Counter(number for child in children for number in self._numbers(child))
            return listed(sorted(number for number, count in counts.items() if count >= node.least))
        if isinstance(node, Without):
            return Without(self._listed(children[0]), self._listed(children[1]))
        return self._listed(children[0])  # what scores otherwise matches no less

    def _listed(self, lookup: Lookup) -> Lookup:
        return listed(self._numbers(lookup))


def _groups(children: Sequence[Lookup]) -> Iterator[list[Lookup]]:
    """``children``, each of which fits, in as few groups as fit together."""
    group: list[Lookup] = []
    for child in children:
        if group and not fits(AllOf((*group, child))):
            yield group
            group = []
        group.append(child)
    yield group
