"""A session's page, and the list of all by body: its documents and what they are about, each figure a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pilcrow.engine import dates, symbols
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import DateError
from pilcrow.engine.model import Session
from pilcrow.search.profiles import SessionEntry, SessionProfile
from pilcrow.search.request import SearchRequest
from webui import urls
from webui.exports import LABELS, SUFFIXES
from webui.facets_view import Option
from webui.hit_view import HitCard, hit_card
from webui.search_view import plural
from webui.shelf_view import Volume, volume
from webui.spread_view import Spread, facet_spread, rows

DOCUMENTS, ITEMS, STATES = 40, 15, 15
"""How many documents, agenda items and States are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    """Everything that a session's page shows."""

    key: str
    name: str
    facts: tuple[str, ...]
    found: str
    all_url: str
    documents: tuple[Volume, ...]
    more_documents: Option | None
    spreads: tuple[Spread, ...]
    hits: tuple[HitCard, ...]
    hits_url: str
    exports: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session in the list: what its body calls it, when it was, and how much of it is here."""

    label: str
    url: str
    when: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySessions:
    """A body with its sessions, the latest first."""

    body: str
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage:
    """The list of all sessions."""

    lead: str
    bodies: tuple[BodySessions, ...]
    unknown: Option | None


def session_page(profile: SessionProfile) -> SessionPage:
    """``profile`` with its links."""
    session, asked = profile.session, SearchRequest().with_value("session", profile.session.key)
    count = len(profile.documents)
    every = Option(label=f"All {plural(count, 'document')}", url=urls.search_url(asked.with_unit("document")))
    return SessionPage(
        key=session.key,
        name=session.label,
        facts=tuple(_facts(session)),
        found=f"{plural(profile.paragraphs, 'paragraph')} of {plural(count, 'document')}",
        all_url=urls.search_url(asked),
        documents=tuple(volume(document, paragraphs) for document, paragraphs in profile.documents[:DOCUMENTS]),
        more_documents=every if count > DOCUMENTS else None,
        spreads=_spreads(profile, asked),
        hits=tuple(hit_card(hit, asked) for hit in profile.newest),
        hits_url=urls.search_url(asked.with_sort("newest")),
        exports=tuple(
            Option(label=LABELS[name], url=urls.export_url(asked, suffix)) for suffix, name in SUFFIXES.items()
        ),
    )


def sessions_page(reader: IndexReader, entries: Sequence[SessionEntry]) -> SessionsPage:
    """All sessions under their bodies, with the documents of which no session is known at the end."""
    without = sum(not document.sessions for document in reader.documents())
    asked = SearchRequest().with_value("session", "unknown").with_unit("document")
    return SessionsPage(
        lead=f"{plural(len(entries), 'session')}, by body, of each the latest first.",
        bodies=tuple(
            BodySessions(body=symbols.body_name(body) if body else "Other", sessions=tuple(map(_line, group)))
            for body, group in groupby(entries, key=lambda entry: entry.session.body)
        ),
        unknown=Option(label=f"{plural(without, 'document')} of no known session", url=urls.search_url(asked))
        if without
        else None,
    )


def _spreads(profile: SessionProfile, asked: SearchRequest) -> tuple[Spread, ...]:
    items = sorted((item for item in profile.agenda if not item.depth), key=lambda item: -item.count)
    tables = (
        Spread(
            key="agenda",
            title="By agenda item",
            what="Agenda item",
            rows=rows(items[:ITEMS], lambda key: SearchRequest().with_value("agenda", key)),
            more=Option(label="The whole agenda", url=urls.facet_url("agenda", asked)) if profile.agenda else None,
        ),
        facet_spread(asked, profile.pillars, field="pillar", what="pillar", shown=len(profile.pillars)),
        facet_spread(asked, profile.states, field="state", what="cited State", shown=STATES),
    )
    return tuple(table for table in tables if table.rows)


def _line(entry: SessionEntry) -> SessionLine:
    session = entry.session
    body = symbols.body_name(session.body) if session.body else ""
    own = session.label.removeprefix(f"{body}, ")
    return SessionLine(
        label=own[:1].upper() + own[1:],
        url=urls.session_url(session.key),
        when=_when(session),
        held=f"{plural(len(entry.documents), 'document')}, {plural(entry.paragraphs, 'paragraph')}",
    )


def _facts(session: Session) -> Iterator[str]:
    if session.body:
        yield symbols.body_name(session.body)
    if _when(session):
        yield _when(session)


def _when(session: Session) -> str:
    """The days of a session; "" where they are not known, or where its label says them."""
    try:
        days = dates.range_label(session.start, session.end) if session.start else ""
    except DateError:
        days = session.start
    return "" if days in session.label else days
