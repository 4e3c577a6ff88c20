"""Running the command as a person or a script does: in this process for speed, in a pipe or at a terminal for truth."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.build import build
from pilcrow.cli import main

PILCROW = (sys.executable, "-c", "from pilcrow.cli import main; main()")


@dataclass(frozen=True)
class Outcome:
    """What a run ended with and wrote."""

    status: int
    out: str
    err: str = ""


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """An index of the project's own corpus."""
    directory = tmp_path_factory.mktemp("index")
    build([corpus], directory)
    return directory


@pytest.fixture
def run(index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process, its output in a pipe, on the index of the corpus."""
    monkeypatch.setenv("PILCROW_INDEX", str(index))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        captured = capsys.readouterr()
        return Outcome(int(str(ended.value.code)), captured.out, captured.err)

    return run


@pytest.fixture
def at_terminal(index: Path) -> Run:
    """Run the command as a process at a real terminal of ``columns`` by ``lines``; gives all that it wrote there."""

    def run(*arguments: str, columns: int = 80, lines: int = 200, **variables: str) -> Outcome:
        ours, theirs = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
        environment |= {"COLUMNS": str(columns), "LINES": str(lines), "TERM": "xterm-256color"}
        environment |= {"PILCROW_INDEX": str(index), **variables}
        process = subprocess.Popen([*PILCROW, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        written = b""
        try:
            while piece := os.read(ours, 65_536):
                written += piece
        except OSError:
            # Linux says so when the last process has let go of the terminal.
            pass
        os.close(ours)
        return Outcome(process.wait(), written.decode().replace("\r\n", "\n"))

    return run


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
