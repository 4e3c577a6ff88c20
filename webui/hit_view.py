"""A paragraph found, and the tags of any paragraph, as links."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from pilcrow.search.request import SearchRequest
from pilcrow.search.results import HitView, PillarTag, StateTag
from webui import urls
from webui.markup import marked

TAGS_SHOWN = 8
"""How many State tags stand open; a paragraph that lists a hundred States folds the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A State or pillar of a paragraph, as a link that narrows the search to it. ``aside`` says where it stands."""

    label: str
    url: str
    aside: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """A paragraph's States (the first few, and the rest) and pillars."""

    states: tuple[TagView, ...] = ()
    folded: tuple[TagView, ...] = ()
    pillars: tuple[TagView, ...] = ()


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
    section: tuple[str, ...]
    snippet: Markup
    notes: tuple[tuple[str, Markup], ...]
    tags: Tags
    language: str


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
        section=hit.section,
        snippet=marked(hit.snippet),
        notes=tuple((marker, marked(html)) for marker, html in hit.note_snippets),
        tags=tags(hit.states, hit.pillars, request),
        language=hit.language,
    )


def named(hit: HitView) -> tuple[str, str]:
    """The title, or "", and the place: an identifier that Pilcrow made up tells people less than the title."""
    if not (hit.provisional and hit.title):
        return "", hit.citation
    return hit.title, hit.citation.removeprefix(hit.symbol).lstrip(", ")


def tags(states: tuple[StateTag, ...], pillars: tuple[PillarTag, ...], request: SearchRequest) -> Tags:
    """A paragraph's tags, each State once: where it stands in the text as well as in a note, the text is enough."""
    views = []
    for state in _distinct(states):
        aside = f"note {state.note}".strip() if state.where == "note" else ""
        role = "" if state.role == "mentioned" else state.role
        views.append(
            TagView(
                label=state.name,
                aside=", ".join(part for part in (role, aside) if part),
                url=urls.search_url(_narrowed(request, "state", state.code)),
            )
        )
    return Tags(
        states=tuple(views[:TAGS_SHOWN]),
        folded=tuple(views[TAGS_SHOWN:]),
        pillars=tuple(
            TagView(
                label=pillar.label,
                url=urls.search_url(_narrowed(request, "pillar", pillar.key)),
                title=f"because of: {', '.join(pillar.cues)}" if pillar.cues else "",
            )
            for pillar in pillars
        ),
    )


def _narrowed(request: SearchRequest, field: str, key: str) -> SearchRequest:
    return request if key in request.of(field).include else request.with_value(field, key)


def _distinct(states: tuple[StateTag, ...]) -> tuple[StateTag, ...]:
    in_text = {state.code for state in states if state.where == "text"}
    kept = (state for state in states if state.where == "text" or state.code not in in_text)
    return tuple({state.code: state for state in reversed(tuple(kept))}.values())[::-1]
