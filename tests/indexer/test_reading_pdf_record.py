"""Verbatim records in PDF: two columns, speakers in bold type, and who still speaks in the paragraphs that follow."""

from __future__ import annotations

from pathlib import Path

from indexer.parse import parse_bytes
from tests.indexer.pdf_made import BOLD, LEFT, SMALL, Made, Page, Type

SPEECH = Type(first=24)
COLUMN, GUTTER = 224.0, 244.0
LONG = (
    "We support the plan of action in full, and we ask all delegations to adopt the draft resolution that is before "
    "them today without a vote, as was done in past years."
)
MORE = (
    "My second point is about the victims of that crime, who need help that comes early, is given freely, and lasts "
    "for as long as each of them is in need of it."
)


def column(page: Page, side: int, y: float, *paragraphs: str) -> None:
    """Paragraphs of a speech in one of a page's two columns, from height ``y`` down; one in lower case goes on."""
    for words in paragraphs:
        how = Type() if words[0].islower() else SPEECH
        y = page.paragraph((LEFT + side * GUTTER, y), words, how, COLUMN) - 6


def record() -> Made:
    """Two pages of a meeting."""
    made = Made()
    first, second = made.page(), made.page()
    first.text((LEFT, 750), "United Nations")
    first.text((480, 750), "A/79/PV.12", Type(size=14, font="bold"))
    first.text((LEFT, 715), "General Assembly", Type(size=16, font="bold"))
    first.text((LEFT, 695), "Seventy-ninth session")
    first.text((400, 715), "Official Records")
    first.text((LEFT, 660), "12th plenary meeting", Type(size=12, font="bold"))
    first.text((LEFT, 645), "Tuesday, 1 October 2024, 10 a.m.")
    first.text((LEFT, 630), "New York")
    first.text((LEFT, 600), "<i>President:</i> Mr. Yang (Cameroon)")
    column(
        first, 0, 520,
        "<i>The meeting was called to order at 10.05 a.m.</i>",
        "<b>The President:</b> I call on the representative of Chile.",
        f"<b>Mr. Soto</b> (Chile) (<i>spoke in Spanish</i>): {LONG}",
        MORE,
        f"{LONG} It is in that spirit that",
    )  # fmt: skip
    column(
        first, 1, 520,
        "we shall vote for the draft.",
        f"<b>Ms. Rao</b> (India): {LONG}",
        MORE,
    )  # fmt: skip
    second.text((480, 750), "A/79/PV.12", BOLD)
    second.text((LEFT, 40), "24-28123", SMALL)
    second.text((520, 40), "2/2", SMALL)
    column(
        second, 0, 690,
        f"Peru is of one mind with us in this. {LONG}",
        "<i>The meeting rose at 11.30 a.m.</i>",
        f"<b>The Acting President:</b> {LONG}",
        MORE,
    )  # fmt: skip
    column(second, 1, 690, LONG, MORE, LONG)
    return made


def test_speeches_are_read_column_by_column_and_each_paragraph_keeps_its_speaker():
    paragraphs = parse_bytes(record().data(), Path("record.pdf")).paragraphs
    soto, rao, acting = "Mr. Soto (Chile)", "Ms. Rao (India)", "The Acting President"
    assert [(each.speaker, each.text) for each in paragraphs][-14:] == [
        ("", "The meeting was called to order at 10.05 a.m."),
        ("The President", "The President: I call on the representative of Chile."),
        (soto, f"Mr. Soto (Chile) (spoke in Spanish): {LONG}"),
        (soto, MORE),
        (soto, f"{LONG} It is in that spirit that we shall vote for the draft."),
        (rao, f"Ms. Rao (India): {LONG}"),
        (rao, MORE),
        (rao, f"Peru is of one mind with us in this. {LONG}"),
        ("", "The meeting rose at 11.30 a.m."),
        (acting, f"The Acting President: {LONG}"),
        (acting, MORE),
        (acting, LONG),
        (acting, MORE),
        (acting, LONG),
    ]


def test_the_state_that_speaks_is_kept_on_every_paragraph_of_its_speech():
    parsed = parse_bytes(record().data(), Path("record.pdf"))
    said = [
        (paragraph.text[:9], [(each.code, each.where, each.role) for each in paragraph.states])
        for paragraph in parsed.paragraphs
        if paragraph.speaker in {"Mr. Soto (Chile)", "Ms. Rao (India)"}
    ]
    assert said == [
        ("Mr. Soto ", [("CHL", "text", "speaker")]),
        ("My second", [("CHL", "speaker", "speaker")]),
        ("We suppor", [("CHL", "speaker", "speaker")]),
        ("Ms. Rao (", [("IND", "text", "speaker")]),
        ("My second", [("IND", "speaker", "speaker")]),
        ("Peru is o", [("PER", "text", "mentioned"), ("IND", "speaker", "speaker")]),
    ]
    assert parsed.document.symbols == ("A/79/PV.12",)


def test_a_change_of_language_or_of_the_chair_ends_no_speech():
    made = record()
    column(
        made.pages[1], 1, 400,
        f"<b>Mr. Soto</b> (Chile): {LONG}", "<i>(spoke in French)</i>", MORE,
        "<i>Mr. Muhith (Bangladesh), Vice-President, took the Chair.</i>", MORE,
        "Draft resolution I is entitled “Help for victims”. The Committee adopted it. May we do the same?",
        LONG,
    )  # fmt: skip
    paragraphs = parse_bytes(made.data(), Path("record.pdf")).paragraphs
    start = max(at for at, each in enumerate(paragraphs) if each.text.startswith("Mr. Soto"))
    assert [(each.speaker, each.section, each.text[:9]) for each in paragraphs[start:]] == [
        ("Mr. Soto (Chile)", (), "Mr. Soto "),
        ("Mr. Soto (Chile)", (), "My second"),
        ("", (), "Mr. Muhit"),
        ("Mr. Soto (Chile)", (), "My second"),
        ("Mr. Soto (Chile)", (), "Draft res"),
        ("Mr. Soto (Chile)", (), "We suppor"),
    ]
