"""Tables as pages: every cell leads to what it counts, heads sort, and what is left out is said."""

from __future__ import annotations

import csv
import io
import itertools
import re
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from pilcrow.engine.fields import FACETS
from tests.webui.conftest import Soup
from tests.webui.test_pages import link, shown, words

HEADING = re.compile(r"<h1>([\d,]+) (?:paragraph|document)s?\b")
"""How many a search says that it lists."""


def grid(page: BeautifulSoup) -> list[list[str]]:
    """The rows of the table as people see them, its head first."""
    rows = page.select(".sheet thead tr, .sheet tbody tr")
    return [
        [
            shown(cell.select_one(".what") or cell.select_one(".long") or cell.select_one("div > span") or cell)
            for cell in row.find_all(["th", "td"])
        ]
        for row in rows
    ]


def linked_cells(page: BeautifulSoup) -> list[tuple[str, str]]:
    """The count and the address of each cell that has a link."""
    return [(words(cell), str(cell["href"])) for cell in page.select(".sheet tbody td a")]


def heads(page: BeautifulSoup) -> dict[str, Tag]:
    """The heads of the columns by what they show."""
    return {grid(page)[0][at]: head for at, head in enumerate(page.select(".sheet thead th"))}


class TestCells:
    @pytest.mark.parametrize(
        "table",
        [
            "/tables/state/session",
            "/tables/agenda/pillar?q=victim+protection",
            "/tables/state/pillar?q=victims&state=USA&unit=document",
            "/tables/pillar/session?state-in=note&not-pillar=prevention",
            "/tables/date/state?column-level=region&date=2010..2013&session=unknown&session=CTOC%2FCOP%2F5",
        ],
    )
    def test_every_cell_and_head_leads_to_as_many_as_it_counts(self, corpus_client: FlaskClient, table: str) -> None:
        whole = table + ("&" if "?" in table else "?") + "whole=1"
        page = BeautifulSoup(corpus_client.get(whole).text, "html.parser")
        assert page.select(".shown") == []
        numbers = [words(cell) for cell in page.select(".sheet tbody td:not(.all)")]
        cells = linked_cells(page)
        assert len(cells) == sum(number != "0" for number in numbers) > 0
        for totals, names in [("tbody td.all", "tbody th a"), ("tfoot td:not(.all)", "thead a.what")]:
            counts = [words(cell) for cell in page.select(f".sheet {totals}")]
            cells += zip(counts, [str(each["href"]) for each in page.select(f".sheet {names}")], strict=True)
        for count, url in cells:
            found = HEADING.search(corpus_client.get(url).text)
            assert found, url
            assert found[1] == count, url

    def test_the_number_is_always_there_and_its_tint_says_how_large_it_is(self, soup: Soup) -> None:
        page = soup("/tables/type/language")
        assert grid(page) == [
            ["Type", "All", "English", "French"],
            ["Resolution", "30", "30", "0"],
            ["Letter", "6", "5", "1"],
            ["Unknown", "2", "2", "0"],
        ]
        assert [str(cell["class"][0]) for cell in page.select(".sheet tbody td")] == [
            *("all", "t5", "t0"),
            *("all", "t3", "t1"),
            *("all", "t0", "t0"),
        ]
        assert [words(each) for each in page.select(".tints li")] == ["1", "2–4", "5–10", "11–19", "20–30"]

    def test_what_no_search_can_say_has_no_link_and_is_explained(self, corpus_client: FlaskClient) -> None:
        """Of the paragraphs that cite Kenya or Poland some cite Belarus too: no choice of States says that."""
        page = BeautifulSoup(corpus_client.get("/tables/state/session?state=KEN&state=POL").text, "html.parser")
        linked = {shown(row.select_one("th .long")) for row in page.select(".sheet tbody tr") if row.select("a")}
        assert linked == {"Kenya", "Poland"}
        assert "Belarus" in [row[0] for row in grid(page)]
        assert "no search says that" in words(page.select_one(".about-table"))


class TestHeads:
    def test_scopes_caption_and_region_say_what_the_table_is(self, soup: Soup) -> None:
        page = soup("/tables/state/session?q=victims")
        region = page.select_one(".sheet")
        assert region is not None
        assert (region["role"], region["tabindex"], region["aria-labelledby"]) == ("region", "0", "caption")
        assert words(page.select_one("caption#caption")) == "Cited State by session: how many paragraphs have both."
        assert {str(head["scope"]) for head in page.select(".sheet thead th")} == {"col"}
        assert {str(head["scope"]) for head in page.select(".sheet tbody th")} == {"row"}
        assert words(page.select_one("h1")) == "Cited State by session for victims"

    def test_a_head_sorts_and_sorts_the_other_way_round(self, soup: Soup) -> None:
        page = soup("/tables/type/language")
        assert {name: head.get("aria-sort") for name, head in heads(page).items()} == {
            "Type": None, "All": "descending", "English": None, "French": None
        }  # fmt: skip
        for name, once, twice in [
            ("Type", ("ascending", "Letter", "Resolution"), ("descending", "Resolution", "Letter")),
            ("All", ("ascending", "Letter", "Resolution"), ("descending", "Resolution", "Letter")),
            ("French", ("descending", "Letter", "Resolution"), ("ascending", "Resolution", "Letter")),
        ]:
            sorted_page = page
            for how, *order in (once, twice):
                sorted_page = soup(str(heads(sorted_page)[name].select_one(".sort")["href"]))
                assert {
                    each: head["aria-sort"] for each, head in heads(sorted_page).items() if "aria-sort" in head.attrs
                } == {name: how}
                assert [row[0] for row in grid(sorted_page)[1:]] == [*order, "Unknown"]

    def test_long_names_are_short_in_a_column_with_all_of_them_for_those_who_hear(self, soup: Soup) -> None:
        head = heads(soup("/tables/state/session"))["GA 79"].select_one("a.what")
        assert words(head) == "GA 79: General Assembly, seventy-ninth session"
        assert head["title"] == "General Assembly, seventy-ninth session"


class TestAround:
    def test_results_lead_to_their_table_and_back(self, soup: Soup) -> None:
        results = soup("/?q=victims&not-state=QAT&page=1&sort=newest")
        url = link(results, "Tables")
        assert url == "/tables/state/session?q=victims&not-state=QAT&sort=newest"
        assert link(soup(url), "← Back to the results") == "/?q=victims&not-state=QAT&sort=newest"

    def test_tabs_turn_levels_and_units_keep_the_search(self, soup: Soup) -> None:
        page = soup("/tables/state/session?q=victims&state=BLR")
        assert {shown(tab): tab["href"] for tab in page.select(".tabs a")} == {
            "Cited State by session": "/tables/state/session?q=victims&state=BLR",
            "Pillar by session": "/tables/pillar/session?q=victims&state=BLR",
            "Cited State by pillar": "/tables/state/pillar?q=victims&state=BLR",
            "Agenda item by pillar": "/tables/agenda/pillar?q=victims&state=BLR",
        }
        assert [shown(tab) for tab in page.select(".tabs [aria-current=page]")] == ["Cited State by session"]
        assert link(page, "Turn: Session by cited State") == "/tables/session/state?q=victims&state=BLR"
        assert link(page, "Regions") == "/tables/state/session?q=victims&state=BLR&row-level=region"
        assert link(page, "documents") == "/tables/state/session?q=victims&state=BLR&unit=document"
        assert [row[0] for row in grid(soup(link(page, "Regions")))[1:]] == ["Europe"]

    def test_a_table_that_is_not_offered_has_a_tab_of_its_own(self, soup: Soup) -> None:
        tabs = soup("/tables/type/language").select(".tabs a")
        assert [shown(tab) for tab in tabs][-1] == "Type by language"
        assert tabs[-1]["aria-current"] == "page"

    def test_what_is_chosen_can_be_let_go_of(self, soup: Soup) -> None:
        page = soup("/tables/state/session?q=victims&state=BLR&not-session=unknown&state-in=text")
        assert {shown(chip): chip["href"] for chip in page.select(".chip")} == {
            "Session, not Unknown ×": "/tables/state/session?q=victims&state=BLR&state-in=text",
            "Cited State Belarus ×": "/tables/state/session?q=victims&not-session=unknown&state-in=text",
            "Cited State in the text ×": "/tables/state/session?q=victims&not-session=unknown&state=BLR",
        }

    def test_what_is_left_out_of_a_large_table_is_said_with_the_way_to_all(self, corpus_client: FlaskClient) -> None:
        page = BeautifulSoup(corpus_client.get("/tables/pillar/state").text, "html.parser")
        said = words(page.select_one(".shown"))
        found = re.fullmatch(r"Here are the 24 largest of (\d+) columns\. Show all\. The CSV has all of it\.", said)
        assert found, said
        assert len(grid(page)[0]) == 2 + 24 + 1
        whole = BeautifulSoup(corpus_client.get(link(page, "Show all")).text, "html.parser")
        assert len(grid(whole)[0]) == 2 + int(found[1]) + 1
        assert whole.select(".shown") == []

    def test_nothing_found_is_said(self, soup: Soup) -> None:
        page = soup("/tables/state/session?q=zebra")
        assert words(page.select_one(".nothing")) == "Nothing is found that a table could be made of."
        assert page.select(".sheet") == []

    def test_the_address_without_facets_leads_to_the_first_table(self, client: FlaskClient) -> None:
        response = client.get("/tables?q=victims")
        assert (response.status_code, response.location) == (302, "/tables/state/session?q=victims")


class TestErrors:
    @pytest.mark.parametrize("suffix", ["", "?q=victims", ".csv"])
    def test_a_facet_that_is_none_is_not_found_with_those_that_are(self, client: FlaskClient, suffix: str) -> None:
        response = client.get(f"/tables/state/sesion{suffix}")
        assert response.status_code == 404
        assert "There is no facet “sesion”; these are tables that there are:" in response.text
        assert "/tables/state/session" in response.text

    def test_one_facet_against_itself_is_refused_in_one_sentence(self, client: FlaskClient) -> None:
        said = "A table is of two different facets, not of Cited State twice."
        page, record = client.get("/tables/state/state"), client.get("/api/tables/state/state")
        assert (page.status_code, record.status_code) == (400, 400)
        assert said in words(BeautifulSoup(page.text, "html.parser").select_one("main"))
        assert record.get_json()["detail"] == said

    @pytest.mark.parametrize(
        ("params", "said"),
        [
            ("by=A/81", "There is no column “A/81” here to order the rows by."),
            ("row-level=month", "row-level cannot be “month”: it is one of state, region."),
            ("order=sideways", "order cannot be “sideways”: it is one of label, total."),
            ("stat=BLR", "There is no parameter stat; did you mean state?"),
            ("q=stat:Belarus", "There is no field stat: here; did you mean state:? It was read as a word."),
        ],
    )
    def test_a_parameter_that_cannot_be_used_is_said_above_the_table(self, soup: Soup, params: str, said: str) -> None:
        assert said in [words(each) for each in soup(f"/tables/state/session?{params}").select(".notice p")]

    @pytest.mark.parametrize("name", ["row-level", "column-level", "order", "by", "reverse", "whole", "q", "page"])
    @pytest.mark.parametrize("value", ["", "\x00", "é\ud7ff", "<script>", "9" * 400])
    def test_nothing_given_is_an_error_of_ours(self, client: FlaskClient, name: str, value: str) -> None:
        for path in ("/tables/state/date", "/tables/body/agenda.csv", "/api/tables/agenda/symbol"):
            assert client.get(f"{path}?{urlencode({name: value})}").status_code in (200, 400)

    @pytest.mark.parametrize("name", ["<script>alert(1)</script>", "state%2F..", "%00", "..."])
    def test_a_facet_is_never_markup_or_a_path(self, client: FlaskClient, name: str) -> None:
        response = client.get(f"/tables/{quote(name, safe='%')}/session")
        assert response.status_code == 404
        assert "<script>alert" not in response.text


class TestFiles:
    def test_csv_is_complete_and_free_of_formulas(self, client: FlaskClient, soup: Soup) -> None:
        url = link(soup("/tables/symbol/state?q=victims&whole=1"), "CSV")
        assert url == "/tables/symbol/state.csv?q=victims"
        response = client.get(url)
        assert response.content_type == "text/csv; charset=utf-8"
        assert response.headers["Content-Disposition"] == 'attachment; filename="pilcrow-symbol-by-state.csv"'
        lines = list(csv.reader(io.StringIO(response.text)))
        assert lines[0][:2] == ["Document", "symbol"]
        assert [len(line) for line in lines] == [len(lines[0])] * len(lines)
        assert [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))] == []

    def test_a_filter_that_cannot_be_used_gives_no_file(self, client: FlaskClient) -> None:
        response = client.get("/tables/state/session.csv?pillar=protectoin")
        assert response.status_code == 400
        assert response.content_type == "application/problem+json"
        assert response.get_json()["detail"].endswith("Nothing was exported.")

    def test_what_of_the_query_could_not_be_used_stands_in_a_header(self, client: FlaskClient) -> None:
        response = client.get("/tables/state/session.csv?q=stat:Belarus")
        assert response.status_code == 200
        assert "There is no field stat: here" in response.headers["X-Diagnostics"]

    def test_json_has_what_the_page_shows(self, client: FlaskClient, soup: Soup) -> None:
        page = soup("/tables/state/session")
        record = client.get(link(page, "JSON")).get_json()
        assert [[f"{count:,}" for count in row] for row in record["cells"]] == [row[2:] for row in grid(page)[1:]]
        assert (record["total"], record["unit"], record["diagnostics"]) == (38, "paragraph", [])

    def test_any_two_facets_make_a_table(self, client: FlaskClient) -> None:
        for rows, columns in itertools.permutations([field.key for field in FACETS], 2):
            assert client.get(f"/tables/{rows}/{columns}?unit=document").status_code == 200

    def test_crawlers_are_kept_off(self, client: FlaskClient) -> None:
        assert "Disallow: /tables/\n" in client.get("/robots.txt").text
        assert '<meta name="robots" content="noindex">' in client.get("/tables/state/session").text
