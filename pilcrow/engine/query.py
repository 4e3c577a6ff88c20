"""The query tree: what a query means, as values that any engine can translate.

Words stand in the tree as they were typed (folded to lower case without accents, never stemmed), so that a tree can be
printed and read back: ``parse(str(tree)) == tree`` for every tree that the parser makes. Stemming is the engine's,
through :mod:`pilcrow.engine.analysis`, when it looks a node up.

What a node means, over the tokens of a paragraph (a *text field* is ``text``, ``section``, ``note`` or ``title``; a
field of "" means the default ones, text, section and notes, each of which may supply the match):

- ``Term``     a token with the same term (stem) as the word.
- ``Exact``    the words' forms (unstemmed) at successive positions of one field value.
- ``Phrase``   the words' terms at successive positions of one field value.
- ``Near``     the words' terms in any order within one field value, each query word at a position of its own, with at
  most ``slop`` other words inside the span.
- ``Prefix``, ``Wildcard``, ``Fuzzy``   a token whose form begins with, is matched by, or is within ``distance`` edits
  (optimal string alignment: an adjacent swap is one) of what is given. On a key field, prefix and wildcard match keys,
  letter case aside; qualified keys ("BLR@note") only where "@" is asked for.
- ``Value``    the paragraph has this key of a key field (``state``, ``pillar``, ``symbol``, ...), or one below it.
- ``Range``    the paragraph's date may lie between ``low`` and ``high``, both inclusive, either "" for open: some day
  that the date covers is a day of the range. A paragraph without a date matches no range.
- ``Best``     plain words side by side; :class:`AtLeast` is what it becomes once the engine has said how many of
  them enough paragraphs have.

Terms are those of the paragraph's own language: a word meets an English token by its stem, any other by its form.

One *field value* is the paragraph's text, one heading of its section path, one note, or the title: a phrase never
runs across two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paragraph."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any form."""

    word: str
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, self.word)


@dataclass(frozen=True, slots=True)
class Exact:
    """Words in these forms only, side by side."""

    words: tuple[str, ...]
    field: str = ""

    def __str__(self) -> str:
        body = self.words[0] if len(self.words) == 1 else f'"{" ".join(self.words)}"'
        return _prefixed(self.field, f"={body}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in any form, side by side in this order."""

    words: tuple[str, ...]
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, f'"{" ".join(self.words)}"')


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any form and any order, with at most ``slop`` others between the first and the last."""

    words: tuple[str, ...]
    slop: int
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, f'"{" ".join(self.words)}"~{self.slop}')


@dataclass(frozen=True, slots=True)
class Prefix:
    """Forms (or keys of a key field) that begin with ``start``."""

    start: str
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, f"{self.start}*")


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Forms (or keys) matched by ``pattern``: "*" stands for any characters, "?" for one."""

    pattern: str
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, self.pattern)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Forms within ``distance`` (1 or 2) edits of ``word``."""

    word: str
    distance: int = 1
    field: str = ""

    def __str__(self) -> str:
        return _prefixed(self.field, f"{self.word}~{self.distance}")


@dataclass(frozen=True, slots=True)
class Value:
    """A key of a key field."""

    field: str
    key: str

    def __str__(self) -> str:
        plain = self.key and all(c.isalnum() or c in "-._/" for c in self.key)
        quoted = self.key.replace("\\", "\\\\").replace('"', '\\"')
        return f"{self.field}:{self.key}" if plain else f'{self.field}:"{quoted}"'


@dataclass(frozen=True, slots=True)
class Range:
    """Dates from ``low`` to ``high`` (ISO of year, month or day precision; "" for open)."""

    field: str
    low: str
    high: str

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.field}:{self.low}"
        return f"{self.field}:[{self.low or '*'} TO {self.high or '*'}]"


@dataclass(frozen=True, slots=True)
class Best:
    """Plain words (or, for a word that is cut in several tokens, phrases) of which as many as possible should match."""

    children: tuple[Query, ...]

    def __str__(self) -> str:
        field = getattr(self.children[0], "field", "") if self.children else ""
        run = " ".join(_in_run(child) for child in self.children)
        return f"{field}:({run})" if field else run


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``required`` of the children match. The parser never makes one: a resolved ``Best`` does."""

    children: tuple[Query, ...]
    required: int

    def __str__(self) -> str:
        return f"AT LEAST {self.required} OF ({' '.join(_nested(child) for child in self.children)})"


@dataclass(frozen=True, slots=True)
class Lift:
    """What ``child`` matches, no more and no less, ranked higher where ``by`` matches too.

    Each of ``by`` that matches adds ``weight`` times its score. The parser never makes one: related words do.
    """

    child: Query
    by: tuple[Query, ...]
    weight: float

    def __str__(self) -> str:
        return f"({self.child} LIFTED BY {' '.join(_nested(each) for each in self.by)})"


@dataclass(frozen=True, slots=True)
class And:
    """All of the children."""

    children: tuple[Query, ...]

    def __str__(self) -> str:
        return " AND ".join(_nested(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children."""

    children: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(_nested(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Not:
    """Every paragraph that the child does not match."""

    child: Query

    def __str__(self) -> str:
        return f"NOT {_nested(self.child)}"


Query = (
    Everything
    | Term
    | Exact
    | Phrase
    | Near
    | Prefix
    | Wildcard
    | Fuzzy
    | Value
    | Range
    | Best
    | AtLeast
    | Lift
    | And
    | Or
    | Not
)
Leaf = Everything | Term | Exact | Phrase | Near | Prefix | Wildcard | Fuzzy | Value | Range


def children_of(query: Query) -> tuple[Query, ...]:
    """The nodes directly below ``query``; none for a leaf."""
    if isinstance(query, (And, Or, Best, AtLeast)):
        return query.children
    if isinstance(query, Not):
        return (query.child,)
    if isinstance(query, Lift):
        return (query.child, *query.by)
    return ()


def children_first(query: Query) -> list[Query]:
    """``query`` and every node below it, children before parents; without recursion, as deep as a tree may be."""
    waiting, found = [query], list[Query]()
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(children_of(node))
    return found[::-1]


def wanted_leaves(query: Query) -> Iterator[Query]:
    """The leaves of ``query`` that a match may have; none of those under NOT."""
    if isinstance(query, Not):
        return
    children = children_of(query)
    if not children:
        yield query
    for child in children:
        yield from wanted_leaves(child)


def walk(query: Query) -> Iterator[Query]:
    """``query`` and every node below it, depth first."""
    yield query
    for child in children_of(query):
        yield from walk(child)


def transform(query: Query, change: Callable[[Query], Query]) -> Query:
    """A tree in which ``change`` was applied to every node, children before parents."""
    if isinstance(query, (And, Or, Best, AtLeast)):
        query = replace(query, children=tuple(transform(child, change) for child in query.children))
    elif isinstance(query, Not):
        query = Not(transform(query.child, change))
    elif isinstance(query, Lift):
        by = tuple(transform(each, change) for each in query.by)
        query = replace(query, child=transform(query.child, change), by=by)
    return change(query)


def _prefixed(field: str, body: str) -> str:
    return f"{field}:{body}" if field else body


def _in_run(query: Query) -> str:
    """A child of ``Best`` as it is typed in a run of plain words, all of one field: a phrase is one cut word."""
    if isinstance(query, Phrase):
        return "-".join(query.words)
    if isinstance(query, (Term, Prefix, Wildcard, Fuzzy)):
        return str(replace(query, field=""))
    return _nested(query)


def _nested(query: Query) -> str:
    return f"({query})" if isinstance(query, (And, Or, Best, AtLeast)) else str(query)
