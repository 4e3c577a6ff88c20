"""Facet counts, exactly as :mod:`pilcrow.engine.contract` defines them, over sets of paragraphs.

Each count is the size of an intersection; nothing is sampled and nothing is approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pilcrow.engine import bitsets
from pilcrow.engine.contract import FacetCount, FacetRequest, Filter
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.query import Query, Value


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter, with the set of paragraphs that each of its nodes matches."""

    filter: Filter
    include: tuple[int, ...]
    exclude: tuple[int, ...]

    @classmethod
    def of(cls, chosen: Filter, matches: Callable[[Query], int]) -> Chosen:
        """``chosen``, evaluated by ``matches``."""
        return cls(chosen, tuple(map(matches, chosen.include)), tuple(map(matches, chosen.exclude)))

    def selected(self, base: int) -> int:
        """``base`` narrowed by what is included."""
        if not self.include:
            return base
        if self.filter.all_of:
            for each in self.include:
                base &= each
            return base
        return base & bitsets.union(self.include)

    def narrowed(self, base: int) -> int:
        """``base`` narrowed by the whole filter."""
        return self.selected(base) & ~bitsets.union(self.exclude)


def narrowed(base: int, filters: Iterable[Chosen]) -> int:
    """``base`` under all of ``filters``."""
    for chosen in filters:
        base = chosen.narrowed(base)
    return base


@dataclass(frozen=True, slots=True)
class FacetCounter:
    """Counts facets for one answer: ``base`` is what the query matches, ``size_of`` what one unit is."""

    base: int
    filters: Sequence[Chosen]
    size_of: Callable[[int], int]

    def count(self, request: FacetRequest, values: Mapping[str, int]) -> tuple[FacetCount, ...]:
        """The counts of one facet, in falling order; ``values`` are the paragraphs of each key, unqualified."""
        own = [chosen for chosen in self.filters if chosen.filter.field == request.field]
        base = narrowed(self.base, [chosen for chosen in self.filters if chosen not in own])
        for chosen in own:
            if chosen.filter.all_of:
                base = chosen.selected(base)
        exclusions = [
            (node, bits) for chosen in own for node, bits in zip(chosen.filter.exclude, chosen.exclude, strict=True)
        ]
        allowed = base & ~bitsets.union(bits for _, bits in exclusions)
        counts = {key: self.size_of(bits & allowed) for key, bits in values.items() if bits & allowed}
        for node in [node for chosen in own for node in chosen.filter.include]:
            key = _listed(node, request)
            if key is not None:
                counts.setdefault(key, 0)
        for excluded, _ in exclusions:
            key = _listed(excluded, request)
            if key is not None:
                rest = bitsets.union(bits for node, bits in exclusions if node != excluded)
                counts[key] = self.size_of(base & ~rest & values.get(key, 0))
        return tuple(FacetCount(key, count) for key, count in sorted(counts.items(), key=lambda it: (-it[1], it[0])))


def _listed(node: Query, request: FacetRequest) -> str | None:
    """The unqualified key under which a chosen value stands in the counts of ``request``, None where it does not."""
    if not isinstance(node, Value) or node.field != request.field:
        return None
    key = node.key.removesuffix(request.qualifier)
    return key if not is_qualified(BY_KEY[node.field], key) and key + request.qualifier == node.key else None
