"""The collector comes seldom while an index is written, and as before afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from pilcrow.engine.garbage import keep_what_is_there, seldom_collected


def test_the_collector_comes_seldom_for_a_while_only() -> None:
    before = gc.get_threshold()

    def write() -> None:
        with seldom_collected():
            assert gc.get_threshold()[0] > before[0]
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert gc.get_threshold() == before


def test_what_is_there_is_kept_for_good() -> None:
    before, kept = gc.get_threshold(), gc.get_freeze_count()
    try:
        keep_what_is_there()
        assert gc.get_threshold() == (50_000, *before[1:])
        assert gc.get_freeze_count() > kept
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
