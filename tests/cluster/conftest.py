"""The one cluster that all tests of a run share; each uses indexes of its own, and leaves all nodes running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
