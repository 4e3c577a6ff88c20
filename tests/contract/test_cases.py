"""The contract by examples: one small corpus that can be read at a glance, and what every engine answers about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pilcrow.engine import tables
from pilcrow.engine.contract import (
    Answer,
    Counts,
    Engine,
    FacetRequest,
    Filter,
    IndexReader,
    Limits,
    SearchPlan,
)
from pilcrow.engine.errors import IndexUnusableError, QueryLimitError, RequestError
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import (
    AgendaItem,
    Document,
    Note,
    Paragraph,
    ParsedDocument,
    PillarScore,
    Session,
    StateMention,
)
from pilcrow.engine.query import (
    And,
    AtLeast,
    Best,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
)
from tests.contract.engines import ENGINES, reading

SESSION = Session(key="CTOC/COP/WG.4/2013-11-06", label="Working Group, 6-8 November 2013", body="CTOC/COP/WG.4")


def state(code: str, where: str = "text", role: str = "mentioned") -> StateMention:
    return StateMention(code=code, start=0, end=1, where=where, role=role)


def pillars(*keys: str) -> tuple[PillarScore, ...]:
    return tuple(PillarScore(pillar=key, score=1.0) for key in keys)


def paragraph(document: str, ordinal: int, text: str, **further: object) -> Paragraph:
    return Paragraph(id=f"{document}#p{ordinal}", document=document, ordinal=ordinal, text=text, **further)


REPORT = ParsedDocument(
    document=Document(
        id="CTOC/COP/WG.4/2013/5",
        symbols=("CTOC/COP/WG.4/2013/5",),
        title="Report on the meeting of the Working Group",
        date="2013-11-26",
        body="CTOC/COP/WG.4",
        type="report",
        language="en",
        sessions=(SESSION,),
        agenda_titles=(AgendaItem(number="2", session=SESSION.key, title="Consultative services"),),
    ),
    paragraphs=(
        paragraph(
            "CTOC/COP/WG.4/2013/5",
            1,
            "States parties should protect victims of trafficking, as in resolution 64/293.",
            section=("Recommendations", "Victim protection"),
            states=(state("BLR"), state("FRA", "note")),
            notes=(Note(marker="1", text="See the Gallagher study on organ removal.", at=0),),
            pillars=pillars("protection"),
            agenda=(AgendaItem(number="2", session=SESSION.key),),
        ),
        paragraph(
            "CTOC/COP/WG.4/2013/5",
            2,
            "The protection of each victim, and of witnesses, was discussed by international organizations.",
            section=("Recommendations", "Witnesses"),
            states=(state("BLR", "note", "speaker"), state("KEN")),
            pillars=pillars("protection", "prosecution"),
            agenda=(AgendaItem(number="2 (b)", session=SESSION.key),),
        ),
        paragraph(
            "CTOC/COP/WG.4/2013/5",
            3,
            "Organized criminal groups, it was said, exploit labour.",
            section=("Deliberations",),
            states=(state("KEN"), state("JPN")),
            pillars=pillars("prosecution"),
        ),
    ),
)
JOINT = ParsedDocument(
    document=Document(
        id="A/79/945", symbols=("A/79/945", "S/2025/368"), title="Letter", date="2025", body="A", language="fr"
    ),
    paragraphs=(
        paragraph("A/79/945", 1, "Les victimes de la traite: organisation de la protection de chaque victime"),
        paragraph("A/79/945", 2, "The victims, in English within a French document", language="en"),
    ),
)
UNDATED = ParsedDocument(
    document=Document(id="prov:background-paper", title="Background paper", language="en"),
    paragraphs=(
        paragraph("prov:background-paper", 1, "internal matters of persons", pillars=pillars("national")),
        paragraph("prov:background-paper", 2, "victim victim victim"),
        paragraph("prov:background-paper", 3, "victim victim victim"),
    ),
)
CORPUS = (JOINT, REPORT, UNDATED)
R1, R2, R3 = (each.id for each in REPORT.paragraphs)
F1, F2 = (each.id for each in JOINT.paragraphs)
U1, U2, U3 = (each.id for each in UNDATED.paragraphs)
ALL = (F1, F2, R1, R2, R3, U1, U2, U3)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.param


@pytest.fixture(scope="module")
def reader(engine: Engine) -> Iterator[IndexReader]:
    with reading(engine, CORPUS) as opened:
        yield opened


def ids(answer: Answer) -> tuple[str, ...]:
    return tuple(hit.paragraph.id for hit in answer.hits)


def search(reader: IndexReader, query: Query, **further: object) -> Answer:
    return reader.search(SearchPlan(query=query, **further))


MATCHES = [
    ("every paragraph", Everything(), ALL),
    ("a word in any form", Term("protected"), (R1, R2)),
    ("a word in a heading counts as the paragraph's", Term("recommendation"), (R1, R2)),
    ("a word in a note counts as the paragraph's", Term("gallagher"), (R1,)),
    ("a word in one field only", Term("victim", "section"), (R1,)),
    ("titles are looked at only when asked for", Term("meeting"), ()),
    ("titles are looked at when asked for", Term("meeting", "title"), (R1, R2, R3)),
    ("organ is not organization", Term("organ"), (R1,)),
    ("organization is not organize", Term("organisations"), (R2,)),
    ("international is not internal", Term("internal"), (U1,)),
    ("British and American spellings meet", Term("labor"), (R3,)),
    ("other languages are not stemmed", Term("traites"), ()),
    ("other languages match by form", Term("traite"), (F1,)),
    ("a word may match by stem in one language and by form in another", Term("protection"), (F1, R1, R2)),
    ("a language may be a paragraph's own", Term("victim"), (F2, R1, R2, U2, U3)),
    ("one form only", Exact(("victim",)), (R1, R2, U2, U3)),
    ("forms side by side", Exact(("states", "parties")), (R1,)),
    ("a phrase in any form", Phrase(("protects", "victim")), (R1,)),
    ("a phrase in another order is none", Phrase(("victim", "protect"), "text"), ()),
    ("a phrase in a heading", Phrase(("victims", "protected")), (R1,)),
    ("a phrase never runs across two headings", Phrase(("recommendations", "victim")), ()),
    ("stopwords count in phrases", Phrase(("protection", "of", "each", "victim")), (R2,)),
    ("an identifier as typed", Phrase(("64", "293")), (R1,)),
    ("near in any order", Near(("victim", "protection"), 2), (R1, R2)),
    ("near counts the words between", Near(("victim", "protection"), 1, "text"), (R1,)),
    ("near asks for as many as it has words", Near(("victim", "victim", "victim"), 0), (U2, U3)),
    ("near tells words apart where nothing is stemmed", Near(("victimes", "victime"), 9), (F1, U2, U3)),
    ("near never runs across two headings", Near(("recommendations", "witnesses"), 9, "section"), ()),
    ("a beginning", Prefix("organ"), (F1, R1, R2, R3)),
    ("a beginning in one field", Prefix("organ", "note"), (R1,)),
    ("a pattern", Wildcard("organi?ation*"), (F1, R2)),
    ("a pattern of one letter more", Wildcard("victim?"), (F1, F2, R1)),
    ("a letter off", Fuzzy("victm", 1), (R1, R2, U2, U3)),
    ("two letters swapped are one edit", Fuzzy("vcitims", 1), (F2, R1)),
    ("two letters off", Fuzzy("vctms", 2), (F2, R1)),
    ("a State", Value("state", "BLR"), (R1, R2)),
    ("a State in a note", Value("state", "BLR@note"), (R2,)),
    ("a State in a role", Value("state", "BLR@speaker"), (R2,)),
    ("no State in a note", Value("state", "unknown@note"), (F1, F2, R3, U1, U2, U3)),
    ("some State in a note", Value("state", "any@note"), (R1, R2)),
    ("a region has its States", Value("state", "150"), (R1, R2)),
    ("an agenda item has its sub-items", Value("agenda", f"{SESSION.key}|2"), (R1, R2)),
    ("a sub-item is itself", Value("agenda", f"{SESSION.key}|2 (b)"), (R2,)),
    ("a session has its items", Value("agenda", SESSION.key), (R1, R2)),
    ("unknown is a value", Value("pillar", "unknown"), (F1, F2, U2, U3)),
    ("a month has its days", Value("date", "2013-11"), (R1, R2, R3)),
    ("keys are exact", Value("state", "blr"), ()),
    ("a joint symbol", Value("any_symbol", "S/2025/368"), (F1, F2)),
    ("symbols by their beginning, case aside", Prefix("ctoc/cop/wg.4", "symbol"), (R1, R2, R3)),
    ("symbols by a pattern", Wildcard("*/2013/?", "symbol"), (R1, R2, R3)),
    ("qualified keys are matched only where one is asked for", Prefix("any", "state"), ()),
    ("unknown in a note is not unknown", Wildcard("unk*", "state"), (F1, F2, U1, U2, U3)),
    ("qualified keys by a pattern", Wildcard("*@note@*", "state"), (R2,)),
    ("a range of days", Range("date", "2013-11-26", "2013-11-26"), (R1, R2, R3)),
    ("a range of months", Range("date", "2013-01", "2013-11"), (R1, R2, R3)),
    ("a year may lie in a month of it", Range("date", "2025-06", "2025-07"), (F1, F2)),
    ("a range that is open above", Range("date", "2013-11-27", ""), (F1, F2)),
    ("a range that is open below", Range("date", "", "2014"), (R1, R2, R3)),
    ("a range open on both sides asks for a date", Range("date", "", ""), (F1, F2, R1, R2, R3)),
    ("a range upside down holds no day", Range("date", "2026", "2025"), ()),
    ("nor within a year that may be either", Range("date", "2025-12", "2025-01"), ()),
    ("and", And((Term("victim"), Term("witness"))), (R2,)),
    ("words may stand in different fields", And((Term("gallagher"), Term("recommendation"), Term("parties"))), (R1,)),
    ("or", Or((Term("labour"), Term("internal"))), (R3, U1)),
    ("not", And((Term("victim"), Not(Term("witness")))), (F2, R1, U2, U3)),
    ("only not", Not(Term("victim")), (F1, R3, U1)),
    ("at least two", AtLeast((Term("victim"), Term("protect"), Term("witness")), 2), (R1, R2)),
    ("at least all", AtLeast((Term("victim"), Term("protect"), Term("witness")), 3), (R2,)),
    ("nothing is deep", Not(Not(Not(Not(Term("labour"))))), (R3,)),
]


@pytest.mark.parametrize(("query", "expected"), [case[1:] for case in MATCHES], ids=[case[0] for case in MATCHES])
def test_a_node_matches(reader: IndexReader, query: Query, expected: tuple[str, ...]) -> None:
    answer = search(reader, query, sort="document")
    assert ids(answer) == tuple(each for each in ALL if each in expected)
    assert answer.total == len(expected)
    assert reader.count((query,)) == (len(expected),)


def test_several_queries_are_counted_within_another(reader: IndexReader) -> None:
    asked = (Not(Term("witness")), Term("witness"), Term("labour"), Everything())

    assert reader.count(asked, within=Term("victim")) == (4, 1, 0, 5)
    assert reader.count(asked, within=Term("nowhere")) == (0, 0, 0, 0)
    assert reader.count((), within=Term("victim")) == ()


def counts(answer: Answer, field: str) -> dict[str, int]:
    return dict(answer.facets[field])


STATES = (FacetRequest(field="state"),)


def test_a_parents_count_is_distinct_paragraphs(reader: IndexReader) -> None:
    assert search(reader, Everything(), facets=STATES).facets["state"] == {
        "unknown": 5,
        "002": 2,
        "150": 2,
        "BLR": 2,
        "KEN": 2,
        "142": 1,
        "FRA": 1,
        "JPN": 1,
    }


def test_a_facet_leaves_its_own_selection_out_and_narrows_the_others(reader: IndexReader) -> None:
    chosen = (Filter(field="state", include=(Value("state", "BLR"),)),)
    answer = search(reader, Everything(), filters=chosen, facets=(*STATES, FacetRequest(field="pillar")))
    assert ids(answer) == (R1, R2)
    assert counts(answer, "state") == {
        "unknown": 5, "002": 2, "150": 2, "BLR": 2, "KEN": 2, "142": 1, "FRA": 1, "JPN": 1,
    }  # fmt: skip
    assert counts(answer, "pillar") == {"protection": 2, "prosecution": 1}


def test_values_of_one_facet_are_alternatives_and_facets_narrow(reader: IndexReader) -> None:
    chosen = (
        Filter(field="state", include=(Value("state", "FRA"), Value("state", "JPN"))),
        Filter(field="pillar", include=(Value("pillar", "prosecution"),)),
    )
    assert ids(search(reader, Everything(), filters=chosen)) == (R3,)


def test_all_of_narrows_and_its_counts_keep_the_selection(reader: IndexReader) -> None:
    chosen = (Filter(field="state", include=(Value("state", "BLR"), Value("state", "KEN")), all_of=True),)
    answer = search(reader, Everything(), filters=chosen, facets=STATES)
    assert ids(answer) == (R2,)
    assert counts(answer, "state") == {"002": 1, "150": 1, "BLR": 1, "KEN": 1}


def test_an_excluded_value_shows_what_it_would_add(reader: IndexReader) -> None:
    chosen = (Filter(field="state", exclude=(Value("state", "KEN"), Value("state", "BLR"))),)
    answer = search(reader, Everything(), filters=chosen, facets=STATES)
    assert answer.total == 5
    assert counts(answer, "state") == {"unknown": 5, "KEN": 1, "BLR": 1}


def test_an_excluded_value_adds_nothing_while_another_exclusion_covers_it(reader: IndexReader) -> None:
    chosen = (Filter(field="state", exclude=(Value("state", "KEN"), Value("state", "002"))),)
    answer = search(reader, Everything(), filters=chosen, facets=STATES)
    assert counts(answer, "state") == {"unknown": 5, "150": 1, "BLR": 1, "FRA": 1, "KEN": 0, "002": 0}


def test_a_selected_value_is_listed_at_zero(reader: IndexReader) -> None:
    chosen = (Filter(field="state", include=(Value("state", "BRA"),)),)
    answer = search(reader, Term("labour"), filters=chosen, facets=STATES)
    assert answer.total == 0
    assert counts(answer, "state") == {"BRA": 0, "002": 1, "142": 1, "JPN": 1, "KEN": 1}


def test_a_state_typed_in_the_query_is_no_selection(reader: IndexReader) -> None:
    answer = search(reader, Value("state", "JPN"), facets=STATES)
    assert counts(answer, "state") == {"002": 1, "142": 1, "JPN": 1, "KEN": 1}


def test_qualified_values_are_counted_when_asked_for(reader: IndexReader) -> None:
    chosen = (Filter(field="state", include=(Value("state", "FRA@note"),)),)
    answer = search(reader, Everything(), filters=chosen, facets=(FacetRequest(field="state", qualifier="@note"),))
    assert ids(answer) == (R1,)
    assert counts(answer, "state") == {"unknown": 6, "any": 2, "150": 2, "BLR": 1, "FRA": 1}


def test_documents_are_counted_once(reader: IndexReader) -> None:
    facets = (FacetRequest(field="pillar"), FacetRequest(field="language"))
    answer = search(reader, Everything(), facets=facets, unit="document")
    assert answer.documents == 3
    assert counts(answer, "pillar") == {"unknown": 2, "national": 1, "prosecution": 1, "protection": 1}
    assert counts(answer, "language") == {"en": 3, "fr": 1}


def test_a_date_range_filters_and_is_not_listed(reader: IndexReader) -> None:
    chosen = (Filter(field="date", include=(Range("date", "2013", "2014"),)),)
    answer = search(reader, Everything(), filters=chosen, facets=(FacetRequest(field="date"),))
    assert ids(answer) == (R1, R2, R3)
    assert counts(answer, "date") == {"2013": 3, "2013-11": 3, "2013-11-26": 3, "unknown": 3, "2025": 2}


def test_equal_scores_fall_by_symbol_and_ordinal(reader: IndexReader) -> None:
    answer = search(reader, Term("victim"))
    assert ids(answer)[:2] == (U2, U3)
    assert answer.hits[0].score == answer.hits[1].score > answer.hits[2].score > 0


def test_what_does_not_score_stands_in_natural_order(reader: IndexReader) -> None:
    answer = search(reader, Value("state", "BLR"))
    assert [(hit.paragraph.id, hit.score) for hit in answer.hits] == [(R1, 0.0), (R2, 0.0)]


def test_filters_do_not_score(reader: IndexReader) -> None:
    chosen = (Filter(field="pillar", include=(Value("pillar", "protection"),)),)
    by_id = {hit.paragraph.id: hit.score for hit in search(reader, Term("victim")).hits}
    assert [(hit.paragraph.id, hit.score) for hit in search(reader, Term("victim"), filters=chosen).hits] == [
        (R1, by_id[R1]),
        (R2, by_id[R2]),
    ]


def test_dates_order_with_unknown_last(reader: IndexReader) -> None:
    assert ids(search(reader, Everything(), sort="newest")) == (F1, F2, R1, R2, R3, U1, U2, U3)
    assert ids(search(reader, Everything(), sort="oldest")) == (R1, R2, R3, F1, F2, U1, U2, U3)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "document"])
def test_pages_never_repeat_or_lose_a_hit(reader: IndexReader, sort: str) -> None:
    plan = SearchPlan(query=Or((Term("victim"), Everything())), sort=sort, limit=3)
    pages = [ids(reader.search(replace(plan, offset=offset))) for offset in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 2, 0]
    assert set().union(*pages) == set(ALL)


def test_as_many_words_are_reached_as_enough_paragraphs_have(reader: IndexReader) -> None:
    words = (Term("victim"), Term("protection"), Term("witness"))
    assert reader.count([AtLeast(words, least) for least in (1, 2, 3)]) == (6, 2, 1)
    assert [reader.reached(words, enough) for enough in (1, 2, 3, 6, 7)] == [3, 2, 1, 1, 1]
    assert reader.reached(words[:1], 1) == reader.reached((), 1) == 1


def test_the_most_frequent_forms_are_kept_and_the_cut_is_said(engine: Engine) -> None:
    with reading(engine, CORPUS, limits=Limits(expansions=1)) as reader:
        answer = search(reader, Prefix("victim"), sort="document")
        (expansion,) = answer.expansions
        assert (expansion.forms, expansion.found, expansion.cut) == (("victim",), 4, True)
        assert ids(answer) == (R1, R2, U2, U3)


def test_expansion_names_the_forms(reader: IndexReader) -> None:
    expansion = reader.expand(Wildcard("vic*"))
    assert (expansion.forms, expansion.cut) == (("victim", "victims", "victime", "victimes"), False)
    assert reader.expand(Prefix("CTOC", "symbol")).forms == ("CTOC/COP/WG.4/2013/5",)


def test_suggestions_are_near_and_frequent(reader: IndexReader) -> None:
    assert reader.similar("vicitm") == ("victim", "victims", "victime")
    assert reader.similar("victim") == ("victims", "victime", "victimes")
    assert reader.similar("zzzzzzzz") == ()


def test_words_are_completed_by_the_most_frequent_forms(reader: IndexReader) -> None:
    assert [each.form for each in reader.beginning("vic", limit=3)] == ["victim", "victims", "victime"]
    for field in ("", "text", "note", "title"):
        for each in reader.beginning("", field=field, limit=1_000):
            assert reader.count((Exact((each.form,), field),)) == (each.count,), each
    assert reader.beginning("zzz") == ()


def test_labels_and_parents_of_keys(reader: IndexReader) -> None:
    assert reader.labels("state")["BLR"] == "Belarus"
    assert reader.labels("state")["any"] == "Any State"
    assert reader.parents("state")["BLR"] == "150"
    assert reader.parents("state")["150"] == ""
    assert reader.labels("agenda") == {
        SESSION.key: SESSION.label,
        f"{SESSION.key}|2": "Item 2: Consultative services",
        f"{SESSION.key}|2 (b)": "Item 2 (b)",
        "unknown": "Unknown",
    }
    assert reader.parents("agenda")[f"{SESSION.key}|2 (b)"] == f"{SESSION.key}|2"


def test_documents_and_paragraphs_come_back_whole(reader: IndexReader) -> None:
    assert reader.documents() == (JOINT.document, REPORT.document, UNDATED.document)
    assert reader.document("ctoc/cop/wg.4/2013/ 5") == REPORT.document
    assert reader.document("S/2025/368") == JOINT.document
    assert reader.document("A/1") is None
    assert reader.paragraphs("A/79/945") == JOINT.paragraphs
    assert reader.paragraphs("A/1") == ()
    assert reader.paragraph(R2) == REPORT.paragraphs[1]
    assert reader.paragraph("A/1#p1") is None


def test_deep_and_wide_trees_are_answered_up_to_the_limit(reader: IndexReader) -> None:
    deep: Query = Term("labour")
    for _ in range(498):
        deep = Not(deep)
    assert ids(search(reader, deep)) == (R3,)
    with pytest.raises(QueryLimitError, match="more than 500 parts"):
        search(reader, Not(Not(deep)))


def test_a_version_in_another_language_is_a_document_of_its_own(engine: Engine) -> None:
    """Its identifier has an "@", which in the keys of States and citations parts a value from what narrows it."""
    french = replace(JOINT.document, id="A/79/945@fr")
    version = ParsedDocument(document=french, paragraphs=(paragraph("A/79/945@fr", 1, "Les victimes"),))
    with reading(engine, (JOINT, version)) as reader:
        facets = (FacetRequest(field="symbol"),)
        counted = {"A/79/945": 2, "A/79/945@fr": 1}
        assert search(reader, Everything(), facets=facets).facets["symbol"] == counted
        assert set(reader.labels("symbol")) == {"A/79/945", "A/79/945@fr"}
        assert ids(search(reader, Prefix("A/79/945", "symbol"))) == (F1, F2, "A/79/945@fr#p1")


def test_a_page_beyond_the_window_is_refused_with_a_sentence(reader: IndexReader) -> None:
    with pytest.raises(QueryLimitError, match="first 10,000 hits"):
        search(reader, Everything(), offset=9_995)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (Term("x", "txt"), "There is no field 'txt'; did you mean text?"),
        (Value("stat", "BLR"), "There is no field 'stat'; did you mean state?"),
        (Term("x", "state"), "state: has stable values, not words."),
        (Value("text", "x"), "text: has words, not values."),
        (Range("state", "2013", ""), "Only date: has ranges; state: takes single values."),
        (Fuzzy("x", 3), "x~ may be 1 or 2 letters off, not 3."),
    ],
)
def test_what_a_field_cannot_do_is_said(reader: IndexReader, query: Query, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        search(reader, query)
    assert str(caught.value) == message


def test_best_must_have_been_resolved(reader: IndexReader) -> None:
    with pytest.raises(ValueError, match="resolved to AtLeast"):
        search(reader, Best((Term("victim"),)))


def test_an_index_of_nothing_answers_nothing(engine: Engine) -> None:
    with reading(engine, ()) as reader:
        answer = search(reader, Or((Everything(), Term("victim"), Prefix("v"), Value("state", "BLR"))), facets=STATES)
        assert (answer.total, answer.hits, answer.facets) == (0, (), {"state": {}})
        assert reader.documents() == ()
        assert reader.paragraph("A/1#p1") is None


def test_a_closed_reader_says_so(engine: Engine) -> None:
    with reading(engine, CORPUS) as reader:
        reader.close()
        for use in (lambda: search(reader, Everything()), reader.documents, lambda: reader.paragraph(R1)):
            with pytest.raises(IndexUnusableError, match="was closed"):
                use()


def test_few_values_are_told_with_what_is_chosen_and_what_they_are_below(reader: IndexReader) -> None:
    every = search(reader, Everything(), facets=(FacetRequest(field="state"),))
    some = search(
        reader,
        Everything(),
        facets=(FacetRequest(field="state", most=1),),
        filters=(Filter(field="state", include=(Value("state", "JPN"),)),),
    )
    told, whole = counts(some, "state"), counts(every, "state")
    first = min(whole, key=lambda key: (-whole[key], key))
    assert {first, "JPN", reader.parents("state")["JPN"], "unknown"} <= told.keys() < whole.keys()
    assert told == {key: whole[key] for key in told}
    assert some.facet_sizes["state"] == every.facet_sizes["state"]
    assert some.facet_sizes["state"].values == len(whole)


def test_of_few_values_those_of_the_first_levels_are_all_told(reader: IndexReader) -> None:
    whole = search(reader, Everything(), facets=(FacetRequest(field="date"),)).facets["date"]
    asked = FacetRequest(field="date", most=1, levels=2)
    told = search(reader, Everything(), facets=(asked,)).facets["date"]
    parents, most = reader.parents("date"), min(whole, key=lambda key: (-whole[key], key))
    high = {key for key in whole if not parents.get(parents.get(key, ""), "")}
    assert told == {key: whole[key] for key in high | {most}}
    assert len(high) < len(whole)


def test_counts_are_the_same_whether_a_facet_has_few_sets_of_keys_or_many(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    facets = tuple(FacetRequest(field=each.key) for each in FACETS)

    def counted() -> list[Counts]:
        with reading(engine, CORPUS) as reader:
            plans = [SearchPlan(query=query, facets=facets) for query in (Everything(), Term("victim"))]
            return [reader.search(plan).counted() for plan in plans]

    as_they_are = counted()
    monkeypatch.setattr(tables, "_FEW_SETS", 0)
    monkeypatch.setattr(tables, "_MOST_SETS", 2)
    assert counted() == as_they_are
