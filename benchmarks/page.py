"""Indexing rate, latency of a page and memory, beside stock Whoosh.

A page is everything that a person sees: ten hits, their snippets and the facets with their counts; Pilcrow's has all
its facets, the peer's four. The two answer the same queries in turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from benchmarks import corpus, profile, stock_whoosh
from pilcrow.engine import fields
from pilcrow.engine.adapters import engine
from pilcrow.engine.contract import IndexReader, Manifest
from pilcrow.evaluation.scratch import write_scratch
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run


def measure(size: int, count: int) -> None:
    """Index ``size`` paragraphs both ways, answer ``count`` queries in turns, and print what it took."""
    documents = corpus.documents(size)
    queries = corpus.queries(documents, count)
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        began = time.perf_counter()
        manifest = write_scratch(documents, Path(ours))
        seconds = time.perf_counter() - began
        peer_seconds = timed(lambda: stock_whoosh.build(Path(theirs), documents))
        print(f"\n{size:,} paragraphs in {len(documents):,} documents")
        print(f"  indexed per second      Pilcrow {size / seconds:8,.0f}   stock Whoosh {size / peer_seconds:8,.0f}")
        with engine(manifest.engine).open(Path(ours), manifest) as reader:
            peer = stock_whoosh.Reader(Path(theirs))
            pages(reader, peer, queries)
            profile.print_rooms(reader, queries)
            peer.close()
        memory(serving, Path(ours), manifest, queries)
        memory(serving_peer, Path(theirs), queries)


def memory(serve: Callable[..., None], *given: object) -> None:
    """Run ``serve`` in a process of its own, so that what it prints of its memory is the serving's alone."""
    process = multiprocessing.get_context("spawn").Process(target=serve, args=given)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"Measuring the memory failed with exit status {process.exitcode}.")


def serving(folder: Path, manifest: Manifest, queries: list[corpus.Query]) -> None:
    """Answer ``queries`` from the index in ``folder`` and print the peak memory of this process."""
    with engine(manifest.engine).open(folder, manifest) as reader:
        for query in queries:
            run(reader, SearchRequest(query=query.text))
    print(f"  peak memory of serving  Pilcrow {resident():8.0f} MB", flush=True)


def serving_peer(folder: Path, queries: list[corpus.Query]) -> None:
    """As :func:`serving`, for stock Whoosh."""
    peer = stock_whoosh.Reader(folder)
    for query in queries:
        peer.page(query.text)
    peer.close()
    print(f"  peak memory of serving  stock Whoosh {resident():3.0f} MB", flush=True)


def pages(reader: IndexReader, peer: stock_whoosh.Reader, queries: list[corpus.Query]) -> None:
    """Answer every query twice in turns, the first round uncounted, and print the latencies of a whole page."""
    ours: list[float] = []
    theirs: list[float] = []
    for counted in (False, True):
        for query in queries:
            mine = timed(lambda text=query.text: run(reader, SearchRequest(query=text)))
            other = timed(lambda text=query.text: peer.page(text))
            if counted:
                ours.append(mine * 1000)
                theirs.append(other * 1000)
    print(f"  a page, ms              median     95th   (Pilcrow: {len(fields.FACETS)} facets, Whoosh: 4)")
    for name, spent in (("Pilcrow", ours), ("stock Whoosh", theirs)):
        print(f"    {name:<20} {median(spent):8.2f} {percentile95(spent):8.2f}")
    ratio = f"{median(theirs) / median(ours):8.1f} {percentile95(theirs) / percentile95(ours):8.1f}"
    print(f"    {'times faster':<20} {ratio}")
    for kind in dict.fromkeys(query.kind for query in queries):
        chosen = [position for position, query in enumerate(queries) if query.kind == kind]
        mine, other = (median([spent[position] for position in chosen]) for spent in (ours, theirs))
        print(f"      {kind:<18} {mine:8.2f} against {other:.2f}: {other / mine:.1f} times")


def timed(work: Callable[[], object]) -> float:
    """The seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile95(values: list[float]) -> float:
    """The 95th percentile of ``values``."""
    return quantiles(values, n=20)[-1]


def resident() -> float:
    """The largest memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands a process the peak of the one that started it, in getrusage but not here.
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1e3
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1e6 if sys.platform == "darwin" else 1e3)
