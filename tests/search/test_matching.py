"""What is said of how many of the plain words were required, and only where it is true of every hit."""

from __future__ import annotations

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.search.keys import as_typed
from pilcrow.search.parser import parse
from pilcrow.search.ranking import with_any
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run


@pytest.mark.parametrize("query", ["victim protection OR child labour court", "victim protection OR child", "victim"])
def test_no_number_of_words_is_said_where_it_is_not_true_of_every_hit(index: IndexReader, query: str) -> None:
    results = run(index, SearchRequest(query=query))
    assert results.total
    assert results.matching is None


@pytest.mark.parametrize("query", ["victim protection", "victim protection state:Belarus", "victim protection -child"])
def test_the_one_group_of_words_that_every_hit_answers_to_is_said(index: IndexReader, query: str) -> None:
    matching = run(index, SearchRequest(query=query)).matching
    assert matching is not None
    assert matching.words == 2


@pytest.mark.parametrize(
    ("query", "either"),
    [
        ("victim protection", "victim OR protection"),
        ("the protection of victims", "protection OR victims"),
        ("the protection of Victims, victims", "protection OR victims"),
        ("state:Belarus victims child", "state:BLR AND (victims OR child)"),
        ("-child protection victims", "NOT child AND (protection OR victims)"),
        ("symbol:A/79/945 victims child", "symbol:A/79/945 AND (victims OR child)"),
    ],
)
def test_the_query_of_any_words_is_the_same_beside_them_and_finds_what_is_said(
    index: IndexReader, query: str, either: str
) -> None:
    assert as_typed(with_any(parse(query).tree)) == either
    matching = run(index, SearchRequest(query=query)).matching
    assert matching is not None
    assert matching.any_query == either
    assert run(index, SearchRequest(query=either)).total == matching.with_any
