"""Which engines there are, and which one suits a corpus of a given size.

An adapter's module is imported only when its index is opened or written: an engine that nobody uses costs nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from pilcrow.engine.contract import Engine
from pilcrow.engine.errors import PilcrowError

ADAPTERS = {
    "whoosh": ("pilcrow.engine.whoosh_engine", "WhooshEngine"),
    "tantivy": ("pilcrow.engine.tantivy_engine", "TantivyEngine"),
}
"""Module and class of each engine, by the name that ``--engine`` takes."""

AUTO = "auto"

WHOOSH_UP_TO = 50_000
"""Paragraphs: the largest corpus for which ``auto`` takes Whoosh without a word of warning."""


def engine(name: str) -> Engine:
    """The adapter called ``name``; raises :class:`PilcrowError` where there is none."""
    module, made_by = ADAPTERS[_known(name)]
    made: Callable[[], Engine] = getattr(importlib.import_module(module), made_by)
    return made()


def choose(wanted: str, paragraphs: int) -> tuple[str, str]:
    """The name of the engine to use for a corpus of so many paragraphs, and why, as half a sentence.

    Raises :class:`PilcrowError` where ``wanted`` is neither ``auto`` nor an engine.
    """
    if wanted != AUTO:
        return _known(wanted), "as asked for"
    if paragraphs <= WHOOSH_UP_TO:
        return "whoosh", f"because it suits up to {WHOOSH_UP_TO:,} paragraphs and needs nothing else"
    return "whoosh", f"because there is no other yet, though {paragraphs:,} paragraphs are more than it suits"


def _known(name: str) -> str:
    if name not in ADAPTERS:
        raise PilcrowError(f"There is no engine “{name}” in this Pilcrow; choose {' or '.join([AUTO, *ADAPTERS])}.")
    return name
