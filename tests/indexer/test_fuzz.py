"""Spoilt files are refused or read, and never take more than they may: a few here, twenty thousand at night."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.indexer.fuzzing import LONGEST, MEMORY, Figures, campaign, mutated, seed_files


def held_to_account(figures: Figures) -> str:
    """The figures, after a look at those that must be none."""
    said = "\n".join(figures.lines())
    assert (figures.overdue, figures.hungry) == ([], []), said
    assert figures.slowest < LONGEST, said
    assert figures.peak < MEMORY, said
    # A death costs its file alone and is a line of the report; it is a finding about a library, which is printed.
    assert len(figures.deaths) <= figures.mutations // 1000, said
    return said


def test_spoilt_files_of_every_format_are_read_or_refused(tmp_path: Path) -> None:
    seeds = seed_files(tmp_path, shared=False)
    figures = campaign(seeds, range(200), seed=7)
    said = held_to_account(figures)
    assert figures.mutations == figures.parsed + sum(figures.refused.values()) == 200, said
    assert figures.parsed > 20, said
    assert sum(figures.refused.values()) > 20, said
    assert figures.mistakes == [], said


@pytest.mark.nightly
def test_twenty_thousand_spoilt_files_are_read_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = held_to_account(campaign(seed_files(tmp_path), range(20_000), seed=1))
    with capsys.disabled():
        print(f"\n{said}")


def test_a_mutation_can_be_made_again_from_its_seed_and_number(tmp_path: Path) -> None:
    contents = [path.read_bytes() for path in seed_files(tmp_path, shared=False)]
    for number in range(40):
        at = number % len(contents)
        once, again, other = (mutated(contents, at, random.Random(seed)) for seed in (number, number, number + 1000))
        assert once == again
        assert contents[at] != once or contents[at] != other
