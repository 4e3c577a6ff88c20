"""The dates as bars, made from the counts of a facet without any index."""

from __future__ import annotations

from pilcrow.search.request import Chosen, SearchRequest
from pilcrow.search.results import Facet, FacetValue
from webui.facets_view import Option
from webui.histogram import Bar, Chart, Histogram, Row, Tick, histogram

PLAIN = SearchRequest(query="x")


def year(key: str, count: int, *months: FacetValue, **more: bool) -> FacetValue:
    return FacetValue(value=key, label=key, count=count, children=months, **more)


def month(key: str, count: int) -> FacetValue:
    return FacetValue(value=key, label=key, count=count, depth=1)


def dates(*values: FacetValue, unit: str = "paragraph") -> Facet:
    return Facet(
        key="date",
        label="Date",
        help="",
        unit=unit,
        multiple=False,
        all_of=False,
        values=values,
        total_values=len(values),
        leaves=len(values),
    )


UNDATED = FacetValue(value="unknown", label="Unknown", count=2)


def chosen(*keys: str) -> SearchRequest:
    return SearchRequest(query="x", chosen=(Chosen(field="date", include=keys),))


def test_years_are_bars_with_their_gaps_and_what_has_no_date_is_said() -> None:
    made = histogram(dates(year("2012", 1), year("2010", 4, month("2010-03", 4)), year("2009", 1204), UNDATED), PLAIN)
    assert made == Histogram(
        unit="paragraph",
        charts=(
            Chart(
                key="year",
                title="Paragraphs by year",
                step="year",
                first="2009",
                slots=8,
                filled=4,
                peak="most in 2009: 1,204",
                bars=(
                    Bar(
                        slot=0,
                        said="2009: 1,204 paragraphs",
                        count=1204,
                        url="/?q=x&date=2009#found",
                        chosen=False,
                        x="1.25%",
                        width="10%",
                        y=0,
                        height=64,
                    ),
                    Bar(
                        slot=1,
                        said="2010: 4 paragraphs",
                        count=4,
                        url="/?q=x&date=2010#found",
                        chosen=False,
                        x="13.75%",
                        width="10%",
                        y=61,
                        height=3,
                    ),
                    Bar(
                        slot=3,
                        said="2012: 1 paragraph",
                        count=1,
                        url="/?q=x&date=2012#found",
                        chosen=False,
                        x="38.75%",
                        width="10%",
                        y=61,
                        height=3,
                    ),
                ),
                ticks=(
                    Tick(x="6.25%", label="2009"),
                    Tick(x="18.75%", label="2010"),
                    Tick(x="31.25%", label="2011"),
                    Tick(x="43.75%", label="2012"),
                ),
                rows=(
                    Row(label="2009", count="1,204"),
                    Row(label="2010", count="4"),
                    Row(label="2011", count="0"),
                    Row(label="2012", count="1"),
                ),
                band=None,
            ),
        ),
        chosen="",
        clear_url="",
        hint="Choose a year; a second one makes a span.",
        asides=(Option(label="2 paragraphs without a date", url="/?q=x&date=unknown#found"),),
    )


def test_eighty_years_have_few_labels_and_a_long_gap_is_one_row() -> None:
    made = histogram(dates(year("1946", 3), year("2025", 9)), PLAIN)
    assert made is not None
    (chart,) = made.charts
    assert (chart.slots, [bar.slot for bar in chart.bars]) == (80, [0, 79])
    assert [tick.label for tick in chart.ticks] == ["1960", "1980", "2000", "2020"]
    assert chart.rows == (
        Row(label="1946", count="3"),
        Row(label="1947 to 2024", count="0"),
        Row(label="2025", count="9"),
    )


def test_one_year_is_shown_by_month_and_what_has_only_a_year_is_said() -> None:
    made = histogram(dates(year("2013", 6, month("2013-11", 3), month("2013-04", 1)), unit="document"), PLAIN)
    assert made is not None
    (chart,) = made.charts
    assert (chart.title, chart.first, chart.slots, chart.filled) == ("Documents by month, 2013", "2013-01", 12, 12)
    assert [(bar.slot, bar.said, bar.url) for bar in chart.bars] == [
        (3, "April 2013: 1 document", "/?q=x&date=2013-04#found"),
        (10, "November 2013: 3 documents", "/?q=x&date=2013-11#found"),
    ]
    assert [tick.label for tick in chart.ticks] == ["Jan", "Apr", "Jul", "Oct"]
    assert made.asides == (Option(label="2 documents with a year and no month", url=""),)
    assert made.hint == "Choose a month; a second one makes a span."


def test_two_years_by_month_name_the_year_of_each_january() -> None:
    made = histogram(dates(year("2014", 1, month("2014-01", 1)), year("2013", 1, month("2013-12", 1))), PLAIN)
    assert made is not None
    (chart,) = made.charts
    assert chart.title == "Paragraphs by month, 2013 and 2014"
    assert [tick.label for tick in chart.ticks] == ["Jan 13", "Apr", "Jul", "Oct", "Jan 14", "Apr", "Jul", "Oct"]


def test_one_year_of_which_no_month_is_known_is_one_bar_of_eight() -> None:
    made = histogram(dates(year("2024", 5)), PLAIN)
    assert made is not None
    (chart,) = made.charts
    assert (chart.step, chart.slots, chart.filled, chart.bars[0].width) == ("year", 8, 1, "10%")


def test_a_chosen_span_is_a_band_and_its_bars_are_said_to_be_chosen() -> None:
    span = FacetValue(value="2010..2012", label="2010 to 2012", count=5, selected=True)
    made = histogram(
        dates(span, year("2014", 1), year("2012", 1), year("2010", 4), year("2009", 2)), chosen("2010..2012")
    )
    assert made is not None
    (chart,) = made.charts
    assert chart.band == ("12.5%", "37.5%")
    assert [(bar.said, bar.url) for bar in chart.bars] == [
        ("2009: 2 paragraphs", "/?q=x&date=2009..2012#found"),
        ("2010: 4 paragraphs, chosen", "/?q=x&date=2010#found"),
        ("2012: 1 paragraph, chosen", "/?q=x&date=2012#found"),
        ("2014: 1 paragraph", "/?q=x&date=2010..2014#found"),
    ]
    assert (made.chosen, made.clear_url) == ("2010 to 2012", "/?q=x#found")
    assert made.hint == "Another year extends the span; one inside it stands alone."


def test_a_chosen_year_among_many_is_shown_by_month_too() -> None:
    values = (year("2014", 1), year("2010", 4, month("2010-03", 4)), year("2001", 2))
    made = histogram(dates(*values), chosen("2010"))
    assert made is not None
    assert [chart.title for chart in made.charts] == ["Paragraphs by year", "Paragraphs by month, 2010"]
    assert [(bar.said, bar.url) for bar in made.charts[1].bars] == [
        ("March 2010: 4 paragraphs, chosen", "/?q=x&date=2010-03#found")
    ]


def test_a_year_that_is_left_out_is_a_gap_and_without_dates_there_is_nothing_to_draw() -> None:
    made = histogram(dates(year("2014", 1), year("2012", 7, excluded=True), year("2010", 4)), PLAIN)
    assert made is not None
    assert [bar.said for bar in made.charts[0].bars] == ["2010: 4 paragraphs", "2014: 1 paragraph"]
    assert histogram(dates(UNDATED), PLAIN) is None
    assert histogram(None, PLAIN) is None


def test_the_undated_that_are_chosen_are_let_go_by_the_same_link() -> None:
    undated = FacetValue(value="unknown", label="Unknown", count=1, selected=True)
    made = histogram(dates(year("2014", 1), undated), chosen("unknown"))
    assert made is not None
    assert made.asides == (Option(label="1 paragraph without a date", url="/?q=x#found", current=True),)
