"""A visit to one page in a real browser, with JavaScript or without, and questions that are asked of it there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PROBES = (Path(__file__).parent / "probes.js").read_text()
"""Functions of the page, as ``probes.<name>``: what is there to be reached, what is cut, what can be told apart."""

WIDE, NARROW = 1280, 360


@contextmanager
def visit(browser: Browser, url: str, *, width: int = WIDE, scripts: bool = True, **media: Any) -> Iterator[Page]:
    """The page at ``url`` in a window ``width`` CSS pixels wide; ``media`` is what it is told of the reader's wishes.

    Without ``scripts`` the page's own never run. Probes do all the same: scripts are refused while the page loads and
    allowed once it stands, by the browser's own protocol, because what Playwright switches off stays off for all.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, **media)
    try:
        page = context.new_page()
        if scripts:
            page.goto(url)
        else:
            protocol = context.new_cdp_session(page)
            protocol.send("Emulation.setScriptExecutionDisabled", {"value": True})
            page.goto(url)
            protocol.send("Emulation.setScriptExecutionDisabled", {"value": False})
        page.evaluate(PROBES)
        yield page
    finally:
        context.close()
