"""How a page's cost grows with what it finds: the curve at each size, and the same queries from one size to the next.

The aim is that cost grows no faster than the number of matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from benchmarks.measure import Measured, SizeResult
from benchmarks.report import pilcrows

BOUNDS = (100, 1_000, 10_000, 100_000)
"""Where one bucket of matches ends and the next begins."""


def print_curve(results: Sequence[SizeResult]) -> None:
    """For each of Pilcrow's engines, the curve."""
    by_engine: dict[str, list[tuple[SizeResult, Measured]]] = {}
    for result in results:
        for each in pilcrows(result):
            if each.first:
                by_engine.setdefault(each.name, []).append((result, each))
    for name, measured in by_engine.items():
        print(f"\nWhat a page of {name} costs by the number of paragraphs it finds")
        print(
            f"  {'paragraphs':>12} {'found':>18} {'queries':>8} {'median found':>13} {'median ms':>10}"
            f" {'ms per 1,000':>13}"
        )
        for result, each in measured:
            for line in _buckets(result, each):
                print(line, flush=True)
        for (smaller, before), (larger, after) in pairwise(measured):
            print(_growth(smaller, before, larger, after), flush=True)


def _buckets(result: SizeResult, measured: Measured) -> Iterator[str]:
    for low, high in pairwise((0, *BOUNDS, None)):
        numbers = [
            number
            for number in measured.first
            if (low or 0) <= measured.totals[number] and (high is None or measured.totals[number] < high)
        ]
        if not numbers:
            continue
        found = median(measured.totals[number] for number in numbers)
        spent = median(measured.first[number] for number in numbers)
        named = f"{low:,} and more" if high is None else f"under {high:,}"
        each = f"{spent / found * 1000:13.3f}" if found else f"{'-':>13}"
        yield f"  {result.paragraphs:12,} {named:>18} {len(numbers):8} {found:13,.0f} {spent:10.2f} {each}"


def _growth(smaller: SizeResult, before: Measured, larger: SizeResult, after: Measured) -> str:
    """The same queries at two sizes: how many times the matches, and how many times the time."""
    both = sorted(before.first.keys() & after.first.keys())
    matches = sum(after.totals[number] for number in both) / max(1, sum(before.totals[number] for number in both))
    spent = sum(after.first[number] for number in both) / sum(before.first[number] for number in both)
    middle = median(after.first[number] / before.first[number] for number in both)
    verdict = "met   " if spent <= matches else "MISSED"
    return (
        f"  {verdict}  from {smaller.paragraphs:,} to {larger.paragraphs:,} paragraphs, the same {len(both)} queries:"
        f" {matches:.2f} times the matches in {spent:.2f} times the time (median of a page: {middle:.2f} times)"
    )
