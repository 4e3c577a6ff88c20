"""Running headers and footers of pages without structure: told by their form, and by coming again at the same height.

Only lines in the margins of the page are asked, so that a symbol or a number inside the text is safe.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.readers.lines import SYMBOL_LINE, is_furniture
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.page import Page

MARGIN = 0.13
"""Share of the page's height, above and below, in which running lines stand."""

REPEATED = 0.4
"""Share of the pages on which a line must come at the same height to be a running one; two pages at least."""

HEIGHT = 6
"""Points within which the heights of a running line agree."""

_DATE = re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$")
_DIGITS = re.compile(r"\d+")


def without(pages: Sequence[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without those that stand there only because it is a page."""
    times = Counter(key for page, lines in pages for key in {_key(line) for line in lines if _in_margin(line, page)})
    often = max(2, round(REPEATED * len(pages)))
    return [
        [line for line in lines if not (_in_margin(line, page) and _runs(line, page, times[_key(line)] >= often))]
        for page, lines in pages
    ]


def _runs(line: Line, page: Page, repeated: bool) -> bool:
    text = line.text
    if page.number > 1 and (repeated or SYMBOL_LINE.match(text) or _DATE.match(text)):
        return True
    return is_furniture(text)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y / HEIGHT)


def _in_margin(line: Line, page: Page) -> bool:
    return line.y < MARGIN * page.height or line.y > (1 - MARGIN) * page.height
