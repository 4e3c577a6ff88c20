"""What is chosen for one cell finds exactly what the cell counts, whatever else is chosen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilcrow.engine.contract import IndexReader, SearchPlan
from pilcrow.engine.fields import FACETS
from pilcrow.search import facets
from pilcrow.search.narrowing import choice
from pilcrow.search.request import Chosen, SearchRequest
from pilcrow.search.service import prepare
from pilcrow.search.tables import TableRequest, table

STATES = {"BLR": "150", "FRA": "150", "KEN": "002", "150": "", "002": ""}
DATES = {"2011": "", "2011-08": "2011", "2011-08-03": "2011-08", "2015": "", "2015-10": "2015"}


@pytest.mark.parametrize(
    ("chosen", "key", "expected"),
    [
        (Chosen(field="state"), "FRA", Chosen(field="state", include=("FRA",))),
        (Chosen(field="state", include=("FRA", "KEN")), "FRA", Chosen(field="state", include=("FRA",))),
        (Chosen(field="state", include=("150", "KEN")), "FRA", Chosen(field="state", include=("FRA",))),
        (
            Chosen(field="state", include=("BLR",)),
            "FRA",
            Chosen(field="state", include=("BLR", "FRA"), all_of=True),
        ),
        (
            Chosen(field="state", include=("BLR", "KEN"), all_of=True),
            "FRA",
            Chosen(field="state", include=("BLR", "KEN", "FRA"), all_of=True),
        ),
        (Chosen(field="state", include=("BLR", "KEN")), "FRA", None),
        (
            Chosen(field="state", exclude=("KEN",)),
            "002",
            Chosen(field="state", include=("002",), exclude=("KEN",)),
        ),
        (Chosen(field="date", include=("2011-08", "2015")), "2011", Chosen(field="date", include=("2011-08",))),
        (Chosen(field="date", include=("2010..2012",)), "2011-08", Chosen(field="date", include=("2011-08",))),
        (
            Chosen(field="date", include=("2011-04..2012",)),
            "2011",
            Chosen(field="date", include=("2011-04-01..2011-12-31",)),
        ),
        (Chosen(field="date", include=("..2011-08-03",)), "2011-08", None),
        (Chosen(field="date", include=("2012..",)), "2011", None),
    ],
)
def test_a_value_goes_in_place_of_what_is_chosen_or_beside_it(
    chosen: Chosen, key: str, expected: Chosen | None
) -> None:
    assert choice(chosen, key, STATES if chosen.field == "state" else DATES) == expected


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Anything chosen in two facets of the made index, with ranges of dates, and mentions of one kind."""
    keys = {
        "state": ["BLR", "FRA", "POL", "150", "unknown"],
        "date": ["2011", "2011-08", "2015-10", "2015-10-01", "2011..2014", "2015-03..2015-10", "2015..", "unknown"],
        "agenda": ["A/70", "A/70|2", "A/70|2 (b)", "CTOC/COP/WG.4/2011-10-10|3", "unknown"],
        "pillar": ["protection", "unknown"],
        "type": ["report", "unknown"],
    }
    fields = draw(st.lists(st.sampled_from(list(keys)), max_size=2, unique=True))
    chosen = []
    for field in fields:
        values = st.lists(st.sampled_from(keys[field]), max_size=3, unique=True).map(tuple)
        multiple = next(each.multiple for each in FACETS if each.key == field)
        chosen.append(
            Chosen(field=field, include=draw(values), exclude=draw(values), all_of=multiple and draw(st.booleans()))
        )
    return SearchRequest(
        query=draw(st.sampled_from(["", "court", "witnesses OR law"])),
        chosen=tuple(chosen),
        state_in=draw(st.sampled_from(["", "", "note", "text"])),
        state_role=draw(st.sampled_from(["", "", "speaker"])),
        unit=draw(st.sampled_from(["paragraph", "document"])),
    )


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    search=requests(),
    pair=st.lists(st.sampled_from([each.key for each in FACETS]), min_size=2, max_size=2, unique=True),
)
def test_what_is_chosen_for_a_cell_finds_what_it_counts(
    made: IndexReader, search: SearchRequest, pair: list[str]
) -> None:
    found = table(made, TableRequest(rows=pair[0], columns=pair[1], search=search))
    search = found.request.search
    for row in found.rows:
        one = choice(search.of(pair[0]), row.key, found.parents[0])
        for column in found.columns:
            other = choice(search.of(pair[1]), column.key, found.parents[1])
            if one and other and found.count(row, column):
                rest = tuple(each for each in search.chosen if each.field not in pair)
                assert counted(made, search.with_chosen((*rest, one, other))) == found.count(row, column)


def counted(reader: IndexReader, search: SearchRequest) -> int:
    question = prepare(reader, search)
    answer = reader.search(SearchPlan(query=question.ranked.tree, filters=facets.filters(question.request), limit=0))
    return answer.total if search.unit == "paragraph" else answer.documents
