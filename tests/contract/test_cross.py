"""Tables of one facet by another: by examples that can be counted at a glance, and against the naive matcher."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import Axis, CrossAnswer, CrossPlan, Engine, Filter, IndexReader, Limits
from pilcrow.engine.errors import IndexUnusableError, QueryLimitError, RequestError
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.query import And, Exact, Near, Term, Value
from tests.contract import naive, strategies
from tests.contract.engines import ENGINES, reading
from tests.contract.test_cases import CORPUS, SESSION
from tests.contract.test_random import SETTINGS, on_every_engine


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: engine.name)
def reader(request: pytest.FixtureRequest) -> Iterator[IndexReader]:
    with reading(request.param, CORPUS) as opened:
        yield opened


def plan(rows: str, columns: str, **further: object) -> CrossPlan:
    return CrossPlan(rows=Axis(field=rows), columns=Axis(field=columns), **further)


STATE_BY_PILLAR = CrossAnswer(
    total=8,
    rows={"unknown": 5, "150": 2, "BLR": 2, "FRA": 1, "002": 2, "KEN": 2, "142": 1, "JPN": 1},
    columns={"unknown": 4, "protection": 2, "prosecution": 2, "national": 1},
    cells={
        ("unknown", "unknown"): 4,
        ("unknown", "national"): 1,
        ("150", "protection"): 2,
        ("150", "prosecution"): 1,
        ("BLR", "protection"): 2,
        ("BLR", "prosecution"): 1,
        ("FRA", "protection"): 1,
        ("002", "protection"): 1,
        ("002", "prosecution"): 2,
        ("KEN", "protection"): 1,
        ("KEN", "prosecution"): 2,
        ("142", "prosecution"): 1,
        ("JPN", "prosecution"): 1,
    },
)


def test_a_table_has_every_pair_of_values_with_ancestors_and_unknown(reader: IndexReader) -> None:
    assert reader.cross(plan("state", "pillar")) == STATE_BY_PILLAR


def test_a_table_turned_round_is_the_same_table(reader: IndexReader) -> None:
    assert reader.cross(plan("pillar", "state")) == CrossAnswer(
        total=8,
        rows=STATE_BY_PILLAR.columns,
        columns=STATE_BY_PILLAR.rows,
        cells={(column, row): count for (row, column), count in STATE_BY_PILLAR.cells.items()},
    )


def test_documents_are_counted_once_a_cell_however_many_of_their_paragraphs_are_in_it(reader: IndexReader) -> None:
    assert reader.cross(plan("state", "pillar", unit="document")) == CrossAnswer(
        total=3,
        rows={**dict.fromkeys(STATE_BY_PILLAR.rows, 1), "unknown": 2},
        columns={"unknown": 2, "protection": 1, "prosecution": 1, "national": 1},
        cells={**dict.fromkeys(STATE_BY_PILLAR.cells, 1), ("unknown", "unknown"): 2},
    )


def test_a_document_is_in_a_cell_only_with_a_paragraph_that_has_both_values(reader: IndexReader) -> None:
    """The report cites France, and has paragraphs on prosecution, but none that does both."""
    assert ("FRA", "prosecution") not in reader.cross(plan("state", "pillar", unit="document")).cells


def test_two_facets_of_documents_are_crossed_in_either_unit(reader: IndexReader) -> None:
    paragraphs = CrossAnswer(
        total=8,
        rows={SESSION.key: 3, "unknown": 5},
        columns={"report": 3, "unknown": 5},
        cells={(SESSION.key, "report"): 3, ("unknown", "unknown"): 5},
    )
    documents = CrossAnswer(
        total=3,
        rows={SESSION.key: 1, "unknown": 2},
        columns={"report": 1, "unknown": 2},
        cells={(SESSION.key, "report"): 1, ("unknown", "unknown"): 2},
    )
    assert reader.cross(plan("session", "type")) == paragraphs
    assert reader.cross(plan("session", "type", unit="document")) == documents


def test_every_filter_applies_that_of_a_facet_of_the_table_too(reader: IndexReader) -> None:
    belarus = Filter(field="state", include=(Value("state", "BLR"),))
    not_prosecution = Filter(field="pillar", exclude=(Value("pillar", "prosecution"),))
    assert reader.cross(plan("state", "pillar", filters=(belarus, not_prosecution))) == CrossAnswer(
        total=1,
        rows={"150": 1, "BLR": 1, "FRA": 1},
        columns={"protection": 1},
        cells={("150", "protection"): 1, ("BLR", "protection"): 1, ("FRA", "protection"): 1},
    )


def test_the_query_narrows_a_table(reader: IndexReader) -> None:
    table = reader.cross(plan("agenda", "pillar", query=And((Term("victim"), Term("witness")))))
    assert table.rows == {SESSION.key: 1, f"{SESSION.key}|2": 1, f"{SESSION.key}|2 (b)": 1}
    assert table.cells == dict.fromkeys(itertools.product(table.rows, ("protection", "prosecution")), 1)


@pytest.mark.parametrize("query", [Near(("victim", "victim", "victim"), 0), Exact(("states", "parties"))])
def test_what_only_positions_can_tell_is_counted_as_it_is_found(reader: IndexReader, query: object) -> None:
    everything = naive.items(CORPUS)
    for unit in ("paragraph", "document"):
        asked = plan("state", "date", query=query, unit=unit)
        assert reader.cross(asked) == naive.cross(everything, asked)


def test_qualified_values_are_counted_without_their_qualifier(reader: IndexReader) -> None:
    in_notes = CrossPlan(rows=Axis(field="state", qualifier="@note"), columns=Axis(field="pillar"))
    assert reader.cross(in_notes) == CrossAnswer(
        total=8,
        rows={"any": 2, "150": 2, "FRA": 1, "BLR": 1, "unknown": 6},
        columns=STATE_BY_PILLAR.columns,
        cells={
            ("any", "protection"): 2,
            ("any", "prosecution"): 1,
            ("150", "protection"): 2,
            ("150", "prosecution"): 1,
            ("FRA", "protection"): 1,
            ("BLR", "protection"): 1,
            ("BLR", "prosecution"): 1,
            ("unknown", "prosecution"): 1,
            ("unknown", "national"): 1,
            ("unknown", "unknown"): 4,
        },
    )


def test_nothing_found_is_an_empty_table(reader: IndexReader) -> None:
    for unit in ("paragraph", "document"):
        table = reader.cross(plan("state", "session", query=Term("zebra"), unit=unit))
        assert table == CrossAnswer(total=0, rows={}, columns={}, cells={})


def test_every_pair_of_facets_makes_a_table(reader: IndexReader) -> None:
    everything = naive.items(CORPUS)
    for rows, columns in itertools.permutations([each.key for each in FACETS], 2):
        for unit in ("paragraph", "document"):
            asked = plan(rows, columns, unit=unit)
            assert reader.cross(asked) == naive.cross(everything, asked), asked


def test_what_is_no_table_is_refused_with_a_sentence(reader: IndexReader) -> None:
    for rows, columns, said in [
        ("stat", "pillar", "There is no facet 'stat'; did you mean state?"),
        ("state", "text", "There is no facet 'text'."),
        ("state", "state", "The rows and the columns of a table are two different facets."),
    ]:
        with pytest.raises(RequestError) as refused:
            reader.cross(plan(rows, columns))
        assert str(refused.value) == said


@on_every_engine
def test_the_limits_of_a_query_hold_for_a_table(engine: Engine) -> None:
    with reading(engine, CORPUS, limits=Limits(nodes=2)) as limited:
        limited.cross(plan("state", "pillar"))
        with pytest.raises(QueryLimitError):
            limited.cross(plan("state", "pillar", query=And((Term("victim"), Term("witness")))))


@on_every_engine
def test_a_closed_reader_counts_no_table(engine: Engine) -> None:
    with reading(engine, CORPUS) as closed:
        pass
    with pytest.raises(IndexUnusableError):
        closed.cross(plan("state", "pillar"))


@on_every_engine
@SETTINGS
@given(corpus=strategies.corpora(), tables=st.lists(strategies.tables(), min_size=1, max_size=5))
def test_tables_are_those_of_the_naive_matcher(
    engine: Engine, corpus: tuple[ParsedDocument, ...], tables: list[CrossPlan]
) -> None:
    everything = naive.items(corpus)
    with reading(engine, corpus) as opened:
        for table in tables:
            assert opened.cross(table) == naive.cross(everything, table)
            units = replace(table, unit="document" if table.unit == "paragraph" else "paragraph")
            assert opened.cross(units) == naive.cross(everything, units)
