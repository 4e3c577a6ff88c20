"""Dates of year, month and day precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import dates
from pilcrow.engine.errors import DateError


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2013", "2013"),
        ("2013-11", "2013-11"),
        ("2013-11-26", "2013-11-26"),
        ("26 November 2013", "2013-11-26"),
        ("November 2013", "2013-11"),
        (" 1st of May 2009 ", "2009-05-01"),
        ("March 3, 2011", "2011-03-03"),
    ],
)
def test_a_date_is_read_with_its_own_precision(text, iso):
    assert dates.parse(text) == iso


@pytest.mark.parametrize(
    "text", ["", "13", "2013-13", "2013-02-30", "31 February 2010", "6-8 November 2013", "1066", "x"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateError):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("Vienna, 27-29 January 2010", "2010-01-27", "2010-01-29", "27-29 January 2010"),
        ("from 6 to 8 November 2013", "2013-11-06", "2013-11-08", "6-8 November 2013"),
        ("30 September-2 October 2020", "2020-09-30", "2020-10-02", "30 September-2 October 2020"),
        ("30 December 2020–2 January 2021", "2020-12-30", "2021-01-02", "30 December 2020-2 January 2021"),
        ("held on 14 and 15 April 2009", "2009-04-14", "2009-04-15", "14-15 April 2009"),
        ("in May 2009.", "2009-05", "2009-05", "May 2009"),
    ],
)
def test_printed_ranges_are_read_and_printed_again(text, start, end, label):
    (found,) = dates.find(text)
    assert (found.start, found.end, dates.range_label(found.start, found.end)) == (start, end, label)


def test_a_day_that_is_in_no_calendar_is_not_found():
    assert list(dates.find("on 31 February 2010 and 2 March 2010")) == [
        dates.DateRange("2010-03-02", "2010-03-02", (24, 36))
    ]


def test_dates_contain_and_overlap_by_their_days():
    assert (dates.first_day("2012-02"), dates.last_day("2012-02")) == ("2012-02-01", "2012-02-29")
    assert dates.contains("2012", "2012-02-29")
    assert not dates.contains("2012-02", "2012")
    assert dates.overlaps("2012-02", "2012")
    assert not dates.overlaps("2012-02", "2012-03")


days = st.dates(min_value=date(dates.EARLIEST, 1, 1), max_value=date(dates.LATEST, 12, 31))


@given(days, st.sampled_from([4, 7, 10]))
def test_a_label_reads_back_as_its_date(day, precision):
    iso = day.isoformat()[:precision]
    assert dates.parse(iso) == iso
    if precision > 4:
        assert dates.parse(dates.label(iso)) == iso
    assert dates.contains(iso, day.isoformat())


@given(days, days)
def test_a_range_label_reads_back_as_its_range(one, other):
    start, end = sorted([one.isoformat(), other.isoformat()])
    (found,) = dates.find(dates.range_label(start, end))
    assert (found.start, found.end) == (start, end)
