"""Runs -> printed lines: words set apart as they were printed, raised note markers told from numbers.

A marker is raised and small: a run set smaller than its line and above its baseline. It becomes a sentinel of
:mod:`indexer.readers.inline`, so that joining and mending lines cannot lose its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.readers import inline
from indexer.readers.pdf.page import Run

SPACE, NARROW_SPACE = 0.17, 0.22
"""Shares of the size: the gap between two runs from which it is a space, and up to which it is none beside a letter
that is no word. A word space is a quarter; what kerning and letter-spacing leave is mostly below an eighth."""

SPACE_OF_WORDS, WORDS_APART = 0.09, 0.1
"""The same where each word is a run of its own, so that none ends inside a word; the share of runs with a space inside
below which that is so."""

OVERHANG = 0.08
"""Share of the size by which an "f" reaches over what follows it, and makes a gap seem narrower than it is."""

AFTER_STOP = 0.09
"""The same after a mark that ends a word, where letter-spacing has narrowed what justification widened."""

SQUEEZED = 0.12
"""Share of the size by which a run must begin before the end of the space in front of it, for that to be none."""

_STOPPED = re.compile(r"(?:[,;:)”]|[a-z]s’)$")
_NOTE_MARKER = re.compile(r"^(?:\d{1,3}|\*{1,3}|[a-z])$")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_OPEN_END = re.compile(r"[-–—/]\s+$")
_LONE = re.compile(r"(?:^|\s)[b-z]$"), re.compile(r"^[b-z](?:\s|$)")

SMALL, RAISED, SAME_LINE = 0.86, 0.12, 0.35
"""A raised run's size against its line's; how far above the baseline it stands, and how far the baselines of one line
may lie apart, both as shares of the line's size."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or the part of it in one column or cell.

    ``text`` has note markers as sentinels. ``y`` is the baseline, ``size`` the size of most of it; ``bold`` and
    ``italic`` say how all of its letters are set. ``runs`` are what it was made of. ``spaced`` says that a
    space follows the hyphen, dash or stroke that it ends with, so that the next line does not belong to the same word;
    ``solid`` that nothing does.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    runs: tuple[Run, ...] = ()
    spaced: bool = False
    solid: bool = False

    @property
    def top(self) -> float:
        """Where the letters reach up to."""
        return self.y + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where the letters reach down to."""
        return self.y - 0.25 * self.size


def lines_of(runs: Iterable[Run], *, space: float = SPACE, part_at: float = math.inf) -> list[Line]:
    """The lines that ``runs`` make, in the order in which they were set.

    A gap of ``space`` sizes is one between words; one of ``part_at`` sizes or more ends a line: what stands beyond it
    is of another column or cell.
    """
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _goes_on(groups[-1], run, part_at):
            groups[-1].append(run)
        elif run.text.strip():
            groups.append([run])
    return [_line(group, space) for group in groups]


def with_late_markers(lines: Sequence[Line], *, space: float = SPACE) -> list[Line]:
    """``lines`` with the raised markers that were set after the line that they stand in put into it, by their place."""
    out = list(lines)
    for late in lines:
        if not _NOTE_MARKER.match(late.text):
            continue
        at = next((at for at, line in enumerate(out) if line is not late and _stands_in(late, line)), None)
        if at is not None:
            out[at] = _line(_inserted(out[at].runs, late.runs[0]), space)
            out = [line for line in out if line is not late]
    return out


def _stands_in(late: Line, line: Line) -> bool:
    """Whether ``late`` is raised and small in ``line``, or in front of it."""
    return _is_raised(late.runs[0], line.size, line.y) and line.x0 - 2 * line.size <= late.x0 <= line.x1


def _inserted(runs: Sequence[Run], marker: Run) -> list[Run]:
    """``runs`` with ``marker`` among them at its place; a run that it stands in is parted at the end of a word."""
    out: list[Run] = []
    for run in runs:
        if not run.x0 < marker.x0 < run.x1 or marker in out:
            out.append(run)
            continue
        near = round(len(run.text) * (marker.x0 - run.x0) / (run.x1 - run.x0))
        ends = [at for at, char in enumerate(run.text) if char == " "] or [len(run.text)]
        cut = min(ends, key=lambda at: abs(at - near))
        out += [
            replace(run, text=run.text[:cut], x1=marker.x0),
            marker,
            replace(run, text=run.text[cut:], x0=marker.x1),
        ]
    return sorted(out if marker in out else [*out, marker], key=lambda run: run.x0)


def space_of(runs: Sequence[Run]) -> float:
    """The share of the size from which a gap between ``runs`` is a space: less where each word is a run of its own."""
    words = [run for run in runs if len(run.text) > 1]
    inside = sum(1 for run in words if " " in run.text.strip())
    return SPACE if inside >= WORDS_APART * len(words) else SPACE_OF_WORDS


def _goes_on(group: Sequence[Run], run: Run, part_at: float) -> bool:
    """Whether ``run`` stands on the line that ``group`` has begun."""
    size, base = _base(group)
    larger = max(size, run.size)
    gap = _gap(group[-1], run)
    if gap < -larger or gap > part_at * larger:
        return False
    return abs(run.y - base) <= SAME_LINE * larger or _is_raised(run, size, base) or _all_raised(group, run)


def _gap(last: Run, run: Run) -> float:
    """How far ``run`` stands from ``last``, in the direction in which its script is written."""
    if _RIGHT_TO_LEFT.search(last.text) or _RIGHT_TO_LEFT.search(run.text):
        return max(run.x0 - last.x1, last.x0 - run.x1)
    return run.x0 - last.x1


def _base(group: Sequence[Run]) -> tuple[float, float]:
    """The size and the baseline of a line: those of its largest run with letters, the first among equals."""
    main = max(group, key=lambda run: round(run.size, 1) if run.text.strip() else 0)
    return main.size, main.y


def _is_raised(run: Run, size: float, base: float) -> bool:
    return run.size <= SMALL * size and RAISED * size <= run.y - base <= size


def _all_raised(group: Sequence[Run], run: Run) -> bool:
    """Whether the line so far is a raised marker in front of ``run``, as a note's definition begins."""
    return all(_is_raised(each, run.size, run.y) for each in group if each.text.strip())


def _line(group: Sequence[Run], space: float) -> Line:
    size, base = _base(group)
    text, held = "", ""
    last: Run | None = None
    for run in group:
        if not _is_raised(run, size, base):
            text, held = text + _marked(held, text), ""
        if text.endswith(" ") and last is not None and run.x0 < last.x1 - SQUEEZED * size:
            text = text.rstrip()  # the line was set so tight that its last space has no width
        elif last is not None and not held and not text.endswith(" ") and _is_apart(text, run, last, (size, space)):
            text += " "
        if _is_raised(run, size, base):
            held += run.text
        else:
            text += run.text
        last = run
    text += _marked(held, text)
    lettered = [run for run in group if any(char.isalpha() for char in run.text)] or list(group)
    return Line(
        inline.clean(text),
        group[0].x0,
        max(run.x1 for run in group if run.text.strip()),
        base,
        size,
        all(run.bold for run in lettered),
        all(run.italic for run in lettered),
        tuple(group),
        bool(_OPEN_END.search(group[-1].text)),
        not group[-1].text.endswith(" "),
    )


def _is_apart(text: str, run: Run, last: Run, scale: tuple[float, float]) -> bool:
    """Whether a space stands between ``text``, which ends in the run ``last``, and ``run``.

    ``scale`` is the line's size and the share of it that a space has at least. A note's marker is followed by one.
    """
    size, space = scale
    gap = _gap(last, run) + (OVERHANG * size if text.endswith("f") else 0)
    if text.endswith(inline.CLOSE) and run.text[:1].isalnum():
        return True
    if gap < (AFTER_STOP if _STOPPED.search(text) and run.text[:1].isalpha() else space) * size:
        return False
    alike = (last.bold, last.italic) == (run.bold, run.italic)
    lone = alike and (_LONE[0].search(text) or _LONE[1].match(run.text))
    return gap >= NARROW_SPACE * size or not lone


def _marked(raised: str, before: str) -> str:
    """Raised text as a note's marker, or as plain text where it is a power or an ordinal's ending ("km2", "1st")."""
    space = " " if raised.endswith(" ") else ""
    return inline.raised(raised.strip(), before) + space if raised.strip() else raised
