"""What an engine tells of the facets of what is found, and how that is read: small numbers where there are such.

An engine counts one number a paragraph much faster than several strings, and tells it in fewer bytes. So documents are
asked for by number, which tells all facets in which the paragraphs of a document are alike; other facets that have few
sets of keys are asked for by the numbers of those, and the keys are added up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
        self._sets = tables.sets
        self._spread = spread
        self._ids = [document.id for document in tables.documents]
        self._alike = _Alike(tables)
        self._of_documents = {DOCUMENT_NUMBER, DOCUMENT, *self._alike.facets}

    def of(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> Tally:
        """What the engine tells of ``key_columns``: of documents their numbers, and sets where a facet has few."""
        if isinstance(lookup, Nothing):
            return Tally(key_columns, unit, {}, {})
        documents = () if self._of_documents.isdisjoint(key_columns) else (DOCUMENT_NUMBER,)
        others = [column for column in key_columns if column not in self._of_documents]
        if unit == "document":
            own = tuple(others)
            told = dict(zip(own, self._spread(lookup, own, unit) if own else (), strict=True))
            return Tally(key_columns, unit, told, self.by_number(lookup))
        own = (*(set_of(column) if column in self._sets else column for column in others), *documents)
        told = dict(zip(own, self._spread(lookup, own, unit), strict=True))
        return Tally(key_columns, unit, told, told.get(DOCUMENT_NUMBER, {}))

    def read(self, tally: Tally) -> dict[str, Spread]:
        """The counts of each column that was asked for, as they were told."""
        by_number = tally.by_number if tally.unit == "paragraph" else dict.fromkeys(tally.by_number, 1)
        alike = {} if self._alike.facets.isdisjoint(tally.key_columns) else self._alike.counted(by_number)

        def counts(column: str) -> Spread:
            if column == DOCUMENT:
                return self.named(by_number)
            if column in alike:
                return alike[column]
            if set_of(column) in tally.told:
                return _summed(self._sets[column], tally.told[set_of(column)].items())
            told: Spread = tally.told.get(column, {})
            return told

        return {column: counts(column) for column in tally.key_columns if column != DOCUMENT_NUMBER}

    def by_number(self, lookup: Lookup) -> Numbered:
        """How many paragraphs each document has of what ``lookup`` finds."""
        by_number: Numbered = self._spread(lookup, (DOCUMENT_NUMBER,), "paragraph")[0]
        return by_number

    def named(self, by_number: Numbered) -> Spread:
        """What is counted by the number of a document, by its id."""
        return dict(zip(map(self._ids.__getitem__, by_number), by_number.values(), strict=True))


class _Alike:
    """Counts by the numbers of documents the ``facets`` in which the paragraphs of each document are alike.

    Those are the facets of ``ALIKE``, and any in which all paragraphs of the index are alike. The one of most sets is
    counted by itself, all others together.
    """

    def __init__(self, tables: Tables) -> None:
        one_set = {facet: [0] * len(tables.documents) for facet, sets in tables.sets.items() if len(sets) == 1}
        sets_of = {**one_set, **tables.document_sets}
        self.facets = frozenset(sets_of)
        most = max(ALIKE, key=lambda facet: len(tables.sets[facet]))
        others = {facet: sets for facet, sets in sets_of.items() if facet != most}
        self._groups = [_Group(tables, sets) for sets in ({most: sets_of[most]}, others)]

    def counted(self, by_number: Numbered) -> dict[str, Spread]:
        """How many each key of each facet has, given how many each document has."""
        found: dict[str, Spread] = {}
        for group in self._groups:
            counts = group.counted(by_number)
            found |= {facet: _summed(keys, counts) for facet, keys in group.keys.items()}
        return found


class _Group:
    """The different combinations of sets that documents have of some facets, numbered; ``keys`` of each by facet."""

    def __init__(self, tables: Tables, sets_of: Mapping[str, Sequence[int]]) -> None:
        numbers: dict[tuple[int, ...], int] = {}
        self._of_document = [numbers.setdefault(row, len(numbers)) for row in zip(*sets_of.values(), strict=True)]
        self._size = len(numbers)
        # Where no document has a paragraph there is no set either.
        sets = {facet: tables.sets[facet] or [()] for facet in sets_of}
        self.keys = {facet: [sets[facet][row[at]] for row in numbers] for at, facet in enumerate(sets_of)}

    def counted(self, by_number: Numbered) -> list[tuple[int, int]]:
        """The numbers of the combinations that are there, and how many each has."""
        of_document, counts = self._of_document, [0] * self._size
        for number, count in by_number.items():
            counts[of_document[number]] += count
        return [(number, count) for number, count in enumerate(counts) if count]


def _summed(sets: Sequence[Sequence[str]], counts: Iterable[tuple[int, int]]) -> Spread:
    """How many paragraphs have each key, given how many have each of ``sets``, by its number."""
    found: dict[str, int] = {}
    for number, count in counts:
        for key in sets[number]:
            found[key] = found.get(key, 0) + count
    return found
