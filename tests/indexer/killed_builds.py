"""Run as a process of its own: kills a build at every step and at every touch of a file, and says what is left.

Each build runs in a forked child that kills itself with SIGKILL at its n-th event, for n = 1, 2, ... until a build
comes through. An event is a step of the build, or (``files``) anything that Python reports to its audit hooks about
files: opened, renamed, removed, a folder made. After each kill the index is opened by a fresh child, which says what it
answers, and another build is made on a copy.

Arguments: a corpus, an index of an older corpus, ``steps`` or ``files``. Prints one JSON object a kill: ``at`` what it
died, what the old index ``answers``, and the report of the ``next`` build: how many files it parsed and kept.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import indexer.parse
from indexer.build import Progress, build
from pilcrow import open_index
from pilcrow.engine.contract import SearchPlan
from pilcrow.engine.generations import engine
from pilcrow.engine.query import Term

FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}


class Countdown:
    """Kills this process at the n-th event."""

    def __init__(self, number: int, told: int) -> None:
        self.left = number
        self.told = told

    def event(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.write(self.told, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(run: Callable[[int], None]) -> tuple[int, str]:
    """The status of a forked child that calls ``run`` with a pipe's end, and what it wrote there."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        run(write)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    return os.waitpid(child, 0)[1], said


def answers(index: Path) -> object:
    """What the index says to a few questions: ids and scores, and the documents."""

    def ask(told: int) -> None:
        with open_index(index) as reader:
            found = [reader.search(SearchPlan(query=Term(word), limit=50)) for word in ("trafficking", "victims")]
            hits = [[(hit.paragraph.id, round(hit.score, 6)) for hit in answer.hits] for answer in found]
            os.write(told, json.dumps([hits, [each.id for each in reader.documents()]]).encode())

    return json.loads(in_child(ask)[1])


def kill_at(number: int, corpus: Path, index: Path, how: str) -> tuple[bool, str]:
    """Build and die at the n-th event: whether it died, and at what."""

    def run(told: int) -> None:
        countdown = Countdown(number, told)
        if how == "files":
            inside = str(index)

            def hook(name: str, arguments: tuple[object, ...]) -> None:
                if name in FILE_EVENTS and str(arguments[0]).startswith(inside):
                    countdown.event(f"{name} {Path(str(arguments[0])).name}")

            sys.addaudithook(hook)
            build([corpus], index)
        else:
            build([corpus], index, progress=lambda step: countdown.event(named(step)))

    status, said = in_child(run)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        return False, said
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        raise SystemExit(f"the build ended by itself with status {status} before event {number}")
    return True, said


def named(step: Progress) -> str:
    return f"{step.step} {step.done}" if step.total > 1 else step.step


def main() -> None:
    corpus, index, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    # Everything is imported before the first fork: a child then only builds.
    engine("whoosh")
    assert indexer.parse.parse_file
    number, died = 0, True
    while died:
        number += 1
        victim = index.with_name(f"victim-{number}")
        shutil.copytree(index, victim)
        died, at = kill_at(number, corpus, victim, how)
        if died:
            line = {"at": at, "answers": answers(victim)}
            _, said = in_child(lambda told, victim=victim: os.write(told, json.dumps(rebuilt(corpus, victim)).encode()))
            line["next"] = json.loads(said)
            line["then"] = answers(victim)
            print(json.dumps(line), flush=True)
        shutil.rmtree(victim)


def rebuilt(corpus: Path, index: Path) -> dict[str, object]:
    report = build([corpus], index)
    generations = len(list((index / "generations").iterdir()))
    entries = len(list((index / "parsed").iterdir())) - 1
    return {"parsed": report.parsed, "changed": report.changed, "generations": generations, "entries": entries}


if __name__ == "__main__":
    main()
