"""What first pages print, found by plain forms, and documents compared with it."""

from __future__ import annotations

import pytest

from pilcrow.engine.model import AgendaItem, Session
from pilcrow.evaluation.mastheads import masthead_part
from pilcrow.evaluation.printed import printed
from pilcrow.evaluation.raw import Raw
from tests.evaluation.made import corpus_of, figures, read_file

RESOLUTION = (
    "United Nations A/RES/78/228",
    "General Assembly Distr.: General",
    "22 December 2023",
    "Seventy-eighth session",
    "Agenda item 107",
    "Resolution adopted by the General Assembly",
    "on 19 December 2023",
    "78/228. Improving the coordination of efforts",
    "The General Assembly,",
    "Recalling its fifty-fifth session,",
    "Agenda item 12",
)


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (RESOLUTION, {"adoption": "2023-12-19", "distribution": "2023-12-22"}),
        (["Distr.", "GENERAL", "A/49/624", "11 November 1994"], {"distribution": "1994-11-11"}),
        (["102nd plenary meeting", "Thursday, 8 September 2022, 3 p.m."], {"meeting": "2022-09-08"}),
        (["Distr.: General", "Letter dated 7 January 2025 from Chile"], {}),
        (["I have the honour", "22 December 2023"], {}),
    ],
)
def test_dates_are_found_where_they_stand_alone_or_are_said(lines, dates):
    assert printed(lines).dates == dates


@pytest.mark.parametrize(
    ("line", "sessions"),
    [
        ("Seventy-eighth session", {78}),
        ("Seventy-ninth session Eightieth year", {79, 80}),
        ("Tenth emergency special session Eightieth year", {10, 80}),
        ("Fifty-second Year", {52}),
        ("112th session", {112}),
        ("2025 session", {2025}),
        ("First regular session 2025", {2025}),
        ("Annual session 2025", {2025}),
        ("the twenty-third special session of the General Assembly", set()),
        ("Report of the Fortieth session", set()),
    ],
)
def test_sessions_are_found_at_the_beginning_of_a_line(line, sessions):
    assert printed([line]).sessions == sessions


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["Agenda item 107"], {"107"}),
        (["Agenda items 82 and 18"], {"82", "18"}),
        (["Agenda item 18 (a) and (c)"], {"18 (a)", "18 (c)"}),
        (["Agenda item 99 (bb)"], {"99 (bb)"}),
        (["Agenda items 3 (a), (c)", "and (d), and 6"], {"3 (a)", "3 (c)", "3 (d)", "6"}),
        (["Item 116 (c) of the preliminary list*"], {"116 (c)"}),
        (["Items 138 and 139 of the preliminary list**"], {"138", "139"}),
        (["Items 3 to 5 of the provisional agenda"], {"3", "4", "5"}),
        (["Item 2 (b)-(d) of the provisional agenda"], {"2 (b)", "2 (c)", "2 (d)"}),
        (["Agenda items 14, 32,", "60 and 61"], {"14", "32", "60", "61"}),
        (["Item 5 of his letter"], set()),
        (["Provisional agenda item"], set()),
    ],
)
def test_agenda_items_are_found_with_their_letters_and_ranges(lines, items):
    assert printed(lines).agenda == items


def test_what_stands_in_the_body_is_not_printed_in_the_masthead():
    page = printed(RESOLUTION)
    assert (page.sessions, page.agenda) == ({78}, {"107"})


RIGHT = {
    "date": "2023-12-19",
    "date_kind": "adoption",
    "sessions": (Session(key="A/78", label="General Assembly, seventy-eighth session", number=78),),
    "agenda": (AgendaItem(number="107"),),
}


def measured(**fields):
    return masthead_part(corpus_of(read_file("a.pdf", "One.", raw=Raw(pages=1, front=RESOLUTION), **fields)))


def test_a_document_that_agrees_with_its_page_is_right():
    assert figures(measured(**RIGHT)) == {
        "date": (1, 1),
        "session": (1, 1),
        "agenda items": (1, 1),
        "nothing printed was found": (0, 1),
    }


DATES = "printed 2023-12-19 (adoption), 2023-12-22 (distribution)"
TWO_SESSIONS = (*RIGHT["sessions"], Session(key="A/79", label="", number=79))
TWO_ITEMS = (AgendaItem(number="107"), AgendaItem(number="12"))


@pytest.mark.parametrize(
    ("field", "wrong", "case"),
    [
        ("date", {"date_kind": "distribution"}, f"date: a.pdf: 2023-12-19 (distribution); {DATES}"),
        ("date", {"date": ""}, f"date: a.pdf: none; {DATES}"),
        ("session", {"sessions": ()}, "session: a.pdf: none; printed 78"),
        ("session", {"sessions": TWO_SESSIONS}, "session: a.pdf: A/78, A/79; printed 78"),
        ("agenda items", {"agenda": ()}, "agenda items: a.pdf: none; printed 107"),
        ("agenda items", {"agenda": TWO_ITEMS}, "agenda items: a.pdf: 107, 12; printed 107"),
    ],
)
def test_a_document_that_says_otherwise_is_wrong_and_listed(field, wrong, case):
    part = measured(**{**RIGHT, **wrong})
    assert [name for name, (right, of) in figures(part).items() if right < of and "nothing" not in name] == [field]
    assert part.cases == (f"  {case}",)


def test_a_special_session_agrees_by_the_number_in_its_key():
    front = ("Tenth emergency special session",)
    session = Session(key="A/ES-10", label="General Assembly, tenth emergency special session")
    file = read_file("a.pdf", "One.", raw=Raw(pages=1, front=front), sessions=(session,))
    assert figures(masthead_part(corpus_of(file)))["session"] == (1, 1)


def test_a_file_that_prints_nothing_is_not_counted():
    part = masthead_part(corpus_of(read_file("a.pdf", "One.", **RIGHT)))
    assert figures(part) == {
        "date": (0, 0),
        "session": (0, 0),
        "agenda items": (0, 0),
        "nothing printed was found": (1, 1),
    }
