"""Chunks: the lines of a page that belong together, before it is known what they are in the document.

A chunk is a paragraph's lines on one page, a heading's, a note's, or those of one paragraph of a table's cell. Tagged
PDFs say what belongs together (:func:`tagged`); in all others the layout tells it (:mod:`indexer.readers.pdf.layout`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer import enumerators
from indexer.readers import inline, mend
from indexer.readers.pdf.lines import Line, lines_of, space_of
from indexer.readers.pdf.page import Element, Page
from indexer.readers.pdf.structure import FIGURE

FLUSH = 3.0
"""Points by which two left edges, or two baselines, may differ and still be one."""

_SIGNS = "[•▪▫◦○□■‣●∙·►➢✓\uf0b7\uf0a7\uf02d–—-]"
BULLET = re.compile(rf"^{_SIGNS}(?:\s*(?=[^\s\d])|\s+(?=\d))")
_ONLY_BULLET = re.compile(rf"^{_SIGNS}$")

PRINTED_RULE = re.compile(r"^[\s_\-—–=*]{3,}$")
"""A line that is a rule made of characters."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_IN_ADDRESS = re.compile(r"[\w%#&=?./~-]*[\d/=_%#.-][\w%#&=?./~-]*[\w/]")
"""An address at a line's end, and the beginning of a line that can only be more of it, since it is no word."""

LONG_LINE = 60
"""Characters of a line of text; a shorter one that ends no sentence is a label's or a list's."""

LINE_STEP = 1.3
"""Sizes between the baselines of two lines up to which they may be of one paragraph."""

APART = 2.0
"""Sizes between two runs from which they are no parts of one line."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of one page that belong together; ``element`` is what the file's structure, or the layout, says of them.

    ``page`` is the page's number, ``column`` counts its columns from 0. ``fixed`` says that the file itself says where
    the chunk ends.
    """

    lines: tuple[Line, ...]
    page: int
    element: Element
    fixed: bool = False
    column: int = 0

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]

    @property
    def left(self) -> float:
        """Where the lines after the first begin; where the first does, if it is the only one."""
        return min((line.x0 for line in self.lines[1:]), default=self.first.x0)

    @property
    def x0(self) -> float:
        """Where the leftmost line begins."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Where the longest line ends."""
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        """Where the first line reaches up to."""
        return self.first.top

    @property
    def bottom(self) -> float:
        """Where the last line reaches down to."""
        return min(line.bottom for line in self.lines)

    @property
    def size(self) -> float:
        """The size that most of its letters are set in."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(line.italic for line in self.lines)


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

    @property
    def lines(self) -> list[Line]:
        """The lines of all its chunks."""
        return [line for chunk in self.chunks for line in chunk.lines]


def is_bullet(text: str) -> bool:
    """Whether ``text`` is a bullet alone."""
    return bool(_ONLY_BULLET.match(text))


def is_bulleted(text: str) -> bool:
    """Whether ``text`` begins with a bullet."""
    return bool(BULLET.match(text))


def tagged(page: Page) -> list[Chunk]:
    """The chunks of a page with structure, in reading order; what is in no element is left out."""
    held = [run for run in page.runs if run.element is not None and run.element.kind != FIGURE]
    held.sort(key=lambda run: run.element.order if run.element else 0)
    out: list[Chunk] = []
    space = space_of(page.runs)
    for element, runs in groupby(held, key=lambda run: run.element):
        lines = lines_of(runs, space=space)
        if element is not None and lines:
            chunk = Chunk(tuple(lines), page.number, element, fixed=True)
            if out and _is_rest(out[-1], chunk):
                out[-1] = replace(out[-1], lines=(*out[-1].lines, *chunk.lines))
            else:
                out.append(chunk)
    return out


def _is_rest(above: Chunk, below: Chunk) -> bool:
    """Whether ``below`` is the rest of a paragraph that the structure cuts in mid-sentence, line below full line."""
    kinds = {above.element.kind, below.element.kind}
    if not kinds <= {"P", "LI"} or above.element.cell or below.element.cell:
        return False
    step = (above.last.y - below.first.y) / below.first.size
    flush = abs(above.left - below.first.x0) <= FLUSH and (
        len(below.lines) == 1 or abs(below.left - below.first.x0) <= FLUSH
    )
    full = above.last.x1 >= max(above.x1, below.x1) - above.size and len(above.last.text) >= LONG_LINE
    alike = abs(above.size - below.size) < 0.5 and above.last.runs[-1].bold == below.first.runs[0].bold
    text = inline.extract(above.last.text)[0]
    open_end = text[-1:].isalnum() or (text.endswith(",") and not below.first.text[:1].isupper())
    return (
        0 < step <= LINE_STEP
        and flush
        and full
        and alike
        and open_end
        and enumerators.split(below.first.text)[0] is None
    )


def loose(page: Page) -> list[Chunk]:
    """The lines of a page with structure that are in no element of it and stand above its text: its letterhead."""
    tops = [run.y for run in page.runs if run.element is not None and run.text.strip()]
    lines = lines_of((run for run in page.runs if run.element is None), part_at=APART)
    return [
        Chunk((line,), page.number, Element("P", 0), fixed=True) for line in lines if not tops or line.y >= min(tops)
    ]


def text_of(lines: Sequence[Line], words: Counter[str]) -> str:
    """The lines as one text, words hyphenated at a line's end mended, note markers as sentinels."""
    text = ""
    above: Line | None = None
    for line in lines:
        if above is None:
            text = line.text
        elif above.spaced:
            text = f"{text} {line.text}"
        elif above.solid and _ADDRESS.search(text[-mend.LONGEST_TAIL :]) and _IN_ADDRESS.match(line.text):
            text += line.text
        else:
            text = mend.join_lines(text, line.text, words)
        above = line
    return inline.clean(inline.mark_stars(text))
