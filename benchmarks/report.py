"""The tables of one size: what each contender took, by kind of query, and how many times faster Pilcrow is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from benchmarks.figures import percentile95, shared
from benchmarks.measure import Measured, SizeResult
from benchmarks.queries import KINDS

_NAME = 20
_COLUMN = 20


def print_size(result: SizeResult) -> None:
    """Print all tables of one size."""
    for line in _lines(result):
        print(line, flush=True)


def _lines(result: SizeResult) -> Iterator[str]:
    yield from _whole(result)
    yield from _by_kind(
        result, "a page by kind, median ms", lambda each, numbers: _median(each.first, numbers, "10.2f")
    )
    yield from _by_kind(
        result, "paragraphs found, median", lambda each, numbers: _median(each.totals, numbers, "10,.0f")
    )
    for ours in pilcrows(result):
        yield from _ratios(result, ours)
    yield from (f"  {sentence}" for sentence in result.disagreements[:5])
    counted = sum(query.kind == "facet only" for query in result.queries)
    if counted and len(result.measured) > 1:
        wrong = len(result.disagreements)
        yield f"  counts compared on {counted} pages of facets without words: {wrong} disagreements"


def pilcrows(result: SizeResult) -> list[Measured]:
    """Pilcrow on each of its engines."""
    return [each for each in result.measured if each.spec.kind == "engine"]


def peers(result: SizeResult) -> list[Measured]:
    """The peers."""
    return [each for each in result.measured if each.spec.kind == "peer"]


def _whole(result: SizeResult) -> Iterator[str]:
    yield (
        f"  {'':{_NAME}} indexed/s  index MB | memory MB: peak   own  mapped | page ms: median    95th"
        " | again: median    95th | asked"
    )
    for each in result.measured:
        rate = result.paragraphs / each.build_seconds
        index = "-" if each.megabytes is None else f"{each.megabytes:,.0f}"
        memory = (
            f"{each.memory.peak:15,.0f} {each.memory.own:5,.0f} {each.memory.mapped:7,.0f}"
            if each.memory
            else f"{'-':>29}"
        )
        pages = " | ".join(
            f"{median(times.values()):{width}.2f} {percentile95(times.values()):7.2f}" if times else " " * (width + 8)
            for times, width in ((each.first, 15), (each.again, 13))
        )
        yield f"  {each.name:{_NAME}} {rate:9,.0f} {index:>9} | {memory} | {pages} | {len(each.first):5}"


def _by_kind(result: SizeResult, title: str, figure: Callable[[Measured, list[int]], str]) -> Iterator[str]:
    yield f"  {title:{_NAME + 6}}" + "".join(f"{each.name:>{_COLUMN}}" for each in result.measured)
    for kind in KINDS:
        numbers = [number for number, query in enumerate(result.queries) if query.kind == kind]
        if numbers:
            cells = "".join(f"{figure(each, numbers):>{_COLUMN}}" for each in result.measured)
            yield f"    {kind:{_NAME + 4}}{cells}"


def _median(values: dict[int, float] | dict[int, int], numbers: list[int], form: str) -> str:
    found = [values[number] for number in numbers if number in values]
    return format(median(found), form) if found else "-"


def _ratios(result: SizeResult, ours: Measured) -> Iterator[str]:
    """How many times as long each peer takes, over the queries that both have answered."""
    for peer in peers(result):
        both = shared(ours, peer)
        if both:
            middle, high = times_faster(ours, peer)
            yield (
                f"  {ours.name} is {middle:.2f} times as fast as {peer.name} in the median, {high:.2f} at the 95th"
                f" percentile, over {len(both)} queries that both answer"
            )


def times_faster(ours: Measured, peer: Measured) -> tuple[float, float]:
    """The peer's time over Pilcrow's, median and 95th percentile, over the queries that both have answered."""
    both = shared(ours, peer)
    mine, other = ([each.first[number] for number in both] for each in (ours, peer))
    return median(other) / median(mine), percentile95(other) / percentile95(mine)
