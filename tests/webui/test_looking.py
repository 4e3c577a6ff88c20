"""A real Chromium looks rather than reads: marks spans of dates by mouse and keys, looks through facets, comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.conftest import skip_or_fail
from tests.webui.running import running

pytestmark = pytest.mark.browser

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def site(years_index: Path) -> Iterator[str]:
    """The address of the site of eighty years, served as it is in earnest."""
    with running(years_index) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's or anybody's Chromium, found on the path."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        skip_or_fail("no Chromium is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def opened(chromium: Browser, site: str) -> Iterator[Opened]:
    """Opens an address in a window of its own; whatever the browser complains of fails the test."""
    pages, wrong = [], []

    def open_(url: str, *, script: bool = True, width: int = 1280) -> Page:
        context = chromium.new_context(
            java_script_enabled=script, base_url=site, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        pages.append(page)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        return page

    yield open_
    for page in pages:
        page.wait_for_load_state("networkidle")
        page.context.close()
    assert wrong == []


def bar(page: Page, name: str, step: str = "year") -> Locator:
    return page.locator(f"svg[data-step={step}]").get_by_role("link", name=name)


def asked(page: Page, name: str = "date") -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def chosen(page: Page) -> list[str]:
    return page.locator(".chip .chosen").all_inner_texts()


def drag(page: Page, start: float, end: float) -> None:
    """The mouse pressed at one share of the chart's width and let go at another."""
    box = page.locator("svg[data-step=year]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start * box["width"], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], box["y"] + 30, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_two_clicks_make_a_span(opened: Opened, script: bool) -> None:
    page = opened("/?q=peace", script=script)
    bar(page, "1950: 5 paragraphs").click()
    page.wait_for_url("**date=1950" if script else "**date=1950#found")
    # The low bars can be clicked above, at any height of the chart.
    bar(page, "1955: 3 paragraphs").click(position={"x": 2, "y": 4})
    page.wait_for_url("**date=1950..1955" if script else "**date=1950..1955#found")
    assert chosen(page) == ["1950 to 1955"]
    assert bar(page, "1953: 1 paragraph, chosen").count() == 1


def test_a_span_is_dragged_in_either_direction_and_said_meanwhile(opened: Opened) -> None:
    page = opened("/?q=peace")
    drag(page, 4.5 / 80, 9.5 / 80)
    page.wait_for_url("**date=1950..1955")
    assert chosen(page) == ["1950 to 1955"]
    drag(page, 40.5 / 80, 30.5 / 80)
    page.wait_for_url("**date=1976..1986")
    assert chosen(page) == ["1976 to 1986"]


def test_a_drag_that_comes_to_nothing_is_a_click(opened: Opened) -> None:
    page = opened("/?q=peace")
    drag(page, 4.3 / 80, 4.6 / 80)
    page.wait_for_url("**date=1950")
    assert chosen(page) == ["1950"]


def test_a_span_is_marked_with_shift_and_the_arrow_keys(opened: Opened) -> None:
    page = opened("/?q=peace")
    bar(page, "1946: 1 paragraph").focus()
    expect(page.locator("#when-how .keys")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(bar(page, "1947: 2 paragraphs")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".marked")).to_have_text("1947 to 1949: 9 paragraphs")
    page.keyboard.press("Enter")
    page.wait_for_url("**date=1947..1949")
    assert page.locator("h1").inner_text() == "9 paragraphs for peace"
    expect(bar(page, "1947: 2 paragraphs, chosen")).to_be_focused()


def test_escape_takes_the_mark_away_and_home_and_end_go_to_the_ends(opened: Opened) -> None:
    page = opened("/?q=peace")
    bar(page, "1946: 1 paragraph").focus()
    page.keyboard.press("Shift+End")
    expect(page.locator(".marked")).to_have_text("1946 to 2025: 355 paragraphs")
    page.keyboard.press("Escape")
    expect(page.locator(".marked")).to_have_text("")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**date=1946")
    assert asked(page) == ["1946"]


def test_months_are_marked_too(opened: Opened) -> None:
    page = opened("/?q=peace&date=2025")
    bar(page, "January 2025", "month").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".marked")).to_have_text("January 2025 to February 2025: 3 paragraphs")
    page.keyboard.press("Enter")
    page.wait_for_url("**date=2025-01..2025-02")
    assert page.locator("h1").inner_text() == "3 paragraphs for peace"


def test_the_chart_is_one_stop_for_the_tab_key_or_can_be_skipped(opened: Opened) -> None:
    def stops(page: Page) -> int:
        page.locator(".skip-chart").focus()
        for number in range(1, 100):
            page.keyboard.press("Tab")
            if not page.evaluate("document.activeElement.matches('.bars a')"):
                return number - 1
        return 100

    assert stops(opened("/?q=peace")) == 1
    without = opened("/?q=peace", script=False)
    without.locator(".skip-chart").focus()
    without.keyboard.press("Enter")
    without.wait_for_url("**#results")


def test_a_box_looks_through_what_is_here_while_typing_and_through_all_on_enter(opened: Opened) -> None:
    page = opened("/?q=peace")
    facet = page.locator("#facet-state")
    first = facet.locator(".values .values .pick > span:first-child").first.inner_text()
    box = facet.get_by_label("Names that contain")
    box.fill(first.upper())
    expect(facet.locator(".values .values .value:visible")).to_have_count(1)
    expect(facet.get_by_role("status")).to_have_text("1 here; Find looks through all.")
    box.fill("")
    expect(facet.locator(".values .values .value:visible")).to_have_count(8)
    box.fill("guinea")
    box.press("Enter")
    page.wait_for_url("**/facets/state?q=peace&contains=guinea")
    assert page.locator(".tools p").inner_text() == "4 of 195 values with “guinea” (show all)"


def test_the_page_of_a_facet_filters_in_place_with_what_stands_above(opened: Opened) -> None:
    page = opened("/facets/state")
    page.get_by_label("Names that contain").fill("cote")
    visible = page.locator(".columns .value:visible .pick > span:first-child")
    expect(visible).to_have_text(["Africa", "Côte d'Ivoire"])


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_after_a_choice_the_keys_go_on_from_a_sensible_place(opened: Opened, script: bool) -> None:
    page = opened("/?q=peace", script=script)
    pick = page.locator("#facet-agenda summary")
    pick.click()
    value = page.locator("#facet-agenda a.pick").nth(1)
    name = value.locator("span").first.inner_text()
    value.scroll_into_view_if_needed()
    before = value.bounding_box()
    value.click()
    page.wait_for_url("**agenda=*" if script else "**agenda=*#found")
    if script:
        focused = page.locator("#facet-agenda .value.selected a.pick")
        expect(focused).to_be_focused()
        after = focused.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(after["y"] - before["y"]) < 2
        assert focused.locator("span").first.inner_text() == name
    else:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#found') !== null")


def test_on_a_small_screen_the_facets_are_open_again_and_lead_to_what_is_found(opened: Opened) -> None:
    page = opened("/?q=peace", width=360)
    page.locator(".refine > summary").click()
    page.locator("#facet-state a.pick").first.click()
    page.wait_for_url("**state=*")
    expect(page.locator("#facet-state a.pick").first).to_be_focused()
    page.locator(".to-found").click()
    expect(page.locator("h1")).to_be_in_viewport()


@pytest.mark.parametrize(
    "url", ["/?q=peace", "/?q=peace&date=2025&state=142", "/?q=peace&date=1950..1990", "/facets/state?order=name"]
)
def test_nothing_scrolls_sideways_at_320_pixels(opened: Opened, url: str) -> None:
    page = opened(url, width=320)
    for summary in page.locator(".as-table summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
