"""The page of related phrases: where it is linked, and that each phrase leads to results that have it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def test_results_lead_to_phrases_and_each_phrase_back_to_fewer_results(corpus_client: FlaskClient) -> None:
    results = page(corpus_client, "/?q=victims&pillar=protection")
    link = results.select_one("a.related")
    assert link is not None
    assert link["href"] == "/related?q=victims&pillar=protection"
    related = page(corpus_client, str(link["href"]))
    assert related.select_one(".back")["href"] == "/?q=victims&pillar=protection"  # type: ignore[index]
    phrases = related.select(".tally a")
    assert 1 <= len(phrases) <= 8
    for each in phrases:
        assert str(each["href"]).endswith("&pillar=protection")
        assert page(corpus_client, str(each["href"])).select(".hit mark")


def test_an_alternative_is_kept_together_when_a_phrase_is_added(corpus_client: FlaskClient) -> None:
    answer = corpus_client.get("/api/related?q=victims+OR+witnesses").get_json()
    assert list(answer) == ["query", "read", "phrases"]
    first = answer["phrases"][0]
    assert first["query"] == f'(victims OR witnesses) "{first["text"]}"'
    total = corpus_client.get("/api/search?" + urlencode({"q": first["query"]})).get_json()["total"]
    assert total >= first["hits"]


@pytest.mark.parametrize("query", ["", "zzzz", "((", "state:Atlantis", "a" * 1_000, "*"])
def test_whatever_is_asked_is_a_page(corpus_client: FlaskClient, query: str) -> None:
    assert page(corpus_client, "/related?" + urlencode({"q": query})).select_one("h1") is not None


def test_nothing_leads_there_where_nothing_could_be_typical(corpus_client: FlaskClient) -> None:
    assert page(corpus_client, "/?q=zzzz").select("a.related") == []


def test_too_long_a_query_is_said(corpus_client: FlaskClient) -> None:
    assert corpus_client.get("/related?" + urlencode({"q": "a" * 1_001})).status_code == 400
