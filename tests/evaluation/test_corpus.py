"""``pilcrow evaluate corpus``, ``sample`` and ``judged``, run as anyone would over small folders of their own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pilcrow.cli import cli, main
from pilcrow.evaluation.corpus import CorpusError, read_corpus, read_symbols, symbols_part
from pilcrow.evaluation.figures import Count, Figure, Part, Report, percent
from pilcrow.evaluation.raw import raw_of
from tests.evaluation.made import corpus_of, figures, read_file

LETTER = """United Nations
A/80/91
General Assembly
Distr.: General
5 June 2025
Original: English

Eightieth session
Agenda item 116 (c)

# Note on elections

1. The Mission has the honour to refer to the elections.

2. It requests that this note be circulated 25-08893 (E) as a document.
"""
OTHER = LETTER.replace(" 25-08893 (E)", "").replace("5 June 2025", "6 June 2025")
TABLE = "file\tsymbol\nlibrary/letter.txt\tA/80/91\nlibrary/absent.pdf\tA/80/92\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with a letter in two formats, one of which has a job number in it, and an empty file."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "letter.md").write_text(OTHER, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (tmp_path / "symbols.tsv").write_text(TABLE, encoding="utf-8")
    return folder


def printed(*arguments: object) -> str:
    result = CliRunner().invoke(cli, ["evaluate", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return re.sub(r"\d+\.\d(?= +parsing)", "0.0", result.output).replace(str(arguments[1]), "LIBRARY")


def refused(*arguments: object) -> str:
    with pytest.raises(CorpusError) as error:
        CliRunner().invoke(cli, ["evaluate", *map(str, arguments)], catch_exceptions=False)
    return str(error.value)


def test_every_part_is_printed_with_numerator_denominator_and_how_it_was_counted(library, tmp_path):
    text = printed("corpus", library, "--symbols", tmp_path / "symbols.tsv", "--judged", tmp_path, "--list", "all")
    assert max(map(len, re.sub(r"(?m)^  \w[\w ']*: .*$|^==.*$|^  [~+!-] .*$|^      .*$", "", text).splitlines())) <= 100
    parts = [part.split("\n") for part in re.split(r"\n\n(?=\S)", text)]
    assert [part[0] for part in parts if not part[0].startswith("==")] == [
        "Files in LIBRARY",
        "Symbols",
        "Mastheads",
        "Twins, 1 pair",
        "Layout scan",
        "Beginnings and ends of paragraphs",
    ]
    assert "  files read                            2 of       3    66.7% 1 md, 1 txt" in text
    assert "  refused: empty.txt: " in text
    assert "  symbol                                1 of       1   100.0%" in text
    assert "  in the table but not measured         1 of       2    50.0% no such file here; not scored" in text
    assert "  date                                  2 of       2   100.0%" in text
    assert "  agenda items                          2 of       2   100.0%" in text
    assert "  letter                                2 of       4    50.0% 1 in both: 50.0% of the 2 in md," in text
    assert "      txt … this note be circulated ‹25-08893 (E)› as a document.\n" in text
    assert "  job number: letter.txt #2 [2]: …uests that this note be circulated ‹25-08893 (E)› as a document." in text


def test_the_figures_are_there_as_json_too(library):
    found = json.loads(printed("corpus", library, "--judged", library, "--format", "json"))
    assert list(found) == ["refused", "masthead", "twins", "layout", "ends"]
    assert found["masthead"]["figures"][0] == {
        "label": "date",
        "right": 2,
        "of": 2,
        "share": 1.0,
        "how": "the day of distribution, adoption or meeting, as the document says which it is",
    }
    assert {"label": "job number", "count": 1, "how": "in 1 file"} in found["layout"]["counts"]
    assert found["layout"]["cases"] == [
        "  job number: letter.txt #2 [2]: …uests that this note be circulated ‹25-08893 (E)› as a document."
    ]


def test_only_the_files_that_are_asked_for_are_read(library):
    assert [file.name for file in read_corpus(library, only=["*.md"]).files] == ["letter.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["corpus", "nowhere"], "“nowhere” is no folder"),
        (["corpus", ".", "--only", "*.none"], "There is no file that matches *.none in “.”"),
        (["judged", "nowhere.jsonl", "--out", "x"], "“nowhere.jsonl” cannot be read as a sample"),
    ],
)
def test_bad_input_is_said_in_a_sentence(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert said in refused(*arguments)


def test_bad_input_ends_with_status_2(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # main sets its own
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "corpus", str(tmp_path), "--list", "colours"])
    assert ended.value.code == 2
    assert "There is no part “colours” to list; choose from refused, symbol," in capsys.readouterr().err


def test_a_sample_needs_pdfs(library, tmp_path):
    assert "No PDF under" in refused("sample", "ends", library, "--seed", "1", "--out", tmp_path / "ends.jsonl")


def test_a_judged_sample_is_written_without_text(tmp_path):
    record = dict.fromkeys(("file", "page", "ordinal", "offset", "marker", "length", "begins", "ends"))
    record |= {"record": "end", "start": "0a", "end": "0b", "verdict": "right", "last words": "of all migrants."}
    lines = [{"record": "sample", "kind": "ends", "fill in": "verdict"}, record]
    (tmp_path / "scratch").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    printed("judged", tmp_path / "scratch", "--out", tmp_path / "ends.jsonl")
    written = (tmp_path / "ends.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(written[0]) == {"record": "sample", "kind": "ends"}
    assert json.loads(written[1])["true_end"] == "0b"
    assert "migrants" not in written[1]


@pytest.mark.parametrize("bad", ["a.pdf", "a.pdf\t", "a.pdf\tA/80/1\tmore"])
def test_a_line_of_the_table_of_symbols_that_cannot_be_used_is_said(tmp_path, bad):
    (tmp_path / "symbols.tsv").write_text(f"file\tsymbol\n{bad}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"line 2: a line is a file, a tab and its symbol"):
        read_symbols(tmp_path / "symbols.tsv")


def test_a_table_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CorpusError, match="cannot be read as a table of symbols"):
        read_symbols(tmp_path / "absent.tsv")


def test_only_the_first_symbol_is_judged_and_files_without_truth_are_not():
    files = (
        read_file("a.pdf", "One.", symbols=("A/80/1", "S/2025/1")),
        read_file("b.pdf", "One.", symbols=("S/2025/2", "A/80/2")),
        read_file("c.pdf", "One.", symbols=("A/80/3",)),
        read_file("d.pdf", "One.", symbols=()),
    )
    part = symbols_part(corpus_of(*files), {"a.pdf": "A/80/1", "papers/b.pdf": "A/80/2", "d.pdf": "A/80/4"})
    assert figures(part) == {"symbol": (1, 3)}
    assert part.note == "1 of the files read are not in the table and are not scored."
    assert part.cases == ("  papers/b.pdf: S/2025/2, not A/80/2", "  d.pdf: none, not A/80/4")


def test_a_report_is_aligned_and_wrapped_and_says_how_to_see_the_cases():
    rows = (
        Figure("symbol", 1, 3, "as printed " * 8),
        Count("pages", 1200),
        Figure("a label of more than thirty characters", 0, 0),
    )
    report = Report((Part(key="x", title="Symbols", rows=rows, note="Of all files.", cases=("  a.pdf: wrong",)),))
    assert report.render() == (
        "Symbols\n"
        "  Of all files.\n"
        "  symbol                                1 of       3    33.3% as printed as printed as printed as\n"
        "                                                              printed as printed as printed as\n"
        "                                                              printed as printed\n"
        "  pages                             1,200\n"
        "  a label of more than thirty\n"
        "    characters                          0 of       0        -\n"
        "  (--list x prints the cases)"
    )
    assert report.render(listed=["x"]).endswith("        -\n\n  a.pdf: wrong")


@pytest.mark.parametrize(
    ("right", "of", "shown"),
    [(3, 3, "100.0%"), (9999, 10_000, ">99.9%"), (1, 10_000, "<0.1%"), (0, 3, "0.0%"), (1, 3, "33.3%"), (0, 0, "-")],
)
def test_what_is_not_all_is_never_printed_as_all(right, of, shown):
    assert percent(Figure("x", right, of)) == shown


def test_plain_text_has_a_front_and_no_pages(library):
    raw = raw_of(library / "letter.txt")
    assert (raw.pages, raw.front[:3], raw.furniture) == (0, ("United Nations", "A/80/91", "General Assembly"), ())


@pytest.mark.shared
def test_the_raw_text_of_real_files_has_their_pages_and_mastheads(shared):
    folder = shared / "corpora" / "docx"
    pdf, docx = (raw_of(folder / f"A_80_604_Add.6.{suffix}") for suffix in ("pdf", "docx"))
    assert (pdf.pages, docx.pages) == (12, 0)
    assert "Eightieth session" in pdf.front
    assert {"Eightieth session", "Distr.: General"} <= set(docx.front)
    assert "A/#/#/Add.#" in pdf.furniture
