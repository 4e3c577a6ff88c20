"""Related words: what people type beside what documents say, as general data (``data/related.tsv``).

A person types "who took the floor", the report says "statements were made". Related words never add or drop a hit:
they lift, with a fraction of a typed word's weight, the paragraphs that the typed words find
(:class:`pilcrow.engine.query.Lift`), so that counts, facets and marks are those of what was typed.

The terms of the file's words stand beside it (``related_terms.tsv``), so that looking a word up imports no stemmer;
``python -m pilcrow.search.related`` writes them anew and a test says when they are stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pilcrow.engine import analysis
from pilcrow.engine.query import Phrase, Query, Term

AT_MOST = 24
"""Related words of one query; more would cost time and say little."""

WORDS = "related.tsv"
TERMS = "related_terms.tsv"

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Words of which asking for any of ``asked`` also looks for those ``found``; each is one or more forms."""

    asked: tuple[tuple[str, ...], ...]
    found: tuple[tuple[str, ...], ...]


def related(words: Sequence[str]) -> tuple[Query, ...]:
    """What to look for besides the plain ``words`` (forms, in the order typed): the first ``AT_MOST`` of it."""
    typed = tuple(analysis.term(word) for word in words)
    nodes: dict[Terms, Query] = {}
    for group in _asked_for(typed):
        for member in group.found:
            terms = _terms_of(member)
            if not _occurs(terms, typed):
                nodes.setdefault(terms, Term(member[0]) if len(member) == 1 else Phrase(member))
    return tuple(nodes.values())[:AT_MOST]


def read_groups(lines: Iterator[str]) -> Iterator[Group]:
    """The groups of a file: members between bars; "asked => found" where only one direction holds."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            asked, arrow, found = line.partition("=>")
            left = _members(asked)
            yield Group(left, _members(found) if arrow else left)


def _members(part: str) -> tuple[tuple[str, ...], ...]:
    cut = (tuple(analysis.forms(member)) for member in part.split("|"))
    return tuple(member for member in cut if member)


def _asked_for(typed: Terms) -> Iterator[Group]:
    """The groups that the typed words ask for: at each word the longest member, none inside another."""
    at = 0
    while at < len(typed):
        members = _by_first().get(typed[at], ())
        length = max((len(terms) for terms, _ in members if typed[at : at + len(terms)] == terms), default=0)
        for terms, group in members:
            if len(terms) == length and typed[at : at + length] == terms:
                yield group
        at += max(length, 1)


def _occurs(terms: Terms, typed: Terms) -> bool:
    return any(typed[at : at + len(terms)] == terms for at in range(len(typed) - len(terms) + 1))


@cache
def _by_first() -> dict[str, list[tuple[Terms, Group]]]:
    """Every member that can be asked for, by its first term."""
    analysis.preload(_stored_terms())
    index: dict[str, list[tuple[Terms, Group]]] = {}
    for group in read_groups(iter(_data(WORDS).splitlines())):
        for member in group.asked:
            terms = _terms_of(member)
            index.setdefault(terms[0], []).append((terms, group))
    return index


def _terms_of(member: Sequence[str]) -> Terms:
    """The terms that a member is known by: without stopwords, as plain words are typed, unless it is all stopwords."""
    kept = [form for form in member if form not in analysis.stopwords()]
    return tuple(analysis.term(form) for form in kept or member)


def _stored_terms() -> dict[str, str]:
    rows = (line.partition("\t") for line in _data(TERMS).splitlines() if line and not line.startswith("#"))
    return {form: term for form, _, term in rows}


def _data(name: str) -> str:
    return files("pilcrow.search").joinpath("data", name).read_text(encoding="utf-8")


def terms_file() -> str:
    """What ``related_terms.tsv`` should hold."""
    groups = read_groups(iter(_data(WORDS).splitlines()))
    forms = sorted({form for group in groups for member in (*group.asked, *group.found) for form in member})
    head = "# The terms of the words in related.tsv, written by: python -m pilcrow.search.related\n"
    return head + "".join(f"{form}\t{analysis.term(form)}\n" for form in forms)


if __name__ == "__main__":
    Path(__file__).with_name("data").joinpath(TERMS).write_text(terms_file(), encoding="utf-8")
