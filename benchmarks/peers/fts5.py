"""The peer: SQLite's FTS5 with facet tables, as Datasette and sqlite-utils make them.

A table of paragraphs, an FTS5 table over it (external content, ``porter unicode61``), and for each facet a table of
paragraph and value with an index both ways. All words are required, each quoted, as Datasette does it. A facet is a
``group by`` over the paragraphs that match. Datasette repeats the search in each of these queries; here the search is
done once, into a temporary table that leads all of the joins, which is faster where much is found. The FTS5 index is
merged and the planner's statistics are gathered once, as SQLite's documentation advises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks import queries
from benchmarks.peers.rows import FACETS, HITS, Page, Row, rows, shown
from pilcrow.engine.model import ParsedDocument

NAME = "SQLite FTS5"
LEFT_OUT: Mapping[str, str] = {
    "inner wildcard": "FTS5 knows only a star at the end of a word",
    "fuzzy": "FTS5 has no fuzzy words",
}

_SNIPPET = "select snippet(words, 0, '<b>', '</b>', '…', 40) from words where words match ? and rowid = ?"

_AT_ONCE = 1_000
"""Paragraphs that are inserted by one statement."""


def missing() -> str:
    """Why it cannot be measured here, or ""."""
    with sqlite3.connect(":memory:") as database:
        has = database.execute("select sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
    return "" if has else "SQLite FTS5 is left out: this Python's SQLite was built without it."


def build(directory: Path, documents: Iterable[ParsedDocument]) -> None:
    """Index ``documents`` into the empty ``directory``."""
    database = sqlite3.connect(_file(directory))
    database.execute("pragma journal_mode = off")
    database.execute("pragma synchronous = off")
    database.execute("create table paragraphs (number integer primary key, id text unique, text text, section text)")
    for facet in FACETS:
        database.execute(
            f"create table {facet} (paragraph integer, value text, primary key (paragraph, value)) without rowid"
        )
    batch: list[tuple[int, Row]] = []
    for numbered in enumerate(rows(documents), 1):
        batch.append(numbered)
        if len(batch) == _AT_ONCE:
            _insert(database, batch)
            batch.clear()
    _insert(database, batch)
    database.execute(
        "create virtual table words using fts5 (text, section, content='paragraphs', content_rowid='number', "
        "tokenize='porter unicode61')"
    )
    database.execute("insert into words (words) values ('rebuild')")
    database.execute("insert into words (words) values ('optimize')")
    for facet in FACETS:
        database.execute(f"create index {facet}_values on {facet} (value, paragraph)")
    database.execute("analyze")
    database.commit()
    database.close()


def _insert(database: sqlite3.Connection, batch: list[tuple[int, Row]]) -> None:
    database.executemany(
        "insert into paragraphs values (?, ?, ?, ?)",
        [(number, row.id, row.text, row.section) for number, row in batch],
    )
    for facet in FACETS:
        pairs = [(number, value) for number, row in batch for value in row.facets[facet]]
        database.executemany(f"insert into {facet} values (?, ?)", pairs)  # noqa: S608 - our own names


class Reader:
    """A connection that answers whole pages; its statements are prepared once and kept by ``sqlite3``."""

    def __init__(self, directory: Path) -> None:
        self._database = sqlite3.connect(f"file:{_file(directory)}?mode=ro&immutable=1", uri=True)
        self._database.execute("pragma temp_store = memory")
        self._database.execute("create temp table found (paragraph integer primary key)")
        self._database.isolation_level = None

    def page(self, query: queries.Query) -> Page:
        """Ten hits with snippets, and the counts of every facet."""
        match = _match(query)
        chosen = dict(query.chosen)
        total = self._find(match, chosen)
        snippets = self._snippets(match, chosen)
        counts = {facet: self._count(facet) for facet in FACETS if facet not in chosen}
        for facet in chosen:
            self._find(match, {name: value for name, value in chosen.items() if name != facet})
            counts[facet] = self._count(facet)
        return Page(total, snippets, counts)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _find(self, match: str, chosen: Mapping[str, str]) -> int:
        """Put what matches into ``found``, and say how many there are."""
        self._database.execute("delete from found")
        conditions, values = _conditions(match, chosen)
        source = "words" if match else "paragraphs"
        return self._database.execute(
            f"insert into found select {source}.rowid from {source} {conditions}",  # noqa: S608 - our own names
            values,
        ).rowcount

    def _snippets(self, match: str, chosen: Mapping[str, str]) -> list[str]:
        """The ten best, then their snippets: in one statement all that match would get one before they are sorted."""
        conditions, values = _conditions(match, chosen)
        if not match:
            statement = f"select substr(text, 1, 300) from paragraphs {conditions} order by number limit {HITS}"  # noqa: S608
            return [text for (text,) in self._database.execute(statement, values)]
        best = self._database.execute(
            f"select words.rowid from words {conditions} order by rank limit {HITS}",  # noqa: S608
            values,
        )
        return [self._database.execute(_SNIPPET, (match, number)).fetchone()[0] for (number,) in best.fetchall()]

    def _count(self, facet: str) -> dict[str, int]:
        return dict(
            self._database.execute(
                f"select value, count(*) as paragraphs from found cross join {facet} using (paragraph) "  # noqa: S608
                "group by value order by paragraphs desc, value limit ?",
                (shown(facet),),
            )
        )


def _conditions(match: str, chosen: Mapping[str, str]) -> tuple[str, list[str]]:
    """A ``where`` with what it is asked with.

    With words, the value of each paragraph that has them is looked at: given a list of paragraphs instead, FTS5 would
    search once for each. Without words, the list is all that there is to go by.
    """
    if match:
        parts = [f"exists (select 1 from {facet} where paragraph = words.rowid and value = ?)" for facet in chosen]  # noqa: S608
        return "where " + " and ".join(["words match ?", *parts]), [match, *chosen.values()]
    parts = [f"number in (select paragraph from {facet} where value = ?)" for facet in chosen]  # noqa: S608
    return "where " + " and ".join(parts or ["true"]), list(chosen.values())


def _match(query: queries.Query) -> str:
    """The words in the language of FTS5, "" where there are none."""
    quoted = [f'"{word}"' for word in query.words]
    match query.kind:
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "near":
            return f"NEAR({' '.join(quoted)}, {queries.SLOP})"
        case "prefix":
            return f"{quoted[0]}*"
        case "not":
            return "({} OR {}) NOT {}".format(*quoted)
        case _:
            return " ".join(quoted)


def _file(directory: Path) -> Path:
    return directory / "paragraphs.db"
