"""Serving the site: on the next free port where the one asked for is taken, by one process or by several."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from flask import Flask

from pilcrow.engine.errors import PilcrowError
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from pilcrow.settings import Settings
from webui import create_app
from webui.library import Library
from webui.listening import Listener, address, first_free
from webui.logs import set_up
from webui.workers import Workers, how_many

_FIRST_WORDS = "states report"
"""What is asked of an index before the first visitor comes, who would else wait for what is worked out only once."""

_BETWEEN = 0.2
_EARLY = 10.0
"""Seconds that the first opening of the index is waited for before anybody is answered: a page says what is wrong."""


def serve(settings: Settings, *, say: Callable[[str], None] = print) -> None:
    """Serve as ``settings`` say until interrupted or terminated.

    ``say`` is given the address, once, when pages are answered. Raises ``NoPortError`` where neither the port nor any
    of the next ones is free, or the host is not this machine's.
    """
    with first_free(settings.host, settings.port) as listening:
        port = listening.getsockname()[1]
        said = f"Pilcrow is at {address(settings.host, port)} (Ctrl-C stops it)"
        count = how_many(settings)
        if count == 1:
            _alone(listening, settings, lambda: say(said))
        else:
            workers = Workers(listening, settings, count)
            with _stopped_by(workers.stop):
                workers.run(lambda: say(said))


def opened_early(app: Flask) -> None:
    """Open the index and ask it something before the first visitor comes; what goes wrong, pages will say."""
    library: Library = app.extensions["pilcrow"]

    def opened() -> None:
        until = time.monotonic() + _EARLY
        while time.monotonic() < until:  # a large one takes longer than a visitor would wait
            with suppress(PilcrowError), library.reader() as reader:
                service.run(reader, SearchRequest(query=_FIRST_WORDS))
                return
            time.sleep(_BETWEEN)

    opening = threading.Thread(target=opened, daemon=True)
    opening.start()
    opening.join(_EARLY)


def _alone(listening: socket.socket, settings: Settings, ready: Callable[[], None]) -> None:
    set_up(settings)
    app = create_app(settings.index, settings=settings)
    listener = Listener(app, listening, settings)
    with _stopped_by(listener.stop):
        opened_early(app)
        ready()
        listener.run()
    app.extensions["pilcrow"].close()


@contextmanager
def _stopped_by(stop: Callable[[], None]) -> Iterator[None]:
    """Have Ctrl-C, and the signal that services are stopped with, call ``stop``; a second one ends at once."""

    def told(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
