"""What crawlers are told: which pages are worth their time, and a list of every document.

Each choice in a facet is an address, and there are more of them than there are particles to search; documents, and the
pages of States and sessions, are as many as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urljoin

from flask import Flask, Response, request

from pilcrow.engine.model import Document
from pilcrow.settings import Settings
from webui import urls
from webui.errors import NotHereError
from webui.library import Library

ROBOTS = """\
User-agent: *
Disallow: /?
Disallow: /api/
Disallow: /facets/
Disallow: /tables/
Disallow: /related
Disallow: /search.
Disallow: /documents?
Disallow: /documents/*?*
Disallow: /states/*?*
Disallow: /sessions/*?*
Allow: /documents
Allow: /states/
Allow: /sessions/
"""

IN_ONE_PART = 50_000
"""Addresses that one part of a site map may have."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Crawlers:
    """robots.txt and the site map of one site."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._base = settings.base_url.rstrip("/")

    def register(self, app: Flask) -> None:
        """Give each its address."""
        app.add_url_rule("/robots.txt", endpoint="robots", view_func=self.robots)
        app.add_url_rule("/sitemap.xml", endpoint="sitemap", view_func=self.sitemap)
        app.add_url_rule("/sitemap-<int:part>.xml", endpoint="sitemap_part", view_func=self.part)

    def robots(self) -> Response:
        """What crawlers may read: documents, and none of the endless combinations of facets."""
        text = f"{ROBOTS}Sitemap: {self._absolute('/sitemap.xml')}\n"
        return Response(text, content_type="text/plain; charset=utf-8")

    def sitemap(self) -> Response:
        """The list of the parts."""
        with self._library.reader() as reader:
            documents, built = reader.manifest.documents, reader.manifest.built
        parts = range(1, max(1, -(-documents // IN_ONE_PART)) + 1)
        entries = [_entry("sitemap", self._absolute(f"/sitemap-{part}.xml"), built) for part in parts]
        return _xml("sitemapindex", entries)

    def part(self, part: int) -> Response:
        """The documents of one part, each with its own date as far as it is known."""
        with self._library.reader() as reader:
            documents = reader.documents()[(part - 1) * IN_ONE_PART : part * IN_ONE_PART] if part else ()
        if not documents and part != 1:
            raise NotHereError("The site map has no such part.")
        return _xml("urlset", self._entries(documents))

    def _entries(self, documents: Sequence[Document]) -> Iterator[str]:
        for document in documents:
            yield _entry("url", self._absolute(urls.document_url(document.id)), document.date)

    def _absolute(self, address: str) -> str:
        return urljoin(f"{self._base}/" if self._base else request.host_url, address)


def _entry(name: str, address: str, changed: str) -> str:
    when = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(address)}</loc>{when}</{name}>\n"


def _xml(root: str, entries: Sequence[str] | Iterator[str]) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{"".join(entries)}</{root}>\n'
    return Response(text, content_type="text/xml; charset=utf-8")
