"""The index directory: what is published answers, the half-written never does, nothing in use is swept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pilcrow.engine import generations
from pilcrow.engine.adapters import engine
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest, SearchPlan
from pilcrow.engine.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexUnusableError,
    IndexVersionError,
    NoIndexError,
    PilcrowError,
)
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.generations import (
    Building,
    building,
    current,
    generation,
    intact,
    new_generation,
    open_index,
    publish,
    read_manifest,
    seal,
)
from pilcrow.engine.model import Document, Paragraph, ParsedDocument


def parsed(text: str) -> ParsedDocument:
    paragraph = Paragraph(id="A/79/1#p1", document="A/79/1", ordinal=1, text=text, marker="1")
    return ParsedDocument(document=Document(id="A/79/1", symbols=("A/79/1",)), paragraphs=(paragraph,))


def manifest_of(made: Building) -> Manifest:
    return Manifest(
        generation=made.name,
        engine="whoosh",
        schema=SCHEMA_VERSION,
        analysis=ANALYSIS_VERSION,
        pilcrow="0.1.0",
        corpus="",
        documents=1,
        paragraphs=1,
        built="2026-01-02T03:04:05Z",
    )


def put(directory: Path, text: str) -> str:
    """Publish a generation with one paragraph of ``text``; its name."""
    with building(directory), new_generation(directory) as made:
        writer = engine("whoosh").write(made.data)
        writer.add(parsed(text))
        writer.commit()
        seal(made, manifest_of(made), {"notes.json": b"{}"})
        publish(directory, made)
        generations.sweep(directory)
    return made.name


def texts(directory: Path) -> list[str]:
    with open_index(directory) as reader:
        return [hit.paragraph.text for hit in reader.search(SearchPlan()).hits]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    directory = tmp_path / "index"
    put(directory, "first")
    return directory


def test_what_was_published_last_answers(index: Path) -> None:
    put(index, "second")
    assert texts(index) == ["second"]


def test_a_reader_keeps_to_the_generation_that_it_opened(index: Path) -> None:
    with open_index(index) as reader:
        put(index, "second")
        assert [hit.paragraph.text for hit in reader.search(SearchPlan()).hits] == ["first"]
    assert texts(index) == ["second"]


def test_the_last_two_generations_are_kept_and_older_ones_are_not(index: Path) -> None:
    first = current(index)
    second, third = put(index, "second"), put(index, "third")
    kept = sorted(folder.name for folder in (index / "generations").iterdir())
    assert kept == sorted([second, third])
    assert first not in kept


def test_a_generation_that_was_not_published_is_removed_by_the_next_build(index: Path) -> None:
    half = generation(index, "20260101-000000-ffffff")
    (half / "data").mkdir(parents=True)
    (half / "data" / "part").write_text("half")
    with building(index):
        assert not half.exists()
    assert texts(index) == ["first"]


def test_a_failure_while_writing_leaves_no_folder_behind(index: Path) -> None:
    before = sorted(index.rglob("*"))
    with building(index), pytest.raises(FileExistsError), new_generation(index) as made:
        made.data.mkdir()
    assert sorted(index.rglob("*")) == before


def test_without_an_index_the_command_that_builds_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError) as caught:
        open_index(tmp_path / "none")
    assert str(caught.value) == (
        f"There is no index in {tmp_path}/none; build one with: pilcrow index FOLDER --index {tmp_path}/none "
        "(or name another with --index)."
    )


def test_a_file_in_place_of_the_directory_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no index")
    with pytest.raises(NoIndexError, match="is not an index but a file"):
        open_index(tmp_path / "index")
    with pytest.raises(IndexUnusableError, match="is a file and not a folder; choose another place"):
        put(tmp_path / "index", "first")


@pytest.mark.parametrize("field", ["schema", "analysis"])
def test_an_index_of_another_version_is_refused_with_the_command_to_rebuild(index: Path, field: str) -> None:
    manifest = read_manifest(index)
    other = replace(manifest, **{field: 999})
    (generation(index, current(index)) / "manifest.json").write_bytes(msgspec.json.encode(other))
    with pytest.raises(IndexVersionError, match=f"{field} 999.*run: pilcrow index --index {index}") as caught:
        open_index(index)
    assert f"analysis {ANALYSIS_VERSION}" in str(caught.value)


def test_a_manifest_with_other_fields_is_of_another_version_and_not_damaged(index: Path) -> None:
    (generation(index, current(index)) / "manifest.json").write_bytes(b'{"schema": 77, "shards": 3}')
    with pytest.raises(IndexVersionError, match="by Pilcrow of an unknown version"):
        open_index(index)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"schema": "one"}'])
def test_a_manifest_that_cannot_be_read_is_said_to_be_damaged(index: Path, damage: bytes) -> None:
    (generation(index, current(index)) / "manifest.json").write_bytes(damage)
    if damage == b"":
        (generation(index, current(index)) / "manifest.json").unlink()
    with pytest.raises(IndexDamagedError, match="run: pilcrow index --index"):
        open_index(index)


def test_a_damaged_generation_is_said_with_the_command_that_builds_this_index_again(tmp_path: Path) -> None:
    """The command once named no index, and would have built another one than the damaged."""
    index = tmp_path / "an index"
    put(index, "first")
    for file in sorted((generation(index, current(index)) / "data").iterdir()):
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(IndexDamagedError) as raised:
            open_index(index)
        assert str(raised.value) == f"{file} is missing; run: pilcrow index --index '{index}'."
        file.write_bytes(whole)


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"../../etc\n", b".hidden\n"])
def test_a_damaged_pointer_is_refused_when_read_and_mended_by_a_build(index: Path, damage: bytes) -> None:
    (index / "CURRENT").write_bytes(damage)
    with pytest.raises(IndexDamagedError):
        open_index(index)
    put(index, "again")
    assert texts(index) == ["again"]


def test_an_empty_pointer_is_no_index(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"")
    with pytest.raises(NoIndexError):
        open_index(index)


def test_a_reader_that_was_overtaken_by_two_publications_opens_the_newest(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that CURRENT named when it was read may be swept before its manifest is read."""
    real, overtaken = generations.read_manifest, []

    def slow(directory: Path, name: str | None = None) -> Manifest:
        if not overtaken:
            overtaken.append(True)
            put(directory, "second")
            put(directory, "third")
        return real(directory, name)

    monkeypatch.setattr(generations, "read_manifest", slow)
    assert texts(index) == ["third"]


def test_an_index_of_an_engine_that_is_not_here_is_refused(index: Path) -> None:
    other = replace(read_manifest(index), engine="lucene")
    (generation(index, current(index)) / "manifest.json").write_bytes(msgspec.json.encode(other))
    with pytest.raises(PilcrowError, match="There is no engine “lucene” in this Pilcrow; choose auto or whoosh"):
        open_index(index)


def test_a_generation_is_intact_while_every_file_is_as_it_was_sealed(index: Path) -> None:
    name = current(index)
    assert intact(index, name)
    file = next(path for path in sorted((generation(index, name) / "data").iterdir()) if path.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert not intact(index, name)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert not intact(index, name)
    file.unlink()
    assert not intact(index, name)
    assert not intact(index, "20260101-000000-ffffff")


HOLD = """
import sys, pathlib
from pilcrow.engine.generations import building
with building(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_is_told_which_process_is_building_and_a_killed_one_holds_nothing(index: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusyError) as caught:
            put(index, "second")
        assert str(caught.value) == (
            f"Process {holder.pid} is building the index {index}; wait until it is done, then try again."
        )
        assert texts(index) == ["first"]
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    put(index, "second")
    assert texts(index) == ["second"]
