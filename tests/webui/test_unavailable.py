"""Search is unavailable while the servers that keep the index are: a page that says so, and nothing about them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from pilcrow.engine import generations, opensearch_client, tables
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.errors import EngineUnavailableError
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.opensearch_writer import PLACE, Place
from webui import create_app


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of an index whose cluster is where nobody listens, which is believed at once."""
    monkeypatch.setattr(opensearch_client, "_PAUSES", ())
    with generations.building(tmp_path), generations.new_generation(tmp_path) as made:
        tables.write(made.data, tables.TableBuilder().finished())
        (made.data / PLACE).write_bytes(msgspec.json.encode(Place("pilcrow-x", {"url": ["http://127.0.0.1:1"]})))
        tables.seal(made.data)
        manifest = Manifest(
            generation=made.name,
            engine="opensearch",
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow="test",
            corpus="",
            documents=0,
            paragraphs=0,
            built="2026-01-01T00:00:00Z",
        )
        generations.seal(made, manifest, {})
        generations.publish(tmp_path, made)
    return tmp_path


@pytest.fixture
def visitor(index: Path) -> FlaskClient:
    return create_app(index).test_client()


@pytest.mark.parametrize(
    "address", ["/", "/?q=victims", "/documents", "/documents/A/79/1", "/facets/state?contains=b", "/tables/state/date"]
)
def test_each_page_says_so_in_the_site_s_own_look(
    visitor: FlaskClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = visitor.get(address)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert '<h1 class="page-title">Search is unavailable</h1>' in page.text
    assert "pilcrow index" not in page.text  # building it again would not help
    assert "127.0.0.1" not in page.text
    assert (
        "Search is unavailable: OpenSearch cannot be reached at http://127.0.0.1:1 (connection refused)" in caplog.text
    )


@pytest.mark.parametrize(
    "address", ["/api/search?q=x", "/api/documents", "/search.csv?q=x", "/tables/state/date.csv", "/?q=x&format=json"]
)
def test_programs_are_told_in_json(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.headers["Retry-After"] == "10"
    told = answer.get_json(force=True)
    assert (told["title"], told["status"], "command" in told) == ("Search is unavailable", 503, False)


def test_what_needs_no_index_is_there(visitor: FlaskClient) -> None:
    assert visitor.get("/help").status_code == 200


def test_the_environment_says_where_the_cluster_is_now(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILCROW_OPENSEARCH_URL", "http://127.0.0.1:2")
    with pytest.raises(
        EngineUnavailableError, match=r"cannot be reached at http://127\.0\.0\.1:2 \(connection refused\)"
    ):
        generations.open_index(index)


def test_an_index_that_is_damaged_is_shown_with_the_command_of_its_own_engine(
    visitor: FlaskClient, index: Path
) -> None:
    (index / "generations" / generations.current(index) / "data" / PLACE).unlink()
    page = visitor.get("/")
    assert page.status_code == 503
    assert "The index cannot be used" in page.text
    assert f"<code>pilcrow index --engine opensearch --index {index}</code>" in page.text
