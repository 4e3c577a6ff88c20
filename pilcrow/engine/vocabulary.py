"""The forms of an index, and which of them a prefix, a wildcard or a misspelt word stands for.

Shared by all engines, so that the same query expands to the same forms on each.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import translate
from functools import cache, lru_cache
from heapq import nlargest

from pilcrow.engine.contract import Expansion, FormCount
from pilcrow.engine.fields import DEFAULT_FIELDS, TEXT_FIELDS
from pilcrow.engine.query import Fuzzy, Prefix, Wildcard
from pilcrow.engine.rising import beginning, in_order, place_of

SIMILAR_WITHIN = 2
"""How many edits away a suggestion may be."""

_HALVED_FROM = 4
"""Letters of a word from which few enough forms have either half of it."""


class Vocabulary:
    """``forms``, rising, the ``terms`` of each, and for each text field how many paragraphs have each form in it.

    A form's frequency for a node is the sum over the fields that the node looks at.
    """

    def __init__(
        self, forms: Sequence[str], terms: Sequence[str], frequencies: Mapping[str, Sequence[int]], *, most: int
    ) -> None:
        self.forms = forms
        self.terms = terms
        self._frequencies = frequencies
        self._most = most
        self._by_length: dict[int, tuple[list[int], list[str]]] = {}
        self._by_end: tuple[list[str], array[int]] | None = None
        self._by_term: tuple[list[str], array[int]] | None = None
        self.expand = lru_cache(maxsize=256)(self._expand)
        self.has = lru_cache(maxsize=8192)(self._has)
        """Whether some paragraph has a form in a text field."""

    def family(self, term: str) -> Sequence[str]:
        """The forms whose English term is ``term``."""
        if self._by_term is None:
            # Two rows, not a list for each term: so many small lists would slow every search for garbage down.
            self._by_term = in_order(self.terms)
        terms, order = self._by_term
        return [self.forms[at] for at in order[bisect_left(terms, term) : bisect_right(terms, term)]]

    def _has(self, form: str, field: str) -> bool:
        return self.having(form, field) > 0

    def having(self, form: str, field: str) -> int:
        """How many paragraphs have ``form`` in ``field``; "" is all that a word without a field is looked for in."""
        at = place_of(form, self.forms)
        return 0 if at is None else self._frequencies[field][at]

    def frequency(self, at: int, fields: Iterable[str]) -> int:
        """In how many paragraphs the form with number ``at`` stands, summed over ``fields``."""
        return sum(self._frequencies[field][at] for field in fields)

    def beginning(self, start: str, field: str, limit: int) -> tuple[FormCount, ...]:
        """The most frequent forms that begin with ``start``, equals by form, and how many paragraphs have each."""
        counts = self._frequencies[field]
        found = nlargest(limit, self._beginning(start), key=lambda at: (counts[at], -at))
        return tuple(FormCount(self.forms[at], counts[at]) for at in found if counts[at])

    def similar(self, word: str, limit: int) -> tuple[str, ...]:
        """The forms nearest to ``word``, not itself: within two edits, nearest first, then the most frequent."""
        fields = [field.key for field in TEXT_FIELDS]
        near = [
            (edits, -self.frequency(at, fields), self.forms[at])
            for at, edits in self._within(word, SIMILAR_WITHIN)
            if edits
        ]
        return tuple(form for _, _, form in sorted(near)[:limit])

    def _expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        fields = [node.field] if node.field else [field.key for field in DEFAULT_FIELDS]
        ranked = sorted(
            (-frequency, self.forms[at]) for at in self._matching(node) if (frequency := self.frequency(at, fields))
        )
        return Expansion(node, tuple(form for _, form in ranked[: self._most]), len(ranked))

    def _matching(self, node: Prefix | Wildcard | Fuzzy) -> Iterable[int]:
        if isinstance(node, Prefix):
            return self._beginning(node.start)
        if isinstance(node, Wildcard):
            matches = pattern(node.pattern).match
            literal = re.split(r"[*?]", node.pattern, maxsplit=1)[0]
            return [at for at in self._beginning(literal) if matches(self.forms[at])]
        return [at for at, _ in self._within(node.word, node.distance)]

    def _beginning(self, start: str) -> range:
        return beginning(start, self.forms)

    def _ending(self, end: str) -> Sequence[int]:
        """The numbers of the forms that end so."""
        if self._by_end is None:
            self._by_end = in_order([form[::-1] for form in self.forms])
        backwards, order = self._by_end
        found = beginning(end[::-1], backwards)
        return order[found.start : found.stop]

    def _perhaps_one_edit_from(self, word: str) -> list[int]:
        """Of the forms those that have either half of ``word`` in its place: one edit leaves the other half as it was.

        But for a swap of the two letters in the middle, which touches both.
        """
        half = len(word) // 2
        swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        found = {*self._beginning(word[:half]), *self._ending(word[half:]), *self._beginning(swapped)}
        return [at for at in found if abs(len(self.forms[at]) - len(word)) < 2]

    def _within(self, word: str, distance: int) -> Iterable[tuple[int, int]]:
        """Number and edits of each form within ``distance`` of ``word``."""
        from rapidfuzz import process

        for numbers, forms in self._perhaps_within(word, distance):
            for _, edits, at in process.extract(word, forms, scorer=_distance(), score_cutoff=distance, limit=None):
                yield numbers[at], edits

    def _perhaps_within(self, word: str, distance: int) -> Iterable[tuple[list[int], list[str]]]:
        """The forms that must be compared with ``word``, in groups: their numbers, and themselves."""
        if distance == 1 and len(word) >= _HALVED_FROM:
            numbers = self._perhaps_one_edit_from(word)
            return [(numbers, [self.forms[at] for at in numbers])]
        if not self._by_length:
            for at, form in enumerate(self.forms):
                numbers, forms = self._by_length.setdefault(len(form), ([], []))
                numbers.append(at)
                forms.append(form)
        lengths = range(len(word) - distance, len(word) + distance + 1)
        return [self._by_length[length] for length in lengths if length in self._by_length]


def pattern(wildcards: str) -> re.Pattern[str]:
    """The regular expression of a wildcard pattern, to be matched from the start; it cannot run away."""
    return re.compile(translate(wildcards.replace("[", "[[]")), re.DOTALL)


def edits_between(one: str, other: str, most: int) -> int:
    """The optimal string alignment distance (an adjacent swap is one edit), or any number above ``most``."""
    return _distance()(one, other, score_cutoff=most)


def near_to(word: str, most: int) -> Callable[[str], bool]:
    """What says whether a form is at most so many edits from ``word``."""
    distance = _distance()
    return lambda form: distance(word, form, score_cutoff=most) <= most


@cache
def _distance() -> Callable[..., int]:
    # Imported when a word is first compared: most searches compare none.
    from rapidfuzz.distance import OSA

    return OSA.distance
