"""Reading files in processes that can be ended, so that no file can take the build down, hold it up or go unsaid.

A reader that loops, or a library in C that crashes, ends with its process: that costs the one file, whose refusal says
what happened, and a fresh process goes on with the others. There is a process also where only one file is read at a
time. Each has a pipe of its own, and gets its next file when it has said what became of the last; nothing is shared,
so that a process can be killed at any moment without harm to another (a pool of the standard library breaks as a whole
when one of its processes dies, and cannot stop one that hangs).

Refusals for processor time, and for a death that the process brought on itself, are lasting: the same file would loop
or crash again, at the same cost, each time that anything is indexed. ``pilcrow index --retry`` tries them again all
the same. A death by a signal that others send (SIGKILL, where the machine is short of memory; SIGTERM) says nothing of
the file, nor does it for sure that time passes and nothing comes: a busy machine, or a disk somewhere else, may be to
blame.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from indexer.catalogue import Catalogue
from indexer.parsed_store import Outcome
from indexer.reading import Limits, Reading
from indexer.sources import Source, as_text
from indexer.workers import LARGEST_OUTCOME, LAST, READY, Task, passing, refused, serve
from pilcrow.engine.errors import PilcrowError, ReadingError
from pilcrow.engine.model import ParsedDocument

_START_SECONDS = 300.0
_END_SECONDS = 1.0
_LOOK_SECONDS = 5.0

_SENT_BY_OTHERS = {getattr(signal, name, None) for name in ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")}
_CPU_TIME_OVER = getattr(signal, "SIGPROF", 0)
_TRY_AGAIN = "report this with the file, please, or leave it out; pilcrow index --retry reads it again"


class WorkersError(PilcrowError):
    """The processes that read files cannot be started."""


def parse_apart(path: Path, catalogue: Catalogue, reading: Reading | None = None) -> ParsedDocument:
    """The document in the file ``path``, read in a process of its own; raises :class:`ReadingError`."""
    size = path.stat().st_size if path.is_file() else 0
    source = Source(path=path, root=path.parent, name=as_text(path.name))
    tasks = [Task(source=source, size=size, catalogue=catalogue)]
    with Crew(tasks, reading or Reading()) as crew:
        ((_, outcome),) = crew.outcomes()
    if outcome.parsed is not None:
        return outcome.parsed
    raise ReadingError(as_text(str(path)), outcome.problem(source.name).reason, outcome.problem(source.name).remedy)


class Crew:
    """The processes at work on ``tasks``, and those that none of them has yet.

    They start with the ``with`` block, so that whoever asks can prepare while the first files are read, and end with
    it, whatever they are at.
    """

    def __init__(self, tasks: Sequence[Task], reading: Reading) -> None:
        # The largest first: the last file is then a small one, and no process is at it while the others are done.
        self._waiting = deque(sorted(tasks, key=lambda task: task.size, reverse=True))
        self._most = reading.processes([task.size for task in tasks])
        self._reading = reading
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        try:
            self._hire()
        except BaseException:
            self._dismiss()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dismiss()

    def _dismiss(self) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def outcomes(self) -> Iterator[tuple[Task, Outcome]]:
        """Each task with what became of it, as they are done, the largest files first.

        Raises :class:`WorkersError` where no process can be started.
        """
        while self._workers:
            for worker in self._next():
                yield from self._after(worker)
            self._hire()

    def _hire(self) -> None:
        while self._waiting and len(self._workers) < self._most:
            self._workers.append(_Worker(self._reading, self._waiting.popleft()))

    def _next(self) -> list[_Worker]:
        """The workers that said something, died or are over their time, as soon as there is one."""
        asked = time.monotonic()
        until = min(worker.deadline for worker in self._workers)
        heard = wait([worker.link for worker in self._workers], min(_LOOK_SECONDS, max(0.0, until - asked)))
        now = time.monotonic()
        if now - asked > 2 * _LOOK_SECONDS:
            # All of us were stopped (Ctrl-Z): no file is to blame for the time since.
            for worker in self._workers:
                worker.deadline += now - asked - _LOOK_SECONDS
        return [worker for worker in self._workers if worker.link in heard or worker.deadline <= now]

    def _after(self, worker: _Worker) -> Iterator[tuple[Task, Outcome]]:
        """What comes of a worker's last word, and of its silence."""
        message = worker.message()
        if message is None:
            self._workers.remove(worker)
            yield from self._without(worker)
        elif message == READY:
            worker.begin(worker.task)
        else:
            task = worker.task
            # The next file is on its way before this one's outcome is looked at.
            if self._waiting and not message.startswith(LAST):
                worker.begin(self._waiting.popleft())
            else:
                self._workers.remove(worker)
                worker.end()
            yield task, _outcome(task, message[1:])

    def _without(self, worker: _Worker) -> Iterator[tuple[Task, Outcome]]:
        """What becomes of the task of a worker that is dead or does not answer."""
        hung = not worker.gone
        status = worker.end()
        if not worker.begun:
            raise WorkersError(
                f"The processes that read files do not start ({_ended(status)}); in a script of your own, call Pilcrow "
                'below: if __name__ == "__main__".'
            )
        if hung:
            yield worker.task, _silent(worker.task, self._reading.limits)
        elif status == -_CPU_TIME_OVER:
            yield worker.task, _overdue(worker.task, self._reading.limits)
        elif worker.begun > 1:
            # What an earlier file did to its process may be what killed it at this one: a fresh one will show.
            self._workers.append(_Worker(self._reading, worker.task))
        else:
            yield worker.task, _died(worker.task, status)


class _Worker:
    """A process, its pipe, the task that it is to do or is at, and until when it may take for that.

    ``begun`` counts the tasks that it was given; ``gone`` says that its end of the pipe is closed.
    """

    def __init__(self, reading: Reading, task: Task) -> None:
        # Spawned, not forked: it then holds neither the index's lock nor a half-used thread of this process.
        context = get_context("spawn")
        self.link, theirs = context.Pipe()
        self.task = task
        self.begun = 0
        self.gone = False
        self.deadline = time.monotonic() + _START_SECONDS
        self._limits = reading.limits
        self._process = context.Process(target=serve, args=(theirs, reading), daemon=True)
        try:
            with _interrupts_held():
                self._process.start()
        except OSError as error:
            raise WorkersError(f"No process can be started to read files in ({error.strerror}); end others.") from error
        finally:
            theirs.close()

    def message(self) -> bytes | None:
        """What it has said, None where it has died, or said nothing though its time is over."""
        try:
            return self.link.recv_bytes(LARGEST_OUTCOME + 1) if self.link.poll() else None
        except (EOFError, OSError):
            self.gone = True
            return None

    def begin(self, task: Task) -> None:
        """Give it ``task``; that it has died by now will be heard from its pipe."""
        self.task = task
        self.begun += 1
        self.deadline = time.monotonic() + self._limits.patience * self._limits.seconds_for(task.size)
        try:
            self.link.send(task)
        except OSError:
            return

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int | None:
        """Let go of it, dead or alive; gives its exit status, the negative number of a signal that it died of."""
        if self.gone:
            # It is about to end, and its own status says why.
            self._process.join(_END_SECONDS)
        status = self._process.exitcode
        self._process.kill()
        self._process.join(_END_SECONDS)
        self.link.close()
        return status


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from a process that is just starting, and could only answer with a traceback; this one gets it after.

    The new process is born with what is held back here, and leaves it so until it knows what to do with it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome(task: Task, data: bytes) -> Outcome:
    try:
        return msgspec.json.decode(data, type=Outcome)
    except msgspec.DecodeError as error:
        reason = f"Pilcrow itself failed at it (what was read of it is not as it should be: {error})"
        return refused(task.source, reason, "report this with the file, please")


def _overdue(task: Task, limits: Limits) -> Outcome:
    seconds = f"{limits.seconds_for(task.size):,.0f} seconds of processor time"
    return refused(task.source, f"reading it took more than the {seconds} that it may", _TRY_AGAIN)


def _silent(task: Task, limits: Limits) -> Outcome:
    reason = f"reading it came to no end in {limits.patience * limits.seconds_for(task.size):,.0f} seconds"
    return passing(
        task.source, reason, "index again when the machine is less busy; where that does not help, leave it out"
    )


def _died(task: Task, status: int | None) -> Outcome:
    reason = f"reading it ended the process that read it ({_ended(status)})"
    by_others = status is not None and -status in _SENT_BY_OTHERS
    return (passing if by_others else refused)(task.source, reason, _TRY_AGAIN)


def _ended(status: int | None) -> str:
    if status is None:
        return "no answer"
    if status >= 0:
        return f"exit status {status}"
    named = {each.value: each.name for each in signal.Signals}
    return f"{named.get(-status, f'signal {-status}')}: {signal.strsignal(-status)}"
