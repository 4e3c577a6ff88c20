"""The commands that print figures, run as anyone would, and the figures that the project holds itself to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pilcrow.cli import cli
from tests.conftest import ROOT
from tests.evaluation.test_trec import SMART, write

REACHED = {
    "paragraphs": 1.0,
    "markers": 1.0,
    "parents": 1.0,
    "sections": 0.99,
    "notes": 1.0,
    "states": 1.0,
    "note_states": 0.99,
    "agenda": 0.97,
    "pillars": 0.85,
    "prosecution": 0.75,
    "protection": 0.75,
    "prevention": 0.75,
    "national": 0.75,
    "international": 0.75,
}


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["evaluate", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.shared
def test_the_seeds_reach_what_the_project_holds_itself_to(shared: Path) -> None:
    total = json.loads(printed("gold", str(shared / "gold" / "seeds.jsonl"), "--format", "json"))["total"]
    assert {name: total[name]["f1"] for name, least in REACHED.items() if total[name]["f1"] < least} == {}


@pytest.mark.shared
def test_the_questions_are_answered_better_than_by_words_alone(shared: Path) -> None:
    mean = printed("questions", str(shared / "gold" / "questions.jsonl")).splitlines()[-1].split()
    assert mean[0] == "mean"
    assert float(mean[1]) > 0.56
    assert float(mean[2]) > 0.41


def test_a_test_collection_is_indexed_and_scored(tmp_path: Path) -> None:
    write(tmp_path, SMART)
    lines = printed("trec", str(tmp_path), "--each").splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [
        ["1", "1.000", "1.000", "1.000"],
        ["2", "1.000", "1.000", "1.000"],
        ["mean", "1.000", "1.000", "1.000"],
    ]


def test_the_benchmark_runs_beside_a_peer_and_prints_its_figures() -> None:
    sizes = ["--sizes", "200", "400", "--queries", "11", "--engines", "whoosh", "tantivy", "--peers", "whoosh"]
    command = [sys.executable, "-m", "benchmarks", *sizes]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "Pilcrow on whoosh indexed them in",
        "Pilcrow on tantivy indexed them in",
        "page ms: median",
        "times as fast as stock Whoosh",
        "0 disagreements",
        "the same 11 queries",
        "Targets of Pilcrow on tantivy",
    ):
        assert said in done.stdout, done.stdout
