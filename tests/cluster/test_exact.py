"""Answers are exact where one answer of the cluster cannot hold them, and where they would not be, there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from pilcrow.engine import opensearch_engine, opensearch_queries
from pilcrow.engine.adapters import remote
from pilcrow.engine.connection import connection
from pilcrow.engine.contract import FacetRequest, IndexReader, SearchPlan
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.fields import FACETS
from pilcrow.engine.lookups import Every, Nothing, Word
from pilcrow.engine.query import And, Not, Or, Prefix, Query, Term
from tests.cluster.harness import Cluster
from tests.contract import naive
from tests.contract.engines import reading
from tests.contract.test_cases import CORPUS, MATCHES
from tests.contract.test_random import check

pytestmark = pytest.mark.cluster

FACET_REQUESTS = tuple(FacetRequest(field=each.key) for each in FACETS)


@pytest.fixture
def reader(cluster: Cluster, prefix: str) -> Iterator[IndexReader]:
    engine = remote(connection({"url": cluster.urls, "prefix": prefix, "replicas": 0}))
    with reading(engine, CORPUS) as found:
        yield found


def backend(reader: IndexReader) -> Any:
    return cast("Any", reader)._backend


def test_values_and_hits_that_come_in_pages_are_the_same(reader: IndexReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit is set so low that nothing fits: values and hits come in pages, queries in pieces."""
    monkeypatch.setattr(opensearch_engine, "_MOST_VALUES", 2)
    monkeypatch.setattr(opensearch_engine, "PAGE", 3)
    monkeypatch.setattr(opensearch_engine, "_FETCHED_AT_ONCE", 2)
    monkeypatch.setattr(opensearch_queries, "_PARTS", 4)
    monkeypatch.setattr(opensearch_queries, "_LEVELS", 3)
    everything = naive.items(CORPUS)
    for _, query, _ in MATCHES:
        for unit in ("paragraph", "document"):
            check(reader, everything, SearchPlan(query=query, facets=FACET_REQUESTS, limit=100, unit=unit))


def test_a_question_of_more_parts_than_the_cluster_takes_is_answered(reader: IndexReader) -> None:
    """Its own limit is 1,024: each of these words is one in five fields."""
    words = [Term("victim", field) for field in ("text", "section", "note", "title", "")] * 90
    everything = naive.items(CORPUS)
    for query in (
        Or(tuple(words)),
        And((Or(tuple(words)), Not(Term("labour")))),
        Or((And(tuple(words)), Prefix("pro"))),
    ):
        check(reader, everything, SearchPlan(query=query, facets=FACET_REQUESTS, limit=100))


def test_a_tree_as_deep_as_the_contract_allows_is_answered(reader: IndexReader) -> None:
    deep: Query = Term("victim")
    for at in range(120):
        deep = And((deep, Term("the"))) if at % 2 else Or((deep, Term("labour")))
    check(reader, naive.items(CORPUS), SearchPlan(query=deep, facets=FACET_REQUESTS, limit=100))


def test_a_facet_that_a_shard_cuts_is_an_error_and_never_a_wrong_count(reader: IndexReader) -> None:
    backend(reader)._values |= {"state": 3, "state_set": 3}  # as if the index had been written to since
    with pytest.raises(
        IndexDamagedError, match="so that no facet can be counted exactly; run: pilcrow index --engine opensearch"
    ):
        reader.search(SearchPlan(facets=(FacetRequest(field="state"),))).counted()


def test_several_counts_are_asked_for_at_once(reader: IndexReader) -> None:
    asked = backend(reader)
    assert asked.count([Every(), Nothing(), Word("state", "BLR")]) == [8, 0, asked.count([Word("state", "BLR")])[0]]


def test_paragraphs_that_are_gone_are_an_error(reader: IndexReader) -> None:
    with pytest.raises(IndexDamagedError, match="lacks paragraphs that it was built with"):
        backend(reader).stored([0, 8])
