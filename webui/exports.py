"""Results as files to take away: every hit of a request, or as many as one file may have, which it then says."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Response, request

from pilcrow.engine.contract import IndexReader, SearchPlan
from pilcrow.engine.errors import RequestError
from pilcrow.search import export, service
from pilcrow.search.request import SearchRequest
from pilcrow.search.snippets import Highlighter
from pilcrow.search.views import hit_view
from webui import urls
from webui.settings import Settings

LABELS = {"csv": "CSV", "jsonl": "JSON lines", "markdown": "Markdown", "ris": "RIS", "bibtex": "BibTeX"}
"""The formats in the order in which they are offered."""

SUFFIXES = {export.FORMATS[name].extension: name for name in LABELS}
"""What the addresses of exports end in, and the format that it stands for."""


def response(reader: IndexReader, asked: SearchRequest, wanted: str, settings: Settings) -> Response:
    """The hits of ``asked`` as a file of the format ``wanted`` (its name or suffix); raises ``RequestError``."""
    name = SUFFIXES.get(wanted, wanted)
    if name not in export.FORMATS:
        message = f"There are no results as {wanted}; choose one of {', '.join(SUFFIXES)}."
        raise RequestError("format", wanted, message)
    question = service.prepare(reader, asked)
    answer = reader.search(
        SearchPlan(
            query=question.ranked.tree,
            filters=question.filters,
            sort=question.request.sort,
            limit=settings.export_hits,
        )
    )
    highlighter = Highlighter(question.parsed)
    hits = [hit_view(hit, highlighter) for hit in answer.hits]
    coverage = export.Coverage(total=answer.total, written=len(hits))
    kind = export.FORMATS[name]
    # The lines are made while they are sent, when the request is gone: its root is looked up here. A file has no page
    # that relative addresses could start from.
    root = request.url_root
    lines = export.lines(name, hits, lambda identifier: urljoin(root, urls.identifier_url(identifier)), coverage)
    sent = Response(lines, content_type=f"{kind.media_type}; charset=utf-8")
    sent.headers["Content-Disposition"] = f'attachment; filename="{_file_name(coverage)}.{kind.extension}"'
    sent.headers["X-Total-Count"] = str(coverage.total)
    sent.headers["X-Exported-Count"] = str(coverage.written)
    return sent


def _file_name(coverage: export.Coverage) -> str:
    if coverage.shortfall:
        return f"pilcrow-first-{coverage.written}-of-{coverage.total}"
    return "pilcrow"
