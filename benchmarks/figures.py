"""The few figures that all tables are made of."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import quantiles

from benchmarks.measure import Measured


def percentile95(values: Iterable[float]) -> float:
    """The 95th percentile of ``values``; of a single one, itself."""
    listed = list(values)
    return quantiles(listed, n=20, method="inclusive")[-1] if len(listed) > 1 else listed[0]


def shared(one: Measured, other: Measured) -> list[int]:
    """The numbers of the queries that both have answered."""
    return sorted(one.first.keys() & other.first.keys())
