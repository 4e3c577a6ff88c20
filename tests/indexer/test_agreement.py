"""A masthead held against its symbol: what agrees is silent, what does not is said."""

from __future__ import annotations

import pytest

from indexer.agreement import disagreements
from indexer.front_record import Masthead, Printed


def masthead(*, date: str = "2023-12-22", session: int | None = 78, bodies: tuple[str, ...] = ("A",)) -> Masthead:
    sessions = [Printed(number=session)] if session is not None else []
    return Masthead(date=date, sessions=sessions, bodies=list(bodies))


@pytest.mark.parametrize(
    ("found", "symbols"),
    [
        (masthead(), ("A/RES/78/228",)),
        (masthead(session=None), ("A/C.3/78/L.4",)),
        (masthead(session=79, date="2025-01-03", bodies=("A", "S")), ("A/79/700", "S/2024/950")),
        (masthead(), ()),
        (masthead(bodies=("CTOC/COP",)), ("CTOC/COP/WG.4/2023/5",)),
    ],
)
def test_what_agrees_is_not_mentioned(found, symbols):
    assert disagreements(found, symbols) == ()


def test_another_session_year_or_organ_is_said():
    assert disagreements(masthead(session=77), ("A/RES/78/228",)) == ("session 78 by the symbol, 77 in print",)
    assert disagreements(masthead(date="2019-01-02", session=None, bodies=()), ("S/2025/389",)) == (
        "year 2025 by the symbol, 2019 in print",
    )
    assert disagreements(masthead(session=None, bodies=("E",)), ("A/78/15",)) == (
        "General Assembly by the symbol, Economic and Social Council in print",
    )
