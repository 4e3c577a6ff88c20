"""Connections that dawdle, crowd, or speak something else than HTTP cost the others nothing."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.webui.running import running
from tests.webui.visiting import connected, get, said

HEAD = b"GET /help HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture(scope="module")
def site(traps_index: Path) -> Iterator[str]:
    """A site that gives a request two seconds to arrive."""
    with running(traps_index, request_seconds=2) as url:
        yield url


def status(answer: bytes) -> int:
    """The status of what the server said, 0 where it said nothing."""
    return int(answer.split()[1]) if answer else 0


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (HEAD + b"X: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /?q=" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=b", 405),
        (b"TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
        (b"PUT /documents/A/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
        (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET http://evil.example/nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /nowhere\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", 200),
        (HEAD + b"Content-Length: x\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /help HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
    ],
)
def test_what_is_no_request_is_refused_and_the_site_goes_on(site: str, sent: bytes, expected: int) -> None:
    assert status(said(site, sent)) == expected
    assert get(site, "/help").status == 200


def test_a_body_that_unpacks_to_much_is_never_unpacked(site: str) -> None:
    bomb = gzip.compress(b"\0" * 10_000_000)
    head = HEAD + b"Connection: close\r\nContent-Encoding: gzip\r\n"
    assert status(said(site, head + f"Content-Length: {len(bomb)}\r\n\r\n".encode() + bomb)) == 200


def test_requests_that_drip_in_are_ended_and_hold_no_thread(traps_index: Path) -> None:
    with running(traps_index, request_seconds=1, threads=2) as site, ExitStack() as stack:
        dripping = [stack.enter_context(connected(site)) for _ in range(20)]
        for each in dripping:
            each.sendall(b"GET /help HTTP/1.1\r\n")
        ended = 0
        while ended < len(dripping):
            assert get(site, "/help").status == 200
            ended = sum(_ended(each) for each in dripping)
            time.sleep(0.05)


def _ended(connection: socket.socket) -> bool:
    """Whether the server has hung up; if not, another byte of a header that never ends is sent."""
    try:
        connection.sendall(b"a")
        connection.setblocking(False)
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.setblocking(True)


def test_a_connection_without_a_word_is_ended(traps_index: Path) -> None:
    with running(traps_index, idle_seconds=1) as site, connected(site) as silent:
        assert silent.recv(1) == b""


def test_one_address_cannot_hold_all_connections(traps_index: Path) -> None:
    with running(traps_index, connections=20, idle_seconds=3_600, proxies=[]) as site, ExitStack() as stack:
        crowd = [stack.enter_context(connected(site)) for _ in range(15)]
        while sum(_silently_ended(each) for each in crowd) < 5:
            time.sleep(0.05)
        assert get(site, "/help").status == 200


def _silently_ended(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
