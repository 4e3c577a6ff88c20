"""Citations between documents, both ways: where they lead, who cites what, and the queries that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph, ParsedDocument, Reference
from pilcrow.engine.whoosh_engine import WhooshEngine
from pilcrow.search.citations import Targets, cited_by, links, named
from pilcrow.search.cite import cited_keys
from pilcrow.search.documents import DocumentView
from pilcrow.search.records import Records
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import document_view, run
from tests.contract.engines import reading
from tests.search.made_cited import CITED, LETTER, NAMED, RANGE, REPORT


@pytest.fixture(scope="module")
def cited() -> Iterator[IndexReader]:
    with reading(WhooshEngine(), CITED) as reader:
        yield reader


def view(reader: IndexReader, symbol: str, query: str = "") -> DocumentView:
    found = document_view(reader, symbol, SearchRequest(query=query))
    assert found is not None
    return found


def leads(reader: IndexReader, text: str, *references: Reference) -> list[tuple[str, str]]:
    """What of ``text`` leads where."""
    targets = Targets(reader)
    return [(text[link.start : link.end], link.target) for link in links(map(targets.cited, references), text)]


def asked(reader: IndexReader, query: str) -> list[str]:
    return [hit.id for hit in run(reader, SearchRequest(query=query, sort="document")).hits]


# ------------------------------------------------------------------------------------------------ where they lead


def test_one_paragraph_named_is_one_link_with_its_symbol_and_several_are_one_each(cited: IndexReader) -> None:
    one, other = REPORT.paragraphs[:2]
    assert leads(cited, RANGE, *one.cites) == [
        ("A/79/945", "A/79/945#p1"),
        ("1", "A/79/945#p1"),
        ("3", "A/79/945#p3"),
    ]
    assert leads(cited, NAMED, *other.cites) == [
        ("S/2025/368, para. 2 (a)", "A/79/945#p2.a"),
        ("A/79/945, para. 2 (b)", "A/79/945#p2"),  # it has no (b) of its own: the paragraph that it stands in
    ]


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("(A/79/945, paras. 1 and 3)", ("1", "3"), ["A/79/945", "1", "3"]),
        ("A/79/945, para. 2 (a) and (b)", ("2 (a)", "2 (b)"), ["A/79/945", "2 (a)", "(b)"]),
        ("paragraph 3 of A/79/945, and so on", ("3",), ["A/79/945"]),
        ("A/79/945, para. 99, of 3", ("99",), ["A/79/945"]),
        ("A/79/945 of 3 June", (), ["A/79/945"]),
    ],
)
def test_only_what_was_named_is_a_link(
    cited: IndexReader, text: str, places: tuple[str, ...], expected: list[str]
) -> None:
    at = text.index("A/79/945")
    reference = Reference(symbol="A/79/945", start=at, end=at + 8, paragraphs=places)
    assert [words for words, _ in leads(cited, text, reference)] == expected


def test_a_symbol_that_is_not_here_stays_text_and_an_addendum_is_not_what_it_adds_to(cited: IndexReader) -> None:
    third = view(cited, "A/80/48").paragraphs[2]
    assert [(run.html, run.target) for run in third.notes[0][1]] == [
        ("See ", ""),
        ("A/79/945", "A/79/945"),
        ("; A/79/945/Add.1, para. 7.", ""),
    ]


def test_a_link_keeps_the_marks_of_the_query_in_it(cited: IndexReader) -> None:
    second = view(cited, "A/80/48", "cites:S/2025/368").paragraphs[1]
    assert [(run.html, run.target) for run in second.runs][:2] == [
        ("See ", ""),
        ("<mark>S/2025/368</mark>, para. 2 (a)", "A/79/945#p2.a"),
    ]


def test_a_document_that_only_names_itself_leads_nowhere() -> None:
    text = "Issued as A/1 (see A/1, para. 2)."
    own = ParsedDocument(
        document=Document(id="A/1", symbols=("A/1",)),
        paragraphs=(
            Paragraph(
                id="A/1#p1",
                document="A/1",
                ordinal=1,
                text=text,
                cites=(
                    Reference(symbol="A/1", start=10, end=13),
                    Reference(symbol="A/1", start=19, end=22, paragraphs=("2",)),
                ),
            ),
            Paragraph(id="A/1#p2", document="A/1", ordinal=2, text="Second."),
        ),
    )
    with reading(WhooshEngine(), (own,)) as reader:
        runs = view(reader, "A/1").paragraphs[0].runs
        assert [run.html for run in runs if run.target] == ["A/1, para. 2"]


@pytest.mark.parametrize(
    ("places", "printed"),
    [
        ((), "A/1"),
        (("11",), "A/1, para. 11"),
        (("11", "12"), "A/1, paras. 11 and 12"),
        (("3", "46", "47", "48", "50 (a)"), "A/1, paras. 3, 46-48 and 50 (a)"),
    ],
)
def test_places_are_printed_in_short(places: tuple[str, ...], printed: str) -> None:
    assert named("A/1", places) == printed


# -------------------------------------------------------------------------------------------------- who cites what


def test_a_paragraph_says_who_cites_it_under_any_symbol_and_the_document_who_cites_it_as_a_whole(
    cited: IndexReader,
) -> None:
    found = cited_by(cited, LETTER.document, LETTER.paragraphs)
    assert {identifier: [each.id for each in citers] for identifier, citers in found.parts.items()} == {
        "A/79/945#p1": ["A/80/48#p1"],
        "A/79/945#p2": ["A/80/48#p1", "A/80/48#p2"],
        "A/79/945#p2.a": ["A/80/48#p2"],
        "A/79/945#p3": ["A/80/48#p1"],
    }
    # Paragraph 9, which the letter does not have, is not lost: its citation is one of the document.
    assert [(each.id, each.citation, each.names) for each in found.whole.listed] == [
        ("A/80/48#p3", "A/80/48, para. 3", ""),
        ("A/80/48#p1", "A/80/48, para. 1", "para. 9"),
    ]
    assert found.whole.total == 2


def test_who_cites_any_of_many_paragraphs_is_two_requests(cited: IndexReader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = []
    search = cited.search
    monkeypatch.setattr(cited, "search", lambda plan: asked_for.append(plan) or search(plan))
    many = tuple(replace(LETTER.paragraphs[0], id=f"A/79/945#p{number}") for number in range(1, 500))
    cited_by(cited, LETTER.document, many)
    assert len(asked_for) == 2


def test_the_page_and_the_record_of_a_document_have_both_ways(cited: IndexReader) -> None:
    letter = view(cited, "S/2025/368")
    assert [len(paragraph.cited_by) for paragraph in letter.paragraphs] == [1, 2, 1, 1, 0]
    assert letter.cited_by.total == 2
    assert [(each.symbol, each.relation, there) for each, there in letter.related] == [("A/80/48", "addendum", True)]

    records = Records(cited, LETTER.document, LETTER.paragraphs, lambda identifier: f"/{identifier}")
    assert records.paragraph(LETTER.paragraphs[0])["cited_by"] == [
        {"id": "A/80/48#p1", "citation": "A/80/48, para. 1", "title": "Report that cites", "url": "/A/80/48#p1"}
    ]
    document = records.document()
    assert document["amended_by"] == [{"symbol": "A/80/48", "relation": "addendum", "url": "/A/80/48"}]
    assert (document["cited_by_total"], len(document["cited_by"])) == (2, 2)

    record = Records(cited, REPORT.document, REPORT.paragraphs, str).paragraph(REPORT.paragraphs[0])
    assert [(each["symbol"], each["paragraphs"], each["id"]) for each in record["cites"]] == [
        ("A/79/945", ["1", "2", "3", "9"], "A/79/945#p1"),
        ("A/80/1", [], None),
    ]


# ----------------------------------------------------------------------------------------------------- the queries


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cites:A/79/945", [1, 2, 3]),
        ("cites:s/2025/368", [1, 2, 3]),
        ('cites:"A/79/945, para. 1"', [1]),
        ("cites:A/79/945, para. 1", [1]),
        ('cites:"A/79/945#p2"', [1, 2]),
        ('cites:"paragraph 2 (a) of S/2025/368"', [2]),
        ('cites:"A/79/945, paras. 1-3"', [1, 2]),
        ("cites:A/80/*", [1]),
        ("cites:* -cites:A/80/1", [2, 3]),
        ("cites:A/79/945/Add.1", [3]),
    ],
)
def test_what_cites_a_document_or_a_place_in_it_can_be_asked_for(
    cited: IndexReader, query: str, found: list[int]
) -> None:
    assert asked(cited, query) == [f"A/80/48#p{number}" for number in found]


@pytest.mark.parametrize(
    ("query", "said", "suggestion"),
    [
        ("cites:A/99/9", "No paragraph of this index cites A/99/9.", ""),
        (
            'cites:"A/79/945, para. 77"',
            "No paragraph of this index cites A/79/945, para. 77; some cite A/79/945 as a whole or another place",
            "A/79/945",
        ),
        ("cites:A/99/*", "There is no cited document “A/99/*” in this index", None),
        ("cites:nothing", "“nothing” cites no document: write its symbol", None),
    ],
)
def test_what_nobody_cites_is_said(cited: IndexReader, query: str, said: str, suggestion: str | None) -> None:
    first, *_ = run(cited, SearchRequest(query=query)).diagnostics
    assert first.message.startswith(said)
    assert suggestion is None or first.suggestion.strip('"') == suggestion


def test_of_a_range_it_is_not_said_which_of_its_paragraphs_nobody_cites(cited: IndexReader) -> None:
    assert run(cited, SearchRequest(query='cites:"A/79/945, paras. 3-8"')).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("A/79/439", ("A/79/439",)),
        ("A/79/439, para. 12 (a)", ("A/79/439#p12.a",)),
        ("A/79/439, paras. 46-48 and 50", ("A/79/439#p46", "A/79/439#p47", "A/79/439#p48", "A/79/439#p50")),
        ("para. 3 of S/RES/2774 (2025)", ("S/RES/2774 (2025)#p3",)),
        ("A/79/439, annex, para. 3", ()),
        ("A/79/439, para. 3 of the annex", ()),
        ("a report", ()),
        ("A/79/439, " + "para. 1 and " * 100, ()),
    ],
)
def test_a_citation_gives_the_keys_of_those_who_make_it(text: str, keys: tuple[str, ...]) -> None:
    assert cited_keys(text) == keys
