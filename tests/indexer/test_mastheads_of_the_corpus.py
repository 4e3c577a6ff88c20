"""Forty documents' mastheads, read by eye from their first pages, against what is read from the files.

``tests/data/corpus/mastheads.jsonl`` says how the files were drawn; it holds codes and hashes of titles, no text.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from indexer.parse import parse_file
from pilcrow.engine.model import AgendaItem, Document

SAMPLE = Path(__file__).parents[1] / "data" / "corpus" / "mastheads.jsonl"
LEAST = {"symbols": 0.98, "date": 0.97, "sessions": 0.95, "agenda": 0.95, "item_titles": 0.95, "title": 0.95}
"""The share of the files that print a field for which it must be right; every field that is not named: all but one."""


def hashed(text: str) -> str | None:
    """The hash of a title's words, by which the sample knows it."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:12] if words else None


def read(document: Document) -> dict[str, Any]:
    """What the sample says of a file, as it was read."""
    said = ("date", "date_kind", "adopted", "type", "body", "language", "original_language", "place")
    return {
        "symbols": list(document.symbols),
        "sessions": [session.key for session in document.sessions],
        "agenda": [item.number for item in document.agenda],
        "item_titles": hashed(" ".join(item.title for item in document.agenda)),
        "title": hashed(document.title),
        "reissued": document.reissued,
    } | {field: getattr(document, field) or None for field in said}


def test_titles_are_known_by_their_words_alone():
    assert hashed("Report: the Sea – Ports*") == hashed("REPORT the sea ports") != hashed("Report on ports")
    assert hashed(" ".join(item.title for item in (AgendaItem(number="1"),))) is None


def test_forty_mastheads_drawn_from_the_corpus_say_what_their_pages_print(shared):
    header, *rows = map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())
    assert len(rows) == header["size"]
    fields = [field for field in rows[0] if field not in {"record", "file"}]
    got = {row["file"]: read(parse_file(shared / "corpora" / row["file"]).document) for row in rows}
    for field in fields:
        printed = [row for row in rows if row[field] or got[row["file"]][field]]
        wrong = [row["file"] for row in printed if got[row["file"]][field] != row[field]]
        print(f"{field:18} {len(printed) - len(wrong)}/{len(printed)} {', '.join(wrong)}")
        assert len(wrong) <= (1 - LEAST[field]) * len(printed) if field in LEAST else len(wrong) <= 1, (field, wrong)
