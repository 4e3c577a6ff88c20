"""HTML pages: the document in the page, however the page is made."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import masthead
from indexer.blocks import Block, NoteRef
from indexer.readers import html, inline
from indexer.segment import segment
from pilcrow.engine.errors import ReadingError
from tests.indexer.docx_made import shown


def read(page: str) -> list[Block]:
    return html.read(page.encode(), "page.html")


def test_the_main_content_is_read_and_the_site_around_it_is_not():
    page = """<html><head><title>Site</title><style>p {}</style></head><body>
      <header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
      <div class="breadcrumb">Home &gt; Reports</div>
      <main><h1>Report &amp; annex</h1><p>1.&nbsp;The  Committee
      met.</p><script>alert("no")</script><p style="display: none">Hidden.</p></main>
      <aside>See also</aside><footer>Copyright</footer></body></html>"""
    assert read(page) == [
        Block(kind="heading", text="Report & annex", level=1, whole=True),
        Block(kind="text", text="1. The Committee met.", whole=True),
    ]


def test_a_page_without_headings_is_headed_by_its_title():
    assert shown(read("<title>A list</title><p>Some text</p>")) == ["heading1 A list", "text Some text"]


def test_lists_are_numbered_as_the_browser_numbers_them():
    page = """<ol start=3><li>Three<ol type=a><li>First<li>Second</ol></li><li value=7>Seven</ol>
      <ol style="list-style-type: upper-roman" reversed><li>Two<li>One</ol>
      <ul><li>A point<p>More of it</p></li><li>(a) Typed</li></ul><ol><li>(b) Typed as well</li></ol>"""
    assert [(b.marker, b.text, b.indent) for b in read(page)] == [
        ("", "3. Three", 2),
        ("", "a. First", 4),
        ("", "b. Second", 4),
        ("", "7. Seven", 2),
        ("", "II. Two", 2),
        ("", "I. One", 2),
        ("-", "A point", 2),
        ("", "More of it", 2),
        ("", "(a) Typed", 2),
        ("", "(b) Typed as well", 2),
    ]


def test_tables_have_one_header_and_their_merged_cells_once():
    page = """<table><caption>Votes</caption><thead><tr><th rowspan=2>State<th colspan=2>Vote</tr>
      <tr><th>Yes<th>No</tr></thead><tr><td rowspan=2>Chile<td>1<td>2<sup>a</sup></tr><tr><td>3<td>4</tr>
      <tr><td colspan=3><sup>a</sup> Estimates.</table>"""
    assert read(page) == [
        Block(kind="heading", text="Votes", level=7, whole=True),
        Block(kind="row", text="State Vote Yes No", cells=("State", "Vote Yes", "No"), level=1, whole=True),
        Block(kind="row", text="Chile 1 2", cells=("Chile", "1", "2"), refs=(NoteRef(marker="a", at=9),), whole=True),
        Block(kind="row", text="3 4", cells=("", "3", "4"), whole=True),
        Block(kind="note", text="Estimates.", marker="a", whole=True),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>Menu text</td><td><h2>Title</h2><p>Text.</p></td></tr></table>",
        "<table><tr><td><table role=presentation><tr><td>Menu text</table><tr><td><h2>Title</h2><p>Text.</table>",
        "<table role=none><tr><td>Menu text<td><h2>Title</h2>Text.</table>",
    ],
)
def test_a_table_that_only_sets_the_page_is_read_cell_by_cell(page):
    assert shown(read(page)) == ["text Menu text", "heading2 Title", "text Text."]


def test_a_first_row_of_one_header_cell_is_the_tables_title():
    page = "<table><tr><th colspan=2>Meetings<br>in 1994</tr><tr><th>Record<th>Date</tr><tr><td>S/PV.1<td>3 May</table>"
    assert shown(read(page)) == ["heading1 Meetings in 1994", "row1 Record | Date", "row S/PV.1 | 3 May"]


@pytest.mark.parametrize(
    "page",
    [
        '<p>Text<a href="#fn1" id="r1">[1]</a>.</p><p id="fn1"><a href="#r1">1</a> See A/1.</p>',
        '<p>Text<sup id="r1"><a href="#fn1">1</a></sup>.</p><ol><li id="fn1">See A/1. <a href="#r1">↩</a></li></ol>',
        '<p>Text<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> See A/1.</p></div>',
        "<p>Text<sup>1</sup>.</p><p><sup>1</sup> See A/1.</p>",
        '<p>Text<a class="note" href="#n1"><sup>1</sup></a>.</p><a name="n1"></a><p><sup>1</sup>See A/1.</p>',
    ],
)
def test_notes_are_told_by_their_links_or_by_being_raised(page):
    assert shown(read(page)) == ["text Text{1}.", "note 1 See A/1."]


def test_a_paragraph_in_italics_is_said_to_be():
    assert [block.italic for block in read("<p><i>The meeting</i> <em>rose.</em><p><i>Some</i> of it.")] == [
        True,
        False,
    ]


def test_a_masthead_set_as_a_table_or_by_line_breaks_is_read_line_by_line():
    page = """<table><tr><td><img src=x><td><b>General Assembly</b><td>Distr.<br>GENERAL<p>A/RES/50/1<br>12 October
      1995<p>ORIGINAL: ENGLISH</table><p>Fiftieth session<br>Agenda item 12<p>1. Text<br>of it.</p>"""
    assert [block.text for block in read(page)] == [
        "General Assembly", "Distr.", "GENERAL", "A/RES/50/1", "12 October 1995", "ORIGINAL: ENGLISH",
        "Fiftieth session", "Agenda item 12", "1. Text of it.",
    ]  # fmt: skip


def test_notes_with_a_stroke_are_told_where_they_are_both_cited_and_defined():
    page = "<p>Text, 1/ and 3/ more.<sup>5</sup> See A/50/1/Add.1.<p>1/ See A/1.<p>2/ Not cited."
    assert shown(read(page)) == [
        "text Text,{1} and 3/ more.{5} See A/50/1/Add.1.", "note 1 See A/1.", "text 2/ Not cited.",
    ]  # fmt: skip


def test_line_breaks_part_paragraphs_where_they_leave_a_line_or_begin_an_item():
    page = (
        "<div>The Committee,<br>having met,<br><br>Decides:<br>(a) To begin;<br>(b) To end.<br>In favour: Chile</div>"
    )
    assert shown(read(page)) == [
        "text The Committee, having met,",
        "text Decides:",
        "text (a) To begin;",
        "text (b) To end.",
        "text In favour: Chile",
    ]


def test_quotations_terms_typed_text_and_bold_titles():
    page = """<p><b>Scope of it</b><p><b>It is a sentence.</b></p><blockquote><p>A quotation.</p></blockquote>
      <dl><dt>Term<dd>What it means.<dt>Bare</dl><pre>1. Typed
with lines.

2. More.</pre><h2></h2><p>&nbsp;</p>"""
    assert [(b.kind, b.text, b.level, b.indent) for b in read(page)] == [
        ("heading", "Scope of it", 7, 0),
        ("text", "It is a sentence.", 0, 0),
        ("text", "A quotation.", 0, 2),
        ("text", "Term: What it means.", 0, 0),
        ("text", "Bare", 0, 0),
        ("text", "1. Typed with lines.", 0, 0),
        ("text", "2. More.", 0, 0),
    ]


SAID = "<p>Côte d’Ivoire and Türkiye agreed on a plan.</p>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SAID.encode(), SAID),
        (b"\xef\xbb\xbf" + SAID.encode(), SAID),
        (SAID.encode("utf-16"), SAID),
        (SAID.encode("cp1252"), SAID),
        (b'<meta charset="iso-8859-1">' + SAID.encode("cp1252"), SAID),
        (b'<meta charset="iso-8859-1">' + SAID.encode(), SAID),
        (b'<meta content="text/html; charset=windows-1251">' + "<p>Доклад</p>".encode("cp1251"), "<p>Доклад</p>"),
        (b'<meta charset="utf-8">' + SAID.encode("cp1252"), SAID),
        (b'<meta charset="no-such-thing">' + SAID.encode(), SAID),
        (b'<?xml version="1.0" encoding="gb2312"?><html>' + "<p>报告</p>".encode("gb18030"), "<p>报告</p>"),
        ("ï»¿".encode() + SAID.encode(), SAID),
    ],
)  # fmt: skip
def test_encodings_are_believed_as_far_as_the_bytes_bear_them_out(data, said):
    assert [block.text for block in html.read(data, "x")] == [said.removeprefix("<p>").removesuffix("</p>")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<p>Доклад</p>".encode("koi8-r"), "encoding"),
        (b"<html><body></body></html>", "no text"),
        (b"<html><script>write('x')</script></html>", "no text"),
        (b"<html>" + b"<p>" * 700_000, "tags"),
        (b"", "empty"),
    ],
)
def test_a_bad_page_is_refused_in_one_sentence_with_a_remedy(data, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        html.read(data, Path("page.html"))
    assert caught.value.remedy


@pytest.mark.parametrize(
    "tag", ["div", "p", "b", "table><tr><td", "ul><li", "a href=#x name=x", "form", "sup", "dl><dt"]
)
def test_a_hundred_thousand_nested_tags_are_read_like_any_others(tag):
    count = 100_000 if tag == "div" else 10_000
    started = time.process_time()
    blocks = read("<p>1. Before.</p>" + f"<{tag}>" * count + "2. Inside.")
    assert "1. Before." in [block.text for block in blocks]
    assert "2. Inside." in " ".join(block.text for block in blocks)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "page",
    [
        "<p>Text<", "</div></p>Text", "<p <b>Text", "<table>Text<tr><td>x", "Text<td>x</td>", "<![if x]>Text",
        "&#99999999;Text", "<li>Text", "</li><dd>Text", "<h9>Text", "<!DOCTYPE><p>Text<!--",
    ],
)  # fmt: skip
def test_malformed_markup_loses_no_text(page):
    assert "Text" in " ".join(block.text for block in read(page))


@given(st.text(alphabet="<>/ab pdtrul1.\"'=&;#-! \n", max_size=200))
def test_any_markup_gives_blocks_whose_notes_lie_in_them(page):
    try:
        blocks = read(f"<p>x</p>{page}")
    except ReadingError:
        return
    for block in blocks:
        assert all(0 <= ref.at <= len(block.text) and ref.marker for ref in block.refs)
        assert not any(sign in block.text for sign in (inline.OPEN, inline.CLOSE, "\n", "\t"))


FIELD = '<div class="metadata-row"><span class="title col">{}</span><span class="value">{}</span></div>'


def record(**fields: str) -> str:
    rows = (FIELD.format(name.replace("_", " "), value) for name, value in fields.items())
    return f"<html><body><h3>Details</h3><div>{''.join(rows)}</div></body></html>"


AGENDA = "<a>A/78/251 21b Eradicating rural poverty. RURAL POVERTY</a>"


def test_a_library_record_of_a_vote_is_a_masthead_and_voting_lists():
    page = record(
        Title="Rural poverty : resolution / adopted by the General Assembly",
        Agenda=AGENDA,
        Resolution="A/RES/78/165",
        Committee_report="A/78/464/Add.2",
        Vote_date="2023-12-19",
        Vote="Y ALGERIA<br> N ALBANIA<br>A TÜRKIYE<br>Y CHILE<br> BAHAMAS",
    )
    cut = segment(read(page))
    found = masthead.read(cut.front)
    assert (found.symbols, found.title, found.date, found.date_kind, found.body, found.type) == (
        ["A/RES/78/165"], "Rural poverty", "2023-12-19", "adoption", "A", "resolution",
    )  # fmt: skip
    assert [(item.number, item.title) for item in found.agenda] == [("21 (b)", "Eradicating rural poverty")]
    assert [unit.text for unit in cut.units] == [
        "In favour: ALGERIA, CHILE",
        "Against: ALBANIA",
        "Abstaining: TÜRKIYE",
        "Not voting: BAHAMAS",
        "Committee report A/78/464/Add.2",
    ]


def test_a_library_record_of_a_draft_names_its_sponsors_as_drafts_do():
    page = record(
        Symbol="A/C.2/78/L.30/Rev.1",
        Title="Rural poverty : revised draft resolution / Cuba",
        Committee_report="A/78/464/Add.2",
        Date="[New York] : UN, 14 Nov. 2023",
    )
    blocks = read(page)
    cut = segment(blocks)
    found = masthead.read(cut.front, blocks)
    assert (found.symbols, found.title, found.date, found.body, found.type) == (
        ["A/C.2/78/L.30/Rev.1"], "Rural poverty", "2023-11-14", "A/C.2", "draft resolution",
    )  # fmt: skip
    assert [unit.text for unit in cut.units] == ["Cuba: revised draft resolution", "Committee report A/78/464/Add.2"]
