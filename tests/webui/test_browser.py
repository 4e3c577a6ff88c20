"""A real Chromium uses the site as people do: searches, filters, opens a document at the hit, goes to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.webui.running import running

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def site(corpus_index: Path) -> Iterator[str]:
    """The address of the corpus's site, served as it is in earnest."""
    with running(corpus_index) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def page(browser: Browser, request: pytest.FixtureRequest, site: str) -> Iterator[Page]:
    """A window, with JavaScript and without; any error or request to another host fails the test."""
    context = browser.new_context(java_script_enabled=request.param, base_url=site)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(site) else wrong.append(asked.url))
    yield opened
    context.close()
    assert wrong == []


def follow(page: Page, link: Locator) -> None:
    """Click a link that leads to another page or place, and wait until that is there."""
    before = page.url
    link.click()
    page.wait_for_url(lambda url: url != before)


def fragment(page: Page) -> str:
    return page.url.partition("#")[2]


def test_a_visitor_searches_filters_opens_the_hit_and_goes_to_the_next(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the paragraphs").fill("assistance to victims")
    page.get_by_label("Search the paragraphs").press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator(".hit").count() == 10

    follow(page, page.locator("#facet-session a.pick").first)
    session = page.locator(".chip .chosen").inner_text()
    wheres = page.locator(".hit .where").all_inner_texts()
    assert len(wheres) > 1
    assert [where for where in wheres if session not in where] == []
    follow(page, page.locator(".chip"))

    follow(page, page.locator("#facet-state .values .values a.pick").first)
    state = page.locator(".chip .chosen").inner_text()
    tagged = page.locator(".hit .tags").all_inner_texts()
    assert len(tagged) == page.locator(".hit").count() > 0
    assert [tags for tags in tagged if state not in tags and "more States" not in tags] == []
    follow(page, page.locator(".chip"))

    follow(page, page.locator(".hit h3 a").first)
    hit = page.locator(f'[id="{fragment(page)}"]')
    assert hit.locator("mark").count() > 0
    box = hit.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 720

    page.get_by_role("link", name="First hit").click()
    first = fragment(page)
    follow(page, page.locator(f'[id="{first}"]').get_by_role("link", name="Next hit"))
    second = fragment(page)
    assert page.locator(f'[id="{second}"] mark').count() > 0
    follow(page, page.locator(f'[id="{second}"]').get_by_role("link", name="Previous hit"))
    assert fragment(page) == first != second


def test_a_citation_is_copied_by_a_button(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/?sort=document")
    follow(page, page.locator(".hit h3 a").first)
    line = page.locator(".cite").first
    line.hover()
    line.get_by_role("button", name="Copy the citation").click()
    expect(line.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == line.locator(".citation").inner_text()
    context.close()


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/?q=victims",
        "/?q=zebra+AND+(",
        "/documents",
        "/facets/state",
        "/tables/state/session",
        "/help",
        "/nowhere",
    ],
)
def test_nothing_scrolls_sideways_on_a_small_screen(browser: Browser, site: str, url: str) -> None:
    context = browser.new_context(base_url=site, viewport=NARROW)
    page = context.new_page()
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    context.close()


def test_a_document_fits_a_small_screen_and_facets_are_folded_above_the_results(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport=NARROW)
    page = context.new_page()
    page.goto("/?q=victims")
    assert not page.locator("#facet-state").is_visible()
    page.locator(".refine > summary").click()
    expect(page.locator("#facet-state")).to_be_visible()
    follow(page, page.locator(".hit h3 a").first)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    context.close()


def test_facets_stand_open_beside_the_results_where_there_is_room(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/?q=victims")
    facets, results = page.locator("#facet-state").bounding_box(), page.locator(".hit").first.bounding_box()
    assert facets is not None
    assert results is not None
    assert facets["x"] + facets["width"] <= results["x"]
    context.close()


def test_the_first_key_reaches_the_skip_link_and_it_skips(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/?q=victims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    context.close()
