"""Symbols as values, and symbols in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import references, symbols
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import Reference


@pytest.mark.parametrize(
    ("printed", "normal", "body", "session", "year", "kind"),
    [
        ("A/RES/78/228", "A/RES/78/228", "A", "78", None, "resolution"),
        ("A/C.3/80/L.4", "A/C.3/80/L.4", "A/C.3", "80", None, "draft"),
        ("S/RES/2774(2025)", "S/RES/2774 (2025)", "S", "", 2025, "resolution"),
        ("S/RES/1989 (2011)", "S/RES/1989 (2011)", "S", "", 2011, "resolution"),
        ("S/2025/389", "S/2025/389", "S", "", 2025, ""),
        ("A / 80 / 604 / ADD.6", "A/80/604/Add.6", "A", "80", None, ""),
        ("CTOC/COP/WG.4/2013/INF/1/Rev.1", None, "CTOC/COP/WG.4", "", 2013, "information document"),
        ("A/81/6(Sect.6)", "A/81/6 (Sect. 6)", "A", "81", None, ""),
        ("A/RES/1472(XIV)", "A/RES/1472(XIV)", "A", "14", None, "resolution"),
        ("A/RES/S-10/2", None, "A", "S-10", None, "resolution"),
        ("A/ES-10/1029", None, "A", "ES-10", None, ""),
        ("A/HRC/EMRIP/2025/1", None, "A/HRC/EMRIP", "", 2025, ""),
        ("ICCD/COP(8)/CST/8", None, "ICCD/COP/CST", "8", None, ""),
        ("CEDAW/C/GBR/CO/8", None, "CEDAW/C", "", None, "concluding observations"),
        ("A/80/PV.5", None, "A", "80", None, "verbatim record"),
        ("GEGN.2/2025/64", None, "GEGN.2", "", 2025, ""),
        ("A/81/6 (Sect.29C)/Part A", "A/81/6 (Sect. 29C)/Part A", "A", "81", None, ""),
        ("S/PV.9824 (Resumption 1)", None, "S", "", None, "verbatim record"),
        ("HRI/GEN/1/Rev.9 (Vol. I)", None, "HRI", "", None, ""),
        ("A/RES/3201 (S-VI)", "A/RES/3201(S-VI)", "A", "S-6", None, "resolution"),
        ("A/RES/46/152 B", None, "A", "46", None, "resolution"),
        ("A/RES/54/54 A–V", "A/RES/54/54 A-V", "A", "54", None, "resolution"),
        ("A/520/Rev.18", None, "A", "", None, ""),
        ("A/AC.254/4/Rev.9", None, "A/AC.254", "", None, ""),
        ("A/AC.999/4/2", None, "A", "", None, ""),
        ("A/HRC/RES/55/1", None, "A/HRC", "55", None, "resolution"),
        ("A/CONF.243/2025/1", None, "A/CONF.243", "", 2025, ""),
        ("A/CONF.999/3", None, "A/CONF", "", None, ""),
        ("UNEP/EA.6/Res.1", None, "UNEP/EA", "6", None, "resolution"),
        ("ICC-ASP/20/5", None, "ICC-ASP", "20", None, ""),
        ("CCPR/C/112/D/1948/2010", None, "CCPR/C", "112", 2010, "views"),
        ("CCPR/C/81/Add.12", None, "CCPR/C", "", None, ""),
        ("TD/B/69/1", None, "TD/B", "69", None, ""),
        ("S/AC.37/2004/(1455)/26", None, "S/AC.37", "", 2004, ""),
        ("ECE/TRANS/WP.29/2020/79", None, "ECE/TRANS/WP.29", "", 2020, ""),
        ("ST/AI/2010/5", None, "ST", "", 2010, "administrative instruction"),
    ],
)
def test_a_symbol_says_its_body_session_year_and_type(printed, normal, body, session, year, kind):
    symbol = symbols.parse(printed)
    assert (str(symbol), symbol.body, symbol.session, symbol.year, symbol.type) == (
        normal or printed,
        body,
        session,
        year,
        kind,
    )


@pytest.mark.parametrize(
    ("text", "amends", "relation"),
    [
        ("A/80/604/Add.6", "A/80/604", "addendum"),
        ("CTOC/COP/WG.4/2013/INF/1/Rev.1", "CTOC/COP/WG.4/2013/INF/1", "revision"),
        ("A/79/1/Corr.2", "A/79/1", "corrigendum"),
        ("A/79/1", "", None),
    ],
)
def test_an_amendment_names_what_it_amends(text, amends, relation):
    symbol = symbols.parse(text)
    assert (symbol.amends, symbol.relation) == (amends, relation)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A/RES/78/228", "228"),
        ("A/C.1/80/L.4/Rev.1", "4"),
        ("S/RES/2774 (2025)", "2774"),
        ("CRC/C/BLR/CO/5-6", "5-6"),
        ("A/81/6 (Sect. 6)/Part A", "6"),
        ("A/80/604/Add.6", "604"),
    ],
)
def test_a_documents_own_number_is_told_from_its_amendments(text, number):
    assert symbols.parse(text).number == number


def test_a_body_that_the_table_does_not_know_is_told_by_its_part():
    texts = ("A/AC.999/3", "E/CN.3/2025/1", "A/79/1", "E/C.99/2025/1")
    assert [symbols.parse(text).subsidiary for text in texts] == ["A/AC.999", "", "", "E/C.99"]


def test_letters_belong_to_resolutions_only():
    with pytest.raises(SymbolError):
        symbols.parse("A/79/9 B")


def test_a_star_says_reissued_and_is_no_part_of_the_symbol():
    assert symbols.parse("A/79/9*") == symbols.Symbol("A/79/9", reissued=True)


def test_joint_symbols_are_all_found():
    joint = [str(each) for each in symbols.parse_joint("E/2025/24-E/CN.3/2025/37")]
    assert joint == ["E/2025/24", "E/CN.3/2025/37"]
    assert [str(each) for each in symbols.parse_joint("A/79/945–S/2025/368")] == ["A/79/945", "S/2025/368"]
    assert symbols.parse_joint("A/79/843*-S/2025/201*") == (
        symbols.Symbol("A/79/843", reissued=True),
        symbols.Symbol("S/2025/201", reissued=True),
    )
    assert [str(each) for each in symbols.parse_joint("E/2025/22 E/C.12/2024/3")] == ["E/2025/22", "E/C.12/2024/3"]


@pytest.mark.parametrize("text", ["", "and/or", "S/he", "78/228", "A", "A//78", "hello", "UNDAW/DESA"])
def test_what_is_no_symbol_is_refused_with_an_example(text):
    with pytest.raises(SymbolError, match="A/RES/78/228"):
        symbols.parse(text)


def test_symbols_sort_as_people_count():
    mixed = ["A/79/10", "A/79/9/Add.1", "A/100/1", "A/79/9", "A/79/9/Add.10", "A/79/9/Add.2"]
    assert sorted(mixed, key=symbols.natural_key) == [
        "A/79/9", "A/79/9/Add.1", "A/79/9/Add.2", "A/79/9/Add.10", "A/79/10", "A/100/1",
    ]  # fmt: skip


part = st.from_regex(r"[A-Z]{1,4}(\.[0-9]{1,2})?|[0-9]{1,4}", fullmatch=True)


@given(st.from_regex(r"[A-Z]{1,5}", fullmatch=True), st.lists(part, min_size=1, max_size=5), st.integers(1, 9999))
def test_a_parsed_symbol_parses_to_itself(head, parts, number):
    symbol = symbols.parse("/".join([head, *parts, str(number)]))
    assert symbols.parse(str(symbol)) == symbol


@given(st.lists(st.integers(1, 200), min_size=1, max_size=3), st.lists(st.integers(1, 200), min_size=1, max_size=3))
def test_symbols_are_in_the_order_of_their_parts(one, other):
    first, second = (symbols.parse("/".join(["A", *map(str, numbers)])) for numbers in (one, other))
    assert (first.order < second.order) == (one < other)


@given(st.integers(1, 99), st.integers(1, 999), st.integers(1, 99))
def test_a_document_comes_before_its_addenda_and_those_before_the_next(session, number, addendum):
    texts = [f"A/{session}/{number}", f"A/{session}/{number}/Add.{addendum}", f"A/{session}/{number + 1}"]
    assert sorted(texts, key=lambda text: symbols.parse(text).order) == texts


@given(st.sampled_from(["A/79/439", "A/C.3/80/L.4", "S/RES/2774 (2025)", "CTOC/COP/WG.4/2011/8"]), st.integers(1, 900))
def test_a_citation_in_text_names_its_symbol_and_its_paragraph(symbol, number):
    for text in (f"({symbol}, para. {number})", f"see paragraph {number} of {symbol}."):
        assert [(each.symbol, each.paragraphs) for each in references.find(text)] == [(symbol, (str(number),))]


def test_every_body_and_type_has_a_name_and_unknown_keys_name_themselves():
    assert all(body.name and body.short for body in symbols.bodies().values())
    assert all(body.session_of in symbols.bodies() for body in symbols.bodies().values())
    assert symbols.body_name("CTOC/COP/WG.4") == "Working Group on Trafficking in Persons"
    assert (symbols.body_name("X/Y"), symbols.type_name("x")) == ("X/Y", "x")
    assert all(symbols.type_name(key)[0].isupper() for key in symbols.types())


def found(text: str, **options: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.symbol, text[each.start : each.end], each.paragraphs) for each in references.find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See CTOC/COP/2011/8, paras. 46-48.", [("CTOC/COP/2011/8", "CTOC/COP/2011/8", ("46", "47", "48"))]),
        ("(A/79/439, para. 11)", [("A/79/439", "A/79/439", ("11",))]),
        ("see paragraph 12 (a) of A/79/439.", [("A/79/439", "A/79/439", ("12 (a)",))]),
        ("A/79/945-S/2025/368", [("A/79/945", "A/79/945", ()), ("S/2025/368", "S/2025/368", ())]),
        ("General Assembly resolution 61/180 welcomed", [("A/RES/61/180", "61/180", ())]),
        (
            "General Assembly resolutions 55/25 and 64/293 of 30 July",
            [("A/RES/55/25", "55/25", ()), ("A/RES/64/293", "64/293", ())],
        ),
        ("adopted by the General Assembly in its resolution 64/293.", [("A/RES/64/293", "64/293", ())]),
        ("the Economic and Social Council (resolution 2006/27)", [("E/RES/2006/27", "2006/27", ())]),
        ("Security Council resolution 1325 (2000)", [("S/RES/1325 (2000)", "1325 (2000)", ())]),
        ("the Conference, in its resolution 6/1, and the General Assembly", []),
        (
            "A/C.3/80/L.4, L.5 and Add.1",
            [("A/C.3/80/L.4",) * 2 + ((),), ("A/C.3/80/L.5", "L.5", ()), ("A/C.3/80/L.5/Add.1", "Add.1", ())],
        ),
        ("A/C.4/53/SR.3–6", [("A/C.4/53/SR.3",) * 2 + ((),), ("A/C.4/53/SR.6", "6", ())]),
        ("A/80/604/Add.4-7", [("A/80/604/Add.4",) * 2 + ((),), ("A/80/604/Add.7", "7", ())]),
        (
            "(A/79/583 and Add.1 and Corr.1, para. 3)",
            [("A/79/583",) * 2 + ((),), ("A/79/583/Add.1", "Add.1", ()), ("A/79/583/Corr.1", "Corr.1", ("3",))],
        ),
        ("A/79/1, 5 of which", [("A/79/1", "A/79/1", ())]),
        ("E/CN.6/2025/L.2, 3 and 4 May 2025", [("E/CN.6/2025/L.2", "E/CN.6/2025/L.2", ())]),
        ("A/81/6 (Sect. 29C)/Part A, para. 3", [("A/81/6 (Sect. 29C)/Part A",) * 2 + (("3",),)]),
        ("A/49/10 (1994), paras. 3 and 4", [("A/49/10", "A/49/10", ("3", "4"))]),
        ("see https://undocs.org/A/79/439", [("A/79/439", "A/79/439", ())]),
        (
            "General Assembly resolutions 46/152 B of 18 December 1991, 60/1 of 16 September 2005 and ES-10/23",
            [("A/RES/46/152", "46/152", ()), ("A/RES/60/1", "60/1", ()), ("A/RES/ES-10/23", "ES-10/23", ())],
        ),
        ("Economic and Social Council decision 1982/112", [("E/DEC/1982/112", "1982/112", ())]),
        ("UNDAW/DESA, and/or 24/7 on 1/2", []),
    ],
)
def test_symbols_are_recognised_in_text_and_resolutions_only_where_the_organ_is_plain(text, expected):
    assert found(text) == expected


def test_an_organs_own_text_means_its_own_resolutions():
    assert found("Recalling its resolution 64/293,", organ="A") == [("A/RES/64/293", "64/293", ())]
    assert found("Recalling its resolution 64/293,") == []
    assert found("its resolution 2024/10", organ="E") == [("E/RES/2024/10", "2024/10", ())]
    assert found("pursuant to Council resolution 1996/31", organ="E/C.2") == [("E/RES/1996/31", "1996/31", ())]
    assert found("its resolution 52/2", organ="E/CN.7") == []
    assert found("by Council resolution 16/21", organ="A/HRC") == [("A/HRC/RES/16/21", "16/21", ())]


def test_where_a_reference_stood_is_kept():
    assert references.find("A/79/1", where="note", note="3") == (
        Reference(symbol="A/79/1", start=0, end=6, where="note", note="3"),
    )


def test_lists_of_paragraphs_are_expanded():
    assert list(references.expand("46-48, 50 and 12 (a) and (b)")) == ["46", "47", "48", "50", "12 (a)", "12 (b)"]


@given(st.text(max_size=200))
def test_any_text_is_searched_without_error_and_spans_are_of_the_text(text):
    for each in references.find(text):
        assert 0 <= each.start < each.end <= len(text)
