"""Documents in lists: what is said of each, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilcrow.engine import dates, symbols
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import DateError
from pilcrow.engine.model import Document
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from webui import titles, urls
from webui.search_view import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One document in a list. ``symbol`` is "" where it prints none, ``aside`` tells it from others of its title."""

    url: str
    title: str
    symbol: str
    provisional: bool
    date: str
    date_label: str
    origin: str
    aside: str
    type: str
    paragraphs: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPage:
    """The page that lists the documents."""

    heading: str
    shelf: tuple[Volume, ...]


def shelf_page(reader: IndexReader) -> ShelfPage:
    """Every document of the index, in the order of their symbols, those without one last."""
    shelf = volumes(reader)
    return ShelfPage(heading=plural(len(shelf), "document"), shelf=shelf)


def volumes(reader: IndexReader) -> tuple[Volume, ...]:
    """The documents of the index as a list shows them."""
    documents = sorted(reader.documents(), key=lambda document: document.provisional)
    counts = paragraphs_of(reader)
    apart = titles.asides(documents)
    return tuple(
        volume(document, counts.get(document.id, 0), aside=apart.get(document.id, "")) for document in documents
    )


def volume(document: Document, paragraphs: int, *, aside: str = "") -> Volume:
    """One document as a list shows it."""
    return Volume(
        url=urls.document_url(document.id),
        title=document.title or document.id,
        symbol=", ".join(document.symbols),
        provisional=document.provisional,
        date=document.date,
        date_label=date_label(document.date),
        origin=titles.origin(document),
        aside=aside,
        type=symbols.type_name(document.type) if document.type else "",
        paragraphs=plural(paragraphs, "paragraph"),
        language=document.language,
    )


def date_label(iso: str) -> str:
    """A date as people write it; what is no date as it stands."""
    try:
        return dates.label(iso) if iso else ""
    except DateError:
        return iso


def paragraphs_of(reader: IndexReader) -> Mapping[str, int]:
    """How many paragraphs each document has."""
    found = service.facet_values(reader, SearchRequest(), "symbol", limit=reader.manifest.documents + 1)
    return {value.value: value.count for value in found.facet.flat()}
