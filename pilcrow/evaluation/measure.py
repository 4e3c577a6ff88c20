"""All parts of ``pilcrow evaluate corpus`` in their order: what each is measured with, and what is left out and why."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pilcrow.evaluation.corpus import files_part, read_corpus, read_symbols, symbols_part
from pilcrow.evaluation.figures import Report
from pilcrow.evaluation.layout_scan import layout_part

PARTS = ("refused", "symbol", "layout")
"""The keys of the parts, in the order in which they are printed."""


def evaluate_corpus(folder: Path, *, symbols: Path | None, jobs: int, only: Collection[str] = ()) -> Report:
    """Read the files under ``folder`` and measure how well that was done."""
    truth = read_symbols(symbols) if symbols else None
    corpus = read_corpus(folder, jobs=jobs, only=only)
    parts = [files_part(corpus)]
    if truth is not None:
        parts.append(symbols_part(corpus, truth))
    parts.append(layout_part(corpus))
    return Report(tuple(parts))
