"""Names near one that is not there, for the page that says so."""

from __future__ import annotations

import difflib

from pilcrow.engine import gazetteer
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.fields import FACETS
from pilcrow.search.profiles import sessions
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


def nearest_states(name: str) -> tuple[Option, ...]:
    """The States that came after one that is no more, else those whose names or codes resemble ``name``; then all."""
    after = [state.code for state in gazetteer.successors(name)]
    known = [state.code for near in gazetteer.nearest(name, SHOWN) if (state := gazetteer.lookup(near))]
    begun = [state.code for state in gazetteer.states() if len(name) == len(state.code) and _begins(state.code, name)]
    found = dict.fromkeys(after or (*begun, *known))
    return (
        *(Option(label=gazetteer.state(code).name, url=urls.state_url(code)) for code in list(found)[:SHOWN]),
        Option(label="All States", url=urls.STATES),
    )


def _begins(code: str, typed: str) -> bool:
    """Whether all but the last letter of a code was typed."""
    return code[:-1] == typed[:-1].upper()


def nearest_sessions(reader: IndexReader, key: str) -> tuple[Option, ...]:
    """The sessions whose keys or names resemble ``key`` most, then the list of all."""
    known = sessions(reader)
    names = {name.casefold(): each.key for each in known.values() for name in (each.label, each.key)}
    close = difflib.get_close_matches(key.casefold(), list(names), n=SHOWN, cutoff=0.6)
    found = dict.fromkeys(names[name] for name in close)
    return (
        *(Option(label=known[each].label, url=urls.session_url(each)) for each in found),
        Option(label="All sessions", url=urls.SESSIONS),
    )


def nearest_facets(facet: str) -> tuple[Option, ...]:
    """The facets, the nearest in name first."""
    close = difflib.get_close_matches(facet.casefold(), [field.key for field in FACETS], n=1)
    ordered = sorted(FACETS, key=lambda field: field.key not in close)
    return tuple(Option(label=field.label, url=urls.facet_url(field.key, SearchRequest())) for field in ordered)
