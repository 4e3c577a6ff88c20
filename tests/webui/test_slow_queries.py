"""Queries that are slow in earnest run beside quick ones: they are given up in time, and the others are answered."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from pilcrow.engine import generations
from pilcrow.engine.errors import TimeLimitError
from pilcrow.engine.model import Document, ParsedDocument
from pilcrow.engine.watch import check, checked, left, watched
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from pilcrow.settings import Settings
from tests.webui import library_of_traps
from tests.webui.library_of_traps import paragraph
from tests.webui.running import running
from tests.webui.visiting import get
from webui import create_app

COMMON = ("states", "report", "victims", "measures", "rights")
PARAGRAPHS, WORDS = 4_000, 300

SLOW = " OR ".join(f'"{" ".join(near)}"~{{n}}' for near in combinations(COMMON, 3))
"""Many times what may be spent on it, on any machine."""


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def slow_index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long paragraphs of a few common words, which stand in all of them again and again; and one short document."""
    directory = tmp_path_factory.mktemp("slow") / "index"
    chance = random.Random(1)
    short = Document(id="A/1/1", symbols=("A/1/1",), title="Short", language="en")
    documents = [ParsedDocument(document=short, paragraphs=(paragraph("A/1/1", 1, "A quick brown fox."),))]
    for number in range(2, 6):
        identifier = f"A/1/{number}"
        document = Document(id=identifier, symbols=(identifier,), title="Long", language="en")
        texts = (" ".join(chance.choices(COMMON, k=WORDS)) for _ in range(PARAGRAPHS // 4))
        made = tuple(paragraph(identifier, at, text) for at, text in enumerate(texts, 1))
        documents.append(ParsedDocument(document=document, paragraphs=made))
    library_of_traps.publish(directory, documents, engine=request.param)
    return directory


def test_slow_queries_are_given_up_and_quick_ones_answered_meanwhile(slow_index: Path) -> None:
    slow = [f"/?q={quote(SLOW.format(n=n))}" for n in range(3, 13)]
    limits = {"timeout": 2, "slow_after": 0.4, "slow_at_once": 2, "threads": 4, "cache": 0}
    with running(slow_index, **limits) as site, ThreadPoolExecutor(len(slow)) as visitors:
        # The first page of all is slower than those after it: templates are compiled, names are read.
        meanwhile = [get(site, "/?q=quick+fox"), get(site, "/documents/A/1/1")]
        asking = [visitors.submit(get, site, path) for path in slow]
        while not all(each.done() for each in asking):
            meanwhile.append(get(site, "/?q=quick+fox"))
            meanwhile.append(get(site, "/documents/A/1/1"))
        given_up = [each.result() for each in asking]
        figures = get(site, "/metrics").text
    assert {each.status for each in meanwhile} == {200}
    assert {each.status for each in given_up} == {503}
    too_long = [each for each in given_up if "That takes too long" in each.text]
    put_off = [each for each in given_up if "Busy with long searches" in each.text]
    assert len(too_long) + len(put_off) == len(slow)
    assert too_long
    assert all("was given up. Ask for rarer words" in each.text for each in too_long)
    assert {each.headers.get("retry-after") for each in put_off} <= {"5"}
    counted = dict(re.findall(r'^pilcrow_refused_total\{why="(\w+)"\} (\S+)$', figures, re.MULTILINE))
    assert (float(counted["time"]), float(counted["busy"])) == (len(too_long), len(put_off))


@pytest.mark.parametrize(
    "query",
    [
        '"states report victims"~3',
        '="states report" OR ="report victims" OR ="victims measures"',
        '"states report" AND "report victims" AND "victims measures" AND "measures rights"',
        "*a* OR *e* OR *i* OR *o* OR *r* OR *s* OR *t*",
        "states~2 OR report~2 OR victims~2",
    ],
)
def test_every_kind_of_long_work_looks_at_the_watch(slow_index: Path, query: str) -> None:
    class Impatient:
        """Gives up at the third look, whatever the time."""

        looks = 0

        def check(self) -> None:
            self.looks += 1
            if self.looks == 3:
                raise TimeLimitError("Enough.")

        def left(self) -> float:
            return 1.0

    with generations.open_index(slow_index) as reader:
        with pytest.raises(TimeLimitError, match="Enough"), watched(Impatient()):
            service.run(reader, SearchRequest(query=query))
        # What was given up leaves nothing half done behind.
        assert service.run(reader, SearchRequest(query="quick fox")).total == 1


def test_an_export_may_take_longer_than_a_page(slow_index: Path) -> None:
    def visitor(**limits: float) -> FlaskClient:
        settings = Settings(rate=0, slow_after=0.01, slow_at_once=9, **limits)
        return create_app(slow_index, settings=settings).test_client()

    impatient = visitor(timeout=0.1, export_timeout=0.1)
    assert impatient.get("/search.csv?q=states").status_code == 503
    patient = visitor(timeout=0.1, export_timeout=600)
    assert patient.get("/search.csv?q=states").text.count("\n") > PARAGRAPHS


def test_nobody_watches_at_the_prompt() -> None:
    check()
    assert list(checked([1, 2])) == [1, 2]
    assert left(30.0) == 30.0
