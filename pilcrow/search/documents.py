"""Whole documents: those that a query names or whose title has its words, and one of them opened with its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from pilcrow.engine import references, watch
from pilcrow.engine.contract import FacetRequest, Filter, IndexReader, Limits, SearchPlan
from pilcrow.engine.model import Document, Paragraph, Related
from pilcrow.engine.query import (
    And,
    Best,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Value,
    Wildcard,
)
from pilcrow.search.citations import Cited, CitedBy, Citer, Citers, Targets, Work, cited_by, works
from pilcrow.search.cite import cite, parse_citation
from pilcrow.search.results import DocumentHit, PillarTag, StateTag
from pilcrow.search.snippets import Highlighter, Run
from pilcrow.search.views import agenda_tags, pillar_tags, state_tags

MOST_DOCUMENT_HITS = 3


def document_hits(reader: IndexReader, tree: Query, typed: str) -> tuple[DocumentHit, ...]:
    """Documents that the query names by symbol, then those whose title has all of its words; at most three."""
    found: dict[str, DocumentHit] = {}
    for document in _named(reader, typed):
        found.setdefault(document.id, _hit(document, "symbol", tree))
    titled = in_title(tree)
    if titled is not None and len(found) < MOST_DOCUMENT_HITS:
        plan = SearchPlan(query=titled, facets=(FacetRequest(field="symbol"),), sort="document", limit=0)
        documents = list(map(reader.document, reader.search(plan).facets["symbol"]))
        there = [document for document in documents if document is not None]
        for document in sorted(there, key=lambda each: (len(each.title), each.id))[:MOST_DOCUMENT_HITS]:
            found.setdefault(document.id, _hit(document, "title", titled))
    return tuple(found.values())[:MOST_DOCUMENT_HITS]


def in_title(tree: Query) -> Query | None:
    """``tree`` asked of titles alone, with every word required; None where it has no words for titles."""
    match tree:
        case Term() | Exact() | Phrase() | Near():
            return replace(tree, field="title") if tree.field in ("", "title") else None
        case Prefix() | Wildcard() | Fuzzy():
            return tree if tree.field == "title" else None
        case And() | Best() | Or():
            children = [titled for child in tree.children if (titled := in_title(child)) is not None]
            if len(children) < 2:
                return children[0] if children else None
            return Or(tuple(children)) if isinstance(tree, Or) else And(tuple(children))
        case _:
            return None


def _named(reader: IndexReader, typed: str) -> Iterator[Document]:
    """Documents whose symbols stand in the query as typed."""
    cited = parse_citation(typed)
    names = [cited[0]] if cited else []
    names += [reference.symbol for reference in references.find(typed)]
    for name in names:
        document = reader.document(name)
        if document is not None:
            yield document


def _hit(document: Document, why: str, titled: Query) -> DocumentHit:
    return DocumentHit(document=document, why=why, snippet=Highlighter(titled).title(document))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a document's outline: as HTML with marks and as text, 0 for the outermost, with what is below it.

    ``anchor`` is that of the first paragraph below it, ``paragraphs`` and ``hits`` how many of each stand below it,
    ``language`` that of all of them, "" where they are in several.
    """

    text: str
    html: str
    depth: int
    anchor: str
    paragraphs: int
    hits: int
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    """A paragraph as a document's page shows it.

    ``runs`` are its text and ``notes`` pairs a marker with the runs of the note; ``headings`` are those of the outline
    that begin here; ``hit`` says that the paragraph is among what was found. ``speaker`` are runs too, and ``goes_on``
    says that the paragraph before is of the same speech. ``cites`` is what the paragraph and its notes cite,
    ``cited_by`` are those who cite the paragraph.
    """

    id: str
    anchor: str
    ordinal: int
    marker: str
    depth: int
    citation: str
    runs: tuple[Run, ...]
    notes: tuple[tuple[str, tuple[Run, ...]], ...]
    section: tuple[str, ...]
    headings: tuple[Heading, ...]
    hit: bool
    states: tuple[StateTag, ...]
    pillars: tuple[PillarTag, ...]
    agenda: tuple[tuple[str, str], ...]
    page: int | None
    language: str
    speaker: tuple[Run, ...] = ()
    goes_on: bool = False
    cites: tuple[Cited, ...] = ()
    cited_by: tuple[Citer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document opened: its outline, all its paragraphs, and the ids of those that the question finds, in order.

    ``related`` are the documents that it amends or that amend it, each with whether the index has it; ``cited_by``
    those who cite it as a whole, ``cites`` the documents that its paragraphs cite.
    """

    document: Document
    outline: tuple[Heading, ...]
    paragraphs: tuple[ParagraphView, ...]
    hits: tuple[str, ...]
    related: tuple[tuple[Related, bool], ...]
    total_hits: int
    cited_by: Citers
    cites: tuple[Work, ...] = ()


def opened(
    reader: IndexReader, document: Document, *, highlighter: Highlighter, ranked: Query, filters: tuple[Filter, ...]
) -> DocumentView:
    """``document`` as ``highlighter`` marks it, and as hits what ``ranked`` finds in it under ``filters``.

    A question that asks for everything marks nothing and finds nothing: it is the document alone.
    """
    paragraphs = reader.paragraphs(document.id)
    asked = ranked != Everything() or bool(filters)
    hits = _hits(reader, document, ranked, filters) if asked else ()
    outline, begins = _outline(paragraphs, frozenset(hits), highlighter, document)
    citers, targets = cited_by(reader, document, paragraphs), Targets(reader)
    speeches = [(each.speaker, each.section) for each in paragraphs]
    shown = _Shown(document=document, highlighter=highlighter, targets=targets, citers=citers, found=frozenset(hits))
    views = tuple(
        _view(paragraph, shown, begins.get(paragraph.id, ()), goes_on=before == here)
        for paragraph, before, here in watch.checked(zip(paragraphs, [None, *speeches], speeches, strict=False))
    )
    return DocumentView(
        document=document,
        outline=outline,
        paragraphs=views,
        hits=hits,
        related=related(reader, document),
        total_hits=len(hits),
        cited_by=citers.whole,
        cites=works(targets, document, paragraphs),
    )


def related(reader: IndexReader, document: Document) -> tuple[tuple[Related, bool], ...]:
    """What the document amends, then what amends it; each with whether the index has it."""
    amended = [(each, reader.document(each.symbol) is not None) for each in document.relations]
    own = {document.id, *document.symbols}
    amending = [
        (Related(symbol=other.id, relation=each.relation), True)
        for other in reader.documents()
        for each in other.relations
        if each.symbol in own
    ]
    return tuple(dict.fromkeys((*amended, *amending)))


def _hits(reader: IndexReader, document: Document, ranked: Query, filters: tuple[Filter, ...]) -> tuple[str, ...]:
    """The ids of the paragraphs of ``document`` that are found, in the order of the document."""
    here = And((ranked, Value("symbol", document.id)))
    plan = SearchPlan(query=here, filters=filters, sort="document", limit=Limits().window)
    return tuple(hit.paragraph.id for hit in reader.search(plan).hits)


def _outline(
    paragraphs: tuple[Paragraph, ...], hits: frozenset[str], highlighter: Highlighter, document: Document
) -> tuple[tuple[Heading, ...], dict[str, tuple[Heading, ...]]]:
    """The headings in order, and those that begin at each paragraph that begins any."""
    begun: list[tuple[Paragraph, int, int]] = []  # its first paragraph, its depth, where that stands
    before: tuple[str, ...] = ()
    for at, paragraph in enumerate(paragraphs):
        same = _common(before, paragraph.section)
        begun += [(paragraph, depth, at) for depth in range(same, len(paragraph.section))]
        before = paragraph.section
    outline: list[Heading] = []
    begins: dict[str, tuple[Heading, ...]] = {}
    for paragraph, depth, at in watch.checked(begun):
        path = paragraph.section[: depth + 1]
        below = _below(paragraphs, at, path)
        languages = {each.language for each in below}
        heading = Heading(
            text=path[-1],
            html=highlighter.section(paragraph, document)[depth],
            depth=depth,
            anchor=paragraph.anchor,
            paragraphs=len(below),
            hits=sum(each.id in hits for each in below),
            language=paragraph.language if len(languages) == 1 else "",
        )
        outline.append(heading)
        begins[paragraph.id] = (*begins.get(paragraph.id, ()), heading)
    return tuple(outline), begins


def _below(paragraphs: tuple[Paragraph, ...], at: int, path: tuple[str, ...]) -> list[Paragraph]:
    """The paragraphs below the heading at the end of ``path``, of which that with the number ``at`` is the first."""
    return list(takewhile(lambda each: each.section[: len(path)] == path, islice(paragraphs, at, None)))


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many headings two paths have in common from the outermost on."""
    same = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        same += 1
    return same


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What every paragraph of a document is shown with; ``found`` are the ids of the hits."""

    document: Document
    highlighter: Highlighter
    targets: Targets
    citers: CitedBy
    found: frozenset[str]


def _view(paragraph: Paragraph, shown: _Shown, headings: tuple[Heading, ...], *, goes_on: bool) -> ParagraphView:
    document = shown.document
    cited = shown.targets.of(paragraph)
    whole = shown.highlighter.whole(paragraph, document, cited)
    return ParagraphView(
        id=paragraph.id,
        anchor=paragraph.anchor,
        ordinal=paragraph.ordinal,
        marker=paragraph.marker,
        depth=len(paragraph.parents),
        citation=cite(document, paragraph),
        runs=whole.runs,
        notes=whole.notes,
        section=paragraph.section,
        headings=headings,
        hit=paragraph.id in shown.found,
        states=state_tags(paragraph),
        pillars=pillar_tags(paragraph),
        agenda=agenda_tags(paragraph, document),
        page=paragraph.page,
        language=paragraph.language or document.language,
        speaker=whole.speaker,
        goes_on=goes_on,
        cites=cited,
        cited_by=shown.citers.parts.get(paragraph.id, ()),
    )
