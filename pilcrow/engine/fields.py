"""THE table of fields and facets. The schema, the command's options, the facets, the API and the docs all read it.

A field is either *text* (analysed into tokens, searched by words) or *keys* (stable values, filtered and counted). To
add a facet, add a row here with the function that finds its values; nothing else lists the facets.

Keys of a hierarchy are indexed with all their ancestors, so that a parent's count is its distinct paragraphs. A
paragraph without a value has the key ``unknown``.

The values of ``state`` also come *qualified*: ``BLR`` says that Belarus is cited, ``BLR@note`` that it is cited in a
note, ``BLR@speaker`` that it speaks, ``BLR@note@speaker`` both, and ``any@note`` that some State is cited in a note.
``BLR@spoken`` says that it stands in the name of the paragraph's speaker. They are counted only when asked for
(:class:`pilcrow.engine.contract.FacetRequest`), and let "Belarus, in a note" mean one mention that is both. Those of
``cites`` are qualified in a way of their own (:mod:`pilcrow.engine.citing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from pilcrow.engine import citing, dates, gazetteer, symbols
from pilcrow.engine.model import UNKNOWN, AgendaItem, Document, Paragraph, Where

ANY = "any"
"""The key, always qualified, of "some State, whichever"."""

_WHERE_KEYS = {"speaker": "spoken"}
"""How a place is written in keys, where a role has the same name: a State may speak and stand in the text."""

PILLARS = {
    "prosecution": "Prosecution",
    "protection": "Protection",
    "prevention": "Prevention",
    "national": "National cooperation",
    "international": "International cooperation",
}


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One value of a key field: the stable ``key``, what people read, and the key of its parent ("" at the top)."""

    key: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A row of the table.

    ``values`` gives the key values that a paragraph has (ancestors included, "unknown" left out: that is added by
    :func:`key_values`), ``texts`` the strings of a text field, each a field value of its own. ``boost`` weighs a text
    field's score. ``of_document`` says that all paragraphs of a document have the same, ``multiple`` that one paragraph
    may have several values (so that "all of these" makes sense), ``default`` that a word without a field is looked for
    here, ``qualified`` that its values also come qualified: only there does an "@" in a key say so.
    """

    key: str
    label: str
    help: str
    kind: Literal["text", "keys"]
    facet: bool = False
    of_document: bool = False
    depends_on: str = ""
    multiple: bool = False
    hierarchy: bool = False
    qualified: bool = False
    default: bool = False
    boost: float = 1.0
    values: Callable[[Document, Paragraph], Iterable[KeyValue]] | None = None
    texts: Callable[[Document, Paragraph], Iterable[str]] | None = None


def agenda_key(item: AgendaItem) -> str:
    """The key of an agenda item: its session's key, a bar and its number, or the number alone without a session."""
    return f"{item.session}|{item.number}" if item.session else item.number


@lru_cache(maxsize=8192)
def qualify(key: str, *, where: str = "", role: str = "") -> str:
    """``key`` narrowed to mentions that stand ``where`` (text, note, speaker) and have ``role``; "" narrows nothing."""
    return key + "".join(f"@{part}" for part in (_WHERE_KEYS.get(where, where), role) if part)


def _symbol(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    yield KeyValue(document.id, document.title or document.id)


def _any_symbol(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    for symbol in (document.id, *document.symbols):
        yield KeyValue(symbol, symbol)


def _date(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    parent = ""
    for length in (4, 7, 10):
        if len(document.date) >= length:
            key = document.date[:length]
            yield KeyValue(key, dates.label(key), parent)
            parent = key


def _session(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    for session in document.sessions:
        yield KeyValue(session.key, session.label)


def _agenda(document: Document, paragraph: Paragraph) -> Iterator[KeyValue]:
    titles = {agenda_key(item): item.title for item in document.agenda_titles}
    sessions = {session.key: session.label for session in document.sessions}
    for item in paragraph.agenda:
        parent = ""
        if item.session:
            yield KeyValue(item.session, sessions.get(item.session, item.session))
            parent = item.session
        number = ""
        for part in item.number.split():
            number = f"{number} {part}".strip()
            key = agenda_key(AgendaItem(number=number, session=item.session))
            title = (item.title if number == item.number else "") or titles.get(key, "")
            yield KeyValue(key, f"Item {number}: {title}" if title else f"Item {number}", parent)
            parent = key


def _pillar(_: Document, paragraph: Paragraph) -> Iterator[KeyValue]:
    for score in paragraph.pillars:
        yield KeyValue(score.pillar, PILLARS[score.pillar])


def _state(_: Document, paragraph: Paragraph) -> Iterator[KeyValue]:
    for mention in paragraph.states:
        state = gazetteer.state(mention.code)
        role = "" if mention.role == "mentioned" else mention.role
        qualifiers = [("", ""), (mention.where, "")]
        if role:
            qualifiers += [("", role), (mention.where, role)]
        for where, as_role in qualifiers:
            region = qualify(state.region, where=where, role=as_role)
            yield KeyValue(region, gazetteer.region(state.region).label)
            yield KeyValue(qualify(state.code, where=where, role=as_role), state.name, region)
            if where or as_role:
                yield KeyValue(qualify(ANY, where=where, role=as_role), "Any State")


def _cites(_: Document, paragraph: Paragraph) -> Iterator[KeyValue]:
    for reference in paragraph.cites:
        for key, parent in citing.keys(reference):
            yield KeyValue(key, citing.label(key), parent)


def _body(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    if document.body:
        yield KeyValue(document.body, symbols.body_name(document.body))


def _type(document: Document, _: Paragraph) -> Iterator[KeyValue]:
    if document.type:
        yield KeyValue(document.type, symbols.type_name(document.type))


def _language(document: Document, paragraph: Paragraph) -> Iterator[KeyValue]:
    language = paragraph.language or document.language
    if language:
        yield KeyValue(language, LANGUAGES.get(language, language))


LANGUAGES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
}

FIELDS: tuple[Field, ...] = (
    Field(
        key="text",
        label="Text",
        help="the paragraph's own words",
        kind="text",
        default=True,
        texts=lambda _, paragraph: (paragraph.text,),
    ),
    Field(
        key="section",
        label="Section",
        help="the headings above the paragraph",
        kind="text",
        default=True,
        boost=0.5,
        texts=lambda _, paragraph: paragraph.section,
    ),
    Field(
        key="note",
        label="Notes",
        help="the footnotes that the paragraph cites",
        kind="text",
        default=True,
        boost=0.5,
        texts=lambda _, paragraph: tuple(note.text for note in paragraph.notes),
    ),
    Field(
        key="title",
        label="Title",
        help="the document's title",
        kind="text",
        of_document=True,
        texts=lambda document, _: (document.title,) if document.title else (),
    ),
    Field(
        key="session",
        label="Session",
        help="body and session or meeting; matches by key, year or number",
        kind="keys",
        of_document=True,
        facet=True,
        multiple=True,
        values=_session,
    ),
    Field(
        key="state",
        label="Cited State",
        help="a State named in the paragraph or its notes, by any of its names, or that speaks it; or a region",
        kind="keys",
        facet=True,
        multiple=True,
        hierarchy=True,
        qualified=True,
        values=_state,
        depends_on="states",
    ),
    Field(
        key="pillar",
        label="Pillar",
        help="prosecution, protection, prevention, national or international cooperation",
        kind="keys",
        facet=True,
        multiple=True,
        values=_pillar,
        depends_on="pillars",
    ),
    Field(
        key="agenda",
        label="Agenda item",
        help="the agenda item, within its session; 2 includes 2 (b)",
        kind="keys",
        facet=True,
        multiple=True,
        hierarchy=True,
        values=_agenda,
        depends_on="agenda",
    ),
    Field(
        key="date",
        label="Date",
        help="year, month or day, or a range such as [2009-04 TO 2010-10]",
        kind="keys",
        of_document=True,
        facet=True,
        hierarchy=True,
        values=_date,
    ),
    Field(
        key="symbol",
        label="Document",
        help="the document's symbol; a trailing * matches all that begin so",
        kind="keys",
        of_document=True,
        facet=True,
        values=_symbol,
    ),
    Field(
        key="any_symbol",
        label="Any symbol",
        help="every symbol of the document: what symbol: in a query looks at, so that joint symbols are all found",
        kind="keys",
        of_document=True,
        multiple=True,
        values=_any_symbol,
    ),
    Field(
        key="cites",
        label="Cites",
        help="a document that the paragraph or its notes name, or one paragraph of it",
        kind="keys",
        multiple=True,
        hierarchy=True,
        qualified=True,
        values=_cites,
        depends_on="cites",
    ),
    Field(key="body", label="Body", help="the issuing body", kind="keys", of_document=True, facet=True, values=_body),
    Field(
        key="type",
        label="Type",
        help="report, resolution, draft...",
        kind="keys",
        of_document=True,
        facet=True,
        values=_type,
    ),
    Field(
        key="language",
        label="Language",
        help="the language that the text is in",
        kind="keys",
        facet=True,
        values=_language,
        depends_on="language",
    ),
)

BY_KEY = {field.key: field for field in FIELDS}
TEXT_FIELDS = tuple(field for field in FIELDS if field.kind == "text")
DEFAULT_FIELDS = tuple(field for field in TEXT_FIELDS if field.default)
KEY_FIELDS = tuple(field for field in FIELDS if field.kind == "keys")
FACETS = tuple(field for field in FIELDS if field.facet)

SCHEMA_VERSION = 5
"""Raised with every change of this table that an index built before it cannot serve."""


def is_qualified(field: Field, key: str) -> bool:
    """Whether ``key`` of ``field`` only narrows another one ("BLR@note"); a document's "A/RES/78/228@fr" does not."""
    return field.qualified and "@" in key


def key_values(field: Field, document: Document, paragraph: Paragraph) -> tuple[KeyValue, ...]:
    """The distinct values of a key field that the paragraph has, ancestors included; "unknown" where it has none.

    For ``state``, "unknown" is qualified too: ``unknown@note`` says that no State is cited in a note. A paragraph that
    cites no document has "unknown" for ``cites``, so that those that cite any can be asked for.
    """
    if field.values is None:
        raise ValueError(f"{field.key} is not a field of keys")
    found = {value.key: value for value in field.values(document, paragraph)}
    if field.key == "state":
        for where in get_args(Where):
            if qualify(ANY, where=where) not in found:
                found[qualify(UNKNOWN, where=where)] = KeyValue(qualify(UNKNOWN, where=where), "Unknown")
    if all(is_qualified(field, key) for key in found):
        found[UNKNOWN] = KeyValue(UNKNOWN, "Unknown")
    return tuple(found.values())


def text_values(field: Field, document: Document, paragraph: Paragraph) -> tuple[str, ...]:
    """The strings of a text field, each one field value that a phrase may lie within."""
    if field.texts is None:
        raise ValueError(f"{field.key} is not a field of text")
    return tuple(field.texts(document, paragraph))
