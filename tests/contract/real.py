"""Real paragraphs, trees over their own words, and what each tree finds: for proving that all engines agree on them.

What a leaf finds is the naive matcher's word (:mod:`tests.contract.naive`), worked out once for each leaf; trees,
filters and counts are put together from that in sets, by the words of the contract.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import islice
from pathlib import Path

from hypothesis import strategies as st

from indexer.parse import parse_file
from pilcrow.engine.contract import Answer, FacetRequest, Filter, SearchPlan
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.query import (
    And,
    AtLeast,
    Everything,
    Exact,
    Fuzzy,
    Lift,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
    children_of,
)
from pilcrow.engine.symbols import Symbol
from tests.contract import naive

PARAGRAPHS = 3_000
SEED = 20_131_106
POOL = 24
"""Leaves of each kind."""

REQUESTS = tuple(FacetRequest(field=each.key) for each in FACETS)


def corpus(own: Path, shared: Path | None) -> tuple[ParsedDocument, ...]:
    """The project's documents, and of those beside it as many as give ``PARAGRAPHS``, in natural order."""
    found: dict[str, ParsedDocument] = {}
    files = sorted(own.glob("*.txt"))
    if shared is not None:
        files += [
            *sorted((shared / "corpora" / "docx").glob("*.docx")),
            *sorted((shared / "corpora" / "pdf").glob("*")),
        ]
    for path in files:
        if sum(len(parsed.paragraphs) for parsed in found.values()) >= PARAGRAPHS:
            break
        parsed = parse_file(path)
        found.setdefault(parsed.document.id, parsed)
    return tuple(sorted(found.values(), key=lambda parsed: Symbol(parsed.document.id).order))


class Real:
    """A corpus with a pool of leaves and what each of them finds."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self.documents = documents
        self.items = naive.items(documents)
        self.everything = frozenset(range(len(self.items)))
        self._found: dict[Query, frozenset[int]] = {}

    @cached_property
    def leaves(self) -> tuple[Query, ...]:
        """Leaves of every kind, made of what stands in the paragraphs, so that most of them find something."""
        chance = random.Random(SEED)
        makers: tuple[Callable[[random.Random], Query], ...] = (
            lambda chance: Term(self._words(chance, 1)[0], chance.choice(("", "", "text", "section", "note", "title"))),
            lambda chance: Term(chance.choice(("state", "parti", "of", "traffick", "right", "zzz"))),
            lambda chance: Phrase(self._words(chance, chance.choice((2, 2, 3)))),
            lambda chance: Exact(self._words(chance, chance.choice((1, 2))), chance.choice(("", "text"))),
            lambda chance: Near(self._scattered(chance), chance.choice((0, 2, 5))),
            lambda chance: Prefix(self._words(chance, 1)[0][:4]),
            lambda chance: Wildcard(_with_wildcard(self._words(chance, 1)[0])),
            lambda chance: self._value(chance),
            lambda chance: self._value(chance),
        )
        pool: list[Query] = [
            Everything(),
            Range("date", "2013", "2025-03"),
            Range("date", "", "2012"),
            Value("state", "-"),
        ]
        pool += [make(chance) for make in makers for _ in range(POOL)]
        pool += [Fuzzy(_misspelt(self._words(chance, 1)[0]), distance) for distance in (1, 1, 2) for _ in range(3)]
        return tuple(dict.fromkeys(pool))

    def _words(self, chance: random.Random, count: int) -> tuple[str, ...]:
        """Words that stand side by side somewhere."""
        while True:
            words = chance.choice(self.items).words["text"][0]
            start = chance.randrange(max(1, len(words) - count))
            if len(words) >= count and len(words[start]) > 3:
                return tuple(words[start : start + count])

    def _scattered(self, chance: random.Random) -> tuple[str, ...]:
        """Two or three words of one stretch, in any order."""
        words = list(self._words(chance, 5))
        return tuple(chance.sample(words, chance.choice((2, 2, 3))))

    def _value(self, chance: random.Random) -> Value:
        item = chance.choice(self.items)
        field = chance.choice([key for key, keys in item.keys.items() if keys])
        return Value(field, chance.choice(sorted(item.keys[field])))

    # ----------------------------------------------------------------------------------------------- answers

    def found(self, query: Query) -> frozenset[int]:
        """The numbers of the paragraphs that ``query`` matches."""
        if not children_of(query) and query not in self._found:
            self._found[query] = frozenset(at for at, item in enumerate(self.items) if naive.matches(item, query))
        sets = [self.found(child) for child in children_of(query)]
        match query:
            case And():
                return reduce(frozenset.__and__, sets, self.everything)
            case Or():
                return frozenset().union(*sets)
            case AtLeast():
                times = Counter(at for found in sets for at in found)
                return frozenset(at for at, count in times.items() if count >= query.required)
            case Not():
                return self.everything - sets[0]
            case Lift():
                return sets[0]
            case _:
                return self._found[query]

    def narrowed(self, base: frozenset[int], filters: Sequence[Filter], *, but: str = "") -> frozenset[int]:
        """``base`` under ``filters``, without the selection of the facet ``but`` unless all of it is required."""
        for chosen in filters:
            included = [self.found(node) for node in chosen.include]
            if included and (chosen.all_of or chosen.field != but):
                together = frozenset.__and__ if chosen.all_of else frozenset.__or__
                base &= reduce(together, included)
            base -= frozenset().union(*map(self.found, chosen.exclude))
        return base

    def counts(self, plan: SearchPlan, field: str) -> dict[str, int]:
        """The counts of one facet, by the contract's words."""
        base = self.found(plan.query)
        counts = self._sizes(self.narrowed(base, plan.filters, but=field), field, plan.unit)
        own = [chosen for chosen in plan.filters if chosen.field == field]
        for node in (node for chosen in own for node in chosen.include if isinstance(node, Value)):
            if "@" not in node.key or field not in naive.QUALIFIED:
                counts.setdefault(node.key, 0)
        for node in (node for chosen in own for node in chosen.exclude if isinstance(node, Value)):
            if "@" not in node.key or field not in naive.QUALIFIED:
                counts[node.key] = self._lifted(plan, base, field, node)
        return counts

    def _lifted(self, plan: SearchPlan, base: frozenset[int], field: str, node: Value) -> int:
        """What an excluded value would add."""
        without = [
            Filter(
                field=chosen.field,
                include=chosen.include,
                exclude=tuple(each for each in chosen.exclude if chosen.field != field or each != node),
                all_of=chosen.all_of,
            )
            for chosen in plan.filters
        ]
        return self._sizes(self.narrowed(base, without, but=field), field, plan.unit).get(node.key, 0)

    def _sizes(self, found: frozenset[int], field: str, unit: str) -> dict[str, int]:
        units = {
            (key, at if unit == "paragraph" else self.items[at].document.id)
            for at in found
            for key in self._keys(at, field)
        }
        return dict(Counter(key for key, _ in units))

    def ways(self, plan: SearchPlan, field: str) -> dict[str, int]:
        """The counts of a facet's qualified keys of any value, by the contract's words."""
        units = {
            (key, at if plan.unit == "paragraph" else self.items[at].document.id)
            for at in self.narrowed(self.found(plan.query), plan.filters, but=field)
            for key in self.items[at].keys[field]
            if key.startswith("any@")
        }
        return dict(Counter(key for key, _ in units))

    def _keys(self, at: int, field: str) -> Iterator[str]:
        return (key for key in self.items[at].keys[field] if "@" not in key or field not in naive.QUALIFIED)

    def check(self, answer: Answer, plan: SearchPlan) -> None:
        """Total, documents, facet counts and the page of ``answer`` are right."""
        expected = self.narrowed(self.found(plan.query), plan.filters)
        assert answer.total == len(expected), plan
        assert answer.documents == len({self.items[at].document.id for at in expected}), plan
        for request in plan.facets:
            assert answer.facets[request.field] == self.counts(plan, request.field), (request.field, plan)
            if request.field in naive.QUALIFIED:
                assert answer.counted().ways[request.field] == self.ways(plan, request.field), (request.field, plan)
        ids = [hit.paragraph.id for hit in answer.hits]
        assert len(set(ids)) == len(ids) == min(plan.limit, len(expected)), plan
        assert set(ids) <= {self.items[at].paragraph.id for at in expected}, plan
        assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True), plan

    # -------------------------------------------------------------------------------------------------- plans

    def plans(self) -> st.SearchStrategy[SearchPlan]:
        """Random trees over the leaves under random filters, all facets counted."""
        return st.builds(
            SearchPlan,
            query=self._trees(),
            filters=st.lists(self._filters(), max_size=2, unique_by=lambda chosen: chosen.field).map(tuple),
            facets=st.just(REQUESTS),
            unit=st.sampled_from(("paragraph", "paragraph", "document")),
        )

    def _trees(self) -> st.SearchStrategy[Query]:
        def above(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
            several = st.lists(children, min_size=1, max_size=4).map(tuple)
            return st.one_of(
                st.builds(And, several),
                st.builds(Or, several),
                st.builds(Not, children),
                st.builds(Lift, children, several, st.just(0.3)),
                several.flatmap(lambda found: st.builds(AtLeast, st.just(found), st.integers(1, len(found)))),
            )

        return st.recursive(st.sampled_from(self.leaves), above, max_leaves=6)

    def _filters(self) -> st.SearchStrategy[Filter]:
        values = [
            leaf for leaf in self.leaves if isinstance(leaf, Value) and leaf.field in {each.key for each in FACETS}
        ]
        fields = sorted({value.field for value in values})

        def of(field: str) -> st.SearchStrategy[Filter]:
            some = st.lists(st.sampled_from([each for each in values if each.field == field]), max_size=2, unique=True)
            return st.builds(
                Filter, field=st.just(field), include=some.map(tuple), exclude=some.map(tuple), all_of=st.booleans()
            )

        return st.sampled_from(fields).flatmap(of)


def overlap(one: Sequence[str], other: Sequence[str], *, persistence: float = 0.9, depth: int = 10) -> float:
    """The rank-biased overlap of two rankings to a depth, 1.0 for the same; W. Webber and others, 2010."""
    depth = min(depth, max(len(one), len(other)))
    if not depth:
        return 1.0
    weights = [persistence**at for at in range(depth)]
    shared = [len(set(islice(one, at)) & set(islice(other, at))) / at for at in range(1, depth + 1)]
    return sum(weight * part for weight, part in zip(weights, shared, strict=True)) / sum(weights)


def _with_wildcard(word: str) -> str:
    return f"{word[:2]}*{word[-1]}"


def _misspelt(word: str) -> str:
    return word[0] + word[2] + word[1] + word[3:]
