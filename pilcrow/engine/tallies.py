"""What an engine tells of the facets of what is found, and how that is read: small numbers where there are such.

An engine counts one number a paragraph much faster than several strings, and tells it in fewer bytes. So documents are
asked for by number, facets that have few sets of keys by the numbers of those, and the keys are added up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilcrow.engine.columns import DOCUMENT_NUMBER, set_of
from pilcrow.engine.contract import Unit
from pilcrow.engine.lookups import Lookup, Nothing
from pilcrow.engine.tables import ALIKE, DOCUMENT, Tables

Spread = Mapping[str, int]
"""How many paragraphs (or documents) have each key of a column."""

Numbered = Mapping[int, int]
"""How many paragraphs each document has, or each set of keys, by its number."""

_OF_DOCUMENTS = frozenset({DOCUMENT_NUMBER, DOCUMENT})
_ALIKE = _OF_DOCUMENTS | frozenset(ALIKE)


@dataclass(frozen=True, slots=True)
class Tally:
    """What an engine told of ``key_columns`` among what a lookup finds, by the columns that it was asked for.

    ``by_number`` is how many paragraphs each document has, where that was asked for.
    """

    key_columns: Sequence[str]
    unit: Unit
    told: Mapping[str, Any]  # counts by key, or by number in a column of sets
    by_number: Numbered


class Tallies:
    """Asks an engine for tallies, by its ``spread`` (see :class:`pilcrow.engine.native.Backend`), and reads them."""

    def __init__(self, tables: Tables, spread: Callable[..., Sequence[Any]]) -> None:
        self._tables = tables
        self._spread = spread
        self._ids = [document.id for document in tables.documents]

    def of(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> Tally:
        """What the engine tells of ``key_columns``: of documents their numbers, and sets where a facet has few."""
        if isinstance(lookup, Nothing):
            return Tally(key_columns, unit, {}, {})
        if unit == "document":
            own = tuple(column for column in key_columns if column not in _ALIKE)
            told = self._spread(lookup, own, unit) if own else []
            return Tally(key_columns, unit, dict(zip(own, told, strict=True)), self.by_number(lookup))
        sets = self._tables.sets
        own = tuple(set_of(each) if each in sets else each for each in key_columns if each not in _OF_DOCUMENTS)
        if _OF_DOCUMENTS.isdisjoint(key_columns):
            return Tally(key_columns, unit, dict(zip(own, self._spread(lookup, own, unit), strict=True)), {})
        *told, by_number = self._spread(lookup, (*own, DOCUMENT_NUMBER), unit)
        return Tally(key_columns, unit, dict(zip(own, told, strict=True)), by_number)

    def read(self, tally: Tally) -> dict[str, Spread]:
        """The counts of each column that was asked for, as they were told."""
        return {column: self._column(column, tally) for column in tally.key_columns if column != DOCUMENT_NUMBER}

    def _column(self, column: str, tally: Tally) -> Spread:
        if column == DOCUMENT:
            by_number = tally.by_number
            return self.named(by_number if tally.unit == "paragraph" else dict.fromkeys(by_number, 1))
        if tally.unit == "document" and column in ALIKE:
            documents = Counter(map(self._tables.document_sets[column].__getitem__, tally.by_number))
            return _of_sets(self._tables.sets[column], documents)
        if set_of(column) in tally.told:
            return _of_sets(self._tables.sets[column], tally.told[set_of(column)])
        counts: Spread = tally.told.get(column, {})
        return counts

    def by_number(self, lookup: Lookup) -> Numbered:
        """How many paragraphs each document has of what ``lookup`` finds."""
        by_number: Numbered = self._spread(lookup, (DOCUMENT_NUMBER,), "paragraph")[0]
        return by_number

    def named(self, by_number: Numbered) -> Spread:
        """What is counted by the number of a document, by its id."""
        return dict(zip(map(self._ids.__getitem__, by_number), by_number.values(), strict=True))


def _of_sets(sets: Sequence[Sequence[str]], by_set: Numbered) -> Spread:
    """How many paragraphs have each key, given how many have each of ``sets``."""
    counts: dict[str, int] = {}
    for number, count in by_set.items():
        for key in sets[number]:
            counts[key] = counts.get(key, 0) + count
    return counts
