"""How long one request may be worked on, and how many slow ones at a time, so that quick ones find a thread.

A request that goes on for longer than most is a slow one, and needs one of a few places to go on at all: whoever asks
for many slow things at once fills those, and the other threads stay free. Behind both limits stands the watch of
:mod:`pilcrow.engine.watch`, at which all long work looks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from pilcrow.engine.errors import PilcrowError, TimeLimitError
from pilcrow.engine.watch import watched
from pilcrow.settings import Settings

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]

_GONE = "waitress.client_disconnected"
"""Where waitress keeps what says whether the client is still there."""

BUSY_RETRY = 5
"""Seconds after which to ask again for what was put off."""


class BusyError(PilcrowError):
    """As many slow requests are worked on as may be; this one can be asked again in a little while."""


class _Turn:
    """The work on one request, whichever threads do it; see :class:`pilcrow.engine.watch.Watch`."""

    __slots__ = ("_allowed", "_began", "_gone", "_lock", "_of", "_slow", "_worked")

    def __init__(self, of: Patient, gone: Callable[[], bool] | None) -> None:
        self._of = of
        self._gone = gone
        self._began = time.monotonic()
        # How long each thread had worked when it took up this request: an engine counts in one of its own.
        self._worked = {threading.get_ident(): time.thread_time()}
        self._lock = threading.Lock()
        self._allowed = of.settings.timeout
        self._slow = False

    def check(self) -> None:
        now = time.thread_time()
        spent, worked = time.monotonic() - self._began, now - self._worked.setdefault(threading.get_ident(), now)
        # On a busy machine a quick request takes long too: it is slow if it works long, or waits very long for others.
        if worked < self._of.settings.slow_after and spent < self._allowed / 2:
            return
        with self._lock:
            self._slow = self._slow or self._of.places.acquire(blocking=False)
            if not self._slow:
                raise BusyError("Others ask for long searches just now; ask again in a few seconds.")
        if spent > self._allowed:
            raise TimeLimitError(
                f"The answer would have taken longer than {self._allowed:g} seconds and was given up. Ask for rarer "
                "words, or choose a facet first; words with * and words near each other take longest."
            )
        if self._gone is not None and self._gone():
            raise TimeLimitError("Whoever asked has gone.")

    def left(self) -> float:
        return self._allowed - (time.monotonic() - self._began)

    def extend(self, seconds: float) -> None:
        """Allow ``seconds`` in all, where that is more."""
        self._allowed = max(self._allowed, seconds)

    def end(self) -> None:
        """Give the place back."""
        if self._slow:
            self._slow = False
            self._of.places.release()


_turn: ContextVar[_Turn | None] = ContextVar("turn", default=None)


class Patient:
    """``app``, each request watched within the limits of ``settings``."""

    def __init__(self, app: Application, settings: Settings) -> None:
        self._app = app
        self.settings = settings
        self.places = threading.BoundedSemaphore(settings.slow_at_once)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        turn = _Turn(self, environ.get(_GONE))
        token = _turn.set(turn)
        try:
            with watched(turn):
                return self._app(environ, start_response)
        finally:
            turn.end()
            _turn.reset(token)


def extend(seconds: float) -> None:
    """Allow the request that is being answered ``seconds`` in all: a file of all hits takes its time."""
    turn = _turn.get()
    if turn is not None:
        turn.extend(seconds)
