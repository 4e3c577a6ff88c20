"""What is marked, and what of a text is shown: nothing but what matches, whole words, escaped."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine import analysis
from pilcrow.engine.model import Document, Note, Paragraph
from pilcrow.search.marks import Marker
from pilcrow.search.parser import parse
from pilcrow.search.snippets import ELLIPSIS, LENGTH, Highlighter, Marked, Run, Snippet, marked, snippet


def shown(query: str, text: str, field: str = "text") -> str:
    return marked(text, Marker(parse(query).tree).marks(text, field)).replace("<mark>", "[").replace("</mark>", "]")


MARKED = [
    (
        "protect victims",
        "Protection of a victim; the victims’ rights",
        "[Protection] of a [victim]; the [victims]’ rights",
    ),
    (
        '"organized crime"',
        "Organized crime, and organized theft and crime",
        "[Organized crime], and organized theft and crime",
    ),
    (
        '"joint investigation"~1',
        "investigations made joint; joint and not such investigations",
        "[investigations] made [joint]; joint and not such investigations",
    ),
    ('"law law"~3', "law; another law here, and one law", "[law]; another [law] here, and one [law]"),
    ("=victims", "A victim of victims", "A victim of [victims]"),
    ('="States Parties"', "States Parties and State Parties", "[States Parties] and State Parties"),
    ("traffick*", "Trafficking by traffickers in traffic", "[Trafficking] by [traffickers] in traffic"),
    ("wom?n", "woman, women, womban", "[woman], [women], womban"),
    ("trafiking~", "trafficking, trafiking, tarfiking", "trafficking, [trafiking], [tarfiking]"),
    ("victim NOT child", "A child victim", "A child [victim]"),
    ("victim -child (law OR NOT aid)", "child law aid victim", "child [law] aid [victim]"),
    ("64/293", "resolution 64/293 of 64 and 293", "resolution [64/293] of 64 and 293"),
    ("title:law", "the law", "the law"),
    ("text:law section:order", "law and order", "[law] and order"),
    ("<b>", "a <b> & c", "a &lt;[b]&gt; &amp; c"),
    ("Côte", "cote Côte", "[cote] [Côte]"),
    ("*", "all of it", "all of it"),
    ("state:Belarus", "Belarus", "Belarus"),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED)
def test_only_what_matches_is_marked(query: str, text: str, expected: str) -> None:
    assert shown(query, text) == expected


def test_a_word_asked_for_in_one_field_is_marked_there_alone() -> None:
    assert shown("note:law", "the law", "note") == "the [law]"
    assert shown("note:law", "the law", "section") == "the law"
    assert shown("law", "the law", "section") == "the [law]"
    assert shown("law", "the law", "title") == "the law"
    assert shown("title:law", "the law", "title") == "the [law]"


PARAGRAPH = Paragraph(
    id="A/1#p1",
    document="A/1",
    ordinal=1,
    text="States should protect witnesses.",
    section=("Protection", "Aid"),
    notes=(Note(marker="1", text="See the law on protection.", at=5), Note(marker="2", text="Ibid.", at=9)),
)


def test_a_hit_in_a_note_is_shown_as_a_note_with_its_marker() -> None:
    assert Highlighter(parse("law").tree).snippet(PARAGRAPH) == Snippet(
        text="States should protect witnesses.", notes=(("1", "See the <mark>law</mark> on protection."),)
    )


def test_the_page_of_a_document_marks_text_notes_and_headings() -> None:
    highlighter = Highlighter(parse("protect").tree)
    assert highlighter.whole(PARAGRAPH) == Marked(
        runs=(Run("State", "1"), Run("s sh", "2"), Run("ould <mark>protect</mark> witnesses.")),
        notes=(("1", (Run("See the law on <mark>protection</mark>."),)), ("2", (Run("Ibid."),))),
        section=("<mark>Protection</mark>", "Aid"),
        hit=True,
    )
    assert not Highlighter(parse("poverty").tree).whole(PARAGRAPH).hit


def test_a_mark_that_a_note_cuts_is_marked_on_both_sides_of_it() -> None:
    paragraph = Paragraph(
        id="A/1#p1", document="A/1", ordinal=1, text="organized crime", notes=(Note(marker="7", text="x", at=9),)
    )
    runs = Highlighter(parse('"organized crime"').tree).whole(paragraph).runs
    assert runs == (Run("<mark>organized</mark>", "7"), Run("<mark> crime</mark>"))


def test_words_of_another_language_are_marked_unstemmed() -> None:
    french = Document(id="A/2", language="fr", title="Victimes")
    paragraph = Paragraph(id="A/2#p1", document="A/2", ordinal=1, text="Les victimes et la victime")
    assert (
        Highlighter(parse("victimes").tree).snippet(paragraph, french).text == "Les <mark>victimes</mark> et la victime"
    )


FILLER = " ".join(["nothing of note stands here for a while;"] * 12)


def test_a_long_text_shows_fragments_in_its_order_with_what_was_asked_for() -> None:
    text = f"The court heard. {FILLER} A witness came. {FILLER} The victim spoke. {FILLER}"
    found = snippet(text, Marker(parse("victim witness court").tree).marks(text, "text"))
    assert re.findall(r"<mark>(.*?)</mark>", found) == ["court", "witness", "victim"]
    assert found.count(ELLIPSIS) == 3
    assert found.startswith("The <mark>court</mark>")


def test_one_fragment_is_enough_where_it_has_all_that_was_asked_for() -> None:
    text = f"The court heard. {FILLER} The court heard the witness. {FILLER}"
    found = snippet(text, Marker(parse("court witness").tree).marks(text, "text"))
    assert re.findall(r"<mark>(.*?)</mark>", found) == ["court", "witness"]
    assert found.startswith(ELLIPSIS)
    assert found.endswith(ELLIPSIS)


def test_a_text_without_a_match_is_shown_from_its_beginning() -> None:
    found = snippet(FILLER, ())
    assert FILLER.startswith(found.removesuffix(f" {ELLIPSIS}"))
    assert len(found) <= LENGTH + 2


QUERIES = st.sampled_from(
    ["law", "law aid", '"law aid"', '"law aid"~3', "l*", "lwa~", "=law OR aid NOT child", "*a* -law", "law child aid w"]
)
PIECES = st.lists(
    st.sampled_from(["law", "aid", "Laws", "child", "<i>", "&", " ", "  ", ", ", "a" * 60, "中文", "é", "\n", "-"]),
    max_size=120,
)


@given(QUERIES, PIECES.map("".join) | PIECES.map(" ".join) | st.text(max_size=400))
def test_a_snippet_without_its_marks_is_text_of_the_paragraph_cut_between_words(query: str, text: str) -> None:
    marks = Marker(parse(query).tree).marks(text, "text")
    bare = re.sub(r"</?mark>", "", snippet(text, marks))
    at = 0
    for fragment in bare.split(f"{ELLIPSIS} ") if ELLIPSIS not in text else []:
        plain = html.unescape(fragment.removesuffix(ELLIPSIS).strip())
        found = text.find(plain, at)
        assert found >= 0
        at = found + len(plain)
        if plain and len(max(re.split(r"\s", text), key=len)) < 40:
            assert found == 0 or text[found - 1].isspace() or plain[0].isspace()
            assert at == len(text) or text[at].isspace()
    assert html.unescape(re.sub(r"</?mark>", "", marked(text, marks))) == text


@given(QUERIES, PIECES.map(" ".join) | st.text(max_size=200))
def test_marks_never_overlap_and_every_marked_token_matches_by_itself(query: str, text: str) -> None:
    marker = Marker(parse(query).tree)
    marks = marker.marks(text, "text")
    assert all(one.end <= other.start for one, other in pairwise(marks))
    tokens = analysis.tokens(text)
    starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
    assert all(mark.start in starts and mark.end in ends for mark in marks)
    if '"' not in query:
        for mark in marks:
            assert marker.marks(text[mark.start : mark.end], "text")


@given(QUERIES, st.lists(st.sampled_from(["law", "aid", "court"]), min_size=80, max_size=200).map(" ".join))
def test_a_snippet_is_about_as_long_as_it_should_be_and_shows_every_part_that_it_can(query: str, text: str) -> None:
    marks = Marker(parse(query).tree).marks(text, "text")
    found = snippet(text, marks)
    assert len(re.sub(r"</?mark>|…", "", found)) <= LENGTH + 10
    assert ("<mark>" in found) == bool(marks)
