"""Scoring against gold: what counts as found, and that one miss never shifts the rest."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.evaluation.alignment import Extent, align, words
from pilcrow.evaluation.gold import GoldError, Tally, evaluate_gold, read_gold, score


def line(n, start, end, **fields):
    """A line of gold, with empty lists where nothing is given."""
    empty = {name: [] for name in ("parent", "section", "notes", "states", "note_states", "agenda", "pillars")}
    return {"doc": "report.txt", "n": n, "marker": "", "start": start, "end": end, **empty, **fields}


FIRST = line(1, "The Working Group met in Vienna last week", "all of its six meetings.", marker="1", states=["AUT"])
SECOND = line(2, "States parties should", "assist every victim.", marker="2", section=["II. Recommendations"],
              pillars=["protection", "national"])  # fmt: skip
THIRD = line(3, "Demand should be reduced by all", "in all of the chains.", marker="(a)", parent=["2"], notes=["7"],
             note_states=["FRA"], agenda=["3"], pillars=["prevention"])  # fmt: skip
GOLD = [FIRST, SECOND, THIRD]


def figures(report):
    return {name: (t.right, t.gold, t.parsed) for name, t in report.total.items()}


def test_gold_scored_against_itself_is_right_in_everything():
    report = score(GOLD, {"report.txt": GOLD})
    assert figures(report) == {
        "paragraphs": (3, 3, 3),
        "markers": (3, 3, 3),
        "parents": (3, 3, 3),
        "sections": (3, 3, 3),
        "notes": (1, 1, 1),
        "states": (1, 1, 1),
        "note_states": (1, 1, 1),
        "agenda": (1, 1, 1),
        "prosecution": (0, 0, 0),
        "protection": (1, 1, 1),
        "prevention": (1, 1, 1),
        "national": (1, 1, 1),
        "international": (0, 0, 0),
        "pillars": (3, 3, 3),
    }
    assert report.documents[0].differences == ()


def test_a_missed_paragraph_costs_recall_and_shifts_nothing_after_it():
    report = score(GOLD, {"report.txt": [SECOND, THIRD]})
    assert report.total["paragraphs"] == Tally(2, 3, 2)
    assert report.total["markers"] == Tally(2, 3, 2)
    assert report.documents[0].differences == (
        "report.txt: #1 1: paragraph missed: The Working Group met in Vienna last week ... all of its six meetings.",
    )


def test_a_paragraph_cut_short_is_not_found_but_its_facets_are_still_compared():
    cut = {**SECOND, "end": "should assist each", "pillars": ["protection", "prosecution"]}
    report = score(GOLD, {"report.txt": [FIRST, cut, THIRD]})
    assert report.total["paragraphs"] == Tally(2, 3, 3)
    assert report.total["markers"] == Tally(3, 3, 3)
    assert report.total["protection"] == Tally(1, 1, 1)
    assert report.total["prosecution"] == Tally(0, 0, 1)
    assert report.total["pillars"] == Tally(2, 3, 3)
    assert report.documents[0].differences == (
        "report.txt: #2 2: paragraph ends 'should assist each', gold 'assist every victim.'",
        "report.txt: #2 2: pillars: missed national; made up prosecution",
    )


def test_a_paragraph_that_swallowed_the_one_after_it_is_paired_by_its_start():
    joined = {**SECOND, "end": THIRD["end"]}
    report = score(GOLD, {"report.txt": [FIRST, joined]})
    assert report.total["paragraphs"] == Tally(1, 3, 2)
    assert report.total["sections"] == Tally(2, 3, 2)


def test_wrong_marker_parents_and_section_are_each_said_in_one_line():
    wrong = {**THIRD, "marker": "(b)", "parent": [], "section": ["I. A", "B"], "notes": ["7", "8"]}
    report = score(GOLD, {"report.txt": [FIRST, SECOND, wrong]})
    assert report.documents[0].differences == (
        "report.txt: #3 2 (a): markers: '(b)', gold '(a)'",
        "report.txt: #3 2 (a): parents: none, gold 2",
        "report.txt: #3 2 (a): section paths: I. A > B, gold none",
        "report.txt: #3 2 (a): notes: made up 8",
    )


def test_a_made_up_paragraph_costs_precision():
    extra = line(0, "Distr.: Limited", "28 January 2010")
    assert score(GOLD, {"report.txt": [extra, *GOLD]}).total["paragraphs"] == Tally(3, 3, 4)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("trade ⁶² should", ("trade", "should")),
        ("measures¹³⁵.", ("measures.",)),
        ("partners<sup>1</sup> — is", ("partners", "-", "is")),
        ("**Recommendations** of *the* “Group”", ("Recommendations", "of", "the", '"Group"')),
        ("## II.\u00a0Organization’s", ("II.", "Organization's")),
        ("sub\u00adparagraph", ("subparagraph",)),
        ("CTOC/COP/WG.4/2009/2", ("CTOC/COP/WG.4/2009/2",)),
        ("snake_case", ("snake_case",)),
    ],
)
def test_words_are_compared_without_what_typesetting_adds(printed, folded):
    assert words(printed) == folded


def test_case_is_kept():
    assert words("The States") != words("the states")


def test_a_note_marker_printed_as_a_word_does_not_make_an_end_differ():
    gold = Extent.of("One two three four five six seven eight", "trade ⁶² should be done.")
    assert gold.same(Extent.of("One two three four five six seven eight", "drug trade should be done."))


def test_a_note_marker_printed_as_a_plain_figure_is_no_word_of_the_paragraph():
    # Seen where superscripts were lost: "must be strengthened 70 to enable", 70 being a note.
    gold = line(1, "Cooperation must be strengthened 70 to enable it", "of the whole chain.", notes=["70"])
    parsed = {**gold, "start": "Cooperation must be strengthened to enable it all"}
    assert score([gold], {"report.txt": [parsed]}).total["paragraphs"] == Tally(1, 1, 1)


def test_short_paragraphs_that_begin_alike_are_not_the_same():
    assert not Extent.of("Draft report", "Draft report").same_start(Extent.of("Draft report of the Group", "Group"))


@given(st.lists(st.integers(0, 6)), st.lists(st.integers(0, 6)))
def test_pairs_never_cross_and_never_repeat(left, right):
    extents = [[Extent((f"s{i % 3}",), (f"e{i}",)) for i in side] for side in (left, right)]
    pairs = align(*extents)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@given(st.lists(st.integers(0, 9)))
def test_equal_documents_are_paired_one_to_one(numbers):
    extents = [Extent((f"s{i}",), (f"e{i}",)) for i in numbers]
    assert align(extents, extents) == [(i, i) for i in range(len(numbers))]


def write_gold(folder: Path, *lines) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "gold.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("place", ["gold/report.txt", "report.txt", "seeds/report.txt", "corpora/pdf/report.txt"])
def test_a_document_is_found_near_the_gold_file(tmp_path, place):
    gold = write_gold(tmp_path / "gold", *GOLD)
    document = tmp_path / place
    document.parent.mkdir(parents=True, exist_ok=True)
    document.touch()
    seen = []

    def parse(path):
        seen.append(path)
        return [{"record": "document", "id": "X"}, *({"record": "paragraph", **each} for each in GOLD)]

    assert evaluate_gold(gold, documents=[], parse=parse).total["paragraphs"] == Tally(3, 3, 3)
    assert seen == [document]


def test_a_folder_that_is_named_comes_before_what_lies_beside_the_gold(tmp_path):
    gold = write_gold(tmp_path / "gold", *GOLD)
    (tmp_path / "gold" / "report.txt").touch()
    named = tmp_path / "elsewhere" / "deep" / "report.txt"
    named.parent.mkdir(parents=True)
    named.touch()
    seen = []
    evaluate_gold(gold, documents=[tmp_path / "elsewhere"], parse=lambda path: seen.append(path) or [])
    assert seen == [named]


def test_a_document_that_is_nowhere_is_said_with_where_it_was_sought(tmp_path):
    gold = write_gold(tmp_path / "gold", *GOLD)
    with pytest.raises(GoldError, match=r"The document report\.txt .* was not found in .*--documents"):
        evaluate_gold(gold, documents=[], parse=lambda _: [])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{not json", "line 2: this is no JSON"),
        ('["a list"]', "line 2: a gold paragraph is a JSON object"),
        ('{"n": 1, "start": "a", "end": "b"}', "line 2: a gold paragraph is a JSON object that names its document"),
        ('{"doc": "d", "n": 1, "start": "a"}', "line 2: .*`end`"),
        ('{"doc": "d", "n": 1, "start": "a", "end": "b", "states": "FRA"}', "line 2: .*`array`.*states"),
    ],
)
def test_a_malformed_line_is_said_with_its_number(tmp_path, bad, said):
    with pytest.raises(GoldError, match=said):
        read_gold(write_gold(tmp_path, FIRST, bad))


def test_a_gold_file_that_is_not_there_or_empty_is_said(tmp_path):
    with pytest.raises(GoldError, match="cannot be read as a gold file"):
        read_gold(tmp_path / "absent.jsonl")
    with pytest.raises(GoldError, match="has no paragraphs"):
        read_gold(write_gold(tmp_path, ""))


def test_the_report_is_a_table_for_each_document_and_one_in_all():
    other = {**FIRST, "doc": "other.txt"}
    text = score([*GOLD, other], {"report.txt": [SECOND, THIRD], "other.txt": [other]}).render(errors=True)
    rows = text.splitlines()
    assert rows[0].startswith("report.txt: #1 1: paragraph missed")
    titles = [row.split("  ")[0] for row in rows if row.endswith("F1")]
    assert titles == ["report.txt", "other.txt", "all 2 documents"]
    found = [row.split() for row in rows if row.startswith("paragraphs")]
    assert found[0] == ["paragraphs", "2", "3", "2", "100.0%", "66.7%", "80.0%"]
    assert found[2] == ["paragraphs", "3", "4", "3", "100.0%", "75.0%", "85.7%"]
    assert "  prosecution" in text
    assert ["0", "0", "0", "-", "-", "-"] in [row.split()[1:] for row in rows if row.startswith("  prosecution")]


@pytest.mark.shared
def test_the_seeds_gold_agrees_with_itself(shared):
    gold = read_gold(shared / "gold" / "seeds.jsonl")
    documents = {str(each["doc"]) for each in gold}
    report = score(gold, {doc: [each for each in gold if each["doc"] == doc] for doc in documents})
    assert {name: tally.f1 for name, tally in report.total.items()} == dict.fromkeys(report.total, 1.0)
    assert report.total["paragraphs"] == Tally(373, 373, 373)
