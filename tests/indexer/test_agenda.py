"""Which agenda items a paragraph belongs to."""

from __future__ import annotations

import pytest

from indexer.agenda import Agenda, expand, heading_items, items_in
from indexer.segment import Unit
from pilcrow.engine.model import AgendaItem


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Introductory statements were made on agenda items 2 to 5.", ("2", "3", "4", "5")),
        ("Under items 2 and 3, statements were made", ("2", "3")),
        ("Under item 2 of the agenda, the Working Group heard", ("2",)),
        ("considered agenda item 2 (b), entitled", ("2 (b)",)),
        ("its agenda item 71 (a) to (c) and 72", ("71 (a)", "71 (b)", "71 (c)", "72")),
        ("considered item 5 of its agenda", ("5",)),
        ("under item 5 of the agenda of its previous session", ()),
        ("Agenda item 2 of that meeting", ()),
        ("agenda item 4 of the provisional agenda of its tenth session", ()),
        ("The item was considered at 3 meetings", ()),
    ],
)
def test_a_paragraph_says_which_items_it_is_about(text, items):
    assert items_in(text) == items


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        ("Agenda item 2: Implementation of the Protocol", ("2",)),
        ("Items 3 and 4", ("3", "4")),
        ("III. Review of the Convention (agenda item 4 (a))", ("4 (a)",)),
        ("IV. Items for consideration", ()),
        ("Agenda item 66 (continued)", ("66",)),
        ("Agenda items 12 and 114 (concluded)", ("12", "114")),
    ],
)
def test_a_heading_names_its_items(heading, items):
    assert heading_items(heading) == items


def test_lists_of_items_are_expanded():
    assert list(expand("2 to 4, 5 (a) and (b)")) == ["2", "3", "4", "5 (a)", "5 (b)"]


AGENDA = [
    Unit(text="It adopted its provisional agenda:", marker="59", section=("C. Adoption of the agenda",)),
    Unit(text="Organizational matters:", marker="1", parents=("59",), section=("C. Adoption of the agenda",)),
    Unit(text="Opening;", marker="(a)", parents=("59", "1"), section=("C. Adoption of the agenda",)),
    Unit(text="Adoption of the agenda.", marker="(b)", parents=("59", "1"), section=("C. Adoption of the agenda",)),
    Unit(text="Reducing the demand for it.", marker="2", parents=("59",), section=("C. Adoption of the agenda",)),
]


def numbers(units: list[Unit], *, of_document: tuple[AgendaItem, ...] = (), is_agenda: bool = False) -> list[list[str]]:
    agenda = Agenda(units, of_document=of_document, is_agenda=is_agenda)
    return [[item.number for item in agenda.of(at, unit)] for at, unit in enumerate(units)]


def test_headings_with_the_title_of_an_item_and_the_list_itself():
    units = [
        Unit(text="States should act.", section=("II. Recommendations", "B. Reducing the demand for it")),
        Unit(text="On agenda item 1 (a), it heard.", section=("II. Recommendations", "B. Reducing the demand for it")),
        Unit(text="All came.", section=("D. Attendance",)),
        *AGENDA,
    ]
    assert numbers(units) == [["2"], ["1 (a)"], [], ["1 (b)"], ["1"], ["1 (a)"], ["1 (b)"], ["2"]]
    assert Agenda(units, session="A/78").titles[-1] == AgendaItem(
        number="2", session="A/78", title="Reducing the demand for it"
    )


def test_a_section_whose_first_paragraph_considers_an_item_is_about_it_to_its_end():
    units = [
        Unit(text="Rapporteur: Jane Doe"),
        Unit(text="The Conference considered agenda item 2 (b), entitled “It”.", section=("IV. Review", "B. It")),
        Unit(text="More.", section=("IV. Review", "B. It")),
        Unit(text="Still more.", section=("IV. Review", "B. It", "Deliberations")),
        Unit(text="Other.", section=("IV. Review", "C. That")),
    ]
    assert numbers(units) == [[], ["2 (b)"], ["2 (b)"], ["2 (b)"], []]


def test_rows_have_the_items_of_their_column_and_the_masthead_holds_for_the_rest():
    header = ("Document number", "Agenda item", "Title")
    units = [
        Unit(text="A/1 1 (b) Report", cells=("A/1", "1 (b)", "Report"), header=header),
        Unit(text="A/2 Letter", cells=("A/2", "", "Letter"), header=header),
    ]
    assert numbers(units) == [["1 (b)"], []]
    assert numbers(units, of_document=(AgendaItem(number="7"),)) == [["1 (b)"], ["7"]]


def test_an_agenda_document_gives_each_of_its_items_its_own_number():
    units = [
        Unit(text="To convene in New York"),
        Unit(text="Opening.", marker="1"),
        Unit(text="Minute of silence.", marker="2"),
    ]
    assert numbers(units, is_agenda=True) == [[], ["1"], ["2"]]


def test_a_document_under_two_items_stands_under_both_where_a_paragraph_names_one():
    of_document = (AgendaItem(number="82"), AgendaItem(number="18"))
    asked = (
        Unit(text="The Committee considered agenda item 82."),
        Unit(text="It held a debate on agenda items 82 to 84."),
    )
    agenda = Agenda(asked, of_document=of_document)
    assert [[item.number for item in agenda.of(at, unit)] for at, unit in enumerate(asked)] == [
        ["82", "18"],
        ["82", "83", "84"],
    ]


def test_letters_with_half_a_parenthesis_are_sub_items():
    listed = (
        Unit(text="It adopted the following agenda:", marker="9"),
        Unit(text="Organizational matters:", marker="1", parents=("9",)),
        Unit(text="Opening;", marker="a)", parents=("9", "1")),
        Unit(text="Other matters.", marker="2", parents=("9",)),
    )
    assert [item.number for item in Agenda(listed).titles] == ["1", "1 (a)", "2"]


def test_in_a_record_the_title_of_an_item_is_the_heading_below_its_number():
    section = ("Agenda item 5 (continued)", "Oceans and seas", "Draft resolution (A/90/L.1)")
    units = [Unit(text="The President: We shall now hear the next speaker.", section=section)]
    agenda = Agenda(units, session="A/90")
    assert agenda.of(0, units[0]) == (AgendaItem(number="5", session="A/90", title="Oceans and seas"),)


def test_a_heading_that_names_one_item_gives_its_title():
    units = [
        Unit(text="Views were exchanged.", marker="1", section=("Agenda item 3: Demand for services",)),
        Unit(text="Others spoke.", marker="2", section=("Items 4 and 5: Other matters",)),
    ]
    assert Agenda(units, session="A/78").titles == (
        AgendaItem(number="3", session="A/78", title="Demand for services"),
    )
