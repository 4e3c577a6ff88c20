"""The examples beside the box: chosen of what is here, on every page with a box, and each finds something."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webui import library_of_traps
from webui import create_app


def examples(client: FlaskClient, url: str) -> list[str]:
    page = BeautifulSoup(client.get(url).text, "html.parser")
    (asking,) = page.select(".asking")
    assert asking.select_one('a[href="/help"]') is not None
    return [str(link["href"]) for link in asking.select("dt a")]


@pytest.mark.parametrize("url", ["/", "/?q=victims", "/documents", "/help", "/nowhere"])
def test_every_page_with_a_box_has_examples_and_each_finds_something(corpus_client: FlaskClient, url: str) -> None:
    found = examples(corpus_client, url)
    assert 6 <= len(found) <= 8
    for each in found:
        answer = corpus_client.get(each, follow_redirects=True)
        page = BeautifulSoup(answer.text, "html.parser")
        assert page.select(".hit, .para"), each


def test_the_examples_are_of_the_index_that_is_current(tmp_path: Path) -> None:
    client = create_app(tmp_path).test_client()
    assert examples(client, "/help") == []
    library_of_traps.publish(tmp_path, library_of_traps.documents())
    assert "/?q=state%3ABelarus" in examples(client, "/help")
