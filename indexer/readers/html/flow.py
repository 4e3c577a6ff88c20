"""What is met in a page -> blocks: a block ends where an element that is set on lines of its own begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import enumerators, front_lines, layout
from indexer.blocks import Block
from indexer.readers import inline, marked, text
from indexer.readers.html.events import BLOCKS, Event
from indexer.readers.html.lists import Lists
from indexer.readers.html.notes import Notes
from indexer.readers.html.tables import Table, columns, table_of

DEEPEST_TABLE = 15
"""Tables inside one another; beyond it their cells are read as they come."""

LONGEST_BOLD = 25
"""Words of a bold paragraph that is a heading though it is not marked as one."""

BELOW_ALL = 7
"""The level of such a heading: below those that are marked."""

SET_IN = 2
"""Units of indent of a list or a quotation."""

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_SET = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"}
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_APART = re.compile(r"\s*\n\s*\n\s*")
_STARTS_LINE = re.compile(r"^(?:[•▪●■‣–—-]\s|(?:In favour|Against|Abstaining|Absent)\s?:)", re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it was met: marked text, and what its elements say of it.

    ``type`` says whether all of its letters are bold, and whether all are in italics.
    """

    text: str
    label: str = ""
    level: int = 0
    note: str = ""
    type: tuple[bool, bool] = (False, False)
    indent: int = 0


class Flow:
    """Reads events; :meth:`read` gives their blocks."""

    def __init__(self, notes: Notes, depth: int = 0, above: int = 0) -> None:
        """``depth`` says in how many tables all of it stands, ``above`` how many paragraphs were read before it."""
        self._notes = notes
        self._depth = depth
        self._above = above
        self._lists = Lists()
        self._parts: list[str] = []
        self._raised: list[int] = []
        self._skipped: list[object] = []
        self._letters = 0
        self._set: dict[str, int] = {"bold": 0, "italic": 0}
        self._open: dict[str, int] = {"bold": 0, "italic": 0}
        self._level = 0
        self._quoted = 0
        self._note = ""
        self._noting: object = None
        self._term = ""
        self._defining = False

    def read(self, met: Iterable[Event]) -> list[Block]:
        """The blocks of what is met."""
        found: list[Block] = []
        for paragraph in self.paragraphs(met):
            found += [paragraph] if isinstance(paragraph, Block) else _blocks_of(paragraph)
        return marked.with_strokes(found)

    def paragraphs(self, met: Iterable[Event]) -> Iterator[Paragraph | Block]:
        """The paragraphs of what is met, and the blocks of its tables."""
        events = iter(met)
        for event in events:
            if event.kind == "text":
                self._text(event.text)
            elif event.name == "table" and event.kind == "open" and self._depth < DEEPEST_TABLE:
                yield from self._flushed()
                yield from self._table(table_of(event, _until_close(events, "table")))
            elif event.name == "pre" and event.kind == "open":
                yield from self._flushed()
                yield from _preformatted(_until_close(events, "pre"))
            elif event.name in BLOCKS:
                yield from self._block_element(event)
            else:
                self._inline(event)
        yield from self._flushed()
        yield from self._defined_term()

    # elements on lines of their own ---------------------------------------------------------------------------------

    def _block_element(self, event: Event) -> Iterator[Paragraph]:
        yield from self._flushed()
        opens = event.kind == "open"
        name = event.name
        if name in {"dt", "dd", "dl"}:
            self._defining = name == "dt" and opens
        if name in {"ol", "ul", "li", "dir"}:
            self._lists.take(event)
        elif name == "blockquote":
            self._quoted = max(0, self._quoted + (1 if opens else -1))
        elif name == "dl" and not opens:
            yield from self._defined_term()
        self._level = int(name[1]) if name in _HEADINGS and opens else 0
        if opens and event.attribute("role") == "heading":
            level = event.attribute("aria-level")
            self._level = int(level) if level.isdecimal() and len(level) < 3 else 2
        if opens and id(event.element) in self._notes.definitions:
            self._note, self._noting = self._notes.definitions[id(event.element)], event.element
        elif not opens and self._noting is not None and event.element is self._noting:
            self._note, self._noting = "", None

    def _flushed(self) -> Iterator[Paragraph]:
        """The paragraphs of the text held so far; a term is held on until its definition comes."""
        held = "".join(self._parts)
        bold, italic = (0 < self._letters == self._set[way] for way in ("bold", "italic"))
        self._parts, self._raised = [], []
        self._letters = 0
        self._set = dict.fromkeys(self._set, 0)
        if not marked.plain(held):
            return
        if self._defining:
            self._term = f"{self._term} {held}".strip()
            return
        note = self._note
        if self._noting is None:
            self._note = ""
        if self._term:
            gap = " " if self._term.endswith((":", ".", "?", "–", "-")) else ": "
            held, self._term = self._term + gap + held.lstrip(), ""
        label = self._lists.label() if not note else ""
        indent = SET_IN * (self._lists.depth + self._quoted)
        whole = bool(self._level or note)
        for place, part in enumerate(_lines(held, whole=whole, front=self._above <= marked.FRONT)):
            self._above += 1
            yield Paragraph(part, "" if place else label, self._level, note, (bold, italic), indent)

    def _defined_term(self) -> Iterator[Paragraph]:
        if self._term:
            term, self._term = self._term, ""
            yield Paragraph(term)

    # what stands in a line ------------------------------------------------------------------------------------------

    def _text(self, said: str) -> None:
        if self._skipped:
            return
        self._parts.append(_SPACE.sub(" ", marked.typed(said)))
        letters = sum(char.isalpha() for char in said)
        self._letters += letters
        for way, depth in self._open.items():
            self._set[way] += letters if depth else 0

    def _inline(self, event: Event) -> None:
        opens = event.kind == "open"
        key = id(event.element)
        if self._skipped:
            if not opens and event.element is self._skipped[-1]:
                self._skipped.pop()
        elif event.name == "br":
            self._parts.append("\n" if opens else "")
        elif event.name in _SET:
            way = _SET[event.name]
            self._open[way] = max(0, self._open[way] + (1 if opens else -1))
        elif event.name == "sup":
            self._raise(opens=opens)
        elif opens and key in self._notes.citations:
            self._parts.append(inline.sentinel(self._notes.citations[key]))
            self._skipped.append(event.element)
        elif opens and key in self._notes.marks:
            self._define(key)
            self._skipped.append(event.element)
        elif opens:
            self._define(key)

    def _define(self, key: int) -> None:
        """Take an anchor that is the place of a definition: the paragraph that begins with it is the note."""
        if key in self._notes.definitions and not marked.plain("".join(self._parts)):
            self._note, self._noting = self._notes.definitions[key], None

    def _raise(self, *, opens: bool) -> None:
        if opens:
            self._raised.append(len(self._parts))
        elif self._raised:
            start = self._raised.pop()
            content = "".join(self._parts[start:])
            if inline.OPEN not in content and content.strip():
                before = "".join(self._parts[max(0, start - 3) : start])
                self._parts[start:] = [inline.raised(content.strip(), before)]

    # tables ---------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Iterator[Paragraph | Block]:
        if table.caption:
            yield Paragraph(self._cell(table.caption), level=BELOW_ALL)
        if self._is_masthead(table):
            yield from map(Paragraph, table.lines())
        elif table.is_layout:
            for row in table.rows:
                for cell in row:
                    yield from self._inner(cell.events)
        elif table.rows:
            yield from self._rows(table)

    def _rows(self, table: Table) -> Iterator[Paragraph | Block]:
        """The rows of a table, those of its header as one, and a first row of one header cell as its title."""
        read = [[(cell, self._cell(cell.events)) for cell in row] for row in table.rows]
        texts = list(columns(read))
        start = 0
        if len(texts) > 1 and len(read[0]) == 1 and table.is_header(0):
            yield Paragraph(read[0][0][1], level=1 if self._is_alone else BELOW_ALL)
            start = 1
        end = start
        while end < len(texts) - 1 and table.is_header(end):
            end += 1
        if end > start:
            yield marked.row(_united(texts[start:end]), level=1)
        for each in texts[end:]:
            yield from marked.row_or_notes(each)

    def _is_masthead(self, table: Table) -> bool:
        """Whether a table near the beginning sets the masthead."""
        few = self._above <= marked.FRONT and len(table.rows) <= marked.FRONT
        return few and marked.is_masthead(list(table.lines()))

    @property
    def _is_alone(self) -> bool:
        return self._depth == 0 and not self._lists.depth

    def _inner(self, met: Sequence[Event]) -> Iterator[Paragraph | Block]:
        return Flow(self._notes, self._depth + 1, self._above).paragraphs(met)

    def _cell(self, met: Sequence[Event]) -> str:
        """The marked text of a cell, its paragraphs one after another."""
        parts = []
        for each in self._inner(met):
            if isinstance(each, Block):
                parts.append(each.text)
            else:
                parts.append(marked.plain(f"{each.label} {each.text}"))
        return " ".join(part for part in parts if part)


def _until_close(events: Iterator[Event], name: str) -> list[Event]:
    """What is met until the element ``name`` closes that was opened last."""
    out = []
    depth = 1
    for event in events:
        if event.name == name:
            depth += 1 if event.kind == "open" else -1
            if not depth:
                break
        out.append(event)
    return out


def _preformatted(met: Iterable[Event]) -> list[Block]:
    """The blocks of text that was typed with its lines: read as the same text would be in a file of its own."""
    lines = "".join("\n" if each.name == "br" and each.kind == "open" else each.text for each in met)
    return text.blocks(lines)


def _united(rows: Sequence[Sequence[str]]) -> list[str]:
    widest = max(len(row) for row in rows)
    wide = [[*row, *[""] * (widest - len(row))] for row in rows]
    return [" ".join(each for each in column if each) for column in zip(*wide, strict=True)]


def _lines(held: str, *, whole: bool, front: bool) -> Iterator[str]:
    """The paragraphs that line breaks part: at an empty line, and where a line begins an item of its own.

    In the ``front``, what a masthead has on a line of its own is such an item.
    """
    for part in [held] if whole else _APART.split(held):
        out = ""
        for line in part.split("\n"):
            if out.strip() and not whole and (_begins_item(line) or (front and _is_known(out, line))):
                yield out
                out = line
            else:
                out = f"{out} {line}" if out else line
        if out.strip():
            yield out


def _begins_item(line: str) -> bool:
    return enumerators.split(line.strip())[0] is not None or bool(_STARTS_LINE.match(line.strip()))


def _is_known(*lines: str) -> bool:
    return any(front_lines.is_known(line.strip()) for line in lines)


def _blocks_of(paragraph: Paragraph) -> Iterator[Block]:
    """The block of a paragraph, if there is anything in it."""
    if paragraph.note:
        definition = marked.definition(paragraph.text)
        yield replace(definition, marker=paragraph.note) if definition else _note(paragraph)
        return
    definition = marked.definition(paragraph.text) if not paragraph.level else None
    if definition is not None:
        yield definition
        return
    label, body = paragraph.label, paragraph.text
    bullet, unbulleted = marked.unbulleted(body)
    if bullet and not paragraph.level:
        label, body = bullet, unbulleted
    body = marked.plain(body)
    if label and enumerators.split(inline.extract(body)[0])[0] is not None:
        label = ""  # the number was typed as well
    if label and label != marked.BULLET:
        body, label = f"{label} {body}", ""
    said, refs = inline.extract(body)
    if not any(char.isalnum() for char in said):
        return
    bold, italic = paragraph.type
    level = paragraph.level or (BELOW_ALL if bold and not label and _is_title(said) else 0)
    if level:
        yield Block(kind="heading", text=said, level=level, refs=refs, whole=True)
    else:
        yield Block(kind="text", text=said, marker=label, refs=refs, indent=paragraph.indent, italic=italic, whole=True)


def _note(paragraph: Paragraph) -> Block:
    """A note's block; the marker that was typed before its text is no part of it."""
    typed = re.match(rf"^[\s\[(]*{re.escape(paragraph.note)}[\])./]*\s+(?=\S)", paragraph.text)
    return marked.note(paragraph.note, paragraph.text[typed.end() :] if typed else paragraph.text)


def _is_title(said: str) -> bool:
    """Whether a bold paragraph is a heading: short, and no sentence."""
    short = len(said.split()) <= LONGEST_BOLD and not said.endswith((".", ";", ",", ":"))
    return short and not layout.has_sentence_break(said) and not layout.starts_lower(said)
