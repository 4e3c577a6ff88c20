"""All parts of ``pilcrow evaluate corpus`` in their order."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pilcrow.evaluation.corpus import files_part, read_corpus, read_symbols, symbols_part
from pilcrow.evaluation.ends import ends_part
from pilcrow.evaluation.figures import Report
from pilcrow.evaluation.layout_scan import layout_part
from pilcrow.evaluation.mastheads import masthead_part
from pilcrow.evaluation.twins import twins_part

PARTS = ("refused", "symbol", "masthead", "twins", "layout", "ends")
"""The keys of the parts, in the order in which they are printed."""


def evaluate_corpus(folder: Path, *, symbols: Path | None, jobs: int, only: Collection[str] = ()) -> Report:
    """Read the files under ``folder`` and measure how well that was done."""
    truth = read_symbols(symbols) if symbols else None
    corpus = read_corpus(folder, jobs=jobs, only=only)
    parts = [
        files_part(corpus),
        symbols_part(corpus, truth) if truth is not None else None,
        masthead_part(corpus),
        twins_part(corpus),
        layout_part(corpus),
        ends_part(corpus),
    ]
    return Report(tuple(part for part in parts if part is not None))
