"""``pilcrow show``: by symbol, id and citation, with the reasons, and what is said where nothing has the name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pilcrow import open_index
from pilcrow.cli.showing import ancestors
from pilcrow.engine.model import Paragraph
from pilcrow.search.cite import cite
from tests.cli.conftest import Run
from tests.search.made_cited import CITED
from tests.webui.library_of_traps import publish
from webui import create_app

REPORT = "CTOC/COP/WG.4/2013/5"


@pytest.fixture(scope="module")
def paragraphs(index: Path) -> list[tuple[str, Paragraph]]:
    """Every tenth paragraph of the index with its citation."""
    with open_index(index) as reader:
        every = [
            (cite(document, paragraph), paragraph)
            for document in reader.documents()
            for paragraph in reader.paragraphs(document.id)
        ]
    return every[::10]


def test_a_paragraph_is_shown_by_its_citation_and_by_its_id(run: Run, paragraphs: list[tuple[str, Paragraph]]) -> None:
    assert len(paragraphs) > 30
    for citation, paragraph in paragraphs:
        by_citation, by_id = run("show", citation), run("show", paragraph.id)
        assert (by_citation.status, by_citation) == (0, by_id)
        lines = by_citation.out.splitlines()
        assert lines[0] == citation
        assert paragraph.text in by_citation.out
        assert lines[-1] == f"Id           {paragraph.id}"


def test_a_citation_needs_no_quotation_marks(run: Run) -> None:
    assert run("show", f"{REPORT},", "para.", "22") == run("show", f"{REPORT}, para. 22")


def test_states_are_shown_with_where_they_are_cited_and_notes_with_their_text(run: Run, index: Path) -> None:
    with open_index(index) as reader:
        every = [each for document in reader.documents() for each in reader.paragraphs(document.id)]
    paragraph = next(each for each in every if any(mention.where == "note" for mention in each.states))
    mention = next(mention for mention in paragraph.states if mention.where == "note")
    out = run("show", paragraph.id).out
    assert f"(note {mention.note}" in out
    for note in paragraph.notes:
        assert f"    note {note.marker}  {note.text}" in out


def test_why_prints_the_cues_of_every_pillar_with_their_weights(
    run: Run, paragraphs: list[tuple[str, Paragraph]]
) -> None:
    with_pillars = [paragraph for _, paragraph in paragraphs if paragraph.pillars]
    assert with_pillars
    for paragraph in with_pillars:
        out = run("show", paragraph.id, "--why").out
        reasons = [line for line in out.splitlines() if line.startswith("Why ")]
        assert len(reasons) == len(paragraph.pillars)
        for score, reason in zip(paragraph.pillars, reasons, strict=True):
            assert all(f"“{cue.phrase}” {cue.weight:+.1f}" in reason for cue in score.cues)
        assert "\nWhy " not in run("show", paragraph.id).out
    without = next(paragraph for _, paragraph in paragraphs if not paragraph.pillars)
    assert "no cue of any pillar weighs enough" in run("show", without.id, "--why").out


def test_a_document_is_shown_with_its_record_and_every_paragraph_under_its_headings(run: Run, index: Path) -> None:
    with open_index(index) as reader:
        paragraphs = reader.paragraphs(REPORT)
    out = run("show", REPORT).out
    assert out.splitlines()[0] == REPORT
    assert "Date         26 November 2013" in out
    at = -1
    for paragraph in paragraphs:
        at = out.index(paragraph.text, at + 1)
    assert out.count("\nII. Recommendations › ") == len(
        {each.section for each in paragraphs if each.section[:1] == ("II. Recommendations",)}
        - {("II. Recommendations",)}
    )


def test_a_document_without_a_symbol_is_said_to_have_none(run: Run, index: Path) -> None:
    with open_index(index) as reader:
        provisional = next(document for document in reader.documents() if document.provisional)
    out = run("show", provisional.id).out
    assert "This document prints no symbol; the identifier is Pilcrow's own." in out
    assert "Symbols      unknown" in out


def test_a_paragraph_below_another_is_shown_with_the_words_that_it_goes_on_with(run: Run, index: Path) -> None:
    """ "(a)" is no sentence without the "States should:" above it."""
    with open_index(index) as reader:
        every = [each for document in reader.documents() for each in reader.paragraphs(document.id)]
    below = [each for each in every if each.parents]
    assert below
    for paragraph in below[::5]:
        lines = run("show", paragraph.id).out.splitlines()
        at = lines.index("  " * len(paragraph.parents) + f"{paragraph.marker}  {paragraph.text}".lstrip())
        for depth, marker in enumerate(paragraph.parents):
            above = lines[at - 2 * (len(paragraph.parents) - depth)]
            assert above.startswith("  " * depth + f"{marker}  ")


def test_of_two_paragraphs_with_one_number_the_nearer_is_the_one_above() -> None:
    def made(ordinal: int, marker: str, *parents: str) -> Paragraph:
        return Paragraph(id=f"A/1#{ordinal}", document="A/1", ordinal=ordinal, text="t", marker=marker, parents=parents)

    first, again = made(1, "1"), made(3, "1")
    letter, roman = made(4, "(a)", "1"), made(5, "(i)", "1", "(a)")
    every = (first, made(2, "(a)", "1"), again, letter, roman, made(6, "1"))
    assert ancestors(roman, every) == (again, letter)
    assert ancestors(letter, every) == (again,)
    assert ancestors(first, every) == ()
    assert ancestors(made(9, "(a)", "7"), every) == ()


def test_the_agenda_of_a_document_has_the_items_of_its_paragraphs(run: Run, index: Path) -> None:
    with open_index(index) as reader:
        documents = [(each, reader.paragraphs(each.id)) for each in reader.documents()]
    with_items = [each for each in documents if any(paragraph.agenda for paragraph in each[1])]
    assert len(with_items) == 3
    for document, paragraphs in documents:
        out = run("show", document.id).out
        for item in {item.number for paragraph in paragraphs for item in paragraph.agenda}:
            assert re.search(rf"^(Agenda)? +{re.escape(item)}(:|$)", out, flags=re.MULTILINE)
        assert ("\nAgenda       unknown\n" in out) is ((document, paragraphs) not in with_items)


def test_json_is_the_shape_that_the_api_gives(run: Run, index: Path) -> None:
    site = create_app(index).test_client()
    with open_index(index) as reader:
        documents = [(each.id, reader.paragraphs(each.id)[-1].id) for each in reader.documents()]
    for document, paragraph in documents:
        assert (
            json.loads(run("show", paragraph, "--format", "json").out)
            == site.get("/api/paragraphs", query_string={"id": paragraph}).get_json()
        )
        ours = json.loads(run("show", document, "--format", "json").out)
        theirs = site.get("/api/documents", query_string={"id": document}).get_json()
        assert {**ours, "paragraphs": []} == {**theirs, "paragraphs": []}
        assert all(
            one.items() <= other.items() for one, other in zip(theirs["paragraphs"], ours["paragraphs"], strict=True)
        )
    record = json.loads(run("show", paragraph, "--format", "json", "--site", "https://example.org").out)
    assert record["url"].startswith("https://example.org/documents/")


def test_json_has_the_whole_record(run: Run, paragraphs: list[tuple[str, Paragraph]]) -> None:
    citation, paragraph = paragraphs[0]
    record = json.loads(run("show", paragraph.id, "--format", "json").out)
    assert (record["id"], record["text"], record["citation"]) == (paragraph.id, paragraph.text, citation)
    assert record["of"]["id"] == paragraph.document
    whole = json.loads(run("show", REPORT, "--format", "json").out)
    assert whole["paragraphs"][0]["document"] == REPORT


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("CTOC/COP/WG.4/2013/55", "did you mean CTOC/COP/WG.4/2013/5?"),
        (f"{REPORT}, para. 9999", f"{REPORT} has no such paragraph as “{REPORT}, para. 9999”"),
        ("nothing of the kind", "pilcrow facets symbol lists the documents"),
    ],
)
def test_what_nothing_is_called_is_status_1_with_what_comes_nearest(run: Run, name: str, message: str) -> None:
    done = run("show", name)
    assert (done.status, done.out) == (1, "")
    assert message in done.err
    assert done.err.count("\n") == 1


@pytest.fixture
def cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run the command on the documents that cite each other."""
    publish(tmp_path / "cited", CITED)
    monkeypatch.setenv("PILCROW_INDEX", str(tmp_path / "cited"))
    return run


def test_a_paragraph_is_shown_with_what_it_cites_and_who_cites_it(cited: Run) -> None:
    assert "Cites        A/79/945, paras. 1-3 and 9; A/80/1\n" in cited("show", "A/80/48, para. 1").out
    letter = cited("show", "S/2025/368, para. 2").out
    assert "Cited by     A/80/48, para. 1\n             A/80/48, para. 2\n" in letter
    assert "page 2 of letters/A_79_945.pdf" in letter.splitlines()[1]
    assert "Cited by" not in cited("show", "A/79/945, para. 4").out


def test_a_document_is_shown_with_who_cites_it_as_a_whole_and_what_amends_it(cited: Run) -> None:
    out = cited("show", "A/79/945").out
    assert "Amended by   A/80/48 (addendum)\n" in out
    assert "Cited by     A/80/48, para. 3\n             A/80/48, para. 1 (names para. 9)\n" in out
    assert "Amends       A/79/945 (addendum)\n" in cited("show", "A/80/48").out


def test_of_very_many_who_cite_a_document_the_rest_is_a_command_away(
    cited: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilcrow.cli.showing._MOST_CITERS", 1)
    out = cited("show", "A/79/945").out
    assert """and 1 more; pilcrow search 'cites:"A/79/945"' lists them all\n""" in out
    assert cited("search", 'cites:"A/79/945"').out.startswith("3 paragraphs in 1 document")


def test_who_speaks_stands_before_the_text(cited: Run) -> None:
    lines = cited("show", "A/79/PV.3, unnumbered para. 3").out.splitlines()
    at = lines.index("Mr. Kimani (Kenya)")
    assert lines[at + 1] == "Kenya and France have said so."
    assert "States       Kenya (speaker; text), France (text)" in lines
    record = cited("show", "A/79/PV.3").out
    assert record.count("Mr. Kimani (Kenya)") == 1
    assert record.count("Mr. Dupont (France)") == 1
    found = cited("search", "--state", "KEN", "--state-role", "speaker", "come").out
    assert "  Mr. Kimani (Kenya): Victims come first.\n  speaker [Kenya]\n" in found


def test_the_json_of_a_paragraph_and_a_document_has_both_ways(cited: Run) -> None:
    paragraph = json.loads(cited("show", "A/79/945, para. 1", "--format", "json").out)
    assert [each["url"] for each in paragraph["cited_by"]] == ["/documents/A/80/48#p1"]
    assert (paragraph["page"], paragraph["speaker"], paragraph["of"]["cited_by_total"]) == (1, "", 2)
    document = json.loads(cited("show", "A/80/48", "--format", "json").out)
    assert [each["url"] for each in document["paragraphs"][1]["cites"]] == [
        "/documents/A/79/945#p2.a",
        "/documents/A/79/945#p2",
    ]
