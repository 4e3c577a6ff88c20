"""An answer that cannot have changed is not made again, and never outlives its generation."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from pilcrow.settings import Settings
from tests.webui import library_of_traps
from webui import create_app
from webui.answers import Answers, Kept, Key

PAGES = (
    "/",
    "/?q=victims",
    "/documents",
    "/documents/A/79/945",
    "/facets/state",
    "/api/search?q=victims",
    "/sitemap.xml",
)


def site(index: Path, **settings: Any) -> FlaskClient:
    return create_app(index, settings=Settings(**{"rate": 0, **settings})).test_client()


def kept(visitor: FlaskClient) -> dict[str, float]:
    """How many answers were found, made, or unchanged."""
    return {
        how: float(n)
        for how, n in re.findall(r'^pilcrow_cache_total\{how="(\w+)"\} (\S+)$', visitor.get("/metrics").text, re.M)
    }


@pytest.mark.parametrize("page", PAGES)
def test_an_unchanged_page_is_not_sent_again(traps_index: Path, page: str) -> None:
    visitor = site(traps_index)
    first = visitor.get(page)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    for condition in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-Modified-Since": modified}):
        again = visitor.get(page, headers=condition)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert "Content-Type" not in again.headers
        assert "default-src 'none'" in again.headers["Content-Security-Policy"]
    for condition in ({"If-None-Match": '"other"'}, {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}):
        assert visitor.get(page, headers=condition).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_kept_page_is_the_same_page_for_everyone(traps_index: Path, page: str) -> None:
    visitor = site(traps_index)
    made = visitor.get(page)
    found = visitor.get(page)
    packed = visitor.get(page, headers={"Accept-Encoding": "gzip"})
    assert kept(visitor) == {"miss": 1.0, "hit": 2.0}
    own = {"X-Request-ID", "Server-Timing", "Date"}
    assert found.data == made.data
    assert {k: v for k, v in found.headers if k not in own} == {k: v for k, v in made.headers if k not in own}
    body = gzip.decompress(packed.data) if packed.headers.get("Content-Encoding") == "gzip" else packed.data
    assert body == made.data
    head = visitor.head(page)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", made.headers["Content-Length"])


def test_a_new_generation_has_pages_and_names_of_its_own(tmp_path: Path) -> None:
    documents = library_of_traps.documents()
    library_of_traps.publish(tmp_path, documents[:1])
    visitor = site(tmp_path)
    before = visitor.get("/api/documents")
    library_of_traps.publish(tmp_path, documents)
    after = visitor.get("/api/documents", headers={"If-None-Match": before.headers["ETag"]})
    assert (before.get_json()["total"], after.status_code, after.get_json()["total"]) == (1, 200, 4)
    assert after.headers["ETag"] != before.headers["ETag"]


def test_one_address_in_two_spellings_is_made_once(traps_index: Path) -> None:
    visitor = site(traps_index)
    for spelling in ("/?q=victims+remain", "/?q=victims%20remain", "/?%71=victims%20remai%6e"):
        visitor.get(spelling)
    assert kept(visitor) == {"miss": 1.0, "hit": 2.0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/?q=%FF", "/?q=%FE"),
        ("/?q=a%26state=BLR", "/?q=a&state=BLR"),
        ("/?q=a&state=", "/?q=a"),
        ("/documents/A/79/945?q=a", "/documents/A/79/945%3Fq=a"),
    ],
)
def test_different_addresses_are_kept_apart(traps_index: Path, one: str, other: str) -> None:
    visitor = site(traps_index)
    visitor.get(one)
    visitor.get(other)
    assert "hit" not in kept(visitor)


def test_nobody_is_sent_a_page_with_the_host_of_another(traps_index: Path) -> None:
    visitor = site(traps_index)
    first = visitor.get("/sitemap.xml", headers={"Host": "evil.example"})
    second = visitor.get("/sitemap.xml", headers={"Host": "good.example"})
    assert "http://evil.example/sitemap-1.xml" in first.text
    assert "evil" not in second.text
    named = site(traps_index, base_url="https://good.example")
    assert "https://good.example/sitemap-1.xml" in named.get("/sitemap.xml", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/?state=" + "&state=".join("x" * 300), "/search.csv?q=victims", "/healthz", "/?date=2010..2009"],
)
def test_what_went_wrong_or_is_a_file_is_not_kept(traps_index: Path, address: str) -> None:
    visitor = site(traps_index, max_parameters=200)
    answers = [visitor.get(address) for _ in range(2)]
    assert len({answer.status_code for answer in answers}) == 1
    assert "hit" not in kept(visitor) or answers[0].status_code == 200


def test_without_memory_nothing_is_kept_and_an_unchanged_page_is_known_still(traps_index: Path) -> None:
    visitor = site(traps_index, cache=0)
    first = visitor.get("/?q=victims")
    visitor.get("/?q=victims")
    assert kept(visitor) == {"miss": 2.0}
    assert visitor.get("/?q=victims", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert "pilcrow_cache_bytes 0.0" in visitor.get("/metrics").text.splitlines()


def test_the_memory_is_never_more_than_allowed_and_the_longest_unused_goes_first() -> None:
    answers = Answers(0.1)
    one = Kept(body=b"x" * 9_000, packed=False, headers=())
    for number in range(20):
        answers.put(Key("g", f"/{number}"), one)
        assert answers.get(Key("g", "/0")) is not None
        assert answers.size <= 100_000
    there = [number for number in range(20) if answers.get(Key("g", f"/{number}")) is not None]
    assert there == [0, *range(11, 20)]
    answers.put(Key("g", "/large"), Kept(body=b"x" * 50_000, packed=False, headers=()))
    assert answers.get(Key("g", "/large")) is None
    answers.put(Key("h", "/0"), one)
    assert (answers.size, answers.get(Key("g", "/11"))) == (10_000, None)
