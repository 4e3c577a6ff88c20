"""The peer: Tantivy as tantivy-py's documentation says to use it.

Text in stemmed fields, facets in raw fast fields, ``parse_query`` (any of the words), a terms aggregation for each
facet, all in one call, and its ``SnippetGenerator``. Where the query language has no form for a kind of query, the
documented constructor of ``Query`` is used (``regex_query``, ``fuzzy_term_query``), over the words as they are written,
which have fields of their own: over stems such a query finds next to nothing. A chosen facet is counted by one
aggregation more, without its own selection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query, SnippetGenerator

from benchmarks import queries
from benchmarks.peers.rows import FACETS, HITS, Page, rows, shown
from pilcrow.engine.model import ParsedDocument

NAME = "plain Tantivy"
LEFT_OUT: Mapping[str, str] = {}

_TEXTS = ["text", "section"]
_OF_A_SEGMENT = 100_000
"""Values that a segment may count for a facet: with the default, ten times those asked for, counts come out too low."""

_FORMS = {"text": "text_forms", "section": "section_forms"}


def missing() -> str:
    """Nothing can be missing: where the library is not there, this module cannot be imported."""
    return ""


def build(directory: Path, documents: Iterable[ParsedDocument]) -> None:
    """Index ``documents`` into the empty ``directory``."""
    writer = tantivy.Index(_schema(), path=str(directory)).writer()
    for row in rows(documents):
        texts = {"text": row.text, "section": row.section}
        forms = {_FORMS[name]: text for name, text in texts.items()}
        writer.add_document(
            tantivy.Document(id=row.id, **texts, **forms, **{name: list(row.facets[name]) for name in FACETS})
        )
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        builder.add_text_field(_FORMS[name], tokenizer_name="default", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class Reader:
    """A searcher that answers whole pages."""

    def __init__(self, directory: Path) -> None:
        self._index = tantivy.Index.open(str(directory))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def page(self, query: queries.Query) -> Page:
        """Ten hits with snippets, and the counts of every facet."""
        words = self._words(query)
        chosen = dict(query.chosen)
        narrowed = self._narrowed(words, chosen)
        found: Any = self._searcher.search(narrowed, limit=HITS)
        counts = self._counts(narrowed, [facet for facet in FACETS if facet not in chosen])
        for facet in chosen:
            others = {name: value for name, value in chosen.items() if name != facet}
            counts |= self._counts(self._narrowed(words, others), [facet])
        generator = SnippetGenerator.create(self._searcher, narrowed, self._schema, "text")
        snippets = [generator.snippet_from_doc(self._searcher.doc(address)).to_html() for _, address in found.hits]
        total: int = found.count
        return Page(total, snippets, counts)

    def close(self) -> None:
        """Nothing is open that closes."""

    def _words(self, query: queries.Query) -> Query:
        match query.kind:
            case "facet only":
                return Query.all_query()
            case "prefix":
                return self._either(Query.regex_query, query.words[0] + ".*")
            case "inner wildcard":
                return self._either(Query.regex_query, query.words[0].replace("?", ".").replace("*", ".*"))
            case "fuzzy":
                return self._either(Query.fuzzy_term_query, query.words[0])
            case "not":
                return self._index.parse_query("({} OR {}) -{}".format(*query.words), _TEXTS)
            case _:
                # Phrase, near and plain words are written as in Pilcrow.
                return self._index.parse_query(query.typed(), _TEXTS)

    def _either(self, make: Any, value: str) -> Query:
        return Query.boolean_query([(Occur.Should, make(self._schema, name, value)) for name in _FORMS.values()])

    def _narrowed(self, words: Query, chosen: Mapping[str, str]) -> Query:
        if not chosen:
            return words
        terms = [(Occur.Must, Query.term_query(self._schema, *pair, index_option="basic")) for pair in chosen.items()]
        return Query.boolean_query([(Occur.Must, words), *terms])

    def _counts(self, query: Query, facets: list[str]) -> dict[str, dict[str, int]]:
        asked = {
            facet: {"terms": {"field": facet, "size": shown(facet), "segment_size": _OF_A_SEGMENT}} for facet in facets
        }
        answer = self._searcher.aggregate(query, asked)
        return {facet: {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]} for facet in facets}
