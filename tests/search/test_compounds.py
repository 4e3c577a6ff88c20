"""Compounds that the corpus writes otherwise are found, and it is said."""

from __future__ import annotations

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import Phrase, Term
from pilcrow.search.compounds import resolve
from pilcrow.search.parser import parse
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.service import run


@pytest.mark.parametrize(
    ("typed", "sought", "said"),
    [
        ("interministerial", Phrase(("inter", "ministerial")), "“inter-ministerial”"),
        ("title:co-ordination", Term("coordination", "title"), "“coordination”"),
        ("re-integration", Term("reintegration"), "“reintegration”"),
    ],
)
def test_a_compound_is_sought_as_the_corpus_writes_it(
    index: IndexReader, typed: str, sought: Term | Phrase, said: str
) -> None:
    word = typed.rpartition(":")[2]
    assert resolve(index, parse(typed).tree, typed) == (
        sought,
        (
            Diagnostic(
                message=f"No paragraph has “{word}”; {said} was sought in its place.",
                start=typed.index(word),
                end=len(typed),
            ),
        ),
    )


@pytest.mark.parametrize("typed", ["awareness-raising", "trafficking", "zyzzyvas", '"victims children"', "a"])
def test_what_is_found_as_it_stands_or_nowhere_is_left_alone(index: IndexReader, typed: str) -> None:
    tree = parse(typed).tree
    assert resolve(index, tree, typed) == (tree, ())


def test_an_answer_to_another_spelling_says_so_once(index: IndexReader) -> None:
    results = run(index, SearchRequest(query="interministerial task forces"))
    assert [diagnostic.message for diagnostic in results.diagnostics] == [
        "No paragraph has “interministerial”; “inter-ministerial” was sought in its place."
    ]
    assert "<mark>inter-ministerial</mark>" in results.hits[0].snippet
