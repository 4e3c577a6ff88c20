"""Three thousand real paragraphs, and random questions about them, for what is to be asked of a cluster.

The words of a question are words of the corpus, common and rare ones, its values those that stand in the facets; each
question is made from its number alone, so that it can be asked again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import prepare
from pilcrow.engine.contract import SORTS, FacetRequest, Filter, IndexReader, SearchPlan
from pilcrow.engine.fields import FACETS
from pilcrow.engine.model import ParsedDocument
from pilcrow.engine.query import (
    And,
    AtLeast,
    Exact,
    Fuzzy,
    Lift,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Wildcard,
)

PARAGRAPHS = 3_000
SHOWN = 20


def documents(folder: Path) -> tuple[ParsedDocument, ...]:
    """The paragraphs, made in ``folder``, or found there."""
    prepare.made(folder)
    return tuple(prepare.corpus(folder, PARAGRAPHS, prepare.base(folder, PARAGRAPHS)).documents())


@dataclass(frozen=True)
class Questions:
    """Makes plans over what stands in an index: its ``texts`` as forms, and the ``keys`` of each facet."""

    texts: Sequence[Sequence[str]]
    keys: dict[str, Sequence[str]]

    @classmethod
    def about(cls, reader: IndexReader, forms: Sequence[Sequence[str]]) -> Questions:
        """Questions about what ``reader`` has, given the ``forms`` of its paragraphs."""
        keys = {each.key: sorted(reader.labels(each.key)) for each in FACETS}
        return cls([text for text in forms if len(text) > 3], {key: found for key, found in keys.items() if found})

    def plan(self, number: int) -> SearchPlan:
        """The question with this number."""
        chance = random.Random(number)
        return SearchPlan(
            query=self._query(chance, 3),
            filters=tuple(self._filter(chance) for _ in range(chance.choice([0, 0, 1, 2]))),
            facets=tuple(FacetRequest(field=each.key) for each in FACETS),
            sort=chance.choice(SORTS),
            limit=SHOWN,
            unit=chance.choice(["paragraph", "document"]),
        )

    def _query(self, chance: random.Random, levels: int) -> Query:
        if not levels or chance.random() < 0.3:
            return self._leaf(chance)
        children = tuple(self._query(chance, levels - 1) for _ in range(chance.randint(1, 4)))
        kind = chance.choice([And, Or, Or, AtLeast, Not, Lift])
        if kind is Not:
            return And((Not(children[0]), self._leaf(chance)))
        if kind is Lift:
            return Lift(children[0], children, 0.5)
        if kind is AtLeast:
            return AtLeast(children, chance.randint(1, len(children)))
        return And(children) if kind is And else Or(children)

    def _leaf(self, chance: random.Random) -> Query:
        text = chance.choice(self.texts)
        at = chance.randrange(len(text) - 2)
        word, field = text[at], chance.choice(["", "", "", "text", "section"])
        return chance.choice(
            [
                Term(word, field),
                Term(word, field),
                Phrase(tuple(text[at : at + chance.randint(2, 3)]), field),
                Exact(tuple(text[at : at + chance.randint(1, 3)]), field),
                Near((text[at + 2], text[at]), chance.randint(0, 4), field),
                Near(tuple(text[at : at + 3]), chance.randint(0, 4), field),
                Prefix(word[:3], field),
                Wildcard(f"{word[:2]}*{word[-1:]}", field),
                Fuzzy(word, 1, field),
                self._value(chance),
                Range("date", f"{chance.randint(1990, 2010)}", f"{chance.randint(2008, 2025)}-06"),
            ]
        )

    def _value(self, chance: random.Random, field: str = "") -> Value:
        field = field or chance.choice(sorted(self.keys))
        return Value(field, chance.choice(self.keys[field]))

    def _filter(self, chance: random.Random) -> Filter:
        field = chance.choice(sorted(self.keys))
        chosen = tuple({self._value(chance, field) for _ in range(chance.randint(1, 3))})
        if chance.random() < 0.3:
            return Filter(field=field, exclude=chosen)
        return Filter(field=field, include=chosen, all_of=chance.random() < 0.2)
