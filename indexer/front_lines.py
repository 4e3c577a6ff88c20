"""The printed lines of a masthead, whole again, and which of them say something that is known by its form.

Converters run columns together and cut long titles; here the lines are as they were meant, before
:mod:`indexer.masthead` asks each what it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer import bodies, front_foreign, layout
from indexer.blocks import Block
from pilcrow.engine import dates, symbols
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.symbols import Symbol

ORDINAL = r"(?:(?:one\s)?hundred(?:th)?(?:\sand)?[\s-]?)?(?:[a-z]+(?:y-[a-z]+)?|\d{1,3}(?:st|nd|rd|th))?"
SESSION = re.compile(
    rf"^(?:(?P<resumed>resumed)\s)?(?P<ordinal>{ORDINAL})\s(?P<kind>(?:(?:emergency|special|regular"
    rf"|resumed|substantive|annual|extraordinary|organizational)\s)*)"
    r"(?P<noun>session|meeting|year)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
DISTRIBUTION = re.compile(
    r"^Distr(?:\.|ibution)\s?:?\s*(?:(?:General|Limited|Restricted|Provisional)\b)?\.?\s*(?P<rest>.*)$", re.IGNORECASE
)
ORIGINAL = re.compile(r"^Original\s?:\s*(?P<language>.+)$", re.IGNORECASE)
_PLACE_NAME = r"[A-Z][\w’'. -]{1,40}?(?:,\s[A-Z][\w’'. -]{1,30}?)?(?:\s\([^()]{2,20}\))?"
PLACE = re.compile(rf"^(?P<place>{_PLACE_NAME}),\s(?P<rest>(?:\d|[A-Z][a-z]+day).*\d{{4}})\W*$")
PLACE_LAST = re.compile(rf"^(?P<rest>\d{{1,2}}\b.{{0,50}}\d{{4}}),\s(?P<place>{_PLACE_NAME})\W*$")
AGENDA = re.compile(
    r"^(?:[Pp]rovisional\s)?(?:[Aa]genda\s|AGENDA\s)?(?:[Ss]ub-?)?(?:[Ii]tems?|ITEMS?)\s?:?\s?(?P<list>\d(?:[\d\s(),.a-z–-]|(?<=\d)[A-F]\b)*?)"
    r"(?:\sof\sthe\s(?:provisional\s|preliminary\s|draft\s)*(?:agenda|list)\d?)?\**(?:\s*[:.–—]\s*|\s+|$)(?P<title>[A-Z*“].*)?$"
)
ADOPTED = re.compile(
    r"^(?:Resolution|Decision)s?\sadopted\sby\b(?:.*?\bon\s(?P<date>.*\d{4}))?|^Adopted\sby\b.*?\bon\s(?P<date2>.*\d{4})",
    re.IGNORECASE,
)
_LANGUAGE = "(?:Arabic|Chinese|English|French|Russian|Spanish)"
_NOISE = (
    r"The\s(?:General\sAssembly|Security\sCouncil)",
    r"United\sNations(?:\s[A-Z]{1,4})?|Nations\sUnies|Naciones\sUnidas|UNITED|NATIONS",
    rf"{_LANGUAGE}(?:(?:,\s|/|\sand\s){_LANGUAGE})*(?:\sonly)?",
    r"General|Limited|Restricted|Original|Provisional|Verbatim|Advance\s.*version",
    r"For\s(?:decision|information|action|discussion|participants\sonly)",
    r"Agenda|Executive\sBoard|Conference\sof\sthe\sParties",
    r"Page|Paragraphs?|Chapter|Note|(?:Executive\s)?Summary|Abstract|Annex(?:es)?",
    r"Supplement\sNo\.\s?\d+\s?[A-Z]?|United\sNations\s?[•·]\s?.*",
    r"(?:[A-Z]{1,3}\.)?\d{2}-\d{5}(?:\s?\([A-Z]\))?.{0,20}",
    r"\[\s?(?:on|without|adopted)\b.*",
    r"\*+",
)
"""Whole lines that say nothing which is kept: of the box of the distribution, labels, job numbers, imprints."""

NOISE = re.compile(
    rf"^(?:{'|'.join(_NOISE)})[.:]?$|^\[\s?(?:on\sthe\sreport|without\sreference)|^\*+\s\S", re.IGNORECASE
)
RECORDS = re.compile(r"^Official\sRecords(?:,?\s(?P<year>\d{4}))?$", re.IGNORECASE)
SUPPLEMENT = re.compile(r"^Supplement\sNo\.\s?\d+", re.IGNORECASE)
LONGEST_LINE = 1_000
"""Characters of a line that may be parted, or known by its form: what is longer is no line of a masthead."""

_ORGANS = "General Assembly|Security Council|Economic and Social Council|Human Rights Council"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a masthead; ``level`` is that of the heading it was set as, 0 for plain text or where none is known.

    ``starred`` says that a note's star stood beside it, ``plain`` that the format shows it to be no heading.
    """

    text: str
    level: int = 0
    starred: bool = False
    plain: bool = False


def read(front: Sequence[Block]) -> list[Line]:
    """The lines of the masthead in the blocks ``front``."""
    return list(_whole(_lines(front)))


def is_known(line: str) -> bool:
    """Whether the line is one of the kinds that a masthead has by its form, so that it is no part of a title."""
    return is_form(line) or bool(bodies.named_by(line))


@lru_cache(maxsize=2_048)
def is_form(line: str) -> bool:
    """Whether the line is known by its form alone, other than as a body's name."""
    if len(line) > LONGEST_LINE:
        return False
    patterns = (SESSION, DISTRIBUTION, ORIGINAL, PLACE, PLACE_LAST, AGENDA, ADOPTED, NOISE, RECORDS)
    known = any(pattern.match(line) for pattern in patterns) or is_corner(line)
    return known or bool(symbols_of(line)) or bool(_DATES.match(line) and dates.days(line.strip("[]()* ")))


def symbols_of(line: str) -> tuple[Symbol, ...]:
    """The symbols that ``line`` consists of, none where it says anything else."""
    if "/" not in line or len(line) > symbols.LONGEST_LINE:
        return ()
    try:
        return symbols.parse_joint(line)
    except SymbolError:
        return ()


def is_corner(line: str) -> bool:
    """Whether ``line`` is only the letters of an organ, which old mastheads print large in the corner ("A", "TD")."""
    return line.isupper() and line in symbols.heads()


def _lines(front: Sequence[Block]) -> Iterator[Line]:
    """The lines of the masthead, its columns one after the other; what converters ran together is parted again."""
    for is_row, blocks in itertools.groupby(front, key=lambda block: block.kind == "row"):
        if is_row:
            rows = itertools.zip_longest(*(block.cells for block in blocks), fillvalue="")
            yield from (line for column in rows for cell in column for line in _parted(cell))
            continue
        for block in blocks:
            if block.kind in {"text", "heading"}:
                starred = any(ref.marker.startswith("*") for ref in block.refs)
                level = block.level if block.kind == "heading" else 0
                plain = block.whole and block.kind == "text"
                yield from (replace(line, level=level, starred=starred, plain=plain) for line in _parted(block.text))


def _parted(text: str) -> Iterator[Line]:
    if len(text) > LONGEST_LINE:
        yield Line(text)
        return
    for printed in text.split("\n"):
        for part in _RUN_TOGETHER.split(printed):
            symbol, rest = _after_symbol(front_foreign.in_english(part.strip()))
            if symbol:
                yield Line(symbol)
            yield from (Line(each) for each in _without_body(rest))


def _after_symbol(line: str) -> tuple[str, str]:
    """A symbol that stands before a body's name or a date on one line, and the rest: ("A/80/1", "General Assembly")."""
    first, _, rest = line.partition(" ")
    if "/" not in first or not rest or not symbols_of(first):
        return "", line
    return (first, rest) if _DATED.match(rest) or bodies.name_at_start(rest) else ("", line)


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, a title that was printed on several joined where the words or the capitals show it."""
    held: Line | None = None
    for line in lines:
        if held and not is_known(held.text) and not is_known(line.text) and _is_rest_of_title(held.text, line.text):
            held = replace(held, text=f"{held.text} {line.text}", starred=held.starred or line.starred)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _is_rest_of_title(above: str, line: str) -> bool:
    capitals = above.isupper() and line.isupper() and layout.begins_unfinished(line)
    return capitals or bodies.begins_name(f"{above} {line}") or layout.is_unfinished(above) or layout.starts_lower(line)


def _without_body(line: str) -> Iterator[str]:
    """The bodies that a line begins with, each as a line of its own, and the rest of it."""
    while line:
        name = bodies.name_at_start(line)
        rest = line[len(name) :].lstrip()
        if not name or bodies.plain(line[: len(name)]) != name or not _follows_body(rest):
            break
        yield line[: len(name)]
        line = rest
    ends = _BODY_AND_SESSION.match(line)
    above = bodies.plain(ends.group("body")) if ends else ""
    name = next((name for name in bodies.names() if above.endswith(name)), "") if above else ""
    if ends and name:
        above = ends.group("body")[: -len(name)].strip()
        yield from filter(None, (above, ends.group("body")[-len(name) :], ends.group("session")))
    elif line:
        yield line


def _follows_body(rest: str) -> bool:
    """Whether ``rest`` is what may stand beside a body's name on one line: another line of the masthead, no title."""
    return is_known(rest) or bool(bodies.name_at_start(rest) or _BESIDE.match(rest))


_BESIDE = re.compile(rf"^(?:Distr|{_ORGANS}|Official\sRecords|[A-Z][a-z-]+\s(?:session|year)\b|\d)", re.IGNORECASE)
_BODY_AND_SESSION = re.compile(r"^(?P<body>[A-Z].{6,}?)\s(?P<session>[A-Z][a-z]+(?:-[a-z]+)?\s[Ss]ession)$")
_DATES = re.compile(r"^[(\[]?\d.*\d{4}\W*$")
_DATED = re.compile(r"^\d{1,2}\s[A-Z][a-z]+\s\d{4}\b")
_RUN_TOGETHER = re.compile(
    r"(?<=[a-z\d)*])\s+(?=(?:Original|ORIGINAL)\s?:|Distr\.|Agenda [Ii]tems?\s\d|(?<!Agenda )[Ii]tems?\s\d)|"
    r"(?<=[A-Z]{2})\s+(?=ORIGINAL\s?:)|"
    r"(?<=^United Nations)\s+(?=[A-Z]{1,8}/|[A-Z]{1,2}$|Distr|General Assembly|Security Council|Economic and)|"
    r"(?<=\b[Ss]ession)\s+(?=[A-Z])|(?<=[Ss]ession\s\d{4})\s+(?=\d{1,2}\b|[A-Z])|(?<=\d{4})\s+(?=(?:Original|English|ENGLISH)\b)|"
    rf"(?<=[ap]\.m\.)\s+(?=[A-Z])|(?<=[a-z])\s+(?=(?:{_ORGANS})\s[A-Z][a-z-]+\s(?:session|year)\b)|"
    r"(?<=\bmeeting)\s+(?=Official Records)|(?<=Official Records)\s+(?=[A-Z][a-z-]+\s[Ss]ession)|"
    r"(?<=\d)\s+(?=Supplement No\.)|"
    r"(?<=^Note)\s+(?=\[)|(?<=^Provisional)\s+(?=[A-Z][a-z-]+\s(?:[Ss]ession|[Yy]ear)\b)"
)
