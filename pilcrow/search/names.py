"""What people call a value, turned into its key, as far as that needs no index.

A State by any of its names, a pillar or a language by its label, a date or a range of dates, a citation of a document
or of its paragraphs. Sessions, agenda items,
symbols, bodies and types stay as they are typed here: which of them there are, only an index knows
(:mod:`pilcrow.search.values` resolves those).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pilcrow.engine import dates, gazetteer
from pilcrow.engine.errors import DateError
from pilcrow.engine.fields import LANGUAGES, PILLARS
from pilcrow.engine.model import UNKNOWN
from pilcrow.search import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The keys that a name stands for (several for a region whose States are indexed one by one), or the problem.

    ``problem`` is one sentence, "" where there are keys; ``suggestion`` the nearest name that is understood, or "".
    """

    keys: tuple[str, ...] = ()
    problem: str = ""
    suggestion: str = ""


def resolve(field: str, name: str) -> Named:
    """What ``name`` means as a value of the key field ``field``."""
    text = " ".join(name.split())
    if not text:
        return Named(problem=f"Nothing is given for {field}.")
    if text.casefold() == UNKNOWN:
        return Named(keys=(UNKNOWN,))
    match field:
        case "state":
            return _state(text)
        case "pillar":
            return _labelled(text, PILLARS, "pillar")
        case "language":
            return _labelled(text, LANGUAGES, "language")
        case "date":
            return _date(text)
        case "cites":
            return _cited(text)
        case _:
            return Named(keys=(text,))


def iso_date(text: str) -> str | None:
    """``text`` ("2010-04", "29 April 2010") as an ISO date of its own precision; None where it is no date."""
    try:
        return dates.parse(text)
    except DateError:
        return None


def date_range(text: str) -> tuple[str, str] | None:
    """The bounds of "2009..2013-06", "..2010" or "2010..", each an ISO date or ""; None where it is no range."""
    low, dots, high = text.partition("..")
    if not dots or not (low.strip() or high.strip()):
        return None
    bounds = [iso_date(bound) if bound.strip() else "" for bound in (low, high)]
    return None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])


def next_date(iso: str) -> str:
    """The first day, month or year (of the same precision as ``iso``) after all days of the ISO date."""
    return _shortest(date.fromisoformat(dates.last_day(iso)) + timedelta(days=1), len(iso))


def previous_date(iso: str) -> str:
    """The last day, month or year (of the same precision as ``iso``) before all days of the ISO date."""
    return _shortest(date.fromisoformat(dates.first_day(iso)) - timedelta(days=1), len(iso))


def _shortest(day: date, length: int) -> str:
    return day.isoformat()[:length]


def _state(text: str) -> Named:
    found = gazetteer.resolve(text)
    if isinstance(found, gazetteer.State):
        return Named(keys=(found.code,))
    if found is not None:
        members = gazetteer.members(found.code)
        if all(state.region == found.code for state in members):
            return Named(keys=(found.code,))
        return Named(keys=tuple(state.code for state in members))
    successors = gazetteer.successors(text)
    if successors:
        return Named(keys=tuple(state.code for state in successors))
    near = gazetteer.nearest(text)
    hint = f"; did you mean {_listed(near)}?" if near else "."
    return Named(problem=f"No State or region is called “{text}”{hint}", suggestion=near[0] if near else "")


def _cited(text: str) -> Named:
    keys = cite.cited_keys(text)
    example = "A/79/439, para. 11"
    problem = f"“{text}” cites no document: write its symbol, with paragraphs or without, as in cites:“{example}”."
    return Named(keys=keys) if keys else Named(problem=problem, suggestion=example)


def _labelled(text: str, labels: Mapping[str, str], what: str) -> Named:
    """The key whose key or label is ``text``, or the only one that begins so."""
    folded = text.casefold()
    for key, label in labels.items():
        if folded in (key, label.casefold()):
            return Named(keys=(key,))
    begun = [key for key, label in labels.items() if key.startswith(folded) or label.casefold().startswith(folded)]
    if len(begun) == 1:
        return Named(keys=tuple(begun))
    close = difflib.get_close_matches(folded, labels, n=1, cutoff=0.5)
    return Named(
        problem=f"There is no {what} “{text}”: it is one of {', '.join(labels)}.",
        suggestion=close[0] if close else "",
    )


def _date(text: str) -> Named:
    """One ISO date, or a range written with two dots between ISO dates."""
    found = iso_date(text)
    if found is not None:
        return Named(keys=(found,))
    bounds = date_range(text)
    if bounds is not None:
        return Named(keys=("..".join(bounds),))
    return Named(
        problem=f"“{text}” is no date: write 2010, 2010-04, 2010-04-29 or a range such as 2009..2013-06, "
        f"with years from {dates.EARLIEST} to {dates.LATEST}.",
    )


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"“{name}”" for name in names)
