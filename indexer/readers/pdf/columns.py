"""The reading order of a page without structure: across where it has one column, down each where it has two.

A gutter is a strip of white near the middle with text on both sides at the same heights. Lines that cross it (titles,
the letterhead) part the page into bands, and each band is read column by column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer import enumerators
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.page import Page

FEWEST = 6
"""Lines that each of two columns has at least."""

MOST_CROSSING = 0.25
"""Share of a two-column page's lines that may cross its gutter."""

NARROWEST = 0.25
"""Share of the page's width that a column's usual line has at least: narrower ones are a table's columns."""

LETTERHEAD, FEWEST_OF_HEAD, HEAD_GAP = 0.72, 2, 1.6
"""Share of the height of a first page above which its letterhead stands; lines that each column of it has at least;
sizes of white that end it."""

MOST_BACK = 0.02
"""Share of a page's lines that may stand above the line set before them, for their order to be the reading order."""

NEAR_LABEL = 4.5
"""Sizes between a label ("12.", "(a)", a bullet) and its text; a dash farther away is an empty cell."""

BAND = 0.6
"""Share of the size by which baselines may differ in one row of lines."""


def ordered(lines: Sequence[Line], page: Page) -> list[list[Line]]:
    """The lines of each column of the page, columns in reading order, lines from top to bottom."""
    if page.number == 1:
        head, lines = _letterhead(lines, page)
        return [*head, *_ordered(lines, page)]
    return _ordered(lines, page)


def _letterhead(lines: Sequence[Line], page: Page) -> tuple[list[list[Line]], list[Line]]:
    """The columns of a first page's letterhead (body at the left, distribution at the right), and the other lines."""
    top = sorted((line for line in lines if line.y > LETTERHEAD * page.height), key=lambda line: -line.y)
    for count in range(len(top), 2 * FEWEST_OF_HEAD - 1, -1):
        band = top[:count]
        below = [line for line in lines if line not in band]
        if below and band[-1].y - max(line.y for line in below) < HEAD_GAP * band[-1].size:
            continue  # no gap ends it, so the columns go on
        for step in range(30, 71, 2):
            x = page.width * step / 100
            left = [line for line in band if line.x1 <= x]
            right = [line for line in band if line.x0 >= x]
            narrow = right and max(line.x1 - line.x0 for line in right) < NARROWEST * page.width
            if narrow and len(left) + len(right) == count and min(len(left), len(right)) >= FEWEST_OF_HEAD:
                return [_across(left), _across(right)], below
    return [], list(lines)


def _ordered(lines: Sequence[Line], page: Page) -> list[list[Line]]:
    gutter = _gutter(lines, page)
    if gutter is None:
        return [_across(lines)] if lines else []
    columns: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    wide: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.y):
        if line.x0 < gutter < line.x1:
            if left or right:
                columns += [left, right]
                left, right = [], []
            wide.append(line)
            continue
        if wide:
            columns.append(_across(wide))
            wide = []
        (left if line.x0 < gutter else right).append(line)
    columns += [_across(wide), left, right]
    return [_labelled(column) for column in columns if column]


def _gutter(lines: Sequence[Line], page: Page) -> float | None:
    """Where the strip between two columns is, None where the page has one column."""
    best: tuple[int, float] | None = None
    for step in range(40, 61):
        x = page.width * step / 100
        crossing = sum(1 for line in lines if line.x0 < x < line.x1)
        if best is None or crossing < best[0]:
            best = crossing, x
    if best is None or best[0] > MOST_CROSSING * len(lines):
        return None
    x = best[1]
    left = [line for line in lines if line.x1 <= x]
    right = [line for line in lines if line.x0 >= x]
    if len(left) < FEWEST or len(right) < FEWEST:
        return None
    usual = [sorted(line.x1 - line.x0 for line in side)[len(side) // 2] for side in (left, right)]
    return x if min(usual) >= NARROWEST * page.width else None


def _across(lines: Sequence[Line]) -> list[Line]:
    """Lines as they were set, where that is from top to bottom; else sorted so, those of one height left to right."""
    if _is_in_order(lines):
        return _labelled(lines)
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.y):
        if rows and abs(rows[-1][0].y - line.y) <= BAND * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return _labelled([line for row in rows for line in sorted(row, key=lambda each: each.x0)])


def _is_in_order(lines: Sequence[Line]) -> bool:
    """Whether lines were set as they are read: none stands above the one before it, but the next cell of a row."""
    back = sum(1 for one, two in pairwise(lines) if two.y > one.y + BAND * one.size and two.x0 < one.x1)
    return back <= MOST_BACK * len(lines)


def _labelled(lines: Sequence[Line]) -> list[Line]:
    """The lines, an enumerator that a wide gap set apart joined with the text on its right."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        near = above is not None and 0 <= line.x0 - above.x1 <= NEAR_LABEL * line.size
        if above is not None and near and abs(above.y - line.y) <= BAND * line.size and _label(above):
            out[-1] = replace(
                line, text=f"{above.text} {line.text}", x0=above.x0, bold=above.bold and line.bold,
                runs=(*above.runs, *line.runs),
            )  # fmt: skip
        else:
            out.append(line)
    return out


def _label(line: Line) -> bool:
    marker, rest = enumerators.split(line.text)
    return len(line.text) <= 8 and (not any(char.isalnum() for char in line.text) or (marker is not None and not rest))
