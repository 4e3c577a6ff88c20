"""Tables as they are asked for, put in order, shortened and written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import FACETS
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import facet_values
from pilcrow.search.table_files import to_csv, to_dict
from pilcrow.search.table_sides import LEVELS, Side
from pilcrow.search.tables import Table, TableRequest, shortened, table


def rows(found: Table) -> list[str]:
    return [row.key for row in found.rows]


def columns(found: Table) -> list[str]:
    return [column.key for column in found.columns]


def asked(reader: IndexReader, pair: str, params: str = "") -> Table:
    one, other = pair.split("/")
    given = [tuple(each.split("=")) for each in params.split("&") if each]
    request, problems = TableRequest.from_params(one, other, given)
    assert problems == ()
    return table(reader, request)


def test_a_table_says_which_states_are_cited_when(made: IndexReader) -> None:
    found = asked(made, "state/session")
    assert [(row.key, row.label, row.total) for row in found.rows] == [
        ("BLR", "Belarus", 2),
        ("FRA", "France", 1),
        ("POL", "Poland", 1),
        ("unknown", "Unknown", 3),
    ]
    assert [(column.key, column.short, column.total) for column in found.columns] == [
        ("CTOC/COP/WG.4/2011-10-10", "WG on Trafficking in Persons, 10 October 2011", 2),
        ("A/70", "GA 70", 3),
        ("unknown", "Unknown", 1),
    ]
    assert [[found.count(row, column) for column in found.columns] for row in found.rows] == [
        [0, 2, 0],
        [0, 1, 0],
        [1, 0, 0],
        [1, 1, 1],
    ]
    assert found.total == 6


def test_the_same_table_in_documents(made: IndexReader) -> None:
    found = asked(made, "state/session", "unit=document")
    assert [(row.key, row.total) for row in found.rows] == [("BLR", 1), ("FRA", 1), ("POL", 1), ("unknown", 3)]
    assert found.total == 3


@pytest.mark.parametrize(
    ("pair", "params", "expected"),
    [
        ("state/session", "order=label", ["BLR", "FRA", "POL", "unknown"]),
        ("state/session", "order=label&reverse=1", ["POL", "FRA", "BLR", "unknown"]),
        ("state/session", "reverse=1", ["FRA", "POL", "BLR", "unknown"]),
        ("state/session", "by=CTOC/COP/WG.4/2011-10-10", ["POL", "BLR", "FRA", "unknown"]),
        ("state/session", "by=CTOC/COP/WG.4/2011-10-10&reverse=1", ["BLR", "FRA", "POL", "unknown"]),
        ("state/session", "row-level=region", ["150", "unknown"]),
        ("session/state", "", ["CTOC/COP/WG.4/2011-10-10", "A/70", "unknown"]),
        ("session/state", "reverse=1", ["A/70", "CTOC/COP/WG.4/2011-10-10", "unknown"]),
        ("session/state", "order=total", ["A/70", "CTOC/COP/WG.4/2011-10-10", "unknown"]),
        ("agenda/pillar", "", ["CTOC/COP/WG.4/2011-10-10|3", "A/70|2", "unknown"]),
        ("agenda/pillar", "row-level=part", ["CTOC/COP/WG.4/2011-10-10|3", "A/70|2", "A/70|2 (b)", "unknown"]),
        ("date/pillar", "", ["2011", "2015", "unknown"]),
        ("date/pillar", "row-level=month", ["2011-08", "2015-10", "unknown"]),
        ("symbol/pillar", "", ["A/70/12", "CTOC/COP/WG.4/2011/3", "prov:draft"]),
        ("type/pillar", "", ["report", "background paper", "unknown"]),
    ],
)
def test_the_rows_stand_in_order_on_one_level_and_unknown_last(
    made: IndexReader, pair: str, params: str, expected: list[str]
) -> None:
    assert rows(asked(made, pair, params)) == expected


def test_columns_stand_in_their_own_order_whatever_that_of_the_rows(made: IndexReader) -> None:
    found = asked(made, "session/date", "column-level=month&order=total")
    assert columns(found) == ["2011-08", "2015-10", "unknown"]


def test_an_agenda_item_stands_within_its_session(made: IndexReader) -> None:
    found = asked(made, "agenda/pillar")
    assert [(row.within, row.label, row.full) for row in found.rows] == [
        (
            "WG on Trafficking in Persons, 10 October 2011",
            "Item 3: Courts",
            "WG on Trafficking in Persons, 10 October 2011, item 3: Courts",
        ),
        ("GA 70", "Item 2: Witnesses", "GA 70, item 2: Witnesses"),
        ("", "Unknown", "Unknown"),
    ]


def test_filters_and_query_make_the_table_smaller(made: IndexReader) -> None:
    found = asked(made, "state/pillar", "q=court&state=BLR")
    assert (found.total, rows(found), columns(found)) == (2, ["BLR", "FRA"], ["protection", "unknown"])
    assert found.names == {("state", "BLR"): "Belarus"}


def test_states_are_counted_as_they_are_narrowed(made: IndexReader) -> None:
    assert [(row.key, row.total) for row in asked(made, "state/session", "state-in=note").rows] == [("BLR", 1)]


@pytest.mark.parametrize("unit", ["paragraph", "document"])
@pytest.mark.parametrize("facet", [field.key for field in FACETS])
def test_the_totals_are_those_of_the_facet(made: IndexReader, facet: str, unit: str) -> None:
    counted = {each.value: each.count for each in facet_values(made, SearchRequest(unit=unit), facet).facet.flat()}
    shown = asked(made, f"{facet}/{'state' if facet != 'state' else 'session'}", f"unit={unit}")
    assert shown.rows
    assert {row.key: row.total for row in shown.rows}.items() <= counted.items()


def test_a_shorter_table_keeps_the_first_rows_and_the_largest_columns(made: IndexReader) -> None:
    whole = asked(made, "state/session")
    short = shortened(whole, rows=1, columns=1)
    assert (rows(short), columns(short), short.left_out) == (["BLR", "unknown"], ["A/70", "unknown"], (2, 1))
    assert (whole.known, short.known) == ((3, 2), (1, 1))
    assert shortened(whole, rows=9, columns=9) == whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("stat", "pillar"), "There is no facet “stat” to make a table of; did you mean state?"),
        (
            ("pillar", "zzz"),
            "There is no facet “zzz” to make a table of: it is one of session, state, pillar, agenda, date, symbol, "
            "body, type, language.",
        ),
        (("state", "state"), "A table is of two different facets, not of Cited State twice."),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(given: tuple[str, str], said: str) -> None:
    with pytest.raises(RequestError) as refused:
        TableRequest.from_params(*given, [])
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("row-level", "year", "row-level cannot be “year”: it is one of state, region."),
        ("column-level", "year", "Pillar has no levels; column-level was left out."),
        ("order", "size", "order cannot be “size”: it is one of label, total."),
        ("session", "", "Nothing is given for session."),
    ],
)
def test_a_parameter_that_cannot_be_used_is_said_and_left_out(name: str, value: str, said: str) -> None:
    request, problems = TableRequest.from_params("state", "pillar", [(name, value)])
    assert request == TableRequest(rows="state", columns="pillar")
    assert [each.message for each in problems] == [said]


def test_a_column_that_is_not_there_orders_no_rows_and_is_said(made: IndexReader) -> None:
    found = asked(made, "state/session", "by=A/71&reverse=1")
    assert rows(found) == ["BLR", "FRA", "POL", "unknown"]
    assert [each.message for each in found.diagnostics] == ["There is no column “A/71” here to order the rows by."]


@st.composite
def requests(draw: st.DrawFn) -> TableRequest:
    pair = draw(st.lists(st.sampled_from([field.key for field in FACETS]), min_size=2, max_size=2, unique=True))
    levels = [["", *(level.key for level in LEVELS.get(facet, ())[1:])] for facet in pair]
    return TableRequest(
        rows=pair[0],
        columns=pair[1],
        search=SearchRequest(query=draw(st.sampled_from(["", "court"]))).with_value("state", "BLR"),
        row_level=draw(st.sampled_from(levels[0])),
        column_level=draw(st.sampled_from(levels[1])),
        order=draw(st.sampled_from(["", "label", "total"])),
        by=draw(st.sampled_from(["", "A/70|2 (b)", "protection"])),
        reverse=draw(st.booleans()),
        whole=draw(st.booleans()),
    )


@given(request=requests())
def test_a_table_is_its_address(request: TableRequest) -> None:
    assert TableRequest.from_params(request.rows, request.columns, request.to_params()) == (request, ())


def test_csv_has_every_row_and_column_with_keys_and_totals(made: IndexReader) -> None:
    lines = list(csv.reader(io.StringIO("".join(to_csv(asked(made, "state/session"))))))
    assert lines == [
        [
            "Cited State",
            "state",
            "Working Group on Trafficking in Persons, 10-12 October 2011",
            "General Assembly, seventieth session",
            "Unknown",
            "Total paragraphs",
        ],
        ["Belarus", "BLR", "0", "2", "0", "2"],
        ["France", "FRA", "0", "1", "0", "1"],
        ["Poland", "POL", "1", "0", "0", "1"],
        ["Unknown", "unknown", "1", "1", "1", "3"],
        ["Total", "", "2", "3", "1", "6"],
    ]


def test_json_has_the_cells_row_by_row(made: IndexReader) -> None:
    record = to_dict(asked(made, "pillar/type", "q=court"))
    assert record == {
        "query": "court",
        "unit": "paragraph",
        "total": 4,
        "rows": {
            "facet": "pillar",
            "label": "Pillar",
            "level": None,
            "values": [
                {"value": "protection", "label": "Protection", "count": 1, "unknown": False},
                {"value": "unknown", "label": "Unknown", "count": 3, "unknown": True},
            ],
        },
        "columns": {
            "facet": "type",
            "label": "Type",
            "level": None,
            "values": [
                {"value": "background paper", "label": "Background paper", "count": 2, "unknown": False},
                {"value": "report", "label": "Report", "count": 2, "unknown": False},
            ],
        },
        "cells": [[0, 1], [2, 1]],
        "diagnostics": [],
    }


def test_sessions_without_dates_follow_each_other_by_number(index: IndexReader) -> None:
    totals = index.labels("session")
    side = Side(index, "session")
    ordered = [heading.key for heading in side.headings(dict.fromkeys(totals, 1))]
    assert sorted(ordered) == sorted(totals)
    numbers = [int(key.rpartition("/")[2]) for key in ordered if key.startswith("A/") and key[2:].isdigit()]
    assert numbers == sorted(numbers)
