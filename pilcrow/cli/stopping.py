"""Stopping a long command with Ctrl-C or SIGTERM: at once, with a line that says what is kept and how to go on.

Stopping is an exception (``KeyboardInterrupt``) where the command happens to be, so that what holds processes, files
and the lock lets go of them. Where that takes longer than people wait, because a disk is slow or a library swallowed
the exception, the process ends without it: an index stands being killed at any moment, so nothing depends on it. For
the same reason a second Ctrl-C ends it there and then.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from pilcrow.cli import terminal
from pilcrow.cli.status import INTERRUPTED

_PATIENCE = 1.5
"""Seconds for letting go; together with the start of this they stay below the two that are promised."""


@contextmanager
def stoppable(sentence: Callable[[], str]) -> Iterator[None]:
    """Within the block, Ctrl-C and SIGTERM end the command with what ``sentence`` says, and the status of that."""
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may be told of signals; any other is stopped by whoever started it.
        yield
        return
    stop = _Stop(sentence)
    before = {number: signal.signal(number, stop.asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt as error:
        stop.done()
        if sys.stderr.isatty():
            click.echo(err=True)  # the terminal has written ^C where the line would begin
        terminal.say(f"pilcrow: {sentence()}")
        raise click.exceptions.Exit(INTERRUPTED) from error
    finally:
        stop.done()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Stop:
    def __init__(self, sentence: Callable[[], str]) -> None:
        self._sentence = sentence
        self._timer: threading.Timer | None = None

    def asked(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._timer is not None:
            self._end()
        self._timer = threading.Timer(_PATIENCE, self._end)
        self._timer.daemon = True
        self._timer.start()
        raise KeyboardInterrupt

    def done(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        # Where it was not imported, there are no processes.
        if "multiprocessing" in sys.modules:
            for process in sys.modules["multiprocessing"].active_children():
                process.kill()
        sys.stderr.write(f"pilcrow: {self._sentence()}\n")
        sys.stderr.flush()
        os._exit(INTERRUPTED)
