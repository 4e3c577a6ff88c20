"""What keeps one visitor from slowing the others: each limit with its sentence, and each can be set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from pilcrow.settings import Settings
from webui import create_app


def site(index: Path, **settings: Any) -> FlaskClient:
    """A visitor of a site with ``settings``."""
    return create_app(index, settings=Settings(**{"rate": 0, **settings})).test_client()


def test_who_asks_too_often_is_told_when_to_go_on(traps_index: Path) -> None:
    visitor = site(traps_index, rate=0.5, burst=2)
    assert [visitor.get("/help").status_code for _ in range(2)] == [200, 200]
    page = visitor.get("/?q=victims")
    assert (page.status_code, page.headers["Retry-After"], page.headers["Cache-Control"]) == (429, "2", "no-store")
    assert '<h1 class="page-title">Too many requests</h1>' in page.text
    assert "Go on in 2 seconds." in page.text
    assert 'value="victims"' in page.text
    told = visitor.get("/api/search?q=victims")
    assert (told.status_code, told.content_type) == (429, "application/problem+json")
    assert told.get_json(force=True)["title"] == "Too many requests"


def test_others_and_what_belongs_to_a_page_are_not_held_up(traps_index: Path) -> None:
    visitor = site(traps_index, rate=0.001, burst=1)
    statuses = [
        visitor.get("/help", environ_base={"REMOTE_ADDR": address}).status_code
        for address in ("198.51.100.1", "198.51.100.1", "198.51.100.2", "2001:db8::1", "2001:db8::2")
    ]
    assert statuses == [200, 429, 200, 200, 429]
    free = ("/static/pilcrow.css", "/robots.txt", "/healthz", "/readyz", "/metrics", "/favicon.ico")
    for _ in range(3):
        for path in free:
            with visitor.get(path) as answer:
                assert answer.status_code in (200, 301), path


def test_a_rate_of_nothing_is_no_limit(traps_index: Path) -> None:
    visitor = site(traps_index, rate=0, burst=1)
    assert {visitor.get("/help").status_code for _ in range(20)} == {200}


def test_behind_a_proxy_each_visitor_has_a_rate_of_its_own(traps_index: Path) -> None:
    visitor = site(traps_index, rate=0.001, burst=1, proxies=("127.0.0.1",))
    statuses = [
        visitor.get("/help", headers={"X-Forwarded-For": forwarded}).status_code
        for forwarded in ("198.51.100.1", "203.0.113.9", "spoofed, 198.51.100.1")
    ]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("search.example.org", 200),
        ("search.example.org:8080", 200),
        ("a.example.net", 200),
        ("evil.example", 400),
        ("example.org.evil.example", 400),
        ("search.example.org@evil.example", 400),
        ("<script>", 400),
        ("", 400),
    ],
)
def test_the_site_goes_by_its_own_names_only(traps_index: Path, host: str, status: int) -> None:
    visitor = site(traps_index, hosts=("search.example.org", ".example.net"))
    page = visitor.get("/help", headers={"Host": host})
    assert page.status_code == status
    assert "evil" not in page.text
    assert visitor.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_https_is_demanded_only_where_the_settings_say_so(traps_index: Path) -> None:
    assert "Strict-Transport-Security" not in site(traps_index).get("/help").headers
    assert site(traps_index, https=True).get("/help").headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/?q=" + "x" * 11, "The query has 11 characters, and 10 is the limit."),
        ("/?" + "&".join(f"state=S{number}" for number in range(11)), "The address has 11 parameters, and 10 is the"),
        ("/api/search?" + "&".join("state=BLR" for _ in range(11)), "The address has 11 parameters, and 10 is the"),
        ("/facets/state?q=" + "x" * 11, "The query has 11 characters, and 10 is the limit."),
        ("/search.csv?q=" + "x" * 11, "The query has 11 characters, and 10 is the limit."),
        ("/documents/A/79/945?q=" + "x" * 11, "The query has 11 characters, and 10 is the limit."),
    ],
)
def test_each_limit_of_an_address_is_said(traps_index: Path, address: str, sentence: str) -> None:
    answer = site(traps_index, max_query=10, max_parameters=10).get(address)
    assert answer.status_code == 400
    assert sentence in answer.text


def test_ten_thousand_parameters_are_refused_like_eleven(traps_index: Path) -> None:
    answer = site(traps_index).get("/?" + "&".join(f"a{number}=1" for number in range(10_000)))
    assert (answer.status_code, "10,000 parameters, and 200 is the limit" in answer.text) == (400, True)


def test_pages_deeper_than_can_be_paged_to_are_said(traps_index: Path) -> None:
    page = site(traps_index).get("/?q=remain&page=999999999")
    assert page.status_code == 200
    assert "There is no page 999,999,999" in page.text


def test_wildcards_that_stand_for_too_much_are_cut_and_said(corpus_index: Path) -> None:
    answer = site(corpus_index).get(
        "/api/search", query_string={"q": " OR ".join(f"*{letter}*" for letter in "aeiostnr")}
    )
    said = json.dumps(answer.get_json()["diagnostics"], ensure_ascii=False)
    assert answer.status_code == 200
    assert "may stand for" in said
