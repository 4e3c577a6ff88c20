"""A paragraph found, and the tags of any paragraph, as links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from pilcrow.search.citations import Cited
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import HitView, PillarTag, StateTag
from pilcrow.search.views import distinct
from webui import urls
from webui.markup import marked

CITES_SHOWN = 4
"""How many of the documents that a hit cites are named with it: those that are here to be read."""

TAGS_SHOWN = 8
"""How many State tags stand open; a paragraph that lists a hundred States folds the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A State or pillar of a paragraph, as a link that narrows the search to it.

    ``aside`` says in which role it is cited, and in which note where it is ``noted`` alone.
    """

    label: str
    url: str
    aside: str = ""
    title: str = ""
    noted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """A paragraph's pillars, agenda items, and States (the first few, and the rest)."""

    states: tuple[TagView, ...] = ()
    folded: tuple[TagView, ...] = ()
    pillars: tuple[TagView, ...] = ()
    agenda: tuple[TagView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCard:
    """One paragraph found. ``place`` is its citation; where there is no symbol, ``work`` is the title before it."""

    work: str
    place: str
    url: str
    title: str
    document_url: str
    provisional: bool
    date: str
    date_label: str
    session: str
    session_url: str
    section: tuple[Markup, ...]
    snippet: Markup
    notes: tuple[tuple[str, Markup], ...]
    tags: Tags
    language: str
    speaker: Markup
    page: str
    page_url: str
    cites: tuple[TagView, ...]
    like_url: str


def hit_card(hit: HitView, request: SearchRequest) -> HitCard:
    """One hit with its links: to the paragraph with its matches marked, and to narrower searches."""
    work, place = named(hit)
    return HitCard(
        work=work,
        place=place,
        url=urls.document_url(hit.symbol, anchor=hit.anchor, request=request),
        title=hit.title,
        document_url=urls.document_url(hit.symbol),
        provisional=hit.provisional,
        date=hit.date,
        date_label=hit.date_label,
        session=hit.session,
        session_url=urls.search_url(_narrowed(request, "session", hit.session_key)) if hit.session_key else "",
        section=tuple(marked(html) for html in hit.section_html),
        snippet=marked(hit.snippet),
        notes=tuple((marker, marked(html)) for marker, html in hit.note_snippets),
        tags=tags(hit, request),
        language=hit.language,
        speaker=marked(hit.speaker_html),
        page=f"p. {hit.page}" if hit.page else "",
        page_url=urls.file_url(hit.symbol, page=hit.page) if hit.page else "",
        cites=cites(hit.cites, within=hit.symbol),
        like_url=urls.like_url(hit.id, hit.citation),
    )


def cites(cited: Iterable[Cited], *, within: str) -> tuple[TagView, ...]:
    """The first of what is cited that has a page here, each once; not the document that it stands ``within``."""
    there = {each.target: each for each in cited if each.target and each.target != within}
    return tuple(
        TagView(label=each.label, url=urls.identifier_url(target), title=each.title)
        for target, each in list(there.items())[:CITES_SHOWN]
    )


def named(hit: HitView) -> tuple[str, str]:
    """The title, or "", and the place: an identifier that Pilcrow made up tells people less than the title."""
    if not (hit.provisional and hit.title):
        return "", hit.citation
    return hit.title, hit.citation.removeprefix(hit.symbol).lstrip(", ")


class Tagged(Protocol):
    """What tags are made of: a hit or a paragraph of a document's page."""

    @property
    def states(self) -> tuple[StateTag, ...]:
        """The States that it cites."""
        ...

    @property
    def pillars(self) -> tuple[PillarTag, ...]:
        """The pillars that it is about."""
        ...

    @property
    def agenda(self) -> tuple[tuple[str, str], ...]:
        """Its agenda items, each as key and label."""
        ...


def tags(tagged: Tagged, request: SearchRequest) -> Tags:
    """A paragraph's tags as links that narrow ``request``."""
    states = tuple(_state(state, request) for state in distinct(tagged.states))
    return Tags(
        states=states[:TAGS_SHOWN],
        folded=states[TAGS_SHOWN:],
        pillars=tuple(_pillar(pillar, request) for pillar in tagged.pillars),
        agenda=tuple(_agenda(key, label, request) for key, label in tagged.agenda),
    )


def _state(state: StateTag, request: SearchRequest) -> TagView:
    role = "" if state.role == "mentioned" else state.role
    note = f"note {state.note}".strip() if state.where == "note" else ""
    return TagView(
        label=state.name,
        aside=", ".join(part for part in (role, note) if part),
        noted=state.where == "note",
        url=urls.search_url(_narrowed(request, "state", state.code)),
    )


def _pillar(pillar: PillarTag, request: SearchRequest) -> TagView:
    return TagView(
        label=pillar.label,
        url=urls.search_url(_narrowed(request, "pillar", pillar.key)),
        title=f"because of: {', '.join(pillar.cues)}" if pillar.cues else "",
    )


def _agenda(key: str, label: str, request: SearchRequest) -> TagView:
    """The number alone, with the item's title where the pointer rests: titles run over several lines."""
    number, _, title = label.partition(":")
    return TagView(label=number, url=urls.search_url(_narrowed(request, "agenda", key)), title=title.strip())


def _narrowed(request: SearchRequest, field: str, key: str) -> SearchRequest:
    return request if key in request.of(field).include else request.with_value(field, key)
