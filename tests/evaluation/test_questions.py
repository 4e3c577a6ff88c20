"""Judged questions are tied to parsed paragraphs by their words, whatever ids the paragraphs have."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.evaluation.questions import Judgement, Question, QuestionsError, judge, read_questions
from pilcrow.evaluation.ranking import Judged

TEXTS = ("States parties should protect victims of trafficking in persons everywhere.", "The Chair made a statement.")
PARSED = ParsedDocument(
    document=Document(id="prov:a"),
    paragraphs=tuple(
        Paragraph(id=f"prov:a#p{n}", document="prov:a", ordinal=n, text=text) for n, text in enumerate(TEXTS, 1)
    ),
)
GOLD = [
    {"doc": "a.txt", "n": n, "start": " ".join(text.split()[:8]), "end": " ".join(text.split()[-5:])}
    for n, text in enumerate(TEXTS, 1)
]


def test_a_judged_paragraph_is_found_by_its_words_and_one_that_was_not_parsed_still_counts() -> None:
    question = Question("q1", "victims", (Judgement("a.txt", 2, 2.0), Judgement("a.txt", 9, 1.0)))
    assert judge([question], GOLD, {"a.txt": PARSED}) == [
        Judged(qid="q1", query="victims", gains={"prov:a#p2": 2.0, "not parsed: a.txt 9": 1.0})
    ]


def test_the_twenty_questions_beside_the_project_are_read(shared: Path) -> None:
    questions = read_questions(shared / "gold" / "questions.jsonl")
    assert (len(questions), questions[0].query, len(questions[0].relevant)) == (20, "seizing traffickers' assets", 9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no questions"),
        ('{"qid": "q1"}\n', "line 1: .*`query`"),
        ('{"qid": "q1", "query": "a", "relevant": []}\nnot json\n', "line 2"),
    ],
)
def test_a_bad_questions_file_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(text)
    with pytest.raises(QuestionsError, match=message):
        read_questions(path)
