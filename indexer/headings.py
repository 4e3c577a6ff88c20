"""Which blocks are headings, and which headings stand above each paragraph.

Converters put ``#`` signs on some headings, the wrong number of them on others and none on many, so a heading is told
by its form and its neighbours, and its depth by its numbering first ("II." above "B." above "3.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from indexer import enumerators, layout
from indexer.blocks import Block

LONGEST_TITLE = 400
"""Characters: agenda items' titles are the longest headings there are."""

SHORTEST_LIST = 3
"""Lines that look like titles, one below the other, from which they are a list."""

LONGEST_UNNUMBERED, LONGEST_SUBTITLE = 25, 60
"""Words of an unnumbered title: in running text, and right below an annex's number."""

_AGENDA = re.compile(r"^(?:agenda\s+)?items?\s+\d+", re.IGNORECASE)
_DRAFT = re.compile(
    r"^(?:draft\s+)?(?:resolution|decision)\s+(?:[IVXLC]+|\d+(?:/\d+)?|[A-Z])\b(?!\s+of|/)", re.IGNORECASE
)
_PART = re.compile(
    r"^(?:part|chapter|section|(?:sub)?programme)\s+(?P<number>[IVXLC]+|\d+|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_PROVISION = re.compile(
    r"^(?:article|rule|principle|guideline|goal|target|standard|step)\s+(?P<number>\d{1,3})\b", re.IGNORECASE
)
_ASKS = re.compile(r"^(?:What|How|Why|Who|Where|When|Which|Is|Are|Do|Does|Can)\b")
_CAPTION = re.compile(r"^(?:figure|table|box|chart|map|graph)\s+(?:\d+|[IVXLC]+|[A-Z])\b", re.IGNORECASE)
_MEASURE = re.compile(r"^\([^()]{4,}\)$")
"""What stands in parentheses below a title ("(Thousands of United States dollars)") and holds for the table below."""

_ROLE = re.compile(r"^[A-Z][\w’' .-]{2,40}(?:\s?\([^)]{1,40}\))?\s?:\s+\S")

Rank = Literal[
    "annex",
    "subtitle",
    "agenda",
    "draft",
    "part",
    "chapter",
    "ROMAN",
    "LETTER",
    "arabic",
    "decimal",
    "letter",
    "roman",
    "caption",
    "",
]
_DEPTH = {rank: depth for depth, rank in enumerate(get_args(Rank))} | {"ROMAN": 5, "chapter": 5, "caption": 99}


def mark_headings(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with the unmarked headings marked and what is wrongly marked as one taken back to text."""
    blocks = [_demoted(block) for block in blocks]
    flow = [index for index, block in enumerate(blocks) if block.kind in {"text", "heading", "row"}]
    texts = [blocks[index] for index in flow]
    numbers = _neighbouring_numbers(texts)
    found = [_is_heading(texts, place) and not _is_counted(texts[place], numbers[place]) for place in range(len(texts))]
    found = _without_lists(texts, found)
    out = list(blocks)
    for place, index in enumerate(flow):
        if found[place] and out[index].kind == "text":
            out[index] = replace(out[index], kind="heading")
        elif not found[place] and out[index].kind == "heading":
            out[index] = replace(out[index], kind="text", level=0)
    return out


def _neighbouring_numbers(flow: Sequence[Block]) -> list[tuple[int, int]]:
    """For each block, the numbers of the numbered paragraphs above and below it (0 where there is none)."""
    own = [_paragraph_number(block) for block in flow]
    above, below = [0] * len(own), [0] * len(own)
    for place in range(1, len(own)):
        above[place] = own[place - 1] or above[place - 1]
    for place in range(len(own) - 2, -1, -1):
        below[place] = own[place + 1] or below[place + 1]
    return list(zip(above, below, strict=True))


def _paragraph_number(block: Block) -> int:
    marker, rest = enumerators.split(block.text)
    arabic = marker.reading("arabic") if marker and marker.dress == "dot" and block.kind == "text" else None
    return arabic.value if arabic and layout.ends_sentence(rest) else 0


def _is_counted(block: Block, neighbours: tuple[int, int]) -> bool:
    """Whether a numbered line is the paragraph that the numbering misses, printed bold and so taken for a heading."""
    marker, _ = enumerators.split(block.text)
    arabic = marker.reading("arabic") if marker else None
    return arabic is not None and neighbours == (arabic.value - 1, arabic.value + 1) and arabic.value > 1


def _demoted(block: Block) -> Block:
    """A heading that reads as a paragraph (a sentence, a numbered item, an organ's line) is text."""
    if block.kind != "heading":
        return block
    text = block.text
    sentence = layout.has_sentence_break(text) or (layout.ends_sentence(text) and len(text.split()) > 12)
    unnumbered = enumerators.split(text)[0] is None
    cut = layout.starts_lower(text) and unnumbered
    spoken = unnumbered and text.endswith(".") and len(text.split()) > 2 and layout.ends_sentence(text)
    announces = text.endswith(":") and (not unnumbered or len(text.split()) > 12)
    ends_item = text.endswith((";", ",")) or announces
    if (
        sentence
        or cut
        or spoken
        or ends_item
        or layout.is_unfinished(text)
        or len(text) > LONGEST_TITLE
        or _is_furnished(text)
    ):
        return replace(block, kind="text", level=0)
    return block


def _is_furnished(text: str) -> bool:
    """Whether a line is what no heading is: a signature, a voting list's label, a list of sponsors."""
    return layout.is_signature(text) or layout.is_vote_label(text) or layout.is_sponsor_list(text)


def _is_heading(flow: Sequence[Block], place: int) -> bool:
    block = flow[place]
    following = flow[place + 1] if place + 1 < len(flow) else None
    if block.kind == "heading":
        return _is_known(block) or following is None or not _goes_on(following)
    if block.kind != "text" or block.marker or _is_known(block):
        return False
    if following is None or _goes_on(following) or _is_item(flow, place):
        return False
    if place > 0 and layout.is_vote_label(flow[place - 1].text):
        return False
    if layout.is_organ_line(following.text) and not _is_furnished(block.text):
        return _reads_as_title(block.text, LONGEST_TITLE)
    subtitle = place > 0 and flow[place - 1].kind != "row" and layout.is_part(flow[place - 1].text)
    return _reads_as_title(block.text, LONGEST_SUBTITLE if subtitle else LONGEST_UNNUMBERED)


def _is_known(block: Block) -> bool:
    """Whether the format shows what the block is."""
    return block.whole and not block.unsure


def _goes_on(following: Block) -> bool:
    """Whether the block below only completes a sentence, so that the one above it was cut."""
    return (
        following.kind == "text"
        and layout.starts_lower(following.text)
        and enumerators.split(following.text)[0] is None
    )


def _reads_as_title(text: str, longest: int) -> bool:
    """Whether a line has the form of a title; ``longest`` is how many words an unnumbered one may have."""
    marker, title = enumerators.split(text)
    if not title or len(text) > LONGEST_TITLE or layout.is_signature(text) or layout.is_closing(text):
        return False
    if layout.is_part(text) or any(pattern.match(text) for pattern in (_AGENDA, _DRAFT, _PART, _PROVISION)):
        return len(text) < LONGEST_TITLE and not layout.has_sentence_break(text) and not text.endswith((".", ";"))
    first = next((char for char in title if char.isalnum()), "")
    if (
        not first
        or first.islower()
        or title[-1] in ".,;:!"
        or layout.is_unfinished(title)
        or layout.ends_in_citation(title)
    ):
        return False
    if (
        layout.has_sentence_break(title)
        or title.startswith(("“", '"', "‘", "["))
        or title.count("“") > title.count("”")
    ):
        return False
    words = len(title.split())
    if title.endswith("?") and not _ASKS.match(title):
        return False
    if marker is None:
        return words <= longest and not _ROLE.match(title)
    style = marker.readings[0].style
    return words <= {"ROMAN": 60, "LETTER": 60, "arabic": 30, "decimal": 30}.get(style, 15)


def _is_item(flow: Sequence[Block], place: int) -> bool:
    """Whether a marked line is one item of a list: its next or last neighbour carries the next or last marker."""
    marker, _ = enumerators.split(flow[place].text)
    if marker is None:
        return False
    for other, step in ((place + 1, 1), (place - 1, -1)):
        if 0 <= other < len(flow) and flow[other].kind == "text":
            neighbour, _ = enumerators.split(flow[other].text)
            if neighbour is not None and neighbour.dress == marker.dress and _follow(marker, neighbour, step):
                return True
    return False


def _follow(one: enumerators.Enumerator, two: enumerators.Enumerator, step: int) -> bool:
    return any(a.style == b.style and b.value == a.value + step for a in one.readings for b in two.readings)


def _without_lists(flow: Sequence[Block], found: Sequence[bool]) -> list[bool]:
    """Three or more unnumbered title-like lines in a row, none of them marked as a heading, are a list's lines."""
    out = list(found)
    start = 0
    while start < len(flow):
        end = start
        while end < len(flow) and found[end] and _is_plain_guess(flow[end]):
            end += 1
        last = end > start and end < len(flow) and not found[end] and _is_list_line(flow[end])
        if end - start + last >= SHORTEST_LIST:
            out[start:end] = [False] * (end - start)
        start = max(end, start + 1)
    return out


def _is_list_line(block: Block) -> bool:
    """Whether a text could be one more line of a list of names: it is short and ends no sentence."""
    text = block.text
    short = block.kind == "text" and len(text.split()) <= LONGEST_UNNUMBERED
    return short and (text[-1:].isalnum() or text.endswith(")")) and not layout.starts_lower(text)


def _is_plain_guess(block: Block) -> bool:
    text = block.text
    named = any(pattern.match(text) for pattern in (_AGENDA, _DRAFT, _PART, _PROVISION)) or layout.is_part(text)
    known = layout.is_chapter(text) or layout.is_contents(text) or layout.is_agenda_part(text)
    usual = known or bool(enumerators.roman_value(text))
    return block.kind == "text" and enumerators.split(text)[0] is None and not named and not usual


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open: its title, what ranks it, its place in its sequence, and its depth in the format."""

    title: str
    rank: Rank
    value: int
    level: int


class Outline:
    """The headings that stand above the place reached so far; :meth:`open` takes the next heading."""

    def __init__(self, titles: Sequence[str] = ()) -> None:
        """``titles`` are all headings of the document: a chapter's name that recurs is no chapter's name."""
        self._times = Counter(title.strip(" .:").casefold() for title in titles)
        self._stack: list[_Open] = []
        self._fresh_part = False

    @property
    def path(self) -> tuple[str, ...]:
        """The titles of the open headings, outermost first."""
        return tuple(each.title for each in self._stack)

    def close_to(self, depth: int) -> None:
        """Close the headings below the outermost ``depth``."""
        del self._stack[depth:]

    def content(self, *, row: bool = False) -> None:
        """Say that a paragraph or a table's ``row`` was met: a caption holds for rows, a subtitle stands above both."""
        self._fresh_part = False
        if not row:
            self._close_captions()

    def _close_captions(self) -> None:
        while self._stack and self._stack[-1].rank == "caption":
            self._stack.pop()

    def open(self, title: str, level: int = 0) -> None:
        """Take the next heading; ``level`` is its depth in the format, 0 where it has none."""
        entry = self._ranked(title, level)
        if entry.rank != "caption":
            self._close_captions()
        if entry.rank == "caption":
            self._open_caption(entry)
        elif entry.rank == "subtitle":
            self._stack.append(entry)
        elif not entry.rank:
            self._open_unnumbered(entry)
        elif not self._continues_sequence(entry):
            self._open_ranked(entry)
        self._fresh_part = entry.rank == "annex"

    def _open_caption(self, entry: _Open) -> None:
        if _CAPTION.match(entry.title):
            self.content()
        self._stack.append(entry)

    def _ranked(self, title: str, level: int) -> _Open:
        if _CAPTION.match(title) or _MEASURE.match(title):
            return _Open(title, "caption", 0, level)
        if layout.is_part(title):
            return _Open(title, "annex", 0, level)
        if _AGENDA.match(title):
            return _Open(title, "agenda", 0, level)
        if _DRAFT.match(title):
            return _Open(title, "draft", 0, level)
        part = _PART.match(title)
        if part:
            return _Open(title, "part", enumerators.roman_value(part.group("number")), level)
        provision = _PROVISION.match(title)
        if provision:
            return _Open(title, "decimal", int(provision.group("number")), level)
        marker, _ = enumerators.split(
            title if not enumerators.roman_value(title) or not title.isupper() else f"{title}. x"
        )
        if marker is not None:
            reading = self._reading(marker)
            return _Open(title, reading.style, reading.value, level)
        if layout.is_chapter(title) and self._is_main(title, level):
            return _Open(title, "chapter", 0, level)
        titled = bool(self._stack) and bool(_CAPTION.match(self._stack[-1].title))
        return _Open(title, "caption" if titled else "subtitle" if self._fresh_part else "", 0, level)

    def _is_main(self, title: str, level: int) -> bool:
        """Whether a chapter's name names a chapter here, not a part of the chapter that is open."""
        numbered = next((each for each in self._stack if each.rank in {"ROMAN", "arabic", "LETTER"}), None)
        deeper = numbered is not None and 0 < numbered.level < level
        return not deeper and self._times[title.strip(" .:").casefold()] <= 2

    def _reading(self, marker: enumerators.Enumerator) -> enumerators.Reading:
        """The reading that goes on with an open sequence, else the likelier one."""
        for reading in marker.readings:
            if any(each.rank == reading.style and each.value == reading.value - 1 for each in self._stack):
                return reading
        first = [reading for reading in marker.readings if reading.value == 1]
        return (first or list(marker.readings))[0]

    def _continues_sequence(self, entry: _Open) -> bool:
        for place in range(len(self._stack) - 1, -1, -1):
            other = self._stack[place]
            if entry.value > 1 and other.rank == entry.rank and other.value == entry.value - 1:
                self._stack[place:] = [entry]
                return True
        return False

    def _open_ranked(self, entry: _Open) -> None:
        depth = _DEPTH[entry.rank]
        if entry.rank == "LETTER" and entry.value == 1 and self._arabic_is_outermost():
            self._stack.append(entry)
            return
        keep = 0
        for place, each in enumerate(self._stack):
            if each.rank and _DEPTH[each.rank] < depth:
                keep = place + 1
        # an unnumbered heading right above the first of a sequence holds it ("Recommendations", then "1.")
        holds = entry.value == 1 and entry.rank not in {"ROMAN"}
        while holds and keep < len(self._stack) and not self._stack[keep].rank:
            keep += 1
        self._stack[keep:] = [entry]

    def _arabic_is_outermost(self) -> bool:
        numbered = [each.rank for each in self._stack if each.rank in {"ROMAN", "LETTER", "arabic"}]
        return numbered == ["arabic"]

    def _open_unnumbered(self, entry: _Open) -> None:
        while self._stack and not self._stack[-1].rank and not 0 < self._stack[-1].level < entry.level:
            self._stack.pop()
        while self._stack and self._shallower(entry, self._stack[-1]):
            self._stack.pop()
        self._stack.append(entry)

    def _shallower(self, entry: _Open, other: _Open) -> bool:
        """Whether the format says that ``entry`` stands above the numbered heading that is open."""
        if other.rank in {"annex", "subtitle", "agenda", "draft", "part"}:
            return False
        if other.rank == "chapter":
            return not 0 < other.level < entry.level
        beside = any(each.rank and each.level == entry.level for each in self._stack)
        return beside and 0 < entry.level < other.level


def is_agenda_title(title: str) -> bool:
    """Whether a heading names an agenda item ("Agenda item 2: Implementation of ...")."""
    return bool(_AGENDA.match(title))
