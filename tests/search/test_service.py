"""Questions answered from real indexes: what matches, what is counted, and what is said."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilcrow.engine.contract import SORTS, IndexReader, Sort
from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import FACETS, Field
from pilcrow.engine.query import AtLeast, Best, Term
from pilcrow.search import ranking
from pilcrow.search.parser import parse
from pilcrow.search.request import Chosen, Diagnostic, SearchRequest
from pilcrow.search.results import Facet, Matching, to_dict
from pilcrow.search.service import document_view, every_hit, facet_values, run
from pilcrow.search.snippets import Highlighter, Run


def found(reader: IndexReader, query: str, **params: str) -> list[str]:
    pairs = [("q", query), *((name.replace("_", "-"), value) for name, value in params.items())]
    request, said = SearchRequest.from_params(pairs)
    assert said == ()
    return sorted(hit.id.partition("#")[2] for hit in run(reader, request).hits)


def listed(facet: Facet | None) -> list[tuple[str, int]]:
    assert facet is not None
    return [(value.value, value.count) for value in facet.flat()]


MEANINGS = [
    ("symbol:A/70/12", ["p1", "p2", "p2.a"]),
    ("symbol:s/2015/99", ["p1", "p2", "p2.a"]),
    ("symbol:ctoc/cop*", ["annex2.p5.a", "the-court.u1"]),
    ("session:70", ["p1", "p2", "p2.a"]),
    ("session:2011", ["annex2.p5.a", "the-court.u1"]),
    ("session:A/70", ["p1", "p2", "p2.a"]),
    ('session:"working group"', ["annex2.p5.a", "the-court.u1"]),
    ("agenda:2", ["p1"]),
    ("agenda:2 (b)", ["p1"]),
    ("agenda:3", ["annex2.p5.a"]),
    ("state:Belarus", ["p1", "p2"]),
    ("state:Europe -state:France", ["annex2.p5.a", "p2"]),
    ("state:*", ["annex2.p5.a", "p1", "p2"]),
    ("pillar:protection", ["p1"]),
    ("type:report", ["p1", "p2", "p2.a"]),
    ("type:back*", ["annex2.p5.a", "the-court.u1"]),
    ('body:"General Assembly"', ["p1", "p2", "p2.a"]),
    ("body:UNGA", ["p1", "p2", "p2.a"]),
    ("session:70th", ["p1", "p2", "p2.a"]),
    ('session:"seventieth session"', ["p1", "p2", "p2.a"]),
    ('agenda:"item 2 (b)"', ["p1"]),
    ("agenda:courts", ["annex2.p5.a"]),
    ("language:fr", ["u1"]),
    ("date:2015", ["p1", "p2", "p2.a"]),
    ("date:2011-08-15", ["annex2.p5.a", "the-court.u1"]),
    ("date:unknown", ["u1"]),
    ("court NOT witnesses", ["p2", "the-court.u1"]),
    ("title:witness", ["p1", "p2", "p2.a"]),
    ("note:law", ["p2"]),
]


@pytest.mark.parametrize(("query", "anchors"), MEANINGS)
def test_a_value_is_found_as_people_name_it(made: IndexReader, query: str, anchors: list[str]) -> None:
    results = run(made, SearchRequest(query=query))
    assert sorted(hit.anchor for hit in results.hits) == anchors
    assert results.diagnostics == ()


def test_a_region_is_silent_about_its_states_that_are_not_cited_and_a_named_state_is_not(made: IndexReader) -> None:
    region = run(made, SearchRequest(query='state:"Eastern Europe"'))
    assert ([hit.anchor for hit in region.hits], region.diagnostics) == (["p1", "p2", "annex2.p5.a"], ())
    named = run(made, SearchRequest(query="state:(Poland OR TCD OR Hungary)"))
    assert [each.message for each in named.diagnostics] == [
        "No paragraph of this index cites Chad.",
        "No paragraph of this index cites Hungary.",
    ]


def test_a_chosen_state_is_cited_in_the_text_or_in_a_note_and_has_a_role(made: IndexReader) -> None:
    assert found(made, "", state="Belarus") == ["p1", "p2"]
    assert found(made, "", state="Belarus", state_in="note") == ["p2"]
    assert found(made, "", state="BLR", state_role="speaker") == ["p1"]
    assert found(made, "", state="FRA", state_role="speaker") == []
    assert found(made, "", state_in="text") == ["annex2.p5.a", "p1"]


def test_a_name_chosen_in_an_address_becomes_the_key_and_what_is_not_there_stays_and_is_said(made: IndexReader) -> None:
    request = SearchRequest(chosen=(Chosen(field="session", include=("70", "71")),))
    results = run(made, request)
    assert results.request.of("session").include == ("A/70", "71")
    assert [hit.anchor for hit in results.hits] == ["p1", "p2", "p2.a"]
    assert [each.message for each in results.diagnostics] == [
        "There is no session “71” in this index; there is General Assembly, seventieth session; "
        "Working Group on Trafficking in Persons, 10-12 October 2011."
    ]
    facet = results.facet("session")
    assert listed(facet) == [("A/70", 3), ("CTOC/COP/WG.4/2011-10-10", 2), ("71", 0), ("unknown", 1)]


def test_counts_leave_out_the_facets_own_choice_and_stand_in_their_hierarchy(made: IndexReader) -> None:
    results = run(made, SearchRequest().with_value("state", "FRA").with_exclusion("state", "POL"))
    assert results.total == 1
    state = results.facet("state")
    assert listed(state) == [("150", 2), ("BLR", 2), ("FRA", 1), ("POL", 1), ("unknown", 3)]
    assert state is not None
    assert [(value.value, value.selected, value.excluded, value.depth) for value in state.flat()] == [
        ("150", False, False, 0),
        ("BLR", False, False, 1),
        ("FRA", True, False, 1),
        ("POL", False, True, 1),
        ("unknown", False, False, 0),
    ]
    assert listed(results.facet("agenda")) == [("A/70", 1), ("A/70|2", 1), ("A/70|2 (b)", 1)]
    assert listed(results.facet("date")) == [("2015", 1), ("2015-10", 1), ("2015-10-01", 1)]


def test_the_little_facets_say_what_each_way_of_citing_would_leave(made: IndexReader) -> None:
    results = run(made, SearchRequest().with_value("state", "BLR").with_state_in("note"))
    assert listed(results.facet("state-in")) == [("text", 1), ("note", 1)]
    assert listed(results.facet("state-role")) == []
    assert listed(run(made, SearchRequest()).facet("state-role")) == [("speaker", 1)]
    assert listed(results.facet("state")) == [("150", 1), ("BLR", 1), ("unknown", 5)]


def test_facets_count_documents_where_that_is_asked(made: IndexReader) -> None:
    results = run(made, SearchRequest(unit="document"))
    assert listed(results.facet("type")) == [("background paper", 1), ("report", 1), ("unknown", 1)]


def test_a_long_facet_is_cut_but_never_what_is_chosen_and_says_how_many_there_are(index: IndexReader) -> None:
    request = SearchRequest().with_value("state", "ZMB").with_exclusion("agenda", "unknown")
    whole = facet_values(index, request, "state", limit=10_000).facet
    cut = facet_values(index, request, "state", limit=3).facet
    assert (cut.total_values, whole.total_values) == (whole.total_values, len(list(whole.flat())))
    tops = [value for value in whole.values if value.value in {value.value for value in cut.values}]
    assert [value.value for value in cut.values][:3] == [value.value for value in whole.values][:3]
    for value, full in zip(cut.values, tops, strict=True):
        kept = [child.value for child in full.children[:3]]
        kept += [child.value for child in full.children[3:] if child.selected]
        assert [child.value for child in value.children] == kept
    assert any(value.selected for value in cut.flat())


def test_a_long_facet_is_searched_by_every_name_of_a_state(made: IndexReader) -> None:
    assert listed(facet_values(made, SearchRequest(), "state", contains="polska").facet) == []
    found = facet_values(made, SearchRequest(), "state", contains="Byelorussia").facet
    assert listed(found) == [("150", 3), ("BLR", 2)]
    with pytest.raises(RequestError, match="There is no facet"):
        facet_values(made, SearchRequest(), "stat")


def test_a_hit_shows_all_that_is_known_of_it(made: IndexReader) -> None:
    hit = to_dict(run(made, SearchRequest(query="protect Belarus")), lambda identifier: f"/{identifier}")["hits"][0]
    assert json.loads(json.dumps(hit)) == {
        "id": "A/70/12#p1",
        "symbol": "A/70/12",
        "provisional": False,
        "title": "Report on the protection of witnesses",
        "date": "2015-10-01",
        "citation": "A/70/12, para. 1",
        "marker": "1",
        "section": ["I. Introduction"],
        "score": hit["score"],
        "snippet": "<mark>Belarus</mark> asked the court to <mark>protect</mark> witnesses, and France agreed.",
        "note_snippets": [],
        "text": "Belarus asked the court to protect witnesses, and France agreed.",
        "states": [
            {"code": "BLR", "name": "Belarus", "in": "text", "role": "speaker", "note": ""},
            {"code": "FRA", "name": "France", "in": "text", "role": "mentioned", "note": ""},
        ],
        "pillars": ["protection"],
        "pillar_scores": [{"value": "protection", "label": "Protection", "score": 2.0, "cues": ["protect"]}],
        "session": "General Assembly, seventieth session",
        "session_key": "A/70",
        "agenda": ["2 (b)"],
        "agenda_items": [{"value": "A/70|2 (b)", "label": "Item 2 (b)"}],
        "speaker": "",
        "cites": [],
        "page": None,
        "language": "en",
        "url": "/A/70/12#p1",
    }


def test_a_hit_in_a_heading_shows_the_heading_marked(made: IndexReader) -> None:
    (hit, *_) = run(made, SearchRequest(query="section:court")).hits
    assert hit.section_html in (
        ("Annex II. <mark>Courts</mark>", "A. The <mark>court</mark>"),
        ("The <mark>court</mark>, as it stands",),
    )
    assert "<mark>" not in hit.snippet


def test_a_page_beyond_the_end_is_the_last_one_and_that_is_said(made: IndexReader) -> None:
    results = run(made, SearchRequest(query="court", page=7, per_page=2))
    assert (results.request.page, len(results.hits)) == (2, 2)
    assert results.diagnostics == (
        Diagnostic(message="There is no page 7; this is page 2, the last one.", suggestion="2"),
    )
    assert run(made, SearchRequest(page=10**6)).diagnostics[0].suggestion == "1"


SIGNS = [
    *('"', "“", "(", ")", "-", "=", "~", "*", "?", ":", "[", "]", ">", " ", " ", " ", "AND ", "OR ", "NOT "),
    *("court", "witnesses", "the", "poverty", "x1", "2015", "A/70/12", ", para. 2", "#p1", "TO", "..", "Belarus", "70"),
    *(
        "state:",
        "date:",
        "title:",
        "symbol:",
        "session:",
        "agenda:",
        "pillar:",
        "type:",
        "body:",
        "language:",
        "note:(",
    ),
]


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join) | st.text(max_size=30))
@settings(max_examples=200)
def test_whatever_is_typed_is_answered_and_nothing_found_is_never_silent(made: IndexReader, query: str) -> None:
    results = run(made, SearchRequest(query=query))
    assert results.total or results.diagnostics or results.goto
    for said in results.diagnostics:
        assert -1 <= said.start <= said.end <= len(query)
    assert json.dumps(to_dict(results, str))


FIELD_KEYS = st.sampled_from(
    ["BLR", "150", "unknown", "A/70", "A/70|2", "2", "2015", "..2012", "report", "x", "A/70/12"]
)


@given(
    st.lists(st.tuples(st.sampled_from(FACETS), FIELD_KEYS, st.booleans()), max_size=4),
    st.sampled_from(SORTS),
    st.data(),
)
@settings(max_examples=100)
def test_whatever_is_chosen_stays_listed_and_the_total_is_that_of_its_own_value(
    made: IndexReader, choices: list[tuple[Field, str, bool]], sort: Sort, data: st.DataObject
) -> None:
    pairs = [(field.key if on else f"not-{field.key}", key) for field, key, on in choices]
    request, _ = SearchRequest.from_params([*pairs, ("sort", sort), ("limit", "100")])
    request = request.with_state_in(data.draw(st.sampled_from(["", "text", "note"])))
    results = run(made, request)
    assert len(results.hits) == results.total
    for chosen in results.request.chosen:
        facet = results.facet(chosen.field)
        assert facet is not None
        shown = {value.value: value for value in facet.flat()}
        for key in (*chosen.include, *chosen.exclude):
            assert key in shown
        if len(chosen.include) == 1 and chosen.include[0] in shown:
            assert shown[chosen.include[0]].count == results.total


SAID = [
    ("* NOT *", "No paragraph matches this; try fewer words, or others.", (-1, -1), ""),
    ("cuort", "No paragraph has “cuort” in any form; did you mean “court”?", (0, 5), "court"),
    ("xy*", "No word of this index matches xy*.", (0, 3), ""),
    ("suort~", "No word of this index matches suort~1; try suort~2.", (0, 6), ""),
    ("symbol:A/70/12 -symbol:A/70/12", "No paragraph matches this; try fewer words, or others.", (-1, -1), ""),
    (
        "session:71",
        "There is no session “71” in this index; there is General Assembly, seventieth session; "
        "Working Group on Trafficking in Persons, 10-12 October 2011.",
        (8, 10),
        "",
    ),
    (
        "S/RES/2774 (2025)",
        "No document of this index has the symbol S/RES/2774 (2025), and no paragraph cites it so.",
        (0, 17),
        "",
    ),
    (
        "symbol:A/70/13",
        "There is no document with the symbol “A/70/13” in this index; there is A/70/12.",
        (7, 14),
        "A/70/12",
    ),
    ("state:Chad", "No paragraph of this index cites Chad.", (0, 10), ""),
    (
        '"court poverty"',
        "Nothing matches all of this as it is asked; 5 paragraphs match the plain words “court poverty”.",
        (0, 15),
        "court poverty",
    ),
]


@pytest.mark.parametrize(("query", "message", "span", "suggestion"), SAID)
def test_where_nothing_is_found_it_is_said_what_to_try(
    made: IndexReader, query: str, message: str, span: tuple[int, int], suggestion: str
) -> None:
    results = run(made, SearchRequest(query=query))
    assert results.total == 0
    assert results.diagnostics == (Diagnostic(message=message, start=span[0], end=span[1], suggestion=suggestion),)


def test_a_word_that_only_other_fields_have_is_offered_without_its_field(made: IndexReader) -> None:
    assert [(each.message, each.suggestion) for each in run(made, SearchRequest(query="note:poland")).diagnostics] == [
        ("No paragraph has “poland” in its note in any form.", ""),
        ("Nothing matches all of this as it is asked; one paragraph matches the plain words “poland”.", "poland"),
    ]


def test_many_unknown_words_are_not_said_one_by_one(made: IndexReader) -> None:
    said = run(made, SearchRequest(query="qqa qqb qqc qqd qqe qqf qqg court")).diagnostics
    assert [each.message for each in said][4:] == [
        "No paragraph has “qqe” in any form.",
        "2 other words are in no paragraph either.",
    ]


def test_nothing_under_what_is_chosen_says_what_there_is_without_it(made: IndexReader) -> None:
    results = run(made, SearchRequest(query="poverty").with_value("state", "FRA"))
    assert [each.message for each in results.diagnostics] == [
        "Nothing under what is chosen; without it, one paragraph matches."
    ]


@pytest.mark.parametrize(
    ("query", "goto"),
    [
        ("A/70/12", "A/70/12"),
        ("s/2015/99", "A/70/12"),
        ("A/70/12, para. 2 (a)", "A/70/12#p2.a"),
        ("A/70/12#p1", "A/70/12#p1"),
        ("paragraph 2 of A/70/12", "A/70/12#p2"),
        ("A/70/12, para. 9", None),
        ("A/70/12 witnesses", None),
        ("prov:draft", "prov:draft"),
        ("court", None),
    ],
)
def test_a_symbol_a_citation_or_an_id_goes_to_what_it_names(made: IndexReader, query: str, goto: str | None) -> None:
    results = run(made, SearchRequest(query=query))
    assert results.goto == goto
    assert not (goto and results.diagnostics)


def test_documents_named_or_titled_so_stand_above_the_paragraphs(made: IndexReader) -> None:
    assert [
        (hit.document.id, hit.why, hit.snippet) for hit in run(made, SearchRequest(query="A/70/12")).document_hits
    ] == [("A/70/12", "symbol", "Report on the protection of witnesses")]
    assert [
        (hit.document.id, hit.why, hit.snippet)
        for hit in run(made, SearchRequest(query="witness report")).document_hits
    ] == [("A/70/12", "title", "<mark>Report</mark> on the protection of <mark>witnesses</mark>")]
    assert run(made, SearchRequest(query="poverty")).document_hits == ()


def test_best_requires_as_many_words_as_twenty_paragraphs_have_and_says_what_else_there_is(index: IndexReader) -> None:
    results = run(index, SearchRequest(query="victims protection children labour shelter"))
    words = (Term("victims"), Term("protection"), Term("children"), Term("labour"), Term("shelter"))
    coverage = index.count([AtLeast(words, least) for least in range(1, 6)])
    required = max(number for number, having in enumerate(coverage, start=1) if having >= ranking.ENOUGH)
    assert 1 < required < 5
    assert (results.total, results.matching) == (
        coverage[required - 1],
        Matching(
            words=5,
            required=required,
            with_all=coverage[4],
            with_any=coverage[0],
            any_query="victims OR protection OR children OR labour OR shelter",
        ),
    )
    strict = run(index, SearchRequest(query=results.request.query, all_words=True))
    assert strict.total == coverage[4]


def test_choosing_a_facet_never_changes_what_the_words_mean(index: IndexReader) -> None:
    query = "victims protection children labour shelter"
    free = run(index, SearchRequest(query=query))
    narrowed = run(index, SearchRequest(query=query).with_value("state", "BLR"))
    assert free.matching is not None
    assert narrowed.matching is not None
    assert narrowed.matching.required == free.matching.required


def test_excluded_words_are_excluded_only_where_all_of_them_stand() -> None:
    tree = ranking.strictly_excluding(parse("trafficking NOT child labour").tree)
    assert str(tree) == "trafficking AND NOT (child AND labour)"


def test_the_same_word_in_two_forms_is_one_word(index: IndexReader) -> None:
    one, two = parse("victim victims").tree, parse("victim victims court").tree
    assert isinstance(one, Best)
    assert ranking.distinct(one) == (Term("victim"),)
    assert ranking.resolve(index, one).words == 0
    assert ranking.resolve(index, two).words == 2


def test_a_document_opens_with_its_outline_and_its_hits_in_order(made: IndexReader) -> None:
    view = document_view(made, "s/2015/99", SearchRequest(query="court"))
    assert view is not None
    assert (view.document.id, view.hits) == ("A/70/12", ("A/70/12#p1", "A/70/12#p2"))
    assert [(each.text, each.depth, each.anchor, each.paragraphs, each.hits) for each in view.outline] == [
        ("I. Introduction", 0, "p1", 3, 2)
    ]
    second = view.paragraphs[1]
    assert second.runs == (Run("The <mark>court</mark> heard the case", "1"), Run("."))
    assert second.notes == (("1", (Run("See the law of "), Run("Belarus", state="BLR"), Run("."))),)
    assert [(related.symbol, there) for related, there in view.related] == [("CTOC/COP/WG.4/2011/3", True)]
    paper = document_view(made, "CTOC/COP/WG.4/2011/3")
    assert paper is not None
    assert paper.hits == ()
    assert [(related.symbol, there) for related, there in paper.related] == [("A/70/12", True)]
    assert document_view(made, "A/1/1") is None


def test_a_state_that_is_asked_for_is_marked_where_it_is_cited(made: IndexReader) -> None:
    first, second = run(made, SearchRequest(query="state:Belarus")).hits
    assert first.snippet == "<mark>Belarus</mark> asked the court to protect witnesses, and France agreed."
    assert second.snippet == "The court heard the case."
    assert second.note_snippets == (("1", "See the law of <mark>Belarus</mark>."),)
    (third,) = run(made, SearchRequest(query="court -state:France").with_value("state", "POL")).hits
    assert third.snippet == "A <mark>court</mark> may hear witnesses from <mark>Poland</mark> by video."
    spoken = SearchRequest(query="court").with_value("state", "BLR").with_state_in("note")
    (fourth,) = run(made, spoken).hits
    assert (fourth.snippet, fourth.note_snippets) == (
        "The <mark>court</mark> heard the case.",
        (("1", "See the law of <mark>Belarus</mark>."),),
    )


def test_an_export_has_every_hit_once_whatever_the_page(index: IndexReader) -> None:
    coverage, hits = every_hit(index, SearchRequest(query="trafficking", page=3, per_page=5))
    ids = [hit.id for hit in hits]
    assert (coverage.total, coverage.written, coverage.shortfall) == (len(ids), len(ids), "")
    assert len(set(ids)) == len(ids)
    some, few = every_hit(index, SearchRequest(query="trafficking"), limit=7)
    assert (some.written, [hit.id for hit in few]) == (7, ids[:7])
    assert some.shortfall.startswith("Incomplete: 7 of ")


def test_pages_neither_repeat_nor_lose_a_hit(index: IndexReader) -> None:
    request = SearchRequest(query="trafficking women", per_page=7)
    first = run(index, request)
    pages = [run(index, request.with_page(page)) for page in range(1, first.pages + 1)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == first.total


def test_every_hit_of_words_shows_why_it_was_found(index: IndexReader) -> None:
    for query in (
        "victims of trafficking",
        '"organized crime"',
        "traffick* ICAT",
        "identificaton~",
        '"joint investigation"~5',
    ):
        highlighter = Highlighter(parse(query).tree)
        _, hits = every_hit(index, SearchRequest(query=query))
        for hit in hits:
            paragraph = index.paragraph(hit.id)
            assert paragraph is not None
            shown = (hit.snippet, *(html for _, html in hit.note_snippets), *highlighter.section(paragraph))
            assert any("<mark>" in html for html in shown), (query, hit.id)
