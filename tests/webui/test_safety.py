"""Nothing that a document, a query or an address holds is ever executed, and nothing is asked of any other host."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webui.conftest import Soup
from tests.webui.library_of_traps import SCRIPT
from webui import Settings, create_app

TOOK = re.compile(r"\d+ ms|\"took_ms\":[\d.]+")
DRAFT = "A/C.3/79/L.5%20/Rev.1"
TRAPS = (
    f"/?{urlencode({'q': SCRIPT})}",
    f"/?{urlencode({'q': f'stat:{SCRIPT}'})}",
    f"/?{urlencode({'q': 'victims', 'session': SCRIPT, 'not-agenda': SCRIPT, 'state': SCRIPT, SCRIPT: SCRIPT})}",
    f"/?{urlencode({'q': 'victims', 'from': SCRIPT, 'to': SCRIPT})}",
    "/?q=victims",
    f"/facets/state?{urlencode({'contains': SCRIPT, 'q': SCRIPT})}",
    "/facets/symbol",
    f"/documents/{quote(DRAFT)}?{urlencode({'q': 'victims ' + SCRIPT})}",
    "/documents",
    "/",
    f"/documents/{quote(SCRIPT)}",
    f"/{quote(SCRIPT)}",
    f"/facets/{quote(SCRIPT)}",
    f"/tables/{quote(SCRIPT)}/state",
    f"/tables/symbol/agenda?{urlencode({'q': SCRIPT, 'by': SCRIPT, 'row-level': SCRIPT, 'session': SCRIPT})}",
    "/tables/symbol/state",
)


@pytest.mark.parametrize("url", TRAPS)
def test_markup_in_documents_queries_and_addresses_stays_text(client: FlaskClient, url: str) -> None:
    page = BeautifulSoup(client.get(url, follow_redirects=True).text, "html.parser")
    scripts = [script.get("src", "inline") for script in page.find_all("script")]
    assert scripts
    assert [script for script in scripts if not script.startswith("/static/")] == []
    assert (
        page.find_all(
            ["img", "iframe", "object", "embed", "style", "b", "i"], string=lambda text: "bold" in (text or "")
        )
        == []
    )
    assert page.find_all("img") == []
    assert [
        tag.name for tag in page.find_all(True) if any(name.startswith("on") or name == "style" for name in tag.attrs)
    ] == []
    assert [
        link["href"] for link in page.find_all(["a", "link"], href=True) if not link["href"].startswith(("/", "#"))
    ] == []


@pytest.mark.parametrize(
    "url", ["/", "/?q=victims", "/documents/A/79/945", "/nowhere", "/api/search?q=x", "/robots.txt"]
)
def test_every_answer_carries_the_headers_that_keep_it_safe(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_query_that_is_too_long_is_refused_with_its_limit(client: FlaskClient) -> None:
    response = client.get("/", query_string={"q": "victim " * 200})
    assert response.status_code == 400
    assert "1,400 characters, and 1,000 is the limit" in response.text


def test_an_address_with_too_many_parameters_is_refused(traps_index: Path) -> None:
    app = create_app(traps_index, settings=Settings(index=traps_index, max_parameters=3))
    response = app.test_client().get("/?state=BLR&state=QAT&state=ARG&state=USA")
    assert response.status_code == 400
    assert "4 parameters, and 3 is the limit" in response.text


def test_a_fault_of_ours_shows_no_traceback(traps_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("a secret of the house")

    monkeypatch.setattr("pilcrow.search.service.run", broken)
    client = create_app(traps_index).test_client()
    page, json = client.get("/?q=victims"), client.get("/api/search?q=victims")
    assert (page.status_code, json.status_code) == (500, 500)
    assert "secret" not in page.text + json.text
    assert "Something went wrong here" in page.text
    assert json.content_type == "application/problem+json"


@pytest.mark.parametrize("url", ["/?q=victims", "/static/pilcrow.css", "/api/search?q=victims"])
def test_answers_are_compressed_for_those_who_take_it(client: FlaskClient, url: str) -> None:
    with client.get(url) as plain, client.get(url, headers={"Accept-Encoding": "gzip, br"}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
        unpacked = gzip.decompress(packed.data).decode()
        assert TOOK.sub("", unpacked) == TOOK.sub("", plain.text)
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2


def size(client: FlaskClient, url: str) -> int:
    with client.get(url) as response:
        return len(response.data)


NAMES = st.sampled_from(
    ["q", "state", "not-state", "date", "session", "page", "sort", "from", "to", "contains", "id", "format"]
)
QUERIES = st.one_of(st.text(max_size=40), st.text(alphabet='ab "()[]:*?~=-^ANDORT/.,%&#<>', max_size=30))


@given(
    st.lists(st.tuples(NAMES, QUERIES), max_size=4),
    st.sampled_from(
        ["/", "/api/search", "/facets/state", "/search.csv", "/tables/state/date", "/tables/date/body.csv"]
    ),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_ends_in_a_server_error(client: FlaskClient, params: list[tuple[str, str]], path: str) -> None:
    with client.get(path, query_string=params) as response:
        assert response.status_code in (200, 302, 400), response.text


@pytest.mark.parametrize(
    "path",
    [
        "/documents/%00",
        "/documents/%FF%FE",
        "/documents/..%2f..%2fetc/passwd",
        "/static/../pages.py",
        "/%2e%2e/",
    ],
)
def test_odd_paths_find_nothing(client: FlaskClient, path: str) -> None:
    with client.get(path, follow_redirects=True) as response:
        assert response.status_code == 404


def test_all_that_a_first_view_loads_is_under_100_kilobytes(client: FlaskClient, soup: Soup) -> None:
    page = soup("/?q=victims")
    loaded = [
        tag.get("src") or tag.get("href")
        for tag in page.find_all(["script", "link"])
        if tag.get("rel") != ["canonical"]
    ]
    sizes = [size(client, url) for url in ["/?q=victims", *loaded, "/static/vendor/combobox-nav.js"]]
    assert len(sizes) >= 6
    assert sum(sizes) < 100_000
