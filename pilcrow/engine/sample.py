"""A handful of paragraphs, in memory, as the source that :class:`pilcrow.engine.evaluate.Evaluator` asks.

An engine with postings of its own finds candidates; whether their positions match, and what exactly they score, is
worked out here from the forms that stand in them, by the same code that answers for an engine that has no scores.
Forms are kept as codes (:mod:`pilcrow.engine.form_codes`), because a query asks for dozens of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pilcrow.engine import bitsets, dates, places, scoring
from pilcrow.engine.contract import Expansion
from pilcrow.engine.evaluate import NOWHERE, Posting
from pilcrow.engine.expanding import Expander
from pilcrow.engine.fields import TEXT_FIELDS
from pilcrow.engine.form_codes import FormCoder, FormCodes
from pilcrow.engine.query import Exact, Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from pilcrow.engine.statistics import Statistics

_BETWEEN_VALUES = "\n"
_BETWEEN_FIELDS = "\f"


def encode(forms: Iterable[Sequence[Sequence[str]]], coder: FormCoder) -> bytes:
    """The forms of a paragraph (of each text field, each value) as an engine keeps them beside it."""
    return _BETWEEN_FIELDS.join([_BETWEEN_VALUES.join(map(coder.coded, values)) for values in forms]).encode()


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
        codes: FormCodes,
        keyed: Callable[[str, str], Sequence[int]],
    ) -> None:
        self.size = len(candidates)
        self.stemmed = bitsets.of([at for at, each in enumerate(candidates) if each.stemmed], self.size)
        self.family: Callable[[str], Sequence[str]] = expander.vocabulary.family
        self.expand: Callable[[Prefix | Wildcard | Fuzzy], Expansion] = expander.expand
        self.idf: Callable[[Term | Exact | Phrase | Near], float] = statistics.idf
        self._days = [each.days for each in candidates]
        self._at = {each.number: at for at, each in enumerate(candidates)}
        self._keyed = keyed
        self._statistics = statistics
        self._code = codes.of
        coded = [each.forms.decode().split(_BETWEEN_FIELDS) for each in candidates]
        self._texts = {each.key: [codes.read(texts[at]) for texts in coded] for at, each in enumerate(TEXT_FIELDS)}
        self._whole = {each.key: "".join([texts[at] for texts in coded]) for at, each in enumerate(TEXT_FIELDS)}
        """All texts of a field in one, to tell at once what is in none of them."""
        self._sets: dict[str, list[set[str]]] = {}
        self._norms: dict[str, Sequence[float]] = {}

    def posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        code = self._code(form)
        if not code or code not in self._whole[field]:
            return NOWHERE
        counts = {at: count for at, text in enumerate(self._texts[field]) if (count := text.count(code))}
        return Posting(bitsets.of(counts, self.size), counts, lambda at: self._places(field, code, at))

    def _places(self, field: str, code: str, at: int) -> list[int]:
        text = self._texts[field][at]
        found = list(_places_in(text, code))
        between = list(_places_in(text, _BETWEEN_VALUES))
        if not between:
            return found
        numbers = [place - bisect_left(between, place) for place in found]
        lengths = [end - start - 1 for start, end in pairwise([-1, *between, len(text)])]
        return places.moved(numbers, lengths)

    def form_bits(self, field: str, form: str) -> int:
        """The set of those paragraphs alone: quicker where many forms are asked for."""
        if field not in self._sets:
            self._sets[field] = list(map(set, self._texts[field]))
        code, found = self._code(form), 0
        for at, codes in enumerate(self._sets[field]):
            if code in codes:
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
            lengths = [len(text) - text.count(_BETWEEN_VALUES) for text in self._texts[field]]
            self._norms[field] = [scoring.norm(length, mean) for length in lengths]
        return self._norms[field]


def _places_in(text: Sequence[str], code: str) -> Iterator[int]:
    """Where in a text of codes one stands, rising."""
    place = -1
    for _ in range(text.count(code)):
        place = text.index(code, place + 1)
        yield place
