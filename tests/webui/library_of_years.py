"""Eighty years of made-up documents that cite every State: what long facets and long spans of dates are shown with."""

from __future__ import annotations

from collections.abc import Iterator

from pilcrow.engine import gazetteer
from pilcrow.engine.model import AgendaItem, Document, ParsedDocument, Session, StateMention
from tests.webui.library_of_traps import paragraph

FIRST, LAST = 1946, 2025
GAP = range(1960, 1970)
"""Years of which there is no document."""

STATES = tuple(state.code for state in gazetteer.states())


def documents() -> list[ParsedDocument]:
    """A document a year (of 1946 only the year is known), one of 2025 in every month, and two without a date."""
    yearly = [_document(f"A/{year}/1", _date(year), paragraphs=1 + year % 7) for year in _years()]
    monthly = [_document(f"A/2025/M{month}", f"2025-{month:02}-15", paragraphs=month) for month in range(1, 13)]
    undated = [_document(f"A/none/{number}", "", paragraphs=1) for number in (1, 2)]
    return [*yearly, *monthly, *undated]


def _years() -> Iterator[int]:
    return (year for year in range(FIRST, LAST) if year not in GAP)


def _date(year: int) -> str:
    return str(year) if year == FIRST else f"{year}-{year % 12 + 1:02}-20"


def _document(symbol: str, date: str, *, paragraphs: int) -> ParsedDocument:
    session = symbol.rpartition("/")[0]
    label = f"General Assembly, session of {symbol.split('/')[1]}"
    items = (
        AgendaItem(number="2", session=session, title="Peace"),
        AgendaItem(number="2 (b)", session=session, title="War"),
    )
    start = sum(map(ord, symbol)) * 5

    def states(ordinal: int) -> tuple[StateMention, ...]:
        return tuple(
            StateMention(code=STATES[(start + ordinal * 9 + at) % len(STATES)], start=0, end=1) for at in range(5)
        )

    return ParsedDocument(
        document=Document(
            id=symbol,
            symbols=(symbol,),
            title=f"Report {symbol}",
            date=date,
            body="A",
            type="report",
            language="en",
            sessions=(Session(key=session, label=label, body="A"),),
            agenda_titles=items,
        ),
        paragraphs=tuple(
            paragraph(
                symbol,
                number,
                f"Peace was discussed, number {number}.",
                agenda=items[number % 2 :][:1],
                states=states(number),
            )
            for number in range(1, paragraphs + 1)
        ),
    )
