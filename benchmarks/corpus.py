"""The paragraphs that the benchmarks index, and the queries that they ask.

Real paragraphs of treaty-body documents where ``../shared/corpora/bench`` stands beside the project; else the
project's own corpus, repeated with its words shuffled in, which has the same facets and word lengths. States and
pillars are found by the indexer as in earnest; session and date, which these paragraphs do not carry, are dealt out by
document.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

from indexer.parse import parse_file
from indexer.pillars import find_pillars
from indexer.states import find_states
from pilcrow.engine.model import AgendaItem, Document, Paragraph, ParsedDocument, Session

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "corpora" / "bench" / "paragraphs.jsonl.gz"
SEED = 20_101_118


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one kind ("one word", "phrase", ...), as a person types it."""

    kind: str
    text: str


def documents(size: int) -> list[ParsedDocument]:
    """``size`` paragraphs in documents."""
    paragraphs = _real(size) if REAL.exists() else _generated(size)
    parsed = [_document(symbol, list(group)) for symbol, group in groupby(paragraphs, key=lambda pair: pair[0])]
    merged: dict[str, ParsedDocument] = {}
    for each in parsed:
        merged.setdefault(each.document.id, each)
    return list(merged.values())


def queries(corpus: list[ParsedDocument], count: int) -> list[Query]:
    """``count`` queries drawn from the corpus with a fixed seed: one word, two, three, a phrase, in turn."""
    chance = random.Random(SEED)
    texts = [paragraph.text for parsed in corpus for paragraph in parsed.paragraphs if len(paragraph.text) > 80]
    drawn = []
    for position in range(count):
        words = re.findall(r"[A-Za-z]{4,}", chance.choice(texts)) or ["rights"]
        kind = ("one word", "two words", "three words", "phrase")[position % 4]
        if kind == "phrase":
            start = chance.randrange(max(len(words) - 1, 1))
            drawn.append(Query(kind, f'"{" ".join(words[start : start + 2])}"'))
        else:
            wanted = 1 + position % 4
            drawn.append(Query(kind, " ".join(chance.sample(words, min(wanted, len(words))))))
    return drawn


def _real(size: int) -> Iterator[tuple[str, Paragraph]]:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        for line in islice(lines, size):
            record = json.loads(line)
            section = tuple(filter(None, [record["section"]]))
            yield record["doc"], _paragraph(record["text"], section)


def _generated(size: int) -> Iterator[tuple[str, Paragraph]]:
    chance = random.Random(SEED)
    seeds = [paragraph for path in sorted((ROOT / "corpus").glob("*.txt")) for paragraph in parse_file(path).paragraphs]
    vocabulary = [word for paragraph in seeds for word in paragraph.text.split()]
    for position in range(size):
        seed = seeds[position % len(seeds)]
        words = seed.text.split()
        for place in chance.sample(range(len(words)), len(words) // 4):
            words[place] = chance.choice(vocabulary)
        symbol = f"A/{60 + position // 4000}/{position // 40 + 1}"
        yield symbol, _paragraph(" ".join(words), seed.section)


def _paragraph(text: str, section: tuple[str, ...]) -> Paragraph:
    """A paragraph that :func:`_document` still has to place."""
    return Paragraph(
        id="",
        document="",
        ordinal=0,
        text=text,
        section=section,
        language="en",
        states=find_states(text),
        pillars=find_pillars(text, section),
    )


def _document(symbol: str, pairs: list[tuple[str, Paragraph]]) -> ParsedDocument:
    chance = random.Random(symbol)
    number = chance.randrange(40, 60)
    session = Session(key=f"BENCH/{number}", label=f"Session {number}", number=number)
    paragraphs = tuple(
        replace(
            paragraph,
            id=f"{symbol}#p{ordinal}",
            document=symbol,
            ordinal=ordinal,
            marker=str(ordinal),
            agenda=(AgendaItem(number=str(chance.randrange(1, 9)), session=session.key),),
        )
        for ordinal, (_, paragraph) in enumerate(pairs, 1)
    )
    document = Document(
        id=symbol,
        symbols=(symbol,),
        title=f"Document {symbol}",
        date=f"{1960 + number}-{chance.randrange(1, 13):02}",
        sessions=(session,),
        type="report",
        language="en",
    )
    return ParsedDocument(document=document, paragraphs=paragraphs)
