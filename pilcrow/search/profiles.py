"""What an index holds of one State or one session: counts by everything else, and the newest paragraphs.

Each is answered by two or three requests to the engine, however large the index: the State or the session is the query,
and every facet is counted over it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilcrow.engine import analysis, gazetteer, symbols
from pilcrow.engine.contract import Answer, FacetCounts, FacetRequest, IndexReader, SearchPlan
from pilcrow.engine.fields import qualify
from pilcrow.engine.model import UNKNOWN, Document, Session
from pilcrow.engine.query import And, Everything, Exact, Query, Value
from pilcrow.search.citations import Targets
from pilcrow.search.facets import WHERE_LABELS
from pilcrow.search.request import ROLES, WHERES
from pilcrow.search.results import HitView
from pilcrow.search.snippets import Highlighter
from pilcrow.search.views import hit_view

NEWEST = 10
"""Paragraphs shown of a State or a session, those of the newest documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many paragraphs have one value: its ``key``, what people read, and how deep it stands in its facet."""

    key: str
    label: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A name of a State; ``paragraphs`` is how many that cite the State have these words, None where not counted."""

    name: gazetteer.Name
    paragraphs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateProfile:
    """How one State is cited: ``paragraphs`` and ``documents`` that do, and the paragraphs by each of the rest.

    ``cited_in`` says where (text, note, speaker), ``cited_as`` in which role, ``beside`` with which other States. All
    but years, the latest first, and the places are in falling order.
    """

    state: gazetteer.State
    paragraphs: int
    documents: int
    names: tuple[KnownName, ...]
    sessions: tuple[Tally, ...]
    pillars: tuple[Tally, ...]
    years: tuple[Tally, ...]
    cited_in: tuple[Tally, ...]
    cited_as: tuple[Tally, ...]
    beside: tuple[Tally, ...]
    newest: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEntry:
    """A State in the list of all, with how many paragraphs cite it."""

    state: gazetteer.State
    paragraphs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """A session in the list of all, with its documents in the index and how many paragraphs they have."""

    session: Session
    documents: tuple[Document, ...]
    paragraphs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionProfile:
    """What the index holds of one session: its documents with their paragraphs, and those by each of the rest."""

    session: Session
    paragraphs: int
    documents: tuple[tuple[Document, int], ...]
    agenda: tuple[Tally, ...]
    pillars: tuple[Tally, ...]
    states: tuple[Tally, ...]
    newest: tuple[HitView, ...]


def state_profile(reader: IndexReader, code: str) -> StateProfile:
    """The profile of the State with this alpha-3 ``code``; raises ``KeyError`` where there is none."""
    state = gazetteer.state(code)
    answer = _asked(reader, Value("state", code), ("session", "pillar", "date", "state"))
    shown = Highlighter(Everything(), lambda mention: mention.code == code)
    return StateProfile(
        state=state,
        paragraphs=answer.total,
        documents=answer.documents,
        names=_names(reader, state) if answer.total else tuple(KnownName(name=name) for name in state.names),
        sessions=_tallies(reader, answer, "session"),
        pillars=_tallies(reader, answer, "pillar"),
        years=_years(answer.facets["date"]),
        cited_in=_ways(reader, [(where, WHERE_LABELS[where], qualify(code, where=where)) for where in WHERES]),
        cited_as=_ways(reader, [(role, role, qualify(code, role=role)) for role in ROLES]),
        beside=tuple(each for each in _states(answer) if each.key != code),
        newest=_views(reader, answer, shown),
    )


def state_entries(reader: IndexReader) -> tuple[StateEntry, ...]:
    """All States of the gazetteer, by name, cited or not."""
    plan = SearchPlan(facets=(FacetRequest(field="state"),), sort="document", limit=0)
    counts = reader.search(plan).facets["state"]
    entries = [StateEntry(state=state, paragraphs=counts.get(state.code, 0)) for state in gazetteer.states()]
    return tuple(sorted(entries, key=lambda entry: gazetteer.fold(entry.state.name)))


def session_profile(reader: IndexReader, key: str) -> SessionProfile | None:
    """The profile of the session with this ``key``; None where no document of the index is of it."""
    session = sessions(reader).get(key)
    if session is None:
        return None
    answer = _asked(reader, Value("session", key), ("symbol", "agenda", "pillar", "state"))
    counts = answer.facets["symbol"]
    return SessionProfile(
        session=session,
        paragraphs=answer.total,
        documents=tuple((document, counts[document.id]) for document in reader.documents() if document.id in counts),
        agenda=_agenda(reader, answer.facets["agenda"], key),
        pillars=_tallies(reader, answer, "pillar"),
        states=_states(answer),
        newest=_views(reader, answer, Highlighter(Everything())),
    )


def session_entries(reader: IndexReader) -> tuple[SessionEntry, ...]:
    """All sessions of the index: body by body in the order of their names, of each the latest first."""
    plan = SearchPlan(facets=(FacetRequest(field="session"),), sort="document", limit=0)
    counts = reader.search(plan).facets["session"]
    held: dict[str, list[Document]] = {}
    for document in reader.documents():
        for session in document.sessions:
            held.setdefault(session.key, []).append(document)
    entries = [
        SessionEntry(session=session, documents=tuple(held[key]), paragraphs=counts.get(key, 0))
        for key, session in sessions(reader).items()
    ]
    entries.sort(key=_time, reverse=True)
    return tuple(sorted(entries, key=lambda entry: (symbols.body_name(entry.session.body), entry.session.body)))


def sessions(reader: IndexReader) -> Mapping[str, Session]:
    """The sessions that documents of the index are of, by key; of what several say of one, what says when it was."""
    found: dict[str, Session] = {}
    for document in reader.documents():
        for session in document.sessions:
            known = found.get(session.key)
            if known is None or (session.start and not known.start):
                found[session.key] = session
    return found


def _time(entry: SessionEntry) -> tuple[int, str]:
    """By number where sessions are counted, else by their first day, else by the date of their last document."""
    last = max((document.date for document in entry.documents), default="")
    return entry.session.number or 0, entry.session.start or last


def _asked(reader: IndexReader, query: Query, fields: Sequence[str]) -> Answer:
    """The newest paragraphs that match ``query``, and all counts of ``fields``."""
    facets = tuple(FacetRequest(field=field) for field in fields)
    return reader.search(SearchPlan(query=query, facets=facets, sort="newest", limit=NEWEST))


def _views(reader: IndexReader, answer: Answer, highlighter: Highlighter) -> tuple[HitView, ...]:
    targets = Targets(reader)
    return tuple(hit_view(hit, highlighter, targets) for hit in answer.hits)


def _tallies(reader: IndexReader, answer: Answer, field: str) -> tuple[Tally, ...]:
    """The counts of a facet without levels, "unknown" last."""
    labels = reader.labels(field)
    found = [
        Tally(key=key, label="Unknown" if key == UNKNOWN else labels.get(key, key), count=count)
        for key, count in _falling(answer.facets[field])
    ]
    return tuple(sorted(found, key=lambda tally: tally.key == UNKNOWN))


def _states(answer: Answer) -> tuple[Tally, ...]:
    """The States cited, not their regions and not "unknown"."""
    known = {state.code: state.name for state in gazetteer.states()}
    return tuple(
        Tally(key=key, label=known[key], count=count) for key, count in _falling(answer.facets["state"]) if key in known
    )


def _falling(counts: FacetCounts) -> list[tuple[str, int]]:
    """Keys and their ``counts``, the most frequent first, equals by key."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _years(counts: FacetCounts) -> tuple[Tally, ...]:
    years = [Tally(key=key, label=key, count=count) for key, count in counts.items() if len(key) == 4]
    unknown = [Tally(key=UNKNOWN, label="Unknown", count=count) for key, count in counts.items() if key == UNKNOWN]
    return (*sorted(years, key=lambda tally: tally.key, reverse=True), *unknown)


def _agenda(reader: IndexReader, counts: FacetCounts, session: str) -> tuple[Tally, ...]:
    """The items of one session in the order of the agenda, each above those that it is divided into."""
    labels, parents = reader.labels("agenda"), reader.parents("agenda")

    def depth(key: str) -> int:
        above = parents.get(key, "")
        return 0 if above in ("", session) else 1 + depth(above)

    found = [
        Tally(key=key, label=labels[key], count=count, depth=depth(key))
        for key, count in counts.items()
        if key.startswith(f"{session}|")
    ]
    return tuple(sorted(found, key=lambda tally: symbols.natural_key(tally.key)))


def _ways(reader: IndexReader, ways: Sequence[tuple[str, str, str]]) -> tuple[Tally, ...]:
    """How many paragraphs cite a State in each of some ways, those in which any does."""
    counts = reader.count([Value("state", key) for _, _, key in ways])
    return tuple(
        Tally(key=way, label=label, count=count) for (way, label, _), count in zip(ways, counts, strict=True) if count
    )


def _names(reader: IndexReader, state: gazetteer.State) -> tuple[KnownName, ...]:
    """Every name once, with how many of the paragraphs that cite the State have its words.

    Names that are looked for in no text are not counted, nor are abbreviations: in words alone "US" is "us".
    """
    by_words = dict(_by_words(state))
    counted = {
        words: And((Value("state", state.code), Exact(words)))
        for words, name in by_words.items()
        if name.in_text and name.kind != "abbreviation"
    }
    counts = dict(zip(counted, reader.count(tuple(counted.values())), strict=True))
    return tuple(KnownName(name=name, paragraphs=counts.get(words)) for words, name in by_words.items())


def _by_words(state: gazetteer.State) -> Iterator[tuple[tuple[str, ...], gazetteer.Name]]:
    """The names by their words: of two that differ in accents or case alone, the first."""
    seen = set()
    for name in state.names:
        words = tuple(analysis.forms(name.text))
        if words and words not in seen:
            seen.add(words)
            yield words, name
