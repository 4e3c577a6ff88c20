"""Who asks: the address of a visitor, as far as it can be known, and in what form it may be written down.

Behind a proxy every connection comes from the proxy, which says in ``X-Forwarded-For`` whom it asks for. Anybody can
write that header, so that it is read from its end, and only as far as each name in the row is a proxy of ours.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]

_V4_NETWORK, _V6_NETWORK = 24, 48
_V6_HOME = 64
"""Bits of an IPv6 address that one household or server commonly has for itself: it can change the others at will."""


class Networks:
    """Some addresses and networks; ``address in networks``, where ``address`` may be any text."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._networks = tuple(ipaddress.ip_network(each, strict=False) for each in listed)
        self._has = lru_cache(maxsize=1024)(self._find)

    def __contains__(self, address: str) -> bool:
        return self._has(address)

    def _find(self, address: str) -> bool:
        found = _parsed(address)
        return found is not None and any(found in each for each in self._networks if each.version == found.version)


class Behind:
    """``app`` as it stands behind the ``proxies``: the address and the scheme are those of the visitor."""

    def __init__(self, app: Application, proxies: Iterable[str]) -> None:
        self._app = app
        self._proxies = Networks(proxies)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        near = str(environ.get("REMOTE_ADDR", ""))
        forwarded = str(environ.pop("HTTP_X_FORWARDED_FOR", ""))
        scheme = str(environ.pop("HTTP_X_FORWARDED_PROTO", "")).rpartition(",")[2].strip().lower()
        if near in self._proxies:
            environ["REMOTE_ADDR"] = self._visitor(near, forwarded)
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self._app(environ, start_response)

    def _visitor(self, near: str, forwarded: str) -> str:
        """The last in the row that is no proxy of ours; the one before what cannot be read."""
        found = near
        for each in reversed(forwarded.split(",")[-32:]):
            parsed = _parsed(each.strip())
            if parsed is None:
                break
            found = str(parsed)
            if found not in self._proxies:
                break
        return found


def household(address: str) -> str:
    """What to count one visitor by: the address, of IPv6 the network that one visitor commonly has."""
    found = _parsed(address)
    if found is None:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _V6_HOME), strict=False))


def loggable(address: str, how: str) -> str:
    """``address`` as a log may have it: "none" of it, its "short" network, or "full"."""
    found = _parsed(address) if how != "none" else None
    if found is None:
        return ""
    if how == "full":
        return str(found)
    return str(ipaddress.ip_network((found, _V4_NETWORK if found.version == 4 else _V6_NETWORK), strict=False))


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, without a port or brackets, IPv4 as such however it is wrapped; None where it is none."""
    bare = text.strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
