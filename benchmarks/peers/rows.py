"""What every peer indexes: paragraphs as rows of plain strings, with the values of the facets that a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pilcrow.engine.fields import FACETS as FIELDS
from pilcrow.engine.fields import is_qualified, key_values
from pilcrow.engine.model import ParsedDocument

FACETS = tuple(field.key for field in FIELDS)
HITS = 10

SHOWN = {"symbol": 100}
"""How many values of a facet a page shows, where not all."""

ALL = 5_000


class Row(NamedTuple):
    """A paragraph: its words, and each facet's values, ancestors (region, session, year) and "unknown" included."""

    id: str
    text: str
    section: str
    facets: dict[str, tuple[str, ...]]


class Page(NamedTuple):
    """A whole page: how many paragraphs match, the snippets of ten of them, and the counts of every facet."""

    total: int
    snippets: list[str]
    counts: dict[str, dict[str, int]]


def rows(documents: Iterable[ParsedDocument]) -> Iterator[Row]:
    """The paragraphs of ``documents``."""
    for parsed in documents:
        for paragraph in parsed.paragraphs:
            facets = {
                field.key: tuple(
                    value.key
                    for value in key_values(field, parsed.document, paragraph)
                    if not is_qualified(field, value.key)
                )
                for field in FIELDS
            }
            yield Row(paragraph.id, paragraph.text, "\n".join(paragraph.section), facets)


def shown(facet: str) -> int:
    """How many values of ``facet`` are asked for."""
    return SHOWN.get(facet, ALL)
