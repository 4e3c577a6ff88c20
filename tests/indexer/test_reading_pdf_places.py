"""PDF files without structure: columns and tables, told by what stands beside what."""

from __future__ import annotations

from indexer.blocks import Block
from indexer.segment import segment
from tests.indexer.docx_made import shown
from tests.indexer.pdf_made import BOLD, LEFT, TOP, Made, Type
from tests.indexer.test_reading_pdf import CRIME, GUARDS, SET_IN


def test_two_columns_are_read_one_after_the_other_below_a_title_that_crosses_them():
    made = Made()
    page = made.page()
    page.text((LEFT + 60, 690), "<b>Debate of the General Assembly on the prevention of the crime</b>", Type(size=12))
    for x, word in ((LEFT, "left"), (LEFT + 244, "right")):
        y = 660.0
        for number in (1, 2):
            y = page.paragraph((x, y), f"This is the {word} paragraph {number}. {CRIME}", Type(first=18), 224) - 6
    assert [(block.kind, block.text) for block in made.blocks()] == [
        ("heading", "Debate of the General Assembly on the prevention of the crime"),
        ("text", f"This is the left paragraph 1. {CRIME}"),
        ("text", f"This is the left paragraph 2. {CRIME}"),
        ("text", f"This is the right paragraph 1. {CRIME}"),
        ("text", f"This is the right paragraph 2. {CRIME}"),
    ]


def test_a_paragraph_goes_on_from_the_foot_of_one_column_to_the_head_of_the_next():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, 690), f"1. {GUARDS} {CRIME}", Type(first=18), 224)
    page.paragraph((LEFT, y), f"2. {CRIME} As was said in the report that", Type(first=18), 224)
    y = page.paragraph((LEFT + 244, 690), "the Office wrote, it is found everywhere.", Type(), 224)
    page.paragraph((LEFT + 244, y), f"3. {GUARDS} {CRIME}", Type(first=18), 224)
    assert [(unit.marker, unit.text) for unit in segment(made.blocks()).units] == [
        ("1", f"{GUARDS} {CRIME}"),
        ("2", f"{CRIME} As was said in the report that the Office wrote, it is found everywhere."),
        ("3", f"{GUARDS} {CRIME}"),
    ]


def test_the_two_columns_of_a_masthead_are_not_mixed():
    made = Made()
    page = made.page()
    page.text((LEFT, 740), "United Nations", BOLD)
    page.text((430, 740), "A/80/100-S/2025/22", BOLD)
    page.text((LEFT, 700), "General Assembly", Type(size=16, font="bold"))
    page.text((LEFT, 680), "Security Council", Type(size=16, font="bold"))
    for y, words in ((704, "Distr.: General"), (692, "11 March 2025"), (680, "Original: English")):
        page.text((430, y), words)
    page.paragraph((LEFT, 600), f"1. {CRIME}", SET_IN)
    assert " ".join(block.text for block in made.blocks()) == (
        "United Nations General Assembly Security Council A/80/100-S/2025/22 Distr.: General 11 March 2025 "
        f"Original: English 1. {CRIME}"
    )


ROWS = [
    ("Chile", "12 March 2004", "Accession"),
    ("Peru", "23 January 2002", "Ratification"),
    ("Togo", "8 May 2009", "Ratification"),
]
COLUMNS = (LEFT, LEFT + 150, LEFT + 300)


def test_rows_of_a_table_are_told_by_what_stands_beside_what():
    made = Made()
    page = made.page()
    y = page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN) - 12
    page.row(y, zip(COLUMNS, ("State", "Date", "Action"), strict=True), Type(size=7, font="italic"))
    for number, cells in enumerate(ROWS):
        page.row(y - 14 - 12 * number, zip(COLUMNS, cells, strict=True), Type(size=8.5))
    page.paragraph((LEFT, y - 80), f"2. {GUARDS} {CRIME}", SET_IN)
    assert made.blocks() == [
        Block(kind="text", text=f"1. {CRIME}", page=1, whole=True, unsure=True),
        Block(kind="row", text="State Date Action", cells=("State", "Date", "Action"), level=1, page=1, whole=True),
        *(Block(kind="row", text=" ".join(cells), cells=cells, page=1, whole=True) for cells in ROWS),
        Block(kind="text", text=f"2. {GUARDS} {CRIME}", page=1, whole=True, unsure=True),
    ]


def test_a_cell_may_have_several_lines_and_a_table_its_own_notes():
    made = Made()
    page = made.page()
    small = Type(size=8.5, leading=10)
    y = page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN) - 12
    page.row(y, zip(COLUMNS, ("State", "Title", "Year"), strict=True), Type(size=7, font="italic"))
    for row, (state, title, year) in enumerate(
        [
            ("Chile{a}", "Law against trafficking in persons and the smuggling of migrants", "2011"),
            ("Peru", "National plan", "2017"),
        ]
    ):
        page.paragraph((COLUMNS[0], y - 14 - 34 * row), state, small)
        page.paragraph((COLUMNS[1], y - 14 - 34 * row), title, small, 120)
        page.paragraph((COLUMNS[2], y - 14 - 34 * row), year, small)
    page.paragraph((LEFT, y - 84), "{a} As amended in 2019.", small)
    page.paragraph((LEFT, y - 120), f"2. {GUARDS} {CRIME}", SET_IN)
    assert shown(made.blocks()) == [
        f"text 1. {CRIME}",
        "row1 State | Title | Year",
        "row Chile | Law against trafficking in persons and the smuggling of migrants | 2011",
        "row Peru | National plan | 2017",
        "note a As amended in 2019.",
        f"text 2. {GUARDS} {CRIME}",
    ]
