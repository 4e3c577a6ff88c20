"""Looking for what belongs to the page and not to the text inside paragraphs, notes and headings.

The patterns are a table (``data/layout.toml``), made from what pages print and not from what the readers take out. Four
more checks need the document: a note's marker glued to a word or left before it, a note's text inside a paragraph, a
line that recurs at the edges of the file's pages as a paragraph of its own, and the same amid a sentence.

A finding is ``certain`` (no text says this) or wants a look (it may be text after all). A pattern counts places; over
all patterns, the paragraphs that have a certain finding are counted.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pilcrow.engine.model import Paragraph
from pilcrow.evaluation.corpus import Corpus, ReadFile, place
from pilcrow.evaluation.figures import Count, Figure, Part

CONTEXT = 35
"""Characters shown before and after what was found."""

LEAST_NOTE = 30
"""Characters of a note's text from which it cannot stand in a paragraph by chance."""

GLUED = "note marker glued to a word"
BEFORE_NOTE = "note marker left at its place"
NOTE_INSIDE = "a note's text in a paragraph"
EDGE_LINE = "a line of the pages' edges"
EDGE_INSIDE = "such a line amid a sentence"

_NUMBERED = re.compile(r"(?<![A-Z/\d-])(?:(?<=[a-zà-ÿ]{3})|(?<=[a-zà-ÿ]{3}[.,;:”\"’)]))(\d{1,3})(?=\s|$|[.,;:])")
_ABBREVIATED = re.compile(r"(?:paras?|chaps?|sects?|arts?|vols?|nos?|pp?|figs?|annex|add|corr|rev)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of the table of patterns.

    In ``regex``, ``{own}`` stands for the document's symbols; ``in_notes`` says that it is looked for in notes too.
    """

    key: str
    strength: str
    regex: str
    hit: tuple[str, ...]
    miss: tuple[str, ...]
    in_notes: bool = True

    def compiled(self, symbols: Sequence[str]) -> re.Pattern[str] | None:
        """The expression for a document with those symbols; None where it needs one and there is none."""
        if "{own}" not in self.regex:
            return re.compile(self.regex)
        if not symbols:
            return None
        own = "(?<![\\w/])(?:" + "|".join(map(_symbol, symbols)) + r")(?![\w/])"
        return re.compile(self.regex.replace("{own}", own))


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, where, and the words around it with the finding between ‹ and ›."""

    pattern: str
    certain: bool
    where: str
    shown: str
    paragraph: tuple[str, int] | None = None

    def __str__(self) -> str:
        return f"  {self.pattern}: {self.where}: {self.shown}"


@cache
def patterns() -> tuple[Pattern, ...]:
    """The table of patterns, in its order."""
    text = (files("pilcrow.evaluation") / "data" / "layout.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["pattern"]
    return tuple(Pattern(**{**row, "hit": tuple(row["hit"]), "miss": tuple(row["miss"])}) for row in rows)


def layout_part(corpus: Corpus) -> Part:
    """How many places of each pattern there are in all paragraphs, notes and headings of all files."""
    found = [finding for file in corpus.files for finding in scan(file)]
    by_pattern: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_pattern[finding.pattern].append(finding)
    certain = {finding.paragraph for finding in found if finding.certain and finding.paragraph}
    clean = corpus.paragraphs - len(certain)
    rows: list[Figure | Count] = [
        Figure("paragraphs free of layout", clean, corpus.paragraphs, "no certain finding in the text or its notes")
    ]
    for key, strength in _kinds():
        each = by_pattern.get(key, [])
        where = len({finding.where.partition(" p. ")[0].partition(" #")[0] for finding in each})
        how = f"in {where} file{'s' * (where != 1)}" if each else ""
        rows.append(Count(key, len(each), how if strength == "certain" else f"{how} (wants a look)".strip()))
    cases = [str(finding) for key, _ in _kinds() for finding in by_pattern.get(key, [])]
    note = "Places in paragraphs, in notes and in headings where something looks like the page's and not the text's."
    return Part(key="layout", title="Layout scan", rows=tuple(rows), note=note, cases=tuple(cases))


def _kinds() -> list[tuple[str, str]]:
    table = [(pattern.key, pattern.strength) for pattern in patterns()]
    of_document = [(GLUED, "certain"), (BEFORE_NOTE, "look"), (NOTE_INSIDE, "certain")]
    return [*table, *of_document, (EDGE_LINE, "look"), (EDGE_INSIDE, "look")]


def scan(file: ReadFile) -> Iterator[Finding]:
    """Every finding in ``file``, paragraph by paragraph, and in its headings."""
    compiled = [(each, each.compiled(file.parsed.document.symbols)) for each in patterns()]
    usable = [(each, regex) for each, regex in compiled if regex is not None]
    for_notes = [(each, regex) for each, regex in usable if each.in_notes]
    document = _Document.of(file)
    headings: set[str] = set()
    for paragraph in file.parsed.paragraphs:
        where, key = place(file, paragraph), (file.name, paragraph.ordinal)
        yield from _matches(usable, paragraph.text, where, key)
        yield from document.findings(paragraph, where, key)
        for note in paragraph.notes:
            yield from _matches(for_notes, note.text, f"{where} note {note.marker}", key)
        for heading in paragraph.section:
            if heading not in headings:
                headings.add(heading)
                yield from _matches(usable, heading, f"{where} heading", None)


def _matches(
    usable: Sequence[tuple[Pattern, re.Pattern[str]]], text: str, where: str, key: tuple[str, int] | None
) -> Iterator[Finding]:
    for pattern, regex in usable:
        for found in regex.finditer(text):
            shown = around(text, found.start(), found.end())
            yield Finding(pattern.key, pattern.strength == "certain", where, shown, key)


@dataclass(frozen=True, slots=True)
class _Document:
    """What the checks that need the whole document know of it."""

    markers: frozenset[str]
    notes: re.Pattern[str] | None
    lines: re.Pattern[str] | None
    amid: re.Pattern[str] | None

    @classmethod
    def of(cls, file: ReadFile) -> _Document:
        notes = [note for paragraph in file.parsed.paragraphs for note in paragraph.notes]
        long = {note.text for note in notes if len(note.text) >= LEAST_NOTE}
        lines = [line for line in file.raw.furniture if len(line) > 2]
        wordy = [line for line in lines if len(line.split()) >= 3]
        return cls(
            markers=frozenset(note.marker for note in notes),
            notes=_any(map(re.escape, sorted(long))),
            lines=_any(map(_numbered, lines), "^", "$"),
            amid=_any(map(_numbered, wordy), r"(?<=[a-z,;] )", r"(?= [a-z])"),
        )

    def findings(self, paragraph: Paragraph, where: str, key: tuple[str, int]) -> Iterator[Finding]:
        text = paragraph.text
        for found in _NUMBERED.finditer(text):
            if found.group(1) in self.markers and not _ABBREVIATED.search(text[: found.start()]):
                yield Finding(GLUED, True, where, around(text, *found.span()), key)
        for note in paragraph.notes:
            left = re.compile(rf"\s?{re.escape(note.marker)}(?![\w%])").match(text, note.at) if note.marker else None
            if left:
                yield Finding(BEFORE_NOTE, False, where, around(text, *left.span()), key)
        for name, certain, regex in (
            (NOTE_INSIDE, True, self.notes),
            (EDGE_LINE, False, self.lines),
            (EDGE_INSIDE, False, self.amid),
        ):
            for found in regex.finditer(text) if regex else ():
                yield Finding(name, certain, where, around(text, *found.span()), key)


def _any(expressions: Iterator[str], before: str = "", after: str = "") -> re.Pattern[str] | None:
    joined = "|".join(expressions)
    return re.compile(f"{before}(?:{joined}){after}") if joined else None


def _numbered(line: str) -> str:
    return re.escape(line).replace(r"\#", r"\d+")


def _symbol(symbol: str) -> str:
    return re.escape(symbol).replace(r"\ ", r"\s?")


def around(text: str, start: int, end: int) -> str:
    """The words of ``text`` around the span, which stands between ‹ and ›; what cannot be seen is shown as its code."""
    before, after = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    head, tail = "…" * (before > 0), "…" * (after < len(text))
    return head + _visible(f"{text[before:start]}‹{text[start:end]}›{text[end:after]}") + tail


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
