"""Tokens: what they are for real text, which words meet, and what holds for any string whatever."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilcrow.engine import analysis
from pilcrow.engine.analysis import Token, fold, preload, stopwords, term, tokens

TABLE = Path(__file__).resolve().parents[2] / "docs" / "tokens.md"
ROW = re.compile(r"\| `(.+?)` \| (.+?) \|")

MEET = """
victim victims | traffic trafficking | trafficked trafficker | trafficking traffickers | child children | woman women
man men | labour labor | labourers laborers | behaviour behavior | neighbouring neighboring | honour honor
organise organize | organised organizing | organisation organization | organisations organizations
criminalise criminalize | criminalise criminalisation | criminalization criminalisation | recognise recognized
authorisation authorize | prosecute prosecution | prosecutor prosecution | prosecutors prosecuting
investigate investigation | investigators investigative | judgement judgment | centre center | centres centers
programme program | programmes programs | defence defense | licence license | offence offences | offense offences
practise practice | analyse analyze | analysis analysing | identify identification | ratify ratification
verify verification | notify notification | apply application | explain explanation | occur occurrence
protect protection | protected protecting | prevent prevention | assist assistance | exploit exploitation
smuggle smuggling | smuggler smugglers | recruit recruitment | vulnerable vulnerability | repatriate repatriation
cooperate cooperation | coordinate coordination | criterion criteria | crisis crises | annex annexes
held hold | sought seek | took taking | found find | gave given | met meeting | paid pay | knew known
State states | legislation legislative | fulfil fulfill | fulfilment fulfil | enrol enrolled
party parties | country countries | policy policies | penalty penalties | body bodies | inquiry enquiry
reduce reduction | detain detention | seize seizure | deceive deception | comply compliance | slave slavery
survivor survive | environment environmental | development developmental | terrorism terrorist | recover recovery
abstain abstention | extend extension | deliver delivery | expel expulsion | judicial judiciary
victimisers victimization | revictimisation revictimized | revictimise revictimizing
emphasise emphasis | witness witnesses | woman woman's | exercise exercised | advise adviser | supervise supervised
"""

APART = """
organ organization | organ organize | organize organization | organ organic | internal international
intern international | person personal | person personnel | personal personnel | personal personality
general generation | general generalize | generation generic | universe university | university universal
custom customs | custom customer | author authority | authority authorize | author authorize | state statement
nation national | national nationality | nation nationalize | severe several | import important | minor minority
major majority | access accession | office officer | official officer | unit united | united unite | new news
respect respective | object objective | product production | good goods | human humanity | human humane
emergency emerging | corporal corporation | conversion conversation | transit transition | commission commissioner
department departure | appropriate appropriation | rational ration | police policy | secret secretary
public publication | position positive | content contention | collect collective | integrity integration
law lawful | form formal | inform informal | origin original | proceed proceeds | special specialize
criminal criminalize | association associated | security secure | nature natural | govern government
government governance | initial initiative | represent representative | response responsible | indicate indicator
applicant application | active activity | activity activism | convention conventional | conference confer
precede precedent | expert expertise | refuge refugee | defence defensive | offence offensive | account accountable
execution executive | witness wit | direct director | director directorate | design designate | Niger Nigeria
Guinea Guinean | Iran Iraq | Austria Australia | consist consistent | exhaust exhaustive | extreme extremism
decide decision | resolve resolution | conclude conclusion | convene convention | France franc | Emirates emir
construct constructive | diversity diversion | mineral miner | detainee detention
victim victimizer | victim victimisers | victim victimization | victim revictimization | victimize revictimize
people person | prison person | price prize | rise raise | commit commitment | commit committee
"""


def pairs(text: str) -> list[tuple[str, str]]:
    found = [tuple(pair.split()) for line in text.strip().splitlines() for pair in line.split(" | ")]
    return [(left, right) for left, right in found]


def term_of(word: str) -> str:
    (token,) = tokens(word)
    return token.term


@pytest.mark.parametrize(("left", "right"), pairs(MEET))
def test_forms_of_one_word_meet(left: str, right: str) -> None:
    assert term_of(left) == term_of(right)


@pytest.mark.parametrize(("left", "right"), pairs(APART))
def test_words_that_mean_different_things_stay_apart(left: str, right: str) -> None:
    assert term_of(left) != term_of(right)


def test_there_are_enough_pairs_to_notice_a_change() -> None:
    assert len(pairs(MEET)) >= 80
    assert len(pairs(APART)) >= 80


def table() -> list[tuple[str, str]]:
    return [(match[1], match[2]) for line in TABLE.read_text("utf-8").splitlines() if (match := ROW.match(line))]


def test_the_documented_table_of_tokens_has_its_rows() -> None:
    assert len(table()) >= 35


@pytest.mark.parametrize(("text", "said"), table())
def test_the_documented_table_of_tokens_is_true(text: str, said: str) -> None:
    shown = [token.form if token.form == token.term else f"{token.form}→{token.term}" for token in tokens(text)]
    assert " ".join(shown) == said


def test_tokens_carry_their_place_in_the_string() -> None:
    assert tokens("The Côte d’Ivoire’s victims") == [
        Token("the", "the", 0, 0, 3),
        Token("cote", "cote", 1, 4, 8),
        Token("d", "d", 2, 9, 10),
        Token("ivoire", "ivoir", 3, 11, 17),
        Token("victims", "victim", 4, 20, 27),
    ]


def test_offsets_hold_where_characters_vanish_or_become_several() -> None:
    text = "\u200bcafe\u0301s ﬃ\u00adce x"
    assert [(token.form, text[token.start : token.end]) for token in tokens(text)] == [
        ("cafes", "cafe\u0301s"),
        ("ffice", "ﬃ\u00adce"),
        ("x", "x"),
    ]


def test_other_languages_keep_their_forms_as_terms() -> None:
    assert [token.term for token in tokens("Les victimes protégées", "fr")] == ["les", "victimes", "protegees"]
    assert term("victimes", "fr") == "victimes"


def test_a_text_of_unknown_language_is_taken_for_english() -> None:
    assert tokens("victims", "") == tokens("victims", "en")


def test_a_run_without_end_is_cut() -> None:
    assert [(token.start, token.end) for token in tokens("x" * 450)] == [(0, 200), (200, 400), (400, 450)]


def test_stopwords_are_forms_that_tokens_can_have() -> None:
    assert {"the", "of", "in", "and", "not"} <= stopwords()
    assert {token.form for word in stopwords() for token in tokens(word)} == stopwords()
    assert not {"state", "victim", "against"} & stopwords()


def test_known_terms_need_no_stemmer() -> None:
    """A cold command answers without NLTK when the index has told the terms of the query's words."""
    code = (
        "import sys; from pilcrow.engine import analysis; analysis.preload({'victims': 'victim'});"
        "assert analysis.term('victims') == 'victim'; assert 'nltk' not in sys.modules;"
        "assert analysis.term('protected') == 'protect'; assert 'nltk' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr == ""


def test_preloading_changes_no_term() -> None:
    before = term("organisations")
    preload({"organisations": before})
    assert term("organisations") == before


def test_no_form_stands_in_two_families() -> None:
    seen: dict[str, str] = {}
    for name in ("stem_apart.tsv", "stem_joined.tsv"):
        for stem, forms in analysis._data_rows(name):
            for form in forms.split():
                assert seen.setdefault(form, f"{name}:{stem}") == f"{name}:{stem}"


def test_the_tokenizer_is_nltks_regular_expression_tokenizer_on_plain_text() -> None:
    """Where nothing folds away, the spans are those of NLTK's tokenizer with the same idea of a word."""
    from nltk.tokenize import RegexpTokenizer

    text = "The Working Group, established by decision 4/4 (2008), met in Vienna: 14-15 April 2009; see CTOC/COP/WG 4."
    spans = [(token.start, token.end) for token in tokens(text)]
    assert spans == list(RegexpTokenizer(r"[A-Za-z0-9]+").span_tokenize(text))


def test_a_change_of_the_data_raises_the_version() -> None:
    """An index of other stems must be refused: with a new digest here goes a new ANALYSIS_VERSION."""
    names = ("stem_apart.tsv", "stem_ise.txt", "stem_joined.tsv", "stem_spelling.tsv", "stopwords.txt")
    data = b"".join(files("pilcrow.engine").joinpath("data", name).read_bytes() for name in names)
    assert (analysis.ANALYSIS_VERSION, hashlib.sha256(data).hexdigest()[:16]) == (3, "fd806c9a4d086cd3")


def _same_letters(form: str, printed: str) -> bool:
    return form == fold(printed).replace(".", "").replace(" ", "")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aA.'’s \u0301\u00ad²ﬁ中ßİ")), max_size=60))
@example("U.S.A.'s")
@example("²a²")
@example("ヿ㍿ﷺ½")
@example("\u0301a")
@example("ͅ.a.ϒ")
def test_any_string_has_tokens_in_order_that_fold_to_their_forms(text: str) -> None:
    found = tokens(text)
    last = 0
    for position, token in enumerate(found):
        assert token.position == position
        assert last <= token.start < token.end <= len(text)
        last = token.end
        assert token.form
        assert token.term
        assert " " not in token.form + token.term
        assert _same_letters(token.form, text[token.start : token.end])


@given(st.text(alphabet=st.one_of(st.characters(max_codepoint=0x24F), st.sampled_from("’“—中")), max_size=40))
def test_the_short_way_through_plain_text_gives_what_the_long_way_gives(text: str) -> None:
    assert list(analysis._spans(text)) == list(analysis._mapped_spans(text))


PIECES = ("a", "s", "'s", "’s", "'", ".", " ", "-", "U.N.", "x.y", "6.7", "é", "“", "中", "²", "\u0301", "a" * 201, "B")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40))
def test_forms_and_spans_are_those_of_the_tokens(text: str) -> None:
    found = tokens(text)
    cut = analysis.Cut(text)
    assert analysis.forms(text) == cut.forms == [token.form for token in found]
    assert cut.spans() == [(token.start, token.end) for token in found]
    wanted = {token.form for token in found[::2]}
    assert sorted(cut.standing(wanted)) == [(each.start, each.end, each.form) for each in found if each.form in wanted]


@given(st.lists(st.sampled_from(["victims", "Organ", "trafficking", "64"])), st.sampled_from(["en", "fr", ""]))
def test_terms_are_those_of_each_form(words: list[str], language: str) -> None:
    assert analysis.terms(words, language) == [analysis.term(word, language) for word in words]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_forms_are_tokens_of_themselves(text: str) -> None:
    """Forms joined by spaces, cut again, are the same forms: what any whitespace tokenizer would index."""
    forms = [token.form for token in tokens(text)]
    assert [token.form for token in tokens(" ".join(forms))] == forms
    assert " ".join(forms).split() == forms


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèüñçå", max_size=30))
def test_composed_and_decomposed_accents_give_the_same_tokens(text: str) -> None:
    composed = [token[:3] for token in tokens(unicodedata.normalize("NFC", text))]
    assert composed == [token[:3] for token in tokens(unicodedata.normalize("NFD", text))]
