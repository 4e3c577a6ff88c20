"""Matching by position, against every way of choosing positions."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.places import GAP, moved, near_starts, phrase_starts, spread

ROWS = st.lists(st.sampled_from("abc"), max_size=9)


def positions(row: list[str], word: str) -> list[int]:
    return [at for at, each in enumerate(row) if each == word]


@given(ROWS, st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_a_phrase_starts_where_its_words_follow_each_other(row: list[str], words: list[str]) -> None:
    expected = sum(row[at : at + len(words)] == words for at in range(len(row)))
    assert phrase_starts([positions(row, word) for word in words]) == expected


@given(ROWS, st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.integers(0, 4))
def test_near_starts_where_a_span_holds_each_word_at_its_own_position(
    row: list[str], words: list[str], slop: int
) -> None:
    def holds(start: int) -> bool:
        window = range(start, min(len(row), start + len(words) + slop))
        return any([row[at] for at in chosen] == words for chosen in itertools.permutations(window, len(words)))

    expected = sum(holds(start) for start in range(len(row)) if row[start] in words)
    groups = [(positions(row, word), words.count(word)) for word in sorted(set(words))]
    assert near_starts(groups, len(words) + slop) == expected


@given(st.lists(st.integers(0, 50), max_size=6))
def test_no_span_reaches_from_one_field_value_into_the_next(lengths: list[int]) -> None:
    starts = spread(lengths)
    for (start, length), following in zip(zip(starts, lengths, strict=True), starts[1:], strict=False):
        assert following - (start + length) >= GAP
    assert near_starts([([0], 1), ([GAP], 1)], 10 * GAP) == 0


def test_no_words_stand_nowhere() -> None:
    assert phrase_starts([]) == near_starts([], 3) == 0


@given(st.lists(st.integers(0, 4), max_size=6))
def test_tokens_numbered_through_stand_where_their_values_stand(lengths: list[int]) -> None:
    positions = [
        start + offset for start, length in zip(spread(lengths), lengths, strict=True) for offset in range(length)
    ]
    assert moved(range(sum(lengths)), lengths) == positions
