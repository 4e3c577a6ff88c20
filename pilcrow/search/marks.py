"""Which characters of a text match a query: the spans that are marked in snippets and on the page of a document.

A phrase is marked only where it stands as a phrase, words near each other only where they are near, ``=`` only in that
form; what stands under NOT is never marked, and a word that is asked for in one field is marked there alone. Wildcards
and fuzzy words are compared with the text's own tokens, so that no list of forms can be too short for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pilcrow.engine import analysis
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.query import (
    Exact,
    Fuzzy,
    Leaf,
    Near,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
    wanted_leaves,
)
from pilcrow.engine.vocabulary import near_to, pattern

Test = Callable[[str], bool]
"""Whether a token matches, by its form alone."""

Finder = Callable[[Sequence[str]], Iterator[tuple[int, int]]]
"""Given the forms of one field value: the numbers of the first and last token of each match."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that match, half open, and the number of the part of the query that they match."""

    start: int
    end: int
    part: int


class _Parts:
    """The first part of a query that each form alone matches in one field, worked out when a form is first met.

    ``words`` are the parts that are plain words, by their term; the others are ``tests``, tried one by one.
    """

    def __init__(self, words: Mapping[str, int], tests: Sequence[tuple[int, Test]], language: str) -> None:
        self.any = bool(words or tests)
        self._words = words
        self._tests = tests
        self._language = language
        self._met: set[str] = set()
        self._matching: dict[str, int] = {}

    def among(self, forms: Set[str]) -> dict[str, int]:
        """Those of ``forms`` that match by themselves, with the first part that each matches."""
        new = forms - self._met
        self._met |= new
        for form, term in zip(new, analysis.terms(new, self._language), strict=True):
            if term in self._words:
                self._matching[form] = self._words[term]
        for number, test in reversed(self._tests):
            for form in filter(test, new):
                self._matching[form] = min(number, self._matching.get(form, number))
        matching = self._matching
        return {form: matching[form] for form in matching.keys() & forms}


class Marker:
    """What is to be marked for a query, made once and asked for many texts.

    ``query`` may be as parsed or as resolved; ``language`` is that of the texts (only English is stemmed).
    """

    def __init__(self, query: Query, language: str = "en") -> None:
        self._language = language
        self._leaves = tuple(enumerate(dict.fromkeys(wanted_leaves(query))))
        self._finders = [(number, leaf, finder) for number, leaf in self._leaves if (finder := self._finder(leaf))]
        self._parts: dict[str, tuple[_Parts, list[tuple[int, Finder]]]] = {}

    def marks(self, text: str, field: str) -> tuple[Mark, ...]:
        """The marks in ``text``, one value of the text field ``field``: in order, none over another."""
        if field not in self._parts:
            self._parts[field] = self._parts_of(field)
        parts, finders = self._parts[field]
        if not (finders or parts.any):
            return ()
        cut = analysis.Cut(text)
        alone = parts.among(set(cut.forms)) if parts.any else {}
        found = [Mark(start, end, alone[form]) for start, end, form in cut.standing(alone.keys())] if alone else []
        together = [(number, *span) for number, finder in finders for span in finder(cut.forms)]
        if together:
            spans = cut.spans()
            found += [Mark(spans[first][0], spans[last][1], part) for part, first, last in together]
        return apart(found)

    def _parts_of(self, field: str) -> tuple[_Parts, list[tuple[int, Finder]]]:
        """What the single tokens of a field are compared with, and what finds several together."""
        leaves = [(number, leaf) for number, leaf in self._leaves if _applies(leaf, field)]
        words = {self._term(leaf.word): number for number, leaf in reversed(leaves) if isinstance(leaf, Term)}
        tests = [(number, test) for number, leaf in leaves if (test := self._test(leaf))]
        finders = [(number, finder) for number, leaf, finder in self._finders if _applies(leaf, field)]
        return _Parts(words, tests, self._language), finders

    def _test(self, leaf: Query) -> Test | None:
        """Whether a token by itself matches the leaf, None where the leaf is no single word but a plain one."""
        match leaf:
            case Exact(words=(word,)):
                return lambda form: form == word
            case Prefix():
                return lambda form: form.startswith(leaf.start)
            case Wildcard():
                matches = pattern(leaf.pattern).match
                return lambda form: matches(form) is not None
            case Fuzzy():
                return near_to(leaf.word, leaf.distance)
            case _:
                return None

    def _finder(self, leaf: Query) -> Finder | None:
        """How a leaf of several words finds its matches, None where the leaf is no such."""
        match leaf:
            case Exact() if len(leaf.words) > 1:
                return _side_by_side(leaf.words, list)
            case Phrase():
                return _side_by_side([self._term(word) for word in leaf.words], self._terms)
            case Near():
                return _near([self._term(word) for word in leaf.words], leaf.slop, self._language)
            case _:
                return None

    def _term(self, word: str) -> str:
        return analysis.term(word, self._language)

    def _terms(self, forms: Sequence[str]) -> list[str]:
        return analysis.terms(forms, self._language)


def _applies(leaf: Query | Leaf, field: str) -> bool:
    asked = getattr(leaf, "field", "")
    return asked == field or (not asked and BY_KEY[field].default)


def _side_by_side(words: Sequence[str], read: Callable[[Sequence[str]], list[str]]) -> Finder:
    """Where ``words`` follow one another in what ``read`` makes of the forms, wherever that begins."""
    wanted = list(words)

    def find(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        there = read(forms)
        at = 0
        for _ in range(there.count(wanted[0])):
            at = there.index(wanted[0], at)
            if there[at : at + len(wanted)] == wanted:
                yield at, at + len(wanted) - 1
            at += 1

    return find


def _near(needed_terms: Sequence[str], slop: int, language: str) -> Finder:
    """Each word of a span that has all of the terms, each at a place of its own, and at most ``slop`` other tokens."""
    needed = Counter(needed_terms)
    reach = len(needed_terms) + slop

    def find(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        terms = analysis.terms(forms, language)
        places = [at for at, term in enumerate(terms) if term in needed]
        marked: set[int] = set()
        for at in places:
            within = places[bisect_left(places, at) : bisect_left(places, at + reach)]
            if not needed - Counter(terms[place] for place in within):
                marked.update(_shortest(terms, within, needed))
        yield from ((at, at) for at in sorted(marked))

    return find


def _shortest(terms: Sequence[str], places: Sequence[int], needed: Counter[str]) -> Sequence[int]:
    """The first of ``places`` that together have every needed term."""
    missing = Counter(needed)
    for count, place in enumerate(places, start=1):
        missing.subtract([terms[place]])
        if all(number <= 0 for number in missing.values()):
            return places[:count]
    return places


def apart(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """``marks`` in order, those that overlap made one, which keeps the part of the longest."""
    if len(marks) < 2:
        return tuple(marks)
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.part)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.end > kept[-1].end:
            kept[-1] = Mark(kept[-1].start, mark.end, kept[-1].part)
    return tuple(kept)
