"""Pages fit: at 320 pixels, at 200 %, with the reader's own spacing, without motion, in colours forced upon them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.access.kinds import KINDS, Kind, named
from tests.access.sites import Sites
from tests.access.visiting import NARROW, WIDE, visit

pytestmark = pytest.mark.browser

SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
"""The spacing that a reader may ask for (WCAG 1.4.12), on everything."""

CUT = ".cite .work"
"""What may hide a part of its text: the beginning of a citation in the margin, which is whole at the page's head."""


FITS = {"scrolls sideways by": 0, "outside": [], "cut": [], "overlapping": []}


@pytest.mark.parametrize("width", [320, 640, WIDE], ids=["at 320 pixels", "at 200 %", "at 1280 pixels"])
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_nothing_scrolls_sideways_is_cut_or_overlaps(browser: Browser, sites: Sites, kind: Kind, width: int) -> None:
    with visit(browser, sites.url(kind), width=width) as page:
        assert _misfits(page) == FITS
        page.evaluate("probes.unfold()")
        assert _misfits(page) == FITS


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_wider_spacing_cuts_nothing(browser: Browser, sites: Sites, kind: Kind, width: int) -> None:
    with visit(browser, sites.url(kind), width=width) as page:
        page.evaluate("probes.unfold()")
        page.evaluate("rules => probes.style(rules)", SPACING)
        assert _misfits(page) == FITS


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_nothing_moves_for_those_who_ask_for_stillness(browser: Browser, sites: Sites, kind: Kind) -> None:
    with visit(browser, sites.url(kind), reduced_motion="reduce") as page:
        assert page.evaluate("probes.moving()") == []


def _misfits(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate("cut => probes.misfits(cut)", CUT)
    return found
