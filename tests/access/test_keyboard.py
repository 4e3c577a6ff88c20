"""The Tab key alone reaches everything on every kind of page, in the order of the page, and shows where it is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.access.kinds import KINDS, Kind, named
from tests.access.sites import Sites
from tests.access.visiting import NARROW, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


WALKED = [kind for kind in KINDS if kind.name != "document"]
"""All but a long document without hits, whose stops are a part of those of the same with hits."""


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", WALKED, ids=named)
def test_tab_reaches_everything_in_order_and_the_focus_is_seen(
    visitor: Visitor, sites: Sites, kind: Kind, width: int
) -> None:
    page = visitor.visit(sites.url(kind), width=width)
    _begin(page)
    expected: list[str] = page.evaluate("probes.expectStops()")
    walked: list[Any] = []
    for _ in expected:
        page.keyboard.press("Tab")
        walked.append(page.evaluate("probes.focus()"))
    assert [stop for stop in walked if stop["wrong"]] == []
    assert [stop["place"] for stop in walked] == list(range(len(expected)))
    page.keyboard.press("Tab")
    assert page.evaluate("probes.focus()")["place"] in (None, 0)  # out of the page, or round to its first stop


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_the_first_stop_skips_to_the_main_content(visitor: Visitor, sites: Sites, kind: Kind) -> None:
    page = visitor.visit(sites.url(kind), scripts=False)
    _begin(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('main')")


def _begin(page: Page) -> None:
    """Put the keyboard before the first stop, wherever the page has put it."""
    page.evaluate("probes.begin()")
