"""The keys under which a paragraph is found by what it cites: the reverse index of citations.

A paragraph that names "A/79/439, para. 12 (a)" has the keys ``A/79/439`` (the document, whatever of it is named),
``A/79/439#p12`` and ``A/79/439#p12.a`` (each place, with those above it), and ``A/79/439@part``, which says that some
paragraph of the document is named; one that names the document alone has ``A/79/439`` and ``A/79/439@whole``. With the
two qualified keys, all that cite the paragraphs of a document, however many it has, are one request, and so are all
that cite it as a whole.

A place is written as the anchor that a paragraph with these numbers usually has: what stands in another document, in
which numbering may begin anew in an annex, is only known where that document is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pilcrow.engine.model import Reference

Extent = Literal["whole", "part"]

_LABEL = re.compile(r"[a-z0-9]+")


def document_key(symbol: str, extent: Extent | Literal[""] = "") -> str:
    """The key of the paragraphs that cite the document: at all, as a ``whole``, or ``part`` of it by number."""
    return f"{symbol}@{extent}" if extent else symbol


def bare(identifier: str) -> str:
    """The symbol by which a document is cited: a version in another language ("A/RES/78/228@fr") has that of all."""
    return identifier.partition("@")[0]


def place_key(symbol: str, anchor: str) -> str:
    """The key of the paragraphs that cite the paragraph with this anchor, or one below it."""
    return f"{symbol}#{anchor}"


def anchors(place: str) -> tuple[str, ...]:
    """The anchors of a paragraph as it is cited ("12 (a)") and of those above it, outermost first: p12, p12.a."""
    labels = _LABEL.findall(place.casefold())
    return tuple(".".join((f"p{labels[0]}", *labels[1 : length + 1])) for length in range(len(labels)))


def keys(reference: Reference) -> Iterator[tuple[str, str]]:
    """Each key that a citation gives its paragraph, with the key above it ("" at the top)."""
    symbol = reference.symbol
    yield symbol, ""
    yield document_key(symbol, "part" if reference.paragraphs else "whole"), ""
    for place in reference.paragraphs:
        above = symbol
        for anchor in anchors(place):
            key = place_key(symbol, anchor)
            yield key, above
            above = key


def label(key: str) -> str:
    """A key as it is printed: "A/79/439, para. 12 (a)"."""
    symbol, _, anchor = bare(key).partition("#")
    if not anchor:
        return symbol
    number, *below = anchor.removeprefix("p").split(".")
    return f"{symbol}, para. {' '.join((number, *(f'({each})' for each in below)))}"
