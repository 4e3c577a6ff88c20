"""Phrases that are typical of what a search finds, on a page of their own: they take longer than a page of results may.

The results link here; each phrase leads back to them with the phrase added to the query.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Flask, Response, jsonify, render_template, request

from pilcrow.engine.contract import IndexReader
from pilcrow.engine.query import Or
from pilcrow.search import service
from pilcrow.search.collocations import Background, RelatedPhrases, related_phrases
from pilcrow.search.question import Question
from webui import asking, urls
from webui.library import Library
from webui.search_view import Notice, notices, plural
from webui.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseView:
    """A phrase, the search that adds it to the query, and how many of the hits that were read have it."""

    label: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """Everything that the page shows."""

    heading: str
    lead: str
    phrases: tuple[PhraseView, ...]
    notices: tuple[Notice, ...]
    back_url: str
    kept: tuple[tuple[str, str], ...]


class RelatedPages:
    """``/related`` and ``/api/related`` of one site; what phrases are compared with is counted once a generation."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._counted: tuple[str, Background] | None = None

    def register(self, app: Flask) -> None:
        """Give the page and the answer their addresses."""
        app.add_url_rule(urls.RELATED, endpoint="related", view_func=self.page)
        app.add_url_rule(f"/api{urls.RELATED}", endpoint="api_related", view_func=self.api)

    def page(self) -> str:
        """The phrases that are typical of the best hits of a search, each a link that adds it to the query."""
        question, found = self._found()
        asked = question.request
        view = related_view(found, question)
        return render_template("related.html", view=view, query=asked.query, kept=view.kept)

    def api(self) -> Response:
        """The same as JSON."""
        question, found = self._found()
        listed = [
            {"text": each.text, "hits": each.hits, "query": with_phrase(question, each.text)} for each in found.phrases
        ]
        return jsonify({"query": question.request.query, "read": found.read, "phrases": listed})

    def _found(self) -> tuple[Question, RelatedPhrases]:
        asked, problems = asking.asked(asking.parameters(request.args), self.settings)
        with self.library.reader() as reader:
            question = service.prepare(reader, asked)
            found = related_phrases(reader, question, self._background(reader))
        return replace(question, diagnostics=(*problems, *question.diagnostics)), found

    def _background(self, reader: IndexReader) -> Background:
        generation = reader.manifest.generation
        counted = self._counted
        if counted is None or counted[0] != generation:
            counted = self._counted = (generation, Background(reader))
        return counted[1]


def related_view(found: RelatedPhrases, question: Question) -> RelatedView:
    """The phrases with their links."""
    asked = question.request
    what = f" of the results for “{asked.query}”" if asked.query else " of the results"
    read = "the one result" if found.read == 1 else f"the best {plural(found.read, 'result')}"
    nothing = (
        f"No phrase is typical of {read}." if found.read else "There is nothing here that a phrase could be typical of."
    )
    return RelatedView(
        heading=f"Phrases typical{what}",
        lead=f"What {read} say more often than other paragraphs do." if found.phrases else nothing,
        phrases=tuple(
            PhraseView(
                label=each.text,
                count=f"{each.hits:,}",
                url=urls.search_url(asked.with_query(with_phrase(question, each.text))),
            )
            for each in found.phrases
        ),
        notices=notices(question.diagnostics, asked),
        back_url=urls.search_url(asked),
        kept=tuple(asked.with_query("").with_page(1).to_params()),
    )


def with_phrase(question: Question, phrase: str) -> str:
    """The query with ``phrase`` required besides."""
    typed = question.request.query.strip()
    kept = f"({typed})" if isinstance(question.typed, Or) else typed
    return f'{kept} "{phrase}"'.strip()
