"""``make cluster``: the cluster of the tests, for a person, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time

from tests.cluster.harness import Cluster, ClusterError


def main() -> int:
    """Start the cluster, say where it is, and keep it until interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    heap = os.environ.get("CLUSTER_HEAP", "1g")
    print("Starting three OpenSearch nodes (the first time, Maven downloads them) ...", flush=True)
    try:
        with Cluster(heap=heap) as cluster:
            show(cluster)
            while cluster.alive:
                time.sleep(1)
            print("The cluster ended by itself.", *cluster.warnings, sep="\n", file=sys.stderr)
            return 1
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped, and its data deleted.")
        return 0


def show(cluster: Cluster) -> None:
    """Say where the nodes are and what to do with them."""
    print("Ready. Its nodes:", *cluster.urls, sep="\n    ")
    print(
        "In another terminal:",
        f".venv/bin/pilcrow index corpus --engine opensearch --url {cluster.urls[0]}",
        sep="\n    ",
    )
    print("Ctrl-C stops it and deletes what it holds.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
