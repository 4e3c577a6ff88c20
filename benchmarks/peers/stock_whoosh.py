"""The peer: Whoosh as its own documentation says to use it.

A schema with stemmed text fields, its query parser over both (all words required, as by default; with its plugin for
fuzzy words), ``groupedby`` with a facet a column (``allow_overlap`` for the columns with several values, without which
they count wrongly; ``Count``, which keeps counts and no lists), ``filter`` for what is chosen, and its highlighter. A
chosen facet is counted by one search more, without its own selection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh import query as whoosh_query
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import FuzzyTermPlugin, MultifieldParser
from whoosh.sorting import Count, FieldFacet, StoredFieldFacet

from benchmarks import queries
from benchmarks.peers.rows import FACETS, HITS, Page, rows
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.model import ParsedDocument

NAME = "stock Whoosh"
LEFT_OUT: Mapping[str, str] = {}

_SEVERAL = frozenset(facet for facet in FACETS if BY_KEY[facet].multiple or BY_KEY[facet].hierarchy)


def missing() -> str:
    """Nothing can be missing: Pilcrow has Whoosh with it."""
    return ""


def build(directory: Path, documents: Iterable[ParsedDocument]) -> None:
    """Index ``documents`` into the empty ``directory``."""
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(stored=True, analyzer=StemmingAnalyzer()),
        section=fields.TEXT(analyzer=StemmingAnalyzer()),
        **{
            facet: fields.KEYWORD(stored=True, commas=True) if facet in _SEVERAL else fields.ID(stored=True)
            for facet in FACETS
        },
    )
    writer = index.create_in(str(directory), schema).writer(limitmb=256)
    for row in rows(documents):
        writer.add_document(
            id=row.id,
            text=row.text,
            section=row.section,
            **{facet: ",".join(row.facets[facet]) for facet in FACETS},
        )
    writer.commit()


class Reader:
    """A searcher that answers whole pages."""

    def __init__(self, directory: Path) -> None:
        self._searcher = index.open_dir(str(directory)).searcher()
        self._parser = MultifieldParser(["text", "section"], self._searcher.schema)
        self._parser.add_plugin(FuzzyTermPlugin())

    def page(self, query: queries.Query) -> Page:
        """Ten hits with snippets, and the counts of every facet."""
        words = self._words(query)
        chosen = dict(query.chosen)
        results = self._found(words, chosen, [facet for facet in FACETS if facet not in chosen])
        snippets = [hit.highlights("text") or hit["text"][:300] for hit in results]
        counts = _counts(results)
        for facet in chosen:
            others = {name: value for name, value in chosen.items() if name != facet}
            counts |= _counts(self._found(words, others, [facet]))
        return Page(len(results), snippets, counts)

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    def _words(self, query: queries.Query) -> whoosh_query.Query:
        match query.kind:
            case "facet only":
                return whoosh_query.Every()
            case "near":
                # Whoosh counts the distance, not the words between.
                return self._parser.parse(f'"{" ".join(query.words)}"~{queries.SLOP + 1}')
            case "not":
                return self._parser.parse("({} OR {}) NOT {}".format(*query.words))
            case _:
                return self._parser.parse(query.typed())

    def _found(self, words: whoosh_query.Query, chosen: Mapping[str, str], facets: list[str]) -> Any:
        terms = [whoosh_query.Term(facet, value) for facet, value in chosen.items()]
        return self._searcher.search(
            words,
            limit=HITS,
            filter=whoosh_query.And(terms) if terms else None,
            groupedby={facet: _facet(facet) for facet in facets},
            maptype=Count,
        )


def _facet(name: str) -> FieldFacet | StoredFieldFacet:
    if name in _SEVERAL:
        return StoredFieldFacet(name, allow_overlap=True, split_fn=lambda value: value.split(","))
    return FieldFacet(name, allow_overlap=True)


def _counts(results: Any) -> dict[str, dict[str, int]]:
    return {name: dict(results.groups(name)) for name in results.facet_names()}
