"""Serving: the port that is free, the address that is printed, and a clean stop."""

from __future__ import annotations

import http.client
import ipaddress
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.webui.running import running
from webui.listening import NoPortError, address, first_free
from webui.settings import Settings

THREADS = Settings().threads


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_the_next_free_port_is_taken(traps_index: Path, taken: int) -> None:
    with running(traps_index, taken) as url:
        assert taken < int(url.rpartition(":")[2]) <= taken + 20
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().status == 200
        connection.close()


def test_more_requests_than_threads_wait_their_turn_without_a_word_on_the_terminal(traps_index: Path) -> None:
    def status(url: str) -> int:
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
        connection.request("GET", "/?q=victims")
        answered = connection.getresponse().status
        connection.close()
        return answered

    with running(traps_index) as url, ThreadPoolExecutor(4 * THREADS) as visitors:
        assert set(visitors.map(status, [url] * 4 * THREADS)) == {200}


def test_a_host_that_is_not_this_machine_is_refused_in_a_sentence() -> None:
    with pytest.raises(NoPortError, match=r"^Nothing can listen on 192\.0\.2\.1:5000 \(.+\); choose another"):
        first_free("192.0.2.1", 5000)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:5000"),
        (str(ipaddress.ip_address(0)), "http://127.0.0.1:5000"),
        ("::1", "http://[::1]:5000"),
        ("::", "http://[::1]:5000"),
        ("localhost", "http://localhost:5000"),
    ],
)
def test_the_address_that_is_printed_can_be_typed_on_this_machine(host: str, shown: str) -> None:
    assert address(host, 5000) == shown


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_the_address_once_and_stops_without_a_word(traps_index: Path, how: signal.Signals) -> None:
    with running(traps_index, stop=how) as url:
        assert url.startswith("http://127.0.0.1:")
