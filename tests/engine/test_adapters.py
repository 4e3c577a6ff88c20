"""Which engine is taken, and that whoever asks is told why."""

from __future__ import annotations

import pytest

from pilcrow.engine.adapters import WHOOSH_UP_TO, choose
from pilcrow.engine.errors import PilcrowError


def test_auto_takes_whoosh_up_to_the_threshold_and_tantivy_above() -> None:
    said = f"because Whoosh answers quickly up to {WHOOSH_UP_TO:,} paragraphs"
    assert choose("auto", 0) == ("whoosh", said)
    assert choose("auto", WHOOSH_UP_TO) == ("whoosh", said)
    name, why = choose("auto", WHOOSH_UP_TO + 1)
    assert (name, why) == ("tantivy", f"because Whoosh gets slow above {WHOOSH_UP_TO:,} paragraphs")


def test_an_engine_that_is_named_is_taken_whatever_the_size() -> None:
    assert choose("whoosh", 10**9) == ("whoosh", "as asked for")
    assert choose("opensearch", 1) == ("opensearch", "as asked for")


def test_an_engine_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(PilcrowError, match=r"no engine “solr” .* auto or whoosh or tantivy or opensearch"):
        choose("solr", 1)
