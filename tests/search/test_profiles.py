"""What an index holds of a State and of a session: every figure is what the search of the same gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.gazetteer import states
from pilcrow.engine.model import Document, Note, Paragraph, ParsedDocument, Session, StateMention
from pilcrow.search import profiles, service
from pilcrow.search.profile_records import session_to_dict, state_to_dict
from pilcrow.search.profiles import Tally
from pilcrow.search.request import SearchRequest
from tests.contract.engines import ENGINES, reading
from tests.search.made import DRAFT, MEETING, PAPER, REPORT, SEVENTIETH

LATER = Session(key="A/71", label="General Assembly, seventy-first session", body="A", number=71)
NOTED = ParsedDocument(
    document=Document(id="A/71/1", symbols=("A/71/1",), date="2016", body="A", sessions=(LATER,), language="en"),
    paragraphs=(
        Paragraph(
            id="A/71/1#p1",
            document="A/71/1",
            ordinal=1,
            marker="1",
            text="See the note.",
            notes=(Note(marker="1", text="Statement of Byelorussia and of Ghana.", at=13),),
            states=(
                StateMention(code="GHA", start=32, end=37, where="note", note="1"),
                StateMention(code="BLR", start=13, end=24, where="note", note="1"),
            ),
        ),
    ),
)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: engine.name)
def reader(request: pytest.FixtureRequest) -> Iterator[IndexReader]:
    """The documents of :mod:`tests.search.made`, and one that names States in a note alone."""
    with reading(request.param, (REPORT, NOTED, PAPER, DRAFT)) as found:
        yield found


def test_a_state_is_counted_by_everything_else(reader: IndexReader) -> None:
    profile = profiles.state_profile(reader, "BLR")
    assert (profile.state.name, profile.paragraphs, profile.documents) == ("Belarus", 3, 2)
    assert profile.sessions == (
        Tally(key="A/70", label="General Assembly, seventieth session", count=2),
        Tally(key="A/71", label="General Assembly, seventy-first session", count=1),
    )
    assert profile.pillars == (
        Tally(key="protection", label="Protection", count=1),
        Tally(key="unknown", label="Unknown", count=2),
    )
    assert profile.years == (Tally(key="2016", label="2016", count=1), Tally(key="2015", label="2015", count=2))
    assert profile.cited_in == (
        Tally(key="text", label="in the text", count=1),
        Tally(key="note", label="in a note", count=2),
    )
    assert profile.cited_as == (Tally(key="speaker", label="speaker", count=1),)
    assert profile.beside == (Tally(key="FRA", label="France", count=1), Tally(key="GHA", label="Ghana", count=1))
    assert [hit.id for hit in profile.newest] == ["A/71/1#p1", "A/70/12#p1", "A/70/12#p2"]
    assert profile.newest[1].snippet.startswith("<mark>Belarus</mark> asked the court")


def test_the_names_that_stand_in_the_paragraphs_are_counted_and_the_others_listed(reader: IndexReader) -> None:
    names = profiles.state_profile(reader, "BLR").names
    assert [(each.name.text, each.paragraphs) for each in names if each.paragraphs] == [
        ("Belarus", 2),
        ("Byelorussia", 1),
    ]
    assert "Belarusian SSR" in [each.name.text for each in names if each.paragraphs == 0]
    assert len({each.name.text for each in names}) == len(names)


def test_a_state_that_nothing_cites_has_an_empty_profile(reader: IndexReader) -> None:
    profile = profiles.state_profile(reader, "TUV")
    assert (profile.paragraphs, profile.documents, profile.newest) == (0, 0, ())
    assert (profile.sessions, profile.years, profile.cited_in, profile.cited_as, profile.beside) == ((), (), (), (), ())
    assert "Tuvalu" in [each.name.text for each in profile.names]


def test_every_state_is_listed_with_its_paragraphs(reader: IndexReader) -> None:
    entries = profiles.state_entries(reader)
    assert {entry.state.code for entry in entries} == {state.code for state in states()}
    assert {entry.state.code: entry.paragraphs for entry in entries if entry.paragraphs} == {
        "BLR": 3,
        "FRA": 1,
        "GHA": 1,
        "POL": 1,
    }


def test_a_session_is_counted_by_its_documents_items_pillars_and_states(reader: IndexReader) -> None:
    profile = profiles.session_profile(reader, "A/70")
    assert profile is not None
    assert (profile.session, profile.paragraphs) == (SEVENTIETH, 3)
    assert [(document.id, count) for document, count in profile.documents] == [("A/70/12", 3)]
    assert profile.agenda == (
        Tally(key="A/70|2", label="Item 2: Witnesses", count=1),
        Tally(key="A/70|2 (b)", label="Item 2 (b)", count=1, depth=1),
    )
    assert profile.pillars[0] == Tally(key="protection", label="Protection", count=1)
    assert profile.states == (Tally(key="BLR", label="Belarus", count=2), Tally(key="FRA", label="France", count=1))
    assert [hit.id for hit in profile.newest] == ["A/70/12#p1", "A/70/12#p2", "A/70/12#p2.a"]


def test_a_session_of_which_no_document_is_here_has_no_profile(reader: IndexReader) -> None:
    assert profiles.session_profile(reader, "A/1") is None
    assert profiles.session_profile(reader, "unknown") is None


def test_sessions_are_listed_by_body_the_latest_first(reader: IndexReader) -> None:
    found = [(entry.session, len(entry.documents), entry.paragraphs) for entry in profiles.session_entries(reader)]
    assert found == [(LATER, 1, 1), (SEVENTIETH, 1, 3), (MEETING, 1, 2)]


def test_each_figure_of_a_state_is_the_total_of_its_search(index: IndexReader) -> None:
    profile = profiles.state_profile(index, "USA")
    asked = SearchRequest(per_page=1).with_value("state", "USA")
    assert profile.paragraphs == service.run(index, asked).total > 10
    for field, tallies in (("session", profile.sessions), ("pillar", profile.pillars), ("date", profile.years)):
        for tally in tallies:
            assert service.run(index, asked.with_value(field, tally.key)).total == tally.count
    for tally in profile.beside[:20]:
        both = asked.with_value("state", tally.key).with_all_of("state", True)
        assert service.run(index, both).total == tally.count


def test_the_records_say_what_the_profiles_say(reader: IndexReader) -> None:
    state = state_to_dict(profiles.state_profile(reader, "GHA"), str)
    assert {key: value for key, value in state.items() if key not in ("names", "newest")} == {
        "code": "GHA",
        "name": "Ghana",
        "formal": "Republic of Ghana",
        "observer": False,
        "region": {"value": "002", "label": "Africa"},
        "group": {"value": "african", "label": "African States"},
        "paragraphs": 1,
        "documents": 1,
        "sessions": [{"value": "A/71", "label": "General Assembly, seventy-first session", "count": 1}],
        "pillars": [{"value": "unknown", "label": "Unknown", "count": 1}],
        "years": [{"value": "2016", "label": "2016", "count": 1}],
        "cited_in": [{"value": "note", "label": "in a note", "count": 1}],
        "cited_as": [],
        "beside": [{"value": "BLR", "label": "Belarus", "count": 1}],
    }
    assert state["names"][0] == {"name": "Ghana", "kind": "short", "language": "en", "paragraphs": 1}
    assert [hit["id"] for hit in state["newest"]] == ["A/71/1#p1"]
    profile = profiles.session_profile(reader, "A/71")
    assert profile is not None
    session = session_to_dict(profile, str)
    assert session["documents"] == [{"symbol": "A/71/1", "title": "", "date": "2016", "paragraphs": 1, "url": "A/71/1"}]
    assert (session["key"], session["agenda"], [each["value"] for each in session["states"]]) == (
        "A/71",
        [],
        ["BLR", "GHA"],
    )
