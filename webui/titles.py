"""Telling documents apart in lists: many are called "Report", and a session names them better than a date does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pilcrow.engine import symbols
from pilcrow.engine.model import Document


def asides(documents: Sequence[Document]) -> Mapping[str, str]:
    """What to say beside a title that several of ``documents`` have, by the document's id: body and session."""
    times = Counter(_folded(document) for document in documents if document.title)
    return {document.id: origin(document) for document in documents if times[_folded(document)] > 1}


def origin(document: Document) -> str:
    """The body and the session that a document is of, the body once; "" where neither is known."""
    body = symbols.body_name(document.body) if document.body else ""
    sessions = [session.label for session in document.sessions]
    named = [] if any(body in label for label in sessions) else [body]
    return ", ".join(part for part in (*named, *sessions) if part)


def _folded(document: Document) -> str:
    return " ".join(document.title.casefold().split())
