"""Documents that cite each other, and a record of speeches: what readers see of citations, pages and speakers."""

from __future__ import annotations

from dataclasses import replace

from pilcrow.engine.model import Document, Note, Paragraph, ParsedDocument, Reference, Related, StateMention, Where


def reference(text: str, symbol: str, *places: str, where: Where = "text", note: str = "") -> Reference:
    """A citation of ``symbol``, which stands in ``text``."""
    at = text.index(symbol)
    return Reference(symbol=symbol, start=at, end=at + len(symbol), paragraphs=places, where=where, note=note)


def _paragraph(document: str, anchor: str, ordinal: int, text: str, **further: object) -> Paragraph:
    plain = Paragraph(id=f"{document}#{anchor}", document=document, ordinal=ordinal, text=text, language="en")
    return replace(plain, **further)


LETTER = ParsedDocument(
    document=Document(
        id="A/79/945",
        symbols=("A/79/945", "S/2025/368"),
        title="Letter on victims",
        date="2025-06-02",
        language="en",
        path="letters/A_79_945.pdf",
    ),
    paragraphs=(
        _paragraph("A/79/945", "p1", 1, "The first point.", marker="1", page=1),
        _paragraph("A/79/945", "p2", 2, "The second point:", marker="2", page=2),
        _paragraph("A/79/945", "p2.a", 3, "Its first part.", marker="(a)", parents=("2",), page=2),
        _paragraph("A/79/945", "p3", 4, "The third point.", marker="3", page=4),
        _paragraph("A/79/945", "p4", 5, "The fourth point.", marker="4", page=4),
    ),
)

RANGE = "We recall A/79/945, paras. 1-3 and 9, and A/80/1."
NAMED = "See S/2025/368, para. 2 (a), and A/79/945, para. 2 (b)."
WHOLE = "We thank for the letter."
OF_NOTE = "See A/79/945; A/79/945/Add.1, para. 7."

REPORT = ParsedDocument(
    document=Document(
        id="A/80/48",
        symbols=("A/80/48",),
        title="Report that cites",
        date="2025-09-01",
        language="en",
        relations=(Related(symbol="A/79/945", relation="addendum"),),
    ),
    paragraphs=(
        _paragraph(
            "A/80/48",
            "p1",
            1,
            RANGE,
            marker="1",
            cites=(reference(RANGE, "A/79/945", "1", "2", "3", "9"), reference(RANGE, "A/80/1")),
        ),
        _paragraph(
            "A/80/48",
            "p2",
            2,
            NAMED,
            marker="2",
            cites=(reference(NAMED, "S/2025/368", "2 (a)"), reference(NAMED, "A/79/945", "2 (b)")),
        ),
        _paragraph(
            "A/80/48",
            "p3",
            3,
            WHOLE,
            marker="3",
            notes=(Note(marker="1", text=OF_NOTE, at=len(WHOLE)),),
            cites=(
                reference(OF_NOTE, "A/79/945", where="note", note="1"),
                reference(OF_NOTE, "A/79/945/Add.1", "7", where="note", note="1"),
            ),
        ),
    ),
)

KENYAN = "Mr. Kimani (Kenya)"
SPEAKS = StateMention(code="KEN", start=12, end=17, where="speaker", role="speaker")

RECORD = ParsedDocument(
    document=Document(id="A/79/PV.3", symbols=("A/79/PV.3",), title="3rd plenary meeting", date="2024-09-24"),
    paragraphs=(
        _paragraph("A/79/PV.3", "u1", 1, "The meeting was called to order."),
        _paragraph("A/79/PV.3", "u2", 2, "Victims come first.", speaker=KENYAN, states=(SPEAKS,)),
        _paragraph(
            "A/79/PV.3",
            "u3",
            3,
            "Kenya and France have said so.",
            speaker=KENYAN,
            states=(
                SPEAKS,
                StateMention(code="KEN", start=0, end=5),
                StateMention(code="FRA", start=10, end=16),
            ),
        ),
        _paragraph(
            "A/79/PV.3",
            "u4",
            4,
            "Mr. Dupont (France): We agree with Kenya.",
            speaker="Mr. Dupont (France)",
            states=(
                StateMention(code="FRA", start=12, end=18, where="speaker", role="speaker"),
                StateMention(code="KEN", start=35, end=40),
            ),
        ),
    ),
)

CITED = (RECORD, LETTER, REPORT)
