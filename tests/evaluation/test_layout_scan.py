"""The scan for layout inside paragraphs: each pattern finds what it is for and leaves like text alone."""

from __future__ import annotations

import pytest

from pilcrow.engine.model import Note
from pilcrow.evaluation.corpus import ReadFile
from pilcrow.evaluation.layout_scan import around, layout_part, patterns, scan
from pilcrow.evaluation.raw import Raw, recurring
from tests.evaluation.made import OWN, corpus_of, counts, figures, paragraph, read_file


def file_of(*texts: str, notes: tuple[Note, ...] = (), furniture: tuple[str, ...] = (), section=()) -> ReadFile:
    """A read file whose paragraphs have those texts, the notes with the first."""
    paragraphs = (paragraph(text, notes=notes if at == 0 else (), section=section) for at, text in enumerate(texts))
    return read_file("a.pdf", *paragraphs, raw=Raw(pages=1, furniture=furniture))


def found(file: ReadFile) -> list[tuple[str, str]]:
    return [(finding.pattern, finding.shown) for finding in scan(file)]


@pytest.mark.parametrize(("pattern", "text"), [(each, text) for each in patterns() for text in each.hit])
def test_a_pattern_finds_its_examples(pattern, text):
    regex = pattern.compiled([OWN])
    assert regex is not None
    assert regex.search(text), pattern.key


@pytest.mark.parametrize(("pattern", "text"), [(each, text) for each in patterns() for text in each.miss])
def test_a_pattern_leaves_text_alone(pattern, text):
    regex = pattern.compiled([OWN])
    assert regex is not None
    assert not regex.search(text), pattern.key


def test_every_pattern_has_a_strength_and_examples_of_both_kinds():
    assert {each.strength for each in patterns()} == {"certain", "look"}
    assert [each.key for each in patterns() if not each.hit or not each.miss] == []


def test_text_as_documents_have_it_is_clean():
    text = (
        "The Committee recalled article 12 of the Convention and its report (A/80/48), paras. 3–5, and 1,204 cases in "
        "2024-2025; see A/79/439, para. 11, “short- and long-term” measures and www.un.org/en/page-3."
    )
    assert found(file_of(text, notes=(Note(marker="7", text="See A/79/439.", at=20),))) == []


def test_a_notes_marker_glued_to_a_word_is_found_and_a_number_that_is_no_note_is_not():
    file = file_of(
        "All have rights.7 The Covid19 rules, para.7 and rights.8 hold.", notes=(Note(marker="7", text="Ibid.", at=0),)
    )
    assert [each for each in found(file) if "glued" in each[0]] == [
        ("note marker glued to a word", "All have rights.‹7› The Covid19 rules, para.7 and righ…")
    ]


def test_a_notes_marker_left_at_its_place_is_found():
    file = file_of("All have rights 7 under law.", notes=(Note(marker="7", text="A note.", at=15),))
    assert ("note marker left at its place", "All have rights‹ 7› under law.") in found(file)


def test_a_notes_text_inside_a_paragraph_is_found_however_it_got_there():
    note = "United Nations publication, Sales No. E.05.V.2, chapter four."
    file = file_of("One.", f"Two {note} three.", notes=(Note(marker="1", text=note, at=3),))
    assert [(each, shown[:6]) for each, shown in found(file)] == [("a note's text in a paragraph", "Two ‹U")]


def test_a_line_that_recurs_on_pages_is_found_as_a_paragraph_and_amid_a_sentence():
    file = file_of(
        "Report of the Committee 12",
        "The rights of Report of the Committee 13 all migrants.",
        "They read “Report of the Committee 13”.",
        furniture=("Report of the Committee #",),
    )
    assert found(file) == [
        ("a line of the pages' edges", "‹Report of the Committee 12›"),
        ("such a line amid a sentence", "The rights of ‹Report of the Committee 13› all migrants."),
    ]


def test_a_heading_and_a_notes_text_are_scanned_too_and_a_heading_once():
    file = file_of("One.", "Two.", notes=(Note(marker="1", text="See  that.", at=3),), section=("I. Rights *2512345*",))
    assert [(finding.pattern, finding.where) for finding in scan(file)] == [
        ("two spaces", "a.pdf #1 note 1"),
        ("bar code", "a.pdf #1 heading"),
    ]


def test_what_cannot_be_seen_is_shown_by_its_code():
    assert around("go\u00advern", 2, 3) == "go‹\\u00ad›vern"


def test_lines_recur_when_they_stand_at_the_edges_of_three_pages_with_other_numbers():
    pages = [[f"A/80/48 {n}/9", *(f"word {letter}{n}" for letter in "abcdefgh"), f"25-01234 {n}"] for n in "pqr"]
    pages[0][0], pages[1][0], pages[2][0] = "A/80/48 1/9", "A/80/48 2/9", "A/80/48 3/9"
    assert list(recurring(pages)) == ["A/#/# #/#"]
    assert list(recurring(pages[:2])) == []


def test_patterns_are_counted_by_place_and_paragraphs_once():
    part = layout_part(corpus_of(file_of("The *2512345* and *2512346* rights.", "It met , then."), file_of("Clean.")))
    assert figures(part) == {"paragraphs free of layout": (2, 3)}
    assert {key: count for key, count in counts(part).items() if count} == {
        "bar code": 2,
        "space before punctuation": 1,
    }
    assert part.cases == (
        "  bar code: a.pdf #1: The ‹*2512345*› and *2512346* rights.",
        "  bar code: a.pdf #1: The *2512345* and ‹*2512346*› rights.",
        "  space before punctuation: a.pdf #2: It met‹ ,› then.",
    )


def test_a_note_may_say_what_a_paragraph_may_not():
    assert found(file_of("One.", notes=(Note(marker="2", text="Ibid., para. 4.", at=3),))) == []
    assert found(file_of("Ibid., para. 4.")) == [("note text", "‹Ibid.›, para. 4.")]
