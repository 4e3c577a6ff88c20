"""The index directory: generations that are published whole, pinned by their readers, and swept when outlived.

::

    index/CURRENT                      two lines: the generation that answers, and the one before it
    index/generations/NAME/            manifest.json, contents.json, the builder's notes, and data/ of the engine
    index/parsed/                      the indexer's own store (see indexer/parsed_store.py)
    index/clusters.json                where indexes of generations lie outside it, if any do (see remote.py)
    index/lock                         held by the process that builds

A build writes a new folder beside the others, writes it through to the disk, and makes it the index by replacing
``CURRENT``: killed at any moment, what stood before still answers. A reader holds the generation that was current when
it was opened, and the folder is kept for one more publication, so that a reader that opens files late still finds them;
what is named in ``CURRENT`` is never removed, and everything else is, when a build starts and after it has published.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pilcrow.engine.adapters import REMOTE, engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import IndexReader, Limits, Manifest
from pilcrow.engine.errors import (
    IndexDamagedError,
    IndexUnusableError,
    IndexVersionError,
    NoIndexError,
)
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.files import exclusive, explained, measured, sync_directory, sync_tree, write_atomically

CURRENT = "CURRENT"
GENERATIONS = "generations"
PARSED = "parsed"
LOCK = "lock"
MANIFEST = "manifest.json"
CONTENTS = "contents.json"
DATA = "data"

_ATTEMPTS = 5


def open_index(directory: Path | str, *, limits: Limits | None = None) -> IndexReader:
    """A reader of the generation that is current in ``directory``, which it keeps to, whatever is published later.

    Raises :class:`NoIndexError` where nothing was built yet, :class:`IndexVersionError` where the index is of another
    version, :class:`IndexDamagedError` where files are missing; each says the command that helps.
    """
    directory = Path(directory)
    for _ in range(_ATTEMPTS):
        name = current(directory)
        try:
            manifest = read_manifest(directory, name)
            check_version(manifest, directory)
            return _opened(directory, name, manifest=manifest, limits=limits)
        except IndexDamagedError:
            # Two publications may have passed since CURRENT was read, and swept the folder: then there is a newer one.
            if current(directory) == name:
                raise
    raise IndexDamagedError(f"The index {directory} is rebuilt faster than it can be opened; try again.")


def _opened(directory: Path, name: str, *, manifest: Manifest, limits: Limits | None) -> IndexReader:
    """The generation ``name`` as its engine opens it; where it is damaged, with the command that mends it."""
    try:
        return engine(manifest.engine).open(generation(directory, name) / DATA, manifest, limits=limits)
    except IndexDamagedError as error:
        said = str(error).partition("; run: ")[0].rstrip(".")
        raise IndexDamagedError(f"{said}; {rebuild_with(directory, engine=manifest.engine)}.") from error


def current(directory: Path | str) -> str:
    """The name of the generation that answers; raises :class:`NoIndexError` where nothing was built yet."""
    names = _named(Path(directory))
    if not names:
        raise NoIndexError(_how_to_build(Path(directory)))
    return names[0]


def generation(directory: Path, name: str) -> Path:
    """The folder of the generation ``name``."""
    return directory / GENERATIONS / name


def read_manifest(directory: Path | str, name: str | None = None) -> Manifest:
    """The manifest of the generation ``name`` (else the current one), of whatever version.

    Fields that another version did not write are empty. Raises :class:`NoIndexError`, or :class:`IndexDamagedError`
    where it cannot be read.
    """
    directory = Path(directory)
    name = name or current(directory)
    path = generation(directory, name) / MANIFEST
    try:
        found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        empty = {field: _EMPTY.get(field, "") for field in Manifest.__dataclass_fields__}
        return msgspec.convert({**empty, **found}, type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexDamagedError(f"{path} is missing or cannot be read; {rebuild_with(directory)}.") from error


def check_version(manifest: Manifest, directory: Path) -> None:
    """Raise :class:`IndexVersionError` where the index was built with other fields or another analysis."""
    theirs, ours = (manifest.schema, manifest.analysis), (SCHEMA_VERSION, ANALYSIS_VERSION)
    if theirs != ours:
        raise IndexVersionError(
            f"The index {directory} was built by Pilcrow {manifest.pilcrow or 'of an unknown version'} "
            f"(schema {theirs[0]}, analysis {theirs[1]}), and this one reads schema {ours[0]}, analysis {ours[1]}; "
            f"{rebuild_with(directory, engine=manifest.engine)}."
        )


def rebuild_with(directory: Path, *, engine: str = "") -> str:
    """The half sentence that says which command builds ``directory`` again, for an ``engine`` that must be named."""
    chosen = f" --engine {engine}" if engine == REMOTE else ""
    return f"run: pilcrow index{chosen} --index {shlex.quote(str(directory))}"


@dataclass(frozen=True, slots=True)
class Building:
    """A generation that is being written: its ``name``, its ``folder``, and ``data``, which the engine fills."""

    name: str
    folder: Path

    @property
    def data(self) -> Path:
        """The engine's own folder within the generation."""
        return self.folder / DATA


@contextmanager
def building(directory: Path) -> Iterator[None]:
    """Hold the right to build in ``directory`` (made where it is missing), swept of what earlier builds left behind.

    Raises :class:`~pilcrow.engine.errors.IndexBusyError` while another process builds there, and
    :class:`IndexUnusableError` with a sentence where the directory cannot be written.
    """
    if directory.exists() and not directory.is_dir():
        raise IndexUnusableError(f"{directory} is a file and not a folder; choose another place with --index.")
    with explained(directory):
        (directory / GENERATIONS).mkdir(parents=True, exist_ok=True)
        with exclusive(directory / LOCK, what=f"the index {directory}"):
            sweep(directory)
            yield


@contextmanager
def new_generation(directory: Path) -> Iterator[Building]:
    """An empty folder for a new generation, not yet current; removed where the ``with`` block fails."""
    # The time makes names readable; the rest makes sure that no address of a page is ever of two generations.
    name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(3)}"
    made = Building(name, generation(directory, name))
    try:
        made.data.mkdir(parents=True)
        yield made
    except BaseException:
        if name not in published(directory):
            shutil.rmtree(made.folder, ignore_errors=True)
        raise


def seal(made: Building, manifest: Manifest, notes: dict[str, bytes]) -> None:
    """Write the manifest, the builder's ``notes`` (by file name) and the list of contents, all through to the disk."""
    for name, data in {**notes, MANIFEST: msgspec.json.format(msgspec.json.encode(manifest))}.items():
        (made.folder / name).write_bytes(data)
    (made.folder / CONTENTS).write_bytes(msgspec.json.encode(_sums(made.folder)))
    sync_tree(made.folder)
    sync_directory(made.folder.parent)


def publish(directory: Path, made: Building) -> None:
    """Make a sealed generation the one that answers; the one that did until now is kept for readers that have it."""
    before = published(directory)[:1]
    write_atomically(directory / CURRENT, "".join(f"{name}\n" for name in (made.name, *before)).encode())


def sweep(directory: Path) -> None:
    """Remove every generation, whole or half-written, that ``CURRENT`` does not name."""
    kept = set(published(directory))
    for folder in (directory / GENERATIONS).iterdir():
        if folder.name not in kept:
            # What cannot be removed now (Windows keeps open files) only takes room, and the next build tries again.
            shutil.rmtree(folder, ignore_errors=True)


def published(directory: Path) -> tuple[str, ...]:
    """The generations that a build must leave alone, the current one first; none where ``CURRENT`` is damaged."""
    try:
        return _named(directory)
    except IndexDamagedError:
        return ()


def intact(directory: Path, name: str) -> bool:
    """Whether every file of the generation ``name`` is there as it was sealed, to the byte."""
    folder = generation(directory, name)
    try:
        sealed = msgspec.json.decode((folder / CONTENTS).read_bytes(), type=dict[str, tuple[int, int]])
        return all(measured(folder / path) == sums for path, sums in sealed.items())
    except (OSError, msgspec.DecodeError):
        return False


def _named(directory: Path) -> tuple[str, ...]:
    """The generations that ``CURRENT`` names, the current one first; none where nothing was published."""
    try:
        lines = (directory / CURRENT).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return ()
    except NotADirectoryError as error:
        raise NoIndexError(f"{directory} is not an index but a file; name the index's folder with --index.") from error
    except OSError as error:
        reason = error.strerror
        raise IndexUnusableError(f"{directory / CURRENT} cannot be read ({reason}); see to its rights.") from error
    except UnicodeDecodeError as error:
        raise IndexDamagedError(f"{directory / CURRENT} is damaged; {rebuild_with(directory)}.") from error
    if any("/" in name or "\\" in name or name.startswith(".") for name in lines):
        raise IndexDamagedError(f"{directory / CURRENT} is damaged; {rebuild_with(directory)}.")
    return tuple(lines[:2])


def _how_to_build(directory: Path) -> str:
    command = f"pilcrow index FOLDER --index {shlex.quote(str(directory))}"
    return f"There is no index in {directory}; build one with: {command} (or name another with --index)."


def _sums(folder: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): measured(path) for path in files}


_EMPTY: dict[str, object] = {"schema": 0, "analysis": 0, "documents": 0, "paragraphs": 0, "roots": ()}
"""What a field of the manifest is where another version did not write it, if not ""."""
