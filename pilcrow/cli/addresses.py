"""The addresses of pages, as JSON and exports carry them.

They are those of :mod:`webui.urls`, to which a test holds them: importing the web room takes as long as an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

import click

F = TypeVar("F", bound=Callable[..., Any])


def site_option(function: F) -> F:
    """``--site URL``."""
    said = "Where the page is served: put before each address."
    return click.option("--site", default="", metavar="URL", help=said)(function)


def address(identifier: str, *, site: str = "") -> str:
    """The address of a paragraph's or document's page; the same that the site gives it, below ``site``."""
    symbol, _, anchor = identifier.partition("#")
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    return f"{site.rstrip('/')}/documents/{quote(symbol, safe='/:()')}{fragment}"


def addresses(site: str) -> Callable[[str], str]:
    """What gives the address of an identifier below ``site``."""
    return lambda identifier: address(identifier, site=site)
