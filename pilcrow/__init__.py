"""Pilcrow (¶): full-text search with faceted browsing for United Nations documents, by the paragraph.

The one public name is :func:`open_index`, which gives a reader over a built index::

    from pilcrow import open_index

    with open_index("index") as index:
        print(index.manifest.paragraphs)

It is resolved on first use, so that ``import pilcrow`` alone costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pilcrow.engine.generations import open_index as open_index

__all__ = ["__version__", "open_index"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "open_index":
        from pilcrow.engine.generations import open_index

        return open_index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
