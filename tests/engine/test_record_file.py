"""Records in a file: each comes back as it was given, alone or beside others, from any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.record_file import RecordFile, RecordWriter

MANY = [
    f"On {day} May the Committee considered report {number} of the State party.".encode()
    for number in range(400)
    for day in range(1, 31)
]


def written(directory: Path, records: list[bytes]) -> RecordFile:
    writer = RecordWriter(directory, "some")
    for record in records:
        writer.add(record)
    writer.close()
    return RecordFile(directory, "some")


@given(records=st.lists(st.binary(max_size=200), max_size=30), data=st.data())
def test_what_was_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[bytes], data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(records) - 1))) if records else []
    found = written(tmp_path_factory.mktemp("records"), records)
    assert len(found) == len(records)
    assert found.some(numbers) == [records[number] for number in numbers]
    found.close()


def test_many_records_are_kept_with_what_they_share(tmp_path: Path) -> None:
    found = written(tmp_path, MANY)
    assert found.some(range(len(MANY))) == MANY
    assert (tmp_path / "some.dictionary").exists()
    assert (tmp_path / "some.records").stat().st_size < sum(map(len, MANY)) / 2
    found.close()


def test_few_records_have_no_dictionary(tmp_path: Path) -> None:
    found = written(tmp_path, MANY[:50])
    assert found.some([49, 0, 49]) == [MANY[49], MANY[0], MANY[49]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["some.ends", "some.records"]
    found.close()


def test_records_that_share_nothing_are_kept_all_the_same(tmp_path: Path) -> None:
    """The library trains no dictionary on them."""
    records = [b""] * 300
    found = written(tmp_path, records)
    assert found.some(range(300)) == records
    assert not (tmp_path / "some.dictionary").exists()
    found.close()


def test_threads_read_side_by_side(tmp_path: Path) -> None:
    found = written(tmp_path, MANY)
    numbers = [list(range(start, len(MANY), 97)) for start in range(97)]
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(found.some, numbers * 4))
    assert read == [[MANY[number] for number in some] for some in numbers] * 4
    found.close()


def test_an_abandoned_file_is_let_go(tmp_path: Path) -> None:
    writer = RecordWriter(tmp_path, "some")
    writer.add(b"one")
    writer.abort()
    assert not (tmp_path / "some.ends").exists()
    with pytest.raises(FileNotFoundError):
        RecordFile(tmp_path, "some")
