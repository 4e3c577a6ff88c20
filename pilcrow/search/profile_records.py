"""Profiles as plain values for JSON. ``url`` gives the address of a paragraph's or document's id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pilcrow.engine import gazetteer
from pilcrow.engine.model import Session
from pilcrow.search.profiles import SessionEntry, SessionProfile, StateEntry, StateProfile, Tally
from pilcrow.search.results import hit_to_dict

Url = Callable[[str], str]


def state_to_dict(profile: StateProfile, url: Url) -> dict[str, Any]:
    """How a State is cited; every count is of paragraphs, and a name that was not counted has None."""
    return {
        **_state(profile.state),
        "names": [
            {
                "name": each.name.text,
                "kind": each.name.kind,
                "language": each.name.language,
                "paragraphs": each.paragraphs,
            }
            for each in profile.names
        ],
        "paragraphs": profile.paragraphs,
        "documents": profile.documents,
        "sessions": _tallies(profile.sessions),
        "pillars": _tallies(profile.pillars),
        "years": _tallies(profile.years),
        "cited_in": _tallies(profile.cited_in),
        "cited_as": _tallies(profile.cited_as),
        "beside": _tallies(profile.beside),
        "newest": [hit_to_dict(hit, url) for hit in profile.newest],
    }


def session_to_dict(profile: SessionProfile, url: Url) -> dict[str, Any]:
    """What the index holds of a session; every count is of paragraphs."""
    return {
        **_session(profile.session),
        "paragraphs": profile.paragraphs,
        "documents": [
            {
                "symbol": document.id,
                "title": document.title,
                "date": document.date,
                "paragraphs": count,
                "url": url(document.id),
            }
            for document, count in profile.documents
        ],
        "agenda": [{**tally, "depth": each.depth} for tally, each in _with_depths(profile.agenda)],
        "pillars": _tallies(profile.pillars),
        "states": _tallies(profile.states),
        "newest": [hit_to_dict(hit, url) for hit in profile.newest],
    }


def states_to_list(entries: Iterable[StateEntry]) -> list[dict[str, Any]]:
    """All States, each with how many paragraphs cite it."""
    return [{**_state(each.state), "paragraphs": each.paragraphs} for each in entries]


def sessions_to_list(entries: Iterable[SessionEntry]) -> list[dict[str, Any]]:
    """All sessions of the index, each with how many documents and paragraphs are of it."""
    return [
        {**_session(each.session), "documents": len(each.documents), "paragraphs": each.paragraphs} for each in entries
    ]


def _state(state: gazetteer.State) -> dict[str, Any]:
    return {
        "code": state.code,
        "name": state.name,
        "formal": state.formal,
        "observer": state.observer,
        "region": {"value": state.region, "label": gazetteer.region(state.region).label},
        "group": {"value": state.group, "label": gazetteer.region(state.group).label} if state.group else None,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "key": session.key,
        "label": session.label,
        "body": session.body,
        "number": session.number,
        "start": session.start,
        "end": session.end,
    }


def _tallies(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    return [{"value": each.key, "label": each.label, "count": each.count} for each in tallies]


def _with_depths(tallies: tuple[Tally, ...]) -> Iterable[tuple[dict[str, Any], Tally]]:
    return zip(_tallies(tallies), tallies, strict=True)
