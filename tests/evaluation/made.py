"""Read files and corpora made in memory, for tests of what is measured of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pilcrow.engine.model import Document, Note, Paragraph, ParsedDocument
from pilcrow.evaluation.corpus import Corpus, ReadFile
from pilcrow.evaluation.raw import Raw

OWN = "A/80/48"


def paragraph(text: str, marker: str = "", **fields) -> Paragraph:
    """A paragraph, whose ordinal and id are given by the file that it is put into."""
    return Paragraph(id="", document=OWN, ordinal=0, text=text, marker=marker, **fields)


def read_file(name: str, *paragraphs: Paragraph | str, raw: Raw | None = None, **fields) -> ReadFile:
    """A file that was read as these paragraphs; ``fields`` are the document's."""
    made = (paragraph(each) if isinstance(each, str) else each for each in paragraphs)
    numbered = (replace(each, id=f"{OWN}#{n}", ordinal=n) for n, each in enumerate(made, start=1))
    document = Document(id=OWN, **{"symbols": (OWN,), "path": name, **fields})
    parsed = ParsedDocument(document=document, paragraphs=tuple(numbered))
    return ReadFile(name=name, path=Path(name), parsed=parsed, raw=raw or Raw(pages=1))


def corpus_of(*files: ReadFile, refused: Sequence = ()) -> Corpus:
    """A corpus of these files, read in two seconds."""
    return Corpus(folder=Path("papers"), files=files, refused=tuple(refused), seconds=2.0, processor=1.5, jobs=1)


def note(marker: str, text: str) -> Note:
    """A note cited at the paragraph's beginning."""
    return Note(marker=marker, text=text, at=0)


def figures(part) -> dict[str, tuple[int, int]]:
    """A part's figures by their labels."""
    return {row.label.strip(): (row.right, row.of) for row in part.rows if hasattr(row, "of")}


def counts(part) -> dict[str, float]:
    """A part's counts by their labels."""
    return {row.label.strip(): row.count for row in part.rows if hasattr(row, "count")}
