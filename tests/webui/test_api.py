"""The JSON answers, whole, and errors as problem+json."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient


def get(client: FlaskClient, url: str, **query: str) -> Any:
    response = client.get(url, query_string=query)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    return response.get_json()


def test_a_search_has_the_shape_that_the_command_prints(client: FlaskClient) -> None:
    found = get(client, "/api/search", q="trafficking", state="Belarus")
    assert {"query", "total", "took_ms", "engine", "index", "hits", "facets", "diagnostics", "matching"} <= set(found)
    assert (found["query"], found["total"], found["engine"], found["diagnostics"]) == ("trafficking", 1, "whoosh", [])
    (hit,) = found["hits"]
    assert hit.pop("score") > 0
    assert hit["snippet"].endswith(" protects the victims of <mark>trafficking</mark>.")
    assert hit["url"] == "/documents/A/79/945#p1"
    assert (hit["id"], hit["symbol"], hit["citation"]) == ("A/79/945#p1", "A/79/945", "A/79/945, para. 1")
    assert hit["states"] == [{"code": "BLR", "name": "Belarus", "in": "text", "role": "mentioned", "note": ""}]
    assert {"value": "BLR", "label": "Belarus", "count": 1, "selected": True}.items() <= next(
        each for each in found["facets"]["state"] if each["value"] == "BLR"
    ).items()


def test_what_could_not_be_used_is_among_the_diagnostics(client: FlaskClient) -> None:
    found = get(client, "/api/search", q="victims", sort="best", stat="BLR")
    assert [each["suggestion"] for each in found["diagnostics"]] == ["", "state"] or len(found["diagnostics"]) == 2


def test_the_documents_are_listed_and_one_is_found_by_any_symbol(client: FlaskClient) -> None:
    listed = get(client, "/api/documents")
    assert (listed["total"], next(each["id"] for each in listed["documents"])) == (4, "A/79/945")
    assert listed["documents"][0]["paragraphs"] == 6
    one = get(client, "/api/documents", id="S/2025/368")
    assert (one["id"], one["symbols"], one["url"]) == ("A/79/945", ["A/79/945", "S/2025/368"], "/documents/A/79/945")
    assert one["paragraphs"][3] == {
        "id": "A/79/945#p3.a",
        "marker": "(a)",
        "section": ["I. Victims", "A. Identification"],
        "citation": "A/79/945, para. 3 (a)",
        "url": "/documents/A/79/945#p3.a",
    }


@pytest.mark.parametrize("identifier", ["A/79/945#p2", "A/79/945, para. 2"])
def test_a_paragraph_is_found_by_its_id_or_citation(client: FlaskClient, identifier: str) -> None:
    found = get(client, "/api/paragraphs", id=identifier)
    assert (found["id"], found["citation"]) == ("A/79/945#p2", "A/79/945, para. 2")
    assert found["notes"] == [
        {"marker": "1", "text": "Qatar reported on victims.", "at": 43},
        {"marker": "2", "text": "Ibid.", "at": 67},
    ]
    assert found["of"]["id"] == "A/79/945"


def test_a_facet_lists_its_values(client: FlaskClient) -> None:
    found = get(client, "/api/facets/state", q="victims", contains="qat")
    assert (found["facet"], found["label"], found["unit"]) == ("state", "Cited State", "paragraph")
    assert {"value": "QAT", "label": "Qatar", "count": 1, "selected": False, "excluded": False}.items() <= next(
        each for each in found["values"] if each["value"] == "QAT"
    ).items()


def test_a_facet_says_what_could_not_be_used_and_how_much_was_found(client: FlaskClient) -> None:
    found = get(client, "/api/facets/state", q="stat:Belarus", sort="best")
    assert found["total"] == 1
    assert [each["start"] for each in found["diagnostics"]][:2] == [-1, 0]
    nothing = get(client, "/api/facets/pillar", q="zebra")
    assert (nothing["total"], nothing["values"]) == (0, [])
    assert [each["message"] for each in nothing["diagnostics"]] == ["No paragraph has “zebra” in any form."]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/paragraphs", 400),
        ("/api/paragraphs?id=A/79/945%23p99", 404),
        ("/api/documents?id=A/79/946", 404),
        ("/api/facets/stat", 404),
        ("/api/nothing", 404),
        ("/api/search?q=" + "x" * 2000, 400),
        ("/api/search?q=x&format=pdf", 400),
    ],
)
def test_errors_are_problems_that_say_what_to_do(client: FlaskClient, url: str, status: int) -> None:
    response = client.get(url)
    problem = response.get_json(force=True)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["title"]
    assert problem["detail"]


def test_nothing_can_be_sent(client: FlaskClient) -> None:
    response = client.post("/api/search")
    assert response.status_code == 405
    assert response.get_json(force=True)["title"] == "Only to be read"
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("jsonl", "application/x-ndjson; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
    ],
)
def test_all_hits_can_be_taken_away(client: FlaskClient, suffix: str, kind: str) -> None:
    response = client.get(f"/search.{suffix}?q=seized&page=2")
    assert (response.status_code, response.content_type) == (200, kind)
    assert response.headers["Content-Disposition"] == f'attachment; filename="pilcrow.{suffix}"'
    assert response.text.count("remain seized of the matter") >= 30
    assert "http://localhost/documents/S/RES/2774%20" in response.text


def test_an_export_has_every_hit_and_not_only_a_page(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=seized").text.lstrip("\ufeff"))))
    assert len(rows) == 30
    as_lines = client.get("/api/search?q=seized&format=jsonl").text
    assert client.get("/?q=seized&format=jsonl").text == client.get("/search.jsonl?q=seized").text == as_lines
    lines = as_lines.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"S/RES/2774 (2025)#p{number}" for number in range(1, 31)]


def test_an_export_that_is_cut_says_so(traps_index: Any) -> None:
    from webui import Settings, create_app

    app = create_app(traps_index, settings=Settings(index=traps_index, export_hits=20))
    response = app.test_client().get("/search.jsonl?q=seized")
    *hits, last = response.text.splitlines()
    assert len(hits) == 20
    assert "20 of 30 paragraphs" in json.loads(last)["incomplete"]
    assert response.headers["X-Total-Count"] == "30"
    assert response.headers["X-Exported-Count"] == "20"
    assert response.headers["Content-Disposition"] == 'attachment; filename="pilcrow-first-20-of-30.jsonl"'


@pytest.mark.parametrize("url", ["/search.csv?q=victims", "/?q=victims&format=csv", "/api/search?q=victims&format=csv"])
@pytest.mark.parametrize(
    ("filter_", "said"),
    [
        ("state=Narnia", "No State or region is called “Narnia”"),
        ("stat=BLR", "There is no parameter stat"),
        ("date=soon", "“soon” is no date"),
    ],
)
def test_no_file_is_made_of_another_question_than_was_asked(
    client: FlaskClient, url: str, filter_: str, said: str
) -> None:
    response = client.get(f"{url}&{filter_}")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert said in response.get_json(force=True)["detail"]


def test_what_is_said_of_the_words_comes_with_the_file(client: FlaskClient) -> None:
    response = client.get("/search.csv?q=victims+(")
    assert response.headers["X-Diagnostics"].isascii()
    assert json.loads(response.headers["X-Diagnostics"]) == [
        each["message"] for each in get(client, "/api/search", q="victims (")["diagnostics"]
    ]
    assert "X-Diagnostics" not in client.get("/search.csv?q=victims").headers


@pytest.mark.parametrize("query", ["q=victims&state=BLR&state=QAT", "q=Qatar&state=QAT&state-in=note", "state=BLR"])
def test_an_export_has_the_hits_and_marks_of_the_pages(client: FlaskClient, query: str) -> None:
    on_pages = client.get(f"/api/search?{query}&limit=100").get_json()["hits"]
    exported = [json.loads(line) for line in client.get(f"/search.jsonl?{query}").text.splitlines()]
    assert [(hit["id"], hit["snippet"], hit["note_snippets"]) for hit in exported] == [
        (hit["id"], hit["snippet"], hit["note_snippets"]) for hit in on_pages
    ]
    assert any("<mark>" in str(hit) for hit in exported)


def test_an_unknown_kind_of_file_is_answered_with_the_known_ones(client: FlaskClient) -> None:
    response = client.get("/search.xlsx?q=x")
    assert response.status_code == 400
    assert "csv, jsonl, md, ris, bib" in response.get_json(force=True)["detail"]
