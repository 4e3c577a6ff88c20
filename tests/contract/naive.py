"""A matcher that is slow and plain: what the query tree means, read straight off its definition, token by token.

It shares with the engines the analysis and the table of fields (what a token and a key are) and nothing of how queries
are evaluated, scored or counted, so that an engine that agrees with it on everything is right, or both misread the same
sentence.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pilcrow.engine.analysis import term, tokens
from pilcrow.engine.contract import Axis, CrossAnswer, CrossPlan, Filter, SearchPlan
from pilcrow.engine.fields import KEY_FIELDS, TEXT_FIELDS, key_values, text_values
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.engine.query import (
    And,
    AtLeast,
    Everything,
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

K1, B = 1.2, 0.75
BOOSTS = {"text": 1.0, "section": 0.5, "note": 0.5, "title": 1.0}
DEFAULT = ("text", "section", "note")
QUALIFIED = ("state", "cites")


@dataclass(frozen=True)
class Item:
    """A paragraph with its document, its forms by field and field value, and its keys by field."""

    paragraph: Paragraph
    document: Document
    language: str
    words: dict[str, list[list[str]]]
    keys: dict[str, set[str]]

    def term(self, word: str) -> str:
        return term(word, self.language)

    def length(self, field: str) -> int:
        return sum(len(value) for value in self.words[field])


def items(corpus: Sequence[ParsedDocument]) -> list[Item]:
    found = []
    for parsed in corpus:
        for paragraph in parsed.paragraphs:
            language = paragraph.language or parsed.document.language
            words = {
                field.key: [
                    [token.form for token in tokens(value, language)]
                    for value in text_values(field, parsed.document, paragraph)
                ]
                for field in TEXT_FIELDS
            }
            keys = {
                field.key: {value.key for value in key_values(field, parsed.document, paragraph)}
                for field in KEY_FIELDS
            }
            found.append(Item(paragraph, parsed.document, language, words, keys))
    return found


# ------------------------------------------------------------------------------------------------- occurrences


def fields_of(query: Query) -> tuple[str, ...]:
    return (query.field,) if query.field else DEFAULT


def occurrences(item: Item, query: Query, field: str) -> int:
    """How often the node stands in one field: each start in each field value counts once."""
    return sum(starts_here(item, query, value, start) for value in item.words[field] for start in range(len(value)))


def starts_here(item: Item, query: Query, value: list[str], start: int) -> bool:
    if isinstance(query, Term):
        return item.term(value[start]) == item.term(query.word)
    if isinstance(query, Exact):
        return value[start : start + len(query.words)] == list(query.words)
    if isinstance(query, Phrase):
        here = [item.term(form) for form in value[start : start + len(query.words)]]
        return here == [item.term(word) for word in query.words]
    assert isinstance(query, Near)
    wanted = [item.term(word) for word in query.words]
    here = [item.term(form) for form in value[start : start + len(wanted) + query.slop]]  # no span is wider
    if here[0] not in wanted:
        return False
    for chosen in itertools.permutations(range(len(here)), len(wanted)):
        span = max(chosen) + 1
        if span - len(wanted) <= query.slop and [here[at] for at in chosen] == wanted:
            return True
    return False


# ---------------------------------------------------------------------------------------------------- matching


def edits(one: str, other: str) -> int:
    """Optimal string alignment distance, by its recurrence."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


def like(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(like(pattern[1:], text[at:]) for at in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and like(pattern[1:], text[1:])


@lru_cache(maxsize=100_000)
def stands_for(query: Query, form: str) -> bool:
    if isinstance(query, Prefix):
        return form.startswith(query.start)
    if isinstance(query, Wildcard):
        return like(query.pattern, form)
    assert isinstance(query, Fuzzy)
    return edits(query.word, form) <= query.distance


def key_stands_for(query: Query, key: str) -> bool:
    asked = query.start if isinstance(query, Prefix) else query.pattern
    if "@" in key and "@" not in asked and query.field in QUALIFIED:
        return False
    if isinstance(query, Prefix):
        return key.lower().startswith(asked.lower())
    return like(asked.lower(), key.lower())


def days(iso: str) -> set[datetime.date]:
    """Every day that a date may mean."""
    year = int(iso[:4])
    first = datetime.date(year, 1, 1)
    every = {first + datetime.timedelta(days=n) for n in range(366)}
    return {day for day in every if day.isoformat().startswith(iso)}


def may_lie(date: str, low: str, high: str) -> bool:
    if not date:
        return False
    low_day = min(days(low)) if low else datetime.date.min
    high_day = max(days(high)) if high else datetime.date.max
    return any(low_day <= day <= high_day for day in days(date))


def matches(item: Item, query: Query) -> bool:
    if isinstance(query, Everything):
        return True
    if isinstance(query, And):
        return all(matches(item, child) for child in query.children)
    if isinstance(query, Or):
        return any(matches(item, child) for child in query.children)
    if isinstance(query, AtLeast):
        return sum(matches(item, child) for child in query.children) >= query.required
    if isinstance(query, (Not, Lift)):
        return matches(item, query.child) is not isinstance(query, Not)
    if isinstance(query, Value):
        return query.key in item.keys[query.field]
    if isinstance(query, Range):
        return may_lie(item.document.date, query.low, query.high)
    if isinstance(query, (Prefix, Wildcard, Fuzzy)):
        if query.field in item.keys:
            return any(key_stands_for(query, key) for key in item.keys[query.field])
        return any(
            stands_for(query, form) for field in fields_of(query) for value in item.words[field] for form in value
        )
    return any(occurrences(item, query, field) for field in fields_of(query))


# ----------------------------------------------------------------------------------------------------- scoring


class Scorer:
    def __init__(self, everything: list[Item]) -> None:
        self.everything = everything
        self.means = {}
        for field in BOOSTS:
            lengths = [item.length(field) for item in everything if item.length(field)]
            self.means[field] = sum(lengths) / len(lengths) if lengths else 1.0

    def score(self, item: Item, query: Query) -> float:
        return round(self._score(item, query), 6)

    def _score(self, item: Item, query: Query) -> float:
        if not matches(item, query):
            return 0.0
        if isinstance(query, (And, Or, AtLeast)):
            return sum(self._score(item, child) for child in query.children)
        if isinstance(query, Lift):
            return self._score(item, query.child) + query.weight * sum(self._score(item, each) for each in query.by)
        if isinstance(query, (Prefix, Wildcard, Fuzzy)):
            return 1.0
        if isinstance(query, (Term, Exact, Phrase, Near)):
            return self._idf(query) * sum(self._field(item, query, field) for field in fields_of(query))
        return 0.0

    def _field(self, item: Item, query: Query, field: str) -> float:
        tf = occurrences(item, query, field)
        norm = K1 * (1 - B + B * item.length(field) / self.means[field])
        return BOOSTS[field] * tf * (K1 + 1) / (tf + norm)

    def _idf(self, query: Query) -> float:
        if isinstance(query, Term):
            words = [query]
        elif isinstance(query, Exact):
            words = [Exact((word,), query.field) for word in query.words]
        else:
            words = [Term(word, query.field) for word in query.words]
        total = 0.0
        for word in words:
            having = sum(matches(item, word) for item in self.everything)
            total += math.log(1 + (len(self.everything) - having + 0.5) / (having + 0.5))
        return total


# ---------------------------------------------------------------------------------------------------- answering


def kept(item: Item, chosen: Filter, *, selection: bool = True, without: Query | None = None) -> bool:
    """Whether a filter lets the item through; ``without`` is an exclusion that is lifted."""
    if any(matches(item, node) for node in chosen.exclude if node != without):
        return False
    if not selection or not chosen.include:
        return True
    found = [matches(item, node) for node in chosen.include]
    return all(found) if chosen.all_of else any(found)


def found(everything: list[Item], plan: SearchPlan) -> list[Item]:
    return [
        item for item in everything if matches(item, plan.query) and all(kept(item, chosen) for chosen in plan.filters)
    ]


def _counted(everything: list[Item], plan: SearchPlan, field: str, key: str, without: Query | None = None) -> int:
    """How many paragraphs or documents of a facet's base have a whole key."""
    units = [
        item.paragraph.id if plan.unit == "paragraph" else item.document.id
        for item in everything
        if key in item.keys[field]
        and matches(item, plan.query)
        and all(
            kept(item, chosen, selection=chosen.all_of, without=without)
            if chosen.field == field
            else kept(item, chosen)
            for chosen in plan.filters
        )
    ]
    return len(set(units))


def ways(everything: list[Item], plan: SearchPlan, field: str) -> dict[str, int]:
    """The counts of a facet's qualified keys of any value, by the contract's words."""
    keys = {key for item in everything for key in item.keys[field] if key.startswith("any@")}
    return {key: count for key in keys if (count := _counted(everything, plan, field, key))}


def facet(everything: list[Item], plan: SearchPlan, field: str, qualifier: str) -> dict[str, int]:
    """The counts of one facet, by the contract's words."""

    def counted(key: str, without: Query | None = None) -> int:
        return _counted(everything, plan, field, key + qualifier, without)

    def bare(key: str) -> str | None:
        if qualifier and not key.endswith(qualifier):
            return None
        key = key[: len(key) - len(qualifier)]
        return None if "@" in key and field in QUALIFIED else key

    keys = {key for item in everything for whole in item.keys[field] if (key := bare(whole)) is not None}
    counts = {key: count for key in keys if (count := counted(key))}
    own = [chosen for chosen in plan.filters if chosen.field == field]
    included = [node for chosen in own for node in chosen.include if isinstance(node, Value)]
    excluded = [node for chosen in own for node in chosen.exclude if isinstance(node, Value)]
    for node in included:
        if bare(node.key) is not None:
            counts[bare(node.key)] = counted(bare(node.key))
    for node in excluded:
        if bare(node.key) is not None:
            counts[bare(node.key)] = counted(bare(node.key), without=node)
    return counts


def cross(everything: list[Item], plan: CrossPlan) -> CrossAnswer:
    """A table, by the contract's words: each number is a set of units that is counted."""
    base = [
        item for item in everything if matches(item, plan.query) and all(kept(item, chosen) for chosen in plan.filters)
    ]

    def counted(*having: tuple[Axis, str]) -> int:
        return len(
            {
                item.paragraph.id if plan.unit == "paragraph" else item.document.id
                for item in base
                if all(key + side.qualifier in item.keys[side.field] for side, key in having)
            }
        )

    def keys(side: Axis) -> list[str]:
        whole = {key for item in base for key in item.keys[side.field] if key.endswith(side.qualifier)}
        bare = {key[: len(key) - len(side.qualifier)] for key in whole}
        return [key for key in bare if "@" not in key or side.field not in QUALIFIED]

    rows, columns = keys(plan.rows), keys(plan.columns)
    cells = {(row, column): counted((plan.rows, row), (plan.columns, column)) for row in rows for column in columns}
    return CrossAnswer(
        total=counted(),
        rows={row: counted((plan.rows, row)) for row in rows},
        columns={column: counted((plan.columns, column)) for column in columns},
        cells={pair: count for pair, count in cells.items() if count},
    )


def date_order(item: Item, sort: str) -> tuple[bool, int]:
    """Unknown dates last; a year or month counts as its first day."""
    if not item.document.date:
        return True, 0
    first = min(days(item.document.date)).toordinal()
    return False, -first if sort == "newest" else first


def ordered(everything: list[Item], plan: SearchPlan) -> list[Item]:
    hits = found(everything, plan)
    if plan.sort == "relevance":
        scorer = Scorer(everything)
        return sorted(hits, key=lambda item: -scorer.score(item, plan.query))
    if plan.sort == "document":
        return hits
    return sorted(hits, key=lambda item: date_order(item, plan.sort))
