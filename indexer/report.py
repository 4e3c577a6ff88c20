"""What a build did: what was taken, what was refused and why, and what no document said of itself.

A report is a value. It is printed at the end of a build and kept with the generation that the build published, so that
``pilcrow info`` can still say what stands in the index and what does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pilcrow.engine import ranges
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.generations import current, generation, rebuild_with
from pilcrow.engine.model import ParsedDocument

FILE = "report.json"

_SHOWN = 20
_ASKED: tuple[tuple[str, Callable[[ParsedDocument], object]], ...] = (
    ("symbol", lambda parsed: parsed.document.symbols),
    ("title", lambda parsed: parsed.document.title),
    ("date", lambda parsed: parsed.document.date),
    ("body", lambda parsed: parsed.document.body),
    ("session", lambda parsed: parsed.document.sessions),
    ("agenda item", lambda parsed: any(paragraph.agenda for paragraph in parsed.paragraphs)),
    ("type", lambda parsed: parsed.document.type),
    ("language", lambda parsed: parsed.document.language),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that is not in the index: ``name`` in its folder, what is wrong with it, and what to do about it."""

    name: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Two files that are the same document ``id``: which one is in the index, which is not, and why that way round."""

    id: str
    kept: str
    left_out: str
    reason: str

    def __str__(self) -> str:
        return f"{self.id}: {self.kept} was taken and {self.left_out} left out, {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """A file ``name`` with the identifier ``id`` of the file ``other`` and another text: it is kept as ``kept_as``."""

    id: str
    name: str
    other: str
    kept_as: str

    def __str__(self) -> str:
        return (
            f"{self.id}: {self.name} has this identifier too, and another text than {self.other}; it is kept as "
            f"{self.kept_as}; say its symbol in catalogue.toml"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file ``name`` of which some ``pages`` are pictures, so that only the others are in the index."""

    name: str
    pages: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name}: {ranges.pages(self.pages)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A file ``name`` whose masthead says otherwise than its symbol ``id``; each of ``points`` is half a sentence."""

    id: str
    name: str
    points: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} ({self.id}): {'; '.join(self.points)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What a document does not say of itself and the catalogue does not give: the names of the ``fields``."""

    id: str
    name: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.fields)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What one build did.

    ``changed`` is false where the index already stood so, and nothing was done. ``roots`` are the absolute paths that
    were given; ``files`` counts every file that was looked at, ``parsed`` those that were read this time, ``reused``
    those whose paragraphs were kept from an earlier time. ``unread`` are documents with pages that could not be,
    ``empty`` are the names of files that are documents without a paragraph, ``disagreements`` those whose masthead
    and symbol do not say the same, ``unused`` the entries of the catalogue that name no file. ``engine_reason`` is
    half a sentence, ``seconds`` the time that the build took.
    """

    generation: str
    engine: str
    engine_reason: str
    roots: tuple[str, ...]
    files: int
    parsed: int
    reused: int
    documents: int
    paragraphs: int
    refused: tuple[Refused, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    unread: tuple[Unread, ...] = ()
    empty: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    unused: tuple[str, ...] = ()
    seconds: float = 0.0
    changed: bool = True

    def render(self, *, every: bool = False) -> str:
        """The report as lines of text; long lists are cut, with their length said, unless ``every`` is asked for."""
        return "\n".join(self._lines(every=every))

    def _lines(self, *, every: bool) -> Iterator[str]:
        held = f"{_count(self.documents, 'document')}, {_count(self.paragraphs, 'paragraph')}"
        if self.changed:
            read = f"{self.parsed} read now, {self.reused} as read before; {len(self.refused)} refused"
            yield f"Indexed {held} in {self.seconds:.1f} s ({_count(self.files, 'file')}: {read})."
            yield f"Engine: {self.engine}, {self.engine_reason}."
        else:
            yield f"Nothing changed: {held} ({_count(self.files, 'file')}, {len(self.refused)} refused)."
        yield from _listed("Refused:", self.refused, every=every)
        yield from _listed("Twice in the corpus:", self.duplicates, every=every)
        yield from _listed("Different documents under one identifier:", self.namesakes, every=every)
        yield from _listed(
            "Pictures of text, not read; recognise them (OCR) and index again:", self.unread, every=every
        )
        yield from _listed("Documents without a paragraph:", self.empty, every=every)
        yield from _listed(
            "Masthead and symbol disagree, and the symbol is believed; say what is right in catalogue.toml:",
            self.disagreements,
            every=every,
        )
        yield from _listed("In catalogue.toml, but no file of that name:", self.unused, every=every)
        if self.changed:
            yield from _listed(
                "Unknown, because neither the file nor catalogue.toml says it:", self.unknown, every=every
            )


def refusals(refused: tuple[Refused, ...]) -> str:
    """A line for each of ``refused``, as in a report, where there is no index that a report could be of."""
    return "\n".join(_listed("Refused:", refused, every=True))


def unknown_fields(parsed: ParsedDocument) -> tuple[str, ...]:
    """The names of what nothing says about a document; an agenda item is known where one of its paragraphs has one."""
    return tuple(name for name, value in _ASKED if not value(parsed))


def encode(report: BuildReport) -> bytes:
    """``report`` as the JSON that :func:`read_report` reads."""
    return msgspec.json.format(msgspec.json.encode(report))


def read_report(directory: Path) -> BuildReport:
    """The report of the build that made the current generation of ``directory``.

    Raises :class:`~pilcrow.engine.errors.NoIndexError` where nothing was built, and :class:`IndexDamagedError` where
    the generation has no report that can be read.
    """
    path = generation(directory, current(directory)) / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=BuildReport)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexDamagedError(f"{path} is missing or cannot be read; {rebuild_with(directory)}.") from error


def _listed(heading: str, items: tuple[object, ...], *, every: bool) -> Iterator[str]:
    shown = items if every else items[:_SHOWN]
    if items:
        yield heading
        yield from (f"  {escaped(str(item))}" for item in shown)
    if len(shown) < len(items):
        yield f"  ... and {len(items) - len(shown)} more (pilcrow info --all lists them)"


def escaped(text: str) -> str:
    """``text`` on one line and harmless to a terminal: what no printer prints is written as Python writes it.

    File names come from anywhere. A line feed in one would begin a line that looks like the report's own, an escape
    sequence could do what it likes to the terminal, and a mark of direction turns round what stands beside it.
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
