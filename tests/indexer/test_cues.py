"""The little language of cues: what a cue finds, and that it finds it in the text as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cues import CueSet, Folding

FOLDING = Folding(
    joined=frozenset({"anti", "co", "non"}),
    spelling={"labour": "labor", "organis": "organiz"},
    names=CueSet([("protocol to prevent [and punish] trafficking", "@protocol")]),
)


def found(cue: str, text: str) -> list[str]:
    """What ``cue`` finds in ``text``, as printed."""
    folded = FOLDING.fold(text)
    return [folded.surface(each.start, each.end) for each in CueSet([(cue, None)]).find(folded)]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("root cause*", "Address the root causes, and each root cause.", ["root causes", "root cause"]),
        ("cause*", "because of this", []),
        ("{witness*|police informant*}", "Police informants and a witness", ["Police informants", "witness"]),
        (
            "national [action] plan",
            "a national plan; the National Action Plan",
            ["national plan", "National Action Plan"],
        ),
        ("[national] plan", "a plan and a national plan", ["plan", "national plan"]),
        ("train* .. judge*", "Judges, whom nobody trained", ["Judges, whom nobody trained"]),
        ("train* .. judge*", "training for the judges", ["training for the judges"]),
        ("assist* > victim*", "victims who were assisted", []),
        ("assist* > victim*", "assistance to all the victims", ["assistance to all the victims"]),
        (
            "assist* .. victim*",
            "assist one two three four five six victims",
            ["assist one two three four five six victims"],
        ),
        ("assist* .. victim*", "assist one two three four five six seven victims", []),
        ("assist* .. victim*", "They assist. Victims came.", []),
        ("assist* .. victim*", "to assist; victims", []),
        ("^statements were", "Statements were made", ["Statements were"]),
        ("^statements were", "The statements were made", []),
        ("labor inspection*", "Labour inspections", ["Labour inspections"]),
        ("organiz*", "organised crime, reorganised", ["organised"]),
        ("awareness raising", "awareness-raising", ["awareness-raising"]),
        ("antitrafficking", "anti-trafficking and Anti\u00ad-trafficking", ["anti-trafficking"]),
        ("nonpunishment", "the non-punishment principle", ["non-punishment"]),
        ("women rights", "women’s rights and women's rights", ["women’s rights", "women's rights"]),
        ("@docsymbol", "see CTOC/COP/WG.4/2013/5 and A/RES/78/228", ["CTOC/COP/WG.4/2013/5", "A/RES/78/228"]),
        ("un gift", "UN.GIFT", ["UN.GIFT"]),
    ],
)
def test_a_cue_finds_what_it_says_as_it_is_printed(cue, text, expected):
    assert found(cue, text) == expected


@pytest.mark.parametrize("cue", ["punish*", "prevent*", "trafficking"])
def test_the_words_of_a_long_fixed_name_are_found_by_no_cue(cue):
    assert found(cue, "the Protocol to Prevent and Punish Trafficking") == []


def test_a_long_fixed_name_is_found_by_its_own_name_and_shown_whole():
    assert found("@protocol", "the Protocol to\nPrevent Trafficking") == ["Protocol to Prevent Trafficking"]


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("ab*", "'ab\\*'"),
        ("abc* plan", "needs 4 letters"),
        ("Plan", "'Plan'"),
        ("a .. b .. c", "more than one operator"),
        ("plan ..", "nothing beside it"),
        ("[plan]", "nothing beside it"),
    ],
)
def test_a_malformed_cue_is_refused_with_what_is_wrong(cue, said):
    with pytest.raises(ValueError, match=said):
        CueSet([(cue, None)])


def test_two_cues_of_the_same_words_are_both_found():
    # The regular expressions of equal cues are one object; a lookup by that object once lost the second.
    folded = FOLDING.fold("referral mechanisms")
    assert [each.value for each in CueSet([("referral", 1), ("referral", 2)]).find(folded)] == [1, 2]


@given(st.text())
def test_any_text_folds_and_shows_only_its_own_characters(text):
    folded = FOLDING.fold(text)
    assert folded.line.split() == [] or len(folded) == len(folded.line.split())
    for start, end in folded.spans:
        assert 0 <= start < end <= len(text)
    assert list(folded.spans) == sorted(folded.spans)
