"""Exports read back by the programs they are made for: nothing lost, nothing run, nothing cut in silence."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.contract import IndexReader
from pilcrow.search import export
from pilcrow.search.export import COLUMNS, FORMATS, Coverage, lines
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import HitView, StateTag
from pilcrow.search.service import every_hit

TEXTS = st.text(max_size=30) | st.sampled_from(
    ["=1+1", "-x", "@a", "+a", "\ta", "\r=1", "a\nb", 'a"b,c', "{\\}", "%&#_$~^"]
)


def url(identifier: str) -> str:
    return f"https://example.org/p?id={identifier}"


HITS = st.builds(
    HitView,
    id=TEXTS,
    symbol=TEXTS,
    provisional=st.booleans(),
    title=TEXTS,
    date=st.sampled_from(["", "2010", "2010-04", "2010-04-29"]),
    date_label=st.just(""),
    citation=TEXTS,
    marker=TEXTS,
    section=st.lists(TEXTS, max_size=2).map(tuple),
    score=st.just(1.0),
    snippet=st.just(""),
    note_snippets=st.just(()),
    text=TEXTS,
    states=st.just((StateTag(code="BLR", name="Belarus"),)),
    pillars=st.just(()),
    session=TEXTS,
    session_key=st.just(""),
    agenda=st.just((("A/70|2", "Item 2"),)),
    anchor=st.just("p1"),
    page=st.one_of(st.none(), st.integers(1, 9)),
    language=st.just("en"),
)
MANY = st.lists(HITS, max_size=4)


@given(MANY)
def test_a_table_is_read_back_as_it_was_but_for_the_sign_that_disarms_formulas(hits: list[HitView]) -> None:
    rows = list(csv.reader(io.StringIO("".join(export.csv(hits, url)), newline="")))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == len(hits) + 1
    for hit, row in zip(hits, rows[1:], strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)
        assert cells["text"].removeprefix("'") == hit.text.removeprefix("'")
        assert cells["citation"].removeprefix("'") == hit.citation.removeprefix("'")
        assert cells["states"] == "Belarus"


@given(MANY)
def test_each_line_of_json_is_one_hit(hits: list[HitView]) -> None:
    read = [json.loads(line) for line in export.jsonl(hits, url)]
    assert [each["id"] for each in read] == [hit.id for hit in hits]
    assert [each["text"] for each in read] == [hit.text for hit in hits]


@given(MANY)
def test_every_line_of_ris_is_a_tag_and_a_value_and_records_are_whole(hits: list[HitView]) -> None:
    text = "".join(export.ris(hits, url, "Incomplete: 1 of 2"))
    written = [line for line in text.split("\r\n") if line]
    assert "\n" not in text.replace("\r\n", "")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in written)
    assert [line[:2] for line in written if line[:2] in ("TY", "ER")] == ["TY", "ER"] * len(hits)
    assert text.count("N1  - Incomplete: 1 of 2") == min(1, len(hits))


def braces(text: str) -> int:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    return depth


@given(MANY)
def test_bibtex_has_balanced_braces_escaped_signs_and_a_key_for_each(hits: list[HitView]) -> None:
    text = "".join(export.bibtex(hits, url))
    assert braces(text) == 0
    keys = re.findall(r"^@techreport\{([A-Za-z0-9-]+),$", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(hits)
    for value in re.findall(r"^  (?:title|abstract|note|number) = \{(.*)\},$", text, re.MULTILINE):
        assert not re.search(
            r"(?<!\\)[$&#_%~^]", value.replace(r"\textasciitilde{}", "").replace(r"\textasciicircum{}", "")
        )


@given(MANY)
def test_markdown_has_no_live_sign_of_the_text(hits: list[HitView]) -> None:
    text = "".join(export.markdown(hits, url))
    assert text.count("\n> ") == len(hits)
    assert not re.search(r"(?<!\\)<", text)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_is_cut_says_so_and_one_that_is_whole_does_not(made: IndexReader, name: str) -> None:
    coverage, some = every_hit(made, SearchRequest(), limit=2)
    assert "Incomplete: 2 of 6 paragraphs" in "".join(lines(name, some, url, coverage))
    coverage, whole = every_hit(made, SearchRequest())
    assert "Incomplete" not in "".join(lines(name, whole, url, coverage))
    assert Coverage(total=0, written=0).shortfall == ""


def test_a_record_names_what_a_reader_needs(made: IndexReader) -> None:
    _, hits = every_hit(made, SearchRequest(query="poverty"))
    found = list(hits)
    assert "".join(lines("ris", found, url)).split("\r\n") == [
        "TY  - RPRT",
        "AU  - United Nations",
        "TI  - Report on the protection of witnesses",
        "SN  - A/70/12",
        "PY  - 2015",
        "DA  - 2015/10/01",
        "SE  - para. 2 (a)",
        "LA  - en",
        "AB  - - a formula, =1+1, and poverty;",
        "N1  - A/70/12, para. 2 (a)",
        "UR  - https://example.org/p?id=A/70/12#p2.a",
        "ID  - A/70/12#p2.a",
        "ER  - ",
        "",
        "",
    ]
    assert "".join(lines("bibtex", found, url)).splitlines() == [
        "@techreport{A-70-12-p2-a,",
        "  author = {{United Nations}},",
        "  title = {{Report on the protection of witnesses}},",
        "  institution = {United Nations},",
        "  number = {A/70/12},",
        "  year = {2015},",
        "  month = {10},",
        "  note = {para. 2 (a)},",
        "  abstract = {- a formula, =1+1, and poverty;},",
        "  url = {https://example.org/p?id=A/70/12#p2.a}",
        "}",
        "",
    ]
    assert "".join(lines("markdown", found, url)).splitlines() == [
        "**[A/70/12, para. 2 (a)](https://example.org/p?id=A/70/12#p2.a)**, 1 October 2015",
        "*I. Introduction*",
        "",
        "> \\- a formula, =1+1, and poverty;",
        "",
    ]
