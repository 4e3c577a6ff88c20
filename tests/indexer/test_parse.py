"""Files to parsed documents, all steps together, and against the gold where that is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import language, roles
from indexer.catalogue import load_catalogue, parse
from indexer.parse import as_lines, parse_bytes, parse_file
from indexer.states import find_states
from pilcrow.engine.model import Related, parsed_from_json, to_json
from pilcrow.evaluation.gold import evaluate_gold

TEXT = """CTOC/COP/2010/5/Add.1

Distr.: Limited
20 October 2010

Original: French

## Fifth session

Vienna, 18-22 October 2010

### Draft report

## II. Review

1. Under agenda item 2, statements were made by the representatives of Belarus and Chile.¹

2. States should criminalize trafficking in persons (see CTOC/COP/2008/1, para. 4).

¹ Kenya spoke as well.
"""


def test_a_document_is_parsed_whole():
    parsed = parse_bytes(TEXT.encode(), Path("paper.txt"))
    document = parsed.document
    assert (document.id, document.symbols) == ("CTOC/COP/2010/5/Add.1", ("CTOC/COP/2010/5/Add.1",))
    assert document.relations == (Related(symbol="CTOC/COP/2010/5", relation="addendum"),)
    assert (document.date, document.body, document.type) == ("2010-10-20", "CTOC/COP", "draft report")
    assert (document.language, document.original_language, document.path) == ("en", "fr", "paper.txt")
    first, second = parsed.paragraphs
    assert (first.id, first.ordinal, first.section) == ("CTOC/COP/2010/5/Add.1#p1", 1, ("II. Review",))
    assert [(each.code, each.where, each.role) for each in first.states] == [
        ("BLR", "text", "speaker"),
        ("CHL", "text", "speaker"),
        ("KEN", "note", "mentioned"),
    ]
    assert [(item.number, item.session) for item in first.agenda] == [("2", "CTOC/COP/5")]
    assert first.notes[0].text == "Kenya spoke as well."
    assert [(each.symbol, each.paragraphs) for each in second.cites] == [("CTOC/COP/2008/1", ("4",))]
    assert [score.pillar for score in second.pillars] == ["prosecution"]
    assert parsed_from_json(to_json(parsed)) == parsed


def test_a_document_without_a_symbol_has_a_provisional_id_and_the_catalogues_word_is_named():
    plain = TEXT.partition("\n")[2]
    path = Path("2010_Some paper.txt")
    assert parse_bytes(plain.encode(), path).document.id == "prov:2010-some-paper"
    catalogue = parse(f'["{path.name}"]\nsymbols = ["CTOC/COP/2010/9"]\ndate = "2010"\n')
    document = parse_bytes(plain.encode(), path, catalogue).document
    assert (document.id, document.date, document.catalogued) == ("CTOC/COP/2010/9", "2010", ("date", "symbols"))


def test_the_json_lines_have_the_golds_names_after_a_document_record():
    records = list(as_lines(parse_bytes(TEXT.encode(), Path("paper.txt"))))
    assert [record["record"] for record in records] == ["document", "paragraph", "paragraph"]
    first = records[1]
    assert {name: first[name] for name in ("n", "marker", "parent", "notes", "states", "note_states", "agenda")} == {
        "n": 1, "marker": "1", "parent": [], "notes": ["1"], "states": ["BLR", "CHL"],
        "note_states": ["KEN"], "agenda": ["2"],
    }  # fmt: skip
    assert (first["start"], first["end"]) == (
        "Under agenda item 2, statements were made by",
        "representatives of Belarus and Chile.",
    )
    assert json.loads(json.dumps(records)) == records


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Albania and Chile: draft resolution", "sponsor"),
        ("In favour: Albania, Chile", "in favour"),
        ("Against : Chile", "against"),
        ("Abstaining: Chile", "abstaining"),
        ("Mr. Doe (Chile): I thank you.", "speaker"),
        ("Statements were made by the observers for Chile.", "speaker"),
        ("Chile ratified the Protocol.", "mentioned"),
    ],
)
def test_a_states_part_is_told_where_the_text_says_it(text, role):
    assert {mention.role for mention in roles.assign(text, find_states(text))} == {role}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The States should act in the interest of victims and the law.", "en"),
        ("Les États doivent agir dans le cadre de la loi et pour les victimes.", "fr"),
        ("Los Estados deben actuar en el marco de la ley y por las víctimas.", "es"),
        ("Государства должны действовать.", "ru"),
        ("各国应采取行动", "zh"),
        ("ينبغي للدول أن تتخذ إجراءات", "ar"),
        ("x", ""),
    ],
)
def test_the_language_is_told_from_script_and_small_words(text, code):
    assert language.detect(text) == code


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=400).filter(str.strip)
)
@settings(max_examples=60, deadline=None)
def test_any_text_parses_with_spans_inside_their_strings_and_ids_all_different(text):
    parsed = parse_bytes(text.encode(), Path("x.txt"))
    for paragraph in parsed.paragraphs:
        texts = {"": paragraph.text} | {note.marker: note.text for note in paragraph.notes}
        assert all(0 <= note.at <= len(paragraph.text) for note in paragraph.notes)
        assert all(each.end <= len(texts[each.note]) for each in (*paragraph.states, *paragraph.cites))
    ids = [paragraph.id for paragraph in parsed.paragraphs]
    assert len(set(ids)) == len(ids)


@pytest.mark.shared
def test_the_seeds_reach_their_gold(shared: Path, corpus: Path):
    catalogue = load_catalogue(corpus / "catalogue.toml")
    report = evaluate_gold(
        shared / "gold" / "seeds.jsonl",
        documents=[shared / "seeds"],
        parse=lambda path: list(as_lines(parse_file(path, catalogue))),
    )
    total = report.total
    assert {name: round(total[name].f1, 4) for name in ("paragraphs", "markers", "parents", "notes")} == {
        "paragraphs": 1.0, "markers": 1.0, "parents": 1.0, "notes": 1.0,
    }  # fmt: skip
    assert total["sections"].f1 >= 0.99
    assert total["agenda"].f1 >= 0.97


def test_an_agenda_that_lists_an_item_on_trafficking_does_not_make_all_its_paragraphs_about_that():
    listed = (
        "A/95/700\n\nGeneral Assembly\n\nReport on the libraries\n\n1. The Committee adopted the following agenda:\n\n"
        "1. Libraries.\n\n2. Trafficking in persons.\n\n3. Archives.\n\n4. Museums.\n\n5. Other matters.\n\n"
        "2. Awareness-raising campaigns and education programmes brought more readers to the libraries.\n"
    )
    assert [each.pillars for each in parse_bytes(listed.encode(), Path("a.txt")).paragraphs][-1] == ()
