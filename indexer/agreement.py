"""Whether a masthead and its symbol say the same: what a symbol tells of session, year and organ, held against print.

The symbol is believed either way. Where the two differ, one of them was misprinted or misread, and the build's report
says so, because a wrong session or year hides a document from those who narrow by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.front_record import ORGANS, Masthead
from pilcrow.engine import symbols
from pilcrow.engine.symbols import Symbol

FARTHEST_YEAR = 1
"""Years between a symbol's year and its date: documents of December are distributed in January."""


def disagreements(found: Masthead, named: Sequence[str]) -> tuple[str, ...]:
    """What the masthead says otherwise than the symbols ``named``, each as half a sentence; () where they agree."""
    own = [symbols.parse(name) for name in named]
    if not own:
        return ()
    return tuple(_sessions(found, own)) + tuple(_years(found, own)) + tuple(_organs(found, own))


def _sessions(found: Masthead, own: Sequence[Symbol]) -> Iterator[str]:
    told = {symbol.session_number for symbol in own if symbol.session_number is not None}
    printed = {session.number for session in found.sessions if session.number is not None}
    if told and printed and not told & printed:
        yield f"session {_listed(told)} by the symbol, {_listed(printed)} in print"


def _years(found: Masthead, own: Sequence[Symbol]) -> Iterator[str]:
    told = {symbol.year for symbol in own if symbol.year is not None}
    year = int(found.date[:4]) if found.date[:4].isdigit() else None
    if told and year is not None and min(abs(each - year) for each in told) > FARTHEST_YEAR:
        yield f"year {_listed(told)} by the symbol, {year} in print"


def _organs(found: Masthead, own: Sequence[Symbol]) -> Iterator[str]:
    told = {symbol.parts[0] for symbol in own} & ORGANS
    printed = {body for body in found.bodies if body in ORGANS}
    if told and printed and not told & printed:
        names = " and ".join(symbols.body_name(body) for body in sorted(printed))
        yield f"{' and '.join(symbols.body_name(body) for body in sorted(told))} by the symbol, {names} in print"


def _listed(numbers: set[int]) -> str:
    return " and ".join(str(number) for number in sorted(numbers))
