"""Building an index: only what is new is read, what is refused is said, the old index stands till the end."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from indexer.build import STEPS, NothingToIndexError, Progress, build
from indexer.parsed_store import ENGINE_PARTS, NOT_PARSING
from indexer.reading import Reading
from indexer.report import BuildReport, Refused, Unknown, read_report, unknown_fields
from pilcrow.engine.errors import (
    CatalogueError,
    IndexDamagedError,
    IndexUnusableError,
    IndexVersionError,
    PilcrowError,
    ReadingError,
)
from pilcrow.engine.generations import current, generation, open_index, read_manifest
from pilcrow.engine.model import AgendaItem, Document, Paragraph, ParsedDocument
from tests.conftest import ROOT
from tests.indexer import parsers
from tests.indexer.small import held, write

FIRST = "The Working Group considered the protection of victims of trafficking."
SECOND = "Belarus spoke about the assistance to victims."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, "b.txt", "A/79/9", FIRST, SECOND)
    write(folder, "a.txt", "A/79/10", FIRST)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


class Read(list[str]):
    """The names of the files that were read, in order, by builds that tell it (``progress=read``)."""

    def __call__(self, progress: Progress) -> None:
        if progress.step == "parse" and progress.name:
            self.append(progress.name)
            self.sort()


@pytest.fixture
def read() -> Read:
    return Read()


def test_a_build_reports_what_it_did_and_the_index_answers_in_the_order_of_symbols(corpus: Path, index: Path) -> None:
    report = build([corpus], index)
    assert report == BuildReport(
        generation=current(index),
        engine="whoosh",
        engine_reason="because Whoosh answers quickly up to 75,000 paragraphs",
        roots=(str(corpus),),
        files=2,
        parsed=2,
        reused=0,
        documents=2,
        paragraphs=3,
        unknown=(
            Unknown(id="A/79/9", name="b.txt", fields=("agenda item",)),
            Unknown(id="A/79/10", name="a.txt", fields=("agenda item",)),
        ),
        seconds=report.seconds,
    )
    assert held(index) == {"A/79/9": [FIRST, SECOND], "A/79/10": [FIRST]}
    assert read_report(index) == report


def test_where_nothing_changed_nothing_is_done(corpus: Path, index: Path, read: Read) -> None:
    first = build([corpus], index, progress=read)
    read.clear()
    again = build([corpus], index, progress=read)
    assert again == replace(first, changed=False, parsed=0, reused=2, seconds=again.seconds)
    assert read == []
    assert again.render() == "Nothing changed: 2 documents, 3 paragraphs (2 files, 0 refused)."


def test_an_agenda_item_is_unknown_only_where_no_paragraph_has_one() -> None:
    paragraph = Paragraph(id="A/79/1#p1", document="A/79/1", ordinal=1, text=FIRST)
    without = ParsedDocument(document=Document(id="A/79/1", symbols=("A/79/1",), title="One"), paragraphs=(paragraph,))
    some = replace(without, paragraphs=(paragraph, replace(paragraph, agenda=(AgendaItem(number="2"),))))
    assert unknown_fields(without) == ("date", "body", "session", "agenda item", "type", "language")
    assert unknown_fields(some) == ("date", "body", "session", "type", "language")


def test_to_find_out_that_nothing_changed_neither_nltk_nor_whoosh_nor_a_reader_is_imported(
    corpus: Path, index: Path
) -> None:
    build([corpus], index)
    code = (
        "import sys; from pathlib import Path; from indexer.build import build\n"
        "report = build([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "print(report.changed, sorted({'nltk', 'whoosh', 'bs4', 'rich', 'indexer.parse'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(corpus), str(index)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False []\n"


def test_one_changed_file_is_the_only_one_that_is_parsed(corpus: Path, index: Path, read: Read) -> None:
    build([corpus], index, progress=read)
    read.clear()
    write(corpus, "a.txt", "A/79/10", "Another paragraph altogether.")
    report = build([corpus], index, progress=read)
    assert (read, report.parsed, report.reused) == (["a.txt"], 1, 1)
    assert held(index) == {"A/79/9": [FIRST, SECOND], "A/79/10": ["Another paragraph altogether."]}


def test_a_change_that_leaves_size_and_time_of_the_file_as_they_were_is_seen(corpus: Path, index: Path) -> None:
    """A copy that keeps the times, of a text of the same length: only the time of the inode tells."""
    path = corpus / "a.txt"
    before = path.stat()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns - 10**12))
    build([corpus], index)
    stamped = path.stat()
    write(corpus, "a.txt", "A/79/10", FIRST.replace("victims", "VICTIMS"))
    os.utime(path, ns=(stamped.st_atime_ns, stamped.st_mtime_ns))
    assert path.stat().st_size == stamped.st_size
    build([corpus], index)
    assert held(index)["A/79/10"] == [FIRST.replace("victims", "VICTIMS")]


def test_a_file_that_was_only_touched_is_not_parsed_again(corpus: Path, index: Path, read: Read) -> None:
    build([corpus], index, progress=read)
    read.clear()
    os.utime(corpus / "a.txt", (1_000_000_000, 1_000_000_000))
    assert build([corpus], index, progress=read).changed is False
    assert read == []


def test_an_index_moves_to_another_engine_without_a_file_being_read(corpus: Path, index: Path, read: Read) -> None:
    build([corpus], index, engine="whoosh")
    before = held(index)
    moved = build([corpus], index, engine="tantivy", progress=read)
    assert (moved.engine, moved.engine_reason, moved.parsed, moved.reused) == ("tantivy", "as asked for", 0, 2)
    assert read_manifest(index).engine == "tantivy"
    assert (read, held(index)) == ([], before)
    assert not build([corpus], index, engine="tantivy").changed
    assert build([corpus], index, progress=read).engine == "whoosh"
    assert (read, held(index)) == ([], before)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_is_gone_changed_or_new_is_so_in_every_engine(corpus: Path, index: Path, engine: str) -> None:
    build([corpus], index, engine=engine)
    (corpus / "a.txt").unlink()
    write(corpus, "b.txt", "A/79/9", SECOND)
    write(corpus, "c.txt", "A/79/11", FIRST, SECOND)
    report = build([corpus], index, engine=engine)
    assert (report.engine, report.parsed, report.reused) == (engine, 2, 0)
    assert held(index) == {"A/79/9": [SECOND], "A/79/11": [FIRST, SECOND]}


def test_a_file_that_is_gone_is_gone_from_the_index_and_from_the_store(corpus: Path, index: Path) -> None:
    build([corpus], index)
    (corpus / "b.txt").unlink()
    assert build([corpus], index).documents == 1
    assert held(index) == {"A/79/10": [FIRST]}
    assert len(list((index / "parsed").glob("*.json"))) == 2  # the one document, and the hashes of files


def test_a_catalogue_entry_that_changes_makes_its_file_read_anew_and_no_other(
    corpus: Path, index: Path, read: Read
) -> None:
    build([corpus], index, progress=read)
    read.clear()
    (corpus / "catalogue.toml").write_text('["a.txt"]\ntitle = "What the catalogue says"\n')
    build([corpus], index, progress=read)
    assert read == ["a.txt"]
    with open_index(index) as reader:
        assert [document.title for document in reader.documents()] == [
            "Report of the Working Group on Trafficking in Persons",
            "What the catalogue says",
        ]


def test_a_catalogue_entry_about_no_file_is_said_each_time(corpus: Path, index: Path) -> None:
    (corpus / "catalogue.toml").write_text('["a.tx"]\ntitle = "What the catalogue says"\n')
    assert build([corpus], index).unused == ("a.tx",)
    again = build([corpus], index)
    assert (again.changed, again.unused) == (False, ("a.tx",))
    assert again.render().endswith("\nIn catalogue.toml, but no file of that name:\n  a.tx")
    assert build([corpus / "a.txt"], index).unused == ()


def test_a_catalogue_that_cannot_be_read_stops_the_build_and_leaves_the_index(corpus: Path, index: Path) -> None:
    build([corpus], index)
    (corpus / "catalogue.toml").write_text('["a.txt"]\ntitel = "What the catalogue says"\n')
    with pytest.raises(CatalogueError, match="did you mean title"):
        build([corpus], index)
    assert len(held(index)) == 2


@pytest.mark.parametrize("damage", ["", "not json", None])
def test_a_damaged_entry_of_the_store_is_parsed_again(
    corpus: Path, index: Path, read: Read, damage: str | None
) -> None:
    build([corpus], index, progress=read)
    for entry in (index / "parsed").iterdir():
        if entry.name != "files.json":
            entry.write_text(entry.read_text().replace("victims", "hackers") if damage is None else damage)
    read.clear()
    write(corpus, "c.txt", "A/79/11", "A third document.")
    build([corpus], index, progress=read)
    assert read == ["a.txt", "b.txt", "c.txt"]
    assert held(index)["A/79/10"] == [FIRST]


def test_damaged_hashes_of_files_cost_a_look_at_the_files_and_nothing_else(corpus: Path, index: Path) -> None:
    build([corpus], index)
    (index / "parsed" / "files.json").write_text("{")
    assert build([corpus], index).changed is False


def test_a_damaged_generation_is_built_again_from_what_was_parsed(corpus: Path, index: Path, read: Read) -> None:
    build([corpus], index, progress=read)
    read.clear()
    for path in (generation(index, current(index)) / "data").iterdir():
        path.unlink()
    assert build([corpus], index, progress=read).changed is True
    assert read == []
    assert len(held(index)) == 2


def test_a_changed_byte_in_a_generation_is_mended_by_the_next_build(corpus: Path, index: Path) -> None:
    """Its size is as it was, so that the build once said that nothing had changed, and the index stayed damaged."""
    folder = generation(index, build([corpus], index).generation) / "data"
    file = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(IndexDamagedError):
        open_index(index)
    assert build([corpus], index).changed
    open_index(index).close()


@pytest.mark.parametrize("field", ["schema", "analysis", "pilcrow"])
def test_an_index_of_another_version_is_built_again_from_what_was_parsed(
    corpus: Path, index: Path, read: Read, field: str
) -> None:
    build([corpus], index, progress=read)
    read.clear()
    manifest = replace(read_manifest(index), **{field: "0.0.1" if field == "pilcrow" else 0})
    (generation(index, current(index)) / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    if field != "pilcrow":
        with pytest.raises(IndexVersionError):
            open_index(index)
    report = build([corpus], index, progress=read)
    assert (report.changed, report.reused, read) == (True, 2, [])
    assert len(held(index)) == 2


def test_refused_files_do_not_stop_the_others_and_are_read_once(corpus: Path, index: Path, read: Read) -> None:
    (corpus / "latin.txt").write_bytes(b"\x00\x01binary")
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "sub").mkdir()
    (corpus / "sub" / "long.txt").write_text("word " * 300_000)
    report = build([corpus], index, progress=read)
    assert [each.name for each in report.refused] == ["empty.txt", "latin.txt", "sub/long.txt"]
    assert all(each.reason and each.remedy for each in report.refused)
    assert "1,500,000 characters" in report.refused[2].reason
    assert len(held(index)) == 2
    read.clear()
    again = build([corpus], index, progress=read)
    assert (again.changed, again.refused, read) == (False, report.refused, [])


def test_a_line_of_200_megabytes_is_refused_and_the_others_are_indexed(corpus: Path, index: Path) -> None:
    with (corpus / "data.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"lorem ipsum dolo" * 65_536)
    report = build([corpus], index)
    assert [each.name for each in report.refused] == ["data.txt"]
    assert "characters" in report.refused[0].reason
    assert report.documents == 2


def test_a_file_that_may_not_be_read_is_refused_and_tried_again_next_time(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the operating system's refusal is given in its stead."""
    real = Path.open

    def refusing(path: Path, *arguments: str, **keywords: str) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **keywords)

    with monkeypatch.context() as context:
        context.setattr(Path, "open", refusing)
        report = build([corpus], index)
    assert report.refused == (
        Refused(
            name="a.txt",
            reason="it cannot be read (Permission denied)",
            remedy="get the right to read it, or move it away",
        ),
    )
    assert build([corpus], index).refused == ()


def test_a_mistake_of_a_reader_costs_its_own_file_only(corpus: Path, index: Path) -> None:
    (refused,) = build([corpus], index, reading=Reading(parse=parsers.mistaken)).refused
    assert refused.reason.startswith("Pilcrow itself failed at it (KeyError in parsers.py, line ")
    assert held(index) == {"A/79/9": [FIRST, SECOND]}


def test_a_file_that_changes_while_it_is_read_is_refused_until_the_next_build(corpus: Path, index: Path) -> None:
    changed = build([corpus], index, reading=Reading(parse=parsers.changing))
    assert [each.reason for each in changed.refused] == ["it changed while it was read"]
    report = build([corpus], index)
    assert (report.changed, report.refused) == (True, ())
    assert build([corpus], index).changed is False


def test_links_out_of_the_folder_and_things_that_are_no_files_are_refused(corpus: Path, index: Path) -> None:
    outside = write(corpus.parent / "elsewhere", "c.txt", "A/79/11", FIRST)
    (corpus / "link.txt").symlink_to(outside)
    (corpus / "folder").symlink_to(outside.parent)
    (corpus / "nowhere.txt").symlink_to(corpus / "none.txt")
    (corpus / "inside.txt").symlink_to(corpus / "a.txt")
    os.mkfifo(corpus / "pipe.txt")
    (corpus / ".hidden.txt").write_text("not for indexing")
    (corpus / ".git").mkdir()
    (corpus / ".git" / "config.txt").write_text("not for indexing")
    report = build([corpus], index)
    assert [(each.name, each.reason) for each in report.refused] == [
        ("folder", "it is a link to a place outside the folder"),
        ("link.txt", "it is a link to a place outside the folder"),
        ("nowhere.txt", "it is a link that leads nowhere"),
        ("pipe.txt", "it is no regular file"),
    ]
    assert (report.files, report.documents, report.duplicates) == (6, 2, ())


def test_an_empty_corpus_is_said_and_the_old_index_stays(corpus: Path, index: Path, tmp_path: Path) -> None:
    build([corpus], index)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToIndexError) as caught:
        build([empty], index)
    assert str(caught.value) == f"There is no document in {empty}; put files there, or name another folder."
    assert len(held(index)) == 2


def test_where_every_file_is_refused_it_is_said_and_the_old_index_stays(
    corpus: Path, index: Path, tmp_path: Path
) -> None:
    build([corpus], index)
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "one.txt").write_bytes(b"")
    (bad / "two.txt").write_bytes(b"\x00")
    with pytest.raises(NothingToIndexError, match=r"No file in .*bad can be indexed: one\.txt: .*; .* \(and 1 more"):
        build([bad], index)
    assert len(held(index)) == 2


def test_a_folder_that_is_not_there_is_said_and_the_old_index_stays(corpus: Path, index: Path) -> None:
    build([corpus], index)
    with pytest.raises(ReadingError, match="there is no such file or folder; name the folder that holds"):
        build([corpus / "none"], index)
    assert len(held(index)) == 2


def test_single_files_can_be_given_and_the_index_inside_the_folder_is_passed_over(corpus: Path) -> None:
    index = corpus / "index"
    assert build([corpus / "a.txt"], index).documents == 1
    assert build([corpus], index).documents == 2
    assert build([corpus], index).changed is False


def test_an_engine_that_is_not_here_is_refused_before_anything_is_written(corpus: Path, index: Path) -> None:
    with pytest.raises(PilcrowError, match="There is no engine “lucene”"):
        build([corpus], index, engine="lucene")
    assert not (index / "CURRENT").exists()


def test_an_index_directory_that_may_not_be_written_is_said(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refusing)
    with pytest.raises(IndexUnusableError) as caught:
        build([corpus], index)
    assert str(caught.value) == (
        f"{index}/generations may not be written (permission denied); get the right to write there, or choose another "
        "place with --index."
    )


@pytest.mark.parametrize("room", [100, 5_000, 20_000])
def test_where_there_is_no_room_it_is_said_and_the_old_index_answers(corpus: Path, index: Path, room: int) -> None:
    """A limit on the size of files stands for a full disk: writing fails in the same way, at the same places."""
    build([corpus], index)
    write(corpus, "c.txt", "A/79/11", *[f"Paragraph {number} on trafficking." for number in range(100)])
    code = (
        "import resource, sys; from pathlib import Path; from indexer.build import build\n"
        "from pilcrow.engine.errors import IndexUnusableError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "try:\n    build([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "except IndexUnusableError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(corpus), str(index)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        f"There is no room left to write the index {index} (file too large); what was there before is unharmed: "
        "make room, or choose another place with --index, and try again.\n"
    )
    assert len(held(index)) == 2
    assert len(list((index / "generations").iterdir())) == 1
    assert build([corpus], index).documents == 3


def test_several_processes_parse_to_the_same_index(corpus: Path, index: Path, tmp_path: Path) -> None:
    for number in range(4):
        write(corpus, f"more/{number}.txt", f"A/79/2{number}", f"Paragraph {number}.")
    (corpus / "empty.txt").write_bytes(b"")
    one, two = build([corpus], index), build([corpus], tmp_path / "other", reading=Reading(jobs=2))
    assert (two.documents, two.refused) == (one.documents, one.refused)
    assert held(tmp_path / "other") == held(index)


def test_every_step_is_told_in_its_order(corpus: Path, index: Path) -> None:
    told: list[Progress] = []
    build([corpus], index, progress=told.append)
    assert tuple(dict.fromkeys(each.step for each in told)) == STEPS
    assert [(each.done, each.total, each.name) for each in told if each.step == "parse"] == [
        (0, 2, ""),
        (1, 2, "b.txt"),
        (2, 2, "a.txt"),
    ]


def test_the_version_of_the_parser_covers_every_part_of_the_engine_that_the_indexer_uses() -> None:
    """A module left out would let a changed parser go on serving what the old one had parsed."""
    room = ROOT / "pilcrow" / "engine"
    parsing = [path for path in (ROOT / "indexer").rglob("*.py") if path.name not in NOT_PARSING]
    parsing += [room / part for part in ENGINE_PARTS if part.endswith(".py")]
    used = set()
    for path in parsing:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.replace(",", " ").split()
            if words[:2] == ["from", "pilcrow.engine"]:
                used |= set(words[3:])
            elif words[:1] == ["from"] and words[1].startswith("pilcrow.engine."):
                used.add(words[1].split(".")[2])
    assert {f"{name}.py" for name in used} - {"errors.py"} <= set(ENGINE_PARTS)
    assert all((room / part).exists() for part in ENGINE_PARTS)
