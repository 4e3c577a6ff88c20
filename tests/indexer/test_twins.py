"""Two files of one document: the better one is taken and it is said why; versions, revisions and namesakes are kept."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from indexer.build import build
from indexer.report import Duplicate, Namesake
from pilcrow.engine.generations import open_index
from pilcrow.search.cite import cite, find
from tests.indexer.small import held, write

FIRST = "The Working Group considered the protection of victims of trafficking in persons at its third meeting."
SECOND = "Belarus spoke about the assistance that victims of trafficking are given by its authorities at home."
OTHER = "The Committee adopted the budget for the biennium after a lengthy debate on posts and travel."
FRENCH = (
    "Le Groupe de travail a examiné la protection des victimes de la traite des personnes et les mesures que les "
    "États ont prises pour les aider, dans le cadre de la coopération entre les autorités."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def write_html(folder: Path, name: str, symbol: str, *paragraphs: str) -> None:
    numbered = "".join(f"<p>{number}. {text}</p>" for number, text in enumerate(paragraphs, 1))
    body = f"<p>{symbol}</p><h1>Report of the Working Group</h1>{numbered}"
    (folder / name).write_text(f"<!DOCTYPE html><html><body><main>{body}</main></body></html>")


def write_docx(folder: Path, name: str, symbol: str, *paragraphs: str) -> None:
    """The least that a word processor opens: one part with the paragraphs, and the parts that lead to it."""
    lines = [symbol, "Report of the Working Group", *(f"{at}. {text}" for at, text in enumerate(paragraphs, 1))]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?><w:document {space}><w:body>{body}</w:body></w:document>',
    }
    with ZipFile(folder / name, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)


def test_of_two_files_that_are_one_document_the_fuller_is_taken_and_it_is_said(corpus: Path, index: Path) -> None:
    write(corpus, "a.txt", "A/79/10", FIRST)
    write(corpus, "b.txt", "A/79/9", FIRST, SECOND)
    write(corpus, "c.txt", "A/79/10", FIRST, SECOND)
    (corpus / "d.txt").write_bytes((corpus / "b.txt").read_bytes())
    report = build([corpus], index)
    more = f"because it has more text ({len(FIRST) + len(SECOND)} characters to {len(FIRST)})"
    assert report.duplicates == (
        Duplicate(id="A/79/10", kept="c.txt", left_out="a.txt", reason=more),
        Duplicate(id="A/79/9", kept="b.txt", left_out="d.txt", reason="because they are the same to the byte"),
    )
    assert held(index) == {"A/79/9": [FIRST, SECOND], "A/79/10": [FIRST, SECOND]}
    assert (
        "\nTwice in the corpus:\n  A/79/10: c.txt was taken and a.txt left out, because it has more" in report.render()
    )


def test_of_files_that_are_as_full_the_one_whose_format_keeps_more_is_taken(corpus: Path, index: Path) -> None:
    write(corpus, "a.txt", "A/79/10", FIRST, SECOND)
    write_html(corpus, "b.html", "A/79/10", FIRST, SECOND)
    write_docx(corpus, "c.docx", "A/79/10", FIRST, SECOND)
    docx = "because a DOCX keeps paragraphs, numbers and notes as they were written"
    assert build([corpus], index).duplicates == (
        Duplicate(id="A/79/10", kept="c.docx", left_out="a.txt", reason=docx),
        Duplicate(id="A/79/10", kept="c.docx", left_out="b.html", reason=docx),
    )
    (corpus / "c.docx").unlink()
    html = "because HTML keeps headings and lists"
    assert build([corpus], index).duplicates == (Duplicate(id="A/79/10", kept="b.html", left_out="a.txt", reason=html),)


def test_a_fuller_text_is_taken_before_a_better_format(corpus: Path, index: Path) -> None:
    write(corpus, "a.txt", "A/79/10", FIRST, SECOND)
    write_docx(corpus, "b.docx", "A/79/10", FIRST)
    (duplicate,) = build([corpus], index).duplicates
    assert (duplicate.kept, duplicate.left_out) == ("a.txt", "b.docx")


def test_a_reissue_is_taken_before_what_it_replaces(corpus: Path, index: Path) -> None:
    write(corpus, "a.txt", "A/79/10", FIRST, SECOND)
    write(corpus, "b.txt", "A/79/10*", FIRST, SECOND.replace("home", "Home"))
    assert build([corpus], index).duplicates == (
        Duplicate(id="A/79/10", kept="b.txt", left_out="a.txt", reason="because it is the reissue (*)"),
    )


def test_language_versions_are_kept_apart_and_each_opens_from_its_citation(corpus: Path, index: Path) -> None:
    write(corpus, "en.txt", "A/RES/78/228", FIRST, SECOND, FIRST)
    write(corpus, "fr.txt", "A/RES/78/228", FRENCH, FRENCH)
    report = build([corpus], index)
    assert (report.duplicates, report.namesakes) == ((), ())
    assert set(held(index)) == {"A/RES/78/228", "A/RES/78/228@fr"}
    with open_index(index) as reader:
        for document in reader.documents():
            for paragraph in reader.paragraphs(document.id):
                assert find(reader, cite(document, paragraph)) == paragraph.id
                assert find(reader, paragraph.id) == paragraph.id
        assert find(reader, "A/RES/78/228") == "A/RES/78/228"
        assert find(reader, "a/res/78/228@FR") == "A/RES/78/228@fr"
        assert find(reader, "A/RES/78/228@9") is None


def test_a_version_that_is_alone_has_the_same_identifier_and_opens_from_the_symbol(corpus: Path, index: Path) -> None:
    """What it is called must not depend on which others are there: an address would change when one comes."""
    write(corpus, "fr.txt", "A/RES/78/228", FRENCH, FRENCH)
    build([corpus], index)
    with open_index(index) as reader:
        assert find(reader, "A/RES/78/228") == "A/RES/78/228@fr"
        assert find(reader, "A/RES/78/228, para. 2") == "A/RES/78/228@fr#p2"


def test_a_revision_does_not_delete_what_it_revises(corpus: Path, index: Path) -> None:
    for name, symbol in (("a", "A/79/10"), ("b", "A/79/10/Rev.1"), ("c", "A/79/10/Add.1"), ("d", "A/79/10/Corr.1")):
        write(corpus, f"{name}.txt", symbol, FIRST, SECOND)
    assert build([corpus], index).duplicates == ()
    assert set(held(index)) == {"A/79/10", "A/79/10/Rev.1", "A/79/10/Add.1", "A/79/10/Corr.1"}


def test_two_documents_under_one_symbol_are_both_kept_and_it_is_said(corpus: Path, index: Path) -> None:
    """A misread symbol must not hide a document behind another."""
    write(corpus, "a.txt", "A/79/10", FIRST, SECOND)
    write(corpus, "b.txt", "A/79/10", OTHER, OTHER)
    report = build([corpus], index)
    (namesake,) = report.namesakes
    assert namesake == Namesake(id="A/79/10", name="b.txt", other="a.txt", kept_as=namesake.kept_as)
    assert held(index) == {"A/79/10": [FIRST, SECOND], namesake.kept_as: [OTHER, OTHER]}
    assert namesake.kept_as.startswith("prov:b-")
    with open_index(index) as reader:
        ids = [paragraph.id for paragraph in reader.paragraphs(namesake.kept_as)]
    assert ids == [f"{namesake.kept_as}#p1", f"{namesake.kept_as}#p2"]
    again = build([corpus], index)
    assert (again.changed, again.namesakes) == (False, report.namesakes)


def test_documents_without_a_symbol_in_files_of_one_name_are_both_kept(corpus: Path, index: Path) -> None:
    for folder, text in (("2009", FIRST), ("2010", OTHER)):
        (corpus / folder).mkdir()
        (corpus / folder / "report.txt").write_text(f"Report\n\n1. {text}\n\n2. {text}\n")
    (corpus / "2010" / "report.html").write_text(
        f"<!DOCTYPE html><html><body><h1>Report</h1><p>1. {OTHER}</p><p>2. {OTHER}</p></body></html>"
    )
    report = build([corpus], index)
    assert sorted(held(index).values()) == [[OTHER, OTHER], [FIRST, FIRST]]
    assert [each.other for each in report.namesakes] == ["2009/report.txt"]
    assert [(each.kept, each.left_out) for each in report.duplicates] == [("2010/report.html", "2010/report.txt")]
