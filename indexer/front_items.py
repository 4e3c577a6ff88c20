"""Which lines of a masthead are the titles of its agenda items, and which are the document's own.

"Agenda items 3 and 4", the items' titles and the document's title stand one below the other. Where the file says how
its lines are set, a line that is set no larger than the session's is an item's title; elsewhere the lines are counted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from indexer import bodies, front_lines, layout
from indexer.front_lines import Line

SUBMITTED = re.compile(
    r"^(?:Revised\s|Amended\s)?draft\s(?P<kind>resolution|decision)\s"
    r"(?:submitted|proposed|sponsored|prepared|recommended)\b",
    re.IGNORECASE,
)
ORGANS = frozenset(["A", "S", "E"])
"""The organs whose names stand in a masthead's columns, below the other column's items."""

SMALLEST = 9
"""The level of plain text, below that of any heading."""

_REPORT_OF_COMMITTEE = re.compile(r"^Report\sof\sthe\b.*\bCommittee\b", re.IGNORECASE)


def titles_below(lines: Sequence[Line], at: int, items: int) -> list[int]:
    """The places of the lines that are the titles of the ``items`` whose numbers stand in the line at ``at``."""
    if lines[at].text.startswith("("):
        return [at - 1] if at and not front_lines.is_known(lines[at - 1].text) else []
    start = next((place for place in range(at + 1, len(lines)) if not _is_of_column(lines[place].text)), len(lines))
    places = list(itertools.takewhile(lambda place: _may_be_title(lines[place]), range(start, len(lines))))
    interrupted = bool(places) and places[-1] + 1 < len(lines) and _is_of_column(lines[places[-1] + 1].text)
    if interrupted:
        return places
    level = next((_level(line) for line in lines[:at] if front_lines.SESSION.match(line.text) and _level(line)), 0)
    if not level:
        return places[: min(items, len(places) - 1)] if len(places) > 1 else []
    if level == SMALLEST and places and lines[places[0]].level:
        level = _level_below_larger(lines, places)
    small = list(itertools.takewhile(lambda place: not 0 < lines[place].level < level, places))
    if small:
        return small
    below = lines[places[1]].text if len(places) > 1 else ""
    return places[:1] if items == 1 and _REPORT_OF_COMMITTEE.match(below) else []


def assigned(titles: Sequence[str], items: int) -> list[str]:
    """The title of each of the ``items``: one each, several lines of a single one as one, else none that is sure."""
    if items == 1:
        return [" – ".join(titles)]
    return list(titles) if len(titles) == items else [""] * items


def _level_below_larger(lines: Sequence[Line], places: Sequence[int]) -> int:
    """The level of the first lines where larger ones stand below, as the document's title does below its items'."""
    first = lines[places[0]].level
    other = next((lines[place].level for place in places if lines[place].level != first), 0)
    return first if 0 < other < first else SMALLEST


def _level(line: Line) -> int:
    return line.level or (SMALLEST if line.plain else 0)


def _may_be_title(line: Line) -> bool:
    if front_lines.is_form(line.text) or _is_submission(line):
        return False
    return not ORGANS & {*bodies.named_by(line.text)}


def _is_of_column(line: str) -> bool:
    """Whether the line stands beside or above items, so that no title of the document can be above it."""
    organ = bool(ORGANS & {*bodies.named_by(line)})
    return organ or (front_lines.is_form(line) and not front_lines.NOISE.match(line))


def _is_submission(line: Line) -> bool:
    """Whether the line says who submits a draft, below which its title stands."""
    return bool(SUBMITTED.match(line.text)) or layout.is_sponsor_list(line.text)
