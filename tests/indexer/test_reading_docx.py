"""DOCX files: what the word processor knows becomes what the page prints."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import enumerators
from indexer.blocks import Block, NoteRef
from indexer.readers import read_bytes
from indexer.readers.docx import package
from indexer.readers.number_formats import format_number
from indexer.segment import segment
from pilcrow.engine.errors import ReadingError
from tests.indexer.docx_made import (
    RAISED,
    Made,
    cell,
    level,
    lists,
    par,
    relations,
    run,
    shown,
    table,
    zipped,
)

NUMBERED = lists(
    level(0, "%1.") + level(1, "(%2)", "lowerLetter") + level(2, "(%3)", "lowerRoman"),
    level(0, "•", "bullet"),
    level(0, "%1.", "upperRoman") + level(1, "%2.", "upperLetter"),
)


def note(kind: str, number: int, content: str) -> str:
    return f'<w:{kind} w:id="{number}">{content}</w:{kind}>'


def cited(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def test_a_paragraph_is_a_whole_block_with_single_spaces_and_plain_hyphens():
    body = par(
        run("1.\tThe P") + "<w:r><w:noBreakHyphen/></w:r>" + run("4 post\u00a0of  the inter\u00adnational staff.")
    )
    assert Made(body).blocks() == [
        Block(kind="text", text="1. The P-4 post of the international staff.", whole=True),
    ]


def test_headings_have_the_depth_that_outline_level_and_size_give_them():
    body = par("I.\tIntroduction", style="HCh") + par("A.\tMandate", style="H1") + par("Vacancies", style="H23")
    assert shown(Made(body).blocks()) == ["heading1 I. Introduction", "heading2 A. Mandate", "heading3 Vacancies"]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        (par(run("Summary", "b")), "heading1 Summary"),
        (par(run("The Committee recommends approval.", "b")), "text The Committee recommends approval."),
        (par(run("Vacant posts", "i"), more="<w:keepNext/>"), "heading1 Vacant posts"),
        (par(run("Vacant posts", "i")), "text Vacant posts"),
        (par(run("Summary", "b") + run(" of it")), "text Summary of it"),
        (par("1. The Committee met in May. It decided.", style="H1"), "text 1. The Committee met in May. It decided."),
    ],
)
def test_a_short_bold_paragraph_is_a_heading_and_a_sentence_never_is(paragraph, kind):
    assert shown(Made(paragraph).blocks()) == [kind]


def test_styles_of_the_organizations_templates_are_headings_also_without_an_outline_level():
    def style(name: str, look: str) -> str:
        named = f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="_ H _{name}_G"/>'
        return f"{named}<w:rPr>{look}</w:rPr></w:style>"

    styles = style("Ch", '<w:b/><w:sz w:val="28"/>') + style("4", "<w:i/>") + style("5/6", "")
    body = par("I.\tIntroduction", style="Ch") + par("Vacancies", style="4") + par("In missions", style="5/6")
    made = Made(body + par("1.\tText of it."), styles=styles)
    assert shown(made.blocks()) == [
        "heading1 I. Introduction",
        "heading2 Vacancies",
        "heading3 In missions",
        "text 1. Text of it.",
    ]


def test_automatic_numbers_are_those_that_the_page_prints():
    body = (
        par("Organization", style="HCh", numbered=(3, 0))
        + par("States should:", numbered=(1, 0))
        + par("Adopt laws;", numbered=(1, 1))
        + par("Train judges:", numbered=(1, 1))
        + par("In courts;", numbered=(1, 2))
        + par("The Committee met.", numbered=(1, 0))
        + par("Adopt plans.", numbered=(1, 1))
        + par("A point", numbered=(2, 0))
    )
    blocks = Made(body, numbering=NUMBERED).blocks()
    assert shown(blocks) == [
        "heading1 I. Organization",
        "text 1. States should:",
        "text (a) Adopt laws;",
        "text (b) Train judges:",
        "text (i) In courts;",
        "text 2. The Committee met.",
        "text (a) Adopt plans.",
        "text - A point",
    ]
    assert [(unit.marker, unit.parents) for unit in segment(blocks).units] == [
        ("1", ()),
        ("(a)", ("1",)),
        ("(b)", ("1",)),
        ("(i)", ("1", "(b)")),
        ("2", ()),
        ("(a)", ("2",)),
        ("-", ("2", "(a)")),
    ]


def test_lists_of_one_kind_count_on_and_one_that_begins_anew_says_so():
    again = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = par("One.", numbered=(1, 0)) + par("Two.", numbered=(8, 0)) + par("Five.", numbered=(9, 0))
    body += par("Six.", numbered=(9, 0)) + par("None.", numbered=(0, 0))
    made = Made(body, numbering=lists(level(0, "%1."), overrides=again))
    assert shown(made.blocks()) == ["text 1. One.", "text 2. Two.", "text 5. Five.", "text 6. Six.", "text None."]


def test_a_level_may_print_those_above_it_and_never_begin_again():
    numbering = lists(
        level(0, "%1.", "upperRoman")
        + level(1, "%1.%2", more="<w:isLgl/>")
        + level(2, "(%3)", "lowerLetter", more='<w:lvlRestart w:val="0"/>')
    )
    body = "".join(par(f"Text {at}.", numbered=(1, depth)) for at, depth in enumerate((0, 1, 2, 1, 2)))
    assert [block.text for block in Made(body, numbering=numbering).blocks()] == [
        "I. Text 0.",
        "1.1 Text 1.",
        "(a) Text 2.",
        "1.2 Text 3.",
        "(b) Text 4.",
    ]


def test_a_number_that_no_paragraph_has_in_print_is_kept_as_the_marker():
    numbering = lists(level(0, "Article %1") + level(1, "%2", "ideographTraditional"))
    body = par("Scope of it is this.", numbered=(1, 0)) + par("Text.", numbered=(1, 1))
    assert shown(Made(body, numbering=numbering).blocks()) == ["text Article 1 Scope of it is this.", "text 甲 Text."]


@given(
    st.integers(1, 34),  # the 35th letter is "ii", which is read as the Roman number
    st.sampled_from(["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"]),
    st.sampled_from(["%1.", "(%1)", "%1)"]),
)
def test_a_number_written_by_a_list_is_read_again_with_its_value(number, written, pattern):
    body = par("Text of it.", numbered=(1, 0))
    [block] = Made(body, numbering=lists(level(0, pattern, written, start=number))).blocks()
    printed = pattern.replace("%1", format_number(number, written))
    if block.marker:  # no paragraph has such a number ("AA."), so that it stays apart from the text
        assert (block.marker, block.text) == (printed, "Text of it.")
        return
    marker, rest = enumerators.split(block.text)
    assert (rest, block.text) == ("Text of it.", f"{printed} Text of it.")
    assert marker is not None
    assert any(reading.value == number for reading in marker.readings)


@pytest.mark.parametrize(
    ("number", "written", "printed"),
    [
        (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"),
        (21, "ordinal", "21st"), (12, "ordinal", "12th"), (21, "ordinalText", "Twenty-first"),
        (120, "ordinalText", "One hundred twentieth"), (42, "cardinalText", "Forty-two"), (3, "chicago", "‡"),
        (21, "chineseCounting", "二十一"), (105, "japaneseCounting", "百五"), (3, "decimalEnclosedCircle", "③"),
        (3, "russianLower", "в"), (31, "hex", "1F"), (5, "none", ""), (5, "unheardOf", "5"), (0, "lowerRoman", "0"),
        (2, "numberInDash", "- 2 -"), (12, "thaiNumbers", "๑๒"), (5, "aiueoFullWidth", "オ"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_formats_of_word_processors(number, written, printed):
    assert format_number(number, written).replace("一百", "百").replace("零五", "五") == printed


def test_a_paragraph_in_italics_is_said_to_be_as_records_set_what_happens():
    [block] = Made(par(run("The meeting rose at 6 p.m.", "i"))).blocks()
    assert block == Block(kind="text", text="The meeting rose at 6 p.m.", italic=True, whole=True)


def test_bullets_that_were_typed_are_bullets():
    body = par("•\tOne point") + par("–\tAnother") + par("-5 per cent of all")
    assert shown(Made(body).blocks()) == ["text - One point", "text - Another", "text -5 per cent of all"]


def test_notes_are_numbered_in_the_order_in_which_they_are_cited():
    body = par(run("First") + cited(7) + run(", second.") + cited(3))
    footnotes = note("footnote", 3, par("See A/2.")) + note(
        "footnote", 7, par("<w:r><w:footnoteRef/></w:r>" + run(" See A/1."))
    )
    footnotes += '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    assert Made(body, footnotes=footnotes).blocks() == [
        Block(
            kind="text",
            text="First, second.",
            refs=(NoteRef(marker="1", at=5), NoteRef(marker="2", at=14)),
            whole=True,
        ),
        Block(kind="note", text="See A/1.", marker="1", whole=True),
        Block(kind="note", text="See A/2.", marker="2", whole=True),
    ]


def test_a_mark_of_ones_own_is_printed_and_counts_nothing():
    own = (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
        "<w:t>*</w:t></w:r>"
    )
    body = par(run("A title") + own) + par(run("Text.") + cited(3))
    footnotes = note("footnote", 2, par(run("*", RAISED) + run(" A/81/50."))) + note("footnote", 3, par("Ibid."))
    assert shown(Made(body, footnotes=footnotes).blocks()) == [
        "text A title{*}",
        "note * A/81/50.",
        "text Text.{1}",
        "note 1 Ibid.",
    ]


def test_notes_may_begin_again_in_each_section_and_endnotes_are_roman():
    restart = '<w:footnotePr><w:numRestart w:val="eachSect"/><w:numFmt w:val="lowerLetter"/></w:footnotePr>'
    body = (
        par(run("One.") + cited(1), more=f"<w:sectPr>{restart}</w:sectPr>")
        + par(run("Two.") + cited(2))
        + par(run("Three.") + cited(1, "endnote"))
        + f"<w:sectPr>{restart}</w:sectPr>"
    )
    made = Made(
        body,
        footnotes=note("footnote", 1, par("A.")) + note("footnote", 2, par("B.")),
        endnotes=note("endnote", 1, par("C.")),
    )
    assert shown(made.blocks()) == [
        "text One.{a}", "note a A.", "text Two.{a}", "note a B.", "text Three.{i}", "note i C.",
    ]  # fmt: skip


def test_marks_that_were_typed_and_raised_are_marks_and_ordinals_are_not():
    body = par(
        run("the 1") + run("st", RAISED) + run(" day of 5 km") + run("2", RAISED) + run(" of it.") + run("12", RAISED)
    )
    body += par(run("12", RAISED) + run(" See A/1.")) + par("*\tA/81/50.")
    assert shown(Made(body).blocks()) == ["text the 1st day of 5 km2 of it.{12}", "note 12 See A/1.", "note * A/81/50."]


def test_a_table_has_one_header_its_merged_cells_once_and_its_notes_apart():
    rows = table(
        (cell("Category", '<w:vMerge w:val="restart"/>'), cell("Variance", '<w:gridSpan w:val="2"/>')),
        (cell("", "<w:vMerge/>"), "Amount", "Per cent"),
        ("", "", ""),
        ("Posts", cell(par(run("13") + run("a", RAISED))), "2.6"),
        (cell(par(run("a", RAISED) + run(" Estimates.")), '<w:gridSpan w:val="3"/>'),),
        headers=3,
    )
    assert Made(rows).blocks() == [
        Block(
            kind="row",
            text="Category Variance Amount Per cent",
            cells=("Category", "Variance Amount", "Per cent"),
            level=1,
            whole=True,
        ),
        Block(
            kind="row",
            text="Posts 13 2.6",
            cells=("Posts", "13", "2.6"),
            refs=(NoteRef(marker="a", at=8),),
            whole=True,
        ),
        Block(kind="note", text="Estimates.", marker="a", whole=True),
    ]


def test_a_header_that_no_property_marks_is_told_by_its_type():
    head = tuple(cell(par(run(name, "i"))) for name in ("Symbol", "Title"))
    assert shown(Made(table(head, ("A/1", "Report"))).blocks()) == ["row1 Symbol | Title", "row A/1 | Report"]


def test_a_table_of_one_column_is_a_box_and_one_of_tables_sets_them_side_by_side():
    box = table((par("Summary", style="H1") + par("The text of it."),)[0:0] or (cell(par("The text of it.")),))
    assert shown(Made(box).blocks()) == ["text The text of it."]
    outer = table((cell(table(("A", "B")) + par()), cell(par("Beside."))))
    assert shown(Made(outer).blocks()) == ["row A | B", "text Beside."]


def test_insertions_are_read_and_deletions_hidden_text_and_instructions_are_not():
    body = par(
        run("The ")
        + f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        + run("text", "b")
        + run(" secret", "vanish")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run(" of table 3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr="PAGE">{run(".")}</w:fldSimple>'
    )
    assert shown(Made(body + par("Hidden.", style="Hidden")).blocks()) == ["text The new text of table 3."]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    body = par("One ", more="<w:rPr><w:del/></w:rPr>") + par("and two.")
    assert shown(Made(body).blocks()) == ["text One and two."]


def test_a_text_box_is_read_once_though_the_file_has_it_twice():
    def box(wrapped: str) -> str:
        return f"<w:{wrapped}><v:x><w:txbxContent>{par('In the box.')}</w:txbxContent></v:x></w:{wrapped}>"

    both = f'<mc:Choice Requires="wps">{box("drawing")}</mc:Choice><mc:Fallback>{box("pict")}</mc:Fallback>'
    both = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    assert shown(Made(par(f"<w:r>{both}</w:r>" + run("Outside."))).blocks()) == ["text Outside.", "text In the box."]


def test_the_contents_list_that_the_program_made_is_left_out():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = par(field + run("I. Introduction 3")) + par("II. Conclusion 5")
    body += par('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + par("1. Text.")
    assert shown(Made(body).blocks()) == ["text 1. Text."]


def test_the_masthead_is_read_from_the_first_pages_header_and_running_headers_are_not():
    masthead = table(
        ("United Nations", "A/80/604"), ("General Assembly", cell(par("Distr.: General") + par("8 April 2026")))
    )
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/><w:titlePg/></w:sectPr>'
    made = Made(par("1. Text.") + section, header=masthead)
    assert shown(made.blocks()) == [
        "text United Nations", "text A/80/604", "text General Assembly", "text Distr.: General", "text 8 April 2026",
        "text 1. Text.",
    ]  # fmt: skip
    running = Made(
        par("1. Text.") + section.replace("first", "default").replace("<w:titlePg/>", ""),
        header=par("A/80/604") + par("Report"),
    )
    assert shown(running.blocks()) == ["text A/80/604", "text 1. Text."]


def test_a_masthead_set_as_a_table_is_no_table():
    masthead = table(("A/80/604", cell(par("Distr.: General") + par("8 April 2026"))))
    assert shown(Made(masthead + par("1. Text.")).blocks()) == [
        "text A/80/604", "text Distr.: General", "text 8 April 2026", "text 1. Text.",
    ]  # fmt: skip


def test_what_is_set_in_is_measured_from_where_most_text_begins():
    long = "A paragraph of the report that is long enough to show where the lines of its text begin on the page. " * 2
    body = par(long, more='<w:ind w:left="1200"/>') * 2 + par("A quotation.", more='<w:ind w:left="1800"/>')
    assert [block.indent for block in Made(body).blocks()] == [0, 0, 3]


def test_the_strict_form_of_the_format_and_other_names_of_parts_are_read():
    data = Made(par("1. Text.")).data()
    strict = zipped({
        "_rels/.rels": relations(("a", "officeDocument", "/other/main.xml")),
        "other/main.xml": b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r>'
        b"<w:t>1. Text.</w:t></w:r></w:p></w:body></w:document>",
        "word/document.xml.bak": b"",
    })  # fmt: skip
    assert read_bytes(strict, Path("x")) == read_bytes(data, Path("x"))


BOMB = b"<w:p/>" * 3_000_000
ENTITY = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
NESTED = "<w:tbl><w:tr><w:tc>" * 500 + par("Deep.") + "</w:tc></w:tr></w:tbl>" * 500


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (Made(par("Text."), parts={"word/document.xml": BOMB}).data(), "zip bomb"),
        (Made(par("Text."), parts={"word/document.xml": ENTITY + b"<x>&c;</x>"}).data(), "document type or entities"),
        (Made(par("Text."), parts={"word/styles.xml": ENTITY.decode().encode("utf-16") + b""}).data(), "document type"),
        (Made(par("Text."), parts={"word/document.xml": b"<w:document"}).data(), "damaged"),
        (Made(par("Text.")).data()[:700], "cut off or damaged"),
        (zipped({"word/document2.xml": b"<x/>"}), "no part word/document.xml"),
        (Made("").data(), "no text"),
        (Made(NESTED).data(), "nested"),
        (Made(par("Text.") + '<w:altChunk r:id="a"/>').data(), "another file"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_with_a_remedy(data, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        read_bytes(data, Path("paper.docx"))
    assert caught.value.remedy
    assert str(caught.value).count("\n") == 0


def test_a_flood_of_elements_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(package, "MOST_ELEMENTS", 1000)
    with pytest.raises(ReadingError, match="more than 1,000 elements"):
        Made("<w:p/>" * 3000).blocks()


def test_deep_runs_and_circles_of_styles_end():
    circle = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    circle += '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    body = par("<w:ins>" * 3000 + run("Deep.") + "</w:ins>" * 3000) + par("1. Text.", style="A")
    assert shown(Made(body, styles=circle).blocks()) == ["text 1. Text."]


def test_twenty_pages_take_well_under_a_second():
    body = "".join(par(f"{at}. " + "The Committee recommends the approval of it. " * 12) for at in range(1, 200))
    data = Made(body + table(*[("One", "Two", "Three")] * 400)).data()
    started = time.perf_counter()
    assert len(read_bytes(data, Path("x"))) == 599
    assert time.perf_counter() - started < 1
