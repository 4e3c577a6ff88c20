"""A table for other programs: CSV, and the JSON that the command line and the web API share. Always the whole table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pilcrow.engine.fields import BY_KEY
from pilcrow.search.export import harmless
from pilcrow.search.results import diagnostic_to_dict
from pilcrow.search.table_sides import LEVELS, Heading
from pilcrow.search.tables import Table


def to_csv(table: Table) -> Iterator[str]:
    """A line a row, with the key of its value, and last the totals; no cell is one that a spreadsheet would run."""
    rows, columns = table.request.rows, table.columns
    yield _line([BY_KEY[rows].label, rows, *(column.full for column in columns), f"Total {table.unit}s"])
    for row in table.rows:
        counts = [table.count(row, column) for column in columns]
        yield _line([row.full, row.key, *map(str, counts), str(row.total)])
    yield _line(["Total", "", *(str(column.total) for column in columns), str(table.total)])


def to_dict(table: Table) -> dict[str, Any]:
    """Plain values for JSON; ``cells`` has a list for each row, with a number for each column."""
    request = table.request
    return {
        "query": request.search.query,
        "unit": table.unit,
        "total": table.total,
        "rows": _side(request.rows, request.row_level, table.rows),
        "columns": _side(request.columns, request.column_level, table.columns),
        "cells": [[table.count(row, column) for column in table.columns] for row in table.rows],
        "diagnostics": [diagnostic_to_dict(each) for each in table.diagnostics],
    }


def _side(facet: str, level: str, headings: Sequence[Heading]) -> dict[str, Any]:
    levels = [each.key for each in LEVELS.get(facet, ())]
    return {
        "facet": facet,
        "label": BY_KEY[facet].label,
        "level": level or (levels[0] if levels else None),
        "values": [
            {"value": each.key, "label": each.full, "count": each.total, "unknown": each.unknown} for each in headings
        ],
    }


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()
