"""Where the body begins: what stands before it is the masthead and the title, which are no paragraphs.

Two kinds of line in front are paragraphs all the same: who holds an office ("Rapporteur: ...") and who sponsors
a draft.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from indexer import enumerators, front_lines, layout, titles
from indexer.notes import Flow

_OFFICE = re.compile(
    r"^(?:Co-)?(?:Rapporteurs?|Chair(?:person|man|woman)?s?(?:-Rapporteur)?|Vice-Chairs?|Facilitators?|Moderators?)\s?:\s",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"^(?:United Nations|Distr(?:\.|ibution)|Original\s?:|ENGLISH|ORIGINAL|GENERAL|LIMITED"
    r"|General Assembly|Security Council|Economic and Social Council"
    r"|(?:Agenda )?[Ii]tems?\s\d|[\w-]+ (?:emergency |special |regular |resumed |substantive "
    r"|annual )*session\b|Official Records|Resolution adopted|Adopted by the|\[on the report)",
)
_CHAPTER = re.compile(r"^Chapter\s(?:[IVXLC]{1,6}|\d{1,2})\b", re.IGNORECASE)
_OFFICE_ALONE = re.compile(
    r"^(?:Co-|Vice-)?(?:Chair(?:person|man|woman)?|President|Rapporteur|Secretary)s?$", re.IGNORECASE
)
_MEETING = re.compile(r"^\d{1,5}\s?(?:st|nd|rd|th)\s(?:plenary\s)?meeting$", re.IGNORECASE)
_DAY = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d")
_FOOTNOTE = re.compile(r"^\*+\s\S")
_DAY_ALONE = re.compile(r"^\[\d{1,2}\s[A-Z][a-z]+\s\d{4}\]$")
_MEMBERS = re.compile(r"^(?:President|Members|Chair(?:man|person|woman)?)\s?:", re.IGNORECASE)
_OPENING = re.compile(r"^The meeting (?:was (?:called to order|resumed|opened)|resumed|opened)\b")
"""How the first paragraph of a meeting's record begins."""

LONGEST_MASTHEAD = 30
"""Blocks among which the lines of a masthead are looked for where nothing else tells its end."""

_BODY_WORDS = 25
"""Half the words from which an unnumbered text without a full stop is a paragraph, cut, and no line of the masthead."""


def split_front(flow: Sequence[Flow]) -> tuple[list[Flow], list[Flow]]:
    """The blocks of the masthead and title, and the blocks of the body, paragraphs in front included in the body."""
    flow = _without_members(flow)
    start = _body_start(flow)
    front = [each for each in flow[:start] if not _is_paragraph_in_front(each)]
    early = [each for each in flow[:start] if _is_paragraph_in_front(each)]
    body = [
        each for at, each in enumerate(flow[start:]) if at >= LONGEST_MASTHEAD or not _DAY_ALONE.match(each.block.text)
    ]
    return front, [*early, *body]


def _without_members(flow: Sequence[Flow]) -> list[Flow]:
    """The flow without the table of who sat in the meeting that a record has in front ("President: | Mr. ...")."""
    first = next((at for at, each in enumerate(flow[:LONGEST_MASTHEAD]) if each.block.kind == "row"), None)
    if first is None or not _MEMBERS.match(flow[first].block.text):
        return list(flow)
    rows = itertools.takewhile(lambda each: each.block.kind == "row", flow[first:])
    return [*flow[:first], *flow[first + sum(1 for _ in rows) :]]


def _is_paragraph_in_front(each: Flow) -> bool:
    return each.block.kind != "row" and bool(_OFFICE.match(each.block.text) or layout.is_sponsor_list(each.block.text))


def _body_start(flow: Sequence[Flow]) -> int:
    for at, each in enumerate(flow):
        if _begins_body(flow, at):
            return at
        names_item = at > 0 and front_lines.AGENDA.match(flow[at - 1].block.text)
        if each.block.kind == "text" and not names_item and _is_prose(each.block.text, whole=each.block.whole):
            return at
    return _below_masthead(flow)


def _below_masthead(flow: Sequence[Flow]) -> int:
    """Where the body begins of a document without any sentence, such as a list: below the last line of its masthead."""
    known = [
        at
        for at, each in enumerate(flow[:LONGEST_MASTHEAD])
        if each.block.level > 0 or _MASTHEAD.match(each.block.text) or front_lines.symbols_of(each.block.text)
    ]
    return known[-1] + 1 if known else 0


def _begins_body(flow: Sequence[Flow], at: int) -> bool:
    block = flow[at].block
    text = block.text
    if block.kind == "row" and block.whole and block.level > 0 and len([cell for cell in block.cells if cell]) > 2:
        return True  # a header that the format marks so, whatever its columns are called ("Security Council Outcome")
    if block.kind == "row" and any(_MASTHEAD.match(cell) or front_lines.is_known(cell) for cell in block.cells):
        return False
    if block.kind == "row":
        filled = [cell for cell in block.cells if cell]
        return block.level > 0 or len(filled) > 2 or (len(filled) == 2 and _is_entitled(flow[:at]))
    if _OPENING.match(text) or layout.is_organ_line(text) or (layout.is_preambular(text) and text.endswith((",", ";"))):
        return True
    if block.kind == "text":
        return enumerators.split(text)[0] is not None
    return _is_heading_of_body(flow, at)


def _is_heading_of_body(flow: Sequence[Flow], at: int) -> bool:
    text = flow[at].block.text
    if _is_of_record(flow, at) or _CHAPTER.match(text) or _OFFICE_ALONE.match(text):
        return True
    if layout.is_agenda_part(text) and any("annotat" in each.block.text.casefold() for each in flow[:at]):
        return True
    if titles.is_agenda_title(text):
        return _followed_by_paragraph(flow, at)
    return enumerators.split(text)[0] is not None or layout.is_part(text) or layout.is_chapter(text)


def _is_of_record(flow: Sequence[Flow], at: int) -> bool:
    """Whether a heading below a meeting's number is one of the meeting's record: an item, or what nothing else is."""
    heading = flow[at].block.text
    of_masthead = front_lines.is_known(heading) or _DAY.match(heading) or layout.is_seat(heading)
    if of_masthead and not front_lines.AGENDA.match(heading):
        return False
    return any(_MEETING.match(each.block.text) for each in flow[:at])


def _is_entitled(above: Sequence[Flow]) -> bool:
    """Whether a title stands ``above``, below which a table is one of the document's own."""
    return any(each.block.kind == "heading" and not front_lines.is_known(each.block.text) for each in above)


def _followed_by_paragraph(flow: Sequence[Flow], at: int) -> bool:
    following = flow[at + 1].block if at + 1 < len(flow) else None
    if following is None or following.kind != "text":
        return False
    return enumerators.split(following.text)[0] is not None or _is_prose(following.text)


def _is_prose(text: str, *, whole: bool = False) -> bool:
    """Whether ``text`` is a paragraph; one that is ``whole`` ends as a sentence does, others may have been cut."""
    if (
        _MASTHEAD.match(text)
        or _FOOTNOTE.match(text)
        or layout.is_notice(text)
        or layout.is_sponsor_list(text)
        or _OFFICE.match(text)
    ):
        return False
    if not layout.ends_sentence(text):
        return not whole and len(text.split()) >= 2 * _BODY_WORDS
    return len(text.split()) >= 8
