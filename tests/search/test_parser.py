"""The query language: what each line of it means, what is said of what cannot be read, and no error."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilcrow.engine import analysis, gazetteer
from pilcrow.engine.errors import RequestError
from pilcrow.engine.query import (
    And,
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
from pilcrow.search.parser import MAX_CHARACTERS, MAX_LEAVES, MAX_PROBLEMS, NOTHING, parse
from pilcrow.search.request import Diagnostic

MEANINGS = [
    # plain words, and what cuts their runs
    ("", Everything()),
    ("  \n ", Everything()),
    ("*", Everything()),
    ("Victims", Term("victims")),
    ("victim protection", Best((Term("victim"), Term("protection")))),
    ("the protection of victims", Best((Term("protection"), Term("victims")))),
    ("the of", Best((Term("the"), Term("of")))),
    ("the", Term("the")),
    ("victim victim", Term("victim")),
    ("what is trafficking?", Term("trafficking")),
    ("Group (ICAT) meets", Best((Term("group"), Term("icat"), Term("meets")))),
    ("resolution 64/293", Best((Term("resolution"), Phrase(("64", "293"))))),
    ("UN.GIFT", Phrase(("un", "gift"))),
    ("awareness-raising", Phrase(("awareness", "raising"))),
    ("Recommendation: protect", Best((Term("recommendation"), Term("protect")))),
    ("[shall] [should] agree", Term("agree")),
    # operators
    ("victim AND protection", And((Term("victim"), Term("protection")))),
    ("victim OR witness", Or((Term("victim"), Term("witness")))),
    ("a1 OR b1 AND NOT c1", Or((Term("a1"), And((Term("b1"), Not(Term("c1"))))))),
    ("(a1 OR b1) AND c1", And((Or((Term("a1"), Term("b1"))), Term("c1")))),
    ("a1 b1 AND c1 d1", And((Best((Term("a1"), Term("b1"))), Best((Term("c1"), Term("d1")))))),
    ("trafficking NOT child", And((Term("trafficking"), Not(Term("child"))))),
    ("trafficking NOT child labour", And((Term("trafficking"), Not(Best((Term("child"), Term("labour"))))))),
    ("trafficking -child labour", And((Term("trafficking"), Not(Term("child")), Term("labour")))),
    ('-"child labour"', Not(Phrase(("child", "labour")))),
    ("-(child labour)", Not(Best((Term("child"), Term("labour"))))),
    ("NOT NOT child", Term("child")),
    ("the AND child", And((Term("the"), Term("child")))),
    ("cats and dogs or mice", Best((Term("cats"), Term("dogs"), Term("mice")))),
    # quotation marks
    ('"victim protection"', Phrase(("victim", "protection"))),
    ('"the victims of"', Phrase(("the", "victims", "of"))),
    ("“victim protection”", Phrase(("victim", "protection"))),
    ("«victim protection»", Phrase(("victim", "protection"))),
    ('"victims"', Term("victims")),
    ('victim "joint investigation" child', And((Term("victim"), Phrase(("joint", "investigation")), Term("child")))),
    ('the "joint investigation"', Phrase(("joint", "investigation"))),
    ('"joint investigation"~5', Near(("joint", "investigation"), 5)),
    # forms
    ("protect*", Prefix("protect")),
    ("Protéct*", Prefix("protect")),
    ("prote?t", Wildcard("prote?t")),
    ("*tion", Wildcard("*tion")),
    ("trafiking~", Fuzzy("trafiking", 1)),
    ("trafiking~2", Fuzzy("trafiking", 2)),
    ("trafiking~0", Exact(("trafiking",))),
    ("traffick* victim", Best((Prefix("traffick"), Term("victim")))),
    ("=Victims", Exact(("victims",))),
    ('="States Parties"', Exact(("states", "parties"))),
    ("=64/293", Exact(("64", "293"))),
    # text fields
    ("title:report", Term("report", "title")),
    ("Section:demand", Term("demand", "section")),
    ("note:Gallagher", Term("gallagher", "note")),
    ("heading:demand", Term("demand", "section")),
    ("title:(big report)", Best((Term("big", "title"), Term("report", "title")))),
    ("title:(big OR note:small)", Or((Term("big", "title"), Term("small", "note")))),
    ('title:"big report"', Phrase(("big", "report"), "title")),
    ('title:"big report"~2', Near(("big", "report"), 2, "title")),
    ("title:=victims", Exact(("victims",), "title")),
    ("title:rep*", Prefix("rep", "title")),
    ("title:awareness-raising", Phrase(("awareness", "raising"), "title")),
    ("title: report", Term("report", "title")),
    # values
    ("state:Belarus", Value("state", "BLR")),
    ('state:"Iran (Islamic Republic of)"', Value("state", "IRN")),
    ("state:Iran (Islamic Republic of) law", And((Value("state", "IRN"), Term("law")))),
    ("state:United States of America law", And((Value("state", "USA"), Term("law")))),
    ("country:Turkey", Value("state", "TUR")),
    ("cited:Swaziland", Value("state", "SWZ")),
    ("state:Africa", Value("state", "002")),
    ('state:"Australia and New Zealand"', Or((Value("state", "AUS"), Value("state", "NZL")))),
    ("state:(Belarus Poland)", Or((Value("state", "BLR"), Value("state", "POL")))),
    ("state:(Belarus AND Poland)", And((Value("state", "BLR"), Value("state", "POL")))),
    ('-state:Belarus -"x y"', And((Not(Value("state", "BLR")), Not(Phrase(("x", "y")))))),
    ("state:AND", Value("state", "AND")),
    ("state:unknown", Value("state", "unknown")),
    ("state:*", Not(Value("state", "unknown"))),
    ("state:bela*", Value("state", "BLR")),
    ("pillar:Protection", Value("pillar", "protection")),
    ('pillar:"national cooperation"', Value("pillar", "national")),
    ("language:French", Value("language", "fr")),
    ("session:2013 agenda:3", And((Value("session", "2013"), Value("agenda", "3")))),
    ("agenda:2 (b)", Value("agenda", "2 (b)")),
    ("symbol:CTOC/COP/WG.4/2013*", Prefix("CTOC/COP/WG.4/2013", "any_symbol")),
    ("symbol:S/RES/2774 (2025) peace", And((Value("any_symbol", "S/RES/2774 (2025)"), Term("peace")))),
    ("symbol:A/81/6 (Sect. 6)", Value("any_symbol", "A/81/6 (Sect. 6)")),
    ("symbol:A/RES/1472 A (XIV)", Value("any_symbol", "A/RES/1472 A (XIV)")),
    ("symbol:S/RES/2774 (peace OR war)", And((Value("any_symbol", "S/RES/2774"), Or((Term("peace"), Term("war")))))),
    ("doc:A/65/113", Value("any_symbol", "A/65/113")),
    # dates
    ("date:2010", Range("date", "2010", "2010")),
    ("year:2010", Range("date", "2010", "2010")),
    ("date:29 April 2010", Range("date", "2010-04-29", "2010-04-29")),
    ('date:"April 2010"', Range("date", "2010-04", "2010-04")),
    ("date:[2009-04 TO 2010-10]", Range("date", "2009-04", "2010-10")),
    ("date:[* TO 2010-10]", Range("date", "", "2010-10")),
    ("date:>=2010", Range("date", "2010", "")),
    ("date:>2010-12", Range("date", "2011-01", "")),
    ("date:<2010-03-01", Range("date", "", "2010-02-28")),
    ("date:2009..2013-06", Range("date", "2009", "2013-06")),
    ("date:..2010", Range("date", "", "2010")),
    ("date:unknown", Value("date", "unknown")),
]


@pytest.mark.parametrize(("text", "tree"), MEANINGS)
def test_each_line_of_the_language_has_its_meaning(text: str, tree: Query) -> None:
    parsed = parse(text)
    assert (parsed.tree, parsed.diagnostics) == (tree, ())
    assert parse(text, strict=True).tree == tree


# What is typed; what is still answered; the characters that are wrong; what to write in their place.
PROBLEMS = [
    ("stat:Belarus law", "stat belarus law", "stat:", "state:"),
    ("wibble:Belarus", "wibble belarus", "wibble:", ""),
    ("state:Belrus law", "law", "state:Belrus", 'state:"Belarus"'),
    ("pillar:protecting x1", "x1", "pillar:protecting", 'pillar:"protection"'),
    ("state: ", "NOT *", "state:", ""),
    ("law AND title:", "law", "title:", ""),
    ('"big law', "big law", '"big law', '"big law"'),
    ('state:"Belarus', "state:BLR", 'state:"Belarus', ""),
    ("(big OR law", "big OR law", "(", ""),
    ("big) law", "law AND big", ")", ""),
    ("()", "NOT *", "()", ""),
    ("AND", "NOT *", "AND", ""),
    ("big AND", "big", "AND", ""),
    ("OR law", "law", "OR", ""),
    ("NOT", "NOT *", "NOT", ""),
    ("big -", "big", "-", ""),
    ("law~9", "law~2", "law~9", "law~2"),
    ('"big law"~', '"big law"~0', "~", "~5"),
    ('"big law"~999', '"big law"~100', '"big law"~999', '"big law"~100'),
    ('"law"~3', "law", '"law"~3', ""),
    ("big law-mak~", "big law-mak", "law-mak~", ""),
    ("law ?*", "law", "?*", ""),
    ("title:*", "NOT *", "*", ""),
    ("law-mak*", "law mak*", "law-mak*", ""),
    ('"law mak*"', '"law mak"', '"law mak*"', ""),
    ("=, law", "law", "=,", ""),
    ('"..." law', "law", '"..."', ""),
    ("???", "NOT *", "???", ""),
    ("date:soon law", "law", "date:soon", ""),
    ("date:[2010 law", "law", "date:[2010", "date:[2009-04 TO 2010-10]"),
    ("date:[2010 TO 2009]", "date:[2009 TO 2010]", "date:[2010 TO 2009]", "date:[2009 TO 2010]"),
    ("date:>soon law", "law", "date:>soon", ""),
]


@pytest.mark.parametrize(("text", "answered", "wrong", "suggestion"), PROBLEMS)
def test_what_cannot_be_read_is_said_where_it_stands_and_the_rest_is_answered(
    text: str, answered: str, wrong: str, suggestion: str
) -> None:
    parsed = parse(text)
    assert len(parsed.diagnostics) == 1, parsed.diagnostics
    said = parsed.diagnostics[0]
    assert (text[said.start : said.end].strip(), said.suggestion) == (wrong.strip(), suggestion)
    if answered != "law AND big":
        assert str(parsed.tree) == answered
    with pytest.raises(RequestError) as caught:
        parse(text, strict=True)
    assert str(caught.value) == said.message


@pytest.mark.parametrize("text", [text for text, _, _, suggestion in PROBLEMS if suggestion])
def test_a_suggestion_put_in_place_of_what_is_wrong_is_read_without_a_word(text: str) -> None:
    said = parse(text).diagnostics[0]
    mended = text[: said.start] + said.suggestion + text[said.end :]
    assert parse(mended).diagnostics == ()


def test_a_message_is_a_sentence_that_names_the_nearest_field() -> None:
    assert parse("stat:Belarus").diagnostics == (
        Diagnostic(
            message="There is no field stat: here; did you mean state:? It was read as a word.",
            start=0,
            end=5,
            suggestion="state:",
        ),
    )


def test_a_web_address_is_read_as_its_words() -> None:
    assert parse("https://www.unodc.org/x").tree == Phrase(("https", "www", "unodc", "org", "x"))


def test_a_query_beyond_the_limits_is_cut_and_that_is_said() -> None:
    many = parse(" ".join(f"w{n}" for n in range(MAX_LEAVES + 50)))
    assert isinstance(many.tree, Best)
    assert len(many.tree.children) == MAX_LEAVES
    assert len(many.diagnostics) == 1
    long = parse("x" * 50 + " " * MAX_CHARACTERS + "y")
    assert long.tree == Term("x" * 50)
    assert [said.start for said in long.diagnostics] == [MAX_CHARACTERS]
    deep = parse("(" * 3000 + "law" + ")" * 3000)
    assert deep.tree == Term("law")
    assert len(deep.diagnostics) == 1


def test_hundreds_of_nested_exclusions_are_read_in_a_moment() -> None:
    assert parse("NOT a1 (" * 400).tree != NOTHING
    assert parse("-(" * 400 + "a1").diagnostics
    assert parse("title:(" * 400 + "a1").diagnostics
    assert parse("NOT " * 2400 + "a1").diagnostics
    assert parse("-NOT " * 1900 + "a1").diagnostics


@pytest.mark.parametrize("piece", ["state:xqz ", "stat:x ", '"', "date:[2010 ", "pillar:x ", 'state:"x', ") ", "a~~ "])
def test_a_query_that_is_wrong_throughout_is_given_up_in_a_moment_and_that_is_said(piece: str) -> None:
    said = parse(piece * (MAX_CHARACTERS // len(piece))).diagnostics
    assert 0 < len(said) <= MAX_PROBLEMS + 1


MORE_SIGNS = [
    "a1",
    "the",
    "Belarus",
    "2010",
    "TO",
    "..",
    "é",
    "64/293",
    "~2",
    "agenda:",
    "note:(",
    "pillar:",
    "\n",
    "中",
]
SIGNS = st.lists(
    st.sampled_from(
        [
            *'()"“”-=~*?:[]<>.,/|\\&!^+@# \t',
            "AND",
            "OR",
            "NOT",
            " ",
            " ",
            "state:",
            "date:",
            "title:",
            "symbol:",
            *MORE_SIGNS,
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(max_size=60), SIGNS))
@example('state:"')
@example("date:[")
@example('="')
@example("-")
@example("- ")
@example("0?:0")
@example("NOTE:(A0:0")
@example("ั ั* ั~")
@example("\x00")
@example("title:(=")
def test_any_string_is_read_without_an_error_and_its_tree_reads_back(text: str) -> None:
    parsed = parse(text)
    for said in parsed.diagnostics:
        assert 0 <= said.start <= said.end <= len(text), said
        assert said.message
    assert parsed.diagnostics or parsed.tree != NOTHING or "NOT" in text or "-" in text
    assert parse(str(parsed.tree)).tree == parsed.tree


FORMS = st.text(min_size=1, max_size=10).flatmap(
    lambda text: st.sampled_from([token.form for token in analysis.tokens(text)] or ["law"])
)
WORDS = st.one_of(st.sampled_from(["law", "victims", "64", "not", "and", "中"]), FORMS).filter(
    lambda form: tuple(token.form for token in analysis.tokens(form)) == (form,)
)
CONTENT = WORDS.filter(lambda form: form not in analysis.stopwords())
PAIRS = st.lists(WORDS, min_size=2, max_size=4).map(tuple)
TEXT_FIELDS = st.sampled_from(["", "title", "note", "section", "text"])
ASCII = st.sampled_from(["law", "victim", "x9"])


@st.composite
def plain(draw: st.DrawFn, field: str) -> Query:
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return Phrase(draw(PAIRS), field)
    if kind == 1:
        return Prefix(draw(ASCII), field)
    if kind == 2:
        return Wildcard(draw(st.sampled_from(["*tion", "prote?t", "*a*", "?b", "a*c"])), field)
    if kind == 3:
        return Fuzzy(draw(CONTENT), draw(st.integers(1, 2)), field)
    return Term(draw(CONTENT), field)


@st.composite
def best(draw: st.DrawFn) -> Query:
    field = draw(TEXT_FIELDS)
    return Best(tuple(draw(st.lists(plain(field), min_size=2, max_size=4, unique=True))))


DATES = st.sampled_from(["2009", "2010-04", "2013-11-26"])
LEAVES = st.one_of(
    st.just(Everything()),
    st.builds(Term, WORDS, TEXT_FIELDS),
    st.builds(Exact, st.lists(WORDS, min_size=1, max_size=3).map(tuple), TEXT_FIELDS),
    st.builds(Phrase, PAIRS, TEXT_FIELDS),
    st.builds(Near, PAIRS, st.integers(0, 100), TEXT_FIELDS),
    TEXT_FIELDS.flatmap(plain),
    st.builds(Value, st.just("state"), st.sampled_from([*(s.code for s in gazetteer.states()), "002", "unknown"])),
    st.builds(Value, st.just("pillar"), st.sampled_from(["protection", "national", "unknown"])),
    st.builds(
        Value,
        st.sampled_from(["any_symbol", "session", "agenda", "body", "type"]),
        st.one_of(
            st.sampled_from(["S/RES/2774 (2025)", "A/78|2 (b)", "prov:a-b", 'say "x" \\', "report", "2013", "a*b"]),
            st.text(min_size=1, max_size=8)
            .map(lambda t: " ".join(t.split()))
            .filter(lambda t: t and t.casefold() != "unknown"),
        ),
    ),
    st.builds(Prefix, st.sampled_from(["CTOC/COP", "A/6"]), st.sampled_from(["any_symbol", "session"])),
    st.builds(lambda date: Range("date", date, date), DATES),
    st.sampled_from([Range("date", "2009", "2010-04"), Range("date", "", "2010"), Range("date", "2010-04-01", "")]),
)


def grown(trees: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(trees, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        trees.filter(lambda tree: not isinstance(tree, Not)).map(Not),
    )


TREES = st.recursive(st.one_of(LEAVES, best()), grown, max_leaves=8)


@given(TREES)
def test_a_tree_printed_is_read_back_the_same_and_without_a_word(tree: Query) -> None:
    parsed = parse(str(tree))
    assert (parsed.tree, parsed.diagnostics) == (tree, ())
