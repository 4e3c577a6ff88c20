"""How paragraphs begin and end, as codes, and how many of all begin or end as if a page had cut them.

A table's row, and an item of a list (a marker in brackets or without figures), often ends without a stop and begins in
lower case as printed; they are counted apart from the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from pilcrow.engine.model import Paragraph
from pilcrow.evaluation.corpus import Corpus, ReadFile, place
from pilcrow.evaluation.figures import Count, Figure, Part

Kind = Literal["text", "item", "row"]
Begin = Literal["capital", "lower", "digit", "other"]
End = Literal["stop", "comma", "semicolon", "colon", "bracket", "quote", "conjunction", "open"]

MEASURED: tuple[Kind, ...] = ("text", "item")
_LABELS = {"text": "text", "item": "list items"}
_SHOWN = 60
_OPENING = "\"'“”‘’«»¿¡…"
_CONJUNCTION = re.compile(r"[;,]\s(?:and|or|and/or)$")
_CLOSING = re.compile(r"[\])]+$")
_QUOTES = re.compile(r"[\"'”’»“]+$")
_ENDS: dict[str, End] = {
    ".": "stop",
    "!": "stop",
    "?": "stop",
    "…": "stop",
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
}


def kind_of(paragraph: Paragraph) -> Kind:
    """Whether a paragraph is a table's row, an item of a list, or text (numbered or not)."""
    if paragraph.row:
        return "row"
    marker = paragraph.marker
    return "item" if marker.startswith("(") or (marker and not re.search(r"\d", marker)) else "text"


def begins(text: str) -> Begin:
    """How a text begins, after quotation marks; a bracket says nothing of what it begins."""
    first = text.lstrip(_OPENING + " ")[:1]
    if first.isdigit():
        return "digit"
    if first.islower():
        return "lower"
    return "capital" if first.isalpha() else "other"


def ends(text: str) -> End:
    """How a text ends, before closing quotes and brackets; "open" is without any closing punctuation at all."""
    bare = text.rstrip()
    if _CONJUNCTION.search(bare):
        return "conjunction"
    inner = bare.rstrip("\"'”’»“]) ")
    if inner[-1:] in _ENDS:
        return _ENDS[inner[-1:]]
    if _CLOSING.search(bare):
        return "bracket"
    return "quote" if _QUOTES.search(bare) else "open"


def ends_part(corpus: Corpus) -> Part:
    """The share of paragraphs that begin in lower case or end open, for text, list items and rows apart."""
    every: dict[Kind, list[tuple[ReadFile, Paragraph]]] = defaultdict(list)
    for file in corpus.files:
        for paragraph in file.parsed.paragraphs:
            every[kind_of(paragraph)].append((file, paragraph))
    rows: list[Figure | Count] = []
    for kind in MEASURED:
        number = len(every[kind])
        lower = [begins(paragraph.text) == "lower" for _, paragraph in every[kind]]
        unclosed = [ends(paragraph.text) == "open" for _, paragraph in every[kind]]
        label = _LABELS[kind]
        either = sum(low or unended for low, unended in zip(lower, unclosed, strict=True))
        rows += [
            Figure(f"{label}: cut by their looks", either, number, "begin in lower case or end open"),
            Figure("  begin in lower case", sum(lower), number, "after quotation marks"),
            Figure("  end open", sum(unclosed), number, "without . ! ? … , ; : “; and”, closing bracket or quote"),
        ]
    rows.append(Count("table rows", len(every["row"]), "not judged by their beginnings and ends"))
    cases = [case for kind in MEASURED for file, paragraph in every[kind] for case in _cut(file, paragraph)]
    note = "What looks cut may be printed so: the shares are upper bounds, and the cases are to be looked at."
    return Part(key="ends", title="Beginnings and ends of paragraphs", rows=tuple(rows), note=note, cases=tuple(cases))


def _cut(file: ReadFile, paragraph: Paragraph) -> Iterator[str]:
    text = paragraph.text
    if begins(text) == "lower":
        yield f"  begins: {place(file, paragraph)}: {text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}"
    if ends(text) == "open":
        yield f"  ends: {place(file, paragraph)}: {'…' * (len(text) > _SHOWN)}{text[-_SHOWN:]}"
