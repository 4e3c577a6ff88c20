"""Crawlers find every document, and nothing sends them into the combinations of facets."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from pilcrow.settings import Settings
from tests.webui.conftest import Soup
from webui import crawlers, create_app

MAY = (
    "/",
    "/documents",
    "/documents/A/79/945",
    "/documents/S/RES/2774%20(2025)",
    "/states/BLR",
    "/sessions/A/79",
    "/help",
    "/sitemap.xml",
)
MAY_NOT = (
    "/?q=victims",
    "/?state=BLR",
    "/facets/state",
    "/facets/state?q=x",
    "/api/search?q=x",
    "/tables/state?q=x",
    "/search.csv?q=x",
    "/documents/A/79/945?q=victims",
    "/documents?sort=date",
    "/states/BLR?q=x",
)


def allowed(robots: str, path: str) -> bool:
    """Whether ``path`` may be read: the longest rule that fits decides, as RFC 9309 has it."""
    rules = [line.split(": ", 1) for line in robots.splitlines() if line.startswith(("Allow: ", "Disallow: "))]
    fitting = [(len(rule), kind == "Allow") for kind, rule in rules if _fits(rule, path)]
    return max(fitting, default=(0, True))[1]


def _fits(rule: str, path: str) -> bool:
    first, *rest = rule.split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def test_documents_are_for_crawlers_and_facets_are_not(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").text
    assert [path for path in MAY if not allowed(robots, path)] == []
    assert [path for path in MAY_NOT if allowed(robots, path)] == []
    assert "Sitemap: http://localhost/sitemap.xml" in robots.splitlines()
    parser = RobotFileParser()
    parser.parse(robots.splitlines())
    assert parser.site_maps() == ["http://localhost/sitemap.xml"]


def test_the_site_map_has_every_document_with_its_date(client: FlaskClient) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 - our own
    assert [tuple(field.text for field in entry) for entry in index] == [
        ("http://localhost/sitemap-1.xml", "2025-01-01T00:00:00Z")
    ]
    part = client.get("/sitemap-1.xml")
    assert part.content_type == "text/xml; charset=utf-8"
    found = ElementTree.fromstring(part.text)  # noqa: S314 - our own
    entries = [tuple(field.text or "" for field in entry) for entry in found]
    assert entries == [
        ("http://localhost/documents/A/79/945", "2025-06-02"),
        ("http://localhost/documents/A/C.3/79/L.5%2520/Rev.1", "2024"),
        ("http://localhost/documents/S/RES/2774%20(2025)", "2025-02"),
        ("http://localhost/documents/prov:some-file",),
    ]
    for address, *_ in entries:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_a_long_site_map_comes_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "IN_ONE_PART", 3)
    fresh = create_app(client.application.extensions["pilcrow"].directory).test_client()
    assert fresh.get("/sitemap.xml").text.count("<loc>") == 2
    assert [fresh.get(f"/sitemap-{part}.xml").text.count("<loc>") for part in (1, 2)] == [3, 1]
    assert [fresh.get(f"/sitemap-{part}.xml").status_code for part in ("0", "3", "-1", "x")] == [404] * 4


def test_addresses_are_those_of_the_public(traps_index: Path) -> None:
    named = create_app(traps_index, settings=Settings(base_url="https://search.example.org/")).test_client()
    assert "Sitemap: https://search.example.org/sitemap.xml" in named.get("/robots.txt").text
    assert "<loc>https://search.example.org/documents/A/79/945</loc>" in named.get("/sitemap-1.xml").text
    behind = create_app(traps_index).test_client()
    headers = {"Host": "other.example", "X-Forwarded-Proto": "https"}
    assert "<loc>https://other.example/documents/A/79/945</loc>" in behind.get("/sitemap-1.xml", headers=headers).text


@pytest.mark.parametrize(
    ("page", "indexed"),
    [
        ("/", True),
        ("/documents", True),
        ("/documents/A/79/945", True),
        ("/help", True),
        ("/?q=victims", False),
        ("/?state=BLR", False),
        ("/facets/state", False),
        ("/documents/A/79/945?q=victims", False),
        ("/documents/A/79/945?state=BLR", False),
    ],
)
def test_pages_with_filters_are_in_no_search_engine(soup: Soup, page: str, indexed: bool) -> None:
    assert (soup(page).find("meta", attrs={"name": "robots"}) is None) == indexed


def test_a_document_says_which_of_its_addresses_is_the_one(soup: Soup) -> None:
    for page in ("/documents/A/79/945", "/documents/A/79/945?q=victims"):
        assert soup(page).find("link", rel="canonical")["href"] == "/documents/A/79/945"


@pytest.mark.parametrize("page", ["/", "/documents", "/documents/A/79/945", "/help"])
def test_no_page_that_a_crawler_may_read_sends_it_where_it_may_not_go(
    client: FlaskClient, soup: Soup, page: str
) -> None:
    robots = client.get("/robots.txt").text
    followed = [a["href"] for a in soup(page).find_all("a", href=True) if "nofollow" not in (a.get("rel") or [])]
    assert [href for href in followed if href.startswith("/") and not allowed(robots, href.partition("#")[0])] == []
