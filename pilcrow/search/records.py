"""Documents and paragraphs as plain values for JSON: the one shape that the command line and the web API share.

Names are those of the model, with what only a reader of the answer needs: the citation, the address, and whether the
identifier is Pilcrow's own. ``url`` gives the address of a paragraph's or document's id.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from pilcrow.engine.model import Document, Paragraph
from pilcrow.search.cite import cite


def document_to_dict(document: Document, url: Callable[[str], str]) -> dict[str, Any]:
    """A document's record."""
    record: dict[str, Any] = msgspec.to_builtins(document)
    return {**record, "provisional": document.provisional, "url": url(document.id)}


def paragraph_to_dict(document: Document, paragraph: Paragraph, url: Callable[[str], str]) -> dict[str, Any]:
    """A paragraph's record."""
    record: dict[str, Any] = msgspec.to_builtins(paragraph)
    return {**record, "citation": cite(document, paragraph), "url": url(paragraph.id)}


def listed_to_dict(document: Document, paragraph: Paragraph, url: Callable[[str], str]) -> dict[str, Any]:
    """What of a paragraph a list needs to lead to it."""
    record = paragraph_to_dict(document, paragraph, url)
    return {key: record[key] for key in ("id", "marker", "section", "citation", "url")}
