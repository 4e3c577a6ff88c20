"""Mastheads as a word processor or a printed page gives them: each line a block, headings with their levels."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import masthead
from indexer.blocks import Block, NoteRef
from indexer.segment import segment
from pilcrow.engine.model import AgendaItem


def blocks(lines: str) -> list[Block]:
    """A block for each line: "#2 Title" is a heading of level 2, "a || b" a row, all else text."""
    return [block(line.strip()) for line in lines.strip().splitlines()]


def block(line: str) -> Block:
    if " || " in line:
        return Block(kind="row", text=line.replace(" || ", " "), cells=tuple(line.split(" || ")), whole=True)
    if line.startswith("#"):
        return Block(kind="heading", level=int(line[1]), text=line[3:], whole=True)
    return Block(kind="text", text=line, whole=True)


def read(lines: str, *, more: tuple[Block, ...] = ()) -> masthead.Masthead:
    front = blocks(lines)
    return masthead.read(front, [*front, *more])


def keys(found: masthead.Masthead) -> list[str]:
    return [session.key for session in masthead.sessions(found, found.body)]


def labels(found: masthead.Masthead) -> list[str]:
    return [session.label for session in masthead.sessions(found, found.body)]


JOINT = """
    United Nations
    A/91/770*-S/2036/83*
    #1 General Assembly
    #1 Security Council
    Distr.: General
    5 February 2036
    Original: French
    {columns}
    #3 Prevention of quarrels: prevention of small quarrels
    #3 Offences against fish
    #2 Letter dated 4 February 2036 from a Representative addressed to the Secretary-General
"""


@pytest.mark.parametrize(
    "columns",
    [
        "General Assembly || Security Council\nNinety-first session || Ninety-first year\nAgenda items 32 (a) and 80",
        "General Assembly\nNinety-first session\nAgenda items 32 (a) and 80\nSecurity Council\nNinety-first year",
    ],
)
def test_a_joint_document_has_the_sessions_of_both_organs_and_its_items_titles(columns):
    found = read(JOINT.format(columns=columns))
    assert (found.symbols, found.reissued, found.body) == (["A/91/770", "S/2036/83"], True, "A")
    assert keys(found) == ["A/91", "S/91"]
    assert found.agenda == [
        AgendaItem(number="32 (a)", title="Prevention of quarrels: prevention of small quarrels"),
        AgendaItem(number="80", title="Offences against fish"),
    ]
    assert found.title.startswith("Letter dated 4 February 2036")
    assert found.original_language == "fr"


def test_a_line_set_like_the_sessions_is_the_items_title_and_a_larger_one_the_documents():
    found = read("""
        A/HRC/159/60
        #1 General Assembly
        Distr.: General
        26 June 2075
        #2 Human Rights Council
        #3 One hundred and fifty-ninth session
        16 June–8 July 2075
        Agenda item 3
        #3 Promotion of all rights
        #1 Fishing in ports
        #2 Report of the Special Rapporteur on fish
    """)
    assert found.agenda == [AgendaItem(number="3", title="Promotion of all rights")]
    assert found.title == "Fishing in ports – Report of the Special Rapporteur on fish"
    assert labels(found) == ["Human Rights Council, 159th session, 16 June-8 July 2075"]
    assert (found.date, found.type) == ("2075-06-26", "report")


def test_an_item_without_a_title_takes_none_from_the_document():
    found = read("""
        E/ICEF/2035/19
        #1 Economic and Social Council
        Distr.: Limited
        9 May 2035
        For decision
        35-07314 (E)
        #2 United Nations Children’s Fund
        Executive Board
        #3 Annual session 2035
        10–13 June 2035
        Item 5 of the provisional agenda*
        #1 Annual report on kites
    """)
    assert (found.agenda, found.title) == ([AgendaItem(number="5")], "Annual report on kites")
    name = "Executive Board of the United Nations Children’s Fund"
    assert labels(found) == [f"{name}, annual session 2035, 10-13 June 2035"]


def test_one_items_title_on_two_lines_is_whole_and_titles_that_do_not_fit_the_items_are_given_to_none():
    front = (
        "Fifth session\nItem{} of the provisional agenda\n#3 Kites\n#3 Report on kites\n#1 Wind\n#2 Note by the Chair"
    )
    one = read(f"E/CN.18/2035/2\nDistr.: General\n#3 {front.format(' 6 (b)')}")
    three = read(f"E/CN.18/2035/2\nDistr.: General\n#3 {front.format('s 3 (a), (c) and 6')}")
    assert one.agenda == [AgendaItem(number="6 (b)", title="Kites – Report on kites")]
    assert three.agenda == [AgendaItem(number=number) for number in ("3 (a)", "3 (c)", "6")]
    assert one.title == three.title == "Wind – Note by the Chair"


def test_a_main_committees_report_has_its_items_title_above_it_however_large():
    found = read("""
        A/58/601
        Distr.: General
        #3 Fifty-eighth session
        Agenda item 87
        #1 Information on kites
        #2 Report of the Committee on Wind (Ninth Committee)
    """)
    assert found.agenda == [AgendaItem(number="87", title="Information on kites")]
    assert found.title == "Report of the Committee on Wind (Ninth Committee)"


def test_a_draft_without_another_title_is_called_by_its_submission():
    front = "A/80/L.999\nDistr.: Limited\n#3 Eightieth session\nAgenda item 15\n#3 Kites\n"
    alone = read(f"{front}#3 Draft resolution submitted by the President of the General Assembly")
    titled = read(f"{front}#3 Draft decision submitted by the Chair\n#2 Lift")
    assert (alone.title, alone.type) == (
        "Draft resolution submitted by the President of the General Assembly",
        "draft resolution",
    )
    assert (titled.title, titled.type) == ("Lift", "draft decision")
    assert [item.title for item in (*alone.agenda, *titled.agenda)] == ["Kites", "Kites"]


COVER = """
    #6 A/95/48
    #1 United Nations
    #1 Report of the Committee against Torture
    #1 Ninety-ninth session
    #1 (2–13 December 2039)
    #1 One hundredth session
    #1 (7–17 April 2040)
    #1 General Assembly
    #1 Official Records Ninety-fifth Session Supplement No. 48
    General Assembly Official Records Ninety-fifth Session Supplement No. 48 || A/95/48
    #1 Report of the Committee against Torture
    #1 Ninety-ninth session
    #1 (2–13 December 2039)
    #4 United Nations • New York, 2040
    Note
"""


def test_a_supplements_cover_has_the_organs_session_and_those_reported_on():
    found = read(COVER, more=(Block(kind="text", text="[1 July 2040]"),))
    assert keys(found) == ["A/95", "CAT/C/99", "CAT/C/100"]
    assert (found.date, found.date_kind, found.title) == (
        "2040-07-01",
        "distribution",
        "Report of the Committee against Torture",
    )
    assert labels(found)[1] == "Committee against Torture, ninety-ninth session, 2-13 December 2039"


def test_a_supplement_without_a_day_has_the_year_of_its_imprint():
    assert read(COVER).date == "2040"


def test_a_councils_supplement_is_called_by_the_body_that_reports():
    found = read("""
        E/2035/24-E/CN.3/2035/37
        #1 Statistical Commission
        #1 Report on the sixty-sixth session
        #1 (4–7 March 2035)
        #1 Economic and Social Council
        #1 Official Records, 2035 Supplement No. 4
        #4 United Nations • New York, 2035
    """)
    assert found.symbols == ["E/2035/24", "E/CN.3/2035/37"]
    assert found.title == "Statistical Commission – Report on the sixty-sixth session (4–7 March 2035)"
    assert labels(found) == [
        "Economic and Social Council, 2035 session",
        "Statistical Commission, sixty-sixth session, 4-7 March 2035",
    ]


def test_a_resolution_has_the_day_of_its_distribution_and_that_of_its_adoption():
    found = read("""
        A/RES/S-42/1
        #1 General Assembly
        Distr.: General
        7 June 2051
        #3 Forty-second special session
        Agenda item 8
        #3 Kites
        #1 Resolution adopted by the General Assembly on 2 June 2051
        #6 [without reference to a Main Committee (A/S-42/L.1)]
        #2 S-42/1. Our common kites
    """)
    assert (found.date, found.date_kind, found.adopted) == ("2051-06-07", "distribution", "2051-06-02")
    assert (found.title, labels(found)) == ("Our common kites", ["General Assembly, forty-second special session"])


def test_a_resolution_that_says_only_when_it_was_adopted_has_that_day():
    found = read(
        "S/RES/3999 (2040)\nResolution 3999 (2040)\nAdopted by the Security Council at its 9th meeting, on 3 May 2040"
    )
    assert (found.date, found.date_kind, found.adopted) == ("2040-05-03", "adoption", "2040-05-03")
    assert found.title == "Resolution 3999 (2040)"


@pytest.mark.parametrize(
    ("session", "key", "label"),
    [
        ("2035 session\n25 July 2034–30 July 2035", "E/C.2/2035", "2035 session, 25 July 2034-30 July 2035"),
        ("2035 regular session\nNew York, 20–24 and 29 January 2035", "E/C.2/2035", "2035 session, 20-29 January 2035"),
        ("2035 resumed session", "E/C.2/2035-resumed", "resumed session 2035"),
        ("First regular session 2035", "E/C.2/2035-1", "first regular session 2035"),
        ("Annual Session 2035\n2 to 5 June 2035, New York", "E/C.2/2035-annual", "annual session 2035, 2-5 June 2035"),
        ("Tenth emergency special session", "E/C.2/ES-10", "tenth emergency special session"),
        (
            "Fifteenth meeting\nMontreal, Canada, 7–19 December 2032",
            "E/C.2/15",
            "fifteenth session, 7-19 December 2032",
        ),
    ],
)
def test_sessions_are_called_as_they_are_printed(session, key, label):
    found = read(f"E/C.2/2035/1\nDistr.: General\n{session}\n#1 Kites")
    assert (keys(found), found.title) == ([key], "Kites")
    assert labels(found) == [f"Committee on Non-Governmental Organizations, {label}"]


def test_a_star_whose_note_says_something_else_is_no_reissue():
    front = "A/95/6 (Sect. 13)/Part A*\nDistr.: General\n#3 Ninety-fifth session\n#1 Kites"
    note = Block(kind="note", marker="*", text="The present document will be replaced.")
    assert read(front).reissued
    assert not read(front, more=(note,)).reissued
    reissued = Block(kind="note", marker="*", text="Reissued for technical reasons on 4 May 2040.")
    assert read(front, more=(reissued,)).reissued


def test_a_star_beside_the_symbol_that_the_reader_took_out_is_one_all_the_same():
    symbol = Block(kind="text", text="A/95/9", refs=(NoteRef(marker="*", at=6),))
    assert masthead.read([symbol]).reissued


def test_a_meetings_record_is_called_by_its_meeting_and_not_by_what_it_was_about():
    found = read("""
        S/PV.13756
        #1 Security Council
        Provisional Ninety-second Year
        13756th Meeting
        Friday, 21 March 2037, 6 p.m.
        New York
        #1 Agenda
        The situation of kites
    """)
    assert (found.title, found.type, found.place) == ("13756th Meeting", "verbatim record", "New York")
    assert (found.date, found.date_kind, keys(found)) == ("2037-03-21", "meeting", ["S/92"])


def test_a_summary_record_says_where_it_sat():
    found = read("""
        A/C.5/99/SR.3
        #1 General Assembly
        #3 Ninety-ninth session
        Official Records
        #2 Fifth Committee
        #1 Summary record of the 3rd meeting
        Held at Headquarters, New York, on Thursday, 10 October 2044, at 10 a.m.
    """)
    assert (found.date, found.date_kind, found.place) == ("2044-10-10", "meeting", "New York")
    assert (found.title, found.type, found.body) == ("Summary record of the 3rd meeting", "summary record", "A/C.5")


def test_a_conventions_name_in_the_letterhead_is_no_title():
    found = read("""
        CEDAW/C/PER/CO/9
        #1 Convention on Something Else
        Distr.: General
        18 November 2036
        #2 Committee on the Elimination of Discrimination against Women
        #1 Concluding observations on the ninth periodic report of Peru
    """)
    assert (found.title, found.body, found.type) == (
        "Concluding observations on the ninth periodic report of Peru",
        "CEDAW/C",
        "concluding observations",
    )


def test_columns_that_a_page_interleaves_are_read_one_after_the_other():
    found = read("""
        Convention to Combat || Distr.
        Desertification || GENERAL
        ICCD/COP(18)/CST/8 10 July 2037
        ENGLISH ORIGINAL: FRENCH
        CONFERENCE OF THE PARTIES Committee on Science and Technology Eighth session
        Madrid, 4–6 September 2037
        Item 4.8.1 of the provisional agenda
        #1 Kites
    """)
    assert (found.symbols, found.date, found.title) == (["ICCD/COP(18)/CST/8"], "2037-07-10", "Kites")
    assert (found.original_language, found.place) == ("fr", "Madrid")
    assert [item.number for item in found.agenda] == ["4.8.1"]


def test_the_title_of_an_item_that_stands_in_parentheses_below_it():
    found = read("""
        E/AC.51/2035/L.4/Add.32
        Distr.: Limited
        Committee for Programme and Coordination
        #3 Seventy-fifth session
        New York, 12 May–13 June 2035
        #1 Draft report
        #3 Addendum
        #1 Questions of kites
        #6 (Item 3 (b))
    """)
    assert found.agenda == [AgendaItem(number="3 (b)", title="Questions of kites")]
    assert (found.title, found.type, found.place) == ("Draft report – Addendum", "draft report", "New York")


def test_the_body_begins_at_officers_at_figures_below_the_title_and_at_no_footnote():
    front = "A/95/9\nDistr.: General\n#3 Ninety-fifth session\n{}#1 List of kites\n"
    officers = segment(blocks(front.format("") + "#2 CHAIRPERSON\nMs. Doe (Peru)\nMr. Roe (Chad)"))
    figures = segment(blocks(front.format("") + "Appropriation || $1,000\nExpenditure || $900"))
    noted = segment(
        blocks(front.format("* Kites are issued without formal editing of any kind.\n") + "1. First.\n2. Next.")
    )
    assert [unit.text for unit in officers.units] == ["Ms. Doe (Peru)", "Mr. Roe (Chad)"]
    assert [unit.text for unit in figures.units] == ["Appropriation $1,000", "Expenditure $900"]
    assert masthead.read(noted.front).title == "List of kites"


def test_a_document_in_several_languages_is_in_the_only_one_that_it_says():
    assert read("A/AC.182/2035/INF/1\nDistr.: General\nEnglish only\n#1 LIST OF PARTICIPANTS").language == "en"


@pytest.mark.parametrize(
    "line",
    [
        "Items " + "1 and " * 60 + "x!",
        "General Assembly " * 400,
        "1 and 2 and 3, " * 200 + " January 2020",
        "Agenda item " + "3 (a), " * 300 + "x!",
        "A" + "/1 (Part I)" * 200 + "?",
        "one hundred and " * 100 + "session",
    ],
)
def test_no_line_however_odd_takes_long(line):
    began = time.perf_counter()
    masthead.read([Block(kind="text", text=line), Block(kind="row", text=line, cells=(line, line))])
    assert time.perf_counter() - began < 2


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_lines_are_read_without_error(lines):
    found = masthead.read([Block(kind="text", text=line) for line in lines])
    assert masthead.sessions(found, found.body) is not None
    assert isinstance(found.title, str)


@pytest.mark.parametrize("heading", ["Agenda item 13", "Reports of the Ninth Committee"])
def test_the_first_heading_below_a_meetings_number_and_day_is_of_its_record(heading):
    cut = segment(
        blocks(
            "#1 General Assembly\n#3 Ninety-fourth session\n121st plenary meeting\n"
            "#3 Monday, 13 September 2040, 3 p.m. New York\nA/94/PV.121\n#3 Official Records\n"
            f"#3 {heading}\nThe President: Members will recall the kites."
        )
    )
    found = masthead.read(cut.front)
    assert (found.title, found.place, found.agenda) == ("121st plenary meeting", "New York", [])
    assert heading in cut.units[0].section


def test_a_body_that_the_table_does_not_know_is_no_title_and_its_session_not_the_organs():
    lines = """
        A/AC.999/{}
        #1 General Assembly
        Distr.: General
        3 May 2040
        #2 Ad Hoc Committee on Kites
        Third session
        Vienna, 1–4 June 2040
        Item 5 of the provisional agenda
        #3 LIFT AND DRAG
        Progress report by the secretariat
    """
    found = read(lines.format("2"))
    assert (found.title, found.agenda) == (
        "LIFT AND DRAG – Progress report by the secretariat",
        [AgendaItem(number="5")],
    )
    assert (keys(found), found.place) == (["A/AC.999/3"], "Vienna")
    assert keys(read(lines.replace("A/AC.999/{}", "A/95/{}").format("2"))) == ["A/95"]
