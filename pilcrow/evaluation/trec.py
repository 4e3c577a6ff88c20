"""A test collection in a folder (documents, queries, judgements): the core of ``pilcrow evaluate trec``.

Two layouts are read, told apart by the files that are there:

- SMART, as the Cranfield collection comes: ``*.all*`` (or ``*.all``) with ``.I``, ``.T``, ``.W`` records, ``*.qry`` and
  ``*qrel*`` (query, document, code a line). The ids in ``.qry`` skip numbers while the judgements count the queries
  in order, so a query is known by its position. A code below 1 judges a document irrelevant; every other counts as
  relevant alike, because in this collection the codes fall as relevance rises.
- BEIR: ``corpus.jsonl`` and ``queries.jsonl`` (``_id``, ``title``, ``text``) and ``qrels/*.tsv`` with a head line.

Each of the collection's documents becomes a document of one paragraph, its title the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.evaluation.ranking import Judged


class CollectionError(PilcrowError):
    """A folder is no test collection that can be read."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder holds: its documents, and its queries with their judgements."""

    documents: tuple[ParsedDocument, ...]
    questions: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    key: str
    title: str
    text: str


def read_collection(folder: Path) -> Collection:
    """The test collection in ``folder``; raises :class:`CollectionError` saying which file is missing or bad."""
    if not folder.is_dir():
        raise CollectionError(f"{folder} is no folder; give the folder with documents, queries and judgements.")
    try:
        return _beir(folder) if (folder / "corpus.jsonl").exists() else _smart(folder)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise CollectionError(f"{folder} cannot be read as a test collection ({error}).") from error


def paragraph_id(key: str) -> str:
    """The id of the one paragraph of the collection's document ``key``."""
    return f"{key}#p1"


def _parsed(record: _Record) -> ParsedDocument:
    paragraph = Paragraph(
        id=paragraph_id(record.key),
        document=record.key,
        ordinal=1,
        text=" ".join(record.text.split()),
        section=(record.title,) if record.title else (),
        language="en",
    )
    return ParsedDocument(
        document=Document(id=record.key, symbols=(record.key,), title=record.title, language="en"),
        paragraphs=(paragraph,),
    )


def _smart(folder: Path) -> Collection:
    documents = [
        _Record(key, " ".join(fields.get("T", "").split()), fields.get("W", ""))
        for key, fields in _records(_one(folder, "*.all*"))
    ]
    queries = [" ".join(fields.get("W", "").split()) for _, fields in _records(_one(folder, "*.qry"))]
    gains: dict[int, dict[str, float]] = {}
    for number, line in enumerate(_one(folder, "*qrel").read_text().splitlines(), 1):
        parts = line.split()
        if len(parts) < 3:
            raise CollectionError(f"{folder}: line {number} of the judgements has no query, document and code.")
        if int(parts[2]) > 0:
            gains.setdefault(int(parts[0]), {})[paragraph_id(parts[1])] = 1.0
    questions = [
        Judged(qid=str(position), query=query, gains=gains[position])
        for position, query in enumerate(queries, 1)
        if position in gains
    ]
    return Collection(tuple(_parsed(record) for record in documents if record.text.strip()), tuple(questions))


def _records(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The records of a SMART file: the number after ``.I``, and the text of each field by its letter."""
    for chunk in re.split(r"^\.I\s+", path.read_text(encoding="latin-1"), flags=re.MULTILINE)[1:]:
        number, _, rest = chunk.partition("\n")
        parts = re.split(r"^\.([A-Z])[ \t]*$", rest, flags=re.MULTILINE)
        yield number.strip(), dict(zip(parts[1::2], parts[2::2], strict=True))


def _one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise CollectionError(
            f"{folder} has no file {pattern}; a collection has documents, queries and judgements (SMART, BEIR)."
        )
    return found[0]


def _beir(folder: Path) -> Collection:
    class Line(msgspec.Struct):
        key: str = msgspec.field(name="_id")
        text: str
        title: str = ""

    def lines(name: str) -> list[Line]:
        decoder = msgspec.json.Decoder(Line)
        return [decoder.decode(line) for line in _one(folder, name).read_bytes().splitlines() if line.strip()]

    gains: dict[str, dict[str, float]] = {}
    for line in _one(folder, "qrels/*.tsv").read_text().splitlines()[1:]:
        query, document, gain = line.split("\t")
        if float(gain) > 0:
            gains.setdefault(query, {})[paragraph_id(document)] = float(gain)
    return Collection(
        tuple(_parsed(_Record(line.key, line.title, line.text)) for line in lines("corpus.jsonl")),
        tuple(
            Judged(qid=line.key, query=line.text, gains=gains[line.key])
            for line in lines("queries.jsonl")
            if line.key in gains
        ),
    )
