"""What a query tree matches and how it scores, over postings that an engine supplies.

The meaning is that of :mod:`pilcrow.engine.query` and :mod:`pilcrow.engine.scoring`; an engine that has none of its own
gives a :class:`Source` and has both exactly. Sets of paragraphs are integers (:mod:`pilcrow.engine.bitsets`).
Trees are walked without recursion, because they may be deeper than Python's stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from typing import Protocol

from pilcrow.engine import bitsets, places, scoring, watch
from pilcrow.engine.analysis import term
from pilcrow.engine.contract import Expansion
from pilcrow.engine.fields import BY_KEY, DEFAULT_FIELDS
from pilcrow.engine.query import (
    And,
    AtLeast,
    Best,
    Everything,
    Exact,
    Fuzzy,
    Leaf,
    Lift,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
    children_first,
    children_of,
)

Counts = Mapping[int, int]
"""How often each paragraph has something: paragraph -> frequency."""

Expanding = (Prefix, Wildcard, Fuzzy)


class Posting:
    """The paragraphs that have a word in one field.

    ``bits`` is their set, ``counts`` how often each has it, ``places(paragraph)`` the rising positions (see
    :mod:`pilcrow.engine.places`), worked out when asked for.
    """

    __slots__ = ("_find", "_found", "bits", "counts")

    def __init__(self, bits: int, counts: Counts, find: Callable[[int], list[int]]) -> None:
        self.bits = bits
        self.counts = counts
        self._find = find
        self._found: dict[int, list[int]] = {}

    def places(self, paragraph: int) -> list[int]:
        """The positions in a paragraph that has the word."""
        found = self._found.get(paragraph)
        if found is None:
            found = self._found[paragraph] = self._find(paragraph)
        return found


NOWHERE = Posting(0, {}, lambda _: [])


class Source(Protocol):
    """What an engine supplies."""

    @property
    def size(self) -> int:
        """How many paragraphs the index has; they are numbered from 0, in order of symbol and ordinal."""
        ...

    @property
    def stemmed(self) -> int:
        """The paragraphs whose terms are stems; those of the others are forms."""
        ...

    def family(self, english_term: str) -> Sequence[str]:
        """The forms of the vocabulary with this English term."""
        ...

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms or keys that ``node`` stands for."""
        ...

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        ...

    def form_bits(self, field: str, form: str) -> int:
        """The set of those paragraphs alone, which is quicker to read."""
        ...

    def key_bits(self, field: str, key: str) -> int:
        """The paragraphs that have ``key`` in a key field."""
        ...

    def dated(self, low: str, high: str) -> int:
        """The paragraphs of the documents whose date may lie between ``low`` and ``high``."""
        ...

    def norms(self, field: str) -> Sequence[float]:
        """What the length of a text field adds to the denominator of BM25, for each paragraph."""
        ...

    def idf(self, node: Term | Exact | Phrase | Near) -> float:
        """The summed weight of the node's words, each by the paragraphs that have it in any field looked at."""
        ...


class Evaluator:
    """Answers what matches and how it ranks; keeps what it worked out for words that were asked for lately."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.everything = bitsets.span(0, source.size)
        self._posting = lru_cache(maxsize=4096)(self._term_posting)
        self._bits = lru_cache(maxsize=4096)(self._leaf_bits)
        self._occurrences = lru_cache(maxsize=1024)(self._leaf_occurrences)
        self._scored = lru_cache(maxsize=1024)(self._leaf_scores)

    # ----------------------------------------------------------------------------------------------- matching

    def matches(self, query: Query) -> int:
        """The set of paragraphs that ``query`` matches."""
        return self._matches(query)[id(query)]

    def _matches(self, query: Query) -> dict[int, int]:
        """The set of each node of ``query``, keyed by the node's id."""
        found: dict[int, int] = {}
        for node in watch.checked(children_first(query)):
            found[id(node)] = self._combined(node, [found[id(child)] for child in children_of(node)])
        return found

    def _combined(self, node: Query, children: Sequence[int]) -> int:
        if isinstance(node, And):
            return _common(children, self.everything)
        if isinstance(node, Or):
            return bitsets.union(children)
        if isinstance(node, AtLeast):
            reachable = min(node.required, len(children) + 1)
            return bitsets.at_least(children, reachable, self.everything)[reachable]
        if isinstance(node, Not):
            return self.everything & ~children[0]
        if isinstance(node, Lift):
            return children[0]
        if isinstance(node, Best):
            raise ValueError("a Best node must have been resolved to AtLeast before it is evaluated")
        return self._bits(node)

    def _leaf_bits(self, node: Leaf) -> int:
        if isinstance(node, Everything):
            return self.everything
        if isinstance(node, Value):
            return self._source.key_bits(node.field, node.key)
        if isinstance(node, Range):
            return self._source.dated(node.low, node.high)
        if isinstance(node, Term):
            return bitsets.union(self._posting(field, node.word).bits for field in fields_of(node.field))
        if isinstance(node, Expanding):
            return self._expanded(node)
        if isinstance(node, Exact) and len(node.words) == 1:
            return bitsets.union(self._source.form_bits(field, node.words[0]) for field in fields_of(node.field))
        return bitsets.of(
            {paragraph for _, counts in self._occurrences(node) for paragraph in counts}, self._source.size
        )

    def _expanded(self, node: Prefix | Wildcard | Fuzzy) -> int:
        forms = watch.checked(self._source.expand(node).forms)
        if node.field and BY_KEY[node.field].kind == "keys":
            return bitsets.union(self._source.key_bits(node.field, key) for key in forms)
        return bitsets.union(self._source.form_bits(field, form) for form in forms for field in fields_of(node.field))

    def _term_posting(self, field: str, word: str) -> Posting:
        """Where a word stands in any form: its stem's forms in the stemmed paragraphs, itself in the others."""
        stemmed, others = self._source.stemmed, self.everything & ~self._source.stemmed
        parts = [
            _within(self._source.posting(field, form), stemmed)
            for form in watch.checked(self._source.family(term(word)))
        ]
        if others:
            parts.append(_within(self._source.posting(field, word), others))
        return _merged([part for part in parts if part.bits])

    # -------------------------------------------------------------------------------------------- occurrences

    def _leaf_occurrences(self, node: Term | Exact | Phrase | Near) -> Sequence[tuple[str, Counts]]:
        """For each field that the node looks at: how often each paragraph has it there."""
        if isinstance(node, Term):
            return [(field, self._posting(field, node.word).counts) for field in fields_of(node.field)]
        find = self._near if isinstance(node, Near) else self._side_by_side
        return [(field, find(node, field)) for field in fields_of(node.field)]

    def _word_postings(self, node: Exact | Phrase | Near | Term, field: str) -> list[Posting]:
        if isinstance(node, Exact):
            return [self._source.posting(field, word) for word in node.words]
        return [self._posting(field, word) for word in _words(node)]

    def _side_by_side(self, node: Exact | Phrase | Near, field: str) -> Counts:
        postings = self._word_postings(node, field)
        if len(postings) == 1:
            return postings[0].counts
        found = {}
        for paragraph in watch.checked(_candidates(postings)):
            count = places.phrase_starts([posting.places(paragraph) for posting in postings])
            if count:
                found[paragraph] = count
        return found

    def _near(self, node: Exact | Phrase | Near, field: str) -> Counts:
        postings = self._word_postings(node, field)
        slop = node.slop if isinstance(node, Near) else 0
        by_stem = _distinct(postings, [term(word) for word in node.words])
        by_form = _distinct(postings, node.words)
        found = {}
        for paragraph in watch.checked(_candidates(postings)):
            words = by_stem if self._source.stemmed >> paragraph & 1 else by_form
            groups = [(posting.places(paragraph), needed) for posting, needed in words]
            count = places.near_starts(groups, len(node.words) + max(slop, 0))
            if count:
                found[paragraph] = count
        return found

    # ------------------------------------------------------------------------------------------------ scoring

    def ranked(self, query: Query, among: int, count: int) -> list[tuple[int, float]]:
        """The first ``count`` paragraphs of ``among`` by falling score, equals by number, each with its score."""
        totals: dict[int, float] = {}
        for matching, scores, weight in watch.checked(self._scorers(query)):
            hits = matching & among
            if hits.bit_count() < len(scores):
                scores = {paragraph: scores[paragraph] for paragraph in bitsets.members(hits)}
            if totals or weight != 1.0:
                for paragraph, score in scores.items():
                    totals[paragraph] = totals.get(paragraph, 0.0) + score * weight
            else:
                totals = dict(scores)
        first = _highest(totals, count)
        unscored = islice(bitsets.members(among & ~bitsets.of(totals, self._source.size)), count - len(first))
        return first + [(paragraph, 0.0) for paragraph in unscored]

    def _scorers(self, query: Query) -> Iterator[tuple[int, Mapping[int, float], float]]:
        """Each leaf that scores: the paragraphs where it and all nodes above it match, its scores and their weight."""
        found = self._matches(query)
        waiting: list[tuple[Query, int, float]] = [(query, self.everything, 1.0)]
        while waiting:
            node, within, weight = waiting.pop()
            within &= found[id(node)]
            if isinstance(node, (And, Or, AtLeast)):
                waiting.extend((child, within, weight) for child in reversed(node.children))
            elif isinstance(node, Lift):
                waiting.extend((each, within, weight * node.weight) for each in reversed(node.by))
                waiting.append((node.child, within, weight))
            elif isinstance(node, (Term, Exact, Phrase, Near, *Expanding)) and within:
                yield within, self._scored(node), weight

    def _leaf_scores(self, node: Term | Exact | Phrase | Near | Prefix | Wildcard | Fuzzy) -> Mapping[int, float]:
        if isinstance(node, Expanding):
            return dict.fromkeys(bitsets.members(self._bits(node)), scoring.CONSTANT)
        weight = self._source.idf(node)
        scores: dict[int, float] = {}
        for field, counts in watch.checked(self._occurrences(node)):
            norms, boosted = self._source.norms(field), weight * BY_KEY[field].boost
            for paragraph, frequency in counts.items():
                score = boosted * scoring.saturated(frequency, norms[paragraph])
                scores[paragraph] = scores.get(paragraph, 0.0) + score
        return scores


def _highest(scores: Mapping[int, float], count: int) -> list[tuple[int, float]]:
    """The first ``count`` paragraphs by falling rounded score, equals by number."""
    if not count:
        return []
    lowest = nlargest(count, scores.values())[-1:]
    # Only what may be among the first is rounded and sorted; rounding moves a score by less than this.
    least = lowest[0] - 10**-scoring.DIGITS if lowest else 0.0
    near = [(-round(score, scoring.DIGITS), paragraph) for paragraph, score in scores.items() if score >= least]
    return [(paragraph, -score) for score, paragraph in sorted(near)[:count]]


def fields_of(field: str) -> Sequence[str]:
    """The text fields that a node of ``field`` looks at."""
    return (field,) if field else _DEFAULT


_DEFAULT = tuple(field.key for field in DEFAULT_FIELDS)


def _words(node: Term | Exact | Phrase | Near) -> tuple[str, ...]:
    return (node.word,) if isinstance(node, Term) else node.words


def _common(sets: Sequence[int], everything: int) -> int:
    for each in sets:
        everything &= each
    return everything


def _candidates(postings: Sequence[Posting]) -> Iterator[int]:
    """The paragraphs that have every word: where a phrase may stand."""
    if postings:
        yield from bitsets.members(_common([posting.bits for posting in postings], postings[0].bits))


def _distinct(postings: Sequence[Posting], keys: Sequence[str]) -> list[tuple[Posting, int]]:
    """The different words by ``keys``, with how often each was asked for."""
    by_key = dict(zip(keys, postings, strict=True))
    return [(posting, sum(each == key for each in keys)) for key, posting in by_key.items()]


def _within(posting: Posting, bits: int) -> Posting:
    common = posting.bits & bits
    if common == posting.bits:
        return posting
    counts = {paragraph: posting.counts[paragraph] for paragraph in bitsets.members(common)}
    return Posting(common, counts, posting.places)


def _merged(parts: Sequence[Posting]) -> Posting:
    """The paragraphs that have any of several words, whose positions are together."""
    if len(parts) < 2:
        return parts[0] if parts else NOWHERE
    counts: dict[int, int] = {}
    for part in parts:
        for paragraph, count in part.counts.items():
            counts[paragraph] = counts.get(paragraph, 0) + count

    def find(paragraph: int) -> list[int]:
        return sorted(place for part in parts if paragraph in part.counts for place in part.places(paragraph))

    return Posting(bitsets.union([part.bits for part in parts]), counts, find)
