"""Citations: how they are printed, and that each that is printed leads back to its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph
from pilcrow.search.cite import cite, find, locator, parse_citation


def paragraph(anchor: str, marker: str = "", parents: tuple[str, ...] = (), section: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph(
        id=f"A/1#{anchor}", document="A/1", ordinal=1, text="x", marker=marker, parents=parents, section=section
    )


PRINTED = [
    (paragraph("p22", "22"), "para. 22"),
    (paragraph("p6-7", "6.7"), "para. 6.7"),
    (paragraph("p12.a", "(a)", ("12",)), "para. 12 (a)"),
    (paragraph("p12.a.ii", "(ii)", ("12", "(a)")), "para. 12 (a) (ii)"),
    (paragraph("p12.v", "v", ("12",)), "para. 12 (v)"),
    (paragraph("annex2.p5.a", "(a)", ("5",), ("Annex II. Courts", "A. Law")), "annex II, para. 5 (a)"),
    (paragraph("annex.p5", "5", (), ("Annex", "Law")), "annex, para. 5"),
    (paragraph("appendix3.u2", "", (), ("Law",)), "appendix 3, sect. “Law”, unnumbered para. 2"),
    (paragraph("u1"), "unnumbered para. 1"),
    (paragraph("b-law.u3", "", (), ("II. Order", "B. Law")), "sect. II.B, unnumbered para. 3"),
    (paragraph("summary.u3", "", (), ("Summary",)), "sect. “Summary”, unnumbered para. 3"),
    (paragraph("p5.u1", "-", ("5",)), "para. 5, unnumbered para. 1"),
    (paragraph("b-law.p4", "4", (), ("II. Order", "B. Law")), "sect. II.B, para. 4"),
    (paragraph("p10.2-law.a", "(a)", ("10",), ("Order", "2. Law")), "para. 10, “2. Law”, subpara. (a)"),
    (paragraph("c-aid.p3", "3", (), ("D. Peace",)), "sect. D, para. 3 [c-aid]"),
    (paragraph("p3-0a1b2c", "3"), "para. 3 [#p3-0a1b2c]"),
]


@pytest.mark.parametrize(("unit", "printed"), PRINTED)
def test_a_place_is_printed_as_people_cite_it(unit: Paragraph, printed: str) -> None:
    assert locator(unit) == printed


def test_a_citation_begins_with_the_symbol() -> None:
    document = Document(id="CTOC/COP/WG.4/2013/5", symbols=("CTOC/COP/WG.4/2013/5",))
    assert cite(document, paragraph("p22", "22")) == "CTOC/COP/WG.4/2013/5, para. 22"


READ = [
    ("CTOC/COP/WG.4/2013/5, para. 22", ("CTOC/COP/WG.4/2013/5", "para. 22")),
    ("  CTOC/COP/WG.4/2013/5  ", ("CTOC/COP/WG.4/2013/5", "")),
    ("ctoc/cop/wg.4/2013/5", ("CTOC/COP/WG.4/2013/5", "")),
    ("S/RES/2774 (2025), operative paragraph 3", ("S/RES/2774 (2025)", "operative paragraph 3")),
    ("A/70/12 para 4", ("A/70/12", "para 4")),
    ("A/70/12#p4.a", ("A/70/12", "#p4.a")),
    ("paragraph 4 of A/70/12", ("A/70/12", "paragraph 4")),
    ("prov:a-b, sect. I.A, unnumbered para. 2", ("prov:a-b", "sect. I.A, unnumbered para. 2")),
    ("victim protection", None),
    ("trafficking, para. 22", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "read"), READ)
def test_a_citation_is_read_as_symbol_and_place(text: str, read: tuple[str, str] | None) -> None:
    assert parse_citation(text) == read


@given(st.text(max_size=40))
def test_any_text_is_a_citation_or_none(text: str) -> None:
    read = parse_citation(text)
    assert read is None or read[0]


@pytest.mark.parametrize(
    "text",
    [
        "A/70/12, para. 2 (a)",
        "A/70/12, para. 2(a)",
        "A/70/12, paragraph 2 (a).",
        "a/70/12 paras. 2 (a)",
        "S/2015/99, op. para. 2 (a)",
        "A/70/12 ¶ 2(a)",
        "A/70/12#p2.a",
        "paragraph 2 (a) of document A/70/12",
    ],
)
def test_the_ways_in_which_people_write_a_citation_lead_to_the_same_paragraph(made: IndexReader, text: str) -> None:
    assert find(made, text) == "A/70/12#p2.a"


def test_an_annex_is_found_by_roman_and_by_arabic_number(made: IndexReader) -> None:
    for text in ("annex II, para. 5 (a)", "Annex 2, paragraph 5(a)"):
        assert find(made, f"CTOC/COP/WG.4/2011/3, {text}") == "CTOC/COP/WG.4/2011/3#annex2.p5.a"


def test_every_citation_and_id_of_the_corpus_leads_back_to_its_paragraph(index: IndexReader) -> None:
    for document in index.documents():
        assert find(index, document.id) == document.id
        for unit in index.paragraphs(document.id):
            assert (find(index, cite(document, unit)), find(index, unit.id)) == (unit.id, unit.id)
