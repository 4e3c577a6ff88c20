"""How paragraphs begin and end."""

from __future__ import annotations

import pytest

from pilcrow.evaluation.ends import begins, broken, ends, ends_part, kind_of
from tests.evaluation.made import corpus_of, counts, paragraph, read_file


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("The", "capital"),
        ("“the", "lower"),
        ("Élan", "capital"),
        ("2030", "digit"),
        ("[c]lose", "other"),
        ("", "other"),
    ],
)
def test_beginnings(text, begin):
    assert begins(text) == begin


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("met.", "stop"),
        ("met?”", "stop"),
        ("met.)", "stop"),
        ("Recalling it,", "comma"),
        ("met;", "semicolon"),
        ("met; and", "conjunction"),
        ("should:", "colon"),
        ("(A/80/48)", "bracket"),
        ("“rights”", "quote"),
        ("the rights of", "open"),
        ("the rights and", "open"),
        ("", "open"),
    ],
)
def test_ends(text, end):
    assert ends(text) == end


@pytest.mark.parametrize(
    ("marker", "kind"),
    [
        ("", "text"),
        ("5", "text"),
        ("12.", "text"),
        ("29C.1", "text"),
        ("(a)", "item"),
        ("-", "item"),
        ("a.", "item"),
        ("(2)", "item"),
    ],
)
def test_text_and_items_are_told_by_their_markers(marker, kind):
    assert kind_of(paragraph("x", marker)) == kind


def test_a_row_is_a_row_whatever_its_marker():
    assert kind_of(paragraph("x", "5", row=True)) == "row"


def test_what_looks_cut_is_counted_by_kind_and_listed():
    file = read_file(
        "a.pdf",
        paragraph("The rights of", "1", page=3),
        "all migrants.",
        "and of others who heard",
        paragraph("to assist victims;", "(a)"),
        paragraph("Posts 12", row=True),
        "It met.",
    )
    part = ends_part(corpus_of(file))
    assert [(row.label.strip(), row.right, row.of) for row in part.rows if hasattr(row, "of")] == [
        ("text: cut by their looks", 3, 4),
        ("begin in lower case", 2, 4),
        ("end open", 2, 4),
        ("broken within a sentence", 1, 4),
        ("list items: cut by their looks", 1, 1),
        ("begin in lower case", 1, 1),
        ("end open", 0, 1),
        ("broken within a sentence", 0, 1),
    ]
    assert counts(part) == {"table rows": 1}
    assert part.cases == (
        "  broken: a.pdf p. 3 #1 [1]: The rights of",
        "  begins: a.pdf #2: all migrants.",
        "  begins: a.pdf #3: and of others who heard",
        "  ends: a.pdf #3: and of others who heard",
        "  begins: a.pdf #4 [(a)]: to assist victims;",
    )


@pytest.mark.parametrize(
    ("text", "following", "is_broken"),
    [
        ("The rights of", None, True),
        ("The rights", "all have", True),
        ("The rights", "All have", False),
        ("The rights.", "all have", False),
        ("Member States", None, False),
        ("", None, False),
    ],
)
def test_a_paragraph_is_broken_where_its_sentence_surely_goes_on(text, following, is_broken):
    assert broken(paragraph(text), paragraph(following) if following else None) is is_broken


def test_a_list_item_in_lower_case_does_not_make_what_stands_before_it_broken():
    assert not broken(paragraph("The States"), paragraph("to assist", "(a)"))
