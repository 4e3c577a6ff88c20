"""Corpus -> index: read what is new, keep what is known, publish the whole or nothing.

:func:`build` goes through the steps in ``STEPS``, and says at the end of each (or of each file in it) how far it is.
Killed after any of them, the index that stood before still answers, and the next build goes on from what was parsed.
The index is a function of the paths given: a file that is gone from there is gone from the index.

Where nothing changed, nothing is done, and neither the readers nor the engine are imported to find that out: the
manifest of an index says which corpus it holds, as a hash over its files, the catalogue's word on each and the parser.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from indexer import report as reports
from indexer.catalogue import Catalogue, load_catalogue
from indexer.parsed_store import Outcome, ParsedStore, parser_version
from indexer.reading import Reading
from indexer.report import BuildReport, Disagreement, Refused, Unknown, Unread
from indexer.sources import CATALOGUE, Hashes, Source, digest, find, unreadable
from indexer.twins import Candidate, Settled, characters, renamed, settle
from pilcrow import __version__
from pilcrow.engine import adapters, generations, remote
from pilcrow.engine.adapters import REMOTE, choose, engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.connection import Settings
from pilcrow.engine.contract import Engine, IndexWriter, Manifest
from pilcrow.engine.errors import CatalogueError, IndexUnusableError, PilcrowError
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.files import explained
from pilcrow.engine.garbage import seldom_collected
from pilcrow.engine.model import Document, ParsedDocument
from pilcrow.engine.symbols import Symbol

Step = Literal["lock", "find", "parse", "write", "commit", "seal", "publish", "sweep"]
STEPS: tuple[Step, ...] = ("lock", "find", "parse", "write", "commit", "seal", "publish", "sweep")
"""``lock``: the right to build is held, and what earlier builds left is swept; ``find``: the corpus's files are known;
``parse``: one more file is parsed and stored, beside those of earlier builds; ``write``: one more document is handed to
the engine; ``commit``: the engine has finished; ``seal``: the generation is whole and on the disk; ``publish``: it
answers; ``sweep``: the store and the generations hold no more than they should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build is: ``done`` of ``total`` in ``step``, the last one being ``name`` (a file or a document)."""

    step: Step
    done: int = 1
    total: int = 1
    name: str = ""


class NothingToIndexError(PilcrowError):
    """No file could be indexed; ``refused`` says what was found, and why it could not be used."""

    def __init__(self, message: str, refused: tuple[Refused, ...] = ()) -> None:
        super().__init__(message)
        self.refused = refused


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that can be read: its source, size and content, and what the catalogue says of it.

    ``key`` is what its paragraphs are stored under.
    """

    source: Source
    size: int
    sha256: str
    catalogue: Catalogue
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corpus:
    """What was found: files, what was refused at the door, and what of the catalogues is about no file.

    ``fingerprint`` is a hash of all that the index will depend on, the version of the parser included.
    """

    roots: tuple[Path, ...]
    files: tuple[_File, ...]
    refused: tuple[Refused, ...]
    unused: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return digest(
            [*(f"{file.source.name} {file.key}" for file in self.files), *(str(each) for each in self.refused)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A parsed document without its paragraphs, which stay in the store until they are written.

    ``id`` is what it is called in the index, ``characters`` how much text was found in it, ``unknown`` the names of
    what nothing says about it.
    """

    file: _File
    document: Document
    id: str
    paragraphs: int
    characters: int
    unknown: tuple[str, ...]

    @property
    def candidate(self) -> Candidate:
        """What decides whether this file is taken, where another one is the same document."""
        return Candidate(
            id=self.document.id,
            name=self.file.source.name,
            path=self.file.source.path,
            sha256=self.file.sha256,
            characters=self.characters,
            reissued=self.document.reissued,
        )


@dataclass(slots=True)
class _Build:
    """One run: what stays the same from step to step, and what has been found out so far.

    ``complete`` is false where a file was refused for a passing reason, so that the next build tries it again.
    """

    index: Path
    wanted: str
    reading: Reading
    tell: Callable[[Progress], None]
    store: ParsedStore
    cluster: Settings
    started: float = field(default_factory=time.monotonic)
    parsed: int = 0
    complete: bool = True


def build(
    paths: Sequence[Path | str],
    index: Path | str,
    *,
    engine: str = "auto",
    cluster: Settings | None = None,
    reading: Reading | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Make ``index`` hold the documents under ``paths`` (files or folders), and say what was done.

    ``engine`` is a name or ``auto``; ``cluster`` says where one is, for an engine that needs it, before the environment
    does; ``reading`` says how files are read; ``progress`` is called after each step of ``STEPS``. Raises
    :class:`NothingToIndexError` where no file can be indexed, :class:`PilcrowError` with a sentence for whatever else
    stops a build; the index that stood before then still answers.
    """
    index = Path(index)
    tell = (lambda _: None) if progress is None else progress
    with generations.building(index), explained(index):
        store = ParsedStore(index / generations.PARSED)
        run = _Build(index, engine, reading or Reading(), tell, store, cluster or {})
        tell(Progress(step="lock"))
        corpus = _find([Path(path) for path in paths], run)
        tell(Progress(step="find", name=f"{len(corpus.files)} files"))
        return _unchanged(corpus, run) or _rebuild(corpus, run)


def _find(paths: Sequence[Path], run: _Build) -> _Corpus:
    found, refused = find(paths, without=run.index)
    hashes = Hashes(run.store.hashes)
    catalogues = {root: _catalogue(root) for root in {source.root for source in found}}
    files = []
    for source in found:
        try:
            sha256, size = hashes.sha256(source), source.path.stat().st_size
        except OSError as error:
            refused.append(unreadable(source.name, error))
            continue
        entry = catalogues[source.root].entry(source.path.name)
        key = digest([sha256, source.name, repr(entry), parser_version()])
        # Its own entry only: this goes to another process, for each file.
        own = Catalogue({source.path.name: entry})
        files.append(_File(source=source, size=size, sha256=sha256, catalogue=own, key=key))
    hashes.save()
    return _Corpus(
        roots=tuple(path.absolute() for path in paths),
        files=tuple(files),
        refused=tuple(refused),
        unused=tuple(_unused(paths, found, catalogues)),
    )


def _catalogue(root: Path) -> Catalogue:
    path = root / CATALOGUE
    if path.exists() and not path.is_file():
        # Reading a pipe would wait for ever for someone who writes into it.
        raise CatalogueError(f"{path} is no file: put the catalogue there, or take it away.")
    return load_catalogue(path)


def _unused(paths: Sequence[Path], found: Sequence[Source], catalogues: Mapping[Path, Catalogue]) -> Iterator[str]:
    """The entries of catalogues that name no file of their folder; of a folder that was given whole only."""
    for root in (path for path in paths if path in catalogues):
        names = {source.path.name for source in found if source.root == root}
        yield from sorted(set(catalogues[root].entries) - names)


def _unchanged(corpus: _Corpus, run: _Build) -> BuildReport | None:
    """The report that nothing was to be done, or None where something is."""
    try:
        manifest = generations.read_manifest(run.index)
        before = reports.read_report(run.index)
    except IndexUnusableError:
        return None
    if run.reading.retry and before.refused:
        return None
    same = (manifest.corpus, manifest.roots, manifest.schema, manifest.analysis, manifest.pilcrow) == (
        corpus.fingerprint,
        _names(corpus.roots),
        SCHEMA_VERSION,
        ANALYSIS_VERSION,
        __version__,
    )
    if not same or choose(run.wanted, manifest.paragraphs)[0] != manifest.engine:
        return None
    if not generations.intact(run.index, manifest.generation):
        return None
    if manifest.engine == REMOTE and not remote.stands(run.index, manifest, run.cluster):
        return None
    run.store.keep_only({file.key for file in corpus.files})
    return replace(
        before,
        changed=False,
        unused=corpus.unused,
        parsed=0,
        reused=before.documents,
        seconds=time.monotonic() - run.started,
    )


def _rebuild(corpus: _Corpus, run: _Build) -> BuildReport:
    # A cluster that cannot be used is said before files are read, which may take hours.
    connection = remote.prepared(run.index, run.cluster) if run.wanted == REMOTE else None
    entries, refused = _parse(corpus, run)
    kept, settled = _settled(entries, run)
    if not kept:
        raise _nothing(corpus, refused)
    paragraphs = sum(entry.paragraphs for entry in kept)
    name, why = choose(run.wanted, paragraphs)
    with generations.new_generation(run.index) as made:
        _write(kept, made, run, adapters.remote(connection) if connection else engine(name))
        report = BuildReport(
            generation=made.name,
            engine=name,
            engine_reason=why,
            roots=_names(corpus.roots),
            files=len(corpus.files) + len(corpus.refused),
            parsed=run.parsed,
            reused=len(corpus.files) - run.parsed,
            documents=len(kept),
            paragraphs=paragraphs,
            refused=refused,
            duplicates=settled.duplicates,
            namesakes=settled.namesakes,
            disagreements=tuple(
                Disagreement(id=each.document.id, name=each.file.source.name, points=each.document.disagreements)
                for each in kept
                if each.document.disagreements
            ),
            unread=tuple(
                Unread(name=each.file.source.name, pages=each.document.unread) for each in kept if each.document.unread
            ),
            empty=tuple(entry.file.source.name for entry in kept if not entry.paragraphs),
            unknown=_unknown(kept),
            unused=corpus.unused,
            seconds=time.monotonic() - run.started,
        )
        _publish(made, report, corpus, run)
    return report


def _parse(corpus: _Corpus, run: _Build) -> tuple[list[_Entry], tuple[Refused, ...]]:
    """The documents of the corpus, those that are new parsed and stored, in order, and the refused files."""
    known: dict[str, _Entry | Refused] = {}
    new = []
    for file in corpus.files:
        outcome = run.store.get(file.key)
        if outcome is None or (run.reading.retry and outcome.refused):
            new.append(file)
        else:
            known[file.key] = _summary(file, outcome)
    run.parsed = len(new)
    if new:
        _parse_new(new, known, run)
    found = [known[file.key] for file in corpus.files]
    refused = [*corpus.refused, *(each for each in found if isinstance(each, Refused))]
    return [each for each in found if isinstance(each, _Entry)], tuple(sorted(refused, key=lambda each: each.name))


def _parse_new(new: Sequence[_File], known: dict[str, _Entry | Refused], run: _Build) -> None:
    """Read the files in ``new``, store what became of each as soon as it is there, and add it to ``known``."""
    from indexer.crew import Crew
    from indexer.workers import Task

    before, total = len(known), len(known) + len(new)
    run.tell(Progress(step="parse", done=before, total=total))
    files = {file.source: file for file in new}
    tasks = [Task(source=file.source, size=file.size, sha256=file.sha256, catalogue=file.catalogue) for file in new]
    with Crew(tasks, run.reading) as crew:
        # What writes the index is imported while the first files are read.
        engine(choose(run.wanted, 0)[0])
        for done, (task, outcome) in enumerate(crew.outcomes(), before + 1):
            file = files[task.source]
            if outcome.lasting:
                run.store.put(file.key, outcome)
            else:
                run.complete = False
            known[file.key] = _summary(file, outcome)
            run.tell(Progress(step="parse", done=done, total=total, name=file.source.name))


def _summary(file: _File, outcome: Outcome) -> _Entry | Refused:
    if outcome.parsed is None:
        return outcome.problem(file.source.name)
    parsed = outcome.parsed
    return _Entry(
        file=file,
        document=parsed.document,
        id=parsed.document.id,
        paragraphs=len(parsed.paragraphs),
        characters=characters(parsed),
        unknown=reports.unknown_fields(parsed),
    )


def _settled(entries: Sequence[_Entry], run: _Build) -> tuple[list[_Entry], Settled]:
    """One entry for each document, in the order of the index, and what became of the other files."""
    by_name = {entry.candidate: entry for entry in entries}
    settled = settle(by_name, lambda candidate: _stored(by_name[candidate], run))
    kept = [replace(by_name[candidate], id=identifier) for candidate, identifier in settled.taken]
    return sorted(kept, key=lambda entry: Symbol(entry.id).order), settled


def _unknown(kept: Sequence[_Entry]) -> tuple[Unknown, ...]:
    return tuple(Unknown(id=each.id, name=each.document.path, fields=each.unknown) for each in kept if each.unknown)


def _nothing(corpus: _Corpus, refused: tuple[Refused, ...]) -> NothingToIndexError:
    where = ", ".join(str(root) for root in corpus.roots)
    if not refused:
        return NothingToIndexError(f"There is no document in {where}; put files there, or name another folder.")
    first = refused[0]
    rest = f" (and {len(refused) - 1} more refused)" if len(refused) > 1 else ""
    return NothingToIndexError(f"No file in {where} can be indexed: {first}{rest}; the index was left alone.", refused)


def _names(roots: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(root) for root in roots)


def _write(kept: Sequence[_Entry], made: generations.Building, run: _Build, chosen: Engine) -> None:
    writer = chosen.write(made.data, expected=sum(entry.paragraphs for entry in kept))
    with _aborted_on_failure(writer), seldom_collected():
        for done, parsed in enumerate(_documents(kept, run), 1):
            writer.add(parsed)
            run.tell(Progress(step="write", done=done, total=len(kept), name=parsed.document.id))
        writer.commit()
    run.tell(Progress(step="commit"))


@contextmanager
def _aborted_on_failure(writer: IndexWriter) -> Iterator[None]:
    try:
        yield
    except BaseException:
        writer.abort()
        raise


def _documents(kept: Sequence[_Entry], run: _Build) -> Iterator[ParsedDocument]:
    for entry in kept:
        parsed = _stored(entry, run)
        yield parsed if entry.id == entry.document.id else renamed(parsed, entry.id)


def _stored(entry: _Entry, run: _Build) -> ParsedDocument:
    outcome = run.store.get(entry.file.key)
    if outcome is None or outcome.parsed is None:
        name = entry.file.source.name
        raise IndexUnusableError(f"What was parsed of {name} could not be kept in {run.index}; try again.")
    return outcome.parsed


def _publish(made: generations.Building, report: BuildReport, corpus: _Corpus, run: _Build) -> None:
    manifest = Manifest(
        generation=made.name,
        engine=report.engine,
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow=__version__,
        corpus=corpus.fingerprint if run.complete else "",
        documents=report.documents,
        paragraphs=report.paragraphs,
        built=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        roots=report.roots,
    )
    generations.seal(made, manifest, {reports.FILE: reports.encode(report)})
    run.tell(Progress(step="seal"))
    generations.publish(run.index, made)
    run.tell(Progress(step="publish", name=made.name))
    generations.sweep(run.index)
    remote.sweep(run.index, run.cluster)
    run.store.keep_only({file.key for file in corpus.files})
    run.tell(Progress(step="sweep"))
