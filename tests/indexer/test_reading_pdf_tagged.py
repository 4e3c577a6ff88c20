"""PDF files with structure: what the file itself says of its paragraphs, notes, cells and lists is believed."""

from __future__ import annotations

import pytest

from indexer.blocks import Block, NoteRef
from indexer.segment import segment
from tests.indexer.docx_made import shown
from tests.indexer.pdf_made import ARTIFACT, BOLD, LEFT, SMALL, TOP, WIDTH, Made, Page, Tag, Type

SET_IN = Type(first=36)
CRIME = (
    "Trafficking in persons is a serious crime that affects every region of the world, and States have agreed to "
    "investigate it and to protect its victims in accordance with the Protocol of 2000."
)
GUARDS = "Border guards and labour inspectors were trained by the Office in the course of 2024."


def test_an_element_is_a_whole_block_also_where_print_shows_no_end():
    made = Made()
    page, y = made.page(), TOP
    for words in (CRIME, GUARDS, CRIME):
        y = page.paragraph((LEFT, y), words, Type(), tag=made.tag("P"))
    assert made.blocks() == [Block(kind="text", text=words, page=1, whole=True) for words in (CRIME, GUARDS, CRIME)]


def test_the_order_of_the_structure_is_the_reading_order():
    made = Made()
    page = made.page()
    first, second = made.tag("P"), made.tag("P")
    page.paragraph((LEFT, 300), f"2. {CRIME}", SET_IN, tag=second)
    page.paragraph((LEFT, TOP), f"1. {GUARDS}", SET_IN, tag=first)
    assert [block.text for block in made.blocks()] == [f"1. {GUARDS}", f"2. {CRIME}"]


def test_artifacts_of_the_page_are_in_no_block():
    made = Made()
    for number in range(1, 4):
        page = made.page()
        page.text((LEFT, 748), "A/80/100", BOLD, ARTIFACT)
        page.text((LEFT, 40), f"{number}/3", SMALL, ARTIFACT)
        page.text((490, 40), "25-01234", SMALL)
        page.paragraph((LEFT, TOP), f"{number}. {CRIME}", SET_IN, tag=made.tag("P"))
    assert shown(made.blocks())[-3:] == [f"text {number}. {CRIME}" for number in (1, 2, 3)]
    assert not any("25-01234" in block.text or "/3" in block.text for block in made.blocks())


def test_what_stands_in_a_figure_is_no_text_and_its_caption_is():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P")) - 6
    figure = made.tag("Figure")
    page.text((LEFT, y - 100), "2023 2024 2025", SMALL, figure.add("P"))
    page.text((LEFT, y - 130), "Victims identified, by year", Type(), figure.add("Caption"))
    assert [block.text for block in made.blocks()] == [f"1. {CRIME}", "Victims identified, by year"]


def test_a_paragraph_of_a_tagged_page_that_is_in_no_element_is_not_lost():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {GUARDS} {CRIME}", SET_IN, tag=made.tag("P")) - 6
    y = page.paragraph((LEFT, y), f"2. {CRIME}", SET_IN) - 6
    page.paragraph((LEFT, y), f"3. {GUARDS} {CRIME}", SET_IN, tag=made.tag("P"))
    assert [block.text for block in made.blocks()] == [f"1. {GUARDS} {CRIME}", f"2. {CRIME}", f"3. {GUARDS} {CRIME}"]


@pytest.mark.parametrize("one_element", [True, False])
def test_a_sentence_that_a_page_cuts_is_one_paragraph_whether_one_element_holds_it_or_two(one_element):
    made = Made()
    first, second = made.page(), made.page()
    tag = made.tag("P")
    first.paragraph((LEFT, 100), f"1. {CRIME} The Office, in its work on", SET_IN, tag=tag)
    second.paragraph((LEFT, TOP), "the root causes, met with Chile.", tag=tag if one_element else made.tag("P"))
    assert made.blocks() == [
        Block(
            kind="text",
            text=f"1. {CRIME} The Office, in its work on the root causes, met with Chile.",
            page=1,
            whole=True,
        )
    ]


@pytest.mark.parametrize("one_element", [True, False])
def test_a_page_break_at_the_end_of_a_sentence_inside_a_paragraph_parts_nothing(one_element):
    made = Made()
    first, second = made.page(), made.page()
    tag = made.tag("P")
    full = f"1. {CRIME} {GUARDS} Of the States that had answered by May, no fewer than nine were "
    full += "States of the north of Europe."
    first.paragraph((LEFT, 100), full, Type(first=36, justified=True), width=400, tag=tag)
    if not one_element:
        tag = made.tag("P")
    second.paragraph((LEFT, TOP), f"{GUARDS} {CRIME}", width=400, tag=tag)
    made.pages[1].paragraph((LEFT, 500), f"2. {CRIME}", SET_IN, 400, made.tag("P"))
    assert [block.text for block in made.blocks()] == [f"{full} {GUARDS} {CRIME}", f"2. {CRIME}"]


def test_notes_come_after_the_text_of_their_page_and_one_may_go_on_overleaf():
    made = Made()
    first, second = made.page(), made.page()
    first.paragraph((LEFT, TOP), f"1. {CRIME}{{1}} {GUARDS}{{2}}", SET_IN, tag=made.tag("P"))
    two = Tag("Note")
    y = first.paragraph((LEFT, 118), "{1} A/79/1.", SMALL, tag=made.tag("Note"))
    made.root.kids.append(two)
    first.paragraph((LEFT, y), "{2} See the guidance for those who", SMALL, tag=two)
    second.paragraph((LEFT, TOP), f"2. {CRIME}{{3}}", SET_IN, tag=made.tag("P"))
    y = second.paragraph((LEFT, 118), "investigate the crime in Chile.", SMALL, tag=two)
    second.paragraph((LEFT, y), "{3} A/79/2.", SMALL, tag=made.tag("Note"))
    blocks = made.blocks()
    assert blocks[0] == Block(
        kind="text",
        text=f"1. {CRIME} {GUARDS}",
        refs=(NoteRef(marker="1", at=3 + len(CRIME)), NoteRef(marker="2", at=4 + len(CRIME) + len(GUARDS))),
        page=1,
        whole=True,
    )
    assert [[(note.marker, note.text) for note in unit.notes] for unit in segment(blocks).units] == [
        [("1", "A/79/1."), ("2", "See the guidance for those who investigate the crime in Chile.")],
        [("3", "A/79/2.")],
    ]


def test_a_starred_note_of_the_title_is_a_note():
    made = Made()
    page = made.page()
    page.text((LEFT, 700), "<b>Report of the Secretary-General*</b>", Type(size=12), made.tag("H1"))
    page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    page.paragraph((LEFT, 118), "* Reissued for technical reasons on 3 May 2025.", SMALL, tag=made.tag("P"))
    assert shown(made.blocks()) == [
        "heading2 Report of the Secretary-General{*}",
        f"text 1. {CRIME}",
        "note * Reissued for technical reasons on 3 May 2025.",
    ]


def table(made: Made, page: Page, y: float, *rows: tuple[str, ...], head: int = 1) -> None:
    """A table with structure, its first ``head`` rows tagged as its header; lines of a cell are paragraphs of it."""
    element = made.tag("Table")
    for number, cells in enumerate(rows):
        row = element.add("TR")
        for column, cell in enumerate(cells):
            kept = row.add("TH" if number < head else "TD")
            for line, words in enumerate(cell.split("\n")):
                page.text((LEFT + 150 * column, y - 11 * line), words, Type(size=9), kept.add("P"))
        y -= 30


def test_rows_and_cells_are_those_of_the_structure():
    made = Made()
    made.page().paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    page = made.page()
    table(made, page, 600, ("State", "Action", "Year"), ("Chile", "Accession\nReview", "2004"), ("Peru", "", "2002"))
    page.paragraph((LEFT, 480), f"2. {GUARDS} {CRIME}", SET_IN, tag=made.tag("P"))
    assert made.blocks() == [
        Block(kind="text", text=f"1. {CRIME}", page=1, whole=True),
        Block(kind="row", text="State Action Year", cells=("State", "Action", "Year"), level=1, page=2, whole=True),
        Block(
            kind="row",
            text="Chile Accession Review 2004",
            cells=("Chile", "Accession Review", "2004"),
            page=2,
            whole=True,
        ),
        Block(kind="row", text="Peru 2002", cells=("Peru", "2002"), page=2, whole=True),
        Block(kind="text", text=f"2. {GUARDS} {CRIME}", page=2, whole=True),
    ]


def test_a_table_whose_cells_are_all_tagged_as_headers_keeps_its_rows():
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    table(made, page, 600, ("State", "Symbol"), ("Iceland", "E/C.12/ISL/5"), ("Poland", "E/C.12/POL/7"), head=3)
    units = segment(made.blocks()).units
    assert [unit.cells for unit in units[1:] if unit.cells[:1] != ("State",)] == [
        ("Iceland", "E/C.12/ISL/5"),
        ("Poland", "E/C.12/POL/7"),
    ]


def test_a_row_goes_over_the_page_and_a_header_that_comes_again_is_left_out():
    made = Made()
    first, second = made.page(), made.page()
    first.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    rows = [
        ("TH", "State", (first, 140, "What it did"), (second, TOP, "What it did")),
        ("TD", "Chile", (first, 110, "It adopted a law against"), (second, TOP - 15, "the crime in all its forms.")),
        ("TD", "Peru", (second, TOP - 40, "It trained judges.")),
    ]
    element = made.tag("Table")
    for kind, state, *parts in rows:
        row = element.add("TR")
        left, right = row.add(kind).add("P"), row.add(kind).add("P")
        for number, (page, y, words) in enumerate(parts):
            if number == 0 or kind == "TH":
                page.text((LEFT, y), state, Type(size=9), left)
            page.text((LEFT + 150, y), words, Type(size=9), right)
    assert [block.cells for block in made.blocks() if block.kind == "row"] == [
        ("State", "What it did"),
        ("Chile", "It adopted a law against the crime in all its forms."),
        ("Peru", "It trained judges."),
    ]


def test_a_table_of_one_column_is_a_box_of_paragraphs():
    made = Made()
    page = made.page()
    cell = made.tag("Table").add("TR").add("TD")
    page.text((LEFT + 200, TOP), "Summary", Type(font="italic"), cell.add("P"))
    y = page.paragraph((LEFT, TOP - 20), CRIME, SET_IN, tag=cell.add("P"))
    y = page.paragraph((LEFT, y - 6), f"{GUARDS} {CRIME}", SET_IN, tag=cell.add("P"))
    page.paragraph((LEFT, y - 30), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    assert [(block.kind, block.text) for block in made.blocks()] == [
        ("text", "Summary"),
        ("text", CRIME),
        ("text", f"{GUARDS} {CRIME}"),
        ("text", f"1. {CRIME}"),
    ]


def test_the_label_and_the_body_of_a_list_item_are_one_block():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {CRIME} States should:", SET_IN, tag=made.tag("P")) - 6
    listed = made.tag("L")
    for marker, words in (("•", "Adopt laws;"), ("(a)", f"{GUARDS[:-1]};"), ("(i)", f"{CRIME}")):
        item = listed.add("LI")
        page.text((LEFT + 36, y), marker, tag=item.add("Lbl"))
        y = page.paragraph((LEFT + 60, y), words, Type(), WIDTH - 60, item.add("LBody").add("P")) - 6
    assert shown(made.blocks())[1:] == ["text - Adopt laws;", f"text (a) {GUARDS[:-1]};", f"text (i) {CRIME}"]


def test_a_table_of_contents_is_left_out_and_headings_keep_their_depth():
    made = Made()
    first, second = made.page(), made.page()
    first.text((LEFT, TOP), "Contents", BOLD, made.tag("P"))
    contents = made.tag("TOC")
    for number, title in enumerate(["I. Introduction", "II. Prevention", "III. Recommendations"]):
        first.text((LEFT, TOP - 30 - 14 * number), f"{title} {'.' * 80} {number + 2}", tag=contents.add("TOCI"))
    second.text((LEFT, TOP), "I. Introduction", Type(size=14, font="bold"), made.tag("H1"))
    second.text((LEFT, TOP - 24), "A. Mandate", Type(size=12, font="bold"), made.tag("H2"))
    second.paragraph((LEFT, TOP - 48), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    blocks = made.blocks()
    assert shown(blocks)[-3:] == ["heading1 I. Introduction", "heading2 A. Mandate", f"text 1. {CRIME}"]
    assert [(unit.section, unit.marker) for unit in segment(blocks).units] == [(("I. Introduction", "A. Mandate"), "1")]


def test_a_table_on_the_first_page_below_the_text_is_no_letterhead():
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"1. {GUARDS} {CRIME} {CRIME}", SET_IN, tag=made.tag("P"))
    table(made, page, 500, ("State", "Action", "Year"), ("Chile", "Accession\nReview", "2004"))
    assert shown(made.blocks())[1:] == ["row1 State | Action | Year", "row Chile | Accession Review | 2004"]
