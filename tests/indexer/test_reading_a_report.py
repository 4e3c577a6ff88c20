"""A working group's report, invented for this test in the form that such reports have, in two converters' text forms.

Its gold was written by hand. It has what such reports have and what is easily misread: numbers
that begin again, letters under headings, notes between the halves of a paragraph, States cut by a page break, lists
of speakers, an agenda and a table of documents. The pillars are scored with the others' (``test_pillars.py``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.parse import as_lines, parse_file
from pilcrow.evaluation.gold import evaluate_gold

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("form", ["plain", "marked"])
def test_a_report_that_nothing_was_made_for_is_read_without_a_difference(form):
    report = evaluate_gold(
        DATA / "working_group_report.jsonl", documents=[DATA], parse=lambda path: list(as_lines(parse_file(path)))
    )
    [document] = [each for each in report.documents if each.doc == f"working_group_report_{form}.txt"]
    figures = {name: (tally.right, tally.gold, tally.parsed) for name, tally in document.tallies.items()}
    assert {name: figures[name] for name in figures if name in EXPECTED} == EXPECTED


EXPECTED = {
    "paragraphs": (60, 60, 60),
    "markers": (60, 60, 60),
    "parents": (60, 60, 60),
    "sections": (60, 60, 60),
    "notes": (5, 5, 5),
    "states": (63, 63, 63),
    "note_states": (12, 12, 12),
    "agenda": (43, 43, 43),
}
