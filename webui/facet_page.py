"""A facet on a page of its own: every value, looked through by name, ordered by count or name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilcrow.engine.model import UNKNOWN
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import FacetAnswer
from webui import urls
from webui.facets_view import FacetView, Option, facet_view
from webui.search_view import Notice, notices, plural

Order = Literal["count", "name"]
_ORDERS: tuple[tuple[str, Order], ...] = (("By count", "count"), ("By name", "name"))


PROFILES = {
    "state": Option(label="All States by region", url=urls.STATES),
    "session": Option(label="All sessions by body", url=urls.SESSIONS),
}
"""Where the values of a facet have pages of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """Everything that the page of one facet shows."""

    facet: FacetView
    lead: str
    shown: str
    contains: str
    action: str
    kept: tuple[tuple[str, str], ...]
    orders: tuple[Option, ...]
    all_url: str
    back_url: str
    notices: tuple[Notice, ...]
    nothing: str
    profiles: Option | None = None


def facet_page(found: FacetAnswer, request: SearchRequest, *, contains: str, order: Order) -> FacetPage:
    """The facet of ``found`` under ``request``, of which only values that contain ``contains`` were asked for."""
    facet = found.facet
    listed = sum(not value.children and value.value != UNKNOWN for value in facet.flat())
    every = plural(facet.leaves, "value")
    return FacetPage(
        facet=facet_view(facet, request),
        lead=f"{facet.help[:1].upper()}{facet.help[1:]}.",
        shown=every if listed >= facet.leaves else f"the first {listed:,} of {every}",
        contains=contains,
        action=urls.facet_url(facet.key, SearchRequest()),
        kept=(*request.with_page(1).to_params(), *((("order", order),) if order == "name" else ())),
        orders=tuple(
            Option(
                label=label,
                url=urls.facet_url(facet.key, request, contains=contains, order="" if key == "count" else key),
                current=key == order,
            )
            for label, key in _ORDERS
        ),
        all_url=urls.facet_url(facet.key, request, order="" if order == "count" else order),
        back_url=urls.search_url(request),
        notices=notices(found.diagnostics, request),
        nothing=_nothing(found.total, contains),
        profiles=PROFILES.get(facet.key),
    )


def _nothing(total: int, contains: str) -> str:
    """What to say where no value is listed: that nothing was found at all, or that no value is called so."""
    if not total:
        return "Nothing is found that could have a value."
    return f"No value contains “{contains}”." if contains else "Nothing that is found has a value."
