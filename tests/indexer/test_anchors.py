"""Ids of paragraphs: what they are called, and that they stay."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.anchors import anchors, slug
from indexer.segment import Unit


def test_anchors_are_made_of_what_is_printed():
    units = [
        Unit(text="A summary.", section=("Summary",)),
        Unit(text="States should:", marker="12", section=("II. Recommendations",)),
        Unit(text="Act;", marker="(a)", parents=("12",), section=("II. Recommendations",)),
        Unit(text="Now;", marker="(ii)", parents=("12", "(a)"), section=("II. Recommendations",)),
        Unit(text="A point.", marker="-", parents=("12",), section=("II. Recommendations",)),
        Unit(text="Help.", marker="(a)", parents=("12",), section=("II. Recommendations", "1. Victims")),
        Unit(text="Study.", marker="(a)", parents=("12",), section=("II. Recommendations", "2. Research")),
        Unit(text="It is.", marker="6.7", section=("II. Recommendations",)),
        Unit(text="Plain words.", section=("II. Recommendations",)),
        Unit(text="Do:", marker="5", section=("Annex II", "A. General")),
        Unit(text="This;", marker="(a)", parents=("5",), section=("Annex II", "A. General")),
        Unit(text="A row", section=("Annex", "List of documents")),
    ]
    assert anchors(units) == [
        "summary.u1",
        "p12",
        "p12.a",
        "p12.a.ii",
        "p12.u1",
        "p12.1-victims.a",
        "p12.2-research.a",
        "p6-7",
        "ii-recommendations.u1",
        "annex2.p5",
        "annex2.p5.a",
        "annex.list-of-documents.u1",
    ]


def test_numbering_that_begins_again_is_qualified_by_its_section():
    first = [Unit(text=f"One {n}", marker=str(n), section=("a. Prosecution",)) for n in (1, 2)]
    second = [Unit(text=f"Two {n}", marker=str(n), section=("b. Protection",)) for n in (1, 2)]
    assert anchors([*first, *second]) == ["p1", "p2", "b-protection.p1", "b-protection.p2"]


def test_what_is_still_alike_takes_a_hash_of_its_words():
    twice = [Unit(text="One thing", marker="3"), Unit(text="Another thing", marker="3")]
    one, other = anchors(twice)
    assert (one, other[:3], len(other)) == ("p3", "p3-", 9)


def test_sections_of_the_same_name_are_told_apart_by_those_above_them():
    units = [Unit(text="x", section=("I. One", "Deliberations")), Unit(text="y", section=("II. Two", "Deliberations"))]
    assert anchors(units) == ["i-one.deliberations.u1", "ii-two.deliberations.u1"]


@given(st.text(max_size=80))
def test_a_slug_is_an_address(text):
    assert slug(text).strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    assert slug(text)


@st.composite
def documents(draw: st.DrawFn) -> list[Unit]:
    """Sections with a running numbering, lettered items, bullets and plain paragraphs, as documents have them."""
    units, number = [], 0
    for at in range(draw(st.integers(1, 5))):
        section = (f"{'I' * (at + 1)}. Part", "Deliberations") if draw(st.booleans()) else (f"{'I' * (at + 1)}. Part",)
        for kind in draw(st.lists(st.sampled_from(["number", "letter", "bullet", "plain"]), min_size=1, max_size=5)):
            if kind == "number" or (kind == "letter" and not number):
                number += 1
                units.append(Unit(text=f"Paragraph {number}", marker=str(number), section=section))
            elif kind == "letter":
                units.append(Unit(text="Item", marker="(a)", parents=(str(number),), section=section))
            else:
                units.append(Unit(text="Words", marker="-" if kind == "bullet" else "", section=section))
    return units


@given(documents(), st.data())
def test_adding_a_paragraph_changes_no_anchor_outside_its_section(units, data):
    at = data.draw(st.integers(0, len(units) - 1))
    marker = data.draw(st.sampled_from(["", "-", "(zz)", "5 bis"]))
    parents = units[at].parents or ((units[at].marker,) if units[at].marker.isdigit() else ())
    added = replace(units[at], text="An added paragraph", marker=marker, parents=parents if marker == "(zz)" else ())
    before = anchors(units)
    after = anchors([*units[: at + 1], added, *units[at + 1 :]])
    del after[at + 1]
    outside = [place for place, unit in enumerate(units) if unit.section != added.section]
    assert [after[place] for place in outside] == [before[place] for place in outside]
    assert len(set(before)) == len(before)
