"""The file of a document as an answer: whole, or the part that a viewer asks for.

The files come from anywhere and are not trusted. What a browser might run as a page of this site (HTML above all) goes
out as plain text, to which ``nosniff`` holds it, in a sandbox; a PDF is for the browser's own viewer, which a sandbox
would lock out and which brings its own styles; anything else is saved and not shown.
"""

from __future__ import annotations

from flask import request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

from pilcrow.search.originals import PDF, TEXT, Original

CACHING = "no-cache, no-transform"
"""Asked for again each time, since the file may have changed, and sent as it is: the bytes that were indexed."""

_NO_PAGE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
FOR_VIEWER = f"default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; {_NO_PAGE}"
SANDBOX = f"sandbox; default-src 'none'; {_NO_PAGE}"


def response(original: Original) -> Response:
    """``original`` for who asks: all of it, the part asked for, or that nothing is new; it is closed when sent."""
    kind = f"{TEXT}; charset={original.charset}" if original.charset else original.media_type
    sent = send_file(
        original.file,
        mimetype=original.media_type,
        as_attachment=original.media_type not in (PDF, TEXT),
        download_name=_printable(original.name),
        etag=original.sha256,
        last_modified=original.modified,
        conditional=False,
    )
    sent.headers["Content-Type"] = kind
    sent.headers["Cache-Control"] = CACHING
    sent.headers["Content-Security-Policy"] = FOR_VIEWER if original.media_type == PDF else SANDBOX
    sent.content_length = original.size
    try:
        return sent.make_conditional(request.environ, accept_ranges=True, complete_length=original.size)
    except RequestedRangeNotSatisfiable:
        original.file.close()
        raise


def _printable(name: str) -> str:
    """``name`` as a header can hold it."""
    return "".join(char if char.isprintable() else "_" for char in name) or "document"
