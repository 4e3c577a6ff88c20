"""Requests to an OpenSearch cluster, and what is said when one fails.

A request that fails for a passing reason is made again, at other nodes where several are known; what fails for good
becomes one error of ours with one sentence. The client's own log stays out of the terminal.
"""

from __future__ import annotations

import base64
import logging
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from opensearchpy import OpenSearch, Urllib3HttpConnection
from opensearchpy.exceptions import (
    ConnectionError as Unreachable,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)

from pilcrow.engine import watch
from pilcrow.engine.connection import VARIABLE, Connection
from pilcrow.engine.errors import (
    EngineUnavailableError,
    EngineUnreachableError,
    IndexDamagedError,
    PilcrowError,
)

OLDEST = 2
"""The first major version of OpenSearch that has what is used here."""

PASSING = frozenset({429, 500, 502, 503, 504})
"""Statuses that another node, or the same a moment later, may not give: a node that stops says 500 as well."""

_PAUSES = (0.25, 1.0)
"""Seconds to wait before a request is made again."""

_SHUNNED = 5
"""Seconds for which a node that cannot be reached is not asked, where there are others."""

Parameters = Mapping[str, str]
NO: Parameters = {}

logging.getLogger("opensearch").addHandler(logging.NullHandler())


class _Quiet(Urllib3HttpConnection):
    """A connection that does not pass on the server's advice to its administrators as Python warnings."""

    def _raise_warnings(self, warning_headers: object) -> None:
        del warning_headers


class Cluster:
    """A cluster as ``connection`` describes it. Safe to use from several threads."""

    def __init__(self, connection: Connection) -> None:
        if not connection.urls:
            raise EngineUnavailableError(
                "The engine opensearch needs the address of a cluster; give it with --url http://HOST:9200 or "
                f"{VARIABLE}URL."
            )
        self.connection = connection
        self._client = _client(connection)
        self._transport = self._client.transport

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def ask(
        self, method: str, path: str, body: object = None, parameters: Parameters = NO, *, patience: float = 0
    ) -> dict[str, Any]:
        """What the cluster answers; raises an error with a sentence where it does not, after a few attempts.

        ``patience`` is how many seconds it may take, where that is not as usual.
        """
        for pause in (*_PAUSES, None):
            watch.check()
            wait = watch.left(patience or self.connection.timeout)
            try:
                return self.once(method, path, body, parameters, patience=wait)
            except OpenSearchException as error:
                if pause is None or not passing(error):
                    raise explained(error, replace(self.connection, timeout=round(wait, 1))) from error
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def once(
        self, method: str, path: str, body: object = None, parameters: Parameters = NO, *, patience: float = 0
    ) -> dict[str, Any]:
        """As :meth:`ask`, in one attempt, with the client's own errors."""
        # Of these the client takes what is meant for itself, and passes "timeout" on only where it has its own.
        asked = {"request_timeout": patience or self.connection.timeout, **parameters}
        found: dict[str, Any] = self._transport.perform_request(method, path, params=asked, body=body)
        return found

    def version(self) -> int:
        """The major version of the cluster's OpenSearch; raises where it is none, or too old."""
        info = self.ask("GET", "/")
        said = info.get("version") if isinstance(info, dict) else None
        if not isinstance(said, dict) or "lucene_version" not in said:
            raise EngineUnavailableError(_no_opensearch(self.connection))
        product = {"opensearch": "OpenSearch"}.get(said.get("distribution", ""), "Elasticsearch")
        number = str(said.get("number", ""))
        major = int(number.partition(".")[0] or 0) if number[:1].isdigit() else 0
        if product != "OpenSearch" or major < OLDEST:
            raise EngineUnavailableError(
                f"{self.connection.where} is {product} {number}, and Pilcrow needs OpenSearch {OLDEST} or newer; "
                "upgrade it, or give another address with --url."
            )
        return major


def _client(connection: Connection) -> OpenSearch:
    # The password goes as UTF-8, as the server reads it; the client's own http_auth would write Latin-1.
    named = f"{connection.user}:{connection.password}".encode()
    headers = {"authorization": f"Basic {base64.b64encode(named).decode()}"} if connection.user else {}
    if connection.ca:
        _check_authority(connection.ca)
    return OpenSearch(
        hosts=list(connection.urls),
        connection_class=_Quiet,
        headers=headers,
        timeout=connection.timeout,
        max_retries=len(connection.urls),
        retry_on_timeout=len(connection.urls) > 1,
        retry_on_status=(),  # asked again above, at the next node; this one need not be shunned
        pool_maxsize=16,
        dead_timeout=_SHUNNED,
        timeout_cutoff=1,
        ca_certs=connection.ca or None,
    )


def _check_authority(path: str) -> None:
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:
        raise EngineUnavailableError(
            f"{path} is no certificate of an authority ({_short(str(error))}); give the right file with --ca or "
            f"{VARIABLE}CA."
        ) from error


def passing(error: OpenSearchException) -> bool:
    """Whether the same request may succeed a moment later."""
    if isinstance(error, (SSLError, ConnectionTimeout)):
        return False
    if isinstance(error, Unreachable):
        return True
    return isinstance(error, TransportError) and error.status_code in PASSING and not _Said.by(error).has("too_many")


# ------------------------------------------------------------------------------------------------------ sentences


@dataclass(frozen=True, slots=True)
class _Said:
    """What the body of an answer says went wrong: the types of its errors, and the reasons, outermost first."""

    types: tuple[str, ...]
    reasons: tuple[str, ...]

    @classmethod
    def by(cls, error: TransportError) -> _Said:
        """What ``error`` has, whether the cluster or something before it has answered."""
        return cls.of(error.info if len(error.args) > 2 else None)

    @classmethod
    def of(cls, body: object) -> _Said:
        """What the error in ``body`` says."""
        found = list(_errors(body))
        return cls(
            tuple(str(each["type"]) for each in found),
            tuple(dict.fromkeys(str(each["reason"]) for each in found if each.get("reason"))),
        )

    def has(self, part: str) -> bool:
        """Whether ``part`` is in one of the types or reasons."""
        return any(part in text for text in (*self.types, *self.reasons))

    @property
    def innermost(self) -> str:
        """The last reason, which is the cause of the others."""
        return self.reasons[-1] if self.reasons else ""


def _errors(body: object) -> Iterator[dict[str, Any]]:
    """The errors in an answer, and their causes."""
    if isinstance(body, list):
        for each in body:
            yield from _errors(each)
    elif isinstance(body, dict):
        if isinstance(body.get("type"), str):
            yield body
        for key in ("error", "root_cause", "failed_shards", "failures", "reason", "caused_by"):
            yield from _errors(body.get(key))


def explained(error: OpenSearchException, connection: Connection) -> PilcrowError:
    """``error`` in one sentence, with what to do about it."""
    where = connection.where
    if isinstance(error, SerializationError):
        return EngineUnavailableError(_no_opensearch(connection))
    if isinstance(error, ConnectionTimeout):
        return EngineUnavailableError(
            f"OpenSearch at {where} did not answer within {connection.timeout:g} s; see what keeps it busy, or "
            f"give it longer with {VARIABLE}TIMEOUT."
        )
    if isinstance(error, Unreachable):
        return EngineUnreachableError(_unreachable(error, connection))
    if not isinstance(error, TransportError) or not isinstance(error.status_code, int):
        return EngineUnavailableError(f"OpenSearch at {where} cannot be used ({error}); see to that first.")
    return failed(error.status_code, error.info, connection)


def failed(status: int, body: object, connection: Connection) -> PilcrowError:
    """An answer with an error's ``status``, in one sentence."""
    where, said = connection.where, _Said.of(body)
    if said.has("index_not_found"):
        return IndexDamagedError(
            f"The index is no longer on the cluster {where} ({said.innermost}); run: pilcrow index --engine opensearch."
        )
    if said.has("disk usage exceeded") or said.has("cluster create-index blocked"):
        return EngineUnavailableError(
            f"The disks of the cluster {where} are too full to write to ({said.innermost}); make room there, then try "
            "again."
        )
    if status in (401, 403) or said.has("security_exception"):
        return EngineUnavailableError(_no_rights(status, said, connection))
    if said.has("too_many_buckets"):
        return EngineUnavailableError(
            f"The cluster {where} does not tell as many values at once as facets need ({said.innermost}); set "
            "search.max_buckets to its default."
        )
    if status == 429:
        return EngineUnavailableError(
            f"The cluster {where} has too much to do ({said.innermost or 'too many requests'}); try again when it is "
            "less busy."
        )
    if status == 503 or said.has("no_shard_available") or said.has("missing shards"):
        return EngineUnavailableError(
            f"The cluster {where} does not have all its parts ({said.innermost or 'service unavailable'}); start the "
            "nodes that are missing: GET /_cluster/health says how many it has."
        )
    if status in (404, 405) and not said.types:
        return EngineUnavailableError(_no_opensearch(connection))
    if status in (502, 504):
        return EngineUnavailableError(
            f"What stands before OpenSearch at {where} says that it does not answer (status {status}); see that it "
            "runs."
        )
    reason = f"{said.types[0]}: {said.innermost}" if said.types else f"status {status}"
    return EngineUnavailableError(f"OpenSearch at {where} refused a request ({reason}); see its log for the reason.")


def _no_opensearch(connection: Connection) -> str:
    return (
        f"What answers at {connection.where} is no OpenSearch; give the address of a node with --url or {VARIABLE}URL, "
        "like http://localhost:9200."
    )


def _unreachable(error: Unreachable, connection: Connection) -> str:
    reason = str(error.info)
    where = connection.where
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        why = (
            reason.partition("certificate verify failed: ")[2].partition(" (_ssl")[0] or "it is not signed by one known"
        )
        return (
            f"The certificate of {where} cannot be trusted ({why}); name the certificate of its authority with --ca or "
            f"{VARIABLE}CA."
        )
    if isinstance(error, SSLError):
        return f"{where} does not speak TLS as it should ({_short(reason)}); perhaps its address begins with http://."
    if "RemoteDisconnected" in reason or "Connection reset" in reason:
        return (
            f"OpenSearch at {where} ended the connection without an answer; perhaps its address begins with https://, "
            "or it has just stopped."
        )
    return (
        f"OpenSearch cannot be reached at {where} ({_short(reason)}); see that it runs and that the address is right: "
        f"--url or {VARIABLE}URL."
    )


def _short(reason: str) -> str:
    """The end of the client's chain of reasons, without its own names for things."""
    for known in ("Connection refused", "Name or service not known", "nodename nor servname", "timed out"):
        if known in reason:
            return {"nodename nor servname": "Name or service not known"}.get(known, known).lower()
    return reason.partition("(_ssl")[0].rpartition(": ")[2].rpartition("] ")[2].strip(" ')") or reason


def _no_rights(status: int, said: _Said, connection: Connection) -> str:
    where, user = connection.where, connection.user
    if status == 401 and not user:
        return (
            f"OpenSearch at {where} asks for a user and a password; give them with --user and --password-file, or "
            f"{VARIABLE}USER and {VARIABLE}PASSWORD."
        )
    if status == 401:
        return (
            f"OpenSearch at {where} does not know the user {user} with this password; see to --user and "
            f"--password-file, or {VARIABLE}USER and {VARIABLE}PASSWORD."
        )
    who = f"The user {user}" if user else "Who gives no name"
    return (
        f"{who} may not do this on the cluster {where} ({said.innermost or 'status 403'}); searching takes the right "
        f"to read the indexes {connection.prefix}-*, and building to create, write and delete them, their template and "
        f"the alias {connection.prefix}."
    )
