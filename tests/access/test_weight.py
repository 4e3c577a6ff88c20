"""A first visit is light: what it loads is added up, as it is sent."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.access.kinds import KINDS, Kind, named
from tests.access.sites import Sites
from tests.conftest import ROOT

STATIC = ROOT / "webui" / "static"
FIRST_VIEW = 100_000
SCRIPTS = 30_000
FIRST = [kind for kind in KINDS if kind.name in ("start", "results", "document", "documents", "facet", "help")]


@pytest.mark.browser
@pytest.mark.parametrize("kind", FIRST, ids=named)
def test_a_first_view_is_under_a_hundred_kilobytes_in_all(browser: Browser, sites: Sites, kind: Kind) -> None:
    context = browser.new_context()
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    addresses: dict[str, str] = {}
    bytes_of: dict[str, float] = {}

    def named_so(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def loaded(event: dict[str, Any]) -> None:
        bytes_of[addresses[event["requestId"]]] = event["encodedDataLength"]

    protocol.on("Network.requestWillBeSent", named_so)
    protocol.on("Network.loadingFinished", loaded)
    page.goto(sites.url(kind), wait_until="networkidle")
    context.close()
    assert any(url.endswith(kind.address) for url in bytes_of)
    assert any("/static/" in url for url in bytes_of)
    assert 0 < sum(bytes_of.values()) < FIRST_VIEW, bytes_of


def test_all_scripts_together_are_under_thirty_kilobytes_compressed() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in STATIC.rglob("*.js")}
    assert 0 < sum(sizes.values()) < SCRIPTS, sizes
