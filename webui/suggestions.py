"""Suggestions while typing, as JSON: what :mod:`pilcrow.search.suggest` finds, with where each leads."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify, request

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import RequestError
from pilcrow.search.request import SearchRequest
from pilcrow.search.suggest import Suggester, Suggestion
from webui import urls
from webui.library import Library
from webui.settings import Settings


class Suggestions:
    """``/api/suggest`` of one site; what a generation can suggest is made at its first question and kept."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._made: tuple[str, Suggester] | None = None

    def register(self, app: Flask) -> None:
        """Give the answer its address."""
        app.add_url_rule(urls.SUGGEST, endpoint="api_suggest", view_func=self.suggest)

    def suggest(self) -> Response:
        """What the query ``q`` may become, the likeliest first."""
        typed = request.args.get("q", "")
        if len(typed) > self.settings.max_query:
            message = f"The query has {len(typed):,} characters, and {self.settings.max_query:,} is the limit."
            raise RequestError("q", typed[:40], message)
        with self.library.reader() as reader:
            found = self._suggester(reader).suggest(reader, typed)
        return jsonify({"query": typed, "suggestions": [suggestion_to_dict(each) for each in found]})

    def _suggester(self, reader: IndexReader) -> Suggester:
        generation = reader.manifest.generation
        made = self._made
        if made is None or made[0] != generation:
            made = self._made = (generation, Suggester(reader))
        return made[1]


def suggestion_to_dict(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as JSON: ``url`` is where it leads, ``opens`` whether that is a document rather than a search."""
    opens = bool(suggestion.target)
    search = urls.search_url(SearchRequest(query=suggestion.query))
    return {
        "kind": suggestion.kind,
        "label": suggestion.label,
        "detail": suggestion.detail,
        "query": suggestion.query,
        "url": urls.identifier_url(suggestion.target) if opens else search,
        "opens": opens,
        "count": suggestion.count,
    }
