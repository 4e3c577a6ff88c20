"""How paragraphs begin and end, as codes, and how many of all begin or end as if a page had cut them.

A table's row, and an item of a list (a marker in brackets or without figures), often ends without a stop and begins in
lower case as printed; they are counted apart from the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest
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


def broken(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a paragraph surely goes on: it ends open, with a word such as "of", or the next begins in lower case."""
    if ends(paragraph.text) != "open":
        return False
    last = paragraph.text.split()[-1:]
    goes_on = bool(last) and last[0].casefold() in _going_on()
    return goes_on or (following is not None and kind_of(following) == "text" and begins(following.text) == "lower")


@cache
def _going_on() -> frozenset[str]:
    text = (files("pilcrow.evaluation") / "data" / "goes_on.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paragraph, and what it looks like."""

    file: ReadFile
    paragraph: Paragraph
    lower: bool
    unclosed: bool
    broken: bool


def ends_part(corpus: Corpus) -> Part:
    """The share of paragraphs that begin in lower case or end open, for text and list items apart."""
    every: dict[Kind, list[_Seen]] = defaultdict(list)
    for file in corpus.files:
        paragraphs = file.parsed.paragraphs
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            lower, unclosed = begins(paragraph.text) == "lower", ends(paragraph.text) == "open"
            seen = _Seen(file, paragraph, lower, unclosed, broken(paragraph, following))
            every[kind_of(paragraph)].append(seen)
    rows = [row for kind in MEASURED for row in _rows(_LABELS[kind], every[kind])]
    rows.append(Count("table rows", len(every["row"]), "not judged by their beginnings and ends"))
    note = (
        "What looks cut may be printed so: these shares are upper bounds, and the cases are to be looked at. What is "
        "broken within a sentence is not printed so."
    )
    cases = (case for kind in MEASURED for seen in every[kind] for case in _cases(seen))
    return Part(key="ends", title="Beginnings and ends of paragraphs", rows=tuple(rows), note=note, cases=tuple(cases))


def _rows(label: str, every: Sequence[_Seen]) -> Iterator[Figure | Count]:
    def share(name: str, looks: Callable[[_Seen], bool], how: str) -> Figure:
        return Figure(name, sum(map(looks, every)), len(every), how)

    yield share(f"{label}: cut by their looks", lambda seen: seen.lower or seen.unclosed, "by one of the next two")
    yield share("  begin in lower case", lambda seen: seen.lower, "after quotation marks")
    how = "without . ! ? … , ; : “; and”, closing bracket or quote"
    yield share("  end open", lambda seen: seen.unclosed, how)
    how = "end open, on a word such as “of”, or before text that begins in lower case"
    yield share("  broken within a sentence", lambda seen: seen.broken, how)


def _cases(seen: _Seen) -> Iterator[str]:
    text, where = seen.paragraph.text, place(seen.file, seen.paragraph)
    if seen.lower:
        yield f"  begins: {where}: {text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}"
    if seen.unclosed:
        yield f"  {'broken' if seen.broken else 'ends'}: {where}: {'…' * (len(text) > _SHOWN)}{text[-_SHOWN:]}"
