"""On any small corpus, any query and any filters, an engine answers exactly what the naive matcher answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilcrow.engine import form_codes, tantivy_engine
from pilcrow.engine.contract import Engine, FacetRequest, IndexReader, SearchPlan
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.query import Fuzzy, Prefix, Query, Wildcard
from tests.contract import naive, strategies, test_cases
from tests.contract.engines import ENGINES, reading

on_every_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEWER = settings(SETTINGS, max_examples=50)
EXPANDING = (Prefix, Wildcard, Fuzzy)


@pytest.fixture(autouse=True, scope="module")
def limits_that_small_corpora_reach() -> Iterator[None]:
    """What is done otherwise in an index of many forms, or with many paragraphs for a run, is done here as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_codes, "_SINGLE", 20)
        patch.setattr(tantivy_engine, "_RUNS_AT_ONCE", 0)
        yield


@on_every_engine
@SETTINGS
@given(corpus=strategies.corpora(), plans=st.lists(strategies.plans(), min_size=1, max_size=4))
def test_answers_are_those_of_the_naive_matcher(
    engine: Engine, corpus: tuple[ParsedDocument, ...], plans: list[SearchPlan]
) -> None:
    everything = naive.items(corpus)
    with reading(engine, corpus) as reader:
        for plan in plans:
            check(reader, everything, plan)


def check(reader: IndexReader, everything: list[naive.Item], plan: SearchPlan) -> None:
    answer = reader.search(plan)
    expected = naive.ordered(everything, plan)
    assert [hit.paragraph for hit in answer.hits] == [item.paragraph for item in expected]
    assert [hit.document for hit in answer.hits] == [item.document for item in expected]
    scorer = naive.Scorer(everything)
    assert [hit.score for hit in answer.hits] == pytest.approx([scorer.score(item, plan.query) for item in expected])
    assert answer.total == len(expected)
    assert answer.documents == len({item.document.id for item in expected})
    assert answer.expansions == ()
    for request in plan.facets:
        counts = naive.facet(everything, plan, request.field, request.qualifier)
        assert answer.facets[request.field] == counts, request
        if request.field in naive.QUALIFIED:
            assert answer.counted().ways[request.field] == naive.ways(everything, plan, request.field), request
    paged = [
        hit.paragraph
        for offset in range(0, answer.total, 3)
        for hit in reader.search(replace(plan, offset=offset, limit=3, facets=())).hits
    ]
    assert paged == [item.paragraph for item in expected]


@on_every_engine
def test_the_examples_are_answered_as_the_naive_matcher_answers_them(engine: Engine) -> None:
    everything = naive.items(test_cases.CORPUS)
    facets = tuple(FacetRequest(field=each.key) for each in FACETS)
    with reading(engine, test_cases.CORPUS) as reader:
        for _, query, _ in test_cases.MATCHES:
            check(reader, everything, SearchPlan(query=query, facets=facets, limit=100))


@on_every_engine
@FEWER
@given(corpus=strategies.corpora(), children=st.lists(strategies.queries(), max_size=4), chosen=strategies.filters())
def test_counts_and_what_is_reached_are_those_of_the_naive_matcher(
    engine: Engine, corpus: tuple[ParsedDocument, ...], children: list[Query], chosen: object
) -> None:
    everything = naive.items(corpus)
    matching = [sum(naive.matches(item, child) for child in children) for item in everything]
    with reading(engine, corpus) as reader:
        for enough in range(1, len(everything) + 2):
            reached = [k for k in range(1, len(children) + 1) if sum(count >= k for count in matching) >= enough]
            assert reader.reached(children, enough) == max(reached, default=1)
        assert reader.count(children, filters=[chosen]) == tuple(
            sum(naive.matches(item, child) and naive.kept(item, chosen) for item in everything) for child in children
        )


@on_every_engine
@FEWER
@given(corpus=strategies.corpora(), nodes=st.lists(strategies.leaves(), min_size=1, max_size=6))
def test_expansions_are_all_forms_that_stand_for_the_node(
    engine: Engine, corpus: tuple[ParsedDocument, ...], nodes: list[Query]
) -> None:
    everything = naive.items(corpus)
    with reading(engine, corpus) as reader:
        for node in [node for node in nodes if isinstance(node, EXPANDING)]:
            expansion = reader.expand(node)
            expected = expanded(everything, node)
            assert (expansion.node, expansion.forms, expansion.found) == (node, expected, len(expected))


def expanded(everything: list[naive.Item], node: Prefix | Wildcard | Fuzzy) -> tuple[str, ...]:
    """The forms or keys that a node stands for, by how many paragraphs have them, summed over the fields."""
    frequencies: dict[str, int] = {}
    for item in everything:
        if node.field in item.keys:
            have: Sequence[str] = [key for key in item.keys[node.field] if naive.key_stands_for(node, key)]
        else:
            fields = [{form for value in item.words[field] for form in value} for field in naive.fields_of(node)]
            have = [form for forms in fields for form in forms if naive.stands_for(node, form)]
        for each in have:
            frequencies[each] = frequencies.get(each, 0) + 1
    return tuple(sorted(frequencies, key=lambda each: (-frequencies[each], each)))


@on_every_engine
@FEWER
@given(corpus=strategies.corpora(), word=st.sampled_from([*strategies.WORDS, "vctim", "protetcion", "zzzzzz"]))
def test_suggestions_are_the_nearest_forms(engine: Engine, corpus: tuple[ParsedDocument, ...], word: str) -> None:
    frequencies: dict[str, int] = {}
    for item in naive.items(corpus):
        for values in item.words.values():
            for form in {form for value in values for form in value}:
                frequencies[form] = frequencies.get(form, 0) + 1
    near = [form for form in frequencies if 1 <= naive.edits(word, form) <= 2]
    near.sort(key=lambda form: (naive.edits(word, form), -frequencies[form], form))
    with reading(engine, corpus) as reader:
        assert reader.similar(word) == tuple(near[:3])
        assert reader.similar(word, limit=100) == tuple(near)
