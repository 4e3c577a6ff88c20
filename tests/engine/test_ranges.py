"""Lists of numbers, printed as people write them."""

from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.ranges import listed, pages


def test_numbers_that_follow_each_other_are_a_range():
    assert [listed(numbers) for numbers in ([], [4], [7, 5, 6, 2], [1, 2], [1, 3, 5])] == [
        "",
        "4",
        "2, 5-7",
        "1-2",
        "1, 3, 5",
    ]


def test_one_page_is_a_page_and_more_are_pages():
    assert (pages([4]), pages((1, 2, 3, 9))) == ("page 4", "pages 1-3, 9")


@given(st.sets(st.integers(1, 60)))
def test_what_is_listed_can_be_read_back(numbers):
    read = set()
    for part in filter(None, listed(numbers).split(", ")):
        first, _, last = part.partition("-")
        read |= set(range(int(first), int(last or first) + 1))
    assert read == numbers
