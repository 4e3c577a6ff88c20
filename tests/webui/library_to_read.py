"""A long report made for reading, what it leads to, and an Arabic letter: what the page of a document is for."""

from __future__ import annotations

from pilcrow.engine.model import Document, Note, Paragraph, ParsedDocument, Reference, StateMention
from tests.webui.library_of_traps import paragraph

REPORT, LETTER, ARABIC = "A/90/1", "A/90/2", "A/90/3@ar"
SECTIONS, IN_EACH = 6, 10
SENTENCE = "The Committee heard what had been done since its last session, and asked what was still to be done. "
NAMING = "Belarus and France protect victims, as A/90/2, para. 1, says. "
OF_NOTE = "See the law of Qatar, and A/90/2."


def _paragraph(number: int) -> Paragraph:
    """Every third is about victims, cites, names two States and has a note; each fifth is as long as a screen."""
    section = (number - 1) // IN_EACH
    telling = number % 3 == 0
    text = (NAMING if telling else "") + SENTENCE * (24 if number % 5 == 0 else 2)
    plain = paragraph(
        REPORT, number, text.strip(), section=(f"{'I' * (section + 1)}. Part {section + 1}",), page=number
    )
    if not telling:
        return plain
    at = text.index("A/90/2")
    return paragraph(
        REPORT,
        number,
        plain.text,
        section=plain.section,
        page=number,
        notes=(Note(marker=str(number), text=OF_NOTE, at=len(NAMING) - 1),),
        states=(
            StateMention(code="BLR", start=0, end=7),
            StateMention(code="FRA", start=12, end=18),
            StateMention(code="QAT", start=15, end=20, where="note", note=str(number)),
        ),
        cites=(
            Reference(symbol=LETTER, start=at, end=at + 6, paragraphs=("1",)),
            Reference(symbol=LETTER, start=26, end=32, where="note", note=str(number)),
        ),
    )


def documents() -> list[ParsedDocument]:
    """The three documents."""
    report = Document(id=REPORT, symbols=(REPORT,), title="Report to read", date="2035-05-01", language="en")
    letter = Document(id=LETTER, symbols=(LETTER,), title="Letter", language="en")
    arabic = Document(id=ARABIC, symbols=("A/90/3",), title="رسالة", language="ar")
    return [
        ParsedDocument(document=report, paragraphs=tuple(map(_paragraph, range(1, SECTIONS * IN_EACH + 1)))),
        ParsedDocument(document=letter, paragraphs=(paragraph(LETTER, 1, "The letter says so."),)),
        ParsedDocument(
            document=arabic,
            paragraphs=(
                paragraph(ARABIC, 1, "الضحايا أولا", language="ar", section=("مقدمة",)),
                paragraph(ARABIC, 2, "Victims come first.", language="en", section=("Annex",)),
            ),
        ),
    ]
