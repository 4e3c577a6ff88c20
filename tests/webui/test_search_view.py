"""What the page of results shows, made from results without any index."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import msgspec
import pytest

from pilcrow.search.request import Chosen, Diagnostic, SearchRequest
from pilcrow.search.results import Facet, FacetValue, Matching, Results, StateTag
from webui.facets_view import Box, Option, facet_view
from webui.hit_view import tags
from webui.search_view import Chip, Notice, chips, matching_options, notice, notices, page_links, understood

STATES = Facet(
    key="state",
    label="Cited State",
    help="",
    unit="paragraph",
    multiple=True,
    all_of=False,
    total_values=9,
    leaves=9,
    values=(
        FacetValue(value="BLR", label="Belarus", count=1204, selected=True),
        FacetValue(value="QAT", label="Qatar", count=2, excluded=True),
    ),
)
DATES = replace(
    STATES,
    key="date",
    label="Date",
    values=(
        FacetValue(value="2009..2013-06", label="2009 to June 2013", count=3, selected=True),
        FacetValue(value="..2010", label="until 2010", count=3, selected=True),
    ),
)
RESULTS = Results(
    request=SearchRequest(),
    query_tree_text="",
    total=95,
    documents=3,
    hits=(),
    facets=(STATES, DATES),
    diagnostics=(),
    matching=None,
    document_hits=(),
    took_ms=1.0,
    engine="whoosh",
    index="g",
)


def results(request: SearchRequest, **more: object) -> Results:
    return replace(RESULTS, request=request, **more)


def test_the_sentence_on_words_links_the_other_readings() -> None:
    matching = Matching(words=5, required=3, with_all=4, with_any=1109, any_query="a1 OR b2 OR c3 OR d4 OR e5")
    assert matching_options(matching, SearchRequest(query="a1 b2 c3 d4 e5")) == (
        Option(label="with at least 3 of your 5 words", url="", current=True),
        Option(label="with all 5: 4", url="/?q=a1+b2+c3+d4+e5&all=1"),
        Option(label="with any: 1,109", url="/?q=a1+OR+b2+OR+c3+OR+d4+OR+e5"),
    )


def test_a_reading_that_finds_nothing_is_said_and_not_linked() -> None:
    matching = Matching(words=3, required=1, with_all=0, with_any=9)
    assert matching_options(matching, SearchRequest(query="a b c")) == (
        Option(label="with any of your 3 words", url="", current=True),
        Option(label="none with all 3", url=""),
    )


@pytest.mark.parametrize(
    ("words", "required", "said"),
    [
        (2, 1, "with any of your 2 words"),
        (2, 2, "with both of your words"),
        (3, 2, "with at least 2 of your 3 words"),
        (3, 3, "with all 3 of your words"),
    ],
)
def test_how_many_words_were_required_is_said_as_people_say_it(words: int, required: int, said: str) -> None:
    matching = Matching(words=words, required=required, with_all=1, with_any=9)
    assert matching_options(matching, SearchRequest(query="a b c"))[0] == Option(label=said, url="", current=True)


def test_where_all_words_are_required_the_way_back_is_offered() -> None:
    matching = Matching(words=2, required=2, with_all=4, with_any=9)
    assert matching_options(matching, SearchRequest(query="a b", all_words=True)) == (
        Option(label="with both of your words", url="", current=True),
        Option(label="as many words as enough paragraphs have", url="/?q=a+b"),
    )


@pytest.mark.parametrize(
    ("typed", "read", "shown"),
    [
        ("the victims", "victims", ""),
        ("victim AND protection", "victim AND protection", ""),
        ("victim -child", "victim AND NOT child", "victim AND NOT child"),
        ("state:Belarus", "state:BLR", "state:BLR"),
    ],
)
def test_what_a_query_was_read_as_is_shown_where_it_tells_something(typed: str, read: str, shown: str) -> None:
    assert understood(results(SearchRequest(query=typed), query_tree_text=read)) == shown


def test_chips_name_what_is_chosen_and_lead_to_the_search_without_it() -> None:
    request = SearchRequest(
        query="x",
        chosen=(
            Chosen(field="state", include=("BLR",), exclude=("QAT",)),
            Chosen(field="date", include=("2009..2013-06", "..2010")),
        ),
        state_in="note",
        page=3,
    )
    assert chips(results(request)) == (
        Chip(
            what="Cited State",
            value="Belarus",
            excluded=False,
            url="/?q=x&not-state=QAT&date=2009..2013-06&date=..2010&state-in=note#found",
        ),
        Chip(
            what="Cited State",
            value="Qatar",
            excluded=True,
            url="/?q=x&state=BLR&date=2009..2013-06&date=..2010&state-in=note#found",
        ),
        Chip(
            what="Date",
            value="2009 to June 2013",
            excluded=False,
            url="/?q=x&state=BLR&not-state=QAT&date=..2010&state-in=note#found",
        ),
        Chip(
            what="Date",
            value="until 2010",
            excluded=False,
            url="/?q=x&state=BLR&not-state=QAT&date=2009..2013-06&state-in=note#found",
        ),
        Chip(
            what="Cited State",
            value="in a note",
            excluded=False,
            url="/?q=x&state=BLR&not-state=QAT&date=2009..2013-06&date=..2010#found",
        ),
    )


def test_a_value_leads_to_its_choice_and_a_chosen_one_away_from_it() -> None:
    request = SearchRequest(query="x", chosen=(Chosen(field="state", include=("BLR",), exclude=("QAT",)),))
    belarus, qatar = facet_view(STATES, request).values
    assert (belarus.status, belarus.count, belarus.url) == ("selected", "1,204", "/?q=x&not-state=QAT#found")
    assert belarus.not_url == "/?q=x&not-state=QAT&not-state=BLR#found"
    assert (qatar.status, qatar.url, qatar.not_url) == (
        "excluded",
        "/?q=x&state=BLR#found",
        "/?q=x&state=BLR#found",
    )


def test_a_misread_place_is_shown_with_the_query_mended() -> None:
    diagnostic = Diagnostic(message="No field stat:.", start=7, end=12, suggestion="state:")
    assert notice(diagnostic, SearchRequest(query="victim stat:Belarus")) == Notice(
        message="No field stat:.",
        typed=("victim ", "stat:", "Belarus"),
        suggestion="victim state:Belarus",
        url="/?q=victim+state%3ABelarus",
    )


def test_what_two_diagnostics_would_try_is_offered_once_and_a_whole_query_is_not_repeated() -> None:
    request = SearchRequest(query="stat:Belarus")
    first = Diagnostic(message="No field stat:.", start=0, end=5, suggestion="state:")
    second = Diagnostic(message="No word stat.", start=0, end=4, suggestion="state")
    third = Diagnostic(message="Nothing.", start=0, end=12)
    shown = notices((first, second, third), request)
    assert [(each.suggestion, each.typed) for each in shown] == [
        ("state:Belarus", ("", "stat:", "Belarus")),
        ("", ("", "stat", ":Belarus")),
        ("", None),
    ]


def test_pages_show_the_ends_and_the_neighbours() -> None:
    request = SearchRequest(query="x", page=5)
    labels = [link and (link.label, link.current) for link in page_links(results(request))]
    assert labels == [
        ("1", False),
        None,
        ("3", False),
        ("4", False),
        ("5", True),
        ("6", False),
        ("7", False),
        None,
        ("10", False),
    ]


def test_a_state_in_the_text_and_in_a_note_is_one_tag() -> None:
    cited = (
        StateTag(code="BLR", name="Belarus", where="note", note="3"),
        StateTag(code="BLR", name="Belarus"),
        StateTag(code="QAT", name="Qatar", where="note", note="3", role="speaker"),
    )
    found = tags(
        SimpleNamespace(states=cited, pillars=(), agenda=(("A/79|2 (b)", "Item 2 (b): Demand"),)), SearchRequest()
    )
    assert [(tag.label, tag.title, tag.url) for tag in found.agenda] == [
        ("Item 2 (b)", "Demand", "/?agenda=A%2F79%7C2+%28b%29")
    ]
    assert [(tag.label, tag.aside, tag.url) for tag in found.states] == [
        ("Belarus", "", "/?state=BLR"),
        ("Qatar", "speaker, note 3", "/?state=QAT"),
    ]


EUROPE = FacetValue(
    value="150",
    label="Europe",
    count=30,
    children=(
        FacetValue(value="BLR", label="Belarus", count=14, depth=1),
        FacetValue(value="FRA", label="France", count=1, depth=1),
    ),
)
REGIONS = replace(STATES, values=(EUROPE, FacetValue(value="unknown", label="Unknown", count=99)))


def with_selected(facet: Facet, *keys: str) -> Facet:
    def marked(value: FacetValue) -> FacetValue:
        children = tuple(marked(child) for child in value.children)
        return msgspec.structs.replace(value, selected=value.value in keys, children=children)

    return replace(facet, values=tuple(marked(value) for value in facet.values))


def test_a_value_says_its_count_what_it_stands_for_and_whether_it_is_chosen() -> None:
    europe, unknown = facet_view(with_selected(REGIONS, "BLR"), SearchRequest().with_value("state", "BLR")).values
    belarus, france = europe.children
    assert [(each.label, each.said, each.step) for each in (europe, belarus, france, unknown)] == [
        ("Europe", "all States, 30 paragraphs", 0),
        ("Belarus", "14 paragraphs, chosen", 20),
        ("France", "1 paragraph", 1),
        ("Unknown", "99 paragraphs", 0),
    ]


def test_choosing_a_heading_takes_the_place_of_what_is_chosen_below_it() -> None:
    request = SearchRequest().with_value("state", "BLR").with_value("state", "CHN")
    europe, _ = facet_view(with_selected(REGIONS, "BLR"), request).values
    assert europe.url == "/?state=CHN&state=150#found"
    assert europe.not_url == "/?state=CHN&not-state=150#found"


def test_below_a_chosen_heading_a_value_narrows_and_can_be_left_out() -> None:
    request = SearchRequest().with_value("state", "150")
    europe, _ = facet_view(with_selected(REGIONS, "150"), request).values
    belarus = europe.children[0]
    assert (europe.status, belarus.status, belarus.said) == ("selected", "within", "14 paragraphs, among the chosen")
    assert (belarus.url, belarus.not_url) == ("/?state=BLR#found", "/?state=150&not-state=BLR#found")


def test_where_all_are_required_a_value_is_added_to_its_heading() -> None:
    request = SearchRequest().with_value("state", "150").with_value("state", "142").with_all_of("state", True)
    europe, _ = facet_view(replace(with_selected(REGIONS, "150"), all_of=True), request).values
    assert europe.children[0].url == "/?state=150&state=142&state=BLR&all-state=1#found"


def test_a_long_facet_has_a_box_and_its_values_by_name() -> None:
    view = facet_view(replace(REGIONS, total_values=200, leaves=193), SearchRequest(query="x", page=2))
    assert view.box == Box(action="/facets/state", kept=(("q", "x"),))
    assert (view.total, view.all_url, view.by_name_url) == (
        "193",
        "/facets/state?q=x",
        "/facets/state?q=x&order=name",
    )
    assert facet_view(REGIONS, SearchRequest()).box is None


def test_an_agenda_item_that_is_chosen_is_named_with_its_session() -> None:
    item = FacetValue(value="A/79|2", label="Item 2: Peace", count=1, depth=1, selected=True)
    session = FacetValue(value="A/79", label="General Assembly, seventy-ninth session", count=1, children=(item,))
    agenda = replace(STATES, key="agenda", label="Agenda item", values=(session,))
    request = SearchRequest().with_value("agenda", "A/79|2").with_exclusion("agenda", "A/79")
    assert [chip.value for chip in chips(results(request, facets=(agenda,)))] == [
        "Item 2: Peace (General Assembly, seventy-ninth session)",
        "General Assembly, seventy-ninth session",
    ]
