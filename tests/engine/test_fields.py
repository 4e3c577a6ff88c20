"""The table of fields: which values a paragraph has, with their ancestors, qualifiers and unknowns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilcrow.engine.fields import BY_KEY, FIELDS, KeyValue, key_values, text_values
from pilcrow.engine.model import (
    AgendaItem,
    Document,
    Note,
    Paragraph,
    PillarScore,
    Reference,
    Session,
    StateMention,
)

SESSION = Session(key="CTOC/COP/WG.4/2013-11-06", label="Working Group, 6-8 November 2013")
DOCUMENT = Document(
    id="CTOC/COP/WG.4/2013/5",
    symbols=("CTOC/COP/WG.4/2013/5", "A/1"),
    title="Report",
    date="2013-11-26",
    body="CTOC/COP/WG.4",
    type="report",
    language="en",
    sessions=(SESSION,),
    agenda_titles=(AgendaItem(number="2", session=SESSION.key, title="Services"),),
)
PARAGRAPH = Paragraph(
    id="CTOC/COP/WG.4/2013/5#p1",
    document="CTOC/COP/WG.4/2013/5",
    ordinal=1,
    text="Text",
    section=("I. One", "A. Two"),
    notes=(Note(marker="1", text="A note", at=0),),
    states=(StateMention(code="BLR", start=0, end=1, where="note", role="speaker"),),
    pillars=(PillarScore(pillar="national", score=1.0),),
    agenda=(AgendaItem(number="2 (b)", session=SESSION.key),),
)
NOTHING = (Document(id="prov:x"), Paragraph(id="prov:x#u1", document="prov:x", ordinal=1, text=""))


def values(field: str) -> dict[str, tuple[str, str]]:
    found = key_values(BY_KEY[field], DOCUMENT, PARAGRAPH)
    return {value.key: (value.label, value.parent) for value in found}


def test_a_date_has_its_month_and_its_year() -> None:
    assert values("date") == {
        "2013": ("2013", ""),
        "2013-11": ("November 2013", "2013"),
        "2013-11-26": ("26 November 2013", "2013-11"),
    }


def test_an_agenda_item_has_its_item_and_its_session() -> None:
    key = SESSION.key
    assert values("agenda") == {
        key: (SESSION.label, ""),
        f"{key}|2": ("Item 2: Services", key),
        f"{key}|2 (b)": ("Item 2 (b)", f"{key}|2"),
    }


def test_a_state_comes_with_its_region_and_every_qualifier() -> None:
    found = values("state")
    assert found["BLR"] == ("Belarus", "150")
    assert found["150"] == ("Europe", "")
    assert found["BLR@note@speaker"] == ("Belarus", "150@note@speaker")
    assert set(found) == {
        *("BLR", "BLR@note", "BLR@speaker", "BLR@note@speaker"),
        *("150", "150@note", "150@speaker", "150@note@speaker"),
        *("any@note", "any@speaker", "any@note@speaker"),
        *("unknown@text", "unknown@spoken"),
    }


def test_who_speaks_is_told_from_who_is_named_as_a_speaker() -> None:
    spoken = StateMention(code="KEN", start=12, end=17, where="speaker", role="speaker")
    named = StateMention(code="FRA", start=0, end=6, where="text", role="speaker")
    paragraph = replace(PARAGRAPH, speaker="Mr. Kimani (Kenya)", states=(spoken, named))
    found = {value.key for value in key_values(BY_KEY["state"], DOCUMENT, paragraph)}
    assert {"KEN", "KEN@spoken", "KEN@speaker", "KEN@spoken@speaker", "any@spoken"} <= found
    assert {"FRA", "FRA@text", "FRA@speaker", "FRA@text@speaker"} <= found
    assert not {"FRA@spoken", "KEN@text", "unknown@spoken"} & found


def test_a_citation_has_its_document_and_every_place_with_those_above_it() -> None:
    part = Reference(symbol="A/79/439", start=0, end=8, paragraphs=("11", "12 (a)"))
    whole = Reference(symbol="S/RES/2774 (2025)", start=20, end=37, where="note", note="1")
    found = key_values(BY_KEY["cites"], DOCUMENT, replace(PARAGRAPH, cites=(part, whole)))
    assert {value.key: (value.label, value.parent) for value in found} == {
        "A/79/439": ("A/79/439", ""),
        "A/79/439@part": ("A/79/439", ""),
        "A/79/439#p11": ("A/79/439, para. 11", "A/79/439"),
        "A/79/439#p12": ("A/79/439, para. 12", "A/79/439"),
        "A/79/439#p12.a": ("A/79/439, para. 12 (a)", "A/79/439#p12"),
        "S/RES/2774 (2025)": ("S/RES/2774 (2025)", ""),
        "S/RES/2774 (2025)@whole": ("S/RES/2774 (2025)", ""),
    }


def test_joint_symbols_are_all_values() -> None:
    assert list(values("symbol")) == ["CTOC/COP/WG.4/2013/5"]
    assert list(values("any_symbol")) == ["CTOC/COP/WG.4/2013/5", "A/1"]


@pytest.mark.parametrize("field", ["session", "pillar", "agenda", "date", "body", "type", "language", "cites"])
def test_what_is_not_said_is_unknown(field: str) -> None:
    assert key_values(BY_KEY[field], *NOTHING) == (KeyValue("unknown", "Unknown"),)


def test_a_paragraph_without_states_is_unknown_wherever_one_could_be() -> None:
    assert {value.key for value in key_values(BY_KEY["state"], *NOTHING)} == {
        "unknown",
        *("unknown@text", "unknown@note", "unknown@spoken"),
    }


def test_each_heading_and_each_note_is_a_value_of_its_own() -> None:
    assert text_values(BY_KEY["section"], DOCUMENT, PARAGRAPH) == ("I. One", "A. Two")
    assert text_values(BY_KEY["note"], DOCUMENT, PARAGRAPH) == ("A note",)
    assert text_values(BY_KEY["title"], *NOTHING) == ()


def test_every_field_finds_values_of_its_kind() -> None:
    assert len(BY_KEY) == len(FIELDS)
    for field in FIELDS:
        assert (field.texts is not None, field.values is not None) == (field.kind == "text", field.kind == "keys")
    with pytest.raises(ValueError, match="not a field of text"):
        text_values(BY_KEY["state"], *NOTHING)
    with pytest.raises(ValueError, match="not a field of keys"):
        key_values(BY_KEY["text"], *NOTHING)
