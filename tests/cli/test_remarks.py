"""Remarks beside the results: what is said, and the carets below the place that it is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilcrow.cli.exclusions import words_last
from pilcrow.cli.remarks import remarks
from pilcrow.cli.status import sentence
from pilcrow.search.request import Diagnostic


def said(query: str, *places: tuple[int, int], room: int = 80) -> list[str]:
    return list(remarks(query, [Diagnostic(message="No.", start=start, end=end) for start, end in places], room=room))


def test_a_place_is_pointed_at_and_the_whole_query_or_an_option_is_not() -> None:
    assert said("one two", (4, 7)) == ["pilcrow: No.", "  one two", "      ^^^"]
    assert said("one two", (0, 7)) == ["pilcrow: No."]
    assert said(" one ", (1, 4)) == ["pilcrow: No."]
    assert said("one two", (-1, -1)) == ["pilcrow: No."]


def test_a_suggestion_follows_a_statement_or_a_question_and_is_not_said_twice() -> None:
    assert sentence("There is none.", "date:2010") == "There is none; try date:2010"
    assert sentence("Did you mean “Belarus”?", 'state:"Belarus"') == 'Did you mean “Belarus”? Try state:"Belarus"'
    assert sentence("Write\ndate:2010.", "date:2010") == "Write date:2010."


def test_a_sentence_that_is_true_of_several_places_is_said_once() -> None:
    assert said("(a (b", (0, 1), (3, 4)) == ["pilcrow: No.", "  (a (b", "  ^  ^"]


def test_carets_stand_below_wide_characters_and_accents_and_no_control_character_is_written() -> None:
    assert said("受害者 two", (4, 7)) == ["pilcrow: No.", "  受害者 two", "         ^^^"]
    assert said("e\u0301te\u0301 two", (6, 9)) == ["pilcrow: No.", "  e\u0301te\u0301 two", "      ^^^"]
    assert said("a\x1b[31m two", (7, 10)) == ["pilcrow: No.", "  a [31m two", "         ^^^"]


def test_of_a_long_query_the_piece_with_the_place_is_shown() -> None:
    query = "word " * 100 + "zzz" + " word" * 100
    _, shown, carets = said(query, (500, 503), room=60)
    assert len(shown) <= 60
    assert (shown[2], shown[-1]) == ("…", "…")
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "zzz"


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=2, max_size=300),
    st.data(),
    st.integers(20, 200),
)
def test_the_carets_stand_below_the_beginning_of_the_place(query: str, data: st.DataObject, room: int) -> None:
    start = data.draw(st.integers(0, len(query) - 1))
    end = data.draw(st.integers(start + 1, len(query)))
    lines = said(query, (start, end), room=room)
    if len(lines) > 1 and query[start] != " ":
        assert lines[1][lines[2].index("^")] == query[start]


@given(st.lists(st.sampled_from(["victims", "-child", "--all", "--state", "Belarus", "-n", "--limit=3"])))
def test_only_the_order_of_options_and_words_changes(args: list[str]) -> None:
    moved = words_last(args, {"--state"})
    if moved != args:
        assert moved[:1] != ["--"] or not any(each.startswith("--") and each != "--" for each in moved)
        at = moved.index("--") if moved.count("--") == 1 else len(moved)
        assert sorted([*moved[:at], *moved[at + 1 :]]) == sorted(args)
