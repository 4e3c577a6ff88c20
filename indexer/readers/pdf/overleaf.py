"""What a page break cut: paragraphs and rows that go on at the top of the next page or column, joined again.

A paragraph goes on where its sentence is open, or where the first line of the page is flush with the lines above, which
the first line of a paragraph is not. A row goes on where the words of its cells do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer import enumerators, layout
from indexer.readers import inline
from indexer.readers.pdf import footnotes
from indexer.readers.pdf.chunks import FLUSH, Chunk, Piece, is_bulleted, text_of
from indexer.readers.pdf.setting import Setting
from indexer.readers.pdf.tables import Row

SHORTEST_CUT = 60
"""Characters from which one line that ends in a bare word is taken for a paragraph that was cut, not for a title."""

FULL = 0.88
"""Share of the width of a paragraph from which its last line counts as full."""


def joined(pages: Sequence[Sequence[Chunk | Row]], setting: Setting) -> Iterator[Piece | Row]:
    """The items of all pages in order, each page's notes after its text, what goes on over a page made whole."""
    held: Piece | Row | None = None
    notes: list[Piece] = []
    for page in pages:
        body = [
            item for item in page if isinstance(item, Row) or not item.element.note or footnotes.is_table_note(item)
        ]
        if isinstance(held, Row) and len(body) > 1 and isinstance(body[0], Row) and body[0].header:
            body[:2] = [body[1], body[0]] if _with(held, body[1], setting) is not None else body[:2]
        for place, item in enumerate(body):
            first = place == 0 or _column(body[place - 1]) != _column(item)
            whole = _with(held, item, setting) if held is not None and first else None
            if whole is not None:
                held = whole
                continue
            if held is not None:
                yield held
            yield from notes
            notes = []
            held = Piece((item,)) if isinstance(item, Chunk) else item
            if isinstance(item, Chunk) and item.element.note:
                yield from footnotes.pieces([item])  # a table's note, which stands right below it
                held = None
        below = [item for item in page if isinstance(item, Chunk) and item.element.note]
        notes.extend(footnotes.pieces([item for item in below if not footnotes.is_table_note(item)]))
    if held is not None:
        yield held
    yield from notes


def _column(item: Chunk | Row) -> int:
    return item.column if isinstance(item, Chunk) else item.chunks[0].column


def _with(above: Piece | Row, below: Chunk | Row, setting: Setting) -> Piece | Row | None:
    """``above`` with the first item of the next page, if that is the rest of it."""
    if isinstance(above, Piece) and isinstance(below, Chunk) and _goes_on(above, below, setting):
        return Piece((*above.chunks, below))
    if isinstance(above, Row) and isinstance(below, Row) and _row_goes_on(above, below, setting):
        return _longer(above, below)
    return None


def _goes_on(above: Piece, below: Chunk, setting: Setting) -> bool:
    last = above.last
    beside = below.page == last.page and below.column > last.column and below.first.y > last.last.y
    near = below.page == last.page + 1 or beside
    if not near or _kind_of(last) != _kind_of(below) or abs(last.size - below.size) > 1:
        return False
    if below.bold and not last.last.runs[-1].bold:
        return False
    text, following = inline.extract(text_of(last.lines, setting.words))[0], text_of(below.lines, setting.words)
    set_in = abs(above.first.first.x0 - above.first.left) > FLUSH
    flush = below.column != last.column or abs(below.first.x0 - last.left) <= FLUSH
    if is_bulleted(following) or (enumerators.split(following)[0] is not None and not (set_in and flush)):
        return False
    if len(below.lines) > 1 and below.first.x0 > below.left + FLUSH:
        return False  # its first line is set in, as only a paragraph's beginning is
    full = len(last.lines) > 1 and last.last.x1 - last.left >= FULL * (last.x1 - last.left)
    if not layout.ends_sentence(text):
        return _is_open(text, following, full=full, single=len(last.lines) == 1)
    if layout.starts_lower(following) and not text.endswith("."):
        return True
    numbered = enumerators.split(above.first.first.text)[0] is not None
    return (set_in or numbered) and full and flush and (below.column == last.column or len(below.lines) > 1)


def _is_open(text: str, following: str, *, full: bool, single: bool) -> bool:
    """Whether ``text``, which ends no sentence, is cut, and no title.

    ``full`` says that its last line is a full one, ``single`` that it has one line, of which that cannot be told.
    """
    if layout.is_preambular(following) and text.endswith((",", ";")):
        return False
    if full or text.endswith(",") or layout.starts_lower(following) or layout.is_unfinished(text):
        return True
    return single and len(text) >= SHORTEST_CUT


def _kind_of(chunk: Chunk) -> str:
    return "H" if chunk.element.kind.startswith("H") else "P"


def _row_goes_on(above: Row, below: Row, setting: Setting) -> bool:
    """Whether ``below``, at the top of a page, is the rest of the row above: no cell of it begins a sentence anew."""
    if above.header or below.header or below.page != above.page + 1 or len(below.cells) > len(above.cells):
        return False
    starts = [text_of(cell[0].lines, setting.words) for cell in below.cells]
    return any(layout.starts_lower(start) for start in starts) and all(
        _continues_cell(above, cell, setting) for cell in below.cells
    )


def _continues_cell(above: Row, cell: Sequence[Chunk], setting: Setting) -> bool:
    over = _over(above, cell)
    if over is None:
        return False
    text = inline.extract(text_of([line for chunk in above.cells[over] for line in chunk.lines], setting.words))[0]
    return layout.starts_lower(cell[0].first.text) or not layout.ends_sentence(text)


def _over(above: Row, cell: Sequence[Chunk]) -> int | None:
    """Which cell of ``above`` stands in the column of ``cell``."""
    left = min(chunk.x0 for chunk in cell)
    gaps = [(abs(min(chunk.x0 for chunk in other) - left), at) for at, other in enumerate(above.cells)]
    gap, at = min(gaps)
    return at if gap <= 4 * FLUSH else None


def _longer(above: Row, below: Row) -> Row:
    cells = [list(cell) for cell in above.cells]
    for cell in below.cells:
        over = _over(above, cell)
        if over is not None:
            cells[over].extend(cell)
    return Row(tuple(tuple(cell) for cell in cells), above.table, above.header, page_end=below.page)
