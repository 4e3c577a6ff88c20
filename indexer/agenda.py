"""Which agenda items a paragraph belongs to, and why: its own words, its table's column, its headings, its document.

What a paragraph says of itself goes before what stands above it: under "Opening of the meeting", a paragraph that
says "statements were made on agenda items 2 to 5" is about those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer import enumerators
from indexer.segment import Unit
from pilcrow.engine.model import AgendaItem

_NUMBER = r"\d{1,3}(?:[A-F]\b|(?:\.\d{1,2}){1,3}(?!\d))?(?:\s?\([a-z]{1,2}\)(?:\s?\([ivx]+\))?)?"
_AND = r"\s?(?:,|;|-|–|\bto\b|\band\b|,\s?and\b|\bor\b)\s?"
_LIST = rf"{_NUMBER}(?:{_AND}(?:(?:sub-?)?items?\s)?(?:{_NUMBER}|\([a-z]{{1,2}}\)))*"
_ANYWHERE = re.compile(rf"\bagenda\s(?:sub-?)?items?\s(?P<list>{_LIST})", re.IGNORECASE)
_OF_AGENDA = re.compile(
    rf"\b(?:sub-?)?items?\s(?P<list>{_LIST})\s(?:of|on)\s(?:the|its)\s(?:provisional\s|draft\s)?agenda\b", re.IGNORECASE
)
_UNDER = re.compile(rf"\b[Uu]nder\s(?:sub-?)?items?\s(?P<list>{_LIST})")
_ELSEWHERE = re.compile(
    r"^\W{0,3}(?:of\s(?:that|the\s(?:previous|last))\s(?:meeting|session)|of\s(?:the|its)\s"
    r"(?:provisional\s)?(?:agenda\s)?(?:of|for)\s(?:its|the)\s[\w-]+\s(?:session|meeting)"
    r"|of\sthe\sprovisional\sagenda\s(?:of|for))"
)
_ELSEWHERE_AGENDA = re.compile(r"^\s(?:of|for)\s(?:its|the|that)\s[\w-]+(?:\s[\w-]+)?\s(?:session|meeting)")
_STEP = re.compile(
    r"(?P<join>-|–|\bto\b)?[\s,;]*(?:and\s|or\s)?(?:(?:sub-?)?items?\s)?(?:(?P<number>\d{1,3})(?P<item>(?:[A-F]\b|(?:\.\d{1,2}){1,3}(?!\d))?"
    r"(?:\s?\([a-z]{1,2}\))?(?:\s?\([ivx]+\))?)|(?P<letter>\([a-z]{1,2}\)))"
)
_CONSIDERED = re.compile(
    r"\b(?:considered|took up|discussed|examined|began (?:its )?consideration of|continued "
    r"(?:its )?consideration of|concluded (?:its )?consideration of|dealt with)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"\bagenda\b.*:$", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r"\b(?:agenda|provisional agenda)\b.*\bitems?\b|^items?$", re.IGNORECASE)
_ALONE = re.compile(rf"^(?:agenda\s)?items?\s{_NUMBER}(?:\s*\((?:continued|concluded|resumed)\))?$", re.IGNORECASE)
_HEADED = re.compile(rf"^(?:agenda\s)?items?\s{_NUMBER}\s*[:.–—-]\s*(?P<title>\S.*)$", re.IGNORECASE)
_AGAIN = r"\s*\((?:continued|concluded|resumed)\)"
_WORDS = re.compile(r"[^\W_]+")
FEWEST_WORDS = 4
"""Words that a heading and an item's title must share from the beginning where one of them is longer."""


def items_in(text: str) -> tuple[str, ...]:
    """The agenda items that ``text`` says it is about, as printed ("2", "2 (b)"); those of other sessions aside."""
    found: list[tuple[int, str]] = []
    for pattern, elsewhere in ((_ANYWHERE, _ELSEWHERE), (_OF_AGENDA, _ELSEWHERE_AGENDA), (_UNDER, _ELSEWHERE)):
        for match in pattern.finditer(text):
            if not elsewhere.match(text[match.end() :]):
                found.extend((match.start("list"), item) for item in expand(match.group("list")))
    return tuple(dict.fromkeys(item for _, item in sorted(found, key=lambda pair: pair[0])))


def expand(listed: str) -> Iterator[str]:
    """The items of a printed list: "2 to 4 and 5 (a) and (b)" -> 2, 3, 4, 5 (a), 5 (b)."""
    number, letter = "", ""
    for step in _STEP.finditer(listed):
        if step.group("letter"):
            yield from _letters(number, letter, step.group("letter"), joined=bool(step.group("join")))
            letter = step.group("letter")
            continue
        item = re.sub(r"\s?\(", " (", step.group("item"))
        if step.group("join") and number and not letter and not item and int(step.group("number")) - int(number) < 100:
            yield from (str(each) for each in range(int(number) + 1, int(step.group("number"))))
        number, letter = step.group("number"), item.strip()
        yield number + item


def _letters(number: str, first: str, last: str, *, joined: bool) -> Iterator[str]:
    if joined and len(first) == len(last) == 3:
        for code in range(ord(first[1]) + 1, ord(last[1])):
            yield f"{number} ({chr(code)})"
    yield f"{number} {last}"


def _list(units: Sequence[Unit], *, is_agenda: bool = False) -> Iterator[tuple[int, str, str]]:
    """The place, number and title of each item that the document's agenda lists; ``is_agenda``: it is an agenda."""
    if is_agenda:
        first = next((at for at, unit in enumerate(units) if unit.marker == "1" and not unit.parents), len(units))
        yield from _items_from(units, first, (), gaps=True)
        return
    for at, unit in enumerate(units):
        if not _ANNOUNCES.search(unit.text) or items_in(unit.text) or len(unit.text) > 400:
            continue
        found = list(_items_below(units, at))
        if len(found) > 1:
            yield from found
            return


def _items_below(units: Sequence[Unit], at: int) -> Iterator[tuple[int, str, str]]:
    chapeau = units[at]
    above = (*chapeau.parents, chapeau.marker) if chapeau.marker else ()
    for place, number, title in _items_from(units, at + 1, above):
        if units[place].section != chapeau.section:
            return
        yield place, number, title


def _items_from(
    units: Sequence[Unit], at: int, above: tuple[str, ...], *, gaps: bool = False
) -> Iterator[tuple[int, str, str]]:
    """The items numbered 1, 2, 3 from ``at`` on, with the markers ``above`` over each, up to what is none.

    ``gaps`` says that unnumbered paragraphs may stand between them.
    """
    number = "0"
    for place in range(at, len(units)):
        unit = units[place]
        if gaps and not unit.marker:
            continue
        if unit.parents[: len(above)] != above or not unit.marker:
            return
        depth = len(unit.parents) - len(above)
        if depth == 0 and unit.marker.isdigit() and int(unit.marker) > int(number):
            number = unit.marker
            yield place, number, _title(unit.text)
        elif number != "0" and unit.marker.endswith(")"):
            yield place, f"{number} ({unit.marker.strip('()')})", _title(unit.text)
        else:
            return


def _title(text: str) -> str:
    return text.strip().rstrip(".;:,").strip()


class Agenda:
    """What a document says of agenda items, asked paragraph by paragraph."""

    def __init__(
        self,
        units: Sequence[Unit],
        *,
        of_document: Sequence[AgendaItem] = (),
        session: str = "",
        is_agenda: bool = False,
    ) -> None:
        """``of_document``: the masthead's items; ``session``: the key that all get; ``is_agenda``: it is an agenda."""
        self._document = tuple(of_document)
        self._session = session
        listed = list(_list(units, is_agenda=is_agenda))
        self._titles = dict(_headed(units))
        self._titles |= {item.number: item.title for item in of_document if item.title}
        self._titles |= {number: title for _, number, title in listed}
        self._listed = {place: number for place, number, _ in listed}
        self._considered = dict(_considered(units))
        # A heading stands over many paragraphs, and a list of items has hundreds of titles to compare it with.
        self._by_heading: dict[str, tuple[str, ...]] = {}

    @property
    def titles(self) -> tuple[AgendaItem, ...]:
        """Every item whose title the document gives."""
        return tuple(self._item(number) for number in self._titles)

    def of(self, place: int, unit: Unit) -> tuple[AgendaItem, ...]:
        """The items of the unit at ``place``: the first of the sources below that gives any."""
        if place in self._listed:
            return (self._item(self._listed[place]),)
        column = _column(unit)
        if column is not None:
            return tuple(self._item(number) for number in column) or self._document
        numbers = items_in(unit.text) or self._from_headings(unit.section)
        if {*numbers} <= {item.number for item in self._document}:
            return self._document  # the whole document stands under these, whichever of them a paragraph names
        return tuple(self._item(number) for number in numbers)

    def _item(self, number: str) -> AgendaItem:
        return AgendaItem(number=number, session=self._session, title=self._titles.get(number, ""))

    def _from_headings(self, section: tuple[str, ...]) -> tuple[str, ...]:
        """What the nearest telling heading says: an item's number, its title, or what was considered under it."""
        for depth in range(len(section), 0, -1):
            heading = section[depth - 1]
            if heading not in self._by_heading:
                self._by_heading[heading] = heading_items(heading) or self._entitled(heading)
            numbers = self._by_heading[heading] or self._considered.get(section[:depth], ())
            if numbers:
                return numbers
        return ()

    def _entitled(self, heading: str) -> tuple[str, ...]:
        _, title = enumerators.split(heading)
        return tuple(number for number, entitled in self._titles.items() if _same_title(title, entitled))[-1:]


def heading_items(heading: str) -> tuple[str, ...]:
    """The items that a heading names ("Agenda item 2: ...", "... (agenda item 4)", "Item 3")."""
    begins = re.match(rf"^(?:agenda\s)?items?\s(?P<list>{_LIST})(?=\s*[:.–—-]|\s*$|\s+[A-Z]|{_AGAIN})", heading, re.I)
    if begins:
        return tuple(expand(begins.group("list")))
    ends = re.search(
        rf"\((?:agenda\s)?(?:sub-?)?items?\s(?P<list>{_LIST})(?:\sof\sthe\s(?:provisional\s)?agenda)?\)\s*$",
        heading,
        re.IGNORECASE,
    )
    return tuple(expand(ends.group("list"))) if ends else ()


def _headed(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """The number and title of each item that a heading gives both of ("Agenda item 3: Demand for services").

    A record prints the number on a line of its own ("Agenda item 66 (continued)"), and the title as a heading below.
    """
    for heading, below in dict.fromkeys(pair for unit in units for pair in pairwise((*unit.section, ""))):
        named = _HEADED.match(heading)
        numbers = heading_items(heading)
        if named and len(numbers) == 1:
            yield numbers[0], _title(named.group("title"))
        elif len(numbers) == 1 and below and _ALONE.match(heading) and not enumerators.split(below)[0]:
            yield numbers[0], _title(below)


def _considered(units: Sequence[Unit]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The sections whose first paragraph says which item was considered, and that item."""
    seen: set[tuple[str, ...]] = set()
    for unit in units:
        if unit.section in seen or not unit.section:
            continue
        seen.add(unit.section)
        numbers = items_in(unit.text) if _CONSIDERED.search(unit.text) else ()
        if numbers:
            yield unit.section, numbers


def _column(unit: Unit) -> tuple[str, ...] | None:
    """The items in a row's column of agenda items, None where its table has no such column."""
    at = next((at for at, cell in enumerate(unit.header) if _COLUMN.search(cell)), None)
    if at is None or at >= len(unit.cells):
        return None
    return tuple(expand(unit.cells[at]))


def _same_title(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= FEWEST_WORDS and long[: len(short)] == short)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return tuple(_WORDS.findall(plain))
