"""What stands around a State's name: whether it names an organisation, a person or a thing instead of the State.

General rules over word lists (``data/states_rules.toml``), with no knowledge of any document: a capitalised
organisation word before ("University of ..."), a run of capitalised words with an organisation word after it
("... Bar Association"), a given name or title ("Michael ..."), an instrument or a geographic name ("... Declaration",
"... River").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

_REACH = 12
_WIDEST = 8
_LONGEST_PHRASE = 4
_SHORTEST_ACRONYM = 3
_LONGEST_ACRONYM = 5
_LINKS = frozenset({"of", "for", "the", "and", "in", "on", "to", "de", "du", "against", "s", "pour", "y"})


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
    state: frozenset[str]
    qualified: Mapping[str, frozenset[str]]
    after_bodies: frozenset[str]
    after_things: frozenset[str]
    after_phrases: frozenset[tuple[str, ...]]
    inside: frozenset[str]
    partners: frozenset[str]
    own: Mapping[str, frozenset[str]]
    phrases: frozenset[tuple[str, ...]]
    titles: frozenset[str]
    dignities: frozenset[str]
    given: frozenset[str]
    followers: frozenset[str]
    placing: frozenset[str]
    surname: frozenset[str]
    names: frozenset[str]
    slip_words: frozenset[str]
    halves: frozenset[str]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Rules:
        """The rules in a parsed ``states_rules.toml``; raises ``KeyError`` where a list is missing."""
        return cls(
            heads={key: frozenset(words) for key, words in table["heads"].items()},
            state=frozenset(table["state"]["words"]),
            qualified={key: frozenset(words) for key, words in table["qualified"].items()},
            after_bodies=frozenset(table["after"]["bodies"]),
            after_things=frozenset(table["after"]["things"]),
            after_phrases=frozenset(tuple(phrase.split()) for phrase in table["after"]["phrases"]),
            inside=frozenset(table["after"]["inside"]),
            partners=frozenset(table["after"]["partners"]),
            own={key: frozenset(words) for key, words in table["own"].items()},
            phrases=frozenset(tuple(phrase.split()) for phrase in table["before"]["phrases"]),
            titles=frozenset(table["before"]["titles"]),
            dignities=frozenset(table["before"]["dignities"]),
            given=frozenset(table["persons"]["given"]),
            followers=frozenset(table["persons"]["followers"]),
            placing=frozenset(table["persons"]["placing"]),
            surname=frozenset(table["persons"]["surname"]),
            names=frozenset(table["persons"]["names"]),
            slip_words=frozenset(table["slips"]["words"]),
            halves=frozenset(table["slips"]["halves"]),
        )

    def are_words(self, halves: str) -> bool:
        """Whether the parts of a broken name ("i ran") are ordinary words."""
        return halves in self.halves


@dataclass(frozen=True, slots=True)
class Passage:
    """A text under examination: folded, its words, the States' names in it, and the rules that hold.

    ``starts`` are the words that begin a name, ``ends`` maps the last word of each to its first.
    """

    folded: str
    words: Sequence[Word]
    starts: frozenset[int]
    ends: Mapping[int, int]
    rules: Rules

    def between(self, left: int) -> str:
        """The characters between word ``left`` and the next."""
        return self.folded[self.words[left].end : self.words[left + 1].start]

    def joined(self, left: int) -> bool:
        """Whether only spaces, a hyphen, an apostrophe or "&" lie between word ``left`` and the next."""
        return len(self.between(left)) <= _WIDEST and not self.between(left).strip().strip("-'/&")

    def spaced(self, left: int) -> bool:
        """Whether only spaces lie between word ``left`` and the next."""
        return self.between(left).isspace()


def names_no_state(passage: Passage, first: int, last: int) -> bool:
    """Whether the words around the name from word ``first`` to ``last`` show that no State is meant."""
    if _is_governed(passage, first):
        return False
    return (
        _ends_an_organisation(passage, first)
        or _begins_a_name(passage, last)
        or _bears_a_given_name(passage, first, last)
        or _is_a_given_name(passage, first, last)
        or _ends_a_phrase(passage, first)
        or _is_in_an_acronym(passage, first, last)
        or _is_a_pronoun(passage, first, last)
    )


def _is_governed(passage: Passage, first: int) -> bool:
    """Whether a word of the State itself and "of" stand directly before: "the Government of ..."."""
    words = passage.words
    at = first - 1
    if at > 0 and words[at].text == "the":
        at -= 1
    return at > 0 and words[at].text == "of" and words[at - 1].text in passage.rules.state


def _ends_an_organisation(passage: Passage, first: int) -> bool:
    """Whether an organisation's name goes on to the State: a head word, "of", "in" or "for", and the State's name."""
    words, rules = passage.words, passage.rules
    at = first - 1
    if at > 0 and words[at].text == "the" and passage.joined(at):
        at -= 1
    if at < 1 or not passage.joined(at) or not words[at - 1].capital:
        return False
    if words[at].capital and not words[at].shouted(passage.folded):
        return False
    heads = rules.heads.get(words[at].text, frozenset())
    nearest = words[at - 1].text
    if words[at].text == "and":
        return _follows_a_mission(passage, at)
    if words[at].text != "of":
        return passage.joined(at - 1) and nearest in heads and _is_qualified(passage, at - 1)
    for back in _run_before(passage, at):
        if words[back].text in rules.state:
            return False
        if words[back].text in heads:
            return not (back and _is_own(words[back - 1].text, words[back].text, rules))
    return False


def _follows_a_mission(passage: Passage, at: int) -> bool:
    """Whether the "and" at word ``at`` joins a second State to an organisation's name ("Mission in A and B")."""
    before = passage.ends.get(at - 1)
    if not before:
        return False
    link = before - 2 if passage.words[before - 1].text == "the" else before - 1
    return link > 0 and passage.words[link].text in ("in", "for") and _ends_an_organisation(passage, before)


def _is_own(before: str, head: str, rules: Rules) -> bool:
    """Whether ``before`` makes an organisation word the State's own: "State Party of", "Central Bank of"."""
    return before in rules.state or before in rules.own.get(head, frozenset())


def _run_before(passage: Passage, at: int) -> Iterator[int]:
    """Capitalised words before word ``at``, nearest first, as far as spaces and small link words join them."""
    for back in range(at - 1, max(at - _REACH, -1), -1):
        word = passage.words[back]
        if not passage.joined(back) or not (word.capital or word.text in _LINKS):
            return
        if word.capital:
            yield back


def _is_qualified(passage: Passage, head: int) -> bool:
    """Whether the words before a head that is also an everyday word ("mission") make it an organisation's."""
    needed = passage.rules.qualified.get(passage.words[head].text)
    return needed is None or any(passage.words[back].text in needed for back in _run_before(passage, head))


def _begins_a_name(passage: Passage, last: int) -> bool:
    """Whether the State's name is the first word of an organisation's, an instrument's or a place's name."""
    words, rules = passage.words, passage.rules
    for at in range(last + 1, min(last + 1 + _REACH, len(words))):
        linked = at > last + 1 and words[at].text in rules.inside
        if not (words[at].capital or linked) or passage.between(at - 1).strip("' ") or at in passage.starts:
            break
        if words[at].text in rules.after_bodies or (at == last + 1 and words[at].text in rules.after_things):
            return True
        if words[at].text in rules.state:
            break
    return _begins_a_phrase(passage, last + 1)


def _begins_a_phrase(passage: Passage, first: int) -> bool:
    """Whether word ``first`` begins with a capital one of the phrases that make a name ("Programme of Action")."""
    words = passage.words
    if first >= len(words) or not words[first].capital or not passage.spaced(first - 1):
        return False
    following = tuple(word.text for word in words[first : first + _LONGEST_PHRASE])
    return any(following[: len(phrase)] == phrase for phrase in passage.rules.after_phrases)


def _is_in_an_acronym(passage: Passage, first: int, last: int) -> bool:
    """Whether an abbreviation goes on with a hyphen and capitals, so that it is part of a longer one ("CAR-SSP")."""
    words = passage.words
    if first != last or last + 1 >= len(words) or last + 1 in passage.starts or passage.between(last) != "-":
        return False
    after = words[last + 1]
    short = len(words[first].text) <= _LONGEST_ACRONYM and words[first].shouted(passage.folded)
    longer = len(after.text) >= _SHORTEST_ACRONYM and after.shouted(passage.folded)
    return short and longer and after.text not in passage.rules.partners


def _bears_a_given_name(passage: Passage, first: int, last: int) -> bool:
    """Whether a title, a given name or an initial stands directly before, so that the name is a surname."""
    if not first or not passage.words[first - 1].capital:
        return False
    before, word, between = passage.words[first - 1], passage.words[first], passage.between(first - 1)
    dotted = between.rstrip() == "." and between != "."
    if not (between.isspace() or dotted):
        return False
    if before.text in passage.rules.titles or (not dotted and before.text in passage.rules.dignities):
        return True
    if first != last or word.text not in passage.rules.surname or word.shouted(passage.folded):
        return False
    return (dotted and len(before.text) == 1) or (not dotted and before.text in passage.rules.names)


def _is_a_given_name(passage: Passage, first: int, last: int) -> bool:
    """Whether the name is one that people bear and a surname follows: a capitalised word, or an initial and one."""
    words, rules = passage.words, passage.rules
    if words[first].text not in rules.given or first != last or last + 1 >= len(words):
        return False
    if first and words[first - 1].text in rules.placing:
        return False
    after = words[last + 1]
    if len(after.text) == 1 and last + 2 < len(words) and passage.between(last + 1) == ". ":
        after = words[last + 2]
    surname = after.capital and len(after.text) > 1 and not after.shouted(passage.folded)
    surname = surname and after.text not in rules.followers and last + 1 not in passage.starts
    return surname and passage.between(last) == " "


def _ends_a_phrase(passage: Passage, first: int) -> bool:
    """Whether an organisation with national branches stands directly before ("Save the Children ...", "ACAT-...")."""
    if first and passage.between(first - 1) == "-" and first - 1 not in passage.starts:
        before = passage.words[first - 1]
        if len(before.text) >= _SHORTEST_ACRONYM and before.shouted(passage.folded):
            return not passage.words[first].shouted(passage.folded)
    for length in range(1, min(first, _LONGEST_PHRASE) + 1):
        run = range(first - length, first)
        if tuple(passage.words[at].text for at in run) in passage.rules.phrases:
            return passage.words[first - length].capital and all(passage.joined(at) for at in run)
    return False


def _is_a_pronoun(passage: Passage, first: int, last: int) -> bool:
    """Whether "US" is only "us" in a line of capitals ("CONTACT US")."""
    word = passage.words[first]
    if first != last or word.text != "us" or not first:
        return False
    before = passage.words[first - 1]
    return (
        before.text != "the" and len(before.text) > 1 and before.shouted(passage.folded) and passage.spaced(first - 1)
    )
