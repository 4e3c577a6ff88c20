"""Snippets as markup that is safe by construction.

Snippets come from the search room as escaped text with ``<mark>`` in it. Here they are taken apart again and every
piece of text is escaped anew, so that nothing but marks can ever be markup, whatever a document or a query holds.
"""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

_MARK = re.compile(r"</?mark>")
_SPECIAL = re.compile(r"[&<>\"']")


def marked(snippet: str) -> Markup:
    """``snippet`` with its ``<mark>`` elements as markup and everything else as text."""
    if not _SPECIAL.search(snippet):
        return escape(snippet)
    pieces = (html.unescape(piece) for piece in _MARK.split(snippet))
    return Markup("").join(_element(text, bool(at % 2)) for at, text in enumerate(pieces))


def breakable(symbol: str) -> Markup:
    """``symbol`` with leave to break the line after each slash, where it is too long for its place."""
    return Markup("/<wbr>").join(symbol.split("/"))


def _element(text: str, is_marked: bool) -> Markup:
    if not text:
        return Markup("")
    return Markup("<mark>{}</mark>").format(text) if is_marked else escape(text)
