"""What an index keeps beside an engine's own files, whichever the engine: one file, read whole when it is opened.

Documents, the exact lengths of fields, the vocabulary with its terms (so that a cold query imports no stemmer), keys
with their labels and parents. A second file holds the size and checksum of every file, so that damage is found when an
index is opened, and not as a wrong answer later.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path

import msgspec

from pilcrow.engine import bitsets, dates
from pilcrow.engine.analysis import ENGLISH, forms, terms
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.fields import (
    BY_KEY,
    DEFAULT_FIELDS,
    FACETS,
    KEY_FIELDS,
    TEXT_FIELDS,
    Field,
    KeyValue,
    is_qualified,
    key_values,
    text_values,
)
from pilcrow.engine.files import measured
from pilcrow.engine.form_codes import FormCoder
from pilcrow.engine.model import Document, Paragraph, ParsedDocument

TABLES = "tables.msgpack"
CHECKSUMS = "checksums.json"
LENGTHS = "I"
"""The array type of lengths and frequencies: unsigned, 32 bits."""


DOCUMENT = "symbol"
"""The facet in which each paragraph has exactly one key, its document's."""

ALIKE = tuple(each.key for each in FACETS if each.of_document and each.key != DOCUMENT)
"""The other facets in which all paragraphs of a document are alike."""

IN_SETS = tuple(each.key for each in FACETS if not each.of_document)
"""The facets of which each paragraph has a set of keys of its own, by number."""

_FEW_SETS = 64
"""Sets of a facet that are always few; beyond, twice as many as it has keys are."""

_MOST_SETS = 100_000
"""Sets of a facet that are told apart while an index is written; a facet with so many does without."""

_COUNTED_AT_ONCE = 50_000
"""Words of the first field that are counted in one call."""

ANYWHERE = ""
"""The name, among text fields, of all those together that a word without a field is looked for in."""

UNSTEMMED = "="
"""What an index term begins with that is a form: one of a paragraph that is not in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The file's content.

    ``sizes[n]`` is how many paragraphs document n has; paragraphs are numbered through, in order of document.
    ``spans[n]`` are the first and last day that its date covers, ("", "") where it has none. ``lengths`` are the tokens
    of each paragraph in each text field, where an engine wants them, and ``totals`` their sum and how many paragraphs
    have the field at all. ``stemmed`` are the paragraphs whose terms are stems, as a set in bytes.

    ``forms`` are rising, ``terms`` their English ones, ``frequencies`` how many paragraphs have each form in each text
    field, ``form_codes`` the number of each for :mod:`pilcrow.engine.form_codes`, where an engine wants those.
    ``index_terms`` are rising, and ``having`` how many paragraphs have each: an index term is the term of a
    paragraph in English, or ``UNSTEMMED`` and the form of any other. Both count ``ANYWHERE`` too.

    ``sets`` are, for each facet of ``ALIKE`` and others where they are few, the different sets of keys that paragraphs
    have. ``document_sets[facet][n]`` is, for each facet of ``ALIKE``, the number of the one that the paragraphs of
    document n have (any, where it has no paragraph).

    ``keys`` are all keys of each key field, rising, ``key_counts`` how many paragraphs have each; ``labels`` and
    ``parents`` are those of unqualified ones.
    """

    documents: tuple[Document, ...]
    sizes: list[int]
    spans: list[tuple[str, str]]
    lengths: dict[str, bytes]
    totals: dict[str, tuple[int, int]]
    stemmed: bytes
    sets: dict[str, list[tuple[str, ...]]]
    document_sets: dict[str, list[int]]
    forms: list[str]
    terms: list[str]
    frequencies: dict[str, bytes]
    form_codes: bytes
    index_terms: list[str]
    having: dict[str, bytes]
    keys: dict[str, list[str]]
    key_counts: dict[str, bytes]
    labels: dict[str, dict[str, str]]
    parents: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paragraph as an engine indexes it.

    ``forms`` are those of each value of each text field, ``index_terms`` their index terms, ``keys`` those of each key
    field, and ``sets`` the number of their set in each facet of ``IN_SETS``. ``number`` counts paragraphs from 0 in
    the order of the index, ``document_number`` documents. ``days`` are the first and last day of the document's date.
    """

    number: int
    document_number: int
    paragraph: Paragraph
    stemmed: bool
    forms: Mapping[str, Sequence[Sequence[str]]]
    index_terms: Mapping[str, Sequence[Sequence[str]]]
    keys: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, int]
    days: tuple[str, str]


class _Counts:
    """In how many paragraphs each word stands, by text field, and anywhere."""

    def __init__(self) -> None:
        self._by_field: dict[str, Counter[str]] = {key: Counter() for key in _TEXT_KEYS}
        self._beside: Counter[str] = Counter()
        """In how many paragraphs each word stands in another default field than the first, and not in that."""
        self._waiting: dict[str, list[str]] = {key: [] for key in (*_TEXT_KEYS, ANYWHERE)}

    def add(self, words: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Count the words of one paragraph, once each."""
        distinct = {key: set(chain.from_iterable(values)) for key, values in words.items()}
        for key, found in distinct.items():
            self._waiting[key] += found
        first, *others = (distinct[key] for key in _DEFAULT_KEYS)
        self._waiting[ANYWHERE] += set().union(*others) - first
        if len(self._waiting[_DEFAULT_KEYS[0]]) > _COUNTED_AT_ONCE:
            self._count()

    def _count(self) -> None:
        """Count what waits: many words in one call."""
        for key, counts in (*self._by_field.items(), (ANYWHERE, self._beside)):
            counts.update(self._waiting[key])
            self._waiting[key].clear()

    def words(self) -> list[str]:
        """All words, rising."""
        self._count()
        return sorted(set().union(*self._by_field.values()))

    def columns(self, words: Sequence[str]) -> dict[str, bytes]:
        """The counts of ``words`` in each field."""
        first, beside = self._by_field[_DEFAULT_KEYS[0]], self._beside
        return {
            **{key: packed(map(counts.__getitem__, words)) for key, counts in self._by_field.items()},
            ANYWHERE: packed(first[word] + beside[word] for word in words),
        }


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys that a field has of a paragraph, and the number of their set, which is any where it has no sets."""

    keys: tuple[str, ...]
    number: int


_OF_DOCUMENTS = tuple(each for each in KEY_FIELDS if each.of_document)
_OF_PARAGRAPHS = tuple(each for each in KEY_FIELDS if not each.of_document)
_TEXT_KEYS = tuple(each.key for each in TEXT_FIELDS)
_DEFAULT_KEYS = tuple(each.key for each in DEFAULT_FIELDS)


@dataclass(slots=True)
class TableBuilder:
    """Gathers :class:`Tables` while documents are written; ``keep_lengths`` says whether those of each paragraph."""

    keep_lengths: bool = True
    coder: FormCoder = field(default_factory=FormCoder)
    """What gives forms their codes; an engine that wants them codes the forms of every row."""
    documents: list[Document] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    spans: list[tuple[str, str]] = field(default_factory=list)
    _stemmed: list[int] = field(default_factory=list)
    _sets: dict[str, dict[tuple[str, ...], int]] = field(
        default_factory=lambda: {key: {} for key in (*ALIKE, *IN_SETS)}
    )
    _document_sets: dict[str, list[int]] = field(default_factory=lambda: {key: [] for key in ALIKE})
    _lengths: dict[str, array[int]] = field(default_factory=lambda: {key: array(LENGTHS) for key in _TEXT_KEYS})
    _totals: dict[str, list[int]] = field(default_factory=lambda: {key: [0, 0] for key in _TEXT_KEYS})
    _forms: _Counts = field(default_factory=_Counts)
    _index_terms: _Counts = field(default_factory=_Counts)
    _values: dict[str, dict[str, KeyValue]] = field(default_factory=lambda: {each.key: {} for each in KEY_FIELDS})
    _having: dict[str, Counter[str]] = field(default_factory=lambda: {each.key: Counter() for each in KEY_FIELDS})
    _met: dict[tuple[str, object], _Keys] = field(default_factory=dict)
    """What each field has of each part of a paragraph that was met in the document."""
    _paragraphs: int = 0

    def add(self, parsed: ParsedDocument) -> list[Row]:
        """Take one document; its paragraphs as rows, in order."""
        document, paragraphs = parsed.document, parsed.paragraphs
        iso = document.date
        self.spans.append((dates.first_day(iso), dates.last_day(iso)) if iso else ("", ""))
        self.documents.append(document)
        self._met.clear()
        self.sizes.append(len(paragraphs))
        if not paragraphs:
            for of_documents in self._document_sets.values():
                of_documents.append(0)
            return []
        alike = {each.key: self._keys(each, document, paragraphs[0], len(paragraphs)) for each in _OF_DOCUMENTS}
        for key, of_documents in self._document_sets.items():
            of_documents.append(alike[key].number)
        return [self._row(document, paragraph, alike) for paragraph in paragraphs]

    def _row(self, document: Document, paragraph: Paragraph, alike: Mapping[str, _Keys]) -> Row:
        stemmed = (paragraph.language or document.language) in ENGLISH
        found = {each.key: _forms_of(each, document, paragraph) for each in TEXT_FIELDS}
        as_term = terms if stemmed else _unstemmed
        keys = {**alike, **{each.key: self._keys(each, document, paragraph, 1) for each in _OF_PARAGRAPHS}}
        row = Row(
            number=self._paragraphs,
            document_number=len(self.documents) - 1,
            paragraph=paragraph,
            stemmed=stemmed,
            forms=found,
            index_terms={key: [as_term(value) for value in values] for key, values in found.items()},
            keys={key: each.keys for key, each in keys.items()},
            sets={key: keys[key].number for key in IN_SETS},
            days=self.spans[-1],
        )
        self._paragraphs += 1
        self._count(row)
        return row

    def _set(self, key: str, keys: tuple[str, ...]) -> int:
        """The number of the set of those of ``keys`` that are unqualified; beyond the most it is any."""
        known, keys = self._sets[key], _bare(key, keys)
        if key in ALIKE or len(known) < _MOST_SETS:
            return known.setdefault(keys, len(known))
        return known.get(keys, 0)

    def _keys(self, key_field: Field, document: Document, paragraph: Paragraph, paragraphs: int) -> _Keys:
        """The keys of a paragraph, counted as those of so many ``paragraphs``."""
        met = key_field.key, getattr(paragraph, key_field.depends_on) if key_field.depends_on else None
        found = self._met.get(met)
        if found is None:
            values = key_values(key_field, document, paragraph)
            for value in values:
                _remember(self._values[key_field.key], value)
            keys = tuple(value.key for value in values)
            number = self._set(key_field.key, keys) if key_field.key in self._sets else 0
            found = self._met[met] = _Keys(keys, number)
        counts = self._having[key_field.key]
        for key in found.keys:
            counts[key] += paragraphs
        return found

    def _count(self, row: Row) -> None:
        if row.stemmed:
            self._stemmed.append(row.number)
        self._forms.add(row.forms)
        self._index_terms.add(row.index_terms)
        for key, values in row.forms.items():
            length = sum(map(len, values))
            if self.keep_lengths:
                self._lengths[key].append(length)
            total = self._totals[key]
            total[0] += length
            total[1] += length > 0

    def _are_few(self, key: str) -> bool:
        """Whether the sets of a facet are so few that counting them is no more work than counting its keys."""
        few = min(max(_FEW_SETS, 2 * len(self._values[key])), _MOST_SETS - 1)
        return key in ALIKE or len(self._sets[key]) <= few

    def finished(self) -> Tables:
        """The tables of all documents that were added."""
        known = self._forms.words()
        index_terms = self._index_terms.words()
        keys = {key: sorted(values) for key, values in self._values.items()}
        return Tables(
            documents=tuple(self.documents),
            sizes=self.sizes,
            spans=self.spans,
            lengths={key: lengths.tobytes() for key, lengths in self._lengths.items() if self.keep_lengths},
            totals={key: (tokens, having) for key, (tokens, having) in self._totals.items()},
            stemmed=_to_bytes(bitsets.of(self._stemmed, self._paragraphs)),
            sets={key: list(known) for key, known in self._sets.items() if self._are_few(key)},
            document_sets=self._document_sets,
            forms=known,
            terms=terms(known),
            frequencies=self._forms.columns(known),
            form_codes=packed(self.coder.numbers(known)),
            index_terms=index_terms,
            having=self._index_terms.columns(index_terms),
            keys=keys,
            key_counts={key: packed(map(self._having[key].__getitem__, found)) for key, found in keys.items()},
            labels={
                key: _unqualified(BY_KEY[key], {k: v.label for k, v in values.items()})
                for key, values in self._values.items()
            },
            parents={
                key: _unqualified(BY_KEY[key], {k: v.parent for k, v in values.items()})
                for key, values in self._values.items()
            },
        )


_forms_of_heading = lru_cache(maxsize=4096)(forms)


def _forms_of(text_field: Field, document: Document, paragraph: Paragraph) -> list[list[str]]:
    """The forms of each value; those of headings and titles, which come again and again, are found once."""
    found = _forms_of_heading if text_field.key in ("section", "title") else forms
    return [found(value) for value in text_values(text_field, document, paragraph)]


def _unstemmed(found: Sequence[str]) -> list[str]:
    return [UNSTEMMED + form for form in found]


@lru_cache(maxsize=4096)
def _bare(field_key: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` of a field without the qualified ones."""
    return tuple(key for key in keys if not is_qualified(BY_KEY[field_key], key))


def starts_of(sizes: Iterable[int]) -> list[int]:
    """The number of the first paragraph of each document, and after the last how many there are in all."""
    return [0, *accumulate(sizes)]


def packed(numbers: Iterable[int]) -> bytes:
    """``numbers`` as :func:`unpacked` reads them."""
    return array(LENGTHS, numbers).tobytes()


def unpacked(data: bytes) -> array[int]:
    """The numbers that :func:`packed` wrote."""
    numbers = array(LENGTHS)
    numbers.frombytes(data)
    return numbers


def _remember(known: dict[str, KeyValue], value: KeyValue) -> None:
    """Keep ``value``; where one key comes with several labels, the one that says most (the others lack a title)."""
    before = known.get(value.key)
    if before is None or (len(value.label), value.label) > (len(before.label), before.label):
        known[value.key] = value


def _unqualified(key_field: Field, by_key: Mapping[str, str]) -> dict[str, str]:
    """By unqualified key; a key that is only ever qualified ("any@note") stands without its qualifiers."""
    if not key_field.qualified:
        return dict(by_key)
    found: dict[str, str] = {}
    for key in sorted(by_key, key=lambda key: ("@" in key, key)):
        found.setdefault(key.partition("@")[0], by_key[key].partition("@")[0])
    return found


def _to_bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


def write(directory: Path, tables: Tables) -> None:
    """Write ``tables`` into ``directory``; the checksums of all its files must follow (:func:`seal`)."""
    (directory / TABLES).write_bytes(msgspec.msgpack.encode(tables))


def seal(directory: Path) -> None:
    """Write down size and checksum of every file in ``directory`` but locks: the last thing that a writer does."""
    sums = {path.name: measured(path) for path in _files(directory)}
    (directory / CHECKSUMS).write_bytes(msgspec.json.encode(sums))


def read(directory: Path) -> Tables:
    """The tables in ``directory``, after every file was compared with its checksum.

    Raises :class:`IndexDamagedError` where a file is missing, cut or changed.
    """
    try:
        said = msgspec.json.decode((directory / CHECKSUMS).read_bytes(), type=dict[str, tuple[int, int]])
        for name, sums in said.items():
            if measured(directory / name) != sums:
                raise IndexDamagedError(f"{directory / name} is damaged.")
        return msgspec.msgpack.decode((directory / TABLES).read_bytes(), type=Tables)
    except FileNotFoundError as error:
        raise IndexDamagedError(f"{error.filename} is missing.") from error
    except (OSError, msgspec.DecodeError) as error:
        raise IndexDamagedError(f"The index in {directory} cannot be read ({error}).") from error


def _files(directory: Path) -> Iterable[Path]:
    kept = (path for path in directory.iterdir() if path.is_file() and path.suffix != ".lock")
    return sorted(path for path in kept if path.name != CHECKSUMS)
