"""However a paragraph is cited, its paragraph is opened; what only looks like a citation is searched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import IndexReader
from pilcrow.search.citation_forms import undotted, usual
from pilcrow.search.cite import LONGEST_CITATION, cite, find


@pytest.mark.parametrize(
    "typed",
    [
        "A/70/12, para. 2",
        "(A/70/12, para. 2)",
        "“A/70/12, para. 2”",
        "see A/70/12, para. 2.",
        "see also document A/70/12 at ¶2",
        "A/70/12 (para. 2)",
        "A/70/12; paragraph 2",
        "A/70/12: par. 2",
        "a/70/12 § 2",
        "A/70/12, OP2",
        "A/70/12 operative paragraph 2",
        "A/70/12, 2",
        "A/70/12:2",
        "A/70/12#2",
        "para. 2, A/70/12",
        "Paragraph 2 of document A/70/12",
        "paragraphs 2 to 4 of A/70/12",
        "A/70/12, paras. 2-4",
        "A/70/12, paras. 2–4",
        "A/70/12, paras. 2, 3 and 5",
        "A/70/12, paras. 2 and 3 (a)",
        "https://undocs.org/en/A/70/12, para. 2",
        "S/2015/99, para. 2",
    ],
)
def test_a_paragraph_is_opened_however_it_is_cited(made: IndexReader, typed: str) -> None:
    assert find(made, typed) == "A/70/12#p2"


@pytest.mark.parametrize(
    "typed",
    [
        "https://undocs.org/A/70/12",
        "https://undocs.org/en/A/70/12",
        "docs.un.org/en/A/70/12",
        "https://documents.un.org/api/symbol/access?l=en&s=A/70/12",
        "https://undocs.org/A%2F70%2F12",
        "document A/70/12",
        "[A/70/12]",
    ],
)
def test_a_link_or_a_bare_symbol_opens_its_document(made: IndexReader, typed: str) -> None:
    assert find(made, typed) == "A/70/12"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("A/70/12, subparagraph (b) of paragraph 12", "A/70/12, para. 12 (b)"),
        ("A/70/12, subpara. 12 (b)", "A/70/12, para. 12 (b)"),
        ("A/70/12, para. 12 b)", "A/70/12, para. 12 (b)"),
        ("A/70/12, para. 12 (b)-(d)", "A/70/12, para. 12 (b)"),
        ("A/70/12, 12(b)", "A/70/12, para. 12(b)"),
        ("A/70/12, para. 12, unnumbered para. 2", "A/70/12, para. 12, unnumbered para. 2"),
        ("victim protection", "victim protection"),
        ("the rights of the child", "the rights of the child"),
    ],
)
def test_each_way_of_writing_comes_to_the_printed_one(typed: str, printed: str) -> None:
    assert usual(typed) == printed


def test_dots_between_numbers_and_letters_may_stand_for_parentheses() -> None:
    assert undotted("A/70/12, para. 59.1.a") == "A/70/12, para. 59 (1) (a)"


def test_every_paragraph_of_the_corpus_is_opened_by_its_citation_in_other_hands(index: IndexReader) -> None:
    for document in index.documents():
        for paragraph in index.paragraphs(document.id):
            printed = cite(document, paragraph)
            for typed in (
                printed.upper(),
                f"see {printed}.",
                f"“{printed}”",
                f"({printed})",
                printed.replace(" ", "\u00a0"),
                printed.replace("para. ", "paragraph "),
                printed.replace(" (", "("),
                printed.replace(", para. ", " para. ", 1),
            ):
                assert find(index, typed) == paragraph.id, typed


@given(st.text(alphabet="A/1270, .()[]#:;-–¶§“”abparsgheofthOP\u00a0", max_size=60))
def test_any_text_has_a_usual_form(text: str) -> None:
    assert isinstance(undotted(usual(text)), str)


@pytest.mark.parametrize(
    "piece", ["para. ", "(", "see the ", "para. 1 and ", ", 1", " (a)", "§", " - ", "a/", ".a", "1) "]
)
def test_no_text_takes_long_to_be_told_from_a_citation(made: IndexReader, piece: str) -> None:
    began = time.perf_counter()
    find(made, f"A/70/12, para. 2{piece * 2_000}x")
    find(made, f"A/70/12, para. 2{piece * 400}"[: LONGEST_CITATION - 1] + "!")

    assert time.perf_counter() - began < 2.0
