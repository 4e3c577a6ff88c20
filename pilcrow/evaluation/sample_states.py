"""A sample of texts with the States that they name, judged by reading them, and precision and recall against it.

A text is a paragraph's or a note's. Texts that name States in today's parse are drawn until they have the mentions that
are asked for, a quarter of which are in notes, at most four texts a file and fifteen mentions a text; for every six
mentions one text in which none was found, but which has a capital letter within a sentence, is drawn too: a name that
the parser does not know would stand there. So recall is over what both strata hold, not an estimate for the corpus.

A judged text is known by its hash; its mentions are committed as codes and offsets in it. A mention is right if it has
the code of a judged one whose characters it overlaps. Where a text has changed since, it is found by its first words,
and the codes alone are compared; where it is nowhere, its mentions are counted apart and not scored.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pilcrow.engine.model import StateMention
from pilcrow.evaluation.alike import short_hash, start_hash
from pilcrow.evaluation.corpus import Corpus, ReadFile
from pilcrow.evaluation.figures import Count, Figure, Part

ASK = (
    "judged: right, or the list of all States that the text names, in order, such as "
    '[{"code": "FRA", "words": "France"}, ...], words as they stand in the text'
)
MOST_A_FILE, MOST_A_TEXT, A_NOTE_IN, NONE_IN = 4, 15, 4, 6
_CAPITAL_WITHIN = re.compile(r"[a-z,] [A-Z][a-z]")
_KEPT = ("record", "file", "page", "ordinal", "note", "hash", "start", "length")

Mention = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph's text, or that of its note ``note``, and the mentions found in it."""

    file: ReadFile
    page: int | None
    ordinal: int
    note: str
    text: str
    mentions: tuple[Mention, ...]


def _texts(file: ReadFile) -> Iterator[_Text]:
    for paragraph in file.parsed.paragraphs:
        page, ordinal = paragraph.page, paragraph.ordinal
        yield _Text(file, page, ordinal, "", paragraph.text, tuple(_mentions(paragraph.states, "")))
        for note in paragraph.notes:
            yield _Text(file, page, ordinal, note.marker, note.text, tuple(_mentions(paragraph.states, note.marker)))


def _mentions(states: Sequence[StateMention], note: str) -> Iterator[Mention]:
    where = "note" if note else "text"
    for each in states:
        if each.where == where and each.note == note:
            yield each.code, each.start, each.end


def draw(corpus: Corpus, rng: random.Random, size: int) -> tuple[str, list[dict[str, Any]]]:
    """Texts that have about ``size`` mentions, and a text without any for every six."""
    files = sorted((file for file in corpus.files if file.raw.pages), key=lambda each: each.name)
    every = [each for file in files for each in _texts(file)]
    rng.shuffle(every)
    some = [each for each in every if 0 < len(each.mentions) <= MOST_A_TEXT]
    none = [each for each in every if not each.mentions and _CAPITAL_WITHIN.search(each.text)]
    in_notes = _until([each for each in some if each.note], size // A_NOTE_IN)
    in_texts = _until([each for each in some if not each.note], size - sum(len(each.mentions) for each in in_notes))
    chosen = [*in_texts, *in_notes, *_capped(none, size // NONE_IN)]
    chosen.sort(key=lambda each: (each.file.name, each.ordinal, each.note))
    method = (
        "shuffled with random.Random(seed); texts with States until there are size mentions, a quarter in notes, at "
        f"most {MOST_A_FILE} texts a file and {MOST_A_TEXT} mentions a text; size / {NONE_IN} texts without"
    )
    return method, [_record(each) for each in chosen]


def _until(texts: Sequence[_Text], mentions: int) -> list[_Text]:
    out: list[_Text] = []
    for each in _capped(texts, len(texts)):
        if sum(len(one.mentions) for one in out) >= mentions:
            break
        out.append(each)
    return out


def _capped(texts: Sequence[_Text], most: int) -> list[_Text]:
    taken: Counter[str] = Counter()
    out: list[_Text] = []
    for each in texts:
        if len(out) < most and taken[each.file.name] < MOST_A_FILE:
            taken[each.file.name] += 1
            out.append(each)
    return out


def _record(text: _Text) -> dict[str, Any]:
    return {
        "record": "states",
        "file": text.file.name,
        "page": text.page,
        "ordinal": text.ordinal,
        "note": text.note,
        "hash": short_hash(text.text),
        "start": start_hash(text.text),
        "length": len(text.text),
        "text": text.text,
        "found": [{"code": code, "words": text.text[start:end], "at": start} for code, start, end in text.mentions],
        "judged": None,
    }


def strip(record: dict[str, Any]) -> dict[str, Any]:
    """A judged record with codes and offsets for text; raises ``ValueError`` where its judgement cannot be used."""
    said = record["found"] if record["judged"] == "right" else record["judged"]
    if not isinstance(said, list):
        raise ValueError(f"“{said}” is no judgement")
    return {**{key: record[key] for key in _KEPT}, "states": list(_placed(said, record["text"]))}


def _placed(said: Sequence[dict[str, str]], text: str) -> Iterator[list[str | int]]:
    """Each judged mention with its place: the first one after the mention before, or else the first in the text.

    Whole words go before parts of words, so that "Brazil" is not sought in "Brazilian".
    """
    low = 0
    for each in said:
        code, words = each["code"], each["words"]
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        found = whole.search(text, low) or whole.search(text)
        at = found.start() if found else text.find(words)
        if at < 0 or not re.fullmatch(r"[A-Z]{3}", code):
            raise ValueError(f"“{words}” ({code}) does not stand in the text, or its code is none")
        low = at + len(words)
        yield [code, at, low]


@dataclass(slots=True)
class _Tally:
    right: int = 0
    judged: int = 0
    found: int = 0
    lost: int = 0
    changed: int = 0
    absent: int = 0


def score(corpus: Corpus, records: Sequence[dict[str, Any]]) -> Part:
    """Precision and recall of the mentions in the judged texts."""
    tally, cases = _Tally(), []
    for record in records:
        file = corpus.named(record["file"])
        if file is None and not corpus.refused_by_name(record["file"]):
            tally.absent += 1
            continue
        truth = [(str(code), int(start), int(end)) for code, start, end in record["states"]]
        text = _found(record, file) if file else None
        if text is None:
            tally.lost += 1
            cases.append(f"  {_place(record)}: the text is not found again")
            continue
        right, missed, made_up = _compared(truth, text.mentions, same=short_hash(text.text) == record["hash"])
        tally.changed += short_hash(text.text) != record["hash"]
        tally.right, tally.judged, tally.found = (
            tally.right + right,
            tally.judged + len(truth),
            tally.found + len(text.mentions),
        )
        cases += [f"  {_place(record)}: missed {code}" for code in missed]
        cases += [f"  {_place(record)}: made up {code}" for code in made_up]
    return Part(
        key="states-judged", title="State mentions judged by eye", rows=tuple(_rows(tally, records)), cases=tuple(cases)
    )


def _rows(tally: _Tally, records: Sequence[dict[str, Any]]) -> Iterator[Figure | Count]:
    yield Figure(
        "precision", tally.right, tally.found, "mentions found that have the code of a judged one they overlap"
    )
    yield Figure("recall", tally.right, tally.judged, "judged mentions that were found so")
    scored = len(records) - tally.lost - tally.absent
    yield Figure("texts scored", scored, len(records), "paragraphs and notes that are found in today's parse")
    yield Count("changed since", tally.changed, "found by their first words; codes alone were compared")
    yield Count("not here", tally.absent, "judged in files that are not measured now")


def _found(record: dict[str, Any], file: ReadFile) -> _Text | None:
    """The judged text in today's parse: of those with its hash, else with its first words, the nearest."""
    of_kind = [each for each in _texts(file) if bool(each.note) == bool(record["note"])]
    same = [each for each in of_kind if short_hash(each.text) == record["hash"]]
    alike = same or [each for each in of_kind if start_hash(each.text) == record["start"]]
    return min(alike, key=lambda each: abs(each.ordinal - record["ordinal"]), default=None)


def _compared(truth: Sequence[Mention], found: Sequence[Mention], *, same: bool) -> tuple[int, list[str], list[str]]:
    """How many are right, and the codes missed and made up; by code alone where the text is not the ``same``."""
    left, missed = list(found), []
    for code, start, end in truth:
        for each in left:
            if each[0] == code and (not same or (each[1] < end and start < each[2])):
                left.remove(each)
                break
        else:
            missed.append(code)
    return len(truth) - len(missed), missed, [each[0] for each in left]


def _place(record: dict[str, Any]) -> str:
    note = f" note {record['note']}" if record["note"] else ""
    return f"{record['file']} p. {record['page']} #{record['ordinal']}{note}"
