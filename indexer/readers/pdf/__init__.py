"""PDF files -> blocks: what a page shows (lines, sizes, rules, columns) undone into what was written."""

from __future__ import annotations

from pathlib import Path

from indexer.blocks import Block


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the PDF file ``data``; ``path`` is named in errors. Raises :class:`ReadingError`."""
    raise NotImplementedError
