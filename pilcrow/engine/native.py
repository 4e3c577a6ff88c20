"""A reader over an engine that matches and counts by itself: everything of the contract but the translation.

Matches, totals and facets are the engine's own, asked for as :mod:`pilcrow.engine.lookups`. Its scores are not, because
each engine rounds in its own way: they choose candidates, a block at a time, and each block is ordered by
:mod:`pilcrow.engine.evaluate` over the forms of its paragraphs. Blocks never overlap, so that pages neither repeat nor
lose a hit, and the first ones hold whatever rounding could have moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Protocol, TypeVar

from pilcrow.engine import columns, crossing, watch
from pilcrow.engine.checks import check_count, check_cross, check_plan, check_queries
from pilcrow.engine.columns import DOCUMENT_NUMBER
from pilcrow.engine.contract import (
    EVERYTHING,
    Answer,
    Counts,
    CrossAnswer,
    CrossPlan,
    Filter,
    Hit,
    Limits,
    Manifest,
    SearchPlan,
    Unit,
)
from pilcrow.engine.counting import Chosen, FacetCase, Told, counts_of, narrowed
from pilcrow.engine.evaluate import Evaluator, Expanding
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.form_codes import FormCodes
from pilcrow.engine.lookups import (
    Lookup,
    Nothing,
    Word,
    all_of,
    any_of,
    constant,
    listed,
    unscored,
    without,
)
from pilcrow.engine.lowering import Lowering
from pilcrow.engine.model import Paragraph, paragraph_from_json
from pilcrow.engine.query import Exact, Near, Phrase, Query, Term, children_first
from pilcrow.engine.sample import Candidate, Sample
from pilcrow.engine.statistics import Statistics
from pilcrow.engine.tables import Tables, starts_of, unpacked
from pilcrow.engine.tables_reader import TablesReader
from pilcrow.engine.tallies import Spread, Tallies, Tally

T = TypeVar("T")

BLOCK = 30
"""Hits that are ordered together by their exact scores."""

_CHECKED_AT_ONCE = 500
_THREADS = 8
"""How many searches may be counted at a time; the threads are started when needed."""

_KEPT_SPREADS = 16
_KEPT_COUNTS = 4096
_KEPT_COMBINED = 4


class Backend(Protocol):
    """What an engine gives; safe to use from several threads. Paragraphs are numbered from 0."""

    @property
    def counts_absent(self) -> bool:
        """Whether its BM25 counts paragraphs that lack a field."""
        ...

    def count(self, lookups: Sequence[Lookup]) -> list[int]:
        """How many paragraphs each of ``lookups`` finds."""
        ...

    def spread(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> list[Spread]:
        """For each of ``key_columns``, exactly, the keys of what ``lookup`` finds, with how many have them.

        The keys of ``DOCUMENT_NUMBER`` and of a column of sets are numbers.
        """
        ...

    def combined(self, lookup: Lookup, key_columns: Sequence[str]) -> crossing.Combined:
        """How many paragraphs that ``lookup`` finds have each combination of one key of each of ``key_columns``."""
        ...

    def first(self, lookup: Lookup, count: int, by: str) -> list[int]:
        """The numbers of the first ``count`` paragraphs by rising ``by``, a column; "" is by falling score."""
        ...

    def numbers(self, lookup: Lookup) -> list[int]:
        """The numbers of all that ``lookup`` finds, rising."""
        ...

    def forms(self, numbers: Sequence[int]) -> list[bytes]:
        """The forms of the paragraphs with these numbers, as :func:`pilcrow.engine.sample.encode` wrote them."""
        ...

    def stored(self, numbers: Sequence[int]) -> list[bytes]:
        """The paragraphs with these numbers, as JSON."""
        ...

    def number(self, identifier: str) -> int | None:
        """The number of the paragraph with this id, or None."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


@dataclass(frozen=True, slots=True)
class _Lookups:
    """Sets of paragraphs as lookups that are still to be made."""

    def both(self, sets: Sequence[Lookup]) -> Lookup:
        """What is in all of ``sets``; the first one scores."""
        return all_of([sets[0], *map(constant, sets[1:])])

    def either(self, sets: Sequence[Lookup]) -> Lookup:
        """What is in any of ``sets``."""
        return any_of(sets)

    def without(self, one: Lookup, other: Lookup) -> Lookup:
        """What is in ``one`` and not in ``other``."""
        return without(one, other)


LOOKUPS = _Lookups()


class NativeReader(TablesReader):
    """A pinned generation that its engine answers for; see :class:`pilcrow.engine.contract.IndexReader`."""

    def __init__(self, tables: Tables, backend: Backend, manifest: Manifest, limits: Limits) -> None:
        super().__init__(tables, manifest, limits)
        self._backend = backend
        self._statistics = Statistics(tables, self._expander.vocabulary)
        self._codes = FormCodes(tables.forms, unpacked(tables.form_codes))
        self._starts = starts_of(tables.sizes)
        self._checked = _remembering(self._check, 256)
        self._lowering = Lowering(
            self._statistics, self._expander, counts_absent=backend.counts_absent, check=self._checked
        )
        self._lower = _remembering(self._lowering.lower, 1024)
        self._matching = _remembering(lambda query: unscored(self._lower(query)), 1024)
        self._tallies = Tallies(tables, _remembering(backend.spread, _KEPT_SPREADS))
        self._combined = _remembering(backend.combined, _KEPT_COMBINED)
        # Engines count outside of Python, while the hits are put in order here.
        self._aside = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="counting")
        self._counts = _remembering(lambda *lookups: backend.count(lookups), _KEPT_COUNTS)

    # ------------------------------------------------------------------------------------------------- search

    def search(self, plan: SearchPlan) -> Answer:
        """Answer ``plan``; raises ``QueryLimitError`` or ``RequestError`` where it cannot be answered."""
        self._check_open()
        check_plan(plan, self._limits)
        base = self._matching(plan.query)
        filters = [Chosen.of(chosen, self._matching) for chosen in plan.filters]
        cases = [FacetCase.of(request, base, filters, LOOKUPS) for request in plan.facets]
        found = narrowed(base, filters, LOOKUPS)
        expansions = self._cut(plan.query)
        if not plan.limit:
            counts = self._counted(cases, self._tallied(found, cases, plan.unit), plan.unit)
            return Answer(hits=(), counted=lambda: counts, expansions=expansions)
        # What is told is read when it is asked for, lest two threads have Python's attention in turns.
        telling = self._aside.submit(copy_context().run, self._tallied, found, cases, plan.unit)
        hits = self._hits(plan, narrowed(self._lower(plan.query), filters, LOOKUPS))
        counted = cache(lambda: self._counted(cases, telling.result(), plan.unit))
        return Answer(hits=hits, counted=counted, expansions=expansions)

    def cross(self, plan: CrossPlan) -> CrossAnswer:
        """The table that ``plan`` asks for; raises ``QueryLimitError`` or ``RequestError`` where there is none."""
        self._check_open()
        check_cross(plan, self._limits)
        filters = [Chosen.of(chosen, self._lower) for chosen in plan.filters]
        found = narrowed(self._lower(plan.query), filters, LOOKUPS)
        if isinstance(found, Nothing):
            return CrossAnswer(total=0, rows={}, columns={}, cells={})
        sides = crossing.key_columns(plan)
        tally = self._tallies.of(found, (DOCUMENT_NUMBER, *sides), plan.unit)
        totals, by_document = self._tallies.read(tally), self._tallies.named(tally.by_number)
        pairs = crossing.Pairs(
            sides=sides,
            by_document=by_document,
            keys_of=crossing.DocumentKeys(self._tables, self._places),
            combined=lambda key_columns: self._combined(found, key_columns),
        )
        return crossing.of_counts(plan, by_document, totals=totals, cells=pairs.counted(plan.unit))

    def count(
        self,
        queries: Sequence[Query],
        *,
        within: Query = EVERYTHING,
        filters: Sequence[Filter] = (),
        unit: Unit = "paragraph",
    ) -> tuple[int, ...]:
        """How many paragraphs (or documents) within ``within`` match each of ``queries`` under ``filters``."""
        self._check_open()
        check_count(queries, within, filters, self._limits)
        if unit == "paragraph" and not filters and within == EVERYTHING:
            return self._counted_apart(queries)
        base = narrowed(self._matching(within), [Chosen.of(each, self._matching) for each in filters], LOOKUPS)
        return self._sizes([LOOKUPS.both([base, self._matching(query)]) for query in queries], unit)

    def reached(self, children: Sequence[Query], enough: int) -> int:
        """How many of ``children`` (at least one) ``enough`` paragraphs of the whole index match together."""
        self._check_open()
        check_queries(children, (), self._limits)
        lookups = [self._matching(child) for child in children]
        numbers = range(2, len(lookups) + 1)
        return 1 + bisect_right(
            numbers, -enough, key=lambda least: -self._sizes([any_of(lookups, least)], "paragraph")[0]
        )

    def _counted_apart(self, queries: Sequence[Query]) -> tuple[int, ...]:
        """How many paragraphs of the whole index match each of ``queries``: of words and keys it is written down."""
        known = list(map(self._statistics.count, queries))
        asked = [query for query, count in zip(queries, known, strict=True) if count is None]
        counts = iter(self._sizes(list(map(self._matching, asked)), "paragraph"))
        return tuple(next(counts) if count is None else count for count in known)

    def _sizes(self, lookups: Sequence[Lookup], unit: Unit) -> tuple[int, ...]:
        """How many paragraphs or documents each of ``lookups`` finds, asked for together."""
        some = [lookup for lookup in lookups if not isinstance(lookup, Nothing)]
        if unit == "document":
            counts = iter([len(self._tallies.by_number(lookup)) for lookup in some])
        else:
            counts = iter(self._counts(*some) if some else ())
        return tuple(0 if isinstance(lookup, Nothing) else next(counts) for lookup in lookups)

    # ------------------------------------------------------------------------------------------------- facets

    def _tallied(self, found: Lookup, cases: Sequence[FacetCase[Lookup]], unit: Unit) -> list[Tally]:
        """What the engine tells of all that is found, and of what each facet with its own filter is counted over."""
        shared = [column for case in cases if not case.own for column in _columns(case)]
        return [
            self._tallies.of(found, (DOCUMENT_NUMBER, *shared), unit),
            *(self._tallies.of(case.allowed, _columns(case), unit) for case in watch.checked(cases) if case.own),
        ]

    def _counted(self, cases: Sequence[FacetCase[Lookup]], tallies: Sequence[Tally], unit: Unit) -> Counts:
        """The totals and the counts of the facets, given what :meth:`_tallied` said."""
        together, *apart = tallies
        shared = self._tallies.read(together)
        own = map(self._tallies.read, apart)
        counted = {
            case.request.field: self._answered(case, next(own) if case.own else shared, unit)
            for case in watch.checked(cases)
        }
        return counts_of(counted, total=sum(together.by_number.values()), documents=len(together.by_number))

    def _answered(self, case: FacetCase[Lookup], spreads: Mapping[str, Spread], unit: Unit) -> Told:
        field, qualifier = case.request.field, case.request.qualifier
        spread, ways = spreads[_column(case)], spreads.get(columns.any_of(field))
        if qualifier:
            bare = {key.removesuffix(qualifier): count for key, count in spread.items() if key.endswith(qualifier)}
            spread = {key: count for key, count in bare.items() if not is_qualified(BY_KEY[field], key)}
        over = [LOOKUPS.both([lifted, Word(_column(case), key + qualifier)]) for key, lifted in case.lifted]
        lifted = zip([key for key, _ in case.lifted], self._sizes(over, unit), strict=True)
        return case.told(spread, dict(lifted), self._tables.parents[field], ways)

    # --------------------------------------------------------------------------------------------------- hits

    def _hits(self, plan: SearchPlan, found: Lookup) -> tuple[Hit, ...]:
        wanted = plan.offset + plan.limit
        if not plan.limit or isinstance(found, Nothing):
            return ()
        kinds = {type(node) for node in children_first(plan.query)}
        if plan.sort == "relevance" and not kinds.isdisjoint(_SCORED) and not isinstance(plan.query, Expanding):
            ranked = self._ranked(plan.query, found, plan.offset, wanted)
        else:
            page = self._backend.first(found, wanted, _ORDERS[plan.sort])[plan.offset :]
            scores = {} if kinds.isdisjoint(_SCORED) else dict(self._scored(plan.query, page))
            ranked = [(number, scores.get(number, 0.0)) for number in page]
        stored = self._backend.stored([number for number, _ in ranked])
        return tuple(
            Hit(paragraph, self._by_id[paragraph.document], score)
            for paragraph, (_, score) in zip(map(paragraph_from_json, stored), ranked, strict=True)
        )

    def _ranked(self, query: Query, found: Lookup, start: int, end: int) -> list[tuple[int, float]]:
        """The hits from ``start`` to ``end`` in order of their exact scores, block by block."""
        first = start - start % BLOCK
        numbers = self._backend.first(found, end + -end % BLOCK, "")
        ranked = [
            hit for at in range(first, len(numbers), BLOCK) for hit in self._scored(query, numbers[at : at + BLOCK])
        ]
        return ranked[start - first : end - first]

    def _scored(self, query: Query, numbers: Sequence[int]) -> list[tuple[int, float]]:
        """``numbers`` by falling exact score, equals by number."""
        rising = sorted(numbers)
        evaluator = Evaluator(self._sample(rising))
        ranked = evaluator.ranked(query, evaluator.everything, len(rising))
        return [(rising[at], score) for at, score in ranked]

    def _sample(self, rising: Sequence[int]) -> Sample:
        candidates = [
            Candidate(number=number, forms=forms, stemmed=self._is_stemmed(number), days=self._days(number))
            for number, forms in zip(rising, self._backend.forms(rising), strict=True)
        ]
        these = listed(rising)

        def keyed(field: str, key: str) -> Sequence[int]:
            return self._backend.numbers(all_of([these, Word(columns.key_column(field, key), key)]))

        return Sample(candidates, self._statistics, self._expander, self._codes, keyed)

    def _is_stemmed(self, number: int) -> bool:
        stemmed = self._tables.stemmed
        return number >> 3 < len(stemmed) and bool(stemmed[number >> 3] >> (number & 7) & 1)

    def _days(self, number: int) -> tuple[str, str]:
        return self._tables.spans[bisect_right(self._starts, number) - 1]

    def _check(self, candidates: Lookup, node: Query) -> Lookup:
        """Of the paragraphs that ``candidates`` finds, those that ``node`` matches by its positions."""
        matching: list[int] = []
        numbers = iter(self._backend.numbers(candidates))
        while some := list(islice(numbers, _CHECKED_AT_ONCE)):
            watch.check()
            matches = Evaluator(self._sample(some)).matches(node)
            matching.extend(number for at, number in enumerate(some) if matches >> at & 1)
        return listed(matching)

    # ---------------------------------------------------------------------------------------------- documents

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of the document with this id, in order; () where there is none."""
        self._check_open()
        place = self._places.get(document)
        if place is None:
            return ()
        return self._stored(range(self._starts[place], self._starts[place + 1]))

    def paragraph(self, identifier: str) -> Paragraph | None:
        """The paragraph with this id, or None."""
        self._check_open()
        # A lone surrogate is no text that a file or a request could hold.
        number = self._backend.number(identifier) if _is_text(identifier) else None
        return None if number is None else self._stored([number])[0]

    def _stored(self, numbers: Sequence[int]) -> tuple[Paragraph, ...]:
        return tuple(map(paragraph_from_json, self._backend.stored(numbers)))

    def _let_go(self) -> None:
        self._aside.shutdown()
        self._backend.close()


_SCORED = {Term, Exact, Phrase, Near, *Expanding}
"""The nodes that score; of a query that is one expansion and nothing else, all hits score the same."""

_ORDERS = {
    "relevance": columns.NUMBER,
    "document": columns.NUMBER,
    "newest": columns.NEWEST,
    "oldest": columns.OLDEST,
}
"""The column that gives an order; relevance has none but the paragraphs' own where all score the same."""


def _remembering(work: Callable[..., T], most: int) -> Callable[..., T]:
    """``work``, which remembers what it did for the ``most`` trees that it was asked about last."""
    remembered = lru_cache(maxsize=most)(work)

    def done(*asked: Hashable) -> T:
        try:
            return remembered(*asked)
        except RecursionError:
            return work(*asked)  # a tree that is deeper than Python's stack has no hash

    return done


def _is_text(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _column(case: FacetCase[Lookup]) -> str:
    return columns.qualified_of(case.request.field) if case.request.qualifier else case.request.field


def _columns(case: FacetCase[Lookup]) -> list[str]:
    """What is spread for a facet: its own column, and that of its ways."""
    field = case.request.field
    return [_column(case), columns.any_of(field)] if BY_KEY[field].qualified else [_column(case)]
