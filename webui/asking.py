"""From an address to a request, within the site's limits."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from pilcrow.engine.errors import RequestError
from pilcrow.search.request import Diagnostic, SearchRequest
from webui.settings import Settings

Params = list[tuple[str, str]]


def parameters(arguments: MultiDict[str, str]) -> Params:
    """The parameters of an address, in order, each as often as it stands there."""
    return list(arguments.items(multi=True))


def asked(params: Params, settings: Settings) -> tuple[SearchRequest, tuple[Diagnostic, ...]]:
    """What ``params`` ask for, and what of them could not be used; raises ``RequestError`` beyond a limit."""
    if len(params) > settings.max_parameters:
        message = f"The address has {len(params):,} parameters, and {settings.max_parameters} is the limit."
        raise RequestError("", "", f"{message} Choose fewer values; a region stands for all its States.")
    request, problems = SearchRequest.from_params(params)
    if len(request.query) > settings.max_query:
        message = f"The query has {len(request.query):,} characters, and {settings.max_query:,} is the limit."
        raise RequestError("q", request.query[:40], f"{message} Leave the less telling words out.")
    return request, problems


def without(params: Params, *names: str) -> Params:
    """``params`` without those of these names."""
    return [(name, value) for name, value in params if name not in names]


def first(params: Params, name: str) -> str:
    """The first value of a parameter, stripped, or ""."""
    return next((value.strip() for each, value in params if each == name), "")


def with_date_range(params: Params) -> str | None:
    """The query string that says with ``date`` what the date form said with ``from`` and ``to``; None without them.

    What was typed is kept as it is, so that the search can say what is wrong with it.
    """
    if not any(name in ("from", "to") for name, _ in params):
        return None
    low, high = first(params, "from"), first(params, "to")
    rest = [pair for pair in without(params, "from", "to", "date", "page") if pair[1]]
    if low or high:
        rest.append(("date", low if low == high else f"{low}..{high}"))
    return urlencode(rest)
