"""A node stops while questions are asked: the answers stay right. One starts again: they still are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings

from pilcrow.engine import opensearch_writer
from pilcrow.engine.adapters import engine, remote
from pilcrow.engine.connection import connection
from pilcrow.engine.contract import SearchPlan
from pilcrow.engine.model import ParsedDocument
from tests.cluster.harness import Cluster
from tests.conftest import ROOT, SHARED
from tests.contract.engines import manifest_of, reading
from tests.contract.real import Real, corpus, overlap
from tests.contract.test_real import TREES

pytestmark = pytest.mark.cluster


@contextmanager
def node_stopping(cluster: Cluster, number: int = 1) -> Iterator[Callable[[float], None]]:
    """Gives what is to be told how much is done, from 0 to 1: at a half the node stops, at three quarters it starts.

    It does so in a thread, so that questions are asked in the very moment; it runs again when the block is left.
    """
    threads: dict[str, threading.Thread] = {}

    def begin(what: str, work: Callable[[int], None]) -> None:
        if what not in threads:
            for thread in threads.values():
                thread.join()
            threads[what] = threading.Thread(target=work, args=(number,))
            threads[what].start()

    def done(part: float) -> None:
        if part >= 0.5:
            begin("stop", cluster.stop)
        if part >= 0.75:
            begin("start", cluster.start)

    try:
        yield done
    finally:
        for thread in threads.values():
            thread.join()
        if len(cluster.running) < len(cluster.urls):
            cluster.start(number)
        cluster.wait_for("green")


@pytest.fixture(scope="module")
def real() -> Real:
    return Real(corpus(ROOT / "corpus", SHARED if SHARED.is_dir() else None))


@pytest.fixture(scope="module")
def documents(real: Real) -> tuple[ParsedDocument, ...]:
    return tuple(real.documents)


def test_random_trees_are_answered_right_while_a_node_stops_and_starts(
    cluster: Cluster, prefix: str, real: Real
) -> None:
    """What the naive matcher says of 3,000 real paragraphs, and in nearly the order in which Whoosh has it."""
    three_on_three = remote(connection({"url": cluster.urls, "prefix": prefix}))
    overlaps: list[float] = []
    with (
        reading(three_on_three, real.documents) as reader,
        reading(engine("whoosh"), real.documents) as whoosh,
        node_stopping(cluster) as done,
    ):

        @settings(max_examples=TREES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(plan=real.plans())
        def check(plan: SearchPlan) -> None:
            answer = reader.search(plan)
            real.check(answer, plan)
            first, other = ([hit.paragraph.id for hit in each.hits] for each in (whoosh.search(plan), answer))
            overlaps.append(overlap(first, other))
            done(len(overlaps) / TREES)

        check()
    assert len(overlaps) >= TREES
    assert mean(overlaps) >= 0.99
    assert sum(each < 0.95 for each in overlaps) <= len(overlaps) / 50


def test_an_index_is_built_while_a_node_stops(
    cluster: Cluster,
    prefix: str,
    documents: tuple[ParsedDocument, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the stopped node had not yet taken is sent again, and nothing is there twice."""
    three_on_three = remote(connection({"url": cluster.urls, "prefix": prefix}))
    monkeypatch.setattr(opensearch_writer, "_TAKEN_AT_ONCE", 20)
    with node_stopping(cluster) as done:
        writer = three_on_three.write(tmp_path)
        for number, parsed in enumerate(documents):
            writer.add(parsed)
            done(number / len(documents))
        writer.commit()
    with three_on_three.open(tmp_path, manifest_of(three_on_three, documents)) as reader:
        for parsed in documents:
            assert reader.paragraphs(parsed.document.id) == parsed.paragraphs
