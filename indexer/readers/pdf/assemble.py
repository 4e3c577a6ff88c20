"""Chunks of all pages -> blocks: what a page break cut is joined, notes and headings are told from text.

The order of the steps: rows are made of cells, list labels go to their items, running furniture is left out, what goes on
over a page is joined, and each piece becomes a block whose kind is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import enumerators, layout
from indexer.blocks import Block
from indexer.readers import inline, mend
from indexer.readers.lines import is_imprint
from indexer.readers.pdf.chunks import Chunk, text_of
from indexer.readers.pdf.tables import Row

FLUSH = 3.0
"""Points by which two left edges may differ and still be one."""

FULL = 0.88
"""Share of the width of a paragraph from which its last line counts as full."""

LONGEST_HEADING = 400
"""Characters: agenda items' titles are the longest headings there are."""

SMALL_PRINT = 0.9
"""Share of the size of a page's largest text from which type is no small print."""

INDENT_UNIT = 10.0
"""Points that one unit of a block's indent stands for."""

_BULLET = re.compile(r"^[•▪▫◦○□■‣●∙·►➢✓\uf0b7\uf0a7\uf02d–—-]\s*(?=\S)")
_ONLY_BULLET = re.compile(r"^[•▪▫◦○□■‣●∙·►➢✓\uf0b7\uf0a7\uf02d–—-]$")
_OLD_NOTE = re.compile(r"^(\d{1,3}|\*{1,3}|[a-z])/\s+(?=\S)")
_STAR_NOTE = re.compile(r"^(\*{1,3})\s*(?=\S)")
_RULE = re.compile(r"^[\s_\-—–=*]{3,}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, heading or note made whole: the chunks that it consists of, on one page or several."""

    chunks: tuple[Chunk, ...]

    @property
    def first(self) -> Chunk:
        """The chunk that it begins with."""
        return self.chunks[0]

    @property
    def last(self) -> Chunk:
        """The chunk that it ends with."""
        return self.chunks[-1]


def blocks_of(pages: Sequence[Sequence[Chunk | Row]], words: Counter[str]) -> list[Block]:
    """The blocks of a document, given what stands on each of its pages."""
    out: list[Block] = []
    headers = _Headers()
    margin = _margin(pages)
    for item in _joined([list(_labelled(page)) for page in pages], words):
        if isinstance(item, Row):
            if not headers.repeats(item, words):
                out.append(_row_block(item, words))
        else:
            block = _block(item, words, margin)
            if block is not None:
                out.append(block)
    return out


class _Headers:
    """Header rows met so far: one that comes again on a later page only goes on with its table."""

    def __init__(self) -> None:
        self._last: tuple[int, tuple[str, ...]] = (0, ())
        self._table: tuple[int, int] = (0, 0)

    def repeats(self, row: Row, words: Counter[str]) -> bool:
        """Whether ``row`` is the first of its page and prints again the first row of the table before."""
        cells = tuple(text_of([line for chunk in cell for line in chunk.lines], words) for cell in row.cells)
        page, first = self._last
        if (row.page, row.table) == self._table:
            return False
        self._table = (row.page, row.table)
        again = page < row.page and cells == first
        self._last = (row.page, cells)
        return again


def _labelled(items: Sequence[Chunk | Row]) -> Iterator[Chunk | Row]:
    """The items of a page, a list item's label ("(a)", a bullet) joined with the text set beside it."""
    held: Chunk | None = None
    for item in items:
        if held is not None and isinstance(item, Chunk) and abs(item.first.y - held.first.y) <= FLUSH:
            line = item.first
            whole = replace(line, text=f"{held.first.text} {line.text}", x0=held.first.x0)
            yield replace(item, lines=(whole, *item.lines[1:]))
            held = None
            continue
        if held is not None:
            yield held
        held = item if isinstance(item, Chunk) and _is_label(item) else None
        if held is None:
            yield item
    if held is not None:
        yield held


def _is_label(chunk: Chunk) -> bool:
    text = chunk.first.text
    if len(chunk.lines) > 1 or len(text) > 8:
        return False
    marker, rest = enumerators.split(text)
    return bool(_ONLY_BULLET.match(text)) or (marker is not None and not rest)


def _joined(pages: Sequence[Sequence[Chunk | Row]], words: Counter[str]) -> Iterator[Piece | Row]:
    """The items of all pages in order, notes after each page's text, paragraphs that go on over a page made whole."""
    held: Piece | None = None
    notes: list[Piece] = []
    for page in pages:
        page = _with_foot_notes(page)
        body = [item for item in page if isinstance(item, Row) or not item.element.note]
        below = [item for item in page if isinstance(item, Chunk) and item.element.note]
        for place, item in enumerate(body):
            if held is not None and place == 0 and isinstance(item, Chunk) and _runs_on(held, item, words):
                held = Piece((*held.chunks, item))
                continue
            if held is not None:
                yield held
            yield from notes
            notes = []
            held = Piece((item,)) if isinstance(item, Chunk) else None
            if isinstance(item, Row):
                yield item
        notes.extend(_notes_of(below))
    if held is not None:
        yield held
    yield from notes


def _with_foot_notes(page: Sequence[Chunk | Row]) -> list[Chunk | Row]:
    """The items of a page, small print at its foot that begins with a raised marker or a star made notes.

    Some notes, such as a title's, are set as paragraphs of the page. What every record says of itself is left out.
    """
    out = [item for item in page if isinstance(item, Row) or not _is_imprint(item.first.text)]
    usual = max((item.size for item in out if isinstance(item, Chunk)), default=0.0)
    for at in range(len(out) - 1, -1, -1):
        item = out[at]
        if isinstance(item, Row):
            break
        if item.element.note:
            continue
        if item.size > SMALL_PRINT * usual:
            break
        if _begins_note(item) or _STAR_NOTE.match(item.first.text):
            out[at] = replace(item, element=replace(item.element, note=True))
    return out


def _is_imprint(text: str) -> bool:
    return layout.is_notice(text) or is_imprint(text)


def _notes_of(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """The notes of a page: what begins without a marker goes on with the note above it."""
    held: Piece | None = None
    for chunk in chunks:
        if _RULE.match(chunk.first.text) and len(chunk.lines) == 1:
            continue
        if held is not None and not _begins_note(chunk):
            held = Piece((*held.chunks, chunk))
            continue
        if held is not None:
            yield held
        held = Piece((chunk,))
    if held is not None:
        yield held


def _begins_note(chunk: Chunk) -> bool:
    text = chunk.first.text
    return bool(
        inline.DEFINITION.match(text)
        or inline.SENTINEL.fullmatch(text)
        or _OLD_NOTE.match(text)
        or _STAR_NOTE.match(text)
    )


def _runs_on(above: Piece, below: Chunk, words: Counter[str]) -> bool:
    """Whether ``below``, the first text of a page, is the rest of ``above``, the last of the page before."""
    last = above.last
    if below.page != last.page + 1 or _kind_of(last) != _kind_of(below):
        return False
    if abs(last.size - below.size) > 1 or (below.bold and not last.last.runs[-1].bold):
        return False
    text, following = text_of(last.lines, words), text_of(below.lines, words)
    plain = inline.extract(text)[0]
    if enumerators.split(following)[0] is not None or _BULLET.match(following):
        return False
    if below.first.x0 > below.left + FLUSH and len(below.lines) > 1:
        return False  # its first line is set in, as only a paragraph's beginning is
    if not layout.ends_sentence(plain):
        return not (layout.is_preambular(following) and plain.endswith((",", ";")))
    if layout.starts_lower(following):
        return True
    set_in = above.first.first.x0 > above.first.left + FLUSH or enumerators.split(above.first.first.text)[0] is not None
    full = last.last.x1 - last.left >= FULL * (last.x1 - last.left) and len(last.lines) > 1
    return set_in and full and abs(below.first.x0 - last.left) <= FLUSH


def _kind_of(chunk: Chunk) -> str:
    return "H" if chunk.element.kind.startswith("H") else "P"


def _row_block(row: Row, words: Counter[str]) -> Block:
    cells = [inline.extract(text_of([line for c in cell for line in c.lines], words)) for cell in row.cells]
    text, refs = inline.extract(
        " ".join(text_of([line for c in cell for line in c.lines], words) for cell in row.cells)
    )
    return Block(
        kind="row", text=text, refs=refs, cells=tuple(cell for cell, _ in cells), level=int(row.header),
        page=row.page, whole=True,
    )  # fmt: skip


def _margin(pages: Sequence[Sequence[Chunk | Row]]) -> float:
    """Where most paragraphs of several lines begin their later lines: the left edge that others are set in from."""
    edges = Counter(
        round(item.left)
        for page in pages
        for item in page
        if isinstance(item, Chunk) and len(item.lines) > 1 and not item.element.note
    )
    return float(max(edges, key=lambda edge: edges[edge], default=0))


def _block(piece: Piece, words: Counter[str], margin: float) -> Block | None:
    first = piece.first
    marked = text_of([line for chunk in piece.chunks for line in chunk.lines], words)
    if _RULE.match(marked) or first.element.contents:
        return None
    if first.element.note:
        return _note_block(marked, first.page)
    text, refs = inline.extract(marked)
    if not text:
        return None
    bullet = _BULLET.match(text)
    if bullet:
        shift = bullet.end()
        refs = tuple(replace(ref, at=max(0, ref.at - shift)) for ref in refs)
        text = text[shift:]
    level = 0 if bullet else _heading_level(piece, text)
    return Block(
        kind="heading" if level else "text",
        text=text,
        level=level,
        marker="-" if bullet else "",
        refs=refs,
        indent=max(0, round((first.left - margin) / INDENT_UNIT)) if len(first.lines) > 1 else 0,
        page=first.page,
        italic=all(chunk.italic for chunk in piece.chunks),
        whole=first.fixed,
    )


def _note_block(marked: str, page: int) -> Block:
    definition = inline.DEFINITION.match(marked)
    old = _OLD_NOTE.match(marked) or _STAR_NOTE.match(marked)
    marker = ""
    if definition:
        marker = "".join(inline.markers(definition.group(1))[:1])
        marked = marked[definition.end() :]
    elif old:
        marker, marked = old.group(1), marked[old.end() :]
    text, refs = inline.extract(marked)
    return Block(kind="note", text=text, refs=refs, marker=marker, page=page, whole=True)


def _heading_level(piece: Piece, text: str) -> int:
    """The depth of a heading as its type shows it (larger above smaller, bold above italic), 0 for what is none."""
    first = piece.first
    tagged = first.element.kind.startswith("H")
    lettered = any(char.isalpha() for char in text)
    if len(text) > LONGEST_HEADING or not (lettered or (tagged and first.bold and "/" in text)):
        return 0
    if not (tagged or first.bold) or (not first.bold and not first.italic and not tagged):
        return 0
    if not tagged and (layout.ends_sentence(text) or text.endswith((",", ";"))):
        return 0
    size = first.size
    step = 1 if size >= 13.5 else 2 if size >= 11.5 else 3
    return step + (0 if first.bold else 3)
