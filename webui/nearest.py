"""Names near one that is not there, for the page that says so."""

from __future__ import annotations

import difflib

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.fields import FACETS
from pilcrow.search.request import SearchRequest
from webui import urls
from webui.facets_view import Option

SHOWN = 5


def nearest_documents(reader: IndexReader, symbol: str) -> tuple[Option, ...]:
    """The documents whose symbols resemble ``symbol`` most, then the list of all and a search for it."""
    ids = {name.casefold(): document.id for document in reader.documents() for name in (document.id, *document.symbols)}
    close = difflib.get_close_matches(symbol.casefold(), list(ids), n=SHOWN, cutoff=0.6)
    found = [Option(label=ids[name], url=urls.document_url(ids[name])) for name in close]
    search = urls.search_url(SearchRequest(query=f'"{symbol.replace(chr(34), " ").strip()}"'))
    return (
        *{each.url: each for each in found}.values(),
        Option(label=f"Paragraphs that name {symbol}", url=search),
        Option(label="All documents", url=urls.DOCUMENTS),
    )


def nearest_facets(facet: str) -> tuple[Option, ...]:
    """The facets, the nearest in name first."""
    close = difflib.get_close_matches(facet.casefold(), [field.key for field in FACETS], n=1)
    ordered = sorted(FACETS, key=lambda field: field.key not in close)
    return tuple(Option(label=field.label, url=urls.facet_url(field.key, SearchRequest())) for field in ordered)
