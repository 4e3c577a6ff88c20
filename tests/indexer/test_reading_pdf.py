"""PDF files without structure: what print shows, by indents, spaces, sizes and rules, becomes what was written."""

from __future__ import annotations

import pytest

from indexer.blocks import Block, NoteRef
from indexer.segment import segment
from tests.indexer.docx_made import shown
from tests.indexer.pdf_made import BOLD, ITALIC, LEFT, SMALL, TOP, WIDTH, Made, Page, Type

SET_IN = Type(first=36)
CRIME = (
    "Trafficking in persons is a serious crime that affects every region of the world, and States have agreed to "
    "investigate it and to protect its victims in accordance with the Protocol of 2000."
)
GUARDS = "Border guards and labour inspectors were trained by the Office in the course of 2024."


def report(pages: int = 2) -> tuple[Made, list[Page]]:
    """Pages as the Secretariat prints them: running heads from the second on, page numbers, job numbers."""
    made = Made()
    for number in range(1, pages + 1):
        page = made.page()
        if number > 1:
            page.text((LEFT, 748), "A/80/100", BOLD)
            if pages > 2:
                page.text((420, 748), "Trafficking in persons", SMALL)
        page.text((LEFT, 40), f"{number}/{pages}", SMALL)
        page.text((490, 40), "25-01234", SMALL)
    return made, made.pages


def one(*paragraphs: str, how: Type = SET_IN) -> list[Block]:
    """The blocks of a page with ``paragraphs``, one below the other."""
    made = Made()
    page, y = made.page(), TOP
    for words in paragraphs:
        y = page.paragraph((LEFT, y), words, how) - 6
    return made.blocks()


def test_lines_of_a_paragraph_are_joined_and_its_place_is_kept():
    assert one(f"1. {CRIME}", f"2. {GUARDS} {CRIME}") == [
        Block(kind="text", text=f"1. {CRIME}", page=1, whole=True, unsure=True),
        Block(kind="text", text=f"2. {GUARDS} {CRIME}", page=1, whole=True, unsure=True),
    ]


@pytest.mark.parametrize("gap", [0, 6])
def test_a_first_line_set_in_begins_a_paragraph_whether_or_not_space_stands_above(gap):
    made = Made()
    page, y = made.page(), TOP
    for words in (CRIME, GUARDS + " " + CRIME, CRIME):
        y = page.paragraph((LEFT, y), words, SET_IN) - gap
    assert shown(made.blocks()) == [f"text {CRIME}", f"text {GUARDS} {CRIME}", f"text {CRIME}"]


def test_a_sentence_that_a_page_cuts_is_one_paragraph_with_the_page_that_it_begins_on():
    made, (first, second) = report()
    first.paragraph((LEFT, TOP), f"1. {GUARDS} {CRIME}", SET_IN)
    first.paragraph((LEFT, 100), f"2. {CRIME} The Office, in its work on", SET_IN)
    y = second.paragraph((LEFT, TOP), "the root causes of the crime, also met with Chile and Peru.")
    second.paragraph((LEFT, y - 6), f"3. {GUARDS} {CRIME}", SET_IN)
    assert made.blocks() == [
        Block(kind="text", text=f"1. {GUARDS} {CRIME}", page=1, whole=True, unsure=True),
        Block(
            kind="text",
            text=f"2. {CRIME} The Office, in its work on the root causes of the crime, also met with Chile and Peru.",
            page=1,
            whole=True,
            unsure=True,
        ),
        Block(kind="text", text=f"3. {GUARDS} {CRIME}", page=2, whole=True, unsure=True),
    ]


@pytest.mark.parametrize("set_in", [True, False])
def test_at_a_sentence_end_the_first_line_of_the_next_page_says_by_its_indent_whether_it_begins_anew(set_in):
    made, (first, second) = report()
    full = f"{CRIME} {GUARDS} Of the fourteen States that had answered by the end of May, no fewer than nine were "
    full += "European, and all of those but one had sent in their answers also to all other questions."
    first.paragraph((LEFT, TOP), f"1. {CRIME} {GUARDS}", SET_IN)
    first.paragraph((LEFT, 100), full, Type(first=36, justified=True))
    second.paragraph((LEFT, TOP), f"{GUARDS} {CRIME}", Type(first=36 if set_in else 0))
    parts = [full, f"{GUARDS} {CRIME}"]
    assert shown(made.blocks())[1:] == [f"text {each}" for each in (parts if set_in else [" ".join(parts)])]


def test_what_stands_on_every_page_is_in_no_block():
    made, pages = report(5)
    for number, page in enumerate(pages, 1):
        page.paragraph((LEFT, TOP), f"{number}. {CRIME}", SET_IN)
    assert shown(made.blocks()) == [f"text {n}. {CRIME}" for n in range(1, 6)]


def test_raised_figures_are_note_markers_and_powers_and_endings_are_not():
    text = "1. The 21{st} session,{3} held in an area of 40 km{2},{4} counted CO{2} in its 2{nd} report.{5, 6}"
    assert one(f"{text} {CRIME}") == [
        Block(
            kind="text",
            text=f"1. The 21st session, held in an area of 40 km2, counted CO2 in its 2nd report. {CRIME}",
            refs=(
                NoteRef(marker="3", at=20),
                NoteRef(marker="4", at=47),
                NoteRef(marker="5", at=78),
                NoteRef(marker="6", at=78),
            ),
            page=1,
            whole=True,
            unsure=True,
        )
    ]


def test_notes_below_their_rule_are_blocks_after_the_text_and_may_go_on_overleaf():
    made, (first, second) = report()
    first.paragraph((LEFT, TOP), f"1. {CRIME}{{1}} {GUARDS}{{2}} The paragraph goes on to", SET_IN)
    first.rule(LEFT, LEFT + 144, 130)
    y = first.paragraph((LEFT, 118), "{1} United Nations, Treaty Series, vol. 2237, No. 39574.", SMALL)
    first.paragraph((LEFT, y), "{2} See the note by the Secretariat on the guidance for those who", SMALL)
    y = second.paragraph((LEFT, TOP), "the next page of this report.")
    second.paragraph((LEFT, y - 6), f"2. {GUARDS}{{3}}", SET_IN)
    second.rule(LEFT, LEFT + 144, 130)
    y = second.paragraph((LEFT, 118), "investigate the crime in Chile.", SMALL)
    second.paragraph((LEFT, y), "{3} A/79/1.", SMALL)
    blocks = made.blocks()
    assert shown(blocks) == [
        f"text 1. {CRIME}{{1}} {GUARDS}{{2}} The paragraph goes on to the next page of this report.",
        "note 1 United Nations, Treaty Series, vol. 2237, No. 39574.",
        "note 2 See the note by the Secretariat on the guidance for those who",
        f"text 2. {GUARDS}{{3}}",
        "note investigate the crime in Chile.",
        "note 3 A/79/1.",
    ]
    assert [[(note.marker, note.text) for note in unit.notes] for unit in segment(blocks).units] == [
        [
            ("1", "United Nations, Treaty Series, vol. 2237, No. 39574."),
            ("2", "See the note by the Secretariat on the guidance for those who investigate the crime in Chile."),
        ],
        [("3", "A/79/1.")],
    ]


def test_notes_in_smaller_type_need_no_rule_and_those_of_the_1990s_have_a_stroke():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {CRIME} {GUARDS} 1/", SET_IN)
    page.paragraph((LEFT, y - 6), f"2. {GUARDS} {CRIME} 2/", SET_IN)
    y = page.paragraph(
        (LEFT, 110), "1/ A/49/23 (Part III), chap. IV, and the statements that were made upon its adoption.", SMALL
    )
    page.paragraph((LEFT, y), "2/ See A/46/634/Rev.1.", SMALL)
    assert shown(made.blocks()) == [
        f"text 1. {CRIME} {GUARDS}{{1}}",
        f"text 2. {GUARDS} {CRIME}{{2}}",
        "note 1 A/49/23 (Part III), chap. IV, and the statements that were made upon its adoption.",
        "note 2 See A/46/634/Rev.1.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the investi-", "gation of crimes", "the investigation of crimes"),
        ("a follow-", "up report to it", "a follow-up report to it"),
        ("all troop- and police-", "contributing countries", "all troop- and police-contributing countries"),
        ("in troop-", "and police-contributing countries", "in troop- and police-contributing countries"),
        ("the investi\xad", "gation of crimes", "the investigation of crimes"),
        ("the period 2024–", "2025 was quiet", "the period 2024–2025 was quiet"),
        ("between States –", "and others – the", "between States – and others – the"),
        ("men and/", "or women", "men and/or women"),
    ],
)
def test_what_ends_a_line_in_a_hyphen_or_dash_is_mended_as_it_was_written(first, second, whole):
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"{CRIME} An investigation is a follow-up.")
    page.text((LEFT, 600), f"The report, as all that came before it, is about {first}")
    page.text((LEFT, 588), f"{second}, and about nothing else in the whole wide world that can be seen by the reader.")
    assert shown(made.blocks())[1:] == [
        f"text The report, as all that came before it, is about {whole}, and about nothing else in the whole wide "
        "world that can be seen by the reader."
    ]


def test_ligatures_are_letters_and_a_hyphen_is_one_whatever_its_code():
    assert shown(one("1. The ofﬁcer in conﬂict zones met the co\xadordinator.")) == [
        "text 1. The officer in conflict zones met the co-ordinator."
    ]


def test_words_are_set_apart_as_they_are_seen_and_not_as_the_file_cuts_them():
    made = Made()
    page, x = made.page(), LEFT
    for words, gap in [
        ("1. Victims ", 0),
        ("o", 0),
        ("f", 2.5),
        ("trafficking", 0.4),
        (",", 2.5),
        ("Li", 0.9),
        ("ma", 2.4),
        ("2024.", 0),
    ]:
        page.text((x, TOP), words)
        x += Type().width(words) + gap
    made_wide = "2. In a justified line the words stand far from each other, and it is one line for all that."
    page.text((LEFT, TOP - 30), "2. In a justified line the words")
    page.text((LEFT + 132, TOP - 30), "stand far")
    page.text((LEFT + 182, TOP - 30), "from each other, and it is one line for all that.")
    assert shown(made.blocks()) == ["text 1. Victims of trafficking, Lima 2024.", f"text {made_wide}"]


def test_a_bullet_or_letter_set_apart_belongs_to_the_text_on_its_right():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {CRIME} States should:", SET_IN) - 6
    for marker, words in (("•", "Adopt laws that cover all forms of the crime;"), ("•", f"{GUARDS[:-1]};")):
        page.text((LEFT + 36, y), marker)
        y = page.paragraph((LEFT + 54, y), words, Type(), WIDTH - 54) - 6
    for marker, words in (("(a)", "Train judges;"), ("(b)", f"{GUARDS[:-1]};"), ("(i)", "At home;")):
        page.text((LEFT + 36, y), marker)
        y = page.paragraph((LEFT + 60, y), words, Type(), WIDTH - 60) - 6
    assert shown(made.blocks()) == [
        f"text 1. {CRIME} States should:",
        "text - Adopt laws that cover all forms of the crime;",
        f"text - {GUARDS[:-1]};",
        "text (a) Train judges;",
        f"text (b) {GUARDS[:-1]};",
        "text (i) At home;",
    ]


def test_headings_are_told_by_bold_type_and_their_depth_by_its_size():
    made = Made()
    page = made.page()
    page.text((LEFT, 690), "I. Introduction", Type(size=14, font="bold"))
    page.text((LEFT, 660), "A. Mandate of the Office", Type(size=12, font="bold"))
    page.text((LEFT, 640), "Vacancies", BOLD)
    page.paragraph((LEFT, 620), f"1. {CRIME}", SET_IN)
    page.text((LEFT, 560), "<b>The Committee recommends approval of the proposals.</b>")
    assert shown(made.blocks()) == [
        "heading1 I. Introduction",
        "heading2 A. Mandate of the Office",
        "heading3 Vacancies",
        f"text 1. {CRIME}",
        "text The Committee recommends approval of the proposals.",
    ]


def test_a_list_of_contents_with_its_leaders_is_left_out():
    made, (first, second) = report()
    first.text((LEFT, TOP), "Contents", BOLD)
    for number, title in enumerate(["I. Introduction", "II. Prevention", "III. Protection", "IV. Recommendations"]):
        y = TOP - 30 - 14 * number
        first.text((LEFT, y), f"{title} {'.' * (90 - len(title))}")
        first.text((LEFT + WIDTH - 10, y), str(number + 2))
    second.text((LEFT, TOP), "I. Introduction", Type(size=14, font="bold"))
    second.paragraph((LEFT, TOP - 24), f"1. {CRIME}", SET_IN)
    units = segment(made.blocks()).units
    assert [(unit.section, unit.marker, unit.text) for unit in units] == [(("I. Introduction",), "1", CRIME)]


def test_a_summary_box_is_paragraphs():
    made = Made()
    page = made.page()
    page.rule(LEFT, LEFT + WIDTH, 640)
    page.text((LEFT + 200, 620), "Summary", ITALIC)
    y = page.paragraph((LEFT + 20, 600), CRIME, Type(first=20), WIDTH - 40) - 6
    y = page.paragraph((LEFT + 20, y), f"{GUARDS} {CRIME}", Type(first=20), WIDTH - 40)
    page.rule(LEFT, LEFT + WIDTH, y)
    page.paragraph((LEFT, y - 40), f"1. {CRIME}", SET_IN)
    assert [(block.kind, block.text) for block in made.blocks()] == [
        ("text", "Summary"),
        ("text", CRIME),
        ("text", f"{GUARDS} {CRIME}"),
        ("text", f"1. {CRIME}"),
    ]


def test_the_date_that_runs_on_a_short_record_is_left_out():
    made, (first, second) = report()
    first.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN)
    second.text((300, 748), "01/10/2024", SMALL)
    second.paragraph((LEFT, TOP), f"2. {CRIME}", SET_IN)
    assert shown(made.blocks()) == [f"text 1. {CRIME}", f"text 2. {CRIME}"]


def test_items_whose_first_line_hangs_out_are_whole():
    made = Made()
    page, hanging = made.page(), Type(font="typed", rest=48)
    y = page.paragraph((LEFT, TOP), f"1. {GUARDS} {CRIME}", Type(font="typed", first=36))
    for words in (f"1993 - {CRIME}", f"1994 - {GUARDS} {CRIME}"):
        y = page.paragraph((LEFT, y - 12), words, hanging)
    texts = [block.text for block in made.blocks()]
    assert texts == [f"1. {GUARDS} {CRIME}", f"1993 - {CRIME}", f"1994 - {GUARDS} {CRIME}"]


def test_a_note_that_only_a_heading_cites_belongs_to_the_first_paragraph_below_it():
    made = Made()
    page = made.page()
    page.text((LEFT, TOP), "<b>A. Opening of the session</b>{1}", Type(size=12))
    y = page.paragraph((LEFT, TOP - 24), f"1. {CRIME}", SET_IN) - 6
    page.paragraph((LEFT, y), f"2. {CRIME}", SET_IN)
    page.rule(LEFT, LEFT + 144, 130)
    page.paragraph((LEFT, 118), "{1} The Committee did not meet on 17 February.", SMALL)
    units = segment(made.blocks()).units
    assert [(unit.section, unit.marker, [note.text for note in unit.notes]) for unit in units] == [
        (("A. Opening of the session",), "1", ["The Committee did not meet on 17 February."]),
        (("A. Opening of the session",), "2", []),
    ]
