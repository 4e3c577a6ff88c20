"""The peer: Xapian with match spies, as its "Getting Started" guide says to use it.

``TermGenerator`` and ``QueryParser`` with the English stemmer (any of the words, as by default), boolean terms to
narrow by a facet, ``ValueCountMatchSpy`` to count it over all matches (``checkatleast`` is the size of the database,
else the counts would be estimates), ``MSet.snippet``, and a compacted database. A spy counts one value a document: the
values of a facet with several are stored as one string, counted as such and taken apart afterwards, which is exact and
costs much less than a spy written in Python. A chosen facet is counted by one query more, without its own selection.

The library is Debian's ``python3-xapian``, which belongs to the system's Python; it is loaded from there where this
Python can (the same version of Python), and measured in this process like everyone.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import queries
from benchmarks.peers.rows import FACETS, HITS, Page, rows, shown
from pilcrow.engine.model import ParsedDocument

NAME = "Xapian"
LEFT_OUT: Mapping[str, str] = {
    "inner wildcard": "Xapian 1.4 knows only a star at the end of a word",
    "fuzzy": "Xapian 1.4 corrects spelling and has no fuzzy words",
}

_PACKAGE = Path("/usr/lib/python3/dist-packages/xapian")
_BETWEEN = "\x1f"
"""What parts the values of a facet in its slot."""

_SNIPPET = 300
_FLUSHED = 50_000
"""Documents between two flushes: the guide's advice for building at once is more than the 10,000 of the default."""


def _loaded() -> Any:
    """The library, from this Python or the system's, or None."""
    if importlib.util.find_spec("xapian") is not None:
        return importlib.import_module("xapian")
    if not any(_PACKAGE.glob(f"_xapian.{sys.implementation.cache_tag}-*")):
        return None
    spec = importlib.util.spec_from_file_location(
        "xapian", _PACKAGE / "__init__.py", submodule_search_locations=[str(_PACKAGE)]
    )
    if spec is None or spec.loader is None:
        return None
    sys.modules["xapian"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


xapian: Any = _loaded()


def missing() -> str:
    """Why it cannot be measured here, or ""."""
    if xapian is not None:
        return ""
    version = ".".join(map(str, sys.version_info[:2]))
    return f"Xapian is left out: this Python {version} finds no xapian (on Debian: apt install python3-xapian)."


def build(directory: Path, documents: Iterable[ParsedDocument]) -> None:
    """Index ``documents`` into the empty ``directory``."""
    written = directory / "written"
    database = xapian.WritableDatabase(str(written), xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for number, row in enumerate(rows(documents), 1):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(row.text)
        generator.increase_termpos()
        generator.index_text(row.section)
        document.set_data(json.dumps({"id": row.id, "text": row.text}))
        for slot, facet in enumerate(FACETS):
            document.add_value(slot, _BETWEEN.join(row.facets[facet]))
            for value in row.facets[facet]:
                document.add_boolean_term(_term(facet, value))
        database.add_document(document)
        if number % _FLUSHED == 0:
            database.commit()
    database.commit()
    database.compact(str(directory / "compact"))
    database.close()
    for path in written.iterdir():
        path.unlink()
    written.rmdir()


class Reader:
    """A database that answers whole pages."""

    def __init__(self, directory: Path) -> None:
        self._database = xapian.Database(str(directory / "compact"))
        self._stem = xapian.Stem("en")
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(self._stem)
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(self._database)

    def page(self, query: queries.Query) -> Page:
        """Ten hits with snippets, and the counts of every facet."""
        words = self._words(query)
        chosen = dict(query.chosen)
        found, counts = self._asked(words, chosen, [facet for facet in FACETS if facet not in chosen], HITS)
        for facet in chosen:
            others = {name: value for name, value in chosen.items() if name != facet}
            counts |= self._asked(words, others, [facet], 0)[1]
        snippets = [
            found.snippet(json.loads(hit.document.get_data())["text"], _SNIPPET, self._stem).decode() for hit in found
        ]
        return Page(found.get_matches_estimated(), snippets, counts)

    def close(self) -> None:
        """Close the files."""
        self._database.close()

    def _words(self, query: queries.Query) -> Any:
        match query.kind:
            case "facet only":
                return xapian.Query.MatchAll
            case "near":
                # Xapian counts the distance, not the words between.
                text = f" NEAR/{queries.SLOP + 1} ".join(query.words)
            case "not":
                text = "({} OR {}) NOT {}".format(*query.words)
            case _:
                text = query.typed()
        flags = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD
        return self._parser.parse_query(text, flags)

    def _asked(
        self, words: Any, chosen: Mapping[str, str], facets: list[str], hits: int
    ) -> tuple[Any, dict[str, dict[str, int]]]:
        query = words
        for facet, value in chosen.items():
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(_term(facet, value)))
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        spies = {facet: xapian.ValueCountMatchSpy(FACETS.index(facet)) for facet in facets}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, hits, self._database.get_doccount())
        return found, {facet: _counts(facet, spy) for facet, spy in spies.items()}


def _counts(facet: str, spy: Any) -> dict[str, int]:
    """The most frequent values of a facet, those of several values taken apart."""
    counts: Counter[str] = Counter()
    for item in spy.values():
        for value in item.term.decode().split(_BETWEEN):
            counts[value] += item.termfreq
    return dict(counts.most_common(shown(facet)))


def _term(facet: str, value: str) -> str:
    return f"X{facet.upper()}:{value}"
