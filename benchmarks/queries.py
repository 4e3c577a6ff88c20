"""The queries that the benchmarks ask: eleven kinds in turn, drawn from the corpus with a fixed seed.

A query is described without any language (its kind, its words, the facet values chosen), and each contender writes it
in its own; :meth:`Query.typed` is Pilcrow's. Words come from paragraphs at random, so that a common word comes up as
often as it is written; those that carry grammar alone, and those of fewer than four letters, are left aside.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from benchmarks.corpus import SEED, Corpus
from pilcrow.engine.analysis import Token, stopwords, tokens
from pilcrow.engine.fields import BY_KEY, is_qualified, key_values
from pilcrow.engine.model import UNKNOWN, Document, Paragraph
from pilcrow.search.request import Chosen, SearchRequest

CHOSEN_FROM = ("session", "state", "pillar", "agenda", "date", "body", "type")
SLOP = 5
"""Other words that may stand between two that are to be near."""

WARM_UP = SEED + 1
"""The seed of the queries that are asked before any is counted."""

_FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words as ``kind`` says, among paragraphs with each value ``chosen`` (facet and key).

    ``words`` are one to three words in lower case; for a prefix its letters, for an inner wildcard a word with "?" or
    "*" in it, for "not" the two alternatives and the word to do without.
    """

    kind: str
    words: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...] = ()

    def typed(self) -> str:
        """The words as a person types them into Pilcrow."""
        match self.kind:
            case "phrase":
                return f'"{" ".join(self.words)}"'
            case "near":
                return f'"{" ".join(self.words)}"~{SLOP}'
            case "prefix":
                return f"{self.words[0]}*"
            case "fuzzy":
                return f"{self.words[0]}~"
            case "not":
                return "({} OR {}) AND NOT {}".format(*self.words)
            case _:
                return " ".join(self.words)

    def request(self) -> SearchRequest:
        """The whole question as Pilcrow's pages ask it."""
        chosen = tuple(Chosen(field=field, include=(key,)) for field, key in self.chosen)
        return SearchRequest(query=self.typed(), chosen=chosen)


def draw(corpus: Corpus, count: int, *, seed: int = SEED) -> list[Query]:
    """``count`` queries drawn from ``corpus``, the kinds in turn."""
    chance = random.Random(seed)
    kinds = list(_DRAWN)
    return [_drawn(kinds[position % len(kinds)], corpus, chance) for position in range(count)]


def _drawn(kind: str, corpus: Corpus, chance: random.Random) -> Query:
    """A query of one kind, from the first paragraph drawn that has what the kind needs."""
    while True:
        document, paragraph = corpus.draw(chance)
        query = _DRAWN[kind](kind, _Source(corpus, document, paragraph), chance)
        if query is not None:
            return query


class _Source:
    """A paragraph to draw from."""

    def __init__(self, corpus: Corpus, document: Document, paragraph: Paragraph) -> None:
        self.corpus, self._document, self._paragraph = corpus, document, paragraph
        self.words = [token for token in tokens(paragraph.text) if _is_asked(token.form)]

    def values(self) -> Iterator[tuple[str, str]]:
        """The values that the paragraph has in the facets that are chosen from."""
        for name in CHOSEN_FROM:
            for value in key_values(BY_KEY[name], self._document, self._paragraph):
                if value.key != UNKNOWN and not is_qualified(BY_KEY[name], value.key):
                    yield name, value.key


def _is_asked(form: str) -> bool:
    return len(form) >= _FEWEST_LETTERS and form.isascii() and form.isalpha() and form not in stopwords()


def _some(number: int) -> Callable[[str, _Source, random.Random], Query | None]:
    """What draws ``number`` different words of one paragraph."""

    def drawn(kind: str, source: _Source, chance: random.Random) -> Query | None:
        # In the order of the text, so that the draw does not depend on how a set is kept.
        forms = list(dict.fromkeys(token.form for token in source.words))
        weights = [token.form for token in source.words]
        if len(forms) < number:
            return None
        found: list[str] = []
        while len(found) < number:
            word = chance.choice(weights)
            if word not in found:
                found.append(word)
        return Query(kind, tuple(found))

    return drawn


def _phrase(kind: str, source: _Source, chance: random.Random) -> Query | None:
    """Two words that follow one another."""
    pairs = [pair for pair in pairwise(source.words) if pair[1].position == pair[0].position + 1]
    return _pair(kind, pairs, chance)


def _near(kind: str, source: _Source, chance: random.Random) -> Query | None:
    """Two words with others between them."""
    pairs = [pair for pair in combinations(source.words, 2) if 1 < pair[1].position - pair[0].position <= SLOP + 1]
    return _pair(kind, pairs, chance)


def _pair(kind: str, pairs: list[tuple[Token, Token]], chance: random.Random) -> Query | None:
    different = [(first.form, second.form) for first, second in pairs if first.form != second.form]
    return Query(kind, chance.choice(different)) if different else None


def _spoilt(spoil: Callable[[str, random.Random], str]) -> Callable[[str, _Source, random.Random], Query | None]:
    """What draws a word of seven letters or more and writes it otherwise."""

    def drawn(kind: str, source: _Source, chance: random.Random) -> Query | None:
        long = [token.form for token in source.words if len(token.form) > 6]
        return Query(kind, (spoil(chance.choice(long), chance),)) if long else None

    return drawn


def _shortened(word: str, chance: random.Random) -> str:
    return word[: chance.randrange(4, len(word) - 1)]


def _with_wildcard(word: str, chance: random.Random) -> str:
    at = chance.randrange(3, len(word) - 2)
    return chance.choice((f"{word[:at]}?{word[at + 1 :]}", f"{word[:at]}*{word[at + 2 :]}"))


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(word) - 2)
    first, second = word[at], word[at + 1]
    return word[:at] + chance.choice((second + first, second, first * 2 + second)) + word[at + 2 :]


def _not(kind: str, source: _Source, chance: random.Random) -> Query | None:
    """Either of two words of one paragraph, without one of another."""
    either = _some(2)(kind, source, chance)
    without = _some(1)(kind, _Source(source.corpus, *source.corpus.draw(chance)), chance)
    if either is None or without is None or without.words[0] in either.words:
        return None
    return Query(kind, either.words + without.words)


def _facet_only(kind: str, source: _Source, chance: random.Random) -> Query | None:
    return Query(kind, (), (chance.choice(list(source.values())),))


def _with_two_facets(kind: str, source: _Source, chance: random.Random) -> Query | None:
    """A word, and two facets in which the paragraph that has it would be found."""
    word = _some(1)(kind, source, chance)
    values = list(source.values())
    first, second = chance.sample(values, 2)
    return Query(kind, word.words, (first, second)) if word and first[0] != second[0] else None


_DRAWN: dict[str, Callable[[str, _Source, random.Random], Query | None]] = {
    "one word": _some(1),
    "two words": _some(2),
    "three words": _some(3),
    "phrase": _phrase,
    "near": _near,
    "prefix": _spoilt(_shortened),
    "inner wildcard": _spoilt(_with_wildcard),
    "fuzzy": _spoilt(_misspelt),
    "not": _not,
    "facet only": _facet_only,
    "word, two facets": _with_two_facets,
}

KINDS = tuple(_DRAWN)
