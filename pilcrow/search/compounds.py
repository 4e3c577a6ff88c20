"""Compounds written otherwise: "interministerial" for "inter-ministerial", "co-operation" for "cooperation".

A hyphen cuts a word in two tokens, so that the two spellings cannot meet as tokens. Where no paragraph has a word as it
was typed, the other spelling is sought in its place if some paragraph has that, and this is said. A word that is found
as it stands is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import Phrase, Query, Term, transform, walk
from pilcrow.search.request import Diagnostic

SHORTEST_PART = 2
"""Letters of the shorter part of a compound ("co-operation")."""

SHORTEST_WORD = 6
"""Letters of the shortest word that is cut."""

MOST_PARTS = 3
"""Parts of a compound that may be one word elsewhere."""

LONGEST_WORD = 40
"""Letters of the longest: each letter more is one more look-up."""

MOST_WORDS = 50
"""Words of a query that are looked up; a longer query is answered as it stands."""


def resolve(reader: IndexReader, tree: Query, typed: str) -> tuple[Query, tuple[Diagnostic, ...]]:
    """``tree`` with each compound that the index only has in another spelling in that spelling, and what was changed.

    ``typed`` is the query as typed, in which the diagnostics say where they are.
    """
    asked = [node for node in dict.fromkeys(walk(tree)) if isinstance(node, (Term, Phrase)) and _others(node)]
    if not asked or len(asked) > MOST_WORDS:
        return tree, ()
    found = reader.count(asked)
    missing = [node for node, count in zip(asked, found, strict=True) if not count]
    changes = {node: other for node in missing if (other := _commonest(reader, _others(node)))}
    return transform(tree, lambda node: _changed(changes, node)), tuple(
        _said(node, other, typed) for node, other in changes.items()
    )


def _others(node: Term | Phrase) -> Sequence[Term | Phrase]:
    """The other spellings of a word: cut anywhere, or, where it is cut, joined."""
    if isinstance(node, Phrase):
        return [Term("".join(node.words), node.field)] if len(node.words) <= MOST_PARTS else []
    word = node.word
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not word.isalpha():
        return []
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return [Phrase((word[:cut], word[cut:]), node.field) for cut in cuts]


def _commonest(reader: IndexReader, others: Sequence[Term | Phrase]) -> Term | Phrase | None:
    """The spelling that most paragraphs have; None where none has any."""
    count, _, best = max((count, -at, at) for at, count in enumerate(reader.count(others)))
    return others[best] if count else None


def _changed(changes: Mapping[Term | Phrase, Term | Phrase], node: Query) -> Query:
    return changes.get(node, node) if isinstance(node, (Term, Phrase)) else node


def _said(node: Term | Phrase, other: Term | Phrase, typed: str) -> Diagnostic:
    was, now = _spelled(node), _spelled(other)
    at = typed.casefold().find(was)
    start, end = (at, at + len(was)) if at >= 0 else (0, len(typed))
    return Diagnostic(message=f"No paragraph has “{was}”; “{now}” was sought in its place.", start=start, end=end)


def _spelled(node: Term | Phrase) -> str:
    return node.word if isinstance(node, Term) else "-".join(node.words)
