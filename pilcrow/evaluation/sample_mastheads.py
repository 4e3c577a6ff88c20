"""A sample of first pages whose mastheads were read by eye, and how many documents have what they print.

A record has, for a file, what its first page prints: null or an empty list where it prints none. ``title`` and
``item_titles`` are hashes of the words alone (:func:`pilcrow.evaluation.alike.words_hash`). ``date`` is of the kind
``date_kind``; a resolution's day of adoption is ``adopted``, and the document may have either, if it says which.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from pilcrow.engine.model import Document
from pilcrow.evaluation.alike import words_hash
from pilcrow.evaluation.corpus import Corpus
from pilcrow.evaluation.figures import Count, Figure, Part

ASK = (
    "symbols, sessions (keys), agenda: lists, empty where none is printed; date and adopted in ISO form, date_kind, "
    "type, body, language, original_language, place: null where not printed; reissued: true or false; title and "
    "item_titles: their words, which become hashes"
)
FIELDS = (
    "symbols", "date", "date_kind", "adopted", "sessions", "agenda", "item_titles", "title", "type", "body",
    "language", "original_language", "place", "reissued",
)  # fmt: skip
_LISTS = ("symbols", "sessions", "agenda")


def draw(corpus: Corpus, rng: random.Random, size: int) -> tuple[str, list[dict[str, Any]]]:
    """``size`` PDFs, with the plain text of their first pages and every field open."""
    files = {file.name: file for file in corpus.files if file.raw.pages}
    chosen = sorted(rng.sample(sorted(files), min(size, len(files))))
    method = f"random.Random(seed).sample(sorted names of the {len(files)} PDFs, size)"
    empty = dict.fromkeys(FIELDS)
    return method, [
        {"record": "masthead", "file": name, **empty, "page": list(files[name].raw.front)} for name in chosen
    ]


def strip(record: dict[str, Any]) -> dict[str, Any]:
    """A judged record without the page's text, titles as hashes; raises ``ValueError`` where a list is left open."""
    for name in _LISTS:
        if not isinstance(record[name], list):
            raise ValueError(f"{name} is no list")
    out = {"record": "masthead", "file": record["file"], **{name: record[name] for name in FIELDS}}
    return {**out, **{name: words_hash(record[name]) for name in ("title", "item_titles") if record[name]}}


def _items_hash(document: Document) -> str:
    titles = " ".join(item.title for item in document.agenda)
    return words_hash(titles) if titles.strip() else ""


_SAID: dict[str, Callable[[Document], object]] = {
    "symbols": lambda document: list(document.symbols),
    "sessions": lambda document: sorted(each.key for each in document.sessions),
    "agenda": lambda document: sorted(item.number for item in document.agenda),
    "item_titles": _items_hash,
    "title": lambda document: words_hash(document.title) if document.title else "",
    "type": lambda document: document.type,
    "body": lambda document: document.body,
    "language": lambda document: document.language,
    "original_language": lambda document: document.original_language,
    "place": lambda document: document.place,
    "reissued": lambda document: document.reissued,
}
"""What a document says, in the form of the record; the date is compared on its own."""


def score(corpus: Corpus, records: Sequence[dict[str, Any]]) -> Part:
    """For how many of the judged files each field is as printed, and left empty where it is not printed."""
    here = [record for record in records if corpus.named(record["file"]) or corpus.refused_by_name(record["file"])]
    rows: list[Figure | Count] = []
    cases: list[str] = []
    empty: list[bool] = []
    for name in ("date", *_SAID):
        asked = [record for record in here if record[name] not in (None, [], "")]
        found = [(record, _right(corpus, record, name)) for record in asked]
        rows.append(Figure(name.replace("_", " "), sum(right for _, right in found), len(asked)))
        cases += [_case(corpus, record, name) for record, right in found if not right]
        for record in here:
            if record not in asked:
                empty.append(_right(corpus, record, name))
                cases += [] if empty[-1] else [_case(corpus, record, name)]
    rows.append(Figure("not printed, and not made up", sum(empty), len(empty), "of all these fields together"))
    rows.append(Count("not here", len(records) - len(here), "judged files that are not measured now"))
    note = (
        "Of the judged files that print it, how many documents have it so: symbols in their order; the date of the "
        "kind that the document says; sessions and items all of them and no others; titles by their words."
    )
    return Part(
        key="mastheads-judged", title="Mastheads judged by eye", rows=tuple(rows), note=note, cases=tuple(cases)
    )


def _right(corpus: Corpus, record: dict[str, Any], name: str) -> bool:
    file = corpus.named(record["file"])
    if file is None:
        return False
    document, truth = file.parsed.document, record[name]
    if name == "date":
        by_kind = {record["date_kind"]: truth, **({"adoption": record["adopted"]} if record.get("adopted") else {})}
        return document.date == by_kind.get(document.date_kind) if document.date else not truth
    said = _SAID[name](document)
    if isinstance(truth, list) and name != "symbols":
        truth = sorted(truth)
    return said == truth or (not said and not truth)


def _case(corpus: Corpus, record: dict[str, Any], name: str) -> str:
    file = corpus.named(record["file"])
    document = file.parsed.document if file else None
    if document is None:
        said: object = "refused"
    elif name == "date":
        said = f"{document.date} {document.date_kind}".strip()
    elif name in ("title", "item_titles"):
        titles = document.title if name == "title" else " / ".join(item.title for item in document.agenda)
        said = f"“{titles}”"
    else:
        said = _SAID[name](document)
    return f"  {name}: {record['file']}: {said or 'none'}; judged {record[name] or 'none'}"
