"""The body of a DOCX file -> blocks in reading order: paragraphs, tables, text boxes, each note below what cites it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.blocks import Block
from indexer.front_lines import DISTRIBUTION
from indexer.readers import inline, marked
from indexer.readers.docx import drafts
from indexer.readers.docx.drafts import Draft
from indexer.readers.docx.notes import Definition, Notes
from indexer.readers.docx.numbering import Numbering
from indexer.readers.docx.package import Element, Package, R, W
from indexer.readers.docx.runs import Runs
from indexer.readers.docx.styles import Look, Shape, Styles, is_on
from indexer.readers.docx.tables import Row, is_box, rows_of
from indexer.readers.lines import SYMBOL_LINE
from pilcrow.engine.errors import ReadingError

DEEPEST = 40
"""Tables, boxes and controls inside one another; no document has more than a handful."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_AROUND = frozenset({W + "ins", W + "moveTo", W + "customXml", W + "smartTag", W + "sdtContent", _MC + "Choice"})
_CONTENTS_GALLERY = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"


class Body:
    """Reads the main part of a package; :meth:`blocks` gives what it holds."""

    def __init__(self, package: Package, root: Element) -> None:
        self._package, self._root = package, root
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        parts = {"footnote": package.related("footnotes"), "endnote": package.related("endnotes")}
        self._notes = Notes(parts, package.related("settings"))
        self._runs = Runs(self._styles, self._notes)
        self._sections = list(root.iter(W + "sectPr"))
        self._section = 0
        self._out: list[Draft] = []
        self._held = ""

    def blocks(self) -> list[Block]:
        """The blocks of the document, the masthead in the first page's header before them."""
        body = self._root.find(W + "body")
        self._out.extend(self._masthead())
        self._notes.begin_section(self._sections[0] if self._sections else None)
        for child in body if body is not None else ():
            self._take(child, 0)
        return marked.with_strokes(drafts.finished(self._out))

    # what stands in the body ------------------------------------------------------------------------------------

    def _take(self, element: Element, depth: int) -> None:
        if depth > DEEPEST:
            reason = f"its tables or boxes are nested more than {DEEPEST} deep, so it is damaged"
            raise ReadingError(self._package.path, reason, "open it in a word processor and save it anew")
        if element.tag == W + "p":
            self._paragraph(element, depth)
        elif element.tag == W + "tbl":
            self._table(element, depth)
        elif element.tag == W + "sdt":
            gallery = element.find(_CONTENTS_GALLERY)
            content = element.find(W + "sdtContent")
            if content is not None and (gallery is None or gallery.get(W + "val") != "Table of Contents"):
                self._all(content, depth + 1)
        elif element.tag == _MC + "AlternateContent":
            self._all([each for each in element if each.tag == _MC + "Choice"][:1] or element, depth + 1)
        elif element.tag in _AROUND:
            self._all(element, depth + 1)
        elif element.tag == W + "altChunk":
            reason = "it holds another file as a part that is not yet joined with it"
            raise ReadingError(self._package.path, reason, "open it in a word processor and save it as DOCX again")

    def _all(self, elements: Sequence[Element] | Element, depth: int) -> None:
        for each in elements:
            self._take(each, depth)

    def _paragraph(self, element: Element, depth: int) -> None:
        properties = element.find(W + "pPr")
        shape = self._styles.shape(properties)
        text = self._runs.text_of(element, self._styles.paragraph_look(shape.style))
        style = self._styles.name(shape.style)
        typed, self._held = self._held + text.marked, ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._held = typed  # its end was deleted, so that it goes on in the next one
        elif not (text.contents or style.startswith("toc ")):
            visible = bool(inline.extract(marked.plain(typed))[0])
            label = self._label(shape, properties) if visible else ("", shape)
            note = marked.definition(typed)
            found = Draft(note) if note else drafts.paragraph(typed, label[0], text.look, label[1], style)
            self._out.extend([found] if found is not None else [])
        self._out.extend(self._defined())
        for box in text.boxes:
            self._all(box, depth + 1)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._section += 1
            following = self._sections[self._section] if self._section < len(self._sections) else None
            self._notes.begin_section(following)

    def _label(self, shape: Shape, properties: Element | None) -> tuple[str, Shape]:
        """The label that the paragraph's list gives it, and its shape with the list's indent."""
        return self._numbering.label(shape), self._set_in(shape, properties)

    def _set_in(self, shape: Shape, properties: Element | None) -> Shape:
        own = properties.find(W + "ind") if properties is not None else None
        listed = self._numbering.indent(shape)
        said = own is not None and (own.get(W + "left") or own.get(W + "start"))
        return shape if listed is None or said else replace(shape, left=listed)

    def _defined(self) -> Iterator[Draft]:
        for each in self._notes.take():
            yield self._definition(each)

    def _definition(self, note: Definition) -> Draft:
        reader = Runs(self._styles, None)
        look = self._styles.paragraph_look(None)
        texts = [reader.text_of(each, look).marked for each in note.element.iter(W + "p")]
        text = marked.plain(" ".join(texts))
        raised = inline.DEFINITION.match(text)
        if raised:
            text = text[raised.end() :]
        elif note.typed:
            text = text.removeprefix(note.marker)
        return Draft(marked.note(note.marker, text))

    # tables -----------------------------------------------------------------------------------------------------

    def _table(self, element: Element, depth: int) -> None:
        rows = rows_of(element)
        if is_box(rows) or self._is_masthead(rows) or _holds_tables(rows):
            for row in rows:
                for cell in row.cells:
                    self._all(cell.element, depth + 1)
            return
        header = _header_rows([row.header for row in rows], [self._is_empty(row) for row in rows])
        read = [self._cells(row) for row in rows]
        if not header and len(rows) > 1 and _stands_out([look for _, look in read]):
            header = 1
        if header:
            columns = zip(*_wide(read[:header]), strict=True)
            self._out.append(Draft(marked.row([_above(column) for column in columns], level=1)))
        for at, (texts, _) in enumerate(read):
            self._out.extend(map(Draft, marked.row_or_notes(texts)) if at >= header else ())
        self._out.extend(self._defined())

    def _cells(self, row: Row) -> tuple[list[str], list[Look]]:
        """The marked texts of a row's columns (those that a cell spans beyond its first are empty), and their looks."""
        texts = [""] * row.skipped
        looks = []
        for cell in row.cells:
            parts = []
            for paragraph in cell.element.iter(W + "p"):
                shape = self._styles.shape(paragraph.find(W + "pPr"))
                text = self._runs.text_of(paragraph, self._styles.paragraph_look(shape.style))
                visible = marked.plain(text.marked)
                if visible:
                    parts.append(f"{self._numbering.label(shape)} {visible}".strip())
                    looks.append(text.look)
            texts += ["" if cell.continued else " ".join(parts), *[""] * (cell.span - 1)]
        return texts, looks

    def _is_empty(self, row: Row) -> bool:
        return not any((each.text or "").strip() for cell in row.cells for each in cell.element.iter(W + "t"))

    def _is_masthead(self, rows: Sequence[Row]) -> bool:
        """Whether a table near the beginning sets the masthead: it has the symbol or the distribution."""
        if len(self._out) > marked.FRONT or len(rows) > marked.FRONT:
            return False
        return marked.is_masthead(["".join(t.text or "" for t in p.iter(W + "t")).strip() for p in _paragraphs(rows)])

    # the first page's header ------------------------------------------------------------------------------------

    def _masthead(self) -> list[Draft]:
        """The paragraphs of the first page's header: the masthead, or just a symbol that runs on every page."""
        if not self._sections:
            return []
        section = self._sections[0]
        first = bool(is_on(section, "titlePg"))
        kind = "first" if first else "default"
        names = [e.get(R + "id", "") for e in section.findall(W + "headerReference") if e.get(W + "type") == kind]
        relation = self._package.relations.get(names[0]) if names else None
        root = self._package.part(relation.target) if relation else None
        if root is None:
            return []
        lines = [self._runs.text_of(each, self._styles.paragraph_look(None)).marked for each in root.iter(W + "p")]
        plain = [drafts.paragraph(line, "", Look(), Shape(), "") for line in lines]
        found = list({each.block.text: each for each in plain if each is not None}.values())
        printed = first or any(DISTRIBUTION.match(each.block.text) for each in found)
        return [each for each in found if printed or SYMBOL_LINE.match(each.block.text)]


def read(package: Package) -> list[Block]:
    """The blocks of the main part of ``package``. Raises :class:`ReadingError`."""
    root = package.part(package.main)
    if root is None:
        reason = f"it has no part {package.main}, so it is no DOCX document, or a damaged one"
        raise ReadingError(package.path, reason, "open it in a word processor and save it as DOCX again")
    return Body(package, root).blocks()


def _paragraphs(rows: Sequence[Row]) -> Iterator[Element]:
    for row in rows:
        for cell in row.cells:
            yield from cell.element.iter(W + "p")


def _holds_tables(rows: Sequence[Row]) -> bool:
    """Whether a table's cells hold tables, so that it only sets them side by side."""
    return any(cell.element.find(f".//{W}tbl") is not None for row in rows for cell in row.cells)


def _header_rows(marked: Sequence[bool], empty: Sequence[bool]) -> int:
    """How many rows are the header: those marked so, up to an empty one, which is a rule; not the whole table."""
    count = 0
    while count < len(marked) and marked[count] and not empty[count]:
        count += 1
    return count if count < len(marked) else min(count, 1) if len(marked) > 1 else 0


def _stands_out(rows: Sequence[Sequence[Look]]) -> bool:
    """Whether the first row alone is all in bold or all in italics, as a header is that no property marks."""
    first, others = rows[0], [look for row in rows[1:] for look in row]
    bold = all(look.bold for look in first) and not all(look.bold for look in others)
    italic = all(look.italic for look in first) and not all(look.italic for look in others)
    return len(first) > 1 and (bold or italic)


def _wide(rows: Sequence[tuple[list[str], list[Look]]]) -> list[list[str]]:
    widest = max(len(texts) for texts, _ in rows)
    return [texts + [""] * (widest - len(texts)) for texts, _ in rows]


def _above(column: Sequence[str]) -> str:
    return " ".join(text for text in column if text)
