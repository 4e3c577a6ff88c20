"""DOCX files -> blocks: what the word processor knows (styles, lists, notes, tables), read from its own parts.

A converter to HTML would lose what the blocks need: the numbers that automatic lists print, indents, the marks of
notes, bold paragraphs, text boxes. So the parts are read as they are: ``package`` opens them safely, ``styles`` and
``numbering`` work out what the program would print, ``runs``, ``notes`` and ``tables`` read it, ``body`` puts it in
order, and ``drafts`` says what each paragraph is.
"""

from __future__ import annotations

from pathlib import Path

from indexer.blocks import Block
from indexer.readers.docx import body
from indexer.readers.docx.package import open_package
from pilcrow.engine.errors import ReadingError


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the DOCX file ``data``; ``path`` is named in errors. Raises :class:`ReadingError`."""
    blocks = body.read(open_package(data, path))
    if not blocks:
        raise ReadingError(path, "it has no text", "put the document's text into it, or remove it")
    return blocks
