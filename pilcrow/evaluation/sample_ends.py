"""A sample of beginnings and ends of paragraphs, judged against the pages, and what of the judgements holds today.

A judged paragraph is known by the hashes of its first and last words (``start``, ``end``), and its truth likewise
(``true_start``, ``true_end``): where it was right, the truth is what it was; where it was wrong, what the page has. So
the figure moves as the parser does: a judgement is met when some paragraph of the file begins and ends with the true
words. Where today's parse no longer has the paragraph as it was judged, that is counted apart ("changed since").
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pilcrow.evaluation.alike import WORDS, end_hash, start_hash
from pilcrow.evaluation.corpus import Corpus, ReadFile
from pilcrow.evaluation.ends import begins, ends
from pilcrow.evaluation.figures import Count, Figure, Part

ASK = (
    "verdict: right (both ends are where the page has them), wrong (then true_start and true_end: the first and last "
    f"{WORDS} words or more that the paragraph has on its page), or none (there is no such paragraph: it is layout)"
)
_SHOWN = 14
_AROUND = 8
_KEPT = ("record", "file", "page", "ordinal", "offset", "marker", "length", "begins", "ends", "start", "end", "verdict")


def draw(corpus: Corpus, rng: random.Random, size: int) -> tuple[str, list[dict[str, Any]]]:
    """``size`` paragraphs that are no rows, any as likely as any other, with their first and last words."""
    files = sorted((file for file in corpus.files if file.raw.pages), key=lambda each: each.name)
    every = [(file, at) for file in files for at, each in enumerate(file.parsed.paragraphs) if not each.row]
    chosen = sorted(rng.sample(range(len(every)), min(size, len(every))))
    method = (
        f"random.Random(seed).sample(range({len(every)}), size) of the paragraphs of the PDFs, by file name and order, "
        "rows left out"
    )
    return method, [_record(*every[at]) for at in chosen]


def _record(file: ReadFile, at: int) -> dict[str, Any]:
    paragraphs = file.parsed.paragraphs
    paragraph, words = paragraphs[at], paragraphs[at].text.split()
    before = paragraphs[at - 1].text.split()[-_AROUND:] if at else []
    after = paragraphs[at + 1].text.split()[:_AROUND] if at + 1 < len(paragraphs) else []
    offsets = list(accumulate((len(each.text) + 1 for each in paragraphs[:at]), initial=0))
    return {
        "record": "end",
        "file": file.name,
        "page": paragraph.page,
        "ordinal": paragraph.ordinal,
        "offset": offsets[-1],
        "marker": paragraph.marker,
        "length": len(paragraph.text),
        "begins": begins(paragraph.text),
        "ends": ends(paragraph.text),
        "start": start_hash(paragraph.text),
        "end": end_hash(paragraph.text),
        "before": " ".join(before),
        "first words": " ".join(words[:_SHOWN]),
        "last words": " ".join(words[-_SHOWN:]),
        "after": " ".join(after),
        "verdict": None,
        "true_start": None,
        "true_end": None,
    }


def strip(record: dict[str, Any]) -> dict[str, Any]:
    """A judged record without text; raises ``ValueError`` where the judgement is missing or not complete."""
    verdict = record["verdict"]
    out = {key: record[key] for key in _KEPT}
    if verdict == "right":
        return {**out, "true_start": record["start"], "true_end": record["end"]}
    if verdict == "none":
        return {**out, "true_start": "", "true_end": ""}
    if verdict != "wrong":
        raise ValueError(f"“{verdict}” is no verdict")
    true_start, true_end = record["true_start"], record["true_end"]
    if not true_start or not true_end:
        raise ValueError("a wrong paragraph needs true_start and true_end")
    return {**out, "true_start": start_hash(true_start), "true_end": end_hash(true_end)}


def score(corpus: Corpus, records: Sequence[dict[str, Any]]) -> Part:
    """How many of the judged paragraphs begin and end today as their pages have them."""
    here = [record for record in records if corpus.named(record["file"]) or corpus.refused_by_name(record["file"])]
    spans = {record["file"]: _spans(corpus.named(record["file"])) for record in here}
    right = [record for record in here if _holds(record, spans[record["file"]])]
    changed = [record for record in here if (record["start"], record["end"]) not in spans[record["file"]]]
    judged_right = sum(record["verdict"] == "right" for record in here)
    rows = (
        Figure(
            "ends right today", len(right), len(here), "a paragraph begins and ends with the words that the page has"
        ),
        Figure("right when judged", judged_right, len(here), "by the verdicts, of the parse that was sampled"),
        Count("changed since", len(changed), "paragraphs that today's parse no longer has as they were judged"),
        Count("not here", len(records) - len(here), "judged in files that are not measured now"),
    )
    cases = (_case(record) for record in here if record not in right)
    return Part(key="ends-judged", title="Paragraph ends judged by eye", rows=rows, cases=tuple(cases))


def _spans(file: ReadFile | None) -> set[tuple[str, str]]:
    return {(start_hash(each.text), end_hash(each.text)) for each in (file.parsed.paragraphs if file else ())}


def _holds(record: dict[str, Any], spans: set[tuple[str, str]]) -> bool:
    if record["verdict"] == "none":
        return (record["start"], record["end"]) not in spans
    return (record["true_start"], record["true_end"]) in spans


def _case(record: dict[str, Any]) -> str:
    marker = f" [{record['marker']}]" if record["marker"] else ""
    return f"  {record['file']} p. {record['page']} #{record['ordinal']}{marker}: judged {record['verdict']}"
