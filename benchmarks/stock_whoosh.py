"""The peer: Whoosh as its own documentation says to use it.

A schema with a stemmed text field, its query parser, ``groupedby`` with a facet a column (``allow_overlap`` for the
columns with several values, without which they count wrongly), and its highlighter: one page of ten hits with four
facets. Nothing of Pilcrow is used but the paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import QueryParser
from whoosh.sorting import FieldFacet, StoredFieldFacet

from pilcrow.engine.model import ParsedDocument

PAGE = 10
FACETS = ("session", "date", "state", "pillar")


def build(directory: Path, documents: Iterable[ParsedDocument]) -> None:
    """Index ``documents`` into the empty ``directory``."""
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(stored=True, analyzer=StemmingAnalyzer()),
        session=fields.ID(stored=True),
        date=fields.ID(stored=True),
        state=fields.KEYWORD(stored=True, commas=True),
        pillar=fields.KEYWORD(stored=True, commas=True),
    )
    writer = index.create_in(str(directory), schema).writer()
    for parsed in documents:
        for paragraph in parsed.paragraphs:
            writer.add_document(
                id=paragraph.id,
                text=paragraph.text,
                session=parsed.document.sessions[0].key,
                date=parsed.document.date[:4],
                state=",".join(sorted({mention.code for mention in paragraph.states})),
                pillar=",".join(score.pillar for score in paragraph.pillars),
            )
    writer.commit()


class Reader:
    """A searcher that answers whole pages."""

    def __init__(self, directory: Path) -> None:
        self._searcher = index.open_dir(str(directory)).searcher()
        self._parser = QueryParser("text", self._searcher.schema)
        self._facets = {
            name: FieldFacet(name, allow_overlap=True)
            if name in ("session", "date")
            else StoredFieldFacet(name, allow_overlap=True, split_fn=lambda value: value.split(","))
            for name in FACETS
        }

    def page(self, query: str) -> tuple[int, list[str], dict[str, dict[object, int]]]:
        """The total, ten highlighted hits and the counts of four facets for ``query``."""
        results = self._searcher.search(self._parser.parse(query), limit=PAGE, groupedby=self._facets)
        snippets = [hit.highlights("text") for hit in results]
        counts = {name: {key: len(found) for key, found in results.groups(name).items()} for name in FACETS}
        return len(results), snippets, counts

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()
