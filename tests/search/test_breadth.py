"""What is too broad is left out and said, and what is long is answered as soon as what is short."""

from __future__ import annotations

import string
import time

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Note, Paragraph
from pilcrow.search.breadth import MOST_COMPARED
from pilcrow.search.parser import parse
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run
from pilcrow.search.snippets import Highlighter

LONG_AGO = 5.0
"""Seconds: many times what is needed, and a fraction of what took the square of a paragraph's length."""


def test_a_few_wildcards_are_all_sought(index: IndexReader) -> None:
    results = run(index, SearchRequest(query="traffick* OR smuggl* OR pros?cution OR investigaton~"))

    assert results.query_tree_text == "traffick* OR smuggl* OR pros?cution OR investigaton~1"
    assert results.diagnostics == ()


def test_wildcards_that_stand_for_too_many_words_together_are_left_out_and_said(index: IndexReader) -> None:
    query = " OR ".join(f"*{letter}*" for letter in "etaoinsr")
    results = run(index, SearchRequest(query=query))

    assert results.query_tree_text == "*e* OR *t* OR *a* OR *o*"
    assert results.diagnostics[0].message == (
        "“*i*” and 3 more were left out: the words with *, ? or ~ in a query may stand for 4,000 words of the index "
        "together, and 24 of them may be other than begin*."
    )


def test_more_words_than_may_be_compared_with_the_whole_vocabulary_are_left_out(index: IndexReader) -> None:
    fuzzy = [f"qz{letter}x~" for letter in string.ascii_lowercase]
    results = run(index, SearchRequest(query=f"victim -({' '.join(fuzzy)})"))

    kept = " ".join(f"{word}1" for word in fuzzy[:MOST_COMPARED])
    assert results.query_tree_text == f"victim AND NOT ({kept})"
    assert results.diagnostics[0].message.startswith("“qzyx~1” and 1 more were left out")


def test_an_exclusion_that_is_too_broad_is_left_out_whole(index: IndexReader) -> None:
    results = run(index, SearchRequest(query="victim *e* *t* *a* *o* -*i*"))

    assert "NOT" not in results.query_tree_text
    assert results.diagnostics[0].message.startswith("“*i*” was left out")


def test_a_paragraph_of_ten_thousand_matching_words_has_its_snippet_and_marks_soon() -> None:
    words = "states parties shall protect victims " * 2_000
    paragraph = Paragraph(
        id="A/1#p1", document="A/1", ordinal=1, text=words + "trafficking", notes=(Note(marker="1", text=words, at=3),)
    )
    query = '"states victims parties"~20 OR s* OR protext~ OR parties OR "shall protect" OR trafficking'
    began = time.perf_counter()
    highlighter = Highlighter(parse(query).tree)
    snippet = highlighter.snippet(paragraph, Document(id="A/1"))
    whole = highlighter.whole(paragraph, Document(id="A/1"))

    assert time.perf_counter() - began < LONG_AGO
    assert snippet.text.endswith("<mark>trafficking</mark>")
    assert sum(run.html.count("<mark>") for run in whole.runs) == 8_001 + 1  # the note cuts one in two
