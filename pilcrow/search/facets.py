"""Facets: which to ask the engine for, under which filters, and how their counts are shown.

An engine counts keys; here they get their labels, their order and their hierarchy (region and State, session and agenda
item, year and month). What is chosen or excluded is always listed, "unknown" stands last, and the little facets
``state-in`` and ``state-role`` say how many paragraphs each way of citing the chosen States would leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from weakref import WeakKeyDictionary

from pilcrow.engine import counting, dates, gazetteer
from pilcrow.engine.contract import FacetCounts, FacetRequest, FacetSize, Filter, IndexReader
from pilcrow.engine.fields import ANY, BY_KEY, FACETS, qualify
from pilcrow.engine.model import UNKNOWN, Where
from pilcrow.engine.query import And, Everything, Not, Or, Query, Range, Value, children_of
from pilcrow.search.names import date_range, iso_date
from pilcrow.search.request import ROLES, WHERES, Chosen, SearchRequest
from pilcrow.search.results import Facet, FacetValue

WHERE_LABELS: Mapping[Where, str] = {"text": "in the text", "note": "in a note", "speaker": "as speaker"}
"""Where a State is cited, as it is said."""

FacetSort = Literal["count", "name"]

SHOWN = 100
"""Values at the top of a facet that a page of results carries; the rest is asked for by itself."""


MOST = 3 * SHOWN
"""Values of all levels of a facet that a page of results carries."""

WHOLE = {"date": 2}
"""Of how many levels all values are carried, because they are drawn: a year left out would look like one without."""


def filters(request: SearchRequest) -> tuple[Filter, ...]:
    """What is chosen in ``request`` as filters; its values must be keys (see :mod:`pilcrow.search.values`)."""
    states = _states(request)
    return (*_filters(request, but="state"), *((states,) if states else ()))


def _filters(request: SearchRequest, *, but: str) -> tuple[Filter, ...]:
    """What is chosen in all facets but one."""
    chosen = (each for each in request.chosen if each.field != but)
    return tuple(_filter(each, request) for each in chosen if each.include or each.exclude)


def _states(request: SearchRequest) -> Filter | None:
    """The States that are chosen, as they are to be cited; any State where only that is chosen, None without both."""
    chosen = request.of("state")
    made = _filter(chosen, request)
    if (request.state_in or request.state_role) and not chosen.include:
        some = Value("state", qualify(ANY, where=request.state_in, role=request.state_role))
        return replace(made, include=(some,))
    return made if chosen.include or chosen.exclude else None


def _as_cited(request: SearchRequest) -> Query:
    """What :func:`_states` lets through, as a query."""
    states = _states(request)
    if states is None:
        return Everything()
    some = states.include if states.all_of or len(states.include) == 1 else (Or(states.include),)
    parts = (*some, *map(Not, states.exclude))
    return parts[0] if len(parts) == 1 else And(parts)


def requests(request: SearchRequest) -> tuple[FacetRequest, ...]:
    """Every facet, the States as they are narrowed by ``state_in`` and ``state_role``.

    No more values are asked for than a page may show, because an index may have as many documents and agenda items as
    it likes: of a facet without levels one more, for "unknown" is shown last, and of one with levels some for each.
    """
    return _requests(_qualifier(request))


@lru_cache(maxsize=64)
def _requests(qualifier: str) -> tuple[FacetRequest, ...]:
    return tuple(
        FacetRequest(
            field=row.key,
            qualifier=qualifier if row.key == "state" else "",
            most=MOST if row.hierarchy else SHOWN + 1,
            levels=WHOLE.get(row.key, 0),
        )
        for row in FACETS
    )


def facet_request(field: str, request: SearchRequest) -> FacetRequest:
    """One facet to ask for."""
    return FacetRequest(field=field, qualifier=_qualifier(request) if field == "state" else "")


def _qualifier(request: SearchRequest) -> str:
    return qualify("", where=request.state_in, role=request.state_role)


def shown(
    reader: IndexReader,
    request: SearchRequest,
    *,
    field: str,
    counts: FacetCounts,
    size: FacetSize,
    sort: FacetSort = "count",
    limit: int = SHOWN,
    contains: str = "",
) -> Facet:
    """The facet ``field`` as it is shown, from the engine's ``counts``, which may be fewer than its ``size`` says.

    ``limit`` is of the values at the top (what is chosen is listed beyond it, and dates are all listed); ``contains``
    keeps the values whose name has it, and those above them.
    """
    row = BY_KEY[field]
    tree = _Tree(reader, request.of(field), field)
    found = {key: count for key, count in counts.items() if key != ANY} if ANY in counts else counts
    kept = tree.kept(found, contains)
    ours = sum(not dates_known(key) for key in found) if field == "date" else 0
    untold = size.values - (len(counts) - ours)
    leaves = (
        counting.leaves(field, kept, reader.parents(field))
        if untold <= 0
        else size.leaves - (len(counts) - len(found)) + ours
    )
    return Facet(
        key=field,
        label=row.label,
        help=row.help,
        unit=request.unit,
        multiple=row.multiple,
        all_of=request.of(field).all_of,
        values=tree.values(kept, sort, max(limit, len(kept)) if field in WHOLE else limit),
        total_values=len(kept) + untold,
        leaves=leaves,
    )


def chosen(reader: IndexReader, request: SearchRequest, field: str, counts: FacetCounts) -> tuple[FacetValue, ...]:
    """What is chosen and excluded in ``field``, with its names and ``counts``, by itself."""
    picked = request.of(field)
    label = _labeller(reader, field, reader.labels(field))
    return tuple(
        FacetValue(value=key, label=label(key), count=counts.get(key, 0), selected=on, excluded=not on)
        for keys, on in ((picked.include, True), (picked.exclude, False))
        for key in keys
    )


def counts(
    reader: IndexReader, request: SearchRequest, field: str, *, query: Query, counted: FacetCounts
) -> FacetCounts:
    """The engine's counts of a facet, and those of the ranges of dates that are chosen, which an engine has no key for.

    A range is counted as a value is: without the other choices of its own facet, but for what they exclude.
    """
    if field != "date":
        return counted
    chosen = request.of(field)
    ranges = [key for key in (*chosen.include, *chosen.exclude) if date_range(key)]

    def count(key: str) -> int:
        only = Chosen(field=field, include=(key,), exclude=tuple(each for each in chosen.exclude if each != key))
        others = tuple(each for each in request.chosen if each.field != field)
        return _number(reader, request.with_chosen((*others, only)), query)

    return {**{key: count(key) for key in ranges}, **counted} if ranges else counted


def state_facets(reader: IndexReader, request: SearchRequest, query: Query, told: FacetCounts) -> tuple[Facet, ...]:
    """How many paragraphs (or documents) each way of citing the chosen States would leave: where, and in which role.

    ``told`` are the counts of the ways of citing any State, which say it where none is chosen.
    """
    ways = list(map(_as_cited, [*map(request.with_state_in, WHERES), *map(request.with_state_role, ROLES)]))
    others = _filters(request, but="state")
    chosen = request.of("state")
    if not (chosen.include or chosen.exclude or chosen.all_of) and all(isinstance(way, Value) for way in ways):
        numbers = iter([told.get(way.key, 0) for way in ways if isinstance(way, Value)])
    else:
        numbers = iter(reader.count(ways, within=query, filters=others, unit=request.unit))
    wheres = [(where, WHERE_LABELS[where], next(numbers), where == request.state_in) for where in WHERES]
    roles = [(role, role, next(numbers), role == request.state_role) for role in ROLES]
    return _small("state-in", "Cited where", request, wheres), _small("state-role", "Cited as", request, roles)


def _number(reader: IndexReader, request: SearchRequest, query: Query) -> int:
    """How many paragraphs or documents, as ``request`` counts, match ``query`` under what it has chosen."""
    return reader.count((query,), filters=filters(request), unit=request.unit)[0]


def asked(query: Query, field: str) -> Iterator[str]:
    """The keys of ``field`` that ``query`` asks for, not those that it excludes."""
    if isinstance(query, Value) and query.field == field:
        yield query.key
    if not isinstance(query, Not):
        for child in children_of(query):
            yield from asked(child, field)


def _small(key: str, label: str, request: SearchRequest, rows: Sequence[tuple[str, str, int, bool]]) -> Facet:
    values = tuple(
        FacetValue(value=value, label=name, count=number, selected=on)
        for value, name, number, on in rows
        if number or on
    )
    return Facet(
        key=key,
        label=label,
        help="which mentions of a State count",
        unit=request.unit,
        multiple=False,
        all_of=False,
        values=values,
        total_values=len(values),
        leaves=len(values),
    )


def _filter(chosen: Chosen, request: SearchRequest) -> Filter:
    def node(key: str) -> Query:
        if chosen.field == "state":
            return Value("state", qualify(key, where=request.state_in, role=request.state_role))
        bounds = date_range(key) if chosen.field == "date" else None
        return Range("date", *bounds) if bounds else Value(chosen.field, key)

    return Filter(
        field=chosen.field,
        include=tuple(node(key) for key in chosen.include),
        exclude=tuple(node(key) for key in chosen.exclude),
        all_of=chosen.all_of,
    )


class _Tree:
    """The values of one facet, with their names and what stands above them."""

    def __init__(self, reader: IndexReader, chosen: Chosen, field: str) -> None:
        self._labels = reader.labels(field)
        self._parents = reader.parents(field)
        self._hierarchy = BY_KEY[field].hierarchy
        self._chosen = chosen
        self._field = field
        self._label = _labeller(reader, field, self._labels)
        self._names = _names_of(reader, field)
        self._marked: Set[str] = frozenset()

    def named(self, key: str, contains: str) -> bool:
        """Whether the name of a value (for a State any of its names) has ``contains``, case and accents aside."""
        wanted = gazetteer.fold(contains)
        names = [key, self._label(key)]
        if self._field == "state" and key in self._labels and len(key) == 3 and key.isalpha():
            names += [name.text for name in gazetteer.state(key).names]
        return any(wanted in gazetteer.fold(name) for name in names)

    def kept(self, counts: FacetCounts, contains: str) -> FacetCounts:
        """The values whose name has ``contains``, and those above them; all of ``counts`` where that is ""."""
        # What is counted has what stands above it counted too; what is chosen or excluded may have not.
        chosen = [key for key in (*self._chosen.include, *self._chosen.exclude) if key in counts]
        new = [key for key in counts if self.named(key, contains)] if contains else chosen
        kept = self._with_ancestors(new)
        if not contains and kept <= counts.keys():
            return counts
        return {key: counts.get(key, 0) for key in (kept if contains else kept | counts.keys())}

    def _with_ancestors(self, keys: Iterable[str]) -> set[str]:
        """``keys`` and all that stands above them."""
        kept = set(keys)
        if self._hierarchy:
            above = kept
            while above := {self._parents.get(key, "") for key in above} - kept - {""}:
                kept |= above
        return kept

    def values(self, counts: FacetCounts, sort: FacetSort, limit: int) -> tuple[FacetValue, ...]:
        """The values at the top, each with those below it, in the order in which they are shown.

        Of each level the first ``limit``, and of the rest those that are chosen or have something chosen below them.
        """
        names = self._names
        below = self._below(counts, names, sort)
        if sum(map(len, below.values())) < len(counts):  # a range of dates is chosen, or what this index does not have
            names = _Names.of(self._field, {key: self._label(key) for key in counts}, self._parents)
            below = self._below(counts, names, sort)
        if UNKNOWN in counts:
            below[""].remove(UNKNOWN)
            below[""].append(UNKNOWN)
        chosen = (*self._chosen.include, *self._chosen.exclude)
        self._marked = self._with_ancestors(chosen) if chosen else frozenset()
        return self._level("", 0, _Shown(below=below, counts=counts, labels=names.labels, limit=limit))

    def _level(self, parent: str, depth: int, shown: _Shown) -> tuple[FacetValue, ...]:
        below, counts, labels, limit = shown.below, shown.counts, shown.labels, shown.limit
        chosen, marked = self._chosen, self._marked
        keys = below.get(parent, [])
        if len(keys) > limit:
            keys = [*keys[:limit], *([key for key in keys[limit:] if key in marked] if marked else ())]
        return tuple(
            [
                FacetValue(value=key, label=labels[key], count=counts[key], depth=depth)
                if key not in below and key not in marked
                else FacetValue(
                    value=key,
                    label=labels[key],
                    count=counts[key],
                    selected=key in chosen.include,
                    excluded=key in chosen.exclude,
                    depth=depth,
                    children=self._level(key, depth + 1, shown),
                )
                for key in keys
            ]
        )

    def _below(self, counts: FacetCounts, names: _Names, sort: FacetSort) -> dict[str, list[str]]:
        """What ``names`` has of ``counts``, by what it is below: by count, equals as they stand there, or by name.

        Dates stand as they do there, always.
        """
        if self._hierarchy:
            above = {"", *counts.keys() & names.below.keys()}
            below = {parent: [key for key in names.below[parent] if key in counts] for parent in above}
        else:
            below = {"": sorted(counts.keys() & names.labels.keys(), key=names.places.__getitem__)}
        for keys in below.values() if self._field != "date" else ():
            if sort == "count":
                keys.sort(key=counts.__getitem__, reverse=True)
            else:
                keys.sort(key=lambda key: (gazetteer.fold(names.labels[key]), key))
        return below


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """The values of a facet by what they are ``below``, in order; ``limit`` is of those of one level."""

    below: Mapping[str, Sequence[str]]
    counts: FacetCounts
    labels: Mapping[str, str]
    limit: int


@dataclass(frozen=True, slots=True)
class _Names:
    """The ``labels`` of a facet's values, and their order: by label, dates by time, the latest first.

    ``places`` are the values' numbers in it; ``below`` has, in order, what is below each ("": what is at the top).
    """

    labels: Mapping[str, str]
    places: Mapping[str, int]
    below: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, field: str, labels: Mapping[str, str], parents: Mapping[str, str]) -> _Names:
        """The names of the keys of ``labels``."""
        if field == "date":
            in_order = sorted(sorted(labels, reverse=True), key=dates_known)
        else:
            in_order = sorted(labels, key=lambda key: (labels[key].casefold(), key))
        below: dict[str, list[str]] = {"": []}
        for key in in_order:
            parent = parents.get(key, "") if BY_KEY[field].hierarchy else ""
            below.setdefault(parent if parent in labels else "", []).append(key)
        return cls(labels, {key: place for place, key in enumerate(in_order)}, below)


_known_names: WeakKeyDictionary[IndexReader, dict[str, _Names]] = WeakKeyDictionary()


def _names_of(reader: IndexReader, field: str) -> _Names:
    """The names of all values that a facet has in the index: found once, because a generation never changes."""
    known = _known_names.setdefault(reader, {})
    if field not in known:
        labels = reader.labels(field)
        named = dict(zip(labels, map(_labeller(reader, field, labels), labels), strict=True))
        known[field] = _Names.of(field, named, reader.parents(field))
    return known[field]


def _labeller(reader: IndexReader, field: str, labels: Mapping[str, str]) -> Callable[[str], str]:
    """What gives the name under which a value of ``field`` is shown."""
    if field == "date":
        return lambda key: "Unknown" if key == UNKNOWN else _date_label(key)
    if field == "symbol":
        return lambda key: _document_label(reader, key)
    return lambda key: "Unknown" if key == UNKNOWN else labels.get(key) or key


def name_of(reader: IndexReader, field: str, key: str) -> str:
    """The name under which the value ``key`` of ``field`` is shown."""
    return _labeller(reader, field, reader.labels(field))(key)


def dates_known(key: str) -> bool:
    """Whether ``key`` is one date (and no range)."""
    return ".." not in key


@lru_cache(maxsize=4096)
def _date_label(key: str) -> str:
    """A date, or a range of dates, in words; what is neither as it is."""
    if dates_known(key):
        return dates.label(key) if iso_date(key) else key
    low, high = date_range(key) or ("", "")
    if low == high:
        return dates.label(low) if low else key
    if not (low and high):
        return f"from {dates.label(low)}" if low else f"until {dates.label(high)}"
    return f"{dates.label(low)} to {dates.label(high)}"


def _document_label(reader: IndexReader, key: str) -> str:
    """A document by its symbol; one without a symbol by its title and date."""
    document = reader.document(key)
    if document is None or not document.provisional or not document.title:
        return key
    return f"{document.title} ({dates.label(document.date)})" if document.date else document.title
