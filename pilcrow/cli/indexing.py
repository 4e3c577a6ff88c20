"""``pilcrow index``, ``parse`` and ``info``: making an index, seeing what is made of a file, and what stands in one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilcrow.cli.lines import BLANK, Line, line, plain, show
from pilcrow.cli.options import cluster_options, cluster_settings, config_option, index_option
from pilcrow.cli.status import REFUSED
from pilcrow.cli.stopping import stoppable
from pilcrow.engine.adapters import ADAPTERS, AUTO
from pilcrow.engine.errors import IndexUnusableError, PilcrowError

if TYPE_CHECKING:
    from indexer.build import Progress
    from indexer.catalogue import Catalogue
    from pilcrow.configuration import Configuration

DEFAULT_CORPUS = Path("corpus")


@click.command(short_help="Build the index from files or folders.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--engine", type=click.Choice([AUTO, *ADAPTERS]), default=AUTO, show_default=True, help="What keeps it.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many files to read at once; else as many as there are cores, at most 4.",
)
@click.option("--retry", is_flag=True, help="Read the files again that were refused before.")
@cluster_options
@index_option
@click.pass_context
def index(
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    *,
    engine: str,
    jobs: int | None,
    retry: bool,
    index: Path,
    **cluster: object,
) -> None:
    """Make the index hold the documents in PATH (files or folders).

    Without PATH, those that it was built from before, else the folder corpus. What has not changed is not read again;
    what is gone is taken out. A file that cannot be used is named in the report, with the reason and what to do about
    it, and the others are indexed.

    Each file is read in a process of its own kind, within limits of time and memory. Ctrl-C stops within two seconds
    and keeps what was read; the same command goes on from there.

    With --engine opensearch the index lies on the cluster that --url names. What --url to --prefix do not say is taken
    from the environment (PILCROW_OPENSEARCH_URL, _USER, _PASSWORD, _CA, _TIMEOUT, _SHARDS, _REPLICAS, _PREFIX); where
    neither has an address, it is that of the last build. A search finds address, user and authority in the index, and
    takes the password from the environment.

    Exit status: 0 every file is in the index (or is the same document as one that is), 1 some were refused, 2 nothing
    could be indexed or an error stopped it, 130 it was stopped.
    """
    from indexer.build import NothingToIndexError, build
    from indexer.reading import Reading
    from indexer.report import refusals

    settings = cluster_settings(engine, cluster)
    read = _Read()
    try:
        with stoppable(read.sentence), _progress() as progress:
            report = build(
                paths or _paths_of(index),
                index,
                engine=engine,
                cluster=settings,
                reading=Reading(jobs=jobs or 0, retry=retry),
                progress=lambda step: read.hear(step, progress),
            )
    except NothingToIndexError as error:
        show(plain(refusals(error.refused)), pages=False)
        raise
    show(plain(report.render()), pages=False)
    context.exit(REFUSED if report.refused else 0)


@click.command(short_help="Print what a file is parsed to, as JSON lines.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def parse(file: Path) -> None:
    """Print the document in FILE and then each of its paragraphs, one JSON object a line.

    What catalogue.toml in the same folder says of the file goes before what the file says.
    """
    from indexer.crew import parse_apart
    from indexer.parse import as_lines

    parsed = parse_apart(file, _catalogue_of(file))
    sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in as_lines(parsed))


@click.command(short_help="Say what stands in the index.")
@click.option("--all", "every", is_flag=True, help="List every refused file and every unknown field.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@index_option
def info(*, every: bool, format_: str, config: Path | None, index: Path) -> None:
    """Say what stands in the index, who built it and when, and what no document said of itself.

    Then each setting of pilcrow serve, with its value and where that comes from: the environment, the file of settings,
    or the default.
    """
    import msgspec

    from indexer.report import read_report
    from pilcrow.configuration import configured
    from pilcrow.engine.generations import read_manifest

    given = click.get_current_context().get_parameter_source("index") is click.core.ParameterSource.COMMANDLINE
    settings = configured({"index": index} if given else {}, file=config)
    index = settings.settings.index
    manifest, report = read_manifest(index), read_report(index)
    if format_ == "json":
        parts = {"manifest": msgspec.to_builtins(manifest), "report": msgspec.to_builtins(report)}
        click.echo(json.dumps({**parts, "settings": _settings_record(settings)}, ensure_ascii=False, indent=2))
        return
    facts = {
        "Index": f"{index}, generation {manifest.generation}",
        "Built": f"{manifest.built} by Pilcrow {manifest.pilcrow}",
        "Versions": f"schema {manifest.schema}, analysis {manifest.analysis}",
        "From": ", ".join(report.roots),
    }
    head = [line((f"{name + ':':<10}", "dim"), fact, hang=10) for name, fact in facts.items()]
    show([*head, *plain(report.render(every=every)), BLANK, line(("Settings", "title")), *_settings_lines(settings)])


def _settings_record(configuration: Configuration) -> dict[str, object]:
    from pilcrow.configuration import rows

    return {row.name: {"value": value, "unit": row.unit, "from": origin} for row, value, origin in rows(configuration)}


def _settings_lines(configuration: Configuration) -> Iterator[Line]:
    """Each setting with its value and unit, and where that came from."""
    from pilcrow.configuration import rows

    for row, value, origin in rows(configuration):
        said = f"{value or 'none'} {row.unit}".strip()
        yield line((f"{row.name:<16} ", "dim"), said, (f"  ({origin})", "dim"), hang=17)


def parsed_lines(file: Path) -> list[dict[str, object]]:
    """What ``pilcrow parse`` prints of ``file``, as values; read in this process, so for files that are known."""
    from indexer.parse import as_lines, parse_file

    return list(as_lines(parse_file(file, _catalogue_of(file))))


def _catalogue_of(file: Path) -> Catalogue:
    from indexer.catalogue import load_catalogue
    from indexer.sources import CATALOGUE

    return load_catalogue(file.parent / CATALOGUE)


def _paths_of(index: Path) -> tuple[Path, ...]:
    """Where the index was built from before, else the folder ``corpus`` beside it."""
    from indexer.report import read_report

    try:
        return tuple(Path(root) for root in read_report(index).roots)
    except IndexUnusableError:
        if DEFAULT_CORPUS.is_dir():
            return (DEFAULT_CORPUS,)
    raise PilcrowError("Name the files or folders to index: pilcrow index FOLDER.")


class _Read:
    """How many files are read and kept, for whoever stops the build."""

    def __init__(self) -> None:
        self._files: Progress | None = None

    def hear(self, progress: Progress, tell: Callable[[Progress], None] | None) -> None:
        """Take note of ``progress`` and pass it on."""
        if progress.step == "parse":
            self._files = progress
        if tell is not None:
            tell(progress)

    def sentence(self) -> str:
        """What is kept, and how to go on."""
        if self._files is None:
            return "Stopped before a file was read. Run the same command to start again."
        done, total = self._files.done, self._files.total
        return f"Stopped; {done:,} of {total:,} files are read and kept. Run the same command to go on."


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on a terminal, nothing in a pipe. Imported and drawn only once there is something to wait for."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    """One line on stderr that says which step of the build is at which file."""

    def __init__(self) -> None:
        self._stop: Callable[[], None] = lambda: None
        self._update: Callable[[Progress], None] | None = None

    def show(self, progress: Progress) -> None:
        """Draw how far the build is; the short steps before the first file draw nothing."""
        if progress.step in _DRAWN:
            if self._update is None:
                self._start()
            if self._update is not None:
                self._update(progress)

    def stop(self) -> None:
        """Take the line away."""
        self._stop()

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bars = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bars.add_task("", total=None)
        bars.start()
        self._stop = bars.stop
        self._update = lambda progress: bars.update(
            task, description=_DRAWN[progress.step], completed=progress.done, total=progress.total
        )


_DRAWN = {"parse": "Reading", "write": "Indexing", "commit": "Finishing"}
