"""The two sides of a table: which values of a facet stand there, what they are called, and in which order.

Of a facet with levels one is shown: States rather than regions, years rather than months. What has an order of its own
keeps it (sessions and dates time's, pillars and agenda items that in which they are printed); "unknown" stands last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pilcrow.engine import dates, gazetteer, symbols
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import DateError
from pilcrow.engine.fields import ANY, PILLARS
from pilcrow.engine.model import UNKNOWN, Session
from pilcrow.engine.symbols import natural_key
from pilcrow.search.facets import name_of

ORDERED = ("session", "date", "pillar", "agenda", "symbol")
"""The facets whose values have an order of their own; those of the others go by how many have them."""

_ISO_DAY = 10


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a facet that has several: the values with so many above them, from ``least`` to ``most``."""

    key: str
    label: str
    least: int
    most: int


LEVELS: Mapping[str, tuple[Level, ...]] = {
    "state": (Level("state", "States", 1, 1), Level("region", "Regions", 0, 0)),
    "date": (Level("year", "Years", 0, 0), Level("month", "Months", 1, 1)),
    "agenda": (Level("item", "Items", 1, 1), Level("part", "Items and their parts", 1, 9)),
}
"""The levels that are offered, the one that is shown first. Above an agenda item stands its session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The head of a row or column.

    ``short`` is for narrow places, and ``within`` what the value means nothing without (an item's session), or "".
    ``total`` counts what has the value, in the table's unit.
    """

    key: str
    label: str
    short: str
    within: str
    total: int

    @property
    def unknown(self) -> bool:
        """Whether it stands for those that have no value."""
        return self.key == UNKNOWN

    @property
    def full(self) -> str:
        """The label with what it means nothing without."""
        return f"{self.within}, {self.label[:1].lower()}{self.label[1:]}" if self.within else self.label


class Side:
    """The values of one facet in one index, on one level."""

    def __init__(self, reader: IndexReader, field: str, level: str = "") -> None:
        self._reader = reader
        self.field = field
        self.parents = reader.parents(field)
        levels = LEVELS.get(field, ())
        self.level = next((each for each in levels if each.key == level), levels[0] if levels else None)

    def headings(self, totals: Mapping[str, int]) -> tuple[Heading, ...]:
        """The heads of those values in ``totals`` that stand on the level, in order."""
        return tuple(self._heading(key, totals[key]) for key in self._ordered(totals))

    def by_name(self, headings: Iterable[Heading]) -> list[Heading]:
        """``headings`` in the values' own order, or by name where they have none."""
        if self.field in ORDERED:
            return list(headings)
        return sorted(headings, key=lambda each: (each.unknown, gazetteer.fold(each.label), each.key))

    def _ordered(self, totals: Mapping[str, int]) -> list[str]:
        keys = [key for key in totals if key not in (ANY, UNKNOWN) and self._is_shown(key)]
        match self.field:
            case "date":
                keys.sort()
            case "session":
                keys.sort(key=self._session_place)
            case "agenda":
                keys.sort(key=lambda key: (self._session_place(key.partition("|")[0]), natural_key(key)))
            case "pillar":
                keys.sort(key=list(PILLARS).index)
            case "symbol":
                keys.sort(key=natural_key)
            case _:
                keys.sort(key=lambda key: (-totals[key], gazetteer.fold(self._label(key)), key))
        return [*keys, UNKNOWN] if UNKNOWN in totals else keys

    def _is_shown(self, key: str) -> bool:
        return self.level is None or self.level.least <= self._depth(key) <= self.level.most

    def _depth(self, key: str) -> int:
        """How many values stand above this one; an agenda item of no session stands where others do."""
        depth = 0
        while parent := self.parents.get(key, ""):
            key, depth = parent, depth + 1
        return depth + (self.field == "agenda" and key not in self._agenda_sessions)

    @cached_property
    def _agenda_sessions(self) -> frozenset[str]:
        """The keys of the agenda facet that are sessions: an item's key has a bar after its session's."""
        return frozenset(parent for key, parent in self.parents.items() if key.startswith(f"{parent}|"))

    # ------------------------------------------------------------------------------------------------- names

    def _heading(self, key: str, total: int) -> Heading:
        label = self._label(key)
        session, bar, _ = key.partition("|")
        within = session_name(self._sessions.get(session), session) if bar and self.field == "agenda" else ""
        return Heading(key=key, label=label, short=self._short(key, label), within=within, total=total)

    def _label(self, key: str) -> str:
        return "Unknown" if key == UNKNOWN else name_of(self._reader, self.field, key)

    def _short(self, key: str, label: str) -> str:
        if key == UNKNOWN:
            return label
        match self.field:
            case "session":
                return session_name(self._sessions.get(key), key)
            case "body":
                known = symbols.bodies().get(key)
                return known.short if known else label
            case "agenda":
                return f"Item {key.rpartition('|')[2]}"
            case _:
                return label

    # -------------------------------------------------------------------------------------------------- time

    @cached_property
    def _sessions(self) -> Mapping[str, Session]:
        return {session.key: session for document in self._reader.documents() for session in document.sessions}

    @cached_property
    def _begun(self) -> Mapping[str, str]:
        """When each session began: as it says, or else not after the first of its documents.

        The numbered sessions of a body follow each other, even where an early document of one was dated sooner.
        """
        found = {session.key: session.start for session in self._sessions.values() if session.start}
        first: dict[str, str] = {}
        for document in self._reader.documents():
            for session in document.sessions:
                if document.date and document.date < first.get(session.key, "9999"):
                    first[session.key] = document.date
        found = {**first, **found}
        latest: dict[str, str] = {}
        numbered = [session for session in self._sessions.values() if session.number is not None]
        for session in sorted(numbered, key=lambda each: each.number or 0):
            begun = max(found.get(session.key, ""), latest.get(session.body, ""))
            found[session.key] = latest[session.body] = begun
        return found

    def _session_place(self, key: str) -> tuple[str, Sequence[object]]:
        """Where a session stands in time; of unknown time last."""
        return self._begun.get(key) or "9999", natural_key(key)


def session_name(session: Session | None, key: str) -> str:
    """A session in a few letters: "GA 79", "CSW 69", or the day on which a meeting began."""
    body, _, tail = key.rpartition("/")
    known = symbols.bodies().get(session.body if session and session.body else body)
    if known is None:
        return key
    try:
        return f"{known.short}, {dates.label(tail)}" if len(tail) == _ISO_DAY else f"{known.short} {tail}"
    except DateError:
        return f"{known.short} {tail}"
