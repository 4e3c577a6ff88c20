"""The suggestions in a real Chromium, by keyboard alone: arrows, Enter, Tab, Esc, slow and failing networks, IME."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from tests.conftest import skip_or_fail
from tests.webui.running import running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(corpus_index: Path) -> Iterator[str]:
    with running(corpus_index) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        skip_or_fail("no Chromium is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A window whose scripts raise nothing."""
    context = browser.new_context(base_url=site)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search the paragraphs")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """The box with ``text`` typed into it, its suggestions open."""
    there = box(page)
    there.press_sequentially(text)
    expect(options(page).first).to_be_visible()
    expect(there).to_have_attribute("aria-expanded", "true")
    return there


@pytest.mark.parametrize("url", ["/", "/?q=report", "/documents"])
def test_arrows_choose_and_enter_searches(page: Page, url: str) -> None:
    page.goto(url)
    box(page).fill("")
    there = typed(page, "victim assist")
    expect(there).not_to_have_attribute("aria-activedescendant", re.compile("."))
    there.press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(there).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    there.press("ArrowDown")
    there.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "true")
    there.press("Enter")
    page.wait_for_url("**/?q=victim+assistance")


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    page.goto("/")
    typed(page, "traf").press("Enter")
    page.wait_for_url("**/?q=traf")


def test_tab_takes_the_choice_into_the_box_and_stays_there(page: Page) -> None:
    page.goto("/")
    there = typed(page, "state:bela")
    there.press("ArrowDown")
    there.press("Tab")
    expect(there).to_have_value("state:Belarus")
    expect(there).to_be_focused()
    expect(there).to_have_attribute("aria-expanded", "false")
    there.press_sequentially(" vic")
    expect(options(page).first).to_be_visible()
    there.press("Tab")
    expect(there).not_to_be_focused()
    expect(options(page)).to_have_count(0)


def test_escape_closes_the_list_and_leaves_what_was_typed(page: Page) -> None:
    page.goto("/")
    there = typed(page, "traf")
    there.press("ArrowDown")
    there.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(there).to_have_value("traf")
    expect(there).to_have_attribute("aria-expanded", "false")
    there.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_a_citation_opens_its_paragraph(page: Page) -> None:
    page.goto("/")
    there = typed(page, "CTOC/COP/WG.4/2013/5, para. 22")
    there.press("ArrowDown")
    there.press("Enter")
    page.wait_for_url("**/documents/CTOC/COP/WG.4/2013/5#p22")


def test_the_name_of_a_field_goes_on_to_its_values(page: Page) -> None:
    page.goto("/")
    there = typed(page, "pilla")
    there.press("ArrowUp")
    there.press("Enter")
    expect(there).to_have_value("pillar:")
    expect(options(page).filter(has_text="Protection")).to_be_visible()


def test_filters_stay_when_a_suggestion_is_searched(page: Page) -> None:
    page.goto("/?q=victims&pillar=protection")
    box(page).fill("")
    there = typed(page, "traf")
    there.press("ArrowDown")
    there.press("Enter")
    page.wait_for_url("**/?q=trafficking&pillar=protection")


def test_the_number_of_suggestions_is_announced(page: Page) -> None:
    page.goto("/")
    typed(page, "trafficke")
    number = options(page).count()
    expect(page.locator(".ask [role=status]")).to_have_text("1 suggestion" if number == 1 else f"{number} suggestions")
    box(page).fill("qqqq")
    expect(page.locator(".ask [role=status]")).to_have_text("No suggestions")


def test_an_answer_that_comes_late_is_not_shown(page: Page) -> None:
    """The answer for "t" is held until the one for "trafficker" is there."""
    held: list[Route] = []
    page.route("**/api/suggest?q=t", lambda route: held.append(route))
    page.goto("/")
    with page.expect_request("**/api/suggest?q=t"):
        box(page).press_sequentially("t")
    box(page).fill("trafficker")
    expect(options(page).first).to_contain_text("traffickers")
    shown = options(page).all_inner_texts()
    for route in held:
        route.fulfill(json={"query": "t", "suggestions": []})
    page.wait_for_timeout(300)
    assert (len(held), options(page).all_inner_texts()) == (1, shown)


def test_without_the_server_the_box_is_a_box(page: Page) -> None:
    page.route("**/api/suggest*", lambda route: route.abort())
    page.goto("/")
    with page.expect_request("**/api/suggest*"):
        box(page).press_sequentially("trafficking")
    expect(options(page)).to_have_count(0)
    box(page).press("Enter")
    page.wait_for_url("**/?q=trafficking")


def test_nothing_is_asked_while_a_character_is_being_composed(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    page.goto("/")
    box(page).focus()
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "tra", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(400)
    assert asked == []
    client.send("Input.insertText", {"text": "traf"})
    expect(options(page).first).to_be_visible()
    assert [url.rpartition("=")[2] for url in asked] == ["traf"]


def test_the_list_fits_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/?q=report")
    box(page).fill("")
    typed(page, "working group")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
