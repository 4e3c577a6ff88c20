"""Who asks is known as far as proxies can be believed, and written down as far as settings allow."""

from __future__ import annotations

from typing import Any

import pytest

from webui.rates import Rates
from webui.shared import Shared
from webui.visitors import Behind, Networks, household, loggable


def seen(
    near: str, forwarded: str = "", scheme: str = "", *, proxies: tuple[str, ...] = ("127.0.0.1", "10.0.0.0/8")
) -> str:
    """Scheme and address that an application behind ``proxies`` sees."""
    found: list[str] = []

    def app(environ: dict[str, Any], _start: object) -> list[bytes]:
        found.append(f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}")
        assert "HTTP_X_FORWARDED_FOR" not in environ
        return []

    headers = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": scheme}
    given = {name: value for name, value in headers.items() if value}
    Behind(app, proxies)({"REMOTE_ADDR": near, "wsgi.url_scheme": "http", **given}, print)
    return found[0]


@pytest.mark.parametrize(
    ("near", "forwarded", "visitor"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # a visitor that pretends to be a proxy
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # what the visitor wrote itself comes first
        ("127.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", "198.51.100.1, rubbish", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_the_visitor_is_the_last_in_the_row_that_is_no_proxy_of_ours(near: str, forwarded: str, visitor: str) -> None:
    assert seen(near, forwarded) == f"http {visitor}"


def test_only_a_proxy_of_ours_says_by_which_scheme_it_was_asked() -> None:
    assert seen("127.0.0.1", "198.51.100.1", "https") == "https 198.51.100.1"
    assert seen("192.0.2.7", "198.51.100.1", "https") == "http 192.0.2.7"
    assert seen("127.0.0.1", "198.51.100.1", "javascript") == "http 198.51.100.1"


def test_networks_take_any_text_and_hold_no_rubbish() -> None:
    networks = Networks(("127.0.0.0/8", "::1"))
    assert [
        each in networks for each in ("127.1.2.3", "::1", "::ffff:127.0.0.1", "128.0.0.1", "", "x", "127.0.0.1\n")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_visitors_are_counted_by_household_and_logged_as_settings_say() -> None:
    assert (household("198.51.100.1"), household("2001:db8:1:2:3::4"), household("rubbish")) == (
        "198.51.100.1",
        "2001:db8:1:2::/64",
        "",
    )
    assert [loggable("198.51.100.1", how) for how in ("none", "short", "full")] == [
        "",
        "198.51.100.0/24",
        "198.51.100.1",
    ]
    assert loggable("2001:db8:1:2:3::4", "short") == "2001:db8:1::/48"


def test_a_bucket_holds_a_burst_and_fills_at_its_rate() -> None:
    common = Shared()
    rates = Rates(common, rate=2, burst=3)
    assert [rates.wait("198.51.100.1", 100.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert rates.wait("198.51.100.1", 100.25) == 0.25
    assert [rates.wait("198.51.100.1", 100.5) for _ in range(2)] == [0.0, 0.5]
    assert rates.wait("203.0.113.9", 100.5) == 0.0
    assert [rates.wait("198.51.100.1", 1_000.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_buckets_are_of_the_whole_site_and_never_take_more_memory() -> None:
    common = Shared()
    size = len(common.buckets)
    one, other = (Rates(common, rate=1, burst=1) for _ in range(2))
    assert (one.wait("198.51.100.1", 5.0), other.wait("198.51.100.1", 5.0)) == (0.0, 1.0)
    for number in range(50_000):
        one.wait(f"2001:db8:{number:x}::/64", 6.0)
    assert len(common.buckets) == size
