"""Prefixes, wildcards and misspelt words over a vocabulary, against their plain definitions."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import Expansion
from pilcrow.engine.fields import TEXT_FIELDS
from pilcrow.engine.query import Fuzzy, Prefix, Wildcard
from pilcrow.engine.vocabulary import Vocabulary, edits_between, pattern
from tests.contract import naive

FORMS = st.lists(st.text(alphabet="abc1é中", min_size=1, max_size=6), max_size=12, unique=True).map(sorted)
WORD = st.text(alphabet="abc1é中", max_size=6)


def vocabulary(forms: list[str], *, most: int = 100) -> Vocabulary:
    """All forms stand in the text, the first in the most paragraphs, and in no other field."""
    frequencies = {field.key: [0] * len(forms) for field in TEXT_FIELDS}
    frequencies["text"] = list(range(len(forms), 0, -1))
    return Vocabulary(forms, forms, frequencies, most=most)


@given(WORD, WORD, st.integers(0, 3))
def test_edits_are_counted_exactly_up_to_the_limit(one: str, other: str, most: int) -> None:
    exact = naive.edits(one, other)
    found = edits_between(one, other, most)
    assert found == exact if exact <= most else found > most


def test_an_adjacent_swap_is_one_edit() -> None:
    assert edits_between("vcitim", "victim", 2) == 1
    assert edits_between("ca", "abc", 3) == 3


@given(FORMS, WORD)
def test_a_prefix_stands_for_all_forms_that_begin_so(forms: list[str], start: str) -> None:
    expected = tuple(form for form in forms if form.startswith(start))
    assert vocabulary(forms).expand(Prefix(start)) == Expansion(Prefix(start), expected, len(expected))


@given(FORMS, st.text(alphabet="abc*?", max_size=6))
def test_a_wildcard_stands_for_all_forms_like_it(forms: list[str], asked: str) -> None:
    expected = tuple(form for form in forms if naive.like(asked, form))
    assert vocabulary(forms).expand(Wildcard(asked)).forms == expected


@given(FORMS, WORD, st.integers(1, 2))
def test_a_fuzzy_word_stands_for_all_forms_within_its_distance(forms: list[str], word: str, distance: int) -> None:
    expected = tuple(form for form in forms if naive.edits(word, form) <= distance)
    assert vocabulary(forms).expand(Fuzzy(word, distance)).forms == expected


@given(st.text(alphabet="abc1é中", min_size=1, max_size=9))
def test_every_edit_of_a_word_is_found_wherever_it_is(word: str) -> None:
    once = edited(word)
    forms = sorted(once | set().union(*map(edited, sorted(once)[:5])) - {""})
    expected = {form for form in forms if naive.edits(word, form) <= 1}
    assert once <= expected | {""}
    assert set(vocabulary(forms, most=1_000).expand(Fuzzy(word, 1)).forms) == expected


def edited(word: str) -> set[str]:
    """``word``, and what is one edit from it with the letter "b"."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        word,
        *(left + right[1:] for left, right in cuts),
        *(left + "b" + right for left, right in cuts),
        *(left + "b" + right[1:] for left, right in cuts if right),
        *(left + right[1::-1] + right[2:] for left, right in cuts),
    }


def test_forms_of_other_fields_are_not_stood_for() -> None:
    assert vocabulary(["victim"]).expand(Prefix("v", "note")).forms == ()


def test_a_cut_expansion_keeps_the_most_frequent_and_says_how_many_there_were() -> None:
    cut = vocabulary(["aa", "ab", "ac"], most=2).expand(Prefix("a"))
    assert (cut.forms, cut.found, cut.cut) == (("aa", "ab"), 3, True)


def test_a_pattern_of_many_stars_cannot_run_away() -> None:
    begun = time.perf_counter()
    assert not pattern("*a" * 60 + "b").match("a" * 200)
    assert time.perf_counter() - begun < 0.5


def test_brackets_in_a_pattern_are_brackets() -> None:
    assert pattern("[a]*").match("[a]x")
    assert not pattern("[a]*").match("ax")


def test_a_family_is_the_forms_of_one_term() -> None:
    words = Vocabulary(["organ", "organs", "victim"], ["organ", "organ", "victim"], {}, most=1)
    assert list(words.family("organ")) == ["organ", "organs"]
    assert list(words.family("nothing")) == []
