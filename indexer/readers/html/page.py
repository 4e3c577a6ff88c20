"""An HTML page as a tree, and the part of it that is the document: without navigation, scripts and hidden text."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import PageElement, Tag

from pilcrow.engine.errors import ReadingError

MOST_TAGS = 300_000
"""Tags of a page: each costs a kilobyte of memory and some 25 millionths of a second, and no document has more."""

LARGEST_PAGE = 64 * 1024 * 1024
MOST_SEARCHED = 100
MAIN_SHARE = 0.4
"""Share of a page's text from which what looks like its main content is believed to be all of it."""

_CONTROLS = frozenset({"input", "select", "textarea", "button"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((files("indexer") / "data" / "html_furniture.toml").read_text(encoding="utf-8"))


def parse(text: str, path: Path | str) -> BeautifulSoup:
    """The page as a tree. Raises :class:`ReadingError` where it is too large to be a document."""
    tags = text.count("<")
    if tags > MOST_TAGS or len(text) > LARGEST_PAGE:
        reason = f"it has {tags:,} tags and {len(text):,} characters, more than a document has"
        raise ReadingError(path, reason, "split it into several files, or leave it out of the corpus")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "html.parser")


def content(soup: BeautifulSoup) -> Tag:
    """The main content of the page; :func:`is_furniture` says what of it is left out all the same."""
    body = soup.body or soup
    whole = _length(body)
    for candidate in _candidates(body):
        if _length(candidate) >= MAIN_SHARE * whole:
            return candidate
    return body


def _candidates(body: Tag) -> Iterator[Tag]:
    names = _names()
    for name in names["main"]:
        found = body.find_all(name, limit=2)
        if len(found) == 1:
            yield found[0]
    for element in body.find_all(["div", "section", "td"]):
        if element.get("role") in names["main_roles"] or str(element.get("id", "")).lower() in names["main_names"]:
            yield element


def _length(element: Tag) -> int:
    """The characters of an element that may be of the document."""
    total = 0
    waiting = [element]
    while waiting:
        for child in waiting.pop().children:
            if isinstance(child, Tag):
                if not is_furniture(child, inside=False):
                    waiting.append(child)
            else:
                total += len(str(child).strip())
    return total


def is_furniture(element: Tag, *, inside: bool) -> bool:
    """Whether an element is not of the document; ``inside`` says that it stands in what was found to be the content."""
    names = _names()
    if element.name in _set("never") or element.get("hidden") is not None:
        return True
    if element.name in _set("outside") and not inside:
        return _is_around(element)
    attributes = element.attrs
    if attributes.get("aria-hidden") == "true" or str(attributes.get("role", "")).lower() in names["roles"]:
        return True
    if _HIDDEN.search(str(attributes.get("style", ""))):
        return True
    named = {str(attributes.get("id", "")).lower(), *(str(each).lower() for each in _classes(element))}
    return not named.isdisjoint(_set("names")) and element.name not in {"body", "html", "td", "tr", "a", "span"}


def _is_around(element: Tag) -> bool:
    """Whether an element outside the main content is furniture: a form to fill, a header with no title, a footer."""
    first = {each.name for each in first_in(element, MOST_SEARCHED) if isinstance(each, Tag)}
    if element.name == "form":
        return first.isdisjoint({"h1", "table", "p"}) and not first.isdisjoint(_CONTROLS)
    return element.name != "header" or "h1" not in first


def first_in(element: Tag, most: int) -> Iterator[PageElement]:
    """The first ``most`` of what stands in an element: forms inside a thousand forms shall not each be searched whole.

    The library's own way of walking looks for the last of them first, however deep it is.
    """
    waiting = list(reversed(element.contents[:most]))
    for _ in range(most):
        if not waiting:
            return
        each = waiting.pop()
        yield each
        if isinstance(each, Tag):
            waiting.extend(reversed(each.contents[:most]))


def _classes(element: Tag) -> list[str]:
    value: Any = element.get("class") or ()
    return [value] if isinstance(value, str) else [str(each) for each in value]


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(_names()[key])
