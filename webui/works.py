"""A document's own record for a library of references: the work as a whole, not one of its paragraphs."""

from __future__ import annotations

from flask import Response

from pilcrow.engine.model import Document
from pilcrow.search import export
from webui.errors import NotHereError

LABELS = {"ris": "RIS", "bibtex": "BibTeX"}
"""The formats in the order in which they are offered."""

SUFFIXES = {export.FORMATS[name].extension: name for name in LABELS}
"""What the addresses of the records end in, and the format that it stands for."""


def response(document: Document, suffix: str, url: str) -> Response:
    """The record of ``document``, whose page is at ``url``, as a file; raises ``NotHereError`` for another suffix."""
    if suffix not in SUFFIXES:
        raise NotHereError(f"There is no record as {suffix}; there is one as {' and '.join(SUFFIXES)}.")
    kind = export.FORMATS[SUFFIXES[suffix]]
    record = "".join(export.WORKS[SUFFIXES[suffix]](document, url))
    sent = Response(record, content_type=f"{kind.media_type}; charset=utf-8")
    sent.headers["Content-Disposition"] = f'attachment; filename="{export.key(document.id)}.{kind.extension}"'
    return sent
