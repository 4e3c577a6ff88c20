"""How plain words become a query that an engine can rank: the one place for the rules of relevance.

Plain words mean Best: the paragraphs that have at least m of the n words, m being the largest number that at least
``ENOUGH`` paragraphs of the whole index reach (1 if none does). What is chosen in the facets has no say in it, so that
choosing a facet never changes what the words mean. Excluded words (under NOT) and ``all_words`` require all.

What plain words find is ranked by BM25, and lifted by the words that are related to them (:mod:`related`): at
``RELATED_WEIGHT`` of a typed word's score, which changes the order and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pilcrow.engine import analysis
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import And, AtLeast, Best, Lift, Not, Or, Phrase, Query, Term, transform
from pilcrow.search.related import related

ENOUGH = 20
"""Paragraphs that must have m of the words before m of them are required."""

RELATED_WEIGHT = 0.3
"""What a related word scores, for each 1 that it would score if it had been typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A tree without ``Best``, and how many plain words it had and requires.

    0 and 0 where no words stood together, and where no one number is true of every hit: of several groups of words, or
    of one that is an alternative to something else.
    """

    tree: Query
    words: int = 0
    required: int = 0


def resolve(reader: IndexReader, tree: Query, *, all_words: bool = False) -> Ranked:
    """``tree`` with each ``Best`` made ``AtLeast``, by what the whole index has."""
    counted: dict[Best, tuple[int, int]] = {}

    def change(query: Query) -> Query:
        if not isinstance(query, Best):
            return query
        children = distinct(query)
        if len(children) == 1:
            return children[0]
        required = len(children) if all_words else reader.reached(children, ENOUGH)
        counted[query] = (len(children), required)
        return AtLeast(children, required)

    resolved = transform(strictly_excluding(tree), change)
    groups = [counted[group] for group in _groups(tree) if group in counted]
    words, required = groups[0] if len(groups) == len(counted) == 1 else (0, 0)
    return Ranked(tree=rewritten(resolved), words=words, required=required)


def _groups(tree: Query) -> Iterator[Best]:
    """The groups of plain words that every hit has to answer to."""
    if isinstance(tree, Best):
        yield tree
    elif isinstance(tree, And):
        for child in tree.children:
            yield from _groups(child)


def rewritten(tree: Query) -> Query:
    """The resolved tree as it is ranked: its plain words, unless excluded, lifted by what is related to them."""
    if isinstance(tree, (And, Or)):
        return replace(tree, children=tuple(rewritten(child) for child in tree.children))
    if isinstance(tree, AtLeast):
        return _lifted(tree, [word for child in tree.children for word in _plain(child)])
    return _lifted(tree, _plain(tree)) if isinstance(tree, Term) else tree


def _lifted(tree: Query, words: Sequence[str]) -> Query:
    by = related(words)
    return Lift(tree, by, RELATED_WEIGHT) if by else tree


def _plain(child: Query) -> tuple[str, ...]:
    """The typed words of a node that looks at the default fields; none of one that was given a field or a wildcard."""
    if isinstance(child, Term):
        return () if child.field else (child.word,)
    return child.words if isinstance(child, Phrase) and not child.field else ()


def with_all(tree: Query) -> Query:
    """``tree`` as if every plain word were required."""
    return transform(tree, lambda query: _together(And, query))


def with_any(tree: Query) -> Query:
    """``tree`` as if any one of its plain words were enough (but for excluded words)."""
    return transform(strictly_excluding(tree), lambda query: _together(Or, query))


def strictly_excluding(tree: Query) -> Query:
    """``tree`` with plain words under NOT excluded only where all of them stand."""

    def change(query: Query) -> Query:
        return Not(with_all(query.child)) if isinstance(query, Not) else query

    return transform(tree, change)


def distinct(best: Best) -> tuple[Query, ...]:
    """The words of a group, each once in any form: "victim victims" is one word."""
    kept: dict[object, Query] = {}
    for child in best.children:
        kept.setdefault(_stemmed(child), child)
    return tuple(kept.values())


def _stemmed(child: Query) -> Query:
    if isinstance(child, Term):
        return replace(child, word=analysis.term(child.word))
    if isinstance(child, Phrase):
        return replace(child, words=tuple(analysis.term(word) for word in child.words))
    return child


def _together(kind: type[And] | type[Or], query: Query) -> Query:
    if not isinstance(query, Best):
        return query
    children = distinct(query)
    return children[0] if len(children) == 1 else kind(children)
