"""Twins: a document that is there in two formats must give the same paragraphs, word for word, with the same markers.

Twins are files of the same stem in the same folder. Paragraphs (a table's row is one) are compared in order, by the
longest common subsequence: those in it are in both. Two paragraphs are equal when marker and text are, after this much
is made alike and nothing else: any run of spaces of any kind is one space, letters with accents are composed, ligatures
(ﬁ) are their letters, the non-breaking hyphen is a hyphen. Quotation marks, dashes, hyphens and case must agree.

What is not in both is listed: pairs of paragraphs that are nearly equal with the point where they part, and the others
with their first and last words. Of the paragraphs in both, it is measured apart whether notes, headings, parents,
items and States agree too. That list is what the readers are mended by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile
from pathlib import PurePath

from pilcrow.engine.model import Paragraph
from pilcrow.evaluation.alike import alike
from pilcrow.evaluation.corpus import Corpus, ReadFile
from pilcrow.evaluation.figures import Figure, Part
from pilcrow.evaluation.lcs import common

NEARLY = 0.5
"""The share of words in common from which two paragraphs are shown as one that differs."""

_WORDS_SHOWN = 7
_WORDS_AROUND = 4

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Paragraphs that are not in both: one of the ``left``, one of the ``right``, or two that are nearly equal."""

    left: Paragraph | None
    right: Paragraph | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files of one document, the paragraphs that are in both, and the differences in document order."""

    left: ReadFile
    right: ReadFile
    common: tuple[tuple[Paragraph, Paragraph], ...]
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """The twins' common stem."""
        return PurePath(self.left.name).stem

    @property
    def both(self) -> int:
        """How many paragraphs are in both."""
        return len(self.common)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many paragraphs each has."""
        return len(self.left.parsed.paragraphs), len(self.right.parsed.paragraphs)


def key_of(paragraph: Paragraph) -> Key:
    """What of a paragraph is compared: its marker and its text, alike in what is not said in words."""
    return alike(paragraph.marker), alike(paragraph.text)


def compare(left: ReadFile, right: ReadFile) -> Pair:
    """Compare two files of one document."""
    ours, theirs = left.parsed.paragraphs, right.parsed.paragraphs
    pairs = common([key_of(each) for each in ours], [key_of(each) for each in theirs])
    differences: list[Difference] = []
    low = (0, 0)
    for high in [*pairs, (len(ours), len(theirs))]:
        differences += _matched(ours[low[0] : high[0]], theirs[low[1] : high[1]])
        low = (high[0] + 1, high[1] + 1)
    return Pair(left, right, tuple((ours[at], theirs[to]) for at, to in pairs), tuple(differences))


def _matched(ours: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> Iterator[Difference]:
    """The paragraphs of a gap between two common ones, the nearly equal ones together, in order."""
    bags = [Counter(each.text.split()) for each in theirs]
    low = 0
    for each in ours:
        bag = Counter(each.text.split())
        scores = [_likeness(bag, bags[at]) for at in range(low, len(theirs))]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < NEARLY:
            yield Difference(each, None)
            continue
        yield from (Difference(None, other) for other in theirs[low : low + best])
        yield Difference(each, theirs[low + best])
        low += best + 1
    yield from (Difference(None, other) for other in theirs[low:])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The words in common by the words of the shorter, so that a paragraph cut in two is known in its parts."""
    shorter = min(one.total(), other.total())
    return (one & other).total() / shorter if shorter else 0.0


def twins_of(corpus: Corpus) -> list[Pair]:
    """Every two files of the same stem and folder that are of different formats, compared."""
    groups: dict[PurePath, list[ReadFile]] = defaultdict(list)
    for file in corpus.files:
        groups[PurePath(file.name).with_suffix("")].append(file)
    together = (combinations(sorted(files, key=lambda each: each.kind), 2) for files in groups.values())
    return [compare(one, other) for pairs in together for one, other in pairs if one.kind != other.kind]


def twins_part(corpus: Corpus) -> Part | None:
    """The share of paragraphs that are in both of each pair of twins, and of all; None where there are no twins."""
    pairs = twins_of(corpus)
    if not pairs:
        return None
    rows = [
        Figure(
            pair.name, 2 * pair.both, sum(pair.sizes), _how(pair.both, pair.sizes, (pair.left.kind, pair.right.kind))
        )
        for pair in pairs
    ]
    both, sizes = sum(pair.both for pair in pairs), [sum(pair.sizes[side] for pair in pairs) for side in (0, 1)]
    total = Figure("in all", 2 * both, sum(sizes), _how(both, (sizes[0], sizes[1]), ("one", "other")))
    rows += [total, *_besides([both for pair in pairs for both in pair.common])]
    note = (
        "Paragraphs of both files that are in the longest common subsequence, of all of both. Marker and text agree "
        "word for word; alike are made only kinds of spaces, composed accents, ligatures and non-breaking hyphens; a "
        "table's row is a paragraph."
    )
    cases = [line for pair in pairs for line in _listed(pair)]
    return Part(
        key="twins",
        title=f"Twins, {len(pairs)} pair{'s' * (len(pairs) > 1)}",
        rows=tuple(rows),
        note=note,
        cases=tuple(cases),
    )


def _besides(common: Sequence[tuple[Paragraph, Paragraph]]) -> Iterator[Figure]:
    """What else agrees of the paragraphs that are in both."""
    for label, of in _BESIDES:
        same = sum(of(one) == of(other) for one, other in common)
        yield Figure(f"  with the same {label}", same, len(common), "of the paragraphs that are in both")


_BESIDES: tuple[tuple[str, Callable[[Paragraph], list[str]]], ...] = (
    ("notes", lambda each: [f"{note.marker} {alike(note.text)}" for note in each.notes]),
    ("headings above", lambda each: [alike(heading) for heading in each.section]),
    ("paragraphs above", lambda each: list(each.parents)),
    ("agenda items", lambda each: [item.number for item in each.agenda]),
    ("States", lambda each: [f"{state.code} ({state.where})" for state in each.states]),
)


def _how(both: int, sizes: tuple[int, int], names: tuple[str, str]) -> str:
    shares = (f"{both / size:.1%} of the {size:,} in {name}" for size, name in zip(sizes, names, strict=True) if size)
    return f"{both:,} in both: {', '.join(shares)}"


def _listed(pair: Pair) -> Iterator[str]:
    names = (pair.left.kind, pair.right.kind)
    yield f"== {pair.name}: {_how(pair.both, pair.sizes, names)}"
    for difference in pair.differences:
        yield from _shown(difference, names)
    for left, right in pair.common:
        for label, of in _BESIDES:
            one, other = of(left), of(right)
            if one != other:
                yield f"  ! {names[0]} {_place(left)} / {names[1]} {_place(right)} {_ends(left.text)}"
                same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
                yield f"      {label}: {names[0]} {_said(one[same:])}; {names[1]} {_said(other[same:])}"
    yield ""


def _said(values: Sequence[str]) -> str:
    """The values from where two lists part."""
    return " | ".join(map(_ends, values)) or "ends"


def _shown(difference: Difference, names: tuple[str, str]) -> Iterator[str]:
    left, right = difference.left, difference.right
    if left is not None and right is not None:
        yield from _parting(left, right, names)
    elif left is not None:
        yield f"  - {names[0]} {_place(left)} {_ends(left.text)}"
    elif right is not None:
        yield f"  + {names[1]} {_place(right)} {_ends(right.text)}"


def _parting(left: Paragraph, right: Paragraph, names: tuple[str, str]) -> Iterator[str]:
    """Two paragraphs that are nearly equal: what differs of their markers, and where their texts part."""
    (one_marker, one), (other_marker, other) = key_of(left), key_of(right)
    width = max(map(len, names))
    yield f"  ~ {names[0]} {_place(left)} / {names[1]} {_place(right)} {_ends(left.text)}"
    if one_marker != other_marker:
        yield f"      marker: {names[0]} “{one_marker}”, {names[1]} “{other_marker}”"
    if one != other:
        for name, text in zip(names, points(one, other), strict=True):
            yield f"      {name:<{width}} {text}"


def points(one: str, other: str) -> tuple[str, str]:
    """Where two texts part: the last words in common, and in ‹› those from there to where they agree again."""
    ours, theirs = one.split(), other.split()
    head = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False))))
    rest = min(len(ours), len(theirs)) - head
    back = zip(reversed(ours), reversed(theirs), strict=False)
    tail = min(rest, len(list(takewhile(lambda pair: pair[0] == pair[1], back))))
    return _point(ours, head, tail), _point(theirs, head, tail)


def _point(words: Sequence[str], head: int, tail: int) -> str:
    end = len(words) - tail
    before = words[max(0, head - _WORDS_AROUND) : head]
    after = words[end : end + _WORDS_AROUND]
    parts = [
        "…" if head > _WORDS_AROUND else "",
        *before,
        f"‹{_ends(' '.join(words[head:end]))}›",
        *after,
        "…" if tail > _WORDS_AROUND else "",
    ]
    return " ".join(part for part in parts if part)


def _ends(text: str) -> str:
    words = text.split()
    if len(words) <= 2 * _WORDS_SHOWN + 1:
        return " ".join(words)
    return f"{' '.join(words[:_WORDS_SHOWN])} … {' '.join(words[-_WORDS_SHOWN:])}"


def _place(paragraph: Paragraph) -> str:
    page = f" p. {paragraph.page}" if paragraph.page else ""
    row = " row" if paragraph.row else ""
    return f"#{paragraph.ordinal}{page}{row} [{paragraph.marker}]"
