"""How well a ranking puts judged paragraphs first: nDCG@10, average precision and recall@20.

The measures are those of trec_eval: gains are linear and discounted by log2(rank + 1); average precision and recall
count every judged paragraph with a gain above 0 as relevant, over all that are judged so.

A question is a :class:`Judged`; a :class:`Ranking` is what a search gave for it; :func:`score` compares the two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

CUT_NDCG = 10
CUT_RECALL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question as typed, and the gain of each judged paragraph's id (2 answers it, 1 helps)."""

    qid: str
    query: str
    gains: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scored:
    """One question's measures, each from 0 to 1, and how many paragraphs were found for how many judged relevant."""

    qid: str
    query: str
    ndcg: float
    average_precision: float
    recall: float
    found: int
    relevant: int


@dataclass(frozen=True, slots=True)
class RankingReport:
    """The measures of every question; the means are over all of them, those that found nothing included."""

    questions: tuple[Scored, ...]

    @property
    def ndcg(self) -> float:
        """Mean nDCG@10."""
        return fmean(each.ndcg for each in self.questions)

    @property
    def average_precision(self) -> float:
        """Mean average precision (MAP)."""
        return fmean(each.average_precision for each in self.questions)

    @property
    def recall(self) -> float:
        """Mean recall@20."""
        return fmean(each.recall for each in self.questions)

    def render(self, *, each: bool = True) -> str:
        """The report as a text table: a row a question (left out where ``each`` is false) and one of means."""
        head = f"{'question':<10} {'nDCG@10':>8} {'AP':>6} {'R@20':>6} {'found':>6} {'judged':>6}  query"
        rows = [
            f"{one.qid:<10} {one.ndcg:8.3f} {one.average_precision:6.3f} {one.recall:6.3f} "
            f"{one.found:6d} {one.relevant:6d}  {one.query[:60]}"
            for one in self.questions
        ]
        mean = (
            f"{'mean':<10} {self.ndcg:8.3f} {self.average_precision:6.3f} {self.recall:6.3f} "
            f"{'':6} {'':6}  of {len(self.questions)} questions"
        )
        return "\n".join([head, *(rows if each else []), mean])


def score(judged: Judged, ranking: Sequence[str]) -> Scored:
    """Compare ``ranking`` (paragraph ids, best first, none twice) with the judgements of one question."""
    relevant = {key for key, gain in judged.gains.items() if gain > 0}
    hits = [rank for rank, key in enumerate(ranking, start=1) if key in relevant]
    precision = math.fsum(count / rank for count, rank in enumerate(hits, start=1))
    return Scored(
        qid=judged.qid,
        query=judged.query,
        ndcg=_ndcg(judged.gains, ranking),
        average_precision=precision / len(relevant) if relevant else 0.0,
        recall=sum(rank <= CUT_RECALL for rank in hits) / len(relevant) if relevant else 0.0,
        found=len(ranking),
        relevant=len(relevant),
    )


def _ndcg(gains: Mapping[str, float], ranking: Sequence[str]) -> float:
    ideal = _discounted(sorted((gain for gain in gains.values() if gain > 0), reverse=True))
    return _discounted([max(gains.get(key, 0.0), 0.0) for key in ranking]) / ideal if ideal else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:CUT_NDCG], start=1))
