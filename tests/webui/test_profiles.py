"""The pages of States and sessions: what stands on them, and that every figure is that of the search it leads to."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pilcrow.engine.whoosh_engine import WhooshEngine
from pilcrow.search import profiles
from tests.contract.engines import reading
from tests.search.made import REPORT
from tests.search.test_profiles import NOTED
from tests.webui.conftest import Soup
from tests.webui.test_pages import link, shown, words
from webui.state_view import state_page


def read(client: FlaskClient, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status}"
    return BeautifulSoup(response.text, "html.parser")


def table(page: BeautifulSoup, key: str) -> list[tuple[str, str]]:
    rows = page.select(f"section[aria-labelledby=by-{key}] tbody tr")
    return [(shown(row.th), shown(row.td)) for row in rows]


def total(client: FlaskClient, url: str) -> int:
    answer = client.get(f"/api/search{url.removeprefix('/')}").get_json()
    assert answer["diagnostics"] == [], url
    return int(answer["total"])


class TestState:
    def test_every_figure_leads_to_as_many_paragraphs(self, corpus_client: FlaskClient) -> None:
        page = read(corpus_client, "/states/USA")
        links = [(str(row.a["href"]), shown(row.td)) for row in page.select(".spread tbody tr") if row.a]
        links += [(str(each.a["href"]), shown(each.select_one(".count"))) for each in page.select(".used li") if each.a]
        links.append((link(page, shown(page.select_one(".found"))), shown(page.select_one(".found")).split()[0]))
        assert len(links) > 20
        assert [total(corpus_client, url) for url, _ in links] == [int(count.replace(",", "")) for _, count in links]

    def test_it_says_who_the_state_is_and_shows_its_newest_paragraphs_marked(self, corpus_client: FlaskClient) -> None:
        page = read(corpus_client, "/states/BLR")
        assert words(page.h1) == "Belarus"
        assert words(page.select_one(".facts")) == (
            "Republic of Belarus Member State Europe Eastern Europe Eastern European States BLR"
        )
        cards = page.select(".newest .hit")
        assert 1 <= len(cards) <= 10
        assert "Belarus" in [words(mark) for mark in page.select(".newest mark")]
        dates = [str(time["datetime"]) for time in page.select(".newest .where time")]
        assert dates == sorted(dates, reverse=True)
        exports = [words(a) for a in page.select(".newest .exports a[download]")]
        assert exports == ["CSV", "JSON lines", "Markdown", "RIS", "BibTeX"]

    def test_a_state_that_nothing_cites_says_so_and_leads_on(self, soup: Soup) -> None:
        page = soup("/states/TUV")
        assert words(page.select_one(".found")) == "No paragraph here cites Tuvalu under any of its names."
        assert page.select(".spread, .newest, .bar") == []
        assert [words(each) for each in page.select(".nothing li")] == [
            "Paragraphs with the word “Tuvalu”",
            "The States of Oceania",
            "All States",
        ]
        assert link(page, "The States of Oceania") == "/states#region-009"

    @pytest.mark.parametrize(
        ("name", "where"),
        [
            ("belarus", "/states/BLR"),
            ("blr", "/states/BLR"),
            ("BY", "/states/BLR"),
            ("Byelorussian SSR", "/states/BLR"),
            ("Iran (Islamic Republic of)", "/states/IRN"),
            ("Côte d’Ivoire", "/states/CIV"),
            ("Europe", "/states#region-150"),
            ("Eastern Africa", "/states#region-002"),
            ("unknown", "/?state=unknown"),
        ],
    )
    def test_any_name_leads_to_the_page(self, client: FlaskClient, name: str, where: str) -> None:
        response = client.get(f"/states/{quote(name)}")
        assert (response.status_code // 100, response.location) == (3, where)

    def test_a_name_typed_into_the_list_leads_there_too(self, client: FlaskClient) -> None:
        response = client.get("/states", query_string={"name": " Burma "})
        assert response.location == "/states/Burma"
        assert client.get(response.location).location == "/states/MMR"

    @pytest.mark.parametrize(
        ("name", "said", "offered"),
        [
            ("Belrus", "No State is called “Belrus”.", "/states/BLR"),
            ("BLX", "No State is called “BLX”.", "/states/BLR"),
            ("Czechoslovakia", "“Czechoslovakia” is no more; after it came:", "/states/SVK"),
            ("<script>", "No State is called “<script>”.", "/states"),
            ("%00", "No State is called “\x00”.", "/states"),
        ],
    )
    def test_an_unknown_name_is_not_found_and_the_nearest_are_offered(
        self, client: FlaskClient, name: str, said: str, offered: str
    ) -> None:
        response = client.get(f"/states/{name if name == '%00' else quote(name)}")
        page = BeautifulSoup(response.text, "html.parser")
        assert response.status_code == 404
        assert said.replace("\x00", "") in words(page.select_one(".prose p")).replace("\ufffd", "").replace("\x00", "")
        assert offered in [str(a["href"]) for a in page.select(".prose li a")]

    def test_the_list_has_every_state_under_its_region(self, corpus_client: FlaskClient) -> None:
        page = read(corpus_client, "/states")
        assert [words(tag) for tag in page.select(".region h2")] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
        assert len(page.select(".region li")) == 195
        for item in page.select(".region li")[:40:8]:
            assert item.a
            asked = corpus_client.get(f"/api{item.a['href']}").get_json()["paragraphs"]
            assert shown(item.select_one(".count")) == (f"{asked:,}" if asked else "–")


class TestSession:
    def test_every_figure_leads_to_as_many_paragraphs(self, corpus_client: FlaskClient) -> None:
        for item in read(corpus_client, "/sessions").select(".bodies li li"):
            assert item.a
            page = read(corpus_client, str(item.a["href"]))
            links = [(str(row.a["href"]), shown(row.td)) for row in page.select(".spread tbody tr") if row.a]
            links.append((link(page, shown(page.select_one(".found"))), shown(page.select_one(".found")).split()[0]))
            assert [total(corpus_client, url) for url, _ in links] == [
                int(count.replace(",", "")) for _, count in links
            ]
            assert f"{len(page.select('.held li'))} document" in words(item)

    def test_it_lists_documents_items_pillars_and_states(self, soup: Soup) -> None:
        page = soup("/sessions/A/79")
        assert words(page.h1) == "General Assembly, seventy-ninth session"
        assert len(page.select(".held li")) >= 1
        assert all(str(a["href"]).startswith("/documents/") for a in page.select(".held li > a"))
        assert [words(tag) for tag in page.select(".spread h2")][-1:] == ["By cited State"]

    def test_other_letters_lead_to_the_key(self, client: FlaskClient) -> None:
        assert client.get("/sessions/a/79").location == "/sessions/A/79"
        by_label = client.get("/sessions/General Assembly, seventy-ninth session")
        assert (by_label.status_code, by_label.location) == (301, "/sessions/A/79")
        assert client.get("/sessions/unknown").location == "/?session=unknown"

    def test_a_session_that_is_not_here_is_not_found_and_the_nearest_are_offered(self, client: FlaskClient) -> None:
        response = client.get("/sessions/A/799")
        assert response.status_code == 404
        assert "No document here is of a session “A/799”." in response.text
        assert 'href="/sessions/A/79"' in response.text


class TestJson:
    def test_a_state_by_any_name(self, corpus_client: FlaskClient) -> None:
        record = corpus_client.get("/api/states/belarus").get_json()
        assert (record["code"], record["name"], record["url"]) == ("BLR", "Belarus", "/states/BLR")
        assert record["paragraphs"] == total(corpus_client, "/?state=BLR")
        assert corpus_client.get("/api/states").get_json()["total"] == 195

    def test_a_session_by_its_key(self, client: FlaskClient) -> None:
        record = client.get("/api/sessions/A/79").get_json()
        assert (record["key"], record["url"]) == ("A/79", "/sessions/A/79")
        assert record["paragraphs"] == total(client, "/?session=A/79")
        listed = client.get("/api/sessions").get_json()
        assert "A/79" in [each["key"] for each in listed["sessions"]]

    @pytest.mark.parametrize("url", ["/api/states/Belrus", "/api/states/Europe", "/api/sessions/A/799"])
    def test_what_is_not_there_is_a_problem_with_the_nearest(self, client: FlaskClient, url: str) -> None:
        response = client.get(url)
        assert (response.status_code, response.content_type) == (404, "application/problem+json")
        assert response.get_json(force=True)["suggestions"]


class TestLeadingThere:
    def test_a_search_leads_to_the_pages_of_the_few_that_are_chosen(self, soup: Soup) -> None:
        page = soup("/?state=FRA&session=A/79")
        assert [(words(a), a["href"]) for a in page.select(".profiles a")] == [
            ("France", "/states/FRA"),
            ("General Assembly, seventy-ninth session", "/sessions/A/79"),
        ]
        assert soup("/?q=the").select(".profiles") == []
        assert soup("/?state=FRA&state=DEU&state=KEN&state=BLR").select(".profiles") == []

    def test_the_pages_of_facets_lead_to_the_lists(self, soup: Soup) -> None:
        assert link(soup("/facets/state"), "All States by region") == "/states"
        assert link(soup("/facets/session"), "All sessions by body") == "/sessions"

    def test_every_page_leads_to_the_lists(self, soup: Soup) -> None:
        for url in ("/", "/?q=the", "/documents", "/help"):
            nav = soup(url).select_one("nav[aria-label=Site]")
            assert nav is not None
            assert {"/states", "/sessions"} <= {str(a["href"]) for a in nav.select("a")}

    def test_a_document_says_whom_it_cites(self, corpus_client: FlaskClient) -> None:
        symbols = [str(a["href"]) for a in read(corpus_client, "/documents").select(".shelf h2 a")]
        rows = [
            row for url in symbols for row in read(corpus_client, url).select(".meta > div") if words(row.dt) == "Cites"
        ]
        assert rows
        for a in (a for row in rows for a in row.select("a")):
            cited = re.match(r"(.*) \(\d+ paragraphs?(, not here)?\)", words(a))
            assert cited
            if cited[2]:
                assert total(corpus_client, str(a["href"])) > 0
            else:
                assert str(a["href"]).startswith("/documents/")
                assert corpus_client.get(str(a["href"])).status_code == 200


class TestDocumentsListed:
    def test_documents_stand_with_their_best_paragraphs_and_the_way_to_the_rest(
        self, corpus_client: FlaskClient
    ) -> None:
        page = read(corpus_client, "/?q=trafficking&unit=document")
        answer = corpus_client.get("/api/search?q=trafficking&unit=document").get_json()
        assert words(page.h1) == f"{answer['documents']} documents for trafficking"
        assert words(page.select_one(".matching")) == f"with {answer['total']:,} matching paragraphs"
        groups = page.select(".by-document")
        assert len(groups) == len(answer["groups"]) == answer["documents"]
        for shown_group, group in zip(groups, answer["groups"], strict=True):
            assert len(shown_group.select(".matches > li")) == len(group["hits"]) == min(3, group["paragraphs"])
            rest = shown_group.select_one(".rest a")
            assert rest is not None
            assert words(rest) == f"{group['paragraphs']:,} matching paragraphs"
            assert total(corpus_client, str(rest["href"])) == group["paragraphs"]
            title = shown_group.select_one("h3 a")
            assert title is not None
            anchor = group["hits"][0].partition("#")[2]
            assert str(title["href"]) == f"{group['url']}?q=trafficking#{anchor}"
            assert read(corpus_client, str(title["href"])).find(id=anchor)

    def test_the_page_says_what_it_lists_and_counts(self, soup: Soup) -> None:
        page = soup("/?q=the&unit=document&limit=1")
        assert words(page.select_one("#results")) == "Documents found"
        assert [words(a) for a in page.select(".tools [aria-current]")] == ["Documents", "Relevance"]
        assert link(page, "Paragraphs") == "/?q=the&limit=1"
        assert words(page.select_one(".counted")).startswith("Counts are of paragraphs or documents")
        assert words(page.select_one(".facets strong")) == "documents"
        assert words(page.select_one(".facet .pick .vh")).endswith(("1 document", "documents"))
        assert words(page.select_one(".exports")).startswith("All ")
        assert "paragraph" in words(page.select_one(".exports"))

    def test_pages_of_documents_keep_the_question(self, soup: Soup) -> None:
        seen: list[str] = []
        url = "/?q=the&unit=document&limit=1"
        while url:
            page = soup(url)
            seen += [str(a["href"]).partition("?")[0] for a in page.select(".by-document h3 a")]
            following = page.select_one(".pages a[rel~=next]")
            url = str(following["href"]) if following else ""
        assert len(seen) == len(set(seen)) > 1
        assert f"{len(seen)} documents" in words(page.h1)


def test_a_state_that_only_notes_name_is_said_to_be_so() -> None:
    with reading(WhooshEngine(), (NOTED, REPORT)) as index:
        ghana, belarus = (state_page(profiles.state_profile(index, code)) for code in ("GHA", "BLR"))
    assert (ghana.remark, belarus.remark) == ("Only notes name it: no paragraph does in its text.", "")
    assert ghana.found == "1 paragraph of 1 document cites it"
    assert [(row.label, row.count, row.url) for table in ghana.spreads for row in table.rows] == [
        ("General Assembly, seventy-first session", "1", "/?session=A%2F71&state=GHA"),
        ("Unknown", "1", "/?state=GHA&pillar=unknown"),
        ("2016", "1", "/?state=GHA&date=2016"),
        ("in a note", "1", "/?state=GHA&state-in=note"),
        ("Belarus", "1", "/?state=GHA&state=BLR&all-state=1"),
    ]
    assert [row.share for table in ghana.spreads for row in table.rows] == [100, 0, 100, 100, 100]
