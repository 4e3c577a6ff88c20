"""What is marked is what the engine finds: for single words, forms, phrases and patterns of the corpus, exactly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilcrow.engine import analysis
from pilcrow.engine.contract import IndexReader, SearchPlan
from pilcrow.engine.model import Paragraph
from pilcrow.engine.query import Exact, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term, Wildcard
from pilcrow.search.snippets import Highlighter


@pytest.fixture(scope="module")
def paragraphs(index: IndexReader) -> tuple[Paragraph, ...]:
    return tuple(each for document in index.documents() for each in index.paragraphs(document.id))


@st.composite
def leaf(draw: st.DrawFn, paragraphs: Sequence[Paragraph]) -> Query:
    """A leaf made of words that stand somewhere in the corpus."""
    paragraph = draw(st.sampled_from(paragraphs))
    text = draw(st.sampled_from([paragraph.text, *paragraph.section, *(note.text for note in paragraph.notes)]))
    forms = [token.form for token in analysis.tokens(text)] or ["law"]
    at = draw(st.integers(0, len(forms) - 1))
    words = tuple(forms[at : at + draw(st.integers(2, 4))])
    field = draw(st.sampled_from(["", "", "text", "section", "note"]))
    word = forms[at]
    half = word[: max(1, len(word) // 2)]
    several: list[Query] = []
    if len(words) > 1:
        turned = tuple(draw(st.permutations(words)))
        several = [Phrase(words, field), Exact(words, field), Near(turned, draw(st.integers(0, 4)), field)]
    return draw(
        st.sampled_from(
            [
                Term(word, field),
                Exact((word,), field),
                Prefix(half, field),
                Wildcard(f"{half}*{word[-1]}", field),
                Wildcard(f"?{word[1:]}", field),
                Fuzzy(word, draw(st.integers(1, 2)), field),
                *several,
            ]
        )
    )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_paragraph_is_marked_exactly_where_the_engine_finds_it(
    index: IndexReader, paragraphs: tuple[Paragraph, ...], data: st.DataObject
) -> None:
    query = data.draw(leaf(paragraphs))
    answer = index.search(SearchPlan(query=query, limit=1000, sort="document"))
    highlighter = Highlighter(query)
    marked = [paragraph.id for paragraph in paragraphs if highlighter.whole(paragraph).hit]
    assert marked == [hit.paragraph.id for hit in answer.hits]


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_what_is_excluded_is_never_marked(
    index: IndexReader, paragraphs: tuple[Paragraph, ...], data: st.DataObject
) -> None:
    wanted, unwanted = data.draw(leaf(paragraphs)), data.draw(leaf(paragraphs))
    query = Or((wanted, Not(unwanted)))
    for hit in index.search(SearchPlan(query=query, limit=20)).hits:
        assert Highlighter(query).whole(hit.paragraph) == Highlighter(wanted).whole(hit.paragraph)
