"""The settings at the prompt: options made from the table, and where each value came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilcrow.cli.serving import serve
from pilcrow.settings import TABLE
from tests.cli.conftest import Run


def test_serve_has_an_option_for_each_setting() -> None:
    options = {option for parameter in serve.params for option in parameter.opts}
    assert options == {row.option for row in TABLE} | {"--config"}


def test_info_says_where_each_setting_comes_from(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pilcrow.toml"
    file.write_text("timeout = 2.5\n")
    monkeypatch.setenv("PILCROW_CONFIG", str(file))
    monkeypatch.setenv("PILCROW_THREADS", "3")
    out = run("info").out
    assert f"timeout          2.5 seconds  ({file})\n" in out
    assert "threads          3 threads  (PILCROW_THREADS)\n" in out
    assert "base_url         none  (default)\n" in out
    record = json.loads(run("info", "--format", "json").out)["settings"]
    assert list(record) == [row.name for row in TABLE]
    assert record["timeout"] == {"value": "2.5", "unit": "seconds", "from": str(file)}
    assert record["index"]["from"] == "PILCROW_INDEX"


@pytest.mark.parametrize("command", ["serve", "info"])
def test_a_slip_in_the_environment_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("PILCROW_THREDS", "3")
    done = run(command)
    said = "pilcrow: The environment has PILCROW_THREDS, which is no setting; did you mean PILCROW_THREADS?\n"
    assert (done.status, done.err) == (2, said)


def test_every_command_reads_the_index_that_the_file_names(
    run: Run, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PILCROW_INDEX", raising=False)
    (tmp_path / "pilcrow.toml").write_text(f'index = "{index}"\n')
    monkeypatch.chdir(tmp_path)
    assert run("search", "victims").status == 0
    assert f"index            {index}  (pilcrow.toml)\n" in run("info").out
