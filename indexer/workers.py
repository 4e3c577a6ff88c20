"""Parsing files one after the other, here or in worker processes, so that one bad file costs no other.

A file that cannot be read as a document is refused with its reason. So is a file at which a reader makes a mistake of
its own, or dies: the report says that the fault is Pilcrow's and where it happened, and the other files are indexed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.parsed_store import Outcome
from indexer.report import Refused
from indexer.sources import Source
from pilcrow.engine.errors import PilcrowError, ReadingError

_MISTAKES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a mistake in a reader looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to parse: where it is, the SHA-256 of what it held when it was found, and its folder's catalogue."""

    source: Source
    sha256: str
    catalogue: Catalogue


def parse_all(tasks: Sequence[Task], *, jobs: int) -> Iterator[Outcome]:
    """What becomes of each task, in order; with more than one job, in as many processes."""
    if jobs > 1 and len(tasks) > 1:
        yield from _in_processes(tasks, min(jobs, len(tasks)))
    else:
        yield from map(parse_one, tasks)


def parse_one(task: Task) -> Outcome:
    """What becomes of one file."""
    from indexer.parse import parse_file

    source = task.source
    try:
        parsed = parse_file(source.path, task.catalogue)
    except ReadingError as error:
        return _refused(source, error.reason, error.remedy)
    except PilcrowError as error:
        return _refused(source, str(error).rstrip("."), "mend that and try again")
    except OSError as error:
        return _passing(source, f"it cannot be read ({error.strerror or error})", "get the right to read it")
    except MemoryError:
        return _passing(source, "it takes more memory than there is", "split it, or leave it out")
    except _MISTAKES as error:
        return _refused(source, f"Pilcrow itself failed at it ({_where(error)})", "report this with the file, please")
    if parsed.document.sha256 != task.sha256:
        return _passing(source, "it changed while it was read", "index again when it is complete")
    return Outcome(parsed=replace(parsed, document=replace(parsed.document, path=source.name)))


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    pool = _pool(jobs)
    try:
        futures = [_submitted(pool, task) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            outcome = _result(future)
            yield _alone(task) if outcome is None else outcome
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(task: Task) -> Outcome:
    """The outcome of a task that was in a pool whose process died, found out without harm to others."""
    with _pool(1) as pool:
        outcome = _result(_submitted(pool, task))
    return outcome or _passing(task.source, "the process that read it died", "report this with the file, please")


def _submitted(pool: ProcessPoolExecutor, task: Task) -> Future[Outcome] | None:
    try:
        return pool.submit(parse_one, task)
    except BrokenProcessPool:
        return None


def _result(future: Future[Outcome] | None) -> Outcome | None:
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a worker then holds neither the index's lock nor a half-used thread of this process.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """Leave an interrupt to the process that started this worker, and end with that process, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()


def _refused(source: Source, reason: str, remedy: str) -> Outcome:
    return Outcome(refused=Refused(name=source.name, reason=reason, remedy=remedy))


def _passing(source: Source, reason: str, remedy: str) -> Outcome:
    """A refusal that says nothing about the file's content, so that the next build tries again."""
    return replace(_refused(source, reason, remedy), lasting=False)


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
