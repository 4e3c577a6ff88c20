"""Whole PDF files: pages that are pictures or lie on their side; files that cannot be read, each with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.blocks import Block
from indexer.parse import parse_bytes
from indexer.readers import read_bytes
from indexer.readers.pdf import read
from pilcrow.engine.errors import ReadingError
from tests.indexer.docx_made import shown
from tests.indexer.pdf_made import LEFT, SMALL, TOP, WIDE, Made, Type

WORD = "mellon"
PATH = Path("papers") / "report.pdf"
CRIME = (
    "Trafficking in persons is a serious crime that affects every region of the world, and States have agreed to "
    "investigate it and to protect its victims in accordance with the Protocol of 2000."
)


def written(*texts: str | None, boxed: bool = False) -> Made:
    """A document with a page for each text, and one that is a picture for each None, in a form if ``boxed``."""
    made = Made()
    for words in texts:
        page = made.page()
        if words is None:
            page.picture((30, 30), 550, 730, boxed=boxed)
            page.text((300, 20), "2", SMALL)
        else:
            page.paragraph((LEFT, TOP), words, Type(first=36))
    return made


def refusal(data: bytes) -> tuple[str, str]:
    """Why a file is refused, and what to do about it."""
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, PATH)
    assert caught.value.path == PATH
    return caught.value.reason, caught.value.remedy


@pytest.mark.parametrize("boxed", [False, True])
def test_a_page_that_is_a_picture_is_said_to_be_unread_and_the_others_are_read(boxed):
    made = written(f"1. {CRIME}", None, f"2. {CRIME}", boxed=boxed)
    assert made.blocks() == [
        Block(kind="text", text=f"1. {CRIME}", page=1, whole=True, unsure=True),
        Block(kind="text", text=f"2. {CRIME}", page=3, whole=True, unsure=True),
        Block(kind="unread", page=2),
    ]
    parsed = parse_bytes(made.data(), PATH)
    assert parsed.document.unread == (2,)
    assert [(paragraph.marker, paragraph.page, paragraph.text) for paragraph in parsed.paragraphs] == [
        ("1", 1, CRIME),
        ("2", 3, CRIME),
    ]


def test_a_picture_beside_text_makes_no_page_unread():
    made = written(f"1. {CRIME}")
    made.pages[0].picture((30, 30), 550, 500)
    assert made.blocks() == [Block(kind="text", text=f"1. {CRIME}", page=1, whole=True, unsure=True)]


@pytest.mark.parametrize(
    ("texts", "which"),
    [((None, None, None), "all its pages"), ((None,), "all its pages"), ((None, "", None, None), "its pages 1, 3-4")],
)
def test_a_file_of_pictures_is_refused_with_its_pages_and_sent_to_ocr(texts, which):
    assert refusal(written(*texts).data()) == (
        f"{which} are pictures, without text that could be read",
        "run OCR over it, and index what that gives",
    )


def test_a_file_with_neither_text_nor_pictures_is_refused():
    assert refusal(written("", "").data()) == (
        "it has no text",
        "check that it is the document that you mean, or leave it out",
    )


def test_a_file_without_pages_is_refused():
    with pytest.raises(ReadingError):
        read_bytes(Made().data(), PATH)


def test_a_locked_file_is_refused_and_one_that_opens_without_a_password_is_read():
    made = written(f"1. {CRIME}")
    assert refusal(made.data(password=WORD)) == (
        "it is protected by a password",
        "save a copy without the password (its owner can), and index that",
    )
    assert shown(read(made.data(password=""), PATH)) == [f"text 1. {CRIME}"]


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[:40], lambda data: data[:8] + b"\0" * 3000, lambda data: data[: data.rindex(b"xref\n0")]],
    ids=["forty bytes", "zeros", "table cut off"],
)
def test_what_is_left_of_a_file_without_a_page_is_refused(spoil):
    assert refusal(spoil(written(f"1. {CRIME}").data())) == (
        "it is damaged or cut off, so that no page of it can be found",
        "download it again, or open it and save a copy",
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
        lambda data: data.replace(b" 00000 n", b" 00000 f"),
        lambda data: b"HTTP/1.1 200 OK\n\n" + data,
        lambda data: data + b"\n" * 500,
    ],
    ids=["start lost", "table wrong", "rubbish in front", "padding behind"],
)
def test_a_file_whose_table_of_contents_is_damaged_is_read_all_the_same(spoil):
    assert shown(read(spoil(written(f"1. {CRIME}", f"2. {CRIME}").data()), PATH)) == [
        f"text 1. {CRIME}",
        f"text 2. {CRIME}",
    ]


@pytest.mark.parametrize("compressed", [True, False])
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes_or_refused(compressed):
    data = written(*(f"{number}. {CRIME}" for number in range(1, 5))).data(compressed=compressed)
    whole = {f"text {number}. {CRIME}" for number in range(1, 5)}
    reasons: set[str] = set()
    read_from = 0
    for end in range(0, len(data) + 97, 97):
        try:
            assert set(shown(read(data[:end], PATH))) <= whole
            read_from += 1
        except ReadingError as error:
            reasons.add(error.reason)
    assert read_from > 0
    assert reasons <= {"it is damaged or cut off, so that no page of it can be found", "it has no text"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_a_viewer_turns_is_read_as_it_was_set(rotate):
    made = Made()
    page = made.page(rotate=rotate)
    y = page.paragraph((LEFT, TOP), f"1. {CRIME}", Type(first=36)) - 6
    page.paragraph((LEFT, y), f"2. {CRIME}", Type(first=36))
    assert shown(made.blocks()) == [f"text 1. {CRIME}", f"text 2. {CRIME}"]


def test_a_landscape_page_is_read_whether_the_paper_or_the_type_is_turned():
    made = Made()
    y = made.page(size=WIDE).paragraph((LEFT, 480), f"1. {CRIME}", Type(first=36), width=640)
    assert y < 480
    turned = made.page()
    words = [
        "2. Trafficking in persons is a serious crime that affects every region of the world, and",
        "States agreed.",
    ]
    turned.turned((100, 108), words[0])
    turned.turned((112, 72), words[1])
    assert shown(made.blocks()) == [f"text 1. {CRIME}", f"text {' '.join(words)}"]


def test_what_runs_up_the_side_of_a_page_is_left_out():
    made = written(f"1. {CRIME}")
    made.pages[0].turned((20, 300), "Please recycle this paper", SMALL)
    made.pages[0].turned((600, 100), "24-12345", SMALL)
    assert shown(made.blocks()) == [f"text 1. {CRIME}"]


def test_stamps_at_an_angle_and_what_lies_beyond_the_edges_are_left_out():
    made = written(f"1. {CRIME}")
    made.pages[0].tilted((150, 200), "DRAFT FOR DISCUSSION", Type(size=40))
    made.pages[0].text((2000, TOP), "cut off by the printer")
    assert shown(made.blocks()) == [f"text 1. {CRIME}"]
