"""Building on a cluster: one index a generation, an alias to the newest, nothing left behind or taken from others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from indexer.build import build
from pilcrow import open_index
from pilcrow.engine import generations, opensearch_writer
from pilcrow.engine.adapters import remote
from pilcrow.engine.connection import connection
from pilcrow.engine.contract import SearchPlan
from pilcrow.engine.errors import EngineUnavailableError, IndexDamagedError
from pilcrow.engine.opensearch_client import Cluster as Client
from pilcrow.engine.query import Term
from pilcrow.engine.remote import CLUSTERS
from tests.cluster.harness import Cluster
from tests.conftest import ROOT
from tests.contract.engines import manifest_of
from tests.contract.test_cases import CORPUS
from tests.indexer import small

pytestmark = pytest.mark.cluster


@dataclass(frozen=True)
class Place:
    """A corpus, its index directory, and the cluster that it is built on under a prefix."""

    files: Path
    index: Path
    cluster: Cluster
    prefix: str

    @property
    def settings(self) -> dict[str, object]:
        return {"url": self.cluster.urls, "prefix": self.prefix}

    def build(self, **more: object) -> bool:
        """Build, and say whether there was anything to do."""
        return build([self.files], self.index, engine="opensearch", cluster={**self.settings, **more}).changed

    def change(self, text: str) -> None:
        small.write(self.files, "one.txt", "A/79/1", text)

    def there(self) -> list[str]:
        """The indexes of this prefix on the cluster, by name."""
        with OpenSearch(hosts=list(self.cluster.running)) as client:
            return sorted(client.indices.get(index=f"{self.prefix}-*"))

    def alias(self) -> list[str]:
        with OpenSearch(hosts=list(self.cluster.running)) as client:
            return sorted(client.indices.get_alias(name=self.prefix))

    def named(self) -> list[str]:
        """The indexes that the directory's generations have, the current one first."""
        return [f"{self.prefix}-{name}" for name in generations.published(self.index)]


@pytest.fixture
def place(cluster: Cluster, prefix: str, tmp_path: Path) -> Place:
    found = Place(tmp_path / "files", tmp_path / "index", cluster, prefix)
    found.files.mkdir()
    found.change("The victims are protected.")
    return found


def test_an_index_has_its_shards_and_copies_from_a_template_and_takes_nothing_more(place: Place) -> None:
    assert place.build(shards=2, replicas=1)
    with OpenSearch(hosts=place.cluster.urls[0]) as client:
        (template,) = client.indices.get_index_template(name=place.prefix)["index_templates"]
        assert template["index_template"]["index_patterns"] == [f"{place.prefix}-*"]
        (name,) = place.there()
        settings = client.indices.get_settings(index=name)[name]["settings"]["index"]
        assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("2", "1")
        assert client.cluster.health(index=name)["status"] == "green"
        with pytest.raises(TransportError, match="blocked by"):
            client.index(index=name, body={})


def test_the_last_two_generations_stay_and_the_alias_leads_to_the_newest(place: Place) -> None:
    before = []
    for text in ("first", "second", "third"):
        place.change(f"The {text} text.")
        assert place.build()
        before.append(place.named()[0])
        assert place.alias() == [before[-1]]
        assert sorted(place.named()) == place.there() == sorted(before[-2:])
        assert small.held(place.index) == {"A/79/1": [f"The {text} text."]}


def test_where_nothing_changed_nothing_is_done(place: Place) -> None:
    assert place.build()
    named = place.named()
    assert not place.build()
    assert place.there() == named == place.named()
    assert place.build(shards=1)
    assert place.build(shards=1, replicas=0)


def test_an_index_can_move_to_a_longer_prefix_and_back(place: Place) -> None:
    """The one begins like the other, and so do the names of all indexes."""
    longer = f"{place.prefix}-longer"
    for at, prefix in enumerate([place.prefix, longer, place.prefix, longer, longer, longer]):
        assert place.build(prefix=prefix, shards=1 + at)
        assert small.held(place.index) == {"A/79/1": ["The victims are protected."]}
    assert place.there() == [f"{longer}-{name}" for name in sorted(generations.published(place.index))]


def test_a_pinned_reader_answers_while_a_newer_generation_is_published(place: Place) -> None:
    place.build()
    with open_index(place.index) as reader:
        place.change("Nobody is protected.")
        place.build()
        assert reader.search(SearchPlan(query=Term("victims"))).total == 1
    with open_index(place.index) as reader:
        assert reader.search(SearchPlan(query=Term("victims"))).total == 0


def test_what_another_directory_has_on_the_cluster_is_left_alone(place: Place, tmp_path: Path) -> None:
    other = Place(place.files, tmp_path / "other", place.cluster, place.prefix)
    place.build()
    other.build()
    for text in ("a", "b", "c"):
        place.change(f"Text {text}.")
        place.build()
    assert place.there() == sorted([*place.named(), *other.named()])
    assert small.held(other.index) == {"A/79/1": ["The victims are protected."]}


def test_an_index_that_is_gone_from_the_cluster_is_said_and_built_again(place: Place) -> None:
    place.build()
    with OpenSearch(hosts=place.cluster.urls[0]) as client, open_index(place.index) as reader:
        client.indices.delete(index=place.named()[0])
        with pytest.raises(
            IndexDamagedError, match=r"is no longer on the cluster .*; run: pilcrow index --engine opensearch\."
        ):
            reader.search(SearchPlan())
    with pytest.raises(IndexDamagedError) as caught:
        open_index(place.index)
    assert str(caught.value).endswith(f"; run: pilcrow index --engine opensearch --index {place.index}.")
    assert place.build()
    assert small.held(place.index) == {"A/79/1": ["The victims are protected."]}


def test_without_an_address_a_build_goes_where_the_last_one_went(place: Place) -> None:
    place.build()
    place.change("Another text.")
    report = build([place.files], place.index, engine="opensearch", cluster={"prefix": place.prefix})
    assert report.changed
    assert place.there() == sorted(place.named())


def test_another_engine_takes_over_and_the_cluster_is_cleared(place: Place) -> None:
    place.build()
    for text in ("first", "second"):
        place.change(f"The {text} text.")
        report = build([place.files], place.index, engine="whoosh")
        assert (report.engine, report.parsed) == ("whoosh", 1)
    assert place.there() == []
    assert not (place.index / CLUSTERS).exists()
    assert build([place.files], place.index, engine="opensearch", cluster=place.settings).parsed == 0


def test_an_aborted_build_leaves_no_index(place: Place, tmp_path: Path) -> None:
    engine = remote(connection(place.settings))
    (tmp_path / "data").mkdir()
    writer = engine.write(tmp_path / "data")
    assert len(place.there()) == 1
    writer.add(CORPUS[0])
    writer.abort()
    writer.abort()
    assert place.there() == []


KILLED = """
import os, signal, sys
from indexer.build import build
def tell(progress):
    if progress.step == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
settings = {"url": sys.argv[4], "prefix": sys.argv[5]}
build([sys.argv[2]], sys.argv[3], engine="opensearch", cluster=settings, progress=tell)
"""


@pytest.mark.parametrize("step", ["write", "commit", "seal", "publish"])
def test_killed_at_any_moment_the_index_answers_and_the_next_build_clears_up(place: Place, step: str) -> None:
    place.build()
    place.change("Nobody is protected.")
    arguments = [step, str(place.files), str(place.index), ",".join(place.cluster.urls), place.prefix]
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL
    texts = {"publish": "Nobody is protected."}
    assert small.held(place.index) == {"A/79/1": [texts.get(step, "The victims are protected.")]}
    assert place.build() == (step != "publish")
    assert small.held(place.index) == {"A/79/1": ["Nobody is protected."]}
    assert place.there() == sorted(place.named())
    assert place.alias() == place.named()[:1]


# ------------------------------------------------------------------------------------------------------ bulk


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Errors that the next bulk requests end with, before any is taken; nobody waits."""
    errors: list[Exception] = []
    once = Client.once

    def refuse(self: Client, method: str, path: str, *arguments: object, **more: object) -> object:
        if path.endswith("_bulk") and errors:
            raise errors.pop(0)
        return once(self, method, path, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Client, "once", refuse)
    monkeypatch.setattr(opensearch_writer.time, "sleep", lambda _: None)
    return errors


def test_what_the_cluster_cannot_take_is_sent_again_in_smaller_parts(
    place: Place, refusing: list[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_writer, "_TAKEN_AT_ONCE", 5)
    refusing += [TransportError(429, "rejected_execution_exception", {}), TransportError(413, "too large", "")]
    engine = remote(connection(place.settings))
    directory = tmp_path / "data"
    directory.mkdir()
    writer = engine.write(directory)
    for parsed in CORPUS:
        writer.add(parsed)
    writer.commit()
    with engine.open(directory, manifest_of(engine, CORPUS)) as reader:
        assert [reader.paragraphs(each.document.id) for each in CORPUS] == [each.paragraphs for each in CORPUS]


def test_a_cluster_that_never_takes_it_is_said_and_nothing_is_left(place: Place, refusing: list[Exception]) -> None:
    refusing += [TransportError(429, "rejected_execution_exception", {})] * 100
    with pytest.raises(EngineUnavailableError, match=r"has too much to do .* try again when it is less busy"):
        place.build()
    assert place.there() == []


def test_full_disks_are_said_at_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cluster sets this block by itself when a disk is nearly full."""
    flush = opensearch_writer.Writer._flush

    def on_full_disks(self: opensearch_writer.Writer) -> None:
        with OpenSearch(hosts=place.cluster.urls[0]) as client:
            body = {"index.blocks.read_only_allow_delete": True}
            client.indices.put_settings(index=f"{place.prefix}-*", body=body)
        flush(self)

    monkeypatch.setattr(opensearch_writer.Writer, "_flush", on_full_disks)
    with pytest.raises(EngineUnavailableError, match=r"disks of the cluster .* are too full .*; make room there"):
        place.build()
    assert place.there() == []


def test_a_stored_password_is_nowhere(place: Place) -> None:
    place.build(user="me", password="s3cret")  # noqa: S106  # made up; the nodes ask nobody
    for folder, _, names in os.walk(place.index):
        for name in names:
            assert b"s3cret" not in (Path(folder) / name).read_bytes()
