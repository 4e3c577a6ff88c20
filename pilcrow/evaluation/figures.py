"""Figures with their numerators and denominators, and how they are printed: shared by all that is measured of a corpus.

A part is what one question is answered by ("are the symbols right?"): figures, a share each; counts; and the cases
behind them, a line or more each, which are printed only for the parts that are asked for.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100
_LABEL = 30
_HOW = " " * 62


@dataclass(frozen=True, slots=True)
class Figure:
    """``right`` of ``of`` things are as they should be; ``how`` says what was compared or counted."""

    label: str
    right: int
    of: int
    how: str = ""

    @property
    def share(self) -> float | None:
        """The share that is right, 0 to 1, None where there was nothing to measure."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something there are; ``how`` says what was counted."""

    label: str
    count: float
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question and its answer; ``note`` says what holds for all its figures."""

    key: str
    title: str
    rows: tuple[Figure | Count, ...] = ()
    note: str = ""
    cases: tuple[str, ...] = ()

    def render(self, *, listed: bool = False) -> str:
        """The part as text of ``WIDTH`` columns; with its cases, whose lines are as long as they are, if ``listed``."""
        lines = [self.title]
        lines += textwrap.wrap(self.note, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
        for row in self.rows:
            lines += _lines(row)
        if listed:
            lines += ["", *self.cases] if self.cases else []
        elif self.cases:
            lines.append(f"  (--list {self.key} prints the cases)")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The part as values for JSON."""
        return {
            "title": self.title,
            "note": self.note,
            "figures": [_figure(row) for row in self.rows if isinstance(row, Figure)],
            "counts": [_count(row) for row in self.rows if isinstance(row, Count)],
            "cases": list(self.cases),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All parts, in the order in which they are printed."""

    parts: tuple[Part, ...]

    def render(self, *, listed: Collection[str] = ()) -> str:
        """The report as text, with the cases of the parts whose keys are in ``listed``."""
        return "\n\n".join(part.render(listed=part.key in listed) for part in self.parts)

    def as_dict(self) -> dict[str, Any]:
        """The report as values for JSON, by the parts' keys."""
        return {part.key: part.as_dict() for part in self.parts}


def _lines(row: Figure | Count) -> Iterator[str]:
    if isinstance(row, Figure):
        numbers = f"{row.right:>8,} of {row.of:>7,} {percent(row):>8}"
    else:
        shown = f"{row.count:,}" if isinstance(row.count, int) else f"{row.count:,.1f}"
        numbers = f"{shown:>8}{'':>20}"
    head, *more = _label(row.label)
    yield from more[:-1] and [f"  {head}", *(f"    {each}" for each in more[:-1])]
    last = f"    {more[-1]}" if more else f"  {head}"
    if len(more) == 1:
        yield f"  {head}"
    room = WIDTH - len(_HOW)
    hows: Sequence[str] = textwrap.wrap(row.how, room) or [""]
    yield f"{last:<{_LABEL + 2}} {numbers} {hows[0]}".rstrip()
    yield from (_HOW + each for each in hows[1:])


def percent(figure: Figure) -> str:
    """The share as it is printed: "97.3%"; what is not all is never "100%", and what is not nothing never "0%"."""
    if figure.share is None:
        return "-"
    rounded = f"{figure.share:.1%}"
    if rounded == "100.0%" and figure.right < figure.of:
        return ">99.9%"
    return "<0.1%" if rounded == "0.0%" and figure.right else rounded


def _label(label: str) -> list[str]:
    return textwrap.wrap(label, _LABEL - 2) if len(label) > _LABEL else [label]


def _figure(row: Figure) -> dict[str, Any]:
    return {"label": row.label, "right": row.right, "of": row.of, "share": row.share, "how": row.how}


def _count(row: Count) -> dict[str, Any]:
    return {"label": row.label, "count": row.count, "how": row.how}


def listed(values: Iterable[object]) -> str:
    """The values as text, sorted, with commas."""
    return ", ".join(sorted(map(str, values)))
