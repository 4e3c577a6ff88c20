"""The same answers as JSON, in the shape that the command line prints; errors are ``application/problem+json``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, Response, jsonify, request

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import FACETS
from pilcrow.search import cite, results, service
from pilcrow.search.records import Records, document_to_dict
from webui import asking, exports, urls
from webui.errors import NotHereError
from webui.library import Library
from webui.nearest import nearest_documents, nearest_facets
from webui.settings import Settings
from webui.shelf_view import paragraphs_of


class Api:
    """The JSON addresses of one site."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings

    def register(self, app: Flask) -> None:
        """Give each answer its address."""
        app.add_url_rule("/api/search", endpoint="api_search", view_func=self.search)
        app.add_url_rule("/api/documents", endpoint="api_documents", view_func=self.documents)
        app.add_url_rule("/api/paragraphs", endpoint="api_paragraphs", view_func=self.paragraphs)
        app.add_url_rule("/api/facets/<facet>", endpoint="api_facet", view_func=self.facet)

    def search(self) -> Response:
        """One page of results; with ``format`` all of them as a file."""
        params = asking.parameters(request.args)
        wanted = asking.first(params, "format")
        asked, problems = asking.asked(asking.without(params, "format"), self.settings)
        with self.library.reader() as reader:
            if wanted not in ("", "json"):
                return exports.response(reader, asked, problems=problems, wanted=wanted, settings=self.settings)
            found = service.run(reader, asked)
        found = replace(found, diagnostics=(*problems, *found.diagnostics))
        return jsonify(results.to_dict(found, urls.identifier_url))

    def documents(self) -> Response:
        """Every document, or with ``id`` one with the list of its paragraphs."""
        identifier = request.args.get("id", "").strip()
        with self.library.reader() as reader:
            if identifier:
                return jsonify(_one_document(reader, identifier))
            counts = paragraphs_of(reader)
            found = reader.documents()
        listed = [
            {**document_to_dict(each, urls.identifier_url), "paragraphs": counts.get(each.id, 0)} for each in found
        ]
        return jsonify({"total": len(listed), "documents": listed})

    def paragraphs(self) -> Response:
        """The paragraph with this ``id``, or of which this is a citation."""
        identifier = request.args.get("id", "").strip()
        if not identifier:
            message = "Name the paragraph: /api/paragraphs?id=SYMBOL%23ANCHOR, with the id that a search gives."
            raise RequestError("id", "", message)
        with self.library.reader() as reader:
            paragraph = reader.paragraph(identifier) or reader.paragraph(cite.find(reader, identifier) or "")
            if paragraph is None:
                symbol = identifier.partition("#")[0]
                raise NotHereError(f"There is no paragraph “{identifier}”.", nearest_documents(reader, symbol))
            document = reader.document(paragraph.document)
            if document is None:
                raise NotHereError(f"The document of “{identifier}” is gone.")
            records = Records(reader, document, reader.paragraphs(document.id), urls.identifier_url)
            return jsonify({**records.paragraph(paragraph), "of": records.document()})

    def facet(self, facet: str) -> Response:
        """The values of one facet under a request, of names that hold ``contains``, by ``order`` (count or name)."""
        if facet not in {field.key for field in FACETS}:
            raise NotHereError(f"There is no facet “{facet}”.", nearest_facets(facet))
        params = asking.parameters(request.args)
        contains, order = asking.first(params, "contains"), asking.first(params, "order")
        asked, problems = asking.asked(asking.without(params, "contains", "order"), self.settings)
        with self.library.reader() as reader:
            found = service.facet_values(
                reader,
                asked,
                facet,
                contains=contains,
                sort="name" if order == "name" else "count",
                limit=self.settings.facet_values,
            )
        found = replace(found, diagnostics=(*problems, *found.diagnostics))
        return jsonify(results.facet_to_dict(found))


def _one_document(reader: IndexReader, identifier: str) -> dict[str, Any]:
    document = reader.document(identifier)
    if document is None:
        raise NotHereError(f"There is no document “{identifier}”.", nearest_documents(reader, identifier))
    paragraphs = reader.paragraphs(document.id)
    records = Records(reader, document, paragraphs, urls.identifier_url)
    return {**records.document(), "paragraphs": [records.listed(each) for each in paragraphs]}
