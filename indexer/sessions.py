"""Sessions: their keys and labels, and the ordinal numbers that they are printed with."""

from __future__ import annotations

import re
from functools import cache

from pilcrow.engine import dates, symbols
from pilcrow.engine.model import Session

_UNITS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
}  # fmt: skip
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}


def make_session(
    body: str, *, number: int | None = None, special: str = "", start: str = "", end: str = ""
) -> Session | None:
    """The session of ``body``, by its number ("78"), its special name ("ES-10") or its first day; None without any."""
    known = symbols.bodies().get(body)
    owner = known.session_of if known else body
    part = special or (str(number) if number is not None else start)
    if not part:
        return None
    kind = "year" if owner == "S" else "session"
    named = f"{ordinal(number)} {kind}" if number is not None else special and _special_name(special)
    when = dates.range_label(start, end) if start else ""
    label = ", ".join(each for each in (symbols.body_name(owner) if owner else "", named, when) if each)
    key = f"{owner}/{part}" if owner else part
    return Session(key=key, label=label, body=owner, number=number, start=start, end=end)


def special_of(kind: str, number: int) -> str:
    """The special name of a session of that ``kind`` ("emergency special"), "" for a session that is only numbered."""
    if "special" not in kind.casefold():
        return ""
    return f"ES-{number}" if "emergency" in kind.casefold() else f"S-{number}"


def yearly_name(year: str, kind: str, number: int) -> str:
    """The special name of a session that is called by its year: "2025", "2025-annual", "2025-1" (first regular)."""
    named = [word for word in kind.casefold().split() if word not in {"regular", "substantive", "session"}]
    return "-".join([year, *([str(number)] if number else []), *named])


def _special_name(special: str) -> str:
    """A special name in words: "S-10" -> "tenth special session", "2025-1" -> "first regular session 2025"."""
    numbered = re.fullmatch(r"(?P<emergency>E?)S-(?P<number>\d{1,2})", special)
    if numbered:
        kind = "emergency special" if numbered.group("emergency") else "special"
        return f"{ordinal(int(numbered.group('number')))} {kind} session"
    year, *rest = special.split("-")
    words = [ordinal(int(part)) if part.isdigit() else part for part in rest]
    words += ["regular"] if len(rest) == 1 and rest[0].isdigit() else []
    return " ".join([*words, "session", year] if words else [year, "session"])


def ordinal(number: int) -> str:
    """``number`` in words as sessions are numbered: 5 -> "fifth", 78 -> "seventy-eighth", 112 -> "112th"."""
    if 0 < number < 10:
        return _UNITS[number]
    for word, value in _TEENS.items():
        if value == number:
            return word
    for stem, value in _TENS.items():
        if value == number:
            return f"{stem}ieth"
        if value < number < value + 10:
            return f"{stem}y-{_UNITS[number - value]}"
    return numeral(number)


def numeral(number: int) -> str:
    """``number`` in figures with its ending: 71 -> "71st"."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ordinal_value(text: str) -> int:
    """The number that an ordinal says ("fifth", "Seventy-eighth", "49th"), 0 where it is none."""
    plain = text.strip().casefold()
    digits = re.match(r"^(\d{1,3})(?:st|nd|rd|th)$", plain)
    if digits:
        return int(digits.group(1))
    hundred = re.match(r"^(?:one\s)?hundred(?:th$|(?:\sand)?[\s-])", plain)
    below = plain[hundred.end() :] if hundred else plain
    return (100 if hundred else 0) + _values().get(below, 0) if below or hundred else 0


@cache
def _values() -> dict[str, int]:
    return {ordinal(number): number for number in range(1, 100)}
