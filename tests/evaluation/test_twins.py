"""Twins: what counts as the same paragraph, a true longest common subsequence, and the list to mend readers by."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.evaluation.lcs import common
from pilcrow.evaluation.twins import key_of, points, twins_of, twins_part
from tests.evaluation.made import corpus_of, figures, note, paragraph, read_file

SEQUENCES = st.lists(st.integers(0, 4), max_size=9)


def longest(left, right) -> int:
    """The length of a longest common subsequence, by trying every subsequence."""

    def is_in(part, whole) -> bool:
        rest = iter(whole)
        return all(each in rest for each in part)

    sizes = range(len(left), 0, -1)
    return next((size for size in sizes if any(is_in(part, right) for part in combinations(left, size))), 0)


@given(SEQUENCES, SEQUENCES)
def test_no_common_subsequence_is_longer(left, right):
    assert len(common(left, right)) == longest(left, right)


@given(SEQUENCES, SEQUENCES)
def test_what_is_common_is_equal_and_in_order(left, right):
    pairs = common(left, right)
    assert all(left[here] == right[there] for here, there in pairs)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))


@given(SEQUENCES, SEQUENCES)
def test_it_is_as_long_the_other_way_round(left, right):
    assert len(common(left, right)) == len(common(right, left))


@given(SEQUENCES)
def test_a_sequence_has_itself_in_common(values):
    assert common(values, values) == [(at, at) for at in range(len(values))]


def test_a_common_subsequence_is_found_that_difflib_misses():
    assert len(common("abxcd", "abcxd"[::-1] + "abcd")) == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The  Committee\u00a0met.", "The Committee met.", True),
        ("co\u2011operation", "co-operation", True),
        ("e\u0301lan", "élan", True),
        ("\ufb01nance", "finance", True),
        ("“rights”", '"rights"', False),
        ("2024–2025", "2024-2025", False),
        ("the States", "The States", False),
        ("govern\u00adment", "government", False),
    ],
)
def test_only_spaces_accents_ligatures_and_non_breaking_hyphens_are_made_alike(one, other, same):
    assert (key_of(paragraph(one)) == key_of(paragraph(other))) is same


def test_another_marker_makes_another_paragraph():
    assert key_of(paragraph("The same.", "1")) != key_of(paragraph("The same.", "2"))


def test_twins_are_of_one_stem_and_folder_and_of_two_formats():
    names = ("a/x.docx", "a/x.pdf", "b/x.pdf", "a/y.pdf", "a/x (1).pdf")
    pairs = twins_of(corpus_of(*(read_file(name, "One.") for name in names)))
    assert [(pair.left.name, pair.right.name) for pair in pairs] == [("a/x.docx", "a/x.pdf")]


def test_without_twins_nothing_is_said_of_them():
    assert twins_part(corpus_of(read_file("a.pdf", "One."))) is None


def test_twins_that_agree_are_all_in_both():
    texts = [paragraph("The Committee met.", "1"), paragraph("It adjourned.", "2")]
    part = twins_part(corpus_of(read_file("a.docx", *texts), read_file("a.pdf", *texts)))
    assert figures(part) == {
        "a": (4, 4),
        "in all": (4, 4),
        "with the same notes": (2, 2),
        "with the same headings above": (2, 2),
        "with the same paragraphs above": (2, 2),
        "with the same agenda items": (2, 2),
        "with the same States": (2, 2),
    }
    assert part.cases == ("== a: 2 in both: 100.0% of the 2 in docx, 100.0% of the 2 in pdf", "")


def test_every_difference_is_listed_with_the_point_where_nearly_equal_paragraphs_part():
    left = read_file(
        "a.docx",
        paragraph("The Committee met in Vienna.", "1", section=("I. Opening",), notes=(note("1", "Ibid."),)),
        paragraph("It recalled the rights of all migrant workers and of the members of their families.", "2"),
        paragraph("It heard Chile.", "3"),
        paragraph("Posts 12 14", row=True),
        "It then adjourned.",
    )
    right = read_file(
        "a.pdf",
        paragraph("The Committee met in Vienna.", "1", section=("I. Opening",)),
        paragraph("It recalled the rights of all mi- grant workers and of the members of their families.", "2"),
        paragraph("It heard Chile.", "(3)", page=2),
        "A/80/48",
        "It then adjourned.",
    )
    part = twins_part(corpus_of(left, right))
    assert figures(part)["in all"] == (4, 10)
    assert figures(part)["with the same notes"] == (1, 2)
    assert part.cases == (
        "== a: 2 in both: 40.0% of the 5 in docx, 40.0% of the 5 in pdf",
        "  ~ docx #2 [2] / pdf #2 [2] It recalled the rights of all migrant workers and of the members of their "
        "families.",
        "      docx … the rights of all ‹migrant› workers and of the …",
        "      pdf  … the rights of all ‹mi- grant› workers and of the …",
        "  ~ docx #3 [3] / pdf #3 p. 2 [(3)] It heard Chile.",
        "      marker: docx “3”, pdf “(3)”",
        "  - docx #4 row [] Posts 12 14",
        "  + pdf #4 [] A/80/48",
        "  ! docx #1 [1] / pdf #1 [1] The Committee met in Vienna.",
        "      notes: docx 1 Ibid.; pdf ends",
        "",
    )


def test_a_paragraph_that_one_file_cut_in_two_is_shown_with_where_it_was_cut():
    whole = "The Committee noted the report and it decided to come back to the question at its next session."
    head, tail = "The Committee noted the report and it decided to", "come back to the question at its next session."
    part = twins_part(corpus_of(read_file("a.docx", whole), read_file("a.pdf", head, tail)))
    assert part.cases[1:-1] == (
        "  ~ docx #1 [] / pdf #1 [] The Committee noted the report and it … to the question at its next session.",
        "      docx … and it decided to ‹come back to the question at its next session.›",
        "      pdf  … and it decided to ‹›",
        "  + pdf #2 [] come back to the question at its next session.",
    )


@given(st.text("ab c", max_size=20), st.text("ab c", max_size=20))
def test_points_are_found_in_any_two_texts(one, other):
    ours, theirs = points(one, other)
    assert ("‹›" in ours and "‹›" in theirs) == (one.split() == other.split())
