"""A reader over postings in this process: everything of the contract but the postings themselves.

An engine that gives its postings one by one (a :class:`Store`) gets from here the meaning of queries, ranking, facet
counts, pages and the rest, exactly as the contract has them, from code that no engine shares with its library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from types import TracebackType
from typing import Protocol, Self

from pilcrow.engine import bitsets, dates, scoring
from pilcrow.engine.analysis import preload
from pilcrow.engine.checks import check_plan, check_queries, nodes_of
from pilcrow.engine.contract import Answer, Expansion, FacetCount, Filter, Hit, Limits, Manifest, SearchPlan
from pilcrow.engine.counting import Chosen, FacetCounter, narrowed
from pilcrow.engine.errors import IndexUnusableError
from pilcrow.engine.evaluate import NOWHERE, Evaluator, Expanding, Posting
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.model import Document, Paragraph, paragraph_from_json
from pilcrow.engine.query import Fuzzy, Prefix, Query, Wildcard
from pilcrow.engine.tables import Tables, unpacked
from pilcrow.engine.vocabulary import Vocabulary, pattern


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

    def __init__(self, tables: Tables, store: Store, limits: Limits) -> None:
        self.tables = tables
        self.store = store
        self._limits = limits
        self.size = sum(tables.sizes)
        self.stemmed = int.from_bytes(tables.stemmed, "little")
        self.starts = [0, *accumulate(tables.sizes)]
        self.groups = bitsets.Groups.of_sizes(tables.sizes)
        self._keys: dict[tuple[str, str], int] = {}
        self._norms: dict[str, array[float]] = {}
        self._values: dict[tuple[str, str], Mapping[str, int]] = {}
        frequencies = {key: unpacked(data) for key, data in tables.frequencies.items()}
        self.vocabulary = Vocabulary(tables.forms, tables.terms, frequencies, most=limits.expansions)
        preload(dict(zip(tables.forms, tables.terms, strict=True)))

    def family(self, english_term: str) -> Sequence[str]:
        """The forms with this term."""
        return self.vocabulary.family(english_term)

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        return self.store.posting(field, form) if self.vocabulary.has(form, field) else NOWHERE

    def form_bits(self, field: str, form: str) -> int:
        """The set of the paragraphs that have ``form`` in a text field."""
        return self.store.bits(field, form) if self.vocabulary.has(form, field) else 0

    def key_bits(self, field: str, key: str) -> int:
        """The paragraphs that have ``key`` in a key field."""
        found = self._keys.get((field, key))
        if found is None:
            found = self.store.bits(field, key)
            if found:
                self._keys[field, key] = found
        return found

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms or keys that ``node`` stands for, the most frequent first."""
        if isinstance(node, Fuzzy) or not node.field or BY_KEY[node.field].kind == "text":
            return self.vocabulary.expand(node)
        keys = self._matching_keys(node)
        ranked = sorted(keys, key=lambda key: (-self.key_bits(node.field, key).bit_count(), key))
        return Expansion(node, tuple(ranked[: self._limits.expansions]), len(ranked))

    def _matching_keys(self, node: Prefix | Wildcard) -> list[str]:
        """Case aside; qualified keys ("BLR@note") only where "@" is asked for, lest "unknown@note" match u*."""
        asked = (node.start if isinstance(node, Prefix) else node.pattern).casefold()
        matches: Callable[[str], object]
        matches = (lambda key: key.startswith(asked)) if isinstance(node, Prefix) else pattern(asked).match
        keys, key_field = self.tables.keys[node.field], BY_KEY[node.field]
        return [key for key in keys if ("@" in asked or not is_qualified(key_field, key)) and matches(key.casefold())]

    def dated(self, low: str, high: str) -> int:
        """The paragraphs of documents whose date has a day between ``low`` and ``high``."""
        first = dates.first_day(low) if low else ""
        last = dates.last_day(high) if high else "9999"
        found = 0
        if first > last:
            return found
        for number, (begins, ends) in enumerate(self.tables.spans):
            if begins and begins <= last and ends >= first:
                found |= self.document_bits(number)
        return found

    def document_bits(self, number: int) -> int:
        """The paragraphs of the document with this number."""
        return bitsets.span(self.starts[number], self.tables.sizes[number])

    def norms(self, field: str) -> Sequence[float]:
        """What each paragraph's length in a text field adds to the denominator of BM25."""
        found = self._norms.get(field)
        if found is None:
            lengths = unpacked(self.tables.lengths[field])
            having = sum(map(bool, lengths))
            mean = sum(lengths) / having if having else 0.0
            by_length = {length: scoring.norm(length, mean) for length in set(lengths)}
            found = self._norms[field] = array("d", map(by_length.__getitem__, lengths))
        return found

    def values(self, field: str, qualifier: str) -> Mapping[str, int]:
        """The paragraphs of each key of a facet that has exactly this qualifier, by the key without it."""
        found = self._values.get((field, qualifier))
        if found is None:
            keys = [key.removesuffix(qualifier) for key in self.tables.keys[field] if key.endswith(qualifier)]
            bare = [key for key in keys if not is_qualified(BY_KEY[field], key)]
            found = {key: self.key_bits(field, key + qualifier) for key in bare}
            self._values[field, qualifier] = found
        return found


class LocalReader:
    """A pinned generation that answers in this process; see :class:`pilcrow.engine.contract.IndexReader`."""

    def __init__(self, catalogue: Catalogue, manifest: Manifest, limits: Limits) -> None:
        self._open: Catalogue | None = catalogue
        self._manifest = manifest
        self._limits = limits
        self._evaluator = Evaluator(catalogue)

    @property
    def manifest(self) -> Manifest:
        """What this generation is."""
        return self._manifest

    @property
    def _catalogue(self) -> Catalogue:
        return self._check_open()

    def _check_open(self) -> Catalogue:
        """What is open; raises ``IndexUnusableError`` where nothing is any more."""
        if self._open is None:
            raise IndexUnusableError("This reader of the index was closed; open the index again.")
        return self._open

    # ------------------------------------------------------------------------------------------------- search

    def search(self, plan: SearchPlan) -> Answer:
        """Answer ``plan``; raises ``QueryLimitError`` or ``RequestError`` where it cannot be answered."""
        catalogue = self._catalogue
        check_plan(plan, self._limits)
        base = self._evaluator.matches(plan.query)
        filters = [Chosen.of(chosen, self._evaluator.matches) for chosen in plan.filters]
        found = narrowed(base, filters)
        return Answer(
            total=found.bit_count(),
            documents=catalogue.groups.count(found),
            hits=self._hits(plan, found),
            facets=self._facets(plan, base, filters),
            expansions=self._cut(plan.query),
        )

    def _facets(self, plan: SearchPlan, base: int, filters: Sequence[Chosen]) -> dict[str, tuple[FacetCount, ...]]:
        catalogue = self._catalogue
        size_of = int.bit_count if plan.unit == "paragraph" else catalogue.groups.count
        counter = FacetCounter(base, filters, size_of)
        return {
            request.field: counter.count(request, catalogue.values(request.field, request.qualifier))
            for request in plan.facets
        }

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

    def _cut(self, query: Query) -> tuple[Expansion, ...]:
        expanding = {node: None for node in nodes_of((query,)) if isinstance(node, Expanding)}
        return tuple(expansion for node in expanding if (expansion := self._catalogue.expand(node)).cut)

    def count(self, queries: Sequence[Query], *, filters: Sequence[Filter] = ()) -> tuple[int, ...]:
        """How many paragraphs match each of ``queries`` under ``filters``."""
        check_queries(queries, filters, self._limits)
        chosen = [Chosen.of(each, self._matches) for each in filters]
        return tuple(narrowed(self._matches(query), chosen).bit_count() for query in queries)

    def coverage(self, children: Sequence[Query]) -> tuple[int, ...]:
        """For k = 1, 2, ... len(children): how many paragraphs match at least k of them."""
        check_queries(children, (), self._limits)
        sets = [self._matches(child) for child in children]
        reached = bitsets.at_least(sets, len(sets), self._evaluator.everything)
        return tuple(bits.bit_count() for bits in reached[1:])

    def _matches(self, query: Query) -> int:
        self._check_open()
        return self._evaluator.matches(query)

    # --------------------------------------------------------------------------------------------- vocabulary

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms of the vocabulary (or keys) that ``node`` stands for, the most frequent first."""
        check_queries((node,), (), self._limits)
        return self._catalogue.expand(node)

    def similar(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """Forms within two edits of ``word``, nearest and then most frequent first; not itself."""
        return self._catalogue.vocabulary.similar(word, limit)

    def labels(self, field: str) -> Mapping[str, str]:
        """The label of every unqualified key of a key field."""
        return self._catalogue.tables.labels[field]

    def parents(self, field: str) -> Mapping[str, str]:
        """The parent of every unqualified key of a key field ("" at the top)."""
        return self._catalogue.tables.parents[field]

    # ---------------------------------------------------------------------------------------------- documents

    def documents(self) -> tuple[Document, ...]:
        """Every document, by symbol in natural order."""
        return self._catalogue.tables.documents

    def document(self, identifier: str) -> Document | None:
        """The document with this id or one of these symbols (case and spaces aside), or None."""
        self._check_open()
        return self._by_any_name.get(_plain(identifier))

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of the document with this id, in order; () where there is none."""
        catalogue = self._catalogue
        number = self._numbers.get(document)
        if number is None:
            return ()
        return tuple(map(self._paragraph, range(catalogue.starts[number], catalogue.starts[number + 1])))

    def paragraph(self, identifier: str) -> Paragraph | None:
        """The paragraph with this id, or None."""
        number = self._catalogue.store.number(identifier)
        return None if number is None else self._paragraph(number)

    def _paragraph(self, number: int) -> Paragraph:
        return paragraph_from_json(self._catalogue.store.stored(number))

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents()}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {document.id: number for number, document in enumerate(self.documents())}

    @cached_property
    def _by_any_name(self) -> Mapping[str, Document]:
        """By id, else by symbol: where two documents share a symbol, the first of them."""
        found = {_plain(document.id): document for document in self.documents()}
        for document in self.documents():
            for symbol in document.symbols:
                found.setdefault(_plain(symbol), document)
        return found

    # ------------------------------------------------------------------------------------------------ closing

    def close(self) -> None:
        """Let go of the files; using the reader afterwards raises ``IndexUnusableError``."""
        if self._open is not None:
            self._open.store.close()
            self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _plain(identifier: str) -> str:
    return "".join(identifier.split()).casefold()
