"""The page before anything is asked: what there is to be asked about."""

from __future__ import annotations

from dataclasses import dataclass

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import UNKNOWN
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import Facet, FacetValue, Results
from webui import urls
from webui.facets_view import Option
from webui.search_view import plural
from webui.shelf_view import Volume, volumes

SHELF = 12
"""How many documents are listed; the page of documents has the rest."""

TALLIES = (("session", 6), ("pillar", 6), ("state", 8))
"""The facets that are shown, and how many values of each."""

EXAMPLES = (
    "victim protection",
    '"technical assistance"',
    "prosecut*",
    '"human rights" -women',
    "climate change",
    "peacekeeping mandate",
    '"sustainable development"~5',
    "budget NOT staff",
)
"""Questions of several kinds; those that this index answers are offered."""

EXAMPLES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """One value and how many paragraphs have it."""

    label: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The most frequent values of one facet."""

    key: str
    label: str
    total: str
    all_url: str
    values: tuple[Tallied, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """Everything that the start page shows."""

    paragraphs: str
    documents: str
    examples: tuple[Option, ...]
    facets: tuple[Tally, ...]
    shelf: tuple[Volume, ...]
    more_documents: bool


def start_view(reader: IndexReader) -> StartView:
    """What the index holds, with a few questions that it answers."""
    everything = service.run(reader, SearchRequest())
    shelf = volumes(reader)
    tallies = (tally(everything.facet(key), shown) for key, shown in TALLIES)
    return StartView(
        paragraphs=plural(everything.total, "paragraph"),
        documents=plural(len(shelf), "document"),
        examples=examples(reader, everything),
        facets=tuple(each for each in tallies if each is not None),
        shelf=shelf[:SHELF],
        more_documents=len(shelf) > SHELF,
    )


def tally(facet: Facet | None, shown: int) -> Tally | None:
    """The most frequent values of ``facet``, the lowest of a hierarchy; None where nothing is known."""
    leaves = [value for value in facet.flat() if value.value != UNKNOWN and not value.children] if facet else []
    if facet is None or not leaves:
        return None
    ranked = sorted(leaves, key=lambda value: (-value.count, value.label))
    return Tally(
        key=facet.key,
        label=facet.label,
        total=f"{facet.leaves:,}",
        all_url=urls.facet_url(facet.key, SearchRequest()) if facet.leaves > shown else "",
        values=tuple(_tallied(facet.key, value) for value in ranked[:shown]),
    )


def examples(reader: IndexReader, everything: Results) -> tuple[Option, ...]:
    """A few of the example questions that find something here, a State that is cited, and a paragraph to open."""
    answered = (query for query in EXAMPLES if service.run(reader, SearchRequest(query=query, per_page=1)).total)
    queries = [query for query, _ in zip(answered, range(EXAMPLES_SHOWN), strict=False)]
    states = tally(everything.facet("state"), 1)
    queries += [about_state(value.label) for value in states.values] if states else []
    queries += [hit.citation for hit in everything.hits if not hit.provisional][:1]
    return tuple(Option(label=query, url=urls.search_url(SearchRequest(query=query))) for query in queries)


def _tallied(facet: str, value: FacetValue) -> Tallied:
    url = urls.search_url(SearchRequest().with_value(facet, value.value))
    return Tallied(label=value.label, count=f"{value.count:,}", url=url)


def about_state(name: str) -> str:
    """The query for paragraphs that cite the State with this name."""
    return f"state:{name}" if name.isalpha() else f'state:"{name}"'
