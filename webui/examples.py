"""A few examples of the query language beside the box, chosen so that each finds something in this index.

For each form there are several candidates, of words that documents of the United Nations have; the first that finds
something here is shown. They are chosen once a generation, for they stand on every page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import PilcrowError
from pilcrow.search import cite, service
from pilcrow.search.request import SearchRequest
from webui.help_view import Form
from webui.library import Library
from webui.start_view import about_state, tally

CANDIDATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("as many of the words as enough paragraphs have", ("victim protection", "human rights education", "court law")),
    ("these words side by side", ('"technical assistance"', '"Security Council"', '"States parties"')),
    ("the first without the second", ("trafficking -child", "women -girls", "report -draft")),
    ("words that begin so", ("prosecut*", "develop*", "report*")),
    ("near each other, at most five words between", ('"victim assistance"~5', '"rights women"~5', '"report States"~5')),
)
"""What each form finds, and examples of it."""


class Examples:
    """The examples of one site; none while there is no index."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._chosen: tuple[str, tuple[Form, ...]] | None = None

    def __call__(self) -> tuple[Form, ...]:
        """The examples that find something in the current generation."""
        try:
            with self.library.reader() as reader:
                generation = reader.manifest.generation
                chosen = self._chosen
                if chosen is None or chosen[0] != generation:
                    chosen = self._chosen = (generation, choose(reader))
                return chosen[1]
        except PilcrowError:
            return ()  # the page itself says what is wrong with the index


def choose(reader: IndexReader) -> tuple[Form, ...]:
    """Examples that ``reader`` answers, one of each form that has any."""
    found = [Form(query, meaning) for meaning, queries in CANDIDATES for query in _first_answered(reader, queries)]
    return (*found, *_about_this_index(reader))


def _first_answered(reader: IndexReader, queries: tuple[str, ...]) -> list[str]:
    return [query for query in queries if _answers(reader, query)][:1]


def _answers(reader: IndexReader, query: str) -> bool:
    (found,) = reader.count((service.prepare(reader, SearchRequest(query=query)).ranked.tree,))
    return found > 0


def _about_this_index(reader: IndexReader) -> Iterator[Form]:
    """A State, a year and a paragraph that are here."""
    states = tally(service.facet_values(reader, SearchRequest(), "state").facet, 1)
    for state in states.values if states else ():
        yield Form(about_state(state.label), "a State is cited, under any of its names")
    years = Counter(document.date[:4] for document in reader.documents() if document.date)
    for year, _ in years.most_common(1):
        yield Form(f"date:{year}", "of that year; a month or a range does as well")
    document = next((each for each in reader.documents() if not each.provisional), None)
    if document is not None:
        for paragraph in reader.paragraphs(document.id)[:1]:
            yield Form(cite.cite(document, paragraph), "a citation opens the paragraph, a symbol its document")
