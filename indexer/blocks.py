"""Blocks: what a reader makes of a file, whatever its format, before anything is known about paragraphs.

A reader undoes the layout as far as its format shows it (markup, superscripts, tables, page furniture) and leaves the
rest to :mod:`indexer.segment`, which joins what a page break or a note cut in two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "text", "note", "row", "break", "unread"]
"""A heading; running text; a note's definition; a table's row; a break of page or a rule, which cuts nothing itself; a
page that could not be read, because it is a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRef:
    """A note cited in a block: its marker in plain digits or signs, and the offset in the block's text of its place."""

    marker: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a document, in reading order.

    ``text`` has no markup, no note markers and single spaces. ``level`` is the depth of a heading where the format
    says it (1 outermost), else 0; on a row, 1 says that it is printed as its table's header. ``marker`` is a note's
    own marker, or a list number that the format keeps apart from the text (automatic numbering), or "-" for a bullet,
    else "". ``cells`` are the cells of a row. ``indent`` is how deep the block is set in, in units of the format, 0
    where it has none. ``italic`` says that all of it is set in italics, as a record sets what happens between
    speeches. ``line`` and ``page`` say where it stood (from 1). ``whole`` says that the format itself shows where the
    block begins and ends and what it is (a word processor's paragraph, a printed one told by its indents and spaces),
    so that no later step joins it to another or guesses its kind again; ``unsure`` that only the former is shown, and
    whether it is a heading is to be told from its words and neighbours.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    marker: str = ""
    refs: tuple[NoteRef, ...] = ()
    cells: tuple[str, ...] = ()
    indent: int = 0
    italic: bool = False
    page: int | None = None
    line: int = 0
    whole: bool = False
    unsure: bool = False
