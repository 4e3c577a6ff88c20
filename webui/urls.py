"""Where things are: the address of every page, made in one place.

A symbol keeps its slashes in the address, as people read it; everything that would end a path or a query is encoded.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from pilcrow.search.request import SearchRequest

SEARCH = "/"
DOCUMENTS = "/documents"
FILE = "/file"


def search_url(request: SearchRequest) -> str:
    """The search page that answers ``request``; the start page where nothing is asked."""
    return _joined(SEARCH, request.to_params())


def export_url(request: SearchRequest, suffix: str) -> str:
    """All hits of ``request`` as a file (see :data:`webui.exports.SUFFIXES` for the suffixes)."""
    return _joined(f"/search.{suffix}", replace(request, page=1, per_page=10).to_params())


def facet_url(facet: str, request: SearchRequest, *, contains: str = "", order: str = "") -> str:
    """The page with every value of a facet under ``request``."""
    own = [("contains", contains), ("order", order)]
    params = replace(request, page=1).to_params() + [(name, value) for name, value in own if value]
    return _joined(f"/facets/{quote(facet, safe='')}", params)


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


def identifier_url(identifier: str) -> str:
    """The page of a document's or paragraph's id (``SYMBOL`` or ``SYMBOL#ANCHOR``)."""
    symbol, _, anchor = identifier.partition("#")
    return document_url(symbol, anchor=anchor)


def within_document(request: SearchRequest) -> SearchRequest:
    """What of ``request`` still means something inside one document: no order, no page, no choice of documents."""
    return replace(request.cleared("symbol"), sort="relevance", page=1, per_page=10, unit="paragraph")


def _joined(path: str, params: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(params)}" if params else path
