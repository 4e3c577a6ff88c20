"""The form of the related words: every line can be read, every member can be met, and no group says a thing twice."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import NamedTuple

import pytest

from pilcrow.engine.analysis import stopwords, tokens

AT_LEAST = 350
AT_MOST_MEMBERS = 8
AT_MOST_RELATED = 12

Terms = tuple[str, ...]


class Group(NamedTuple):
    line: str
    asked: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        return self.asked + self.found


def members(side: str) -> tuple[str, ...]:
    return tuple(member.strip() for member in side.split("|"))


def read() -> list[Group]:
    content = files("pilcrow.search").joinpath("data", "related.tsv").read_text(encoding="utf-8")
    groups = []
    for line in content.splitlines():
        if line and not line.startswith("#"):
            asked, arrow, found = line.partition("=>")
            groups.append(Group(line, members(asked), members(found) if arrow else ()))
    return groups


def terms(member: str) -> Terms:
    return tuple(token.term for token in tokens(member))


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    return read()


def test_the_file_begins_with_what_it_is_and_how_it_is_read():
    first = files("pilcrow.search").joinpath("data", "related.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# Related words")


def test_there_are_groups_enough(groups: list[Group]):
    assert len(groups) >= AT_LEAST


def test_every_group_has_from_two_to_eight_members_and_at_most_one_arrow(groups: list[Group]):
    assert [g.line for g in groups if not 2 <= len(g.members) <= AT_MOST_MEMBERS or g.line.count("=>") > 1] == []


def test_no_member_is_empty_or_without_a_token(groups: list[Group]):
    assert [(g.line, m) for g in groups for m in g.members if not tokens(m)] == []


def test_no_member_is_made_of_stopwords_alone(groups: list[Group]):
    grammar = stopwords()
    assert [(g.line, m) for g in groups for m in g.members if all(t.form in grammar for t in tokens(m))] == []


def test_no_member_stems_into_another_of_its_group(groups: list[Group]):
    repeated = []
    for group in groups:
        times = Counter(terms(member) for member in group.members)
        repeated += [(group.line, said) for said, count in times.items() if count > 1]
    assert repeated == []


def test_no_group_stands_twice(groups: list[Group]):
    lines: dict[tuple[frozenset[Terms], frozenset[Terms]], list[str]] = {}
    for group in groups:
        key = (frozenset(map(terms, group.asked)), frozenset(map(terms, group.found)))
        lines.setdefault(key, []).append(group.line)
    assert [same for same in lines.values() if len(same) > 1] == []


def test_no_group_lies_within_another(groups: list[Group]):
    both_ways = [(g.line, frozenset(map(terms, g.asked))) for g in groups if not g.found]
    holders: dict[Terms, list[tuple[str, frozenset[Terms]]]] = {}
    for line, said in both_ways:
        for member in said:
            holders.setdefault(member, []).append((line, said))
    within = [(line, other) for line, said in both_ways for other, wider in holders[next(iter(said))] if said < wider]
    assert within == []


def test_no_member_asks_for_more_than_a_dozen_others(groups: list[Group]):
    related: dict[Terms, set[Terms]] = {}
    for group in groups:
        for member in group.asked:
            others = group.found or group.members
            related.setdefault(terms(member), set()).update(set(map(terms, others)) - {terms(member)})
    assert {member: found for member, found in related.items() if len(found) > AT_MOST_RELATED} == {}
