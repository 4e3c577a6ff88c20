"""Real files, spoilt at random, through the processes that read files: what crashes, hangs or grows is counted.

``python -m tests.indexer.fuzzing --mutations 20000 --seed 1`` prints the figures, as ``make nightly`` does. What is
made is a function of the seed and its number, so that ``--only NUMBER --keep FOLDER`` makes the same file again.

Bytes are flipped, cut, doubled and spliced in any file. What is compressed would only fail to unpack, so half of the
mutations of a DOCX change a part inside the archive, and half of those of a PDF its numbers, its names or the unpacked
content of its streams, with lengths mended: those get past the door, to where readers make their mistakes.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from indexer.catalogue import Catalogue
from indexer.crew import Crew
from indexer.parsed_store import Outcome
from indexer.reading import Limits, Reading
from indexer.sources import Source
from indexer.workers import Task
from tests.conftest import ROOT, SHARED

BATCH = 200
LONGEST = 10.0
MEMORY = 1 << 30
LARGEST_SEED = 250_000
"""Bytes of a file that is spoilt: larger ones take their time without being read in another way."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_WORD = re.compile(rb"/[A-Z]\w+|<[^<>]{1,60}>|\b[a-zA-Z]{2,12}\b")
_ODD = (b"0", b"-1", b"1", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999", b"1e999", b"NaN", b"")


@dataclass
class Figures:
    """What a campaign found; ``deaths`` and ``mistakes`` name those that a reader should have refused itself."""

    mutations: int = 0
    parsed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    deaths: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)
    hungry: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_of: str = ""
    peak: int = 0
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        yield f"mutations       {self.mutations:,} in {self.seconds:,.0f} s"
        yield f"parsed          {self.parsed:,}"
        yield f"refused         {sum(self.refused.values()):,}"
        yield from (f"  {count:7,}  {reason}" for reason, count in self.refused.most_common(12))
        for name, found in (
            ("deaths", self.deaths),
            ("over time", self.overdue),
            ("over memory", self.hungry),
            ("mistakes", self.mistakes),
        ):
            yield f"{name:<15} {len(found):,}"
            yield from (f"           {each}" for each in found[:40])
        yield f"slowest         {self.slowest:.1f} s ({self.slowest_of})"
        yield f"largest process {self.peak / 1e6:,.0f} MB"


def campaign(seeds: Sequence[Path], mutations: Sequence[int], *, seed: int, jobs: int = 2) -> Figures:
    """Spoil files ``seeds`` so many times, read each with the limits that are promised, and count what became of it."""
    figures = Figures()
    began = time.monotonic()
    limits = Limits(seconds=LONGEST, seconds_a_megabyte=0.0, patience=30.0, memory=MEMORY)
    reading = Reading(jobs=jobs, limits=limits, parse=timed)
    contents = [path.read_bytes() for path in seeds]
    numbers = iter(mutations)
    with tempfile.TemporaryDirectory() as folder:
        while batch := list(islice(numbers, BATCH)):
            tasks = []
            for number in batch:
                at = number % len(seeds)
                path = Path(folder) / f"{number}{seeds[at].suffix}"
                path.write_bytes(mutated(contents, at, random.Random(f"{seed}/{number}")))
                source = Source(path=path, root=path.parent, name=f"{number} of {seeds[at].name}")
                tasks.append(Task(source=source, size=path.stat().st_size, catalogue=Catalogue()))
            with Crew(tasks, reading) as crew:
                for task, outcome in crew.outcomes():
                    _count(figures, task, outcome)
                    task.source.path.unlink()
            print(f"  {figures.mutations:,} of {len(mutations):,}", file=sys.stderr, flush=True)
    figures.seconds = time.monotonic() - began
    return figures


_COST = re.compile(r" \[(\d+\.\d+) s, (\d+) bytes\]$")


def timed(task: Task) -> Outcome:
    """What becomes of a file, with the processor time and memory that it took noted in its refusal or its path."""
    from dataclasses import replace
    from resource import RUSAGE_SELF, getrusage

    from indexer.workers import outcome_of, parse_one

    began = time.process_time()
    outcome = outcome_of(parse_one, task)
    cost = f" [{time.process_time() - began:.3f} s, {getrusage(RUSAGE_SELF).ru_maxrss * 1024} bytes]"
    if outcome.parsed is not None:
        document = outcome.parsed.document
        return replace(outcome, parsed=replace(outcome.parsed, document=replace(document, path=cost)))
    refused = outcome.problem(task.source.name)
    return replace(outcome, refused=replace(refused, remedy=refused.remedy + cost))


def _count(figures: Figures, task: Task, outcome: Outcome) -> None:
    figures.mutations += 1
    name = task.source.name
    parsed = outcome.parsed
    said = parsed.document.path if parsed is not None else outcome.problem(name).remedy
    cost = _COST.search(said)
    if cost is not None:
        if float(cost[1]) > figures.slowest:
            figures.slowest, figures.slowest_of = float(cost[1]), name
        figures.peak = max(figures.peak, int(cost[2]))
    if parsed is not None:
        figures.parsed += 1
        return
    reason = outcome.problem(name).reason
    figures.refused[re.sub(r"[\d,]+", "N", reason)] += 1
    for cue, found in (
        ("ended the process", figures.deaths),
        ("took more than the", figures.overdue),
        ("came to no end", figures.overdue),
        ("more memory than", figures.hungry),
        ("Pilcrow itself failed", figures.mistakes),
    ):
        if cue in reason:
            found.append(f"{name}: {reason}")


# ------------------------------------------------------------------------------------------------- mutations


def mutated(contents: Sequence[bytes], at: int, chance: random.Random) -> bytes:
    """The content at ``at``, spoilt once to a few times."""
    data = contents[at]
    inner = _inner(data)
    if inner is not None and chance.random() < 0.6:
        return inner(data, chance)
    return _spoilt(data, chance, other=chance.choice(contents))


def _inner(data: bytes) -> Callable[[bytes, random.Random], bytes] | None:
    if data.startswith(b"PK"):
        return _docx
    return _pdf if b"%PDF-" in data[:1024] else None


def _spoilt(data: bytes, chance: random.Random, *, other: bytes = b"") -> bytes:
    """Bytes flipped, cut, doubled, spliced, swapped; whatever they mean."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_WAYS)(data, chance, other)
    return data


def _flipped(data: bytes, chance: random.Random, _: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(min(len(out), chance.choice((1, 4, 32, 256)))):
        out[chance.randrange(len(out))] = chance.choice((0, 255, 10, 40, 60, 92, chance.randrange(256)))
    return bytes(out)


def _cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _range(data, chance)
    return data[:end] + data[start:end] * min(chance.choice((1, 8, 200)), 1 + 500_000 // (end - start + 1)) + data[end:]


def _spliced(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start, end = _range(data, chance)
    first, last = _range(other, chance)
    return data[:start] + other[first:last] + data[end:]


def _renumbered(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return _replaced(data, chance, _NUMBER, lambda found: chance.choice((*_ODD, found + b"0", found[:1])))


def _reworded(data: bytes, chance: random.Random, _: bytes) -> bytes:
    words = _WORD.findall(data)
    return _replaced(data, chance, _WORD, lambda _: chance.choice(words)) if words else data


_WAYS = (_flipped, _cut, _without, _doubled, _spliced, _renumbered, _reworded)


def _range(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 16, 300, 5_000)))


def _replaced(data: bytes, chance: random.Random, what: re.Pattern[bytes], by: Callable[[bytes], bytes]) -> bytes:
    found = list(what.finditer(data))
    chosen = sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 20)))), key=lambda each: each.start())
    out, last = bytearray(), 0
    for each in chosen:
        out += data[last : each.start()] + by(each.group())
        last = each.end()
    return bytes(out + data[last:])


def _docx(data: bytes, chance: random.Random) -> bytes:
    """A part changed, taken away, twice there or under another's name, in an archive that is whole."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except (BadZipFile, ValueError):
        return _spoilt(data, chance)
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    body = [name for name in names if name.startswith("word/") and name.count("/") == 1] or names
    name = chance.choice(body if chance.random() < 0.8 else names)
    deed = chance.randrange(8)
    if deed == 0:
        del parts[name]
    elif deed == 1:
        parts[name] = parts[chance.choice(names)]
    elif deed == 2:
        parts[name] = _nested(parts[name], chance)
    else:
        parts[name] = _spoilt(parts[name], chance, other=parts[chance.choice(names)])
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return made.getvalue()


def _nested(part: bytes, chance: random.Random) -> bytes:
    """An element within itself, many times over."""
    found = list(re.finditer(rb"<(w:\w+)(?: [^<>]*)?>", part))
    if not found:
        return part
    one = chance.choice(found)
    if one.group().endswith(b"/>"):
        return part
    depth = chance.choice((3, 50, 2_000))
    return part[: one.start()] + one.group() * depth + b"</" + one[1] + b">" * depth + part[one.start() :]


def _pdf(data: bytes, chance: random.Random) -> bytes:
    """Numbers, names and objects changed between the streams, or what a stream unpacks to, its length mended."""
    streams = list(_STREAM.finditer(data))
    if not streams or chance.random() < 0.4:
        return _between_streams(data, streams, chance)
    one = chance.choice(streams)
    content = one[1]
    try:
        unpacked = zlib.decompress(content)
    except zlib.error:
        return data[: one.start(1)] + _spoilt(content, chance) + data[one.end(1) :]
    packed = zlib.compress(
        chance.choice((_renumbered, _reworded, _doubled, _without, _flipped))(unpacked, chance, data)
    )
    before = data[: one.start(1)]
    lengths = list(_LENGTH.finditer(before))
    if lengths and chance.random() < 0.9:
        start, end = lengths[-1].span(1)
        before = before[:start] + b"%d" % len(packed) + before[end:]
    return before + packed + data[one.end(1) :]


def _between_streams(data: bytes, streams: Sequence[re.Match[bytes]], chance: random.Random) -> bytes:
    edges = [0, *(edge for each in streams for edge in each.span(1)), len(data)]
    gaps = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    start, end = chance.choice(gaps)
    way = chance.choice((_renumbered, _renumbered, _reworded, _without, _doubled, _spliced))
    return data[:start] + way(data[start:end], chance, data) + data[end:]


# ------------------------------------------------------------------------------------------------- the files


def seed_files(folder: Path, *, shared: bool = True) -> list[Path]:
    """Files to spoil: the project's own texts, small ones made in ``folder``, and real ones beside the project."""
    from benchmarks.made_pdf import document, pages
    from tests.indexer.test_twins import write_docx, write_html

    texts = sorted((ROOT / "corpus").glob("*.txt"))
    words = texts[-1].read_text(encoding="utf-8").split("\n\n")
    paragraphs = [" ".join(each.split()) for each in words if len(each) > 200][:12]
    (folder / "made.pdf").write_bytes(document("A/79/12", paragraphs))
    lines = [["A/79/13", "", *(each[:90] for each in paragraphs)]] * 2
    (folder / "plain.pdf").write_bytes(pages(lines, compressed=False))
    plain = [each.replace("&", "and").replace("<", "(") for each in paragraphs]
    write_docx(folder, "made.docx", "A/79/14", *plain)
    write_html(folder, "made.html", "A/79/15", *plain)
    made = sorted(folder.iterdir())
    if not (shared and SHARED.is_dir()):
        return [*texts, *made]
    real = [
        path
        for kind in ("pdf/*.pdf", "docx/*.docx", "html/*.html")
        for path in sorted((SHARED / "corpora").glob(kind))
        if path.stat().st_size <= LARGEST_SEED
    ]
    return [*texts, *made * 2, *random.Random(0).sample(real, min(len(real), 40))]


def main() -> None:
    """Run a campaign and print its figures; ends with 1 where a file ended its process, hung or grew."""
    options = argparse.ArgumentParser(prog="python -m tests.indexer.fuzzing", description=__doc__.partition("\n")[0])
    options.add_argument("--mutations", type=int, default=20_000, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="N")
    options.add_argument("--jobs", type=int, default=2, metavar="N")
    options.add_argument("--only", type=int, nargs="+", metavar="NUMBER", help="these mutations and no others")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="write the files there, and read none")
    chosen = options.parse_args()
    numbers = chosen.only or range(chosen.mutations)
    with tempfile.TemporaryDirectory() as folder:
        seeds = seed_files(Path(folder))
        print(f"{len(seeds)} files, seed {chosen.seed}", flush=True)
        if chosen.keep is not None:
            contents = [path.read_bytes() for path in seeds]
            chosen.keep.mkdir(parents=True, exist_ok=True)
            for number in numbers:
                at = number % len(seeds)
                made = mutated(contents, at, random.Random(f"{chosen.seed}/{number}"))
                (chosen.keep / f"{number} {seeds[at].name}").write_bytes(made)
            return
        figures = campaign(seeds, numbers, seed=chosen.seed, jobs=chosen.jobs)
    print("\n".join(figures.lines()))
    sys.exit(1 if figures.overdue or figures.hungry or figures.mistakes else 0)


if __name__ == "__main__":
    main()
