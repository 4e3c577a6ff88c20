"""Which blocks are headings.

Converters put ``#`` signs on some headings, the wrong number of them on others and none on many, so a heading is told
by its form and its neighbours; where the format shows it for certain, only what can be none is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer import enumerators, layout, titles
from indexer.blocks import Block

LONGEST_TITLE, LONGEST_NUMBERED = 400, 600
"""Characters: agenda items' titles are the longest headings there are; those that a format shows, with a number, may be
longer."""

SHORTEST_LIST = 3
"""Lines that look like titles, one below the other, from which they are a list."""

LONGEST_UNNUMBERED, LONGEST_SUBTITLE = 25, 60
"""Words of an unnumbered title: in running text, and right below an annex's number."""

_ASKS = re.compile(r"^(?:What|How|Why|Who|Where|When|Which|Is|Are|Do|Does|Can)\b")
_ROLE = re.compile(r"^[A-Z][\w’' .-]{2,40}(?:\s?\([^)]{1,40}\))?\s?:\s+\S")


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
        or len(text) > (LONGEST_TITLE if unnumbered or not _is_known(block) else LONGEST_NUMBERED)
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
    if block.kind != "text" or block.marker or _is_furnished(block.text):
        return False
    if block.whole and _is_title_all_the_same(flow, place):
        return True
    if _is_known(block):
        return False
    if following is None or _goes_on(following) or _is_item(flow, place):
        return False
    if place > 0 and layout.is_vote_label(flow[place - 1].text):
        return False
    if layout.is_organ_line(following.text) and not _is_furnished(block.text):
        return _reads_as_title(block.text, LONGEST_TITLE)
    subtitle = place > 0 and flow[place - 1].kind != "row" and layout.is_part(flow[place - 1].text)
    return _reads_as_title(block.text, LONGEST_SUBTITLE if subtitle else LONGEST_UNNUMBERED)


def _is_title_all_the_same(flow: Sequence[Block], place: int) -> bool:
    """Whether a block that the format shows as text is a title by its words and its place.

    So is what a table is called by, above its title or its rows, a measure below a title, and a chapter's or annex's
    name alone.
    """
    text = flow[place].text
    above = flow[place - 1].kind if place else ""
    below = flow[place + 1].kind if place + 1 < len(flow) else ""
    if titles.is_caption_number(text):
        return below in {"heading", "row"} or (
            below == "text" and _reads_as_title(flow[place + 1].text, LONGEST_SUBTITLE)
        )
    if titles.MEASURE.match(text):
        return above == "heading" and (below == "row" or titles.is_measure(text))
    return below == "text" and (layout.is_chapter(text) or text.strip(" .").casefold() in {"annex", "appendix"})


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
    if titles.is_named(text):
        return len(text) < LONGEST_TITLE and not layout.has_sentence_break(text) and not text.endswith((".", ";"))
    first = next((char for char in title if char.isalnum()), "")
    if (
        not first
        or first.islower()
        or title[-1] in ".,;:!]"
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
    named = titles.is_named(text)
    known = layout.is_chapter(text) or layout.is_contents(text) or layout.is_agenda_part(text)
    usual = known or bool(enumerators.roman_value(text))
    return block.kind == "text" and enumerators.split(text)[0] is None and not named and not usual
