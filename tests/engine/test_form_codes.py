"""Codes of forms: each form has its own, none is within another, and few or many, a text of them is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import form_codes
from pilcrow.engine.form_codes import MOST, FormCoder, FormCodes, code

LAST_SINGLE = form_codes._SINGLE - 1
NUMBERS = st.integers(0, MOST - 1) | st.integers(LAST_SINGLE - 3, LAST_SINGLE + 3) | st.integers(55_200, 55_300)


@given(NUMBERS, NUMBERS)
def test_codes_differ_in_order_of_their_numbers_and_can_be_written(one: int, other: int) -> None:
    assert (code(one) < code(other)) == (one < other)
    assert (code(one) == code(other)) == (one == other)
    assert code(one).encode().decode() == code(one)
    assert min(code(one)) >= " "


def test_a_code_is_one_character_up_to_the_last_that_there_is_and_then_two() -> None:
    assert [code(number) for number in (0, 1, 55_263, 55_264)] == [" ", "!", "\ud7ff", "\ue000"]
    assert [len(code(number)) for number in (LAST_SINGLE, LAST_SINGLE + 1, MOST - 1)] == [1, 2, 2]
    assert code(MOST - 1) == "\U00107fff\U0010ffff"
    with pytest.raises(OverflowError, match="more than 1,074,788,320 forms"):
        code(MOST)


@given(st.lists(NUMBERS, max_size=20), NUMBERS)
def test_a_code_stands_in_a_text_of_codes_only_where_its_form_does(numbers: list[int], sought: int) -> None:
    text = "".join(map(code, numbers))
    assert text.count(code(sought)) == numbers.count(sought)
    assert form_codes._ONE_CODE.findall(text) == list(map(code, numbers))


@given(st.lists(st.text(min_size=1, max_size=4), max_size=30), st.text(min_size=1, max_size=4))
def test_what_was_coded_is_found_by_its_forms(words: list[str], other: str) -> None:
    coder = FormCoder()
    text = coder.coded(words)
    forms = sorted(set(words))
    codes = FormCodes(forms, coder.numbers(forms))
    assert list(codes.read(text)) == [codes.of(word) for word in words]
    assert {codes.of(form) for form in forms} == set(text)
    assert (codes.of(other) == "") == (other not in words)


def test_an_index_that_codes_nothing_has_no_numbers() -> None:
    assert FormCoder().numbers(["state", "party"]) == []


def test_texts_are_lists_of_codes_once_some_are_of_two_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in an index of more than a million forms."""
    monkeypatch.setattr(form_codes, "_SINGLE", 2)
    coder = FormCoder()
    text = coder.coded(["the", "state", "party", "the", "party", "states"])
    forms = ["party", "state", "states", "the"]
    codes = FormCodes(forms, coder.numbers(forms))
    assert list(codes.read(text)) == [codes.of(word) for word in ("the", "state", "party", "the", "party", "states")]
    assert [len(codes.of(form)) for form in forms] == [2, 1, 2, 1]
