"""Each request has an id, a line in the log and a place in the figures, and visitors can forge nothing in them."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from pilcrow.settings import Settings
from tests.webui import library_of_traps
from tests.webui.running import process_of
from tests.webui.visiting import get
from webui import create_app
from webui.logs import VISITS, _Lines


def site(index: Path, **settings: Any) -> FlaskClient:
    return create_app(index, settings=Settings(**{"rate": 0, **settings})).test_client()


def test_an_id_that_a_proxy_gave_is_kept_and_any_other_is_made(client: FlaskClient) -> None:
    assert client.get("/help", headers={"X-Request-ID": "abc-123"}).headers["X-Request-ID"] == "abc-123"
    for forged in ("a b", "<script>", "x" * 101, "é", ""):
        made = client.get("/help", headers={"X-Request-ID": forged}).headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{16}", made), forged
    ids = {client.get("/help").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5


def test_pages_of_errors_show_the_id(client: FlaskClient) -> None:
    page = client.get("/nowhere", headers={"X-Request-ID": "abc-123"})
    assert "Request <code>abc-123</code>" in page.text
    told = client.get("/api/nowhere", headers={"X-Request-ID": "abc-124"})
    assert told.get_json(force=True)["request"] == "abc-124"


def test_an_answer_says_how_long_it_took(client: FlaskClient) -> None:
    assert re.fullmatch(r"app;dur=\d+\.\d", client.get("/?q=victims").headers["Server-Timing"])


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines of one request, in the form that the settings say."""

    def ask(index: Path, path: str, **settings: Any) -> list[str]:
        caplog.set_level(logging.INFO, logger=VISITS)
        caplog.clear()
        site(index, **settings).get(path, headers={"X-Request-ID": "the-id"})
        form = _Lines(as_json=settings.get("log") == "json")
        return [form.format(record) for record in caplog.records if record.name == VISITS]

    return ask


def test_a_line_of_json_has_what_is_needed_and_no_address(traps_index: Path, logged: Any) -> None:
    (line,) = logged(traps_index, "/?q=victims&state=BLR", log="json")
    found = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert found.pop("ms") > 0
    assert found.pop("bytes") > 1_000
    assert re.fullmatch(r"\d{8}-\d{6}-[0-9a-f]{6}", found.pop("generation"))
    assert found == {
        "level": "info",
        "method": "GET",
        "path": "/",
        "query": "q=victims&state=BLR",
        "status": 200,
        "id": "the-id",
    }


def test_addresses_and_queries_are_logged_as_the_settings_say(traps_index: Path, logged: Any) -> None:
    (line,) = logged(traps_index, "/help?q=secret", log_query=False, log_address="short")
    assert "secret" not in line
    assert line.endswith("address=127.0.0.0/24")
    (line,) = logged(traps_index, "/help", log_address="full")
    assert line.endswith("address=127.0.0.1")


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_typed_begins_a_line_or_talks_to_a_terminal(traps_index: Path, logged: Any, form: str) -> None:
    (line,) = logged(traps_index, "/documents/a%0Alevel=error%1b[2J%E2%80%A8?q=%0d%0ax%1b%22", log=form)
    assert line.isascii()
    assert line.isprintable()
    assert "level=error" not in line.replace("\\nlevel=error", "")


def test_figures_count_by_what_was_asked_and_how_it_was_answered(traps_index: Path) -> None:
    visitor = site(traps_index)
    for path in ("/?q=victims", "/?q=victims", "/?q=remain", "/nowhere", "/documents/A/79/945"):
        visitor.get(path)
    figures = visitor.get("/metrics").text
    for line in (
        'pilcrow_requests_total{endpoint="search",status="200"} 3.0',
        'pilcrow_requests_total{endpoint="none",status="404"} 1.0',
        'pilcrow_requests_total{endpoint="document",status="200"} 1.0',
        'pilcrow_request_seconds_count{endpoint="search"} 3.0',
        'pilcrow_cache_total{how="hit"} 1.0',
        'pilcrow_refused_total{why="rate"} 0.0',
        "pilcrow_index_ready 1.0",
        "pilcrow_index_documents 4.0",
        "pilcrow_index_paragraphs 38.0",
        "pilcrow_index_built_timestamp_seconds 1.7356896e+09",
        "pilcrow_workers 1.0",
    ):
        assert line in figures.splitlines()
    assert float(re.findall(r"^pilcrow_resident_bytes (\S+)$", figures, re.MULTILINE)[0]) > 10_000_000


def test_figures_are_for_those_who_look_after_the_site(traps_index: Path) -> None:
    visitor = site(traps_index, metrics=("10.0.0.0/8",))
    assert visitor.get("/metrics").status_code == 404
    assert visitor.get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200
    forged = visitor.get("/metrics", headers={"X-Forwarded-For": "10.1.2.3"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert forged.status_code == 404


def test_a_site_lives_without_an_index_and_is_ready_with_one(tmp_path: Path) -> None:
    visitor = site(tmp_path / "index")
    assert visitor.get("/healthz").status_code == 200
    before = visitor.get("/readyz")
    assert (before.status_code, before.content_type) == (503, "text/plain; charset=utf-8")
    assert before.text.startswith("There is no index in ")
    assert "pilcrow_index_ready 0.0" in visitor.get("/metrics").text.splitlines()
    library_of_traps.publish(tmp_path / "index", library_of_traps.documents())
    assert (visitor.get("/readyz").status_code, visitor.get("/readyz").text) == (200, "ready\n")


def test_the_log_of_a_served_site_goes_to_stderr(traps_index: Path) -> None:
    with process_of(traps_index, log="json") as (url, process):
        get(url, "/?q=victims", X_Request_ID="one-id")
        assert process.stderr is not None
        assert json.loads(process.stderr.readline())["id"] == "one-id"
