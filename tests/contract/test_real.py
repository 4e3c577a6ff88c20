"""All engines answer random trees over real paragraphs as the naive matcher does, in nearly the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings

from pilcrow.engine import tantivy_engine
from pilcrow.engine.contract import IndexReader, SearchPlan
from pilcrow.engine.query import Phrase, Term
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import to_dict
from pilcrow.search.service import run
from tests.conftest import SHARED
from tests.contract.engines import ENGINES, reading
from tests.contract.real import Real, corpus, overlap

TREES = 2_000


@pytest.fixture(autouse=True, scope="module")
def runs_are_common() -> Iterator[None]:
    """What Tantivy is asked where many paragraphs have the words of a run, it is asked here as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy_engine, "_RUNS_AT_ONCE", 0)
        yield


@pytest.fixture(scope="module")
def real() -> Real:
    own = Path(__file__).resolve().parents[2] / "corpus"
    return Real(corpus(own, SHARED if SHARED.is_dir() else None))


@pytest.fixture(scope="module")
def readers(real: Real) -> Iterator[dict[str, IndexReader]]:
    with ExitStack() as stack:
        yield {each.name: stack.enter_context(reading(each, real.documents)) for each in ENGINES}


@pytest.mark.thorough
def test_random_trees_are_answered_alike_on_real_paragraphs(real: Real, readers: dict[str, IndexReader]) -> None:
    overlaps: list[float] = []

    @settings(max_examples=TREES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(plan=real.plans())
    def check(plan: SearchPlan) -> None:
        answers = [reader.search(plan) for reader in readers.values()]
        for answer in answers:
            real.check(answer, plan)
        first, *others = ([hit.paragraph.id for hit in answer.hits] for answer in answers)
        overlaps.extend(overlap(first, other) for other in others if first)

    check()
    assert len(overlaps) > TREES / 2
    assert mean(overlaps) >= 0.99
    # Where many paragraphs score nearly alike, rounding may move one past the block that is scored again.
    assert sum(each < 0.95 for each in overlaps) <= len(overlaps) / 50


def test_what_people_type_gives_the_same_page_on_every_engine(real: Real, readers: dict[str, IndexReader]) -> None:
    typed = [str(leaf) for leaf in real.leaves if isinstance(leaf, (Term, Phrase)) and not leaf.field]
    typed += [f"{one} {other}" for one, other in zip(typed[::2], typed[1::2], strict=False)]
    assert len(typed) > 50
    for query in typed:
        first, *others = (page(reader, query) for reader in readers.values())
        for other in others:
            assert other["total"] == first["total"], query
            assert other["facets"] == first["facets"], query
            same = set(first["hits"]) & set(other["hits"])
            assert len(same) >= len(first["hits"]) - 2, query
            assert {key: other["hits"][key] for key in same} == {key: first["hits"][key] for key in same}, query


def page(reader: IndexReader, query: str) -> dict[str, object]:
    """A page as JSON, its hits by id: snippets and scores are compared to the byte."""
    answer = to_dict(run(reader, SearchRequest(query=query)), url=lambda identifier: identifier)
    return {**answer, "hits": {hit["id"]: hit for hit in answer["hits"]}}
