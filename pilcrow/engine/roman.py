"""Roman numbers, as symbols, places and enumerators have them."""

from __future__ import annotations

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def is_written(text: str) -> bool:
    """Whether ``text`` is made of nothing but the letters of Roman numbers up to 399, in either case; "" is not."""
    return bool(text) and all(letter in _VALUES for letter in text.lower())


def value_of(text: str) -> int:
    """The value of the letters in either case: a smaller one before a larger is taken away.

    Whether they stand in the order of a Roman number is not looked at. A KeyError says that a letter is of none.
    """
    values = [_VALUES[letter] for letter in text.lower()]
    return sum(-value if value < max(values[at + 1 :], default=0) else value for at, value in enumerate(values))
