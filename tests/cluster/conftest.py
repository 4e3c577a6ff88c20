"""The one cluster that all tests of a run share; each uses indexes of its own, and leaves all nodes running."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from tests.cluster.harness import Cluster, ClusterUnavailableError
from tests.conftest import skip_or_fail


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes, all running and green; skips where Java or Maven is missing, fails where it does not start."""
    cluster = Cluster()
    try:
        cluster.open()
    except ClusterUnavailableError as error:
        skip_or_fail(str(error))
    yield cluster
    cluster.close()


@pytest.fixture
def prefix(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """What the names of a test's own indexes begin with; they, their template and aliases are gone afterwards."""
    name = re.sub(r"[^a-z0-9]+", "-", f"test-{request.node.name.lower()}")[:60].strip("-")
    yield name
    with OpenSearch(hosts=list(cluster.running), timeout=60) as client:
        client.indices.delete(index=f"{name}-*")
        client.indices.delete_index_template(name=name, ignore=[404])
