"""What a document says of itself before its first paragraph: symbols, date, body, session, agenda item, title, type.

Every line of the masthead is asked what it is by a table of patterns; what none of them knows is the title. Nothing
is guessed: what no line says stays empty, and the catalogue may say it (:mod:`indexer.catalogue`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer import agenda, bodies, front_items, front_lines, layout
from indexer.blocks import Block
from indexer.front_lines import Line
from indexer.front_record import UNKNOWN_BODY, Masthead, Printed, reported_sessions, sessions
from indexer.sessions import numeral, ordinal_value, special_of, yearly_name
from pilcrow.engine import dates, symbols
from pilcrow.engine.model import AgendaItem

__all__ = ["Masthead", "read", "sessions"]

_KINDS = r"(?:regular|annual|resumed|substantive|special|organizational)"
_YEARLY = re.compile(
    rf"^(?:(?P<ordinal>[A-Za-z]+)\s)??(?:(?P<year>\d{{4}})\s)?(?P<kind>(?:{_KINDS}\s)*)session"
    r"(?(year)|,?\s(?:of\s)?(?P<year2>\d{4}))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_MEETING = re.compile(r"^(?P<number>\d{1,5})\s?(?:st|nd|rd|th)\s(?P<kind>(?:plenary\s)?meeting)\b(?P<rest>.*)$", re.I)
_DAY = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s(?P<date>\d{1,2}\s[A-Z][a-z]+\s\d{4})\b(?P<rest>.*)$")
_HELD = re.compile(r"\bheld\s(?:in|at)\s(?P<place>[A-Z][\w’'. -]{1,40}?),?\s(?:from|on)\s(?P<rest>.*\d{4})")
_SITTING = re.compile(
    r"^Held\s(?:at|in)\s(?:.*,\s)?(?P<place>[A-Z][^,]{2,30}),\son\s(?:[A-Z][a-z]+day,\s)?(?P<date>\d{1,2}\s[A-Z][a-z]+\s\d{4})\b"
)
_RESOLUTION_LINE = re.compile(r"^(?:Resolution|Decision)\s\d{1,4}(?:/\d+)?\s?(?:\(\d{4}\))?$", re.IGNORECASE)
_REPORT_OF = re.compile(r"^(?:Interim\s|Annual\s|Draft\s)?reports?\s(?:of|on)\b", re.IGNORECASE)
_IMPRINT = re.compile(r"^United\sNations\s?[•·]\s?.*\b(?P<year>\d{4})$")
_BRACKETED_DAY = re.compile(r"\[(?P<date>\d{1,2}\s[A-Z][a-z]+\s\d{4})\]$")
_SPONSORS_END = re.compile(r":\*{0,2}\s(?:revised\s|amended\s)?draft\s(?P<kind>resolution|decision)\W*$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s|,\s\d{1,2}(?:\.\d\d)?\s[ap]\.m\.")
_REISSUED = re.compile(r"\bre-?issue", re.IGNORECASE)
_ONLY = re.compile(r"^(?P<language>Arabic|Chinese|English|French|Russian|Spanish)(?:\sonly)?$", re.IGNORECASE)
_LANGUAGES = {"arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru", "spanish": "es"}
NOTES_LOOKED_AT, EARLY, LONGEST_DATE_LINE = 60, 200, 80
"""Blocks among which a star's note, and a supplement's own date, are looked for, and the most that its line holds."""


def read(front: Sequence[Block], others: Sequence[Block] = ()) -> Masthead:
    """The masthead in the blocks ``front``; ``others`` (all of the document) is asked for what stands elsewhere."""
    found, lines = Masthead(), front_lines.read(front)
    _take_lines(found, lines)
    _take_sponsors(found, others)
    if not found.symbols:
        _take_symbol_elsewhere(found, others)
    _take_resolution_symbol(found, [line.text for line in lines])
    found.reissued = _is_reissued(found, front, others)
    if found.supplement:
        _take_supplement(found, lines, others)
    return found


def _take_lines(found: Masthead, lines: Sequence[Line]) -> None:
    """Take every line; the titles of the agenda items are known from the lines around them."""
    named: set[int] = set()
    box = next((at for at, line in enumerate(lines) if front_lines.DISTRIBUTION.match(line.text)), 0)
    below = _first_of_session(lines, box)
    for at, line in enumerate(lines):
        if at < below and not front_lines.is_known(line.text):
            found.speaking = UNKNOWN_BODY if at > box else found.speaking
            continue  # a convention's name in the letterhead, or a body that the table does not know
        if found.meeting and line.text.strip(" :").casefold() == "agenda":
            return  # below it stands what the meeting was about, which its record says again
        if at in named or (at and _take_days_of_title(found, lines[at - 1].text, line.text)):
            continue
        was = len(found.agenda)
        _take(found, line.text)
        unnamed = [item for item in range(was, len(found.agenda)) if not found.agenda[item].title]
        if unnamed and front_lines.AGENDA.match(_unwrapped(line.text)):
            places = front_items.titles_below(lines, at, len(unnamed))
            named.update(places)
            _name_items(found, unnamed, [lines[place].text.strip(" *") for place in places])


def _first_of_session(lines: Sequence[Line], box: int) -> int:
    """The place of the line above which no title stands: that of the session or item, below the distribution's box."""
    if not box or any(front_lines.SUPPLEMENT.match(line.text) for line in lines):
        return 0
    forms = (front_lines.SESSION, _YEARLY, front_lines.AGENDA, front_lines.PLACE, front_lines.PLACE_LAST)
    after = range(box + 1, len(lines))
    first = next((at for at in after if any(form.match(lines[at].text) for form in forms)), box)
    titled = any(not front_lines.is_known(line.text) for line in lines[first + 1 :])
    return first if titled else 0


def _take_days_of_title(found: Masthead, above: str, line: str) -> bool:
    """The days in parentheses below a title's line that says which session it is about, as a part of that line."""
    follows = bool(found.title_lines) and found.title_lines[-1] == above.rstrip(" *")
    if not follows or not line.startswith("(") or next(dates.find(line), None) is None:
        return False
    found.title_lines[-1] = f"{found.title_lines[-1]} {line.rstrip(' *')}"
    return True


def _name_items(found: Masthead, items: Sequence[int], titles: Sequence[str]) -> None:
    for item, title in zip(items, front_items.assigned(titles, len(items)), strict=True):
        found.agenda[item] = AgendaItem(number=found.agenda[item].number, title=title)
        if title in found.title_lines:
            found.title_lines.remove(title)


def _is_reissued(found: Masthead, front: Sequence[Block], others: Sequence[Block]) -> bool:
    """Whether a symbol has a star that says so: its note, where there is one, may say something else."""
    starred = found.reissued or any(_is_starred_symbol(block) for block in front)
    notes = [block for block in others[:NOTES_LOOKED_AT] if block.kind == "note" and block.marker == "*"]
    return starred and (not notes or any(_REISSUED.search(note.text) for note in notes))


def _is_starred_symbol(block: Block) -> bool:
    return bool(front_lines.symbols_of(block.text)) and any(ref.marker.startswith("*") for ref in block.refs)


def _take_supplement(found: Masthead, lines: Sequence[Line], others: Sequence[Block]) -> None:
    """What only supplements to official records have: their own date before the contents, the sessions reported on."""
    found.sessions.extend(reported_sessions(found))
    early = (block.text for block in others[:EARLY] if len(block.text) <= LONGEST_DATE_LINE)
    day = next((found_day for found_day in map(_BRACKETED_DAY.search, early) if found_day), None)
    imprint = next((printed for printed in (_IMPRINT.match(line.text) for line in lines) if printed), None)
    if found.date:
        return
    if day:
        found.date, found.date_kind = dates.parse(day.group("date")), "distribution"
    elif imprint:
        found.date, found.date_kind = imprint.group("year"), "distribution"


def _take_sponsors(found: Masthead, blocks: Sequence[Block]) -> None:
    """The type of draft that a list of sponsors ends in ("Peru: draft resolution"), or who submits it, in the body."""
    for block in blocks[:NOTES_LOOKED_AT]:
        ends = None if found.draft else _SPONSORS_END.search(block.text)
        if ends:
            found.draft = f"draft {ends.group('kind').casefold()}"
        elif not found.draft:
            _take_submission(found, block.text)


def _take(found: Masthead, line: str) -> None:
    """Take what one line says; the first taker that knows the line is the only one."""
    takers = (
        _take_symbols,
        _take_records,
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
        _take_sitting,
        _take_submission,
        _take_body,
    )
    if not any(taker(found, line) for taker in takers):
        _take_title(found, line)


def _take_symbols(found: Masthead, line: str) -> bool:
    parsed = front_lines.symbols_of(line)
    for symbol in parsed:
        if str(symbol) not in found.symbols:
            found.symbols.append(str(symbol))
        found.reissued = found.reissued or symbol.reissued
    return bool(parsed)


def _take_records(found: Masthead, line: str) -> bool:
    """The lines of an organ's official records, whose session or year follows, and of their supplement."""
    if front_lines.SUPPLEMENT.match(line):
        found.supplement = True
        return True
    records = front_lines.RECORDS.match(line)
    if records is None:
        return False
    organ = symbols.parse(found.symbols[0]).parts[0] if found.symbols else ""
    found.speaking = organ if organ in symbols.bodies() else found.speaking
    if records.group("year"):
        found.sessions.append(Printed(special=records.group("year"), body=found.speaking))
    return True


def _take_noise(found: Masthead, line: str) -> bool:
    only = _ONLY.match(line)
    found.language = _LANGUAGES[only.group("language").casefold()] if only else found.language
    return bool(front_lines.NOISE.match(line)) or layout.is_notice(line) or front_lines.is_corner(line)


def _take_distribution(found: Masthead, line: str) -> bool:
    distribution = front_lines.DISTRIBUTION.match(line)
    rest = _unwrapped(distribution.group("rest") if distribution else line)
    printed = dates.days(rest)
    if distribution is None and printed is None:
        return False
    if printed and printed.start != printed.end:
        _add_days(found, printed)
    elif printed and not found.date:
        found.date, found.date_kind = printed.start, "distribution"
    return True


def _add_days(found: Masthead, days: dates.DateRange) -> None:
    """The days of the session printed last, or of one that has no number."""
    if not found.sessions:
        found.sessions.append(Printed(start=days.start, end=days.end, body=found.speaking))
    elif not found.sessions[-1].start:
        found.sessions[-1] = replace(found.sessions[-1], start=days.start, end=days.end)


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
        year, number = yearly.group("year") or yearly.group("year2"), ordinal_value(yearly.group("ordinal") or "")
        special = yearly_name(year, yearly.group("kind"), number)
        _add_session(found, Printed(special=special, body=found.speaking))
        _take_distribution(found, yearly.group("rest").strip(" ,*"))
        return True
    session = front_lines.SESSION.match(line)
    number = ordinal_value(session.group("ordinal")) if session else 0
    if session is None or not number:
        return False
    special = special_of(session.group("kind"), number)
    body = "S" if session.group("noun").casefold() == "year" else found.speaking
    body = "" if body == "S" and session.group("noun").casefold() == "session" else body  # the Council counts years
    if session.group("noun").casefold() != "meeting" or not _MEETING.match(line):
        _add_session(found, Printed(number=None if special else number, special=special, body=body))
    rest = session.group("rest").strip(" ,*")
    return _take_place(found, rest) or _take_distribution(found, rest) or True


def _add_session(found: Masthead, printed: Printed) -> None:
    """A session of the body that was named last; the days above it, where no session was above those, are its own."""
    above = found.sessions[-1] if found.sessions else None
    if above and above.number is None and not above.special:
        found.sessions[-1] = replace(printed, start=above.start, end=above.end)
    else:
        found.sessions.append(printed)


def _take_place(found: Masthead, line: str) -> bool:
    line = _unwrapped(line)
    place = front_lines.PLACE.match(line) or front_lines.PLACE_LAST.match(line)
    days = dates.days(_WEEKDAY.sub("", place.group("rest"))) if place else None
    if place is None or days is None:
        return False
    found.place = found.place or place.group("place")
    _add_days(found, days)
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
    """``line`` without the parentheses or brackets around all of it ("(Item 3 (b))", "[1 July 2030]")."""
    whole = line.startswith("(") and line.endswith(")") and line.count("(") == line.count(")")
    return line[1:-1] if whole or (line.startswith("[") and line.endswith("]")) else line


def _take_adoption(found: Masthead, line: str) -> bool:
    adopted = front_lines.ADOPTED.match(line)
    if adopted is None:
        return False
    printed = next(dates.find(adopted.group("date") or adopted.group("date2") or ""), None)
    if printed:
        found.adopted = found.adopted or printed.end
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
    found.meeting = True
    found.title_lines.append(f"{numeral(number)} {meeting.group('kind')}")
    printed = next(dates.find(meeting.group("rest")), None)
    if printed and not found.date:
        found.date, found.date_kind = printed.start, "meeting"
    return True


def _take_day(found: Masthead, line: str) -> bool:
    """The day of a record's meeting where it stands on a line of its own ("Friday, 21 March 1997, 6 p.m.")."""
    day = _DAY.match(line)
    printed = next(dates.find(day.group("date")), None) if day else None
    if day is None or printed is None:
        return False
    if not found.date:
        found.date, found.date_kind = printed.start, "meeting"
    seat = re.sub(r"^.*[ap]\.m\.,?", "", day.group("rest")).strip(" ,")
    return (bool(seat) and _take_seat(found, seat)) or True


def _take_seat(found: Masthead, line: str) -> bool:
    """The city of a meeting where it stands on a line of its own."""
    if not layout.is_seat(line):
        return False
    found.place = found.place or line.strip(" .*")
    return True


def _take_sitting(found: Masthead, line: str) -> bool:
    """Where and when a meeting sat, in its summary record ("Held at Headquarters, New York, on 6 May 2032")."""
    sitting = _SITTING.match(line)
    printed = next(dates.find(sitting.group("date")), None) if sitting else None
    if sitting is None or printed is None:
        return False
    found.place = found.place or sitting.group("place").strip()
    if not found.date:
        found.date, found.date_kind = printed.start, "meeting"
    return True


def _take_submission(found: Masthead, line: str) -> bool:
    """Who submits a draft, which is its title only where it has no other."""
    submitted = front_items.SUBMITTED.match(line)
    if submitted is None:
        return False
    found.draft = f"draft {submitted.group('kind').casefold()}"
    found.submission = found.submission or line.strip(" *")
    return True


def _take_body(found: Masthead, line: str) -> bool:
    """The name of a body; below the title only an organ's is one, any other stands in the title."""
    named = bodies.named_by(line)
    repeated = {*named} & {*found.bodies} if found.supplement else set()
    if not named or (found.title_lines and not repeated and not front_items.ORGANS & {*named}):
        return False
    found.bodies.extend(named)
    found.speaking = named[0]
    return True


def _take_title(found: Masthead, line: str) -> None:
    if _RESOLUTION_LINE.match(line):
        found.resolution = line
        return
    found.title_lines.append(line.rstrip(" *"))
    if line.endswith(")"):
        found.agenda.extend(AgendaItem(number=number) for number in agenda.heading_items(line))
    if _REPORT_OF.match(line):
        found.speaking = next(bodies.named_in(line), found.speaking)
    held = _HELD.search(line)
    if held is None:
        return
    days = dates.days(held.group("rest")) or next(dates.find(held.group("rest")), None)
    found.place = found.place or held.group("place")
    if days:
        _add_days(found, days)
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
