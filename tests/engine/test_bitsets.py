"""Sets as integers, against Python's sets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import bitsets

NUMBERS = st.sets(st.integers(0, 200))


@given(NUMBERS)
def test_members_of_a_set_are_what_it_was_made_of(numbers: set[int]) -> None:
    assert list(bitsets.members(bitsets.of(numbers, 201))) == sorted(numbers)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_span_is_its_numbers(start: int, count: int) -> None:
    assert list(bitsets.members(bitsets.span(start, count))) == list(range(start, start + count))


@given(st.lists(NUMBERS, max_size=5))
def test_at_least_k_of_some_sets(sets: list[set[int]]) -> None:
    everything = bitsets.span(0, 201)
    reached = bitsets.at_least([bitsets.of(each, 201) for each in sets], len(sets), everything)
    for k, bits in enumerate(reached):
        assert list(bitsets.members(bits)) == [n for n in range(201) if sum(n in each for each in sets) >= k]


@given(st.lists(st.integers(0, 9), max_size=12), st.data())
def test_groups_are_counted_once(sizes: list[int], data: st.DataObject) -> None:
    owners = [group for group, size in enumerate(sizes) for _ in range(size)]
    chosen = data.draw(st.sets(st.sampled_from(range(len(owners)))) if owners else st.just(set()))
    bits = bitsets.of(chosen, len(owners) + 1)
    assert bitsets.Groups.of_sizes(sizes).count(bits) == len({owners[number] for number in chosen})
