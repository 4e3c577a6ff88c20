"""What a first page prints of date, session and agenda items, found in its plain text by a few plain forms.

Nothing here comes from the parser that is measured with it: not its patterns, nor its lists of ordinals or months. What
is printed in another form than these is not found, and its file is then not counted: how many files print something is
a lower bound. What is compared:

- date: the first line below "Distr." that is a date and nothing else; beside it, "Adopted ... on DATE" or "adopted by
  ... on DATE", and the date of a meeting ("Thursday, 8 September 2022, 3 p.m."). The document's date is right if it is
  the printed one of the kind that the document says its date is.
- session: lines that begin with a numbered session or year of a body ("Seventy-eighth session", "Eightieth year",
  "2025 session"). Right if the document has the sessions with all those numbers or years, and no others.
- agenda items: a line "Agenda item(s) ..." or "Item(s) ... of the ... agenda" or "... list", and the lines on which it
  goes on. Right if the document has these items and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MASTHEAD_LINES = 40
"""Lines of a first page within which its masthead lies, whatever order the file draws it in."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DATE = r"(\d{1,2}) (" + "|".join(month.capitalize() for month in _MONTHS) + r") (\d{4})"
_DATE_LINE = re.compile(rf"{_DATE}\*?")
_DISTRIBUTION = re.compile(r"\bDistr\s?\.", re.IGNORECASE)
_DISTRIBUTION_LINES = 8
_ADOPTED = re.compile(rf"\badopted (?:by|at|on|without)\b[^.]{{0,160}}?\bon {_DATE}", re.IGNORECASE)
_MEETING = re.compile(rf"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, {_DATE}")

_BODY_BEGINS = re.compile(
    r"The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council),$"
    r"|The meeting (?:was called to order|resumed)|Summary$|(?:I|1)\.\s+\w|Contents$|I have the honour",
    re.IGNORECASE,
)

_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), start=1)},
    **{f"{ten[:-1]}ieth": 10 * number for number, ten in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, start=2)
        for units, unit in enumerate(_UNITS, start=1)
    },
}
_KINDS = r"(?:(?:regular|annual|special|emergency special|resumed|organizational|substantive) )*"
_ORDINAL = r"[A-Z][A-Za-z]+(?:-[A-Za-z]+)?|\d{1,3}(?:st|nd|rd|th)"
_SESSION = re.compile(rf"(?:^|(?<=[Ss]ession )|(?<=[Yy]ear ))({_ORDINAL}) (?i:{_KINDS}(?:session|year)\b)")
_SESSION_OF_YEAR = re.compile(
    rf"^(?:(\d{{4}}) {_KINDS}session\b|(?:(?:first|second|third) )?{_KINDS}session,? (\d{{4}})\b)", re.I
)

_ONE = r"\d{1,3}(?: ?\([a-z]{1,2}\))*"
_AND = r"(?:, ?(?:and )?|; ?| and | to |[-–])"
_ITEMS = rf"{_ONE}(?:{_AND}(?:{_ONE}|\([a-z]{{1,2}}\)))*"
_AGENDA = re.compile(rf"^(?:Agenda items? ({_ITEMS})|Items? ({_ITEMS}) of the [\w ]*?(?:agenda|list)\b)", re.IGNORECASE)
_PIECE = re.compile(r"(to|[-–])|(\d{1,3})|\(([a-z]{1,2})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is printed: dates by kind, numbers or years of sessions, agenda items; empty where no form was found."""

    dates: dict[str, str]
    sessions: frozenset[int]
    agenda: frozenset[str]


def printed(front: Sequence[str]) -> Printed:
    """What the lines of a first page print."""
    lines = list(_masthead(front))
    return Printed(
        dates=dict(_dates(lines)),
        sessions=frozenset(number for line in lines for number in _sessions(line)),
        agenda=frozenset(item for line in _joined(lines) for item in _items(line)),
    )


def _masthead(front: Sequence[str]) -> Iterator[str]:
    for line in front[:MASTHEAD_LINES]:
        if _BODY_BEGINS.match(line):
            return
        yield line


def _dates(masthead: Sequence[str]) -> Iterator[tuple[str, str]]:
    adopted = _ADOPTED.search(" ".join(masthead))
    if adopted:
        yield "adoption", _iso(adopted.groups())
    meeting = next((found for line in masthead if (found := _MEETING.match(line))), None)
    if meeting:
        yield "meeting", _iso(meeting.groups())
    distributed = next((at for at, line in enumerate(masthead) if _DISTRIBUTION.search(line)), None)
    if distributed is not None:
        below = masthead[distributed : distributed + _DISTRIBUTION_LINES]
        found = next((found for line in below if (found := _DATE_LINE.fullmatch(line))), None)
        if found:
            yield "distribution", _iso(found.groups())


def _iso(parts: Sequence[str | None]) -> str:
    day, month, year = (part or "" for part in parts)
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}"


def _sessions(line: str) -> Iterator[int]:
    of_year = _SESSION_OF_YEAR.match(line)
    if of_year:
        yield int(of_year.group(1) or of_year.group(2))
        return
    for found in _SESSION.finditer(line):
        word = found.group(1).lower()
        number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else _ORDINALS.get(word)
        if number:
            yield number


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Each line that names agenda items, with the next one where the list goes on there."""
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        goes_on = re.search(r"(?:,|;|\band)$", line) or re.match(r"(?:and )?(?:\d{1,3}|\([a-z]\))[\s,]", following)
        yield f"{line} {following}" if goes_on and re.match(r"(?:Agenda )?items?\b", line, re.IGNORECASE) else line


def _items(line: str) -> Iterator[str]:
    found = _AGENDA.match(line)
    if not found:
        return
    number, last, range_from, used = "", "", "", True
    for to, digits, letter in _PIECE.findall(found.group(1) or found.group(2)):
        if to:
            range_from = last or number
        elif digits:
            if number and not used:
                yield number
            yield from map(str, range(int(range_from) + 1, int(digits)) if range_from.isdigit() else ())
            number, last, used, range_from = digits, digits, False, ""
        else:
            yield from (f"{number} ({each})" for each in _letters(range_from, letter))
            last, used, range_from = letter, True, ""
    if number and not used:
        yield number


def _letters(first: str, last: str) -> list[str]:
    """The letters that are meant: those after ``first`` where a range goes on from it, and ``last``."""
    if len(first) == len(last) == 1 and first.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
    return [last]
