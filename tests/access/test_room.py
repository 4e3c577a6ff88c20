"""Pages fit: at 320 pixels, at 200 %, with the reader's own spacing; and nothing moves for those who ask for that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.access.kinds import KINDS, Kind, named
from tests.access.sites import Sites
from tests.access.visiting import NARROW, WIDE, Visitor, at_full_height

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
"""The spacing that a reader may ask for (WCAG 1.4.12), on everything."""

CUT = ".cite .work, .outline > summary, .outline .now"
"""What may hide a part of its text: the beginning of a citation in the margin, which is whole at the page's head, and
the section that is read, beside the word that opens the outline where it is whole."""


FITS = {"scrolls sideways by": 0, "outside": [], "cut": [], "overlapping": []}


@pytest.mark.parametrize("width", [320, 640, WIDE], ids=["at 320 pixels", "at 200 %", "at 1280 pixels"])
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_nothing_scrolls_sideways_is_cut_or_overlaps(visitor: Visitor, sites: Sites, kind: Kind, width: int) -> None:
    page = visitor.visit(sites.url(kind), width=width)
    assert _misfits(page) == FITS
    page.evaluate("probes.unfold()")
    assert _misfits(page) == FITS


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_wider_spacing_cuts_nothing(visitor: Visitor, sites: Sites, kind: Kind, width: int) -> None:
    page = visitor.visit(sites.url(kind), width=width)
    page.evaluate("probes.unfold()")
    page.evaluate("rules => probes.style(rules)", SPACING)
    assert _misfits(page) == FITS


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_nothing_moves_for_those_who_ask_for_stillness(visitor: Visitor, sites: Sites, kind: Kind) -> None:
    page = visitor.visit(sites.url(kind), still=True)
    assert page.evaluate("probes.moving()") == []


def test_a_hit_is_told_from_other_paragraphs_where_colours_are_forced(visitor: Visitor, sites: Sites) -> None:
    page = visitor.visit(sites.url(next(kind for kind in KINDS if kind.name == "document with hits")))
    page.emulate_media(forced_colors="active")
    edge = "element => getComputedStyle(element).borderLeftColor"
    hits = {each.evaluate(edge) for each in page.locator(".para.match").element_handles()}
    others = {each.evaluate(edge) for each in page.locator(".para:not(.match)").element_handles()}
    assert (len(hits), len(others), hits & others) == (1, 1, set())


def _misfits(page: Page) -> dict[str, object]:
    at_full_height(page)
    found: dict[str, object] = page.evaluate("cut => probes.misfits(cut)", CUT)
    return found
