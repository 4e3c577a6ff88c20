"""A reader over postings in this process: everything of the contract but the postings themselves.

An engine that gives its postings one by one (a :class:`Store`) gets from here the meaning of queries, ranking, facet
counts, pages and the rest, exactly as the contract has them, from code that no engine shares with its library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Protocol

from pilcrow.engine import bitsets, crossing, dates, scoring, watch
from pilcrow.engine.checks import check_count, check_cross, check_plan, check_queries
from pilcrow.engine.columns import is_of_any
from pilcrow.engine.contract import (
    EVERYTHING,
    Answer,
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
from pilcrow.engine.evaluate import NOWHERE, Evaluator, Posting
from pilcrow.engine.expanding import Expander
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.model import Paragraph, paragraph_from_json
from pilcrow.engine.query import Query
from pilcrow.engine.statistics import Statistics
from pilcrow.engine.tables import Tables, starts_of, unpacked
from pilcrow.engine.tables_reader import TablesReader


class _Bits:
    """Sets of paragraphs as integers."""

    def both(self, sets: Sequence[int]) -> int:
        """The numbers that are in all of ``sets``."""
        return reduce(and_, sets)

    def either(self, sets: Sequence[int]) -> int:
        """The numbers that are in any of ``sets``."""
        return bitsets.union(sets)

    def without(self, one: int, other: int) -> int:
        """The numbers in ``one`` that are not in ``other``."""
        return one & ~other


BITS = _Bits()


class Store(Protocol):
    """What an engine's files are asked for; safe to use from several threads. Paragraphs are numbered from 0."""

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        ...

    def bits(self, field: str, word: str) -> int:
        """The set of paragraphs that have a form in a text field, or a key in a key field."""
        ...

    def number(self, identifier: str) -> int | None:
        """The number of the paragraph with this id, or None."""
        ...

    def stored(self, number: int) -> bytes:
        """The paragraph with this number, as JSON."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class Catalogue:
    """Tables and store together, as the source that :class:`~pilcrow.engine.evaluate.Evaluator` asks."""

    def __init__(self, tables: Tables, store: Store, expander: Expander) -> None:
        self.tables = tables
        self.store = store
        self.expand = expander.expand
        self._vocabulary = expander.vocabulary
        self._statistics = Statistics(tables, expander.vocabulary)
        self.size = self._statistics.size
        self.idf = self._statistics.idf
        self.stemmed = int.from_bytes(tables.stemmed, "little")
        self.starts = starts_of(tables.sizes)
        self.groups = bitsets.Groups.of_sizes(tables.sizes)
        self._keys: dict[tuple[str, str], int] = {}
        self._norms: dict[str, array[float]] = {}
        self._values: dict[tuple[str, str], Mapping[str, int]] = {}

    def family(self, english_term: str) -> Sequence[str]:
        """The forms with this term."""
        return self._vocabulary.family(english_term)

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        return self.store.posting(field, form) if self._vocabulary.has(form, field) else NOWHERE

    def form_bits(self, field: str, form: str) -> int:
        """The set of the paragraphs that have ``form`` in a text field."""
        return self.store.bits(field, form) if self._vocabulary.has(form, field) else 0

    def key_bits(self, field: str, key: str) -> int:
        """The paragraphs that have ``key`` in a key field."""
        found = self._keys.get((field, key))
        if found is None:
            found = self.store.bits(field, key)
            if found:
                self._keys[field, key] = found
        return found

    def dated(self, low: str, high: str) -> int:
        """The paragraphs of documents whose date has a day between ``low`` and ``high``."""
        asked = dates.bounds(low, high)
        spans = enumerate(self.tables.spans)
        return bitsets.union(self.document_bits(number) for number, span in spans if dates.may_lie(span, asked))

    def document_bits(self, number: int) -> int:
        """The paragraphs of the document with this number."""
        return bitsets.span(self.starts[number], self.tables.sizes[number])

    def norms(self, field: str) -> Sequence[float]:
        """What each paragraph's length in a text field adds to the denominator of BM25."""
        found = self._norms.get(field)
        if found is None:
            lengths = unpacked(self.tables.lengths[field])
            mean = self._statistics.mean_length(field)
            by_length = {length: scoring.norm(length, mean) for length in set(lengths)}
            found = self._norms[field] = array("d", map(by_length.__getitem__, lengths))
        return found

    def values(self, field: str, qualifier: str) -> Mapping[str, int]:
        """The paragraphs of each key of a facet that has exactly this qualifier, by the key without it."""
        found = self._values.get((field, qualifier))
        if found is None:
            keys = [key.removesuffix(qualifier) for key in self.tables.keys[field] if key.endswith(qualifier)]
            bare = [key for key in keys if not is_qualified(BY_KEY[field], key)]
            found = {key: self.key_bits(field, key + qualifier) for key in watch.checked(bare)}
            self._values[field, qualifier] = found
        return found

    def of_any(self, field: str) -> Mapping[str, int]:
        """The paragraphs of each qualified key of any value of a facet."""
        return {key: self.key_bits(field, key) for key in self.tables.keys[field] if is_of_any(field, key)}


class LocalReader(TablesReader):
    """A pinned generation that answers in this process; see :class:`pilcrow.engine.contract.IndexReader`."""

    def __init__(self, tables: Tables, store: Store, manifest: Manifest, limits: Limits) -> None:
        super().__init__(tables, manifest, limits)
        self._open = Catalogue(tables, store, self._expander)
        self._evaluator = Evaluator(self._open)

    @property
    def _catalogue(self) -> Catalogue:
        self._check_open()
        return self._open

    def search(self, plan: SearchPlan) -> Answer:
        """Answer ``plan``; raises ``QueryLimitError`` or ``RequestError`` where it cannot be answered."""
        catalogue = self._catalogue
        check_plan(plan, self._limits)
        base = self._evaluator.matches(plan.query)
        filters = [Chosen.of(chosen, self._evaluator.matches) for chosen in plan.filters]
        found = narrowed(base, filters, BITS)
        cases = [FacetCase.of(request, base, filters, BITS) for request in plan.facets]
        counted = {case.request.field: self._counted(case, self._size_of(plan.unit)) for case in watch.checked(cases)}
        counts = counts_of(counted, total=found.bit_count(), documents=catalogue.groups.count(found))
        return Answer(hits=self._hits(plan, found), counted=lambda: counts, expansions=self._cut(plan.query))

    def _size_of(self, unit: Unit) -> Callable[[int], int]:
        """What counts a set in ``unit``."""
        return int.bit_count if unit == "paragraph" else self._catalogue.groups.count

    def _counted(self, case: FacetCase[int], size_of: Callable[[int], int]) -> Told:
        values = self._catalogue.values(case.request.field, case.request.qualifier)
        found = {key: size_of(common) for key, bits in values.items() if (common := bits & case.allowed)}
        lifted = {key: size_of(bits & values.get(key, 0)) for key, bits in case.lifted}
        ways = None
        if BY_KEY[case.request.field].qualified:
            of_any = self._catalogue.of_any(case.request.field)
            ways = {key: size_of(common) for key, bits in of_any.items() if (common := bits & case.allowed)}
        return case.told(found, lifted, self._tables.parents[case.request.field], ways)

    def _hits(self, plan: SearchPlan, found: int) -> tuple[Hit, ...]:
        if plan.sort == "relevance":
            ranked = self._evaluator.ranked(plan.query, found, plan.offset + plan.limit)[plan.offset :]
        else:
            page = self._page(plan, found)
            among = bitsets.of(page, self._catalogue.size)
            scores = dict(self._evaluator.ranked(plan.query, among, len(page)))
            ranked = [(number, scores[number]) for number in page]
        return tuple(self._hit(number, score) for number, score in ranked)

    def _hit(self, number: int, score: float) -> Hit:
        paragraph = self._paragraph(number)
        return Hit(paragraph, self._by_id[paragraph.document], score)

    def _page(self, plan: SearchPlan, found: int) -> list[int]:
        """The paragraphs of one page, document by document in the order asked for."""
        catalogue = self._catalogue
        skip, page = plan.offset, list[int]()
        for number in self._document_order(plan):
            here = found & catalogue.document_bits(number)
            count = here.bit_count()
            if skip < count:
                page.extend(list(bitsets.members(here))[skip:])
            skip = max(skip - count, 0)
            if len(page) >= plan.limit:
                break
        return page[: plan.limit]

    def _document_order(self, plan: SearchPlan) -> Sequence[int]:
        spans = self._catalogue.tables.spans
        if plan.sort == "document":
            return range(len(spans))
        dated = [number for number, (begins, _) in enumerate(spans) if begins]
        dated.sort(key=lambda number: spans[number][0], reverse=plan.sort == "newest")
        return dated + [number for number, (begins, _) in enumerate(spans) if not begins]

    def cross(self, plan: CrossPlan) -> CrossAnswer:
        """The table that ``plan`` asks for; raises ``QueryLimitError`` or ``RequestError`` where there is none."""
        catalogue = self._catalogue
        check_cross(plan, self._limits)
        filters = [Chosen.of(chosen, self._matches) for chosen in plan.filters]
        found = narrowed(self._matches(plan.query), filters, BITS)
        rows, columns = (
            crossing.within(catalogue.values(side.field, side.qualifier), found) for side in (plan.rows, plan.columns)
        )
        return crossing.of_sets(found, rows, columns, groups=catalogue.groups if plan.unit == "document" else None)

    def count(
        self,
        queries: Sequence[Query],
        *,
        within: Query = EVERYTHING,
        filters: Sequence[Filter] = (),
        unit: Unit = "paragraph",
    ) -> tuple[int, ...]:
        """How many paragraphs (or documents) within ``within`` match each of ``queries`` under ``filters``."""
        check_count(queries, within, filters, self._limits)
        base = narrowed(self._matches(within), [Chosen.of(each, self._matches) for each in filters], BITS)
        size_of = self._size_of(unit)
        return tuple(size_of(base & self._matches(query)) for query in queries)

    def reached(self, children: Sequence[Query], enough: int) -> int:
        """How many of ``children`` (at least one) ``enough`` paragraphs of the whole index match together."""
        check_queries(children, (), self._limits)
        sets = [self._matches(child) for child in children]
        reached = bitsets.at_least(sets, len(sets), self._evaluator.everything)
        return max([number for number, bits in enumerate(reached) if bits.bit_count() >= enough and number], default=1)

    def _matches(self, query: Query) -> int:
        self._check_open()
        return self._evaluator.matches(query)

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of the document with this id, in order; () where there is none."""
        catalogue = self._catalogue
        number = self._places.get(document)
        if number is None:
            return ()
        return tuple(map(self._paragraph, range(catalogue.starts[number], catalogue.starts[number + 1])))

    def paragraph(self, identifier: str) -> Paragraph | None:
        """The paragraph with this id, or None."""
        number = self._catalogue.store.number(identifier)
        return None if number is None else self._paragraph(number)

    def _paragraph(self, number: int) -> Paragraph:
        return paragraph_from_json(self._catalogue.store.stored(number))

    def _let_go(self) -> None:
        self._open.store.close()
