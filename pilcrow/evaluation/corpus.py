"""Reading a folder of real files as the indexer does, to measure how well it is done: ``pilcrow evaluate corpus``.

Every file is parsed by the function that ``pilcrow index`` uses, in as many processes, but without a catalogue: what is
measured is what the files themselves are read to. Beside that, the plain text of each page (:mod:`.raw`) is taken for
what is compared with the parse and must not come from it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.crew import Crew
from indexer.reading import Reading
from indexer.report import Refused
from indexer.sources import Source, find
from indexer.workers import Task
from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.model import Paragraph, ParsedDocument
from pilcrow.evaluation.figures import Count, Figure, Part
from pilcrow.evaluation.raw import Raw, raw_text


class CorpusError(PilcrowError):
    """The folder, or a file of truths about it, cannot be used for measuring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read: its ``name`` in the folder, what it was parsed to, and its pages' plain text."""

    name: str
    path: Path
    parsed: ParsedDocument
    raw: Raw

    @property
    def kind(self) -> str:
        """The file's suffix without the dot, in lower case."""
        return self.path.suffix.lstrip(".").lower()


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The files of a folder, and those that were refused.

    Parsing took ``seconds`` with ``jobs`` processes, which were at work for ``processor`` seconds together.
    """

    folder: Path
    files: tuple[ReadFile, ...]
    refused: tuple[Refused, ...]
    seconds: float
    processor: float
    jobs: int

    def named(self, name: str) -> ReadFile | None:
        """The file that a truth calls ``name``, seen from this folder or from the one that it is in."""
        return self._by_name.get(name) or self._by_name.get(name.removeprefix(f"{self.folder.resolve().name}/"))

    def refused_by_name(self, name: str) -> bool:
        """Whether the file that a truth calls ``name`` is here and was refused."""
        return bool({name, name.removeprefix(f"{self.folder.resolve().name}/")} & {each.name for each in self.refused})

    @cached_property
    def _by_name(self) -> dict[str, ReadFile]:
        return {file.name: file for file in self.files}

    @property
    def paragraphs(self) -> int:
        """How many paragraphs all files have together."""
        return sum(len(file.parsed.paragraphs) for file in self.files)


def read_corpus(folder: Path, *, jobs: int = 0, only: Collection[str] = ()) -> Corpus:
    """Parse the files under ``folder`` whose names, or ends of names, match one of the patterns ``only`` (or all).

    ``jobs`` is how many are read at once, 0 for as many as suit the machine.
    """
    if not folder.is_dir():
        raise CorpusError(f"“{folder}” is no folder; name the folder that holds the documents to measure with.")
    found, refused = find([folder], without=folder / ".no-index")
    sources = [source for source in found if _wanted(source.name, only)]
    if not sources:
        asked = f" that matches {', '.join(only)}" if only else ""
        raise CorpusError(f"There is no file{asked} in “{folder}”; name a folder that holds documents.")
    tasks, unreadable = _tasks(sources)
    refused = [each for each in refused if _wanted(each.name, only)] + unreadable
    reading = Reading(jobs=jobs)
    jobs = reading.processes([task.size for task in tasks])
    begun, spent = time.perf_counter(), _processor_seconds()
    with Crew(tasks, reading) as crew:
        found_by_source = {task.source: outcome for task, outcome in crew.outcomes()}
    seconds, processor = time.perf_counter() - begun, _processor_seconds() - spent
    outcomes = [found_by_source[task.source] for task in tasks]
    refused += [outcome.refused for outcome in outcomes if outcome.refused is not None]
    read = [
        (task.source, outcome.parsed)
        for task, outcome in zip(tasks, outcomes, strict=True)
        if outcome.parsed is not None
    ]
    raws = raw_text([source.path for source, _ in read], jobs=jobs)
    files = (
        ReadFile(name=source.name, path=source.path, parsed=parsed, raw=raw)
        for (source, parsed), raw in zip(read, raws, strict=True)
    )
    return Corpus(
        folder=folder, files=tuple(files), refused=tuple(refused), seconds=seconds, processor=processor, jobs=jobs
    )


def _processor_seconds() -> float:
    """The processor time of this process and of those that it started and that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _wanted(name: str, only: Collection[str]) -> bool:
    return not only or any(fnmatch(name, pattern) or fnmatch(Path(name).name, pattern) for pattern in only)


def _tasks(sources: Sequence[Source]) -> tuple[list[Task], list[Refused]]:
    tasks, refused = [], []
    for source in sources:
        try:
            data = source.path.read_bytes()
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error})"
            refused.append(Refused(name=source.name, reason=reason, remedy="get the right to read it"))
        else:
            digest = hashlib.sha256(data).hexdigest()
            tasks.append(Task(source=source, size=len(data), sha256=digest, catalogue=Catalogue()))
    return tasks, refused


def place(file: ReadFile, paragraph: Paragraph) -> str:
    """Where a paragraph is, for a line of a report: "pdf/A_80_91.pdf p. 2 #14 [3.]"."""
    page = f" p. {paragraph.page}" if paragraph.page else ""
    marker = f" [{paragraph.marker}]" if paragraph.marker else ""
    return f"{file.name}{page} #{paragraph.ordinal}{marker}"


def files_part(corpus: Corpus) -> Part:
    """What was read and what was refused, how much it was and how long it took."""
    pages = sum(file.raw.pages for file in corpus.files)
    kinds = Counter(file.kind for file in corpus.files)
    by_kind = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    total = len(corpus.files) + len(corpus.refused)
    pdf = "pages of the PDF files that were read"
    rows = (
        Figure("files read", len(corpus.files), total, by_kind),
        Count("pages", pages, pdf),
        Count("paragraphs", corpus.paragraphs, "units that people cite: paragraphs, items, rows"),
        Count("  of them table rows", sum(each.row for file in corpus.files for each in file.parsed.paragraphs)),
        Count("notes", sum(len(each.notes) for file in corpus.files for each in file.parsed.paragraphs), "cited"),
        Count("seconds", corpus.seconds, f"parsing all files with {corpus.jobs} job{'s' * (corpus.jobs > 1)}"),
        Count("processor seconds", corpus.processor, "of all these processes together"),
        Count("pages a second", pages / corpus.seconds if corpus.seconds else 0.0, "those pages by all those seconds"),
    )
    return Part(
        key="refused",
        title=f"Files in {corpus.folder}",
        rows=rows,
        cases=tuple(f"  refused: {each}" for each in corpus.refused),
    )


def read_symbols(path: Path) -> dict[str, str]:
    """The right symbol of each file of the table ``path`` (file, tab, symbol), by the file's name in the folder."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"“{path}” cannot be read as a table of symbols ({error}); name a TSV file.") from error
    out = {}
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        if line.strip() and cells[:2] != ["file", "symbol"]:
            if len(cells) != 2 or not all(cell.strip() for cell in cells):
                raise CorpusError(f"“{path}”, line {number}: a line is a file, a tab and its symbol; mend that line.")
            out[cells[0].strip()] = cells[1].strip()
    return out


def symbols_part(corpus: Corpus, truth: dict[str, str]) -> Part:
    """For how many of the files in ``truth`` the first symbol is the right one."""
    found = {name: _first(corpus.named(name)) for name in truth if corpus.named(name) or corpus.refused_by_name(name)}
    wrong = [name for name, symbol in found.items() if symbol != truth[name]]
    how = "a file's first symbol is the table's, letter by letter; a refused file is wrong"
    rows = [Figure("symbol", len(found) - len(wrong), len(found), how)]
    absent = len(truth) - len(found)
    if absent:
        rows.append(Figure("in the table but not measured", absent, len(truth), "no such file here; not scored"))
    scored = {id(corpus.named(name)) for name in truth}
    unscored = sum(id(file) not in scored for file in corpus.files)
    note = f"{unscored} of the files read are not in the table and are not scored." if unscored else ""
    cases = (f"  {name}: {found[name]}, not {truth[name]}" for name in wrong)
    return Part(key="symbol", title="Symbols", rows=tuple(rows), note=note, cases=tuple(cases))


def _first(file: ReadFile | None) -> str:
    return "refused" if file is None else next(iter(file.parsed.document.symbols), "none")
