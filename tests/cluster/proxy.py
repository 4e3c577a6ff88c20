"""Real servers for what the cluster of the tests cannot be: one with users and TLS, and one that is too old.

``SecureProxy`` stands in front of a node and does what the security plugin would as far as a client can tell: HTTPS
with a certificate of an authority of its own, HTTP Basic authentication, 401 for who is not known and 403 for what is
not allowed. ``OldServer`` says of itself what servers before OpenSearch 2 say. ``with`` or ``close`` ends either.

    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        client = OpenSearch(hosts=proxy.url, http_auth=("admin", proxy.users["admin"].password), ca_certs=proxy.ca)
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import trustme

HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
OURS = HOP_BY_HOP | {"authorization", "content-length", "host", "date", "server"}


@dataclass(frozen=True, slots=True)
class User:
    """Someone whom the proxy lets in. ``only``: paths whose last part they may GET and POST; None allows all."""

    password: str
    only: frozenset[str] | None = None

    def may(self, method: str, path: str) -> bool:
        """Whether this request is allowed."""
        last = urlsplit(path).path.rstrip("/").rpartition("/")[2]
        return self.only is None or (method in {"GET", "POST"} and last in self.only)


# The passwords have what needs care in a URL or a header. OpenSearch reads them as UTF-8, where urllib3 (and with it
# opensearch-py's http_auth) writes Latin-1: "editor" tells whether a client takes that into account.
USERS: Mapping[str, User] = {
    "admin": User("a:b/c@d%20+?#"),
    "editor": User("Grün:weiß"),
    "reader": User("nur lesen", only=frozenset({"_search"})),
}


def another_authority(folder: Path) -> Path:
    """The certificate of an authority that has signed nothing, as a PEM file in ``folder``."""
    path = folder / "another-ca.pem"
    trustme.CA(organization_name="Another authority").cert_pem.write_to_path(str(path))
    return path


class Server(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1, in threads that ``close`` ends, keep-alive connections included."""

    daemon_threads = False
    block_on_close = True
    scheme = "http"

    def __init__(self, handler: type[BaseHTTPRequestHandler], *, name: str = "127.0.0.1") -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.url = f"{self.scheme}://{name}:{self.server_address[1]}"
        self.asked: list[str] = []  # "GET /path" for each request, those that were refused too
        self._open: set[socket.socket] = set()
        self._accepting = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._accepting.start()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, and remember it."""
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection that has ended."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a client that goes away, or that refuses our certificate, is part of the tests."""

    def close(self) -> None:
        """Stop accepting, end every connection, and wait for their threads."""
        self.shutdown()
        self._accepting.join()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):  # the client was quicker
                socket.socket.shutdown(connection, socket.SHUT_RDWR)  # not TLS's own: its thread may be reading
        self.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Handler(BaseHTTPRequestHandler):
    """What both kinds of request handlers share: quiet, keep-alive, answers with a length."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name that the base class gives it
        """Nothing."""

    def do_GET(self) -> None:
        """Take note of the request, read its body, answer."""
        self.server.asked.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "chunked" in (self.headers.get("Transfer-Encoding") or "").lower():
            self.close_connection = True
            self.send(411, b"send Content-Length")
        else:
            self.respond(body)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def respond(self, body: bytes) -> None:
        """Answer the request, whose ``body`` has been read."""
        raise NotImplementedError

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in (headers or {"Content-Type": "text/plain; charset=UTF-8"}).items():
            self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_json(self, status: int, value: Any) -> None:
        """Send ``value`` as JSON."""
        self.send(status, json.dumps(value).encode(), {"Content-Type": "application/json; charset=UTF-8"})


class SecureProxy(Server):
    """HTTPS with users, in front of the node at ``upstream``. ``ca`` is the authority's certificate, in ``folder``.

    The certificate is for ``localhost`` and 127.0.0.1; ``url`` has the former.
    """

    scheme = "https"

    def __init__(self, upstream: str, *, folder: Path, users: Mapping[str, User] = USERS) -> None:
        self.users = users
        self.upstream = urlsplit(upstream)
        self.ca = folder / "ca.pem"
        authority = trustme.CA(organization_name="Pilcrow's tests")
        authority.cert_pem.write_to_path(str(self.ca))
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(self._tls)
        super().__init__(ProxyHandler, name="localhost")

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection; its handshake is made by its own thread, at its first read."""
        connection, address = ThreadingHTTPServer.get_request(self)
        secure = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(secure)
        return secure, address


class ProxyHandler(Handler):
    """Asks who it is, whether they may, and then the node."""

    server: SecureProxy

    def respond(self, body: bytes) -> None:
        """Refuse, or send what the node answers."""
        name = self.user()
        if name is None:
            self.send(
                401,
                b"Unauthorized",
                {"WWW-Authenticate": 'Basic realm="OpenSearch Security"', "Content-Type": "text/plain"},
            )
        elif not self.server.users[name].may(self.command, self.path):
            reason = {"type": "security_exception", "reason": f"no permissions for User [name={name}]"}
            self.send_json(403, {"error": {"root_cause": [reason], **reason}, "status": 403})
        else:
            self.forward(body)

    def user(self) -> str | None:
        """The name of the user whose right password was sent, or None."""
        kind, _, code = (self.headers.get("Authorization") or "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(code, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        known = self.server.users.get(name)
        return name if known and hmac.compare_digest(known.password.encode(), password.encode()) else None

    def forward(self, body: bytes) -> None:
        """Ask the node, and send its answer; 502 where it is down."""
        upstream = self.server.upstream
        connection = http.client.HTTPConnection(upstream.hostname or "", upstream.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OURS}
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.send(502, f"the node behind the proxy: {error}".encode())
        else:
            self.send(answer.status, content, {k: v for k, v in answer.getheaders() if k.lower() not in OURS})
        finally:
            connection.close()


class OldServer(Server):
    """Says at ``GET /`` that it is OpenSearch 1.3 or Elasticsearch 7.10, and knows nothing else (404)."""

    def __init__(self, product: Literal["opensearch", "elasticsearch"] = "opensearch") -> None:
        self.product = product
        super().__init__(OldHandler)


class OldHandler(Handler):
    """Answers of servers before OpenSearch 2, in their own words."""

    server: OldServer

    def respond(self, body: bytes) -> None:  # noqa: ARG002
        """Say who we are, or that there is nothing."""
        if urlsplit(self.path).path == "/" and self.command in {"GET", "HEAD"}:
            self.send_json(200, OLD[self.server.product])
        else:
            reason = {"type": "index_not_found_exception", "reason": f"no such index [{self.path.split('/')[1]}]"}
            self.send_json(404, {"error": {"root_cause": [reason], **reason}, "status": 404})


OLD: Mapping[str, Mapping[str, Any]] = {
    "opensearch": {
        "name": "old-node",
        "cluster_name": "opensearch",
        "cluster_uuid": "bkBkRzs2SvWCnK0GM4ZyVA",
        "version": {
            "distribution": "opensearch",
            "number": "1.3.20",
            "build_type": "tar",
            "build_snapshot": False,
            "lucene_version": "8.10.1",
            "minimum_wire_compatibility_version": "6.8.0",
            "minimum_index_compatibility_version": "6.0.0-beta1",
        },
        "tagline": "The OpenSearch Project: https://opensearch.org/",
    },
    "elasticsearch": {
        "name": "old-node",
        "cluster_name": "elasticsearch",
        "cluster_uuid": "c2pXeOxrQ9qDJWxnNvFJDA",
        "version": {
            "number": "7.10.2",
            "build_flavor": "oss",
            "build_type": "tar",
            "build_snapshot": False,
            "lucene_version": "8.7.0",
            "minimum_wire_compatibility_version": "6.8.0",
            "minimum_index_compatibility_version": "6.0.0-beta1",
        },
        "tagline": "You Know, for Search",
    },
}
