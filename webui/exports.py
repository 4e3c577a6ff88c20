"""Results as files to take away: every hit of a request, or as many as one file may have, which it then says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urljoin

from flask import Response, request

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import RequestError
from pilcrow.search import export, service
from pilcrow.search.request import Diagnostic, SearchRequest
from webui import patience, urls
from webui.settings import Settings

LABELS = {"csv": "CSV", "jsonl": "JSON lines", "markdown": "Markdown", "ris": "RIS", "bibtex": "BibTeX"}
"""The formats in the order in which they are offered."""

SUFFIXES = {export.FORMATS[name].extension: name for name in LABELS}
"""What the addresses of exports end in, and the format that it stands for."""


def response(
    reader: IndexReader, asked: SearchRequest, *, problems: tuple[Diagnostic, ...], wanted: str, settings: Settings
) -> Response:
    """The hits of ``asked`` as a file of the format ``wanted`` (its name or suffix).

    ``problems`` are what of the address could not be used. A file has no place to say that a filter was left out, so
    one that cannot be used raises ``RequestError``. What was said of the query's words, which the page shows beside the
    same hits, is in the header ``X-Diagnostics``.
    """
    patience.extend(settings.export_timeout)
    name = SUFFIXES.get(wanted, wanted)
    if name not in export.FORMATS:
        message = f"There are no results as {wanted}; choose one of {', '.join(SUFFIXES)}."
        raise RequestError("format", wanted, message)
    said = (*problems, *service.prepare(reader, asked).diagnostics)
    refuse_other_filters(said)
    coverage, found = service.every_hit(reader, asked, limit=settings.export_hits)
    hits = tuple(found)  # the reader is closed when the lines are sent
    kind = export.FORMATS[name]
    # The lines are made while they are sent, when the request is gone: its root is looked up here. A file has no page
    # that relative addresses could start from.
    root = request.url_root
    lines = export.lines(name, hits, lambda identifier: urljoin(root, urls.identifier_url(identifier)), coverage)
    sent = Response(lines, content_type=f"{kind.media_type}; charset=utf-8")
    sent.headers["Content-Disposition"] = f'attachment; filename="{_file_name(coverage)}.{kind.extension}"'
    sent.headers["X-Total-Count"] = str(coverage.total)
    sent.headers["X-Exported-Count"] = str(coverage.written)
    if said:
        sent.headers["X-Diagnostics"] = json.dumps([each.message for each in said])  # headers hold ASCII
    return sent


def refuse_other_filters(said: Iterable[Diagnostic]) -> None:
    """Raise ``RequestError`` where a parameter could not be used: the file would be of another question."""
    unused = [each for each in said if each.start < 0]
    if unused:
        messages = " ".join(each.message for each in unused)
        raise RequestError("", "", f"{messages} Nothing was exported.", suggestion=unused[0].suggestion)


def _file_name(coverage: export.Coverage) -> str:
    if coverage.shortfall:
        return f"pilcrow-first-{coverage.written}-of-{coverage.total}"
    return "pilcrow"
