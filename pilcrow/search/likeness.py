"""Paragraphs like one: ``like:"CTOC/COP/WG.4/2013/5, para. 22"`` made words that an engine can look for.

A recommendation is restated from session to session in nearly the same words, so that the paragraphs which have many of
one paragraph's most telling words are its earlier and later forms. Telling are the words that the fewest paragraphs of
the index have. The paragraph becomes "at least m of these n words", a query as any other: facets, orders, exports and
tables go by it as by typed words.

The numbers were chosen on 13,000 real paragraphs, of which 900 are restated in another document: with 30 words and two
fifths of them required, a restatement comes first for 188 of 200 such paragraphs and among the first ten for 193, in
the median of 20 paragraphs found; 20 words find as many and put fewer first, half of the words find fewer, a third
three times as many others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pilcrow.engine import analysis
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.model import Document, Paragraph
from pilcrow.engine.query import And, AtLeast, Everything, Exact, Not, Query, Term, Value, transform, walk
from pilcrow.search import cite, values
from pilcrow.search.keys import LIKE
from pilcrow.search.request import Diagnostic

WORDS = 30
"""The most telling words of a paragraph that are sought."""

REQUIRED = 0.4
"""The part of them that a paragraph must have to be like it."""

LEAST = 0.25
"""The part that is enough where too few paragraphs have that many."""

ENOUGH = 6
"""Paragraphs, itself among them, that must have so many words before fewer are enough."""

MOST = 5
"""Paragraphs of one query of which the like is sought."""

_LONGEST = 400
"""Different words of one paragraph that are looked up; a longer one is known by these."""

_SHORTEST = 2
_WINDOWS = (8, 24, 72)

_NOTHING = Not(Everything())


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """A paragraph of which the like is sought, the ``words`` that tell it, and how many of them are ``required``."""

    id: str
    citation: str
    words: tuple[str, ...]
    required: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A tree without ``like:``, what each became, and what was wrong with those that name no paragraph."""

    tree: Query
    likes: tuple[Like, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve(reader: IndexReader, tree: Query, typed: str) -> Resolved:
    """``tree`` with each ``like:`` made the words of its paragraph; one that names none matches nothing, and is said.

    ``typed`` is the query as typed, in which the diagnostics say where they are.
    """
    asked = dict.fromkeys(node for node in walk(tree) if isinstance(node, Value) and node.field == LIKE)
    if not asked:
        return Resolved(tree=tree)
    problems: list[Diagnostic] = []
    likes: list[Like] = []
    became: dict[Query, Query] = {}
    for number, node in enumerate(asked, start=1):
        found = _like(reader, node.key) if number <= MOST else _one_too_many(node.key)
        if isinstance(found, values.Known):
            problems.append(values.placed(found, node.key, typed))
            became[node] = _NOTHING
        else:
            like, became[node] = found
            likes.append(like)
    tree = transform(tree, lambda node: became.get(node, node))
    return Resolved(tree=tree, likes=tuple(likes), diagnostics=tuple(problems))


def _like(reader: IndexReader, text: str) -> tuple[Like, Query] | values.Known:
    """The paragraph that ``text`` cites with the query for its like, or what is wrong with it."""
    found = _paragraph(reader, text)
    if isinstance(found, values.Known):
        return found
    document, paragraph = found
    words, required = telling(reader, document, paragraph)
    if not words:
        return values.Known(problem=f"“{text}” has no words by which another paragraph could be like it.")
    terms = tuple(Term(word, "text") for word in words)
    like = Like(id=paragraph.id, citation=cite.cite(document, paragraph), words=words, required=required)
    return like, And((AtLeast(terms, required), Not(_itself(reader, paragraph))))


def telling(reader: IndexReader, document: Document, paragraph: Paragraph) -> tuple[tuple[str, ...], int]:
    """The paragraph's most telling words, the rarest first, and how many of them another must have to be like it.

    No stopwords, no numbers, and no word that no other paragraph has.
    """
    terms = [Term(word, "text") for word in _words(paragraph, paragraph.language or document.language)]
    having = reader.count(terms) if terms else ()
    shared = sorted((count, term.word) for term, count in zip(terms, having, strict=True) if count > 1)
    words = tuple(word for _, word in shared[:WORDS])
    return words, _required(reader, [Term(word, "text") for word in words]) if words else 0


def _words(paragraph: Paragraph, language: str) -> list[str]:
    """The words of a text that may be telling, each once in whatever form, as they stand in it first."""
    stopwords = analysis.stopwords()
    forms: dict[str, str] = {}
    for token in analysis.tokens(paragraph.text, language):
        if len(token.form) >= _SHORTEST and token.form not in stopwords and not token.form.isdecimal():
            forms.setdefault(token.term, token.form)
    return list(forms.values())[:_LONGEST]


def _required(reader: IndexReader, terms: Sequence[Term]) -> int:
    """How many of ``terms`` are required: the larger part, or as many as enough paragraphs reach, down to the least."""
    most, least = (max(1, math.ceil(len(terms) * part)) for part in (REQUIRED, LEAST))
    return max(least, min(most, reader.reached(terms, ENOUGH)))


def _paragraph(reader: IndexReader, text: str) -> tuple[Document, Paragraph] | values.Known:
    """The paragraph that ``text`` cites, with its document, or what is wrong with it."""
    identifier = cite.find(reader, text) or ""
    paragraph = reader.paragraph(identifier)
    document = reader.document(identifier.partition("#")[0]) if identifier else None
    if paragraph is not None and document is not None:
        return document, paragraph
    if document is not None:
        first = next(iter(reader.paragraphs(document.id)), None)
        example = cite.cite(document, first) if first else ""
        hint = f", as in like:“{example}”." if example else "."
        problem = f"“{text}” is a whole document; like: takes one paragraph{hint}"
        return values.Known(problem=problem, suggestion=example)
    cited = cite.parse_citation(text)
    if cited is None:
        return values.Known(problem=f"“{text}” cites no paragraph: write a symbol and its place, “A/79/439, para. 11”.")
    symbol, place = cited
    known = reader.document(symbol)
    if known is not None:
        return values.Known(problem=f"{known.id} has no paragraph that “{text}” could mean.")
    missing = values.known(reader, "any_symbol", symbol)
    near = f"{missing.suggestion}#{place[1:]}" if place.startswith("#") else f"{missing.suggestion}, {place}"
    return replace(missing, suggestion=near if missing.suggestion and "#" in (cite.find(reader, near) or "") else "")


def _one_too_many(text: str) -> values.Known:
    return values.Known(problem=f"A query may ask for the like of {MOST} paragraphs; “{text}” is one too many.")


def _itself(reader: IndexReader, paragraph: Paragraph) -> Query:
    """What the paragraph alone matches: its document, and words in a row that stand there once.

    Where another paragraph of the document has all of its words in a row, that one says nothing else, and is meant too.
    """
    document = Value("symbol", paragraph.document)
    return next(
        query
        for query in (And((document, Exact(words, "text"))) for words in _runs(paragraph))
        if reader.count((query,)) == (1,) or query.children[1] == Exact(_forms(paragraph), "text")
    )


def _runs(paragraph: Paragraph) -> Iterator[tuple[str, ...]]:
    """Ever longer runs of words from the middle of the paragraph, and at last all of them."""
    forms = _forms(paragraph)
    for length in _WINDOWS:
        if length < len(forms):
            start = (len(forms) - length) // 2
            yield forms[start : start + length]
    yield forms


def _forms(paragraph: Paragraph) -> tuple[str, ...]:
    return tuple(analysis.forms(paragraph.text))
