"""PDF files -> blocks: what print shows (lines, sizes, rules, columns) undone into what was written.

``extract`` takes runs of text and the structure off each page; ``chunks`` (tagged files) and ``layout`` (all others) put
together what belongs together; ``tables`` finds rows; ``assemble`` joins what page breaks cut and says what each is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from pypdfium2 import PdfiumError

from indexer.blocks import Block
from indexer.readers import mend
from indexer.readers.pdf.assemble import blocks_of
from indexer.readers.pdf.chunks import Chunk, loose, tagged
from indexer.readers.pdf.extract import Fonts, read_page
from indexer.readers.pdf.layout import untagged
from indexer.readers.pdf.page import Page
from indexer.readers.pdf.tables import rows_of
from pilcrow.engine.errors import ReadingError


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the PDF file ``data``; ``path`` is named in errors. Raises :class:`ReadingError`."""
    pages = list(pages_of(data, path))
    chunks = _chunks(pages)
    words = mend.vocabulary(line.text for page in chunks for chunk in page for line in chunk.lines)
    return blocks_of([rows_of(page) for page in chunks], words)


def _chunks(pages: Sequence[Page]) -> list[list[Chunk]]:
    """The chunks of each page, by the structure of the file where it covers the page, else by the layout."""
    plain = [page for page in pages if not page.tagged]
    laid_out = dict(zip((page.number for page in plain), untagged(plain), strict=True))
    return [
        laid_out[page.number]
        if page.number in laid_out
        else [*(loose(page) if page.number == 1 else ()), *tagged(page)]
        for page in pages
    ]


def pages_of(data: bytes, path: Path | str) -> Iterator[Page]:
    """The pages of the PDF file ``data``, in order. Raises :class:`ReadingError` where it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        raise ReadingError(path, f"it is no PDF that can be opened ({error})", "x") from error
    fonts = Fonts()
    try:
        for index in range(len(document)):
            yield read_page(document.raw, index, fonts)
    finally:
        document.close()
