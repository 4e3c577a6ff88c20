"""The Tantivy adapter: for up to millions of paragraphs on one machine, files in the index directory.

Tantivy matches, counts and chooses candidates; what is asked of it comes as :mod:`pilcrow.engine.lookups`, and this
module only translates. Its query parser, stemmers, snippets and tokenizers are not used, but for the one that splits
at spaces, which gets our tokens joined by spaces. Several values of a field come with positions of their own, so that
nothing runs from one into the next; that is slow, and rare enough.

An index is one segment in which paragraphs stand in the order of their numbers, so that what scores alike falls by
number, and a hit's place in it is its number. Tantivy merges by a policy that cannot be set from Python: eight segments
of like size are made one. So a writer that is told how many paragraphs will come commits in eight equal parts, or in
eight times eight; and an index that has several segments nevertheless answers the same, but for the order of equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import comb
from pathlib import Path
from typing import Any

import tantivy
from tantivy import DocAddress, FieldType, Index, Occur, Order, Query

from pilcrow.engine import places, tables
from pilcrow.engine.columns import (
    DOCUMENT_NUMBER,
    FORM_COLUMNS,
    ID,
    KEY_COLUMNS,
    NUMBER,
    NUMBER_COLUMNS,
    SET_COLUMNS,
    TERM_COLUMNS,
    forms_of,
    joined,
    keys_of,
    numbers_of,
    sets_of,
    sizes,
)
from pilcrow.engine.contract import IndexReader, IndexWriter, Limits, Manifest, Unit
from pilcrow.engine.crossing import Combined, flattened
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.files import sync_tree
from pilcrow.engine.lookups import (
    AllOf,
    AnyOf,
    Between,
    Boosted,
    Constant,
    Every,
    Listed,
    Lookup,
    Preferred,
    Run,
    Without,
    Word,
    Words,
    all_of,
    constant,
    translated,
    unscored,
    with_children,
)
from pilcrow.engine.model import ParsedDocument, to_json
from pilcrow.engine.native import NativeReader
from pilcrow.engine.record_file import RecordFile, RecordWriter
from pilcrow.engine.sample import encode
from pilcrow.engine.tallies import Spread

_PARAGRAPHS = "paragraphs"
_FORMS = "forms"
"""The record files of the paragraphs as JSON and of their forms (see :mod:`pilcrow.engine.sample`), by number."""

_HEAP = 1_500_000_000
"""Bytes that the writer may hold before it ends a segment by itself; it takes no more than it needs."""

_MERGED_AT_ONCE = 8
"""How many segments of like size Tantivy's policy makes one."""

_PART = 120_000
"""Paragraphs that are written as one segment, at most."""

_MOST_GROUPS = 10
"""Groups of so many children up to which "at least so many" is asked as any group: three to thirty times as fast."""

_RUNS_AT_ONCE = 5_000
"""Paragraphs that have all words of a run, as far as is known, up to which it is preferred as it stands."""

_MOST_BUCKETS = 60_000
"""Values that one request may tell; Tantivy refuses more than 65,000."""


class TantivyEngine:
    """The adapter that ``--engine tantivy`` names."""

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        return "tantivy"

    def write(self, directory: Path, *, expected: int = 0) -> IndexWriter:
        """A writer into ``directory``, which exists and is empty; ``expected`` is how many paragraphs will come."""
        return _Writer(directory, expected)

    def open(self, directory: Path, manifest: Manifest, *, limits: Limits | None = None) -> IndexReader:
        """A reader of the generation in ``directory``; raises ``IndexDamagedError`` where a file is missing or bad."""
        content = tables.read(directory)
        try:
            backend = _Backend(_unwatched(Index.open(str(directory))), directory, content)
        except (ValueError, OSError) as error:
            raise IndexDamagedError(f"The index in {directory} cannot be opened ({error}).") from error
        if backend.size != sum(content.sizes):
            raise IndexDamagedError(f"The index in {directory} does not have all its paragraphs.")
        return NativeReader(content, backend, manifest, limits or Limits())


def _unwatched(index: Index) -> Index:
    """``index``, which sees a commit only when told.

    One that watches for them writes a lock into the directory at any moment: after the last commit, or when the
    directory is just being deleted.
    """
    index.config_reader("manual")
    return index


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    for column in TERM_COLUMNS:
        schema.add_text_field(column, tokenizer_name="whitespace", index_option="position")
    for column in FORM_COLUMNS:
        schema.add_text_field(column, tokenizer_name="whitespace", index_option="basic")
    for column in KEY_COLUMNS:
        schema.add_text_field(column, tokenizer_name="raw", index_option="basic", fast=True)
    for column in NUMBER_COLUMNS:
        schema.add_unsigned_field(column, indexed=True, fast=True)
    for column in SET_COLUMNS:
        schema.add_unsigned_field(column, fast=True)
    schema.add_text_field(ID, tokenizer_name="raw", index_option="basic")
    return schema.build()


# ------------------------------------------------------------------------------------------------------ writing


class _Writer:
    """Writes one generation, in parts that Tantivy makes one segment."""

    def __init__(self, directory: Path, expected: int) -> None:
        self._directory = directory
        self._tables = tables.TableBuilder(keep_lengths=False)
        self._index = _unwatched(Index(_schema(), str(directory), sort_by_field=NUMBER))
        self._writer = self._index.writer(_HEAP, 1)
        self._paragraphs, self._forms = (RecordWriter(directory, name) for name in (_PARAGRAPHS, _FORMS))
        self._over = False
        self._parts = _parts(expected)
        self._part = -(-expected // self._parts)
        self._waiting = 0

    def add(self, parsed: ParsedDocument) -> None:
        """Take one document with its paragraphs."""
        for row in self._tables.add(parsed):
            self._writer.add_document(_document(row))
            self._paragraphs.add(to_json(row.paragraph))
            self._forms.add(encode(row.forms.values(), self._tables.coder))
            self._waiting += 1
            if self._waiting == self._part and self._parts > 1:  # the last part ends with the whole
                self._writer.commit()
                self._waiting, self._parts = 0, self._parts - 1

    def commit(self) -> None:
        """Finish: when this returns, the directory is complete and on disk."""
        self._paragraphs.close()
        self._forms.close()
        self._merged()
        tables.write(self._directory, self._tables.finished())
        for lock in self._directory.glob("*.lock"):
            lock.unlink()
        tables.seal(self._directory)
        sync_tree(self._directory)

    def _merged(self) -> None:
        """Write what waits, and let Tantivy merge until it has nothing more to merge."""
        before, segments = 0, -1
        while segments not in (before, 1):
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            before, segments = segments, self._index.searcher().num_segments
            self._writer = self._index.writer(_HEAP, 1)
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()
        self._over = True

    def abort(self) -> None:
        """Let go of everything; the directory may be deleted."""
        if not self._over:
            self._over = True
            self._writer.rollback()
            self._paragraphs.abort()
            self._forms.abort()


def _parts(expected: int) -> int:
    """In how many equal parts to commit so many paragraphs, so that the parts are made one in the end."""
    parts = 1
    while expected > parts * _PART:
        parts *= _MERGED_AT_ONCE
    return parts


def _document(row: tables.Row) -> tantivy.Document:
    """``row`` as Tantivy takes it."""
    made = tantivy.Document()
    for column, values in row.index_terms.items():
        if len(values) == 1:
            made.add_text(column, " ".join(values[0]))
        elif values:
            made.add_pre_tokenized_text(column, _apart(values))
    for text_field, values in row.forms.items():
        made.add_text(forms_of(text_field), joined(values))
    for column, keys in keys_of(row).items():
        for key in keys:
            made.add_text(column, key)
    for column, number in (numbers_of(row) | sets_of(row)).items():
        made.add_unsigned(column, number)
    made.add_text(ID, row.paragraph.id)
    return made


def _apart(values: Sequence[Sequence[str]]) -> tantivy.PreTokenizedString:
    """Several values as one, their words at positions that leave gaps between them."""
    starts = places.spread(map(len, values))
    words = [
        tantivy.Token(word, start + offset, 0, 0)
        for start, value in zip(starts, values, strict=True)
        for offset, word in enumerate(value)
    ]
    return tantivy.PreTokenizedString("", words)


# ------------------------------------------------------------------------------------------------------ reading


def _terms(column: str) -> dict[str, Any]:
    """An aggregation that tells every value of ``column``, and not only the most frequent ones."""
    return {"terms": {"field": column, "size": _MOST_BUCKETS}}


def _counts(buckets: Sequence[dict[str, Any]], unit: Unit) -> dict[str, int]:
    """What an aggregation tells of a column, as a value for each key."""
    if unit == "paragraph":
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return {bucket["key"]: len(bucket[DOCUMENT_NUMBER]["buckets"]) for bucket in buckets}


class _Backend:
    """Tantivy's files, asked in lookups."""

    counts_absent = True

    def __init__(self, index: Index, directory: Path, content: tables.Tables) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._ordered = self._searcher.num_segments == 1
        self._starts = tables.starts_of(content.sizes)
        self._values = sizes(content)
        self._paragraphs, self._forms = (RecordFile(directory, name) for name in (_PARAGRAPHS, _FORMS))
        self.size = self._searcher.num_docs

    def count(self, lookups: Sequence[Lookup]) -> list[int]:
        """How many paragraphs each of ``lookups`` finds."""
        every = {"n": {"value_count": {"field": NUMBER}}}
        return [int(self._searcher.aggregate(self._query(lookup), every)["n"]["value"]) for lookup in lookups]

    def spread(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> list[Spread]:
        """For each of ``key_columns``, exactly, the keys of what ``lookup`` finds, with how many have them."""
        first, *others = self._parts(lookup, key_columns, unit)
        found = [_counts(first[column]["buckets"], unit) for column in key_columns]
        for part in others:
            for counts, column in zip(found, key_columns, strict=True):
                for key, units in _counts(part[column]["buckets"], unit).items():
                    counts[key] = counts.get(key, 0) + units
        return list(found)

    def combined(self, lookup: Lookup, key_columns: Sequence[str]) -> Combined:
        """How many paragraphs that ``lookup`` finds have each combination of one key of each of ``key_columns``."""
        first, *others = key_columns
        asked: dict[str, Any] = {}
        for column in reversed(others):
            asked = {"aggs": {column: {**_terms(column), **asked}}}
        found: Counter[tuple[str, ...]] = Counter()
        for part in self._aggregated(lookup, {first: {**_terms(first), **asked}}, 0, len(self._starts) - 1):
            found.update(dict(flattened(part, key_columns)))
        return found

    def _parts(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> Iterator[dict[str, Any]]:
        """What is asked for, in so many parts, each of whole documents, that each has few enough values."""
        documents = len(self._starts) - 1
        values = sum(self._values[column] for column in key_columns)
        buckets = values if unit == "paragraph" else documents * len(key_columns)
        parts = max(1, -(-buckets // _MOST_BUCKETS))
        borders = [documents * part // parts for part in range(parts + 1)]
        within = {"aggs": {DOCUMENT_NUMBER: _terms(DOCUMENT_NUMBER)}} if unit == "document" else {}
        terms = {column: {**_terms(column), **within} for column in key_columns}
        for low, high in pairwise(borders):
            yield from self._aggregated(lookup, terms, low, high)

    def _aggregated(self, lookup: Lookup, asked: dict[str, Any], low: int, high: int) -> Iterator[dict[str, Any]]:
        """The documents from ``low`` to before ``high``, in two halves where they have too many values."""
        whole = high - low == len(self._starts) - 1
        within = Between(NUMBER, self._starts[low], max(self._starts[high], 1) - 1)
        query = self._query(lookup if whole else all_of([lookup, within]))
        try:
            yield self._searcher.aggregate(query, asked)
        except ValueError as error:
            if "bucket limit" not in str(error) or high - low < 2:
                raise
            middle = (low + high) // 2
            yield from self._aggregated(lookup, asked, low, middle)
            yield from self._aggregated(lookup, asked, middle, high)

    def first(self, lookup: Lookup, count: int, by: str) -> list[int]:
        """The numbers of the first ``count`` paragraphs by rising ``by``, a column; "" is by falling score."""
        if by:
            query = self._query(lookup)
            found = self._searcher.search(query, limit=count, count=False, order_by_field=by, order=Order.Asc)
        else:
            query = self._query(translated(lookup, self._preferring))
            found = self._searcher.search(query, limit=count, count=False)
        return self._numbers([address for _, address in found.hits])

    def numbers(self, lookup: Lookup) -> list[int]:
        """The numbers of all that ``lookup`` finds, rising."""
        (count,) = self.count([lookup])
        return self.first(lookup, count, NUMBER) if count else []

    def forms(self, numbers: Sequence[int]) -> list[bytes]:
        """The forms of the paragraphs with these numbers."""
        return self._forms.some(numbers)

    def stored(self, numbers: Sequence[int]) -> list[bytes]:
        """The paragraphs with these numbers, as JSON."""
        return self._paragraphs.some(numbers)

    def number(self, identifier: str) -> int | None:
        """The number of the paragraph with this id, or None."""
        return next(iter(self.first(Word(ID, identifier), 1, NUMBER)), None)

    def close(self) -> None:
        """Let go of the files, those of Tantivy's which it closes with the last that refers to them."""
        del self._searcher
        self._paragraphs.close()
        self._forms.close()

    def _preferring(self, node: Lookup, children: Sequence[Lookup]) -> Lookup:
        """``node``, where a common run that is preferred is looked for only in what is found.

        Tantivy looks through all paragraphs for what is preferred, and a run takes it ten times as long as a word.
        """
        made = with_children(node, children)
        if not isinstance(made, Preferred):
            return made

        def narrowed(by: Lookup, parts: Sequence[Lookup]) -> Lookup:
            if isinstance(by, Run):
                there = self._at_most(by)
                if there > _RUNS_AT_ONCE and there > self._at_most(made.child):
                    return AllOf((by, constant(unscored(made.child))))
            return with_children(by, parts)

        return Preferred(made.child, tuple(translated(by, narrowed) for by in made.by))

    def _at_most(self, lookup: Lookup) -> int:
        """No fewer paragraphs than ``lookup`` finds, told without looking for them."""

        def most(node: Lookup, children: Sequence[int]) -> int:
            match node:
                case Word():
                    return self._searcher.doc_freq(node.column, node.word)
                case Run():
                    return min(self._searcher.doc_freq(node.column, word) for word in node.words)
                case AllOf():
                    return min(children)
                case AnyOf():
                    return min(sum(children) // node.least, self.size)
                case Preferred() | Without() | Constant() | Boosted():
                    return children[0]
                case _:
                    return self.size

        return translated(lookup, most)

    def _numbers(self, addresses: list[DocAddress]) -> list[int]:
        if self._ordered:
            return [address.doc for address in addresses]
        return [int(number or 0) for number in self._searcher.fast_field_values(NUMBER, addresses)]

    def _query(self, lookup: Lookup) -> Query:
        return translated(lookup, self._made)

    def _at_least(self, least: int, children: Sequence[Query]) -> Query:
        """Any ``least`` of ``children``, which score as they would one by one."""
        if not 1 < least < len(children) or comb(len(children), least) > _MOST_GROUPS:
            return Query.boolean_query([(Occur.Should, child) for child in children], least)
        groups = [
            Query.boolean_query([(Occur.Must, child) for child in group]) for group in combinations(children, least)
        ]
        matching = Query.const_score_query(Query.boolean_query([(Occur.Should, group) for group in groups]), 0.0)
        return Query.boolean_query([(Occur.Must, matching), *[(Occur.Should, child) for child in children]])

    def _made(self, node: Lookup, children: Sequence[Query]) -> Query:
        """A node as Tantivy has it, given its children."""
        match node:
            case AllOf():
                return Query.boolean_query([(Occur.Must, child) for child in children])
            case AnyOf():
                return self._at_least(node.least, children)
            case Without():
                return Query.boolean_query([(Occur.Must, children[0]), (Occur.MustNot, children[1])])
            case Preferred():
                by = [(Occur.Should, child) for child in children[1:]]
                return Query.boolean_query([(Occur.Must, children[0]), *by])
            case Constant():
                return Query.const_score_query(children[0], node.score)
            case Boosted():
                return Query.boost_query(children[0], node.boost)
            case _:
                return self._leaf(node)

    def _leaf(self, node: Lookup) -> Query:
        schema = self._schema
        match node:
            case Every():
                return Query.all_query()
            case Word():
                return Query.boost_query(Query.term_query(schema, node.column, node.word), node.boost)
            case Words():
                return Query.term_set_query(schema, node.column, node.words)
            case Run():
                run = Query.phrase_query(schema, node.column, list(node.words), node.slop)
                return Query.boost_query(run, node.boost)
            case Between():
                return Query.range_query(schema, node.column, FieldType.Unsigned, node.low, node.high)
            case Listed():
                return Query.term_set_query(schema, NUMBER, node.numbers)
            case _:
                return Query.empty_query()
