"""``pilcrow index``, ``parse``, ``info`` and ``evaluate gold`` at the prompt."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.indexer.small import write

TEXT = "The Working Group considered trafficking."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "documents", "a.txt", "A/79/10", TEXT)
    return tmp_path / "documents"


def test_index_prints_the_report_and_a_second_time_that_nothing_changed(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00")
    index = str(tmp_path / "index")
    first = run("index", str(folder), "--index", index)
    assert first.status == 1  # one file was refused
    assert re.match(
        r"Indexed 1 document, 1 paragraph in \d+\.\d s \(2 files: 2 read now, 0 as read before; 1 refused\)\.\n",
        first.out,
    )
    assert "Engine: whoosh, because Whoosh answers quickly up to 75,000 paragraphs" in first.out
    assert "\n  bad.txt: it has NUL bytes, so it is not a text file; save it as UTF-8 text and try again\n" in first.out
    assert "\n  a.txt: agenda item, language\n" in first.out
    again = run("index", str(folder), "--index", index)
    assert (again.status, again.out.splitlines()[0]) == (
        1,
        "Nothing changed: 1 document, 1 paragraph (2 files, 1 refused).",
    )
    (folder / "bad.txt").unlink()
    assert run("index", str(folder), "--index", index).status == 0
    assert run("index", str(folder), "--index", index).status == 0


def test_index_without_a_path_takes_those_of_the_last_build(run: Run, folder: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    run("index", str(folder), "--index", index)
    write(folder, "b.txt", "A/79/11", TEXT)
    assert "2 documents" in run("index", "--index", index).out


def test_index_without_a_path_and_without_a_corpus_asks_for_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("index", "--index", "index")
    assert (done.status, done.err) == (2, "pilcrow: Name the files or folders to index: pilcrow index FOLDER.\n")


def test_index_of_an_empty_folder_is_an_error_in_one_line(run: Run, tmp_path: Path) -> None:
    done = run("index", str(tmp_path), "--index", str(tmp_path / "index"))
    assert (done.status, done.out) == (2, "")
    assert done.err == f"pilcrow: There is no document in {tmp_path}; put files there, or name another folder.\n"


def test_parse_prints_the_document_and_then_each_paragraph(run: Run, folder: Path) -> None:
    (folder / "catalogue.toml").write_text('["a.txt"]\nplace = "Geneva"\n')
    done = run("parse", str(folder / "a.txt"))
    document, paragraph = (json.loads(line) for line in done.out.splitlines())
    assert (document["record"], document["id"], document["place"]) == ("document", "A/79/10", "Geneva")
    assert (paragraph["record"], paragraph["id"], paragraph["text"]) == ("paragraph", "A/79/10#p1", TEXT)


def test_parse_of_what_is_no_document_is_an_error_in_one_line(run: Run, folder: Path) -> None:
    for name in ("none.txt", "empty.txt"):
        (folder / "empty.txt").write_bytes(b"")
        done = run("parse", str(folder / name))
        assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
        assert name in done.err


def test_info_says_what_stands_in_the_index(run: Run, folder: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    run("index", str(folder), "--index", index)
    out = run("info", "--index", index).out
    assert f"From:     {folder}\n" in out
    assert "1 document, 1 paragraph" in out
    assert out.count("because Whoosh answers quickly up to 75,000 paragraphs") == 1
    record = json.loads(run("info", "--index", index, "--format", "json").out)
    assert (record["manifest"]["engine"], record["report"]["documents"]) == ("whoosh", 1)


@pytest.mark.parametrize("command", ["search", "info", "serve", "show"])
def test_without_an_index_the_command_to_build_one_is_said(run: Run, tmp_path: Path, command: str) -> None:
    done = run(command, *(["x"] if command in ("search", "show") else []), "--index", str(tmp_path / "none"))
    assert (done.status, done.out) == (2, "")
    assert "build one with: pilcrow index FOLDER --index" in done.err


def test_evaluate_gold_scores_what_parse_gives(run: Run, folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = run("parse", str(folder / "a.txt")).out.splitlines()
    gold.write_text(lines[1] + "\n")
    assert run("evaluate", "gold", str(gold), "--documents", str(folder)).status == 0
    figures = json.loads(run("evaluate", "gold", str(gold), "--documents", str(folder), "--format", "json").out)
    assert figures["total"]["paragraphs"]["f1"] == 1.0
    gold.write_text(lines[1].replace('"marker": "1"', '"marker": "7"') + "\n")
    assert "a.txt" in run("evaluate", "gold", str(gold), "--documents", str(folder), "--errors").out.splitlines()[0]
    missing = run("evaluate", "gold", str(tmp_path / "none.jsonl"))
    assert (missing.status, missing.err.count("\n")) == (2, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let every byte into a name")
def test_parse_takes_files_of_any_name_and_prints_no_command_to_the_terminal(run: Run, folder: Path) -> None:
    for name in ("line\nfeed \x1b[31m.txt", os.fsdecode(b"\xe9.txt")):
        path = write(folder, name, "A/79/11", TEXT)
        done = run("parse", str(path))
        assert (done.status, json.loads(done.out.splitlines()[1])["text"]) == (0, TEXT)
        path.write_bytes(b"")
        failed = run("parse", str(path))
        assert (failed.status, failed.err.rstrip("\n").isprintable()) == (2, True)


def test_a_build_in_which_nothing_can_be_read_ends_as_an_error(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b"\x00")
    done = run("index", str(folder), "--index", str(tmp_path / "index"))
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "a.txt: it is empty" in done.err
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["Refused", "  a.txt", "  b.txt"]


def test_refused_files_are_read_again_when_it_is_asked(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00")
    index = str(tmp_path / "index")
    run("index", str(folder), "--index", index)
    again = run("index", str(folder), "--index", index, "--retry")
    assert "2 files: 1 read now, 1 as read before; 1 refused" in again.out


def test_the_report_of_info_lists_what_was_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    for number in range(25):
        (folder / f"bad{number:02}.txt").write_bytes(b"\x00")
    index = str(tmp_path / "index")
    assert "... and 5 more (pilcrow info --all lists them)" in run("index", str(folder), "--index", index).out
    assert run("info", "--index", index, "--all").out.count("it has NUL bytes") == 25
