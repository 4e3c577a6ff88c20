"""Citations of made documents: whatever the headings and the numbering, no two paragraphs are cited alike."""

from __future__ import annotations

from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.anchors import anchors
from indexer.segment import Unit
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.search.cite import cite, find

SECTIONS = st.sampled_from(
    [
        ("Summary",),
        ("I. Introduction",),
        ("II. Law", "A. Courts"),
        ("II. Law", "B. Courts"),
        ("III. Aid", "A. Courts"),
        ("II. Law", "Courts"),
        ("Annex I", "A. Courts"),
        ("Annex II. Courts", "A. Courts"),
        ("Annex II. Courts",),
        ("Annex",),
        ("Recommendations", "1. Victims of trafficking"),
        ("Recommendations", "2. Research"),
        ("Суд",),
    ]
)
MARKERS = st.sampled_from(
    [
        ("1", ()),
        ("2", ()),
        ("3", ()),
        ("(a)", ("1",)),
        ("(b)", ("2",)),
        ("(i)", ("2", "(a)")),
        ("", ()),
        ("-", ("3",)),
        ("6.7", ()),
    ]
)


def printable(units: list[Unit]) -> list[Unit]:
    """The units without those that stand below a number that was not printed before them: reading makes none such."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for unit in units:
        if not unit.parents or unit.parents in seen:
            seen.add((*unit.parents, unit.marker))
            kept.append(unit)
    return kept


UNITS = st.lists(
    st.builds(
        lambda section, marked, text: Unit(text=text, section=section, marker=marked[0], parents=marked[1]),
        SECTIONS,
        MARKERS,
        st.sampled_from(["one", "two", "three"]),
    ),
    min_size=1,
    max_size=12,
).map(printable)


class OneDocument:
    """As much of a reader as :func:`find` asks, over paragraphs in memory: no engine is tested here."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.parsed = parsed

    def document(self, identifier: str) -> Document | None:
        return self.parsed.document if identifier == self.parsed.document.id else None

    def paragraphs(self, _: str) -> tuple[Paragraph, ...]:
        return self.parsed.paragraphs

    def paragraph(self, identifier: str) -> Paragraph | None:
        return next((each for each in self.parsed.paragraphs if each.id == identifier), None)


@given(UNITS)
@settings(max_examples=300)
def test_every_citation_of_a_made_document_leads_back_to_its_paragraph(units: list[Unit]) -> None:
    document = Document(id="A/70/1", symbols=("A/70/1",))
    paragraphs = tuple(
        Paragraph(
            id=f"A/70/1#{anchor}",
            document="A/70/1",
            ordinal=at,
            text=unit.text,
            marker=unit.marker,
            parents=unit.parents,
            section=unit.section,
        )
        for at, (anchor, unit) in enumerate(zip(anchors(units), units, strict=True), start=1)
    )
    reader = cast(IndexReader, OneDocument(ParsedDocument(document=document, paragraphs=paragraphs)))
    for paragraph in paragraphs:
        assert (cite(document, paragraph), find(reader, cite(document, paragraph))) == (
            cite(document, paragraph),
            paragraph.id,
        )
