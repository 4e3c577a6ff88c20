"""A table beside a page: States by session over everything, against the page of results of the same search.

Each round leaves another document out, so that neither is an answer that was kept from the round before; table and page
take turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from pilcrow.engine.contract import IndexReader
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run
from pilcrow.search.tables import OFFERED, TableRequest, table

ROUNDS = 15


def print_tables(name: str, reader: IndexReader) -> None:
    """A line for each table that is offered: how long it takes, and how many times what a page takes."""
    documents = [document.id for document in reader.documents()][: ROUNDS * len(OFFERED)]
    for at, (rows, columns) in enumerate(OFFERED):
        some = documents[at :: len(OFFERED)] or documents
        pages, tables, cells = [], [], 0
        for left_out in some:
            search = SearchRequest().with_exclusion("symbol", left_out)
            pages.append(_milliseconds(lambda search=search: run(reader, search)))
            asked = TableRequest(rows=rows, columns=columns, search=search)
            tables.append(_milliseconds(lambda asked=asked: table(reader, asked)))
            cells = len(table(reader, asked).cells)
        times = median(tables) / median(pages)
        print(
            f"  {name}: {rows} by {columns}, {cells:,} cells, {median(tables):.1f} ms in the median: "
            f"{times:.2f} times a page of all ({median(pages):.1f} ms)",
            flush=True,
        )


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
