"""What to say beside an answer: words that no paragraph has, cut expansions, and what to try instead of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pilcrow.engine import analysis
from pilcrow.engine.contract import Answer, IndexReader
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.query import Exact, Fuzzy, Near, Phrase, Prefix, Query, Term, Wildcard, wanted_leaves
from pilcrow.engine.vocabulary import edits_between
from pilcrow.search import cite, ranking
from pilcrow.search.parser import NOTHING, parse
from pilcrow.search.question import Question
from pilcrow.search.request import Diagnostic
from pilcrow.search.words import MAX_EDITS

TINY, SHORT = 3, 5
"""Letters of a word of which nearly any other is one letter off, or two."""

LOOKED_AT, OFFERED = 10, 3
"""How many near words are looked at, and how many of those that are where they should be are offered."""

MOST_SAID = 5
"""Unknown words that are said one by one."""

MOST_WORDS = 50
"""Words of a query that are looked up one by one; a longer query is hardly a slip."""


def about(reader: IndexReader, question: Question, answer: Answer, *, named: str | None = None) -> Iterator[Diagnostic]:
    """Everything that the answer itself does not show; ``named`` is the id that the whole query names, if any."""
    if named is not None:
        return
    symbol = _symbol(question.request.query)
    words_said = () if symbol else tuple(_unknown_words(reader, question))
    yield from words_said
    if symbol:
        yield _about_symbol(question, symbol, found=answer.total)
        if not question.request.narrowed:
            return
    for expansion in answer.expansions:
        yield Diagnostic(
            message=f"{expansion.node} stands for {expansion.found:,} forms; the {len(expansion.forms):,} commonest "
            "were sought. More letters leave fewer.",
            start=0,
            end=len(question.request.query),
        )
    if not answer.total and (question.parsed != NOTHING or not question.diagnostics):  # "* NOT *" was read, and typed
        misspelt = any(each.suggestion for each in words_said)  # the same words asked less strictly are misspelt too
        said = [*_unmatched(reader, question), *_nothing_found(reader, question, looser=not misspelt)]
        yield from said
        if not said and not words_said and not question.diagnostics:
            yield Diagnostic(message="No paragraph matches this; try fewer words, or others.")


def _about_symbol(question: Question, symbol: str, *, found: int) -> Diagnostic:
    """That no document has ``symbol``, though ``found`` paragraphs may have its words."""
    cited = ", and no paragraph cites it so"
    if found:
        cited = "; these paragraphs have its words"
    elif question.request.narrowed:
        cited = ""
    message = f"No document of this index has the symbol {symbol}{cited}."
    return Diagnostic(message=message, start=0, end=len(question.request.query))


def _symbol(query: str) -> str:
    """The symbol that the whole query is; "" where it is none."""
    if "/" not in query or ":" in query:
        return ""
    cited = cite.parse_citation(query.strip())
    return cited[0] if cited is not None and not cited[1] and "/" in cited[0] else ""


def _unknown_words(reader: IndexReader, question: Question) -> Iterator[Diagnostic]:
    """Each plain word that no paragraph of the index has, with the nearest that some have; many are said at once."""
    asked = tuple(dict.fromkeys(_words(question.parsed)))[:MOST_WORDS]
    having = reader.count(asked) if asked else ()
    query = question.request.query
    said = {at for each in question.diagnostics if each.start >= 0 for at in range(each.start, each.end)}
    unknown = [
        word
        for word, count in zip(asked, having, strict=True)
        if not count and not said.issuperset(range(*place(query, _typed(word))))
    ]
    for word in unknown[:MOST_SAID]:
        typed = _typed(word)
        near = _near(reader, word)
        hint = f"; did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else "."
        where = f"in its {word.field} " if word.field else ""
        form = "in any form" if isinstance(word, Term) else "in this form"
        start, end = place(query, typed)
        yield Diagnostic(
            message=f"No paragraph has “{typed}” {where}{form}{hint}",
            start=start,
            end=end,
            suggestion=near[0] if near else "",
        )
    if len(unknown) > MOST_SAID:
        number = len(unknown) - MOST_SAID
        rest = "Another word is" if number == 1 else f"{number} other words are"
        yield Diagnostic(message=f"{rest} in no paragraph either.", start=0, end=len(query))


def did_you_mean(query: str, diagnostics: Iterable[Diagnostic]) -> str:
    """``query`` with every suggestion of ``diagnostics`` in its place; "" where there is none.

    One that is about the whole query counts where there is no other, and none that only asks for the same words less
    strictly.
    """
    placed = [each for each in diagnostics if each.suggestion and 0 <= each.start < each.end <= len(query)]
    placed = [each for each in placed if each.suggestion != plain_words(query)]
    of_parts = [each for each in placed if each.end - each.start < len(query)] or placed[:1]
    mended, before = query, len(query)
    for each in sorted(of_parts, key=lambda each: -each.start):
        if each.end <= before:
            mended, before = mended[: each.start] + each.suggestion + mended[each.end :], each.start
    return "" if mended == query else mended


def _typed(word: Term | Exact) -> str:
    return word.word if isinstance(word, Term) else word.words[0]


def _near(reader: IndexReader, word: Term | Exact) -> tuple[str, ...]:
    """Words of the index that one may be a slip for: two letters off, one in a short word, none in a tiny one.

    Numbers are not misspelt, and a word of one field is replaced by words that stand there.
    """
    typed = _typed(word)
    if len(typed) <= TINY or typed.isdecimal():
        return ()
    most = 1 if len(typed) <= SHORT else 2
    near = [each for each in reader.similar(typed, limit=LOOKED_AT) if edits_between(typed, each, most) <= most]
    having = reader.count([_with(word, each) for each in near]) if near else ()
    return tuple(each for each, count in zip(near, having, strict=True) if count)[:OFFERED]


def _with(word: Term | Exact, other: str) -> Term | Exact:
    return replace(word, word=other) if isinstance(word, Term) else replace(word, words=(other,))


def _unmatched(reader: IndexReader, question: Question) -> Iterator[Diagnostic]:
    """Each prefix, wildcard and fuzzy word that no word of the index matches; a fuzzy one with a wider one."""
    for leaf in wanted_leaves(question.parsed):
        if not isinstance(leaf, (Prefix, Wildcard, Fuzzy)) or reader.expand(leaf).found:
            continue
        if leaf.field and BY_KEY[leaf.field].kind == "keys":
            continue
        text = str(leaf)
        typed = leaf.start if isinstance(leaf, Prefix) else leaf.pattern if isinstance(leaf, Wildcard) else leaf.word
        wider = str(replace(leaf, distance=MAX_EDITS)) if isinstance(leaf, Fuzzy) and leaf.distance < MAX_EDITS else ""
        hint = f"; try {wider}." if wider else "."
        start, end = _place_of_sign(question.request.query, typed)
        yield Diagnostic(message=f"No word of this index matches {text}{hint}", start=start, end=end)


def _nothing_found(reader: IndexReader, question: Question, *, looser: bool) -> Iterator[Diagnostic]:
    """Why there may be nothing: what is chosen, or (where ``looser``) that the words are asked for too strictly."""
    if question.request.narrowed:
        (without,) = reader.count((question.ranked.tree,))
        if without:
            number = "one paragraph matches" if without == 1 else f"{without:,} paragraphs match"
            yield Diagnostic(message=f"Nothing under what is chosen; without it, {number}.")
            return
    typed = question.request.query
    plain = plain_words(typed) if looser else ""
    if plain and plain != typed.strip():
        (found,) = reader.count((ranking.resolve(reader, parse(plain).tree).tree,), filters=question.filters)
        if found:
            number = "one paragraph matches" if found == 1 else f"{found:,} paragraphs match"
            message = f"Nothing matches all of this as it is asked; {number} the plain words “{plain}”."
            yield Diagnostic(message=message, start=0, end=len(typed), suggestion=plain)


def plain_words(query: str) -> str:
    """The words of ``query`` that are sought anywhere, without operators and quotation marks."""
    words: list[str] = []
    for leaf in wanted_leaves(parse(query).tree):
        words += getattr(leaf, "words", ()) or ([leaf.word] if isinstance(leaf, Term) else [])
    return " ".join(dict.fromkeys(words))


def place(query: str, form: str) -> tuple[int, int]:
    """Where the first word with this form stands in the typed query; the whole query where that is not plain."""
    for token in analysis.tokens(query):
        if token.form == form:
            return token.start, token.end
    return 0, len(query)


def _place_of_sign(query: str, typed: str) -> tuple[int, int]:
    """The word of the query that begins with ``typed``, up to a space; the whole query where that is not plain."""
    at = query.casefold().find(typed)
    return (at, at + len(query[at:].split()[0].rstrip(")"))) if at >= 0 and typed else (0, len(query))


def _words(query: Query) -> Iterator[Term | Exact]:
    """Each word that a match has, by itself: those of phrases too."""
    for leaf in wanted_leaves(query):
        if isinstance(leaf, Term):
            yield leaf
        elif isinstance(leaf, Exact):
            yield from (Exact((word,), leaf.field) for word in leaf.words)
        elif isinstance(leaf, (Phrase, Near)):
            yield from (Term(word, leaf.field) for word in leaf.words)
