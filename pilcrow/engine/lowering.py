"""From the query tree to lookups: what a person means, in terms of what stands in an index's columns.

The engine's own BM25 differs from ours (:mod:`pilcrow.engine.scoring`) in three ways that a boost can undo: it takes a
word's rarity in each field by itself, it may count paragraphs that lack the field, and it takes the mean length over
those too. What is left is the rounding of lengths, for which hits are scored again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pilcrow.engine import dates, scoring
from pilcrow.engine.columns import FIRST_DAY, LAST_DAY, day_number, forms_of, key_column
from pilcrow.engine.evaluate import fields_of
from pilcrow.engine.expanding import Expander
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.lookups import (
    Between,
    Boosted,
    Every,
    Lookup,
    Nothing,
    Preferred,
    Run,
    Word,
    Words,
    all_of,
    any_of,
    constant,
    without,
)
from pilcrow.engine.query import (
    And,
    AtLeast,
    Everything,
    Exact,
    Fuzzy,
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
from pilcrow.engine.statistics import Statistics, both_terms

Check = Callable[[Lookup, Query], Lookup]
"""Of the paragraphs that a lookup finds, those that a node matches by its positions."""


class Lowering:
    """Translates query trees for one index.

    ``counts_absent`` says that the engine's BM25 counts paragraphs that lack a field; ``check`` is asked where only
    positions can tell.
    """

    def __init__(self, statistics: Statistics, expander: Expander, *, counts_absent: bool, check: Check) -> None:
        self._statistics = statistics
        self._expander = expander
        self._counts_absent = counts_absent
        self._check = check

    def lower(self, query: Query) -> Lookup:
        """The lookup that finds what ``query`` matches, and scores it nearly as it is scored."""
        found: dict[int, Lookup] = {}
        for node in children_first(query):
            found[id(node)] = self._lowered(node, [found[id(child)] for child in children_of(node)])
        return found[id(query)]

    def _lowered(self, node: Query, children: Sequence[Lookup]) -> Lookup:
        match node:
            case And():
                return all_of(children)
            case Or():
                return any_of(children)
            case AtLeast():
                return any_of(children, node.required)
            case Not():
                return without(Every(), children[0])
            case Lift():
                return Preferred(children[0], tuple(Boosted(each, node.weight) for each in children[1:]))
            case _:
                return self._leaf(node)

    def _leaf(self, node: Query) -> Lookup:
        match node:
            case Everything():
                return Every()
            case Value():
                return self._key(node.field, node.key)
            case Range():
                return _days(node)
            case Prefix() | Wildcard() | Fuzzy():
                return self._expanded(node)
            case Term():
                idf = self._statistics.idf(node)
                return any_of([each for field in fields_of(node.field) for each in self._word(node.word, field, idf)])
            case Phrase() | Exact() | Near():
                return any_of([self._in_field(node, field) for field in fields_of(node.field)])
            case _:
                raise ValueError(f"{type(node).__name__} must have been resolved before an engine is asked")

    # -------------------------------------------------------------------------------------------------- words

    def _word(self, word: str, field: str, idf: float) -> Iterator[Lookup]:
        for each in both_terms(word):
            if self._statistics.having(each, field):
                yield Word(field, each, self._boost((each,), field, idf))

    def _in_field(self, node: Phrase | Exact | Near, field: str) -> Lookup:
        """Words together: as the engine finds them, where its positions tell all, else checked."""
        idf = self._statistics.idf(node)
        if len(node.words) == 1:
            found = any_of(list(self._word(node.words[0], field, idf)))
            return found if not isinstance(node, Exact) else _with_forms(found, node.words, field)
        if isinstance(node, Exact):
            return self._checked(node, field, _with_forms(self._runs(node.words, field, 0, idf), node.words, field))
        if isinstance(node, Phrase):
            return self._runs(node.words, field, 0, idf)
        pairs = [self._pair((node.words[0], word), node, field, idf) for word in node.words[1:]]
        exactly = len(node.words) == 2 and not _alike(node.words)
        return pairs[0] if exactly else self._checked(node, field, all_of(pairs))

    def _runs(self, words: Sequence[str], field: str, slop: int, idf: float) -> Lookup:
        """The words side by side, as stems or as forms: no paragraph has both."""
        kinds = zip(*map(both_terms, words), strict=True)
        there = [kind for kind in kinds if all(self._statistics.having(each, field) for each in kind)]
        return any_of([Run(field, kind, slop, self._boost(kind, field, idf)) for kind in there])

    def _pair(self, words: tuple[str, str], node: Near, field: str, idf: float) -> Lookup:
        """Two words within the span of ``node``; alike ones wherever one stands, since a run may take it for both."""
        if _alike(words):
            return any_of(list(self._word(words[0], field, idf)))
        slop = max(node.slop, 0) + len(node.words) - 2
        found = any_of([self._runs(order, field, slop, idf) for order in (words, words[::-1])])
        if isinstance(found, Nothing):
            return found
        # A wider run has the words in either order: it counts them once, where the two would count some of them twice.
        return Preferred(constant(found), (self._runs(words, field, slop + 2, idf),))

    def _checked(self, node: Phrase | Exact | Near, field: str, candidates: Lookup) -> Lookup:
        if isinstance(candidates, Nothing):
            return candidates
        return all_of([candidates, constant(self._check(candidates, replace(node, field=field)))])

    def _boost(self, index_terms: Sequence[str], field: str, idf: float) -> float:
        """What makes the engine's score of index terms in a field ours, for a value of the mean length."""
        tokens, having = self._statistics.totals[field]
        counted = self._statistics.size if self._counts_absent else having
        own = sum(scoring.idf(counted, self._statistics.having(each, field)) for each in index_terms)
        mean = self._statistics.mean_length(field)
        own_norm = scoring.norm(round(mean), tokens / counted) if mean else scoring.K1
        fit = scoring.saturated(1, scoring.K1) / scoring.saturated(1, own_norm)
        return BY_KEY[field].boost * idf / own * fit

    # ------------------------------------------------------------------------------------- expansions and keys

    def _expanded(self, node: Prefix | Wildcard | Fuzzy) -> Lookup:
        forms = self._expander.expand(node).forms
        if node.field and BY_KEY[node.field].kind == "keys":
            found = any_of([self._key(node.field, key) for key in forms])
        else:
            found = any_of([_forms(self._present(forms, field), field) for field in fields_of(node.field)])
        return constant(found, scoring.CONSTANT)

    def _key(self, field: str, key: str) -> Lookup:
        there = self._statistics.has_key(field, key)
        return constant(Word(key_column(field, key), key)) if there else Nothing()

    def _present(self, forms: Sequence[str], field: str) -> tuple[str, ...]:
        return tuple(form for form in forms if self._expander.vocabulary.has(form, field))


def _days(node: Range) -> Lookup:
    first, last = map(day_number, dates.bounds(node.low, node.high))
    if first > last:
        return Nothing()
    return constant(all_of([Between(FIRST_DAY, None, last), Between(LAST_DAY, first, None)]))


def _forms(forms: tuple[str, ...], field: str) -> Lookup:
    return constant(Words(forms_of(field), forms)) if forms else Nothing()


def _with_forms(found: Lookup, forms: Sequence[str], field: str) -> Lookup:
    """``found``, where each of ``forms`` stands in the field too."""
    return all_of([found, *(_forms((form,), field) for form in dict.fromkeys(forms))])


def _alike(words: Sequence[str]) -> bool:
    """Whether two of ``words`` are the same in some paragraphs."""
    return any(len(set(of_one_kind)) < len(words) for of_one_kind in zip(*map(both_terms, words), strict=True))
