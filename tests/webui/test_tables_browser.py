"""A real Chromium looks at a table: sticky heads, a region that scrolls by keyboard, tints that can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.webui.test_browser import follow, page, site

__all__ = ["page", "site"]

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('.tints span')].map((span) => {
    const style = getComputedStyle(span);
    const [dark, light] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  });
}"""


def test_a_visitor_sorts_a_table_and_opens_a_cell(page: Page) -> None:
    page.goto("/?q=victims")
    follow(page, page.get_by_role("link", name="Tables"))
    head = page.locator("thead th").nth(2)
    follow(page, head.locator(".sort"))
    assert page.locator("thead th").nth(2).get_attribute("aria-sort") == "descending"
    cell = page.locator("tbody td:nth-child(4) a").first
    count = cell.inner_text()
    follow(page, cell)
    assert page.locator("h1").inner_text().startswith(f"{count} paragraph")
    assert page.locator(".chip .chosen").count() == 2


def test_a_wide_table_scrolls_by_keyboard_within_its_region_under_sticky_heads(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/tables/state/session?whole=1")
    region = page.get_by_role("region", name="Cited State by session")
    region.focus()
    corner = region.locator("thead .row")
    before = corner.bounding_box()
    for key in ["ArrowRight"] * 5 + ["ArrowDown"] * 5:
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert region.evaluate("region => region.scrollLeft") > 0
    assert region.evaluate("region => region.scrollTop") > 0
    after = corner.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == before["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_can_be_read_on_every_tint(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, base_url=site)
    opened = context.new_page()
    opened.goto("/tables/state/session")
    contrasts = opened.evaluate(CONTRAST)
    context.close()
    assert len(contrasts) == 5
    assert min(contrasts) >= 7
