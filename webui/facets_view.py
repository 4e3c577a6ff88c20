"""Facets as links: for each value, the address that chooses it, lets go of it, or excludes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.model import UNKNOWN, Role, Where
from pilcrow.search.request import ROLES, WHERES, SearchRequest
from pilcrow.search.results import Facet, FacetValue
from webui import urls

OPEN = ("session", "state", "pillar")
"""The facets that stand open before anything is chosen: the ones that most questions are narrowed by."""

SHOWN = 8
"""How many of a facet's lowest values stand beside the results; a page of its own has the rest."""

DEEPEST = {"date": 1}
"""How deep a hierarchy is shown beside the results, where that is not all of it: years and months, not days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A switch's position: what it says, where it leads, and whether it is the one that holds."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Positions of which one holds, and what they are about."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value: ``url`` chooses it or lets go of it, ``not_url`` excludes it or lifts that."""

    label: str
    title: str
    count: str
    status: Literal["", "selected", "excluded"]
    unknown: bool
    url: str
    not_url: str
    children: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One facet: its values, the page with all of them, and its switches."""

    key: str
    label: str
    help: str
    unit: str
    open: bool
    values: tuple[ValueView, ...]
    total: str
    all_url: str
    switches: tuple[Switch, ...]
    listed_all: bool


def facet_views(facets: tuple[Facet, ...], request: SearchRequest) -> tuple[FacetView, ...]:
    """The facets that have something to choose, shortened, in the order of the table."""
    others = {facet.key: facet for facet in facets}
    real = (facet for facet in facets if facet.key in BY_KEY)
    views = (
        facet_view(replace(facet, values=shortened(facet.values, deepest=DEEPEST.get(facet.key, 9))), request, others)
        for facet in real
    )
    return tuple(view for view in views if view.values)


def facet_view(facet: Facet, request: SearchRequest, others: Mapping[str, Facet] | None = None) -> FacetView:
    """One facet as links under ``request``; ``others`` are counted beside it and give the switches of States."""
    chosen = request.of(facet.key)
    listed = sum(1 for _ in facet.flat())
    return FacetView(
        key=facet.key,
        label=facet.label,
        help=facet.help,
        unit=facet.unit,
        open=facet.key in OPEN or bool(chosen.include or chosen.exclude),
        values=tuple(_value_view(value, facet, request) for value in facet.values),
        total=f"{facet.leaves:,}",
        all_url=urls.facet_url(facet.key, request),
        switches=_switches(facet, request, others or {}),
        listed_all=listed >= facet.total_values,
    )


def value_label(key: str, label: str) -> str:
    """What people read for a value, "unknown" as such."""
    return "Unknown" if key == UNKNOWN else label


def _value_view(value: FacetValue, facet: Facet, request: SearchRequest) -> ValueView:
    include: Callable[[str, str], SearchRequest] = request.without_value if value.selected else request.with_value
    exclude = request.without_exclusion if value.excluded else request.with_exclusion
    picked = exclude if value.excluded else include
    return ValueView(
        label=value_label(value.value, value.label),
        title=value.value if facet.key == "symbol" and value.label != value.value else "",
        count=f"{value.count:,}",
        status="excluded" if value.excluded else "selected" if value.selected else "",
        unknown=value.value == UNKNOWN,
        url=urls.search_url(picked(facet.key, value.value)),
        not_url=urls.search_url(exclude(facet.key, value.value)),
        children=tuple(_value_view(child, facet, request) for child in value.children),
    )


def _switches(facet: Facet, request: SearchRequest, others: Mapping[str, Facet]) -> tuple[Switch, ...]:
    """Any or all of several chosen values; for States, where and in which role they are cited."""
    switches = []
    if facet.multiple and len(request.of(facet.key).include) > 1:
        switches.append(_any_or_all(facet, request))
    if facet.key == "state" and "state-in" in others:
        wheres = [(value, request.with_state_in(_where(value.value))) for value in others["state-in"].values]
        switches.append(_switch("Cited where", "anywhere", request.with_state_in(""), wheres))
    if facet.key == "state" and "state-role" in others:
        roles = [(value, request.with_state_role(_role(value.value))) for value in others["state-role"].values]
        switches.append(_switch("Cited as", "in any role", request.with_state_role(""), roles))
    return tuple(switch for switch in switches if len(switch.options) > 1)


def _any_or_all(facet: Facet, request: SearchRequest) -> Switch:
    options = tuple(
        Option(label=label, url=urls.search_url(request.with_all_of(facet.key, all_of)), current=facet.all_of == all_of)
        for label, all_of in (("any of these", False), ("all of these", True))
    )
    return Switch(label="Several values", options=options)


def _switch(
    label: str, neutral: str, without: SearchRequest, choices: Sequence[tuple[FacetValue, SearchRequest]]
) -> Switch:
    off = Option(label=neutral, url=urls.search_url(without), current=not any(value.selected for value, _ in choices))
    on = (
        Option(label=f"{value.label} ({value.count:,})", url=urls.search_url(chosen), current=value.selected)
        for value, chosen in choices
    )
    return Switch(label=label, options=(off, *on))


def _where(value: str) -> Where | Literal[""]:
    return next((where for where in WHERES if where == value), "")


def _role(value: str) -> Role | Literal[""]:
    return next((role for role in ROLES if role == value), "")


def shortened(values: tuple[FacetValue, ...], *, deepest: int = 9) -> tuple[FacetValue, ...]:
    """The most frequent ``SHOWN`` of the lowest values, whatever is chosen, "unknown", and what stands above them."""
    cut = _cut(values, deepest)
    ranked = sorted(_leaves(cut), key=lambda value: -value.count)
    kept = {value.value for value in ranked[:SHOWN]} | {UNKNOWN}
    return _kept(cut, kept)


def _cut(values: tuple[FacetValue, ...], deepest: int) -> tuple[FacetValue, ...]:
    """``values`` without those below the ``deepest`` level, unless they are chosen."""
    return tuple(
        msgspec.structs.replace(value, children=_cut(value.children, deepest))
        for value in values
        if value.depth <= deepest or _is_chosen(value)
    )


def _leaves(values: tuple[FacetValue, ...]) -> Iterator[FacetValue]:
    for value in values:
        if value.children:
            yield from _leaves(value.children)
        else:
            yield value


def _kept(values: tuple[FacetValue, ...], keys: Collection[str]) -> tuple[FacetValue, ...]:
    pruned = (msgspec.structs.replace(value, children=_kept(value.children, keys)) for value in values)
    return tuple(value for value in pruned if value.children or value.value in keys or _is_chosen(value))


def _is_chosen(value: FacetValue) -> bool:
    return value.selected or value.excluded
