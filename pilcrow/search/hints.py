"""What to say beside an answer: words that no paragraph has, cut expansions, and what to try instead of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pilcrow.engine import analysis
from pilcrow.engine.contract import Answer, IndexReader
from pilcrow.engine.query import Exact, Not, Query, Term, children_of
from pilcrow.search import ranking
from pilcrow.search.parser import NOTHING, parse
from pilcrow.search.request import Diagnostic

if TYPE_CHECKING:
    from pilcrow.search.service import Question

MOST_WORDS = 50
"""Words of a query that are looked up one by one; a longer query is hardly a slip."""


def about(reader: IndexReader, question: Question, answer: Answer, *, named: str | None = None) -> Iterator[Diagnostic]:
    """Everything that the answer itself does not show; ``named`` is the id that the whole query names, if any."""
    if named is not None:
        return
    yield from _unknown_words(reader, question)
    for expansion in answer.expansions:
        yield Diagnostic(
            message=f"{expansion.node} stands for {expansion.found:,} forms; the {len(expansion.forms):,} commonest "
            "were sought. More letters leave fewer.",
            start=0,
            end=len(question.request.query),
        )
    if not answer.total and question.parsed != NOTHING:
        yield from _nothing_found(reader, question)


def _unknown_words(reader: IndexReader, question: Question) -> Iterator[Diagnostic]:
    """Each plain word that no paragraph of the index has, with the nearest that some have."""
    asked = tuple(dict.fromkeys(_words(question.parsed)))[:MOST_WORDS]
    if not asked:
        return
    for word, having in zip(asked, reader.count(asked), strict=True):
        if having:
            continue
        typed = word.word if isinstance(word, Term) else word.words[0]
        near = reader.similar(typed, limit=3)
        hint = f"; did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else "."
        start, end = place(question.request.query, typed)
        where = f"in its {word.field} " if word.field else ""
        yield Diagnostic(
            message=f"No paragraph has “{typed}” {where}in any form{hint}"
            if isinstance(word, Term)
            else f"No paragraph has “{typed}” {where}in this form{hint}",
            start=start,
            end=end,
            suggestion=near[0] if near else "",
        )


def _nothing_found(reader: IndexReader, question: Question) -> Iterator[Diagnostic]:
    """Why there may be nothing: what is chosen, or that the words are asked for too strictly."""
    if question.request.narrowed:
        (without,) = reader.count((question.ranked.tree,))
        if without:
            number = "one paragraph matches" if without == 1 else f"{without:,} paragraphs match"
            yield Diagnostic(message=f"Nothing under what is chosen; without it, {number}.")
            return
    typed = question.request.query
    looser = plain_words(typed)
    if looser and looser != typed.strip():
        (found,) = reader.count((ranking.resolve(reader, parse(looser).tree).tree,), filters=question.filters)
        if found:
            number = "one paragraph matches" if found == 1 else f"{found:,} paragraphs match"
            message = f"Nothing matches all of this as it is asked; {number} the plain words “{looser}”."
            yield Diagnostic(message=message, start=0, end=len(typed), suggestion=looser)


def plain_words(query: str) -> str:
    """The words of ``query`` that are sought anywhere, without operators and quotation marks."""
    words: list[str] = []
    for leaf in _leaves(parse(query).tree):
        words += getattr(leaf, "words", ()) or ([leaf.word] if isinstance(leaf, Term) else [])
    return " ".join(dict.fromkeys(words))


def place(query: str, form: str) -> tuple[int, int]:
    """Where the first word with this form stands in the typed query; the whole query where that is not plain."""
    for token in analysis.tokens(query):
        if token.form == form:
            return token.start, token.end
    return 0, len(query)


def _words(query: Query) -> Iterator[Term | Exact]:
    for leaf in _leaves(query):
        if isinstance(leaf, Term) or (isinstance(leaf, Exact) and len(leaf.words) == 1):
            yield leaf


def _leaves(query: Query) -> Iterator[Query]:
    """Every leaf that is asked for, not excluded."""
    if isinstance(query, Not):
        return
    children = children_of(query)
    if not children:
        yield query
    for child in children:
        yield from _leaves(child)
