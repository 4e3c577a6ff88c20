"""The lines of a text file, each with what it is: a heading, text, a note's definition, a row, a rule, or furniture.

What stands on a page only because it is a page (running headers, page and job numbers, bar codes, rules) is told by
its form and by its repetition, so that nothing of it ends up inside a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.readers import inline

LineKind = Literal["blank", "rule", "furniture", "heading", "row", "note", "text"]

BOLD_LEVEL, ITALIC_LEVEL = 7, 8
"""Heading levels of lines that are only bold or only italic: below every ``#`` sign, bold above italic."""

SYMBOL_LINE = re.compile(
    r"^(?:[A-Z][A-Z0-9]{0,7}(?:\.\d{1,2})?(?:\([IVXLC\d]+\))?/(?:[A-Z0-9][A-Za-z0-9.()\-*]*)(?:/[A-Za-z0-9.()\-*]+)*"
    r"(?:\s\(\d{4}\))?(?:[\s–—-]+(?=[A-Z]+/))?\s?)+\**$"
)
SHORTEST_TABLE, LONGEST_LABEL = 2, 6
"""Rows that a table has at least, with its header one more; words of a header's cell."""

_TABBED = re.compile(r"^((?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\.|\([a-z\d]{1,4}\)|[-–•])\t")
"""An enumerator set off from its text by a tab, as word processors do."""

_QUOTE_SIGNS = re.compile(r"^\s{0,3}(?:>\s?)+")
_RULE = re.compile(r"^[\s\-_*=–—─.·•]{3,}$")
_FENCE = re.compile(r"^\s*(?:```|~~~)\s*\w*\s*$")
_PAGE = re.compile(
    r"^(?:\{\d+\}-{5,}|[-–—]?\s?\d{1,4}\s?[-–—]?|\d{1,4}/\d{1,4}|(?:page|Page|PAGE)\s\d{1,4}(?:\s(?:of|/)\s\d+)?"
    r"|[ivxlc]{1,6}|/\.{2,3}|/…|English|French|Spanish|Russian|Arabic|Chinese)$"
)
_JOB = re.compile(
    r"^(?:\d{1,4}(?:/\d{1,4})?\s+)?(?:[A-Z]{1,3}\.?\s?)?\d{2}-\d{5}\d?\*?(?:\s?\([A-Z]\))?(?:\s+\d{6})*"
    r"(?:\s*\**\d{6,}\**)?(?:\s+\d{1,4}(?:/\d{1,4})?)?(?:\s+/\.{2,3})?$|^\*?\*?\d{6,}\*{0,2}$"
)
_RECORD_HEADER = re.compile(
    r"^(?:[A-Z]+/(?:\S+/)?PV\.\d+\S*\s.{0,150}\d{2}/\d{2}/\d{4}|\d{2}/\d{2}/\d{4}\s.{0,150}\s[A-Z]+/(?:\S+/)?PV\.\d+\S*)$"
)
_RECYCLE = re.compile(r"^Please recycle\b.{0,5}$", re.IGNORECASE)
_SERIAL = re.compile(
    r"^e?-?(?:ISSN|ISBN)[\s:]*[\dX-]{8,}\w?$|^Symbols of United Nations documents are composed of\b", re.IGNORECASE
)
_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ALL_BOLD = re.compile(r"^\s*(?:\*\*|__)(?=\S)[^*]+(?:\*\*|__)\s*$|^\s*<b>[^<]+</b>\s*$")
_ALL_ITALIC = re.compile(r"^\s*[*_](?=[^\s*_])[^*_]+[*_]\s*$|^\s*<i>[^<\t]+</i>\s*$")
_BULLET = re.compile(r"^\s*`?(?:[-–—•▪▫◦○□■‣●∙·►➢✓]|[*+](?=\s))`?\s+(?=\S)")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_TABLE = re.compile(r"<table\b.*?</table>", re.IGNORECASE | re.DOTALL)
_TABLE_ROW = re.compile(r"<tr\b.*?</tr>", re.IGNORECASE | re.DOTALL)
_TABLE_CELL = re.compile(r"<t([dh])\b[^>]*>(.*?)</t[dh]>", re.IGNORECASE | re.DOTALL)
_OLD_DEFINITION = re.compile(r"^\s*(\d{1,3})/\s+(?=\S)")
_PLAIN_DEFINITION = re.compile(r"^\s*(\d{1,3}|\*{1,3})\s{1,4}(?=[A-Z“\"(‘*_\[])")
_LABEL_DEFINITION = re.compile(r"^\s*\[\^(\w+)\]:\s*")
_OLD_REFERENCE = re.compile(r"(?<=[\w.,;:)”\"’])\s?(?<![\d/])\b(\d{1,3})/(?=[\s.,;:)]|$)")
_TITLE_NUMBER = re.compile(r"^(?:\d+/\d+|\d+ \([IVXLC]+\))\.\s+")
_ENDS = re.compile(r"[.;:,!?]$")
_ENUMERATOR_ALONE = re.compile(r"^(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\.$|^\d{1,3}/$|^\([a-z\dxvi]{1,4}\)$|^[•▪●-]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, what it is, its text with note markers as sentinels (see :mod:`inline`).

    ``level`` is a heading's depth, or 1 for a header row; ``marker`` a note's marker, or a bulleted line's bullet ("*",
    which may turn out to be a note's, or "-" for all others); ``indent`` the spaces before it.
    """

    number: int
    kind: LineKind
    text: str = ""
    level: int = 0
    marker: str = ""
    cells: tuple[str, ...] = ()
    indent: int = 0


def read_lines(text: str) -> list[Line]:
    """The lines of ``text``, furniture and notes told apart."""
    raw = _one_line_enumerators(_tables_to_lines(text).replace("\f", "\n---\n").split("\n"))
    old_style = sum(1 for _, line in raw if _OLD_DEFINITION.match(line)) > 0
    lines = [_line(number, line, old_style=old_style) for number, line in raw]
    return list(_without_running_headers(list(_with_definitions(_with_header_rows(lines)))))


def _tables_to_lines(text: str) -> str:
    """HTML tables as lines of tab-separated cells, header cells in italics as in a printed header."""

    def rows(table: re.Match[str]) -> str:
        out = []
        for row in _TABLE_ROW.findall(table.group()):
            cells = [(kind, " ".join(cell.split())) for kind, cell in _TABLE_CELL.findall(row)]
            out.append("\t".join(f"<i>{cell}</i>" if kind.lower() == "h" else cell for kind, cell in cells))
        return "\n" + "\n".join(out) + "\n"

    return _TABLE.sub(rows, text)


def _one_line_enumerators(lines: list[str]) -> list[tuple[int, str]]:
    """Numbered lines, an enumerator that stands alone ("12.") joined with the text of the line after it."""
    out: list[tuple[int, str]] = []
    held = ""
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if held and bare:
            out[-1] = (out[-1][0], f"{held} {bare}")
            held = ""
        elif _ENUMERATOR_ALONE.match(bare) and number < len(lines) and lines[number].strip():
            held = bare
            out.append((number, line))
        else:
            out.append((number, line))
    return out


def _line(number: int, raw: str, *, old_style: bool) -> Line:
    raw = _QUOTE_SIGNS.sub("", raw)
    if raw.strip().count("\t") == len(_TABBED.findall(raw.strip())):
        raw = _TABBED.sub(r"\1 ", raw.strip("\t"))
    if not raw.strip():
        return Line(number, "blank")
    if "\t" in raw.strip() or raw.lstrip().startswith("|"):
        return _row(number, raw)
    if _RULE.match(raw) or _FENCE.match(raw):
        return Line(number, "rule")
    indent = len(raw) - len(raw.lstrip(" "))
    hashes = _HASHES.match(raw)
    marked = inline.mark(hashes.group(2) if hashes else raw)
    if old_style:
        marked = _OLD_REFERENCE.sub(f"{inline.OPEN}\\1{inline.CLOSE}", marked)
    if is_furniture(inline.extract(marked)[0] or marked):
        return Line(number, "furniture", marked)
    if hashes:
        return Line(number, "heading", marked, level=len(hashes.group(1)))
    return _text_line(number, raw, marked, indent=indent)


def _text_line(number: int, raw: str, marked: str, *, indent: int) -> Line:
    label = _LABEL_DEFINITION.match(raw)
    if label:
        return Line(number, "note", inline.mark(raw[label.end() :]), marker=label.group(1))
    old = _OLD_DEFINITION.match(raw)
    if old:
        return Line(number, "note", inline.mark(raw[old.end() :]), marker=old.group(1))
    definition = inline.DEFINITION.match(marked)
    if definition:
        return Line(number, "note", marked[definition.end() :], marker="".join(inline.markers(definition.group(1))[:1]))
    level = _emphasis_level(raw)
    if level and not _ENDS.search(marked) and len(marked) < 300:
        return Line(number, "heading", marked, level=level)
    bullet = _BULLET.match(raw)
    if bullet and not _ALL_ITALIC.match(raw):
        sign = "*" if raw.lstrip().startswith("*") else "-"
        return Line(number, "text", inline.mark(raw[bullet.end() :]), marker=sign, indent=indent)
    return Line(number, "text", marked, indent=indent)


def _emphasis_level(raw: str) -> int:
    if _ALL_BOLD.match(raw):
        return BOLD_LEVEL
    return ITALIC_LEVEL if _ALL_ITALIC.match(raw) else 0


def is_imprint(text: str) -> bool:
    """Whether a line is what is printed of a document's making: a job number, a bar code, its series' number."""
    return any(pattern.match(text) for pattern in (_JOB, _RECYCLE, _SERIAL))


def is_furniture(text: str) -> bool:
    """Whether a line is page furniture by its form: a page or job number, a bar code, a record's header."""
    return any(pattern.match(text) for pattern in (_PAGE, _JOB, _RECYCLE, _RECORD_HEADER))


def _row(number: int, raw: str) -> Line:
    if _TABLE_RULE.match(raw):
        return Line(number, "rule", "|")
    split = (
        raw.strip(" ").removeprefix("|").removesuffix("|").split("|")
        if raw.lstrip().startswith("|")
        else raw.split("\t")
    )
    if len(split) == 1 and split[0].strip():
        return _line(number, split[0].strip(), old_style=False)  # a box around text, such as a summary's
    cells = tuple(inline.mark(cell) for cell in split)
    filled = [cell for cell in split if cell.strip()]
    emphasised = bool(filled) and all(_ALL_ITALIC.match(cell) or _ALL_BOLD.match(cell) for cell in filled)
    return Line(number, "row", " ".join(cell for cell in cells if cell), level=int(emphasised), cells=cells)


def _with_header_rows(lines: list[Line]) -> list[Line]:
    """The row above a table's rule is its header; the rule itself goes."""
    out: list[Line] = []
    for line in lines:
        if line.kind == "rule" and line.text == "|":
            if out and out[-1].kind == "row":
                out[-1] = replace(out[-1], level=1)
            continue
        out.append(line)
    return _with_plain_headers(out)


def _with_plain_headers(lines: list[Line]) -> list[Line]:
    """The first row of a table is its header where it has no figure and some column below has one in every row."""
    out = list(lines)
    start = 0
    while start < len(out):
        end = start
        while end < len(out) and out[end].kind == "row":
            end += 1
        rows = out[start:end]
        if len(rows) > SHORTEST_TABLE and not any(row.level for row in rows) and _is_label_row(rows):
            out[start] = replace(out[start], level=1)
        start = max(end, start + 1)
    return out


def _is_label_row(rows: Sequence[Line]) -> bool:
    first = rows[0].cells
    if any(len(row.cells) != len(first) for row in rows[1:]) or re.search(r"\d", "".join(first)):
        return False
    if not all(cell.strip() and len(cell.split()) <= LONGEST_LABEL for cell in first):
        return False
    return any(all(re.search(r"\d", row.cells[at]) for row in rows[1:]) for at in range(len(first)))


def _with_definitions(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines such as "7 See A/80/484." are notes where that marker was cited above and waits for its definition."""
    waiting: set[str] = set()
    after_rule = below = False
    for line in _one_definition_a_line(lines):
        known = _as_definition(line, waiting, after_rule=after_rule)
        if known.kind == "note":
            waiting.discard(known.marker)
        if known.kind != "blank":
            after_rule = known.kind == "rule" or (after_rule and (known.kind == "note" or below))
        below = known.kind in {"note", "text"}
        waiting.update(_cited(known))
        yield known


def _one_definition_a_line(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines in which a converter ran two definitions together ("5 See A/1. 6 Ibid.") parted again."""
    cited = {mark for line in lines for mark in _cited(line)}
    for line in lines:
        held = line
        while held.kind in {"text", "note"} and (first := _number_of(held)):
            after = re.compile(rf"(?<=[.)]) {first + 1} (?=[A-Z“])").search(held.text)
            if after is None or not {str(first), str(first + 1)} <= cited:
                break
            yield replace(held, text=held.text[: after.start()])
            held = replace(held, kind="text", marker="", text=held.text[after.start() + 1 :])
        yield held


def _cited(line: Line) -> Iterator[str]:
    return (mark for found in inline.SENTINEL.finditer(line.text) for mark in inline.markers(found.group(1)))


def _number_of(line: Line) -> int:
    """The number of the note that a line defines or seems to define, 0 where it does neither."""
    plain = _PLAIN_DEFINITION.match(line.text)
    marker = line.marker if line.kind == "note" else plain.group(1) if plain else ""
    return int(marker) if marker.isdecimal() else 0


def _as_definition(line: Line, waiting: set[str], *, after_rule: bool) -> Line:
    if line.kind != "text":
        return line
    if line.marker == "*" and "*" in waiting:
        return replace(line, kind="note")
    plain = _PLAIN_DEFINITION.match(line.text)
    if plain and (plain.group(1) in waiting or (after_rule and not line.marker)):
        return replace(line, kind="note", marker=plain.group(1), text=line.text[plain.end() :])
    return line


def _without_running_headers(lines: Sequence[Line]) -> Iterator[Line]:
    """Symbols printed again, and titles printed again beside them, are the header of a new page."""
    keys = [_header_key(line) for line in lines]
    times = Counter(key for key in keys if key)
    seen: set[str] = set()
    titles: set[str] = set()
    beside = False
    for line, key in zip(lines, keys, strict=True):
        symbol = bool(key) and bool(SYMBOL_LINE.match(key))
        repeated = symbol and key in seen
        titled = beside and not symbol and bool(key) and (key in titles or (key in seen and times[key] > 2))
        yield replace(line, kind="furniture") if repeated or titled else line
        if key:
            seen.add(key)
            titles.add(_TITLE_NUMBER.sub("", key))
            titles.discard(key)
        if line.kind != "blank":
            beside = line.kind == "furniture" or symbol or titled


def _header_key(line: Line) -> str:
    """What a running header would repeat: a short line that ends no sentence; "" for all others."""
    if line.kind not in {"text", "heading"} or line.marker or len(line.text) > 250:
        return ""
    text = inline.extract(line.text)[0]
    return "" if _ENDS.search(text) else text
