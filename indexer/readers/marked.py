"""Marked text -> blocks, for the readers of formats that know their paragraphs: what notes, bullets and rows look like.

Marked text has note marks as sentinels of :mod:`indexer.readers.inline`, and tabs and line breaks where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.blocks import Block
from indexer.readers import inline

BULLET = "-"
"""The label of an item that has a sign instead of a number."""

_BULLET = re.compile(r"^(?:[•▪▫◦○□■‣●∙·►➢✓✗→❖◆❑\uf0b7\uf0a7\uf02d]\s*|(?:[–—-]|o(?=\t))\s+)(?=\S)")
_STARRED = re.compile(r"^\s*(\*{1,4}|[†‡§])\s+(?=\S)")
_OLD_NOTE = re.compile(r"^\s*(\d{1,3}|\*{1,3}|[a-z])/\t+\s*(?=\S)")
_SIGNS = dict.fromkeys(range(ord(inline.OPEN), ord(inline.OPEN) + 8))
_NOTE_STARTS = re.compile(rf" (?={inline.OPEN}[a-z*]{inline.CLOSE} ?[A-Z])")


def typed(text: str) -> str:
    """Text as it stands in a file, without the signs that would be taken for a mark of a note."""
    return text.translate(_SIGNS)


def plain(marked: str) -> str:
    """A text's tabs and line breaks as spaces, what is invisible taken out; sentinels stay."""
    return inline.clean(marked.replace("\t", " ").replace("\n", " "))


def sentinel(marker: str) -> str:
    """The mark of a note cited, as it stands in marked text."""
    return f"{inline.OPEN}{marker}{inline.CLOSE}"


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
