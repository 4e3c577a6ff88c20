"""Where things are: the address of every page, made in one place.

A symbol keeps its slashes in the address, as people read it; everything that would end a path or a query is encoded.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from pilcrow.engine.query import Value
from pilcrow.search import cite
from pilcrow.search.keys import LIKE
from pilcrow.search.request import Chosen, SearchRequest
from pilcrow.search.tables import OFFERED, TableRequest

SEARCH = "/"
DOCUMENTS = "/documents"
STATES = "/states"
SESSIONS = "/sessions"
FILE = "/file"
TABLES = "/tables"
SUGGEST = "/api/suggest"
RELATED = "/related"
CITE = "/cite"
FOUND = "found"
"""The fragment of the results page where it says how much is found and what is chosen."""


def search_url(request: SearchRequest) -> str:
    """The search page that answers ``request``; the start page where nothing is asked."""
    return _joined(SEARCH, request.to_params())


def chosen_url(request: SearchRequest) -> str:
    """The search page after something was chosen: opened at what is found and what is chosen, past the site's head."""
    url = search_url(request)
    return url if url == SEARCH else f"{url}#{FOUND}"


def export_url(request: SearchRequest, suffix: str) -> str:
    """All hits of ``request`` as a file (see :data:`webui.exports.SUFFIXES` for the suffixes)."""
    return _joined(f"/search.{suffix}", replace(request, page=1, per_page=10).to_params())


def facet_url(facet: str, request: SearchRequest, *, contains: str = "", order: str = "") -> str:
    """The page with every value of a facet under ``request``."""
    own = [("contains", contains), ("order", order)]
    params = replace(request, page=1).to_params() + [(name, value) for name, value in own if value]
    return _joined(f"/facets/{quote(facet, safe='')}", params)


def table_url(request: TableRequest, *, suffix: str = "") -> str:
    """The table that ``request`` asks for, as a page or, with the suffix ".csv", as a file."""
    return _joined(f"{_table_path(TABLES, request)}{suffix}", request.to_params())


def search_table_url(request: SearchRequest) -> str:
    """The first of the tables that are offered, over what ``request`` finds."""
    rows, columns = OFFERED[0]
    return table_url(TableRequest(rows=rows, columns=columns, search=request.with_page(1)))


def table_api_url(request: TableRequest) -> str:
    """The same table as JSON."""
    return _joined(_table_path(f"/api{TABLES}", request), request.to_params())


class PairUrls:
    """The searches under a request with a choice of one's own in each of two facets.

    A table has thousands of them, which differ in two places: those are put into what is made once.
    """

    def __init__(self, request: SearchRequest, one: str, other: str) -> None:
        marks = (Chosen(field=one, include=("0",)), Chosen(field=other, include=("1",)))
        others = tuple(chosen for chosen in request.chosen if chosen.field not in (one, other))
        params = request.with_page(1).with_chosen((*others, *marks)).to_params()
        at = params.index((one, "0")), params.index((other, "1"))
        self._turned = at[0] > at[1]
        low, high = sorted(at)
        self._parts = tuple(map(urlencode, (params[:low], params[low + 1 : high], params[high + 1 :])))

    def __call__(self, one: str, other: str) -> str:
        """The address with the parameters ``one`` and ``other``, as :func:`choice_params` made them."""
        first, second = (other, one) if self._turned else (one, other)
        before, between, after = self._parts
        return f"{SEARCH}?" + "&".join(filter(None, (before, first, between, second, after)))


def choice_params(chosen: Chosen) -> str:
    """The parameters of a choice in one facet, encoded; "" where nothing is chosen."""
    return urlencode(SearchRequest(chosen=(chosen,)).to_params())


def document_url(symbol: str, *, anchor: str = "", request: SearchRequest | None = None) -> str:
    """A document's page; at one of its paragraphs, and with the matches of ``request`` marked, where given."""
    path = f"{DOCUMENTS}/{quote(symbol, safe='/:()')}"
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    return _joined(path, within_document(request).to_params() if request else []) + fragment


def file_url(symbol: str, *, page: int | None = None) -> str:
    """The file that a document was read from; a PDF opened at one of its pages, counted from 1."""
    return document_url(symbol) + FILE + (f"#page={page}" if page else "")


def cites_url(what: str) -> str:
    """The search for all that cite ``what``, a symbol or a citation."""
    return search_url(SearchRequest(query=f'cites:"{what}"'))


def state_url(code: str) -> str:
    """A State's page, by its code or any of its names."""
    return f"{STATES}/{quote(code, safe='()')}"


def region_url(code: str) -> str:
    """The States of a region in the list of all."""
    return f"{STATES}#{region_anchor(code)}"


def region_anchor(code: str) -> str:
    """What a region is called within the list of States."""
    return f"region-{code}"


def session_url(key: str) -> str:
    """A session's page; its key keeps its slashes."""
    return f"{SESSIONS}/{quote(key, safe='/:()')}"


def like_url(identifier: str, citation: str) -> str:
    """The search for the paragraphs like the one with this id, named by its ``citation`` where that is not endless."""
    named = citation if len(citation) <= cite.LONGEST_CITATION else identifier
    return search_url(SearchRequest(query=str(Value(LIKE, named))))


def work_url(symbol: str, suffix: str) -> str:
    """A document's own record for a library of references (see :data:`webui.works.SUFFIXES`)."""
    return f"{document_url(symbol)}{CITE}.{suffix}"


def related_url(request: SearchRequest) -> str:
    """The page with the phrases that are typical of what ``request`` finds."""
    return _joined(RELATED, replace(request, page=1, per_page=10).to_params())


def identifier_url(identifier: str) -> str:
    """The page of a document's or paragraph's id (``SYMBOL`` or ``SYMBOL#ANCHOR``)."""
    symbol, _, anchor = identifier.partition("#")
    return document_url(symbol, anchor=anchor)


def within_document(request: SearchRequest) -> SearchRequest:
    """What of ``request`` still means something inside one document: no order, no page, no choice of documents."""
    return replace(request.cleared("symbol"), sort="relevance", page=1, per_page=10, unit="paragraph")


def _table_path(root: str, request: TableRequest) -> str:
    return f"{root}/{quote(request.rows, safe='')}/{quote(request.columns, safe='')}"


def _joined(path: str, params: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(params)}" if params else path
