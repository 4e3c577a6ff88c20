"""Where the time of a page goes: the share of each room and of the costliest functions, by the standard profiler."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.queries import Query
from pilcrow.engine.contract import IndexReader
from pilcrow.search.service import run

SHOWN = 8


def print_rooms(name: str, reader: IndexReader, queries: list[Query]) -> None:
    """Answer ``queries`` once more under the profiler and print the shares of modules and functions."""
    profiler = cProfile.Profile()
    profiler.enable()
    for query in queries:
        run(reader, query.request())
    profiler.disable()
    modules: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():
        module = _module(file)
        modules[module] += own
        functions[f"{module}.{function}"] += own
    total = sum(modules.values())
    for title, shares in (("modules", modules), ("functions", functions)):
        listed = ", ".join(f"{name} {spent / total:.0%}" for name, spent in shares.most_common(SHOWN))
        print(f"  {name}, time by {title}: {listed}", flush=True)


def _module(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return "built-in" if file.startswith(("~", "<")) else path.parent.name
