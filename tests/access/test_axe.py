"""axe-core finds nothing on any kind of page: light and dark, wide and narrow, with JavaScript and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.access.kinds import KINDS, Kind, named
from tests.access.sites import Sites
from tests.access.visiting import NARROW, WIDE, Visitor, at_full_height

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

EXPLAINED = [
    # What axe cannot decide by itself: the rule, the elements, and why they are as they should be.
    # Colour alone does not tell this link from its line: it is a sign, ¶, where all else are words.
    ("link-in-text-block", ".cite > a"),
]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_axe_finds_nothing(visitor: Visitor, sites: Sites, axe: str, kind: Kind, width: int, scripts: bool) -> None:
    page = visitor.visit(sites.url(kind), width=width, scripts=scripts)
    page.evaluate(axe)
    # Unfolded a page shows all that it shows folded, so that both colours are seen in two runs. Which is seen folded
    # differs with JavaScript.
    page.emulate_media(color_scheme="light" if scripts else "dark")
    assert _findings(page) == []
    page.emulate_media(color_scheme="dark" if scripts else "light")
    page.evaluate("probes.unfold()")
    assert _findings(page) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_axe_finds_nothing_in_the_examples_that_lie_over_the_page(
    visitor: Visitor, sites: Sites, axe: str, width: int, dark: bool
) -> None:
    page = visitor.visit(sites.url(next(kind for kind in KINDS if kind.name == "results")), width=width)
    page.evaluate(axe)
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.locator(".asking summary").click()
    assert page.locator(".asking a").first.is_visible()
    assert page.evaluate("([tags, known]) => probes.axeFindings(tags, known, '.asking')", [TAGS, EXPLAINED]) == []


def _findings(page: Page) -> list[dict[str, str]]:
    at_full_height(page)
    found: list[dict[str, str]] = page.evaluate("([tags, known]) => probes.axeFindings(tags, known)", [TAGS, EXPLAINED])
    return found
