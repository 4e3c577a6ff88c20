"""A file -> a parsed document: the steps of reading, in the order in which each needs the one before.

reader -> segments -> masthead -> catalogue -> agenda, States, pillars, citations -> anchors. Every step is a function
of values to values; only :func:`parse_file` touches the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer import language, masthead, roles
from indexer.agenda import Agenda
from indexer.agreement import disagreements
from indexer.anchors import anchors, slug
from indexer.blocks import Block
from indexer.catalogue import Catalogue, Entry
from indexer.pillars import find_pillars, subject
from indexer.readers import read_bytes, read_file
from indexer.segment import Segmented, Unit, segment
from indexer.states import codes, find_states
from pilcrow.engine import references, symbols
from pilcrow.engine.model import (
    PROVISIONAL,
    VERSION,
    Document,
    Paragraph,
    ParsedDocument,
    Reference,
    Related,
    Session,
    StateMention,
)

LONGEST_PROVISIONAL = 120

SHORTEST_TOLD = 120
"""Characters of a paragraph whose language can be told: an annex is often in another than its letter."""

SPOKEN = frozenset({"verbatim record", "summary record"})
"""The types of document whose paragraphs are spoken by somebody."""


def parse_file(path: Path, catalogue: Catalogue | None = None) -> ParsedDocument:
    """The document in the file ``path``, with the catalogue's word over its own.

    Raises :class:`pilcrow.engine.errors.ReadingError` where the file cannot be read as a document.
    """
    data, blocks = read_file(path)
    return _parsed(blocks, data=data, path=path, entry=(catalogue or Catalogue()).entry(path.name))


def parse_bytes(data: bytes, path: Path, catalogue: Catalogue | None = None) -> ParsedDocument:
    """The document in ``data``, as if it stood in the file ``path``, which is not opened."""
    return _parsed(read_bytes(data, path), data=data, path=path, entry=(catalogue or Catalogue()).entry(path.name))


def _parsed(blocks: Sequence[Block], *, data: bytes, path: Path, entry: Entry) -> ParsedDocument:
    unread = tuple(block.page for block in blocks if block.kind == "unread" and block.page is not None)
    blocks = [block for block in blocks if block.kind != "unread"]
    cut = segment(blocks)
    found = masthead.read(cut.front, blocks)
    document = _document(found, cut.units, path=path, entry=entry)
    document = replace(document, sha256=hashlib.sha256(data).hexdigest(), unread=unread)
    session = document.sessions[0].key if document.sessions else ""
    document = replace(
        document, agenda=tuple(replace(item, session=item.session or session) for item in document.agenda)
    )
    agenda = Agenda(cut.units, of_document=document.agenda, session=session, is_agenda=document.type == "agenda")
    document = replace(document, agenda_titles=agenda.titles)
    return ParsedDocument(document=document, paragraphs=tuple(_paragraphs(cut, document, agenda)))


def _document(found: masthead.Masthead, units: Sequence[Unit], *, path: Path, entry: Entry) -> Document:
    """What the masthead says, with the catalogue's fields put over it."""
    said = dict(entry.fields)
    named = tuple(said.get("symbols", found.symbols))
    body = said.get("body") or (symbols.parse(named[0]).body if named else "") or found.body
    document = Document(
        id="",
        symbols=named,
        title=found.title,
        date=found.date,
        date_kind=found.date_kind,
        adopted=found.adopted,
        body=body,
        sessions=_sessions(found, body, named),
        agenda=tuple(found.agenda),
        type=found.type,
        language=language.detect(" ".join(unit.text for unit in units)) or found.language,
        original_language=found.original_language,
        place=found.place,
        reissued=found.reissued,
        relations=tuple(_relations(named)),
        disagreements=disagreements(found, named),
        path=path.name,
    )
    document = replace(document, **{key: value for key, value in said.items() if key != "symbols"})
    return replace(document, id=_identifier(document, path), catalogued=tuple(sorted(said)))


def _identifier(document: Document, path: Path) -> str:
    """The symbol, with the language where that is known and not English; a provisional identifier where there is none.

    Language versions are documents of their own, and what one is called does not depend on which others are there.
    """
    if not document.symbols:
        return PROVISIONAL + slug_of_path(path)
    version = f"{VERSION}{document.language}" if document.language not in ("", "en") else ""
    return document.symbols[0] + version


def _sessions(found: masthead.Masthead, body: str, named: tuple[str, ...]) -> tuple[Session, ...]:
    known = replace(found, symbols=list(named))
    return masthead.sessions(known, body)


def _relations(named: Sequence[str]) -> Iterator[Related]:
    for name in named:
        symbol = symbols.parse(name)
        if symbol.relation:
            yield Related(symbol=symbol.amends, relation=symbol.relation)


def slug_of_path(path: Path) -> str:
    """A file's stem as the slug of a provisional identifier."""
    words = slug(path.stem, LONGEST_PROVISIONAL)
    whole = len(words) >= len(path.stem) or len(path.stem) < LONGEST_PROVISIONAL
    return words if whole else f"{words}-{hashlib.sha256(path.stem.encode(errors='surrogatepass')).hexdigest()[:6]}"


def _paragraphs(cut: Segmented, document: Document, agenda: Agenda) -> Iterator[Paragraph]:
    topic = _topic(cut.units, document)
    for ordinal, (unit, anchor) in enumerate(zip(cut.units, anchors(cut.units), strict=True), start=1):
        tongue = _language(unit, document)
        yield Paragraph(
            id=f"{document.id}#{anchor}",
            document=document.id,
            ordinal=ordinal,
            text=unit.text,
            marker=unit.marker,
            parents=unit.parents,
            section=unit.section,
            page=unit.page,
            language=tongue,
            row=bool(unit.cells),
            notes=unit.notes,
            speaker=unit.speaker if document.type in SPOKEN else "",
            states=_states(unit, tongue, spoken=document.type in SPOKEN),
            agenda=agenda.of(ordinal - 1, unit),
            pillars=find_pillars(unit.text, unit.section, unit.chapeau, topic=topic),
            cites=_cites(unit, document),
        )


def _language(unit: Unit, document: Document) -> str:
    """The language of a paragraph: its own where it is prose, and long enough to tell, else the document's."""
    own = language.detect(unit.text) if len(unit.text) >= SHORTEST_TOLD and not unit.cells else ""
    return own or document.language


def _topic(units: Sequence[Unit], document: Document) -> str:
    """What the document is about, for cues that mean a pillar only there: its title, its body, its items' titles."""
    titles = [item.title for item in document.agenda]
    said = " ".join([document.title, symbols.body_name(document.body), *titles])
    return f"{said} {subject(unit.text for unit in units)}".strip()


def _states(unit: Unit, tongue: str, *, spoken: bool) -> tuple[StateMention, ...]:
    in_text = roles.assign(unit.text, find_states(unit.text, language=tongue))
    named = {mention.code for mention in in_text if mention.role == "speaker"}
    speaking = (
        replace(mention, where="speaker", role="speaker")
        for mention in (find_states(unit.speaker, language=tongue) if spoken else ())
        if mention.code not in named
    )
    in_notes = (
        mention
        for note in unit.notes
        for mention in roles.assign_in_note(
            unit.text, note.text, find_states(note.text, where="note", note=note.marker, language=tongue)
        )
    )
    return (*in_text, *in_notes, *speaking)


def _cites(unit: Unit, document: Document) -> tuple[Reference, ...]:
    organ = document.body
    notes = (
        reference
        for note in unit.notes
        for reference in references.find(note.text, organ=organ, where="note", note=note.marker)
    )
    return (*references.find(unit.text, organ=organ), *notes)


@dataclass(frozen=True, slots=True)
class Ends:
    """How many words of a paragraph's beginning and end stand in the JSON lines, as in the gold."""

    start: int = 8
    end: int = 5


def as_lines(parsed: ParsedDocument, ends: Ends | None = None) -> Iterator[dict[str, Any]]:
    """The records of ``pilcrow parse``: the document's, then each paragraph's, ready to be written as JSON lines."""
    document = parsed.document
    yield {"record": "document", **_plain_document(document)}
    for paragraph in parsed.paragraphs:
        yield {"record": "paragraph", **_plain_paragraph(paragraph, document, ends or Ends())}


def _plain_document(document: Document) -> dict[str, Any]:
    return {
        "doc": document.path,
        "id": document.id,
        "symbols": list(document.symbols),
        "title": document.title,
        "date": document.date,
        "date_kind": document.date_kind,
        "adopted": document.adopted,
        "body": document.body,
        "sessions": [
            {"key": s.key, "label": s.label, "body": s.body, "number": s.number, "start": s.start, "end": s.end}
            for s in document.sessions
        ],
        "agenda": [item.number for item in document.agenda],
        "agenda_titles": {item.number: item.title for item in document.agenda_titles},
        "type": document.type,
        "language": document.language,
        "original_language": document.original_language,
        "place": document.place,
        "reissued": document.reissued,
        "relations": [{"symbol": each.symbol, "relation": each.relation} for each in document.relations],
        "sha256": document.sha256,
        "unread": list(document.unread),
        "disagreements": list(document.disagreements),
        "catalogued": list(document.catalogued),
    }


def _plain_paragraph(paragraph: Paragraph, document: Document, ends: Ends) -> dict[str, Any]:
    words = paragraph.text.split()
    return {
        "doc": document.path,
        "n": paragraph.ordinal,
        "marker": paragraph.marker,
        "parent": list(paragraph.parents),
        "section": list(paragraph.section),
        "start": " ".join(words[: ends.start]),
        "end": " ".join(words[-ends.end :]),
        "notes": [note.marker for note in paragraph.notes],
        "states": list(codes(mention for mention in paragraph.states if mention.where == "text")),
        "note_states": list(codes(mention for mention in paragraph.states if mention.where == "note")),
        "agenda": [item.number for item in paragraph.agenda],
        "pillars": [score.pillar for score in paragraph.pillars],
        "id": paragraph.id,
        "page": paragraph.page,
        "speaker": paragraph.speaker,
        "language": paragraph.language,
        "text": paragraph.text,
        "note_texts": {note.marker: note.text for note in paragraph.notes},
        "cites": [
            {"symbol": each.symbol, "paragraphs": list(each.paragraphs), "in": each.where} for each in paragraph.cites
        ],
    }
