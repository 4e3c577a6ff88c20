"""The options of an index on a cluster: what they say, and what is said where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilcrow.cli.options import cluster_settings
from pilcrow.engine.adapters import ADAPTERS, choose
from pilcrow.engine.errors import PilcrowError
from tests.cli.conftest import Run


def test_a_cluster_is_named_only_for_the_engine_that_has_one(run: Run) -> None:
    done = run("index", "corpus", "--url", "http://localhost:9200")
    sentence = "--url is for an index on a cluster; add --engine opensearch, or leave it out."
    assert (done.status, done.err) == (2, f"pilcrow: {sentence}\n")
    with pytest.raises(PilcrowError, match=r"^--password-file is for an index on a cluster"):
        cluster_settings("tantivy", {"url": (), "password_file": Path("x"), "shards": None})


def test_an_index_on_a_cluster_needs_an_address(
    run: Run, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PILCROW_OPENSEARCH_URL", raising=False)
    done = run("index", str(corpus), "--engine", "opensearch", "--index", str(tmp_path / "index"))
    assert (done.status, done.err) == (
        2,
        "pilcrow: The engine opensearch needs the address of a cluster; give it with --url http://HOST:9200 or "
        "PILCROW_OPENSEARCH_URL.\n",
    )


def test_a_cluster_that_is_not_there_is_said_before_files_are_read(run: Run, tmp_path: Path, corpus: Path) -> None:
    index = tmp_path / "index"
    done = run("index", str(corpus), "--engine", "opensearch", "--url", "http://127.0.0.1:1", "--index", str(index))
    assert done.status == 2
    assert done.err.startswith("pilcrow: OpenSearch cannot be reached at http://127.0.0.1:1 (connection refused); see")
    assert not list((index / "parsed").glob("*/*"))
    assert not (index / "clusters.json").exists()


def test_a_password_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes("Grün:weiß \r\nand a remark\n".encode())
    given = {"url": ("http://h",), "user": None, "password_file": file, "replicas": 0}
    assert cluster_settings("opensearch", given) == {"url": ("http://h",), "password": "Grün:weiß ", "replicas": 0}
    file.write_bytes(b"\xff")
    with pytest.raises(PilcrowError, match="holds no text in UTF-8; put the password on its first line"):
        cluster_settings("opensearch", given)


@pytest.mark.parametrize("paragraphs", [0, 1_000, 100_000_000])
def test_auto_never_takes_a_cluster(paragraphs: int) -> None:
    assert "opensearch" in ADAPTERS
    assert choose("auto", paragraphs)[0] != "opensearch"
