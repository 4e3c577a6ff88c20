"""What a document says of itself before its first paragraph: symbols, date, body, session, agenda item, title, type.

Every line of the masthead is asked what it is by a table of patterns; what none of them knows is the title. Nothing
is guessed: what no line says stays empty, and the catalogue may say it (:mod:`indexer.catalogue`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer import agenda, bodies, front_lines, layout
from indexer.blocks import Block
from indexer.readers.lines import SYMBOL_LINE
from indexer.sessions import make_session, numeral, ordinal_value
from pilcrow.engine import dates, symbols
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import AgendaItem, DateKind, Session

_YEARLY = re.compile(
    r"^(?:(?P<ordinal>[A-Za-z]+)\s)?(?:(?P<year>\d{4})\s)?(?:(?:regular|annual|resumed|substantive|special)\s)*session"
    r"(?(year)|\s(?:of\s)?(?P<year2>\d{4}))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_MEETING = re.compile(r"^(?P<number>\d{1,5})\s?(?:st|nd|rd|th)\s(?P<kind>(?:plenary\s)?meeting)\b(?P<rest>.*)$", re.I)
_DAY = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s(?P<date>\d{1,2}\s[A-Z][a-z]+\s\d{4})\b")
_HELD = re.compile(r"\bheld\s(?:in|at)\s(?P<place>[A-Z][\w’'. -]{1,40}?),?\s(?:from|on)\s(?P<rest>.*\d{4})")
_NUMBERED_TITLE = re.compile(r"^(?:\d{1,3}/\d{1,3}|\d{3,4}\s?[A-Z]?\s?\((?:[IVXLC]+|\d{4})\))\.?\s+(?=\S)")
_RESOLUTION_LINE = re.compile(r"^(?:Resolution|Decision)\s\d{1,4}(?:/\d+)?\s?(?:\(\d{4}\))?$", re.IGNORECASE)
_LANGUAGES = {"arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru", "spanish": "es"}


@dataclass
class Masthead:
    """What the masthead says. Mutable while it is being read; only this module and :mod:`indexer.parse` see it."""

    symbols: list[str] = field(default_factory=list)
    reissued: bool = False
    title_lines: list[str] = field(default_factory=list)
    resolution: str = ""
    draft: str = ""
    date: str = ""
    date_kind: DateKind = ""
    bodies: list[str] = field(default_factory=list)
    session_number: int | None = None
    session_special: str = ""
    session_start: str = ""
    session_end: str = ""
    agenda: list[AgendaItem] = field(default_factory=list)
    original_language: str = ""
    place: str = ""

    @property
    def title(self) -> str:
        """The title's lines as one, a line that only names a type ("Draft report") set off from the next."""
        lines = [_NUMBERED_TITLE.sub("", line) for line in self.title_lines]
        title = ""
        for line in dict.fromkeys(line for line in lines if line):
            broken = layout.is_unfinished(title) or layout.starts_lower(line)
            title = f"{title} {line}" if title and broken else f"{title} – {line}" if title else line
        return title or self.resolution

    @property
    def body(self) -> str:
        """The key of the issuing body: as the first symbol has it, else the most particular one that a line names."""
        for symbol in self.symbols:
            body = symbols.parse(symbol).body
            if body:
                return body
        return max(self.bodies, key=lambda key: (key.count("/"), len(key)), default="")

    @property
    def type(self) -> str:
        """The key of the type of document: as the title's lines begin, else as the symbol has it."""
        drafts = {"resolution": "draft resolution", "decision": "draft decision", "report": "draft report"}
        by_symbol = next((kind for kind in (symbols.parse(symbol).type for symbol in self.symbols) if kind), "")
        by_title = self.draft or next((kind for kind in map(_type_of, self.title_lines) if kind), "")
        if by_symbol == "draft":
            return drafts.get(by_title, by_title) or by_symbol
        if by_symbol in {"resolution", "verbatim record", "summary record", "decision", "presidential statement"}:
            return by_symbol
        return by_title or by_symbol


def read(front: Sequence[Block], others: Sequence[Block] = ()) -> Masthead:
    """The masthead in the blocks ``front``; ``others`` (the rest of the document) is only asked for a symbol."""
    found = Masthead(reissued=any(_is_starred_symbol(block) for block in front))
    lines = front_lines.read(front)
    unnamed: list[int] = []
    for at, line in enumerate(lines):
        more = any(not front_lines.is_known(later) for later in lines[at + 1 :])
        if unnamed and more and not front_lines.is_known(line):
            item = unnamed.pop(0)
            found.agenda[item] = AgendaItem(number=found.agenda[item].number, title=line.strip(" *"))
            continue
        was = len(found.agenda)
        _take(found, line)
        named = range(was, len(found.agenda))
        unnamed = [each for each in named if not found.agenda[each].title] or (unnamed if not named else [])
    found.draft = next((kind for block in others[:60] for kind in _sponsored(block.text)), "")
    if not found.symbols:
        _take_symbol_elsewhere(found, others)
    _take_resolution_symbol(found, lines)
    return found


def _sponsored(text: str) -> Iterator[str]:
    """The type of draft that a list of sponsors ends in ("Peru: draft resolution")."""
    ends = re.search(r":\*{0,2}\s(?:revised\s|amended\s)?draft\s(resolution|decision)\W*$", text)
    if ends:
        yield f"draft {ends.group(1)}"


def _is_starred_symbol(block: Block) -> bool:
    """Whether a symbol has a star beside it, which says that the document was reissued."""
    return bool(SYMBOL_LINE.match(block.text)) and any(ref.marker.startswith("*") for ref in block.refs)


def sessions(found: Masthead, body: str) -> tuple[Session, ...]:
    """The session that the masthead and the symbol give, as none or one."""
    symbol = symbols.parse(found.symbols[0]) if found.symbols else None
    special = symbol.session if symbol and symbol.session and symbol.session_number is None else found.session_special
    number = symbol.session_number if symbol and symbol.session_number is not None else found.session_number
    session = make_session(
        body, number=None if special else number, special=special, start=found.session_start, end=found.session_end
    )
    return (session,) if session else ()


def _take(found: Masthead, line: str) -> None:
    """Take what one line says; the first taker that knows the line is the only one."""
    takers = (
        _take_symbols,
        _take_noise,
        _take_distribution,
        _take_original,
        _take_session,
        _take_place,
        _take_agenda,
        _take_adoption,
        _take_meeting,
        _take_day,
        _take_seat,
        _take_body,
    )
    if not any(taker(found, line) for taker in takers):
        _take_title(found, line)


def _take_symbols(found: Masthead, line: str) -> bool:
    if not SYMBOL_LINE.match(line):
        return False
    try:
        parsed = symbols.parse_joint(line)
    except SymbolError:
        return False
    for symbol in parsed:
        if str(symbol) not in found.symbols:
            found.symbols.append(str(symbol))
        found.reissued = found.reissued or symbol.reissued
    return True


def _take_noise(_: Masthead, line: str) -> bool:
    return bool(front_lines.NOISE.match(line)) or layout.is_notice(line)


def _take_distribution(found: Masthead, line: str) -> bool:
    distribution = front_lines.DISTRIBUTION.match(line)
    rest = distribution.group("rest") if distribution else line
    printed = next(dates.find(rest), None)
    if distribution is None and (printed is None or rest.strip() != rest[slice(*printed.span)]):
        return False
    if printed and printed.start != printed.end and not found.session_start:
        found.session_start, found.session_end = printed.start, printed.end
    elif printed and printed.start == printed.end and not found.date:
        found.date, found.date_kind = printed.start, "distribution"
    return True


def _take_original(found: Masthead, line: str) -> bool:
    original = front_lines.ORIGINAL.match(line)
    if original is None:
        return False
    words = re.findall(r"[a-z]+", original.group("language").casefold())
    found.original_language = next((_LANGUAGES[word] for word in words if word in _LANGUAGES), "")
    return True


def _take_session(found: Masthead, line: str) -> bool:
    yearly = _YEARLY.match(line)
    if yearly:
        number = ordinal_value(yearly.group("ordinal") or "")
        found.session_special = f"{yearly.group('year') or yearly.group('year2')}" + (f"-{number}" if number else "")
        _take_distribution(found, yearly.group("rest").strip(" ,*"))
        return True
    session = front_lines.SESSION.match(line)
    number = ordinal_value(session.group("ordinal")) if session else 0
    if session is None or not number:
        return False
    if not session.group("kind") or session.group("kind").strip().lower() in {
        "regular",
        "resumed",
        "substantive",
        "annual",
    }:
        found.session_number = found.session_number or number
    _take_place(found, session.group("rest").strip(" ,*"))
    return True


def _take_place(found: Masthead, line: str) -> bool:
    place = front_lines.PLACE.match(line)
    printed = list(dates.find(place.group("rest"))) if place else []
    if place is None or not printed:
        return False
    found.place = found.place or place.group("place")
    if not found.session_start:
        found.session_start, found.session_end = printed[0].start, printed[-1].end
    return True


def _take_agenda(found: Masthead, line: str) -> bool:
    item = front_lines.AGENDA.match(_unwrapped(line))
    if item is None:
        return False
    title = (item.group("title") or "").strip(" *")
    numbers = list(agenda.expand(item.group("list")))
    known = {each.number for each in found.agenda}
    new = [number for number in numbers if number not in known]
    found.agenda.extend(AgendaItem(number=number, title=title if len(numbers) == 1 else "") for number in new)
    return bool(numbers)


def _unwrapped(line: str) -> str:
    """``line`` without the parentheses around all of it ("(Item 3 (b))")."""
    return line[1:-1] if line.startswith("(") and line.endswith(")") and line.count("(") == line.count(")") else line


def _take_adoption(found: Masthead, line: str) -> bool:
    adopted = front_lines.ADOPTED.match(line)
    if adopted is None:
        return False
    printed = next(dates.find(adopted.group("date") or adopted.group("date2")), None)
    if printed and not found.date:
        found.date, found.date_kind = printed.end, "adoption"
    if line.lower().startswith(("resolution", "decision")):
        found.bodies.extend(bodies.named_in(line))
    return True


def _take_meeting(found: Masthead, line: str) -> bool:
    """The number and day of a record's meeting ("71st plenary meeting, Tuesday, 21 December 2010, 3 p.m.")."""
    meeting = _MEETING.match(line)
    if meeting is None:
        return False
    number = int(meeting.group("number"))
    found.title_lines.append(f"{numeral(number)} {meeting.group('kind')}")
    printed = next(dates.find(meeting.group("rest")), None)
    if printed and not found.date:
        found.date, found.date_kind = printed.start, "meeting"
    return True


def _take_day(found: Masthead, line: str) -> bool:
    """The day of a record's meeting where it stands on a line of its own ("Friday, 21 March 1997, 6 p.m.")."""
    day = _DAY.match(line)
    printed = next(dates.find(day.group("date")), None) if day else None
    if printed is None:
        return False
    if not found.date:
        found.date, found.date_kind = printed.start, "meeting"
    return True


def _take_seat(found: Masthead, line: str) -> bool:
    """The city of a meeting where it stands on a line of its own."""
    if not layout.is_seat(line):
        return False
    found.place = found.place or line.strip(" .*")
    return True


def _take_body(found: Masthead, line: str) -> bool:
    named = list(bodies.named_by(line))
    found.bodies.extend(named)
    return bool(named)


def _take_title(found: Masthead, line: str) -> None:
    if _RESOLUTION_LINE.match(line):
        found.resolution = line
        return
    found.title_lines.append(line)
    if line.endswith(")"):
        found.agenda.extend(AgendaItem(number=number) for number in agenda.heading_items(line))
    held = _HELD.search(line)
    if held is None:
        return
    printed = list(dates.find(held.group("rest")))
    found.place = found.place or held.group("place")
    if printed and not found.session_start:
        found.session_start, found.session_end = printed[0].start, printed[-1].end
    found.bodies.extend(list(bodies.named_in(line))[:1])


def _take_symbol_elsewhere(found: Masthead, others: Sequence[Block]) -> None:
    """A symbol that stands alone on a line anywhere (a running header) where the masthead has none."""
    for block in others:
        if block.kind in {"text", "heading"} and _take_symbols(found, block.text):
            return


def _take_resolution_symbol(found: Masthead, lines: Sequence[str]) -> None:
    """The symbol in a Security Council resolution's title ("Resolution 2774 (2025)"), where the corner is lost."""
    for line in lines:
        named = re.match(r"^Resolution\s(\d{1,4})\s\((\d{4})\)$", line)
        if named and not found.symbols:
            found.symbols.append(f"S/RES/{named.group(1)} ({named.group(2)})")


def _type_of(line: str) -> str:
    plain = bodies.plain(_NUMBERED_TITLE.sub("", line))
    return next((kind for cue, kind in symbols.type_titles() if re.match(rf"{re.escape(cue)}\b", plain)), "")
