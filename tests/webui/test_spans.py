"""What choosing one bar after another makes of the dates that are chosen."""

from __future__ import annotations

import pytest

from pilcrow.search.request import Chosen, SearchRequest
from webui.spans import Span, chosen_spans, with_bar


def dated(*keys: str) -> SearchRequest:
    return SearchRequest(query="x", chosen=(Chosen(field="date", include=keys),) if keys else ())


@pytest.mark.parametrize(
    ("chosen", "bar", "after"),
    [
        ((), "2013", ("2013",)),
        (("2013",), "2013", ()),
        (("2013",), "2016", ("2013..2016",)),
        (("2013",), "2009", ("2009..2013",)),
        (("2009..2013",), "2016", ("2009..2016",)),
        (("2009..2013",), "2010", ("2010",)),
        (("2013",), "2013-03", ("2013-03",)),
        (("2013-03",), "2013-06", ("2013-03..2013-06",)),
        (("2013-03",), "2013", ("2013",)),
        (("2013-03",), "2015", ("2013-03..2015",)),
        (("..2010",), "2013", ("..2013",)),
        (("2010..",), "2009", ("2009..",)),
        (("2009", "2013"), "2011", ("2011",)),
        (("unknown",), "2011", ("2011",)),
    ],
)
def test_a_second_bar_extends_the_first_and_one_inside_stands_alone(
    chosen: tuple[str, ...], bar: str, after: tuple[str, ...]
) -> None:
    assert with_bar(dated(*chosen), bar) == dated(*after)


def test_what_is_excluded_among_the_dates_stays_excluded() -> None:
    request = SearchRequest(chosen=(Chosen(field="date", exclude=("unknown",)),), page=3)
    assert with_bar(request, "2013") == SearchRequest(
        chosen=(Chosen(field="date", include=("2013",), exclude=("unknown",)),)
    )


def test_only_dates_are_spans_and_an_open_one_has_no_years() -> None:
    spans = chosen_spans(dated("unknown", "2009..2013-06", "2010.."))
    assert spans == (Span("2009", "2013-06"), Span("2010", ""))
    assert [list(span.years()) for span in spans] == [[2009, 2010, 2011, 2012, 2013], []]
    assert [span.key for span in spans] == ["2009..2013-06", "2010.."]
