"""How a document is set: what is usual in it, against which single lines are judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.readers import mend
from indexer.readers.pdf.chunks import Chunk

STROKE = re.compile(r"^(\d{1,3}|\*{1,3}|[a-z])\s?/\s+(?=\S)")
"""How a note begins whose marker is printed with a stroke."""

SMALL_PRINT, HEADER_PRINT = 0.93, 0.85
"""Shares of the usual size: up to which type is small print, and up to which italics are a table's header."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is usual in a document: its ``words``, the ``size`` of most letters, and the left ``margin`` of its text.

    ``strokes`` are the markers of its notes that are printed with a stroke ("1/"), as they were until about 1995.
    """

    words: Counter[str]
    size: float
    margin: float
    strokes: frozenset[str] = frozenset()

    def is_small(self, chunk: Chunk) -> bool:
        """Whether a chunk is small print, as notes are."""
        return chunk.size <= SMALL_PRINT * self.size

    def is_header(self, chunk: Chunk) -> bool:
        """Whether a chunk is set as the header cells of tables are: small and in italics."""
        return chunk.italic and chunk.size <= HEADER_PRINT * self.size


def setting_of(pages: Sequence[Sequence[Chunk]]) -> Setting:
    """What is usual in the document whose chunks are given, page by page."""
    sizes: Counter[float] = Counter()
    edges: Counter[int] = Counter()
    chunks = [chunk for page in pages for chunk in page]
    for chunk in chunks:
        for line in chunk.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        if len(chunk.lines) > 1 and not chunk.element.note:
            edges[round(chunk.left)] += len(chunk.lines)
    words = mend.vocabulary(line.text for chunk in chunks for line in chunk.lines)
    size = max(sizes, key=lambda each: sizes[each], default=10.0)
    strokes = {found.group(1) for chunk in chunks if chunk.element.note and (found := STROKE.match(chunk.first.text))}
    return Setting(words, size, float(max(edges, key=lambda each: edges[each], default=0)), frozenset(strokes))
