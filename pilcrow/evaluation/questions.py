"""Judged questions over documents with gold: the core of ``pilcrow evaluate questions``.

A questions file has one JSON object a line: ``qid``, ``query`` as a person types it, and ``relevant``, a list of
``{"doc", "n", "gain"}`` where ``doc`` and ``n`` name a gold paragraph. The gold's paragraphs are found in what the
indexer parsed by their first and last words, so that the judgements hold whatever ids the paragraphs have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.model import ParsedDocument
from pilcrow.evaluation.alignment import Extent, align
from pilcrow.evaluation.ranking import Judged


class QuestionsError(PilcrowError):
    """A questions file cannot be used as it is."""


class Judgement(msgspec.Struct, frozen=True):
    """One judged paragraph of a question, by its gold document and number."""

    doc: str
    n: int
    gain: float


class Question(msgspec.Struct, frozen=True):
    """A line of a questions file; other fields of it (the need, the kind) are for its readers."""

    qid: str
    query: str
    relevant: tuple[Judgement, ...]


def read_questions(path: Path) -> list[Question]:
    """The questions of the file ``path``; raises :class:`QuestionsError` naming the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path} cannot be read ({error}); give a file of JSON lines.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(msgspec.json.decode(line, type=Question))
            except msgspec.DecodeError as error:
                raise QuestionsError(
                    f"{path}, line {number}: {error}; a question is an object with qid, query and relevant."
                ) from error
    if not questions:
        raise QuestionsError(f"{path} has no questions; it should have one JSON object a line.")
    return questions


def judge(
    questions: Sequence[Question], gold: Sequence[Mapping[str, Any]], parsed: Mapping[str, ParsedDocument]
) -> list[Judged]:
    """The questions with their gains by paragraph id.

    ``gold`` are the gold's lines, ``parsed`` the parsed documents by the gold's ``doc``. A judged paragraph that was
    not parsed keeps an id of its own that no search can find, so that it costs recall instead of vanishing.
    """
    ids = _paragraph_ids(gold, parsed)
    return [
        Judged(
            qid=question.qid,
            query=question.query,
            gains={
                ids.get((each.doc, each.n), f"not parsed: {each.doc} {each.n}"): each.gain for each in question.relevant
            },
        )
        for question in questions
    ]


def _paragraph_ids(
    gold: Sequence[Mapping[str, Any]], parsed: Mapping[str, ParsedDocument]
) -> dict[tuple[str, int], str]:
    ids = {}
    for doc, document in parsed.items():
        lines = [line for line in gold if line["doc"] == doc]
        wanted = [Extent.of(line["start"], line["end"]) for line in lines]
        texts = [paragraph.text.split() for paragraph in document.paragraphs]
        given = [Extent.of(" ".join(words[:8]), " ".join(words[-5:])) for words in texts]
        for left, right in align(wanted, given):
            ids[doc, int(lines[left]["n"])] = document.paragraphs[right].id
    return ids
