"""Results by document, as the pages, the prompt and the API get them."""

from __future__ import annotations

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.engine.whoosh_engine import WhooshEngine
from pilcrow.search import groups, service
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import to_dict
from tests.contract.engines import reading


def found(reader: IndexReader, request: SearchRequest) -> list[tuple[str, int, list[str]]]:
    results = service.run(reader, request)
    return [
        (group.document.id, group.paragraphs, [hit.id.partition("#")[2] for hit in group.hits])
        for group in results.groups
    ]


def test_documents_come_with_how_many_paragraphs_match_and_the_best_of_them(made: IndexReader) -> None:
    assert found(made, SearchRequest(query="court", unit="document")) == [
        ("CTOC/COP/WG.4/2011/3", 2, ["annex2.p5.a", "the-court.u1"]),
        ("A/70/12", 2, ["p2", "p1"]),
    ]
    assert found(made, SearchRequest(query="court", unit="document", sort="document")) == [
        ("A/70/12", 2, ["p2", "p1"]),
        ("CTOC/COP/WG.4/2011/3", 2, ["annex2.p5.a", "the-court.u1"]),
    ]


def test_totals_pages_and_the_other_readings_count_documents(made: IndexReader) -> None:
    results = service.run(made, SearchRequest(query="court witnesses", unit="document", per_page=1))
    assert (results.total, results.documents, results.pages, len(results.groups)) == (4, 2, 2, 1)
    assert results.matching is not None
    assert (results.matching.with_all, results.matching.with_any) == (2, 2)
    assert [hit.symbol for hit in results.hits] == [results.groups[0].document.id] * len(results.groups[0].hits)


def test_paragraphs_are_listed_unless_documents_are_asked_for(made: IndexReader) -> None:
    results = service.run(made, SearchRequest(query="court"))
    assert (results.groups, len(results.hits)) == ((), 4)


def test_the_json_has_the_documents_as_groups_whose_hits_stand_among_the_hits(made: IndexReader) -> None:
    record = to_dict(service.run(made, SearchRequest(query="court", unit="document", per_page=1)), str)
    assert record["unit"] == "document"
    assert record["groups"] == [
        {
            "symbol": "CTOC/COP/WG.4/2011/3",
            "provisional": False,
            "title": "Background paper on courts",
            "date": "2011-08",
            "session": "Working Group on Trafficking in Persons, 10-12 October 2011",
            "paragraphs": 2,
            "hits": ["CTOC/COP/WG.4/2011/3#annex2.p5.a", "CTOC/COP/WG.4/2011/3#the-court.u1"],
            "url": "CTOC/COP/WG.4/2011/3",
        }
    ]
    assert [hit["id"] for hit in record["hits"]] == record["groups"][0]["hits"]


def test_a_page_beyond_the_last_is_the_last_and_says_so(made: IndexReader) -> None:
    results = service.run(made, SearchRequest(query="court", unit="document", per_page=1, page=999_999_999))
    assert [group.document.id for group in results.groups] == ["A/70/12"]
    assert results.request.page == 2
    assert results.diagnostics == (
        Diagnostic(message="There is no page 999,999,999; this is page 2, the last one.", suggestion="2"),
    )


def test_beyond_the_deepest_document_by_relevance_the_page_says_what_to_do() -> None:
    many = [
        ParsedDocument(
            document=Document(id=f"A/{number}", symbols=(f"A/{number}",), language="en"),
            paragraphs=(Paragraph(id=f"A/{number}#p1", document=f"A/{number}", ordinal=1, text="A victim."),),
        )
        for number in range(1, groups.DEEPEST + 2)
    ]
    request = SearchRequest(query="victim", unit="document", page=41)
    with reading(WhooshEngine(), many) as reader:
        deepest = service.run(reader, request)
        by_symbol = service.run(reader, request.with_sort("document").with_page(41))
    assert (deepest.documents, deepest.request.page, by_symbol.request.page) == (401, 40, 41)
    assert [group.document.id for group in deepest.groups][-1] == "A/400"
    assert [group.document.id for group in by_symbol.groups] == ["A/401"]
    assert [each.message for each in deepest.diagnostics] == [
        "By relevance only the first 400 documents can be paged to; this is page 40."
        " Narrow the search, or choose another order."
    ]


def test_nothing_found_lists_no_document(made: IndexReader) -> None:
    results = service.run(made, SearchRequest(query="zzzqqq", unit="document", page=7))
    assert (results.groups, results.total, results.pages, results.request.page) == ((), 0, 1, 1)
