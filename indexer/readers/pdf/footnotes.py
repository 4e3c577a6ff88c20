"""Notes: which small print on a page is one, and what goes on with a note of the page before.

A file's structure names most notes. A table's notes, a title's starred one and all those of files without structure
are told by their type and by the marker that they begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.blocks import Block
from indexer.readers import inline
from indexer.readers.pdf.chunks import PRINTED_RULE, Chunk, Piece, text_of
from indexer.readers.pdf.setting import STROKE, Setting
from indexer.readers.pdf.tables import Row

_STAR_NOTE = re.compile(r"^(\*{1,4})\s*(?=[^\s*])")


def marked(page: Sequence[Chunk | Row], setting: Setting) -> list[Chunk | Row]:
    """The items of a page, those that are notes by their look made notes.

    Small print that begins with a raised marker or a star is a note wherever it stands: a title's at the foot of the
    page, a table's below it.
    """
    return [_marked(item, setting) if isinstance(item, Chunk) else item for item in page]


def _marked(chunk: Chunk, setting: Setting) -> Chunk:
    if chunk.element.note or not setting.is_small(chunk) or setting.is_header(chunk):
        return chunk
    begins_note = inline.DEFINITION.match(chunk.first.text) or _STAR_NOTE.match(chunk.first.text)
    return replace(chunk, element=replace(chunk.element, note=True)) if begins_note else chunk


def is_table_note(chunk: Chunk) -> bool:
    """Whether a note is a table's, told by its letter: its marker means what stands above it, and no more below it."""
    found = inline.DEFINITION.match(chunk.first.text)
    return chunk.element.note and found is not None and found.group(1).isalpha()


def begins(text: str) -> bool:
    """Whether a line begins a note: with a raised marker, a star, or a number and a stroke ("1/")."""
    return bool(
        inline.DEFINITION.match(text) or inline.SENTINEL.fullmatch(text) or STROKE.match(text) or _STAR_NOTE.match(text)
    )


def pieces(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """The notes of a page: what begins without a marker goes on with the note above it."""
    held: Piece | None = None
    for chunk in chunks:
        if PRINTED_RULE.match(chunk.first.text) and len(chunk.lines) == 1:
            continue
        if held is not None and not begins(chunk.first.text):
            held = Piece((*held.chunks, chunk))
            continue
        if held is not None:
            yield held
        held = Piece((chunk,))
    if held is not None:
        yield held


def block(piece: Piece, setting: Setting) -> Block:
    """The block of a note, its marker apart from its text; "" is the marker of what goes on with an earlier one."""
    text = text_of(piece.lines, setting.words)
    definition = inline.DEFINITION.match(text)
    plain = STROKE.match(text) or _STAR_NOTE.match(text)
    marker = ""
    if definition:
        marker, text = "".join(inline.markers(definition.group(1))[:1]), text[definition.end() :]
    elif plain:
        marker, text = plain.group(1), text[plain.end() :]
    text, refs = inline.extract(text)
    return Block(kind="note", text=text, refs=refs, marker=marker, page=piece.first.page, whole=True)
