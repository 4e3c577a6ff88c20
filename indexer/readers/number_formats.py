"""A number -> how a word processor prints it: "iv", "(c)", "二十一", "Twenty-first"."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LARGEST = 9_999
"""Beyond this a number is written in figures: no list is longer, and a damaged file shall not make a long one."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("indexer") / "data" / "number_formats.toml").read_text(encoding="utf-8"))


def format_number(value: int, name: str) -> str:
    """``value`` in the number format ``name``; in figures where the format is unknown or has no such number."""
    tables = _tables()
    if name in {"none", "bullet"}:
        return ""
    if not 0 < value <= LARGEST:
        return str(value)
    if name in {"lowerRoman", "upperRoman"}:
        return roman(value) if name == "lowerRoman" else roman(value).upper()
    if name in tables["alphabets"]:
        return _lettered(value, tables["alphabets"][name])
    if name in tables["digits"]:
        return str(value).translate(str.maketrans("0123456789", tables["digits"][name]))
    if name in tables["counting"]["formats"]:
        return _counted(value, tables["counting"])
    if name in tables["signs"]:
        signs = tables["signs"][name]
        return str(signs[value - 1]) if value <= len(signs) else str(value)
    return _plain(value, name)


def _plain(value: int, name: str) -> str:
    """The formats that are figures with something beside them, or words."""
    if name == "decimalZero":
        return f"{value:02}"
    if name == "numberInDash":
        return f"- {value} -"
    if name in {"decimalEnclosedParen", "decimalEnclosedFullstop"}:
        return f"({value})" if name.endswith("Paren") else f"{value}."
    if name == "hex":
        return f"{value:X}"
    if name == "ordinal":
        return f"{value}{_ending(value)}"
    if name == "cardinalText":
        return _in_words(value).capitalize()
    if name == "ordinalText":
        return _ordinal_words(value).capitalize()
    return str(value)


def roman(value: int) -> str:
    """``value`` as a Roman number in lower case."""
    out = ""
    for worth, letters in _ROMAN:
        out += letters * (value // worth)
        value %= worth
    return out


def _lettered(value: int, letters: str) -> str:
    times, place = divmod(value - 1, len(letters))
    return letters[place] * (times + 1) if times < 10 else str(value)


def _counted(value: int, table: dict[str, Any]) -> str:
    if value >= 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    figures = table["figures"]
    out = figures[hundreds] + table["hundreds"] if hundreds else ""
    if tens:
        out += (figures[tens] if tens > 1 or hundreds else "") + table["tens"]
    elif hundreds and ones:
        out += figures[0]
    return out + (figures[ones] if ones else "")


def _ending(value: int) -> str:
    if 10 < value % 100 < 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _in_words(value: int) -> str:
    words = _tables()["words"]
    if value >= 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    small = words["ones"][rest] if rest < 20 else words["tens"][tens] + (f"-{words['ones'][ones]}" if ones else "")
    if not hundreds:
        return str(small)
    return f"{words['ones'][hundreds]} {words['hundred']}" + (f" {small}" if rest else "")


def _ordinal_words(value: int) -> str:
    words = _in_words(value)
    if words.isdigit():
        return f"{value}{_ending(value)}"
    head, last = (
        words[: max(words.rfind(" "), words.rfind("-")) + 1],
        words[max(words.rfind(" "), words.rfind("-")) + 1 :],
    )
    irregular = _tables()["words"]["ordinals"]
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return head + str(irregular.get(last, regular))
