"""The gazetteer: every State under every name, and nothing guessed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import gazetteer
from pilcrow.engine.gazetteer import Region, State

LOOKUPS = [
    ("Iran (Islamic Republic of)", "IRN"),
    ("islamic republic of iran", "IRN"),
    ("Bolivarian Republic of Venezuela", "VEN"),
    ("Venezuela", "VEN"),
    ("Türkiye", "TUR"),
    ("turkiye", "TUR"),
    ("Turkey", "TUR"),
    ("Swaziland", "SWZ"),
    ("Macedonia", "MKD"),
    ("the former Yugoslav Republic of Macedonia", "MKD"),
    ("Czech Republic", "CZE"),
    ("Burma", "MMR"),
    ("Zaire", "COD"),
    ("Congo", "COG"),
    ("Democratic Republic of Congo", "COD"),
    ("Cape Verde", "CPV"),
    ("Ivory Coast", "CIV"),
    ("Côte d’Ivoire", "CIV"),
    ("COTE D'IVOIRE", "CIV"),
    ("Upper Volta", "BFA"),
    ("Dahomey", "BEN"),
    ("Ceylon", "LKA"),
    ("Kampuchea", "KHM"),
    ("Byelorussian SSR", "BLR"),
    ("Libyan Arab Jamahiriya", "LBY"),
    ("Western Samoa", "WSM"),
    ("Soviet Union", "RUS"),
    ("USA", "USA"),
    ("U.S.A.", "USA"),
    ("uk", "GBR"),
    ("Northern Ireland", "GBR"),
    ("the Gambia", "GMB"),
    ("The Netherlands", "NLD"),
    ("St Kitts & Nevis", "KNA"),
    ("Trinidad & Tobago", "TTO"),
    ("Viet-Nam", "VNM"),
    ("North Korea", "PRK"),
    ("South Korea", "KOR"),
    ("Palestine", "PSE"),
    ("Vatican", "VAT"),
    ("Allemagne", "DEU"),
    ("España", "ESP"),
    ("de", "DEU"),
    ("NER", "NER"),
    ("566", "NGA"),
]


@pytest.mark.parametrize(("name", "code"), LOOKUPS)
def test_a_name_in_any_form_is_looked_up(name: str, code: str) -> None:
    found = gazetteer.lookup(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "name", ["", "the", "Niue", "Kosovo", "Yugoslavia", "Europe", "Nigerr", "Slovenian", "Atlantis"]
)
def test_what_is_no_state_is_not_looked_up(name: str) -> None:
    assert gazetteer.lookup(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Europe", "150"),
        ("africa", "002"),
        ("Latin America", "419"),
        ("GRULAC", "grulac"),
        ("WEOG", "weog"),
        ("Eastern European Group", "eastern-european"),
        ("the Group of African States", "african"),
        ("Micronesia", "FSM"),
        ("Georgia", "GEO"),
        ("145", "145"),
    ],
)
def test_regions_and_groups_resolve_and_states_go_before_them(name: str, code: str) -> None:
    found = gazetteer.resolve(name)
    assert isinstance(found, State | Region)
    assert found.code == code


def test_there_are_193_members_and_two_observers() -> None:
    observers = [state.code for state in gazetteer.states() if state.observer]
    assert (len(gazetteer.states()), observers) == (195, ["PSE", "VAT"])
    assert [state.code for state in gazetteer.states()] == sorted({state.code for state in gazetteer.states()})


def test_each_state_has_its_region_and_its_group() -> None:
    kenya = gazetteer.state("KEN")
    assert (kenya.sub_region, kenya.region, kenya.group, kenya.m49) == ("014", "002", "african", "404")
    for state in gazetteer.states():
        assert gazetteer.region(state.region).parent == ""
        assert gazetteer.region(state.group).kind == "group"


def test_members_of_a_region_count_those_of_the_regions_within() -> None:
    assert gazetteer.state("KEN") in gazetteer.members("202")
    assert len(gazetteer.members("eastern-european")) == 23
    assert gazetteer.members("nowhere") == ()
    continents = [each.code for each in gazetteer.regions() if each.kind == "region" and not each.parent]
    assert sum(len(gazetteer.members(code)) for code in continents) == 195


def test_no_name_belongs_to_two_states() -> None:
    owners: dict[str, set[str]] = {}
    for state in gazetteer.states():
        for name in state.names:
            owners.setdefault(gazetteer.fold(name.text), set()).add(state.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_a_state_that_is_no_more_offers_its_successors() -> None:
    assert [state.code for state in gazetteer.successors("Czechoslovakia")] == ["CZE", "SVK"]
    assert gazetteer.successors("Kenya") == ()


def test_a_misspelling_is_only_suggested_never_taken() -> None:
    assert gazetteer.lookup("Nigria") is None
    assert gazetteer.nearest("Nigria")[0] == "Nigeria"
    assert gazetteer.nearest("Belarsu")[0] == "Belarus"
    assert gazetteer.nearest("Afrca")[0] == "Africa"
    assert gazetteer.nearest("xyzzy") == ()


@given(
    st.sampled_from([(s, n) for s in gazetteer.states() for n in s.names if n.language == "en"]),
    st.sampled_from([str.upper, str.lower, "the {}".format, " {} ".format]),
)
def test_case_article_and_space_change_nothing(named: tuple[State, gazetteer.Name], change: object) -> None:
    state, name = named
    assert callable(change)
    assert gazetteer.lookup(change(name.text)) == state


@given(st.text())
def test_any_string_can_be_asked_for(text: str) -> None:
    gazetteer.resolve(text)
    assert len(gazetteer.nearest(text[:40])) <= 3


def test_importing_reads_no_data() -> None:
    script = "from pilcrow.engine import gazetteer as g; assert g._states.cache_info().currsize == 0"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
