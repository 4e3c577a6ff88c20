"""What is shown when something cannot be: a page, or for programs ``application/problem+json`` (RFC 9457).

Errors raised on purpose carry one sentence that says what to do; it is shown as it stands. Any other is logged with
its traceback and shown without.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from pilcrow.engine.errors import (
    EngineUnavailableError,
    IndexUnusableError,
    NoIndexError,
    PilcrowError,
    QueryLimitError,
    RequestError,
    TimeLimitError,
)
from pilcrow.search.originals import OriginalError
from webui import visits
from webui.facets_view import Option
from webui.gate import HostError, RateError
from webui.metrics import Metrics
from webui.patience import BUSY_RETRY, BusyError
from webui.settings import Settings

RETRY_AFTER = 10
"""Seconds after which to ask again while there is no index: about what a small build takes."""


class NotHereError(PilcrowError):
    """Nothing has this address; ``suggestions`` are things with similar names."""

    def __init__(self, message: str, suggestions: tuple[Option, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


_EXPECTED = (
    NotHereError,
    OriginalError,
    RequestError,
    QueryLimitError,
    IndexUnusableError,
    TimeLimitError,
    BusyError,
    RateError,
    HostError,
)
"""Errors that say all there is to say: no traceback would add to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as it is shown; ``retry`` is after how many seconds to ask again, 0 where that is not said."""

    status: HTTPStatus
    title: str
    message: str
    command: str = ""
    suggestions: tuple[Option, ...] = ()
    retry: int = 0


def handle_errors(app: Flask, settings: Settings, metrics: Metrics) -> None:
    """Have ``app`` answer every error with a page or with JSON, by what was asked."""

    @app.errorhandler(PilcrowError)
    def on_purpose(error: PilcrowError) -> Response:
        if not isinstance(error, _EXPECTED):
            app.logger.exception("An error of the project reached the page")
        if isinstance(error, (BusyError, TimeLimitError)):
            metrics.refused("busy" if isinstance(error, BusyError) else "time")
        if isinstance(error, EngineUnavailableError):
            app.logger.error("Search is unavailable: %s", error)
        return answer(problem_of(error, settings), settings)

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        response = answer(_http_problem(error), settings)
        if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response


def problem_of(error: PilcrowError, settings: Settings) -> Problem:
    """The status, title and advice for an error raised on purpose."""
    if isinstance(error, NotHereError):
        return Problem(
            status=HTTPStatus.NOT_FOUND, title="Not found", message=str(error), suggestions=error.suggestions
        )
    if isinstance(error, OriginalError):
        return Problem(status=HTTPStatus.NOT_FOUND, title="The file cannot be opened", message=str(error))
    if isinstance(error, EngineUnavailableError):
        # The sentence names servers and users: it is for the log.
        return Problem(
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            title="Search is unavailable",
            message=_UNAVAILABLE,
            retry=RETRY_AFTER,
        )
    if isinstance(error, IndexUnusableError):
        return _unusable(error, settings)
    return _impatient(error) or Problem(status=HTTPStatus.BAD_REQUEST, title="That cannot be asked", message=str(error))


def _impatient(error: PilcrowError) -> Problem | None:
    """What to say to one who asks too much or too often, or at a bad moment; None where it is none of these."""
    if isinstance(error, RateError):
        return Problem(
            status=HTTPStatus.TOO_MANY_REQUESTS, title="Too many requests", message=str(error), retry=error.wait
        )
    if isinstance(error, BusyError):
        title = "Busy with long searches"
        return Problem(status=HTTPStatus.SERVICE_UNAVAILABLE, title=title, message=str(error), retry=BUSY_RETRY)
    if isinstance(error, TimeLimitError):
        return Problem(status=HTTPStatus.SERVICE_UNAVAILABLE, title="That takes too long", message=str(error))
    return None


def _unusable(error: IndexUnusableError, settings: Settings) -> Problem:
    """The index is missing or damaged: the command that mends it stands by itself."""
    said, _, command = str(error).partition("; run: ")
    command = command.rstrip(".") or "pilcrow index"
    missing = isinstance(error, NoIndexError)
    return Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title="There is no index yet" if missing else "The index cannot be used",
        message="Build it with this command; this page works as soon as it is done."
        if missing
        else f"{said.rstrip('.')}.",
        command=command if " --index " in command else f"{command} --index {settings.index}",
        retry=RETRY_AFTER,
    )


def answer(problem: Problem, settings: Settings) -> Response:
    """``problem`` as JSON under ``/api`` and where a file was asked for, as a page elsewhere."""
    of_programs = request.path == "/api" or request.path.startswith(("/api/", "/search."))
    of_programs = of_programs or (request.path.startswith("/tables/") and request.path.endswith(".csv"))
    wants_json = of_programs or bool(request.args.get("format"))
    body = _as_json(problem) if wants_json else _as_page(problem, settings)
    kind = "application/problem+json" if wants_json else "text/html; charset=utf-8"
    response = Response(body, status=problem.status, content_type=kind)
    if problem.retry:
        response.headers["Retry-After"] = str(problem.retry)
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_json(problem: Problem) -> str:
    members = {
        "type": "about:blank",
        "title": problem.title,
        "status": int(problem.status),
        "detail": problem.message,
        "request": visits.identifier(),
    }
    if problem.command:
        members["command"] = problem.command
    if problem.suggestions:
        members["suggestions"] = [{"label": each.label, "url": each.url} for each in problem.suggestions]
    return json.dumps(members, ensure_ascii=False) + "\n"


def _as_page(problem: Problem, settings: Settings) -> str:
    return render_template(
        "error.html",
        title=problem.title,
        message=problem.message,
        command=problem.command,
        suggestions=problem.suggestions,
        request_id=visits.identifier(),
        query=request.args.get("q", "")[: settings.max_query],  # what was typed is not lost
    )


def _http_problem(error: HTTPException) -> Problem:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status == HTTPStatus.NOT_FOUND:
        return Problem(
            status=status,
            title="Not found",
            message="Nothing has this address. Perhaps one of these is what you want:",
            suggestions=(
                Option(label="Search the paragraphs", url="/"),
                Option(label="All documents", url="/documents"),
            ),
        )
    own = {
        HTTPStatus.METHOD_NOT_ALLOWED: ("Only to be read", "Pages are only read here: nothing is sent to them."),
        HTTPStatus.INTERNAL_SERVER_ERROR: ("Something went wrong here", _OURS),
    }
    title, message = own.get(status, (status.phrase, error.description or status.description))
    return Problem(status=status, title=title, message=message)


_UNAVAILABLE = (
    "The servers that keep the index do not answer at the moment. Nothing is lost: try again in a little while. "
    "What is wrong with them stands in the log of this site."
)

_OURS = "The error is ours and has been written to the log. Try a simpler query, or the same again later."
