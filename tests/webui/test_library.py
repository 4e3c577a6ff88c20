"""The site sees a new generation at the next request, and finishes with the old one first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pilcrow.engine.errors import NoIndexError
from tests.webui import library_of_traps
from webui import create_app
from webui.library import Library


def test_a_new_generation_is_lent_while_the_old_one_is_read_to_the_end(tmp_path: Path) -> None:
    documents = library_of_traps.documents()
    first = library_of_traps.publish(tmp_path / "index", documents[:1])
    library = Library(tmp_path / "index")
    with library.reader() as old:
        second = library_of_traps.publish(tmp_path / "index", documents)
        with library.reader() as new:
            assert (old.manifest.generation, new.manifest.generation) == (first, second)
            assert (len(old.documents()), len(new.documents())) == (1, len(documents))
        assert len(old.paragraphs("A/79/945")) == 6
    with library.reader() as again:
        assert again is new
    library.close()


def test_visitors_are_answered_while_generations_come_and_go(tmp_path: Path) -> None:
    documents = library_of_traps.documents()
    library_of_traps.publish(tmp_path / "index", documents)
    app = create_app(tmp_path / "index")

    def visit(number: int) -> int:
        return app.test_client().get(f"/?q=victims&page={number % 2 + 1}").status_code

    with ThreadPoolExecutor(max_workers=4) as visitors:
        answers = visitors.map(visit, range(60))
        for _ in range(3):
            library_of_traps.publish(tmp_path / "index", documents)
        assert set(answers) == {200}


def test_without_an_index_nothing_is_lent(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError), Library(tmp_path).reader():
        raise AssertionError("there was nothing to lend")


def test_the_page_answers_as_soon_as_the_index_is_there(tmp_path: Path) -> None:
    client = create_app(tmp_path / "index").test_client()
    before = client.get("/?q=victims")
    assert before.status_code == 503
    assert before.headers["Retry-After"] == "10"
    assert f"pilcrow index --index {tmp_path / 'index'}" in before.text
    library_of_traps.publish(tmp_path / "index", library_of_traps.documents())
    assert client.get("/?q=victims").status_code == 200
