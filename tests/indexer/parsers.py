"""What a worker may be given to do with a file in place of Pilcrow's own readers: to hang, to die, to be mistaken.

A worker is a process of its own, which no patch of the test's process reaches; it imports these by their name. Each
does its worst to files whose names say so and reads the others.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from indexer import parse
from indexer.catalogue import Catalogue
from indexer.parsed_store import Outcome
from indexer.workers import Task, parse_one, refused
from pilcrow.engine.model import ParsedDocument

_HOLDS = ctypes.PyDLL(None) if sys.platform != "win32" else ctypes.PyDLL("kernel32")
"""The C library, called without letting go of Python's lock: no other thread of the process runs meanwhile."""


def worst(task: Task) -> Outcome:
    """Do what the file's name says: "hang", "loop", "crash", "exit", "greedy", "chatty", "killed"."""
    for name, deed in _DEEDS.items():
        if task.source.path.name.startswith(name):
            deed()
    return parse_one(task)


def mistaken(task: Task) -> Outcome:
    """Make a mistake at "a.txt"."""
    return _at_a(task, lambda _: {}["missing"])


def changing(task: Task) -> Outcome:
    """Change "a.txt" just before it is read."""
    return _at_a(task, lambda path: path.write_text(path.read_text() + "\n7. More.\n"))


def unwritable(task: Task) -> Outcome:
    """Give "a.txt" half of a surrogate pair, which no encoding of Unicode has."""
    outcome = parse_one(task)
    if outcome.parsed is None or task.source.path.name != "a.txt":
        return outcome
    document = replace(outcome.parsed.document, title="half \ud83d")
    return Outcome(parsed=replace(outcome.parsed, document=document))


def wrong(task: Task) -> Outcome:
    """Give "a.txt" a page that is no number."""
    outcome = parse_one(task)
    if outcome.parsed is None or task.source.path.name != "a.txt":
        return outcome
    pages = tuple(replace(each, page="vii") for each in outcome.parsed.paragraphs)
    return Outcome(parsed=replace(outcome.parsed, paragraphs=pages))


def second_of_a_process_dies(task: Task) -> Outcome:
    """Crash at the second file that a process reads, whichever it is."""
    _seen.append(task.source.name)
    if len(_seen) == 2:
        _crash()
    return parse_one(task)


def tells_its_process(task: Task) -> Outcome:
    """Refuse every file, with the number of the process as the reason."""
    return refused(task.source, str(os.getpid()), "none")


def tells_its_limits(task: Task) -> Outcome:
    """Refuse every file, saying what of a Ctrl-C and of standard output the process has."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return refused(task.source, f"{ignored} {Path('/proc/self/fd/1').readlink()}", "none")


def _at_a(task: Task, deed) -> Outcome:
    real = parse.parse_file

    def parse_file(path: Path, catalogue: Catalogue | None = None) -> ParsedDocument:
        if path.name == "a.txt":
            deed(path)
        return real(path, catalogue)

    with patch.object(parse, "parse_file", parse_file):
        return parse_one(task)


def _hang() -> None:
    """Sleep in C with Python's lock held: neither a thread nor a handler of a signal in Python can end this."""
    _HOLDS.sleep(600)


def _loop() -> None:
    while True:
        pass


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _take_memory() -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def _print() -> None:
    print("what a library prints about a bad file")
    os.write(1, b"and from C\n")
    os.write(2, b"and from C\n")


def _be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


_seen: list[str] = []
_DEEDS = {
    "hang": _hang,
    "loop": _loop,
    "crash": _crash,
    "exit": lambda: os._exit(9),
    "greedy": _take_memory,
    "chatty": _print,
    "killed": _be_killed,
    "slow": lambda: time.sleep(0.3),
}
