"""The catalogue: a person's word over the document's, with errors that say where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.catalogue import Catalogue, Entry, load_catalogue, parse
from pilcrow.engine.errors import CatalogueError
from pilcrow.engine.model import AgendaItem, Session


def test_an_entry_gives_fields_by_file_name():
    catalogue = parse(
        '["paper.txt"]\nsymbols = ["CTOC/COP/WG.4/2013/5"]\ndate = "2013-11"\nagenda = ["2 (b)"]\n'
        'sessions = [{ body = "CTOC/COP", number = 5, start = "2010-10-18", end = "2010-10-22" }]\n'
    )
    assert catalogue.entry("paper.txt").fields == {
        "symbols": ("CTOC/COP/WG.4/2013/5",),
        "date": "2013-11",
        "agenda": (AgendaItem(number="2 (b)"),),
        "sessions": (
            Session(
                key="CTOC/COP/5",
                label="Conference of the Parties to the United Nations Convention against Transnational "
                "Organized Crime, fifth session, 18-22 October 2010",
                body="CTOC/COP",
                number=5,
                start="2010-10-18",
                end="2010-10-22",
            ),
        ),
    }
    assert catalogue.entry("other.txt") == Entry()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('["a.txt"]\n\ndat = "2013"', r"line 3: “dat” of “a.txt” is no field of an entry: did you mean date"),
        ('["a.txt"]\ndate = "31 February 2013"', r"line 2: “date” of “a.txt” cannot be used"),
        ('["a.txt"]\nsymbols = ["x"]', r"“symbols” of “a.txt” has a value that cannot be used"),
        ('["a.txt"]\nsymbols = "A/1/2"', r"must be a list of strings"),
        ('["a.txt"]\ntype = "reprot"', r"cannot be “reprot”: use one such as report"),
        ('["a.txt"]\nbody = "CTOC/COPP"', r"use one such as CTOC/COP"),
        ('["a.txt"]\ntitle = ""', r"must be a string that is not empty"),
        ('["a.txt"]\nsessions = [{ body = "A" }]', r"needs a number or a start"),
        ('["a.txt"]\nsessions = [{ body = "A", nr = 1 }]', r"unknown key nr"),
        ('["a.txt"]\nsessions = [{ body = "A", number = "5" }]', r"without quotation marks"),
        ('["a.txt"]\nsessions = [{ body = "QQ", number = 5 }]', r"unknown body “QQ”"),
        ('["a.txt"]\nsessions = 3', r"must be a list of tables"),
        ('"a.txt" = 3', r"is no table"),
        ("[", r"is no TOML"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place_and_a_remedy(said, message):
    with pytest.raises(CatalogueError, match=message):
        parse(said)


def test_no_file_is_an_empty_catalogue_and_an_unreadable_one_an_error(tmp_path):
    assert load_catalogue(tmp_path / "none.toml") == Catalogue()
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path / "bad.toml")


def test_the_corpus_has_a_catalogue_that_names_only_files_that_are_there(corpus: Path):
    catalogue = load_catalogue(corpus / "catalogue.toml")
    assert catalogue.entries
    assert [name for name in catalogue.entries if not (corpus / name).is_file()] == []
