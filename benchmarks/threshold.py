"""Where Whoosh becomes too slow: the size at which the 95th percentile of a page with facets passes 50 ms.

``--engine auto`` takes Whoosh up to there and Tantivy above. Sizes rise until two of them are past the limit; the
threshold lies between the last that is not and the first that is, by linear interpolation.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import queries
from benchmarks.contenders import Spec
from benchmarks.corpus import Corpus
from benchmarks.figures import percentile95
from benchmarks.measure import Plan, measure

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 75_000, 100_000)
LIMIT_MS = 50.0
ENGINE = Spec("engine", "whoosh")
PATIENCE = 300.0


def print_threshold(corpora: Callable[[int], Corpus], folder: Path, count: int) -> None:
    """Measure Whoosh at rising sizes and print where it passes the limit."""
    print(f"\nWhere a page of Pilcrow on whoosh passes {LIMIT_MS:g} ms (95th percentile)", flush=True)
    smallest = corpora(SIZES[0])
    plan = Plan(queries.draw(smallest, count), queries.draw(smallest, count, seed=queries.WARM_UP), PATIENCE)
    points: list[tuple[int, float]] = []
    for size in SIZES:
        result = measure(corpora(size), folder, [ENGINE], plan)
        times = result.measured[0].first.values()
        points.append((size, percentile95(times)))
        print(
            f"  {size:9,} paragraphs: median {median(times):7.2f} ms, 95th percentile {points[-1][1]:7.2f} ms",
            flush=True,
        )
        if sum(high > LIMIT_MS for _, high in points) == 2:
            break
    print(f"  {said(points)}", flush=True)


def said(points: Iterable[tuple[int, float]]) -> str:
    """The threshold as a sentence."""
    listed = list(points)
    first, last = listed[0], listed[-1]
    if first[1] > LIMIT_MS:
        return f"The threshold is below {first[0]:,} paragraphs."
    at = crossing(listed)
    if at is None:
        return f"The threshold is above {last[0]:,} paragraphs."
    return f"The threshold is {at:,} paragraphs."


def crossing(points: Iterable[tuple[int, float]]) -> int | None:
    """The size at which a line through ``points`` (size, ms) first passes the limit."""
    for (size, low), (larger, high) in pairwise(points):
        if low <= LIMIT_MS < high:
            return round(size + (larger - size) * (LIMIT_MS - low) / (high - low))
    return None


def main() -> None:
    """Print the threshold."""
    from benchmarks import prepare  # here, because a process that only serves would pay for the indexer too

    options = argparse.ArgumentParser(prog="python -m benchmarks.threshold", description=__doc__.partition("\n")[0])
    options.add_argument("--queries", type=int, default=300, metavar="N", help="queries asked")
    options.add_argument(
        "--folder", type=Path, metavar="DIR", help="keep the prepared corpora here, and use them again"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pilcrow-bench-") as scratch:
        folder = prepare.made(chosen.folder or Path(scratch))
        source = prepare.base(folder, max(SIZES))
        print_threshold(lambda size: prepare.corpus(folder, size, source), Path(scratch), chosen.queries)


if __name__ == "__main__":
    main()
