"""For those who look after the site: whether it lives, whether it can search, and its figures."""

from __future__ import annotations

from flask import Flask, Response, request

from pilcrow.engine.contract import Manifest, SearchPlan
from pilcrow.engine.errors import EngineUnavailableError, PilcrowError
from pilcrow.settings import Settings
from webui.errors import NotHereError
from webui.library import Library
from webui.metrics import CONTENT_TYPE, Metrics
from webui.visitors import Networks

_TEXT = "text/plain; charset=utf-8"


class Health:
    """Three addresses that are answered in plain text and never kept."""

    def __init__(self, library: Library, settings: Settings, metrics: Metrics) -> None:
        self._library, self._metrics = library, metrics
        self._readers = Networks(settings.metrics)

    def register(self, app: Flask) -> None:
        """Give each its address."""
        app.add_url_rule("/healthz", endpoint="healthz", view_func=self.alive)
        app.add_url_rule("/readyz", endpoint="readyz", view_func=self.ready)
        app.add_url_rule("/metrics", endpoint="metrics", view_func=self.figures)

    def alive(self) -> Response:
        """That this process answers at all, whatever it finds."""
        return _said("alive\n")

    def ready(self) -> Response:
        """That an index can be searched, which is tried; else 503 and why not."""
        try:
            with self._library.reader() as reader:
                reader.search(SearchPlan(sort="document", limit=1))
        except EngineUnavailableError:
            return _said("The servers that keep the index do not answer; the log says more.\n", 503)
        except PilcrowError as error:
            return _said(f"{error}\n", 503)
        return _said("ready\n")

    def figures(self) -> Response:
        """The figures, for who may read them; for others there is nothing here."""
        if (request.remote_addr or "") not in self._readers:
            raise NotHereError("Nothing has this address.")
        return Response(self._metrics.text(self._manifest()), content_type=CONTENT_TYPE)

    def _manifest(self) -> Manifest | None:
        try:
            with self._library.reader() as reader:
                return reader.manifest
        except PilcrowError:
            return None


def _said(text: str, status: int = 200) -> Response:
    response = Response(text, status=status, content_type=_TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response
