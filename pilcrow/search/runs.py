"""Items of a query side by side: which of them join in one Best group, and which stand for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.query import And, Best, Everything, Leaf, Not, Or, Query
from pilcrow.search import words
from pilcrow.search.keys import LIKE


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain word, which joins its neighbours in one Best group."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Solid:
    """Anything else, which stands for itself."""

    query: Query


Item = Plain | Solid


def side_by_side(items: list[Item], field: str) -> list[Item]:
    """``items`` without what adds nothing beside others (stopwords, ``*``); values of one key field as alternatives."""
    if holds_keys(field):
        return _alternative_values(items)
    if len(items) < 2:
        return items
    kept = [item for item in items if not (isinstance(item, Solid) and item.query == Everything())]
    telling = [item for item in kept if not (isinstance(item, Plain) and words.is_stopword(item.leaf))]
    return telling or kept or items[:1]


def holds_keys(field: str) -> bool:
    """Whether ``field`` is a field of keys, or of citations as ``like`` is; "" is none."""
    return field == LIKE or (bool(field) and BY_KEY[field].kind == "keys")


def solid(items: Iterable[Item]) -> list[Item]:
    """``items``, each standing for itself."""
    return [Solid(item.leaf) if isinstance(item, Plain) else item for item in items]


def grouped(items: Iterable[Item]) -> list[Query]:
    """Each solid item by itself, and each run of plain ones as one Best group."""
    queries: list[Query] = []
    run: list[Leaf] = []
    for item in items:
        if isinstance(item, Plain):
            run.append(item.leaf)
            continue
        queries += _best(run)
        run = []
        queries.append(item.query)
    return queries + _best(run)


def _best(run: list[Leaf]) -> list[Query]:
    """A run of plain words, each once, as one query; nothing for an empty run."""
    telling = [leaf for leaf in run if not words.is_stopword(leaf)] or run
    distinct = tuple(dict.fromkeys(telling))
    if len(distinct) < 2:
        return list(distinct)
    return [Best(distinct)]


def joined(queries: list[Query]) -> Query | None:
    """All of ``queries`` required; None where there are none."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return And(tuple(queries))


def _alternative_values(items: list[Item]) -> list[Item]:
    """Values of one key field side by side: any of those that are asked for, and none of those that are excluded."""
    queries = grouped(items)
    wanted = [query for query in queries if not isinstance(query, Not)]
    if len(wanted) < 2:
        return items
    return [Solid(Or(tuple(wanted))), *(Solid(query) for query in queries if isinstance(query, Not))]
