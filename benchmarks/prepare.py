"""Making the corpora that the benchmarks index, before anything is measured.

Real paragraphs of treaty-body documents where ``../shared/corpora/bench`` stands beside the project, else those of
``corpus/``. States and pillars are found by the indexer as in earnest, once, in two processes; symbol, session, date,
agenda item, body and type, which these paragraphs do not carry, are dealt out by document. Documents are taken in an
order shuffled once, so that a small corpus is about the same subjects as a large one and is contained in it.

A corpus larger than what there is repeats it with a quarter of the words replaced by others of the same documents, so
that lengths, vocabulary and how often words occur stay what they are; States and pillars stay those of the original.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

from benchmarks.corpus import ROOT, SEED, Corpus, write
from indexer.parse import parse_file
from indexer.pillars import find_pillars
from indexer.states import find_states
from pilcrow.engine.model import AgendaItem, Document, Paragraph, ParsedDocument, Session, StateMention
from pilcrow.engine.symbols import Symbol, body_name

REAL = ROOT.parent / "shared" / "corpora" / "bench" / "paragraphs.jsonl.gz"
PROCESSES = 2
BODIES = ("A", "A/HRC", "E/CN.15", "CTOC/COP")
TYPES = ("report", "resolution", "decision", "note")

_TOGETHER = 40
"""Paragraphs of a document that is made of those of ``corpus/``."""

_READ_FOR_WORDS = 400
"""Documents whose words are the vocabulary that is shuffled in."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A paragraph as it is found: its text and the headings above it."""

    text: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: the ``number`` of it in the shuffled order, and how many paragraphs it may have."""

    number: int
    paragraphs: int


def base(folder: Path, wanted: int) -> Corpus:
    """At least ``wanted`` paragraphs, or all that there are, with States and pillars found, in ``folder``.

    What an earlier run made there is taken as it is, where it is enough.
    """
    kept = sorted(int(path.stem.partition("-")[2]) for path in folder.glob("base-*.jsonl"))
    enough = next((size for size in kept if size >= wanted), None)
    if enough is not None:
        return Corpus(folder / f"base-{enough}.jsonl")
    raw = _real() if REAL.exists() else _own()
    random.Random(SEED).shuffle(raw)
    before = accumulate(map(len, raw), initial=0)
    chosen = [each for each, count in zip(raw, before, strict=False) if count < wanted]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        written = write(folder / "unfinished", pool.imap(_found, enumerate(chosen), chunksize=4))
    return _finished(written, folder / f"base-{wanted}.jsonl")


def corpus(folder: Path, size: int, source: Corpus) -> Corpus:
    """``size`` paragraphs of ``source`` in ``folder``, in natural order of their symbols; an earlier run's as it is."""
    path = folder / f"{size}.jsonl"
    if path.exists():
        return Corpus(path)
    orders = sorted(_orders(source, size), key=lambda order: Symbol(_symbol(order.number)).order)
    with multiprocessing.get_context("spawn").Pool(PROCESSES, _begin, (source.path,)) as pool:
        written = write(folder / "unfinished", pool.imap(_made, orders, chunksize=16))
    return _finished(written, path)


def made(folder: Path) -> Path:
    """``folder``, there."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def source() -> str:
    """Where the paragraphs come from, in words."""
    return "treaty-body documents" if REAL.exists() else "generated from corpus/"


def _finished(written: Corpus, path: Path) -> Corpus:
    """What was written under a name that says it is unfinished, under its own."""
    written.lines_path.rename(Corpus(path).lines_path)
    return Corpus(written.path.rename(path))


# ------------------------------------------------------------------------------------------------------- base


def _real() -> list[list[Raw]]:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return [
            [Raw(record["text"], tuple(filter(None, [record["section"]]))) for record in group]
            for _, group in groupby(records, key=itemgetter("doc"))
        ]


def _own() -> list[list[Raw]]:
    paths = sorted((ROOT / "corpus").glob("*.txt"))
    raw = [Raw(paragraph.text, paragraph.section) for path in paths for paragraph in parse_file(path).paragraphs]
    return [raw[at : at + _TOGETHER] for at in range(0, len(raw), _TOGETHER)]


def _found(numbered: tuple[int, list[Raw]]) -> ParsedDocument:
    """A document of the base, its States and pillars found; what is dealt out comes later."""
    number, raw = numbered
    paragraphs = tuple(
        Paragraph(
            id=f"{number}#p{ordinal}",
            document=str(number),
            ordinal=ordinal,
            text=each.text,
            marker=str(ordinal),
            section=each.section,
            language="en",
            states=find_states(each.text),
            pillars=find_pillars(each.text, each.section),
        )
        for ordinal, each in enumerate(raw, 1)
    )
    return ParsedDocument(document=Document(id=str(number), symbols=(str(number),)), paragraphs=paragraphs)


# ------------------------------------------------------------------------------------------------------ sizes


def _orders(source: Corpus, size: int) -> Iterator[Order]:
    """The documents that have ``size`` paragraphs together, the last of them cut."""
    lines = source.lines
    number = 0
    while size > 0:
        paragraphs = min(size, lines[number % len(lines)].paragraphs)
        yield Order(number, paragraphs)
        size -= paragraphs
        number += 1


def _made(order: Order) -> ParsedDocument:
    """The document with this number: one of the base, or a copy with its words shuffled."""
    times, at = divmod(order.number, len(_source().lines))
    paragraphs = _source().at(at).paragraphs[: order.paragraphs]
    if times:
        chance = random.Random(order.number)
        paragraphs = tuple(_mixed(paragraph, chance) for paragraph in paragraphs)
    return _dealt(order.number, paragraphs)


def _dealt(number: int, paragraphs: tuple[Paragraph, ...]) -> ParsedDocument:
    """A document of these paragraphs, with symbol, session, date, agenda items, body and type dealt out."""
    chance = random.Random(number)
    symbol = _symbol(number)
    body, session_number = symbol.rsplit("/", 2)[0], int(symbol.rsplit("/", 2)[1])
    session = Session(
        key=f"{body}/{session_number}",
        label=f"{body_name(body)}, session {session_number}",
        body=body,
        number=session_number,
    )
    document = Document(
        id=symbol,
        symbols=(symbol,),
        title=f"Document {symbol}",
        date=f"{1960 + session_number}-{chance.randrange(1, 13):02}",
        body=body,
        sessions=(session,),
        type=chance.choice(TYPES),
        language="en",
    )
    placed = tuple(
        replace(
            paragraph,
            id=f"{symbol}#p{paragraph.ordinal}",
            document=symbol,
            agenda=(AgendaItem(number=str(chance.randrange(1, 9)), session=session.key),),
        )
        for paragraph in paragraphs
    )
    return ParsedDocument(document=document, paragraphs=placed)


@cache
def _symbol(number: int) -> str:
    chance = random.Random(number)
    return f"{chance.choice(BODIES)}/{chance.randrange(40, 60)}/{number + 1}"


# ----------------------------------------------------------------------------------------------- other words


def _mixed(paragraph: Paragraph, chance: random.Random) -> Paragraph:
    """``paragraph`` with a quarter of its words replaced; the names of States stay, and are marked where they stand."""
    pieces: list[str] = []
    states: list[StateMention] = []
    length = at = 0
    for mention in sorted(paragraph.states, key=lambda each: each.start):
        if mention.start < at:
            continue
        gap, name = _replaced(paragraph.text[at : mention.start], chance), paragraph.text[mention.start : mention.end]
        states.append(replace(mention, start=length + len(gap), end=length + len(gap) + len(name)))
        pieces += [gap, name]
        length, at = states[-1].end, mention.end
    pieces.append(_replaced(paragraph.text[at:], chance))
    return replace(paragraph, text="".join(pieces), states=tuple(states))


def _replaced(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for place in chance.sample(range(len(words)), len(words) // 4):
        if words[place]:
            words[place] = chance.choice(_vocabulary())
    return " ".join(words)


_sources: list[Corpus] = []


def _begin(path: Path) -> None:
    """Tell a process that makes documents where the base is."""
    _sources.append(Corpus(path))


def _source() -> Corpus:
    return _sources[0]


@cache
def _vocabulary() -> list[str]:
    """Words of the base as they come, so that one that is common there is common here."""
    count = len(_source().lines)
    chosen = random.Random(SEED).sample(range(count), min(count, _READ_FOR_WORDS))
    return [word for at in chosen for paragraph in _source().at(at).paragraphs for word in paragraph.text.split()]
