"""Slips of the fingers, made by rule from the words of an index: what "did you mean" is tried on.

``python -m tests.search.typos INDEX > tests/data/typos.tsv`` makes the file anew. Words are drawn by chance (a fixed
seed), as often as paragraphs have them, and spoilt by the rules in turn, so that nothing is picked by hand; a slip that
is a word of the index itself is no slip and is drawn again.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from pilcrow import open_index
from pilcrow.engine import gazetteer
from pilcrow.engine.analysis import forms, stopwords
from pilcrow.engine.contract import IndexReader

SEED = 2013
SHORTEST, RAREST = 5, 3
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHAPES = (
    *("{}",) * 15,
    *("{other} {}",) * 3,
    *("{} {second}",) * 3,
    *('"{other} {}"', '"{} {other}"'),
    *("title:{}", "text:{}"),
)
STATES = 5


@dataclass(frozen=True, slots=True)
class Slip:
    """A query with a slip, the query that was meant, and by which rule it was spoilt."""

    rule: str
    typed: str
    meant: str


def _transposed(word: str, at: int, _: random.Random) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _left_out(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, at: int, chance: random.Random) -> str:
    row = next((row for row in ROWS if word[at] in row), "ae")
    key = row.find(word[at])
    beside = [row[near] for near in (key - 1, key + 1) if 0 <= near < len(row)]
    return word[:at] + chance.choice(beside) + word[at + 1 :]


def _wrong_vowel(word: str, at: int, chance: random.Random) -> str:
    vowels = [place for place, letter in enumerate(word) if letter in "aeiou" and place]
    at = chance.choice(vowels or [at])
    return word[:at] + chance.choice([vowel for vowel in "aeiou" if vowel != word[at]]) + word[at + 1 :]


RULES: dict[str, Callable[[str, int, random.Random], str]] = {
    "two letters swapped": _transposed,
    "a letter left out": _left_out,
    "a letter doubled": _doubled,
    "the key beside it": _neighbour,
    "another vowel": _wrong_vowel,
}


def made(reader: IndexReader, seed: int = SEED) -> Iterator[Slip]:
    """Slips in the words of ``reader``, one for each of ``SHAPES``, and in the names of States that it cites."""
    chance = random.Random(seed)
    found = [each for letter in "abcdefghijklmnopqrstuvwxyz" for each in reader.beginning(letter, limit=100_000)]
    common = [each for each in found if len(each.form) >= SHORTEST and each.count >= RAREST and each.form.isalpha()]
    words = [each.form for each in common if each.form not in stopwords()]
    weights = [each.count for each in common if each.form not in stopwords()]
    there = {each.form for each in found}
    rules = cycle(RULES.items())
    titled = [word for word in words if reader.beginning(word, field="title", limit=1)]
    for shape in SHAPES:
        rule, spoil = next(rules)
        word, other, second = chance.choices(words, weights, k=3)
        if shape.startswith("title:"):
            word = chance.choice(titled)
        spelt = {"other": other, "second": _slip(second, spoil, chance, there)}
        typed = shape.format(_slip(word, spoil, chance, there), **spelt)
        yield Slip(rule, typed, shape.format(word, **{**spelt, "second": second}))
    cited = sorted(label for key, label in reader.labels("state").items() if key.isalpha() and key.isupper())
    for name in chance.sample([name for name in cited if name.isalpha()], STATES):
        rule, spoil = next(rules)
        slip = name[0] + _slip(name[1:].lower(), spoil, chance, set())
        if gazetteer.resolve(slip) is None:
            yield Slip(rule, f"state:{slip}", f'state:"{name}"')


def _slip(word: str, spoil: Callable[[str, int, random.Random], str], chance: random.Random, there: set[str]) -> str:
    """``word`` spoilt anywhere but in its first letter, so that it is no word that is there."""
    for _ in range(100):
        spoilt = spoil(word, chance.randrange(1, len(word)), chance)
        if spoilt != word and spoilt not in there and forms(spoilt) == [spoilt]:
            return spoilt
    raise ValueError(f"{word} cannot be spoilt")


if __name__ == "__main__":
    with open_index(sys.argv[1]) as opened:
        print("rule\ttyped\tmeant")
        for each in made(opened):
            print(each.rule, each.typed, each.meant, sep="\t")
