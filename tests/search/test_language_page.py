"""The page that describes the query language is true: every line of it is read, and answered from an index."""

from __future__ import annotations

import re

import pytest

from pilcrow.engine.contract import IndexReader
from pilcrow.search.keys import ALIASES, as_typed
from pilcrow.search.parser import parse
from pilcrow.search.request import SearchRequest
from pilcrow.search.service import run
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (.+) \|$", PAGE, re.MULTILINE)
WRONG = PAGE[PAGE.index("## What cannot be read") :]


def test_the_page_has_its_lines() -> None:
    assert len(ROWS) == sum(line.startswith("| `") for line in PAGE.splitlines()) > 40


@pytest.mark.parametrize(("typed", "understood", "meaning"), ROWS)
def test_every_line_of_the_page_is_understood_as_it_says(typed: str, understood: str, meaning: str) -> None:
    parsed = parse(typed)
    assert as_typed(parsed.tree) == understood
    assert parse(understood).tree == parsed.tree
    said = [each.message for each in parsed.diagnostics]
    assert said == ([meaning] if f"| {meaning} |" in WRONG else [])


def test_every_line_of_the_page_is_answered_and_so_is_what_was_understood(index: IndexReader) -> None:
    for typed, _, _ in ROWS:
        results = run(index, SearchRequest(query=typed))
        assert results.total or results.diagnostics, typed
        again = run(index, SearchRequest(query=results.query_tree_text))
        assert (again.total, [hit.id for hit in again.hits]) == (results.total, [hit.id for hit in results.hits]), typed


def test_every_other_name_that_the_page_gives_is_one() -> None:
    for name, field in re.findall(r"`(\w+):` (?:and `\w+:` )?(?:are other names )?of `(\w+):`", PAGE):
        assert ALIASES[name] in (field, f"any_{field}")
