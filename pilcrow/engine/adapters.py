"""Which engines there are, and which one suits a corpus of a given size.

An adapter's module is imported only when its index is opened or written: an engine that nobody uses costs nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from pilcrow.engine.connection import Connection
from pilcrow.engine.contract import Engine, RemoteEngine
from pilcrow.engine.errors import PilcrowError

ADAPTERS = {
    "whoosh": ("pilcrow.engine.whoosh_engine", "WhooshEngine"),
    "tantivy": ("pilcrow.engine.tantivy_engine", "TantivyEngine"),
    "opensearch": ("pilcrow.engine.opensearch_engine", "OpenSearchEngine"),
}
"""Module and class of each engine, by the name that ``--engine`` takes."""

REMOTE = "opensearch"
"""The engine whose indexes lie on other machines; ``auto`` never takes it."""

AUTO = "auto"

WHOOSH_UP_TO = 75_000
"""Paragraphs: the largest corpus for which ``auto`` takes Whoosh.

The 95th percentile of a page with all its facets passes 50 ms above 93,660 paragraphs, as ``python -m
benchmarks.threshold`` measured on two cores, and sooner on a slower machine.
"""


def engine(name: str) -> Engine:
    """The adapter called ``name``; raises :class:`PilcrowError` where there is none."""
    module, made_by = ADAPTERS[_known(name)]
    made: Callable[[], Engine] = getattr(importlib.import_module(module), made_by)
    return made()


def remote(connection: Connection | None = None) -> RemoteEngine:
    """The adapter of ``REMOTE``; without ``connection``, the environment and the index itself say where it is."""
    module, made_by = ADAPTERS[REMOTE]
    made: Callable[[Connection | None], RemoteEngine] = getattr(importlib.import_module(module), made_by)
    return made(connection)


def choose(wanted: str, paragraphs: int) -> tuple[str, str]:
    """The name of the engine to use for a corpus of so many paragraphs, and why, as half a sentence.

    Raises :class:`PilcrowError` where ``wanted`` is neither ``auto`` nor an engine.
    """
    if wanted != AUTO:
        return _known(wanted), "as asked for"
    if paragraphs <= WHOOSH_UP_TO:
        return "whoosh", f"because Whoosh answers quickly up to {WHOOSH_UP_TO:,} paragraphs"
    return "tantivy", f"because Whoosh gets slow above {WHOOSH_UP_TO:,} paragraphs"


def _known(name: str) -> str:
    if name not in ADAPTERS:
        raise PilcrowError(f"There is no engine “{name}” in this Pilcrow; choose {' or '.join([AUTO, *ADAPTERS])}.")
    return name
