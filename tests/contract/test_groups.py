"""Documents by their best paragraphs, on every engine: each that matches once, in order, with the best that match."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilcrow.engine.contract import Engine, Filter, IndexReader, Limits, SearchPlan, Sort
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.engine.query import And, Or, Query, Term, Value
from pilcrow.search import groups
from tests.contract import naive, strategies
from tests.contract.engines import ENGINES, reading

on_every_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
SETTINGS = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@on_every_engine
@SETTINGS
@given(
    corpus=strategies.corpora(),
    plans=st.lists(strategies.plans(), min_size=1, max_size=3),
    size=st.integers(1, 3),
)
def test_walking_all_pages_gives_every_document_once_in_the_order_of_its_best_paragraph(
    engine: Engine, corpus: tuple[ParsedDocument, ...], plans: list[SearchPlan], size: int
) -> None:
    everything = naive.items(corpus)
    with reading(engine, corpus) as reader:
        for plan in plans:
            expected = naive.ordered(everything, plan)
            documents = list(dict.fromkeys(item.document.id for item in expected))
            pages = list(walked(reader, plan, size))
            found = [group for page in pages for group in page]
            assert [group.document.id for group in found] == documents
            assert all(len(page) == size for page in pages[:-1])
            counts = Counter(item.document.id for item in expected)
            assert {group.document.id: group.paragraphs for group in found} == counts
            check_hits(found, everything, plan)


def walked(reader: IndexReader, plan: SearchPlan, size: int) -> list[tuple[groups.Group, ...]]:
    """Every page of ``size`` documents, each asked for by itself."""
    pages: list[tuple[groups.Group, ...]] = []
    while True:
        reached = size * len(pages)
        page = groups.filled(reader, plan, groups.ranked(reader, plan, reached + size)[reached:])
        if not page:
            return pages
        pages.append(page)


def check_hits(found: list[groups.Group], everything: list[naive.Item], plan: SearchPlan) -> None:
    """Each document shows the first three of what matches in it, by relevance."""
    scorer = naive.Scorer(everything)
    matching = naive.found(everything, plan)
    best: dict[str, list[Paragraph]] = {}
    for item in sorted(matching, key=lambda item: -scorer.score(item, plan.query)):
        best.setdefault(item.document.id, []).append(item.paragraph)
    for group in found:
        assert [hit.paragraph for hit in group.hits] == best[group.document.id][: groups.SHOWN]


def a_document(number: int, texts: list[str]) -> ParsedDocument:
    identifier = f"A/{number}"
    document = Document(id=identifier, symbols=(identifier,), date=f"20{number % 90 + 10}", language="en")
    return ParsedDocument(
        document=document,
        paragraphs=tuple(
            Paragraph(id=f"{identifier}#p{at}", document=identifier, ordinal=at, marker=str(at), text=text)
            for at, text in enumerate(texts, start=1)
        ),
    )


CROWDED = (
    a_document(1, ["victim"] * 200),
    a_document(2, ["victim of a crime"] * 150),
    *(a_document(number, ["a longer sentence with a victim in it", "and one without"]) for number in range(3, 40)),
    a_document(40, ["nothing of the kind"]),
)
"""Two documents whose paragraphs fill the first blocks, and many of which one paragraph matches."""


@on_every_engine
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "document"])
def test_a_document_with_hundreds_of_matches_keeps_no_other_from_its_place(engine: Engine, sort: Sort) -> None:
    plan = SearchPlan(query=Term("victim"), sort=sort)
    with reading(engine, CROWDED) as reader:
        found = [group for page in walked(reader, plan, 10) for group in page]
    documents = list(dict.fromkeys(item.document.id for item in naive.ordered(naive.items(CROWDED), plan)))
    assert [group.document.id for group in found] == documents
    assert {group.document.id: group.paragraphs for group in found} == {"A/1": 200, "A/2": 150} | {
        f"A/{number}": 1 for number in range(3, 40)
    }
    assert {len(group.hits) for group in found if group.paragraphs > 1} == {groups.SHOWN}


@on_every_engine
def test_of_a_query_with_no_room_for_exclusions_as_many_documents_are_listed_as_can_be(engine: Engine) -> None:
    large: Query = Or(tuple(Term("victim") for _ in range(Limits().nodes - 4)))
    with reading(engine, CROWDED) as reader:
        found = groups.ranked(reader, SearchPlan(query=And((large, Term("victim")))), 39)
        assert found == ("A/1", "A/2")


@on_every_engine
def test_chosen_and_excluded_documents_are_kept_to(engine: Engine) -> None:
    chosen = Filter(
        field="symbol",
        include=tuple(Value("symbol", each) for each in ("A/1", "A/3", "A/4", "A/40")),
        exclude=(Value("symbol", "A/3"),),
    )
    with reading(engine, CROWDED) as reader:
        for sort in ("relevance", "newest"):
            plan = SearchPlan(query=Term("victim"), filters=(chosen,), sort=sort)
            found = groups.filled(reader, plan, groups.ranked(reader, plan, 10))
            assert sorted((group.document.id, group.paragraphs) for group in found) == [("A/1", 200), ("A/4", 1)]
