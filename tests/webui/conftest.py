"""Real sites over real indexes: the project's corpus, and made-up documents that pages break on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.build import build
from tests.webui import library_of_traps, library_of_years
from webui import create_app

Soup = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The index of the project's own four documents."""
    directory = tmp_path_factory.mktemp("corpus") / "index"
    build([corpus], directory, engine="whoosh")
    return directory


@pytest.fixture(scope="session")
def traps_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the made-up documents."""
    directory, files = tmp_path_factory.mktemp("traps") / "index", tmp_path_factory.mktemp("files")
    for name, content in library_of_traps.FILES.items():
        (files / name).write_bytes(content)
    library_of_traps.publish(directory, library_of_traps.documents(), roots=(str(files),))
    return directory


@pytest.fixture(scope="session")
def years_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of eighty years of made-up documents."""
    directory = tmp_path_factory.mktemp("years") / "index"
    library_of_traps.publish(directory, library_of_years.documents())
    return directory


@pytest.fixture(scope="session")
def corpus_client(corpus_index: Path) -> FlaskClient:
    """A visitor of the site of the corpus."""
    return create_app(corpus_index).test_client()


@pytest.fixture(scope="session")
def client(traps_index: Path) -> FlaskClient:
    """A visitor of the site of the made-up documents."""
    return create_app(traps_index).test_client()


@pytest.fixture
def soup(client: FlaskClient) -> Soup:
    """Reads a page of the made-up site, which must answer 200."""

    def read(url: str) -> BeautifulSoup:
        response = client.get(url)
        assert response.status_code == 200, f"{url}: {response.status}"
        return BeautifulSoup(response.text, "html.parser")

    return read
