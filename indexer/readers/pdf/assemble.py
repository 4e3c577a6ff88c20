"""Chunks of all pages -> blocks: rows, notes, headings, list items and paragraphs, each whole and said what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer import enumerators, layout
from indexer.blocks import Block
from indexer.readers import inline
from indexer.readers.lines import SYMBOL_LINE, is_imprint
from indexer.readers.pdf import footnotes, overleaf
from indexer.readers.pdf.chunks import BULLET, FLUSH, PRINTED_RULE, Chunk, Piece, is_bullet, text_of
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.setting import Setting
from indexer.readers.pdf.tables import Row, rows_of

LONGEST_HEADING = 400
"""Characters: agenda items' titles are the longest headings there are."""

INDENT_UNIT = 10.0
"""Points that one unit of a block's indent stands for."""

LARGE, MIDDLE = 1.3, 1.12
"""How much larger than the text a heading of the first and of the second depth is set."""

LEADERS_OF_CONTENTS = 3
"""Rows or lines with dotted leaders that a page has at least whose rows are a list of contents."""

_LEADER = re.compile(r"\.{5,}|\.{3,}(?=\s+\d)|(?:\. ){5,}|…{3,}")
_STROKED = re.compile(r"(?<=[\w.,;:)”\"’])\s?(?<![\d/])\b(\d{1,3}|[a-z])/(?=[\s.,;:)]|$)")
_PAGE_NUMBER = re.compile(r"^(?:\d{1,3}|[ivxl]{1,6})$")


def blocks_of(pages: Sequence[Sequence[Chunk]], head: Sequence[Chunk], setting: Setting) -> list[Block]:
    """The blocks of a document, given what stands on each of its pages and the letterhead of the first."""
    prepared = [_prepared(page, setting) for page in pages]
    prepared[0] = [*head, *prepared[0]]
    out: list[Block] = []
    headers = _Headers()
    front = True
    for item in overleaf.joined(prepared, setting):
        if isinstance(item, Row):
            if not headers.repeats(item, setting):
                out.append(_row_block(item, setting))
            continue
        block = footnotes.block(item, setting) if item.first.element.note else _block(item, setting, front=front)
        if block is not None:
            front = front and (block.kind != "text" or len(item.lines) < 3)
            out.append(block)
    return out


def _prepared(page: Sequence[Chunk], setting: Setting) -> list[Chunk | Row]:
    """The items of a page: cells gathered in rows, labels with their text, notes marked, imprint and contents out."""
    kept = [chunk for chunk in page if not _is_imprint(inline.extract(chunk.first.text)[0])]
    noted = [item for item in footnotes.marked(kept, setting) if isinstance(item, Chunk)]
    body = [chunk for chunk in noted if not chunk.element.note or footnotes.is_table_note(chunk)]
    rows = _without_contents(list(_without_frames(rows_of(list(_labelled(body)), setting))))
    return [*rows, *(chunk for chunk in noted if chunk not in body)]


def _is_imprint(text: str) -> bool:
    return layout.is_notice(text) or is_imprint(text)


def _without_frames(items: Sequence[Chunk | Row]) -> Iterator[Chunk | Row]:
    """The items of a page; rows above its first numbered paragraph may be the masthead's frame."""
    front = True
    for item in items:
        front = front and not (isinstance(item, Chunk) and _is_numbered(item))
        if front:
            yield from _unboxed(item)
        else:
            yield item


def _is_numbered(chunk: Chunk) -> bool:
    marker, rest = enumerators.split(chunk.first.text)
    return marker is not None and bool(rest) and not chunk.bold and (len(chunk.lines) > 1 or layout.ends_sentence(rest))


def _unboxed(item: Chunk | Row) -> Iterator[Chunk | Row]:
    """The paragraphs of a row that is only the masthead's frame: on the first pages, with several paragraphs a cell."""
    frame = isinstance(item, Row) and item.table and (
        (item.page == 1 and any(len(cell) > 1 for cell in item.cells))
        or any(SYMBOL_LINE.match(chunk.first.text) for chunk in item.chunks if item.page <= 3)
    )  # fmt: skip
    if isinstance(item, Row) and frame:
        yield from (replace(chunk, element=replace(chunk.element, cell=None)) for chunk in item.chunks)
    else:
        yield item


def _without_contents(items: Sequence[Chunk | Row]) -> list[Chunk | Row]:
    """The items of a page without its list of contents: what has leaders, and the page numbers beside that."""
    led = [item for item in items if any(_LEADER.search(line.text) for line in _lines(item))]
    if len(led) < LEADERS_OF_CONTENTS:
        return list(items)
    heights = [line.y for item in led for line in _lines(item)]
    beside = [
        item
        for item in items
        if all(_PAGE_NUMBER.match(line.text) for line in _lines(item))
        and min(abs(_lines(item)[0].y - height) for height in heights) <= FLUSH
    ]
    return [item for item in items if item not in led and item not in beside]


def _lines(item: Chunk | Row) -> list[Line]:
    return list(item.lines) if isinstance(item, Chunk) else [line for chunk in item.chunks for line in chunk.lines]


def _labelled(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks of a page, a list item's label ("(a)", a bullet) joined with the text set beside it.

    Where more than one chunk stands beside it, the label is the first cell of a table's row.
    """
    at = 0
    while at < len(chunks):
        label, beside = chunks[at], chunks[at + 1 : at + 3]
        leads = at == 0 or abs(chunks[at - 1].first.y - label.first.y) > FLUSH
        level = [abs(each.first.y - label.first.y) <= FLUSH and each.x0 >= label.x1 for each in beside]
        if leads and _is_label(label) and level[:1] == [True] and level[1:] != [True]:
            item = beside[0]
            line = replace(item.first, text=f"{label.first.text} {item.first.text}", x0=label.first.x0)
            yield replace(item, lines=(line, *item.lines[1:]))
            at += 2
        else:
            yield label
            at += 1


def _is_label(chunk: Chunk) -> bool:
    text = chunk.first.text
    if len(chunk.lines) > 1 or len(text) > 8:
        return False
    marker, rest = enumerators.split(text)
    return is_bullet(text) or (marker is not None and not rest)


class _Headers:
    """The rows that began tables so far: one that comes again on the next page only goes on with its table."""

    def __init__(self) -> None:
        self._header: dict[int, tuple[str, ...]] = {}
        self._first: dict[int, tuple[str, ...]] = {}

    def repeats(self, row: Row, setting: Setting) -> bool:
        """Whether ``row`` is the first of its page, and a header or the first row of the page before printed again."""
        cells = tuple(_text(cell, setting) for cell in row.cells)
        first = row.page not in self._first
        if first:
            self._first[row.page] = cells
        header = row.header and cells == self._header.get(row.page - 1)
        if row.header:
            self._header[row.page] = cells
        figures = any(char.isdigit() for cell in cells for char in cell)
        again = len(cells) > 1 and not figures and cells == self._first.get(row.page - 1)
        return first and (header or again)


def _text(cell: Sequence[Chunk], setting: Setting) -> str:
    return text_of([line for chunk in cell for line in chunk.lines], setting.words)


def _row_block(row: Row, setting: Setting) -> Block:
    marked = [_text(cell, setting) for cell in row.cells]
    text, refs = inline.extract(" ".join(marked))
    return Block(
        kind="row",
        text=text,
        refs=refs,
        cells=tuple(inline.extract(cell)[0] for cell in marked),
        level=int(row.header),
        page=row.page,
        whole=True,
    )


def _block(piece: Piece, setting: Setting, *, front: bool) -> Block | None:
    first = piece.first
    marked = _with_strokes(text_of(piece.lines, setting.words), setting)
    text, refs = inline.extract(marked)
    if not text or PRINTED_RULE.match(text) or first.element.contents:
        return None
    bullet = BULLET.match(text)
    if bullet:
        refs = tuple(replace(ref, at=max(0, ref.at - bullet.end())) for ref in refs)
        text = text[bullet.end() :]
    level = 0 if bullet else _heading_level(piece, text, setting)
    return Block(
        kind="heading" if level else "text",
        text=text,
        level=level,
        marker="-" if bullet else "",
        refs=refs,
        indent=_indent(first, setting, shown=front or level > 0),
        italic=all(chunk.italic for chunk in piece.chunks),
        page=first.page,
        whole=True,
        unsure=not first.fixed,
    )


def _with_strokes(text: str, setting: Setting) -> str:
    """``text`` with markers that are printed with a stroke ("1/") made sentinels, if the document has such notes."""
    if not setting.strokes:
        return text
    return _STROKED.sub(
        lambda found: inline.sentinel(found.group(1)) if found.group(1) in setting.strokes else found.group(), text
    )


def _indent(chunk: Chunk, setting: Setting, *, shown: bool) -> int:
    """How deep a chunk is set in; of a paragraph of one line it cannot be told from the first line's own indent."""
    if len(chunk.lines) == 1 and not shown:
        return 0
    return max(0, round((chunk.left - setting.margin) / INDENT_UNIT))


def _heading_level(piece: Piece, text: str, setting: Setting) -> int:
    """The depth of a heading as its type shows it (larger above smaller, bold above italic), 0 for what is none."""
    first = piece.first
    tagged = first.element.kind.startswith("H")
    numbered = tagged and first.bold and "/" in text
    if len(text) > LONGEST_HEADING or not (numbered or any(char.isalpha() for char in text)):
        return 0
    if setting.is_small(first) and not tagged:
        return 0
    if not tagged and (not first.bold or layout.ends_sentence(text) or text.endswith((",", ";"))):
        return 0
    step = 1 if first.size >= LARGE * setting.size else 2 if first.size >= MIDDLE * setting.size else 3
    return step + (0 if first.bold else 3)
