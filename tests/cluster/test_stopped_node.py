"""A node stops while questions are asked: the answers stay right. One starts again: they still are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pilcrow.engine.adapters import engine, remote
from pilcrow.engine.analysis import forms
from pilcrow.engine.connection import connection
from pilcrow.engine.contract import Answer
from pilcrow.engine.model import ParsedDocument
from tests.cluster import real
from tests.cluster.harness import Cluster
from tests.contract.engines import manifest_of, reading

pytestmark = pytest.mark.cluster

QUESTIONS = 400


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
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[ParsedDocument, ...]:
    return real.documents(tmp_path_factory.mktemp("real"))


def test_answers_stay_right_while_a_node_stops_and_starts(
    cluster: Cluster, prefix: str, documents: tuple[ParsedDocument, ...]
) -> None:
    """What Whoosh answers, which the contract compares with the naive matcher, OpenSearch answers throughout."""
    three_on_three = remote(connection({"url": cluster.urls, "prefix": prefix}))
    texts = [forms(paragraph.text) for parsed in documents for paragraph in parsed.paragraphs]
    assert len(texts) == real.PARAGRAPHS
    found = 0
    with reading(three_on_three, documents) as reader, reading(engine("whoosh"), documents) as whoosh:
        questions = real.Questions.about(whoosh, texts)
        with node_stopping(cluster) as done:
            for number in range(QUESTIONS):
                plan = questions.plan(number)
                answer, expected = reader.search(plan), whoosh.search(plan)
                assert counted(answer) == counted(expected), (number, plan)
                found += answer.total > 0
                exactly = plan.sort != "relevance" or answer.total <= real.SHOWN
                assert not exactly or hits(answer) == hits(expected), (number, plan)
                done(number / QUESTIONS)
    assert found > QUESTIONS / 2


def counted(answer: Answer) -> tuple[object, ...]:
    return answer.total, answer.documents, dict(answer.facets), dict(answer.facet_sizes), len(answer.hits)


def hits(answer: Answer) -> list[tuple[str, float]]:
    return [(hit.paragraph.id, round(hit.score, 6)) for hit in answer.hits]


def test_an_index_is_built_while_a_node_stops(
    cluster: Cluster, prefix: str, documents: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    """What the stopped node had not yet taken is sent again, and nothing is there twice."""
    three_on_three = remote(connection({"url": cluster.urls, "prefix": prefix}))
    with node_stopping(cluster) as done:
        writer = three_on_three.write(tmp_path)
        for number, parsed in enumerate(documents):
            writer.add(parsed)
            done(number / len(documents))
        writer.commit()
    with three_on_three.open(tmp_path, manifest_of(three_on_three, documents)) as reader:
        for parsed in documents:
            assert reader.paragraphs(parsed.document.id) == parsed.paragraphs
