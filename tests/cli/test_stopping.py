"""Ctrl-C and SIGTERM while an index is built, for real: within two seconds, what was read kept, how to go on said."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.indexer.small import held, write

TEXT = "The Working Group considered trafficking."

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals to one process")

COMMAND = """
import sys, time
from dataclasses import replace
import indexer.build
from pilcrow.cli import main
from tests.indexer import parsers
if "reading" in sys.argv:
    real = indexer.build.build
    indexer.build.build = lambda *paths, reading, **given: real(
        *paths, reading=replace(reading, parse=parsers.worst), **given
    )
if "writing" in sys.argv:
    add = indexer.build.engine("whoosh").write
    def write(folder, **_):
        writer = add(folder)
        real_add = writer.add
        def slow(parsed):
            print("writing", flush=True)
            time.sleep(0.5)
            real_add(parsed)
        writer.add = slow
        return writer
    class Slow:
        write = staticmethod(write)
    indexer.build.engine = lambda name: Slow
if "deaf" in sys.argv:
    # A library that swallows the exception, and goes on with what it was at.
    def deaf(*_):
        print("deaf", flush=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                pass
    indexer.build._settled = deaf
main(sys.argv[2:])
"""


@contextmanager
def building(folder: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """``pilcrow index``, in a process group of its own, as a terminal starts it."""
    arguments = [sys.executable, "-c", COMMAND, how, "index", str(folder / "corpus"), "--index", str(folder / "index")]
    process = subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def stopped(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """The status and the words of a build that is stopped as a terminal does it: every process of it is told."""
    began = time.monotonic()
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=10)
    assert time.monotonic() - began < 2.0
    # What Python itself started to clear up after processes is gone a moment after the last of them.
    while time.monotonic() < began + 5:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return process.returncode, said
        time.sleep(0.02)
    raise AssertionError("a process was left behind")


def kept(folder: Path) -> int:
    return len([path for path in (folder / "index" / "parsed").glob("*.json") if path.name != "files.json"])


def until_kept(folder: Path, count: int) -> None:
    until = time.monotonic() + 30
    while not (folder / "index" / "parsed").is_dir() or kept(folder) < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def until_said(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_files_hang_it_says_what_is_kept_and_goes_on_from_there(
    tmp_path: Path, number: signal.Signals
) -> None:
    for each in range(3):
        write(tmp_path / "corpus", f"{each}.txt", f"A/79/{each}", TEXT * 40)
    for each in ("hang", "loop"):
        write(tmp_path / "corpus", f"{each}.txt", f"A/80/{len(each) + each.count('o')}", TEXT)
    with building(tmp_path, "reading") as process:
        until_kept(tmp_path, 3)
        time.sleep(0.5)
        status, said = stopped(process, number)
    assert (status, said) == (
        130,
        "pilcrow: Stopped; 3 of 5 files are read and kept. Run the same command to go on.\n",
    )
    with building(tmp_path, "as usual") as process:
        out, _ = process.communicate(timeout=60)
    assert re.match(
        r"Indexed 5 documents, 5 paragraphs in .* \(5 files: 2 read now, 3 as read before; 0 refused\)", out
    )


def test_stopped_while_the_index_is_written_the_old_one_stands(tmp_path: Path) -> None:
    write(tmp_path / "corpus", "a.txt", "A/79/1", TEXT)
    with building(tmp_path, "as usual") as process:
        process.communicate(timeout=60)
    write(tmp_path / "corpus", "b.txt", "A/79/2", TEXT)
    with building(tmp_path, "writing") as process:
        until_said(process, "writing")
        assert stopped(process) == (
            130,
            "pilcrow: Stopped; 2 of 2 files are read and kept. Run the same command to go on.\n",
        )
    assert set(held(tmp_path / "index")) == {"A/79/1"}
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 1
    with building(tmp_path, "as usual") as process:
        out, _ = process.communicate(timeout=60)
    assert "0 read now, 2 as read before" in out


def test_stopped_where_something_does_not_listen_it_ends_all_the_same(tmp_path: Path) -> None:
    write(tmp_path / "corpus", "a.txt", "A/79/1", TEXT)
    with building(tmp_path, "deaf") as process:
        until_said(process, "deaf")
        assert stopped(process) == (
            130,
            "pilcrow: Stopped; 1 of 1 files are read and kept. Run the same command to go on.\n",
        )
    assert kept(tmp_path) == 1


def test_stopped_before_a_file_was_read_it_says_so(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path / "corpus", f"slow{number}.txt", f"A/79/{number}", TEXT)
    with building(tmp_path, "as usual") as process:
        time.sleep(0.05)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=10)
        assert process.returncode in (130, -signal.SIGTERM)
