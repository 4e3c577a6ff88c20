"""A document in a list of documents: what it is, the best of what matches in it, and the way to the rest."""

from __future__ import annotations

from dataclasses import dataclass

from pilcrow.engine import symbols
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import DocumentGroup, HitView, Results
from webui import urls
from webui.hit_view import HitCard, hit_card
from webui.search_view import plural
from webui.shelf_view import date_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A paragraph that matches, under its document: ``place`` is what its citation says beside the symbol."""

    place: str
    card: HitCard


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard:
    """One document found: ``url`` opens it at its best paragraph, ``within_url`` lists all that match in it."""

    title: str
    url: str
    symbol: str
    provisional: bool
    date: str
    date_label: str
    session: str
    type: str
    language: str
    matching: str
    within_url: str
    matches: tuple[Match, ...]


def group_cards(results: Results) -> tuple[GroupCard, ...]:
    """The documents of a page that lists documents."""
    return tuple(group_card(group, results.request) for group in results.groups)


def group_card(group: DocumentGroup, request: SearchRequest) -> GroupCard:
    """One document with its links: ``request`` asks for it, and marks what matches."""
    document = group.document
    return GroupCard(
        title=document.title or document.id,
        url=urls.document_url(document.id, anchor=group.hits[0].anchor, request=request),
        symbol=", ".join(document.symbols) or document.id,
        provisional=document.provisional,
        date=document.date,
        date_label=date_label(document.date),
        session="; ".join(session.label for session in document.sessions),
        type=symbols.type_name(document.type) if document.type else "",
        language=document.language,
        matching=plural(group.paragraphs, "matching paragraph"),
        within_url=urls.search_url(within(request, document.id)),
        matches=tuple(Match(place=_place(hit), card=hit_card(hit, request)) for hit in group.hits),
    )


def within(request: SearchRequest, symbol: str) -> SearchRequest:
    """The paragraphs that ``request`` finds in one document."""
    return request.cleared("symbol").with_value("symbol", symbol).with_unit("paragraph")


def _place(hit: HitView) -> str:
    """Where in its document: without the symbol, which stands above, and headings in words, as the section does."""
    place = hit.citation.removeprefix(hit.symbol).lstrip(", ")
    return place.rpartition("”, ")[2] or hit.citation
