"""Related words: what is looked for besides the plain words, and that they change the order alone."""

from __future__ import annotations

from pilcrow.engine.query import AtLeast, Lift, Not, Phrase, Term
from pilcrow.search import ranking
from pilcrow.search.related import TERMS, Group, _data, read_groups, related, terms_file


def test_groups_are_read_with_and_without_a_direction() -> None:
    lines = iter(["# a comment", "", "seize|confiscation", "took the floor => made statements"])
    assert list(read_groups(lines)) == [
        Group((("seize",), ("confiscation",)), (("seize",), ("confiscation",))),
        Group((("took", "the", "floor"),), (("made", "statements"),)),
    ]


def test_a_word_in_any_form_asks_for_its_group_and_never_for_itself() -> None:
    found = related(["confiscated"])
    assert Term("seizure") in found or Term("seize") in found
    assert not any(isinstance(node, Term) and node.word.startswith("confiscat") for node in found)


def test_a_member_of_several_words_is_asked_for_by_all_of_them_together() -> None:
    assert related(["mutual"]) == ()
    assert related(["legal"]) != related(["mutual", "legal", "assistance"])
    assert Term("mla") in related(["mutual", "legal", "assistance"])
    assert Phrase(("mutual", "legal", "assistance")) in related(["mla"])


def test_words_without_a_group_ask_for_nothing() -> None:
    assert related(["zyzzyva", "1472"]) == ()


def test_plain_words_are_lifted_and_excluded_words_and_fields_are_not() -> None:
    words = AtLeast((Term("confiscated"), Term("belarus")), 1)
    assert ranking.rewritten(words) == Lift(words, related(["confiscated", "belarus"]), ranking.RELATED_WEIGHT)
    for untouched in (Not(Term("confiscated")), Term("confiscated", "title"), Phrase(("confiscated", "assets"))):
        assert ranking.rewritten(untouched) == untouched


def test_the_stored_terms_are_those_of_the_words() -> None:
    assert _data(TERMS) == terms_file(), "write them anew: python -m pilcrow.search.related"
