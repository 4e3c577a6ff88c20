"""From a search to the pages of the States and sessions that are chosen in it."""

from __future__ import annotations

from pilcrow.engine import gazetteer
from pilcrow.engine.model import UNKNOWN
from pilcrow.search.results import Results
from webui import urls
from webui.facets_view import Option

SHOWN = 3
"""Of more chosen values none is what the search is about."""


def profile_links(results: Results) -> tuple[Option, ...]:
    """A link for each State and session that is chosen, where they are few."""
    request = results.request
    known = {state.code: state.name for state in gazetteer.states()}
    links = [Option(label=known[key], url=urls.state_url(key)) for key in request.of("state").include if key in known]
    sessions = results.facet("session")
    labels = {value.value: value.label for value in sessions.flat()} if sessions else {}
    links += [
        Option(label=labels[key], url=urls.session_url(key))
        for key in request.of("session").include
        if labels.get(key, key) != key and key != UNKNOWN  # one that the index does not know has no name
    ]
    return tuple(links) if len(links) <= SHOWN else ()
