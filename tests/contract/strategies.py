"""Small corpora, queries and filters for property tests, in which words, keys and dates collide often.

Use :func:`corpora` for documents, :func:`queries` for trees over the same words, :func:`filters` and :func:`plans` for
what an engine is asked. Other suites (the search room's, other engines') take them from here too.
"""

from __future__ import annotations

from hypothesis import strategies as st

from pilcrow.engine.contract import Axis, CrossPlan, FacetRequest, Filter, SearchPlan
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import (
    AgendaItem,
    Document,
    Note,
    Paragraph,
    ParsedDocument,
    PillarScore,
    Reference,
    Session,
    StateMention,
)
from pilcrow.engine.query import (
    And,
    AtLeast,
    Everything,
    Exact,
    Fuzzy,
    Lift,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
)

WORDS = (
    *("victim", "victims", "victimes", "protect", "protection", "protecting", "organ", "organization", "organisation"),
    *("organise", "labour", "labor", "child", "children", "64", "293", "un", "gift", "usa", "the", "of", "cote"),
)
"""Folded words that stem alike, differ by a letter or two, and repeat."""

ALIKE = ("victim", "victims", "victimes")
"""Words of one English stem, for phrases and near words that must tell them apart where nothing is stemmed."""

PRINTED = (*WORDS, *ALIKE, *ALIKE, "Victim's", "UN.GIFT", "64/293", "Côte", "U.S.A.", "the", "—", "(of)")
STATES = ("FRA", "DEU", "KEN", "JPN")
REGIONS = ("150", "404", "002", "142")
PILLARS = ("prosecution", "protection", "prevention", "national", "international")
AGENDA = ("1", "2", "2 (b)", "2 (a)")
SESSIONS = tuple(
    Session(key=key, label=f"Session {key}", body="CTOC/COP") for key in ("CTOC/COP/5", "CTOC/COP/WG.4/2013-11-06")
)
DATES = ("", "2009", "2010", "2010-01", "2010-02", "2010-02-28", "2010-03-01", "2012-02-29", "2013-11-26")
BODIES, TYPES, LANGUAGES = ("", "CTOC/COP", "A"), ("", "report", "resolution"), ("", "en", "fr")
QUALIFIERS = ("", "@note", "@text", "@speaker", "@note@speaker", "@spoken", "@spoken@speaker")
CITED = ("A/1", "A/2", "S/1")


def texts(most: int = 9) -> st.SearchStrategy[str]:
    """A few printed words, perhaps none."""
    return st.lists(st.sampled_from(PRINTED), max_size=most).map(" ".join)


@st.composite
def mentions(draw: st.DrawFn) -> StateMention:
    """A State named in text or note or with the speaker, in some role."""
    where = draw(st.sampled_from(["text", "note", "speaker"]))
    role = draw(st.sampled_from(["mentioned", "mentioned", "speaker", "sponsor"]))
    return StateMention(code=draw(st.sampled_from(STATES)), start=0, end=1, where=where, role=role)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """A document cited, perhaps with paragraphs of it."""
    places = draw(st.lists(st.sampled_from(["1", "2", "2 (a)"]), max_size=2, unique=True))
    return Reference(symbol=draw(st.sampled_from(CITED)), start=0, end=1, paragraphs=tuple(places))


@st.composite
def paragraphs(draw: st.DrawFn, document: str, ordinal: int, sessions: tuple[Session, ...]) -> Paragraph:
    """A paragraph of ``document``, with headings, notes, States, pillars, citations, and agenda items."""
    notes = draw(st.lists(texts(5), max_size=2))
    items = st.builds(
        AgendaItem, number=st.sampled_from(AGENDA), session=st.sampled_from(["", *[each.key for each in sessions]])
    )
    return Paragraph(
        id=f"{document}#p{ordinal}",
        document=document,
        ordinal=ordinal,
        text=draw(texts()),
        section=tuple(draw(st.lists(texts(3), max_size=2))),
        language=draw(st.sampled_from(["", "", "fr"])),
        notes=tuple(Note(marker=str(n), text=text, at=0) for n, text in enumerate(notes, start=1)),
        states=tuple(draw(st.lists(mentions(), max_size=3))),
        agenda=tuple(draw(st.lists(items, max_size=2, unique=True))),
        pillars=tuple(
            PillarScore(pillar=pillar, score=1.0)
            for pillar in draw(st.lists(st.sampled_from(PILLARS), max_size=2, unique=True))
        ),
        cites=tuple(draw(st.lists(references(), max_size=2))),
    )


@st.composite
def documents(draw: st.DrawFn, number: int) -> ParsedDocument:
    """A document, perhaps a version in another language, perhaps with a joint symbol.

    It may be without date, body, type, session or paragraphs.
    """
    ident = draw(st.sampled_from([f"A/{number}", f"A/{number}", f"A/{number}@fr"]))
    sessions = tuple(draw(st.lists(st.sampled_from(SESSIONS), max_size=2, unique_by=lambda each: each.key)))
    document = Document(
        id=ident,
        symbols=draw(st.sampled_from([(ident,), (ident, f"S/{number}"), ()])),
        title=draw(texts(4)),
        date=draw(st.sampled_from(DATES)),
        body=draw(st.sampled_from(BODIES)),
        type=draw(st.sampled_from(TYPES)),
        language=draw(st.sampled_from(LANGUAGES)),
        sessions=sessions,
        agenda_titles=tuple(AgendaItem(number="2", session=each.key, title="Organ") for each in sessions),
    )
    count = draw(st.integers(0, 4))
    return ParsedDocument(
        document=document,
        paragraphs=tuple(draw(paragraphs(ident, ordinal, sessions)) for ordinal in range(1, count + 1)),
    )


@st.composite
def corpora(draw: st.DrawFn) -> tuple[ParsedDocument, ...]:
    """Up to five documents in natural order of their symbols."""
    return tuple(draw(documents(number)) for number in range(1, draw(st.integers(0, 5)) + 1))


def _words(least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    one_kind = st.lists(st.sampled_from(ALIKE), min_size=least, max_size=most)
    return st.one_of(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most), one_kind).map(tuple)


TEXT_FIELD = st.sampled_from(["", "", "", "text", "section", "note", "title"])
_PATTERNS = ["*", "pro*", "*ion", "vict?m*", "?r*", "l*b*r", "zzz", "[a]*", "1?0", "2"]
_STARTS = ["", "v", "vict", "org", "2", "a/", "ctoc", "un", "z", "fra@", "any"]
_KEY_FIELD = [
    "state",
    "pillar",
    "agenda",
    "session",
    "symbol",
    "any_symbol",
    "date",
    "type",
    "body",
    "language",
    "cites",
]


def values() -> st.SearchStrategy[Value]:
    """A value of a key field that corpora may have: parents, qualified keys, unknown, and some that none has."""
    sessions = [each.key for each in SESSIONS]
    keys = {
        "state": [*STATES, *REGIONS, "unknown", "BRA"]
        + [key + q for key in ("FRA", "KEN", "any", "150", "unknown") for q in QUALIFIERS[1:]],
        "pillar": [*PILLARS, "unknown"],
        "agenda": [*AGENDA, *sessions, f"{sessions[0]}|2", f"{sessions[1]}|2 (b)", "unknown"],
        "date": ["2009", "2010", "2010-02", "2010-02-28", "2013-11", "unknown"],
        "symbol": ["A/1", "A/2", "A/9", "A/1@fr"],
        "any_symbol": ["S/1", "A/1", "S/3"],
        "cites": ["A/1", "A/1@whole", "A/1@part", "A/1#p2", "A/1#p2.a", "S/1", "A/9", "unknown"],
        "session": [*sessions, "unknown"],
        "body": ["CTOC/COP", "A", "unknown"],
        "type": ["report", "resolution", "unknown"],
        "language": ["en", "fr", "unknown"],
    }
    return st.sampled_from([Value(field, key) for field, found in keys.items() for key in found])


def ranges() -> st.SearchStrategy[Range]:
    """A range of dates of any precision, perhaps open, perhaps upside down."""
    return st.builds(Range, st.just("date"), st.sampled_from(DATES), st.sampled_from(DATES))


def leaves() -> st.SearchStrategy[Query]:
    """A node of every kind that has no children."""
    word = st.sampled_from(WORDS)
    return st.one_of(
        st.just(Everything()),
        st.builds(Term, word, TEXT_FIELD),
        st.builds(Term, word, TEXT_FIELD),
        st.builds(Exact, _words(1, 3), TEXT_FIELD),
        st.builds(Phrase, _words(1, 3), TEXT_FIELD),
        st.builds(Near, _words(1, 3), st.integers(0, 5), TEXT_FIELD),
        st.builds(Prefix, st.sampled_from(_STARTS), TEXT_FIELD),
        st.builds(Prefix, st.sampled_from(_STARTS), st.sampled_from(_KEY_FIELD)),
        st.builds(Wildcard, st.sampled_from(_PATTERNS), TEXT_FIELD),
        st.builds(Wildcard, st.sampled_from(_PATTERNS), st.sampled_from(_KEY_FIELD)),
        st.builds(Fuzzy, st.sampled_from([*WORDS, "vcitim", "protetc", "lbaor"]), st.integers(1, 2), TEXT_FIELD),
        values(),
        ranges(),
    )


def queries() -> st.SearchStrategy[Query]:
    """A tree of all kinds of nodes, some of them deep."""

    def above(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        several = st.lists(children, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            st.builds(And, several),
            st.builds(Or, several),
            st.builds(Not, children),
            st.builds(Lift, children, several, st.sampled_from([0.25, 1.5])),
            several.flatmap(lambda found: st.builds(AtLeast, st.just(found), st.integers(1, len(found) + 1))),
        )

    return st.recursive(leaves(), above, max_leaves=6)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """A filter of one facet: values (or ranges, for the date), included and excluded, perhaps all of them."""
    field = draw(
        st.one_of(st.sampled_from(["state", "agenda", "date"]), st.sampled_from([each.key for each in FACETS]))
    )
    nodes = values().filter(lambda value: value.field == field)
    chosen = st.lists(st.one_of(nodes, ranges()) if field == "date" else nodes, max_size=3, unique=True).map(tuple)
    return Filter(field=field, include=draw(chosen), exclude=draw(chosen), all_of=draw(st.booleans()))


@st.composite
def plans(draw: st.DrawFn) -> SearchPlan:
    """A plan over a whole corpus: every facet, any sort, all hits on one page."""
    qualifier = draw(st.sampled_from(QUALIFIERS))
    return SearchPlan(
        query=draw(queries()),
        filters=tuple(draw(st.lists(filters(), max_size=3))),
        facets=tuple(
            FacetRequest(field=each.key, qualifier=qualifier if each.key == "state" else "") for each in FACETS
        ),
        sort=draw(st.sampled_from(["relevance", "newest", "oldest", "document"])),
        limit=100,
        unit=draw(st.sampled_from(["paragraph", "document"])),
    )


@st.composite
def tables(draw: st.DrawFn) -> CrossPlan:
    """A table of any two facets, in either unit, of what any query finds under any filters."""
    rows, columns = draw(st.lists(st.sampled_from([each.key for each in FACETS]), min_size=2, max_size=2, unique=True))
    qualifier = draw(st.sampled_from(QUALIFIERS))
    return CrossPlan(
        query=draw(st.one_of(st.just(Everything()), queries())),
        filters=tuple(draw(st.lists(filters(), max_size=2))),
        rows=Axis(field=rows, qualifier=qualifier if rows == "state" else ""),
        columns=Axis(field=columns, qualifier=qualifier if columns == "state" else ""),
        unit=draw(st.sampled_from(["paragraph", "document"])),
    )
