"""PDF files: what print does to symbols, job numbers, raised markers, lone letters and headers that come again."""

from __future__ import annotations

from indexer import layout
from tests.indexer.docx_made import shown
from tests.indexer.pdf_made import BOLD, ITALIC, LEFT, ROMAN, TOP, Made, Type
from tests.indexer.test_reading_pdf import CRIME, GUARDS, SET_IN


def test_a_symbol_at_the_end_is_no_sentence_end_with_a_note():
    for text in ("Implementation of decision EC-83/DEC.5", "as in document CTOC/COP/WG.4", "see A/CONF.243"):
        assert not layout.ends_sentence(text)
    assert layout.ends_sentence("in two weeks.5")


def test_a_bold_line_that_ends_in_a_symbol_is_a_heading():
    made = Made()
    page = made.page()
    page.text((LEFT, TOP), "Implementation of Executive Council decision EC-83/DEC.5", BOLD, made.tag("P"))
    page.paragraph((LEFT, TOP - 30), f"23. {CRIME}", SET_IN, tag=made.tag("P"))
    assert shown(made.blocks()) == [
        "heading3 Implementation of Executive Council decision EC-83/DEC.5",
        f"text 23. {CRIME}",
    ]


def test_the_job_number_of_a_reissued_file_is_left_out():
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    page.text((LEFT, 80), "25-03320* (E)  250325", ROMAN, made.tag("P"))
    page.text((LEFT, 64), "*2503320*", BOLD, made.tag("P"))
    assert shown(made.blocks()) == [f"text 1. {CRIME}"]


def test_a_raised_marker_that_was_set_after_its_line_stands_in_it():
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"1. {GUARDS} {CRIME}", SET_IN)
    page.text((LEFT, 600), "2. The chapter of the report, as transmitted under the Charter")
    x = LEFT + ROMAN.width("2. The chapter of the report, as transmitted under the Charter")
    page.text((x + 6, 600), "and the action that was")
    page.text((x + 0.5, 603.6), "2", Type(size=6))
    page.text(
        (LEFT, 588),
        "taken by the Committee in respect of that information, were examined in the course of the year.",
    )
    assert shown(made.blocks())[1:] == [
        "text 2. The chapter of the report, as transmitted under the Charter{2} and the action that was taken by the "
        "Committee in respect of that information, were examined in the course of the year."
    ]


def test_an_italic_letter_is_a_word():
    made = Made()
    page = made.page()
    page.paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN)
    page.text((LEFT, 600), "2. Information under Article 73")
    x = LEFT + ROMAN.width("2. Information under Article 73") + 2.3
    page.text((x, 600), "e", ITALIC)
    page.text((x + 4.44 + 2.1, 600), "of the Charter was sent.")
    assert shown(made.blocks())[1:] == ["text 2. Information under Article 73 e of the Charter was sent."]


def test_a_first_row_that_comes_again_on_the_next_page_is_its_header():
    made = Made()
    pages = [made.page(), made.page(), made.page()]
    pages[0].paragraph((LEFT, TOP), f"1. {CRIME}", SET_IN, tag=made.tag("P"))
    table = made.tag("Table")
    for number, page in enumerate(pages):
        for y, cells in ((500, ("Country", "Representative")), (470, (f"State {number}", f"Mr. {number}"))):
            row = table.add("TR")
            for at, words in enumerate(cells):
                page.text((LEFT + 200 * at, y), words, ROMAN, row.add("TD").add("P"))
    assert shown(made.blocks())[1:] in (
        [f"row{level} Country | Representative", "row State 0 | Mr. 0", "row State 1 | Mr. 1", "row State 2 | Mr. 2"]
        for level in ("", "1")
    )
