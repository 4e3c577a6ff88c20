"""Reading PDFs: pages a second through the whole chain, linear in pages, and memory flat in the number of files.

The chain is what ``pilcrow index`` does: find, read in processes, cut, find facets, store, index. What counts are the
ratios within one run, since machines differ; the figure that is aimed at is 60 pages a second with two jobs. Real files
are those of ``../shared/corpora/pdf`` where it stands beside the project, else files made by hand.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import pypdfium2

from benchmarks.corpus import ROOT
from benchmarks.made_pdf import document
from indexer.build import build
from indexer.catalogue import Catalogue
from indexer.crew import Crew
from indexer.parsed_store import Outcome
from indexer.reading import Reading
from indexer.sources import Source
from indexer.workers import Task, parse_one, refused

REAL = ROOT.parent / "shared" / "corpora" / "pdf"
FILES = (100, 300, 1_000)
TIMES = (1, 2, 4, 8)
LIMIT_MB, TARGET = 600, 60

_MADE = 60
_WATCH_SECONDS = 0.2


@dataclass(frozen=True)
class Pdf:
    """A PDF file and the number of its pages."""

    path: Path
    pages: int


def main() -> None:
    """Print the three tables; ``--files`` and ``--few`` make the run smaller or larger."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.partition("\n")[0])
    options.add_argument("--files", type=int, nargs="*", default=FILES, metavar="N", help="sizes for the memory")
    options.add_argument("--few", type=int, metavar="N", help="only so many of the real files")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pdfs = _pdfs(folder / "made")[: chosen.few]
        where = "real UN documents" if pdfs[0].path.is_relative_to(REAL) else "made by hand"
        print(f"\nReading {len(pdfs)} PDFs with {_pages(pdfs):,} pages, {where}", flush=True)
        _speed(pdfs, folder)
        _lengths(pdfs, folder)
        for count in chosen.files:
            _memory(pdfs, count, folder)


def _pdfs(made: Path) -> list[Pdf]:
    paths = sorted(REAL.glob("*.pdf"))
    if not paths:
        made.mkdir()
        text = (ROOT / "corpus").glob("*.txt")
        words = " ".join(path.read_text(encoding="utf-8") for path in sorted(text)).split()
        for number in range(_MADE):
            size = 20 + 8 * (number % 12)
            paragraphs = [" ".join(words[at * 80 : at * 80 + 80]) for at in range(size)]
            path = made / f"{number}.pdf"
            path.write_bytes(document(f"A/79/{number + 1}", paragraphs))
            paths.append(path)
    return [Pdf(path, _count(path)) for path in paths]


def _count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def _pages(pdfs: Sequence[Pdf]) -> int:
    return sum(pdf.pages for pdf in pdfs)


def _speed(pdfs: Sequence[Pdf], folder: Path) -> None:
    """The chain with one job and with two, and of it the reading alone."""
    chain = {jobs: _pages(pdfs) / _built(pdfs, folder, jobs=jobs) for jobs in (1, 2)}
    read = {jobs: _pages(pdfs) / _read([pdf.path for pdf in pdfs], jobs=jobs) for jobs in (1, 2)}
    print("  pages a second           1 job   2 jobs    ratio")
    for name, found in (("whole chain", chain), ("reading alone", read)):
        print(f"    {name:<18} {found[1]:9.1f} {found[2]:8.1f} {found[2] / found[1]:8.2f}", flush=True)
    print(f"    {'aim: ' + str(TARGET):<18} {'':9} {chain[2] / TARGET:8.2f} of it", flush=True)


def _lengths(pdfs: Sequence[Pdf], folder: Path) -> None:
    """Whether a page costs the same in a long document as in a short one."""
    ordered = sorted(pdfs, key=lambda pdf: (pdf.pages, pdf.path.name))
    middle = len(ordered) // 2
    short, long = ordered[:middle], ordered[middle:]
    rates = [_pages(half) / sum(_seconds([pdf.path for pdf in half])) for half in (short, long)]
    print("  linear in pages          pages  pages/s    ratio")
    print(f"    the shorter half   {_pages(short):9,} {rates[0]:8.1f}")
    print(f"    the longer half    {_pages(long):9,} {rates[1]:8.1f} {rates[1] / rates[0]:8.2f}")
    # One document repeated: the same pages, so that only the length differs.
    one = ordered[len(ordered) * 3 // 4]
    first = 0.0
    for times in TIMES:
        path = folder / f"repeated-{times}.pdf"
        _repeat(one.path, times, path)
        pages = times * one.pages
        rate = pages / sum(_seconds([path]))
        first = first or rate
        print(f"    one, {times:2} times      {pages:9,} {rate:8.1f} {rate / first:8.2f}", flush=True)
        path.unlink()


def _repeat(path: Path, times: int, to: Path) -> None:
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as made:
        for _ in range(times):
            made.import_pages(source)
        made.save(to)


def _built(pdfs: Sequence[Pdf], folder: Path, *, jobs: int) -> float:
    """The seconds that the whole chain takes."""
    index = folder / "index"
    began = time.perf_counter()
    build([pdf.path for pdf in pdfs], index, reading=Reading(jobs=jobs))
    seconds = time.perf_counter() - began
    shutil.rmtree(index)
    return seconds


def _read(paths: Sequence[Path], *, jobs: int) -> float:
    """The seconds that reading takes, with the start of the processes."""
    began = time.perf_counter()
    with Crew(_tasks(paths), Reading(jobs=jobs)) as crew:
        for _ in crew.outcomes():
            pass
    return time.perf_counter() - began


def _seconds(paths: Sequence[Path]) -> list[float]:
    """The seconds of processor time that each file takes, in a process that has read others."""
    with Crew(_tasks(paths), Reading(jobs=1, parse=timed)) as crew:
        return [float(outcome.problem("").reason) for _, outcome in crew.outcomes()]


def timed(task: Task) -> Outcome:
    """Read a file twice and refuse it, with the seconds of processor time of the second time as the reason."""
    parse_one(task)
    began = time.process_time()
    parse_one(task)
    return refused(task.source, str(time.process_time() - began), "none")


def _tasks(paths: Sequence[Path]) -> list[Task]:
    return [
        Task(
            source=Source(path=path, root=path.parent, name=path.name), size=path.stat().st_size, catalogue=Catalogue()
        )
        for path in paths
    ]


def _memory(pdfs: Sequence[Pdf], count: int, folder: Path) -> None:
    """The most memory that ``pilcrow index`` and its processes have at once, for ``count`` files, each a document."""
    corpus, index = folder / f"corpus-{count}", folder / f"index-{count}"
    corpus.mkdir()
    pages = 0
    with (corpus / "catalogue.toml").open("w") as catalogue:
        for number, pdf in enumerate(islice(cycle(pdfs), count), 1):
            # Other bytes after the end, and another symbol: a copy that was the same would be read once.
            (corpus / f"{number}.pdf").write_bytes(pdf.path.read_bytes() + b"\n%% %d\n" % number)
            catalogue.write(f'["{number}.pdf"]\nsymbols = ["A/90/{number}"]\n')
            pages += pdf.pages
    code = "from pilcrow.cli import main; main()"
    command = [sys.executable, "-c", code, "index", str(corpus), "--index", str(index), "--jobs", "2"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    with _watched(process.pid) as peak:
        out, _ = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode not in (0, 1):
        sys.exit(f"pilcrow index ended with {process.returncode}")
    said = out.partition(" in ")[0]
    rate = f"{pages / seconds:6.1f} pages/s"
    of = f"{peak[0] / LIMIT_MB:.2f} of {LIMIT_MB} MB"
    print(f"  {count:6,} files          peak {peak[0]:6.0f} MB, {of}; {pages:,} pages, {rate}; {said}", flush=True)
    shutil.rmtree(corpus)
    shutil.rmtree(index)


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """The largest sum, in megabytes, of what a process and all below it have in memory, while the block runs."""
    peak = [0.0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_WATCH_SECONDS):
            peak[0] = max(peak[0], _resident_below(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _resident_below(pid: int) -> float:
    command = ["/bin/ps", "-A", "-o", "pid=,ppid=,rss="]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - of the system
    rows = [[int(number) for number in line.split()] for line in table.splitlines()]
    family, size = {pid}, 0
    # A process has a larger number than the one that started it, but for the rare time when numbers begin again.
    for each, parent, resident in sorted(rows):
        if each in family or parent in family:
            family.add(each)
            size += resident
    return size / 1e3


if __name__ == "__main__":
    main()
