"""Tests on a real OpenSearch cluster of three nodes, run by ``make test-cluster`` (they need a JDK and Maven)."""
