"""Spans of dates, chosen bar by bar: what is chosen now, and what choosing one more year or month makes of it.

A first bar is chosen by itself; one outside what is chosen extends it; one inside a longer span is chosen in place of
it; the one that is chosen alone is let go. So two choices make any span, and no third kind of click is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from pilcrow.engine import dates
from pilcrow.search.names import date_range, iso_date
from pilcrow.search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Span:
    """From all of the date ``low`` to all of ``high``, each of any precision, or "" where it is open."""

    low: str
    high: str

    @classmethod
    def of(cls, key: str) -> Span | None:
        """The span that a value of the date facet is; None for "unknown"."""
        bounds = date_range(key)
        if bounds is not None:
            return cls(*bounds)
        return cls(key, key) if iso_date(key) else None

    @property
    def key(self) -> str:
        """The value of the date facet that is this span."""
        return self.low if self.low == self.high else f"{self.low}..{self.high}"

    def overlaps(self, date: str) -> bool:
        """Whether some day of ``date`` lies in the span."""
        first, last = dates.bounds(self.low, self.high)
        return first <= dates.last_day(date) and dates.first_day(date) <= last

    def extended(self, date: str) -> Span:
        """The shortest span that has all of this one and of ``date``."""
        first, last = dates.bounds(self.low, self.high)
        return Span(
            date if dates.first_day(date) < first else self.low, date if dates.last_day(date) > last else self.high
        )

    def years(self) -> range:
        """The years that the span touches; none where it is open."""
        return range(int(self.low[:4]), int(self.high[:4]) + 1) if self.low and self.high else range(0)


def chosen_spans(request: SearchRequest) -> tuple[Span, ...]:
    """The dates and ranges that are chosen."""
    return tuple(span for key in request.of("date").include if (span := Span.of(key)))


def with_bar(request: SearchRequest, date: str) -> SearchRequest:
    """``request`` after the bar of ``date`` was chosen, as the head of this module says."""
    return request.with_only("date", [span.key] if (span := _next(chosen_spans(request), date)) else [])


def _next(spans: tuple[Span, ...], date: str) -> Span | None:
    alone = Span(date, date)
    if spans == (alone,):
        return None
    if len(spans) == 1 and not spans[0].overlaps(date):
        return spans[0].extended(date)
    return alone
