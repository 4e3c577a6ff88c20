"""The cluster of the tests is what it says: three nodes that survive one, a proxy that refuses, an old server."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthenticationException, AuthorizationException, SSLError

from tests.cluster import harness
from tests.cluster.harness import Cluster, ClusterError, ClusterUnavailableError
from tests.cluster.proxy import OldServer, SecureProxy, another_authority

pytestmark = pytest.mark.cluster

LONG = "x" * 300  # longer than the whitespace tokenizer keeps whole unless told
PARAGRAPHS = ("the victims of trafficking", "protection of victims", f"a report {LONG}", "of the Working Group")
MAPPINGS = {
    "properties": {
        "text": {"type": "text", "analyzer": "words"},
        "key": {"type": "keyword"},
        "mentions": {"type": "nested", "properties": {"state": {"type": "keyword"}}},
    }
}
SETTINGS = {
    "number_of_shards": 3,
    "number_of_replicas": 1,
    "analysis": {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 5_000}},
        "analyzer": {"words": {"type": "custom", "tokenizer": "spaces"}},
    },
}


def connect(cluster: Cluster) -> OpenSearch:
    return OpenSearch(hosts=list(cluster.running), timeout=30, max_retries=3, retry_on_timeout=True)


@pytest.fixture(scope="module")
def index(cluster: Cluster) -> Iterator[str]:
    with connect(cluster) as client:
        client.indices.create(index="smoke", body={"settings": SETTINGS, "mappings": MAPPINGS})
        for number, text in enumerate(PARAGRAPHS):
            body = {"text": text, "key": str(number), "mentions": [{"state": "PER"}, {"state": "TCD"}]}
            client.index(index="smoke", id=str(number), body=body)
        client.indices.refresh(index="smoke")
    cluster.wait_for("green")
    yield "smoke"
    with connect(cluster) as client:
        client.indices.delete(index="smoke")


def found(client: OpenSearch, query: dict[str, object]) -> list[str]:
    answer = client.search(index="smoke", body={"query": query, "sort": [{"key": "asc"}]})
    assert answer["_shards"]["failed"] == 0
    return [hit["_id"] for hit in answer["hits"]["hits"]]


@pytest.mark.usefixtures("index")
def test_a_stopped_node_costs_no_answer_and_comes_back(cluster: Cluster) -> None:
    victims = {"term": {"text": "victims"}}
    with connect(cluster) as client:
        assert found(client, victims) == ["0", "1"]
    cluster.stop(1)
    try:
        cluster.wait_for("yellow", nodes=2)
        assert len(cluster.running) == 2
        for url in cluster.running:
            with OpenSearch(hosts=url) as client:
                assert found(client, victims) == ["0", "1"]
                assert client.cluster.health()["number_of_nodes"] == 2
    finally:
        cluster.start(1)
    cluster.wait_for("green")
    with OpenSearch(hosts=cluster.urls[1]) as client:
        assert found(client, victims) == ["0", "1"]


@pytest.mark.usefixtures("index")
def test_the_manager_can_stop_too(cluster: Cluster) -> None:
    with connect(cluster) as client:
        manager = int(client.cat.cluster_manager(format="json")[0]["node"].removeprefix("node-"))
    cluster.stop(manager)
    try:
        cluster.wait_for("yellow", nodes=2)
        with connect(cluster) as client:
            assert found(client, {"term": {"text": "victims"}}) == ["0", "1"]
    finally:
        cluster.start(manager)
    cluster.wait_for("green")


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("query", "hits"),
    [
        pytest.param({"term": {"text": LONG}}, ["2"], id="a token of 300 letters"),
        pytest.param(
            {
                "span_near": {
                    "clauses": [{"span_term": {"text": "victims"}}, {"span_term": {"text": "trafficking"}}],
                    "slop": 1,
                    "in_order": True,
                }
            },
            ["0"],
            id="spans",
        ),
        pytest.param(
            {"nested": {"path": "mentions", "query": {"term": {"mentions.state": "PER"}}}},
            ["0", "1", "2", "3"],
            id="nested",
        ),
        pytest.param(
            {
                "script_score": {
                    "query": {"match_all": {}},
                    "script": {"source": "doc['key'].value == '3' ? 1 : 0"},
                    "min_score": 1,
                }
            },
            ["3"],
            id="painless",
        ),
    ],
)
def test_the_queries_that_an_adapter_needs_are_there(
    cluster: Cluster, query: dict[str, object], hits: list[str]
) -> None:
    with connect(cluster) as client:
        assert found(client, query) == hits


def test_the_aggregations_that_an_adapter_needs_are_there(cluster: Cluster, index: str) -> None:
    states = {
        "nested": {"path": "mentions"},
        "aggs": {
            "by": {
                "terms": {"field": "mentions.state", "shard_size": 100},
                "aggs": {"paragraphs": {"reverse_nested": {}}},
            }
        },
    }
    keys = {"composite": {"size": 10, "sources": [{"key": {"terms": {"field": "key"}}}]}}
    with connect(cluster) as client:
        answer = client.search(index=index, body={"size": 0, "aggs": {"states": states, "keys": keys}})
    by = answer["aggregations"]["states"]["by"]
    assert by["doc_count_error_upper_bound"] == 0
    assert [(bucket["key"], bucket["paragraphs"]["doc_count"]) for bucket in by["buckets"]] == [("PER", 4), ("TCD", 4)]
    assert [bucket["key"]["key"] for bucket in answer["aggregations"]["keys"]["buckets"]] == ["0", "1", "2", "3"]


def test_the_cluster_says_what_it_cannot_do(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match="node 1 runs already"):
        cluster.start(1)
    with pytest.raises(ClusterError, match="there is no node 7: they are 0 to 2"):
        cluster.stop(7)


@pytest.mark.usefixtures("index")
def test_the_proxy_lets_in_who_has_the_password_and_trusts_its_authority(cluster: Cluster, tmp_path: Path) -> None:
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        for name, user in proxy.users.items():
            code = base64.b64encode(f"{name}:{user.password}".encode()).decode()
            headers = {"authorization": f"Basic {code}"}
            with OpenSearch(hosts=proxy.url, headers=headers, ca_certs=str(proxy.ca)) as client:
                assert found(client, {"term": {"text": "victims"}}) == ["0", "1"]
        for name in ("admin", "reader"):
            auth = (name, proxy.users[name].password)
            with OpenSearch(hosts=proxy.url, http_auth=auth, ca_certs=str(proxy.ca)) as client:
                assert found(client, {"term": {"text": "victims"}}) == ["0", "1"]


def test_the_proxy_refuses_a_wrong_password_none_and_what_a_reader_may_not(
    cluster: Cluster, index: str, tmp_path: Path
) -> None:
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        ca = str(proxy.ca)
        with (
            OpenSearch(hosts=proxy.url, http_auth=("admin", "wrong"), ca_certs=ca) as client,
            pytest.raises(AuthenticationException),
        ):
            client.info()
        with OpenSearch(hosts=proxy.url, ca_certs=ca) as client, pytest.raises(AuthenticationException):
            client.info()
        reader = ("reader", proxy.users["reader"].password)
        with (
            OpenSearch(hosts=proxy.url, http_auth=reader, ca_certs=ca) as client,
            pytest.raises(AuthorizationException, match="no permissions"),
        ):
            client.index(index=index, id="9", body={"text": "victims"})


def test_a_client_that_trusts_another_authority_refuses_the_proxy(cluster: Cluster, tmp_path: Path) -> None:
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        auth = ("admin", proxy.users["admin"].password)
        wrong = str(another_authority(tmp_path))
        with (
            OpenSearch(hosts=proxy.url, http_auth=auth, ca_certs=wrong, max_retries=0) as client,
            pytest.raises(SSLError, match="CERTIFICATE_VERIFY_FAILED"),
        ):
            client.info()
        assert proxy.asked == []


@pytest.mark.parametrize(("product", "number"), [("opensearch", "1.3.20"), ("elasticsearch", "7.10.2")])
def test_the_old_server_says_that_it_is_old(product: str, number: str) -> None:
    with OldServer(product) as server, OpenSearch(hosts=server.url) as client:
        assert client.info()["version"]["number"] == number
        assert server.asked == ["GET /"]


def test_a_missing_program_is_said_with_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ClusterUnavailableError, match=r"needs javac, .* apt install default-jdk-headless"):
        harness.build()


@pytest.mark.usefixtures("cluster")  # Java and Maven are there
def test_a_build_that_fails_is_said_with_the_last_lines(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "pom.xml").write_text("<project><broken/></project>", encoding="utf-8")
    with pytest.raises(ClusterError, match=r"(?s)Maven could not build the cluster.*\[ERROR\]"):
        harness.build(tmp_path)


@pytest.mark.usefixtures("cluster")  # Java and Maven are there
def test_a_cluster_that_does_not_start_says_why() -> None:
    with pytest.raises(ClusterError, match=r"(?s)ended by itself at 'start'.*Too small maximum heap"):
        Cluster(heap="1m").open()


ORPHAN = """
from tests.cluster.harness import Cluster
cluster = Cluster(heap="512m")
cluster.open()
print(cluster.urls[0], cluster._folder, flush=True)
import time
time.sleep(600)
"""


@pytest.mark.usefixtures("cluster")  # Java and Maven are there
def test_no_cluster_outlives_a_test_run_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        url, folder = run.stdout.readline().split()
        run.kill()
    deadline = time.monotonic() + 30
    while (answers(url) or Path(folder).exists()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not answers(url)
    assert not Path(folder).exists()


def answers(url: str) -> bool:
    try:
        harness.get(url, "/")
    except OSError:
        return False
    return True
