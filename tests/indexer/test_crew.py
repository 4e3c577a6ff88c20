"""Files that hang, crash or eat memory while they are read, for real: each costs itself, and is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build
from indexer.catalogue import Catalogue
from indexer.crew import Crew, WorkersError, parse_apart
from indexer.parsed_store import Outcome
from indexer.reading import Limits, Reading
from indexer.report import Refused
from indexer.sources import Source
from indexer.workers import Task
from pilcrow.engine.errors import ReadingError
from tests.conftest import ROOT
from tests.indexer import parsers
from tests.indexer.small import held, write

GOOD = "The Working Group considered trafficking."
SHORT = Limits(seconds=2.0, seconds_a_megabyte=0.0, patience=60.0, memory=256 << 20)
IMPATIENT = replace(SHORT, seconds=1.0, patience=8.0)
AGAIN = "report this with the file, please, or leave it out; pilcrow index --retry reads it again"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for number in range(1, 5):
        write(folder, f"good{number}.txt", f"A/79/{number}", GOOD)
    return folder


def refused_of(
    corpus: Path, index: Path, jobs: int, names: tuple[str, ...], limits: Limits = SHORT
) -> tuple[Refused, ...]:
    """What is refused where files of these names do their worst, after checking that all others are indexed."""
    for number, name in enumerate(names):
        write(corpus, name, f"A/80/{number}", GOOD)
    report = build([corpus], index, reading=Reading(jobs=jobs, limits=limits, parse=parsers.worst))
    assert set(held(index)) >= {f"A/79/{number}" for number in range(1, 5)}
    return report.refused


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_hangs_in_c_costs_its_own_time_and_itself(corpus: Path, tmp_path: Path, jobs: int) -> None:
    began = time.monotonic()
    (refused,) = refused_of(corpus, tmp_path / "index", jobs, ("hang.txt",), IMPATIENT)
    assert refused == Refused(
        name="hang.txt",
        reason="reading it came to no end in 8 seconds",
        remedy="index again when the machine is less busy; where that does not help, leave it out",
    )
    assert time.monotonic() - began < 60
    assert build([corpus], tmp_path / "index").refused == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no processor time against a limit")
def test_a_file_that_loops_is_refused_by_the_processor_time_that_it_takes(corpus: Path, tmp_path: Path) -> None:
    (refused,) = refused_of(corpus, tmp_path / "index", 1, ("loop.txt",))
    assert refused == Refused(
        name="loop.txt",
        reason="reading it took more than the 2 seconds of processor time that it may",
        remedy=AGAIN,
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_crashes_its_process_is_said_with_the_signal(corpus: Path, tmp_path: Path, jobs: int) -> None:
    refused = refused_of(corpus, tmp_path / "index", jobs, ("crash.txt", "exit.txt"))
    assert refused == (
        Refused(
            name="crash.txt",
            reason="reading it ended the process that read it (SIGSEGV: Segmentation fault)",
            remedy=AGAIN,
        ),
        Refused(name="exit.txt", reason="reading it ended the process that read it (exit status 9)", remedy=AGAIN),
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory that a process may write")
def test_a_file_that_takes_more_memory_than_it_may_is_refused(corpus: Path, tmp_path: Path) -> None:
    (refused,) = refused_of(corpus, tmp_path / "index", 1, ("greedy.txt",))
    assert refused.reason == "it takes more memory than a document may"


def test_what_a_library_prints_about_a_file_does_not_reach_the_output(
    corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert refused_of(corpus, tmp_path / "index", 1, ("chatty.txt",)) == ()
    assert capfd.readouterr() == ("", "")


def test_files_that_hang_or_crash_are_not_tried_again_until_it_is_asked(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    before = refused_of(corpus, index, 2, ("crash.txt", "loop.txt"))
    again = build([corpus], index)
    assert (again.changed, again.refused) == (False, before)
    write(corpus, "more.txt", "A/81/1", GOOD)
    assert build([corpus], index).refused == before
    assert build([corpus], index, reading=Reading(retry=True)).refused == ()
    assert set(held(index)) >= {"A/80/0", "A/80/1"}


def test_a_process_that_was_killed_from_outside_says_nothing_of_its_file(corpus: Path, tmp_path: Path) -> None:
    (refused,) = refused_of(corpus, tmp_path / "index", 1, ("killed.txt",))
    assert "SIGKILL" in refused.reason
    assert build([corpus], tmp_path / "index").refused == ()


@pytest.mark.parametrize("parse", [parsers.unwritable, parsers.wrong])
def test_a_document_that_cannot_be_handed_over_is_refused(corpus: Path, tmp_path: Path, parse: object) -> None:
    write(corpus, "a.txt", "A/80/1", GOOD)
    (refused,) = build([corpus], tmp_path / "index", reading=Reading(parse=parse)).refused
    assert refused.name == "a.txt"
    assert refused.reason.startswith("Pilcrow itself failed at it (")


def tasks(folder: Path, count: int) -> list[Task]:
    paths = [write(folder, f"{number}.txt", f"A/79/{number}", GOOD) for number in range(count)]
    return [
        Task(source=Source(path=path, root=folder, name=path.name), size=number, catalogue=Catalogue())
        for number, path in enumerate(paths)
    ]


def read(tasks: list[Task], reading: Reading) -> dict[str, Outcome]:
    with Crew(tasks, reading) as crew:
        return {task.source.name: outcome for task, outcome in crew.outcomes()}


def test_a_file_is_not_blamed_for_what_another_did_to_its_process(tmp_path: Path) -> None:
    """Every second file of a process kills it: read by a fresh one, each is a first one, and is well."""
    outcomes = read(tasks(tmp_path, 5), Reading(jobs=1, parse=parsers.second_of_a_process_dies))
    assert sorted(name for name, each in outcomes.items() if each.parsed) == [f"{number}.txt" for number in range(5)]


def test_a_process_reads_so_many_files_and_makes_way_for_another(tmp_path: Path) -> None:
    outcomes = read(tasks(tmp_path, 7), Reading(jobs=1, limits=Limits(files=3), parse=parsers.tells_its_process))
    processes = [outcomes[f"{number}.txt"].problem("").reason for number in range(7)]
    assert [processes.count(each) for each in dict.fromkeys(processes)] == [1, 3, 3]
    assert str(os.getpid()) not in processes


def test_a_process_that_has_grown_makes_way_for_another(tmp_path: Path) -> None:
    outcomes = read(
        tasks(tmp_path, 3), Reading(jobs=1, limits=Limits(growth=-(1 << 40)), parse=parsers.tells_its_process)
    )
    assert len({each.problem("").reason for each in outcomes.values()}) == 3


def test_the_largest_files_are_read_first(tmp_path: Path) -> None:
    with Crew(tasks(tmp_path, 4), Reading(jobs=1)) as crew:
        assert [task.size for task, _ in crew.outcomes()] == [3, 2, 1, 0]


def test_a_crew_that_is_left_early_leaves_no_process_behind(tmp_path: Path) -> None:
    for number in range(2):
        write(tmp_path, f"hang{number}.txt", f"A/79/{number}", GOOD)
    hanging = [
        Task(source=Source(path=path, root=tmp_path, name=path.name), size=1 << 20, catalogue=Catalogue())
        for path in sorted(tmp_path.glob("hang*.txt"))
    ]
    with Crew(hanging, Reading(jobs=2, parse=parsers.worst)) as crew:
        pids = [worker._process.pid for worker in crew._workers]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid or 0, 0)


def test_there_are_no_more_processes_than_have_enough_to_do() -> None:
    four = Reading(jobs=4)
    assert four.processes([10, 20, 30]) == 1
    assert four.processes([1 << 20] * 3) == 3
    assert four.processes([1 << 20] * 30) == 4
    assert 1 <= Reading().processes([1 << 20] * 30) <= 4


def test_a_large_file_may_take_longer_up_to_a_limit() -> None:
    limits = Limits()
    assert [limits.seconds_for(size) for size in (0, 1 << 20, 1 << 30)] == [30.0, 40.0, 600.0]


def test_a_file_read_on_its_own_is_refused_in_the_same_words(tmp_path: Path) -> None:
    path = write(tmp_path, "crash.txt", "A/79/1", GOOD)
    assert parse_apart(path, Catalogue()).document.id == "A/79/1"
    with pytest.raises(ReadingError, match=r"crash\.txt: reading it ended the process .*SIGSEGV.*; report this"):
        parse_apart(path, Catalogue(), Reading(parse=parsers.worst))


def test_a_script_that_builds_without_a_guard_is_told_so(tmp_path: Path) -> None:
    """The worker would run the script once more, which Python forbids; without a word, each file would be to blame."""
    write(tmp_path / "corpus", "a.txt", "A/79/1", GOOD)
    script = tmp_path / "script.py"
    script.write_text(
        "from indexer.build import build\nfrom indexer.crew import WorkersError\n"
        "try:\n    build(['corpus'], 'index')\nexcept WorkersError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith('in a script of your own, call Pilcrow below: if __name__ == "__main__".\n')
    assert issubclass(WorkersError, Exception)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the processes of Linux")
@pytest.mark.parametrize("deed", ["hang", "loop"])
def test_where_the_build_is_killed_its_processes_end_too(tmp_path: Path, deed: str) -> None:
    """Killed with SIGKILL it can tell them nothing, and no thread of theirs runs while C holds Python's lock."""
    write(tmp_path / "corpus", f"{deed}.txt", "A/79/1", GOOD)
    code = (
        "import sys\nfrom indexer.build import build\nfrom indexer.reading import Limits, Reading\n"
        "from tests.indexer import parsers\n"
        "build(['corpus'], 'index', reading=Reading(limits=Limits(seconds=600), parse=parsers.worst))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    children = wait_for(lambda: [pid for pid in children_of(process.pid) if "spawn_main" in command_of(pid)])
    time.sleep(1.0)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not any(alive(pid) for pid in children))


def wait_for(found, seconds: float = 20.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError(f"did not come within {seconds} seconds")


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
