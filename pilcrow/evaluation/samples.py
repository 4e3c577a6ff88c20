"""Samples that are judged by eye: drawn with a seed, judged in a scratch file, committed without the documents' text.

1. ``pilcrow evaluate sample KIND DIR --seed N --out SCRATCH`` draws a sample and writes it with the text that is to be
   judged, a JSON object a line, the first of which says how the sample was drawn.
2. Somebody opens the files at the pages named and fills in what each kind asks for (see :data:`KINDS`).
3. ``pilcrow evaluate judged SCRATCH --out tests/data/corpus/KIND.jsonl`` checks that nothing is left open and writes
   what was judged: file names, pages, offsets, codes and hashes of words, no text.
4. ``pilcrow evaluate corpus DIR`` finds the judged paragraphs in today's parse by those hashes and prints how many of
   the judgements hold.

Samples are drawn from PDFs, since it is their pages that can be looked at. What a kind samples, and how it is scored,
is in its own module.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilcrow.evaluation import sample_ends, sample_mastheads, sample_states
from pilcrow.evaluation.corpus import Corpus, CorpusError
from pilcrow.evaluation.figures import Part

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of sample: how it is drawn, stripped of text once it is judged, and scored against today's parse.

    ``size`` is how many of its things (mastheads, ends, mentions) a sample has unless another number is asked for.
    """

    key: str
    size: int
    draw: Callable[[Corpus, random.Random, int], tuple[str, list[Record]]]
    strip: Callable[[Record], Record]
    score: Callable[[Corpus, Sequence[Record]], Part]
    ask: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "mastheads",
            40,
            sample_mastheads.draw,
            sample_mastheads.strip,
            sample_mastheads.score,
            sample_mastheads.ASK,
        ),
        Kind("ends", 200, sample_ends.draw, sample_ends.strip, sample_ends.score, sample_ends.ASK),
        Kind("states", 300, sample_states.draw, sample_states.strip, sample_states.score, sample_states.ASK),
    )
}
"""Every kind of sample, by its key, which is also the name of its committed file."""


def draw(corpus: Corpus, kind: Kind, *, seed: int, size: int | None = None) -> list[Record]:
    """A sample of ``kind``, with text: a head that says how it was drawn and what is to be filled in, then records."""
    if not any(file.raw.pages for file in corpus.files):
        raise CorpusError(f"No PDF under “{corpus.folder}” was read; name a folder with PDFs to draw a sample from.")
    method, records = kind.draw(corpus, random.Random(seed), size or kind.size)
    head = {
        "record": "sample",
        "kind": kind.key,
        "seed": seed,
        "size": size or kind.size,
        "method": method,
        "fill in": kind.ask,
    }
    return [head, *records]


def judged(records: Sequence[Record], *, source: Path) -> tuple[Kind, list[Record]]:
    """The kind of a judged sample and its records without text; raises :class:`CorpusError` where one is left open."""
    head = records[0] if records else {}
    kind = KINDS.get(head.get("kind", ""))
    if kind is None:
        raise CorpusError(f"“{source}” does not begin with a sample's head; name a file that evaluate sample wrote.")
    out = [{key: value for key, value in head.items() if key != "fill in"}]
    for number, record in enumerate(records[1:], start=2):
        try:
            out.append(kind.strip(record))
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"“{source}”, line {number}: {_said(error)}; fill it in: {kind.ask}") from error
    return kind, out


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def read_records(path: Path) -> list[Record]:
    """The JSON objects of a sample's file, a line each; raises :class:`CorpusError`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"“{path}” cannot be read as a sample ({error}); name a file of JSON lines.") from error
    out = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise CorpusError(f"“{path}”, line {number}: this is no JSON ({error.msg}); mend that line.") from error
            if not isinstance(record, dict):
                raise CorpusError(f"“{path}”, line {number}: a record is a JSON object; mend that line.")
            out.append(record)
    return out


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write a sample's file; raises :class:`CorpusError` where that cannot be done."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"“{path}” cannot be written ({error.strerror}); name another file with --out.") from error


def sample_parts(corpus: Corpus, folder: Path) -> Iterator[Part]:
    """What still holds of each kind's judgements in ``folder``; of a kind that has no file there, nothing."""
    for kind in KINDS.values():
        path = folder / f"{kind.key}.jsonl"
        if path.is_file():
            records = [record for record in read_records(path) if record.get("record") != "sample"]
            try:
                yield kind.score(corpus, records)
            except (KeyError, TypeError, ValueError) as error:
                raise CorpusError(f"“{path}” has a record that cannot be used: {_said(error)}; mend it.") from error
