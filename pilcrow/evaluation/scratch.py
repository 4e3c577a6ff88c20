"""An index of given documents for as long as a measurement takes: the real engine, in a temporary folder."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pilcrow import __version__
from pilcrow.engine.adapters import engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import IndexReader, Limits, Manifest, SearchPlan
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.files import temporary_folder
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.symbols import Symbol
from pilcrow.evaluation.ranking import Judged, RankingReport, score
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import prepare

DEPTH = 1_000
"""How deep a ranking is judged."""


@contextmanager
def scratch_index(documents: Iterable[ParsedDocument], *, name: str = "whoosh") -> Iterator[IndexReader]:
    """A reader of ``documents``, written with the engine ``name``; the index is gone when the block is left."""
    with temporary_folder() as folder:
        manifest = write_scratch(documents, folder, name=name)
        with engine(name).open(folder, manifest, limits=Limits(window=DEPTH)) as reader:
            yield reader


def write_scratch(documents: Iterable[ParsedDocument], folder: Path, *, name: str = "whoosh") -> Manifest:
    """Write an index of ``documents`` into the empty ``folder``, which the engine ``name`` opens with the manifest."""
    ordered = sorted(documents, key=lambda parsed: Symbol(parsed.document.id).order)
    writer = engine(name).write(folder)
    for parsed in ordered:
        writer.add(parsed)
    writer.commit()
    return Manifest(
        generation="scratch",
        engine=name,
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow=__version__,
        corpus="",
        documents=len(ordered),
        paragraphs=sum(len(parsed.paragraphs) for parsed in ordered),
        built=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    )


def evaluate_ranking(reader: IndexReader, questions: Sequence[Judged]) -> RankingReport:
    """Ask ``reader`` every question as a person's query would be asked, and score the first ``DEPTH`` hits."""
    return RankingReport(tuple(score(each, _ranking(reader, each.query)) for each in questions))


def _ranking(reader: IndexReader, query: str) -> list[str]:
    question = prepare(reader, SearchRequest(query=query))
    plan = SearchPlan(query=question.ranked.tree, filters=question.filters, limit=DEPTH)
    return [hit.paragraph.id for hit in reader.search(plan).hits]
