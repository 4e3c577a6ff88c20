"""A handful of paragraphs, in memory, as the source that :class:`pilcrow.engine.evaluate.Evaluator` asks.

An engine with postings of its own finds candidates; whether their positions match, and what exactly they score, is
worked out here from the forms that stand in them, by the same code that answers for an engine that has no scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pilcrow.engine import bitsets, dates, places, scoring
from pilcrow.engine.contract import Expansion
from pilcrow.engine.evaluate import NOWHERE, Posting
from pilcrow.engine.expanding import Expander
from pilcrow.engine.fields import TEXT_FIELDS
from pilcrow.engine.query import Exact, Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from pilcrow.engine.statistics import Statistics

_BETWEEN_VALUES = "\n"
_BETWEEN_FIELDS = "\f"


def encode(forms: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """The forms of a paragraph (of each text field, each value) as an engine keeps them beside it."""
    return together(map(spaced, forms))


def together(texts: Iterable[str]) -> bytes:
    """The same, given the forms of each text field as :func:`spaced`."""
    return _BETWEEN_FIELDS.join(texts).encode()


def spaced(values: Sequence[Sequence[str]]) -> str:
    """The forms of a text field, each value apart.

    Each form has a space before it and one behind, so that how often a form stands in a text is how often its string
    does.
    """
    return _BETWEEN_VALUES.join(map(_spaced, values))


def _spaced(forms: Sequence[str]) -> str:
    return f" {'  '.join(forms)} " if forms else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A paragraph to look at: its ``forms`` as encoded, the days of its document's date, whether it is stemmed."""

    number: int
    forms: bytes
    stemmed: bool
    days: tuple[str, str]


class Sample:
    """``candidates`` in rising order, numbered from 0; ``keyed`` says which of them have a key of a key field."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        statistics: Statistics,
        expander: Expander,
        keyed: Callable[[str, str], Sequence[int]],
    ) -> None:
        self.size = len(candidates)
        self.stemmed = bitsets.of([at for at, each in enumerate(candidates) if each.stemmed], self.size)
        self.family: Callable[[str], Sequence[str]] = expander.vocabulary.family
        self.expand: Callable[[Prefix | Wildcard | Fuzzy], Expansion] = expander.expand
        self.idf: Callable[[Term | Exact | Phrase | Near], float] = statistics.idf
        self._has = expander.vocabulary.has
        self._days = [each.days for each in candidates]
        self._at = {each.number: at for at, each in enumerate(candidates)}
        self._keyed = keyed
        self._statistics = statistics
        encoded = [each.forms.decode().split(_BETWEEN_FIELDS) for each in candidates]
        self._encoded = {each.key: [fields[at] for fields in encoded] for at, each in enumerate(TEXT_FIELDS)}
        self._sets: dict[str, list[set[str]]] = {}
        self._norms: dict[str, Sequence[float]] = {}

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        if not self._has(form, field):
            return NOWHERE
        written = f" {form} "
        counts = {at: count for at, text in enumerate(self._encoded[field]) if (count := text.count(written))}
        if not counts:
            return NOWHERE
        return Posting(bitsets.of(counts, self.size), counts, lambda at: self._places(field, form, at))

    def _places(self, field: str, form: str, at: int) -> list[int]:
        encoded = self._encoded[field][at]
        words, found = encoded.split(), list[int]()
        for _ in range(words.count(form)):
            found.append(words.index(form, found[-1] + 1 if found else 0))
        if _BETWEEN_VALUES not in encoded:
            return found
        lengths = [len(value.split()) for value in encoded.split(_BETWEEN_VALUES)]
        return places.moved(found, lengths)

    def form_bits(self, field: str, form: str) -> int:
        """The set of those paragraphs alone: quicker where many forms are asked for."""
        if field not in self._sets:
            self._sets[field] = [set(text.split()) for text in self._encoded[field]]
        found = 0
        for at, words in enumerate(self._sets[field]):
            if form in words:
                found |= 1 << at
        return found

    def key_bits(self, field: str, key: str) -> int:
        """The paragraphs that have ``key`` in a key field."""
        return bitsets.of([self._at[number] for number in self._keyed(field, key)], self.size)

    def dated(self, low: str, high: str) -> int:
        """The paragraphs of the documents whose date may lie between ``low`` and ``high``."""
        asked = dates.bounds(low, high)
        return bitsets.of([at for at, days in enumerate(self._days) if dates.may_lie(days, asked)], self.size)

    def norms(self, field: str) -> Sequence[float]:
        """What the length of a text field adds to the denominator of BM25, for each paragraph."""
        if field not in self._norms:
            mean = self._statistics.mean_length(field)
            self._norms[field] = [scoring.norm(text.count(" ") >> 1, mean) for text in self._encoded[field]]
        return self._norms[field]
