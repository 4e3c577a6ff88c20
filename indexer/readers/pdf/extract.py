"""PDF -> pages: the one module that talks to PDFium, through pypdfium2's raw interface.

The raw interface, because the helpers above it give text without positions, or one character at a time. Here a page is
taken in one call for all its text and then one or two calls for each run, which is what makes a hundred pages a second
possible. PDFium is C++: a bad file can crash it, so files are read in processes that may die (:mod:`indexer.workers`).
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double, c_float, c_int, c_ulong, c_ushort, c_void_p, cast
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from indexer.readers.pdf.page import Element, Page, Rule, Run
from indexer.readers.pdf.structure import elements

PATH, IMAGE, FORM = 2, 3, 5
"""The kinds of page objects that are looked at (``FPDF_PAGEOBJ_*``)."""

MOST_OBJECTS = 20_000
"""Objects of a page beyond which rules are no longer looked for: a map drawn as lines has no footnotes."""

MOST_PATHS = 400
"""Drawn paths from which a page without text is a picture: letters may be drawn as outlines."""

THICKEST_RULE, SHORTEST_RULE = 3.0, 20.0
"""Points: a thicker path is a bar or a box; a shorter one underlines a word."""

MOST_ORPHANS = 40
"""Letters of a page that may be in no element of its structure and not be marked as furniture: more is lost text."""

ASKEW, SLANTED = 0.06, -1
"""Quarter turns by which a run may be off the page's directions; what stands for the angle of one that is farther off,
as a watermark is."""

SMALLEST = 0.5
"""Points: type that nobody can see."""

BOLD_WEIGHT = 600
_ARTIFACT, _LONGEST_MARK = "Artifact", 32
_ITALIC_FLAG = 1 << 6
_HYPHENS = dict.fromkeys((0xFFFE, 0x0002), "-") | {0x00AD: "-"}
"""What PDFium gives for a hyphen at the end of a line (U+FFFE, in older versions U+0002), and the soft hyphen."""


_object_at = ctypes.CFUNCTYPE(c_void_p, c_void_p, c_int)(
    cast(pdfium.FPDFText_GetTextObject, c_void_p).value or 0  # the same function
)
"""The address of the text object that a character is of. It is asked for every character, so that it gives plain
numbers, which cost a fifth of pypdfium2's pointers."""


_is_generated = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)(cast(pdfium.FPDFText_IsGenerated, c_void_p).value or 0)
"""Whether a character stands in no file, but was put in by PDFium where it saw a gap."""


class Fonts:
    """What is known of a document's fonts, by their handles, so that each is asked once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, bool]] = {}

    def style(self, text_object: object) -> tuple[bool, bool]:
        """Whether the font of a text object is bold, and whether it is italic."""
        font = pdfium.FPDFTextObj_GetFont(text_object)
        address = cast(font, c_void_p).value or 0
        if address not in self._known:
            self._known[address] = self._looked_up(font)
        return self._known[address]

    def _looked_up(self, font: object) -> tuple[bool, bool]:
        buffer = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        name = buffer.value.decode("latin-1").casefold()
        bold = pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or "bold" in name or "black" in name
        italic = bool(pdfium.FPDFFont_GetFlags(font) & _ITALIC_FLAG) or "italic" in name or "oblique" in name
        return bold, italic


def read_page(document: object, index: int, fonts: Fonts) -> Page:
    """The page ``index`` (from 0) of an open PDFium ``document``; an unreadable page is an empty one."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page(index + 1, 0, 0, ())
    try:
        return _page(page, index + 1, fonts)
    finally:
        pdfium.FPDF_ClosePage(page)


def _page(page: object, number: int, fonts: Fonts) -> Page:
    paper = _Paper(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    found = elements(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        runs = _seen(_runs(text_page, found, fonts, paper)) if text_page else []
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
    turns = Counter(turn for run, turn in runs for _ in run.text if turn != SLANTED)
    turn = max(turns, key=lambda each: turns[each], default=0)
    rules, images = _drawn(page, paper)
    width, height = (paper.height, paper.width) if turn % 2 else (paper.width, paper.height)
    turned = pdfium.FPDFPage_GetRotation(page) != 0  # its size is then another's than its text's
    return Page(
        number,
        width,
        height,
        tuple(run for run, its in runs if its == turn and (turned or _is_on(run, width, height))),
        tuple(rules) if turn == 0 else (),
        _covered(runs),
        images,
    )


def _is_on(run: Run, width: float, height: float) -> bool:
    """Whether a run is on the page, not beyond its edges, where it was cropped away."""
    return run.x0 < width and run.x1 > 0 and 0 < run.y < height


def _seen(runs: Iterable[tuple[Run, int]]) -> list[tuple[Run, int]]:
    """The runs that a reader sees: not what has no size, and once what is printed twice to make it bold."""
    kept: dict[tuple[str, int, int], tuple[Run, int]] = {}
    for run, turn in runs:
        if run.size >= SMALLEST and all(map(math.isfinite, (run.x0, run.x1, run.y))):
            kept.setdefault((run.text, round(run.x0), round(run.y)), (run, turn))
    return list(kept.values())


def _covered(runs: Iterable[tuple[Run, int]]) -> bool:
    """Whether the structure covers the page: all but a few letters are in an element, or marked as no text."""
    inside = any(run.element is not None for run, _ in runs)
    orphans = sum(len(run.text) for run, _ in runs if run.element is None and not run.artifact)
    return inside and orphans <= MOST_ORPHANS


@dataclass(frozen=True, slots=True)
class _Paper:
    """The size of a page as it is stored."""

    width: float
    height: float

    def upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """A point as it lies when text set at ``turn`` quarter turns is held upright."""
        if turn == 1:
            return y, self.width - x
        if turn == 2:
            return self.width - x, self.height - y
        return (self.height - y, x) if turn == 3 else (x, y)


def _drawn(page: object, paper: _Paper) -> tuple[list[Rule], float]:
    """The horizontal rules of a page, and the share of it that pictures cover, or forms that may hold some."""
    rules: list[Rule] = []
    covered, paths = 0.0, 0
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        each = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(each)
        paths += kind == PATH
        if kind not in {PATH, IMAGE, FORM}:
            continue
        pdfium.FPDFPageObj_GetBounds(each, byref(left), byref(bottom), byref(right), byref(top))
        wide, high = right.value - left.value, top.value - bottom.value
        if kind != PATH:
            covered += wide * high
        elif high <= THICKEST_RULE and wide >= SHORTEST_RULE:
            rules.append(Rule(left.value, right.value, (top.value + bottom.value) / 2))
    area = paper.width * paper.height
    drawn = paths >= MOST_PATHS or not area
    return rules, 1.0 if drawn else min(1.0, covered / area)


def _runs(text_page: object, found: dict[int, Element], fonts: Fonts, paper: _Paper) -> Iterator[tuple[Run, int]]:
    """The runs of a page, each with the angle that it is set at, in quarter turns."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return
    buffer = (c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    units = _units(text, count)
    reader = _RunReader(text_page, units, found, fonts, paper)
    page, held, start = _address(text_page), None, 0
    for at in range(count):
        address = _object_at(page, at)
        if units[at] == " " and _is_generated(page, at) == 1:
            address = None  # PDFium's guess: whether it is a space is told from the gap between the runs around it
        if address != held:
            if held:
                yield reader.run(held, start, at)
            start, held = at, address
    if held:
        yield reader.run(held, start, count)


def _address(handle: Any) -> int | None:  # noqa: ANN401 - a ctypes pointer, whose class pypdfium2 makes at run time
    return cast(handle, c_void_p).value


def _units(text: str, count: int) -> str | list[str]:
    """The text by index of PDFium's characters; they count UTF-16 units, as Python's do only within the first plane."""
    if len(text) == count:
        return text
    out: list[str] = []
    for char in text:
        out.append(char)
        if ord(char) > 0xFFFF:
            out.append("")
    return out


@dataclass(slots=True)
class _RunReader:
    """Makes runs of one page's characters."""

    text_page: object
    units: str | list[str]
    found: dict[int, Element]
    fonts: Fonts
    paper: _Paper
    _x: c_double = field(default_factory=c_double)
    _y: c_double = field(default_factory=c_double)
    _matrix: Any = field(default_factory=pdfium.FS_MATRIX)
    _box: Any = field(default_factory=pdfium.FS_RECTF)

    def run(self, address: int, start: int, end: int) -> tuple[Run, int]:
        """The run of the characters from ``start`` to ``end``, and how many quarter turns it is set at.

        ``address`` is that of the text object which they are of.
        """
        text_object = cast(address, pdfium.FPDF_PAGEOBJECT)
        matrix, box = self._matrix, self._box
        pdfium.FPDFText_GetCharOrigin(self.text_page, start, byref(self._x), byref(self._y))
        pdfium.FPDFText_GetMatrix(self.text_page, start, byref(matrix))
        pdfium.FPDFText_GetLooseCharBox(self.text_page, end - 1, byref(box))
        size = pdfium.FPDFText_GetFontSize(self.text_page, start) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
        turn = round(angle) % 4 if abs(angle - round(angle)) <= ASKEW else SLANTED
        x0, y = self.paper.upright(self._x.value, self._y.value, turn)
        corners = (self.paper.upright(box.left, box.bottom, turn)[0], self.paper.upright(box.right, box.top, turn)[0])
        bold, italic = self.fonts.style(text_object)
        text = "".join(self.units[start:end]).translate(_HYPHENS)
        element = self.found.get(pdfium.FPDFPageObj_GetMarkedContentID(text_object)) if self.found else None
        artifact = element is None and _is_artifact(text_object)
        return Run(text, x0, max(*corners, x0), y, size, bold, italic, element, artifact), turn


def _is_artifact(text_object: object) -> bool:
    """Whether a text object is marked as an artifact, which is what tagged PDFs call page furniture."""
    for at in range(max(0, pdfium.FPDFPageObj_CountMarks(text_object))):
        name, length = (c_ushort * _LONGEST_MARK)(), c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(text_object, at)
        pdfium.FPDFPageObjMark_GetName(mark, name, 2 * _LONGEST_MARK, byref(length))
        if bytes(name)[: 2 * len(_ARTIFACT)].decode("utf-16-le", "replace") == _ARTIFACT:
            return True
    return False
