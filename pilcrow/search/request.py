"""What a person asked for, as one frozen value, and the parameters of an address that say the same.

``SearchRequest.from_params(request.to_params()) == request`` for every request, so that each state of the page is a
link. A method that changes a request gives a new one, back on page 1. Reading is lenient (what cannot be used is said
and left out, so that an old or mistyped link still answers), or strict for the command line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from pilcrow.engine.contract import SORTS, Sort
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import BY_KEY, FACETS
from pilcrow.engine.model import Role, Where
from pilcrow.search import names

Unit = Literal["paragraph", "document"]
T = TypeVar("T", bound=str)

MAX_PER_PAGE = 100
WHERES: tuple[Where, ...] = get_args(Where)
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "mentioned")
UNITS: tuple[Unit, ...] = get_args(Unit)

_FACET_ORDER = {field.key: at for at, field in enumerate(FACETS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """What could not be read or used, in one sentence.

    ``start`` and ``end`` are offsets in the typed query (half open), both -1 where it is about a parameter;
    ``suggestion`` is what to write instead, or "".
    """

    message: str
    start: int = -1
    end: int = -1
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is chosen in one facet: any of ``include`` (or ``all_of`` them) and none of ``exclude``.

    Values are keys of the facet; for ``date`` also ranges such as "2009..2013-06", "..2010" and "2010..".
    """

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    all_of: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question: the typed ``query``, what is ``chosen`` in the facets, and which page of which order to show.

    ``all_words`` requires every plain word; ``state_in`` ("text", "note", "speaker") and ``state_role`` narrow the
    chosen States to mentions of that kind; ``unit`` is what is listed and what facets count. ``chosen`` is kept in the
    order of the facets' table, one entry a facet, so that equal questions are equal values.
    """

    query: str = ""
    all_words: bool = False
    chosen: tuple[Chosen, ...] = ()
    state_in: Where | Literal[""] = ""
    state_role: Role | Literal[""] = ""
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    unit: Unit = "paragraph"

    def __post_init__(self) -> None:
        object.__setattr__(self, "chosen", _canonical(self.chosen))

    @classmethod
    def from_params(cls, params: Iterable[tuple[str, str]]) -> tuple[SearchRequest, tuple[Diagnostic, ...]]:
        """The request that ``params`` say, and what in them could not be used and was left out."""
        reading = _Reading()
        for name, value in params:
            try:
                reading.take(name, value)
            except RequestError as error:
                reading.problems.append(Diagnostic(message=str(error), suggestion=error.suggestion))
        return reading.request, tuple(reading.problems)

    @classmethod
    def strict(cls, params: Iterable[tuple[str, str]]) -> SearchRequest:
        """The request that ``params`` say; raises ``RequestError`` at the first that cannot be used."""
        reading = _Reading()
        for name, value in params:
            reading.take(name, value)
        return reading.request

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters that say this request, defaults left out, always in the same order."""
        params = [("q", self.query)] if self.query else []
        if self.all_words:
            params.append(("all", "1"))
        for chosen in self.chosen:
            params += [(chosen.field, key) for key in chosen.include]
            params += [(f"not-{chosen.field}", key) for key in chosen.exclude]
            if chosen.all_of:
                params.append((f"all-{chosen.field}", "1"))
        rest = {
            "state-in": self.state_in,
            "state-role": self.state_role,
            "sort": "" if self.sort == "relevance" else self.sort,
            "unit": "" if self.unit == "paragraph" else self.unit,
            "limit": "" if self.per_page == 10 else str(self.per_page),
            "page": "" if self.page == 1 else str(self.page),
        }
        return params + [(name, value) for name, value in rest.items() if value]

    def of(self, field: str) -> Chosen:
        """What is chosen in this facet; an empty choice where nothing is."""
        return next((chosen for chosen in self.chosen if chosen.field == field), Chosen(field=field))

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen beside the query."""
        return any(chosen.include or chosen.exclude for chosen in self.chosen) or bool(self.state_in or self.state_role)

    def with_value(self, field: str, key: str) -> SearchRequest:
        """The same request with ``key`` chosen too (and no longer excluded)."""
        old = self.of(field)
        return self._with(replace(old, include=(*old.include, key), exclude=_without(old.exclude, key)))

    def without_value(self, field: str, key: str) -> SearchRequest:
        """The same request with ``key`` no longer chosen."""
        old = self.of(field)
        return self._with(replace(old, include=_without(old.include, key)))

    def with_only(self, field: str, keys: Iterable[str]) -> SearchRequest:
        """The same request with ``keys`` chosen in ``field`` in place of all that was; what is excluded stays so."""
        old = self.of(field)
        keys = tuple(keys)
        return self._with(replace(old, include=keys, exclude=tuple(key for key in old.exclude if key not in keys)))

    def with_exclusion(self, field: str, key: str) -> SearchRequest:
        """The same request with ``key`` excluded (and no longer chosen)."""
        old = self.of(field)
        return self._with(replace(old, include=_without(old.include, key), exclude=(*old.exclude, key)))

    def without_exclusion(self, field: str, key: str) -> SearchRequest:
        """The same request with ``key`` no longer excluded."""
        old = self.of(field)
        return self._with(replace(old, exclude=_without(old.exclude, key)))

    def with_all_of(self, field: str, all_of: bool) -> SearchRequest:
        """The same request with all of the facet's chosen values required, or any of them."""
        return self._with(replace(self.of(field), all_of=all_of))

    def cleared(self, field: str | None = None) -> SearchRequest:
        """The same request with nothing chosen in ``field``, or in any facet; the query stays."""
        kept = tuple(chosen for chosen in self.chosen if field is not None and chosen.field != field)
        if field in (None, "state"):
            return replace(self, chosen=kept, state_in="", state_role="", page=1)
        return replace(self, chosen=kept, page=1)

    def with_chosen(self, chosen: tuple[Chosen, ...]) -> SearchRequest:
        """The same request, on the same page, with ``chosen`` in place of all that was chosen."""
        return replace(self, chosen=chosen)

    def with_state_in(self, where: Where | Literal[""]) -> SearchRequest:
        """The same request with States cited in the text, in a note, as who speaks, or ("") wherever."""
        return replace(self, state_in=where, page=1)

    def with_state_role(self, role: Role | Literal[""]) -> SearchRequest:
        """The same request with States in this role, or ("") whichever."""
        return replace(self, state_role=role, page=1)

    def with_query(self, query: str) -> SearchRequest:
        """The same request with another query."""
        return replace(self, query=query, page=1)

    def with_all_words(self, all_words: bool) -> SearchRequest:
        """The same request with every plain word required, or as many as enough paragraphs have."""
        return replace(self, all_words=all_words, page=1)

    def with_sort(self, sort: Sort) -> SearchRequest:
        """The same request in another order."""
        return replace(self, sort=sort, page=1)

    def with_unit(self, unit: Unit) -> SearchRequest:
        """The same request with paragraphs or documents, listed and counted."""
        return replace(self, unit=unit, page=1)

    def with_page(self, page: int) -> SearchRequest:
        """The same request on another page, counted from 1."""
        return replace(self, page=page)

    def _with(self, chosen: Chosen) -> SearchRequest:
        others = tuple(each for each in self.chosen if each.field != chosen.field)
        return replace(self, chosen=(*others, chosen), page=1)


class _Reading:
    """A request as it is read, parameter by parameter; :meth:`take` raises ``RequestError`` and changes nothing."""

    def __init__(self) -> None:
        self.request = SearchRequest()
        self.problems: list[Diagnostic] = []

    def take(self, name: str, value: str) -> None:
        """Read one parameter into ``request``."""
        page = self.request.page
        if name in _PLAIN:
            self.request = _plain(self.request, name, value)
            return
        prefix, _, rest = name.partition("-")
        if name in _FACET_ORDER:
            for key in _keys(name, name, value):
                self.request = self.request.with_value(name, key).with_page(page)
        elif prefix == "not" and rest in _FACET_ORDER:
            for key in _keys(name, rest, value):
                self.request = self.request.with_exclusion(rest, key).with_page(page)
        elif prefix == "all" and rest in _FACET_ORDER:
            if _flag(name, value) and not BY_KEY[rest].multiple:
                raise RequestError(
                    name, value, f"A paragraph has one {BY_KEY[rest].label.lower()}, never all of several."
                )
            self.request = self.request.with_all_of(rest, _flag(name, value)).with_page(page)
        else:
            raise _unknown_parameter(name, value)


_PLAIN = ("q", "all", "state-in", "state-role", "sort", "unit", "limit", "page")


def _plain(request: SearchRequest, name: str, value: str) -> SearchRequest:
    """``request`` with one parameter that is no facet."""
    match name:
        case "q":
            return replace(request, query=value)
        case "all":
            return replace(request, all_words=_flag(name, value))
        case "state-in":
            return replace(request, state_in=_one_of(name, value, ("", *WHERES)))
        case "state-role":
            return replace(request, state_role=_one_of(name, value, ("", *ROLES)))
        case "sort":
            return replace(request, sort=_one_of(name, value, SORTS))
        case "unit":
            return replace(request, unit=_one_of(name, value, UNITS))
        case "limit":
            return replace(request, per_page=_whole(name, value, at_most=MAX_PER_PAGE))
        case _:
            return replace(request, page=_whole(name, value, at_most=None))


def _keys(name: str, field: str, value: str) -> tuple[str, ...]:
    """The keys of a facet that ``value`` names; a value that only the index knows stays as it is."""
    found = names.resolve(field, value)
    if not found.keys:
        raise RequestError(name, value, found.problem, suggestion=found.suggestion)
    return found.keys


def _flag(name: str, value: str) -> bool:
    folded = value.strip().casefold()
    if folded in ("1", "true", "yes", "on"):
        return True
    if folded in ("", "0", "false", "no", "off"):
        return False
    raise RequestError(name, value, f"“{value}” is neither yes nor no: write {name}=1 or leave it out.", suggestion="1")


def _one_of(name: str, value: str, choices: tuple[T, ...]) -> T:
    for choice in choices:
        if choice == value.strip().casefold():
            return choice
    listed = ", ".join(choice for choice in choices if choice)
    close: list[str] = difflib.get_close_matches(value.casefold(), list(choices), n=1, cutoff=0.5)
    message = f"{name} cannot be “{value}”: it is one of {listed}."
    raise RequestError(name, value, message, suggestion=close[0] if close else "")


def _whole(name: str, value: str, *, at_most: int | None) -> int:
    """A whole number from 1; a larger one than allowed is refused with the largest as suggestion."""
    text = value.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < 1:
        raise RequestError(name, value, f"{name} is a whole number from 1, and “{value}” is none.", suggestion="1")
    number = int(text)
    if at_most is not None and number > at_most:
        message = f"{name} is {at_most} at most, and {number} was asked for."
        raise RequestError(name, value, message, suggestion=str(at_most))
    return number


def _unknown_parameter(name: str, value: str) -> RequestError:
    known = [*_PLAIN, *(p + facet for facet in _FACET_ORDER for p in ("", "not-", "all-"))]
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]}?" if close else "; it was left out."
    return RequestError(name, value, f"There is no parameter {name}{hint}", suggestion=close[0] if close else "")


def _without(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(each for each in keys if each != key)


def _canonical(chosen: tuple[Chosen, ...]) -> tuple[Chosen, ...]:
    """One entry a facet, values once each, in the order of the table; raises ``RequestError`` for no facet."""
    merged: dict[str, Chosen] = {}
    for each in chosen:
        if each.field not in _FACET_ORDER:
            raise RequestError(each.field, "", f"There is no facet {each.field}.")
        old = merged.get(each.field, Chosen(field=each.field))
        exclude = tuple(dict.fromkeys((*old.exclude, *each.exclude)))
        include = tuple(key for key in dict.fromkeys((*old.include, *each.include)) if key not in exclude)
        merged[each.field] = Chosen(
            field=each.field, include=include, exclude=exclude, all_of=old.all_of or each.all_of
        )
    kept = (each for each in merged.values() if each.include or each.exclude or each.all_of)
    return tuple(sorted(kept, key=lambda each: _FACET_ORDER[each.field]))
