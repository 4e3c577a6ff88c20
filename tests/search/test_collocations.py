"""Phrases typical of what was found: whole names, as written, not the query's own words nor what all paragraphs say."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pilcrow.engine.adapters import engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import IndexReader, Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.search.collocations import Background, RelatedPhrase, RelatedPhrases, related_phrases
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import prepare

FILLERS = ("court", "budget", "staff", "water", "election", "treaty", "border", "school", "harvest", "health", "road")
ABOUT_ALL = "The Working Group noted"


def _texts() -> Iterator[str]:
    """Sentences by chance: all begin alike, those about climate name a convention, and of it a few its sea levels."""
    draw = random.Random(7)
    for number in range(120):
        words = " ".join(draw.sample(FILLERS, 4))
        if number % 4:
            yield f"{ABOUT_ALL} {words}."
        elif number % 8:
            yield f"{ABOUT_ALL} {words}: climate, the United Nations Framework Convention on Climate Change."
        else:
            yield f"{ABOUT_ALL} {words}: climate, the rule of law; sea-level rise. Sea-level rise. Sea-level rise"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    directory = tmp_path_factory.mktemp("phrases")
    paragraphs = tuple(
        Paragraph(id=f"A/1#p{number}", document="A/1", ordinal=number, marker=str(number), text=text)
        for number, text in enumerate(_texts(), start=1)
    )
    french = ParsedDocument(
        document=Document(id="A/2", language="fr"),
        paragraphs=tuple(
            Paragraph(id=f"A/2#p{n}", document="A/2", ordinal=n, text="Le climat et les droits de l’homme : climate.")
            for n in range(1, 9)
        ),
    )
    whoosh = engine("whoosh")
    writer = whoosh.write(directory)
    writer.add(ParsedDocument(document=Document(id="A/1", language="en"), paragraphs=paragraphs))
    writer.add(french)
    writer.commit()
    manifest = Manifest(
        generation="made",
        engine="whoosh",
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow="0",
        corpus="",
        documents=2,
        paragraphs=len(paragraphs) + 8,
        built="2026-01-01T00:00:00Z",
    )
    with whoosh.open(directory, manifest) as opened:
        yield opened


@pytest.fixture(scope="module")
def background(reader: IndexReader) -> Background:
    return Background(reader)


def found(reader: IndexReader, background: Background, query: str) -> RelatedPhrases:
    return related_phrases(reader, prepare(reader, SearchRequest(query=query)), background)


def test_phrases_are_whole_as_written_and_counted_by_hits(reader: IndexReader, background: Background) -> None:
    assert found(reader, background, "climate") == RelatedPhrases(
        phrases=(
            RelatedPhrase(text="rule of law", hits=15),
            RelatedPhrase(text="Sea-level rise", hits=15),
            RelatedPhrase(text="United Nations Framework Convention on Climate Change", hits=15),
        ),
        read=30,
    )


def test_what_the_query_says_itself_is_left_out(reader: IndexReader, background: Background) -> None:
    texts = [each.text for each in found(reader, background, '"rule of law" "sea-level rise"').phrases]
    assert texts == []
    texts = [each.text for each in found(reader, background, "climate laws").phrases]
    assert "rule of law" in texts  # "rule" is not in the query


def test_what_every_paragraph_says_is_typical_of_none(reader: IndexReader, background: Background) -> None:
    for query in ("climate", "court", "water OR ocean"):
        assert [each.text for each in found(reader, background, query).phrases if "Working" in each.text] == []


def test_nothing_is_typical_of_everything_or_of_nothing(reader: IndexReader, background: Background) -> None:
    assert found(reader, background, "") == RelatedPhrases()
    assert found(reader, background, "zebra") == RelatedPhrases(read=0)


def test_the_background_knows_longer_names_by_their_parts(background: Background) -> None:
    assert background.size == 40
    assert background.having(("working", "group")) == 40
    assert background.having(("framework", "convention", "on", "climate", "change")) > 2
    assert background.having(("never", "seen")) == 2
