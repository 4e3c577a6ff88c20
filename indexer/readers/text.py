"""Text files -> blocks: the text forms that converters make of printed documents, their layout undone.

Handles Markdown and none, HTML superscripts and tables, formulas made of superscripts, wrapped lines and lines of
whole paragraphs. What it cannot know from one line (whether an unmarked line is a heading, which paragraph a page
break cut) is left to :mod:`indexer.segment`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from indexer.blocks import Block
from indexer.readers import inline, mend
from indexer.readers.decode import decode
from indexer.readers.lines import Line, read_lines

_STARTS_ITEM = re.compile(
    r"^(?!(?:pp?|vols?|[Nn]os?|paras?|arts?|chap|sect|cf|Mrs?|Ms|Dr|St)\.\s)(?:\d{1,3}/\d{1,3}\.\s|\d{1,4}\.(?:\d+\.?)?\s|\(?[A-Za-z\d]{1,4}\)\s|[A-Za-z]{1,5}\.\s)"
)
_ALONE = re.compile(
    r"^(?:United Nations|Nations Unies|Distr(?:\.|ibution)|Original\s?:|ORIGINAL\s?:|"
    r"(?:Agenda )?[Ii]tems?\s\d[\d\s(),a-z]*(?:of the|$)"
    r"|[\w-]+(?:\s[\w-]+){0,3}\ssession$|\d{1,2}\s[A-Z][a-z]+\s\d{4}$|[A-Z]{1,8}(?:\.\d+)?/\S+$)"
)
"""Lines of a masthead, which stand alone however the rest is wrapped."""

_ENDS_SENTENCE = re.compile(r"[.;:!?][”\"’')\]]*$")
_STARTS_LOWER = re.compile(rf"^(?:{inline.OPEN}[^{inline.CLOSE}]*{inline.CLOSE})?\s*[^\W\d_A-Z]")
_FULL = 0.6
"""Share of the usual length of a wrapped line from which a line is no last line of its paragraph."""

_NARROW, _NEARLY, FEWEST_PAIRS = (60, 120), 0.75, 4
"""Characters of a printed line; the share of the longest that a full one has; pairs of lines that tell anything."""

_WRAPPED = 0.3
"""Share of neighbouring lines of which the second plainly continues the first, from which a file counts as wrapped."""


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the text file ``data``; ``path`` is named in errors. Raises :class:`ReadingError`."""
    return blocks(decode(data, path))


def blocks(text: str) -> list[Block]:
    """The blocks of a document's text, in reading order."""
    lines = read_lines(text)
    words = mend.vocabulary(line.text for line in lines)
    return [_block(line, words) for line in _joined(lines, words)]


def _joined(lines: list[Line], words: Counter[str]) -> Iterator[Line]:
    """The lines without blanks, wrapped ones joined to the paragraph that they are of."""
    width = _width(lines)
    held: Line | None = None
    last = 0
    for line in lines:
        if held is not None and line.kind != "blank" and _continues(held, line, full=width > 0 and last >= width):
            held = replace(held, text=mend.join_lines(held.text, line.text, words))
            last = len(line.text)
            continue
        if held is not None:
            yield held
        held, last = None, len(line.text)
        if line.kind in {"text", "note"}:
            held = line
        elif line.kind != "blank":
            yield line
    if held is not None:
        yield held


def _continues(held: Line, line: Line, *, full: bool) -> bool:
    """Whether ``line``, right below ``held``, is more of it; ``full``: the line above went on to the margin."""
    if line.kind != "text" or line.marker or _STARTS_ITEM.match(line.text) or _ALONE.match(line.text):
        return False
    if _ALONE.match(held.text):
        return False
    return full or (not _ENDS_SENTENCE.search(held.text) and bool(_STARTS_LOWER.match(line.text)))


def _width(lines: list[Line]) -> float:
    """The length from which a line goes on to the next, in a file of wrapped lines; 0 where lines are paragraphs."""
    if not _is_wrapped(lines):
        return 0
    lengths = sorted(len(line.text) for line in lines if line.kind == "text")
    return _FULL * lengths[int(0.9 * (len(lengths) - 1))]


def _is_wrapped(lines: list[Line]) -> bool:
    pairs = [(one, two) for one, two in pairwise(lines) if one.kind == two.kind == "text"]
    lengths = sorted(len(line.text) for line in lines if line.kind == "text")
    longest = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    full = sum(1 for one, _ in pairs if len(one.text) >= _NEARLY * longest)
    if len(pairs) >= FEWEST_PAIRS and _NARROW[0] <= longest <= _NARROW[1] and full >= _FULL * len(pairs):
        return True
    running = sum(1 for one, two in pairs if not _ENDS_SENTENCE.search(one.text) and _STARTS_LOWER.match(two.text))
    return len(pairs) >= 8 and running >= _WRAPPED * len(pairs)


def _block(line: Line, words: Counter[str]) -> Block:
    if line.kind in {"rule", "furniture"}:
        return Block(kind="break", line=line.number)
    text, refs = inline.extract(inline.mend(mend.join_fragments(line.text, words)))
    if line.kind == "row":
        cells = tuple(inline.extract(inline.mend(mend.join_fragments(cell, words)))[0] for cell in line.cells)
        return Block(kind="row", text=text, refs=refs, cells=cells, level=line.level, line=line.number)
    if line.kind == "heading":
        return Block(kind="heading", text=text, refs=refs, level=line.level, line=line.number)
    if line.kind == "note":
        return Block(kind="note", text=text, refs=refs, marker=line.marker, line=line.number)
    bullet = "-" if line.marker else ""
    return Block(kind="text", text=text, refs=refs, marker=bullet, indent=line.indent, line=line.number)
