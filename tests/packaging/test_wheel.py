"""The wheel has all that it needs: built from this tree, installed elsewhere, and asked there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this tree was installed, without its dependencies."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pilcrow", "indexer", "webui"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    built = tmp_path_factory.mktemp("built")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(source)], cwd=source)
    target = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("pilcrow-*.whl")
    run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)], cwd=built
    )
    return target


def run(command: list[str], *, cwd: Path, path: Path | None = None) -> str:
    """What ``command`` prints, run in ``cwd`` with ``path`` before every installed package."""
    environment = {**os.environ, "PYTHONPATH": str(path) if path else "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_file_that_the_packages_read_is_in_the_wheel(installed: Path) -> None:
    ignored = {"__pycache__"}
    for package in ("pilcrow", "indexer", "webui"):
        wanted = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and not ignored & set(path.parts)
        }
        given = {path.relative_to(installed).as_posix() for path in (installed / package).rglob("*")}
        assert sorted(wanted - given) == []


def test_the_installed_wheel_indexes_a_corpus_and_answers_a_query(
    installed: Path, corpus: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", "from pilcrow.cli import main; main()"]
    index = ["--index", str(tmp_path / "index")]
    where = run([sys.executable, "-c", "import webui; print(webui.__file__)"], cwd=tmp_path, path=installed)
    assert Path(where.strip()).is_relative_to(installed)
    run([*command, "index", str(corpus), *index], cwd=tmp_path, path=installed)
    said = run([*command, "search", "labour inspections", "--format", "json", *index], cwd=tmp_path, path=installed)
    assert json.loads(said)["hits"][0]["citation"] == "CTOC/COP/WG.4/2013/5, para. 21"


def test_the_installed_site_serves_its_pages_and_static_files(installed: Path, tmp_path: Path) -> None:
    program = """
from webui import create_app
client = create_app("index").test_client()
print([client.get(path).status_code for path in ("/", "/help", "/static/pilcrow.css", "/static/pilcrow.js")])
"""
    assert run([sys.executable, "-c", program], cwd=tmp_path, path=installed) == "[503, 200, 200, 200]\n"
