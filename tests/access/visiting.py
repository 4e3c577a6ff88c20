"""A visitor in a real browser, with JavaScript or without, and questions that are asked of a page there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

PROBES = (Path(__file__).parent / "probes.js").read_text()
"""Functions of the page, as ``probes.<name>``: what is there to be reached, what is cut, what can be told apart."""

WIDE, NARROW = 1280, 360


class Visitor:
    """One window, which goes from page to page: a new one for each would take longer than what is asked there."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context()
        self._page = self._context.new_page()
        self._protocol = self._context.new_cdp_session(self._page)

    def visit(self, url: str, *, width: int = WIDE, scripts: bool = True, still: bool = False) -> Page:
        """The page at ``url`` in a window ``width`` CSS pixels wide, in light colours, as to somebody new.

        Without ``scripts`` the page's own never run. Probes do all the same: scripts are refused while the page loads
        and allowed once it stands, by the browser's own protocol, because what Playwright switches off stays off for
        all. ``still`` is the reader's wish for reduced motion.
        """
        page = self._page
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(
            color_scheme="light", forced_colors="none", reduced_motion="reduce" if still else "no-preference"
        )
        self._protocol.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "cookies,local_storage"})
        self._protocol.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        page.goto(url)
        self._protocol.send("Emulation.setScriptExecutionDisabled", {"value": False})
        page.evaluate(PROBES)
        return page

    def close(self) -> None:
        """Close the window."""
        self._context.close()


FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until the page is drawn: a browser lays out what was not in the window only when it has to be."""


def at_full_height(page: Page) -> None:
    """Make the window as high as its page: all of it is laid out, and a bar that sticks to an edge covers nothing."""
    for _ in range(4):  # what is laid out only now is higher or lower than the browser had guessed
        size = page.evaluate("({width: innerWidth, height: document.documentElement.scrollHeight})")
        page.set_viewport_size(size)
        page.evaluate(FRAMES)
        if page.evaluate("document.documentElement.scrollHeight") == size["height"]:
            return
