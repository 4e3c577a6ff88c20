"""What a search is answered with: frozen values that the pages, the command and the exports all show.

No address of any page stands in them, only ids; whoever shows them knows where things are. :func:`to_dict` gives the
one JSON shape that the command line and the web API share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pilcrow.engine.contract import Expansion
from pilcrow.engine.model import UNKNOWN, Document, Role, Where
from pilcrow.search.citations import Cited
from pilcrow.search.likeness import Like
from pilcrow.search.request import Diagnostic, SearchRequest

__all__ = [
    "Diagnostic",
    "DocumentGroup",
    "DocumentHit",
    "Facet",
    "FacetAnswer",
    "FacetValue",
    "HitView",
    "Matching",
    "PillarTag",
    "Results",
    "StateTag",
    "diagnostic_to_dict",
    "facet_to_dict",
    "flat",
    "hit_to_dict",
    "to_dict",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How many of the plain words were required, and what the other readings would give under the same filters.

    ``words`` of the query, ``required`` of them; ``with_all`` and ``with_any`` count what the request lists;
    ``any_query`` is the query that asks for any of the words, and the same beside them.
    """

    words: int
    required: int
    with_all: int
    with_any: int
    any_query: str = ""

    @property
    def every(self) -> str:
        """All of the words, as it is said: "both", "all 3"."""
        return "both" if self.words == 2 else f"all {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTag:
    """A State that a paragraph cites: its code and name, where it stands, its role, and the note's marker or ""."""

    code: str
    name: str
    where: Where = "text"
    role: Role = "mentioned"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarTag:
    """A pillar that a paragraph is about, with its score and the phrases that decided, the weightiest first."""

    key: str
    label: str
    score: float = 0.0
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """A paragraph as a hit.

    ``symbol`` is the document's id, ``snippet`` and each note's html are escaped HTML with ``<mark>`` and nothing
    else, ``note_snippets`` pairs a note's marker with its html, ``agenda`` a key with its label, ``session`` is a
    label and ``session_key`` its key, ``section_html`` the headings of ``section`` as HTML with ``<mark>``, and
    ``speaker_html`` who speaks, or "" where the text begins with that.
    """

    id: str
    symbol: str
    provisional: bool
    title: str
    date: str
    date_label: str
    citation: str
    marker: str
    section: tuple[str, ...]
    score: float
    snippet: str
    note_snippets: tuple[tuple[str, str], ...]
    text: str
    states: tuple[StateTag, ...]
    pillars: tuple[PillarTag, ...]
    session: str
    session_key: str
    agenda: tuple[tuple[str, str], ...]
    anchor: str
    page: int | None
    language: str
    section_html: tuple[str, ...] = ()
    speaker: str = ""
    speaker_html: str = ""
    cites: tuple[Cited, ...] = ()


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet as it is shown: ``value`` is its key, ``count`` of paragraphs or documents (see ``Facet``).

    A page makes hundreds of them, which is why this one is no dataclass: those take ten times as long. ``depth`` is 0
    at the top; ``children`` are the values below it that are listed.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False
    depth: int = 0
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet as it is shown.

    ``unit`` is what its counts count, ``total_values`` how many values there are in all to list; ``leaves`` how many
    of them are no mere group of others (regions, sessions of agenda items, years), and not "unknown".
    """

    key: str
    label: str
    help: str
    unit: str
    multiple: bool
    all_of: bool
    values: tuple[FacetValue, ...]
    total_values: int
    leaves: int = 0

    def flat(self) -> Iterator[FacetValue]:
        """Every listed value, each parent before its children."""
        yield from flat(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetAnswer:
    """One facet asked for by itself: ``total`` paragraphs match, and ``diagnostics`` say what could not be used.

    ``chosen`` are the values that are chosen or excluded, and ``leaves`` how many the facet has as it counts them,
    both whatever part of its values was asked for.
    """

    facet: Facet
    total: int
    diagnostics: tuple[Diagnostic, ...]
    chosen: tuple[FacetValue, ...] = ()
    leaves: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHit:
    """A document whose symbol or title the query matches; ``snippet`` is its title as HTML with ``<mark>``."""

    document: Document
    why: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGroup:
    """A document in a list of documents: how many of its ``paragraphs`` match, and the best of them, one to three."""

    document: Document
    paragraphs: int
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of results.

    ``request`` is what was asked with its values resolved to keys; ``query_tree_text`` how the query was understood;
    ``total`` (of paragraphs) and ``documents`` are exact; ``goto`` is the id of the paragraph or document that the
    whole query names; ``likes`` are the paragraphs of which it asks the like; ``did_you_mean`` is the query with all
    that seems misspelt mended, "" where nothing does. Where the request lists documents they are the ``groups``, and
    ``hits`` the paragraphs in them.
    """

    request: SearchRequest
    query_tree_text: str
    total: int
    documents: int
    hits: tuple[HitView, ...]
    facets: tuple[Facet, ...]
    diagnostics: tuple[Diagnostic, ...]
    matching: Matching | None
    document_hits: tuple[DocumentHit, ...]
    took_ms: float
    engine: str
    index: str
    goto: str | None = None
    expansions: tuple[Expansion, ...] = ()
    groups: tuple[DocumentGroup, ...] = ()
    likes: tuple[Like, ...] = ()
    did_you_mean: str = ""

    def facet(self, key: str) -> Facet | None:
        """The facet with this key, or None where it was not counted."""
        return next((facet for facet in self.facets if facet.key == key), None)

    @property
    def pages(self) -> int:
        """How many pages of results there are, at least one."""
        listed = self.total if self.request.unit == "paragraph" else self.documents
        return max(1, -(-listed // self.request.per_page))


def to_dict(results: Results, url: Callable[[str], str]) -> dict[str, Any]:
    """``results`` as plain values for JSON: the shape that scripts rely on, on the command line and over HTTP.

    ``url`` gives the address of a paragraph's or document's id.
    """
    return {
        "query": results.request.query,
        "total": results.total,
        "documents": results.documents,
        "unit": results.request.unit,
        "page": results.request.page,
        "pages": results.pages,
        "took_ms": round(results.took_ms, 1),
        "engine": results.engine,
        "index": results.index,
        "understood": results.query_tree_text,
        "goto": results.goto,
        "hits": [hit_to_dict(hit, url) for hit in results.hits],
        "groups": [_group_to_dict(group, url) for group in results.groups],
        "document_hits": [_document_to_dict(hit, url) for hit in results.document_hits],
        "facets": {facet.key: _values_to_list(facet) for facet in results.facets},
        "did_you_mean": results.did_you_mean,
        "diagnostics": [diagnostic_to_dict(each) for each in results.diagnostics],
        "matching": _matching_to_dict(results.matching),
        "likes": [_like_to_dict(each) for each in results.likes],
    }


def hit_to_dict(hit: HitView, url: Callable[[str], str]) -> dict[str, Any]:
    """One hit of :func:`to_dict`; "agenda" has the items' numbers as printed, "agenda_items" their keys and labels."""
    return {
        "id": hit.id,
        "symbol": hit.symbol,
        "provisional": hit.provisional,
        "title": hit.title,
        "date": hit.date,
        "citation": hit.citation,
        "marker": hit.marker,
        "section": list(hit.section),
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "note_snippets": [{"marker": marker, "snippet": html} for marker, html in hit.note_snippets],
        "speaker": hit.speaker,
        "text": hit.text,
        "states": [
            {"code": tag.code, "name": tag.name, "in": tag.where, "role": tag.role, "note": tag.note}
            for tag in hit.states
        ],
        "pillars": [tag.key for tag in hit.pillars],
        "pillar_scores": [
            {"value": tag.key, "label": tag.label, "score": round(tag.score, 3), "cues": list(tag.cues)}
            for tag in hit.pillars
        ],
        "session": hit.session,
        "session_key": hit.session_key,
        "agenda": [key.rpartition("|")[2] for key, _ in hit.agenda],
        "agenda_items": [{"value": key, "label": label} for key, label in hit.agenda],
        "cites": [cited_to_dict(each, url) for each in hit.cites],
        "page": hit.page,
        "language": hit.language,
        "url": url(hit.id),
    }


def cited_to_dict(cited: Cited, url: Callable[[str], str]) -> dict[str, Any]:
    """A citation in a paragraph; "id" and "url" lead to what it cites, None where the index does not have that."""
    reference, target = cited.reference, cited.target
    return {
        "symbol": reference.symbol,
        "paragraphs": list(reference.paragraphs),
        "in": reference.where,
        "note": reference.note,
        "start": reference.start,
        "end": reference.end,
        "id": target or None,
        "url": url(target) if target else None,
    }


def facet_to_dict(answer: FacetAnswer) -> dict[str, Any]:
    """One facet asked for by itself, its values as in :func:`to_dict`."""
    facet = answer.facet
    return {
        "facet": facet.key,
        "label": facet.label,
        "help": facet.help,
        "unit": facet.unit,
        "total": answer.total,
        "total_values": facet.total_values,
        "values": _values_to_list(facet),
        "diagnostics": [diagnostic_to_dict(each) for each in answer.diagnostics],
    }


def _document_to_dict(hit: DocumentHit, url: Callable[[str], str]) -> Mapping[str, Any]:
    return {
        "symbol": hit.document.id,
        "title": hit.document.title,
        "date": hit.document.date,
        "why": hit.why,
        "snippet": hit.snippet,
        "url": url(hit.document.id),
    }


def _group_to_dict(group: DocumentGroup, url: Callable[[str], str]) -> Mapping[str, Any]:
    """A document of the list; "paragraphs" is how many match, "hits" the ids of those that stand among the hits."""
    document = group.document
    return {
        "symbol": document.id,
        "provisional": document.provisional,
        "title": document.title,
        "date": document.date,
        "session": "; ".join(session.label for session in document.sessions),
        "paragraphs": group.paragraphs,
        "hits": [hit.id for hit in group.hits],
        "url": url(document.id),
    }


def _values_to_list(facet: Facet) -> list[dict[str, Any]]:
    """The listed values of a facet, flat, each parent before its children; "depth" says which is below which."""
    return [
        {
            "value": value.value,
            "label": value.label,
            "count": value.count,
            "selected": value.selected,
            "excluded": value.excluded,
            "depth": value.depth,
            "unknown": value.value == UNKNOWN,
        }
        for value in facet.flat()
    ]


def diagnostic_to_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """What could not be used, as plain values."""
    return {
        "message": diagnostic.message,
        "start": diagnostic.start,
        "end": diagnostic.end,
        "suggestion": diagnostic.suggestion,
    }


def _like_to_dict(like: Like) -> dict[str, object]:
    return {"id": like.id, "citation": like.citation, "words": list(like.words), "required": like.required}


def _matching_to_dict(matching: Matching | None) -> dict[str, Any] | None:
    if matching is None:
        return None
    return {
        "words": matching.words,
        "required": matching.required,
        "with_all": matching.with_all,
        "with_any": matching.with_any,
        "any_query": matching.any_query,
    }


def flat(values: Iterable[FacetValue]) -> Iterator[FacetValue]:
    """``values`` and all below them, each parent before its children."""
    for value in values:
        yield value
        yield from flat(value.children)
