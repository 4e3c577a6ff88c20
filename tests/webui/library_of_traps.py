"""A few made-up documents of what pages break on: markup, slashes, percent signs, other languages, nothing known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pilcrow.engine import generations
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
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

SCRIPT = "<script>alert(1)</script>"
FILES = {
    "letter.txt": b"Belarus protects the victims of trafficking.\n",
    "some <file>.txt": f"A paragraph {SCRIPT} of which nothing is known.\n".encode(),
}
"""The files that documents were read from, by their paths."""

SESSION = Session(key="A/79", label="General Assembly, seventy-ninth session", body="A", number=79)


def publish(
    directory: Path, documents: Sequence[ParsedDocument], roots: tuple[str, ...] = (), *, engine: str = "whoosh"
) -> str:
    """Build a generation of ``documents`` with ``engine``, publish it in ``directory`` and give its name.

    ``roots`` are the folders under which their files lie.
    """
    with generations.building(directory), generations.new_generation(directory) as made:
        writer = generations.engine(engine).write(made.data)
        for parsed in documents:
            writer.add(parsed)
        writer.commit()
        manifest = Manifest(
            generation=made.name,
            engine=engine,
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow="test",
            corpus="traps",
            documents=len(documents),
            paragraphs=sum(len(parsed.paragraphs) for parsed in documents),
            built="2025-01-01T00:00:00Z",
            roots=roots,
        )
        generations.seal(made, manifest, {})
        generations.publish(directory, made)
    return made.name


def paragraph(document: str, ordinal: int, text: str, **more: Any) -> Paragraph:
    """A numbered paragraph; ``more`` are further fields of the model."""
    plain = Paragraph(id=f"{document}#p{ordinal}", document=document, ordinal=ordinal, text=text, marker=str(ordinal))
    return replace(plain, **{"language": "en", **more})


def _read_from(path: str) -> dict[str, Any]:
    return {"path": path, "sha256": hashlib.sha256(FILES[path]).hexdigest()}


def documents() -> list[ParsedDocument]:
    """The documents, in natural order of their symbols."""
    return [_letter(), _draft(), _resolution(), _untitled()]


def _letter() -> ParsedDocument:
    identifier = "A/79/945"
    document = Document(
        id=identifier,
        symbols=(identifier, "S/2025/368"),
        title="Letter dated 2 June 2025 & its annex",
        date="2025-06-02",
        date_kind="distribution",
        body="A",
        sessions=(SESSION,),
        type="letter",
        language="en",
        agenda=(AgendaItem(number="35", session="A/79"),),
        agenda_titles=(AgendaItem(number="35", session="A/79", title="Prevention of armed conflict"),),
        relations=(Related(symbol="A/79/900", relation="addendum"),),
        **_read_from("letter.txt"),
        catalogued=("type",),
    )
    agenda = document.agenda
    return ParsedDocument(
        document=document,
        paragraphs=(
            paragraph(
                identifier,
                1,
                "Belarus protects the victims of trafficking.",
                agenda=agenda,
                section=("I. Victims",),
                states=(StateMention(code="BLR", start=0, end=7),),
                pillars=(
                    PillarScore(
                        pillar="protection", score=2.0, cues=(Cue(phrase="victims", weight=2.0, where="text"),)
                    ),
                ),
            ),
            paragraph(
                identifier,
                2,
                "Victims were identified in several regions, and the report says so.",
                agenda=agenda,
                section=("I. Victims", "A. Identification"),
                notes=(
                    Note(marker="1", text="Qatar reported on victims.", at=43),
                    Note(marker="2", text="Ibid.", at=67),
                ),
                states=(StateMention(code="QAT", start=0, end=5, where="note", note="1"),),
            ),
            paragraph(identifier, 3, "States should:", agenda=agenda, section=("I. Victims", "A. Identification")),
            Paragraph(
                id=f"{identifier}#p3.a",
                document=identifier,
                ordinal=4,
                marker="(a)",
                parents=("3",),
                language="en",
                text="Support victims;",
                agenda=agenda,
                section=("I. Victims", "A. Identification"),
            ),
            paragraph(
                identifier,
                5,
                "The Secretary-General will report on progress.",
                agenda=agenda,
                section=("II. Next steps",),
            ),
            paragraph(
                identifier,
                6,
                "Les victimes ont droit à réparation.",
                agenda=agenda,
                section=("II. Next steps",),
                language="fr",
            ),
        ),
    )


def _draft() -> ParsedDocument:
    identifier = "A/C.3/79/L.5%20/Rev.1"
    document = Document(
        id=identifier,
        symbols=(identifier,),
        title=f"Draft {SCRIPT} 100% & more",
        date="2024",
        body="A/C.3",
        language="en",
    )
    return ParsedDocument(
        document=document,
        paragraphs=(
            paragraph(
                identifier,
                1,
                f"Victims {SCRIPT} & <b>bold</b> claims.",
                section=(f"<i>{SCRIPT}",),
                notes=(Note(marker="*", text=f"Victims of <img src=x onerror=alert(1)> {SCRIPT}", at=7),),
            ),
        ),
    )


def _resolution() -> ParsedDocument:
    identifier = "S/RES/2774 (2025)"
    document = Document(
        id=identifier, symbols=(identifier,), title="", date="2025-02", body="S", type="resolution", language="en"
    )
    return ParsedDocument(
        document=document,
        paragraphs=tuple(
            paragraph(identifier, number, f"Decides, for reason {number}, to remain seized of the matter.")
            for number in range(1, 31)
        ),
    )


def _untitled() -> ParsedDocument:
    identifier = "prov:some-file"
    document = Document(id=identifier, **_read_from("some <file>.txt"))
    return ParsedDocument(
        document=document, paragraphs=(paragraph(identifier, 1, "A paragraph of which nothing is known."),)
    )
