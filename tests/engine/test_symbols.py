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


def test_a_star_says_reissued_and_is_no_part_of_the_symbol():
    assert symbols.parse("A/79/9*") == symbols.Symbol("A/79/9", reissued=True)


def test_joint_symbols_are_all_found():
    joint = [str(each) for each in symbols.parse_joint("E/2025/24-E/CN.3/2025/37")]
    assert joint == ["E/2025/24", "E/CN.3/2025/37"]
    assert [str(each) for each in symbols.parse_joint("A/79/945–S/2025/368")] == ["A/79/945", "S/2025/368"]


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
        ("UNDAW/DESA, and/or 24/7 on 1/2", []),
    ],
)
def test_symbols_are_recognised_in_text_and_resolutions_only_where_the_organ_is_plain(text, expected):
    assert found(text) == expected


def test_an_organs_own_text_means_its_own_resolutions():
    assert found("Recalling its resolution 64/293,", organ="A") == [("A/RES/64/293", "64/293", ())]
    assert found("Recalling its resolution 64/293,") == []


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
