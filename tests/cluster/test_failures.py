"""Whatever is wrong with a cluster is one sentence with what to do about it, and 2 on the command line.

The page says that search is unavailable, until the cluster is there again.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build import build
from pilcrow import open_index
from pilcrow.engine.connection import VARIABLE
from pilcrow.engine.contract import FacetRequest, SearchPlan
from pilcrow.engine.errors import EngineUnavailableError
from pilcrow.engine.query import Term
from pilcrow.settings import Settings
from tests.cluster.harness import Cluster
from tests.cluster.proxy import OldServer, SecureProxy, another_authority
from tests.indexer import small
from webui import create_app
from webui.library import BELIEVED

pytestmark = pytest.mark.cluster

Fails = Callable[..., str]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    small.write(folder, "one.txt", "A/79/1", "The victims are protected.", *(f"Text {n}." for n in range(20)))
    return folder


@pytest.fixture
def fails(files: Path, tmp_path: Path, prefix: str) -> Fails:
    """Builds with these settings, which must fail, and gives the sentence."""

    def build_(**settings: object) -> str:
        with pytest.raises(EngineUnavailableError) as caught:
            build([files], tmp_path / "index", engine="opensearch", cluster={"prefix": prefix, **settings})
        return str(caught.value)

    return build_


@pytest.fixture
def built(files: Path, tmp_path: Path, cluster: Cluster, prefix: str) -> Callable[..., Path]:
    """The directory of an index with these settings."""

    def build_(**settings: object) -> Path:
        index = tmp_path / "index"
        build([files], index, engine="opensearch", cluster={"url": cluster.urls, "prefix": prefix, **settings})
        return index

    return build_


PLAN = SearchPlan(query=Term("victims"), facets=(FacetRequest(field="state"),))


def found(index: Path) -> int:
    with open_index(index) as reader:
        return reader.search(PLAN).total


# ------------------------------------------------------------------------------------------------------ rights


def test_with_user_password_and_authority_all_works(
    cluster: Cluster, built: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not secret stands in the index; the password of a search comes from the environment."""
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        for name in ("admin", "editor"):
            password = proxy.users[name].password
            index = built(url=proxy.url, user=name, password=password, ca=proxy.ca, shards=1 + (name == "admin"))
            with pytest.raises(EngineUnavailableError, match=f"There is no password for the user {name}; set"):
                found(index)
            monkeypatch.setenv(f"{VARIABLE}PASSWORD", password)
            assert found(index) == 1
            monkeypatch.delenv(f"{VARIABLE}PASSWORD")


def test_who_may_only_read_may_search_and_not_build(
    cluster: Cluster, built: Callable[..., Path], fails: Fails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = built()
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        reader = {"url": proxy.url, "user": "reader", "password": proxy.users["reader"].password, "ca": str(proxy.ca)}
        for name, value in reader.items():
            monkeypatch.setenv(VARIABLE + name.upper(), value)
        assert found(index) == 1
        with open_index(index) as opened:
            assert len(opened.paragraphs("A/79/1")) == 21
        said = fails(**reader)
    assert said.startswith(f"The user reader may not do this on the cluster {proxy.url} (no permissions for User")
    assert "building to create, write and delete them, their template and the alias" in said


def test_a_wrong_password_and_none_are_said(cluster: Cluster, fails: Fails, tmp_path: Path) -> None:
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        wrong = fails(url=proxy.url, user="admin", password="wrong", ca=proxy.ca)  # noqa: S106  # made up
        none = fails(url=proxy.url, ca=proxy.ca)
    assert wrong == (
        f"OpenSearch at {proxy.url} does not know the user admin with this password; see to --user and "
        "--password-file, or PILCROW_OPENSEARCH_USER and PILCROW_OPENSEARCH_PASSWORD."
    )
    assert none.startswith(f"OpenSearch at {proxy.url} asks for a user and a password; give them with --user and")


# --------------------------------------------------------------------------------------------------------- TLS


def test_a_certificate_of_an_authority_that_is_not_known_is_refused(
    cluster: Cluster, fails: Fails, tmp_path: Path
) -> None:
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        for settings in ({}, {"ca": another_authority(tmp_path)}):
            said = fails(url=proxy.url, **settings)
            assert said.startswith(f"The certificate of {proxy.url} cannot be trusted (")
            assert said.endswith("); name the certificate of its authority with --ca or PILCROW_OPENSEARCH_CA.")
        assert proxy.asked == []


def test_http_where_https_is_spoken_and_the_other_way_round_are_said(
    cluster: Cluster, fails: Fails, tmp_path: Path
) -> None:
    assert "does not speak TLS as it should" in fails(url=cluster.urls[0].replace("http:", "https:"))
    with SecureProxy(cluster.urls[0], folder=tmp_path) as proxy:
        said = fails(url=proxy.url.replace("https:", "http:"))
    assert "ended the connection without an answer; perhaps its address begins with https://" in said


# ------------------------------------------------------------------------------------------------- wrong places


@pytest.mark.parametrize(
    ("product", "name"), [("opensearch", "OpenSearch 1.3.20"), ("elasticsearch", "Elasticsearch 7.10.2")]
)
def test_an_older_server_is_refused_with_what_is_needed(product: str, name: str, fails: Fails) -> None:
    with OldServer(product) as server:
        said = fails(url=server.url)
    needed = "Pilcrow needs OpenSearch 2 or newer; upgrade it, or give another address with --url."
    assert said == f"{server.url} is {name}, and {needed}"


def test_what_is_no_opensearch_at_all_is_said(fails: Fails, tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().split("port ")[1].split()[0]
        said = fails(url=f"http://127.0.0.1:{port}")
        server.terminate()
    assert said.startswith(f"What answers at http://127.0.0.1:{port} is no OpenSearch; give the address of a node")


def test_nobody_at_an_address_is_said_with_the_address(fails: Fails) -> None:
    assert fails(url="http://127.0.0.1:1") == (
        "OpenSearch cannot be reached at http://127.0.0.1:1 (connection refused); see that it runs and that the "
        "address is right: --url or PILCROW_OPENSEARCH_URL."
    )
    assert "(name or service not known)" in fails(url="http://nowhere.invalid:9200")


def test_a_server_that_never_answers_is_waited_for_no_longer_than_said(fails: Fails) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        said = fails(url=url, timeout=1)
    longer = "see what keeps it busy, or give it longer with PILCROW_OPENSEARCH_TIMEOUT."
    assert said == f"OpenSearch at {url} did not answer within 1 s; {longer}"


# --------------------------------------------------------------------------------------------- nodes that stop


def test_a_node_down_costs_nothing(cluster: Cluster, built: Callable[..., Path]) -> None:
    index = built()
    with open_index(index) as reader:
        cluster.stop(0)  # the first that would be asked
        try:
            assert reader.search(PLAN).total == 1
            assert found(index) == 1
        finally:
            cluster.start(0)
            cluster.wait_for("green")


def test_a_red_cluster_never_answers_in_part_and_the_page_says_so_until_it_is_whole(
    cluster: Cluster, built: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    index = built(replicas=0)
    # An answer that is kept stays right whatever becomes of the cluster; here none is.
    plain = Settings(rate=0, cache=0)
    client = create_app(index, settings=plain).test_client()
    cold = create_app(index, settings=plain).test_client()
    assert client.get("/?q=victims").status_code == 200
    cluster.stop(2)
    try:
        cluster.wait_for("red", nodes=2)
        with pytest.raises(EngineUnavailableError) as caught:
            found(index)
        for each in (client, cold):
            unavailable(each)
    finally:
        cluster.start(2)
        cluster.wait_for("green")
    assert str(caught.value).startswith("The cluster http://127.0.0.1:")
    assert "does not have all its parts" in str(caught.value)
    assert "start the nodes that are missing: GET /_cluster/health says how many it has." in str(caught.value)
    assert "Search is unavailable: The cluster http" in caplog.text
    time.sleep(BELIEVED)
    for each in (client, cold):
        assert each.get("/?q=victims").status_code == 200
        assert each.get("/api/search?q=victims").get_json()["total"] == 1


def unavailable(client: FlaskClient) -> None:
    # Without a query the values of a facet may be known already: the examples beside the box name a State.
    for address in ("/?q=victims", "/", "/documents/A/79/1", "/facets/state?q=victims+report"):
        page = client.get(address)
        assert (page.status_code, page.headers.get("Retry-After")) == (503, "10"), address
        assert "Search is unavailable" in page.text
        assert "127.0.0.1" not in page.text
    for address in ("/api/search?q=victims", "/search.csv?q=victims", "/?q=victims&format=csv"):
        answer = client.get(address)
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json"), address
        assert answer.get_json(force=True)["title"] == "Search is unavailable"


def test_the_command_line_says_it_in_one_line_and_ends_with_2(built: Callable[..., Path]) -> None:
    """Without a word of the client's own log."""
    index = built()
    command = [sys.executable, "-c", "from pilcrow.cli import main; main()", "search", "victims", "--index", str(index)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "victims are protected" in ran.stdout
    environment = {**os.environ, f"{VARIABLE}URL": "http://127.0.0.1:1"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 2
    assert ran.stderr.startswith("pilcrow: OpenSearch cannot be reached at http://127.0.0.1:1 (connection refused)")
    assert ran.stderr.count("\n") == 1
