"""How much wildcards and misspelt words may stand for in one query, and what is left out beyond that.

Each word with ``*``, ``?`` or ``~`` is as much work as the words of the index that it stands for, and most must be
compared with the whole vocabulary. The first ones are sought; what is beyond the limits is left out, and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import And, Best, Fuzzy, Not, Or, Prefix, Query, Wildcard, walk
from pilcrow.search.request import Diagnostic

MOST_FORMS = 4_000
"""Words of the index that the wildcards and misspelt words of a query may stand for together."""

MOST_COMPARED = 24
"""Words of a query that may be compared with the whole vocabulary (all with a sign, but for ``begin*``)."""

Broad = Prefix | Wildcard | Fuzzy


def resolve(reader: IndexReader, tree: Query, typed: str) -> tuple[Query, tuple[Diagnostic, ...]]:
    """``tree`` without what is too broad to be sought beside the rest, and in one sentence what that was.

    ``typed`` is the query as typed, in which the diagnostic says where it is.
    """
    beyond = tuple(_beyond(reader, tree))
    if not beyond:
        return tree, ()
    left = _without(tree, frozenset(beyond))
    which = f"“{beyond[0]}” was" if len(beyond) == 1 else f"“{beyond[0]}” and {len(beyond) - 1:,} more were"
    message = (
        f"{which} left out: the words with *, ? or ~ in a query may stand for {MOST_FORMS:,} words of the index "
        f"together, and {MOST_COMPARED} of them may be other than begin*."
    )
    return tree if left is None else left, (Diagnostic(message=message, start=0, end=len(typed)),)


def _beyond(reader: IndexReader, tree: Query) -> Iterator[Broad]:
    """The words, each once, that are beyond a limit, in the order in which they were typed."""
    forms = compared = 0
    broad = dict.fromkeys(node for node in walk(tree) if isinstance(node, (Prefix, Wildcard, Fuzzy)))
    for node in broad:
        compared += not isinstance(node, Prefix)
        if compared <= MOST_COMPARED and forms <= MOST_FORMS:
            forms += len(reader.expand(node).forms)
        if compared > MOST_COMPARED or forms > MOST_FORMS:
            yield node


def _without(query: Query, dropped: frozenset[Broad]) -> Query | None:
    """``query`` without the leaves ``dropped``; None where nothing is left."""
    if isinstance(query, Not):
        child = _without(query.child, dropped)
        return None if child is None else Not(child)
    if isinstance(query, (And, Or, Best)):
        kept = tuple(each for child in query.children if (each := _without(child, dropped)) is not None)
        if len(kept) < 2:
            return kept[0] if kept else None
        return replace(query, children=kept)
    return None if query in dropped else query
