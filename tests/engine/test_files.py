"""Folders that are removed although something is still written into them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pilcrow.engine.files import remove_tree, temporary_folder


def writing_before_each_removal(monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> None:
    """Have a file come into ``folder`` just before it is removed, the first ``times`` times."""
    removed, left = os.rmdir, iter(range(times))

    def late(path: str | Path, *, dir_fd: int | None = None) -> None:
        if Path(path).name == folder.name and next(left, None) is not None:
            (folder / "late.lock").touch()
        removed(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "rmdir", late)


def test_a_folder_into_which_a_lock_is_written_while_it_is_removed_goes_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "meta.json").write_text("{}", encoding="utf-8")
    writing_before_each_removal(monkeypatch, folder, 2)
    remove_tree(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_never_gets_empty_is_an_error_and_not_an_endless_loop(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    writing_before_each_removal(monkeypatch, folder, 1_000)
    with pytest.raises(OSError, match="not empty"):
        remove_tree(folder)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        remove_tree(tmp_path / "index")


def test_a_temporary_folder_goes_with_its_block_also_after_an_error() -> None:
    seen: list[Path] = []

    def failing() -> None:
        with temporary_folder() as folder:
            seen.append(folder)
            (folder / "data").mkdir()
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        failing()
    assert [folder.exists() for folder in seen] == [False]
