"""Answers sent small: a long document's page is mostly text and the same few tags, a tenth of its size in gzip.

The server has no compression of its own, and a proxy that has one may stand in front or not. Pages hold nothing that
is secret, so that nothing can be learned from their compressed size.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 1_000
"""Bytes below which nothing is gained."""

LEVEL = 5
"""As gzip counts: beyond it, time grows faster than size shrinks."""

TYPES = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def compress_answers(app: Flask) -> None:
    """Have ``app`` send what is worth it compressed to those who take it; exports go as they are made."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not _worth_it(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            response.direct_passthrough = False
            response.set_data(gzip.compress(response.get_data(), compresslevel=LEVEL, mtime=0))
            response.content_encoding = "gzip"
            # Another body than the one that the server named: a weak tag says that it means the same.
            tag, _ = response.get_etag()
            if tag:
                response.set_etag(f"{tag}-gzip", weak=True)
        return response


def _worth_it(response: Response) -> bool:
    """Whether ``response`` is a whole text that is not small, not made while it is sent, and to be sent as it is."""
    sent_from_file = response.direct_passthrough
    return (
        response.status_code == 200
        and not response.content_encoding
        and not response.cache_control.no_transform
        and (sent_from_file or not response.is_streamed)
        and (response.content_length or 0) >= SMALLEST
        and (response.content_type or "").startswith(TYPES)
    )
