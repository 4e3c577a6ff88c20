"""The suite that every engine must pass, on an index of three shards on three nodes.

It runs in a process of its own, in which the list of engines (``tests/contract/engines.py``) has OpenSearch too. An
index for each example is a matter of a second here, so properties are tried less often than on the other engines;
copies of the shards change no answer, and there are none.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from tests.cluster.harness import Cluster
from tests.conftest import ROOT

pytestmark = pytest.mark.cluster


@pytest.fixture
def swept(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, without the indexes of the suite afterwards: they are many."""
    yield cluster
    with OpenSearch(hosts=list(cluster.running), timeout=60) as client:
        client.indices.delete(index="contract-*")


def test_the_whole_contract_holds(swept: Cluster) -> None:
    options = ("-q", "-m", "not nightly", "-k", "opensearch", "--hypothesis-profile=cluster", "-p", "no:cacheprovider")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests/contract"],
        cwd=ROOT,
        env={**os.environ, "PILCROW_TEST_CLUSTER": ",".join(swept.urls)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-20_000:]
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed
    assert int(passed[1]) > 50, run.stdout
    assert "skipped" not in run.stdout
