"""Documents and paragraphs as plain values for JSON: the one shape that the command line and the web API share.

Names are those of the model, with what only a reader of the answer needs: the citation, the address, and whether the
identifier is Pilcrow's own. ``url`` gives the address of a paragraph's or document's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph
from pilcrow.search.citations import CitedBy, Citer, Targets, cited_by
from pilcrow.search.cite import cite
from pilcrow.search.documents import related
from pilcrow.search.results import cited_to_dict

Url = Callable[[str], str]


def document_to_dict(document: Document, url: Url) -> dict[str, Any]:
    """A document's record, as lists have it."""
    record: dict[str, Any] = msgspec.to_builtins(document)
    return {**record, "provisional": document.provisional, "url": url(document.id)}


class Records:
    """The records of one document and its paragraphs, with what the index knows of them beside what they say.

    ``paragraphs`` are all of the document's; ``relations`` are what it amends, "amended_by" what amends it; "cited_by"
    lists the paragraphs that cite it as a whole, or, with a paragraph, that one.
    """

    def __init__(self, reader: IndexReader, document: Document, paragraphs: Iterable[Paragraph], url: Url) -> None:
        self._reader = reader
        self._document = document
        self._url = url
        self._citers: CitedBy = cited_by(reader, document, paragraphs)
        self._targets = Targets(reader)

    def document(self) -> dict[str, Any]:
        """The document's record."""
        own = set(self._document.relations)
        amending = [each for each, _ in related(self._reader, self._document) if each not in own]
        whole = self._citers.whole
        return {
            **document_to_dict(self._document, self._url),
            "amended_by": [
                {"symbol": each.symbol, "relation": each.relation, "url": self._url(each.symbol)} for each in amending
            ],
            "cited_by": [self._citer(each) for each in whole.listed],
            "cited_by_total": whole.total,
        }

    def paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        """The record of one of its paragraphs."""
        record: dict[str, Any] = msgspec.to_builtins(paragraph)
        return {
            **record,
            "citation": cite(self._document, paragraph),
            "url": self._url(paragraph.id),
            "cites": [cited_to_dict(each, self._url) for each in self._targets.of(paragraph)],
            "cited_by": [self._citer(each) for each in self._citers.parts.get(paragraph.id, ())],
        }

    def listed(self, paragraph: Paragraph) -> Mapping[str, Any]:
        """What of one of its paragraphs a list needs to lead to it."""
        return {
            "id": paragraph.id,
            "marker": paragraph.marker,
            "section": list(paragraph.section),
            "citation": cite(self._document, paragraph),
            "url": self._url(paragraph.id),
        }

    def _citer(self, citer: Citer) -> dict[str, Any]:
        return {"id": citer.id, "citation": citer.citation, "title": citer.title, "url": self._url(citer.id)}
