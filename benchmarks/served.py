"""An index of a benchmark's corpus that can be served, and the addresses that its visitors ask for."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.queries import Query
from pilcrow import __version__
from pilcrow.engine import generations
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from webui.urls import search_url


def published(corpus: Corpus, directory: Path, *, engine: str) -> Path:
    """``directory`` with ``corpus`` as its current generation; what stands there already is taken as it is."""
    if generations.published(directory):
        return directory
    with generations.building(directory), generations.new_generation(directory) as made:
        writer = generations.engine(engine).write(made.data, expected=corpus.size)
        documents = 0
        for parsed in corpus.documents():
            writer.add(parsed)
            documents += 1
        writer.commit()
        manifest = Manifest(
            generation=made.name,
            engine=engine,
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow=__version__,
            corpus=str(corpus.path),
            documents=documents,
            paragraphs=corpus.size,
            built=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        )
        generations.seal(made, manifest, {})
        generations.publish(directory, made)
    return directory


def addresses(site: str, queries: Sequence[Query]) -> Iterator[str]:
    """The page of each query, as a visitor's browser asks for it."""
    return (site.rstrip("/") + search_url(query.request()) for query in queries)
