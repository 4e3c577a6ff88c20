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
from pathlib import Path

import msgspec

from pilcrow.engine import bitsets, dates
from pilcrow.engine.analysis import ENGLISH, Token, term, tokens
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.fields import BY_KEY, KEY_FIELDS, TEXT_FIELDS, Field, KeyValue, key_values, text_values
from pilcrow.engine.files import measured
from pilcrow.engine.model import Document, Paragraph, ParsedDocument

TABLES = "tables.msgpack"
CHECKSUMS = "checksums.json"
LENGTHS = "I"
"""The array type of lengths and frequencies: unsigned, 32 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The file's content.

    ``sizes[n]`` is how many paragraphs document n has; paragraphs are numbered through, in order of document.
    ``spans[n]`` are the first and last day that its date covers, ("", "") where it has none. ``lengths`` are the tokens
    of each paragraph in each text field. ``forms`` are rising, ``terms`` theirs, ``frequencies`` how many paragraphs
    have each in each text field. ``stemmed`` are the paragraphs whose terms are stems, as a set in bytes. ``keys`` are
    all keys of each key field, rising; ``labels`` and ``parents`` those of unqualified ones.
    """

    documents: tuple[Document, ...]
    sizes: list[int]
    spans: list[tuple[str, str]]
    lengths: dict[str, bytes]
    stemmed: bytes
    forms: list[str]
    terms: list[str]
    frequencies: dict[str, bytes]
    keys: dict[str, list[str]]
    labels: dict[str, dict[str, str]]
    parents: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paragraph as an engine indexes it: tokens of each value of each text field, keys of each key field."""

    paragraph: Paragraph
    words: Mapping[str, Sequence[Sequence[Token]]]
    keys: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class TableBuilder:
    """Gathers :class:`Tables` while documents are written."""

    documents: list[Document] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    spans: list[tuple[str, str]] = field(default_factory=list)
    _stemmed: list[int] = field(default_factory=list)
    _lengths: dict[str, array[int]] = field(default_factory=lambda: {each.key: array(LENGTHS) for each in TEXT_FIELDS})
    _frequencies: dict[str, Counter[str]] = field(default_factory=lambda: {each.key: Counter() for each in TEXT_FIELDS})
    _values: dict[str, dict[str, KeyValue]] = field(default_factory=lambda: {each.key: {} for each in KEY_FIELDS})

    def add(self, parsed: ParsedDocument) -> list[Row]:
        """Take one document; its paragraphs as rows, in order."""
        iso = parsed.document.date
        self.spans.append((dates.first_day(iso), dates.last_day(iso)) if iso else ("", ""))
        self.documents.append(parsed.document)
        self.sizes.append(len(parsed.paragraphs))
        return [self._row(parsed.document, paragraph) for paragraph in parsed.paragraphs]

    def _row(self, document: Document, paragraph: Paragraph) -> Row:
        language = paragraph.language or document.language
        number = len(self._lengths[TEXT_FIELDS[0].key])
        if language in ENGLISH:
            self._stemmed.append(number)
        words = {}
        for text_field in TEXT_FIELDS:
            values = [tokens(value, language) for value in text_values(text_field, document, paragraph)]
            words[text_field.key] = values
            self._lengths[text_field.key].append(sum(map(len, values)))
            self._frequencies[text_field.key].update({token.form for value in values for token in value})
        keys = {}
        for key_field in KEY_FIELDS:
            found = key_values(key_field, document, paragraph)
            keys[key_field.key] = [value.key for value in found]
            known = self._values[key_field.key]
            for value in found:
                _remember(known, value)
        return Row(paragraph=paragraph, words=words, keys=keys)

    def finished(self) -> Tables:
        """The tables of all documents that were added."""
        forms = sorted(set().union(*self._frequencies.values()))
        return Tables(
            documents=tuple(self.documents),
            sizes=self.sizes,
            spans=self.spans,
            lengths={key: lengths.tobytes() for key, lengths in self._lengths.items()},
            stemmed=_to_bytes(bitsets.of(self._stemmed, sum(self.sizes))),
            forms=forms,
            terms=[term(form) for form in forms],
            frequencies={
                key: array(LENGTHS, [counts[form] for form in forms]).tobytes()
                for key, counts in self._frequencies.items()
            },
            keys={key: sorted(values) for key, values in self._values.items()},
            labels={
                key: _unqualified(BY_KEY[key], {k: v.label for k, v in values.items()})
                for key, values in self._values.items()
            },
            parents={
                key: _unqualified(BY_KEY[key], {k: v.parent for k, v in values.items()})
                for key, values in self._values.items()
            },
        )


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
    """Write down size and checksum of every file in ``directory``: the last thing that a writer does."""
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
    return sorted(path for path in directory.iterdir() if path.is_file() and path.name != CHECKSUMS)
