"""What a query that is still being typed may become: which suggestions, in which order, and what each makes of it."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import gazetteer
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import Prefix, Value
from pilcrow.search.begun import LONGEST_KEY, Begun, keys_of, start_of
from pilcrow.search.parser import parse
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run
from pilcrow.search.suggest import LONGEST, MOST, Suggester, Suggestion

Ask = Callable[[str], tuple[Suggestion, ...]]


@pytest.fixture(scope="session")
def suggester(made: IndexReader) -> Suggester:
    """What the three made documents can suggest."""
    return Suggester(made)


@pytest.fixture(scope="session")
def ask(made: IndexReader, suggester: Suggester) -> Ask:
    """The suggestions for what was typed, from the three made documents."""
    return lambda typed: suggester.suggest(made, typed)


def queries(found: tuple[Suggestion, ...]) -> list[str]:
    return [each.query for each in found]


def test_the_last_word_is_completed_by_words_of_the_index_the_most_frequent_first(ask: Ask) -> None:
    word = Suggestion(kind="word", label="witnesses", query="Poverty witnesses", count=2)
    assert [each for each in ask("Poverty wit") if each.kind == "word"] == [word]
    assert [(each.label, each.count) for each in ask("c") if each.kind == "word"] == [
        ("court", 4),
        ("case", 1),
        ("courts", 1),
    ]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("-witn", "-witnesses"),
        ("=witn", "=witnesses"),
        ('"protect witn', '"protect witnesses"'),
        ("(court OR witn", "(court OR witnesses"),
        ("title:prot", "title:protection"),
        ("WITN", "witnesses"),
        ("nothing-witn", "nothing-witnesses"),
    ],
)
def test_a_word_is_completed_where_it_stands(ask: Ask, typed: str, becomes: str) -> None:
    assert queries(ask(typed))[0] == becomes


@pytest.mark.parametrize("typed", ["", "   ", "th", "1000", "quoted", "zzz", "((", '"', "w*", "x" * (LONGEST + 1)])
def test_what_has_no_completion_has_no_suggestion(ask: Ask, typed: str) -> None:
    assert ask(typed) == ()


@pytest.mark.parametrize(
    ("typed", "becomes", "detail"),
    [
        ("bela", "state:Belarus", "Cited State"),
        ("poverty Byelo", "poverty state:Belarus", "Cited State, as “Byelorussia”"),
        ("republic of pol", "state:Poland", "Cited State, as “Republic of Poland”"),
        ("-fran", "-state:France", "Cited State"),
        ("law (polog", "law (state:Poland", "Cited State, as “Pologne”"),
    ],
)
def test_a_state_is_suggested_under_every_name(ask: Ask, typed: str, becomes: str, detail: str) -> None:
    states = [each for each in ask(typed) if each.kind == "state"]
    assert [(each.query, each.detail) for each in states] == [(becomes, detail)]


def test_every_name_of_every_state_that_is_cited_leads_to_it(ask: Ask) -> None:
    missing = [
        name.text
        for code in ("BLR", "FRA", "POL")
        for name in gazetteer.state(code).names
        if gazetteer.state(code).name
        not in [each.label for each in ask(name.text[:LONGEST_KEY]) if each.kind == "state"]
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("state:bel", ["state:Belarus"]),
        ("court state:", ["court state:Europe", "court state:Belarus", "court state:France", "court state:Poland"]),
        ('state:"republic of bel', ["state:Belarus"]),
        ("country:pol", ["state:Poland"]),
        ("session:seventi", ["session:A/70"]),
        ("session:traff", ["session:CTOC/COP/WG.4/2011-10-10"]),
        ("pillar:pro", ["pillar:protection"]),
        ("type:backg", ['type:"background paper"']),
        ("body:gen", ["body:A"]),
        ("language:fre", ["language:fr"]),
        ("date:2015-1", ["date:2015-10", "date:2015-10-01"]),
        ("agenda:cour", ['agenda:"CTOC/COP/WG.4/2011-10-10|3"']),
        ("symbol:a/70", ["symbol:A/70/12"]),
        ("symbol:S/2015", ["symbol:A/70/12"]),
        ("doc:ctoc", ["doc:CTOC/COP/WG.4/2011/3"]),
        ("like:A/70/12,", [f'like:"A/70/12, para. {place}"' for place in ("1", "2", "2 (a)")]),
        ("like:A/70/12, para. 2", ['like:"A/70/12, para. 2"', 'like:"A/70/12, para. 2 (a)"']),
        ("nofield:bel", ["nofield:belarus", "nofield:state:Belarus"][:1]),
    ],
)
def test_a_field_completes_its_values(ask: Ask, typed: str, found: list[str]) -> None:
    assert queries(ask(typed)) == found


def test_after_a_value_words_are_completed_again(ask: Ask) -> None:
    assert queries(ask("session:A/70 witn")) == ["session:A/70 witnesses"]
    assert queries(ask("state:Belarus pov")) == ["state:Belarus poverty"]
    assert queries(ask("symbol:A/70/12 pov")) == ["symbol:A/70/12 poverty"]
    assert queries(ask('state:"Belarus pov')) == []


def test_the_names_of_fields_are_completed(ask: Ask) -> None:
    assert [each.query for each in ask("court pill") if each.kind == "field"] == ["court pillar:"]
    assert [each.query for each in ask("lik") if each.kind == "field"] == ["like:"]


def test_documents_are_suggested_by_symbol_and_by_title(ask: Ask) -> None:
    report = Suggestion(
        kind="document",
        label="A/70/12",
        detail="Report on the protection of witnesses",
        query="A/70/12",
        target="A/70/12",
        count=3,
    )
    assert ask("a/70/") == (report,)
    assert ask("s/2015/9") == (report,)
    assert [(each.label, each.detail, each.target) for each in ask("protection of wit") if each.kind == "document"] == [
        ("Report on the protection of witnesses", "A/70/12", "A/70/12")
    ]


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("A/70/12, para. 2", ["A/70/12#p2", "A/70/12#p2.a"]),
        ("a/70/12 para 2", ["A/70/12#p2", "A/70/12#p2.a"]),
        ("A/70/12, pa", ["A/70/12#p1", "A/70/12#p2", "A/70/12#p2.a"]),
        ("A/70/12#p2", ["A/70/12#p2", "A/70/12#p2.a"]),
        ("CTOC/COP/WG.4/2011/3, annex II, p", ["CTOC/COP/WG.4/2011/3#annex2.p5.a"]),
        ("A/70/12, para. 7", []),
    ],
)
def test_a_citation_is_completed_to_paragraphs(ask: Ask, typed: str, targets: list[str]) -> None:
    assert [each.target for each in ask(typed)] == targets


def test_a_sessions_name_becomes_its_key(ask: Ask) -> None:
    (session,) = [each for each in ask("working group on tr") if each.kind == "session"]
    assert session == Suggestion(
        kind="session",
        label="Working Group on Trafficking in Persons, 10-12 October 2011",
        detail="Session",
        query="session:CTOC/COP/WG.4/2011-10-10",
        count=2,
    )


def test_what_is_suggested_finds_as_much_as_it_says(made: IndexReader, ask: Ask) -> None:
    """Every prefix of a few queries: each suggestion is read without complaint and finds what it counts."""
    tried = {
        each
        for typed in ("state:Poland", "court", "witness", "session:work", "type:report", "date:2015", "body:A", "Bela")
        for end in range(1, len(typed) + 1)
        for each in ask(typed[:end])
        if not each.target and each.kind not in ("word", "field")
    }
    assert len(tried) > 10
    for each in tried:
        results = run(made, SearchRequest(query=each.query))
        assert (results.total, results.diagnostics) == (each.count, ()), each


def test_a_value_is_written_so_that_it_reads_back_as_itself(index: IndexReader) -> None:
    suggester = Suggester(index)
    typed = [
        f"{field}:{letter}" for field in ("state", "session", "agenda", "body", "type") for letter in ascii_lowercase
    ]
    found = [each for start in typed for each in suggester.suggest(index, start)]
    assert len(found) > 100
    for each in found:
        parsed = parse(each.query)
        assert (parsed.diagnostics, type(parsed.tree)) == ((), Value), each.query


@given(st.text(max_size=60) | st.text(alphabet='stae:"()-*?~ bA/70,.#pé中\u0301', max_size=40))
def test_whatever_is_typed_is_answered(made: IndexReader, suggester: Suggester, typed: str) -> None:
    found = suggester.suggest(made, typed)
    assert len(found) <= MOST
    assert all(each.label and each.query for each in found)


def test_names_are_found_by_the_beginning_of_each_telling_word() -> None:
    assert list(keys_of("Republic of the Congo")) == ["republic of the congo", "congo"]
    assert list(keys_of("The Gambia")) == ["the gambia", "gambia"]
    begun = Begun((key, at) for at, name in enumerate(["Côte d’Ivoire", "Congo (Republic)"]) for key in keys_of(name))
    assert {number for _, number in begun.find(start_of("cote D'Iv"))} == {0}
    assert {number for _, number in begun.find(start_of("CO"))} == {0, 1}
    assert list(begun.find(start_of("congo "))) == [("congo republic", 1)]


def test_the_words_of_the_suggestions_are_those_of_a_prefix_search(made: IndexReader) -> None:
    listed = [each.form for each in made.beginning("w", limit=1_000)]
    assert sorted(listed) == sorted(made.expand(Prefix("w")).forms)
