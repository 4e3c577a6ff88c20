"""Samples judged by eye: drawn with a seed, committed without text, and what of the judgements holds."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pilcrow.engine.model import AgendaItem, Session, StateMention
from pilcrow.evaluation import sample_ends, sample_mastheads, sample_states
from pilcrow.evaluation.alike import end_hash, start_hash, words_hash
from pilcrow.evaluation.corpus import CorpusError
from pilcrow.evaluation.raw import Raw
from pilcrow.evaluation.samples import KINDS, draw, judged, read_records, sample_parts, write_records
from tests.evaluation.made import corpus_of, counts, figures, note, paragraph, read_file

WHOLE = "The Committee recalled the rights of all migrant workers and of their families."
HEAD, TAIL = "The Committee recalled the rights of all migrant workers", "and of the members of their families at home."


def mention(text: str, words: str, code: str, **fields) -> StateMention:
    at = text.index(words)
    return StateMention(code=code, start=at, end=at + len(words), **fields)


def filled(records, **judgement):
    """The records of a sample with every judgement filled in alike."""
    return [records[0], *({**record, **judgement} for record in records[1:])]


def committed(records) -> list:
    """The records of a judged sample as they are committed, without the head."""
    return judged(records, source=Path("scratch"))[1][1:]


def test_the_same_seed_draws_the_same_and_another_seed_another():
    corpus = corpus_of(*(read_file(f"{n}.pdf", *(f"Text {n} {m}." for m in range(20))) for n in range(5)))
    drawn = [draw(corpus, KINDS["ends"], seed=seed, size=10) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0][1:] != drawn[2][1:]
    assert len(drawn[0]) == 11
    assert drawn[0][0] == {
        "record": "sample",
        "kind": "ends",
        "seed": 1,
        "size": 10,
        "method": "random.Random(seed).sample(range(100), size) of the paragraphs of the PDFs, by file name and order, "
        "rows left out",
        "fill in": sample_ends.ASK,
    }


def test_a_sample_without_pdfs_cannot_be_drawn():
    corpus = corpus_of(read_file("a.txt", "One.", raw=Raw()))
    with pytest.raises(CorpusError, match="No PDF under “papers” was read"):
        draw(corpus, KINDS["ends"], seed=1)


def test_an_end_is_drawn_with_its_words_and_committed_without():
    file = read_file("a.pdf", "Before it.", paragraph(WHOLE, "4", page=2), paragraph("Row", row=True), "After it.")
    record = sample_ends.draw(corpus_of(file), random.Random(1), 9)[1][1]
    assert (record["before"], record["after"]) == ("Before it.", "Row")
    assert record["last words"] == WHOLE
    assert sample_ends.strip({**record, "verdict": "right"}) == {
        "record": "end",
        "file": "a.pdf",
        "page": 2,
        "ordinal": 2,
        "offset": 11,
        "marker": "4",
        "length": len(WHOLE),
        "begins": "capital",
        "ends": "stop",
        "start": start_hash(WHOLE),
        "end": end_hash(WHOLE),
        "verdict": "right",
        "true_start": start_hash(WHOLE),
        "true_end": end_hash(WHOLE),
    }


def test_judged_ends_are_met_missed_or_changed_as_the_parser_moves():
    sampled = read_file("a.pdf", HEAD, TAIL, "A/80/48", "It met in Vienna.", "It heard Chile.")
    records = draw(corpus_of(sampled), KINDS["ends"], seed=3)
    wrong = {"verdict": "wrong", "true_start": WHOLE, "true_end": WHOLE}
    verdicts = [wrong, {"verdict": "none"}, {"verdict": "none"}, {"verdict": "right"}, {"verdict": "right"}]
    truths = [records[0], *({**record, **verdict} for record, verdict in zip(records[1:], verdicts, strict=True))]
    truth = committed(truths)
    assert "Committee" not in json.dumps(truth)

    part = sample_ends.score(corpus_of(sampled), truth)
    assert figures(part) == {"ends right today": (2, 5), "right when judged": (2, 5)}
    assert part.cases == (
        "  a.pdf p. None #1: judged wrong",
        "  a.pdf p. None #2: judged none",
        "  a.pdf p. None #3: judged none",
    )
    mended = read_file("a.pdf", WHOLE, "It met in Vienna.", "It heard")
    part = sample_ends.score(corpus_of(mended), truth)
    assert figures(part) == {"ends right today": (4, 5), "right when judged": (2, 5)}
    assert counts(part) == {"changed since": 4, "not here": 0}
    assert counts(sample_ends.score(corpus_of(read_file("b.pdf", "One.")), truth)) == {
        "changed since": 0,
        "not here": 5,
    }


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        ({"verdict": None}, "“None” is no verdict"),
        ({"verdict": "fine"}, "“fine” is no verdict"),
        ({"verdict": "wrong", "true_start": "The"}, "a wrong paragraph needs true_start and true_end"),
    ],
)
def test_an_end_that_is_not_judged_is_refused_with_its_line(judgement, said):
    records = draw(corpus_of(read_file("a.pdf", WHOLE)), KINDS["ends"], seed=1)
    with pytest.raises(CorpusError, match=rf"“scratch”, line 2: {said}; fill it in: verdict"):
        judged(filled(records, **judgement), source=Path("scratch"))


NAMED = "France and Chile met; Chile spoke."
CITED = "See the report of Peru."


def states_file(*found: StateMention, text: str = NAMED):
    in_note = mention(CITED, "Peru", "PER", where="note", note="1")
    return read_file(
        "a.pdf",
        paragraph(text, "1", page=4, notes=(note("1", CITED),), states=(*found, in_note)),
        paragraph("They met with the Special Rapporteur of Nowhere."),
        paragraph("none here"),
    )


FRANCE, CHILE = mention(NAMED, "France", "FRA"), mention(NAMED, "Chile", "CHL")


def test_texts_with_states_are_drawn_and_one_without_for_every_six_mentions():
    records = draw(corpus_of(states_file(FRANCE, CHILE)), KINDS["states"], seed=1, size=6)[1:]
    assert [(each["ordinal"], each["note"], len(each["found"])) for each in records] == [
        (1, "", 2),
        (1, "1", 1),
        (2, "", 0),
    ]
    assert records[0]["found"] == [
        {"code": "FRA", "words": "France", "at": 0},
        {"code": "CHL", "words": "Chile", "at": 11},
    ]


def states_truth():
    records = draw(corpus_of(states_file(FRANCE, CHILE)), KINDS["states"], seed=1, size=6)
    all_named = [
        {"code": code, "words": words} for code, words in (("FRA", "France"), ("CHL", "Chile"), ("CHL", "Chile"))
    ]
    judgements = [all_named, "right", "right"]
    return committed(
        [records[0], *({**record, "judged": each} for record, each in zip(records[1:], judgements, strict=True))],
    )


def test_judged_states_are_committed_as_codes_and_offsets():
    truth = states_truth()
    assert [record["states"] for record in truth] == [
        [["FRA", 0, 6], ["CHL", 11, 16], ["CHL", 22, 27]],
        [["PER", 18, 22]],
        [],
    ]
    assert "France" not in json.dumps(truth)


def test_a_judged_name_is_placed_where_it_stands_as_a_word():
    text = "The Brazilian delegate spoke for Brazil."
    records = draw(corpus_of(states_file(mention(text, "Brazil.", "BRA"), text=text)), KINDS["states"], seed=1, size=1)
    first = {**records[1], "judged": [{"code": "BRA", "words": "Brazil"}]}
    assert committed([records[0], first])[0]["states"] == [["BRA", 33, 39]]


def test_precision_and_recall_are_over_mentions_by_code_and_place():
    nowhere = mention(NAMED, "spoke", "NOR")
    part = sample_states.score(corpus_of(states_file(FRANCE, CHILE, nowhere)), states_truth())
    assert figures(part) == {"precision": (3, 4), "recall": (3, 4), "texts scored": (3, 3)}
    assert part.cases == ("  a.pdf p. 4 #1: missed CHL", "  a.pdf p. 4 #1: made up NOR")


def test_a_mention_at_another_place_is_none():
    second = StateMention(code="FRA", start=22, end=27)
    part = sample_states.score(corpus_of(states_file(second, CHILE)), states_truth())
    assert figures(part)["precision"] == (2, 3)


def test_a_text_that_changed_is_found_by_its_first_words_and_one_that_is_gone_is_not_scored():
    longer = f"{NAMED} It rained."
    part = sample_states.score(corpus_of(states_file(FRANCE, CHILE, text=longer)), states_truth())
    assert figures(part) == {"precision": (3, 3), "recall": (3, 4), "texts scored": (3, 3)}
    assert counts(part) == {"changed since": 1, "not here": 0}
    part = sample_states.score(corpus_of(states_file(FRANCE, text="France came.")), states_truth())
    assert figures(part) == {"precision": (1, 1), "recall": (1, 1), "texts scored": (2, 3)}
    assert part.cases == ("  a.pdf p. 4 #1: the text is not found again",)


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (None, "“None” is no judgement"),
        ([{"code": "FRA", "words": "Frankreich"}], "“Frankreich” (FRA) does not stand in the text"),
        ([{"code": "France", "words": "France"}], "“France” (France) does not stand in the text, or its code is none"),
        ([{"code": "FRA"}], "words is missing"),
    ],
)
def test_a_text_that_is_not_judged_is_refused(judgement, said):
    records = draw(corpus_of(states_file(FRANCE)), KINDS["states"], seed=1, size=6)
    with pytest.raises(CorpusError) as error:
        judged(filled(records, judged=judgement), source=Path("scratch"))
    assert said in str(error.value)


PRINTED = {
    "record": "masthead",
    "file": "a.pdf",
    "symbols": ["A/80/48"],
    "date": "2025-12-22",
    "date_kind": "distribution",
    "adopted": "2025-12-19",
    "sessions": ["A/80", "S/80"],
    "agenda": ["107"],
    "item_titles": None,
    "title": words_hash("Report of the Committee"),
    "type": "report",
    "body": "A",
    "language": "en",
    "original_language": None,
    "place": None,
    "reissued": False,
}
SAID = {
    "date": "2025-12-22",
    "date_kind": "distribution",
    "sessions": (Session(key="S/80", label=""), Session(key="A/80", label="")),
    "agenda": (AgendaItem(number="107"),),
    "title": "REPORT OF THE COMMITTEE*",
    "type": "report",
    "body": "A",
    "language": "en",
}


@pytest.mark.parametrize("date", [{}, {"date": "2025-12-19", "date_kind": "adoption"}])
def test_a_document_that_has_what_its_masthead_prints_is_right_in_all(date):
    part = sample_mastheads.score(corpus_of(read_file("a.pdf", "One.", **{**SAID, **date})), [PRINTED])
    assert {name for name, (right, of) in figures(part).items() if right != of} == set()
    assert figures(part)["not printed, and not made up"] == (3, 3)
    assert part.cases == ()


def test_what_is_wrong_and_what_is_made_up_is_listed():
    wrong = {"date_kind": "adoption", "sessions": SAID["sessions"][:1], "place": "New York", "title": "Report"}
    part = sample_mastheads.score(corpus_of(read_file("a.pdf", "One.", **{**SAID, **wrong})), [PRINTED])
    assert part.cases == (
        "  date: a.pdf: 2025-12-22 adoption; judged 2025-12-22",
        "  sessions: a.pdf: ['S/80']; judged ['A/80', 'S/80']",
        f"  title: a.pdf: “Report”; judged {PRINTED['title']}",
        "  place: a.pdf: New York; judged none",
    )
    assert figures(part)["not printed, and not made up"] == (2, 3)


def test_a_masthead_is_drawn_open_and_committed_with_titles_as_hashes():
    records = draw(
        corpus_of(read_file("a.pdf", "One.", raw=Raw(pages=1, front=("A page",)))), KINDS["mastheads"], seed=1
    )
    assert records[1]["page"] == ["A page"]
    with pytest.raises(CorpusError, match="line 2: symbols is no list"):
        judged(records, source=Path("scratch"))
    truth = committed(filled(records, **{**PRINTED, "title": "Report of the Committee"}))
    assert truth == [PRINTED]


def test_samples_are_written_and_read_back_and_scored_where_they_are(tmp_path):
    corpus = corpus_of(read_file("a.pdf", WHOLE))
    write_records(
        tmp_path / "ends.jsonl",
        judged(filled(draw(corpus, KINDS["ends"], seed=1), verdict="right"), source=tmp_path)[1],
    )
    assert [part.key for part in sample_parts(corpus, tmp_path)] == ["ends-judged"]
    assert read_records(tmp_path / "ends.jsonl")[0]["kind"] == "ends"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{no", "line 1: this is no JSON"),
        ("[1]", "line 1: a record is a JSON object"),
    ],
)
def test_a_file_that_is_no_sample_is_said(tmp_path, content, said):
    (tmp_path / "ends.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_records(tmp_path / "ends.jsonl")


def test_a_record_that_lacks_a_field_is_said_with_its_file(tmp_path):
    (tmp_path / "ends.jsonl").write_text('{"record": "end", "file": "a.pdf"}', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"ends\.jsonl” has a record that cannot be used: verdict is missing"):
        list(sample_parts(corpus_of(read_file("a.pdf", "One.")), tmp_path))


def test_a_file_without_a_head_cannot_be_taken_for_a_judged_sample():
    with pytest.raises(CorpusError, match="does not begin with a sample's head"):
        judged([{"record": "end"}], source=Path("scratch"))
