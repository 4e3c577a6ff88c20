"""One facet asked for by itself: its values, how many there are, and what of the question could not be used."""

from __future__ import annotations

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import FacetValue, facet_to_dict
from pilcrow.search.service import facet_values, run


@pytest.mark.parametrize("query", ["stat:Belarus", "court zzzq", "zzzq", "(((court", "A/70/12, para. 1"])
def test_a_facet_says_what_the_results_say(made: IndexReader, query: str) -> None:
    found, results = facet_values(made, SearchRequest(query=query), "state"), run(made, SearchRequest(query=query))
    assert (found.total, found.diagnostics) == (results.total, results.diagnostics)


def test_a_field_that_is_none_is_not_said_again_as_a_word(made: IndexReader) -> None:
    assert run(made, SearchRequest(query="stat:court")).diagnostics == (
        Diagnostic(
            message="There is no field stat: here; did you mean state:? It was read as a word.",
            start=0,
            end=5,
            suggestion="state:",
        ),
    )


def test_the_leaves_of_a_facet_are_its_states_without_regions_and_unknown(made: IndexReader) -> None:
    facet = facet_values(made, SearchRequest(), "state").facet
    assert [each.value for each in facet.flat()] == ["150", "BLR", "FRA", "POL", "unknown"]
    assert (facet.leaves, facet.total_values) == (3, 5)


def test_a_facet_has_the_same_values_in_json_as_beside_results(made: IndexReader) -> None:
    record = facet_to_dict(facet_values(made, SearchRequest(query="court").with_value("state", "BLR"), "state"))
    assert record["values"][1] == {
        "value": "BLR",
        "label": "Belarus",
        "count": 2,
        "selected": True,
        "excluded": False,
        "depth": 1,
        "unknown": False,
    }
    assert (record["total"], record["diagnostics"]) == (2, [])


def test_a_facet_that_is_looked_through_keeps_what_is_chosen_aside_and_says_how_many_it_has(made: IndexReader) -> None:
    request = SearchRequest().with_value("state", "BLR").with_exclusion("state", "FRA")
    found = facet_values(made, request, "state", contains="polska or none such")
    assert (list(found.facet.flat()), found.leaves) == ([], 3)
    assert found.chosen == (
        FacetValue(value="BLR", label="Belarus", count=1, selected=True),
        FacetValue(value="FRA", label="France", count=1, excluded=True),
    )
