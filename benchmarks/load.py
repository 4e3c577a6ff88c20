"""``python -m benchmarks.load``: a served site under a steady load, driven by vegeta, a public load tool.

A real server on a real Tantivy index is asked for the pages of the 300 queries of :mod:`benchmarks.queries`, so many a
second whether or not it keeps up (a tool that waits for answers before it asks again would hide how long the others had
to wait); then, without the memory for kept answers, for a quarter as many, for a minute. Printed are the rate that was
reached, how long answers took, errors, and the memory of all processes before and after. At the small size the time of
a page on the server is read from ``Server-Timing``, one page at a time, cold and again.

The goals: 200 pages a second at 100,000 paragraphs on two cores, the 95th percentile under 100 ms, no error, and memory
that stays what it is.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from benchmarks import prepare, queries
from benchmarks.corpus import Corpus
from benchmarks.figures import percentile95
from benchmarks.served import addresses, published
from pilcrow.cli.status import ERROR

TOOL = "vegeta"
MISSING = (
    f"The load tool {TOOL} is missing; install it with: go install github.com/tsenart/vegeta/v12@latest "
    "(or brew install vegeta, or apt install vegeta where Debian has it)."
)
RATE, SECONDS, SIZE, SMALL = 200, 600, 100_000, 10_000
QUERIES = 300
GOAL_MS, GOAL_PAGE_MS = 100.0, 20.0
_WARMING = 20
"""Pages a second while the site is warmed up by other queries: a tenth of the load."""

_BARE = 60
"""Seconds at most for which it is asked without kept answers, of which nothing is demanded."""

_FLAT = 1.1
"""How many times its memory a site may have in the end, and still count as flat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one attack found; times in milliseconds, memory in megabytes.

    ``work`` is the time of a core that one page took, which is the same on a busy machine as on an idle one.
    """

    asked: int
    rate: float
    median: float
    high: float
    worst: float
    errors: int
    work: float
    before: float
    after: float

    def line(self, name: str) -> str:
        """The figures in one line of the table."""
        return (
            f"  {name:<22} {self.asked:8,} {self.rate:8.1f} {self.median:8.1f} {self.high:8.1f} {self.worst:9.1f} "
            f"{self.errors:7,} {self.work:7.1f} {self.before:9,.0f} {self.after:7,.0f}"
        )


def main() -> int:
    """Read the options, prepare what is asked for, and print what was found."""
    chosen = _options().parse_args()
    if shutil.which(TOOL) is None:
        print(MISSING, file=sys.stderr)
        return ERROR
    print(f"Paragraphs: {prepare.source()}.", flush=True)
    with tempfile.TemporaryDirectory(prefix="pilcrow-load-") as scratch:
        folder = prepare.made(chosen.folder or Path(scratch))
        source = prepare.base(folder, max(chosen.size, chosen.small))
        _small(folder, source, chosen)
        met = _large(folder, source, chosen)
    return 0 if met else 1


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.load", description="Print how a served site bears load."
    )
    options.add_argument("--rate", type=int, default=RATE, metavar="N", help="pages asked for a second")
    options.add_argument("--seconds", type=int, default=SECONDS, metavar="S", help="how long")
    options.add_argument("--size", type=int, default=SIZE, metavar="N", help="paragraphs under load")
    options.add_argument("--small", type=int, default=SMALL, metavar="N", help="paragraphs of the pages that are timed")
    options.add_argument("--workers", type=int, default=0, metavar="N", help="processes that answer; else one a core")
    options.add_argument("--folder", type=Path, metavar="DIR", help="keep corpora and indexes here, and use them again")
    return options


def _small(folder: Path, source: Corpus, chosen: argparse.Namespace) -> None:
    """Print the time of a page on the server, asked one at a time."""
    corpus = prepare.corpus(folder, chosen.small, source)
    index = published(corpus, folder / f"served-{chosen.small}", engine="tantivy")
    with _served(index, workers=1) as site:
        _times(site, queries.draw(corpus, QUERIES, seed=queries.WARM_UP))
        asked = queries.draw(corpus, QUERIES)
        cold, again = _times(site, asked), _times(site, asked)
    met = "met" if median(cold) < GOAL_PAGE_MS else "MISSED"
    print(
        f"\nA page on the server at {chosen.small:,} paragraphs, ms: median {median(cold):.1f}, 95th percentile "
        f"{percentile95(cold):.1f}; again, from memory: {median(again):.1f}, {percentile95(again):.1f}. "
        f"Under {GOAL_PAGE_MS:g} in the median: {met}.",
        flush=True,
    )


def _large(folder: Path, source: Corpus, chosen: argparse.Namespace) -> bool:
    """Print what the load does with and without kept answers; whether the goal is met with them."""
    corpus = prepare.corpus(folder, chosen.size, source)
    index = published(corpus, folder / f"served-{chosen.size}", engine="tantivy")
    asked, warming = queries.draw(corpus, QUERIES), queries.draw(corpus, QUERIES, seed=queries.WARM_UP)
    print(
        f"\n{chosen.rate} pages a second for {chosen.seconds} s at {corpus.size:,} paragraphs, {QUERIES} queries\n"
        f"  {'':<22} {'asked':>8} {'a second':>8} {'median':>8} {'95th':>8} {'worst':>9} {'errors':>7} "
        f"{'CPU ms':>7} {'MB before':>9} {'after':>7}",
        flush=True,
    )
    found = {}
    bare = max(1, chosen.rate // 4)
    for name, cache, rate, seconds in (
        ("answers kept", 32, chosen.rate, chosen.seconds),
        (f"none kept, {bare} a second", 0, bare, min(chosen.seconds, _BARE)),
    ):
        with _served(index, workers=chosen.workers, cache=cache) as site:
            _attack(site, warming, rate=_WARMING, seconds=QUERIES // _WARMING)
            if cache:  # each process keeps answers of its own, and gets every second request or so
                _attack(site, asked, rate=_WARMING, seconds=3 * QUERIES // _WARMING)
            found[cache] = _attack(site, asked, rate=rate, seconds=seconds)
        print(found[cache].line(name), flush=True)
    kept = found[32]
    met = kept.high < GOAL_MS and not kept.errors and kept.after < kept.before * _FLAT
    print(f"  95th percentile under {GOAL_MS:g} ms, no error, memory flat: {'met' if met else 'MISSED'}", flush=True)
    return met


@contextmanager
def _served(index: Path, *, workers: int, cache: int = 32) -> Iterator[str]:
    """The address of ``pilcrow serve`` on ``index``, without a limit of rate: all requests come from here."""
    told = {"index": index, "port": 0, "workers": workers, "cache": cache, "rate": 0, "log": "none"}
    options = [f"--{name}={value}" for name, value in told.items()]
    command = [str(Path(sys.executable).with_name("pilcrow")), "serve", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        if address is None:
            raise SystemExit(f"The site was not served: {line or 'it ended without a word'}")
        yield address[0]
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _attack(site: str, asked: Sequence[queries.Query], *, rate: int, seconds: int) -> Load:
    """What the load tool finds when it asks ``site`` for the pages of ``asked``, in turn."""
    before, worked = _figures(site)
    targets = "".join(f"GET {address}\nAccept-Encoding: gzip\n\n" for address in addresses(site, asked))
    attack = [TOOL, "attack", "-format=http", f"-rate={rate}", f"-duration={seconds}s", "-timeout=30s"]
    results = subprocess.run(attack, input=targets.encode(), capture_output=True, check=True).stdout  # noqa: S603
    report = [TOOL, "report", "-type=json"]
    told = subprocess.run(report, input=results, capture_output=True, check=True).stdout  # noqa: S603
    found: dict[str, Any] = json.loads(told)
    times = found["latencies"]
    after, work = _figures(site)
    return Load(
        asked=found["requests"],
        rate=found["throughput"],
        median=times["50th"] / 1e6,
        high=times["95th"] / 1e6,
        worst=times["max"] / 1e6,
        errors=found["requests"] - found["status_codes"].get("200", 0),
        work=(work - worked) / found["requests"] * 1000,
        before=before,
        after=after,
    )


def _figures(site: str) -> tuple[float, float]:
    """The megabytes of all processes of the site and the seconds that they worked, once each has measured itself."""
    time.sleep(1.1)
    for _ in range(20):
        _got(site, "/healthz")
    told = dict(re.findall(r"^(pilcrow_\w+) (\S+)$", _got(site, "/metrics")[0], re.MULTILINE))
    return float(told["pilcrow_resident_bytes"]) / 1e6, float(told["pilcrow_cpu_seconds"])


def _times(site: str, asked: Sequence[queries.Query]) -> list[float]:
    """The milliseconds that the server says each page took."""
    found = []
    for address in addresses("", asked):
        said = _got(site, address)[1] or ""
        found.append(float(said.partition("dur=")[2]))
    return found


def _got(site: str, path: str) -> tuple[str, str | None]:
    """The text of a page and its ``Server-Timing``, by a connection of its own: it may come from any process."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read().decode(), answer.getheader("Server-Timing")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
