"""Lookups are put together as plainly as they can be said, and translated without recursion."""

from __future__ import annotations

from collections.abc import Sequence

from pilcrow.engine.lookups import (
    AllOf,
    AnyOf,
    Boosted,
    Constant,
    Every,
    Lookup,
    Nothing,
    Preferred,
    Without,
    Word,
    all_of,
    any_of,
    children_of,
    constant,
    listed,
    translated,
    unscored,
    with_children,
    without,
)

A, B, C = (Word("text", word) for word in "abc")


def test_what_adds_nothing_is_left_out() -> None:
    assert all_of([A, Every(), B]) == AllOf((A, B))
    assert all_of([A, Nothing()]) == Nothing()
    assert all_of([]) == Every()
    assert all_of([A]) == A
    assert any_of([A, Nothing(), B]) == AnyOf((A, B))
    assert any_of([Nothing(), A]) == A
    assert any_of([]) == Nothing()
    assert constant(Nothing()) == Nothing()
    assert listed([]) == Nothing()
    assert without(A, Nothing()) == A
    assert without(A, Every()) == Nothing()
    assert without(Every(), without(Every(), A)) == Constant(A)


def test_at_least_so_many_are_counted_without_what_finds_nothing() -> None:
    assert any_of([A, B, Nothing()], 2) == AnyOf((A, B), 2)
    assert any_of([A, Nothing()], 2) == Nothing()


def test_the_same_within_the_same_is_one_wide_node() -> None:
    assert all_of([all_of([A, B]), C]) == AllOf((A, B, C))
    assert any_of([any_of([A, B]), C]) == AnyOf((A, B, C))
    assert any_of([any_of([A, B], 2), C]) == AnyOf((AnyOf((A, B), 2), C))
    assert any_of([any_of([A, B]), C], 2) == AnyOf((AnyOf((A, B)), C), 2)


def test_what_only_scores_is_left_out_of_what_is_counted() -> None:
    lifted = Preferred(AnyOf((A, constant(B))), (Boosted(C, 0.3),))

    assert unscored(lifted) == AnyOf((A, B))
    assert unscored(Without(constant(all_of([A, lifted])), constant(C))) == Without(AllOf((A, AnyOf((A, B)))), C)
    assert unscored(AnyOf((A, Boosted(B, 2.0), C), 2)) == AnyOf((A, B, C), 2)
    assert unscored(Nothing()) == Nothing()


def test_a_node_has_other_children() -> None:
    for node in (
        AllOf((A, B)),
        AnyOf((A, B), 2),
        Without(A, B),
        Preferred(A, (B,)),
        Constant(A, 0.5),
        Boosted(A, 2.0),
        A,
    ):
        others = [C for _ in children_of(node)]
        changed = with_children(node, others)
        assert children_of(changed) == tuple(others)
        assert with_children(changed, children_of(node)) == node


def test_a_tree_deeper_than_the_stack_is_translated() -> None:
    def depth(_: Lookup, children: Sequence[int]) -> int:
        return 1 + max(children, default=0)

    deep: Lookup = A
    for _ in range(20_000):
        deep = Without(B, deep)
    assert translated(deep, depth) == 20_001
