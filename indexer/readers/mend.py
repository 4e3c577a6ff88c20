"""Words that character recognition broke ("Qat ar", "Federatio n"), mended where the document itself shows the word.

A pair of fragments is joined only if the whole word stands elsewhere in the same document and the first fragment
stands nowhere else in it: "in form" stays two words, because "in" is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<![\w'’-])([^\W\d_]{1,20}) ([^\W\d_]{1,6})(?![\w'’-])")
LONGEST_TAIL = 200
"""Characters before a line's end that are looked at: more than a word or an address has."""

_SHORTEST = 4
_LINE_END_HYPHEN = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = re.compile(r"(?:and|or|to|et|ou|y|o)\s")
"""What follows a hyphen that stands for the second half of a word ("troop- and police-contributing")."""

_UNBROKEN = re.compile(r"[^\s/]/$|\w[–—]$|(?:://|\bwww\.)\S*[-_=?&%.]$")
"""What is printed without a space after it, also where a line ends there: "and/", "2024–", an address."""

_ARTICLES = {"a", "i", "o", "e", "y", "à"}


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in ``texts``, upper and lower case apart (names are told by it)."""
    return Counter(word for text in texts for word in _WORD.findall(text))


def join_fragments(text: str, words: Counter[str]) -> str:
    """``text`` with the broken words joined that ``words`` (of the whole document) knows as one."""
    position = 0
    while found := _PAIR.search(text, position):
        whole = found.group(1) + found.group(2)
        if _is_broken(found.group(1), found.group(2), words):
            text = text[: found.start()] + whole + text[found.end() :]
            position = found.start() + len(whole)
        else:
            position = found.end(1)
    return text


def _is_broken(left: str, right: str, words: Counter[str]) -> bool:
    whole = left + right
    if len(whole) < _SHORTEST or left.lower() in _ARTICLES or not (right.islower() or whole.isupper()):
        return False
    if words[whole] == 0 or words[left] > 1:
        return False
    return len(right) <= 2 or words[right] <= 1


def join_lines(first: str, second: str, words: Counter[str]) -> str:
    """Two lines of one paragraph as one: a word hyphenated at the line's end is mended, a real hyphen stays."""
    end = first[-LONGEST_TAIL:]  # so that joining many lines costs no more for the later ones
    if _UNBROKEN.search(end):
        return first + second
    hyphen = _LINE_END_HYPHEN.search(end)
    if hyphen is None or first.endswith(" -") or _SUSPENDED.match(second):
        return f"{first} {second}"
    tail = _WORD.match(second)
    whole = hyphen.group(1) + tail.group() if tail else ""
    if tail and tail.group().islower() and (words[whole] or words[whole.lower()]):
        return first[:-1] + second
    return first + second
