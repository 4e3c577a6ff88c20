"""The contents list: found by its heading or its dotted lines, and taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import enumerators, layout
from indexer.notes import Flow

_PAGE_AT_END = re.compile(r"(?:[\s.…·_]|\t)+(?:\d{1,4}|[ivxl]{1,6})(?:\s?[-–]\s?\d{1,4})?\.?$")
_DOTS = re.compile(r"(?:\.\s?){4,}|\.{3}(?=\s+\d)|…{2,}|_{4,}|(?:\s·){3,}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\.?$")
_PAGE_LABEL = re.compile(r"^(?:page|pages|paragraphs?|chapter|paragraphs? page)$", re.IGNORECASE)


def without_contents(flow: Sequence[Flow]) -> list[Flow]:
    """``flow`` without its contents list and that list's heading."""
    start = next((at for at, each in enumerate(flow) if _announces(each)), None)
    out = [each for each in flow if not _DOTS.search(each.block.text) or each.block.kind == "row"]
    if start is None:
        return out
    end = _end(flow, start + 1)
    kept = [*flow[:start], *flow[end:]]
    return [each for each in kept if not _has_leader(each)]


def _announces(each: Flow) -> bool:
    return each.block.kind in {"heading", "text", "row"} and layout.is_contents(each.block.text)


def _has_leader(each: Flow) -> bool:
    text = each.block.text
    return bool(_DOTS.search(text)) and bool(_PAGE_AT_END.search(text))


def _end(flow: Sequence[Flow], start: int) -> int:
    """The first place below the contents heading that is no entry any more."""
    paged = any(_is_paged(each) for each in flow[start : start + 6])
    later = _titles_below(flow, start)
    at = start
    while at < len(flow):
        each = flow[at]
        label = _PAGE_LABEL.match(each.block.text)
        if each.block.whole and each.block.kind == "heading" and not _has_leader(each) and not label:
            return at  # a heading that the format shows is one of the text, though it may end in a year
        entry = _is_paged(each) or label or each.block.kind == "row"
        if not entry and paged:
            entry = _is_paged_soon(flow, at)
        elif not entry:
            entry = _key(each) in later and later[_key(each)] > at
        if not entry:
            return at
        at += 1
    return at


def _is_paged(each: Flow) -> bool:
    """Whether a line ends in the number of a page; without a leader, a year is none, nor is what ends a sentence."""
    text = each.block.text
    if len(text) >= 400 or not _PAGE_AT_END.search(text):
        return False
    if _DOTS.search(text) or each.block.kind == "row":
        return True
    return not _YEAR.search(text) and not (each.block.whole and text.endswith("."))


def _is_paged_soon(flow: Sequence[Flow], at: int) -> bool:
    """Whether an entry without a page has it on its next line, or is a part's name above its entries."""
    if len(flow[at].block.text) > 300 or layout.ends_sentence(flow[at].block.text):
        return False
    return at + 1 < len(flow) and _is_paged(flow[at + 1])


def _key(each: Flow) -> str:
    _, title = enumerators.split(each.block.text)
    return title.casefold().strip(" .*")


def _titles_below(flow: Sequence[Flow], start: int) -> dict[str, int]:
    """The last place of each short line, by its words."""
    return {_key(each): at for at, each in enumerate(flow) if at >= start and len(each.block.text) < 400}
