"""A facet on a page of its own: every value, looked through by name, ordered by count or name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import Facet
from webui import urls
from webui.facets_view import FacetView, Option, facet_view
from webui.search_view import Notice, notices, plural

Order = Literal["count", "name"]
_ORDERS: tuple[tuple[str, Order], ...] = (("By count", "count"), ("By name", "name"))


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


def facet_page(
    facet: Facet, request: SearchRequest, *, contains: str, order: Order, problems: tuple[Diagnostic, ...]
) -> FacetPage:
    """``facet`` under ``request``, of which only values that contain ``contains`` were asked for."""
    listed = sum(1 for _ in facet.flat())
    whole = listed >= facet.total_values or bool(contains)
    return FacetPage(
        facet=facet_view(facet, request),
        lead=f"{facet.help[:1].upper()}{facet.help[1:]}.",
        shown=plural(listed, "value") if whole else f"the first {listed:,} of {plural(facet.total_values, 'value')}",
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
        notices=notices(problems, request),
    )
