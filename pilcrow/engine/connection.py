"""Where a cluster is and how to get in: from options, from the environment, and from what an index wrote down.

Each says what it knows, and the first to say something counts. Passwords come from options and the environment only,
and are neither written down nor printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from pilcrow.engine.errors import EngineUnavailableError

VARIABLE = "PILCROW_OPENSEARCH_"
"""What the variables of the environment begin with: ``PILCROW_OPENSEARCH_URL`` and so on."""

Settings = Mapping[str, object]
"""What one source says: some of ``NAMES``, as text or as they are; None and "" say nothing."""

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How to reach a cluster, and how an index is to lie there.

    ``urls`` are those of one or several of its nodes, ``ca`` the file of the authority that signed its certificate,
    ``timeout`` the seconds that an answer may take. The name of an index begins with ``prefix``; ``owner`` is the
    mark of the index directory that indexes are written for, so that no other directory's are ever removed.
    """

    urls: tuple[str, ...] = ()
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    timeout: float = 30.0
    shards: int = 3
    replicas: int = 1
    prefix: str = "pilcrow"
    owner: str = ""

    @property
    def where(self) -> str:
        """The URLs, as part of a sentence."""
        return ", ".join(self.urls)


def environment(variables: Mapping[str, str] = os.environ) -> dict[str, object]:
    """What the environment says."""
    return {name: variables[VARIABLE + name.upper()] for name in NAMES if VARIABLE + name.upper() in variables}


def connection(*sources: Settings, owner: str = "") -> Connection:
    """The connection that ``sources`` describe, the first of them first; its ``urls`` are empty where none has any.

    Raises :class:`EngineUnavailableError` with a sentence for what cannot be used.
    """
    said = {
        name: value for source in reversed(sources) for name, value in source.items() if value not in (None, "", ())
    }
    read: dict[str, Any] = {_FIELDS.get(name, name): _READERS[name](said[name]) for name in NAMES if name in said}
    found = _without_user(Connection(**read, owner=owner))
    if found.user and not found.password:
        raise EngineUnavailableError(
            f"There is no password for the user {found.user}; set {VARIABLE}PASSWORD, or name a file that holds it "
            "with --password-file."
        )
    return found


def _without_user(found: Connection) -> Connection:
    """``found`` with the user and password that its URLs may hold in their own places, where nothing else is said."""
    plain, user, password = [], "", ""
    for url in found.urls:
        parts = urlsplit(url)
        user, password = unquote(parts.username or user), unquote(parts.password or password)
        plain.append(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    return replace(found, urls=tuple(plain), user=found.user or user, password=found.password or password)


def _urls(value: object) -> tuple[str, ...]:
    listed = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else list(map(str, _items(value)))
    return tuple(dict.fromkeys(_url(url) for url in listed if url))


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _url(text: str) -> str:
    try:
        parts = urlsplit(text.rstrip("/"))
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        shown = text.rpartition("@")[2]  # what stands before may be a password
        raise EngineUnavailableError(
            f"“{shown}” is no URL of a cluster; write it like http://localhost:9200 or https://HOST:9200."
        )
    return urlunsplit(parts)


def _ca(value: object) -> str:
    path = Path(str(value))
    if not path.is_file():
        raise EngineUnavailableError(
            f"There is no file {path} with the certificate of an authority; name it with --ca or {VARIABLE}CA."
        )
    return str(path.absolute())


def _number(name: str, least: int, kind: type[int] | type[float]) -> Callable[[object], int | float]:
    def read(value: object) -> int | float:
        try:
            number = kind(str(value))
        except ValueError:
            number = -1
        if not least <= number <= _MOST:
            what = "number" if kind is float else "whole number"
            raise EngineUnavailableError(
                f"“{value}” is no {name} of a cluster: it takes a {what} from {least}; see --{name} or "
                f"{VARIABLE}{name.upper()}."
            )
        return number

    return read


def _prefix(value: object) -> str:
    if not _PREFIX.fullmatch(str(value)):
        raise EngineUnavailableError(
            f"“{value}” cannot begin the name of an index on a cluster: it takes small letters, digits, - and _; see "
            f"--prefix or {VARIABLE}PREFIX."
        )
    return str(value)


_MOST = 100_000

_READERS: Mapping[str, Callable[[object], object]] = {
    "url": _urls,
    "user": str,
    "password": str,
    "ca": _ca,
    "timeout": _number("timeout", 1, float),
    "shards": _number("shards", 1, int),
    "replicas": _number("replicas", 0, int),
    "prefix": _prefix,
}

_FIELDS = {"url": "urls"}

NAMES = tuple(_READERS)
"""What can be said of a connection, as options and variables name it."""
