"""Measuring the contenders at one size: what they take to index, to serve, and to answer the same queries in turns.

Each contender indexes, and serves for its memory, in a process of its own. The pages are asked in turns in one process:
of each contender one query of each kind, then those of the next contender, so that a machine that slows down slows all,
and yet each finds the processor's caches as it left them, as it would where it serves. What is counted is the first
time that a query is asked, after other queries have warmed up files and caches: an engine that keeps results would
otherwise be measured reading its own notes. The second time is printed beside it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benchmarks.agreement import disagreements
from benchmarks.contenders import Contender, Page, PilcrowReader, Reader, Spec, contender, fresh
from benchmarks.corpus import Corpus
from benchmarks.profile import print_rooms
from benchmarks.queries import KINDS, Query
from benchmarks.tables import print_tables
from pilcrow.engine.garbage import keep_what_is_there

Result = TypeVar("Result")

COMPARED = "facet only"
"""The kind of query that all contenders must count alike."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process: the most it held, and of what it held last its own and those of files mapped into it."""

    peak: float
    own: float
    mapped: float


@dataclass(slots=True)
class Measured:
    """One contender at one size. A query that was not asked of it has no entry in ``first``, ``again``, ``totals``."""

    spec: Spec
    name: str
    build_seconds: float = 0.0
    megabytes: float | None = None
    memory: Memory | None = None
    first: dict[int, float] = field(default_factory=dict)
    again: dict[int, float] = field(default_factory=dict)
    totals: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask: the queries that are counted, others for warming up, and how many seconds one may take for them.

    The round that is counted has all of ``patience``, the others a quarter of it. ``profile`` asks once more, to see
    where the time goes.
    """

    queries: list[Query]
    warm_up: list[Query]
    patience: float
    profile: bool = False


@dataclass(frozen=True, slots=True)
class SizeResult:
    """All contenders at one size; ``disagreements`` are those of pages where all should have counted alike."""

    paragraphs: int
    documents: int
    queries: list[Query]
    measured: list[Measured]
    disagreements: list[str]


def apart(work: Callable[..., Result], *given: object) -> Result:
    """What ``work`` gives, in a process of its own, so that its memory and its garbage are nobody else's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def measure(corpus: Corpus, folder: Path, specs: Sequence[Spec], plan: Plan) -> SizeResult:
    """Build each index under ``folder``, and measure it."""
    size = corpus.size
    print(f"\n{size:,} paragraphs in {len(corpus.lines):,} documents", flush=True)
    measured = [_indexed(spec, folder, corpus) for spec in specs]
    different = apart(_timed, folder, measured, plan)
    for each, timed in zip(measured, different.measured, strict=True):
        each.first, each.again, each.totals = timed.first, timed.again, timed.totals
    for each in measured:
        if not each.spec.url:
            each.memory = apart(_served, each.spec, _directory(folder, each.spec), plan.queries, plan.patience)
    return SizeResult(size, len(corpus.lines), plan.queries, measured, different.disagreements)


def _directory(folder: Path, spec: Spec) -> Path:
    return folder / f"index-{spec.kind}-{spec.key}"


def _indexed(spec: Spec, folder: Path, corpus: Corpus) -> Measured:
    one, directory = contender(spec), fresh(_directory(folder, spec))
    seconds = apart(_built, spec, directory, corpus)
    megabytes = one.size(directory)
    size = "on its server" if megabytes is None else f"{megabytes:,.0f} MB"
    print(f"  {one.name} indexed them in {seconds:,.1f} s: {corpus.size / seconds:,.0f} a second, {size}", flush=True)
    return Measured(spec, one.name, build_seconds=seconds, megabytes=megabytes)


def _built(spec: Spec, directory: Path, corpus: Corpus) -> float:
    one = contender(spec)
    began = time.perf_counter()
    one.build(directory, corpus)
    return time.perf_counter() - began


# ------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class _Timed:
    measured: list[Measured]
    disagreements: list[str]


class _Asked:
    """A contender that is being asked, and how much of its time is used up."""

    def __init__(self, measured: Measured, folder: Path) -> None:
        self.measured = measured
        self.contender: Contender = contender(measured.spec)
        self.reader: Reader = self.contender.open(_directory(folder, measured.spec))
        self.spent = 0.0

    def ask(self, query: Query, *, patience: float) -> tuple[float, Page] | None:
        """Milliseconds and page, or None where it cannot ask this or its time is up."""
        if query.kind in self.contender.left_out or self.spent > patience:
            return None
        began = time.perf_counter()
        page = self.reader.page(query)
        seconds = time.perf_counter() - began
        self.spent += seconds
        return seconds * 1000, page


def _timed(folder: Path, measured: list[Measured], plan: Plan) -> _Timed:
    """Ask everyone everything, and give ``measured`` with the times filled in."""
    asked = [_Asked(each, folder) for each in measured]
    keep_what_is_there()  # as a process that serves does
    for query in plan.warm_up:
        for each in asked:
            each.ask(query, patience=plan.patience / 4)
    different = _round(asked, plan.queries, again=False, patience=plan.patience)
    _round(asked, plan.queries, again=True, patience=plan.patience / 4)
    for each in asked:
        if plan.profile and isinstance(each.reader, PilcrowReader):
            print_rooms(each.measured.name, each.reader.index, plan.queries)
        if isinstance(each.reader, PilcrowReader):
            print_tables(each.measured.name, each.reader.index)
        each.reader.close()
    return _Timed(measured, different)


def _round(asked: list[_Asked], queries: list[Query], *, again: bool, patience: float) -> list[str]:
    """Ask everyone everything once in turns, note the times, and say who counts otherwise than the first."""
    for each in asked:
        each.spent = 0.0
    different: list[str] = []
    numbered = list(enumerate(queries))
    for start in range(0, len(numbered), len(KINDS)):
        turn = numbered[start : start + len(KINDS)]
        pages: dict[int, dict[str, Page]] = {number: {} for number, _ in turn}
        for each in asked:
            for number, query in turn:
                answer = each.ask(query, patience=patience)
                if answer is not None:
                    page = _noted(each.measured, number, answer, again=again)
                    if query.kind == COMPARED:  # the others are let go, as a server lets them go
                        pages[number][each.measured.name] = page
        for number, query in turn:
            if query.kind == COMPARED:
                different += disagreements(query, pages[number])
    return different


def _noted(measured: Measured, number: int, answer: tuple[float, Page], *, again: bool) -> Page:
    milliseconds, page = answer
    (measured.again if again else measured.first)[number] = milliseconds
    measured.totals[number] = page.total
    return page


# ------------------------------------------------------------------------------------------------------ memory


def _served(spec: Spec, directory: Path, queries: list[Query], patience: float) -> Memory | None:
    """The memory of this process once it has answered ``queries``; None where the system does not say."""
    one = contender(spec)
    reader = one.open(directory)
    began = time.perf_counter()
    for query in queries:
        if query.kind not in one.left_out and time.perf_counter() - began < patience:
            reader.page(query)
    memory = _memory()
    reader.close()
    return memory


def _memory() -> Memory | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    peak, own, mapped = (int(lines[name].split()[0]) / 1e3 for name in ("VmHWM", "RssAnon", "RssFile"))
    return Memory(peak, own, mapped)
