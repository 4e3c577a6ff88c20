"""Snippets as markup that is safe by construction.

Snippets come from the search room as escaped text with ``<mark>`` in it. Here they are taken apart again and every
piece of text is escaped anew, so that nothing but marks can ever be markup, whatever a document or a query holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

_MARK = re.compile(r"</?mark>")


def marked(snippet: str) -> Markup:
    """``snippet`` with its ``<mark>`` elements as markup and everything else as text."""
    return Markup("").join(_element(text, is_marked) for text, is_marked in _segments(snippet))


def marked_pieces(snippet: str, cuts: Iterable[int]) -> tuple[Markup, ...]:
    """:func:`marked`, cut before the characters of the plain text that ``cuts`` name, in rising order.

    Gives one piece more than there are cuts; a mark that a cut runs through is marked on both sides of it.
    """
    pieces: list[Markup] = []
    current = Markup("")
    waiting = list(cuts)
    at = 0
    for text, is_marked in _segments(snippet):
        while waiting and waiting[0] < at + len(text):
            size = max(0, waiting.pop(0) - at)
            pieces.append(current + _element(text[:size], is_marked))
            current, text, at = Markup(""), text[size:], at + size
        current += _element(text, is_marked)
        at += len(text)
    return (*pieces, current, *(Markup("") for _ in waiting))


def _segments(snippet: str) -> Iterator[tuple[str, bool]]:
    """The plain text of ``snippet`` in pieces that are marked and pieces that are not, by turns."""
    for at, piece in enumerate(_MARK.split(snippet)):
        yield html.unescape(piece), bool(at % 2)


def _element(text: str, is_marked: bool) -> Markup:
    if not text:
        return Markup("")
    return Markup("<mark>{}</mark>").format(text) if is_marked else escape(text)
