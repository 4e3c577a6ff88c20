"""Visitors of a served site, down to single bytes where what they send is no HTTP that a client would send."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Got:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    text: str


def get(site: str, path: str, *, method: str = "GET", timeout: float = 60, **headers: str) -> Got:
    """What the site at ``site`` answers; names of headers are written with underscores."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=timeout)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, named, answer.read().decode("utf-8", "replace"))
    finally:
        connection.close()


def connected(site: str, *, timeout: float = 60) -> socket.socket:
    """An open connection, for whoever speaks for itself."""
    parts = urlsplit(site)
    return socket.create_connection((str(parts.hostname), int(parts.port or 80)), timeout=timeout)


def said(site: str, sent: bytes) -> bytes:
    """All that the server says to ``sent`` until it ends the connection."""
    with connected(site) as connection:
        connection.sendall(sent)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
        return b"".join(parts)
