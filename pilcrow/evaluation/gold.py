"""Scoring parsed documents against gold paragraphs: the core of ``pilcrow evaluate gold``.

Gold is a file of JSON lines, a line for each paragraph (what the fields mean is said where the gold is kept). A parsed
paragraph is a line of ``pilcrow parse``, with the same field names. :func:`score` compares values;
:func:`evaluate_gold` reads the gold, finds its documents and parses them with a function that it is given, so that
this module needs no reader.

What is counted, over every document and in all:

- ``paragraphs``: those that begin and end where gold does. A missed one costs recall, a made-up one precision;
- ``markers``, ``parents``, ``sections``: one value a paragraph (the whole chain, the whole path), also an empty one;
- ``notes``, ``states``, ``note_states``, ``agenda`` and each pillar: the single values of paragraphs that were paired;
  values of unpaired paragraphs count as missed or made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pilcrow.engine.errors import PilcrowError
from pilcrow.evaluation.alignment import Extent, align, words
from pilcrow.evaluation.figures import listed

PILLARS = ("prosecution", "protection", "prevention", "national", "international")
SINGLE = ("markers", "parents", "sections")
MULTIPLE = ("notes", "states", "note_states", "agenda")
MEASURES = ("paragraphs", *SINGLE, *MULTIPLE, *PILLARS, "pillars")
"""Every row of a table, in its order; ``pillars`` is all five together (micro-averaged)."""

LABELS = {
    "sections": "section paths",
    "states": "States in text",
    "note_states": "States in notes",
    "agenda": "agenda items",
    "pillars": "pillars (micro)",
    **{pillar: f"  {pillar}" for pillar in PILLARS},
}


class GoldError(PilcrowError):
    """A gold file cannot be used as it is, or a document that it judges cannot be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph as gold and ``pilcrow parse`` give it; lists are in the order given."""

    start: str
    end: str
    doc: str = ""
    n: int = 0
    marker: str = ""
    parent: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    note_states: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()

    @property
    def extent(self) -> Extent:
        """Where the paragraph begins and ends, for pairing."""
        return Extent.of(self.start, self.end, notes=self.notes)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values are right, how many gold has, how many were parsed."""

    right: int = 0
    gold: int = 0
    parsed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.gold + other.gold, self.parsed + other.parsed)

    @property
    def precision(self) -> float:
        """The share of parsed values that are right, 0 to 1; 1 where none was parsed."""
        return self.right / self.parsed if self.parsed else 1.0

    @property
    def recall(self) -> float:
        """The share of gold's values that were parsed, 0 to 1; 1 where gold has none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1; 1 where there was nothing at all."""
        return 2 * self.right / (self.gold + self.parsed) if self.gold + self.parsed else 1.0


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's tallies by measure (see ``MEASURES``), and every difference in a line each."""

    doc: str
    tallies: Mapping[str, Tally]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldReport:
    """The scores of all documents, in the gold's order."""

    documents: tuple[DocumentScore, ...] = field(default=())

    @property
    def total(self) -> Mapping[str, Tally]:
        """The tallies of all documents together, by measure."""
        return {name: sum((each.tallies[name] for each in self.documents), Tally()) for name in MEASURES}

    def render(self, *, errors: bool = False) -> str:
        """The report as text: a table for each document and one in all; ``errors`` puts every difference first."""
        lines = [line for each in self.documents for line in each.differences] if errors else []
        tables = [_table(each.doc, each.tallies) for each in self.documents]
        if len(self.documents) != 1:
            tables.append(_table(f"all {len(self.documents)} documents", self.total))
        return "\n\n".join([*(["\n".join(lines)] if lines else []), *tables])

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain values for JSON: documents by name, and ``total``; each measure's counts and ratios."""
        return {
            "documents": {each.doc: _figures(each.tallies) for each in self.documents},
            "total": _figures(self.total),
        }


def score(gold: Sequence[Mapping[str, Any]], parsed: Mapping[str, Sequence[Mapping[str, Any]]]) -> GoldReport:
    """Compare ``gold`` lines with the ``parsed`` lines of each document (by gold's ``doc``), in document order.

    Raises :class:`GoldError` for a line that lacks ``start`` or ``end`` or has a field of another type than gold's,
    and for a document of the gold that ``parsed`` has not.
    """
    by_document: dict[str, list[Unit]] = {}
    for position, line in enumerate(gold, 1):
        unit = _unit(line, f"gold line {position}")
        by_document.setdefault(unit.doc, []).append(unit)
    missing = [doc for doc in by_document if doc not in parsed]
    if missing:
        raise GoldError(f"The gold judges {missing[0]}, which was not parsed; parse it too or leave its lines out.")
    return GoldReport(
        tuple(_score_document(doc, units, _units(doc, parsed[doc])) for doc, units in by_document.items())
    )


def evaluate_gold(
    gold_file: Path, *, documents: Sequence[Path], parse: Callable[[Path], Sequence[dict[str, Any]]]
) -> GoldReport:
    """Score what ``parse`` makes of each document that ``gold_file`` judges.

    A document is looked for under each of the folders ``documents`` (at any depth; a file may be given too), else
    beside the gold file, in the folder above, and in that folder's subfolders, two deep. Raises :class:`GoldError`
    with one clear sentence for a gold file that cannot be read, a malformed line, or a document that is nowhere.
    """
    gold = read_gold(gold_file)
    names = dict.fromkeys(str(line["doc"]) for line in gold)
    paths = {doc: find_document(doc, gold_file, documents) for doc in names}
    return score(gold, {doc: [line for line in parse(path) if _is_paragraph(line)] for doc, path in paths.items()})


def read_gold(gold_file: Path) -> list[dict[str, Any]]:
    """The lines of ``gold_file`` as values, blank lines left out; raises :class:`GoldError` naming file and line."""
    try:
        text = gold_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{gold_file} cannot be read as a gold file ({error}); give a file of JSON lines.") from error
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            lines.append(_gold_line(line, f"{gold_file}, line {number}"))
    if not lines:
        raise GoldError(f"{gold_file} has no paragraphs; a gold file has one JSON object a line for each paragraph.")
    return lines


def find_document(doc: str, gold_file: Path, documents: Sequence[Path]) -> Path:
    """The file that gold calls ``doc`` (a bare name or a relative path); raises :class:`GoldError` if there is none."""
    above = gold_file.absolute().parent.parent
    patterns = ((gold_file.absolute().parent, ""), (above, ""), (above, "*/"), (above, "*/*/"))
    candidates: Iterator[Path] = (path for given in documents for path in _under(given, doc))
    for path in (*candidates, *(found for folder, depth in patterns for found in _matching(folder, depth, doc))):
        if path.is_file():
            return path
    where = ", ".join(str(path) for path in (*documents, gold_file.parent, above))
    raise GoldError(f"The document {doc} of {gold_file} was not found in {where}; name its folder with --documents.")


def _under(given: Path, doc: str) -> Iterator[Path]:
    if given.is_file():
        yield from [given] if given.name == Path(doc).name else []
    else:
        yield given / doc
        yield from sorted(each for each in given.rglob("*") if each.name == Path(doc).name)


def _matching(folder: Path, depth: str, doc: str) -> Iterator[Path]:
    folders = sorted(each for each in folder.glob(depth) if each.is_dir()) if depth else [folder]
    return (each / doc for each in folders)


def _is_paragraph(line: Mapping[str, Any]) -> bool:
    return bool(line.get("record", "paragraph") == "paragraph")


def _gold_line(line: str, where: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise GoldError(f"{where}: this is no JSON ({error}); a gold file has one JSON object a line.") from error
    if not isinstance(value, dict) or not value.get("doc"):
        raise GoldError(f"{where}: a gold paragraph is a JSON object that names its document in the field doc.")
    _unit(value, where)
    return value


def _unit(line: Mapping[str, Any], where: str) -> Unit:
    try:
        return msgspec.convert(line, type=Unit)
    except msgspec.ValidationError as error:
        raise GoldError(f"{where}: {error}; the fields of a paragraph are those of the gold.") from error


def _units(doc: str, lines: Sequence[Mapping[str, Any]]) -> list[Unit]:
    return [_unit(line, f"{doc}, parsed paragraph {position}") for position, line in enumerate(lines, 1)]


def _score_document(doc: str, gold: Sequence[Unit], parsed: Sequence[Unit]) -> DocumentScore:
    pairs = align([unit.extent for unit in gold], [unit.extent for unit in parsed])
    compared = [(gold[i], parsed[j]) for i, j in pairs]
    paired_gold, paired_parsed = {i for i, _ in pairs}, {j for _, j in pairs}
    missed: list[tuple[Unit | None, Unit | None]] = [(u, None) for i, u in enumerate(gold) if i not in paired_gold]
    made_up: list[tuple[Unit | None, Unit | None]] = [(None, u) for j, u in enumerate(parsed) if j not in paired_parsed]
    tallies = dict.fromkeys(MEASURES, Tally())
    differences: list[tuple[int, str]] = []
    for one, other in [*compared, *missed, *made_up]:
        for name, (wanted, given) in _values(one, other).items():
            tallies[name] += Tally(len(wanted & given), len(wanted), len(given))
        differences += [(one.n if one else 0, f"{doc}: {text}") for text in _differences(one, other)]
    tallies["pillars"] = sum((tallies[pillar] for pillar in PILLARS), Tally())
    return DocumentScore(doc, tallies, tuple(text for _, text in sorted(differences, key=lambda each: each[0])))


def _values(gold: Unit | None, parsed: Unit | None) -> dict[str, tuple[set[object], set[object]]]:
    """What each measure compares: the set of gold's values and of the parsed values (``None``: no such paragraph)."""
    found = gold is not None and parsed is not None and gold.extent.same(parsed.extent)
    values: dict[str, tuple[set[object], set[object]]] = {
        "paragraphs": ({"found"} if gold else set(), {"found" if found else "other"} if parsed else set())
    }
    for name in (*SINGLE, *MULTIPLE):
        values[name] = (_of(gold, name), _of(parsed, name))
    for pillar in PILLARS:
        values[pillar] = (_of(gold, "pillars") & {pillar}, _of(parsed, "pillars") & {pillar})
    return values


def _of(unit: Unit | None, name: str) -> set[object]:
    if unit is None:
        return set()
    if name == "markers":
        return {" ".join(words(unit.marker))}
    if name == "parents":
        return {tuple(unit.parent)}
    if name == "sections":
        return {tuple(" ".join(words(heading)) for heading in unit.section)}
    return set(getattr(unit, name))


def _differences(gold: Unit | None, parsed: Unit | None) -> Iterator[str]:
    if gold is None or parsed is None:
        unit, what = (gold, "missed") if gold else (parsed, "made up")
        if unit:
            yield f"{_name(unit)}: paragraph {what}: {unit.start} ... {unit.end}"
        return
    if not gold.extent.same_start(parsed.extent):
        yield f"{_name(gold)}: paragraph begins {parsed.start!r}, gold {gold.start!r}"
    if not gold.extent.same_end(parsed.extent):
        yield f"{_name(gold)}: paragraph ends {parsed.end!r}, gold {gold.end!r}"
    for name in SINGLE:
        wanted, given = _of(gold, name), _of(parsed, name)
        if wanted != given:
            yield f"{_name(gold)}: {_label(name)}: {_shown(given)}, gold {_shown(wanted)}"
    for name in (*MULTIPLE, "pillars"):
        lost, extra = _of(gold, name) - _of(parsed, name), _of(parsed, name) - _of(gold, name)
        parts = [f"missed {listed(lost)}"] if lost else []
        parts += [f"made up {listed(extra)}"] if extra else []
        if parts:
            yield f"{_name(gold)}: {'pillars' if name == 'pillars' else _label(name)}: {'; '.join(parts)}"


def _name(unit: Unit) -> str:
    return " ".join(part for part in (f"#{unit.n}", *unit.parent, unit.marker) if part)


def _label(name: str) -> str:
    return LABELS.get(name, name)


def _shown(values: Iterable[object]) -> str:
    return "; ".join(" > ".join(value) if isinstance(value, tuple) else repr(value) for value in values) or "none"


def _figures(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "right": tally.right,
            "gold": tally.gold,
            "parsed": tally.parsed,
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
        }
        for name, tally in tallies.items()
    }


def _table(title: str, tallies: Mapping[str, Tally]) -> str:
    """A table of ``tallies`` in plain text; "-" stands where there was nothing to measure."""
    rows = [f"{title:<42} {'right':>6} {'gold':>6} {'parsed':>6} {'prec.':>7} {'recall':>7} {'F1':>7}"]
    for name in MEASURES:
        tally = tallies[name]
        ratios = (
            (tally.precision, tally.parsed),
            (tally.recall, tally.gold),
            (tally.f1, tally.gold + tally.parsed),
        )
        shown = " ".join(f"{ratio:>7.1%}" if count else f"{'-':>7}" for ratio, count in ratios)
        rows.append(f"{_label(name):<42} {tally.right:>6} {tally.gold:>6} {tally.parsed:>6} {shown}")
    return "\n".join(rows)
