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

_OF_DOCUMENTS = frozenset({DOCUMENT_NUMBER, DOCUMENT, *ALIKE})
"""The columns that the number of a document tells."""


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

    def of(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> Tally:
        """What the engine tells of ``key_columns``: of documents their numbers, and sets where a facet has few."""
        if isinstance(lookup, Nothing):
            return Tally(key_columns, unit, {}, {})
        documents = () if _OF_DOCUMENTS.isdisjoint(key_columns) else (DOCUMENT_NUMBER,)
        others = [column for column in key_columns if column not in _OF_DOCUMENTS]
        if documents:
            others = [column for column in others if not self._is_one(column)]
        if unit == "document":
            own = tuple(others)
            told = dict(zip(own, self._spread(lookup, own, unit) if own else (), strict=True))
            return Tally(key_columns, unit, told, self.by_number(lookup))
        own = (*(set_of(column) if column in self._sets else column for column in others), *documents)
        told = dict(zip(own, self._spread(lookup, own, unit), strict=True))
        return Tally(key_columns, unit, told, told.get(DOCUMENT_NUMBER, {}))

    def _is_one(self, column: str) -> bool:
        """Whether all paragraphs have the same keys of a facet, so that their number tells it."""
        return len(self._sets.get(column, ())) == 1

    def read(self, tally: Tally) -> dict[str, Spread]:
        """The counts of each column that was asked for, as they were told."""
        by_number = tally.by_number if tally.unit == "paragraph" else dict.fromkeys(tally.by_number, 1)
        alike = self._alike.counted(by_number) if not set(ALIKE).isdisjoint(tally.key_columns) else {}

        def counts(column: str) -> Spread:
            if column == DOCUMENT:
                return self.named(by_number)
            if column in alike:
                return alike[column]
            if set_of(column) in tally.told:
                return _summed(self._sets[column], tally.told[set_of(column)].items())
            if column not in tally.told and self._is_one(column) and by_number:
                return dict.fromkeys(self._sets[column][0], sum(by_number.values()))
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
    """Counts the facets of ``ALIKE`` by the numbers of documents: that of most sets by itself, all others together."""

    def __init__(self, tables: Tables) -> None:
        most = max(ALIKE, key=lambda facet: len(tables.sets[facet]))
        self._groups = [_Group(tables, facets) for facets in ([most], [facet for facet in ALIKE if facet != most])]

    def counted(self, by_number: Numbered) -> dict[str, Spread]:
        """How many each key of each facet has, given how many each document has."""
        return {
            facet: _summed(group.keys[facet], counts)
            for group in self._groups
            for counts in [group.counted(by_number)]
            for facet in group.facets
        }


class _Group:
    """The different combinations of sets that documents have of some ``facets``, numbered.

    ``keys`` are those that each combination has of each facet.
    """

    def __init__(self, tables: Tables, facets: Sequence[str]) -> None:
        numbers: dict[tuple[int, ...], int] = {}
        rows = zip(*(tables.document_sets[facet] for facet in facets), strict=True)
        self._of_document = [numbers.setdefault(row, len(numbers)) for row in rows]
        self._size = len(numbers)
        self.facets = facets
        # Where no document has a paragraph there is no set either.
        sets = {facet: tables.sets[facet] or [()] for facet in facets}
        self.keys = {facet: [sets[facet][row[at]] for row in numbers] for at, facet in enumerate(facets)}

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
