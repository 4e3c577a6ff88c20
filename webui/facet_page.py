"""A facet on a page of its own: every value, looked through by name, ordered by count or name, with jumps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from pilcrow.engine.gazetteer import fold
from pilcrow.engine.model import UNKNOWN
from pilcrow.search.request import UNITS, SearchRequest
from pilcrow.search.results import FacetAnswer
from webui import urls
from webui.facets_view import Box, FacetView, Option, ValueView, facet_box, facet_view, value_label
from webui.plurals import plural
from webui.search_view import Chip, Notice, facet_chips, notices

Order = Literal["count", "name"]
_ORDERS: tuple[tuple[str, Order], ...] = (("By count", "count"), ("By name", "name"))

JUMPED = 24
"""A list with more values than this has jumps."""

JUMPS = 30
"""So many headings are jumped to by name; where there are more, their first letters are."""


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
    chips: tuple[Chip, ...]
    contains: str
    box: Box
    orders: tuple[Option, ...]
    units: tuple[Option, ...]
    jumps: tuple[Option, ...]
    all_url: str
    back_url: str
    notices: tuple[Notice, ...]
    nothing: str
    profiles: Option | None = None


def facet_page(found: FacetAnswer, request: SearchRequest, *, contains: str, order: Order) -> FacetPage:
    """The facet of ``found`` under ``request``, of which only values that contain ``contains`` were asked for."""
    facet = found.facet
    view = facet_view(facet, request, places=True)
    ordered = "" if order == "count" else order
    labels = {value.value: value_label(value.value, value.label) for value in found.chosen}
    return FacetPage(
        facet=view,
        lead=f"{facet.help[:1].upper()}{facet.help[1:]}.",
        shown=_shown(found, contains),
        chips=tuple(facet_chips(request, facet.key, facet.label, labels)),
        contains=contains,
        box=facet_box(facet.key, request, order=ordered),
        orders=tuple(
            Option(
                label=label,
                url=urls.facet_url(facet.key, request, contains=contains, order="" if key == "count" else key),
                current=key == order,
            )
            for label, key in _ORDERS
        ),
        units=tuple(
            Option(
                label=f"{unit}s",
                url=urls.facet_url(facet.key, request.with_unit(unit), contains=contains, order=ordered),
                current=request.unit == unit,
            )
            for unit in UNITS
        ),
        jumps=tuple(_jumps(view, order)),
        all_url=urls.facet_url(facet.key, request, order=ordered),
        back_url=urls.chosen_url(request),
        notices=notices(found.diagnostics, request),
        nothing=_nothing(found.total, contains),
        profiles=PROFILES.get(facet.key),
    )


def _shown(found: FacetAnswer, contains: str) -> str:
    """How many values are listed of how many there are, headings and "unknown" aside."""
    facet = found.facet
    listed = sum(not value.children and value.value != UNKNOWN for value in facet.flat())
    every = plural(found.leaves, "value")
    if contains:
        return f"{listed:,} of {every} with “{contains}”"
    return every if listed >= found.leaves else f"the first {listed:,} of {every}"


def _jumps(view: FacetView, order: Order) -> Iterator[Option]:
    """To the headings, where there are several and not too many; else, where names are in order, to their letters."""
    known = [value for value in view.values if not value.unknown]
    if sum(1 for _ in _every(view.values)) <= JUMPED or len(known) < 2:
        return
    if len(known) <= JUMPS and any(value.children for value in known):
        yield from (_jump(value.label, value) for value in known)
    elif order == "name":
        letters: dict[str, ValueView] = {}
        for value in known:
            letters.setdefault(fold(value.label)[:1].upper(), value)
        yield from (_jump(letter, value) for letter, value in letters.items())


def _jump(label: str, value: ValueView) -> Option:
    return Option(label=label, url=f"#{quote(value.id)}")


def _every(values: tuple[ValueView, ...]) -> Iterator[ValueView]:
    for value in values:
        yield value
        yield from _every(value.children)


def _nothing(total: int, contains: str) -> str:
    """What to say where no value is listed: that nothing was found at all, or that no value is called so."""
    if not total:
        return "Nothing is found that could have a value."
    return f"No value contains “{contains}”." if contains else "Nothing that is found has a value."
