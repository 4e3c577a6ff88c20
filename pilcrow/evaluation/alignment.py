"""Which parsed paragraph answers which gold paragraph, so that one miss does not shift all that follow.

A gold paragraph is known by its first and last words as printed. What typesetting adds (note markers, markdown signs,
curly quotes, kinds of dashes and spaces) is folded away on both sides, case is kept. Paragraphs are paired in document
order, first by start and end, then in the gaps by start alone, then by end alone: a paragraph that was cut short or
joined with the next one is still compared with its gold on everything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_START_KEY = 6
_END_KEY = 4
"""Words of a start and of an end that pair paragraphs: fewer than the 8 and 5 that gold gives, because a note marker
that was printed as a word of its own is counted among those and then folded away."""

_SLACK = 2
"""Words by which two starts, or two ends, may differ in length for the same reason."""

_SUPERSCRIPTS = re.compile(r"<sup>.*?</sup>|[⁰¹²³⁴-⁹]+", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z]+>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\*+|`+|(?<!\S)(?:#+|_+)(?=\s|\w)|(?<=\w)_+(?!\S)")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)


@dataclass(frozen=True, slots=True)
class Extent:
    """A paragraph's first and last words, normalised: what it is known by."""

    start: tuple[str, ...]
    end: tuple[str, ...]

    @classmethod
    def of(cls, start: str, end: str, *, notes: Collection[str] = ()) -> Extent:
        """The extent of a paragraph whose first words are ``start`` and last words ``end``, both as printed.

        Words that are markers of the ``notes`` that it cites are left out: some are printed as plain figures.
        """
        return cls(*(tuple(word for word in words(text) if word not in notes) for text in (start, end)))

    def same_start(self, other: Extent) -> bool:
        """Whether both begin with the same words."""
        return _agree(self.start, other.start)

    def same_end(self, other: Extent) -> bool:
        """Whether both end with the same words."""
        return _agree(self.end[::-1], other.end[::-1])

    def same(self, other: Extent) -> bool:
        """Whether both begin and end with the same words."""
        return self.same_start(other) and self.same_end(other)


def words(text: str) -> tuple[str, ...]:
    """``text`` as words: no superscripts, markup or markdown signs, quotes and dashes folded, case kept."""
    bare = _MARKDOWN.sub(" ", _TAGS.sub("", _SUPERSCRIPTS.sub("", text)))
    return tuple(unicodedata.normalize("NFKC", bare).translate(_FOLDED).split())


def align(gold: Sequence[Extent], parsed: Sequence[Extent]) -> list[tuple[int, int]]:
    """The pairs of positions (in ``gold``, in ``parsed``) of paragraphs that answer each other, in order.

    Each position occurs at most once and pairs never cross. Linear for equal sequences, quadratic at worst.
    """
    pairs: list[tuple[int, int]] = []
    gold_keys, parsed_keys = [_keys(each) for each in gold], [_keys(each) for each in parsed]
    for key in range(len(_keys(Extent((), ())))):
        found = []
        for (gold_low, gold_high), (parsed_low, parsed_high) in _gaps(pairs, len(gold), len(parsed)):
            left = [keys[key] for keys in gold_keys[gold_low:gold_high]]
            right = [keys[key] for keys in parsed_keys[parsed_low:parsed_high]]
            found += [(gold_low + i, parsed_low + j) for i, j in _matches(left, right)]
        pairs = sorted(pairs + found)
    return pairs


def _keys(extent: Extent) -> tuple[Hashable, Hashable, Hashable]:
    start, end = extent.start[:_START_KEY], extent.end[-_END_KEY:]
    return (start, end), start, end


def _matches(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        yield from ((block.a + i, block.b + i) for i in range(block.size))


Span = tuple[int, int]


def _gaps(pairs: Sequence[tuple[int, int]], gold: int, parsed: int) -> Iterator[tuple[Span, Span]]:
    """The stretches between ``pairs`` in which both sides still have unpaired paragraphs."""
    low = (0, 0)
    for high in [*pairs, (gold, parsed)]:
        if low[0] < high[0] and low[1] < high[1]:
            yield (low[0], high[0]), (low[1], high[1])
        low = (high[0] + 1, high[1] + 1)


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] and abs(len(one) - len(other)) <= (_SLACK if shorter > _SLACK else 0)
