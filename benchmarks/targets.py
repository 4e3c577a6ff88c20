"""What Pilcrow on Tantivy is held to, and whether it was met, with the figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.figures import percentile95
from benchmarks.measure import Measured, SizeResult
from benchmarks.report import peers, pilcrows, times_faster

ENGINE = "tantivy"

PAGE_MS = {100_000: 12.0, 1_000_000: 100.0}
"""Paragraphs -> milliseconds that the 95th percentile of a whole page may take."""

TIMES = {"plain Tantivy": 1.0, "Xapian": 4.0, "SQLite FTS5": 10.0}
"""Peer -> how many times as fast a whole page is to be."""

TIMES_FROM = 100_000
"""Paragraphs from which on the peers are a target: below, every page is a few milliseconds of fixed cost."""

INDEXED = 5_000
MEMORY_MB = {1_000_000: 400.0}


def print_targets(results: Sequence[SizeResult]) -> None:
    """A line for each target at each size that it is set for."""
    found = [(result, each) for result in results for each in pilcrows(result) if each.spec.key == ENGINE]
    if not found:
        print(f"\nTargets are set for Pilcrow on {ENGINE}, which was not measured.", flush=True)
        return
    print(f"\nTargets of Pilcrow on {ENGINE}")
    for result, ours in found:
        for line in _lines(result, ours):
            print(f"  {result.paragraphs:>9,} paragraphs: {line}", flush=True)


def _lines(result: SizeResult, ours: Measured) -> Iterator[str]:
    size = result.paragraphs
    rate = size / ours.build_seconds
    yield _line(f"{rate:,.0f} paragraphs indexed a second, at least {INDEXED:,}", met=rate >= INDEXED)
    if size in PAGE_MS and ours.first:
        high = percentile95(ours.first.values())
        yield _line(f"95th percentile of a page {high:.2f} ms, under {PAGE_MS[size]:g}", met=high < PAGE_MS[size])
    if size in MEMORY_MB and ours.memory:
        memory = ours.memory
        said = f"{memory.peak:,.0f} MB of memory at most, under {MEMORY_MB[size]:g}"
        said += f" (last {memory.own:,.0f} of its own and {memory.mapped:,.0f} of files mapped)"
        yield _line(said, met=memory.peak < MEMORY_MB[size])
    if size >= TIMES_FROM:
        for peer in peers(result):
            if peer.name in TIMES and ours.first.keys() & peer.first.keys():
                yield from _compared(ours, peer)


def _compared(ours: Measured, peer: Measured) -> Iterator[str]:
    wanted = TIMES[peer.name]
    for what, times in zip(("median", "95th percentile"), times_faster(ours, peer), strict=True):
        yield _line(f"{times:.2f} times as fast as {peer.name} ({what}), at least {wanted:g}", met=times >= wanted)


def _line(said: str, *, met: bool) -> str:
    return f"{'met   ' if met else 'MISSED'}  {said}"
