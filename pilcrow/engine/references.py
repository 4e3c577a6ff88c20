"""Symbols in running text, with the paragraphs named beside them ("A/79/439, para. 11"), and resolutions by number.

Conservative: a resolution's number is resolved only where the text (or the caller) says which organ adopted it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from pilcrow.engine import symbols
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import Reference, Where

LONGEST_RANGE = 200
"""Paragraphs that "paras. 46-51" may name; a longer range is a slip of reading."""

_NUMBER = r"\d{1,3}(?:\s?\((?:[a-z]{1,2}|[ivx]+)\))*"
_LIST = rf"{_NUMBER}(?:\s?(?:-|–|,|;|\band\b|\bto\b|\bor\b)\s?(?:{_NUMBER}|\([a-z]{{1,2}}\)))*"
_AFTER = re.compile(rf"^[\])]?,?\s(?:at\s)?(?:operative\s)?(?:paras?\.?|paragraphs?)\s(?P<list>{_LIST})")
_BEFORE = re.compile(
    rf"(?:paras?\.|paragraphs?)\s(?P<list>{_LIST})\sof\s(?:the\s|its\s|document\s|report\s|resolution\s"
    rf"|General Assembly\s|Security Council\s)*$"
)
_STEP = re.compile(
    r"(?P<join>-|–|\bto\b)?\s?(?:(?P<number>\d{1,3})(?P<items>(?:\s?\((?:[a-z]{1,2}|[ivx]+)\))*)|"
    r"(?P<item>\([a-z]{1,2}\)))"
)
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![\w/.\-])", r"(?![\w/])"
_ORGANS = (
    ("General Assembly", "A/RES/{}"),
    ("Assembly", "A/RES/{}"),
    ("Human Rights Council", "A/HRC/RES/{}"),
    ("Economic and Social Council", "E/RES/{}"),
    ("Security Council", ""),
)
_ORGAN_NAMES = "|".join(name for name, _ in _ORGANS)
_RESOLUTIONS = re.compile(
    rf"(?:\b(?P<organ>{_ORGAN_NAMES})(?:’s|'s)?\s\(?)?\b[Rr]esolutions?\s(?P<list>(?:\d{{1,4}}/\d{{1,3}}"
    rf"|\d{{3,4}}\s?[A-Z]?\s?\((?:[IVXLC]+|\d{{4}}|S-[IVXLC]+)\))"
    r"(?:(?:,|\s?and|,\sand)\s(?:\d{1,4}/\d{1,3}|\d{3,4}\s?[A-Z]?\s?\((?:[IVXLC]+|\d{4}|S-[IVXLC]+)\))"
    r"(?!\s(?:March|May|June|July|April|January|February|August|September|October|November|December)))*)"
)
_ONE = re.compile(r"(?P<slash>\d{1,4}/\d{1,3})|(?P<number>\d{3,4})\s?[A-Z]?\s?\((?P<tail>[IVXLC]+|\d{4}|S-[IVXLC]+)\)")
_OTHER_ORGAN = re.compile(r"\b(?:Council|Conference|Commission|Board|Committee|Congress|Parliament|Union)\b")
_ORGAN_DISTANCE = 120
"""Characters before "its resolution 64/293" in which the Assembly must be named, and no other organ after it."""


def find(text: str, *, organ: str = "", where: Where = "text", note: str = "") -> tuple[Reference, ...]:
    """Every symbol named in ``text`` and every resolution that can be resolved to one, in order.

    ``organ`` is the body whose own text this is ("A" in a document of the General Assembly), so that "its resolution
    64/293" is its own; ``where`` and ``note`` are passed on.
    """
    found = [*_symbols(text), *_resolutions(text, organ)]
    out = []
    for symbol, start, end in sorted(found, key=lambda each: each[1:]):
        paragraphs = _paragraphs(text, start, end)
        out.append(Reference(symbol=symbol, start=start, end=end, paragraphs=paragraphs, where=where, note=note))
    return tuple(out)


@cache
def _pattern() -> re.Pattern[str]:
    heads = sorted({prefix.partition("/")[0] for prefix in symbols.bodies()}, key=lambda head: (-len(head), head))
    return re.compile(
        rf"{_EDGE_BEFORE}(?:{'|'.join(re.escape(head) for head in heads)})(?:/(?:[A-Z0-9][A-Za-z0-9\-]*"
        rf"(?:\.[A-Za-z0-9\-]+)*(?:\([A-Za-z0-9.\-]{{1,8}}\))?))+"
        rf"{symbols.TAIL}?{_EDGE_AFTER}"
    )


def _symbols(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _pattern().finditer(text):
        start = found.start()
        for piece in re.split(r"(?<=[\w)])[-–—](?=[A-Z]{1,8}/)", found.group()):
            end = start + len(piece)
            with suppress(SymbolError):
                yield str(symbols.parse(piece)), start, end
            start = end + 1


def _resolutions(text: str, organ: str) -> Iterator[tuple[str, int, int]]:
    for found in _RESOLUTIONS.finditer(text):
        form = _form(text, found, organ)
        for one in _ONE.finditer(text, found.start("list"), found.end("list")):
            symbol = _resolved(one, form)
            if symbol:
                yield symbol, one.start(), one.end()


def _form(text: str, found: re.Match[str], organ: str) -> str:
    """How the symbols of the organ's resolutions are made that is meant, "" where that is not plain."""
    named = found.group("organ")
    if named:
        return dict(_ORGANS)[named]
    before = text[max(0, found.start() - _ORGAN_DISTANCE) : found.start()]
    sentence = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    at = sentence.rfind("General Assembly")
    if at >= 0 and not _OTHER_ORGAN.search(sentence, at):
        return "A/RES/{}"
    own = organ in {"A", "A/RES"} or organ.startswith("A/C.")
    return "A/RES/{}" if own and not _OTHER_ORGAN.search(sentence) else ""


def _resolved(one: re.Match[str], form: str) -> str:
    if one.group("slash"):
        return form.format(one.group("slash")) if form else ""
    tail = one.group("tail")
    if tail.isdigit():
        return f"S/RES/{one.group('number')} ({tail})"
    return f"A/RES/{one.group('number')}({tail})" if form == "A/RES/{}" else ""


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
