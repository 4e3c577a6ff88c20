"""What part a State plays in a paragraph, where the paragraph plainly says so: sponsor, speaker, or how it voted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pilcrow.engine.model import Role, StateMention

_LISTS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"^In favour\s?:", re.IGNORECASE), "in favour"),
    (re.compile(r"^Against\s?:", re.IGNORECASE), "against"),
    (re.compile(r"^Abstain(?:ing|ed)\s?:", re.IGNORECASE), "abstaining"),
    (re.compile(r":\*{0,2}\s(?:revised\s|amended\s)?draft\s(?:resolution|decision)s?\W*$", re.IGNORECASE), "sponsor"),
)
_SPEAKER = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|The)\.?\s[^:()]{1,60}\((?P<state>[^:]{2,60})\)\s?(?:\([^:]{1,60}\)\s?)?:")
_SPEAKERS = re.compile(
    r"\b(?:statements?\swere\smade|statement\swas\smade|heard\s(?:a\s)?statements?|made\s(?:an?\s)?(?:\w+\s)?statements?|took\sthe\sfloor"
    r"|statements?\sin\sexplanation\sof\svote)\b[^.]*?\b(?:by|from)\b(?P<list>[^.;]*(?:\([^)]*\)[^.;]*)*)",
    re.IGNORECASE,
)


def assign(text: str, mentions: Iterable[StateMention]) -> tuple[StateMention, ...]:
    """``mentions`` of ``text`` with the part that each State plays, "mentioned" where the text does not say."""
    mentions = tuple(mentions)
    for pattern, role in _LISTS:
        if pattern.search(text):
            return tuple(replace(mention, role=role) for mention in mentions)
    spans = [found.span("state") for found in _SPEAKER.finditer(text)]
    spans += [found.span("list") for found in _SPEAKERS.finditer(text)]
    return tuple(replace(each, role="speaker") if _within(each, spans) else each for each in mentions)


def _within(mention: StateMention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)
