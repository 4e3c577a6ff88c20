"""Cues: phrases that stand as data, and how they are found in running text.

A cue is written the way a person would jot it down, on text whose case, hyphens, quotes and spelling are folded
(``data/pillars.toml`` has the foldings and explains the signs)::

    root cause*                     a word that begins so (at least four letters before the star, three further on)
    {witness*|informant*}           any of these, each one or more words
    national [antitrafficking] plan a word that may be missing
    train* .. {judge*|police}       both, in either order, at most six words between them, within one sentence
    assist* > victim*               both, in this order, at most six words between them
    ^statements were made           at the beginning of the text

Every cue becomes one regular expression. So that several hundred of them cost little, a cue is tried only on a text
that has a word beginning with the first letters of the cue's first word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

KEY = 4
"""Letters of a word by which cues are looked up: enough to tell most words apart, few enough for a starred word."""

SHORTEST = 3
"""Letters that a starred word must have; one at a cue's beginning needs ``KEY`` of them."""

_WORD = re.compile(r"[A-Z]+(?:/[A-Z0-9().-]*[A-Z0-9])+|[^\W_]+(?:['’.-][^\W_]+)*|[.!?;](?=\s|$)", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z]+(?:\.\d)?/\S*\d")
EITHER, THEN = "..", ">"
_TERM = re.compile(r"\{[^{}\[\]]*\}|\[[^{}\[\]]*\]|\S+")
_GAP = r"(?: [a-z0-9@]\w*){0,6} "

SYMBOL_WORD = "@docsymbol"
"""What a UN document symbol in running text is folded to."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as folded words, each with the characters of the original that it stands for.

    ``line`` holds the words between single spaces, with one at each end; a sentence's end is a word of its own, ".".
    """

    original: str
    line: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    keys: frozenset[str]

    def surface(self, start: int, end: int) -> str:
        """The original characters, spaces folded, of the words in ``line[start:end]``."""
        first, last = self.word_at(start), self.word_at(end - 1)
        return " ".join(self.original[self.spans[first][0] : self.spans[last][1]].split())

    def word_at(self, position: int) -> int:
        """The number of the word at ``position`` of the line, from 0; the space before the first is the first's."""
        return max(0, bisect_right(self.starts, position) - 1)

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Folding:
    """How a text is folded before cues are sought in it.

    ``joined`` are prefixes that are written with a hyphen or without ("anti", "co"); ``spelling`` the beginnings of
    words to be written another way; ``names`` the long fixed names that become one word, because what they are made
    of says nothing about the paragraph that cites them.
    """

    joined: frozenset[str]
    spelling: Mapping[str, str]
    names: CueSet[str]
    _spelling: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        beginnings = "|".join(sorted(map(re.escape, self.spelling), key=len, reverse=True))
        object.__setattr__(self, "_spelling", re.compile(beginnings or r"(?!)"))

    def fold(self, text: str) -> Folded:
        """``text`` folded; linear in its length."""
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        for word, start, end in self._words(text):
            words.append(self._spelling.sub(self._respell, word, count=1))
            spans.append((start, end))
        folded = _folded(text, words, spans)
        found = sorted(self.names.find(folded), key=lambda each: (each.start, -each.end))
        return _merged(folded, found) if found else folded

    def _respell(self, match: re.Match[str]) -> str:
        return self.spelling[match[0]] if match.start() == 0 else match[0]

    def _words(self, text: str) -> Iterator[tuple[str, int, int]]:
        for match in _WORD.finditer(text):
            whole = match[0]
            if len(whole) == 1 and not whole.isalnum():
                yield ".", match.start(), match.end()
            elif _SYMBOL.fullmatch(whole):
                yield SYMBOL_WORD, match.start(), match.end()
            else:
                yield from self._parts(whole.lower(), match.start())

    def _parts(self, whole: str, at: int) -> Iterator[tuple[str, int, int]]:
        """The parts of a hyphenated word, a prefix joined to what follows it, a possessive's ending left out."""
        if whole.isalnum():  # most words have no parts
            yield whole, at, at + len(whole)
            return
        held, begun = "", at
        for part in re.finditer(r"[^\W_]+", whole):
            if part[0] == "s" and part.start() and whole[part.start() - 1] in "'’":
                continue
            if not held:
                begun = at + part.start()
            held += part[0]
            if part[0] not in self.joined or part.end() == len(whole):
                yield held, begun, at + part.end()
                held = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A cue that was found: what it stands for, and the characters of the folded line that it took."""

    value: Value
    start: int
    end: int


class CueSet(Generic[Value]):
    """Cues with what each stands for, found together."""

    def __init__(self, cues: Iterable[tuple[str, Value]]) -> None:
        self._cues = [(compile_cue(cue), _keys(cue), value) for cue, value in cues]
        self._by_key: dict[str, list[int]] = {}
        for number, (_, keys, _) in enumerate(self._cues):
            for key in sorted(keys):
                self._by_key.setdefault(key, []).append(number)

    def find(self, text: Folded) -> Iterator[Found[Value]]:
        """Every place where a cue stands in ``text``, by cue; the places of different cues may overlap."""
        possible = {number for key in text.keys & self._by_key.keys() for number in self._by_key[key]}
        for number in sorted(possible):
            pattern, _, value = self._cues[number]
            for match in pattern.finditer(text.line):
                yield Found(value, match.start() + 1, match.end())

    def occurs(self, text: Folded) -> bool:
        """Whether any cue stands in ``text``."""
        return next(self.find(text), None) is not None


def compile_cue(cue: str) -> re.Pattern[str]:
    """The regular expression of ``cue`` over a folded line; raises ``ValueError`` for a cue that is not well formed.

    It takes the space before the first word with it: a plain beginning is what regular expressions find fastest.
    """
    sides: list[list[str]] = [[]]
    operators: list[str] = []
    for term in _terms(cue):
        if term in (EITHER, THEN):
            operators.append(term)
            sides.append([])
        else:
            sides[-1].append(term)
    if len(operators) > 1 or not all(any(term[0] != "[" for term in side) for side in sides):
        raise ValueError(f"The cue {cue!r} has more than one operator, or one with nothing beside it.")
    compiled = [_side(side, cue) for side in sides]
    body = _GAP.join(compiled)
    if operators == [EITHER]:
        body = f"(?:{body}|{_GAP.join(reversed(compiled))})"
    return re.compile(f"{'^' if cue.startswith('^') else ''} {body}(?= )")


def _terms(cue: str) -> list[str]:
    terms: list[str] = _TERM.findall(cue.removeprefix("^"))
    return terms


def _side(terms: Sequence[str], cue: str) -> str:
    """The expression of consecutive ``terms``; those that may be missing and come first bring the space after them."""
    needed = next(number for number, term in enumerate(terms) if term[0] != "[")
    body = "".join(f"(?:{_either(term, cue)} )?" for term in terms[:needed]) + _either(terms[needed], cue)
    for term in terms[needed + 1 :]:
        body += f"(?: {_either(term, cue)})?" if term[0] == "[" else f" {_either(term, cue)}"
    return body


def _either(term: str, cue: str) -> str:
    inner = term[1:-1] if term[0] in "{[" else term
    return "(?:" + "|".join(_phrase(each, cue) for each in inner.split("|")) + ")"


def _phrase(phrase: str, cue: str) -> str:
    return " ".join(_word(word, cue) for word in phrase.split())


def _word(word: str, cue: str) -> str:
    if not re.fullmatch(r"@?[a-z0-9_]+\*?", word) or (word.endswith("*") and len(word) <= SHORTEST):
        raise ValueError(
            f"The word {word!r} of the cue {cue!r} is none: folded words are lower-case letters and digits, "
            f"with at least {SHORTEST} of them before a star."
        )
    return word[:-1] + r"\w*" if word.endswith("*") else word


def _keys(cue: str) -> set[str]:
    """The first letters of the words with which ``cue`` may begin."""
    keys: set[str] = set()
    for part in re.split(rf" {re.escape(EITHER)} ", cue.removeprefix("^"))[:1]:
        for term in _terms(part):
            firsts = [each.split()[0] for each in term.strip("{}[]").split("|")]
            short = [word for word in firsts if word.endswith("*") and len(word) <= KEY]
            if short:
                raise ValueError(
                    f"The word {short[0]!r} begins the cue {cue!r} and needs {KEY} letters before its star."
                )
            keys |= {word.rstrip("*")[:KEY] for word in firsts}
            if term[0] != "[":
                break
    return keys


def _folded(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]]) -> Folded:
    starts, at = [], 1
    for word in words:
        starts.append(at)
        at += len(word) + 1
    line = f" {' '.join(words)} "
    return Folded(text, line, tuple(starts), tuple(spans), frozenset(word[:KEY] for word in words))


def _merged(text: Folded, found: Sequence[Found[str]]) -> Folded:
    """``text`` with each run of words that was found made one word; where names overlap, the first and longest."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    old, done = text.line.split(), 0
    for name in found:
        first, last = text.word_at(name.start), text.word_at(name.end - 1)
        if first >= done:
            words += [*old[done:first], name.value]
            spans += [*text.spans[done:first], (text.spans[first][0], text.spans[last][1])]
            done = last + 1
    return _folded(text.original, [*words, *old[done:]], [*spans, *text.spans[done:]])
