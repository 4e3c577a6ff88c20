"""Writing an index to an OpenSearch cluster: what it is like, and paragraphs in bulk.

The cluster says when it is given more than it can take; then the same is sent again a while later, in smaller parts.
Paragraphs go by their number, so that what is sent twice is there once. When the last is taken, the index is refreshed,
counted and closed to further writing, and what stands in the local directory is sealed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from opensearchpy.exceptions import ConnectionTimeout, OpenSearchException, TransportError

from pilcrow.engine import scoring, tables
from pilcrow.engine.columns import (
    FORM_COLUMNS,
    ID,
    KEY_COLUMNS,
    NUMBER_COLUMNS,
    SET_COLUMNS,
    TERM_COLUMNS,
    forms_of,
    joined,
    keys_of,
    numbers_of,
    sets_of,
)
from pilcrow.engine.connection import Connection
from pilcrow.engine.errors import EngineUnavailableError, PilcrowError
from pilcrow.engine.files import sync_tree
from pilcrow.engine.form_codes import FormCoder
from pilcrow.engine.model import ParsedDocument, to_json
from pilcrow.engine.opensearch_client import Cluster, explained, failed, passing
from pilcrow.engine.opensearch_queries import GAP, Dsl
from pilcrow.engine.sample import encode

STORED = "paragraph"
FORMS = "forms"

PAGE = 10_000
"""Hits or values that are asked for at once."""

PLACE = "opensearch.json"
"""The file that says where an index is."""

_LONGEST_WORD = 8_000
"""Far above what a word can have: the tokenizer would cut a longer one."""

_TAKEN_AT_ONCE = 1_000
_BYTES_AT_ONCE = 4_000_000

_WAITS = (0.5, 1, 2, 4, 8, 16, 30, 30, 30)
"""Seconds to wait for a cluster that has too much to do, or that has just lost a node."""

_BUSY = 429
_PATIENCE = 30
"""Seconds to wait at the end for copies of the shards."""

_MERGING = 3_600.0


class Place(msgspec.Struct, frozen=True):
    """Where an index is: its name on the cluster, and what is known of the cluster but the password."""

    index: str
    settings: dict[str, Any]


def mark_of(connection: Connection) -> dict[str, str]:
    """What an index bears so that it is known whose it is."""
    return {"owner": connection.owner, "prefix": connection.prefix}


class Writer:
    """Writes one generation as the index ``name``."""

    def __init__(self, directory: Path, cluster: Cluster, name: str) -> None:
        self._directory = directory
        self._cluster = cluster
        self._name = name
        self._tables = tables.TableBuilder(keep_lengths=False)
        self._lines: list[bytes] = []
        self._bytes = 0
        self._most = _TAKEN_AT_ONCE
        self._rows = 0
        self._over = False
        try:
            self._create()
        except BaseException:
            self.abort()
            raise

    def _create(self) -> None:
        connection = self._cluster.connection
        template = {
            "index_patterns": [f"{connection.prefix}-*"],
            "priority": 100 + len(connection.prefix),  # of two that begin alike, the longer counts for its indexes
            "template": _index(connection.shards, connection.replicas, self._cluster.version()),
        }
        self._cluster.ask("PUT", f"/_index_template/{connection.prefix}", template)
        self._cluster.ask("PUT", f"/{self._name}", {"mappings": {"_meta": mark_of(connection)}})

    def add(self, parsed: ParsedDocument) -> None:
        """Take one document with its paragraphs."""
        for row in self._tables.add(parsed):
            document = msgspec.json.encode(_document(row, self._tables.coder))
            line = b'{"index":{"_id":"%d"}}\n%s\n' % (row.number, document)
            if self._lines and (len(self._lines) >= self._most or self._bytes + len(line) > _BYTES_AT_ONCE):
                self._flush()
            self._lines.append(line)
            self._bytes += len(line)
            self._rows += 1

    def commit(self) -> None:
        """Finish: when this returns, the index is whole, and the directory complete and on disk."""
        self._flush()
        self._settle()
        connection = self._cluster.connection
        settings = {
            "url": connection.urls,
            **{name: getattr(connection, name) for name in ("user", "ca", "timeout", "shards", "replicas", "prefix")},
        }
        (self._directory / PLACE).write_bytes(msgspec.json.encode(Place(self._name, settings)))
        tables.write(self._directory, self._tables.finished())
        tables.seal(self._directory)
        sync_tree(self._directory)
        self._over = True
        self._cluster.close()

    def abort(self) -> None:
        """Let go of everything; the directory may be deleted."""
        if not self._over:
            self._over = True
            # What cannot be removed now, the sweep of the next build removes.
            with suppress(PilcrowError, OpenSearchException):
                self._cluster.once("DELETE", f"/{self._name}", parameters={"ignore_unavailable": "true"})
            self._cluster.close()

    def _settle(self) -> None:
        """Make what was written whole: to be found, on every copy if all nodes are there, and never to change."""
        ask, index = self._cluster.ask, f"/{self._name}"
        with suppress(EngineUnavailableError):  # an index in several segments answers the same, only slower
            ask("POST", f"{index}/_forcemerge", parameters={"max_num_segments": "1"}, patience=_MERGING)
        refreshed = ask("POST", f"{index}/_refresh")["_shards"]
        if refreshed["failed"]:
            raise failed(503, refreshed, self._cluster.connection)
        there = ask("GET", f"{index}/_count")["count"]
        if there != self._rows:
            raise EngineUnavailableError(
                f"The cluster {self._cluster.connection.where} took {there:,} of {self._rows:,} paragraphs; try again."
            )
        ask("PUT", f"{index}/_settings", {"index.blocks.write": True})
        nodes = ask("GET", "/_cluster/health")["number_of_data_nodes"]
        if nodes > self._cluster.connection.replicas:
            patience = _PATIENCE + self._cluster.connection.timeout
            green, yellow = ({"wait_for_status": each, "timeout": f"{_PATIENCE}s"} for each in ("green", "yellow"))
            # Where a node has just left, the cluster waits a minute for it before it makes the copy elsewhere. Once
            # every paragraph must be there; then answers are right, and the copy follows.
            with suppress(EngineUnavailableError):
                ask("GET", f"/_cluster/health{index}", parameters=green, patience=patience)
            ask("GET", f"/_cluster/health{index}", parameters=yellow, patience=patience)

    # ------------------------------------------------------------------------------------------------- bulk

    def _flush(self) -> None:
        """Send what waits, and again what the cluster could not take, in smaller parts after each refusal."""
        waiting, self._lines, self._bytes = self._lines, [], 0
        for wait in (*_WAITS, None):
            problems = []
            refused: list[bytes] = []
            for at in range(0, len(waiting), self._most):
                part = waiting[at : at + self._most]
                again, problem = self._sent(part)
                refused += again
                problems += [problem] if problem else []
            waiting = refused
            if not waiting:
                return
            if wait is None:
                raise problems[-1]
            self._most = max(1, self._most // 2)
            time.sleep(wait)

    def _sent(self, lines: Sequence[bytes]) -> tuple[list[bytes], PilcrowError | None]:
        """The lines that are to be sent again, and why; raises for what would be refused again."""
        connection = self._cluster.connection
        try:
            answer = self._cluster.once("POST", f"/{self._name}/_bulk", b"".join(lines), _ANSWERED)
        except OpenSearchException as error:
            too_large = isinstance(error, TransportError) and error.status_code == 413 and len(lines) > 1
            if passing(error) or too_large or isinstance(error, ConnectionTimeout):
                return list(lines), explained(error, connection)
            raise explained(error, connection) from error
        if not answer["errors"]:
            return [], None
        again, problem = [], None
        for line, done in zip(lines, answer["items"], strict=True):
            status = done["index"]["status"]
            if status >= 300:
                problem = failed(status, done["index"], connection)
                if status not in (_BUSY, 503) or "full" in str(problem):
                    raise problem
                again.append(line)
        return again, problem


_ANSWERED = {"filter_path": "errors,items.*.status,items.*.error"}


# ------------------------------------------------------------------------------------------------------ the index


def _index(shards: int, replicas: int, version: int) -> Dsl:
    """Settings and mappings of an index."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "max_result_window": 10 * PAGE,
            "max_terms_count": 10_000_000,
            "similarity": {
                # The one that has k1 + 1 above its fraction, under the name that it has in this version.
                "default": {"type": "BM25" if version < 3 else "LegacyBM25", "k1": scoring.K1, "b": scoring.B}
            },
            "analysis": {
                "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": _LONGEST_WORD}},
                "analyzer": {"words": {"type": "custom", "tokenizer": "spaces"}},
            },
        },
        "mappings": {"dynamic": "strict", "_source": {"enabled": False}, "properties": dict(_columns())},
    }


def _columns() -> Iterator[tuple[str, Dsl]]:
    text = {"type": "text", "analyzer": "words"}
    for column in TERM_COLUMNS:
        yield column, {**text, "position_increment_gap": GAP}
    for column in FORM_COLUMNS:
        yield column, {**text, "index_options": "docs", "norms": False}
    for column in KEY_COLUMNS:
        yield column, {"type": "keyword"}
    for column in NUMBER_COLUMNS:
        yield column, {"type": "long"}
    for column in SET_COLUMNS:
        yield column, {"type": "long", "index": False}
    yield ID, {"type": "keyword", "doc_values": False}
    for column in (STORED, FORMS):
        yield column, {"type": "keyword", "index": False, "doc_values": False, "store": True}


def _document(row: tables.Row, coder: FormCoder) -> dict[str, Any]:
    return {
        **{column: [" ".join(value) for value in values if value] for column, values in row.index_terms.items()},
        **{forms_of(column): joined(values) for column, values in row.forms.items()},
        **keys_of(row),
        **numbers_of(row),
        **sets_of(row),
        ID: row.paragraph.id,
        STORED: to_json(row.paragraph).decode(),
        FORMS: encode(row.forms.values(), coder).decode(),
    }
