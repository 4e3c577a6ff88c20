"""Serving the site: waitress, on the next free port where the one asked for is taken."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Protocol

import waitress
from flask import Flask

from pilcrow.engine.errors import PilcrowError
from webui import create_app

PORTS_TRIED = 20
LAST_PORT = 65_535
THREADS = 8


class Server(Protocol):
    """What is used of a server of waitress, which has no types of its own."""

    @property
    def effective_port(self) -> int | str:
        """The port that it listens on, which the system names as it likes."""
        ...

    def run(self) -> None:
        """Answer until interrupted."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class NoPortError(PilcrowError):
    """No port could be listened on."""


def serve(index: Path | str, host: str = "127.0.0.1", port: int = 5000, *, say: Callable[[str], None] = print) -> None:
    """Serve the index in the directory ``index`` until interrupted.

    ``say`` is given the address, once, when the socket listens. Raises ``NoPortError`` where neither ``port`` nor any
    of the next ones is free, or the host is not this machine's.
    """
    app = create_app(index)
    # A request that waits a moment for a thread is no warning to whoever started the site: a page asks for several.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = listen(app, host, port)
    signal.signal(signal.SIGTERM, _stop)
    try:
        say(f"Pilcrow is at {address(host, int(server.effective_port))} (Ctrl-C stops it)")
        server.run()
    except KeyboardInterrupt:
        pass  # asked for: waitress has finished what it was answering
    finally:
        server.close()
        app.extensions["pilcrow"].close()


def listen(app: Flask, host: str, port: int) -> Server:
    """A waitress server of ``app`` that listens on ``port`` or the first free one after it; port 0 takes any."""
    # The socket is bound here because waitress, where it finds a port taken, leaves one open behind it.
    listening = _first_free(host, port)
    server: Server = waitress.create_server(app, sockets=[listening], threads=THREADS, ident="")
    return server


def _first_free(host: str, port: int) -> socket.socket:
    """A socket bound to ``port`` of ``host`` or the first free one after it; raises ``NoPortError``."""
    last = min(port + PORTS_TRIED, LAST_PORT + 1) - 1
    for candidate in range(port, last + 1):
        try:
            family = socket.getaddrinfo(host or None, candidate, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
            return socket.create_server((host, candidate), family=family)
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


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Make the signal that services are stopped with end the server as Ctrl-C does."""
    sys.exit(0)
