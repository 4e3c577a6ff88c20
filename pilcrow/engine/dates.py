"""Dates of year, month or day precision, as documents print them and as facets and ranges need them.

A date is a string in ISO form ("2013", "2013-11", "2013-11-26"): it sorts, compares by prefix and travels in JSON as
it is. Nothing is added that a document does not say: a month stays a month, and covers all its days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pilcrow.engine.errors import DateError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

EARLIEST, LATEST = 1900, 2100
"""Years outside these are numbers, not dates of documents."""

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_MONTH = "(?:" + "|".join(MONTHS) + r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_DASH = r"\s?(?:-|–|—|\bto\b|\band\b|&)\s?"
_TO = r"\s?(?:-|–|—|\bto\b)\s?"
_ORDINAL = "(?:st|nd|rd|th)?"
_PRINTED = re.compile(
    rf"(?:(?P<day1>\d{{1,2}}){_ORDINAL}(?:\s(?P<month1>{_MONTH})(?:,?\s(?P<year1>\d{{4}}))?{_TO}|{_DASH}))?"
    rf"(?P<day>\d{{1,2}}){_ORDINAL}\s(?:of\s)?(?P<month>{_MONTH}),?\s(?P<year>\d{{4}})\b"
    rf"|\b(?P<us_month>{_MONTH})\s(?P<us_day>\d{{1,2}}){_ORDINAL}(?:{_DASH}(?P<us_day2>\d{{1,2}}){_ORDINAL})?,\s(?P<us_year>\d{{4}})\b"
    rf"|\b(?:(?P<only_month1>{_MONTH}){_DASH})?(?P<only_month>{_MONTH})\s(?P<only_year>\d{{4}})\b"
)


_DAYS_BEFORE = re.compile(
    rf"[\s(]*(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?(?:\s{_MONTH})?(?:\s\d{{4}})?(?:,?\sand\s|,\s|\s?[-–]\s?|\s))*(?:,?\s?(?:and\s)?)?"
)
_FIRST_DAY = re.compile(
    rf"^[\s(]*(?P<day>\d{{1,2}})\b[\d\s,–-]*(?:and\s[\d\s,–-]*)*(?P<month>{_MONTH})(?:\s(?P<year>\d{{4}}))?"
)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Two dates of any precision, ``start`` and ``end`` (equal for a single date), and the characters that say them."""

    start: str
    end: str
    span: tuple[int, int] = (0, 0)


def parse(text: str) -> str:
    """``text`` as an ISO date of its own precision; raises :class:`DateError`.

    Takes ISO ("2013-11") and printed forms ("26 November 2013", "November 2013").
    """
    stripped = text.strip()
    found = _ISO.match(stripped)
    if found:
        year, month, day = (int(part) if part else 0 for part in found.groups())
        return _iso(year, month, day, text)
    printed = _PRINTED.fullmatch(stripped)
    if printed:
        span = _range(printed)
        if span is not None and span.start == span.end:
            return span.start
    raise DateError(f"“{text}” is no date: write a year (2013), a month (2013-11) or a day (2013-11-26).")


def first_day(iso: str) -> str:
    """The first day that the date ``iso`` covers ("2013-02" -> "2013-02-01"); raises :class:`DateError`."""
    year, month, day = _parts(iso)
    return f"{year:04}-{month or 1:02}-{day or 1:02}"


def last_day(iso: str) -> str:
    """The last day that the date ``iso`` covers ("2013-02" -> "2013-02-28"); raises :class:`DateError`."""
    year, month, day = _parts(iso)
    month = month or 12
    return f"{year:04}-{month:02}-{day or calendar.monthrange(year, month)[1]:02}"


def bounds(low: str, high: str) -> tuple[str, str]:
    """The first and the last day of the range from ``low`` to ``high``, each "" where it is open."""
    return first_day(low) if low else "0001-01-01", last_day(high) if high else "9999-12-31"


def may_lie(span: tuple[str, str], within: tuple[str, str]) -> bool:
    """Whether some day of ``span`` is one of ``within``, each a first and a last day; ("", "") has none."""
    return bool(span[0]) and within[0] <= within[1] and span[0] <= within[1] and within[0] <= span[1]


def contains(outer: str, inner: str) -> bool:
    """Whether every day of ``inner`` is a day of ``outer``."""
    return first_day(outer) <= first_day(inner) and last_day(inner) <= last_day(outer)


def overlaps(one: str, other: str) -> bool:
    """Whether some day belongs to both dates."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def label(iso: str) -> str:
    """The date as it is printed: "26 November 2013", "November 2013", "2013"; raises :class:`DateError`."""
    year, month, day = _parts(iso)
    return " ".join(part for part in (str(day) if day else "", MONTHS[month - 1] if month else "", str(year)) if part)


def range_label(start: str, end: str) -> str:
    """A range as it is printed: "6-8 November 2013", "30 September-2 October 2020"; one date where both are equal."""
    if not end or start == end:
        return label(start)
    one, other = _parts(start), _parts(end)
    if one[:2] == other[:2] and one[2] and other[2]:
        return f"{one[2]}-{label(end)}"
    if one[0] == other[0] and one[1] and other[1]:
        return f"{label(start).rpartition(' ')[0]}-{label(end)}"
    return f"{label(start)}-{label(end)}"


def days(text: str) -> DateRange | None:
    """The first and the last day of ``text``, where it is nothing but dates, or days of the same months and year.

    "20-24 and 29-31 January and 11 February 2025" -> 20 January to 11 February 2025.
    """
    printed = list(find(text))
    if not printed or text[printed[-1].span[1] :].strip(" .*,"):
        return None
    before = "".join(
        text[end:start]
        for end, start in zip(
            [0, *(each.span[1] for each in printed)], (each.span[0] for each in printed), strict=False
        )
    )
    if not _DAYS_BEFORE.fullmatch(before):
        return None
    first = _FIRST_DAY.match(text)
    start = printed[0].start
    if first and printed[0].span[0] > 0:
        month, year = first.group("month"), first.group("year") or printed[0].start[:4]
        with suppress(DateError):
            start = _iso(int(year), _month(month), int(first.group("day")), text)
    return DateRange(min(start, printed[0].start), printed[-1].end, (0, len(text)))


def find(text: str) -> Iterator[DateRange]:
    """The printed dates and ranges in ``text``, in order, of month or day precision ("6 to 8 November 2013")."""
    for found in _PRINTED.finditer(text):
        span = _range(found)
        if span is not None:
            yield span


def _range(found: re.Match[str]) -> DateRange | None:
    """The range that a printed date says, None where it is no day of the calendar."""
    part = found.groupdict()
    try:
        if part["month"]:
            start, end = _european(part)
        elif part["us_month"]:
            start, end = _american(part)
        else:
            end = _iso(int(part["only_year"]), _month(part["only_month"]), 0, found.group())
            start = f"{end[:4]}-{_month(part['only_month1']):02}" if part["only_month1"] else end
    except DateError:
        return None
    return DateRange(start, end, found.span()) if start <= end else None


def _european(part: dict[str, str | None]) -> tuple[str, str]:
    year, month = int(part["year"] or 0), _month(part["month"])
    end = _iso(year, month, int(part["day"] or 0), "")
    if part["day1"] is None:
        return end, end
    first_month = _month(part["month1"]) if part["month1"] else month
    first_year = int(part["year1"] or year)
    return _iso(first_year, first_month, int(part["day1"]), ""), end


def _american(part: dict[str, str | None]) -> tuple[str, str]:
    year, month = int(part["us_year"] or 0), _month(part["us_month"])
    start = _iso(year, month, int(part["us_day"] or 0), "")
    return start, _iso(year, month, int(part["us_day2"]), "") if part["us_day2"] else start


def _month(name: str | None) -> int:
    short = (name or "")[:3].casefold()
    return next(number for number, month in enumerate(MONTHS, start=1) if month[:3].casefold() == short)


def _parts(iso: str) -> tuple[int, int, int]:
    found = _ISO.match(iso)
    if found is None:
        raise DateError(f"“{iso}” is no date in ISO form: write 2013, 2013-11 or 2013-11-26.")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    _iso(year, month, day, iso)
    return year, month, day


def _iso(year: int, month: int, day: int, said: str) -> str:
    """The parts as an ISO date, checked against the calendar (0 for a part that is not said)."""
    if not EARLIEST <= year <= LATEST:
        raise DateError(f"“{said or year}” has a year outside {EARLIEST} to {LATEST}; write a year with four digits.")
    try:
        date(year, month or 1, day or 1)
    except ValueError as error:
        raise DateError(
            f"“{said or f'{year}-{month}-{day}'}” is no day of the calendar; check month and day."
        ) from error
    if not month:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"
