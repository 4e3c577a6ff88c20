"""A document as a page to read: headings, paragraphs with their notes, and the way from hit to hit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urljoin

from markupsafe import Markup

from pilcrow.engine.fields import agenda_key
from pilcrow.engine.model import Document
from pilcrow.search.citations import Citer
from pilcrow.search.documents import DocumentView, Heading, ParagraphView
from pilcrow.search.request import Diagnostic, SearchRequest
from pilcrow.search.snippets import Run
from webui import urls, works
from webui.facets_view import Option
from webui.help_view import KEYS, Key
from webui.hit_view import Tags, TagView, cites, tags
from webui.markup import marked
from webui.metadata import Row, cited_by_row, cites_row, metadata
from webui.prose import prose
from webui.search_view import Notice, notices, plural

DEEPEST_HEADING = 6
DEEPEST_INDENT = 3

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

FILE_KINDS = {".pdf": "the PDF", ".docx": "the Word file", ".html": "the web page", ".htm": "the web page"}
"""What a file is called, by its suffix."""

ROLES = {
    "sponsor": ("sponsor", "sponsors"),
    "in favour": ("in favour", "in favour"),
    "against": ("against", "against"),
    "abstaining": ("abstaining", "abstaining"),
}
"""The roles that are counted beside a paragraph, as one State has it and as several have it."""

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 65, 85)
TEXT_LINE, NOTE_LINE = 76, 40
"""For guesses of height: lines that the style sheet has a class for; the letters of a line of text and of a note."""

CITERS_OPEN, CITERS_LISTED = 3, 50
"""Those who cite a paragraph: so many stand open, more are folded, and of very many the rest is a search away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note beneath its paragraph, and the anchors that lead to it and back."""

    marker: str
    text: Markup
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
    """A heading where a section begins; ``level`` as in HTML, ``language`` where it is not the document's."""

    level: int
    anchor: str
    text: Markup
    language: str
    direction: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphBlock:
    """A paragraph; ``match`` counts it among the hits from 1, 0 where it is none; ``level`` is how far it stands in.

    Its citation is ``work`` and then ``place``: ``work`` is an identifier that Pilcrow made up, which may be shown cut
    short, or "" where the document has a symbol. ``page`` is of the file, "" where that has none. ``language`` and
    ``direction`` are given where they are not the document's. ``roles`` says of how many States the paragraph says how
    they voted or that they sponsor; ``tags`` are of what its text does not show or link by itself. ``size`` are the
    classes from which the style sheet guesses its height before it is set.
    """

    anchor: str
    level: int
    size: str
    marker: str
    language: str
    direction: str
    text: Markup
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
    roles: str
    cites: tuple[TagView, ...]
    cited_by: CitedByView | None
    tags: Tags
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An entry of the outline, with the hits in the section and those below it, and its ``language``."""

    text: str
    anchor: str
    hits: int
    language: str = ""
    direction: str = ""
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Everything that a document's page shows.

    ``file_label`` says what its file is; ``exports`` are its record for libraries of references; ``printed_from`` is
    the whole address, which paper needs; ``keys`` are the keys that act on the page.
    """

    name: str
    title: str
    symbol: str
    provisional: bool
    language: str
    direction: str
    url: str
    file_url: str
    file_label: str
    exports: tuple[Option, ...]
    printed_from: str
    keys: tuple[Key, ...]
    back_url: str
    metadata: tuple[Row, ...]
    notices: tuple[Notice, ...]
    outline: tuple[Section, ...]
    blocks: tuple[HeadingBlock | ParagraphBlock, ...]
    hits: int
    matching: str
    first_hit: str


def document_page(
    view: DocumentView, request: SearchRequest, problems: tuple[Diagnostic, ...], *, root: str = ""
) -> DocumentPage:
    """``view`` with its links; ``root`` is the address of the site, with a slash at its end."""
    document = view.document
    hits = [identifier.partition("#")[2] for identifier in view.hits]
    asked = urls.within_document(request) != SearchRequest()
    return DocumentPage(
        name=document.title if document.provisional and document.title else document.id,
        title=document.title or document.id,
        symbol=", ".join(document.symbols) or document.id,
        provisional=document.provisional,
        language=document.language,
        direction=direction(document.language),
        url=urls.document_url(document.id),
        file_url=urls.file_url(document.id) if document.path else "",
        file_label=FILE_KINDS.get(PurePosixPath(document.path).suffix.lower(), "the file"),
        exports=tuple(
            Option(label=works.LABELS[name], url=urls.work_url(document.id, suffix))
            for suffix, name in works.SUFFIXES.items()
        ),
        printed_from=urljoin(root, urls.document_url(document.id)),
        keys=KEYS,
        back_url=urls.search_url(request) if asked else "",
        metadata=(
            *metadata(
                document, view.related, items=[item for paragraph in view.paragraphs for item in paragraph.agenda]
            ),
            *cited_by_row(document, view.cited_by),
            *cites_row(view.cites),
        ),
        notices=notices(problems, request),
        outline=outline(view.outline, document.language),
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
                language=_foreign(heading.language, document),
                direction=_turned(heading.language, document),
            )
        yield _paragraph_block(view, document, places.get(view.anchor, -1), hits)


def outline(headings: Sequence[Heading], language: str = "en") -> tuple[Section, ...]:
    """The headings as a tree, each with the number of hits below it; ``language`` is the document's.

    The outline stands among what Pilcrow says, which is English: each of another language says so.
    """
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
                language=own if (own := heading.language or language) != "en" else "",
                direction=direction(own),
                children=outline(headings[at + 1 : end], language),
            )
        )
        at = end
    return tuple(sections)


def _paragraph_block(view: ParagraphView, document: Document, place: int, hits: Sequence[str]) -> ParagraphBlock:
    is_hit = place >= 0
    notes = tuple(_notes(view))
    work = f"{document.id}, " if document.provisional else ""
    return ParagraphBlock(
        anchor=view.anchor,
        level=min(view.depth, DEEPEST_INDENT),
        size=_size(view),
        marker=_printed(view.marker),
        language=_foreign(view.language, document),
        direction=_turned(view.language, document),
        text=prose(view.runs, [(note.marker, (note.anchor, note.back_anchor)) for note in notes]),
        notes=notes,
        match=place + 1,
        previous=hits[place - 1] if is_hit and place > 0 else "",
        next=hits[place + 1] if is_hit and place + 1 < len(hits) else "",
        work=work,
        place=view.citation.removeprefix(work),
        permalink=urls.document_url(document.id, anchor=view.anchor),
        like_url=urls.like_url(f"{document.id}#{view.anchor}", view.citation),
        page=f"p. {view.page}" if view.page else "",
        page_url=urls.file_url(document.id, page=view.page) if view.page and document.path else "",
        speaker=prose(view.speaker),
        goes_on=view.goes_on,
        roles=_roles(view),
        cites=cites(view.cites, within=document.id),
        cited_by=_cited_by(view),
        tags=_own_tags(view, document),
    )


def _size(view: ParagraphView) -> str:
    """About how many lines the text takes, and its notes, each in the nearest of a few classes above."""
    lines = _lines(view.runs, TEXT_LINE)
    notes = sum(_lines(runs, NOTE_LINE) for _, runs in view.notes)
    near = [next((size for size in SIZES if size >= number), SIZES[-1]) for number in (lines, notes)]
    return f"lines-{near[0]}" + (f" notes-{near[1]}" if notes else "")


def _lines(runs: Iterable[Run], letters: int) -> int:
    return math.ceil(sum(len(run.html) for run in runs) / letters)


def _notes(view: ParagraphView) -> Iterator[NoteView]:
    for at, (marker, runs) in enumerate(view.notes, start=1):
        yield NoteView(
            marker=marker,
            text=prose(runs),
            anchor=f"{view.anchor}-note-{at}",
            back_anchor=f"{view.anchor}-sign-{at}",
        )


def _own_tags(view: ParagraphView, document: Document) -> Tags:
    """What is said of the paragraph alone: its States are links in its text, the document's items stand at its head."""
    whole = {agenda_key(item) for item in document.agenda}
    own = tuple(item for item in view.agenda if item[0] not in whole)
    return tags(replace(view, states=(), agenda=own), SearchRequest())


def _roles(view: ParagraphView) -> str:
    """How many States have each role, beside speaking, which is said above the text."""
    codes: dict[str, set[str]] = {}
    for tag in view.states:
        if tag.role in ROLES:
            codes.setdefault(tag.role, set()).add(tag.code)
    return ", ".join(
        f"{len(codes[role])} {one if len(codes[role]) == 1 else many}"
        for role, (one, many) in ROLES.items()
        if role in codes
    )


def direction(language: str) -> str:
    """How a language is written: "rtl" from right to left, "" as every other."""
    return "rtl" if language in RIGHT_TO_LEFT else ""


def _foreign(language: str, document: Document) -> str:
    """``language`` where it is not the document's, else ""."""
    return language if language != document.language else ""


def _turned(language: str, document: Document) -> str:
    """How ``language``, where it is known, is written, if the document's is written the other way."""
    turned = language and direction(language) != direction(document.language)
    return (direction(language) or "ltr") if turned else ""


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
