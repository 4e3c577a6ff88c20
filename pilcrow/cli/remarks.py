"""What is said beside the results, on stderr: a sentence each, and below it the place in the query that it is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pilcrow.cli import terminal
from pilcrow.cli.status import sentence

if TYPE_CHECKING:
    from pilcrow.search.request import Diagnostic

_INDENT = "  "
_CUT = "…"


def say_all(query: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Say each of ``diagnostics``, which are about ``query`` as it was typed."""
    for each in remarks(query, diagnostics, room=terminal.width()):
        terminal.say(each)


def remarks(query: str, diagnostics: Iterable[Diagnostic], *, room: int) -> Iterator[str]:
    """The lines that say ``diagnostics``, a sentence that is true of several places once, in ``room`` columns.

    The places in ``query`` stand below the sentence, each with a caret below its characters; what is about the whole
    query, or about an option, has none.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for each in diagnostics:
        known = places.setdefault(sentence(each.message, each.suggestion), [])
        if 0 <= each.start < each.end <= len(query) and query[each.start : each.end] != query.strip():
            known.append((each.start, each.end))
    for said, spans in places.items():
        yield f"pilcrow: {said}"
        if spans:
            yield from _pointed(query, spans, room=room - len(_INDENT) - 1)


def _pointed(query: str, spans: list[tuple[int, int]], *, room: int) -> Iterator[str]:
    """``query`` and below it a line with carets below ``spans``; of a long query the piece around the first of them."""
    marked = {at for start, end in spans for at in range(start, end)}
    first = min(marked)
    # A control character would move the carets, or the cursor.
    shown = [(" " if unicodedata.category(sign)[0] == "C" else sign, at in marked) for at, sign in enumerate(query)]
    before = 0
    while before < first and sum(_columns(sign) for sign, _ in shown[before : first + 1]) > max(20, room) // 2:
        before += 1
    cells = ([(_CUT, False)] if before else []) + shown[before:]
    taken = 0
    for number, (sign, _) in enumerate(cells):
        taken += _columns(sign)
        if taken > max(20, room):
            cells = [*cells[: number - 1], (_CUT, False)]
            break
    yield _INDENT + "".join(sign for sign, _ in cells).rstrip()
    yield _INDENT + "".join(("^" if on else " ") * _columns(sign) for sign, on in cells).rstrip()


def _columns(sign: str) -> int:
    """The columns that a character takes on a terminal."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
