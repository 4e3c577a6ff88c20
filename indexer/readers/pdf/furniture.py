"""Running headers and footers of pages without structure: told by their form, and by coming again at the same height.

Only lines in the margins of the page are asked, so that a symbol or a number inside the text is safe.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.readers.lines import SYMBOL_LINE, is_furniture
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.page import Page

MARGIN = 0.13
"""Share of the page's height, above and below, in which running lines stand."""

REPEATED = 0.4
"""Share of the pages on which a line must come at the same height to be a running one; two pages at least."""

SMALLER = 0.93
"""The size of a running title, beside the symbol on later pages, against the text's."""

HEIGHT = 6
"""Points within which the heights of a running line agree."""

_DATE = re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$")
_DIGITS = re.compile(r"\d+")


def without(pages: Sequence[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without those that stand there only because it is a page."""
    times = Counter(key for page, lines in pages for key in {_key(line) for line in lines if _in_margin(line, page)})
    often = max(2, round(REPEATED * len(pages)))
    usual = usual_size(lines for _, lines in pages)
    return [list(_kept(page, lines, lambda line: times[_key(line)] >= often, usual)) for page, lines in pages]


def _kept(page: Page, lines: Sequence[Line], repeated: Callable[[Line], bool], usual: float) -> Iterator[Line]:
    symbols = [line.y for line in lines if page.number > 1 and _in_margin(line, page) and SYMBOL_LINE.match(line.text)]
    for line in lines:
        beside = line.bold and line.size <= SMALLER * usual and any(0 <= y - line.y <= 4 * line.size for y in symbols)
        if not _in_margin(line, page) or not (beside or _runs(line, page, repeated(line))):
            yield line


def usual_size(pages: Iterable[Sequence[Line]]) -> float:
    """The size that most letters of the document are set in."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _runs(line: Line, page: Page, repeated: bool) -> bool:
    text = line.text
    if page.number > 1 and (repeated or SYMBOL_LINE.match(text) or _DATE.match(text)):
        return True
    return is_furniture(text)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y / HEIGHT)


def _in_margin(line: Line, page: Page) -> bool:
    return line.y < MARGIN * page.height or line.y > (1 - MARGIN) * page.height
