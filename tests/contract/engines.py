"""The engines that every contract test runs on: to add one, add its line here.

``PILCROW_TEST_CLUSTER`` has the URLs of a cluster that may be written to, for the one that needs it; see
``tests/cluster/test_contract.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pilcrow.engine.adapters import remote
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.connection import connection
from pilcrow.engine.contract import Engine, IndexReader, Limits, Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.files import temporary_folder
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.tantivy_engine import TantivyEngine
from pilcrow.engine.whoosh_engine import WhooshEngine


def _on_a_cluster() -> Iterator[Engine]:
    if urls := os.environ.get("PILCROW_TEST_CLUSTER"):
        yield remote(connection({"url": urls, "prefix": "contract", "shards": 3, "replicas": 0}))


ENGINES: tuple[Engine, ...] = (WhooshEngine(), TantivyEngine(), *_on_a_cluster())


def manifest_of(engine: Engine, corpus: Sequence[ParsedDocument], generation: str = "test") -> Manifest:
    return Manifest(
        generation=generation,
        engine=engine.name,
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow="test",
        corpus="test",
        documents=len(corpus),
        paragraphs=sum(len(parsed.paragraphs) for parsed in corpus),
        built="2026-01-01T00:00:00Z",
    )


def write(engine: Engine, directory: Path, corpus: Sequence[ParsedDocument]) -> None:
    writer = engine.write(directory, expected=sum(len(parsed.paragraphs) for parsed in corpus))
    for parsed in corpus:
        writer.add(parsed)
    writer.commit()


@contextmanager
def reading(engine: Engine, corpus: Sequence[ParsedDocument], *, limits: Limits | None = None) -> Iterator[IndexReader]:
    """A reader of an index of ``corpus``, in a directory of its own."""
    with temporary_folder() as folder:
        write(engine, folder, corpus)
        with engine.open(folder, manifest_of(engine, corpus), limits=limits) as reader:
            yield reader
