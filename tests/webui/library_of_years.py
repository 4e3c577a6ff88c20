"""Eighty years of made-up documents that cite every State: what long facets and long spans of dates are shown with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pilcrow.engine import gazetteer
from pilcrow.engine.model import AgendaItem, Document, ParsedDocument, Session, StateMention
from tests.webui.library_of_traps import paragraph

FIRST, LAST = 1946, 2025
GAP = range(1960, 1970)
"""Years of which there is no document."""

STATES = tuple(state.code for state in gazetteer.states())


def documents() -> list[ParsedDocument]:
    """A document a year (of 1946 only the year is known), one of 2025 in every month, and two without a date."""
    states = _states()
    yearly = [(f"A/{year}/1", _date(year), 1 + year % 7) for year in range(FIRST, LAST) if year not in GAP]
    monthly = [(f"A/2025/M{month}", f"2025-{month:02}-15", month) for month in range(1, 13)]
    undated = [(f"A/none/{number}", "", 1) for number in (1, 2)]
    return [
        _document(symbol, date, states=states, paragraphs=paragraphs)
        for symbol, date, paragraphs in (*yearly, *monthly, *undated)
    ]


def _date(year: int) -> str:
    return str(year) if year == FIRST else f"{year}-{year % 12 + 1:02}-20"


def _states() -> Iterator[tuple[StateMention, ...]]:
    """Five States for each paragraph, other ones together each time, until all were cited often."""
    for first in count(step=7):
        yield tuple(StateMention(code=STATES[(first + at) % len(STATES)], start=0, end=1) for at in range(5))


def _document(symbol: str, date: str, *, states: Iterator[tuple[StateMention, ...]], paragraphs: int) -> ParsedDocument:
    key = symbol.rpartition("/")[0]
    session = Session(key=key, label=f"General Assembly, session of {symbol.split('/')[1]}", body="A")
    items = (AgendaItem(number="2", session=key, title="Peace"), AgendaItem(number="2 (b)", session=key, title="War"))
    return ParsedDocument(
        document=Document(
            id=symbol,
            symbols=(symbol,),
            title=f"Report {symbol}",
            date=date,
            body="A",
            type="report",
            language="en",
            sessions=(session,),
            agenda_titles=items,
        ),
        paragraphs=tuple(
            paragraph(
                symbol,
                number,
                f"Peace was discussed, number {number}.",
                agenda=items[number % 2 :][:1],
                states=next(states),
            )
            for number in range(1, paragraphs + 1)
        ),
    )
