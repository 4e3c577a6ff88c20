"""Of the OpenSearch adapter what needs no cluster: queries that are too large for one, and sentences for failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, SSLError, TransportError

from pilcrow.engine import opensearch_queries as queries
from pilcrow.engine.connection import Connection
from pilcrow.engine.errors import EngineUnavailableError, IndexDamagedError
from pilcrow.engine.lookups import (
    AllOf,
    AnyOf,
    Boosted,
    Constant,
    Every,
    Listed,
    Lookup,
    Nothing,
    Preferred,
    Run,
    Without,
    Word,
    Words,
    translated,
)
from pilcrow.engine.opensearch_client import Cluster, explained, passing
from pilcrow.engine.opensearch_queries import Pieces, dsl, fits, gathered

SIZE = 12
EVERY = frozenset(range(SIZE))


def found_by(lookup: Lookup) -> list[int]:
    """What a lookup finds where the word "n" stands in the paragraphs whose number n divides."""
    return sorted(translated(lookup, _found))


def _found(node: Lookup, children: Sequence[frozenset[int]]) -> frozenset[int]:
    match node:
        case Every():
            return EVERY
        case Word():
            return _having(node.word)
        case Words():
            return frozenset[int]().union(*map(_having, node.words))
        case Listed():
            return frozenset(node.numbers)
        case AllOf():
            return EVERY.intersection(*children)
        case AnyOf():
            counts = Counter(number for child in children for number in child)
            return frozenset(number for number, count in counts.items() if count >= node.least)
        case Without():
            return children[0] - children[1]
        case Preferred() | Constant() | Boosted():
            return children[0]
        case _:
            return frozenset()


def _having(word: str) -> frozenset[int]:
    return frozenset(number for number in EVERY if number % int(word) == 0)


def words() -> st.SearchStrategy[Lookup]:
    return st.builds(Word, st.sampled_from(["text", "state"]), st.sampled_from("12345"), st.sampled_from([0.0, 1.0]))


def lookups() -> st.SearchStrategy[Lookup]:
    leaves: st.SearchStrategy[Lookup] = st.one_of(
        words(),
        words().map(Constant),
        st.just(Every()),
        st.just(Nothing()),
        st.just(Listed((1, 7))),
        st.just(Words("text", ("3", "5"))),
    )

    def above(child: st.SearchStrategy[Lookup]) -> st.SearchStrategy[Lookup]:
        several = st.lists(child, min_size=1, max_size=5).map(tuple)
        return st.one_of(
            st.builds(AllOf, several),
            st.builds(AnyOf, several),
            several.flatmap(lambda some: st.builds(AnyOf, st.just(some), st.integers(1, len(some)))),
            st.builds(Without, child, child),
            st.builds(Preferred, child, several),
            st.builds(Constant, child, st.sampled_from([0.0, 1.0])),
            st.builds(Boosted, child, st.just(2.0)),
        )

    return st.recursive(leaves, above, max_leaves=20)


@given(lookup=lookups())
def test_what_is_gathered_finds_the_same(lookup: Lookup) -> None:
    assert found_by(gathered(lookup)) == found_by(lookup)


@given(lookup=lookups(), parts=st.integers(3, 6), levels=st.integers(2, 5))
def test_what_is_found_in_pieces_is_the_same_and_no_piece_is_too_large(lookup: Lookup, parts: int, levels: int) -> None:
    def numbers(piece: Lookup) -> list[int]:
        asked.append(piece)
        return found_by(piece)

    asked: list[Lookup] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "_PARTS", parts)
        patch.setattr(queries, "_LEVELS", levels)
        whole = Pieces(numbers).fitting(lookup)
        patch.setattr(queries, "_LEVELS", levels + 1)
        assert all(map(fits, asked))
    assert found_by(whole) == found_by(lookup)


def test_a_thousand_alternatives_that_score_nothing_are_one_part() -> None:
    keys = AnyOf(tuple(Constant(Word("state", str(number))) for number in range(1, 1_500)))
    assert not fits(keys)
    assert gathered(keys) == Constant(Words("state", tuple(map(str, range(1, 1_500)))))


def test_a_question_of_many_words_fits_after_all_with_its_rarest_words_deciding() -> None:
    many = AnyOf(tuple(Word("text", str(number), float(number)) for number in range(1, 2_001)))
    assert not fits(many)
    whole = Pieces(found_by).fitting(many)
    assert fits(whole)
    assert found_by(whole) == found_by(many)
    assert isinstance(whole, Preferred)
    assert whole.by[0] == Word("text", "2000", 2000.0)


def test_a_query_is_clauses_that_score_and_filters_that_do_not() -> None:
    asked = AllOf((Word("text", "victim", 1.5), Constant(Word("state", "BLR")), Run("note", ("a", "b"), 3, 0.5)))
    assert dsl(Without(asked, Every())) == {
        "bool": {
            "must": [
                {
                    "bool": {
                        "must": [
                            {"term": {"text": {"value": "victim", "boost": 1.5}}},
                            {"match_phrase": {"note": {"query": "a b", "slop": 3, "boost": 0.5}}},
                        ],
                        "filter": [{"term": {"state": {"value": "BLR", "boost": 0.0}}}],
                    }
                }
            ],
            "must_not": [{"match_all": {"boost": 0}}],
        }
    }


# ------------------------------------------------------------------------------------------------------ sentences

HERE = Connection(urls=("http://h:9200",), user="me", password="s3cret")  # noqa: S106  # made up


def said(kind: str, reason: str, **more: Any) -> dict[str, Any]:
    cause = {"type": kind, "reason": reason}
    return {"error": {"root_cause": [cause], **cause, **more}}


SENTENCES = [
    (
        TransportError(401, "Unauthorized", "Unauthorized"),
        "OpenSearch at http://h:9200 does not know the user me with this password; see to --user and --password-file, "
        "or PILCROW_OPENSEARCH_USER and PILCROW_OPENSEARCH_PASSWORD.",
    ),
    (
        TransportError(403, "security_exception", said("security_exception", "no permissions for [x]")),
        "The user me may not do this on the cluster http://h:9200 (no permissions for [x]); searching takes the right "
        "to read the indexes pilcrow-*, and building to create, write and delete them, their template and the alias "
        "pilcrow.",
    ),
    (
        TransportError(429, "too_many", said("rejected_execution_exception", "queue capacity 1000")),
        "The cluster http://h:9200 has too much to do (queue capacity 1000); try again when it is less busy.",
    ),
    (
        TransportError(
            429,
            "cluster_block_exception",
            said(
                "cluster_block_exception",
                "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, ...];",
            ),
        ),
        "The disks of the cluster http://h:9200 are too full to write to (index [x] blocked by: "
        "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, ...];); make room there, then try again.",
    ),
    (
        TransportError(
            503,
            "search_phase_execution_exception",
            said("search_phase_execution_exception", "all shards failed", phase="query", failed_shards=[]),
        ),
        "The cluster http://h:9200 does not have all its parts (all shards failed); start the nodes that are missing: "
        "GET /_cluster/health says how many it has.",
    ),
    (
        TransportError(502, "Bad Gateway", "<html>"),
        "What stands before OpenSearch at http://h:9200 says that it does not answer (status 502); see that it runs.",
    ),
    (
        TransportError(400, "parsing_exception", said("parsing_exception", "unknown query [x]")),
        "OpenSearch at http://h:9200 refused a request (parsing_exception: unknown query [x]); see its log for "
        "the reason.",
    ),
    (
        TransportError(
            500, "search_phase_execution_exception", said("too_many_buckets_exception", "at most 10 buckets")
        ),
        "The cluster http://h:9200 does not tell as many values at once as facets need (at most 10 buckets); set "
        "search.max_buckets to its default.",
    ),
    (
        ConnectionTimeout("TIMEOUT", "read timed out", OSError("read timed out")),
        "OpenSearch at http://h:9200 did not answer within 30 s; see what keeps it busy, or give it longer with "
        "PILCROW_OPENSEARCH_TIMEOUT.",
    ),
    (
        SSLError(
            "N/A", "x", OSError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed (_ssl.c:1)")
        ),
        "The certificate of http://h:9200 cannot be trusted (self-signed); name the certificate of its authority with "
        "--ca or PILCROW_OPENSEARCH_CA.",
    ),
    (
        Unreachable("N/A", "x", OSError("<HTTPConnection>: Failed to establish: [Errno 111] Connection refused")),
        "OpenSearch cannot be reached at http://h:9200 (connection refused); see that it runs and that the address is "
        "right: --url or PILCROW_OPENSEARCH_URL.",
    ),
    (
        Unreachable("N/A", "x", OSError("('Connection aborted.', RemoteDisconnected('Remote end closed'))")),
        "OpenSearch at http://h:9200 ended the connection without an answer; perhaps its address begins with https://, "
        "or it has just stopped.",
    ),
    (
        SerializationError("Unknown mimetype, unable to deserialize: text/html"),
        "What answers at http://h:9200 is no OpenSearch; give the address of a node with --url or "
        "PILCROW_OPENSEARCH_URL, like http://localhost:9200.",
    ),
]


@pytest.mark.parametrize(("error", "sentence"), SENTENCES)
def test_each_failure_has_its_sentence(error: Exception, sentence: str) -> None:
    found = explained(error, HERE)  # type: ignore[arg-type]
    assert isinstance(found, EngineUnavailableError)
    assert str(found) == sentence


def test_an_index_that_is_gone_is_damage_that_a_build_mends() -> None:
    gone = TransportError(404, "index_not_found_exception", said("index_not_found_exception", "no such index [p-1]"))
    found = explained(gone, HERE)
    assert isinstance(found, IndexDamagedError)
    assert str(found) == (
        "The index is no longer on the cluster http://h:9200 (no such index [p-1]); run: pilcrow index --engine "
        "opensearch."
    )


def test_only_what_may_pass_is_asked_again() -> None:
    again = [error for error, _ in SENTENCES if passing(error)]
    assert [type(error).__name__ for error in again] == [
        *("TransportError",) * 4,
        *("ConnectionError",) * 2,
    ]


def test_without_an_address_there_is_nobody_to_ask() -> None:
    with pytest.raises(EngineUnavailableError, match=r"needs the address of a cluster; give it with --url http://HOST"):
        Cluster(Connection())


def test_a_file_that_is_no_certificate_is_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none")
    with pytest.raises(EngineUnavailableError, match=r"ca\.pem is no certificate of an authority"):
        Cluster(Connection(urls=("https://h:9200",), ca=str(tmp_path / "ca.pem")))
