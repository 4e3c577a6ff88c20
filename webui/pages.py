"""The pages. Each function reads like its steps: what is asked, what is found, how it is shown."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.fields import FACETS
from pilcrow.search import service
from pilcrow.search.originals import Originals
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.results import Results
from webui import asking, exports, files, help_view, urls, works
from webui.document_view import document_page
from webui.errors import NotHereError
from webui.facet_page import Order, facet_page
from webui.group_view import group_cards
from webui.library import Library
from webui.nearest import nearest_documents, nearest_facets
from webui.profile_links import profile_links
from webui.search_view import search_view
from webui.settings import Settings
from webui.shelf_view import shelf_page
from webui.start_view import StartView, start_view
from webui.ways_out import ways_out


class Pages:
    """The pages of one site: what they need is given once, and no request leaves anything behind but the start page."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._start: tuple[str, StartView] | None = None
        self._originals = Originals()

    def register(self, app: Flask) -> None:
        """Give each page its address."""
        app.add_url_rule("/", view_func=self.search)
        app.add_url_rule("/search.<suffix>", view_func=self.export)
        app.add_url_rule("/facets/<facet>", view_func=self.facet)
        app.add_url_rule("/documents", view_func=self.documents, strict_slashes=False)
        app.add_url_rule("/documents/<path:symbol>", view_func=self.document)
        app.add_url_rule(f"/documents/<path:symbol>{urls.FILE}", view_func=self.file)
        app.add_url_rule(f"/documents/<path:symbol>{urls.CITE}.<suffix>", view_func=self.work)
        app.add_url_rule("/help", view_func=self.help)
        app.add_url_rule("/favicon.ico", view_func=self.favicon)

    def search(self) -> str | WerkzeugResponse:
        """Results; the start page where nothing is asked; the document or paragraph where the query names one.

        With ``format`` all the results as a file.
        """
        params = asking.parameters(request.args)
        ranged = asking.with_date_range(params)
        if ranged is not None:
            return redirect(f"/?{ranged}" if ranged else "/")
        wanted = asking.first(params, "format")
        asked, problems = asking.asked(asking.without(params, "format"), self.settings)
        with self.library.reader() as reader:
            if wanted:
                return exports.response(reader, asked, problems=problems, wanted=wanted, settings=self.settings)
            if asked == SearchRequest() and not problems:
                return self._start_page(reader)
            results = service.run(reader, asked)
            if results.goto:
                return redirect(urls.identifier_url(results.goto))
            return _results_page(reader, _with_problems(results, problems))

    def export(self, suffix: str) -> Response:
        """All hits as a file."""
        asked, problems = asking.asked(asking.parameters(request.args), self.settings)
        with self.library.reader() as reader:
            return exports.response(reader, asked, problems=problems, wanted=suffix, settings=self.settings)

    def facet(self, facet: str) -> str:
        """Every value of one facet, to look through."""
        known = {field.key: field for field in FACETS}
        if facet not in known:
            raise NotHereError(f"There is no facet “{facet}”; these are the facets:", nearest_facets(facet))
        params = asking.parameters(request.args)
        contains = asking.first(params, "contains")[:100]
        order: Order = "name" if asking.first(params, "order") == "name" else "count"
        asked, problems = asking.asked(asking.without(params, "contains", "order"), self.settings)
        with self.library.reader() as reader:
            found = service.facet_values(
                reader, asked, facet, contains=contains, sort=order, limit=self.settings.facet_values
            )
        found = replace(found, diagnostics=(*problems, *found.diagnostics))
        view = facet_page(found, asked, contains=contains, order=order)
        return render_template("facet.html", view=view, query=asked.query)

    def documents(self) -> str:
        """The list of documents."""
        with self.library.reader() as reader:
            view = shelf_page(reader)
        return render_template("documents.html", view=view, here="documents")

    def document(self, symbol: str) -> str | WerkzeugResponse:
        """One document with all its paragraphs, the matches of the query marked."""
        asked, problems = asking.asked(asking.parameters(request.args), self.settings)
        with self.library.reader() as reader:
            found = service.document_view(reader, symbol, urls.within_document(asked))
            if found is None:
                raise NotHereError(f"There is no document “{symbol}” here.", nearest_documents(reader, symbol))
        if found.document.id != symbol:
            return redirect(urls.document_url(found.document.id, request=asked), code=301)
        view = document_page(found, asked, problems, root=request.url_root)
        return render_template("document.html", view=view, query=asked.query)

    def file(self, symbol: str) -> WerkzeugResponse:
        """The file that a document was read from."""
        with self.library.reader() as reader:
            document = reader.document(symbol)
            if document is None:
                raise NotHereError(f"There is no document “{symbol}” here.", nearest_documents(reader, symbol))
            if document.id != symbol:
                return redirect(urls.file_url(document.id), code=301)
            return files.response(self._originals.open(reader, document))

    def work(self, symbol: str, suffix: str) -> WerkzeugResponse:
        """A document's record for a library of references."""
        with self.library.reader() as reader:
            document = reader.document(symbol)
            if document is None:
                raise NotHereError(f"There is no document “{symbol}” here.", nearest_documents(reader, symbol))
        return works.response(document, suffix, urljoin(request.url_root, urls.document_url(document.id)))

    def help(self) -> str:
        """How to ask."""
        return render_template("help.html", view=help_view.PARTS, keys=help_view.KEYS, here="help")

    def favicon(self) -> WerkzeugResponse:
        """The icon, for what asks for it where it always stood."""
        return redirect("/static/favicon.svg", code=301)

    def _start_page(self, reader: IndexReader) -> str:
        generation = reader.manifest.generation
        if self._start is None or self._start[0] != generation:
            self._start = (generation, start_view(reader))
        return render_template("start.html", view=self._start[1])


def _with_problems(results: Results, problems: tuple[Diagnostic, ...]) -> Results:
    return replace(results, diagnostics=(*problems, *results.diagnostics))


def _results_page(reader: IndexReader, results: Results) -> str:
    view = search_view(results)
    out = ways_out(reader, results) if not results.hits else ()
    return render_template(
        "search.html",
        view=view,
        groups=group_cards(results),
        profiles=profile_links(results),
        query=view.query,
        kept=view.kept,
        ways_out=out,
    )
