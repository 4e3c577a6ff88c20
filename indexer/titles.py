"""Headings that are told by how they begin ("Agenda item 2", "Chapter IV", "Table 3"), whatever the format shows."""

from __future__ import annotations

import re

from indexer import enumerators, layout

AGENDA = re.compile(r"^(?:agenda\s+)?items?\s+\d+", re.IGNORECASE)
DRAFT = re.compile(
    r"^(?:draft\s+)?(?:resolution|decision)\s+(?:[IVXLC]+|\d+(?:/\d+)?|[A-Z])\b(?!\s+of|/)", re.IGNORECASE
)
PART = re.compile(
    r"^(?:part|chapter|section|(?:sub)?programme)\s+"
    r"(?P<number>[IVXLC]+|\d+[A-Z]?|one|two|three|four|five|six)\b(?P<title>.*)",
    re.IGNORECASE,
)
PROVISION = re.compile(
    r"^(?:article|rule|principle|guideline|goal|target|standard|step)\s+(?P<number>\d{1,3})\b", re.IGNORECASE
)
CAPTION = re.compile(r"^(?:figure|table|box|chart|map|graph)\s+(?:\d+|[IVXLC]+|[A-Z])\b", re.IGNORECASE)
MEASURE = re.compile(r"^\([^()]{4,}\)$")
"""What stands in parentheses below a title ("(Thousands of United States dollars)") and holds for the table below."""

_DECISION = re.compile(r"^\d{1,4}/\d{1,4}$")
WORDS_OF_PART = 2
"""Words of an annex's name and number."""

_UNIT = re.compile(
    r"^\((?:in )?(?:\w+ )?(?:number|percentage|per cent|thousands|millions|billions|united states)\b", re.IGNORECASE
)
_NUMBER_OF_CAPTION = re.compile(
    r"^(?:figure|table|box|chart|map|graph)\s+(?:\d+[A-Z]?|[IVXLC]+|[A-Z])(?:\.(?:\d+|[IVXLC]+))*\.?$", re.IGNORECASE
)


def is_agenda_title(title: str) -> bool:
    """Whether a heading names an agenda item ("Agenda item 2: Implementation of ...")."""
    return bool(AGENDA.match(title))


def is_named(title: str) -> bool:
    """Whether a heading begins as those of annexes, items, drafts, chapters or articles do."""
    return layout.is_part(title) or any(pattern.match(title) for pattern in (AGENDA, DRAFT, PART, PROVISION))


def is_bare(text: str) -> bool:
    """Whether ``text`` is only what a part, draft, table or decision is called by ("VIII", "Part IV", "56/101")."""
    part = PART.match(text)
    draft = DRAFT.match(text)
    return bool(
        (part and not part.group("title").strip(" .:"))
        or (draft and draft.end() == len(text))
        or is_caption_number(text)
        or (layout.is_part(text) and len(text.split()) <= WORDS_OF_PART)
        or (text.isupper() and enumerators.roman_value(text))
        or _DECISION.match(text)
    )


def is_measure(text: str) -> bool:
    """Whether what stands in parentheses says in what the figures below are counted."""
    return bool(MEASURE.match(text) and _UNIT.match(text))


def is_caption_number(text: str) -> bool:
    """Whether ``text`` is only what a table or figure is called by ("Table 29C.5"), its title being below."""
    return bool(_NUMBER_OF_CAPTION.match(text))
