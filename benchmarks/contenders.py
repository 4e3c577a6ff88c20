"""Who is measured: Pilcrow on each of its engines, and its peers, behind one interface.

A contender builds an index from the same documents and answers the same queries with whole pages: the total, ten hits
with their snippets, and the counts of every facet, those of a chosen one without its own selection.
"""

from __future__ import annotations

import importlib
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from benchmarks.corpus import Corpus
from benchmarks.queries import Query
from pilcrow import __version__
from pilcrow.engine.adapters import ADAPTERS, engine, remote
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.connection import connection, environment
from pilcrow.engine.contract import Engine, Manifest
from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.garbage import seldom_collected
from pilcrow.engine.model import ParsedDocument
from pilcrow.search.results import FacetValue, Results
from pilcrow.search.service import run

ENGINES = ("whoosh", "tantivy")
"""Pilcrow's engines that keep files of their own; OpenSearch is measured where its address is given."""

PEERS = {
    "tantivy": "benchmarks.peers.plain_tantivy",
    "fts5": "benchmarks.peers.fts5",
    "xapian": "benchmarks.peers.xapian_spy",
    "whoosh": "benchmarks.peers.stock_whoosh",
}
"""Each peer's module, by the name that ``--peers`` takes."""

LARGEST = {"Pilcrow on whoosh": 10_000, "stock Whoosh": 10_000}
"""Paragraphs beyond which these are left out, unless they are asked for by name: they would take most of an hour."""


class Page(Protocol):
    """A page that was answered. The counts are read after the clock has stopped."""

    @property
    def total(self) -> int:
        """How many paragraphs match."""
        ...

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Facet -> key -> paragraphs."""
        ...


class Reader(Protocol):
    """An index opened for asking."""

    def page(self, query: Query) -> Page:
        """The whole page that answers ``query``."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class Contender(Protocol):
    """Someone to measure. ``left_out`` says of the kinds of query that it cannot ask why."""

    name: str
    left_out: Mapping[str, str]

    def missing(self) -> str:
        """Why it cannot be measured here, as a sentence, or ""."""
        ...

    def build(self, directory: Path, corpus: Corpus) -> None:
        """Index ``corpus`` into the empty ``directory``."""
        ...

    def open(self, directory: Path) -> Reader:
        """A reader of what was built there."""
        ...

    def size(self, directory: Path) -> float | None:
        """The index's megabytes, None where they are not on this machine."""
        ...


@dataclass(frozen=True)
class Spec:
    """Which contender: ``kind`` is "engine" or "peer"; ``url`` where an engine is a server."""

    kind: str
    key: str
    url: str = ""


def contender(spec: Spec) -> Contender:
    """The contender that ``spec`` says."""
    return Pilcrow(spec.key, spec.url) if spec.kind == "engine" else Peer(spec.key)


def every_file(directory: Path) -> float:
    """The megabytes of all files under ``directory``."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 1e6


class Pilcrow:
    """Pilcrow on one of its engines."""

    left_out: Mapping[str, str] = {}

    def __init__(self, key: str, url: str = "") -> None:
        self.name = f"Pilcrow on {key}"
        self._key, self._url = key, url

    def missing(self) -> str:
        """Why the engine cannot be measured here, or ""."""
        if self._key not in ADAPTERS:
            return f"{self.name} is left out: this Pilcrow has no such engine."
        try:
            self._engine()
        except (ImportError, PilcrowError) as error:
            return f"{self.name} is left out: {error}"
        return ""

    def build(self, directory: Path, corpus: Corpus) -> None:
        """Index ``corpus``, document by document, and write beside the index what is needed to open it."""
        writer = self._engine().write(directory, expected=corpus.size)
        documents = paragraphs = 0
        with seldom_collected():
            for parsed in corpus.documents():
                writer.add(parsed)
                documents += 1
                paragraphs += len(parsed.paragraphs)
            writer.commit()
        manifest = Manifest(
            generation="benchmark",
            engine=self._key,
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow=__version__,
            corpus="",
            documents=documents,
            paragraphs=paragraphs,
            built=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        )
        _manifest_path(directory).write_bytes(msgspec.json.encode(manifest))

    def open(self, directory: Path) -> Reader:
        """A reader of the index in ``directory``."""
        manifest = msgspec.json.decode(_manifest_path(directory).read_bytes(), type=Manifest)
        return PilcrowReader(self._engine(), directory, manifest)

    def size(self, directory: Path) -> float | None:
        """The megabytes of the index's files."""
        return None if self._url else every_file(directory)

    def _engine(self) -> Engine:
        """The adapter; the one place that knows how an engine that is a server is told its address."""
        if not self._url:
            return engine(self._key)
        return remote(connection({"url": self._url}, environment()))


class PilcrowReader:
    """Pilcrow's whole page: what the web page, the API and the command line all call."""

    def __init__(self, adapter: Engine, directory: Path, manifest: Manifest) -> None:
        self.index = adapter.open(directory, manifest)

    def page(self, query: Query) -> Page:
        """The whole page."""
        return PilcrowPage(run(self.index, query.request()))

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()


@dataclass(frozen=True, slots=True)
class PilcrowPage:
    """What :func:`pilcrow.search.service.run` gave."""

    results: Results

    @property
    def total(self) -> int:
        """How many paragraphs match."""
        return self.results.total

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of every facet, those of children beside those of their parents."""
        return {facet.key: dict(_flat(facet.values)) for facet in self.results.facets}


def _flat(values: Iterable[FacetValue]) -> Iterable[tuple[str, int]]:
    for value in values:
        yield value.value, value.count
        yield from _flat(value.children)


def _manifest_path(directory: Path) -> Path:
    return directory.with_name(directory.name + ".manifest.json")


class Peer:
    """A peer: a module with ``NAME``, ``LEFT_OUT``, ``missing``, ``build`` and ``Reader``."""

    def __init__(self, key: str) -> None:
        self._module: Any = importlib.import_module(PEERS[key])
        self.name: str = self._module.NAME
        self.left_out: Mapping[str, str] = self._module.LEFT_OUT

    def missing(self) -> str:
        """Why the peer cannot be measured here, or ""."""
        reason: str = self._module.missing()
        return reason

    def build(self, directory: Path, corpus: Corpus) -> None:
        """Index ``corpus``."""
        documents: Iterable[ParsedDocument] = corpus.documents()
        self._module.build(directory, documents)

    def open(self, directory: Path) -> Reader:
        """A reader of the index in ``directory``."""
        reader: Reader = self._module.Reader(directory)
        return reader

    def size(self, directory: Path) -> float | None:
        """The megabytes of the index's files."""
        return every_file(directory)


def fresh(directory: Path) -> Path:
    """``directory``, empty."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory
