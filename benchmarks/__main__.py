"""``make bench``: a page beside stock Whoosh, at 1,000 and 5,000 paragraphs (see :mod:`benchmarks.page`)."""

from __future__ import annotations

import argparse
import multiprocessing
import sys

from benchmarks import corpus
from benchmarks.page import measure

SIZES = (1_000, 5_000)
QUERIES = 100


def main() -> None:
    """Print the tables; ``--sizes`` and ``--queries`` make the run smaller or larger."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Print Pilcrow's speed and memory beside stock Whoosh's."
    )
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="paragraphs indexed")
    options.add_argument("--queries", type=int, default=QUERIES, metavar="N", help="queries asked")
    chosen = options.parse_args()
    source = "treaty-body documents" if corpus.REAL.exists() else "generated from corpus/"
    print(
        f"Paragraphs: {source}. Queries: {chosen.queries} drawn from them: a word, two, three, a phrase, in turn.",
        flush=True,
    )
    for size in chosen.sizes:
        # Each size in a process of its own, so that the memory printed is that size's alone.
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(size, chosen.queries))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"The run at {size:,} paragraphs failed with exit status {process.exitcode}.")


if __name__ == "__main__":
    main()
