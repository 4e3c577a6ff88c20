"""THE table of what a site can be told: every setting with its type, default, unit and meaning, as one frozen value.

The environment (``PILCROW_PORT``), the file ``pilcrow.toml`` (``port``) and the options of ``pilcrow serve``
(``--port``) take their names from here; ``docs/settings.md`` is made from it. :mod:`pilcrow.configuration` says
which of them counts. It stands above the rooms, because the command line reads it without importing the pages.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

Value = str | int | float | bool | Path | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One setting. ``group`` is the heading under which it stands, ``least`` and ``most`` bound a number.

    ``choices`` are all that it can be, where they are few; ``check`` says as half a sentence what is wrong with one
    text of it, or "".
    """

    name: str
    kind: type
    default: Value
    meaning: str
    group: str
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    check: Callable[[str], str] | None = None

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"PILCROW_{self.name.upper()}"

    @property
    def option(self) -> str:
        """Its name as an option."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def several(self) -> bool:
        """Whether it takes any number of values."""
        return isinstance(self.default, tuple)


def _row(default: Value, group: str, meaning: str, **more: Any) -> Any:  # noqa: ANN401 - the type of each field is beside it
    return field(default=default, metadata={"group": group, "meaning": meaning, **more})


def _network(text: str) -> str:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return "it takes addresses or networks such as 127.0.0.1 or 10.0.0.0/8"
    return ""


def _host(text: str) -> str:
    if re.fullmatch(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[?[0-9A-Fa-f:.]+\]?", text):
        return ""
    return "it takes names such as search.example.org, or .example.org for all below, without a port"


def _site(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        usable = False
    if not text or (usable and parts.path in ("", "/")):
        return ""
    return "it takes an address such as https://search.example.org, without a path"


_SERVER, _LIMITS, _ANSWERS, _WATCHING = "The server", "Limits for one visitor", "Answers", "Logs and figures"

_INDEX = Path("index")

MOST_PARAGRAPHS_ALONE = 5_000
"""Paragraphs up to which one process serves them, where no number of processes is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site is told. Built by hand it has the defaults of the table, whatever the environment says."""

    index: Path = _row(_INDEX, _SERVER, "The directory of the index.")  # noqa: RUF009 - what it gives is frozen
    host: str = _row("127.0.0.1", _SERVER, "The address to listen on.")
    port: int = _row(5000, _SERVER, "The port to listen on; the next free one if it is taken.", least=0, most=65_535)
    workers: int = _row(
        0,
        _SERVER,
        "How many processes answer; 0 is one for each core, and one alone for an index of up to "
        f"{MOST_PARAGRAPHS_ALONE:,} paragraphs.",
        unit="processes",
        least=0,
        most=256,
    )
    threads: int = _row(
        8, _SERVER, "How many requests one process answers at a time.", unit="threads", least=1, most=256
    )
    base_url: str = _row(
        "", _SERVER, "Where the public reaches the site; else the host that a request names is believed.", check=_site
    )
    hosts: tuple[str, ...] = _row(
        (),
        _SERVER,
        "The names under which the site may be asked for; other requests are refused. Any, if empty.",
        check=_host,
    )
    proxies: tuple[str, ...] = _row(
        ("127.0.0.1", "::1"),
        _SERVER,
        "The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        check=_network,
    )
    https: bool = _row(
        False, _SERVER, "Whether the public reaches the site by HTTPS only: browsers are told so for a year."
    )
    connections: int = _row(
        500, _SERVER, "How many connections one process holds; one address has at most half of them.", least=10
    )
    request_seconds: float = _row(
        10.0, _SERVER, "How long a request may take to arrive.", unit="seconds", least=1, most=3_600
    )
    idle_seconds: int = _row(
        30, _SERVER, "How long a connection may stay open without a word.", unit="seconds", least=1, most=3_600
    )
    stop_seconds: float = _row(
        10.0, _SERVER, "How long requests may go on when the server is stopped.", unit="seconds", least=0, most=3_600
    )

    rate: float = _row(
        20.0,
        _LIMITS,
        "How many requests of one address are answered in the long run; 0 is without a limit.",
        unit="requests a second",
        least=0,
    )
    burst: int = _row(100, _LIMITS, "How many of them at once, after a pause.", unit="requests", least=1)
    timeout: float = _row(
        5.0, _LIMITS, "How long a page may be worked on before it is given up.", unit="seconds", least=0.1, most=3_600
    )
    export_timeout: float = _row(
        60.0, _LIMITS, "How long an export may be worked on.", unit="seconds", least=0.1, most=3_600
    )
    slow_after: float = _row(
        0.5, _LIMITS, "From when on a request is a slow one.", unit="seconds", least=0.01, most=3_600
    )
    slow_at_once: int = _row(
        2, _LIMITS, "How many slow requests one process works on; further ones are put off.", unit="requests", least=1
    )
    max_query: int = _row(1_000, _LIMITS, "How long a query may be.", unit="characters", least=10, most=10_000)
    max_parameters: int = _row(
        200, _LIMITS, "How many parameters an address may have.", unit="parameters", least=10, most=1_000
    )

    facet_values: int = _row(
        1_000, _ANSWERS, "How many values the page of one facet shows.", unit="values", least=10, most=10_000
    )
    export_hits: int = _row(
        10_000, _ANSWERS, "How many paragraphs one exported file has.", unit="paragraphs", least=1, most=10_000
    )
    cache: int = _row(
        32,
        _ANSWERS,
        "How much memory each process takes to keep answers ready; 0 keeps none.",
        unit="megabytes",
        least=0,
        most=65_536,
    )

    log: str = _row("text", _WATCHING, "How each request is logged on stderr.", choices=("text", "json", "none"))
    log_query: bool = _row(True, _WATCHING, "Whether the log says what was asked for.")
    log_address: str = _row(
        "none",
        _WATCHING,
        "What of a visitor's address the log says; short is its network (/24, or /48 of IPv6).",
        choices=("none", "short", "full"),
    )
    metrics: tuple[str, ...] = _row(
        ("127.0.0.0/8", "::1"), _WATCHING, "Who may read /metrics, the figures for Prometheus.", check=_network
    )


def _rows() -> tuple[Row, ...]:
    kinds = get_type_hints(Settings)
    plain: dict[str, Any] = {each.name: each.default for each in fields(Settings)}
    return tuple(
        Row(
            name=each.name,
            kind=tuple if isinstance(each.default, tuple) else kinds[each.name],
            default=plain[each.name],
            **each.metadata,
        )
        for each in fields(Settings)
    )


TABLE = _rows()
"""Every setting, in the order in which they are listed."""

BY_NAME = {row.name: row for row in TABLE}
