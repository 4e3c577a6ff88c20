"""What a masthead said, and what follows from it: the title as one, the body, the type, the sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer import bodies, layout
from indexer.sessions import make_session, ordinal_value
from pilcrow.engine import dates, symbols
from pilcrow.engine.model import AgendaItem, DateKind, Session

_NUMBERED_TITLE = re.compile(
    r"^(?:(?:E?S-)?\d{1,4}/(?:\d{1,4}|…|\.{3})|\d{3,4}\s?[A-Z]?\s?\((?:[IVXLC]+|\d{4})\))\.?\s+(?=\S)"
)
_REPORT_ON_SESSIONS = re.compile(
    r"\bReport\s(?:of\sthe\s.{3,120}\s)?on\s(?:its|the)\s(?P<ordinals>[a-z, -]+?)\ssessions?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_REPORT_WITHIN = re.compile(
    r"\b(?:annual|audit|biennial|evaluation|final|interim|joint|progress|quadrennial|quarterly)\sreport\b(?!s)",
    re.IGNORECASE,
)
_BY_SYMBOL = frozenset(["resolution", "verbatim record", "summary record", "decision", "presidential statement"])
_DRAFTS = {"resolution": "draft resolution", "decision": "draft decision"}


UNKNOWN_BODY = "?"
"""Whose session it is that stands below the name of a body which the table does not know."""

ORGANS = frozenset(["A", "S", "E"])
"""The organs whose committees' documents have symbols that begin as their own do."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A session as it is printed: its number, or its special name ("ES-10", "2025-annual"), and its days.

    ``body`` is whose it is as far as the lines above it say so, "" where they do not.
    """

    number: int | None = None
    special: str = ""
    start: str = ""
    end: str = ""
    body: str = ""


@dataclass
class Masthead:
    """What the masthead says. Mutable while it is being read; only the modules of the masthead and the parser see it.

    ``supplement`` says that it is the cover of a supplement to an organ's official records; ``speaking`` is the body
    named last, whose session stands below it; ``meeting`` that it is a record of one; ``language`` the only one that
    the document says it is in.
    """

    symbols: list[str] = field(default_factory=list)
    reissued: bool = False
    title_lines: list[str] = field(default_factory=list)
    resolution: str = ""
    submission: str = ""
    draft: str = ""
    date: str = ""
    date_kind: DateKind = ""
    adopted: str = ""
    bodies: list[str] = field(default_factory=list)
    sessions: list[Printed] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    original_language: str = ""
    place: str = ""
    supplement: bool = False
    speaking: str = ""
    meeting: bool = False
    language: str = ""

    @property
    def title(self) -> str:
        """The title's lines as one, a line that only names a type ("Draft report") set off from the next."""
        title = ""
        lines = (_NUMBERED_TITLE.sub("", line) for line in self.title_lines)
        for line in _without_repeats(lines, of_cover=self.supplement):
            broken = layout.is_unfinished(title) or layout.starts_lower(line)
            title = f"{title} {line}" if title and broken else f"{title} – {line}" if title else line
        if self.supplement and title.casefold().startswith("report on") and self._most_particular:
            title = f"{symbols.body_name(self._most_particular)} – {title}"
        named = next((item.title for item in self.agenda if item.title), "")
        return title or self.submission or self.resolution or named

    @property
    def body(self) -> str:
        """The key of the issuing body: as the first symbol has it, else the most particular one that a line names."""
        by_symbol = (symbols.parse(symbol).body for symbol in self.symbols)
        return next((body for body in by_symbol if body), self._most_particular)

    @property
    def _most_particular(self) -> str:
        return max(self.bodies, key=lambda key: (key.count("/"), len(key)), default="")

    @property
    def type(self) -> str:
        """The key of the type of document: as the title's lines begin, else as the symbol has it."""
        by_symbol = next((kind for kind in (symbols.parse(symbol).type for symbol in self.symbols) if kind), "")
        by_title = self.draft or next((kind for kind in map(_type_of, self.title_lines) if kind), "")
        by_title = by_title or ("report" if any(map(_REPORT_WITHIN.search, self.title_lines)) else "")
        if by_symbol == "draft":
            return _DRAFTS.get(by_title, by_title) or by_symbol
        return by_symbol if by_symbol in _BY_SYMBOL else by_title or by_symbol


def sessions(found: Masthead, body: str) -> tuple[Session, ...]:
    """The sessions that masthead and symbol give: the issuing body's first, then those of others that are named.

    Where the symbol names the session, the symbol is right: the masthead only adds the days.
    """
    symbol = symbols.parse(found.symbols[0]) if found.symbols else None
    printed = list(_merged(found.sessions))
    own = [each for each in printed if _owner(each.body) in {"", _owner(body)}] or printed[:1]
    if own and own[0].body == UNKNOWN_BODY and body in ORGANS:
        committee = symbol.subsidiary if symbol else ""  # one that the table does not know: it is not the organ's
        body, own = (committee, own) if committee else (body, [])
    others = [each for each in printed if each not in own and each.body and each.body != UNKNOWN_BODY]
    if symbol and symbol.session:
        own = [_as_in_symbol(symbol, own)]
    made = [_made(body, each) for each in own] + [_made(each.body, each) for each in others]
    unique = {session.key: session for session in reversed(made) if session}
    return tuple(dict.fromkeys(unique[session.key] for session in made if session))


def reported_sessions(found: Masthead) -> Iterator[Printed]:
    """The sessions that a supplement's title reports on ("Report on the fifty-sixth session (4-7 March 2025)")."""
    for line in found.title_lines:
        named = _REPORT_ON_SESSIONS.search(line)
        numbers = re.findall(r"[a-z]+(?:-[a-z]+)?", named.group("ordinals").casefold()) if named else []
        values = [value for value in map(ordinal_value, numbers) if value]
        days = dates.days(named.group("rest").strip(" ()*")) if named and len(values) == 1 else None
        body = max([*found.bodies, *bodies.named_in(line)], key=lambda key: (key.count("/"), len(key)), default="")
        for value in values:
            yield Printed(number=value, start=days.start if days else "", end=days.end if days else "", body=body)


def _as_in_symbol(symbol: symbols.Symbol, own: Sequence[Printed]) -> Printed:
    number, special = symbol.session_number, symbol.session if symbol.session_number is None else ""
    same = (each for each in own if (each.number, each.special) == (number, special))
    days = next(same, next((each for each in own if each.number is None and not each.special), Printed()))
    return replace(days, number=number, special=special)


def _made(body: str, printed: Printed) -> Session | None:
    number = None if printed.special else printed.number
    return make_session(body, number=number, special=printed.special, start=printed.start, end=printed.end)


def _merged(printed: Sequence[Printed]) -> Iterator[Printed]:
    """The sessions printed, one that is printed twice (on a cover and inside) once, with its days."""
    kept: dict[tuple[int | None, str, str], Printed] = {}
    for each in printed:
        key = (each.number, each.special, _owner(each.body))
        before = kept.get(key)
        kept[key] = each if before is None or (each.start and not before.start) else before
    yield from kept.values()


def _owner(body: str) -> str:
    """Whose sessions those of ``body`` are."""
    known = symbols.bodies().get(body)
    return known.session_of if known else body


def _without_repeats(lines: Iterator[str], *, of_cover: bool) -> Iterator[str]:
    """The lines without repetitions: the first or the one just said, on a cover any that its second page says again."""
    said: list[str] = []
    for line in lines:
        words = " ".join(re.findall(r"\w+", line.casefold()))
        earlier = said if of_cover else [*said[:1], *said[-1:]]
        if words and not any(words == before or (of_cover and words in before) for before in earlier):
            said.append(words)
            yield line


def _type_of(line: str) -> str:
    plain = bodies.plain(_NUMBERED_TITLE.sub("", line))
    return next((kind for cue, kind in symbols.type_titles() if re.match(rf"{re.escape(cue)}\b", plain)), "")
