"""Pages without structure -> chunks: what belongs together is told by indents, gaps, sizes and rules, as a reader does.

A page is read column by column; below a short rule, or set smaller at its foot, stand the notes; a paragraph ends where
the next line is set in, stands farther below, is set otherwise or begins with a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from indexer import enumerators, layout, titles
from indexer.readers import inline
from indexer.readers.pdf import columns, footnotes, furniture
from indexer.readers.pdf.chunks import APART, FLUSH, Chunk, is_bulleted
from indexer.readers.pdf.lines import Line, lines_of, space_of, with_late_markers
from indexer.readers.pdf.page import Element, Page, Rule, Run

TEXT, NOTE, HEADING = Element("P", 0), Element("Note", 0, note=True), Element("H", 0)

SMALLER = 0.94
"""A note's size against the text's."""

WIDEST_NOTE_RULE = 0.45
"""Share of the page's width that the rule above notes has at most."""

GAP = 1.3
"""Usual distances of lines from which a paragraph has ended."""

SET_IN = 0.8
"""Sizes by which a line's beginning must lie to the right or left to be another indent."""

OF_TWO_CELLS = 6
"""Sizes between the left edges of two lines that share no width, from which they are of two cells, not of a first line
that is set in and a short last one."""

BESIDE = 0.5
"""Sizes that a line must stand below the one before it, to be the next and not one beside it."""

FEWEST_OF_SIZE = 4
"""Lines of one size that show where such lines end."""

FULL, NEARLY = 0.94, 1.12
"""Share of the column's width from which a line is full; usual distances of lines that still are one."""

SHORT = 0.8
"""Share of the column's width that the last line of a paragraph may have at most to show that it is the last."""

CENTRED = 12.0
"""Points by which the middle of a centred line may lie off its neighbour's."""

_UNDERSCORES = re.compile(r"^[_\-—–]{5,}$")


def untagged(pages: Sequence[Page]) -> list[list[Chunk]]:
    """The chunks of each page, in reading order, notes last."""
    lined = [(page, _lines(page)) for page in pages]
    kept = furniture.without(lined)
    size = furniture.usual_size(kept)
    return [list(_chunks(page, lines, size)) for page, lines in zip(pages, kept, strict=True)]


def _lines(page: Page) -> list[Line]:
    space = space_of(page.runs)
    return with_late_markers(lines_of(_text(page), space=space, part_at=APART), space=space)


def _text(page: Page) -> list[Run]:
    """The runs of a page without what the file marks as furniture, which on the first page is the letterhead."""
    return [run for run in page.runs if page.number == 1 or not run.artifact]


def _chunks(page: Page, lines: Sequence[Line], size: float) -> Iterator[Chunk]:
    foot = _foot(page, lines, size)
    body = [line for line in lines if line.y > foot]
    notes = [line for line in lines if line.y <= foot and not _UNDERSCORES.match(line.text)]
    for number, column in enumerate(columns.ordered(body, page)):
        yield from (Chunk(tuple(group), page.number, TEXT, column=number) for group in _paragraphs(column))
    for column in columns.ordered(notes, page) if notes else ():
        yield from (Chunk(tuple(group), page.number, NOTE) for group in _notes(column))


def _foot(page: Page, lines: Sequence[Line], size: float) -> float:
    """The height below which the notes stand, 0 where the page has none."""
    heights = [
        rule.y
        for rule in _whole(page.rules)
        if rule.x1 - rule.x0 <= WIDEST_NOTE_RULE * page.width and rule.y < 0.75 * page.height
    ]
    heights += [line.y for line in lines if _UNDERSCORES.match(line.text)]
    for height in sorted(heights, reverse=True):
        below = sorted((line for line in lines if line.y < height - 1), key=lambda line: -line.y)
        if below and _are_notes(below, size):
            return height
    return _small_print(lines, size)


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those that adjoin at one height made one: a table's lower edge is drawn cell by cell."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (round(each.y), each.x0)):
        if out and abs(out[-1].y - rule.y) <= 1 and rule.x0 <= out[-1].x1 + FLUSH:
            out[-1] = Rule(out[-1].x0, max(out[-1].x1, rule.x1), rule.y)
        else:
            out.append(rule)
    return out


def _are_notes(below: Sequence[Line], size: float) -> bool:
    """Whether the lines below a rule are notes to the foot of the page: all small, or begun as notes where none is."""
    if below[0].size <= SMALLER * size:
        return all(line.size <= SMALLER * size for line in below)
    return footnotes.begins(below[0].text) and all(line.size <= size + 0.3 for line in below)


def _small_print(lines: Sequence[Line], size: float) -> float:
    """The height above which the text ends and notes in smaller type begin, where no rule parts them."""
    small: list[Line] = []
    for line in sorted(lines, key=lambda each: each.y):
        if line.size > SMALLER * size:
            break
        small.append(line)
    starts = [line.y for line in small if footnotes.begins(line.text)]
    return max(starts) + 0.5 if starts else 0.0


def _notes(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each note; what stands above the first marker goes on with a note of the page before."""
    out: list[list[Line]] = []
    for line in lines:
        if not out or footnotes.begins(line.text):
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each paragraph of a column."""
    if not lines:
        return []
    leading = _leading(lines)
    edges = _edges(lines)
    out = [[lines[0]]]
    for line in lines[1:]:
        if _ends(out[-1], line, leading, edges[round(line.size)]):
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _edges(lines: Sequence[Line]) -> dict[int, float]:
    """Where the lines of each size end on the right: a table beside the text, in other type, may be wider."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        ends.setdefault(round(line.size), []).append(line.x1)
    most = sorted(line.x1 for line in lines)
    return {
        size: sorted(held)[int(0.9 * (len(held) - 1))]
        if len(held) >= FEWEST_OF_SIZE
        else most[int(0.9 * (len(most) - 1))]
        for size, held in ends.items()
    }


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between the baselines of two lines, in sizes."""
    steps = [(one.y - two.y) / two.size for one, two in pairwise(lines) if 0 < one.y - two.y < 2 * two.size]
    return median(steps) if steps else 1.2


def _ends(group: Sequence[Line], line: Line, leading: float, right: float) -> bool:
    """Whether the paragraph ``group`` has ended above ``line``."""
    last = group[-1]
    step = (last.y - line.y) / line.size
    apart = min(last.x1, line.x1) <= max(last.x0, line.x0) and abs(last.x0 - line.x0) > OF_TWO_CELLS * line.size
    if apart or step < BESIDE or step > GAP * leading or abs(last.size - line.size) > 0.12 * line.size:
        return True
    full = last.x1 - last.x0 >= FULL * (right - last.x0)
    runs_on = full and step <= NEARLY * leading and abs(line.x0 - min(each.x0 for each in group)) <= FLUSH
    if len(group) == 1 and not full and (layout.is_organ_line(last.text) or _follows_clause(last, line)):
        return True
    if last.bold != line.bold and not runs_on and not _mixed(last, line):
        return True
    if last.bold and not full and (titles.is_bare(inline.extract(last.text)[0]) or step > NEARLY * leading):
        return True  # a number alone stands above its title, and two titles apart from each other
    if _centred(group, line, right):
        return False
    if _begins_anew(group, line, inside=full and step <= NEARLY * leading):
        return True
    closed = layout.ends_sentence(inline.extract(last.text)[0])
    indent = _other_indent(group, line, open_line=not closed and (full or layout.starts_lower(line.text)))
    if indent is not None:
        return indent
    return closed and last.x1 - last.x0 < SHORT * (right - min(last.x0, line.x0))


def _other_indent(group: Sequence[Line], line: Line, *, open_line: bool) -> bool | None:
    """Whether where ``line`` begins shows that the paragraph ``group`` has ended, or that it goes on; None for neither.

    ``open_line`` says that the sentence of the line above plainly goes on.
    """
    first, indent = group[0], SET_IN * line.size
    if len(group) == 1:
        marked = enumerators.split(first.text)[0] is not None or footnotes.begins(first.text) or is_bulleted(first.text)
        goes_on = marked or open_line or first.text.endswith(",")
        if line.x0 - first.x0 > indent:
            return not goes_on
        return True if first.x0 - line.x0 > indent and is_bulleted(first.text) else None
    left = min(each.x0 for each in group[1:])
    if abs(line.x0 - left) > indent:
        return True
    return False if left - first.x0 > indent else None  # a hanging paragraph ends where a line hangs again


def _follows_clause(last: Line, line: Line) -> bool:
    """Whether ``line`` begins the next preambular clause below one of a single line."""
    return last.text.endswith((",", ";")) and layout.is_preambular(line.text)


def _mixed(last: Line, line: Line) -> bool:
    """Whether bold goes over into other type inside one of two lines, so that both are of one sentence."""
    return any(run.bold for run in last.runs) and any(run.bold for run in line.runs)


def _centred(group: Sequence[Line], line: Line, right: float) -> bool:
    """Whether ``line`` goes on with a title of centred lines, none of which reaches the ``right`` edge."""
    last = group[-1]
    if max(last.x1, line.x1) > right - line.size:
        return False
    same_middle = abs((last.x0 + last.x1) - (line.x0 + line.x1)) / 2 <= CENTRED
    return same_middle and abs(last.x0 - line.x0) > 2 and last.bold == line.bold and not layout.ends_sentence(last.text)


def _begins_anew(group: Sequence[Line], line: Line, *, inside: bool) -> bool:
    """Whether ``line`` begins with a marker, as a paragraph does, and is not just a line that begins with a number.

    ``inside`` says that the line above is full and no farther away than lines of one paragraph are: then a marker at
    the left edge of the later lines is one inside the text ("resolution 1541" / "(XV) of 1960").
    """
    marker, _ = enumerators.split(line.text)
    if marker is None and not is_bulleted(line.text):
        return False
    if inside and len(group) > 1 and abs(line.x0 - min(each.x0 for each in group[1:])) <= FLUSH:
        return False
    last = inline.extract(group[-1].text)[0]
    return layout.ends_sentence(last) or not layout.is_unfinished(last)
