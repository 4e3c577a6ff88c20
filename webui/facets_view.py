"""Facets as links: for each value, the address that chooses it, lets go of it, or excludes it.

A value that stands above others (a region, a year, a session of agenda items) has all that they have. So choosing it
takes the place of those below it that are chosen, and choosing one of those takes its place: the other way about,
nothing would change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.model import UNKNOWN, Role, Where
from pilcrow.search.request import ROLES, WHERES, SearchRequest
from pilcrow.search.results import Facet, FacetValue, flat
from webui import urls
from webui.plurals import plural

OPEN = ("session", "state", "pillar")
"""The facets that stand open before anything is chosen: the ones that most questions are narrowed by."""

SHOWN = 8
"""How many of a facet's lowest values stand beside the results; a page of its own has the rest."""

DEEPEST = {"date": 0}
"""How deep a hierarchy is shown beside the results, where that is not all of it: years; months are drawn as bars."""


LONG = 12
"""A facet with more values has a box to look through their names."""

WHOLES = {"state": "all States", "agenda": "all items"}
"""What choosing a heading of a facet chooses, where its own name does not say so."""

STEPS = 20
"""Lengths of the bars beside counts; the style sheet has a class for each."""


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
    """One value: ``url`` chooses it or lets go of it, ``not_url`` excludes it or lifts that.

    ``whole`` says of a heading what it stands for, ``said`` is the count and the status in words, ``step`` the length
    of its bar (0 for none), ``id`` its place on a page that leads there. "within" is what lies in a chosen heading.
    """

    label: str
    whole: str
    title: str
    count: str
    said: str
    step: int
    status: Literal["", "selected", "excluded", "within"]
    unknown: bool
    id: str
    url: str
    not_url: str
    children: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The form that looks through a facet's names: where it leads, and what it takes along."""

    action: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One facet: its values, the pages with all of them by count and by name, a box to look through them, switches."""

    key: str
    label: str
    help: str
    unit: str
    open: bool
    values: tuple[ValueView, ...]
    total: str
    all_url: str
    by_name_url: str
    box: Box | None
    switches: tuple[Switch, ...]
    listed_all: bool


def facet_views(facets: tuple[Facet, ...], request: SearchRequest) -> tuple[FacetView, ...]:
    """The facets that have something to choose, shortened, in the order of the table."""
    others = {facet.key: facet for facet in facets}
    views = (facet_view(facet, request, others, short=True) for facet in facets if facet.key in BY_KEY)
    return tuple(view for view in views if view.values)


def facet_view(
    facet: Facet,
    request: SearchRequest,
    others: Mapping[str, Facet] | None = None,
    *,
    places: bool = False,
    short: bool = False,
) -> FacetView:
    """One facet as links under ``request``; ``others`` are counted beside it and give the switches of States.

    With ``places`` the values at the top have ids, to be jumped to; ``short`` leaves the less frequent values out.
    """
    chosen = request.of(facet.key)
    values = shortened(facet.values, deepest=DEEPEST.get(facet.key, 9)) if short else facet.values
    links = _Links(facet, request, places=places)
    return FacetView(
        key=facet.key,
        label=facet.label,
        help=facet.help,
        unit=facet.unit,
        open=facet.key in OPEN or bool(chosen.include or chosen.exclude),
        values=tuple(links.view(value) for value in values),
        total=f"{facet.leaves:,}",
        all_url=urls.facet_url(facet.key, request),
        by_name_url=urls.facet_url(facet.key, request, order="name"),
        box=facet_box(facet.key, request) if facet.leaves > LONG and facet.key != "date" else None,
        switches=_switches(facet, request, others or {}),
        listed_all=sum(1 for _ in flat(values)) >= facet.total_values,
    )


def value_label(key: str, label: str) -> str:
    """What people read for a value, "unknown" as such."""
    return "Unknown" if key == UNKNOWN else label


def facet_box(key: str, request: SearchRequest, *, order: str = "") -> Box:
    """The form that looks through the names of the facet ``key`` under ``request``."""
    kept = request.with_page(1).to_params() + ([("order", order)] if order else [])
    return Box(action=urls.facet_url(key, SearchRequest()), kept=tuple(kept))


class _Links:
    """The values of one facet with their links and bars; a value knows what stands above it."""

    def __init__(self, facet: Facet, request: SearchRequest, *, places: bool) -> None:
        self._facet = facet
        self._places = places
        self._request = request
        self._headings = {value.value for value in facet.values if value.children and facet.key in WHOLES}
        known = (value.count for value in facet.flat() if value.value not in {*self._headings, UNKNOWN})
        self._most = max(known, default=0)

    def view(self, value: FacetValue, above: tuple[FacetValue, ...] = ()) -> ValueView:
        """``value``, which stands below ``above``, with those below it."""
        facet, request = self._facet, self._request
        status = _status(value, above)
        exclude = request.without_exclusion if value.excluded else self._freed(value).with_exclusion
        whole = WHOLES[facet.key] if value.value in self._headings else ""
        words = (whole, plural(value.count, facet.unit), _STATUS[status])
        return ValueView(
            label=value_label(value.value, value.label),
            whole=whole,
            title=value.value if facet.key == "symbol" and value.label != value.value else "",
            count=f"{value.count:,}",
            said=", ".join(word for word in words if word),
            step=self._step(value),
            status=status,
            unknown=value.value == UNKNOWN,
            id=f"at-{value.value}".replace(" ", "_") if self._places and not above else "",
            url=urls.chosen_url(self._picked(value, above)),
            not_url=urls.chosen_url(exclude(facet.key, value.value)),
            children=tuple(self.view(child, (*above, value)) for child in value.children),
        )

    def _picked(self, value: FacetValue, above: tuple[FacetValue, ...]) -> SearchRequest:
        """What a click on ``value`` asks for."""
        key, request = self._facet.key, self._request
        if value.excluded:
            return request.without_exclusion(key, value.value)
        if value.selected:
            return request.without_value(key, value.value)
        if not self._facet.all_of:
            request = self._freed(value)
            for each in above:
                request = request.without_value(key, each.value) if each.selected else request
        return request.with_value(key, value.value)

    def _freed(self, value: FacetValue) -> SearchRequest:
        """The request without the values below ``value`` that are chosen."""
        request = self._request
        for each in flat(value.children):
            request = request.without_value(self._facet.key, each.value) if each.selected else request
        return request

    def _step(self, value: FacetValue) -> int:
        """Of the largest of its kind: headings and "unknown" have no bar, or all others would look alike."""
        if value.value in self._headings or value.value == UNKNOWN or not value.count:
            return 0
        return max(1, round(STEPS * value.count / self._most))


_STATUS = {"": "", "selected": "chosen", "excluded": "left out", "within": "among the chosen"}


def _status(value: FacetValue, above: tuple[FacetValue, ...]) -> Literal["", "selected", "excluded", "within"]:
    if value.excluded:
        return "excluded"
    if value.selected:
        return "selected"
    return "within" if any(each.selected for each in above) else ""


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
        Option(label=label, url=urls.chosen_url(request.with_all_of(facet.key, all_of)), current=facet.all_of == all_of)
        for label, all_of in (("any of these", False), ("all of these", True))
    )
    return Switch(label="Several values", options=options)


def _switch(
    label: str, neutral: str, without: SearchRequest, choices: Sequence[tuple[FacetValue, SearchRequest]]
) -> Switch:
    off = Option(label=neutral, url=urls.chosen_url(without), current=not any(value.selected for value, _ in choices))
    on = (
        Option(label=f"{value.label} ({value.count:,})", url=urls.chosen_url(chosen), current=value.selected)
        for value, chosen in choices
    )
    return Switch(label=label, options=(off, *on))


def _where(value: str) -> Where | Literal[""]:
    return next((where for where in WHERES if where == value), "")


def _role(value: str) -> Role | Literal[""]:
    return next((role for role in ROLES if role == value), "")


def shortened(values: tuple[FacetValue, ...], *, deepest: int = 9) -> tuple[FacetValue, ...]:
    """The most frequent ``SHOWN`` of the lowest values, whatever is chosen, "unknown", and what stands above them.

    Headings that are few are all kept: there are five regions, and each stands for all its States. Of one that is
    chosen the most frequent values are kept too, because it is narrowed by them.
    """
    cut = _cut(values, deepest)
    headings = [value for value in cut if value.children]
    kept = {value.value for value in headings} if len(headings) <= SHOWN else set()
    for among in (cut, *(heading.children for heading in headings if heading.selected)):
        kept |= {value.value for value in sorted(_leaves(among), key=lambda value: -value.count)[:SHOWN]}
    return _kept(cut, kept | {UNKNOWN})


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
