"""What stands around a State's name: whether it names an organisation, a person or a thing instead of the State.

General rules over word lists (``data/states_rules.toml``), with no knowledge of any document: a capitalised
organisation word before ("University of ..."), a run of capitalised words with an organisation word after it
("... Bar Association"), a given name or title ("Michael ..."), an instrument or a geographic name ("... Declaration",
"... River").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_REACH = 12
_ARTICLES = frozenset({"the"})
_LINKS = frozenset({"of", "for", "the", "and", "in", "on", "to", "de", "du", "against", "s"})


class Word(NamedTuple):
    """A word of the folded text: its span, its letters in lower case, and whether it begins with a capital."""

    start: int
    end: int
    text: str
    capital: bool

    def shouted(self, folded: str) -> bool:
        """Whether the whole word stands in capitals."""
        return folded[self.start : self.end].isupper()


@dataclass(frozen=True, slots=True)
class Rules:
    """The word lists of ``states_rules.toml``; see the comments there."""

    heads: Mapping[str, frozenset[str]]
    after_bodies: frozenset[str]
    after_things: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    titles: frozenset[str]
    given: frozenset[str]
    followers: frozenset[str]
    surname: frozenset[str]
    names: frozenset[str]
    slip_words: frozenset[str]
    halves: frozenset[str]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Rules:
        """The rules in a parsed ``states_rules.toml``; raises ``KeyError`` where a list is missing."""
        return cls(
            heads={key: frozenset(words) for key, words in table["heads"].items()},
            after_bodies=frozenset(table["after"]["bodies"]),
            after_things=frozenset(table["after"]["things"]),
            phrases=frozenset(tuple(phrase.split()) for phrase in table["before"]["phrases"]),
            titles=frozenset(table["before"]["titles"]),
            given=frozenset(table["persons"]["given"]),
            followers=frozenset(table["persons"]["followers"]),
            surname=frozenset(table["persons"]["surname"]),
            names=frozenset(table["persons"]["names"]),
            slip_words=frozenset(table["slips"]["words"]),
            halves=frozenset(table["slips"]["halves"]),
        )

    def are_words(self, halves: str) -> bool:
        """Whether the parts of a broken name ("i ran") are ordinary words."""
        return halves in self.halves


def names_no_state(folded: str, words: list[Word], span: tuple[int, int], rules: Rules) -> bool:
    """Whether the words around the name from word ``span[0]`` to ``span[1]`` show that no State is meant."""
    return (
        _ends_an_organisation(folded, words, span[0], rules)
        or _begins_a_name(folded, words, span, rules)
        or _is_a_person(folded, words, span, rules)
        or _ends_a_phrase(folded, words, span[0], rules)
    )


def _joined(folded: str, left: Word, right: Word) -> bool:
    """Whether only spaces, a hyphen or an apostrophe lie between two words: they may be one name."""
    return not folded[left.end : right.start].strip().strip("-'/&")


def _ends_an_organisation(folded: str, words: list[Word], first: int, rules: Rules) -> bool:
    """Whether an organisation's name goes on to the State: a head word, "of", "in" or "for", and the State's name."""
    at = first - 1
    while at >= 0 and words[at].text in _ARTICLES and _joined(folded, words[at], words[at + 1]):
        at -= 1
    if at < 1 or not _joined(folded, words[at], words[at + 1]):
        return False
    heads = rules.heads.get(words[at].text)
    if words[at].text not in ("of", "in", "for", "to", "on") or heads is None or words[at].capital:
        return False
    if not words[at - 1].capital:
        return False
    for back in range(at - 1, max(at - _REACH, -1), -1):
        word = words[back]
        if not _joined(folded, word, words[back + 1]) or not (word.capital or word.text in _LINKS):
            return False
        if not word.capital:
            continue
        if word.text in rules.heads["state"]:
            return False
        if word.text in heads:
            return _is_body(words, back, folded, rules)
    return False


def _is_body(words: list[Word], head: int, folded: str, rules: Rules) -> bool:
    """Whether the head word is an organisation's: missions and offices are where a word before them says so."""
    needed = rules.heads.get(words[head].text)
    if needed is None or words[head].text not in ("mission", "office"):
        return True
    run = []
    for back in range(head - 1, max(head - _REACH, -1), -1):
        if not _joined(folded, words[back], words[back + 1]) or not (words[back].capital or words[back].text in _LINKS):
            break
        run.append(words[back].text)
    return any(word in needed for word in run)


def _begins_a_name(folded: str, words: list[Word], span: tuple[int, int], rules: Rules) -> bool:
    """Whether the State's name is the first word of an organisation's, an instrument's or a place's name."""
    at = span[1] + 1
    if at >= len(words) or not words[at].capital or folded[words[span[1]].end : words[at].start].strip():
        return False
    if words[at].text in rules.after_things:
        return True
    return any(word.text in rules.after_bodies for word in _run(folded, words, at))


def _run(folded: str, words: list[Word], first: int) -> Iterable[Word]:
    """Capitalised words from ``first`` on that only spaces join."""
    for at in range(first, min(first + 6, len(words))):
        if at > first and folded[words[at - 1].end : words[at].start].strip():
            return
        if not words[at].capital:
            return
        yield words[at]


def _is_a_person(folded: str, words: list[Word], span: tuple[int, int], rules: Rules) -> bool:
    """Whether the name is borne by a person here: after a title, a given name or an initial, or before a surname."""
    first, last = span
    before = words[first - 1] if first else None
    if before is not None and before.capital:
        between = folded[before.end : words[first].start]
        if between.isspace() or between.strip() == ".":
            if before.text in rules.titles:
                return True
            if words[first].text in rules.surname and first == last and not words[first].shouted(folded):
                initial = len(before.text) == 1 and between.strip() == "."
                if initial or (before.text in rules.names and between.isspace()):
                    return True
    if words[first].text in rules.given and first == last and last + 1 < len(words):
        after = words[last + 1]
        plain = folded[words[last].end : after.start] == " "
        return plain and after.capital and not after.shouted(folded) and after.text not in rules.followers
    return False


def _ends_a_phrase(folded: str, words: list[Word], first: int, rules: Rules) -> bool:
    """Whether an organisation that has national branches stands directly before ("Save the Children ...")."""
    for length in (1, 2, 3):
        if first < length or not words[first - length].capital:
            continue
        run = words[first - length : first]
        if tuple(word.text for word in run) in rules.phrases and all(
            folded[left.end : right.start].isspace()
            for left, right in zip(run, words[first - length + 1 : first + 1], strict=True)
        ):
            return True
    return False
