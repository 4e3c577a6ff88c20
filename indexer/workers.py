"""What a process that reads files does: one file after the other, each within limits, each with an outcome.

A file that cannot be read as a document is refused with its reason. So is a file at which a reader makes a mistake of
its own: the report says that the fault is Pilcrow's and where it happened. What Python cannot catch (a crash in a
library, a loop without an end) ends this process, which :mod:`indexer.crew` notices from the one that started it.

What is sent back is JSON and is read as the type that it should be: a file that takes over a library in here can lie
about its own paragraphs, and do no more in the process that writes the index.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

import msgspec

from indexer.catalogue import Catalogue
from indexer.parsed_store import Outcome
from indexer.reading import Reading
from indexer.report import Refused
from indexer.sources import Source
from pilcrow.engine.errors import PilcrowError, ReadingError

if sys.platform != "win32":
    import resource

READY, MORE, LAST = b"ready", b"+", b"-"
"""What a message begins with: the process is ready; an outcome, and it takes more; an outcome, and it was the last."""

LARGEST_OUTCOME = 256 << 20
"""Bytes of an outcome as JSON: a hundred times what the longest document gives."""

_PARENT_DEATH_SIGNAL = 1
_STATM = Path("/proc/self/statm")
_RESIDENT, _DATA = 1, 5
"""Where that file says how many pages are in memory, and how many count against ``RLIMIT_DATA``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to parse: where it is, its ``size``, and its folder's catalogue.

    ``sha256`` is of what it held when it was found, "" where any content will do.
    """

    source: Source
    size: int
    catalogue: Catalogue
    sha256: str = ""


def serve(link: Connection, reading: Reading) -> None:
    """Do the tasks that come through ``link`` until whoever sends them is gone: what the process is started for."""
    _prepare()
    parse = reading.parse or parse_one
    import_module("indexer.parse")  # before the clock of the first file runs, and before memory is limited
    before = _pages(_RESIDENT)
    _limit_memory(reading.limits.memory)
    link.send_bytes(READY)
    for number in range(1, reading.limits.files + 1):
        try:
            task: Task = link.recv()
        except EOFError:
            return
        # The system ends a process that loops, in C as well, and also where nobody is left who would.
        _alarm(reading.limits.seconds_for(task.size))
        outcome = outcome_of(parse, task)
        grown = _pages(_RESIDENT) - before
        last = number == reading.limits.files or grown > reading.limits.growth or _short_of_memory(outcome)
        link.send_bytes((LAST if last else MORE) + _encoded(outcome, task.source))
        _alarm(0)


def parse_one(task: Task) -> Outcome:
    """What becomes of one file."""
    from indexer.parse import parse_file

    source = task.source
    try:
        parsed = parse_file(source.path, task.catalogue)
    except ReadingError as error:
        return refused(source, error.reason, error.remedy)
    except PilcrowError as error:
        return refused(source, str(error).rstrip("."), "mend that and try again")
    except OSError as error:
        return passing(source, f"it cannot be read ({error.strerror or error})", "get the right to read it")
    if task.sha256 and parsed.document.sha256 != task.sha256:
        return passing(source, "it changed while it was read", "index again when it is complete")
    return Outcome(parsed=replace(parsed, document=replace(parsed.document, path=source.name)))


def outcome_of(parse: Callable[[Task], Outcome], task: Task) -> Outcome:
    """What ``parse`` makes of the task, and a refusal of whatever it should have caught."""
    try:
        return parse(task)
    except MemoryError:
        remedy = "split it, or save it anew with smaller pictures, and try again"
        return refused(task.source, _TOO_MUCH_MEMORY, remedy)
    except Exception as error:  # noqa: BLE001 - whatever a library raises at a file costs that file only, and is said
        return _failed(task.source, error)


def refused(source: Source, reason: str, remedy: str) -> Outcome:
    """A refusal that holds as long as the file, its catalogue entry and the parser are the same."""
    return Outcome(refused=Refused(name=source.name, reason=reason, remedy=remedy))


def passing(source: Source, reason: str, remedy: str) -> Outcome:
    """A refusal that says nothing about the file's content, so that the next build tries again."""
    return replace(refused(source, reason, remedy), lasting=False)


_TOO_MUCH_MEMORY = "it takes more memory than a document may"


def _short_of_memory(outcome: Outcome) -> bool:
    """Whether memory ran out, after which what is left of it may be in pieces."""
    return outcome.refused is not None and outcome.refused.reason == _TOO_MUCH_MEMORY


def _failed(source: Source, error: BaseException) -> Outcome:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
    return refused(source, f"Pilcrow itself failed at it ({where})", "report this with the file, please")


def _encoded(outcome: Outcome, source: Source) -> bytes:
    try:
        data = msgspec.json.encode(outcome)
    except (MemoryError, ValueError, TypeError) as error:
        # Text that is no Unicode (half of a pair of surrogates), or a value of another type than it should have.
        return msgspec.json.encode(_failed(source, error))
    if len(data) > LARGEST_OUTCOME:
        return msgspec.json.encode(refused(source, "it gives more text than a document may have", "split it"))
    return data


def _prepare() -> None:
    """Leave an interrupt to the process that started this one, end with it, and keep quiet."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()
    if sys.platform == "linux":
        # That thread cannot run while C code holds Python's lock; Linux can be asked to end a process with its parent.
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    # What a library prints about a bad file would stand between the lines of the report, or in a pipe's JSON.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes than it has now, and leave no image of its memory where it dies."""
    if sys.platform == "win32":
        # It has no such limits: there the time limit stands alone.
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = _pages(_DATA)
    if taken:
        # What counts is private memory that can be written (RLIMIT_DATA), not addresses (RLIMIT_AS): libraries reserve
        # those by the gigabyte without using them.
        hardest = resource.getrlimit(resource.RLIMIT_DATA)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (taken + more, hardest))


def _pages(field: int) -> int:
    """A field of what the system says of this process's memory, in bytes; 0 where it does not say."""
    if sys.platform != "linux":
        return 0
    return int(_STATM.read_text().split()[field]) * resource.getpagesize()


def _alarm(seconds: float) -> None:
    """End this process by ``SIGPROF`` after so much processor time (0: never), which a stopped process does not use."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
