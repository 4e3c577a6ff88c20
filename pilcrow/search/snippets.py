"""What of a paragraph is shown with a hit, as HTML: escaped text with ``<mark>`` and nothing else.

Up to three fragments of the stored text, about 240 characters in all, cut between words: those with the most different
parts of the query, shown in the order of the text. The document's page shows whole paragraphs with the same marks.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pilcrow.engine.model import Document, Note, Paragraph, Reference, StateMention, Where
from pilcrow.engine.query import Query
from pilcrow.search import leading
from pilcrow.search.citations import Cited, Link
from pilcrow.search.marks import Mark, Marker, apart

LENGTH = 240
MOST_FRAGMENTS = 3
ELLIPSIS = "…"

NOWHERE = Link(start=0, end=0)

_LONGEST_WORD = 40
_ENOUGH_MARKS = 100
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A paragraph's snippet: of its text, and of each note that matches, with the note's marker."""

    text: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text as HTML: ``note`` is the marker of the note that is cited at its end, or "".

    ``target`` is the id of the paragraph or document that the stretch cites, ``state`` the code of the State that it
    names; both are "" where it leads nowhere, and never is it both.
    """

    html: str
    note: str = ""
    target: str = ""
    title: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A whole paragraph as HTML: its text, all its notes by marker, the headings above it; ``hit`` if any matches.

    The text and each note are runs, cut where notes are cited and where citations and names of States begin and end.
    ``speaker`` is who speaks it, likewise, and empty where the text begins with that.
    """

    runs: tuple[Run, ...]
    notes: tuple[tuple[str, tuple[Run, ...]], ...]
    section: tuple[str, ...]
    hit: bool
    speaker: tuple[Run, ...] = ()


class Highlighter:
    """Snippets and marked texts for one query (parsed or resolved, it is the same).

    ``cited`` says which mentions of States are asked for, and ``referred`` which citations of documents: they are
    marked where they stand, so that a paragraph that was found by one shows where it is.
    """

    def __init__(
        self,
        query: Query,
        cited: Callable[[StateMention], bool] | None = None,
        referred: Callable[[Reference], bool] | None = None,
    ) -> None:
        self._query = query
        self._cited = cited
        self._referred = referred
        self._markers: dict[str, Marker] = {}
        self._headings: dict[tuple[str, str], str] = {}

    def snippet(self, paragraph: Paragraph, document: Document | None = None) -> Snippet:
        """What to show of a hit: the text's beginning where nothing in it matches (but a note, a heading, or none)."""
        marker = self._marker(_language(paragraph, document))
        notes = []
        for note in paragraph.notes:
            found = self._marks_of_note(marker, paragraph, note)
            if found:
                notes.append((note.marker, snippet(note.text, found)))
        return Snippet(text=snippet(paragraph.text, self._marks_of_text(marker, paragraph)), notes=tuple(notes))

    def whole(self, paragraph: Paragraph, document: Document | None = None, cited: Sequence[Cited] = ()) -> Marked:
        """The whole paragraph with its marks; what it has ``cited``, and the index has, leads there."""
        marker = self._marker(_language(paragraph, document))
        text = self._marks_of_text(marker, paragraph)
        notes = [(note, self._marks_of_note(marker, paragraph, note)) for note in paragraph.notes]
        section = self.section(paragraph, document)
        leads = {note: leading.in_paragraph(cited, paragraph, note) for note in (None, *paragraph.notes)}
        signs = [(note.at, note.marker) for note in paragraph.notes]
        return Marked(
            runs=runs(paragraph.text, text, links=leads[None], signs=signs),
            notes=tuple((note.marker, runs(note.text, found, links=leads[note])) for note, found in notes),
            section=section,
            hit=bool(text or any(found for _, found in notes) or any("<mark>" in heading for heading in section)),
            speaker=self._speaker(paragraph),
        )

    def speaker(self, paragraph: Paragraph) -> str:
        """Who speaks the paragraph, with the State marked that is asked for; "" where its text begins with that."""
        return "".join(run.html for run in self._speaker(paragraph))

    def section(self, paragraph: Paragraph, document: Document | None = None) -> tuple[str, ...]:
        """The headings above the paragraph, outermost first, with their marks."""
        language = _language(paragraph, document)
        return tuple(self._heading(heading, language) for heading in paragraph.section)

    def title(self, document: Document) -> str:
        """The document's title with its marks, those of ``title:`` only."""
        return marked(document.title, self._marker(document.language).marks(document.title, "title"))

    def _speaker(self, paragraph: Paragraph) -> tuple[Run, ...]:
        if paragraph.text.startswith(paragraph.speaker):
            return ()
        found = apart([*self._mentions(paragraph, "speaker", "")])
        return runs(paragraph.speaker, found, links=leading.in_speaker(paragraph))

    def _heading(self, heading: str, language: str) -> str:
        """A heading with its marks, found once: the paragraphs of a section share it."""
        known = self._headings.get((heading, language))
        if known is None:
            known = marked(heading, self._marker(language).marks(heading, "section"))
            self._headings[heading, language] = known
        return known

    def _marks_of_text(self, marker: Marker, paragraph: Paragraph) -> tuple[Mark, ...]:
        return self._with_mentions(marker.marks(paragraph.text, "text"), paragraph, "text", "")

    def _marks_of_note(self, marker: Marker, paragraph: Paragraph, note: Note) -> tuple[Mark, ...]:
        return self._with_mentions(marker.marks(note.text, "note"), paragraph, "note", note.marker)

    def _with_mentions(
        self, words: tuple[Mark, ...], paragraph: Paragraph, where: Where, note: str
    ) -> tuple[Mark, ...]:
        named = tuple(self._mentions(paragraph, where, note))
        return apart(words + named) if named else words

    def _mentions(self, paragraph: Paragraph, where: Where, note: str) -> Iterator[Mark]:
        """The States and documents asked for where they are named, each a part of its own beside the words."""
        if self._cited is not None:
            for mention in paragraph.states:
                if mention.where == where and mention.note == note and self._cited(mention):
                    yield Mark(mention.start, mention.end, int.from_bytes(mention.code.encode()))
        if self._referred is not None:
            for reference in paragraph.cites:
                if reference.where == where and reference.note == note and self._referred(reference):
                    yield Mark(reference.start, reference.end, int.from_bytes(reference.symbol.encode()))

    def _marker(self, language: str) -> Marker:
        if language not in self._markers:
            self._markers[language] = Marker(self._query, language)
        return self._markers[language]


def marked(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """``text[start:end]`` as escaped HTML with ``<mark>`` around each of ``marks``, which lie within it or outside."""
    end = len(text) if end is None else end
    pieces, at = [], start
    for mark in marks:
        if mark.start < start or mark.end > end:
            continue
        pieces += [html.escape(text[at : mark.start]), "<mark>", html.escape(text[mark.start : mark.end]), "</mark>"]
        at = mark.end
    return "".join((*pieces, html.escape(text[at:end])))


def runs(
    text: str, marks: Sequence[Mark], *, links: Sequence[Link] = (), signs: Sequence[tuple[int, str]] = ()
) -> tuple[Run, ...]:
    """``text`` as marked HTML, cut at ``signs`` of notes (offset and marker) and around ``links``.

    ``marks`` and ``links`` are in order, none over another of its kind. A mark or a link that is cut is two.
    """
    length = len(text)
    within: dict[int, list[str]] = {}
    for at, marker in sorted(signs, key=lambda sign: sign[0]):
        within.setdefault(max(0, min(at, length)), []).append(marker)
    ends = {*within, *(each for link in links for each in (link.start, link.end)), length}
    pieces: list[Run] = []
    start = next_link = next_mark = 0
    for end in sorted(end for end in ends if end <= length):
        here = within.get(end, [])
        if end > start or here or not length:
            next_link = _first_after(links, start, next_link)
            next_mark = _first_after(marks, start, next_mark)
            link = next((link for link in links[next_link : next_link + 1] if link.start <= start < end), NOWHERE)
            html_ = marked(text, _cut(marks, next_mark, start, end), start, end)
            sign = here[0] if here else ""
            pieces.append(Run(html_, sign, target=link.target, title=link.title, state=link.state))
            pieces += [Run("", marker) for marker in here[1:]]
        start = end
    return tuple(pieces)


def _first_after(spans: Sequence[Mark] | Sequence[Link], start: int, number: int) -> int:
    """The number of the first of ``spans``, from ``number`` on, that ends after ``start``."""
    while number < len(spans) and spans[number].end <= start:
        number += 1
    return number


def _cut(marks: Sequence[Mark], number: int, start: int, end: int) -> list[Mark]:
    """The parts of ``marks``, from ``number`` on, between ``start`` and ``end``."""
    cut = []
    while number < len(marks) and marks[number].start < end:
        mark = marks[number]
        cut.append(replace(mark, start=max(start, mark.start), end=min(end, mark.end)))
        number += 1
    return cut


def snippet(text: str, marks: Sequence[Mark]) -> str:
    """The best fragments of ``text`` as HTML, with "…" where something was left out."""
    if len(text) <= LENGTH:
        return marked(text, marks)
    pieces, at = [], 0
    for start, end in _fragments(text, marks):
        pieces.append(f"{ELLIPSIS} " if start > at else "")
        pieces.append(marked(text, marks, start, end) + " ")
        at = end
    tail = ELLIPSIS if text[at:].strip() else ""
    return "".join(pieces).rstrip() + (f" {tail}" if tail else "")


def _fragments(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """As few windows as show every part of the query that the text has, at most three; in order, none over another."""
    if not marks:
        return [_window(text, 0, 0, LENGTH)]
    parts = {mark.part for mark in marks}
    chosen: list[tuple[int, int]] = []
    for count in range(1, MOST_FRAGMENTS + 1):
        chosen = _best_windows(text, marks, count)
        if {mark.part for mark in marks if _inside(mark, chosen)} == parts:
            break
    return _joined(chosen, text)


def _best_windows(text: str, marks: Sequence[Mark], count: int) -> list[tuple[int, int]]:
    """``count`` windows of equal length: each the one that adds most parts, then most marks, then the earliest."""
    length = LENGTH // count
    candidates = list(dict.fromkeys(_around(text, marks, at, length) for at in _telling(marks)))
    chosen: list[tuple[int, int]] = []
    for _ in range(count):
        shown = {mark.part for mark in marks if _inside(mark, chosen)}
        hidden = [mark for mark in marks if not _inside(mark, chosen)]
        if not hidden:
            break
        starts, ends = [mark.start for mark in hidden], [mark.end for mark in hidden]
        values = []
        for start, end in candidates:
            gained = hidden[bisect_left(starts, start) : bisect_right(ends, end)]
            values.append((len({mark.part for mark in gained} - shown), len(gained), -start, end))
        best = max(values)
        chosen.append((-best[2], best[3]))
    return chosen


def _telling(marks: Sequence[Mark]) -> Iterator[int]:
    """The numbers of the marks that a window may begin at: of each part the first ones, of which there are enough."""
    seen: Counter[int] = Counter()
    for at, mark in enumerate(marks):
        seen[mark.part] += 1
        if seen[mark.part] <= _ENOUGH_MARKS:
            yield at


def _around(text: str, marks: Sequence[Mark], first: int, length: int) -> tuple[int, int]:
    """A window that begins a little before the mark with this number and has as many of those after it as fit."""
    start, last = marks[first].start, marks[first].end
    for at in range(first + 1, len(marks)):
        if marks[at].end - start > length:
            break
        last = marks[at].end
    return _window(text, start, last, length)


def _window(text: str, start: int, end: int, length: int) -> tuple[int, int]:
    """``start`` to ``end`` with what is left of ``length`` on both sides, cut between words."""
    spare = max(0, length - (end - start))
    before = min(start, spare // 2)
    left = _word_start(text, start - before, start)
    right = _word_end(text, min(len(text), end + spare - (start - left)), end)
    if right == len(text):
        left = min(left, _word_start(text, max(0, len(text) - length), start))
    return left, right


def _word_start(text: str, at: int, limit: int) -> int:
    """The beginning of the first whole word from ``at`` on, at most ``limit``; ``at`` where a word is endless."""
    if at <= 0:
        return 0
    if _SPACE.match(text, at - 1):
        return at
    found = _SPACE.search(text, at, min(limit, at + _LONGEST_WORD))
    if found is not None:
        return found.end()
    return limit if limit - at < _LONGEST_WORD else at


def _word_end(text: str, at: int, limit: int) -> int:
    """The end of the last whole word up to ``at``, at least ``limit``; ``at`` where a word is endless."""
    if at >= len(text) or _SPACE.match(text, at):
        return at
    for end in range(at, max(limit, at - _LONGEST_WORD), -1):
        if _SPACE.match(text, end - 1):
            return end - 1
    return limit if at - limit < _LONGEST_WORD else at


def _inside(mark: Mark, windows: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in windows)


def _joined(windows: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """``windows`` in order, those made one that overlap or have only spaces between them."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if kept and not text[kept[-1][1] : start].strip():
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept


def _language(paragraph: Paragraph, document: Document | None) -> str:
    return paragraph.language or (document.language if document else "")
