"""Symbols in running text, with the paragraphs named beside them ("A/79/439, para. 11"), and resolutions by number.

Conservative: a resolution's number is resolved only where the text (or the caller) says which organ adopted it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from pilcrow.engine import dates, symbols
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import Reference, Where

LONGEST_RANGE = 200
"""Paragraphs that "paras. 46-51" may name; a longer range is a slip of reading."""

_NUMBER = r"\d{1,3}(?:\s?\((?:[a-z]{1,2}|[ivx]+)\))*"
_LIST = rf"{_NUMBER}(?:\s?(?:-|–|,|;|\band\b|\bto\b|\bor\b)\s?(?:{_NUMBER}|\([a-z]{{1,2}}\)))*"
_AFTER = re.compile(
    rf"^(?:\s\(\d{{4}}\))?[\])]?,?\s(?:at\s)?(?:operative\s)?(?:paras?\.?|paragraphs?)\s(?P<list>{_LIST})"
)
_BEFORE = re.compile(
    rf"(?:paras?\.|paragraphs?)\s(?P<list>{_LIST})\sof\s(?:the\s|its\s|document\s|report\s|resolution\s"
    rf"|General Assembly\s|Security Council\s)*$"
)
_STEP = re.compile(
    r"(?P<join>-|–|\bto\b)?\s?(?:(?P<number>\d{1,3})(?P<items>(?:\s?\((?:[a-z]{1,2}|[ivx]+)\))*)|"
    r"(?P<item>\([a-z]{1,2}\)))"
)
_EDGE_BEFORE, _EDGE_AFTER = r"(?:(?<![\w/.\-])|(?<=undocs\.org/)|(?<=undocs\.org/en/))", r"(?![\w/])"
_JOINED = re.compile(r"(?<=[\d*)])[-–—](?=[A-Z]{1,8}(?:\.\d+)?/)")
_YEAR_BESIDE = re.compile(r"\s?\(\d{4}\)$")
_AMENDS = re.compile(r"^(?:Add|Corr|Rev)\.")
_SERIES = re.compile(r"\d+(?:[-–]\d+)?$")
_MAY_NAME = re.compile(r"[A-Za-z\d]/|\(")
_RANGE = re.compile(r"(/[A-Z][A-Za-z]*\.\d+)[-–]\d+$")
_LAST_SERIES = re.compile(r"/[A-Z][A-Za-z]*\.\d+$")
_LAST_PART = re.compile(
    r"(?:\s?[-–]\s?|,\s(?:and\s)?|\sand\s|\sto\s)(?P<part>(?P<series>(?:Add|Corr|Rev|L|SR|PV|CRP|WP|INF|NGO)\.)?"
    r"(?P<number>\d{1,3}))(?![\w/(]|\.\d|\s(?:[A-Z]|per\scent\b|and\s\d{1,2}\s[A-Z]))"
)
_ORGANS = (
    ("General Assembly", "A"),
    ("Assembly", "A"),
    ("Human Rights Council", "A/HRC"),
    ("Economic and Social Council", "E"),
    ("Security Council", ""),
)
_ORGAN_NAMES = "|".join(name for name, _ in _ORGANS)
_MONTHS = "|".join(dates.MONTHS)
_TAILED = r"\d{1,4}(?:\s[A-Z])?\s?\((?:[IVXLC]+|\d{4}|E?S-[IVXLC]+)\)(?:\s[A-Z]\b)?"
_SLASHED = r"(?:E?S-)?\d{1,4}/\d{1,4}(?:\s[A-Z]\b(?!\.))?"
_NUMBER_OF_RESOLUTION = rf"(?:{_TAILED}|{_SLASHED})(?!\s(?:{_MONTHS})\b)"
_BETWEEN = (
    rf"(?:,?\s(?:section|sect\.)s?\s[IVXL.A-Z]{{1,9}}(?:\sand\s[IVXL]+)?,?)?(?:,?\s(?:of|adopted\son)\s\d{{1,2}}\s(?:{_MONTHS})"
    rf"(?:\s\d{{4}})?)?(?:,\sannexe?s?)?(?:,\sand\s|,\s|\sand\s|\sor\s|\sto\s)"
)
_RESOLUTIONS = re.compile(
    rf"(?:\b(?P<organ>{_ORGAN_NAMES})(?:’s|'s)?\s\(?)?\b(?P<kind>[Rr]esolution|[Dd]ecision)s?\s"
    rf"(?P<list>{_NUMBER_OF_RESOLUTION}(?:{_BETWEEN}{_NUMBER_OF_RESOLUTION})*)"
)
_ONE = re.compile(
    r"(?P<slash>(?:E?S-)?\d{1,4}/\d{1,4})(?P<letter>\s[A-Z]\b)?"
    r"|(?P<number>\d{1,4})(?:\s[A-Z])?\s?\((?P<tail>[IVXLC]+|\d{4}|E?S-[IVXLC]+)\)"
)
_OTHER_ORGAN = re.compile(r"\b(?:Council|Conference|Commission|Board|Committee|Congress|Parliament|Union)\b")
_COUNCILS, _ITS = re.compile(r"(?<!Security )\b(?:the |its |and )?Council(?:’s|'s)? $"), re.compile(r"\bits (?:\w+ )?$")
_ORGAN_DISTANCE = 120
"""Characters before "its resolution 64/293" in which the Assembly must be named, and no other organ after it."""


def find(text: str, *, organ: str = "", where: Where = "text", note: str = "") -> tuple[Reference, ...]:
    """Every symbol named in ``text`` and every resolution that can be resolved to one, in order.

    ``organ`` is the body whose own text this is ("A" in a document of the General Assembly), so that "its resolution
    64/293" is its own; ``where`` and ``note`` are passed on.
    """
    found = [*_symbols(text), *_resolutions(text, organ)] if _MAY_NAME.search(text) else []
    out = []
    for symbol, start, end in sorted(found, key=lambda each: each[1:]):
        paragraphs = _paragraphs(text, start, end)
        out.append(Reference(symbol=symbol, start=start, end=end, paragraphs=paragraphs, where=where, note=note))
    return tuple(out)


@cache
def _pattern() -> re.Pattern[str]:
    heads = sorted({prefix.partition("/")[0] for prefix in symbols.bodies()}, key=lambda head: (-len(head), head))
    known = "|".join(re.escape(head) for head in heads)
    return re.compile(rf"{_EDGE_BEFORE}(?:{known})(?:\.\d{{1,3}})?(?:/{symbols.PART})+{_EDGE_AFTER}")


def _symbols(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _pattern().finditer(text):
        start, last = found.start(), ""
        for piece in _JOINED.split(found.group()):
            end = start + len(piece)
            with suppress(SymbolError):
                printed = _RANGE.sub(r"\1", _without_foreign_year(piece))
                last = str(symbols.parse(printed))
                yield last, start, start + len(printed)
                end = start + len(printed)
            start += len(piece) + 1
        if last:
            yield from _more(text, last, end)


def _without_foreign_year(piece: str) -> str:
    """``piece`` without a year in parentheses that is no part of a symbol: only the Security Council's have one."""
    return piece if piece.startswith("S/") else _YEAR_BESIDE.sub("", piece)


def _more(text: str, symbol: str, end: int) -> Iterator[tuple[str, int, int]]:
    """The symbols named below ``symbol`` by their last parts alone ("A/C.3/80/L.4, L.5 and Add.1", "A/C.4/53/SR.3-6").

    Of a range, its two ends are named: what lies between has no place of its own in the text.
    """
    while found := _LAST_PART.match(text, end):
        base, _, last = symbol.rpartition("/")
        series = found.group("series") or _SERIES.sub("", last)
        if not series or not (_AMENDS.match(series) or _LAST_SERIES.search(symbol)):
            return
        if _AMENDS.match(series) and not _AMENDS.match(last):
            base = symbol
        symbol, end = f"{base}/{series}{found.group('number')}", found.end()
        yield symbol, found.start("part"), end


def _resolutions(text: str, organ: str) -> Iterator[tuple[str, int, int]]:
    for found in _RESOLUTIONS.finditer(text):
        form = _form(text, found, organ)
        for one in _ONE.finditer(text, found.start("list"), found.end("list")):
            symbol = _resolved(one, form, found.group("kind").casefold())
            if symbol:
                yield symbol, one.start(), one.end("slash") if one.group("slash") else one.end()


def _form(text: str, found: re.Match[str], organ: str) -> str:
    """What the symbols of the organ begin with whose resolutions are meant, "" where that is not plain."""
    named = found.group("organ")
    if named:
        return dict(_ORGANS)[named]
    before = text[max(0, found.start() - _ORGAN_DISTANCE) : found.start()]
    sentence = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    at = sentence.rfind("General Assembly")
    if at >= 0 and not _OTHER_ORGAN.search(sentence, at):
        return "A"
    if organ.startswith(("A/HRC", "E")):
        council = "A/HRC" if organ.startswith("A/HRC") else "E"
        return council if _COUNCILS.search(sentence) or (organ == council and _ITS.search(sentence)) else ""
    own = organ in {"A", "A/RES"} or organ.startswith("A/C.")
    return "A" if own and not _OTHER_ORGAN.search(sentence) else ""


def _resolved(one: re.Match[str], form: str, kind: str) -> str:
    """The symbol of one resolution or decision; a year in parentheses is the Security Council's."""
    series = "DEC" if kind == "decision" else "RES"
    if one.group("slash"):
        return f"{form}/{series}/{one.group('slash')}" if form else ""
    tail = one.group("tail")
    if tail.isdigit():
        return f"S/RES/{one.group('number')} ({tail})" if series == "RES" else ""
    return f"A/RES/{one.group('number')}({tail})" if form == "A" and series == "RES" else ""


def _paragraphs(text: str, start: int, end: int) -> tuple[str, ...]:
    after = _AFTER.match(text[end:])
    if after:
        return tuple(expand(after.group("list")))
    before = _BEFORE.search(text[max(0, start - 120) : start])
    return tuple(expand(before.group("list"))) if before else ()


def expand(listed: str) -> Iterator[str]:
    """The paragraphs of a printed list: "46-48 and 12 (a) and (b)" -> 46, 47, 48, 12 (a), 12 (b)."""
    last = ""
    for step in _STEP.finditer(listed):
        if step.group("item"):
            yield f"{last} {step.group('item')}".strip()
            continue
        number, items = step.group("number"), re.sub(r"\s?\(", " (", step.group("items"))
        if step.group("join") and last.isdigit() and not items and 0 < int(number) - int(last) <= LONGEST_RANGE:
            yield from (str(each) for each in range(int(last) + 1, int(number)))
        yield number + items
        last = number
