"""A chosen date means what the same date means when it is typed."""

from __future__ import annotations

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run


@pytest.mark.parametrize(
    ("date", "chosen"),
    [
        ("2015-10", "2015-10"),  # a key of the index
        ("2011-08-15", "2011-08-15..2011-08-15"),  # a day of a document that is dated by its month
        ("1 October 2015", "2015-10-01"),
        ("1999", "1999..1999"),
        ("2011..2015-06", "2011..2015-06"),
    ],
)
def test_a_date_chosen_finds_what_the_date_typed_finds(made: IndexReader, date: str, chosen: str) -> None:
    request, said = SearchRequest.from_params([("date", date)])
    results = run(made, request)
    typed = run(made, SearchRequest(query=f'date:"{date}"'))
    assert (said, results.request.of("date").include) == ((), (chosen,))
    assert [hit.id for hit in results.hits] == [hit.id for hit in typed.hits]


def test_a_date_without_documents_finds_nothing_and_is_no_mistake(made: IndexReader) -> None:
    results = run(made, SearchRequest.strict([("date", "1999")]))
    assert [each.message for each in results.diagnostics] == [
        "Nothing under what is chosen; without it, 6 paragraphs match."
    ]


def test_a_chosen_range_stands_first_among_the_dates_with_the_number_that_it_leaves(made: IndexReader) -> None:
    request = SearchRequest.strict([("date", "2011..2015-06"), ("not-date", "2015"), ("q", "court")])
    dates = run(made, request).facet("date")
    assert dates is not None
    assert [(each.value, each.label, each.count, each.selected) for each in dates.flat()][:2] == [
        ("2011..2015-06", "2011 to June 2015", 2, True),
        ("2015", "2015", 2, False),
    ]


@pytest.mark.parametrize(
    ("key", "label"),
    [("..2010", "until 2010"), ("2010-04..", "from April 2010"), ("2010-04..2010-04", "April 2010")],
)
def test_a_range_of_dates_is_named_in_words(made: IndexReader, key: str, label: str) -> None:
    dates = run(made, SearchRequest().with_value("date", key)).facet("date")
    assert dates is not None
    assert dates.values[0].label == label
