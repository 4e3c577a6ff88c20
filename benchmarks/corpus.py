"""A corpus that the benchmarks index: parsed documents in a file, read one by one.

A million paragraphs are several gigabytes as objects, so whoever measures holds one document at a time. The file has a
document a line, in natural order of their symbols, as :mod:`benchmarks.prepare` made it; beside it stands where each
line begins, so that paragraphs can be drawn from it at random.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import msgspec

from pilcrow.engine.model import Document, Paragraph, ParsedDocument, parsed_from_json, to_json

ROOT = Path(__file__).resolve().parent.parent
SEED = 20_101_118


@dataclass(frozen=True, slots=True)
class Line:
    """Where a document begins in the file, and how many paragraphs it has."""

    offset: int
    paragraphs: int


@dataclass(frozen=True)
class Corpus:
    """The documents in the file ``path``."""

    path: Path

    @cached_property
    def lines(self) -> list[Line]:
        """Where each document stands, in order."""
        return msgspec.json.decode(self.lines_path.read_bytes(), type=list[Line])

    @property
    def lines_path(self) -> Path:
        """The file beside it that says so."""
        return self.path.with_suffix(".lines.json")

    @property
    def size(self) -> int:
        """How many paragraphs there are."""
        return sum(line.paragraphs for line in self.lines)

    def documents(self) -> Iterator[ParsedDocument]:
        """Every document in natural order of the symbols."""
        with self.path.open("rb") as file:
            yield from map(parsed_from_json, file)

    def at(self, position: int) -> ParsedDocument:
        """The document on one line."""
        with self.path.open("rb") as file:
            file.seek(self.lines[position].offset)
            return parsed_from_json(file.readline())

    def draw(self, chance: random.Random) -> tuple[Document, Paragraph]:
        """A paragraph at random, each as likely as any other, with its document."""
        at = chance.choices(range(len(self.lines)), cum_weights=self._weights)[0]
        parsed = self.at(at)
        return parsed.document, chance.choice(parsed.paragraphs)

    @cached_property
    def _weights(self) -> list[int]:
        return list(accumulate(line.paragraphs for line in self.lines))


def write(path: Path, documents: Iterator[ParsedDocument]) -> Corpus:
    """Write ``documents``, as they come, into the file ``path``."""
    lines = []
    with path.open("wb") as file:
        for parsed in documents:
            lines.append(Line(file.tell(), len(parsed.paragraphs)))
            file.write(to_json(parsed) + b"\n")
    made = Corpus(path)
    made.lines_path.write_bytes(msgspec.json.encode(lines))
    return made
