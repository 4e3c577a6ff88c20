"""Answers kept ready, and answers that need not be sent again.

A generation of the index never changes, so that an answer made from it stays right for as long as it is the current
one: kept by generation and address, whole and compressed, it can be sent to the next who asks. For the same reason the
name of an answer (its ETag) can be made without the answer: a browser that has it already is told so, at the cost of
reading one small file. A restart gives new names, since the pages themselves may be others then.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, g, request
from werkzeug.http import http_date

from pilcrow.engine import generations
from pilcrow.engine.errors import PilcrowError
from pilcrow.settings import Settings
from webui.compression import LEVEL, SMALLEST, TYPES
from webui.library import Library, forget, lent
from webui.metrics import Metrics
from webui.shared import Shared

MEGABYTE = 1_000_000
_SHARE = 8
"""One answer may take this part of the memory, at most."""

_OVERHEAD = 1_000
"""Bytes that an answer takes besides its body: its headers and its key."""

_NOT_KEPT = ("Date", "Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Vary")
APART = frozenset({"static", "file", "export", "healthz", "readyz", "metrics", "robots", "favicon"})
"""Endpoints that see to themselves."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on: the generation, and the address with the host in front where links name it."""

    generation: str
    address: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: compressed where that is worth it."""

    body: bytes
    packed: bool
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """The bytes that it takes, about."""
        return len(self.body) + _OVERHEAD


class Answers:
    """The answers of one process, the longest unused dropped first. Safe to use from several threads."""

    def __init__(self, megabytes: float) -> None:
        self._most = int(megabytes * MEGABYTE)
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._generation = ""
        self.size = 0

    def get(self, key: Key) -> Kept | None:
        """The answer, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keep ``answer``, and nothing of another generation."""
        if answer.size * _SHARE > self._most:
            return
        with self._lock:
            if key.generation != self._generation:
                self._kept.clear()
                self._generation, self.size = key.generation, 0
            before = self._kept.pop(key, None)
            self.size += answer.size - (before.size if before else 0)
            self._kept[key] = answer
            while self.size > self._most:
                self.size -= self._kept.popitem(last=False)[1].size


def keep_answers(app: Flask, settings: Settings, library: Library, metrics: Metrics, common: Shared) -> None:
    """Have ``app`` keep its answers, and answer with them."""
    keeper = _Keeper(settings, library, metrics, common)
    app.before_request(keeper.before)
    app.after_request(keeper.after)


class _Keeper:
    def __init__(self, settings: Settings, library: Library, metrics: Metrics, common: Shared) -> None:
        self._answers = Answers(settings.cache)
        self._names_host = not settings.base_url
        self._library, self._metrics, self._common = library, metrics, common
        self._built: tuple[str, int] = ("", 0)

    def before(self) -> Response | None:
        """The answer, where one is kept or the client has it; None where it must be made."""
        forget()
        g.answer_key = None
        if request.method not in ("GET", "HEAD") or request.endpoint is None or request.endpoint in APART:
            return None
        generation = self._library.newest()
        if not generation or generation != self._library.generation():
            return None
        key = Key(generation, self._address())
        kept = self._answers.get(key)
        if self._is_there(key):
            self._metrics.cached("same", self._answers.size)
            return self._named(Response(status=304), key)
        if kept is None:
            return None
        self._metrics.cached("hit", self._answers.size)
        g.answer_key = key
        return self._named(_sent(kept), key)

    def after(self, response: Response) -> Response:
        """Keep ``response`` where it was made from one generation, and name it."""
        generation = lent()
        looked_for = "answer_key" in g  # else something before us answered
        if not looked_for or g.answer_key is not None or not generation or not _may_be_kept(response):
            return response
        key = Key(generation, self._address())
        kept = _kept(response)
        self._answers.put(key, kept)
        self._metrics.cached("miss", self._answers.size)
        self._named(response, key)
        if request.method == "GET" and self._is_there(key):
            response.status_code = 304
            response.set_data(b"")
        return response

    def _address(self) -> str:
        """The address in one spelling, whichever way its signs were encoded."""
        typed = request.query_string.decode("utf-8", "surrogateescape")
        pairs = parse_qsl(typed, keep_blank_values=True, errors="surrogateescape")
        host = request.host_url if self._names_host else ""
        return f"{host}{request.path}?{urlencode(pairs, errors='surrogateescape')}"

    def _is_there(self, key: Key) -> bool:
        """Whether the client says that it has this very answer."""
        if request.if_none_match:
            return request.if_none_match.contains_weak(self._tag(key))
        since = request.if_modified_since
        return since is not None and since.timestamp() >= self._modified(key.generation)

    def _tag(self, key: Key) -> str:
        """The name of the answer: the same from every process, whoever made it and however long that took."""
        text = f"{self._common.started}\n{key.generation}\n{key.address}"
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def _modified(self, generation: str) -> int:
        """When the pages of this generation became what they are, in whole seconds."""
        if self._built[0] != generation:
            try:
                built = generations.read_manifest(self._library.directory, generation).built
                self._built = generation, int(datetime.fromisoformat(built).timestamp())
            except (PilcrowError, ValueError):
                self._built = generation, self._common.started
        return max(self._built[1], self._common.started)

    def _named(self, response: Response, key: Key) -> Response:
        response.set_etag(self._tag(key), weak=True)
        modified = datetime.fromtimestamp(self._modified(key.generation), UTC)
        response.headers["Last-Modified"] = http_date(modified)
        response.vary.add("Accept-Encoding")
        return response


def _may_be_kept(response: Response) -> bool:
    """Whether ``response`` is a whole answer to anybody who asks the same."""
    return (
        request.endpoint not in APART
        and request.method == "GET"
        and response.status_code == 200
        and not response.is_streamed
        and not response.direct_passthrough
        and "Set-Cookie" not in response.headers
        and "Content-Disposition" not in response.headers
        and set(response.vary) <= {"Accept-Encoding", "accept-encoding"}
        and (response.content_type or "").startswith(TYPES)
    )


def _kept(response: Response) -> Kept:
    """``response`` as it is kept."""
    headers = tuple((name, value) for name, value in response.headers if name not in _NOT_KEPT)
    body, packed = response.get_data(), response.content_encoding == "gzip"
    if not packed and len(body) >= SMALLEST:  # made for one who takes nothing compressed; the next one will
        body, packed = gzip.compress(body, compresslevel=LEVEL, mtime=0), True
    return Kept(body=body, packed=packed, headers=headers)


def _sent(kept: Kept) -> Response:
    """``kept`` for who asks now."""
    takes = request.accept_encodings.quality("gzip") > 0
    response = Response(kept.body if takes or not kept.packed else gzip.decompress(kept.body))
    for name, value in kept.headers:
        response.headers[name] = value
    if kept.packed and takes:
        response.content_encoding = "gzip"
    return response
