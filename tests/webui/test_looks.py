"""Looking rather than reading: the dates as bars, long facets and the pages of facets, over eighty years."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.webui.conftest import Soup
from tests.webui.library_of_years import STATES
from tests.webui.test_pages import link, shown, words
from webui import Settings, create_app


@pytest.fixture(scope="session")
def years(years_index: Path) -> FlaskClient:
    """A visitor of the site of eighty years."""
    return create_app(years_index).test_client()


@pytest.fixture
def look(years: FlaskClient) -> Soup:
    """Reads a page of that site, which must answer 200."""

    def read(url: str) -> BeautifulSoup:
        response = years.get(url)
        assert response.status_code == 200, f"{url}: {response.status}"
        return BeautifulSoup(response.text, "html.parser")

    return read


def bars(page: BeautifulSoup, step: str = "year") -> dict[str, Tag]:
    """The bars of a chart by their dates."""
    return {words(bar).partition(":")[0]: bar for bar in page.select(f"svg[data-step={step}] a")}


def total(page: BeautifulSoup) -> str:
    return words(page.h1).partition(" for ")[0]


class TestDates:
    def test_every_year_is_a_link_to_exactly_what_it_says(self, look: Soup) -> None:
        page = look("/?q=peace")
        found = bars(page)
        assert (len(found), min(found), max(found)) == (70, "1946", "2025")
        for name in ("1946", "1959", "1970", "2025"):
            said = words(found[name]).partition(": ")[2]
            assert total(look(str(found[name]["href"]))) == said

    def test_a_second_year_makes_a_span_a_year_inside_stands_alone_and_again_lets_it_go(self, look: Soup) -> None:
        one = look(str(bars(look("/?q=peace"))["1950"]["href"]))
        span = look(str(bars(one)["1955"]["href"]))
        assert words(span.select_one(".under")).startswith("1950 to 1955 chosen (all dates)")
        assert [words(chip) for chip in span.select(".chip .chosen")] == ["1950 to 1955"]
        assert [name for name, bar in bars(span).items() if "chosen" in words(bar)] == [
            str(year) for year in range(1950, 1956)
        ]
        alone = look(str(bars(span)["1952"]["href"]))
        assert [words(chip) for chip in alone.select(".chip .chosen")] == ["1952"]
        assert look(str(bars(alone)["1952"]["href"])).select(".chip") == []

    def test_counts_leave_out_the_choice_of_dates_itself(self, look: Soup) -> None:
        before, after = bars(look("/?q=peace")), bars(look("/?q=peace&date=1950..1955"))
        assert [words(bar).removesuffix(", chosen") for bar in after.values()] == [
            words(bar) for bar in before.values()
        ]

    def test_a_chosen_year_is_shown_by_month(self, look: Soup) -> None:
        page = look("/?q=peace&date=2025")
        assert [words(tag) for tag in page.select(".when h3")] == ["Paragraphs by year", "Paragraphs by month, 2025"]
        march = bars(page, "month")["March 2025"]
        assert words(march) == "March 2025: 3 paragraphs, chosen"
        assert total(look(str(march["href"]))) == "3 paragraphs"

    def test_the_table_says_the_same_and_what_has_no_date_is_a_link(self, look: Soup) -> None:
        page = look("/?q=peace")
        rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.select(".as-table tbody tr")]
        assert rows[0] == ["1946", "1"]
        assert ["1960 to 1969", "0"] in rows
        assert rows[-1] == ["2025", "78"]
        assert total(look(link(page, "2 paragraphs without a date"))) == "2 paragraphs"

    def test_documents_are_counted_where_that_is_asked(self, look: Soup) -> None:
        page = look("/?q=peace&unit=document")
        assert words(bars(page)["2025"]) == "2025: 12 documents"
        assert words(page.select_one(".when h3")) == "Documents by year"

    def test_the_form_keeps_what_is_left_out(self, look: Soup) -> None:
        page = look("/?q=peace&not-date=unknown&date=1950")
        assert [(tag["name"], tag["value"]) for tag in page.select("form.span [type=hidden]")] == [
            ("q", "peace"),
            ("not-date", "unknown"),
        ]


class TestFacets:
    def test_a_value_is_announced_with_its_count_and_its_status(self, look: Soup) -> None:
        page = look("/?q=peace&state=BLR")
        names = [words(tag) for tag in page.select("#facet-state .pick")]
        assert [name for name in names if name.startswith("Belarus")] == ["Belarus, 9 paragraphs, chosen"]
        assert [name for name in names if name.startswith("Europe")] == [
            "Europe all States, all States, 241 paragraphs"
        ]

    def test_a_region_is_all_its_states_at_once(self, look: Soup) -> None:
        page = look("/?q=peace")
        europe = look(link(page, "Europe all States"))
        assert total(europe) == "241 paragraphs"
        assert [words(chip) for chip in europe.select(".chip .chosen")] == ["Europe"]
        within = europe.select("#facet-state .value.within .pick")
        assert within
        assert [words(chip) for chip in look(str(within[0]["href"])).select(".chip .chosen")] == [shown(within[0])]

    def test_few_values_stand_beside_the_results_and_all_are_two_links_and_a_box_away(self, look: Soup) -> None:
        page = look("/?q=peace&sort=newest")
        facet = page.select_one("#facet-state")
        assert len(facet.select(".values .values .value")) == 8
        assert words(facet.select_one(".every")) == f"All {len(STATES)} values of Cited State: by count by name"
        assert [str(a["href"]) for a in facet.select(".every a")] == [
            "/facets/state?q=peace&sort=newest",
            "/facets/state?q=peace&sort=newest&order=name",
        ]
        box = facet.select_one("form.box")
        assert box["action"] == "/facets/state"
        sent = {tag["name"]: tag.get("value", "bela") for tag in box.select("input")}
        assert sent == {"q": "peace", "sort": "newest", "contains": "bela"}

    def test_the_page_says_what_is_counted_and_how_to_leave_a_value_out(self, look: Soup) -> None:
        page = look("/?q=peace")
        assert shown(page.select_one(".counted")) == "Counts are of paragraphs or documents; − leaves a value out."
        assert str(page.select_one(".counted a")["href"]) == "/?q=peace&unit=document"

    def test_bars_are_as_long_as_their_share_of_the_largest_value(self, look: Soup) -> None:
        counts = {
            int(words(value.select_one(".count"))): [name for name in value["class"] if name != "value"]
            for value in look("/?q=peace").select("#facet-session .value")
        }
        assert counts[78] == ["s20"]
        assert counts[7] == ["s2"]

    def test_a_page_of_results_stays_light_however_long_its_facets_are(self, years: FlaskClient) -> None:
        page = years.get("/?q=peace", headers={"Accept-Encoding": "gzip"})
        assert len(page.data) < 15_000


class TestFacetPage:
    def test_it_has_all_states_in_columns_with_their_regions_to_jump_to(self, look: Soup) -> None:
        page = look("/facets/state?q=peace&order=name")
        assert len(page.select(".values .values .value")) == len(STATES)
        assert f"{len(STATES)} values" in words(page.select_one(".tools p"))
        jumps = page.select(".jumps a")
        assert [words(a) for a in jumps] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
        for a in jumps:
            assert shown(page.find(id=str(a["href"])[1:]).select_one(".pick > span")) == words(a)

    def test_names_without_headings_have_their_letters_to_jump_to(self, look: Soup) -> None:
        page = look("/facets/session?order=name")
        assert [words(a) for a in page.select(".jumps a")] == ["G"]
        assert look("/facets/session").select(".jumps") == []

    def test_it_says_how_many_are_shown_of_how_many_and_keeps_what_is_chosen(self, look: Soup) -> None:
        page = look("/facets/state?q=peace&state=BLR&not-state=FRA&contains=guinea")
        assert words(page.select_one(".tools p")) == f"4 of {len(STATES)} values with “guinea” (show all)"
        assert [words(chip) for chip in page.select(".chip")] == [
            "Remove: Cited State Belarus ×",
            "Remove: Cited State, not France ×",
        ]

    def test_a_list_that_is_cut_says_so(self, years_index: Path) -> None:
        app = create_app(years_index, settings=Settings(index=years_index, facet_values=20))
        page = BeautifulSoup(app.test_client().get("/facets/session").text, "html.parser")
        assert words(page.select_one(".tools p")) == "the first 20 of 71 values"

    def test_documents_can_be_counted_here_too(self, look: Soup) -> None:
        page = look(str(look("/facets/state?contains=belarus").select_one(".page-lead a[href*=unit]")["href"]))
        assert "documents" in words(page.select_one(".values .values .pick"))

    def test_agenda_items_stand_below_their_sessions(self, look: Soup) -> None:
        page = look("/facets/agenda?contains=war")
        top = page.select(".columns > .values > li")
        assert len(top) == 71
        for each in top:
            assert "session of" in words(each.select_one(".pick"))
            assert [shown(pick) for pick in each.select(":scope > .values .pick")] == [
                "Item 2: Peace",
                "Item 2 (b): War",
            ]
