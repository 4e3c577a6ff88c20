"""A real Chromium reads a long document: the outline and the address follow, keys lead on, and no place is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.webui import library_to_read
from tests.webui.library_of_traps import publish
from tests.webui.running import running

pytestmark = pytest.mark.browser

PAGE = f"/documents/{library_to_read.REPORT}"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("to-read") / "index"
    publish(directory, library_to_read.documents())
    with running(directory) as url:
        yield url


@pytest.fixture
def window(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window, 1280 pixels wide if nothing else is asked for; any error fails the test."""
    options = {"viewport": WIDE, **getattr(request, "param", {})}
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"], **options)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


narrow = pytest.mark.parametrize("window", [{"viewport": NARROW}], indirect=True, ids=["360 pixels"])
without_scripts = pytest.mark.parametrize("window", [{"java_script_enabled": False}], indirect=True, ids=["no scripts"])


def top(window: Page, anchor: str) -> float:
    box = window.locator(f'[id="{anchor}"]').bounding_box()
    assert box is not None
    return box["y"]


STILL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0, before = NaN; still < 4; await frame()) {
    still = scrollY === before ? still + 1 : 0;
    before = scrollY;
  }
}"""
"""Waits until the page has not moved for four frames: a click while it moves is one on nothing."""


def at(window: Page, anchor: str) -> None:
    """Wait until the address says that the reader is at this anchor, and the page stands still there."""
    window.wait_for_url(lambda url: url.endswith(f"#{anchor}"))
    window.evaluate(STILL)


def current(window: Page) -> Locator:
    return window.locator(".outline a[aria-current=location]")


def scroll_to(window: Page, anchor: str) -> None:
    """Turn the wheel until the paragraph lies across the line that is read, a quarter down the window."""
    line = WIDE["height"] * 0.25
    window.mouse.move(600, 400)
    for _ in range(200):
        box = window.locator(f'[id="{anchor}"]').bounding_box()
        assert box is not None
        if box["y"] < line - 20 and box["y"] + box["height"] > line + 20:
            return
        way = box["y"] - line + 40
        window.mouse.wheel(0, max(-600, min(600, way)))
        window.wait_for_timeout(50)
    raise AssertionError(f"{anchor} was not reached")


def test_the_outline_and_the_address_follow_without_adding_to_the_history(window: Page) -> None:
    window.goto(PAGE)
    assert current(window).count() == 0
    entries = window.evaluate("history.length")
    for anchor, section in [("p25", "III. Part 3"), ("p34", "IIII. Part 4"), ("p12", "II. Part 2")]:
        scroll_to(window, anchor)
        at(window, anchor)
        expect(current(window)).to_have_text(section)
    assert window.evaluate("history.length") == entries
    window.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(current(window)).to_have_text("IIIIII. Part 6")
    window.evaluate("scrollTo(0, 0)")
    window.wait_for_url(lambda url: url.endswith(PAGE))
    expect(current(window)).to_have_count(0)


def test_the_entry_of_the_section_comes_into_sight_within_the_outline(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 260})
    window = context.new_page()
    window.goto(f"{PAGE}#p58")
    expect(current(window)).to_have_text("IIIIII. Part 6")
    expect(current(window)).to_be_in_viewport()
    expect(window.locator("#p58")).to_be_in_viewport()
    context.close()


def kept(window: Page, anchor: str) -> None:
    """Wait until the entry of the history keeps this place."""
    window.wait_for_function("anchor => history.state && history.state.at === anchor", arg=anchor)


def test_reload_and_back_return_to_the_place(window: Page) -> None:
    window.goto(PAGE)
    scroll_to(window, "p40")
    kept(window, "p40")
    before = top(window, "p40")
    window.reload()
    kept(window, "p40")
    assert top(window, "p40") == pytest.approx(before, abs=3)
    window.goto("/help")
    window.go_back()
    kept(window, "p40")
    assert top(window, "p40") == pytest.approx(before, abs=3)


def test_a_place_that_a_link_led_to_stays_the_place_however_often_it_is_reloaded(window: Page) -> None:
    """The line that is read lay above where links land: each reload went a paragraph back."""
    window.goto(f"{PAGE}#p32")
    kept(window, "p32")
    for _ in range(2):
        window.reload()
        window.evaluate(STILL)
        place = window.evaluate("() => history.state.top")
        window.mouse.wheel(0, 2)
        window.wait_for_function("before => history.state.top !== before", arg=place)
        assert window.evaluate("() => history.state.at") == "p32"
        assert window.url.endswith("#p32")


def test_keys_go_from_paragraph_to_paragraph_and_from_hit_to_hit(window: Page) -> None:
    window.goto(f"{PAGE}?q=victims#p30")
    at(window, "p30")
    entries = window.evaluate("history.length")
    for key, anchor in [
        ("j", "p31"),
        ("j", "p32"),
        ("k", "p31"),
        ("n", "p33"),
        ("n", "p36"),
        ("p", "p33"),
        ("k", "p32"),
    ]:
        window.keyboard.press(key)
        at(window, anchor)
        here = window.locator(f"#{anchor}")
        expect(here).to_be_focused()
        assert here.evaluate("element => element.matches(':target')")
        assert 0 < top(window, anchor) < WIDE["height"] / 2
    window.keyboard.press("n")
    expect(window.get_by_role("status").filter(has_text="Hit 11 of 20")).to_have_count(1)
    for _ in range(9):
        window.keyboard.press("n")
    at(window, "p60")
    window.keyboard.press("n")
    expect(window.get_by_role("status").filter(has_text="No further hit")).to_have_count(1)
    assert window.evaluate("history.length") == entries


def test_keys_do_nothing_in_a_field_with_a_modifier_or_when_turned_off(window: Page) -> None:
    window.goto(f"{PAGE}?q=victims#p30")
    at(window, "p30")
    window.keyboard.press("/")
    box = window.locator("#q")
    expect(box).to_be_focused()
    window.keyboard.press("End")
    window.keyboard.type(" jknp?/")
    expect(box).to_have_value("victims jknp?/")
    assert window.url.endswith("#p30")
    window.keyboard.press("Escape")
    expect(window.locator("#p30")).to_be_in_viewport()
    for pressed in ("Control+j", "Alt+n", "Meta+j"):
        window.keyboard.press(pressed)
    assert window.url.endswith("#p30")

    window.keyboard.press("?")
    dialog = window.get_by_role("dialog", name="Keys on this page")
    expect(dialog).to_be_visible()
    window.keyboard.press("j")
    assert window.url.endswith("#p30")
    dialog.get_by_label("Single keys act").uncheck()
    window.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    window.reload()
    for key in "jn?/":
        window.keyboard.press(key)
    expect(dialog).to_be_hidden()
    expect(box).not_to_be_focused()
    assert window.url.endswith("#p30")
    window.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys act").check()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    window.keyboard.press("j")
    at(window, "p31")


def test_a_link_from_the_results_opens_at_the_paragraph_with_its_marks(window: Page) -> None:
    window.goto("/?q=victims&sort=document&page=2")
    window.locator(".hit h3 a").nth(4).click()
    window.wait_for_url("**/documents/**#p45")
    expect(window.locator("#p45 mark").first).to_be_in_viewport()
    expect(current(window)).to_have_text("IIIII. Part 5 3 hits")


@narrow
def test_hits_are_reached_by_buttons_where_there_are_no_keys(window: Page) -> None:
    window.goto(f"{PAGE}?q=victims")
    window.get_by_role("button", name="Next hit").click()
    at(window, "p3")
    window.get_by_role("button", name="Next hit").click()
    at(window, "p6")
    window.get_by_role("button", name="Previous hit").click()
    at(window, "p3")
    assert window.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@narrow
def test_the_outline_is_one_line_that_follows_and_unfolds_over_the_text(window: Page) -> None:
    window.goto(f"{PAGE}#p33")
    summary = window.locator(".outline > summary")
    expect(summary).to_have_text("Sections · IIII. Part 4")
    expect(summary).to_be_in_viewport()
    expect(window.locator(".outline nav")).to_be_hidden()
    summary.click()
    window.locator(".outline nav a").nth(1).click()
    expect(window.locator(".outline nav")).to_be_hidden()
    expect(summary).to_have_text("Sections · II. Part 2")
    expect(window.locator(".text h2").nth(1)).to_be_in_viewport()


def test_a_note_stands_beside_its_paragraph_and_lights_up_at_its_sign(window: Page) -> None:
    window.goto(f"{PAGE}#p33")
    at(window, "p33")
    text, note = window.locator("#p33 .own").bounding_box(), window.locator("#p33 .notes").bounding_box()
    assert text is not None
    assert note is not None
    assert note["x"] >= text["x"] + text["width"]
    window.locator("#p33 sup a").hover()
    expect(window.locator("#p33 .notes li")).to_have_class("lit")
    window.keyboard.press("Escape")
    expect(window.locator("#p33 .notes li")).not_to_have_class("lit")


@narrow
def test_a_note_that_is_out_of_sight_is_shown_at_its_sign(window: Page) -> None:
    window.goto(f"{PAGE}#p45")  # as long as several screens
    at(window, "p45")
    sign, shown = window.locator("#p45 sup a"), window.get_by_role("tooltip")
    sign.focus()
    expect(shown).to_have_text(library_to_read.OF_NOTE)
    expect(shown).to_be_in_viewport(ratio=1)
    expect(sign).to_have_accessible_description(library_to_read.OF_NOTE)
    assert window.url.endswith("#p45")
    window.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(sign).to_be_focused()


def test_a_paragraph_is_copied_with_its_citation(window: Page) -> None:
    window.goto(f"{PAGE}#p33")
    window.locator("#p33").get_by_role("button", name="Copy with text").click()
    expect(window.locator("#p33").get_by_role("status")).to_have_text("Copied")
    taken = window.evaluate("navigator.clipboard.readText()")
    assert taken == f"“{library_to_read.NAMING}{library_to_read.SENTENCE * 2}".strip() + "” (A/90/1, para. 33)"


def test_the_way_to_what_is_cited_and_back_is_a_click_each(window: Page) -> None:
    window.goto(f"{PAGE}#p3")
    window.locator("#p3 .own .cites").click()
    window.wait_for_url(f"**/documents/{library_to_read.LETTER}#p1")
    window.locator("#p1 .cited-by summary").click()
    window.locator("#p1 .cited-by").get_by_role("link", name="A/90/1, para. 33").click()
    window.wait_for_url(f"**{PAGE}#p33")
    expect(window.locator("#p33")).to_be_in_viewport()


def test_what_is_far_away_is_found_in_the_page(window: Page) -> None:
    window.goto(PAGE)
    assert window.evaluate("window.find('A/90/1, para. 57')")
    expect(window.locator("#p57 .citation")).to_be_in_viewport()


@without_scripts
def test_without_scripts_the_outline_is_a_list_of_links_and_the_notes_are_there(window: Page) -> None:
    window.goto(f"{PAGE}?q=victims#p33")
    expect(window.locator("#p33")).to_be_in_viewport()
    window.get_by_role("navigation", name="Sections").get_by_role("link", name="II. Part 2", exact=False).first.click()
    window.locator("#p33").get_by_role("link", name="Next hit").click()
    assert window.url.endswith("#p36")
    window.locator("#p36 sup a").click()
    expect(window.locator("#p36 .notes li")).to_be_in_viewport()
    window.locator("#p36 .notes li > a").click()
    assert window.url.endswith("#p36-sign-1")
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(window.get_by_role("button", name="Next hit")).to_have_count(0)
