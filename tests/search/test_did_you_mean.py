"""What a query with slips may have meant: words of the index, said once, never for words that are there."""

from __future__ import annotations

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.search import hints
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.service import run
from tests.conftest import ROOT
from tests.search.typos import RULES, Slip, made

ROWS = (ROOT / "tests" / "data" / "typos.tsv").read_text(encoding="utf-8").splitlines()[1:]
SLIPS = [Slip(*row.split("\t")) for row in ROWS]


def meant(reader: IndexReader, query: str) -> str:
    return run(reader, SearchRequest(query=query)).did_you_mean


def test_the_slips_of_the_file_are_made_by_every_rule() -> None:
    assert (len(SLIPS), {slip.rule for slip in SLIPS}) == (30, set(RULES))


def test_nearly_every_slip_leads_to_the_query_that_was_meant(index: IndexReader) -> None:
    wrong = [(slip.typed, slip.meant, found) for slip in SLIPS if (found := meant(index, slip.typed)) != slip.meant]
    assert len(wrong) <= 2, wrong


def test_what_was_meant_is_never_taken_for_a_slip(index: IndexReader) -> None:
    assert [slip.meant for slip in SLIPS if meant(index, slip.meant)] == []


def test_slips_of_other_draws_lead_there_as_well(index: IndexReader) -> None:
    drawn = [slip for seed in range(3) for slip in made(index, seed)]
    right = sum(meant(index, slip.typed) == slip.meant for slip in drawn)
    assert right >= 0.9 * len(drawn)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("protction of victms", "protection of victims"),
        ('"protction of victims" -chld', '"protection of victims" -chld'),  # what is excluded need not be there
        ("(victms OR witneses) AND court", "(victims OR witnesses) AND court"),
        ("stat:Belarus victms", "state:Belarus victims"),
        ('state:"Republic of Belrus"', "state:Belarus"),
        ("=victms", "=victims"),
        ("title:reprot", "title:report"),
        ("victims protection", ""),
        ("zzzzqqqq", ""),
        ("99999", ""),
        ("A/RES/99/999", ""),
        ("xyz", ""),
    ],
)
def test_the_whole_query_is_mended_at_once(index: IndexReader, typed: str, suggested: str) -> None:
    found = meant(index, typed)
    assert found.replace('"Belarus"', "Belarus") == suggested


def test_a_word_of_a_field_is_mended_by_words_of_that_field(made: IndexReader) -> None:
    assert meant(made, "note:blarus") == "note:belarus"
    assert meant(made, "title:blarus") == ""


def test_suggestions_are_put_in_their_places_from_the_end() -> None:
    said = (
        Diagnostic(message="1", start=0, end=2, suggestion="longer"),
        Diagnostic(message="2", start=3, end=5, suggestion=""),
        Diagnostic(message="3", start=6, end=8, suggestion="c"),
        Diagnostic(message="4", start=7, end=8, suggestion="overlapping"),
        Diagnostic(message="5", start=0, end=8, suggestion="whole"),
        Diagnostic(message="6", suggestion="nowhere"),
    )
    assert hints.did_you_mean("ab cd ef", said[:3]) == "longer cd c"
    assert hints.did_you_mean("ab cd ef", said[4:]) == "whole"
    assert hints.did_you_mean("ab cd ef", said[5:]) == ""
