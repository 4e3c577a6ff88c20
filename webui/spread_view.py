"""Counts by the values of one thing, as a small table with bars in which every row is a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pilcrow.engine.model import UNKNOWN
from pilcrow.search.profiles import Tally
from pilcrow.search.request import SearchRequest
from webui import urls
from webui.facets_view import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value: how many paragraphs, where to read them, and ``share`` in per cent of the most frequent value.

    What is unknown is no value and has no bar: often most of all, it would make every other a stub.
    """

    label: str
    count: str
    url: str
    share: int
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A table: ``what`` its values are, and where the rest of them is, None where all are shown."""

    key: str
    title: str
    what: str
    rows: tuple[Row, ...]
    more: Option | None = None


def rows(tallies: Sequence[Tally], narrowed: Callable[[str], SearchRequest]) -> tuple[Row, ...]:
    """The rows of a table; ``narrowed`` is the search for one key."""
    most = max((tally.count for tally in tallies if tally.key != UNKNOWN), default=1)
    return tuple(
        Row(
            label=tally.label,
            count=f"{tally.count:,}",
            url=urls.search_url(narrowed(tally.key)),
            share=0 if tally.key == UNKNOWN else max(1, round(100 * tally.count / most)),
            unknown=tally.key == UNKNOWN,
        )
        for tally in tallies
    )


def facet_spread(request: SearchRequest, tallies: Sequence[Tally], *, field: str, what: str, shown: int) -> Spread:
    """The values of a facet within ``request``, the first ``shown`` of them; the facet's page has the rest."""
    rest = Option(label=f"All {len(tallies):,}", url=urls.facet_url(field, request))
    return Spread(
        key=field,
        title=f"By {what}",
        what=what.capitalize(),
        rows=rows(tallies[:shown], lambda key: request.with_value(field, key)),
        more=rest if len(tallies) > shown else None,
    )
