"""Real indexes on disk: one of the project's corpus, one of a few documents made for the purpose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build
from pilcrow import open_index
from pilcrow.engine.adapters import engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import IndexReader, Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from tests.search.made import DOCUMENTS


@pytest.fixture(scope="session")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """The project's corpus, built and opened as a user does it."""
    directory = tmp_path_factory.mktemp("index")
    build([corpus], directory)
    with open_index(directory) as reader:
        yield reader


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """An index of the documents of :mod:`tests.search.made`."""
    directory = tmp_path_factory.mktemp("made")
    whoosh = engine("whoosh")
    writer = whoosh.write(directory)
    for document in DOCUMENTS:
        writer.add(document)
    writer.commit()
    manifest = Manifest(
        generation="made",
        engine="whoosh",
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow="0",
        corpus="",
        documents=len(DOCUMENTS),
        paragraphs=sum(len(document.paragraphs) for document in DOCUMENTS),
        built="2026-01-01T00:00:00Z",
    )
    with whoosh.open(directory, manifest) as reader:
        yield reader
