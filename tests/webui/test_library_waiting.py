"""Nobody waits for another visitor's opening for long, nor finds out again what was found out a moment ago."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from pilcrow.engine import generations, opensearch_client, tables
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.errors import EngineUnavailableError, EngineUnreachableError
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.opensearch_writer import PLACE, Place
from pilcrow.settings import Settings
from tests.webui import library_of_traps
from webui import create_app
from webui import library as library_module
from webui.library import Library


class Hanging:
    """A cluster that takes connections and never answers; ``connections`` are those that it has taken.

    With ``hang_up`` it ends each connection at once.
    """

    def __init__(self, *, hang_up: bool = False) -> None:
        self._hang_up = hang_up
        self.connections: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._taking = threading.Thread(target=self._take, daemon=True)
        self._taking.start()

    def _take(self) -> None:
        while True:
            try:
                connection = self._listening.accept()[0]
            except OSError:
                return
            self.connections.append(connection)
            if self._hang_up:
                connection.close()

    def close(self) -> None:
        """Let everyone go."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._taking.join()
        for connection in self.connections:
            connection.close()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    cluster = Hanging()
    monkeypatch.setattr(opensearch_client, "_PAUSES", ())
    yield cluster
    cluster.close()


def publish_remote(directory: Path, url: str) -> str:
    """Publish a generation whose paragraphs lie on the cluster at ``url``, and give its name."""
    with generations.building(directory), generations.new_generation(directory) as made:
        tables.write(made.data, tables.TableBuilder().finished())
        (made.data / PLACE).write_bytes(msgspec.json.encode(Place("pilcrow-x", {"url": [url]})))
        tables.seal(made.data)
        manifest = Manifest(
            generation=made.name,
            engine="opensearch",
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow="test",
            corpus="",
            documents=0,
            paragraphs=0,
            built="2026-01-01T00:00:00Z",
        )
        generations.seal(made, manifest, {})
        generations.publish(directory, made)
    return made.name


def test_while_a_new_generation_is_being_opened_others_are_lent_the_old_one(tmp_path: Path, hanging: Hanging) -> None:
    old = library_of_traps.publish(tmp_path, library_of_traps.documents())
    app = create_app(tmp_path, settings=Settings(rate=0, timeout=3))
    assert app.test_client().get("/?q=victims").status_code == 200
    publish_remote(tmp_path, hanging.url)
    with ThreadPoolExecutor(1) as first:
        opening = first.submit(app.test_client().get, "/?q=victims")
        while not hanging.connections:
            pass
        while not opening.done():
            answer = app.test_client().get("/api/search?q=victims")
            assert (answer.status_code, answer.get_json()["index"]) == (200, old)
        assert opening.result().status_code == 200  # it could not be opened in time: the old one goes on


def test_without_an_older_one_visitors_of_a_hanging_cluster_are_all_told_in_time(
    tmp_path: Path, hanging: Hanging
) -> None:
    publish_remote(tmp_path, hanging.url)
    app = create_app(tmp_path, settings=Settings(rate=0, timeout=1))
    with ThreadPoolExecutor(8) as visitors:
        pages = list(visitors.map(lambda _: app.test_client().get("/?q=victims"), range(8)))
    assert [page.status_code for page in pages] == [503] * 8
    assert len(hanging.connections) == 1
    assert all("Retry-After" in page.headers for page in pages)
    assert all('value="victims"' in page.text for page in pages)


def test_a_cluster_that_cannot_be_reached_is_not_tried_by_everyone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_client, "_PAUSES", ())
    monkeypatch.setattr(library_module, "BELIEVED", 3_600.0)
    monkeypatch.setattr(library_module, "WAIT", 60.0)
    cluster = Hanging(hang_up=True)
    publish_remote(tmp_path, cluster.url)
    library = Library(tmp_path)
    with pytest.raises(EngineUnreachableError, match="ended the connection without an answer"), library.reader():
        pass
    tried = len(cluster.connections)
    for _ in range(3):
        with pytest.raises(EngineUnreachableError, match="ended the connection without an answer"), library.reader():
            pass
    assert len(cluster.connections) == tried > 0
    cluster.close()


def test_a_cluster_that_goes_away_under_an_open_index_is_not_asked_by_everyone(tmp_path: Path) -> None:
    library_of_traps.publish(tmp_path, library_of_traps.documents())
    library = Library(tmp_path)
    with pytest.raises(EngineUnreachableError, match="gone"), library.reader():
        raise EngineUnreachableError("The cluster is gone.")
    with pytest.raises(EngineUnreachableError, match="gone"), library.reader():
        raise AssertionError("nothing should have been lent")


def test_one_question_that_takes_too_long_is_no_reason_to_stop_asking(tmp_path: Path) -> None:
    library_of_traps.publish(tmp_path, library_of_traps.documents())
    library = Library(tmp_path)
    with pytest.raises(EngineUnavailableError), library.reader():
        raise EngineUnavailableError("OpenSearch did not answer within 30 s.")
    with library.reader() as reader:
        assert len(reader.documents()) == 4
    library.close()


def test_a_new_index_that_is_damaged_leaves_the_old_one_where_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = library_of_traps.publish(tmp_path, library_of_traps.documents())
    visitor = create_app(tmp_path).test_client()
    assert visitor.get("/?q=victims").status_code == 200
    new = library_of_traps.publish(tmp_path, library_of_traps.documents())
    for file in (tmp_path / "generations" / new / "data").iterdir():
        file.unlink()
    answer = visitor.get("/api/search?q=victims")
    assert (answer.status_code, answer.get_json()["index"]) == (200, old)
    assert "The new index cannot be used, the old one goes on" in caplog.text
