"""A document as a page to read: headings, paragraphs with their notes, and the way from hit to hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from pilcrow.engine.model import Document
from pilcrow.search.citations import Citer
from pilcrow.search.documents import DocumentView, Heading, ParagraphView
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.snippets import Run
from webui import urls
from webui.facets_view import Option
from webui.hit_view import Tags, tags
from webui.markup import marked
from webui.metadata import Row, cited_by_row, cites_row, metadata
from webui.search_view import Notice, notices, plural

DEEPEST_HEADING = 6
DEEPEST_INDENT = 3

CITERS_OPEN, CITERS_LISTED = 3, 50
"""Those who cite a paragraph: so many stand open, more are folded, and of very many the rest is a search away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, which may lead to what it cites, or the sign of a note between two of them."""

    text: Markup = field(default_factory=Markup)
    url: str = ""
    title: str = ""
    note: str = ""
    note_anchor: str = ""
    back_anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note beneath its paragraph, and the anchors that lead to it and back."""

    marker: str
    pieces: tuple[Piece, ...]
    anchor: str
    back_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedByView:
    """Who cites a paragraph: ``said`` is how many, ``open`` that they stand open; ``all_url`` leads to the rest."""

    said: str
    open: bool
    citers: tuple[Option, ...]
    all_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingBlock:
    """A heading where a section begins; ``level`` as in HTML."""

    level: int
    anchor: str
    text: Markup
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphBlock:
    """A paragraph; ``match`` counts it among the hits from 1, 0 where it is none; ``level`` is how far it stands in.

    Its citation is ``work`` and then ``place``: ``work`` is an identifier that Pilcrow made up, which may be shown cut
    short, or "" where the document has a symbol. ``page`` is of the file, "" where that has none.
    """

    anchor: str
    level: int
    marker: str
    language: str
    pieces: tuple[Piece, ...]
    notes: tuple[NoteView, ...]
    match: int
    previous: str
    next: str
    work: str
    place: str
    permalink: str
    like_url: str
    page: str
    page_url: str
    speaker: Markup
    goes_on: bool
    cited_by: CitedByView | None
    tags: Tags
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An entry of the outline, with the hits in the section and those below it."""

    text: str
    anchor: str
    hits: int
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Everything that a document's page shows."""

    name: str
    title: str
    symbol: str
    provisional: bool
    language: str
    url: str
    file_url: str
    back_url: str
    metadata: tuple[Row, ...]
    notices: tuple[Notice, ...]
    outline: tuple[Section, ...]
    blocks: tuple[HeadingBlock | ParagraphBlock, ...]
    hits: int
    matching: str
    first_hit: str


def document_page(view: DocumentView, request: SearchRequest, problems: tuple[Diagnostic, ...]) -> DocumentPage:
    """``view`` with its links."""
    document = view.document
    hits = [identifier.partition("#")[2] for identifier in view.hits]
    asked = urls.within_document(request) != SearchRequest()
    return DocumentPage(
        name=document.title if document.provisional and document.title else document.id,
        title=document.title or document.id,
        symbol=", ".join(document.symbols) or document.id,
        provisional=document.provisional,
        language=document.language,
        url=urls.document_url(document.id),
        file_url=urls.file_url(document.id) if document.path else "",
        back_url=urls.search_url(request) if asked else "",
        metadata=(
            *metadata(
                document, view.related, items=[item for paragraph in view.paragraphs for item in paragraph.agenda]
            ),
            *cited_by_row(document, view.cited_by),
            *cites_row(view.cites),
        ),
        notices=notices(problems, request),
        outline=outline(view.outline),
        blocks=tuple(blocks(view.paragraphs, document, hits)),
        hits=len(hits),
        matching=_matching(len(hits), request) if asked else "",
        first_hit=hits[0] if hits else "",
    )


def blocks(
    paragraphs: Sequence[ParagraphView], document: Document, hits: Sequence[str]
) -> Iterator[HeadingBlock | ParagraphBlock]:
    """The paragraphs in order, each section's headings before its first."""
    places = {anchor: at for at, anchor in enumerate(hits)}
    for view in paragraphs:
        for heading in view.headings:
            yield HeadingBlock(
                level=min(heading.depth + 2, DEEPEST_HEADING),
                anchor=_heading_anchor(heading),
                text=marked(heading.html),
            )
        yield _paragraph_block(view, document, places.get(view.anchor, -1), hits)


def outline(headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The headings as a tree, each with the number of hits below it."""
    sections: list[Section] = []
    at = 0
    while at < len(headings):
        heading = headings[at]
        end = next(
            (later for later in range(at + 1, len(headings)) if headings[later].depth <= heading.depth), len(headings)
        )
        sections.append(
            Section(
                text=heading.text,
                anchor=_heading_anchor(heading),
                hits=heading.hits,
                children=outline(headings[at + 1 : end]),
            )
        )
        at = end
    return tuple(sections)


def _paragraph_block(view: ParagraphView, document: Document, place: int, hits: Sequence[str]) -> ParagraphBlock:
    is_hit = place >= 0
    work = f"{document.id}, " if document.provisional else ""
    return ParagraphBlock(
        anchor=view.anchor,
        level=min(view.depth, DEEPEST_INDENT),
        marker=_printed(view.marker),
        language=view.language if view.language != document.language else "",
        pieces=tuple(_pieces(view)),
        notes=tuple(
            NoteView(
                marker=marker,
                pieces=tuple(map(_piece, runs)),
                anchor=_note_anchor(view.anchor, at),
                back_anchor=_back_anchor(view.anchor, at),
            )
            for at, (marker, runs) in enumerate(view.notes)
        ),
        match=place + 1,
        previous=hits[place - 1] if is_hit and place > 0 else "",
        next=hits[place + 1] if is_hit and place + 1 < len(hits) else "",
        work=work,
        place=view.citation.removeprefix(work),
        permalink=urls.document_url(document.id, anchor=view.anchor),
        like_url=urls.like_url(f"{document.id}#{view.anchor}", view.citation),
        page=f"p. {view.page}" if view.page else "",
        page_url=urls.file_url(document.id, page=view.page) if view.page and document.path else "",
        speaker=marked(view.speaker),
        goes_on=view.goes_on,
        cited_by=_cited_by(view),
        tags=tags(view, SearchRequest()),
    )


def _pieces(view: ParagraphView) -> Iterator[Piece]:
    """The text with each note's sign where it stood; of notes with the same marker, each sign leads to its own."""
    waiting = [(marker, at) for at, (marker, _) in enumerate(view.notes)]
    for run in view.runs:
        if run.html:
            yield _piece(run)
        found = next((note for note in waiting if note[0] == run.note), None)
        if found is not None:
            waiting.remove(found)
            at = found[1]
            yield Piece(
                note=run.note, note_anchor=_note_anchor(view.anchor, at), back_anchor=_back_anchor(view.anchor, at)
            )


def _piece(run: Run) -> Piece:
    return Piece(text=marked(run.html), url=urls.identifier_url(run.target) if run.target else "", title=run.title)


def _cited_by(view: ParagraphView) -> CitedByView | None:
    """Who cites the paragraph, None where nobody does."""
    total = len(view.cited_by)
    if not total:
        return None
    return CitedByView(
        said=f"Cited by {plural(total, 'paragraph')}" if total > CITERS_OPEN else "Cited by",
        open=total <= CITERS_OPEN,
        citers=tuple(_citer(each) for each in view.cited_by[:CITERS_LISTED]),
        all_url=urls.cites_url(view.citation) if total > CITERS_LISTED else "",
    )


def _citer(citer: Citer) -> Option:
    return Option(label=citer.citation, url=urls.identifier_url(citer.id))


def _note_anchor(anchor: str, at: int) -> str:
    return f"{anchor}-note-{at + 1}"


def _back_anchor(anchor: str, at: int) -> str:
    return f"{anchor}-sign-{at + 1}"


def _heading_anchor(heading: Heading) -> str:
    """A heading is found by the paragraph that follows it, whose anchor is stable."""
    return f"{heading.anchor}-heading-{heading.depth + 1}"


def _printed(marker: str) -> str:
    """A marker as documents print it: numbers with their full stop, bullets as dashes."""
    if marker == "-":
        return "–"
    return f"{marker}." if marker.isdigit() else marker


def _matching(hits: int, request: SearchRequest) -> str:
    what = f" for “{request.query}”" if request.query else ""
    return f"{plural(hits, 'hit')}{what}"
