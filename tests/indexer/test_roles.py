"""What part each State plays: voting lists, sponsors, and who is said to have spoken."""

from __future__ import annotations

import time

import pytest

from indexer import roles
from indexer.states import find_states


def played(text: str) -> dict[str, str]:
    """The roles in ``text`` other than "mentioned", by code."""
    found = roles.assign(text, find_states(text))
    return {mention.code: mention.role for mention in found if mention.role != "mentioned"}


VOTES = [
    ("In favour: Chad, Peru.", {"TCD": "in favour", "PER": "in favour"}),
    ("AGAINST : CHAD", {"TCD": "against"}),
    ("Abstentions: Fiji", {"FJI": "abstaining"}),
    ("Not voting: Fiji, Mali", {}),
    (
        "It was adopted by 2 votes to 1. In favour: Chad, Peru. Against: Fiji. Abstaining: None. Mali then left.",
        {"TCD": "in favour", "PER": "in favour", "FJI": "against"},
    ),
    ("Votos a favor: Chad; Votos en contra: Peru", {"TCD": "in favour", "PER": "against"}),
    ("Chad was against: it said so of Peru.", {}),
]

SPONSORS = [
    ("Chad and Peru: draft resolution", {"TCD": "sponsor", "PER": "sponsor"}),
    ("Chad:** revised draft decision*", {"TCD": "sponsor"}),
    ("Chad and Peru: amendment to draft resolution A/C.9/70/L.5", {"TCD": "sponsor", "PER": "sponsor"}),
    ("Fiji [on behalf of the Group of Examples]: draft resolution", {"FJI": "sponsor"}),
    ("Draft resolution submitted by Mali", {"MLI": "sponsor"}),
    ("Mali et Togo\N{NO-BREAK SPACE}: projet de résolution", {"MLI": "sponsor", "TGO": "sponsor"}),
    ("Chile: proyecto de decisión", {"CHL": "sponsor"}),
    ("Sponsors: Mali, Fiji", {"MLI": "sponsor", "FJI": "sponsor"}),
    ("Draft resolution submitted by the Vice-Chair of the Committee, Ana Example (Mali)", {}),
    (
        "Subsequently, Chad, the Sudan and Peru joined in sponsoring the draft.",
        dict.fromkeys(("TCD", "SDN", "PER"), "sponsor"),
    ),
    ("Mali had also become known. Fiji became a sponsor.", {"FJI": "sponsor"}),
    (
        "It had before it a draft resolution on trade with Mali, submitted by Chad and Peru.",
        {"TCD": "sponsor", "PER": "sponsor"},
    ),
    ("The draft resolution sponsored by Chad calls on Peru to act.", {"TCD": "sponsor"}),
]

SPEAKERS = [
    ("Mr. Example (Chad): Peru is right.", {"TCD": "speaker"}),
    ("Ms. Example (spoke in French) (Chad): We agree.", {"TCD": "speaker"}),
    (
        "Ms. Example (Iran (Islamic Republic of)), speaking on behalf of others, said that Peru was right.",
        {"IRN": "speaker"},
    ),
    ("Mme Example (Mali) (parle en anglais) : Je remercie le Togo.", {"MLI": "speaker"}),
    ("Mr. Example (Chad) was elected.", {}),
    ("Mr. Example (Chad), Vice-Chair", {}),
    (
        "Statements were made by the representatives of Chad and Peru on the situation in Haiti.",
        {"TCD": "speaker", "PER": "speaker"},
    ),
    (
        "Statements in exercise of the right of reply were made by the representatives of Chad (on behalf of Fiji and "
        "the Group (of others)), the European Union and Mali.",
        {"TCD": "speaker", "MLI": "speaker"},
    ),
    (
        "A statement was made by the representatives of the following parties to the Protocol: Chad, Peru.",
        {"TCD": "speaker", "PER": "speaker"},
    ),
    (
        "After the vote, the representatives of Chad and Peru and the observer for Fiji made statements.",
        dict.fromkeys(("TCD", "PER", "FJI"), "speaker"),
    ),
    ("The representative of Chad (also on behalf of Mali) introduced the draft.", {"TCD": "speaker"}),
    ("The observer for the Holy See also made a statement. Peru was thanked.", {"VAT": "speaker"}),
    ("He met the representatives of Chad and Peru, who had left Mali.", {}),
    ("Letters came from the representatives of Chad. The Chair made a statement.", {}),
    ("The Working Group heard a statement by Chad.", {"TCD": "speaker"}),
]


@pytest.mark.parametrize(("text", "expected"), VOTES + SPONSORS + SPEAKERS)
def test_says_who_did_what(text: str, expected: dict[str, str]) -> None:
    assert played(text) == expected


def test_introducing_and_sponsoring_are_told_apart_in_one_paragraph() -> None:
    text = "The representative of Chad introduced the draft. Subsequently, Peru and Fiji joined the list of sponsors."
    assert played(text) == {"TCD": "speaker", "PER": "sponsor", "FJI": "sponsor"}


def test_a_note_to_a_sponsor_list_names_sponsors_and_another_note_does_not() -> None:
    note = "On behalf of the States that are members of the Group of 77 and China."
    found = tuple(find_states(note, where="note", note="*"))
    assert [mention.role for mention in roles.assign_in_note("Fiji:* draft resolution", note, found)] == ["sponsor"]
    assert [mention.role for mention in roles.assign_in_note("Fiji was there.", note, found)] == ["mentioned"]


@pytest.mark.parametrize(
    "piece",
    [
        "statements were made by Chad ",
        "the representatives of Chad, ",
        "(on behalf of ",
        "Chad joined in sponsoring ",
        "draft resolution, Chad",
    ],
)
def test_a_very_long_paragraph_takes_time_in_proportion(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    mentions = find_states(text)
    started = time.process_time()
    roles.assign(text, mentions)
    assert time.process_time() - started < 5
