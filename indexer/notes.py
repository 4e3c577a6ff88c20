"""Footnotes: definitions taken out of the running text, what a page break cut mended, each given to its citation.

Definitions come out of order, cut in two, with lists inside, and with their marker lost; citations come with their
marker lost among the words ("strengthened 70 to enable"). What belongs together is found by sequence and by what is
incomplete without the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer import enumerators, layout
from indexer.blocks import Block, NoteRef

ORPHAN_LENGTH = 300
"""Characters up to which an unmarked piece between notes is taken for the rest of one of them."""

FARTHEST_CITATION = 30
"""Blocks above its definition in which a note's citation is looked for."""

_NOT_A_MARKER = re.compile(
    r"(?:\b(?:articles?|arts?|paragraphs?|paras?|nos?|numbers?|recommendations?|resolutions?|decisions?"
    r"|chap|chapter|sections?|sect|items?"
    r"|rules?|pages?|pp|p|vol|volume|annex|part|goals?|targets?|sessions?|years?|aged?|and|to|or|of|about"
    r"|some|over|than|least|by"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|approximately"
    r"|only|all|in|from|the|at)\.?|[$€£%-]|/[\w./-]*)\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A note's definition: its printed marker, its text, and the place in the document (block index) where it stood."""

    marker: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A block of the running text; ``broken`` says that a page break, a rule or notes stood before it."""

    block: Block
    place: int
    broken: bool = False


def separate(blocks: Sequence[Block]) -> tuple[list[Flow], list[Definition]]:
    """The running text without notes and breaks, and the definitions of the notes, mended."""
    flow: list[Flow] = []
    definitions: list[Definition] = []
    broken = False
    for place, block in enumerate(blocks):
        if block.kind == "break":
            broken = True
        elif block.kind == "note":
            definitions.append(Definition(block.marker, block.text, place))
            broken = True
        elif block.whole:
            flow.append(Flow(block, place, broken))
            broken = False
        elif definitions and _belongs_to_note(blocks, place, definitions[-1]):
            definitions[-1] = _extended(definitions[-1], block, place)
            broken = True
        elif definitions and _lost_its_marker(blocks, place, definitions[-1]):
            definitions.append(Definition(str(int(definitions[-1].marker) + 1), block.text, place))
            broken = True
        elif _is_orphan(blocks, place, flow):
            definitions.append(Definition("", block.text, place))
            broken = True
        else:
            flow.append(Flow(block, place, broken))
            broken = False
    return flow, _without_orphans(definitions)


def _belongs_to_note(blocks: Sequence[Block], place: int, last: Definition) -> bool:
    """Whether the text right below a note completes it: a list that it announces, or the rest of its sentence."""
    block = blocks[place]
    if block.kind != "text" or place - last.place > 1:
        return False
    if last.text.endswith(":") or _in_list(last.text):
        return _next_of_list(last.text, block.text)
    if layout.ends_sentence(last.text) or enumerators.split(block.text)[0] is not None or block.marker:
        return False
    if layout.starts_lower(block.text):
        return last.text.endswith((",", "-")) or layout.is_unfinished(last.text)
    following = _next_text(blocks, place)
    return last.text.endswith(",") or (len(block.text) <= ORPHAN_LENGTH and following is not None)


_LIST_ITEM = re.compile(r"(?:^|[:;,.]|\band|\bor)\s(\(?[a-z]{1,4}\))\s[^()]*$")


def _in_list(text: str) -> bool:
    return bool(_LIST_ITEM.search(text)) and text.endswith((";", "; and", "; or", ",", ", and"))


def _next_of_list(text: str, item: str) -> bool:
    marker, _ = enumerators.split(item)
    if marker is None or marker.dress == "dot":
        return False
    if text.endswith(":"):
        return any(reading.value == 1 for reading in marker.readings)
    last = _LIST_ITEM.search(text)
    before, _ = enumerators.split(f"{last.group(1)} x") if last else (None, "")
    if before is None:
        return False
    return any(a.style == b.style and a.value == b.value + 1 for a in marker.readings for b in before.readings)


def _lost_its_marker(blocks: Sequence[Block], place: int, last: Definition) -> bool:
    """Whether the text between the definitions of notes 1 and 3 is the definition of note 2, its marker lost."""
    block = blocks[place]
    if block.kind != "text" or block.marker or place - last.place > 1 or not last.marker.isdecimal():
        return False
    if place + 1 >= len(blocks) or blocks[place + 1].kind != "note":
        return False
    missing = int(last.marker) + 1
    cited = any(ref.marker == str(missing) for each in blocks[:place] for ref in each.refs)
    return cited and blocks[place + 1].marker == str(missing + 1)


def _extended(definition: Definition, block: Block, place: int) -> Definition:
    text = f"{definition.text} {block.text}" if not definition.text.endswith("-") else definition.text + block.text
    return Definition(definition.marker, text, place)


def _next_text(blocks: Sequence[Block], place: int) -> Block | None:
    return next((block for block in blocks[place + 1 :] if block.kind in {"text", "heading"}), None)


def _is_orphan(blocks: Sequence[Block], place: int, flow: Sequence[Flow]) -> bool:
    """Whether a text right above notes is the rest of one of them: the paragraph above goes on only below the notes."""
    block = blocks[place]
    if (
        block.kind != "text"
        or not flow
        or len(block.text) > ORPHAN_LENGTH
        or enumerators.split(block.text)[0] is not None
    ):
        return False
    above = flow[-1].block
    if above.kind != "text" or layout.ends_sentence(above.text) or layout.starts_lower(block.text) or block.marker:
        return False
    if place + 1 >= len(blocks) or blocks[place + 1].kind != "note":
        return False
    if above.text.endswith(",") and layout.is_preambular(block.text):
        return False
    below = _next_text(blocks, place)
    return below is not None and below.kind == "text" and layout.starts_lower(below.text)


def _without_orphans(definitions: Sequence[Definition]) -> list[Definition]:
    """Pieces without a marker joined to the nearest definition that is incomplete without them."""
    out = [each for each in definitions if each.marker]
    for orphan in (each for each in definitions if not each.marker):
        incomplete = [at for at, each in enumerate(out) if not layout.ends_sentence(each.text)]
        if incomplete:
            nearest = min(incomplete, key=lambda at: abs(out[at].place - orphan.place))
            out[nearest] = replace(out[nearest], text=f"{out[nearest].text} {orphan.text}")
    return out


def recover_citations(flow: Sequence[Flow], definitions: Sequence[Definition]) -> list[Flow]:
    """``flow`` with the citations put back whose marker became a bare number in the text.

    A number is one only if its definition is cited nowhere, it is the only such number where the citation must be,
    and no word before it asks for a number ("article 70"). Between the citations of the notes before and after it,
    it may stand apart ("strengthened 70 to"); without these bounds it must cling to a word ("Rights,1 the") or end the
    paragraph below a full stop or comma ("of children, 4").
    """
    out = list(flow)
    if any(each.block.whole for each in flow):
        return out  # where the format shows what is raised, a bare number is one
    for _ in range(2):  # what the first round finds, bounds the second
        cited = {ref.marker for each in out for ref in each.block.refs}
        for definition in definitions:
            if definition.marker.isdecimal() and definition.marker not in cited:
                _recover(out, definition)
    return out


def _cites(block: Block, marker: str) -> bool:
    return any(ref.marker == marker for ref in block.refs)


def _recover(flow: list[Flow], definition: Definition) -> None:
    number = int(definition.marker)
    before = [at for at, each in enumerate(flow) if _cites(each.block, str(number - 1))]
    after = [at for at, each in enumerate(flow) if _cites(each.block, str(number + 1))]
    bounded = bool(after) and (bool(before) or number == 1)
    reach = [at for at, each in enumerate(flow) if each.place < definition.place]
    end = after[0] if after else min(len(flow) - 1, (reach[-1] if reach else 0) + 1)
    start = before[-1] if before else max(0, end - FARTHEST_CITATION)
    candidates = [
        (at, found)
        for at in range(start, min(end, start + 2 * FARTHEST_CITATION) + 1)
        if flow[at].block.kind == "text"
        for found in _bare(flow[at].block, number, apart=bounded)
    ]
    if len(candidates) == 1:
        at, found = candidates[0]
        flow[at] = replace(flow[at], block=_without_number(flow[at].block, found, str(number)))


def _bare(block: Block, number: int, *, apart: bool) -> list[re.Match[str]]:
    """Where the bare ``number`` may be a citation; ``apart``: also where a space stands before it."""
    space = rf" (?={number}\b)|" if apart else rf"(?<=[a-z\d)”’][.,;:]) (?={number}$)|"
    below = r"\s[a-z(]|[.,;:]?$|[.,;:]\s|,\d{1,3}(?:\D|$)|(?<=[a-z)”][.;:]\d)\s[A-Z“]|(?<=[a-z)”][.;:]\d\d)\s[A-Z“]"
    pattern = re.compile(rf"(?:{space}(?<=[a-z.,;:)”])){number}(?={below})(?!\s?(?:per cent|years|days))")
    lower = next((ref.at for ref in block.refs if ref.marker == str(number - 1)), 0)
    upper = next((ref.at for ref in block.refs if ref.marker == str(number + 1)), len(block.text))
    return [
        found
        for found in pattern.finditer(block.text, lower, upper)
        if not _NOT_A_MARKER.search(block.text[: found.start()] + " ")
    ]


def _without_number(block: Block, found: re.Match[str], marker: str) -> Block:
    start = found.start()
    listed = block.text[start - 1 : start] == "," and any(ref.at == start - 1 for ref in block.refs)
    start -= listed  # the comma between two markers ("weeks.1,2") goes with the second
    text = block.text[:start] + block.text[found.end() :]
    cut = found.end() - start
    moved = [NoteRef(marker=r.marker, at=r.at - cut if r.at > start else r.at) for r in block.refs]
    refs = sorted([*moved, NoteRef(marker=marker, at=start)], key=lambda ref: ref.at)
    return replace(block, text=text, refs=tuple(refs))


class Definitions:
    """Finds the definition that a citation means, where markers begin again with each annex or page."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._by_marker: dict[str, list[Definition]] = {}
        for each in definitions:
            self._by_marker.setdefault(each.marker, []).append(each)

    def text_of(self, marker: str, place: int) -> str:
        """The text of note ``marker`` cited in block ``place``: the first below it, else the last above; "" if none."""
        known = self._by_marker.get(marker, [])
        below = next((each.text for each in known if each.place >= place), None)
        if below is not None:
            return below
        return known[-1].text if known else ""
