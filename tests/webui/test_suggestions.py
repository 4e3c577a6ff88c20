"""The suggestions over HTTP: their shape, where they lead, and nothing typed that is an error."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.webui import library_of_traps
from webui import create_app
from webui.suggestions import Suggestions

WEBUI = Path(__file__).parents[2] / "webui"


def suggestions(client: FlaskClient, typed: str) -> list[dict[str, object]]:
    response = client.get("/api/suggest", query_string={"q": typed})
    assert response.status_code == 200
    answer = response.get_json()
    assert list(answer) == ["query", "suggestions"]
    assert answer["query"] == typed
    return list(answer["suggestions"])


def test_a_suggestion_says_what_it_is_what_the_box_becomes_and_where_it_leads(client: FlaskClient) -> None:
    assert suggestions(client, "state:Bela") == [
        {
            "kind": "value",
            "label": "Belarus",
            "detail": "Cited State",
            "query": "state:Belarus",
            "url": "/?q=state%3ABelarus",
            "opens": False,
            "count": 1,
        }
    ]
    assert suggestions(client, "A/79/945, para. 1")[0] == {
        "kind": "paragraph",
        "label": "A/79/945, para. 1",
        "detail": "Paragraph",
        "query": "A/79/945, para. 1",
        "url": "/documents/A/79/945#p1",
        "opens": True,
        "count": None,
    }


def test_every_suggestion_leads_to_a_page_that_is_there(corpus_client: FlaskClient) -> None:
    for typed in (
        "traf",
        "bela",
        "CTOC",
        "session:",
        "working group on",
        "type:",
        "title:rep",
        "like:CTOC/COP/WG.4/2013/5, ",
    ):
        found = suggestions(corpus_client, typed)
        assert found, typed
        for each in found:
            assert corpus_client.get(str(each["url"])).status_code == 200, each


@given(st.text(max_size=80) | st.binary(max_size=40).map(lambda data: data.decode("latin-1")))
def test_whatever_is_typed_is_answered(client: FlaskClient, typed: str) -> None:
    assert client.get("/api/suggest", query_string={"q": typed}).status_code == 200


def test_nothing_typed_is_no_suggestion_and_too_much_is_said(client: FlaskClient) -> None:
    assert client.get("/api/suggest").get_json() == {"query": "", "suggestions": []}
    assert suggestions(client, "a" * 1_000) == []
    refused = client.get("/api/suggest", query_string={"q": "a" * 1_001})
    assert refused.status_code == 400
    assert refused.get_json()["detail"] == "The query has 1,001 characters, and 1,000 is the limit."


def test_a_new_generation_has_suggestions_of_its_own(tmp_path: Path) -> None:
    documents = library_of_traps.documents()
    library_of_traps.publish(tmp_path, documents[:1])
    client = create_app(tmp_path).test_client()
    before = {each["label"] for each in suggestions(client, "symbol:")}
    library_of_traps.publish(tmp_path, documents)
    after = {each["label"] for each in suggestions(client, "symbol:")}
    assert before < after


def test_without_an_index_it_is_said_as_everywhere(tmp_path: Path) -> None:
    response = create_app(tmp_path / "none").test_client().get("/api/suggest?q=a")
    assert (response.status_code, response.get_json()["title"]) == (503, "There is no index yet")


def test_all_scripts_together_stay_small() -> None:
    scripts = sorted((WEBUI / "static").rglob("*.js"))
    assert len(gzip.compress(b"".join(path.read_bytes() for path in scripts))) < 30_000


@pytest.mark.parametrize("url", ["/", "/?q=victims", "/documents", "/nowhere"])
def test_every_page_with_a_box_brings_the_script_and_may_ask_its_own_host(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert 'type="module"' in response.text
    assert "connect-src 'self'" in response.headers["Content-Security-Policy"]


def test_what_is_from_elsewhere_says_whence_and_under_which_licence() -> None:
    vendor = WEBUI / "static" / "vendor"
    said = (vendor / "README.md").read_text(encoding="utf-8")
    for path in vendor.glob("*.js"):
        assert f"`{path.name}`" in said
        assert (vendor / f"{path.stem}.LICENSE").exists()


def test_suggestions_are_made_once_for_a_generation(traps_index: Path) -> None:
    app = create_app(traps_index)
    views = app.view_functions["api_suggest"].__self__  # type: ignore[attr-defined]
    assert isinstance(views, Suggestions)
    client = app.test_client()
    client.get("/api/suggest?q=a")
    first = views._made
    client.get("/api/suggest?q=b")
    assert first is not None
    assert views._made is first
