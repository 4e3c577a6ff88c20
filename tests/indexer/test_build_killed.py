"""A build that is killed at any moment: the old index answers exactly as before, and the next build goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.build import STEPS, build
from tests.conftest import ROOT
from tests.indexer.small import write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """An index of two documents beside a corpus in which one of them changed and a third is new."""
    folder = tmp_path / "corpus"
    write(folder, "a.txt", "A/79/10", "The Working Group considered trafficking.", "Belarus spoke of victims.")
    write(folder, "b.txt", "A/79/9", "Victims of trafficking were considered.")
    build([folder], tmp_path / "index")
    write(folder, "b.txt", "A/79/9", "Victims of trafficking were considered anew.", "And trafficking again.")
    write(folder, "c.txt", "A/79/11", "A third document on trafficking.")
    return folder


def kills(corpus: Path, how: str) -> list[dict[str, Any]]:
    arguments = ["-m", "tests.indexer.killed_builds", str(corpus), str(corpus.parent / "index"), how]
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_killed_after_any_step_the_old_index_answers_and_the_next_build_goes_on(corpus: Path) -> None:
    found = kills(corpus, "steps")
    assert list(dict.fromkeys(each["at"].split()[0] for each in found)) == list(STEPS)
    old, new = found[0]["answers"], found[0]["then"]
    assert old != new
    parsed = {"lock": 2, "find": 2, "parse 1": 2, "parse 2": 1}
    for each in found:
        published = each["at"] in ("publish", "sweep")
        assert each["answers"] == (new if published else old), each["at"]
        assert each["next"] == {
            "parsed": parsed.get(each["at"], 0),
            "changed": not published,
            "generations": 2,
            "entries": 3,
        }, each["at"]
        assert each["then"] == new, each["at"]


@pytest.mark.nightly
def test_killed_at_any_touch_of_a_file_the_old_index_answers_and_the_next_build_goes_on(corpus: Path) -> None:
    found = kills(corpus, "files")
    assert len(found) > 60
    old, new = found[0]["answers"], found[0]["then"]
    seen = [each["answers"] for each in found]
    published = seen.index(new)
    assert seen == [old] * published + [new] * (len(seen) - published)
    for each in found:
        assert (each["then"], each["next"]["entries"]) == (new, 3), each["at"]
        assert each["next"]["generations"] == 2, each["at"]
