"""HTML pages -> blocks: the document in the page, without the site around it.

``decoding`` finds the encoding, ``page`` the main content, ``notes`` what anchors cite; ``events`` walks it, and
``flow`` makes blocks of what is met, with ``lists`` and ``tables``. A record of the United Nations Digital Library is
no document but says much of one: ``record`` gives it the form of a printed masthead, its votes that of voting lists.
"""

from __future__ import annotations

from pathlib import Path

from indexer.blocks import Block
from indexer.readers.html import page, record
from indexer.readers.html.decoding import decode
from indexer.readers.html.events import events
from indexer.readers.html.flow import Flow
from indexer.readers.html.notes import notes_of
from pilcrow.engine.errors import ReadingError


def read(data: bytes, path: Path | str) -> list[Block]:
    """The blocks of the page ``data``; ``path`` is named in errors. Raises :class:`ReadingError`."""
    soup = page.parse(decode(data, path), path)
    recorded = record.fields(soup)
    if recorded:
        return record.blocks(recorded)
    root = page.content(soup)
    blocks = Flow(notes_of(root)).read(events(root))
    if not blocks:
        reason = "it has no text, or a program in the browser makes it"
        raise ReadingError(path, reason, "open it in a browser and save it as PDF, or as a complete page")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    if title and not any(block.kind == "heading" for block in blocks):
        return [Block(kind="heading", text=title, level=1, whole=True), *blocks]
    return blocks
