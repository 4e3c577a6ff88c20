"""The request and its parameters: a round trip, lenient in the browser and strict at the prompt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import gazetteer
from pilcrow.engine.contract import SORTS
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import FACETS, LANGUAGES, PILLARS, Field
from pilcrow.search.request import ROLES, UNITS, WHERES, Chosen, Diagnostic, SearchRequest

KEYS = {
    "state": st.sampled_from([state.code for state in gazetteer.states()] + ["unknown", "150"]),
    "pillar": st.sampled_from([*PILLARS, "unknown"]),
    "language": st.sampled_from([*LANGUAGES, "unknown"]),
    "date": st.sampled_from(["2009", "2009-04", "2009-04-14", "2009..2013-06", "..2010", "2010..", "unknown"]),
}
OTHER = (
    st.text(min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and text.casefold() != "unknown")
)


@st.composite
def chosen(draw: st.DrawFn) -> Chosen:
    field = draw(st.sampled_from(FACETS))
    keys = KEYS.get(field.key, OTHER)
    return Chosen(
        field=field.key,
        include=tuple(draw(st.lists(keys, max_size=3))),
        exclude=tuple(draw(st.lists(keys, max_size=2))),
        all_of=draw(st.booleans()) if field.multiple else False,
    )


REQUESTS = st.builds(
    SearchRequest,
    query=st.text(max_size=40),
    all_words=st.booleans(),
    chosen=st.lists(chosen(), max_size=4).map(tuple),
    state_in=st.sampled_from(["", *WHERES]),
    state_role=st.sampled_from(["", *ROLES]),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 10**6),
    per_page=st.integers(1, 100),
    unit=st.sampled_from(UNITS),
)


@given(REQUESTS)
def test_the_parameters_of_a_request_give_it_back(request: SearchRequest) -> None:
    assert SearchRequest.from_params(request.to_params()) == (request, ())
    assert SearchRequest.strict(request.to_params()) == request


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_any_parameters_give_a_request_that_its_own_parameters_give_back(params: list[tuple[str, str]]) -> None:
    request, _ = SearchRequest.from_params(params)
    assert SearchRequest.from_params(request.to_params()) == (request, ())


@given(REQUESTS, st.sampled_from(FACETS))
def test_choosing_and_unchoosing_a_value_gives_the_question_back(request: SearchRequest, field: Field) -> None:
    key = "K9"
    assert request.with_value(field.key, key).without_value(field.key, key) == request.with_page(1)
    assert request.with_exclusion(field.key, key).without_exclusion(field.key, key) == request.with_page(1)


def test_names_are_understood_and_what_is_wrong_is_said_and_left_out() -> None:
    params = [
        ("q", "victims"),
        ("state", "Belarus"),
        ("state", "Belrus"),
        ("not-state", "Turkey"),
        ("pillar", "National cooperation"),
        ("date", "2009..2013-06"),
        ("page", "0"),
        ("limit", "5000"),
        ("stat", "BLR"),
    ]
    request, diagnostics = SearchRequest.from_params(params)
    assert request == SearchRequest(
        query="victims",
        chosen=(
            Chosen(field="state", include=("BLR",), exclude=("TUR",)),
            Chosen(field="pillar", include=("national",)),
            Chosen(field="date", include=("2009..2013-06",)),
        ),
    )
    assert [each.suggestion for each in diagnostics] == ["Belarus", "1", "100", "state"]
    assert diagnostics[1] == Diagnostic(message="page is a whole number from 1, and “0” is none.", suggestion="1")


def test_a_region_whose_states_are_counted_one_by_one_chooses_each_of_them() -> None:
    request, diagnostics = SearchRequest.from_params([("state", "Australia and New Zealand")])
    assert request.of("state").include == ("AUS", "NZL")
    assert diagnostics == ()


def test_at_the_prompt_a_value_that_cannot_be_used_is_an_error_with_the_nearest_that_can() -> None:
    with pytest.raises(RequestError) as caught:
        SearchRequest.strict([("sort", "newst")])
    assert (caught.value.parameter, caught.value.value, caught.value.suggestion) == ("sort", "newst", "newest")


def test_a_change_goes_back_to_the_first_page_and_an_excluded_value_is_no_longer_chosen() -> None:
    request = SearchRequest(query="aid", page=4).with_value("state", "BLR").with_page(3).with_exclusion("state", "BLR")
    assert request == SearchRequest(query="aid", chosen=(Chosen(field="state", exclude=("BLR",)),))
    assert request.cleared() == SearchRequest(query="aid")
