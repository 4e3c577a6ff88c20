"""No page asks another host for anything, and none does what its own content security policy forbids."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.access.kinds import KINDS
from tests.access.sites import Sites

pytestmark = pytest.mark.browser


def test_no_kind_of_page_asks_another_host_even_where_the_policy_would_let_it(browser: Browser, sites: Sites) -> None:
    context = browser.new_context(bypass_csp=True)
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    page = context.new_page()
    for kind in KINDS:
        page.goto(sites.url(kind))
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(asked) >= len(KINDS)
    own = tuple({f"{sites.url(kind).removesuffix(kind.address)}/" for kind in KINDS})
    assert [url for url in asked if not url.startswith((*own, "data:"))] == []


def test_no_kind_of_page_breaks_its_policy_or_its_script(browser: Browser, sites: Sites) -> None:
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A browser also reports that the page itself answered with an error, which some kinds are about.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource: the server"):
            wrong.append(f"{page.url}: {message.text}")

    context = browser.new_context()
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    for kind in KINDS:
        page.goto(sites.url(kind))
    context.close()
    assert wrong == []
