"""The pages, read as a visitor reads them, over made-up documents."""

from __future__ import annotations

import itertools
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.webui.conftest import Soup

LETTER = "A/79/945"
DRAFT = "A/C.3/79/L.5%20/Rev.1"


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def shown(tag: Tag | None) -> str:
    """The text of ``tag`` without what only screen readers get."""
    assert tag is not None
    copy = BeautifulSoup(str(tag), "html.parser")
    for hidden in copy.select(".vh"):
        hidden.decompose()
    return words(copy)


def facet(page: BeautifulSoup, key: str) -> list[tuple[str, str]]:
    """The values of a facet and their counts, in order."""
    return [
        (shown(value.select_one(".pick")), shown(value.select_one(".count")))
        for value in page.select(f"#facet-{key} .value")
    ]


def link(page: BeautifulSoup, text: str) -> str:
    found = [a["href"] for a in page.find_all("a", href=True) if shown(a) == text]
    assert found, f"no link says {text!r}"
    return str(found[0])


def citations(page: BeautifulSoup) -> list[str]:
    return [words(tag) for tag in page.select(".hit h3")]


class TestStart:
    def test_it_says_what_there_is(self, soup: Soup) -> None:
        page = soup("/")
        assert "the pillars that it is about" in words(page.select_one(".lead"))
        assert words(page.select_one(".lead")).startswith("38 paragraphs from 4 documents of the United Nations")
        assert [words(tag) for tag in page.select(".holdings h2")] == ["Session", "Pillar", "Cited State", "Documents"]
        assert link(page, "General Assembly, seventy-ninth session") == "/?session=A%2F79"

    def test_every_example_finds_something(self, soup: Soup, client: FlaskClient) -> None:
        examples = [str(a["href"]) for a in soup("/").select(".examples a")]
        assert len(examples) >= 3
        for url in examples:
            response = client.get(url)
            assert response.status_code == 302 or "0 paragraphs" not in response.text

    def test_an_empty_query_starts_again(self, soup: Soup) -> None:
        assert soup("/?q=").select_one(".hero") is not None


class TestResults:
    def test_a_hit_shows_where_it_stands_what_it_says_and_what_it_cites(self, soup: Soup) -> None:
        page = soup("/?q=trafficking")
        (hit,) = page.select(".hit")
        assert words(hit.select_one("h3")) == "A/79/945, para. 1"
        assert hit.select_one("h3 a")["href"] == "/documents/A/79/945?q=trafficking#p1"
        where = "2 June 2025 General Assembly, seventy-ninth session Like this: paragraphs like A/79/945, para. 1"
        assert words(hit.select_one(".where")) == where
        assert hit.select_one("time")["datetime"] == "2025-06-02"
        assert words(hit.select_one(".section")) == "I. Victims"
        assert str(hit.select_one(".snippet")) == (
            '<p class="snippet" lang="en">Belarus protects the victims of <mark>trafficking</mark>.</p>'
        )
        assert [(words(tag), tag["href"]) for tag in hit.select(".tag")] == [
            ("Protection", "/?q=trafficking&pillar=protection"),
            ("Item 35", "/?q=trafficking&agenda=A%2F79%7C35"),
            ("Belarus", "/?q=trafficking&state=BLR"),
        ]

    def test_a_match_in_a_note_is_shown_as_one(self, soup: Soup) -> None:
        (hit,) = soup("/?q=Qatar").select(".hit")
        assert words(hit.select_one(".snippet-note")) == "Note 1 Qatar reported on victims."
        assert words(hit.select_one(".tag.note")) == "Qatar note 1"

    def test_a_match_in_a_heading_is_marked_there(self, soup: Soup) -> None:
        page = soup("/?q=section:identification")
        assert [words(mark) for mark in page.select_one(".hit").select(".section mark")] == ["Identification"]

    def test_the_language_of_a_paragraph_is_given(self, soup: Soup) -> None:
        assert soup("/?q=réparation").select_one(".snippet")["lang"] == "fr"

    def test_a_chosen_value_narrows_and_its_facet_keeps_the_others(self, soup: Soup) -> None:
        before = soup("/?q=victims")
        narrowed = soup(link(before, "Belarus"))
        assert citations(narrowed) == ["A/79/945, para. 1"]
        assert facet(narrowed, "state") == facet(before, "state")
        assert [words(tag) for tag in narrowed.select(".chip")] == ["Remove: Cited State Belarus ×"]
        again = soup(str(narrowed.select_one(".chip")["href"]))
        assert citations(again) == citations(before)

    def test_a_value_can_be_left_out(self, soup: Soup) -> None:
        before = soup("/?q=victims")
        url = next(a["href"] for a in before.select("a.not") if a["aria-label"] == "Leave out Belarus")
        after = soup(str(url))
        assert "A/79/945, para. 1" in citations(before)
        assert citations(after) == [each for each in citations(before) if each != "A/79/945, para. 1"]
        assert [words(tag) for tag in after.select(".chip.excluded")] == ["Remove: Cited State, not Belarus ×"]

    def test_a_chosen_value_stays_listed_at_zero(self, soup: Soup) -> None:
        page = soup("/?q=seized&state=BLR")
        assert ("Belarus", "0") in facet(page, "state")

    def test_all_of_several_values_can_be_asked_for(self, soup: Soup) -> None:
        page = soup("/?state=BLR&state=QAT")
        assert len(page.select(".hit")) == 2
        assert soup(link(page, "all of these")).select_one("h1").get_text() == "Nothing"

    def test_states_in_the_text_are_told_from_those_in_notes(self, soup: Soup) -> None:
        page = soup("/?state=QAT&state=BLR")
        assert citations(soup(link(page, "in a note (1)"))) == ["A/79/945, para. 2"]
        assert citations(soup(link(page, "in the text (1)"))) == ["A/79/945, para. 1"]

    def test_the_date_form_becomes_a_filter(self, client: FlaskClient, soup: Soup) -> None:
        response = client.get("/?q=victims&from=2025&to=2025-06&page=2")
        assert (response.status_code, response.location) == (302, "/?q=victims&date=2025..2025-06")
        page = soup(response.location)
        assert page.select_one("#from")["value"] == "2025"
        assert page.select_one("#to")["value"] == "2025-06"
        assert client.get("/?q=victims&date=2024&from=&to=").location == "/?q=victims"

    def test_a_bad_date_is_said_and_the_rest_answered(self, soup: Soup, client: FlaskClient) -> None:
        page = soup(client.get("/?q=victims&from=soon&to=").location)
        assert "soon" in words(page.select_one(".notice"))
        assert page.select(".hit")

    def test_pages_neither_repeat_nor_lose_a_hit(self, soup: Soup) -> None:
        found: list[str] = []
        page = soup("/?q=seized")
        while True:
            found += citations(page)
            following = page.select_one(".pages a[rel~=next]")
            if following is None:
                break
            page = soup(str(following["href"]))
        assert found == [f"S/RES/2774 (2025), para. {number}" for number in range(1, 31)]

    def test_a_page_beyond_the_last_is_the_last_and_says_so(self, soup: Soup) -> None:
        page = soup("/?q=seized&page=9")
        assert words(page.select_one(".notice")) == "There is no page 9; this is page 3, the last one."
        assert citations(page)[-1] == "S/RES/2774 (2025), para. 30"

    def test_the_sentence_on_words_offers_the_other_readings(self, soup: Soup) -> None:
        page = soup("/?q=victims+trafficking+progress")
        options = [(words(a), str(a["href"])) for a in page.select(".matching a")]
        assert len(options) == len({url for _, url in options})
        for label, url in options:
            total = int(label.rpartition(": ")[2])
            heading = shown(soup(url).select_one("h1"))
            assert heading.startswith(f"{total} paragraph" if total else "Nothing")

    def test_what_was_misread_is_shown_in_its_place_with_a_way_out(self, soup: Soup) -> None:
        page = soup("/?q=stat:Belarus+victims")
        notice = page.select_one(".notice")
        assert notice.select_one(".typed b") is not None
        assert soup(str(page.select_one(".did-you-mean a")["href"])).select(".hit")

    def test_where_nothing_is_found_the_ways_out_find_something(self, soup: Soup) -> None:
        page = soup("/?q=victims+AND+zebra&state=BLR")
        assert shown(page.select_one("h1")).startswith("Nothing")
        ways = page.select(".notice a") + soup("/?q=seized&state=BLR").select(".nothing li a")
        assert len(ways) == 2
        for way in ways:
            assert soup(str(way["href"])).select(".hit")

    def test_where_nothing_is_found_that_is_said_once(self, soup: Soup) -> None:
        page = soup("/?q=zebra")
        assert words(page.select_one(".head h1")) == "Nothing for zebra"
        assert [words(tag) for tag in page.select(".notice")] == ["No paragraph has “zebra” in any form."]
        assert words(page.select_one(".nothing p")) == "You could try:"
        assert "Counts are of" not in page.main.get_text()
        assert page.select(".refine") == []

    def test_a_mended_query_is_a_way_out_and_no_other_is_made_up(self, soup: Soup) -> None:
        page = soup("/?q=traficking")
        assert words(page.select_one(".did-you-mean a")) == "trafficking"
        assert page.select(".notice a") == []
        assert page.select(".nothing") == []

    def test_a_symbol_is_asked_for_by_the_name_that_is_typed(self, soup: Soup) -> None:
        assert "any_symbol" not in soup("/?q=symbol:A/79/*+victims").get_text()

    def test_documents_whose_title_matches_stand_above(self, soup: Soup) -> None:
        page = soup("/?q=letter+annex")
        assert [str(a["href"]) for a in page.select(".documents-found a")] == ["/documents/A/79/945"]

    @pytest.mark.parametrize(
        ("query", "url"),
        [
            ("A/79/945", "/documents/A/79/945"),
            ("S/2025/368", "/documents/A/79/945"),
            ("A/79/945, para. 2", "/documents/A/79/945#p2"),
            ("A/79/945, para. 3 (a)", "/documents/A/79/945#p3.a"),
            ("S/RES/2774 (2025)", "/documents/S/RES/2774%20(2025)"),
        ],
    )
    def test_a_symbol_opens_its_document_and_a_citation_its_paragraph(
        self, client: FlaskClient, query: str, url: str
    ) -> None:
        response = client.get("/", query_string={"q": query})
        assert (response.status_code, response.location) == (302, url)

    def test_a_citation_opens_its_paragraph_whatever_is_chosen(self, client: FlaskClient) -> None:
        response = client.get("/", query_string={"q": "A/79/945, para. 2", "state": "BLR", "sort": "newest"})
        assert (response.status_code, response.location) == (302, "/documents/A/79/945#p2")

    def test_every_citation_that_is_printed_opens_its_paragraph(self, client: FlaskClient, soup: Soup) -> None:
        for symbol in (LETTER, "S/RES/2774 (2025)", "prov:some-file"):
            page = soup(f"/documents/{quote(symbol)}")
            for paragraph in page.select(".para")[:6]:
                response = client.get("/", query_string={"q": words(paragraph.select_one(".citation"))})
                assert response.location == paragraph.select_one(".cite a")["href"]


class TestFacetPage:
    def test_values_are_filtered_and_ordered_by_links(self, soup: Soup) -> None:
        page = soup("/facets/state?q=victims")
        assert words(page.h1) == "Cited State in the results for victims"
        names = [shown(tag) for tag in page.select(".pick")]
        assert {"Belarus", "Qatar"} <= set(names)
        filtered = soup("/facets/state?q=victims&contains=bel")
        assert "Belarus" in [shown(tag) for tag in filtered.select(".pick")]
        assert "Qatar" not in [shown(tag) for tag in filtered.select(".pick")]
        assert soup(link(page, "By name")).select(".pick")
        assert citations(soup(link(page, "Qatar"))) == ["A/79/945, para. 2"]

    def test_what_was_misread_is_said_here_too(self, soup: Soup) -> None:
        page = soup("/facets/state?q=stat:Belarus&pillar=protectoin")
        about_the_address, about_the_query = page.select(".notice")
        assert words(about_the_address.p).startswith("There is no pillar “protectoin”")
        assert words(about_the_query.p).startswith("There is no field stat: here; did you mean state:?")
        assert link(page, "state:Belarus") == "/?q=state%3ABelarus"

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("q=zebra", "Nothing is found that could have a value."),
            ("q=zebra&contains=bel", "Nothing is found that could have a value."),
            ("q=victims&contains=atlantis", "No value contains “atlantis”."),
        ],
    )
    def test_an_empty_list_says_why_it_is_empty(self, soup: Soup, asked: str, said: str) -> None:
        page = soup(f"/facets/state?{asked}")
        assert words(page.select_one(".nothing")) == said
        assert bool(page.select(".filter")) == ("contains" in asked)

    def test_states_are_counted_without_their_regions(self, soup: Soup) -> None:
        page = soup("/facets/state?q=victims")
        named = [shown(tag) for tag in page.select(".pick")]
        assert "2 values" in words(page.select_one(".tools p"))
        assert {"Asia all States", "Europe all States", "Unknown"} < set(named)

    def test_a_facet_that_is_not_there_is_answered_with_those_that_are(self, client: FlaskClient) -> None:
        response = client.get("/facets/stat")
        page = BeautifulSoup(response.text, "html.parser")
        assert response.status_code == 404
        assert words(page.select_one(".prose li")) == "Cited State"


class TestDocuments:
    def test_the_list_names_every_document(self, soup: Soup) -> None:
        assert [
            (words(li.select_one("h2")), str(li.select_one("a")["href"]))
            for li in soup("/documents").select(".shelf > li")
        ] == [
            ("Letter dated 2 June 2025 & its annex", "/documents/A/79/945"),
            ("Draft <script>alert(1)</script> 100% & more", f"/documents/{quote(DRAFT)}"),
            ("S/RES/2774 (2025)", "/documents/S/RES/2774%20(2025)"),
            ("prov:some-file", "/documents/prov:some-file"),
        ]

    def test_what_is_known_is_shown_what_is_not_is_unknown_and_the_catalogue_is_named(self, soup: Soup) -> None:
        rows = {
            words(row.dt): [words(dd) for dd in row.find_all("dd")]
            for row in soup(f"/documents/{LETTER}").select(".meta > div")
        }
        assert rows["Symbols"] == ["A/79/945", "S/2025/368"]
        assert rows["Date"] == ["2 June 2025", "date of distribution"]
        assert rows["Session"] == ["General Assembly, seventy-ninth session"]
        assert rows["Agenda item"] == ["35: Prevention of armed conflict"]
        assert rows["Type"][1] == "from the catalogue, not the document itself"
        assert rows["Original language"] == ["unknown"]
        assert rows["Related"] == ["addendum to A/79/900"]

    def test_where_only_paragraphs_have_agenda_items_these_are_listed_as_the_agenda_goes(
        self, corpus_client: FlaskClient
    ) -> None:
        page = BeautifulSoup(corpus_client.get("/documents/CTOC/COP/WG.4/2013/5").text, "html.parser")
        (row,) = [row for row in page.select(".meta > div") if words(row.dt) == "Agenda items"]
        items = [words(a).partition(":")[0] for a in row.select("dd a")]
        assert items == ["Item 1", "Item 1 (a)", "Item 1 (b)", *(f"Item {number}" for number in range(2, 8))]
        assert words(row.summary) == "9 items"
        assert words(row.select_one(".origin")).startswith("of its paragraphs")
        for a in row.select("dd a"):
            assert "0 paragraphs" not in corpus_client.get(str(a["href"])).text

    def test_documents_of_one_title_are_told_apart_by_body_and_session(self, corpus_client: FlaskClient) -> None:
        start = BeautifulSoup(corpus_client.get("/").text, "html.parser")
        found = BeautifulSoup(corpus_client.get("/?q=draft+report+addendum").text, "html.parser")
        sessions = [
            "Working Group on Trafficking in Persons, 27-29 January 2010",
            "Conference of the Parties to the United Nations Convention against Transnational Organized Crime, "
            "fifth session, 18-22 October 2010",
        ]
        assert [words(tag) for tag in start.select(".tally .aside")] == sessions
        assert [words(tag) for tag in found.select(".documents-found .aside")] == sessions

    def test_a_document_without_a_symbol_is_labelled_as_such(self, soup: Soup) -> None:
        page = soup("/documents/prov:some-file")
        assert words(page.select_one(".document-head .label")) == "no symbol"
        rows = {words(row.dt): words(row.dd) for row in page.select(".meta > div")}
        assert rows["Symbol"] == rows["Date"] == rows["Session"] == "unknown"

    def test_headings_stand_in_order_and_in_the_outline(self, soup: Soup) -> None:
        page = soup(f"/documents/{LETTER}?q=victims")
        assert [(tag.name, words(tag)) for tag in page.select(".text h2, .text h3")] == [
            ("h2", "I. Victims"),
            ("h3", "A. Identification"),
            ("h2", "II. Next steps"),
        ]
        assert [words(tag) for tag in page.select(".outline li a")] == [
            "I. Victims 4 hits",
            "A. Identification 3 hits",
            "II. Next steps",
        ]

    def test_a_note_stands_beneath_its_paragraph_and_its_sign_where_it_was(self, soup: Soup) -> None:
        paragraph = soup(f"/documents/{LETTER}").find(id="p2")
        assert words(paragraph.select_one(".own p")) == (
            "Victims were identified in several regions,1 and the report says so.2"
        )
        sign, note = paragraph.select_one("sup a"), paragraph.select_one(".notes li")
        assert sign["aria-label"] == "Note 1"
        assert (sign["href"], note["id"]) == ("#p2-note-1", "p2-note-1")
        assert note.a["href"] == f"#{sign['id']}"
        assert words(note) == "Back to the text from note 1 Qatar reported on victims."

    def test_sub_paragraphs_stand_in_and_languages_are_given(self, soup: Soup) -> None:
        page = soup(f"/documents/{LETTER}")
        assert "level-1" in page.find(id="p3.a")["class"]
        assert words(page.find(id="p3.a").select_one(".marker")) == "(a)"
        assert page.find(id="p6")["lang"] == "fr"
        assert "lang" not in page.find(id="p5").attrs

    def test_hits_are_marked_and_lead_to_one_another(self, soup: Soup) -> None:
        page = soup(f"/documents/{LETTER}?q=victims")
        hits = page.select(".para.match")
        assert [hit["id"] for hit in hits] == ["p1", "p2", "p3", "p3.a"]
        assert [[str(a["href"]) for a in hit.select(".walk a")] for hit in hits] == [
            ["#p2"],
            ["#p1", "#p3"],
            ["#p2", "#p3.a"],
            ["#p3"],
        ]
        assert [words(mark) for mark in page.select(".para mark")] == ["victims", "Victims", "victims", "victims"]
        assert words(page.select_one(".hits-bar")) == "4 hits for “victims” First hit Show without marks"
        assert soup(link(page, "Show without marks")).select("mark") == []

    def test_every_paragraph_has_a_permalink_and_a_citation(self, soup: Soup) -> None:
        page = soup(f"/documents/{LETTER}")
        assert [(str(tag.a["href"]), words(tag.select_one(".citation"))) for tag in page.select(".cite")][:4] == [
            ("/documents/A/79/945#p1", "A/79/945, para. 1"),
            ("/documents/A/79/945#p2", "A/79/945, para. 2"),
            ("/documents/A/79/945#p3", "A/79/945, para. 3"),
            ("/documents/A/79/945#p3.a", "A/79/945, para. 3 (a)"),
        ]

    @pytest.mark.parametrize(
        ("path", "symbol"),
        [
            ("/documents/A/79/945", LETTER),
            ("/documents/A%2F79%2F945", LETTER),
            ("/documents/S/RES/2774%20(2025)", "S/RES/2774 (2025)"),
            ("/documents/S%2FRES%2F2774%20%282025%29", "S/RES/2774 (2025)"),
            (f"/documents/{quote(DRAFT)}", DRAFT),
            (f"/documents/{quote(DRAFT, safe='')}", DRAFT),
        ],
    )
    def test_slashes_spaces_and_percent_signs_of_symbols_work_in_addresses(
        self, soup: Soup, path: str, symbol: str
    ) -> None:
        assert words(soup(path).select_one(".document-head .symbol")).split(", ")[0] == symbol

    @pytest.mark.parametrize("path", ["/documents/S/2025/368?q=victims", "/documents/a/79/945?q=victims"])
    def test_another_symbol_of_the_document_leads_to_the_first(self, client: FlaskClient, path: str) -> None:
        response = client.get(path)
        assert (response.status_code, response.location) == (301, "/documents/A/79/945?q=victims")

    def test_a_document_that_is_not_there_is_answered_with_its_neighbours(self, client: FlaskClient) -> None:
        response = client.get("/documents/A/79/946")
        page = BeautifulSoup(response.text, "html.parser")
        assert response.status_code == 404
        assert "There is no document “A/79/946” here." in words(page.main)
        assert str(page.select_one(".prose li a")["href"]) == "/documents/A/79/945"


class TestHelp:
    def test_every_example_finds_something(self, corpus_client: FlaskClient) -> None:
        page = BeautifulSoup(corpus_client.get("/help").text, "html.parser")
        examples = {words(a): str(a["href"]) for a in page.select(".forms a")}
        found = {
            query: corpus_client.get(url.replace("/?", "/api/search?", 1)).get_json()["total"]
            for query, url in examples.items()
        }
        assert len(found) >= 20
        assert [query for query, total in found.items() if not total] == []


class TestEveryPage:
    PAGES = (
        "/",
        "/?q=victims",
        "/?q=zebra",
        "/documents",
        "/documents/A/79/945?q=victims",
        "/facets/state",
        "/tables/state/session",
        "/help",
        "/none",
    )

    @pytest.mark.parametrize("url", PAGES)
    def test_it_has_landmarks_one_h1_and_headings_in_order(self, client: FlaskClient, url: str) -> None:
        page = BeautifulSoup(client.get(url).text, "html.parser")
        assert page.html["lang"] == "en"
        assert [tag.name for tag in page.body.find_all(["header", "main", "footer"], recursive=False)] == [
            "header",
            "main",
            "footer",
        ]
        assert page.body.find("a")["href"] == "#main"
        levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    @pytest.mark.parametrize("url", PAGES)
    def test_every_field_has_a_label(self, client: FlaskClient, url: str) -> None:
        page = BeautifulSoup(client.get(url).text, "html.parser")
        fields = [tag for tag in page.find_all("input") if tag.get("type") != "hidden"]
        labels = {tag["for"] for tag in page.find_all("label")}
        assert [tag for tag in fields if tag["id"] not in labels] == []
