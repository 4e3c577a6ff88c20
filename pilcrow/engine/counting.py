"""Facet counts, exactly as :mod:`pilcrow.engine.contract` defines them, over sets of paragraphs of whatever kind.

What a facet's base is, and what an excluded value would add, is said once, in three operations on sets; an engine gives
those (on bits, or on lookups that it has still to make) and counts. Nothing is sampled and nothing is approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pilcrow.engine.contract import Counts, FacetCounts, FacetRequest, FacetSize, Filter
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.model import UNKNOWN
from pilcrow.engine.query import Query, Value

S = TypeVar("S")


class Algebra(Protocol[S]):
    """The three operations on sets of paragraphs."""

    def both(self, sets: Sequence[S]) -> S:
        """What is in all of ``sets``, of which there is at least one."""
        ...

    def either(self, sets: Sequence[S]) -> S:
        """What is in any of ``sets``."""
        ...

    def without(self, one: S, other: S) -> S:
        """What is in ``one`` and not in ``other``."""
        ...


@dataclass(frozen=True, slots=True)
class Chosen(Generic[S]):
    """A filter, with the set of paragraphs that each of its nodes matches."""

    filter: Filter
    include: tuple[S, ...]
    exclude: tuple[S, ...]

    @classmethod
    def of(cls, chosen: Filter, matches: Callable[[Query], S]) -> Chosen[S]:
        """``chosen``, evaluated by ``matches``."""
        return cls(chosen, tuple(map(matches, chosen.include)), tuple(map(matches, chosen.exclude)))

    def selected(self, base: S, sets: Algebra[S]) -> S:
        """``base`` narrowed by what is included."""
        if not self.include:
            return base
        if self.filter.all_of:
            return sets.both([base, *self.include])
        return sets.both([base, sets.either(self.include)])

    def narrowed(self, base: S, sets: Algebra[S]) -> S:
        """``base`` narrowed by the whole filter."""
        base = self.selected(base, sets)
        return sets.without(base, sets.either(self.exclude)) if self.exclude else base


def narrowed(base: S, filters: Iterable[Chosen[S]], sets: Algebra[S]) -> S:
    """``base`` under all of ``filters``."""
    for chosen in filters:
        base = chosen.narrowed(base, sets)
    return base


@dataclass(frozen=True, slots=True)
class FacetCase(Generic[S]):
    """What is to be counted for one facet.

    ``own`` says whether there is a filter of its own; where there is none, ``allowed`` is all that is found. Each value
    is counted over ``allowed``; each excluded one, by its unqualified key, over what is in ``lifted``; ``selected`` are
    listed even at zero.
    """

    request: FacetRequest
    own: bool
    allowed: S
    selected: tuple[str, ...]
    lifted: tuple[tuple[str, S], ...]

    @classmethod
    def of(cls, request: FacetRequest, base: S, filters: Sequence[Chosen[S]], sets: Algebra[S]) -> FacetCase[S]:
        """The case of ``request``, where the query matches ``base``."""
        own = [chosen for chosen in filters if chosen.filter.field == request.field]
        base = narrowed(base, [chosen for chosen in filters if chosen not in own], sets)
        for chosen in own:
            if chosen.filter.all_of:
                base = chosen.selected(base, sets)
        exclusions = [
            (node, found) for chosen in own for node, found in zip(chosen.filter.exclude, chosen.exclude, strict=True)
        ]

        def excluding(but: Query | None) -> S:
            rest = [found for node, found in exclusions if node != but]
            return sets.without(base, sets.either(rest)) if rest else base

        return cls(
            request=request,
            own=bool(own),
            allowed=excluding(None),
            selected=tuple(
                key for chosen in own for node in chosen.filter.include if (key := _listed(node, request)) is not None
            ),
            lifted=tuple(
                (key, excluding(node)) for node, _ in exclusions if (key := _listed(node, request)) is not None
            ),
        )

    def told(
        self, found: FacetCounts, lifted: FacetCounts, parents: Mapping[str, str], ways: FacetCounts | None = None
    ) -> Told:
        """The answer, given how many of ``allowed`` each unqualified key has, and of each of ``lifted`` its own.

        ``parents`` says which key each is below; a value that is told brings what it is below along.
        """
        every = {**dict.fromkeys(self.selected, 0), **found, **lifted} if self.selected or lifted else found
        size = FacetSize(values=len(every), leaves=leaves(self.request.field, every, parents))
        most = self.request.most
        return Told(every if most is None or len(every) <= most else self._first(every, most, parents), size, ways)

    def _first(self, every: FacetCounts, most: int, parents: Mapping[str, str]) -> FacetCounts:
        """The ``most`` frequent values, equals by key, what is to be told besides, and what all those are below."""
        least = sorted(every.values(), reverse=True)[most - 1]
        kept = {key: count for key, count in every.items() if count >= least}
        equals = sorted([key for key, count in kept.items() if count == least])
        for key in equals[len(equals) - (len(kept) - most) :]:
            del kept[key]
        levels = self.request.levels
        high = [key for key in every if _within(key, levels, parents)] if levels else []
        missing = {UNKNOWN, *high, *self.selected, *(key for key, _ in self.lifted), *_above(kept, parents)}
        while missing := {key for key in missing if key in every and key not in kept}:
            kept |= {key: every[key] for key in missing}
            missing = _above(missing, parents)
        return kept


@dataclass(frozen=True, slots=True)
class Told:
    """The counts that are told of a facet, how many values it has in all, and its ``ways`` where it has qualified ones.

    See :class:`pilcrow.engine.contract.Counts`.
    """

    counts: FacetCounts
    size: FacetSize
    ways: FacetCounts | None


def counts_of(told: Mapping[str, Told], *, total: int, documents: int) -> Counts:
    """What was ``told`` of each facet, and the totals, as an answer has them."""
    return Counts(
        total=total,
        documents=documents,
        facets={field: each.counts for field, each in told.items()},
        facet_sizes={field: each.size for field, each in told.items()},
        ways={field: each.ways for field, each in told.items() if each.ways is not None},
    )


def leaves(field: str, keys: FacetCounts, parents: Mapping[str, str]) -> int:
    """How many of the ``keys`` of a facet are above none of the others, "unknown" aside."""
    above = set(map(parents.get, keys)) if BY_KEY[field].hierarchy else set()
    return len(keys) - len(keys.keys() & (above | {UNKNOWN}))


def _above(keys: Iterable[str], parents: Mapping[str, str]) -> set[str]:
    """What is right above any of ``keys``."""
    return {parents.get(key, "") for key in keys}


def _within(key: str, levels: int, parents: Mapping[str, str]) -> bool:
    """Whether ``key`` is of the first ``levels`` levels of its hierarchy."""
    while levels and key:
        key, levels = parents.get(key, ""), levels - 1
    return not key


def _listed(node: Query, request: FacetRequest) -> str | None:
    """The unqualified key under which a chosen value stands in the counts of ``request``, None where it does not."""
    if not isinstance(node, Value) or node.field != request.field:
        return None
    key = node.key.removesuffix(request.qualifier)
    return key if not is_qualified(BY_KEY[node.field], key) and key + request.qualifier == node.key else None
