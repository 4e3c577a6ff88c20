"""What a document says of itself before its first paragraph."""

from __future__ import annotations

import pytest

from indexer import masthead, sessions
from indexer.readers.text import blocks
from indexer.segment import segment
from pilcrow.engine.model import AgendaItem, Session

BODY = "\n\n1. This is the first paragraph of the document.\n\n2. And this is the second paragraph of it.\n"


def read(front: str) -> masthead.Masthead:
    whole = blocks(front + BODY)
    return masthead.read(segment(whole).front, whole)


def test_the_masthead_of_a_draft_report_without_a_symbol():
    found = read(
        "Distr.: Limited\n28 January 2010\n\nOriginal: English\n\n---\n\n## Working Group on Trafficking in Persons\n\n"
        "Vienna, 27-29 January 2010\n\n### Draft report\n\n#### Addendum\n"
    )
    assert found.symbols == []
    assert (found.date, found.date_kind) == ("2010-01-28", "distribution")
    assert (found.body, found.type, found.title) == ("CTOC/COP/WG.4", "draft report", "Draft report – Addendum")
    assert (found.original_language, found.place) == ("en", "Vienna")
    assert masthead.sessions(found, found.body) == (
        Session(
            key="CTOC/COP/WG.4/2010-01-27",
            label="Working Group on Trafficking in Persons, 27-29 January 2010",
            body="CTOC/COP/WG.4",
            start="2010-01-27",
            end="2010-01-29",
        ),
    )


def test_the_masthead_of_a_resolution_that_a_converter_ran_together():
    found = read(
        "A/RES/78/228\n\nUnited Nations\n\n# **General Assembly**\n\nDistr.: General 22 December 2023\n\n"
        "**Seventy-eighth session** Agenda item 107 **Crime prevention and criminal justice**\n\n"
        "## **Resolution adopted by the General Assembly on 19 December 2023**\n\n"
        "[ _on the report of the Third Committee (A/78/482, para. 29)_ ]\n\n### **78/228. A better world**\n"
    )
    assert (found.symbols, found.title, found.type) == (["A/RES/78/228"], "A better world", "resolution")
    assert found.agenda == [AgendaItem(number="107", title="Crime prevention and criminal justice")]
    assert (found.date, found.adopted, found.body) == ("2023-12-22", "2023-12-19", "A")


def test_joint_letters_have_both_symbols_and_every_items_title():
    found = read(
        "A/79/770-S/2025/83*\n\n# **General Assembly Security Council**\n\nDistr.: General 5 February 2025\n\n"
        "**General Assembly Seventy-ninth session** Agenda items 32 (a) and 80\n\n**Prevention of conflict**\n\n"
        "**Crimes against humanity**\n\n## **Letter dated 4 February 2025 from a Representative**\n"
    )
    assert (found.symbols, found.reissued) == (["A/79/770", "S/2025/83"], True)
    assert found.agenda == [
        AgendaItem(number="32 (a)", title="Prevention of conflict"),
        AgendaItem(number="80", title="Crimes against humanity"),
    ]
    assert (found.title, found.type) == ("Letter dated 4 February 2025 from a Representative", "letter")


def test_a_report_on_a_meeting_names_body_place_and_dates_in_its_title():
    title = "Report on the meeting of the Working Group on Firearms held in Vienna from 6 to 8 November 2013"
    found = read(f"Conference of the Parties\n\nDistr.: Limited\n26 November 2013\n\n{title}\n")
    assert (found.body, found.place, found.type) == ("CTOC/COP/WG.6", "Vienna", "report")
    assert [(each.start, each.end) for each in found.sessions] == [("2013-11-06", "2013-11-08")]


def test_a_bare_masthead_is_unknown_and_nothing_is_made_up():
    found = read("A paper on something\n")
    assert found == masthead.Masthead(title_lines=["A paper on something"])


@pytest.mark.parametrize(
    ("number", "word"), [(5, "fifth"), (12, "twelfth"), (80, "eightieth"), (78, "seventy-eighth"), (112, "112th")]
)
def test_ordinals_are_read_and_written(number, word):
    assert sessions.ordinal(number) == word
    if number < 100:
        assert sessions.ordinal_value(word.capitalize()) == number
    assert sessions.ordinal_value("49th") == 49
    assert sessions.ordinal_value("next") == 0


def test_titles_in_capitals_on_several_lines_are_whole_and_each_items_own():
    found = read(
        "UNITED NATIONS          A\n\nA/49/700\n\nForty-ninth session\nAgenda items 82 and 18\n\n"
        "ACTIVITIES OF INTERESTS WHICH\nIMPEDE THE GRANTING OF INDEPENDENCE\nIN TERRITORIES OVERSEAS\n\n"
        "IMPLEMENTATION OF THE DECLARATION\nON INDEPENDENCE\n\nReport of the Secretary-General\n"
    )
    assert found.agenda == [
        AgendaItem(
            number="82",
            title="ACTIVITIES OF INTERESTS WHICH IMPEDE THE GRANTING OF INDEPENDENCE IN TERRITORIES OVERSEAS",
        ),
        AgendaItem(number="18", title="IMPLEMENTATION OF THE DECLARATION ON INDEPENDENCE"),
    ]
    assert found.title == "Report of the Secretary-General"


def test_the_day_and_city_of_a_record_on_lines_of_their_own():
    found = read(
        "S/PV.3756\n\n# Security Council\n\nFifty-second Year\n\n**3756**th Meeting\nFriday, "
        "21 March 1997, 6 p.m.\nNew York\n"
    )
    assert (found.date, found.date_kind, found.place, found.title) == (
        "1997-03-21",
        "meeting",
        "New York",
        "3756th Meeting",
    )
    assert [session.label for session in masthead.sessions(found, found.body)] == [
        "Security Council, fifty-second year"
    ]


def test_a_bodys_name_on_several_lines_is_one_and_a_title_may_begin_with_united_nations():
    found = read(
        "United Nations\n\nCTOC/COP/WG.4/2031/3\n\nConference of the Parties to the\nUnited Nations Convention\n"
        "against Transnational\nOrganized Crime\n\nUnited Nations Task Force on Fisheries\n"
    )
    assert found.title == "United Nations Task Force on Fisheries"
    assert found.symbols == ["CTOC/COP/WG.4/2031/3"]


def test_a_symbol_beside_the_organs_name_is_a_symbol_and_no_title():
    found = read("A/80/700 General Assembly\n\nDistr.: General\n\nEightieth session\n\nReport on fisheries\n")
    assert (found.symbols, found.title) == (["A/80/700"], "Report on fisheries")
