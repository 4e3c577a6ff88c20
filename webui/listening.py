"""The server on one listening socket: waitress, with an eye on connections that dawdle, and an orderly end.

waitress reads and writes in one thread and answers in others, so that a visitor who sends or takes slowly holds a
connection and nothing else. What it does not limit is limited here: how long a request may take to arrive, and how many
connections one address may hold. Asked to stop, it takes no more connections, and finishes what it has begun.
"""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import waitress
from waitress import wasyncore

from pilcrow.engine.errors import PilcrowError
from pilcrow.settings import Settings
from webui.visitors import Networks

PORTS_TRIED = 20
LAST_PORT = 65_535

HEADERS = 32_768
"""Bytes that the head of a request may have: an address with every parameter that is allowed has a third of that."""

BODY = 65_536
"""Bytes of a body, of which nothing is ever read, beyond which it is not even received."""

_TURN = 1.0
"""Seconds for which the loop waits at most before it looks for connections that dawdle."""

_SHARE = 0.0005
"""Seconds for which one thread may keep the interpreter from the others; ten times as long unless told.

A page needs the interpreter again and again, and beside two long searches waits for both each time: a quick page took
0.20 s beside them, where alone it takes 5 ms, and takes 0.03 s so. All together answers some 7 % fewer pages for it.
"""

_PARTING = 1.0
"""Seconds that a thread has to end once nothing is left for it to do; one that is still at work then is left behind."""


class NoPortError(PilcrowError):
    """No port could be listened on."""


class Listener:
    """Answers what comes in at ``listening`` by ``app``, a WSGI application, until :meth:`stop` is called."""

    def __init__(self, app: Callable[..., Iterable[bytes]], listening: socket.socket, settings: Settings) -> None:
        self._settings = settings
        self._stopping = False
        self._arriving: dict[Any, tuple[Any, float]] = {}
        self._trusted = Networks(settings.proxies)
        # A request that waits a moment for a thread is no warning to whoever started the site: a page asks for several.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        # Visitors who leave before they are answered, or send what is no HTTP, are not the site's trouble.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._server: Any = waitress.create_server(
            app,
            sockets=[listening],
            threads=settings.threads,
            ident="",
            connection_limit=settings.connections,
            channel_timeout=settings.idle_seconds,
            cleanup_interval=1,
            max_request_header_size=HEADERS,
            max_request_body_size=BODY,
            clear_untrusted_proxy_headers=False,  # webui.visitors reads them, and knows whom to believe
            log_socket_errors=False,
            # So that it is seen when a client leaves, and nothing is worked on for one who has gone.
            channel_request_lookahead=1,
        )

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.effective_port)

    def run(self) -> None:
        """Answer until stopped, and then finish what was begun, for as long as the settings allow."""
        sys.setswitchinterval(_SHARE)
        looked = time.monotonic()
        while not self._stopping:
            self._turn(_TURN)
            now = time.monotonic()
            if now - looked >= _TURN:
                looked = now
                self._close_dawdlers(now)
                self._close_crowds()
        self._finish()

    def stop(self) -> None:
        """Have :meth:`run` end; may be called from a signal's handler."""
        self._stopping = True
        self._server.pull_trigger()

    def close(self) -> None:
        """Let go of the socket, whether or not it ever ran."""
        # A thread that has just answered still wakes the loop: what it does that through is closed after it has ended.
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=_PARTING)
        wasyncore.close_all(self._server._map, ignore_all=True)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=hasattr(wasyncore.select, "poll"), map=self._server._map, count=1)

    def _finish(self) -> None:
        """Take no more connections, and turn until every request that arrived whole is answered and sent."""
        self._take_waiting()
        self._server.accepting = False
        wasyncore.dispatcher.close(self._server)
        until = time.monotonic() + self._settings.stop_seconds
        while self._busy() and time.monotonic() < until:
            self._turn(0.1)
        self.close()

    def _take_waiting(self) -> None:
        """Take the connections that the system has accepted for us already, and read what they sent."""
        channels = self._server.active_channels
        held = -1
        while held != len(channels):
            held = len(channels)
            self._turn(0)
        self._turn(0)

    def _busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values())

    def _close_dawdlers(self, now: float) -> None:
        """End connections of which one request has been arriving for too long, however steadily its bytes drip."""
        arriving = {}
        for channel in list(self._server.active_channels.values()):
            request = channel.request
            if request is None or channel.requests:
                continue
            before, since = self._arriving.get(channel, (request, now))
            arriving[channel] = (request, since if before is request else now)
            if now - arriving[channel][1] > self._settings.request_seconds:
                channel.will_close = True
        self._arriving = arriving

    def _close_crowds(self) -> None:
        """End the newest connections of an address that holds more than half of all that there may be."""
        most = self._settings.connections // 2
        channels = list(self._server.active_channels.values())
        if len(channels) <= most:
            return
        held = Counter[str]()
        for channel in sorted(channels, key=lambda each: each.creation_time):
            address = str(channel.addr[0])
            held[address] += 1
            if held[address] > most and address not in self._trusted and not channel.requests:
                channel.will_close = True


def first_free(host: str, port: int) -> socket.socket:
    """A listening socket at ``port`` of ``host`` or the first free port after it; raises ``NoPortError``.

    Port 0 takes any.
    """
    # Bound here because waitress, where it finds a port taken, leaves one open behind it.
    last = min(port + PORTS_TRIED, LAST_PORT + 1) - 1
    for candidate in range(port, last + 1):
        try:
            family = socket.getaddrinfo(host or None, candidate, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
            return socket.create_server((host, candidate), family=family, backlog=1024)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
                raise NoPortError(
                    f"Nothing can listen on {host}:{candidate} ({reason}); choose another --host or --port."
                ) from error
    raise NoPortError(f"The ports {port} to {last} of {host} are all taken; choose another with --port.")


def address(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    try:
        asked = ipaddress.ip_address(host or 0)  # every interface is reached through this machine's own
    except ValueError:
        return f"http://{host}:{port}"
    shown = {4: "127.0.0.1", 6: "::1"}[asked.version] if asked.is_unspecified else str(asked)
    return f"http://[{shown}]:{port}" if asked.version == 6 else f"http://{shown}:{port}"
