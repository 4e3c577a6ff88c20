"""Each request from its beginning to its end: its id, how long it took, its line in the log, and the figures.

An id that a proxy in front has given is kept, so that its log and ours can be laid side by side; it goes back in the
answer and stands on pages that say that something went wrong, for whoever reports it.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from dataclasses import dataclass

from flask import Flask, Response, g, request

from pilcrow.settings import Settings
from webui.library import Library, lent
from webui.logs import VISITS
from webui.metrics import Metrics
from webui.visitors import loggable

HEADER = "X-Request-ID"

_WELL_FORMED = re.compile(r"[A-Za-z0-9_.:=@/+-]{1,100}")
_LONGEST = 2_000
"""Characters of a path or of a query that the log takes."""

_LOG = logging.getLogger(VISITS)


@dataclass(slots=True)
class Visit:
    """One request that is being answered; ``began`` is on the clock of :func:`time.perf_counter`."""

    identifier: str
    began: float


def follow_visits(app: Flask, settings: Settings, library: Library, metrics: Metrics) -> None:
    """Have every request of ``app`` followed. To be called before anything else is registered that may answer."""

    @app.before_request
    def begin() -> None:
        said = request.headers.get(HEADER, "")
        g.visit = Visit(said if _WELL_FORMED.fullmatch(said) else secrets.token_hex(8), time.perf_counter())

    @app.after_request
    def end(response: Response) -> Response:
        visit: Visit = g.visit
        seconds = time.perf_counter() - visit.began
        response.headers[HEADER] = visit.identifier
        response.headers["Server-Timing"] = f"app;dur={seconds * 1000:.1f}"
        metrics.answered(request.endpoint or "none", response.status_code, seconds)
        if _LOG.isEnabledFor(logging.INFO):
            _log(response, seconds, settings, library)
        return response


def identifier() -> str:
    """The id of the request that is being answered."""
    visit: Visit | None = g.get("visit")
    return visit.identifier if visit is not None else ""


def _log(response: Response, seconds: float, settings: Settings, library: Library) -> None:
    fields: dict[str, object] = {"method": request.method, "path": request.path[:_LONGEST]}
    if settings.log_query:
        fields["query"] = request.query_string.decode("utf-8", "backslashreplace")[:_LONGEST]
    fields |= {
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": response.content_length if response.content_length is not None else "-",
        "id": identifier(),
        "generation": lent() or library.generation() or "-",
    }
    address = loggable(request.remote_addr or "", settings.log_address)
    if address:
        fields["address"] = address
    _LOG.info("%s %s", request.method, request.path, extra={"fields": fields})
