"""PDF files -> blocks: what print shows (lines, sizes, rules, columns) undone into what was written.

``extract`` takes runs of text and the structure off each page; ``chunks`` (tagged files) and ``layout`` (all others)
put together what belongs together; ``tables`` finds rows, ``footnotes`` notes; ``overleaf`` joins what page breaks cut;
``assemble`` says what each piece is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from indexer.blocks import Block
from indexer.readers.pdf.assemble import blocks_of
from indexer.readers.pdf.chunks import Chunk, loose, tagged
from indexer.readers.pdf.extract import Fonts, read_page
from indexer.readers.pdf.layout import untagged
from indexer.readers.pdf.page import Page
from indexer.readers.pdf.setting import setting_of
from pilcrow.engine.errors import ReadingError
from pilcrow.engine.ranges import pages as pages_listed

PICTURE = 0.3
"""Share of a page that pictures cover from which, without text, it is a picture of text."""

READABLE = 0.3
"""Share of a page's signs that are letters or digits from which they can be read."""

FEWEST_LETTERS = 30
"""Letters and digits that a page with text has at least: a scanned page may still have a page number or a stamp."""

_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: (
        "it is protected by a password",
        "save a copy without the password (its owner can), and index that",
    ),
    pdfium.FPDF_ERR_SECURITY: (
        "it is encrypted in a way that cannot be opened",
        "save a copy without encryption, and index that",
    ),
    pdfium.FPDF_ERR_FORMAT: (
        "it is damaged or cut off, so that no page of it can be found",
        "download it again, or open it and save a copy",
    ),
}
_OTHER_REASON = ("it cannot be opened as a PDF", "download it again, or open it and save a copy")


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the PDF file ``data``; ``path`` is named in errors. Raises :class:`ReadingError`.

    A page that has no text but pictures gives a block of kind "unread", so that it is not passed over in silence.
    """
    pages = list(pages_of(data, path))
    unread = [page.number for page in pages if _is_unread(page)]
    pages = [replace(page, runs=()) if page.number in unread else page for page in pages]
    if not any(run.text.strip() for page in pages for run in page.runs):
        raise _no_text(path, pages, unread)
    chunks = _chunks(pages)
    head = loose(pages[0]) if pages[0].tagged else []
    blocks = blocks_of(chunks, head, setting_of(chunks))
    return [*blocks, *(Block(kind="unread", page=number) for number in unread)]


def pages_of(data: bytes, path: Path | str) -> Iterator[Page]:
    """The pages of the PDF file ``data``, in order. Raises :class:`ReadingError` where it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        reason, remedy = _REASONS.get(error.err_code or 0, _OTHER_REASON)
        raise ReadingError(path, reason, remedy) from error
    fonts = Fonts()
    try:
        for index in range(len(document)):
            yield read_page(document.raw, index, fonts)
    finally:
        document.close()


def _chunks(pages: Sequence[Page]) -> list[list[Chunk]]:
    """The chunks of each page, by the structure of the file where it covers the page, else by the layout."""
    plain = [page for page in pages if not page.tagged]
    laid_out = dict(zip((page.number for page in plain), untagged(plain), strict=True))
    return [laid_out[page.number] if page.number in laid_out else tagged(page) for page in pages]


def _is_unread(page: Page) -> bool:
    """Whether a page is a picture, or has signs without letters: fonts that do not say what their signs are."""
    signs = [char for run in page.runs for char in run.text if char != " "]
    letters = sum(map(str.isalnum, signs))
    if letters < FEWEST_LETTERS and (page.images >= PICTURE or not page.width):
        return True
    return letters < READABLE * len(signs) and len(signs) >= FEWEST_LETTERS and not page.tagged


def _no_text(path: Path | str, pages: Sequence[Page], unread: Sequence[int]) -> ReadingError:
    if not unread:
        return ReadingError(path, "it has no text", "check that it is the document that you mean, or leave it out")
    which = "all its pages" if len(unread) == len(pages) else f"its {pages_listed(unread)}"
    return ReadingError(
        path, f"{which} are pictures, without text that could be read", "run OCR over it, and index what that gives"
    )
