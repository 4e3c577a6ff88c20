"""All parts of ``pilcrow evaluate corpus`` in their order."""

from __future__ import annotations

from pathlib import Path

from pilcrow.evaluation.corpus import Corpus, files_part, read_symbols, symbols_part
from pilcrow.evaluation.ends import ends_part
from pilcrow.evaluation.figures import Report
from pilcrow.evaluation.layout_scan import layout_part
from pilcrow.evaluation.mastheads import masthead_part
from pilcrow.evaluation.samples import sample_parts
from pilcrow.evaluation.twins import twins_part

PARTS = (
    "refused", "symbol", "masthead", "twins", "layout", "ends", "mastheads-judged", "ends-judged", "states-judged",
)  # fmt: skip
"""The keys of the parts, in the order in which they are printed."""


def evaluate_corpus(corpus: Corpus, *, symbols: Path | None, judged: Path | None) -> Report:
    """Measure how well the files of ``corpus`` were read.

    ``symbols`` is the table of right symbols, ``judged`` the folder of samples that were judged by eye; None for none.
    """
    parts = [
        files_part(corpus),
        symbols_part(corpus, read_symbols(symbols)) if symbols else None,
        masthead_part(corpus),
        twins_part(corpus),
        layout_part(corpus),
        ends_part(corpus),
        *(sample_parts(corpus, judged) if judged else ()),
    ]
    return Report(tuple(part for part in parts if part is not None))
