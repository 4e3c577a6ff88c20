"""Test collections are read in both layouts, and what is no collection is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilcrow.evaluation.ranking import Judged
from pilcrow.evaluation.trec import CollectionError, read_collection

SMART = {
    "small.all": ".I 1\n.T\nwings\n.A\nb.\n.W\nlift of\nwings .\n.I 2\n.T\nplates\n.W\nflat plates .\n",
    "small.qry": ".I 001\n.W\nlift\n.I 004\n.W\nplates\n",
    "smallqrel": "1 1 2\n1 2 -1\n2 2 3 \n",
}
BEIR = {
    "corpus.jsonl": '{"_id": "1", "title": "wings", "text": "lift of wings ."}\n'
    '{"_id": "2", "title": "plates", "text": "flat plates ."}\n',
    "queries.jsonl": '{"_id": "1", "text": "lift"}\n{"_id": "2", "text": "plates"}\n',
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\n1\t1\t1\n1\t2\t0\n2\t2\t1\n",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize("files", [SMART, BEIR], ids=["smart", "beir"])
def test_a_collection_gives_its_documents_and_its_judged_queries(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    collection = read_collection(tmp_path)
    assert [
        (each.document.id, each.paragraphs[0].section, each.paragraphs[0].text) for each in collection.documents
    ] == [
        ("1", ("wings",), "lift of wings ."),
        ("2", ("plates",), "flat plates ."),
    ]
    assert collection.questions == (
        Judged(qid="1", query="lift", gains={"1#p1": 1.0}),
        Judged(qid="2", query="plates", gains={"2#p1": 1.0}),
    )


def test_a_folder_without_queries_says_which_file_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"small.all": SMART["small.all"]})
    with pytest.raises(CollectionError, match=r"has no file \*\.qry"):
        read_collection(tmp_path)


def test_cranfield_has_its_documents_and_225_judged_queries(shared: Path) -> None:
    collection = read_collection(shared / "ir" / "cranfield")
    assert (len(collection.documents), len(collection.questions)) == (1398, 225)
