"""The query language by example, for the help page: each form, what it finds, and a link that tries it."""

from __future__ import annotations

from dataclasses import dataclass

from pilcrow.search.request import SearchRequest
from webui import urls


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the query language: an example, what it means, and the search that it leads to."""

    query: str
    meaning: str

    @property
    def url(self) -> str:
        """The search page that answers the example."""
        return urls.search_url(SearchRequest(query=self.query))


@dataclass(frozen=True, slots=True)
class Part:
    """Forms that belong together."""

    title: str
    rows: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that acts on a document's page, and what it does."""

    key: str
    meaning: str


KEYS = (
    Key("j", "the next paragraph"),
    Key("k", "the paragraph before"),
    Key("n", "the next hit"),
    Key("p", "the hit before"),
    Key("/", "the search box"),
    Key("?", "this list"),
    Key("Esc", "closes a note or this list; leads back from the search box"),
)
"""The keys of a document's page, which ``static/reader.js`` acts on."""

PARTS = (
    Part(
        "Words",
        (
            Form("victim protection", "these words, in any form"),
            Form("victim AND protection", "both"),
            Form("victim OR witness", "either"),
            Form("victim -child", "the first without the second; also NOT child"),
            Form("(victim OR witness) AND protection", "grouped"),
            Form("=victims", "this form only"),
        ),
    ),
    Part(
        "Phrases",
        (
            Form('"technical assistance"', "these words side by side, in any form"),
            Form('="States Parties"', "these forms side by side"),
            Form('"victim assistance"~5', "near each other, in any order, with at most five words between"),
        ),
    ),
    Part(
        "Parts of words",
        (
            Form("protect*", "words that begin so"),
            Form("organi?ed", "one letter left open"),
            Form("traficking~", "one letter off; ~2 for two"),
        ),
    ),
    Part(
        "Where, who and when",
        (
            Form("state:Belarus", "a State is cited, under any of its names"),
            Form("pillar:protection", "one of the five pillars"),
            Form("session:2013", "a session or meeting, by its year, number or key"),
            Form("agenda:3", "an agenda item"),
            Form("symbol:CTOC/COP/*", "documents whose symbol begins so"),
            Form("cites:A/RES/64/293", "paragraphs that name this document, in the text or in a footnote"),
            Form('cites:"CTOC/COP/WG.4/2011/8, para. 46"', "paragraphs that name this paragraph of it"),
            Form('like:"CTOC/COP/WG.4/2013/5, para. 22"', "paragraphs like this one, restated in another session"),
            Form("title:report", "words of the document's title"),
            Form("section:demand", "words of the headings above the paragraph"),
            Form("note:report", "words of its footnotes"),
            Form("date:2010", "a year, a month or a day"),
            Form("date:[2009-04 TO 2010-10]", "from one date to another"),
            Form("date:>=2010", "from a date on"),
        ),
    ),
)
