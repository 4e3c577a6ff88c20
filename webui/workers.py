"""Several processes that answer at one socket: Python answers in one of its threads at a time, and a machine has more.

This process listens and answers nothing. Each worker is a fresh interpreter (not a fork, which no thread survives and
macOS forbids) that inherits the socket; whichever is free first takes the next connection. A worker that dies is
replaced; what it was answering is lost, and nothing else. Workers end when their standard input does, so that none
outlives this process however it goes.
"""

from __future__ import annotations

import json
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.generations import read_manifest
from pilcrow.settings import MOST_PARAGRAPHS_ALONE, Settings
from webui.shared import METRICS, make

READY = b"ready\n"

_IN_A_ROW = 5
"""How many workers may end before they were ready, one after another, until it is given up."""

_PAUSES = (0.1, 0.5, 1.0, 1.0, 2.0)
"""Seconds to wait before a worker is replaced, by how many ended before they were ready."""

_GRACE = 2.0
"""Seconds beyond what the settings allow that a worker has to end when it is told to."""


class WorkersError(PilcrowError):
    """No worker comes to the point of answering."""


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    ready: bool = False


def how_many(settings: Settings) -> int:
    """The processes to answer with: as many as are asked for, else one a core, but one alone for a small index."""
    if settings.workers:
        return settings.workers
    try:
        small = read_manifest(settings.index).paragraphs <= MOST_PARAGRAPHS_ALONE
    except PilcrowError:
        small = True  # there is none yet
    return 1 if small else cores()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """``count`` workers at ``listening``, kept at that number until :meth:`stop`."""

    def __init__(self, listening: socket.socket, settings: Settings, count: int) -> None:
        self._listening, self._settings, self._count = listening, settings, count
        self._workers: dict[int, _Worker] = {}
        self._stopping = False
        self._failed = 0
        self._common = {"started": int(time.time()), "secret": secrets.token_hex(16)}
        self._wake, self._waker = os.pipe()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake, selectors.EVENT_READ, None)

    def stop(self) -> None:
        """Have :meth:`run` end; may be called from a signal's handler."""
        self._stopping = True
        with suppress(OSError):
            os.write(self._waker, b"!")

    def run(self, ready: Callable[[], None]) -> None:
        """Keep the workers going until stopped; ``ready`` is called once, when the first one answers.

        Raises :class:`WorkersError` where none ever comes to answer.
        """
        with tempfile.TemporaryDirectory(prefix="pilcrow-") as folder:
            make(Path(folder))
            try:
                for _ in range(self._count):
                    self._start(Path(folder))
                while not self._stopping:
                    self._look(Path(folder), ready)
                    ready = _nothing if any(each.ready for each in self._workers.values()) else ready
            finally:
                self._end()

    def _look(self, folder: Path, ready: Callable[[], None]) -> None:
        """Wait for what workers say: that they are ready, or, by falling silent, that they are gone."""
        for key, _ in self._selector.select(timeout=5):
            worker: _Worker | None = key.data
            if worker is None:
                os.read(self._wake, 100)
            elif os.read(key.fd, 100):
                worker.ready, self._failed = True, 0
                ready()
                ready = _nothing
            elif not self._stopping:
                self._replace(worker, folder)

    def _replace(self, worker: _Worker, folder: Path) -> None:
        self._forget(worker, folder)
        self._failed += not worker.ready
        if self._failed >= _IN_A_ROW:
            raise WorkersError(
                f"The processes that were to answer ended {_IN_A_ROW} times before they could; what they said is above."
            )
        time.sleep(_PAUSES[self._failed])
        if not self._stopping:
            self._start(folder)

    def _start(self, folder: Path) -> None:
        handle = self._listening.fileno()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "webui.worker"],  # -P: what lies in this folder may be anybody's
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[handle],
            env={**os.environ, "PYTHONPATH": _path(), "PROMETHEUS_MULTIPROC_DIR": str(folder / METRICS)},
        )
        worker = self._workers[process.pid] = _Worker(process)
        assert process.stdin is not None and process.stdout is not None  # noqa: S101,PT018 - both are asked for above
        told = {"settings": asdict(self._settings), "socket": handle, "folder": str(folder), **self._common}
        with suppress(BrokenPipeError):  # it is gone already, which its silence will tell
            process.stdin.write(json.dumps(told, default=str).encode() + b"\n")
            process.stdin.flush()
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)

    def _forget(self, worker: _Worker, folder: Path) -> None:
        from prometheus_client.multiprocess import mark_process_dead

        process = worker.process
        self._selector.unregister(process.stdout)  # type: ignore[arg-type]
        with suppress(BrokenPipeError):
            process.stdin.close()  # type: ignore[union-attr]
        process.stdout.close()  # type: ignore[union-attr]
        process.wait()
        del self._workers[process.pid]
        mark_process_dead(process.pid, str(folder / METRICS))  # type: ignore[no-untyped-call]

    def _end(self) -> None:
        """Tell all workers to stop, and end those that do not."""
        for worker in self._workers.values():
            with suppress(ProcessLookupError):
                worker.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + self._settings.stop_seconds + _GRACE
        for worker in self._workers.values():
            try:
                worker.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            with suppress(BrokenPipeError):
                worker.process.stdin.close()  # type: ignore[union-attr]
            worker.process.stdout.close()  # type: ignore[union-attr]
        self._selector.close()
        os.close(self._wake)
        os.close(self._waker)


def _path() -> str:
    """Where Python looks for modules, this very package first."""
    said = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(Path(__file__).parent.parent), *([said] if said else [])])


def _nothing() -> None:
    """Called instead of what was to be called once."""
