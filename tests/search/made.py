"""Three small documents, made so that every kind of value stands in them."""

from __future__ import annotations

from pilcrow.engine.model import (
    AgendaItem,
    Cue,
    Document,
    Note,
    Paragraph,
    ParsedDocument,
    PillarScore,
    Related,
    Session,
    StateMention,
)

SEVENTIETH = Session(key="A/70", label="General Assembly, seventieth session", body="A", number=70, start="2015-09-15")
MEETING = Session(
    key="CTOC/COP/WG.4/2011-10-10",
    label="Working Group on Trafficking in Persons, 10-12 October 2011",
    body="CTOC/COP/WG.4",
    start="2011-10-10",
    end="2011-10-12",
)

REPORT = ParsedDocument(
    document=Document(
        id="A/70/12",
        symbols=("A/70/12", "S/2015/99"),
        title="Report on the protection of witnesses",
        date="2015-10-01",
        body="A",
        type="report",
        language="en",
        sessions=(SEVENTIETH,),
        agenda_titles=(AgendaItem(number="2", session="A/70", title="Witnesses"),),
    ),
    paragraphs=(
        Paragraph(
            id="A/70/12#p1",
            document="A/70/12",
            ordinal=1,
            marker="1",
            section=("I. Introduction",),
            text="Belarus asked the court to protect witnesses, and France agreed.",
            states=(
                StateMention(code="BLR", start=0, end=7, role="speaker"),
                StateMention(code="FRA", start=50, end=56),
            ),
            agenda=(AgendaItem(number="2 (b)", session="A/70"),),
            pillars=(
                PillarScore(pillar="protection", score=2.0, cues=(Cue(phrase="protect", weight=2.0, where="text"),)),
            ),
        ),
        Paragraph(
            id="A/70/12#p2",
            document="A/70/12",
            ordinal=2,
            marker="2",
            section=("I. Introduction",),
            text="The court heard the case.",
            notes=(Note(marker="1", text="See the law of Belarus.", at=24),),
            states=(StateMention(code="BLR", start=15, end=22, where="note", note="1"),),
        ),
        Paragraph(
            id="A/70/12#p2.a",
            document="A/70/12",
            ordinal=3,
            marker="(a)",
            parents=("2",),
            section=("I. Introduction",),
            text="- a formula, =1+1, and poverty;",
        ),
    ),
)

PAPER = ParsedDocument(
    document=Document(
        id="CTOC/COP/WG.4/2011/3",
        symbols=("CTOC/COP/WG.4/2011/3",),
        title="Background paper on courts",
        date="2011-08",
        body="CTOC/COP/WG.4",
        type="background paper",
        language="en",
        sessions=(MEETING,),
        relations=(Related(symbol="A/70/12", relation="addendum"),),
    ),
    paragraphs=(
        Paragraph(
            id="CTOC/COP/WG.4/2011/3#annex2.p5.a",
            document="CTOC/COP/WG.4/2011/3",
            ordinal=1,
            marker="(a)",
            parents=("5",),
            section=("Annex II. Courts", "A. The court"),
            text="A court may hear witnesses from Poland by video.",
            states=(StateMention(code="POL", start=32, end=38),),
            agenda=(AgendaItem(number="3", session=MEETING.key, title="Courts"),),
        ),
        Paragraph(
            id="CTOC/COP/WG.4/2011/3#the-court.u1",
            document="CTOC/COP/WG.4/2011/3",
            ordinal=2,
            section=("The court, as it stands",),
            text="Nothing {of} note_here & 100% “quoted”.",
        ),
    ),
)

DRAFT = ParsedDocument(
    document=Document(id="prov:draft", title="Draft", language="fr"),
    paragraphs=(Paragraph(id="prov:draft#u1", document="prov:draft", ordinal=1, text="Les victimes et le tribunal."),),
)

DOCUMENTS = (REPORT, PAPER, DRAFT)
