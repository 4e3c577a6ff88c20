"""Marked text -> blocks, for the readers of formats that know their paragraphs: what notes, bullets and rows look like.

Marked text has note marks as sentinels of :mod:`indexer.readers.inline`, and tabs and line breaks where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.blocks import Block
from indexer.front_lines import DISTRIBUTION, ORIGINAL
from indexer.readers import inline
from indexer.readers.lines import SYMBOL_LINE

FRONT = 40
"""Blocks among which a table may be the masthead's."""

BULLET = "-"
"""The label of an item that has a sign instead of a number."""

_BULLET = re.compile(r"^(?:[•▪▫◦○□■‣●∙·►➢✓✗→❖◆❑\uf0b7\uf0a7\uf02d]\s*|(?:[–—-]|o(?=\t))\s+)(?=\S)")
_STARRED = re.compile(r"^\s*(\*{1,4}|[†‡§])\s+(?=\S)")
_OLD_NOTE = re.compile(r"^\s*(\d{1,3}|\*{1,3}|[a-z])/\t+\s*(?=\S)")
_SIGNS = dict.fromkeys(range(ord(inline.OPEN), ord(inline.OPEN) + 8))
_DEFINED = re.compile(r"^(\d{1,3}|\*{1,3}|[a-z])/\s+(?=\S)")
_CITED = re.compile(r"(?<=[\w.,;:)”\"’])\s?(?<![\d/])(?<!\w)(\d{1,3}|\*{1,3}|[a-z])/(?=[\s.,;:)]|$)")
_NOTE_STARTS = re.compile(rf" (?={inline.OPEN}[a-z*]{inline.CLOSE} ?[A-Z])")


def typed(text: str) -> str:
    """Text as it stands in a file, without the signs that would be taken for a mark of a note."""
    return text.translate(_SIGNS)


def plain(marked: str) -> str:
    """A text's tabs and line breaks as spaces, what is invisible taken out; sentinels stay."""
    return inline.clean(marked.replace("\t", " ").replace("\n", " "))


def unbulleted(marked: str) -> tuple[str, str]:
    """The label "-" and the text without the bullet that was typed before it, or "" and the text as it is."""
    stripped = marked.lstrip()
    typed = _BULLET.match(stripped)
    return (BULLET, stripped[typed.end() :]) if typed else ("", marked)


def note(marker: str, marked: str) -> Block:
    """A note's definition."""
    text, refs = inline.extract(plain(marked))
    return Block(kind="note", text=text, refs=refs, marker=marker, whole=True)


def definition(marked: str) -> Block | None:
    """The note that a paragraph defines by beginning with a raised mark or stars, ``None`` where it does not."""
    stripped = marked.lstrip()
    raised = inline.DEFINITION.match(stripped)
    if raised:
        return note("".join(inline.markers(raised.group(1))[:1]), stripped[raised.end() :])
    typed = _STARRED.match(marked) or _OLD_NOTE.match(marked)
    return note(typed.group(1), marked[typed.end() :]) if typed else None


def is_masthead(lines: Sequence[str]) -> bool:
    """Whether the ``lines`` of a table near the beginning are the masthead's: the distribution and the symbol."""
    named = sum(bool(DISTRIBUTION.match(line) or ORIGINAL.match(line)) for line in lines)
    return named > 0 and (named > 1 or any(SYMBOL_LINE.match(line) for line in lines))


def with_strokes(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with the notes told whose markers have a stroke ("as it said 1/" and below "1/ See A/49/1.").

    So they were typed until about 1995. Only what is both cited and defined is taken for one.
    """
    defined = {at: found.group(1) for at, block in enumerate(blocks) if (found := _defines(block))}
    known = set(defined.values())
    cited = {mark for at, block in enumerate(blocks) if at not in defined for mark in _CITED.findall(block.text)}
    strokes = known & cited
    return (
        [_with_strokes(block, defined.get(at, ""), strokes) for at, block in enumerate(blocks)]
        if strokes
        else [*blocks]
    )


def _defines(block: Block) -> re.Match[str] | None:
    return _DEFINED.match(block.text) if block.kind == "text" and not block.marker else None


def _with_strokes(block: Block, defines: str, strokes: set[str]) -> Block:
    found = _DEFINED.match(block.text)
    if defines in strokes and found:
        shift = found.end()
        refs = tuple(replace(ref, at=max(0, ref.at - shift)) for ref in block.refs)
        return replace(block, kind="note", text=block.text[shift:], marker=defines, refs=refs, indent=0, italic=False)
    if not strokes.intersection(_CITED.findall(block.text)):
        return block

    def mark(cited: re.Match[str]) -> str:
        return inline.sentinel(cited.group(1)) if cited.group(1) in strokes else cited.group()

    marked = block.text
    for ref in sorted(block.refs, key=lambda each: each.at, reverse=True):
        marked = marked[: ref.at] + inline.sentinel(ref.marker) + marked[ref.at :]
    text, refs = inline.extract(_CITED.sub(mark, marked))
    cells = tuple(inline.extract(_CITED.sub(mark, cell))[0] for cell in block.cells)
    return replace(block, text=text, refs=refs, cells=cells)


def row(texts: Sequence[str], *, level: int = 0) -> Block:
    """A table's row, given the marked text of each of its columns."""
    text, refs = inline.extract(plain(" ".join(each for each in texts if each)))
    cells = tuple(inline.extract(plain(each))[0] for each in texts)
    return Block(kind="row", text=text, refs=refs, cells=cells, level=level, whole=True)


def row_or_notes(texts: Sequence[str]) -> list[Block]:
    """A row as a block; one that only defines the notes of its table as notes; nothing of an empty one."""
    filled = [text for text in texts if text]
    if len(filled) == 1:
        notes = [definition(part) for part in _NOTE_STARTS.split(filled[0])]
        if notes and all(notes):
            return [each for each in notes if each is not None]
    return [row(texts)] if filled else []
