"""Text files: what converters leave of a printed page, and how it is undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import decode, inline, kind_of, mend, read_bytes, read_file
from indexer.readers.text import blocks
from pilcrow.engine.errors import ReadingError


def shown(text: str) -> list[str]:
    """The blocks of ``text`` as short strings: kind, marker, text with its note markers in braces."""
    out = []
    for block in blocks(text):
        marked = block.text
        for ref in reversed(block.refs):
            marked = f"{marked[: ref.at]}{{{ref.marker}}}{marked[ref.at :]}"
        out.append(" ".join(part for part in (block.kind, block.marker, marked) if part))
    return out


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("the crime¹² of trafficking", "the crime{12} of trafficking"),
        ("the crime;  ¹² of", "the crime;{12} of"),
        ("**64 States** ³ **have yet**", "64 States{3} have yet"),
        ("trafficked **persons** ³¹in such", "trafficked persons{31} in such"),
        ("Crime,<sup>1</sup> and", "Crime,{1} and"),
        ("Crime,<sup>1, 2</sup> and", "Crime,{1}{2} and"),
        ("on the 1<sup>st</sup> day of 5 km²", "on the 1st day of 5 km2"),
        ("a right[^7] to", "a right{7} to"),
        (r"agenda\* of the session", "agenda{*} of the session"),
        ("provisional agenda.* of", "provisional agenda.{*} of"),
        ("*inter alia*, **to make** <i>it</i> &amp; so", "inter alia, to make it & so"),
        ("see [the report](https://example.org/a) <span id='p'></span>here", "see the report here"),
        ("a title<br>in two lines", "a title in two lines"),
        ("the Open -ended group , held", "the Open-ended group, held"),
        ("EUROPOL .See also", "EUROPOL. See also"),
        ("the President ( _spoke in French_ ) said", "the President (spoke in French) said"),
        ("the Protocol - the community", "the Protocol - the community"),
    ],
)
def test_marks_go_and_note_markers_keep_their_place(line, text):
    assert shown(line) == [f"text {text}"]


def test_a_formula_made_of_a_superscript_is_a_marker_and_gives_back_its_words():
    assert shown(r"The views.¹" + "\n\n" + r" $^{^{1}\,}A frican$ Group") == [
        "text The views.{1}",
        "note 1 African Group",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title\n## **II. Part**", ["heading Title", "heading II. Part"]),
        ("**Deliberations**\n\n*The purpose*", ["heading Deliberations", "heading The purpose"]),
        ("---\n4\n- 5 -\n3/10\nPage 7\n25-17789 (E)\n*2517789*", ["break"] * 7),
        ("Read.¹\n\n¹ See A/1.\n\n2 See A/2.", ["text Read.{1}", "note 1 See A/1.", "text 2 See A/2."]),
        ("Read.¹ And.²\n\n1  See A/1.\n\n2 See A/2.", ["text Read.{1} And.{2}", "note 1 See A/1.", "note 2 See A/2."]),
        ("As it is 1/ said.\n\n1/ See A/1.", ["text As it is{1} said.", "note 1 See A/1."]),
        ("As it is 1/ said.\n/...\nEnglish\nPage 2\n1/\nSee A/1.", [
            "text As it is{1} said.", "break", "break", "break", "note 1 See A/1.",
        ]),
        ("A title\\*\n\n\\* A/80/50.", ["text A title{*}", "note * A/80/50."]),
        ("Read.¹ And.²\n\n> 1 See A/1. 2 Ibid.", ["text Read.{1} And.{2}", "note 1 See A/1.", "note 2 Ibid."]),
        ("- First point\n• Second point", ["text - First point", "text - Second point"]),
        ("<i>Number</i>\t<i>Title</i>\nA/1\tReport", ["row Number Title", "row A/1 Report"]),
        ("| Number | Title |\n|---|---|\n| A/1 | Report |", ["row Number Title", "row A/1 Report"]),
        ("<table><tr><th>No.</th></tr><tr><td>A/1</td></tr></table>", ["text No.", "text A/1"]),
        ("12.\nThe Committee decided", ["text 12. The Committee decided"]),
        ("A/80/1\n\nThe text of it.\n\n---\n\nA/80/1\n\nThe rest.", [
            "text A/80/1", "text The text of it.", "break", "break", "text The rest.",
        ]),
    ],
)  # fmt: skip
def test_lines_are_told_apart(text, expected):
    assert shown(text) == expected


def test_wrapped_lines_are_one_paragraph_and_hyphens_are_mended_by_the_documents_own_words():
    wrapped = (
        "1. The inter-\nnational order and the well-\nbeing of all people in the\nworld, which is\n"
        "of concern to\nall.\n"
    )
    assert shown(wrapped * 3 + "2. An international matter.")[0] == (
        "text 1. The international order and the well-being of all people in the world, which is of concern to all."
    )


def test_broken_words_are_joined_only_where_the_document_shows_them_whole():
    words = mend.vocabulary(["Qatar and Japan in form", "Qat ar, Jap an in form UND AW UNDAW inform"])
    assert mend.join_fragments("Qat ar, Jap an in form, UND AW", words) == "Qatar, Japan in form, UNDAW"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\x00b", "NUL"),
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x01\x02\x03\x04text" * 50, "control characters"),
        ("слово ".encode("koi8-r") * 20, "encoding"),
        (b"x" * (decode.LONGEST_LINE + 1), "characters"),
        ("\ufeffab".encode("utf-16")[:-1], "says it is"),
        (b"{\\rtf1 ...", "RTF"),
        (b"PK\x03\x04....", "zip archive"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason_and_a_remedy(data, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        read_bytes(data, Path("paper.txt"))
    assert caught.value.remedy
    assert str(caught.value).startswith("paper.txt: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(encoding):
    assert decode.decode("Côte d’Ivoire and a long plain sentence".encode(encoding), "x").startswith("Côte d’Ivoire")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(ReadingError, match="no such file"):
        read_file(tmp_path / "none.txt")


def test_the_kind_is_told_by_content():
    assert kind_of(b"\xef\xbb\xbf <html>") == "HTML"
    assert kind_of(b"1. Text") == "text"


@given(st.text(max_size=300))
def test_any_text_gives_blocks_whose_notes_lie_in_them(text):
    for block in blocks(text):
        assert all(0 <= ref.at <= len(block.text) and ref.marker for ref in block.refs)
        assert not any(sign in block.text for sign in (inline.OPEN, inline.CLOSE))
