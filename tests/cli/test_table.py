"""``pilcrow table``: text to read, CSV and JSON to use, and one sentence for what cannot be asked."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import Run, without_colours


def test_a_table_is_written_in_columns_with_totals(run: Run) -> None:
    outcome = run("table", "pillar", "session", "--limit", "2")
    assert (outcome.status, outcome.err) == (0, "")
    head, *rows = outcome.out.splitlines()
    assert head.split("  ")[0] == "Pillar"
    assert [row.split("  ")[0] for row in rows] == [
        "Prosecution",
        "Protection",
        "Unknown",
        "All",
        "... 2 of 5 rows; --limit shows more",
    ]
    assert len({len(row) for row in [head, *rows[:-1]]}) == 1


def test_csv_and_json_have_the_same_numbers_all_of_them(run: Run) -> None:
    asked = ("table", "state", "pillar", "victim protection", "--limit", "1", "--not-state", "Belarus")
    lines = list(csv.reader(io.StringIO(run(*asked, "--format", "csv").out)))
    record = json.loads(run(*asked, "--format", "json").out)
    assert [[int(cell) for cell in line[2:-1]] for line in lines[1:-1]] == record["cells"]
    assert [line[1] for line in lines[1:-1]] == [each["value"] for each in record["rows"]["values"]]
    assert "BLR" not in [line[1] for line in lines]
    assert [int(cell) for cell in lines[-1][2:]] == [
        *(each["count"] for each in record["columns"]["values"]),
        record["total"],
    ]
    assert len(record["cells"]) > 1


def test_rows_go_by_a_column_named_as_people_name_it(run: Run) -> None:
    record = json.loads(run("table", "pillar", "state", "--sort-by", "Ecuador", "--format", "json").out)
    at = [each["value"] for each in record["columns"]["values"]].index("ECU")
    known = [
        row[at] for row, each in zip(record["cells"], record["rows"]["values"], strict=True) if not each["unknown"]
    ]
    assert known == sorted(known, reverse=True) != sorted(known)


def test_regions_are_rows_where_they_are_asked_for(run: Run) -> None:
    record = json.loads(run("table", "state", "pillar", "--row-level", "region", "--format", "json").out)
    assert [each["value"] for each in record["rows"]["values"]][-1] == "unknown"
    assert {each["value"] for each in record["rows"]["values"]} == {"002", "009", "019", "142", "150", "unknown"}


def test_a_terminal_shows_as_many_columns_as_fit(at_terminal: Run) -> None:
    outcome = at_terminal("table", "pillar", "state", columns=60)
    lines = without_colours(outcome.out).splitlines()
    assert outcome.status == 0
    assert max(map(len, lines)) <= 60
    assert lines[-1].startswith("... ")
    assert lines[-1].endswith(" columns; --format csv has them all")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("state", "state"), "A table is of two different facets, not of Cited State twice."),
        (("state", "pillar", "--row-level", "year"), "row-level cannot be “year”: it is one of state, region."),
        (
            ("pillar", "state", "--sort-by", "Kemya"),
            "No State or region is called “Kemya”; did you mean “Kenya”?",
        ),
    ],
)
def test_what_cannot_be_asked_is_an_error_in_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    outcome = run("table", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"pilcrow: {said}\n"


def test_nothing_found_ends_with_1(run: Run) -> None:
    outcome = run("table", "state", "session", "zebra")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.endswith("pilcrow: Nothing found.\n")
