"""The plain text of a file, page by page, got without the readers whose work is measured with it.

For a PDF it is what the library gives as a page's text, in the order in which the file draws it; for a DOCX the text of
its paragraphs; of a text file its lines. A line that recurs at the top or the bottom of pages (with other figures in
it) is the pages' furniture.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import unescape
from multiprocessing import get_context
from pathlib import Path

import pypdfium2

EDGE_LINES = 4
"""Lines at the top, and at the bottom, of a page among which its furniture is looked for."""

LEAST_PAGES = 3
FRONT_LINES = 60
LARGEST_PART = 50_000_000
"""Bytes of a DOCX's part beyond which it is not looked at."""

_DIGITS = re.compile(r"\d+")
_WORD_PART = re.compile(r"word/(?:document|header\d*)\.xml")
_WORD_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_WORD_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)\b[^>]*/>")


@dataclass(frozen=True, slots=True)
class Raw:
    """Plain text of a file: how many ``pages`` (0 where the format has none), the first page's lines (``front``).

    ``furniture`` are the lines that recur at the edges of its pages, each number as "#".
    """

    pages: int = 0
    front: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()


def raw_text(paths: Sequence[Path], *, jobs: int) -> Iterator[Raw]:
    """The plain text of each file, in order; with more than one job, in as many processes."""
    if jobs > 1 and len(paths) > 1:
        with ProcessPoolExecutor(min(jobs, len(paths)), mp_context=get_context("spawn")) as pool:
            yield from pool.map(raw_of, paths, chunksize=4)
    else:
        yield from map(raw_of, paths)


def raw_of(path: Path) -> Raw:
    """The plain text of one file, told by its first bytes; of a format that is none of the three, nothing."""
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return _of_pages(_pdf_pages(path))
    if head.startswith(b"PK\x03\x04"):
        return Raw(front=tuple(_docx_lines(path))[:FRONT_LINES])
    if head.lstrip().startswith(b"<"):
        return Raw()
    return Raw(front=tuple(_lines(path.read_text(encoding="utf-8", errors="replace")))[:FRONT_LINES])


def _pdf_pages(path: Path) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    try:
        return [_page_text(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The page's text, "" where the library cannot load the page: the readers' report says so of the file."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded())
    finally:
        text_page.close()
        page.close()


def _docx_lines(path: Path) -> Iterator[str]:
    """The lines of the headers, in which the first page's masthead stands, and then of the body."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if _WORD_PART.fullmatch(name)]
            read = [archive.read(name) for name in sorted(parts) if archive.getinfo(name).file_size <= LARGEST_PART]
    except (KeyError, zipfile.BadZipFile):
        return
    by_headers_first = sorted(read, key=lambda xml: b"<w:body" in xml)
    for paragraph in _WORD_PARAGRAPH.findall(b"\n".join(by_headers_first).decode("utf-8", errors="replace")):
        pieces = (unescape(text) if not gap else " " for text, gap in _WORD_TEXT.findall(paragraph))
        yield from _lines("".join(pieces))


def _of_pages(pages: Sequence[str]) -> Raw:
    split = [tuple(_lines(page)) for page in pages]
    return Raw(pages=len(pages), front=split[0] if split else (), furniture=tuple(recurring(split)))


def recurring(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines, numbers as "#", that stand among the first or last of at least three pages and of a fifth of all."""
    seen: Counter[str] = Counter()
    for lines in pages:
        edges = {*lines[:EDGE_LINES], *lines[-EDGE_LINES:]}
        seen.update({_DIGITS.sub("#", line) for line in edges})
    for line, count in sorted(seen.items()):
        if count >= LEAST_PAGES and 5 * count >= len(pages) and re.search(r"[^\W\d_]", line):
            yield line


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        plain = " ".join(line.split())
        if plain:
            yield plain
