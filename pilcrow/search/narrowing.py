"""What to choose in a facet so that exactly those of the paragraphs found are left that have one more value.

A table shows the current result, whatever is chosen in its own two facets; its cells lead to their paragraphs all the
same. Most of the time the value goes in place of what was chosen (France, where France or Europe was), or beside it
(France, where Belarus was: now both are required). Of several States of which any may be cited, and one more, no choice
says "any of those, and this": then there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pilcrow.engine import dates
from pilcrow.engine.errors import DateError
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.model import UNKNOWN
from pilcrow.search.names import date_range
from pilcrow.search.request import Chosen

YEAR = 4
"""Letters of a date that is a year."""


def choice(chosen: Chosen, key: str, parents: Mapping[str, str]) -> Chosen | None:
    """``chosen`` changed so that what is found is what was found before and has ``key``; None where nothing says that.

    ``parents`` are those of the facet's keys (see :meth:`pilcrow.engine.contract.IndexReader.parents`).
    """
    if chosen.all_of or not chosen.include:
        return replace(chosen, include=(*chosen.include, key))
    if not set(_upwards(key, parents)).isdisjoint(chosen.include):
        return replace(chosen, include=(key,))  # all that have it had been chosen
    if BY_KEY[chosen.field].multiple:
        return replace(chosen, include=(*chosen.include, key), all_of=True) if len(chosen.include) == 1 else None
    below = [each for part in chosen.include for each in _within(part, key, parents)]
    plain = tuple(each for each in below if each is not None)
    return replace(chosen, include=plain) if plain and len(plain) == len(below) else None


def _upwards(key: str, parents: Mapping[str, str]) -> Iterator[str]:
    """``key`` and all that stands above it."""
    while key:
        yield key
        key = parents.get(key, "")


def _within(part: str, key: str, parents: Mapping[str, str]) -> Iterator[str | None]:
    """What of a chosen ``part`` lies within ``key``, where no paragraph has two values; None where no choice says it.

    A date may be chosen as a range, of which a year has a part. What is dated by a month may or may not lie in a range
    that begins within it; only of years it is plain what lies in both.
    """
    bounds = date_range(part)
    if bounds is None:
        if key in _upwards(part, parents):
            yield part
        return
    if key == UNKNOWN:
        return
    try:
        first, last = dates.first_day(key), dates.last_day(key)
        low = dates.first_day(bounds[0]) if bounds[0] else ""
        high = dates.last_day(bounds[1]) if bounds[1] else ""
    except DateError:
        yield None
        return
    if (low and last < low) or (high and first > high):
        return
    if (not low or low <= first) and (not high or last <= high):
        yield key
    elif len(key) == YEAR:
        yield f"{max(low, first)}..{min(high or last, last)}"
    else:
        yield None
