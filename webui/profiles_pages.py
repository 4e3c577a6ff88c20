"""The pages of States and of sessions, and the same as JSON."""

from __future__ import annotations

from flask import Flask, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from pilcrow.engine import gazetteer
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import UNKNOWN
from pilcrow.search import profile_records, profiles
from pilcrow.search.request import SearchRequest
from webui import urls
from webui.errors import NotHereError
from webui.library import Library
from webui.nearest import nearest_sessions, nearest_states
from webui.session_view import session_page, sessions_page
from webui.state_view import state_page, states_page


class ProfilePages:
    """What there is of each State and of each session of one site."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def register(self, app: Flask) -> None:
        """Give each page its address."""
        app.add_url_rule("/states", view_func=self.states, strict_slashes=False)
        app.add_url_rule("/states/<name>", view_func=self.state)
        app.add_url_rule("/sessions", view_func=self.sessions, strict_slashes=False)
        app.add_url_rule("/sessions/<path:key>", view_func=self.session)
        app.add_url_rule("/api/states", endpoint="api_states", view_func=self.api_states)
        app.add_url_rule("/api/states/<name>", endpoint="api_state", view_func=self.api_state)
        app.add_url_rule("/api/sessions", endpoint="api_sessions", view_func=self.api_sessions)
        app.add_url_rule("/api/sessions/<path:key>", endpoint="api_session", view_func=self.api_session)

    def states(self) -> str | WerkzeugResponse:
        """The list of States; with ``name`` the State that is called so."""
        name = request.args.get("name", "").strip()
        if name:
            return redirect(urls.state_url(name))
        with self.library.reader() as reader:
            view = states_page(profiles.state_entries(reader))
        return render_template("states.html", view=view, here="states")

    def state(self, name: str) -> str | WerkzeugResponse:
        """One State by its code; any other name of it leads there, and that of a region to its States."""
        found = _named(name)
        if found is None:
            return redirect(urls.search_url(SearchRequest().with_value("state", UNKNOWN)))
        if isinstance(found, gazetteer.Region):
            return redirect(urls.region_url(found.code if not found.parent else _continent(found)))
        if found.code != name:
            return redirect(urls.state_url(found.code), code=301)
        with self.library.reader() as reader:
            view = state_page(profiles.state_profile(reader, found.code))
        return render_template("state.html", view=view, here="states")

    def sessions(self) -> str:
        """The list of sessions."""
        with self.library.reader() as reader:
            view = sessions_page(reader, profiles.session_entries(reader))
        return render_template("sessions.html", view=view, here="sessions")

    def session(self, key: str) -> str | WerkzeugResponse:
        """One session by its key."""
        if key == UNKNOWN:
            return redirect(urls.search_url(SearchRequest().with_value("session", UNKNOWN)))
        with self.library.reader() as reader:
            profile = profiles.session_profile(reader, key)
            if profile is None:
                same = _spelled(reader, key)
                if same:
                    return redirect(urls.session_url(same), code=301)
                raise _no_session(reader, key)
        return render_template("session.html", view=session_page(profile), here="sessions")

    def api_states(self) -> Response:
        """All States, with how many paragraphs cite each."""
        with self.library.reader() as reader:
            listed = profile_records.states_to_list(profiles.state_entries(reader))
        return jsonify({"total": len(listed), "states": listed})

    def api_state(self, name: str) -> Response:
        """One State, by its code or any of its names."""
        found = _named(name)
        if not isinstance(found, gazetteer.State):
            raise _no_state(name)
        with self.library.reader() as reader:
            profile = profiles.state_profile(reader, found.code)
        record = profile_records.state_to_dict(profile, urls.identifier_url)
        return jsonify({**record, "url": urls.state_url(found.code)})

    def api_sessions(self) -> Response:
        """All sessions, with how much of each is here."""
        with self.library.reader() as reader:
            listed = profile_records.sessions_to_list(profiles.session_entries(reader))
        return jsonify({"total": len(listed), "sessions": listed})

    def api_session(self, key: str) -> Response:
        """One session, by its key."""
        with self.library.reader() as reader:
            profile = profiles.session_profile(reader, key) or profiles.session_profile(reader, _spelled(reader, key))
            if profile is None:
                raise _no_session(reader, key)
        record = profile_records.session_to_dict(profile, urls.identifier_url)
        return jsonify({**record, "url": urls.session_url(profile.session.key)})


def _named(name: str) -> gazetteer.State | gazetteer.Region | None:
    """What ``name`` names, None for "unknown"; raises ``NotHereError`` where it names nothing."""
    if name.casefold() == UNKNOWN:
        return None
    found = gazetteer.resolve(name)
    if found is None:
        raise _no_state(name)
    return found


def _no_state(name: str) -> NotHereError:
    after = gazetteer.successors(name)
    said = f"“{name}” is no more; after it came:" if after else f"No State is called “{name}”."
    return NotHereError(said, nearest_states(name))


def _no_session(reader: IndexReader, key: str) -> NotHereError:
    return NotHereError(f"No document here is of a session “{key}”.", nearest_sessions(reader, key))


def _continent(region: gazetteer.Region) -> str:
    """The region of the list that the States of ``region`` stand in."""
    while region.parent:
        region = gazetteer.region(region.parent)
    return region.code


def _spelled(reader: IndexReader, key: str) -> str:
    """The key of the session that is called ``key`` in other letters, or whose label that is; "" where none is."""
    wanted = " ".join(key.split()).casefold()
    for session in profiles.sessions(reader).values():
        if wanted in (session.key.casefold(), session.label.casefold()):
            return session.key
    return ""
