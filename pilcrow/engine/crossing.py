"""Tables of one facet by another, exactly as :mod:`pilcrow.engine.contract` defines them: what no engine need know.

An engine that keeps sets of paragraphs as integers counts the intersections of its rows with its columns
(:func:`of_sets`). One that counts by itself is asked twice, whatever the size of the table: for the totals, as for
facets, and for the cells (:class:`Pairs`), as :data:`Combined`. What all paragraphs of a document have in common need
not be asked for at all: it is added up by document, and tells documents apart where those are counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pilcrow.engine import bitsets
from pilcrow.engine.columns import qualified_of
from pilcrow.engine.contract import Axis, CrossAnswer, CrossPlan, Unit
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.tables import ALIKE, DOCUMENT, Tables

Combined = Mapping[tuple[str, ...], int]
"""How many paragraphs have all keys of each combination, one of each column."""

Cells = dict[tuple[str, str], int]

_WALKED = 8
"""Cells a paragraph from which on it takes less time to look at each paragraph than at each cell (measured)."""

# ------------------------------------------------------------------------------------------------------- by sets


def within(values: Mapping[str, int], found: int) -> dict[str, int]:
    """The sets of ``values`` cut down to ``found``, without those of which nothing is left."""
    return {key: common for key, bits in values.items() if (common := bits & found)}


def of_sets(
    found: int, rows: Mapping[str, int], columns: Mapping[str, int], *, groups: bitsets.Groups | None
) -> CrossAnswer:
    """The table of ``rows`` and ``columns``, sets within ``found``; counted in ``groups`` where they are given."""
    size_of = groups.count if groups else int.bit_count
    many = len(rows) * len(columns) > _WALKED * found.bit_count()
    return CrossAnswer(
        total=size_of(found),
        rows={key: size_of(bits) for key, bits in rows.items()},
        columns={key: size_of(bits) for key, bits in columns.items()},
        cells=_walked(rows, columns, groups) if many else _intersected(rows, columns, size_of),
    )


def _intersected(rows: Mapping[str, int], columns: Mapping[str, int], size_of: Callable[[int], int]) -> Cells:
    return {
        (row, column): size_of(common)
        for row, these in rows.items()
        for column, those in columns.items()
        if (common := these & those)
    }


def _walked(rows: Mapping[str, int], columns: Mapping[str, int], groups: bitsets.Groups | None) -> Cells:
    """The same by way of each paragraph's keys: for tables with many more cells than paragraphs, most of them empty."""
    rows_of: dict[int, list[str]] = {}
    for row, bits in rows.items():
        for number in bitsets.members(bits):
            rows_of.setdefault(number, []).append(row)
    ends = list(bitsets.members(groups.last)) if groups else []
    cells: Cells = {}
    for column, bits in columns.items():
        members = [number for number in bitsets.members(bits) if number in rows_of]
        if groups is None:
            counts = Counter(chain.from_iterable(map(rows_of.__getitem__, members)))
        else:
            pairs = {(row, bisect_left(ends, number)) for number in members for row in rows_of[number]}
            counts = Counter(row for row, _ in pairs)
        cells |= {(row, column): count for row, count in counts.items()}
    return cells


# ----------------------------------------------------------------------------------------------------- by counts


def key_columns(plan: CrossPlan) -> tuple[str, str]:
    """The columns in which the keys of the rows and of the columns stand."""
    rows, columns = (qualified_of(side.field) if side.qualifier else side.field for side in (plan.rows, plan.columns))
    return rows, columns


class DocumentKeys:
    """The keys that all paragraphs of a document have in a column."""

    def __init__(self, tables: Tables, places: Mapping[str, int]) -> None:
        self._tables = tables
        self._places = places

    def has(self, column: str) -> bool:
        """Whether the paragraphs of each document are alike in ``column``."""
        return column == DOCUMENT or column in ALIKE

    def __call__(self, column: str, document: str) -> Sequence[str]:
        """The keys of the document with this id in ``column``."""
        if column == DOCUMENT:
            return (document,)
        return self._tables.sets[column][self._tables.document_sets[column][self._places[document]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What the cells are counted from.

    ``sides`` are the columns of the rows' keys and of the columns'; ``by_document`` is how many paragraphs each
    document has of what is found, and ``combined`` asks the engine about those.
    """

    sides: tuple[str, str]
    by_document: Mapping[str, int]
    keys_of: DocumentKeys
    combined: Callable[[tuple[str, ...]], Combined]

    def counted(self, unit: Unit) -> Cells:
        """How many paragraphs or documents have each pair of keys."""
        one, other = self.sides
        if self.keys_of.has(one) and self.keys_of.has(other):
            return self._of_documents(unit)
        if unit == "paragraph":
            return {(row, column): count for (row, column), count in self.combined((one, other)).items()}
        if self.keys_of.has(one) or self.keys_of.has(other):
            return self._half_of_documents()
        return dict(Counter((row, column) for row, column, _ in self.combined((one, other, DOCUMENT))))

    def _of_documents(self, unit: Unit) -> Cells:
        """The cells where both facets are the documents'."""
        cells: Counter[tuple[str, str]] = Counter()
        one, other = self.sides
        for document, paragraphs in self.by_document.items():
            columns = self.keys_of(other, document)
            for row in self.keys_of(one, document):
                for column in columns:
                    cells[row, column] += paragraphs if unit == "paragraph" else 1
        return dict(cells)

    def _half_of_documents(self) -> Cells:
        """The documents of each cell, where one facet is the documents' and the other the paragraphs' own."""
        cells: Counter[tuple[str, str]] = Counter()
        one, other = self.sides
        if self.keys_of.has(one):
            for column, document in self.combined((other, DOCUMENT)):
                cells.update([(row, column) for row in self.keys_of(one, document)])
        else:
            for row, document in self.combined((one, DOCUMENT)):
                cells.update([(row, column) for column in self.keys_of(other, document)])
        return dict(cells)


def of_counts(
    plan: CrossPlan, by_document: Mapping[str, int], *, totals: Mapping[str, Mapping[str, int]], cells: Cells
) -> CrossAnswer:
    """The table, its keys without their qualifiers; ``totals`` are those of each column of keys."""
    one, other = key_columns(plan)
    rows, columns = _bare(plan.rows, totals[one]), _bare(plan.columns, totals[other])
    return CrossAnswer(
        total=sum(by_document.values()) if plan.unit == "paragraph" else len(by_document),
        rows={bare: totals[one][key] for key, bare in rows.items()},
        columns={bare: totals[other][key] for key, bare in columns.items()},
        cells={
            (rows[row], columns[column]): count
            for (row, column), count in cells.items()
            if row in rows and column in columns
        },
    )


def _bare(side: Axis, keys: Mapping[str, int]) -> dict[str, str]:
    """Those of ``keys`` that have exactly the qualifier of ``side``, with what they are without it."""
    bare = {key: key.removesuffix(side.qualifier) for key in keys if key.endswith(side.qualifier)}
    return {key: without for key, without in bare.items() if not is_qualified(BY_KEY[side.field], without)}


def flattened(
    answer: Mapping[str, Any], path: Sequence[str], check: Callable[[Any], None] = lambda _: None
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The combinations in an aggregation of terms within terms along ``path``, each level of which is ``check``-ed."""
    column, *rest = path
    check(answer[column])
    for bucket in answer[column]["buckets"]:
        if rest:
            yield from (((bucket["key"], *keys), count) for keys, count in flattened(bucket, rest, check))
        else:
            yield (bucket["key"],), bucket["doc_count"]
