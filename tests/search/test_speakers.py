"""Who speaks: shown with the paragraphs of a speech, and asked for by the State, which the text need not name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.whoosh_engine import WhooshEngine
from pilcrow.search import export
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import Results, StateTag
from pilcrow.search.service import document_view, every_hit, run
from pilcrow.search.snippets import Run
from pilcrow.search.views import distinct
from tests.contract.engines import reading
from tests.search.made_cited import CITED, KENYAN

LED = (Run("Mr. Kimani ("), Run("Kenya", state="KEN"), Run(")"))


@pytest.fixture(scope="module")
def cited() -> Iterator[IndexReader]:
    with reading(WhooshEngine(), CITED) as reader:
        yield reader


def found(reader: IndexReader, *params: tuple[str, str]) -> Results:
    return run(reader, SearchRequest.strict([*params, ("sort", "document")]))


def anchors(results: Results) -> list[str]:
    return [hit.anchor for hit in results.hits]


def test_every_paragraph_of_a_speech_is_found_by_its_state_named_or_not(cited: IndexReader) -> None:
    assert anchors(found(cited, ("state", "KEN"))) == ["u2", "u3", "u4"]
    assert anchors(found(cited, ("state", "KEN"), ("state-role", "speaker"))) == ["u2", "u3"]
    assert anchors(found(cited, ("state", "KEN"), ("state-in", "speaker"))) == ["u2", "u3"]
    assert anchors(found(cited, ("state", "KEN"), ("state-in", "text"))) == ["u3", "u4"]
    assert anchors(found(cited, ("state-in", "speaker"))) == ["u2", "u3", "u4"]
    assert anchors(found(cited, ("state", "unknown"), ("state-in", "speaker"))) == [
        *("u1", "p1", "p2", "p2.a", "p3", "p4"),
        *("p1", "p2", "p3"),
    ]


def test_how_many_speak_is_counted_beside_the_states(cited: IndexReader) -> None:
    results = found(cited, ("state", "KEN"))
    where, role = results.facet("state-in"), results.facet("state-role")
    assert where is not None
    assert role is not None
    assert [(value.value, value.label, value.count) for value in where.values] == [
        ("text", "in the text", 2),
        ("speaker", "as speaker", 2),
    ]
    assert [(value.value, value.count) for value in role.values] == [("speaker", 2)]


def test_a_hit_shows_who_speaks_with_the_state_marked_that_was_asked_for(cited: IndexReader) -> None:
    first, second = found(cited, ("state", "KEN"), ("state-role", "speaker")).hits
    assert (first.speaker, first.speaker_html) == (KENYAN, "Mr. Kimani (<mark>Kenya</mark>)")
    assert [(tag.code, tag.where, tag.role) for tag in second.states] == [
        ("KEN", "speaker", "speaker"),
        ("KEN", "text", "mentioned"),
        ("FRA", "text", "mentioned"),
    ]
    # Its text begins with who speaks, which is not said twice.
    (printed,) = found(cited, ("q", "agree")).hits
    assert (printed.speaker, printed.speaker_html) == ("Mr. Dupont (France)", "")


def test_a_state_is_tagged_once_with_its_role() -> None:
    mentioned = StateTag(code="KEN", name="Kenya")
    speaks = StateTag(code="KEN", name="Kenya", where="speaker", role="speaker")
    noted = StateTag(code="FRA", name="France", where="note", note="1")
    text = StateTag(code="FRA", name="France")
    assert distinct((mentioned, noted, speaks, text)) == (speaks, text)


def test_the_page_of_a_record_says_where_a_speech_goes_on(cited: IndexReader) -> None:
    view = document_view(cited, "A/79/PV.3")
    assert view is not None
    assert [(each.speaker, each.goes_on) for each in view.paragraphs] == [
        ((), False),
        (LED, False),
        (LED, True),
        ((), False),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csv", f",{KENYAN},Victims come first.,,,Kenya,"),
        ("jsonl", f'"speaker": "{KENYAN}"'),
        ("markdown", "> **Mr. Kimani (Kenya):** Victims come first."),
        ("ris", f"N1  - Speaker: {KENYAN}\r\n"),
        ("bibtex", f"spoken by {KENYAN}}}"),
    ],
)
def test_exports_say_who_speaks(cited: IndexReader, name: str, expected: str) -> None:
    coverage, hits = every_hit(cited, SearchRequest.strict([("q", "come"), ("state-role", "speaker")]))
    assert expected in "".join(export.lines(name, hits, str, coverage))


def test_an_export_says_what_a_paragraph_cites(cited: IndexReader) -> None:
    coverage, hits = every_hit(cited, SearchRequest(query='cites:"A/79/945, para. 1"'))
    table = "".join(export.lines("csv", hits, str, coverage))
    assert '"A/79/945, paras. 1-3 and 9; A/80/1"' in table
