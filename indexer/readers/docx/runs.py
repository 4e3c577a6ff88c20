"""The runs of a paragraph -> its text: insertions kept, deletions and hidden text left out, fields as printed.

Note marks become sentinels of :mod:`indexer.readers.inline`, those that were typed by hand and raised like those that
the program counts. Tabs stay until :mod:`indexer.readers.docx.body` has seen what stands before them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby

from indexer.readers import inline, marked
from indexer.readers.docx.notes import Notes
from indexer.readers.docx.package import Element, W
from indexer.readers.docx.styles import Look, Styles

DEEPEST = 60
"""How deep runs may be nested in insertions, links and controls; beyond it the file is damaged."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = frozenset({W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "delInstrText", W + "rPr", W + "pPr"})
_PLAIN = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})


@dataclass
class Fields:
    """The fields that are open: their instructions, and whether their printed result has begun."""

    open: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether what comes is an instruction and not what is printed."""
        return any(not shown for _, shown in self.open)

    @property
    def in_contents(self) -> bool:
        """Whether what comes is a list of contents that the program made."""
        return any(instruction.lstrip().upper().startswith(("TOC ", "TOC\\", "INDEX")) for instruction, _ in self.open)

    def mark(self, kind: str) -> None:
        """Take a field's mark: where it begins, where its result begins, where it ends."""
        if kind == "begin":
            self.open.append(("", False))
        elif kind == "separate" and self.open:
            self.open[-1] = (self.open[-1][0], True)
        elif kind == "end" and self.open:
            self.open.pop()

    def instruct(self, text: str) -> None:
        """Take a part of the innermost field's instruction."""
        if self.open:
            self.open[-1] = (self.open[-1][0] + text, self.open[-1][1])


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a paragraph: ``marked`` has sentinels and tabs; ``look`` is that of all its letters.

    ``boxes`` are the text boxes that hang on it; ``contents`` says that it is of a list of contents.
    """

    marked: str
    look: Look
    boxes: tuple[Element, ...] = ()
    contents: bool = False


@dataclass(slots=True)
class _Piece:
    text: str
    look: Look
    mark: bool = False


class Runs:
    """Reads the paragraphs of one part, in order."""

    def __init__(self, styles: Styles, notes: Notes | None) -> None:
        self._styles = styles
        self._notes = notes
        self._fields = Fields()
        self._boxes: list[Element] = []
        self._custom = False

    def text_of(self, paragraph: Element, look: Look) -> Text:
        """The text of ``paragraph``; ``look`` is what its style gives its runs."""
        self._boxes = []
        contents = self._fields.in_contents
        pieces = list(self._pieces(paragraph, look, 0))
        contents = contents or self._fields.in_contents
        return Text(_united(pieces), _look(pieces, look), tuple(self._boxes), contents)

    def _pieces(self, parent: Element, look: Look, depth: int) -> Iterator[_Piece]:
        if depth > DEEPEST:
            return
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                own = self._styles.run_look(look, child.find(W + "rPr"))
                yield from self._run(child, own, depth)
            elif tag == W + "fldSimple":
                self._fields.mark("begin")
                self._fields.instruct(child.get(W + "instr", ""))
                self._fields.mark("separate")
                yield from self._pieces(child, look, depth + 1)
                self._fields.mark("end")
            elif tag == W + "ruby":
                yield from self._below(child.iter(W + "rubyBase"), look, depth)
            elif tag == _MC + "AlternateContent":
                yield from self._below(_chosen(child), look, depth)
            elif tag == _MATH + "t":
                yield _Piece(marked.typed(child.text or ""), look)
            elif tag not in _GONE:
                yield from self._pieces(child, look, depth + 1)

    def _below(self, elements: Iterable[Element], look: Look, depth: int) -> Iterator[_Piece]:
        for each in elements:
            yield from self._pieces(each, look, depth + 1)

    def _run(self, run: Element, look: Look, depth: int) -> Iterator[_Piece]:
        self._custom = False
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._fields.mark(child.get(W + "fldCharType", ""))
            elif tag == W + "instrText":
                self._fields.instruct(child.text or "")
            elif self._fields.hidden or look.hidden:
                continue
            elif tag == W + "t":
                if not self._custom:
                    said = marked.typed(child.text or "")
                    yield _Piece(said.upper() if look.capitals else said, look)
            elif tag in _PLAIN:
                yield _Piece(_PLAIN[tag], look)
            else:
                yield from self._special(child, run, look, depth)

    def _special(self, child: Element, run: Element, look: Look, depth: int) -> Iterator[_Piece]:
        tag = child.tag
        if tag in {W + "br", W + "lastRenderedPageBreak"}:
            if self._notes is not None and child.get(W + "type", tag) in {"page", W + "lastRenderedPageBreak"}:
                self._notes.new_page()
            yield _Piece("\n" if tag == W + "br" else "", look)
        elif tag in {W + "footnoteReference", W + "endnoteReference"}:
            yield from self._cited(child, run, look)
        elif tag == W + "sym":
            yield _Piece(_sign(child), look)
        elif tag in {W + "drawing", W + "pict", W + "object"}:
            self._boxes.extend(_boxes_in(child))
        elif tag == _MC + "AlternateContent":
            yield from self._alternative(child, look, depth)

    def _alternative(self, child: Element, look: Look, depth: int) -> Iterator[_Piece]:
        for each in _chosen(child):
            if each.find(f".//{W}txbxContent") is not None:
                self._boxes.extend(_boxes_in(each))
            elif depth < DEEPEST:
                yield from self._run(each, look, depth + 1)

    def _cited(self, child: Element, run: Element, look: Look) -> Iterator[_Piece]:
        if self._notes is None:
            return
        kind = "footnote" if child.tag == W + "footnoteReference" else "endnote"
        own = ""
        if child.get(W + "customMarkFollows") in {"1", "true", "on"}:
            own = marked.typed("".join(each.text or "" for each in run.iter(W + "t"))).strip()
            self._custom = bool(own)
        marker = self._notes.cite(kind, child.get(W + "id", ""), own)
        if marker:
            yield _Piece(inline.sentinel(marker), look, mark=True)


def _chosen(alternatives: Element) -> list[Element]:
    """The one of the alternatives that newer programs show, else the older one."""
    choice = alternatives.find(_MC + "Choice")
    return [
        each for each in (choice if choice is not None else alternatives.find(_MC + "Fallback"),) if each is not None
    ]


def _boxes_in(drawing: Element) -> Iterator[Element]:
    """The text boxes in a drawing, each once: what an alternative repeats for older programs is left out."""
    waiting = [drawing]
    while waiting:
        each = waiting.pop()
        if each.tag == W + "txbxContent":
            yield each
        elif each.tag == _MC + "AlternateContent":
            waiting.extend(reversed(_chosen(each)))
        else:
            waiting.extend(reversed(each))


@cache
def _signs() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("indexer") / "data" / "word_symbols.toml").read_text(encoding="utf-8"))


def _sign(element: Element) -> str:
    """The character that a place in a font of signs stands for, "" where it is only an ornament."""
    place = element.get(W + "char", "").upper().removeprefix("F0")
    font = element.get(W + "font", "")
    table = next((signs for name, signs in _signs().items() if font.startswith(name)), {})
    if place in table:
        return table[place]
    plain = int(place, 16) if 0 < len(place) <= 4 and all(char in "0123456789ABCDEF" for char in place) else 0
    return chr(plain) if not table and plain > 0x20 and not 0xD800 <= plain < 0xF900 else ""


def _united(pieces: list[_Piece]) -> str:
    """The pieces as one text, raised ones that are note marks as sentinels."""
    text = ""
    for (raised, mark), group in groupby(pieces, key=lambda each: (each.look.raised and not each.mark, each.mark)):
        run = "".join(each.text for each in group).translate(_HYPHENS)
        if raised and run.strip() and not mark:
            run = _with_space(run, inline.raised(run.strip(), text))
        text += run
    return text


def _with_space(run: str, marked: str) -> str:
    before = run[: len(run) - len(run.lstrip())]
    return before + marked + run[len(run.rstrip()) :]


def _look(pieces: Iterable[_Piece], otherwise: Look) -> Look:
    """The look of all letters together: bold only where all of them are, the size of the largest."""
    lettered = [each.look for each in pieces if not each.mark and any(char.isalpha() for char in each.text)]
    if not lettered:
        return otherwise
    return Look(
        bold=all(each.bold for each in lettered),
        italic=all(each.italic for each in lettered),
        size=max(each.size for each in lettered),
    )
