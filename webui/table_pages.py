"""Tables of one facet by another: the page, the file and the JSON, all of one answer."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Flask, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from pilcrow.engine.fields import FACETS
from pilcrow.search import table_files, tables
from pilcrow.search.request import Diagnostic
from pilcrow.search.tables import OFFERED, Table, TableRequest
from webui import asking, exports, urls
from webui.errors import NotHereError
from webui.facets_view import Option
from webui.library import Library
from webui.settings import Settings
from webui.table_view import offered, table_view


class TablePages:
    """The tables of one site."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings

    def register(self, app: Flask) -> None:
        """Give each answer its address."""
        app.add_url_rule(urls.TABLES, endpoint="tables", view_func=self.first, strict_slashes=False)
        app.add_url_rule(f"{urls.TABLES}/<rows>/<columns>", endpoint="table", view_func=self.page)
        app.add_url_rule(f"{urls.TABLES}/<rows>/<columns>.csv", endpoint="table_csv", view_func=self.file)
        app.add_url_rule(f"/api{urls.TABLES}/<rows>/<columns>", endpoint="api_table", view_func=self.api)

    def first(self) -> WerkzeugResponse:
        """The table that is offered first, of the same search."""
        return redirect(urls.table_url(self._asked(*OFFERED[0])[0]))

    def page(self, rows: str, columns: str) -> str:
        """A table to look at."""
        found = self._found(rows, columns)
        return render_template("table.html", view=table_view(found), query=found.request.search.query)

    def file(self, rows: str, columns: str) -> Response:
        """The whole table as CSV. A file has no place to say that a filter was left out: then there is none."""
        found = self._found(rows, columns)
        exports.refuse_other_filters(found.diagnostics)
        sent = Response("".join(table_files.to_csv(found)), content_type="text/csv; charset=utf-8")
        sent.headers["Content-Disposition"] = f'attachment; filename="pilcrow-{rows}-by-{columns}.csv"'
        if found.diagnostics:
            # Headers hold ASCII.
            sent.headers["X-Diagnostics"] = json.dumps([each.message for each in found.diagnostics])
        return sent

    def api(self, rows: str, columns: str) -> Response:
        """The whole table as JSON."""
        return jsonify(table_files.to_dict(self._found(rows, columns)))

    def _found(self, rows: str, columns: str) -> Table:
        asked, problems = self._asked(rows, columns)
        with self.library.reader() as reader:
            found = tables.table(reader, asked)
        return replace(found, diagnostics=(*problems, *found.diagnostics))

    def _asked(self, rows: str, columns: str) -> tuple[TableRequest, tuple[Diagnostic, ...]]:
        """The table asked for; raises ``NotHereError`` for no facet, ``RequestError`` beyond a limit."""
        known = {field.key for field in FACETS}
        for name in (rows, columns):
            if name not in known:
                raise NotHereError(f"There is no facet “{name}”; these are tables that there are:", _others())
        params = asking.parameters(request.args)
        asking.asked(asking.without(params, *tables.OWN_PARAMETERS), self.settings)
        return TableRequest.from_params(rows, columns, params)


def _others() -> tuple[Option, ...]:
    return tuple(Option(label=label, url=urls.table_url(asked)) for label, asked in offered())
