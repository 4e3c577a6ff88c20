"""Paragraphs like one: which come first, that the paragraph itself does not, and what is said of a wrong citation."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pilcrow.engine.adapters import engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import IndexReader, Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.search import likeness
from pilcrow.search.parser import parse
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import Results
from pilcrow.search.service import run

RESTATED = (
    "States parties should consider establishing {what} to protect victims of trafficking before, during and after "
    "criminal proceedings, in cooperation with civil society, and report on the results to the Conference."
)
WORDS = ("court", "budget", "staff", "water", "climate", "election", "treaty", "border", "school", "harvest", "health")


def _document(symbol: str, date: str, *texts: str) -> ParsedDocument:
    paragraphs = tuple(
        Paragraph(id=f"{symbol}#p{number}", document=symbol, ordinal=number, marker=str(number), text=text)
        for number, text in enumerate(texts, start=1)
    )
    return ParsedDocument(
        document=Document(id=symbol, symbols=(symbol,), date=date, language="en"), paragraphs=paragraphs
    )


def _others(seed: int) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=12)).capitalize() + "." for _ in range(20)]


DOCUMENTS = (
    _document("CTOC/1", "2009-04", RESTATED.format(what="programmes"), *_others(1)),
    _document("CTOC/2", "2011-10", "Programmes were discussed.", RESTATED.format(what="shelters"), *_others(2)),
    _document("CTOC/3", "2013-11", *_others(3), RESTATED.format(what="programmes and shelters"), "12 2009 of the"),
)


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def reader(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[IndexReader]:
    """An index of three documents in which one recommendation stands three times, among others."""
    directory = tmp_path_factory.mktemp("like")
    adapter = engine(request.param)
    writer = adapter.write(directory)
    for document in DOCUMENTS:
        writer.add(document)
    writer.commit()
    manifest = Manifest(
        generation="made",
        engine=request.param,
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow="0",
        corpus="",
        documents=len(DOCUMENTS),
        paragraphs=sum(len(document.paragraphs) for document in DOCUMENTS),
        built="2026-01-01T00:00:00Z",
    )
    with adapter.open(directory, manifest) as opened:
        yield opened


def asked(reader: IndexReader, query: str, sort: str = "relevance") -> Results:
    return run(reader, SearchRequest.from_params([("q", query), ("sort", sort)])[0])


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def test_the_other_forms_of_a_recommendation_are_found_and_not_itself(reader: IndexReader) -> None:
    assert ids(asked(reader, 'like:"CTOC/1, para. 1"')) == ["CTOC/3#p21", "CTOC/2#p2"]
    assert ids(asked(reader, 'like:"CTOC/3, para. 21"', "oldest")) == ["CTOC/1#p1", "CTOC/2#p2"]


@pytest.mark.parametrize("query", ["like:CTOC/2#p2", "like:CTOC/2, para. 2", "LIKE:“CTOC/2, paragraph 2”"])
def test_a_paragraph_is_named_by_its_id_or_by_its_citation(reader: IndexReader, query: str) -> None:
    results = asked(reader, query)
    assert (ids(results), results.diagnostics) == (["CTOC/3#p21", "CTOC/1#p1"], ())
    assert parse(results.query_tree_text).tree == parse(query).tree


def test_it_narrows_and_is_excluded_like_any_other_field(reader: IndexReader) -> None:
    assert ids(asked(reader, "like:CTOC/2#p2 date:2009")) == ["CTOC/1#p1"]
    assert ids(asked(reader, "trafficking -like:CTOC/2#p2")) == ["CTOC/2#p2"]
    assert ids(asked(reader, "like:(CTOC/1#p1 CTOC/2#p2)", "document")) == ["CTOC/1#p1", "CTOC/2#p2", "CTOC/3#p21"]
    assert {value.value: value.count for value in asked(reader, "like:CTOC/2#p2").facet("date").flat()} == {
        "2009": 1,
        "2009-04": 1,
        "2013": 1,
        "2013-11": 1,
    }


def test_the_answer_says_which_words_were_sought_and_how_many_were_required(reader: IndexReader) -> None:
    (like,) = asked(reader, "like:CTOC/2#p2").likes
    assert (like.id, like.citation) == ("CTOC/2#p2", "CTOC/2, para. 2")
    assert set(like.words) <= set(RESTATED.format(what="shelters").lower().replace(",", "").replace(".", "").split())
    assert "the" not in like.words
    assert like.required == -(-len(like.words) // 4)  # only two others have so many, which is not enough for more


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "like:CTOC/1#p99 law",
            Diagnostic(message="CTOC/1 has no paragraph that “CTOC/1#p99” could mean.", start=5, end=15),
        ),
        (
            'law like:"CTOC/7, para. 1"',
            Diagnostic(
                message="There is no document with the symbol “CTOC/7” in this index; there is CTOC/3; CTOC/2; CTOC/1.",
                start=10,
                end=25,
                suggestion="CTOC/3, para. 1",
            ),
        ),
        (
            "like:CTOC/1",
            Diagnostic(
                message="“CTOC/1” is a whole document; like: takes one paragraph, as in like:“CTOC/1, para. 1”.",
                start=5,
                end=11,
                suggestion='"CTOC/1, para. 1"',
            ),
        ),
        (
            "like:trafficking",
            Diagnostic(
                message="“trafficking” cites no paragraph: write a symbol and its place, “A/79/439, para. 11”.",
                start=5,
                end=16,
            ),
        ),
        (
            "like:*",
            Diagnostic(
                message="“*” cites no paragraph: write a symbol and its place, “A/79/439, para. 11”.", start=5, end=6
            ),
        ),
        (
            "like:CTOC/3#p22",
            Diagnostic(
                message="“CTOC/3#p22” has no words by which another paragraph could be like it.", start=5, end=15
            ),
        ),
    ],
)
def test_what_names_no_paragraph_finds_nothing_and_is_said_with_its_place(
    reader: IndexReader, query: str, said: Diagnostic
) -> None:
    results = asked(reader, query)
    assert (results.total, results.likes, results.diagnostics[0]) == (0, (), said)


def test_a_suggestion_put_in_its_place_is_a_query_that_finds_something(reader: IndexReader) -> None:
    for query in ('like:"CTOC/7, para. 2" shelters', "like:CTOC/1"):
        (said, *_) = asked(reader, query).diagnostics
        mended = asked(reader, query[: said.start] + said.suggestion + query[said.end :])
        assert mended.likes, query


def test_a_query_may_ask_for_the_like_of_a_few_paragraphs_and_no_more(reader: IndexReader) -> None:
    query = " OR ".join(f"like:CTOC/1#p{number}" for number in range(1, likeness.MOST + 2))
    results = asked(reader, query)
    assert len(results.likes) == likeness.MOST
    assert [said.message for said in results.diagnostics] == [
        "A query may ask for the like of 5 paragraphs; “CTOC/1#p6” is one too many."
    ]


def test_every_paragraph_is_left_out_of_what_is_like_it(index: IndexReader) -> None:
    document = index.documents()[0]
    for paragraph in index.paragraphs(document.id)[:40]:
        found = asked(index, f'like:"{paragraph.id}"')
        assert paragraph.id not in ids(found)
