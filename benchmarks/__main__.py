"""``make bench``: Pilcrow's whole page beside its peers', at rising sizes, with targets, curve and threshold.

What is measured, and how, is said in :mod:`benchmarks.measure`; the corpora in :mod:`benchmarks.prepare`, the queries
in :mod:`benchmarks.queries`, the peers in :mod:`benchmarks.peers`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import contenders, queries
from benchmarks.contenders import Spec
from benchmarks.curve import print_curve
from benchmarks.measure import Plan, SizeResult, measure
from benchmarks.report import print_size
from benchmarks.targets import print_targets
from benchmarks.threshold import SIZES as THRESHOLD_SIZES
from benchmarks.threshold import print_threshold

SIZES = (10_000, 100_000, 172_932)
LARGE = 1_000_000
QUERIES = 300
PATIENCE = 600.0
"""Seconds that one may take for all queries of the counted round, a quarter for others; what it does not get to is left
out."""


def main() -> None:
    """Read the options, prepare the corpora, measure each size and print what was found."""
    from benchmarks import prepare  # here, because a process that only serves would pay for the indexer too

    chosen = _options().parse_args()
    sizes = sorted(chosen.sizes or [*SIZES, *([LARGE] if os.environ.get("BENCH_LARGE") == "1" else [])])
    print(
        f"Paragraphs: {prepare.source()}. Queries: {chosen.queries} of {len(queries.KINDS)} kinds in turn, drawn from"
        " them with a fixed seed. A page is ten hits, their snippets and all facets, chosen ones counted without their"
        " own selection.",
        flush=True,
    )
    specs = list(_present(_asked_for(chosen)))
    with tempfile.TemporaryDirectory(prefix="pilcrow-bench-") as scratch:
        folder = prepare.made(chosen.folder or Path(scratch))
        source = prepare.base(folder, max([*sizes, *(THRESHOLD_SIZES if chosen.threshold else [])]))
        # Drawn from the smallest corpus, which the others contain, so that all sizes are asked the same.
        smallest = prepare.corpus(folder, sizes[0], source)
        plan = Plan(
            queries.draw(smallest, chosen.queries),
            queries.draw(smallest, chosen.queries, seed=queries.WARM_UP),
            chosen.patience,
            chosen.profile,
        )
        results: list[SizeResult] = []
        for size in sizes:
            there = Path(scratch) / "indices"
            fit = [spec for spec in specs if _fits(spec, size, chosen)]
            results.append(measure(prepare.corpus(folder, size, source), there, fit, plan))
            print_size(results[-1])
            shutil.rmtree(there, ignore_errors=True)
        print_curve(results)
        print_targets(results)
        if chosen.threshold:
            print_threshold(lambda size: prepare.corpus(folder, size, source), Path(scratch), chosen.queries)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Print Pilcrow's speed and memory beside its peers'."
    )
    options.add_argument("--sizes", type=int, nargs="+", metavar="N", help="paragraphs indexed")
    options.add_argument("--queries", type=int, default=QUERIES, metavar="N", help="queries asked")
    options.add_argument("--engines", nargs="*", metavar="NAME", help="Pilcrow's engines to measure (default: all)")
    options.add_argument(
        "--peers", nargs="*", choices=contenders.PEERS, metavar="NAME", help=f"of {', '.join(contenders.PEERS)}"
    )
    options.add_argument(
        "--opensearch", default="", metavar="URL", help="measure Pilcrow on OpenSearch at this address"
    )
    options.add_argument("--patience", type=float, default=PATIENCE, metavar="S", help="seconds a round for each")
    options.add_argument("--profile", action="store_true", help="print where the time of Pilcrow's pages goes")
    options.add_argument("--threshold", action="store_true", help="find the size at which Whoosh becomes too slow too")
    options.add_argument(
        "--folder", type=Path, metavar="DIR", help="keep the prepared corpora here, and use them again"
    )
    return options


def _asked_for(chosen: argparse.Namespace) -> Iterator[Spec]:
    for key in contenders.ENGINES if chosen.engines is None else chosen.engines:
        yield Spec("engine", key)
    if chosen.opensearch:
        yield Spec("engine", "opensearch", chosen.opensearch)
    for key in contenders.PEERS if chosen.peers is None else chosen.peers:
        yield Spec("peer", key)


def _present(specs: Iterator[Spec]) -> Iterator[Spec]:
    """Those that can be measured here; of the others, and of what a peer cannot ask, it is said."""
    for spec in specs:
        try:
            one = contenders.contender(spec)
        except ModuleNotFoundError as error:
            print(f"The peer {spec.key} is left out: {error.name} is not installed.", flush=True)
            continue
        reason = one.missing()
        if reason:
            print(reason, flush=True)
            continue
        for kind, why in one.left_out.items():
            print(f"{one.name} is not asked “{kind}”: {why}.", flush=True)
        yield spec


def _fits(spec: Spec, size: int, chosen: argparse.Namespace) -> bool:
    """Whether to measure this one at this size: not Whoosh at a large one, unless it was asked for by name."""
    name = contenders.contender(spec).name
    named = chosen.engines if spec.kind == "engine" else chosen.peers
    largest = contenders.LARGEST.get(name)
    if named is not None or largest is None or size <= largest:
        return True
    print(f"\n{name} is left out above {largest:,} paragraphs, unless asked for by name.", flush=True)
    return False


if __name__ == "__main__":
    main()
