"""The measures of a ranking, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from pilcrow.evaluation.ranking import Judged, RankingReport, Scored, score

JUDGED = Judged(qid="q1", query="assets", gains={"a": 2, "b": 1, "c": 1, "z": 0})


def test_a_perfect_ranking_scores_one_everywhere() -> None:
    assert score(JUDGED, ["a", "b", "c", "d"]) == Scored("q1", "assets", 1.0, 1.0, 1.0, 4, 3)


def test_a_ranking_is_scored_as_worked_out_by_hand() -> None:
    ideal = 2 + 1 / math.log2(3) + 1 / 2
    found = score(JUDGED, ["x", "b", "z", "a"])
    assert found.ndcg == pytest.approx((1 / math.log2(3) + 2 / math.log2(5)) / ideal)
    assert found.average_precision == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert found.recall == pytest.approx(2 / 3)


def test_what_stands_below_the_cuts_counts_for_average_precision_alone() -> None:
    ranking = [f"x{n}" for n in range(20)] + ["a", "b", "c"]
    found = score(JUDGED, ranking)
    assert (found.ndcg, found.recall) == (0.0, 0.0)
    assert found.average_precision == pytest.approx((1 / 21 + 2 / 22 + 3 / 23) / 3)


def test_a_question_that_finds_nothing_counts_in_the_mean() -> None:
    report = RankingReport((score(JUDGED, ["a", "b", "c"]), score(JUDGED, [])))
    assert (report.ndcg, report.average_precision, report.recall) == (0.5, 0.5, 0.5)
    assert report.render().splitlines()[-1].split() == ["mean", "0.500", "0.500", "0.500", "of", "2", "questions"]
