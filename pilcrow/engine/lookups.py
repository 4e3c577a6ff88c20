"""What an engine with postings and counts of its own is asked: a small tree that it translates node by node.

The query tree (:mod:`pilcrow.engine.query`) says what a person means; :mod:`pilcrow.engine.lowering` says that in the
few nodes here, over :mod:`pilcrow.engine.columns` and the strings that stand in them, so that an adapter need know
neither stems nor expansions nor hierarchies.

``boost`` is what the engine's own BM25 is to be multiplied by; a node that has none scores nothing where the engine
must give some score. An engine's score chooses candidates only: what is shown is scored by
:mod:`pilcrow.engine.evaluate`, the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Every:
    """Every paragraph."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No paragraph."""


@dataclass(frozen=True, slots=True)
class Word:
    """The paragraphs that have ``word`` in ``column``, scored by BM25 times ``boost``."""

    column: str
    word: str
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """The paragraphs that have any of ``words`` in ``column``; scores nothing."""

    column: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """``words`` side by side in ``column``, in this order; scored by BM25, the run as one word, times ``boost``.

    With ``slop``, which comes with two words only, up to so many others may stand between them.
    """

    column: str
    words: tuple[str, ...]
    slop: int = 0
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Between:
    """The paragraphs whose number in ``column`` is from ``low`` to ``high``, both inclusive; None is open."""

    column: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The paragraphs with these numbers, which rise."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """What all of the children match; their scores are added up."""

    children: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What at least ``least`` of the children match; the scores of those that do are added up."""

    children: tuple[Lookup, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Without:
    """What ``child`` matches and ``excluded`` does not; scored as ``child``."""

    child: Lookup
    excluded: Lookup


@dataclass(frozen=True, slots=True)
class Preferred:
    """What ``child`` matches; the scores of those of ``by`` that match too are added to its own."""

    child: Lookup
    by: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """What ``child`` matches, each paragraph with the same ``score``."""

    child: Lookup
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Boosted:
    """What ``child`` matches, its score times ``boost``."""

    child: Lookup
    boost: float


Lookup = (
    Every | Nothing | Word | Words | Run | Between | Listed | AllOf | AnyOf | Without | Preferred | Constant | Boosted
)
Made = TypeVar("Made")


def children_of(lookup: Lookup) -> tuple[Lookup, ...]:
    """The nodes directly below ``lookup``."""
    if isinstance(lookup, (AllOf, AnyOf)):
        return lookup.children
    if isinstance(lookup, Without):
        return lookup.child, lookup.excluded
    if isinstance(lookup, Preferred):
        return lookup.child, *lookup.by
    return (lookup.child,) if isinstance(lookup, (Constant, Boosted)) else ()


def translated(lookup: Lookup, make: Callable[[Lookup, Sequence[Made]], Made]) -> Made:
    """``lookup`` as an engine has it: ``make`` is given each node with what was made of its children.

    Without recursion, because a tree may be deeper than Python's stack.
    """
    waiting, nodes = [lookup], []
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        waiting.extend(children_of(node))
    made: dict[int, Made] = {}
    for node in reversed(nodes):
        made[id(node)] = make(node, [made[id(child)] for child in children_of(node)])
    return made[id(lookup)]


def with_children(node: Lookup, children: Sequence[Lookup]) -> Lookup:
    """``node`` with other children, as many as it has."""
    match node:
        case AllOf():
            return AllOf(tuple(children))
        case AnyOf():
            return AnyOf(tuple(children), node.least)
        case Without():
            return Without(*children)
        case Preferred():
            return Preferred(children[0], tuple(children[1:]))
        case Constant():
            return Constant(children[0], node.score)
        case Boosted():
            return Boosted(children[0], node.boost)
        case _:
            return node


def unscored(lookup: Lookup) -> Lookup:
    """What finds the same paragraphs, without all that only scores: as an engine is asked to count."""

    def made(node: Lookup, children: Sequence[Lookup]) -> Lookup:
        match node:
            case Preferred() | Constant() | Boosted():
                return children[0]
            case AllOf():
                return all_of(children)
            case AnyOf():
                return any_of(children, node.least)
            case Without():
                return without(*children)
            case _:
                return node

    return translated(lookup, made)


def all_of(children: Sequence[Lookup]) -> Lookup:
    """``AllOf``, as plain as it can be said."""
    kept = [child for child in children if not isinstance(child, Every)]
    if any(isinstance(child, Nothing) for child in kept):
        return Nothing()
    if len(kept) < 2:
        return kept[0] if kept else Every()
    return AllOf(tuple(_flat(kept, AllOf)))


def any_of(children: Sequence[Lookup], least: int = 1) -> Lookup:
    """``AnyOf``, as plain as it can be said."""
    kept = [child for child in children if not isinstance(child, Nothing)]
    if least > len(kept):
        return Nothing()
    if len(kept) == 1:
        return kept[0]
    return AnyOf(tuple(_flat(kept, AnyOf) if least == 1 else kept), least)


def without(child: Lookup, excluded: Lookup) -> Lookup:
    """``Without``, as plain as it can be said."""
    if isinstance(excluded, Nothing) or isinstance(child, Nothing):
        return child
    if isinstance(excluded, Every):
        return Nothing()
    if isinstance(child, Every) and isinstance(excluded, Without) and isinstance(excluded.child, Every):
        return constant(excluded.excluded)  # twice not
    return Without(child, excluded)


def constant(child: Lookup, score: float = 0.0) -> Lookup:
    """``Constant``, as plain as it can be said."""
    return child if isinstance(child, Nothing) else Constant(child, score)


def listed(numbers: Sequence[int]) -> Lookup:
    """``Listed``, as plain as it can be said."""
    return Listed(tuple(numbers)) if numbers else Nothing()


def _flat(children: Sequence[Lookup], kind: type[AllOf] | type[AnyOf]) -> list[Lookup]:
    """``children``, those of the same kind by what they are made of: a deep tree of one kind is made a wide one."""
    found: list[Lookup] = []
    for child in children:
        nested = isinstance(child, kind) and getattr(child, "least", 1) == 1
        found.extend(children_of(child) if nested else (child,))
    return found
