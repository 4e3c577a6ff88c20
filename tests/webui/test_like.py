"""The links to paragraphs like one: on a hit, on the document's page, and what the results say of them."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.conftest import Soup


def test_every_hit_and_every_paragraph_leads_to_those_like_it(soup: Soup) -> None:
    (hit,) = soup("/?q=trafficking").select(".hit")
    (of_hit,) = [link["href"] for link in hit.select(".where a") if link.text.startswith("Like this")]
    assert of_hit == "/?q=like%3A%22A%2F79%2F945%2C+para.+1%22"
    of_paragraphs = [link["href"] for link in soup("/documents/A/79/945").select("a.like")]
    assert of_hit in of_paragraphs
    assert len(of_paragraphs) == len(soup("/documents/A/79/945").select(".para"))


def test_the_links_of_every_paragraph_name_that_paragraph(corpus_client: FlaskClient) -> None:
    for document in corpus_client.get("/api/documents").get_json()["documents"][:2]:
        for listed in corpus_client.get("/api/documents", query_string={"id": document["id"]}).get_json()["paragraphs"]:
            answer = corpus_client.get("/api/search", query_string={"q": f'like:"{listed["citation"]}"'}).get_json()
            assert [like["id"] for like in answer["likes"]] == [listed["id"]] or not answer["likes"], listed
            if not answer["likes"]:
                assert "has no words" in answer["diagnostics"][0]["message"], listed


def test_the_results_say_which_paragraph_and_which_words(corpus_client: FlaskClient) -> None:
    page = corpus_client.get("/", query_string={"q": 'like:"CTOC/COP/WG.4/2013/5, para. 22"'}).text
    said = 'Like <a href="/documents/CTOC/COP/WG.4/2013/5#p22">CTOC/COP/WG.4/2013/5, para. 22</a>: with at least '
    assert said in page
