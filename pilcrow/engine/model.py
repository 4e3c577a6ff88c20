"""Documents and paragraphs: the only shapes that cross from room to room.

All are frozen: a change gives a new value (``dataclasses.replace``). What a document does not say, and the catalogue
does not give, is empty (``""``, ``()`` or ``None``) and never guessed; "unknown" is how an empty value is shown.

Offsets (``start``, ``end``, ``at``) count Python characters (code points) in the string they refer to, half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

UNKNOWN = "unknown"
"""The facet key of "this paragraph has no value here"; no real value may have it."""

PROVISIONAL = "prov:"
"""What the identifier of a document without a symbol begins with; the rest is a slug of its file name."""

VERSION = "@"
"""What parts symbol and language in the identifier of a version that is not in English: ``A/RES/78/228@fr``."""

DateKind = Literal["distribution", "adoption", "meeting", ""]
Where = Literal["text", "note", "speaker"]
Role = Literal["mentioned", "sponsor", "speaker", "in favour", "against", "abstaining"]
PillarKey = Literal["prosecution", "protection", "prevention", "national", "international"]
Relation = Literal["addendum", "corrigendum", "revision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session or meeting of one body.

    ``key`` is stable and made of the body and the number, or else the first day: ``A/78``, ``CTOC/COP/5``,
    ``CTOC/COP/WG.4/2013-11-06``. ``start`` and ``end`` are ISO dates of any precision, "" where not known.
    """

    key: str
    label: str
    body: str = ""
    number: int | None = None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An agenda item, which means nothing without its session: ``number`` as printed ("2 (b)"), ``session`` its key."""

    number: str
    session: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote, with the paragraph that cites it.

    ``marker`` is the printed marker in plain digits or signs ("12", "*"); ``at`` is the offset in the paragraph's
    text where the marker stood (the marker itself is not in the text).
    """

    marker: str
    text: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMention:
    """A State named in a paragraph: ISO 3166-1 alpha-3 ``code`` and the characters that name it.

    ``where`` says which string ``start`` and ``end`` count in: the paragraph's text, the text of the note whose
    marker is ``note``, or the paragraph's ``speaker``, whose State need not be named in the text.
    """

    code: str
    start: int
    end: int
    where: Where = "text"
    note: str = ""
    role: Role = "mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Why a pillar was chosen: a phrase that was found, what it weighs, and where it stood ("text" or "heading")."""

    phrase: str
    weight: float
    where: Literal["text", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarScore:
    """A pillar that a paragraph is about, its score (at or above the threshold) and the cues that decided."""

    pillar: PillarKey
    score: float
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A symbol named in a paragraph, and the paragraphs of it that are named with it ("46", "47", "12 (a)")."""

    symbol: str
    start: int
    end: int
    paragraphs: tuple[str, ...] = ()
    where: Where = "text"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another document that this one amends: ``symbol`` and how."""

    symbol: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A UN document as it says of itself, with the catalogue's word over it.

    ``id`` is the primary (first) symbol, with its language where that is not English (see ``VERSION``), or a
    provisional identifier (see ``PROVISIONAL``). ``date`` is ISO of year, month or day precision: when the
    document was distributed, where it says so, else when it was adopted or its meeting was held, as ``date_kind``
    says; ``adopted`` is the day on which a resolution was adopted. ``body`` is a key of the table of bodies (a
    symbol's prefix such as ``CTOC/COP/WG.4``), ``type`` one of the table of types. ``agenda`` are the items that
    hold for the whole document; ``agenda_titles`` every item whose title the document gives. ``unread`` are the
    pages of the file that are pictures without text, ``disagreements`` what the masthead says otherwise than the
    symbol, which is believed. ``catalogued`` names the fields that came from the catalogue.
    """

    id: str
    symbols: tuple[str, ...] = ()
    title: str = ""
    date: str = ""
    date_kind: DateKind = ""
    adopted: str = ""
    body: str = ""
    sessions: tuple[Session, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    agenda_titles: tuple[AgendaItem, ...] = ()
    type: str = ""
    language: str = ""
    original_language: str = ""
    place: str = ""
    reissued: bool = False
    relations: tuple[Related, ...] = ()
    path: str = ""
    sha256: str = ""
    unread: tuple[int, ...] = ()
    disagreements: tuple[str, ...] = ()
    catalogued: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the document has no symbol, so that its identifier is Pilcrow's own."""
        return self.id.startswith(PROVISIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The unit that people cite.

    ``id`` is ``DOCUMENT#ANCHOR`` and stable; ``ordinal`` counts from 1 in document order; ``parents`` are the markers
    of the numbered ancestors, outermost first; ``section`` the headings above, outermost first. ``text`` has no
    layout in it: no own marker, note marker, heading, page number or line break. ``page`` is the page of the file on
    which it begins, from 1, None where the format has no pages. ``speaker`` is who speaks it in a meeting's record, as
    printed ("Mr. Kimani (Kenya)"), also where an earlier paragraph of the speech said so. ``row`` says that it is a
    table's row: its text is its cells', in order.
    """

    id: str
    document: str
    ordinal: int
    text: str
    marker: str = ""
    parents: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    page: int | None = None
    language: str = ""
    speaker: str = ""
    row: bool = False
    notes: tuple[Note, ...] = ()
    states: tuple[StateMention, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    pillars: tuple[PillarScore, ...] = ()
    cites: tuple[Reference, ...] = ()

    @property
    def anchor(self) -> str:
        """The part of the id after "#", which is the fragment on the document's page."""
        return self.id.partition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """A document and its paragraphs, in order: what the indexer makes of a file, and what a writer takes."""

    document: Document
    paragraphs: tuple[Paragraph, ...]


def to_json(value: ParsedDocument | Paragraph) -> bytes:
    """``value`` as compact JSON in UTF-8; :func:`parsed_from_json` and :func:`paragraph_from_json` read it back."""
    return msgspec.json.encode(value)


def parsed_from_json(data: bytes) -> ParsedDocument:
    """The parsed document that :func:`to_json` wrote; raises ``msgspec.ValidationError`` on any other shape."""
    return msgspec.json.decode(data, type=ParsedDocument)


def paragraph_from_json(data: bytes | str) -> Paragraph:
    """The paragraph that :func:`to_json` wrote."""
    return msgspec.json.decode(data, type=Paragraph)
