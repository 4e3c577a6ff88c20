"""States in running text: what is found, what is not, and exactly which characters."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.states import codes, find_states
from pilcrow.engine import gazetteer
from pilcrow.engine.model import StateMention


def named(text: str, **options: str) -> list[tuple[str, str]]:
    """The mentions in ``text`` as (code, the characters that name it)."""
    found = find_states(text, language=options.get("language", "en"))
    return [(mention.code, text[mention.start : mention.end]) for mention in found]


FOUND = [
    ("Chad, Jordan and Niger", [("TCD", "Chad"), ("JOR", "Jordan"), ("NER", "Niger")]),
    ("in Nigeria and the Niger", [("NGA", "Nigeria"), ("NER", "Niger")]),
    (
        "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea",
        [("GIN", "Guinea"), ("GNB", "Guinea-Bissau"), ("GNQ", "Equatorial Guinea"), ("PNG", "Papua New Guinea")],
    ),
    ("Dominica and the Dominican Republic", [("DMA", "Dominica"), ("DOM", "Dominican Republic")]),
    (
        "Congo, Democratic Republic of the Congo, Denmark",
        [("COG", "Congo"), ("COD", "Democratic Republic of the Congo"), ("DNK", "Denmark")],
    ),
    ("Congo, Democratic Republic of the; Cuba", [("COD", "Congo, Democratic Republic of the"), ("CUB", "Cuba")]),
    ("Congo (Brazzaville) and the DRC.", [("COG", "Congo (Brazzaville)"), ("COD", "DRC")]),
    (
        "Iran (Islamic Republic of), Islamic Republic of Iran, Iran",
        [("IRN", "Iran (Islamic Republic of)"), ("IRN", "Islamic Republic of Iran"), ("IRN", "Iran")],
    ),
    (
        "Venezuela (Bolivarian Republic of) and the Bolivarian Republic of Venezuela",
        [("VEN", "Venezuela (Bolivarian Republic of)"), ("VEN", "Bolivarian Republic of Venezuela")],
    ),
    ("Ireland and Northern Ireland", [("IRL", "Ireland"), ("GBR", "Northern Ireland")]),
    (
        "the United Kingdom of Great Britain and Northern Ireland",
        [("GBR", "United Kingdom of Great Britain and Northern Ireland")],
    ),
    (
        "Republic of Korea, Democratic People’s Republic of Korea, South Korea, DPRK",
        [
            ("KOR", "Republic of Korea"),
            ("PRK", "Democratic People’s Republic of Korea"),
            ("KOR", "South Korea"),
            ("PRK", "DPRK"),
        ],
    ),
    (
        "Swaziland, Turkey, Czech Republic, Burma, Zaire, Cape Verde, Ivory Coast",
        [
            ("SWZ", "Swaziland"),
            ("TUR", "Turkey"),
            ("CZE", "Czech Republic"),
            ("MMR", "Burma"),
            ("COD", "Zaire"),
            ("CPV", "Cape Verde"),
            ("CIV", "Ivory Coast"),
        ],
    ),
    (
        "the former Yugoslav Republic of Macedonia and Macedonia",
        [("MKD", "former Yugoslav Republic of Macedonia"), ("MKD", "Macedonia")],
    ),
    (
        "the Sudan, South Sudan and the United Mexican States",
        [("SDN", "Sudan"), ("SSD", "South Sudan"), ("MEX", "United Mexican States")],
    ),
    (
        "USA, U.S.A., US, the U.S. and UAE",
        [("USA", "USA"), ("USA", "U.S.A."), ("USA", "US"), ("USA", "U.S."), ("ARE", "UAE")],
    ),
    ("the United States Ambassador-at-large", [("USA", "United States")]),
    ("held in Bangkok, Thailand, and in Hong Kong, China", [("THA", "Thailand"), ("CHN", "China")]),
    ("the State of Palestine and the Holy See", [("PSE", "State of Palestine"), ("VAT", "Holy See")]),
    ("the Ministry of Foreign Affairs, France; Payoke (Belgium)", [("FRA", "France"), ("BEL", "Belgium")]),
    ("the Permanent Mission of Ghana to the United Nations", [("GHA", "Ghana")]),
    ("Mission to Kenya of the Special Rapporteur", [("KEN", "Kenya")]),
    ("the Government of France and the Supreme Court of India", [("FRA", "France"), ("IND", "India")]),
    (
        "Chad’s and Peru's reports, the Chile-Peru border",
        [("TCD", "Chad"), ("PER", "Peru"), ("CHL", "Chile"), ("PER", "Peru")],
    ),
    ("TÜRKIYE AND CÔTE D’IVOIRE", [("TUR", "TÜRKIYE"), ("CIV", "CÔTE D’IVOIRE")]),
    ("the Federation of Bosnia and Herzegovina", [("BIH", "Federation of Bosnia and Herzegovina")]),
    ("the Union of Soviet Socialist Republics", [("RUS", "Union of Soviet Socialist Republics")]),
    ("by the Ministry of Justice. Georgia replied", [("GEO", "Georgia")]),
    ("N NORTH MACEDONIA A BELARUS", [("MKD", "NORTH MACEDONIA"), ("BLR", "BELARUS")]),
    ("the State Party of Brazil and the Social Party of Peru", [("BRA", "Brazil")]),
    ("République démocratique du Congo", [("COD", "République démocratique du Congo")]),
    ("Belgium European Union Germany", [("BEL", "Belgium"), ("DEU", "Germany")]),
    ("the US-Morocco agreement, EU-China talks", [("USA", "US"), ("MAR", "Morocco"), ("CHN", "China")]),
    ("the Kingdom of Eswatini (eSwatini)", [("SWZ", "Kingdom of Eswatini"), ("SWZ", "eSwatini")]),
    ("the Central Bank of Brazil and the National Bank of Ukraine", [("BRA", "Brazil"), ("UKR", "Ukraine")]),
    ("Georgia Mr. Levan Example Ms. Nino Example", [("GEO", "Georgia")]),
    ("Complaint by Jordan Draft resolution", [("JOR", "Jordan")]),
    ("The Italian Republic and the Rwandese Republic", [("ITA", "Italian Republic"), ("RWA", "Rwandese Republic")]),
    ("the missions to India and Pakistan, the US-ASEAN talks", [("IND", "India"), ("PAK", "Pakistan"), ("USA", "US")]),
    ("Kenya World Food Programme 12 400", [("KEN", "Kenya")]),
    ("the Office in Chad and Kenya", [("TCD", "Chad"), ("KEN", "Kenya")]),
    ("the Ghana Ministry of Health Programme", [("GHA", "Ghana")]),
    (
        "the Canada Border Agency; Trinidad and the island of Tobago",
        [("CAN", "Canada"), ("TTO", "Trinidad"), ("TTO", "Tobago")],
    ),
    ("the Israel High Court of Justice", [("ISR", "Israel")]),
    ("the State prison, Trinidad", [("TTO", "Trinidad")]),
]

BROKEN = [
    ("France, Qat ar, Turke y, Jap an", ["FRA", "JPN", "QAT", "TUR"]),
    ("Iran (Islamic\nRepublic of)", ["IRN"]),
    ("Thai-\nland", ["THA"]),
    ("Bosnia  and\n Herzegovina", ["BIH"]),
    ("Kazakh-\nstan and Kyr\N{SOFT HYPHEN}gyz\N{SOFT HYPHEN}stan", ["KAZ", "KGZ"]),
    ("Co\u0302te d\u2019Ivoire", ["CIV"]),
    ("SriLanka, Viet-Nam, Vietnam, Timor Leste and Guinea\N{NON-BREAKING HYPHEN}Bissau", ["GNB", "LKA", "TLS", "VNM"]),
    ("Belgium, Slovemia, Uzbekisatn and Uruquay", ["BEL", "SVN", "URY", "UZB"]),
    ("Norway, New Zeland, Unites States and Trinidad & Tobago", ["NOR", "NZL", "TTO", "USA"]),
]

NONE = [
    "the Gulf of Guinea, the Gulf of Mexico, the Sea of Japan and the South China Sea",
    "guinea pigs, a turkey, fine china, a malicious woman",
    "American Samoa, New Mexico, South Georgia and the British Indian Ocean Territory",
    "the Jordan River, the Jordan Valley, Lake Chad, the Niger Delta and Mexico City",
    "Michael Jordan, Mr. Jordan, Chad Smith, A. France, Ms. Georgia Brown and Patricia Ireland",
    "the Council of Europe and the National Council of German Women Organizations",
    "Slovenian, Nigerian, Chadian and Somalis",
    "the Sovereign Military Order of Malta",
    "the Turkish Republic of Northern Cyprus",
    "United Nations Interim Administration Mission in Kosovo",
    "the United Nations Mission in South Sudan and the United Nations Interim Force in Lebanon",
    "the International Criminal Tribunal for Rwanda and the Special Court for Sierra Leone",
    "Bank of China, University of Ghana, National Union of Women Teachers of Peru",
    "Nepal Bar Association, Amnesty International Sweden, Save the Children Norway",
    "the question of Palestine and the Occupied Palestinian Territory",
    "the African Group, Niue, the European Union, Vienna and Doha",
    "I ran to go. Mr. C had been told; Thai land law",
    "US$ 5 million, 300 US dollars and United States dollars; CONTACT US",
    "www.example.org/Kenya, https://example.org/Peru/x and name@Chad.example",
    "the Conference of Non-Governmental Organizations (CoNGO)",
    "the judgment of the Constitutional Court Pl. ÚS 33/96",
    "el Partido de Guinea Ecuatorial, Santa Lucia in Lima",
    "UNITED NATIONS MISSION IN SOUTH SUDAN AND UNIVERSITY OF GHANA",
    "the former Soviet Union and the Socialist Federal Republic of Yugoslavia",
    "ACAT-France and the Bank of Brazil",
    "the Chad Water Supply Programme, the Peru Recovery Fund and the Kenya Learning Platform",
    "the Malta Protection from Abuse and Neglect Network",
    "the Barbados Programme of Action, the Antigua and Barbuda Agenda for Islands and the Djibouti Code of Conduct",
    "the CAR-SSP, the UK-XYZ and Crimean-Congo fever",
    "the United Nations Observer Group in India and Pakistan and the United Nations Mission in Ethiopia and Eritrea",
    "the volcano of Hunga Tonga and the province of West Azerbaijan",
    "United Nations Ghana, Annual Results (UNICEF Ghana, 2024)",
    "Jordan A. Example, Trinidad Example and Ms. Trinidad of La Trinidad",
    "the Latvia Tenants’ Association",
    "the Uruguay Round, the Mauritius Strategy and the Nauru Declaration",
    "Columbia, Granada, Cameron, Angela and Almeria",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_names_a_state_with_the_very_characters(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_finds_a_name_that_layout_or_reading_broke(text: str, expected: list[str]) -> None:
    assert list(codes(find_states(text))) == expected


@pytest.mark.parametrize("text", NONE)
def test_names_no_state(text: str) -> None:
    assert named(text) == []


def test_a_column_of_states_without_commas_holds_no_persons_and_no_organisations() -> None:
    text = "Austria Bulgaria Jordan Kazakhstan Cuba Cyprus Romania Russian Federation"
    assert codes(find_states(text)) == ("AUT", "BGR", "CUB", "CYP", "JOR", "KAZ", "ROU", "RUS")


def test_a_mention_keeps_where_it_stood() -> None:
    assert find_states("See Chad.", where="note", note="12") == (
        StateMention(code="TCD", start=4, end=8, where="note", note="12"),
    )


def test_other_languages_names_are_found_in_their_language() -> None:
    assert named("l’Allemagne et le Tchad", language="fr") == [("DEU", "Allemagne"), ("TCD", "Tchad")]
    assert named("Alemania y España", language="es") == [("DEU", "Alemania"), ("ESP", "España")]
    assert named("Maurice spoke") == []


SAID = [
    (state.code, name.text)
    for state in gazetteer.states()
    for name in state.names
    if name.in_text and name.language == "en" and name.kind != "part"
]


@pytest.mark.parametrize(("code", "name"), SAID)
def test_every_name_is_found_in_a_sentence(code: str, name: str) -> None:
    assert named(f"It noted that {name}, among others, took part.") == [(code, name)]


@pytest.mark.parametrize("gap", ["\n", "  ", " \n "])
def test_every_official_name_is_found_across_a_break(gap: str) -> None:
    for state in gazetteer.states():
        for name in {state.name, state.formal}:
            broken = name.replace(" ", gap)
            assert named(f"It noted that {broken}, among others, took part.") == [(state.code, broken)]


@given(
    st.text()
    | st.lists(
        st.sampled_from(["Chad", "Republic of", "the", " ", ",", "Korea", "(", ")", "US", "$", "\u00ad", "Gui", "nea"])
    ).map(" ".join)
)
def test_spans_lie_within_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in find_states(text):
        assert end <= mention.start < mention.end <= len(text)
        assert gazetteer.state(mention.code)
        end = mention.end


@given(st.lists(st.sampled_from(gazetteer.states()), min_size=1, max_size=12))
def test_a_list_of_states_gives_just_those_states(listed: list[gazetteer.State]) -> None:
    text = ", ".join(state.name for state in listed) + "."
    assert named(text) == [(state.code, state.name) for state in listed]


@pytest.mark.parametrize(
    "piece", ["A", "A ", "Qat ar ", "Chad and ", "Republic of ", "Chad,", "x/", "\u00ad", "Democratic Republic of the "]
)
def test_a_very_long_paragraph_takes_time_in_proportion(piece: str) -> None:
    started = time.process_time()
    find_states(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 5


def test_importing_loads_no_nltk() -> None:
    script = "import sys, indexer.states; sys.exit('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.shared
def test_what_the_gold_notes_of_one_state_say_is_found(shared: Path) -> None:
    lines = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    known = {code for line in lines for key in ("states", "note_states") for code in json.loads(line)[key]}
    listed = ", ".join(gazetteer.state(code).name for code in sorted(known))
    assert codes(find_states(listed)) == tuple(sorted(known))
