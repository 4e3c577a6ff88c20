"""The query language: typed text to a tree, for every string that there is.

``parse`` never raises on a query: what cannot be read is said, with its position and what to write instead, and left
out (or read as plain words where that makes more sense); the rest is answered. With ``strict`` the first such thing is
an error. ``parse(str(tree)).tree == tree`` for every tree that it makes.

    query    = and ("OR" and)*
    and      = run ("AND" run)*
    run      = item*                 side by side: plain words together are one Best group, all else is required
    item     = "NOT" (words | item) | "-" item | "(" query ")" | field ":" item | "..." ["~" n] | "=" item | word

``docs/query-language.md`` describes the language for those who type it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from pilcrow.engine.errors import RequestError
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.query import And, Best, Everything, Leaf, Not, Or, Query, walk
from pilcrow.search import keys, words
from pilcrow.search.lexer import QUOTES, Scanner, Span
from pilcrow.search.request import Diagnostic

MAX_CHARACTERS = 10_000
MAX_LEAVES = 150
MAX_DEPTH = 20

NOTHING = Not(Everything())
"""The tree of a query of which nothing could be read: no paragraph matches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A typed query as a tree, and what of it could not be read."""

    tree: Query
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(text: str, *, strict: bool = False) -> Parsed:
    """What ``text`` means. An empty query means everything; one of which nothing can be read, nothing.

    With ``strict``, raises ``RequestError`` with the first diagnostic.
    """
    parser = _Parser(text[:MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        message = f"The query is longer than {MAX_CHARACTERS:,} characters; the rest was left out."
        parser.say(message, MAX_CHARACTERS, len(text))
    tree = parser.read()
    diagnostics = tuple(sorted(parser.problems, key=lambda problem: problem.start))
    if strict and diagnostics:
        raise RequestError("q", text, diagnostics[0].message, suggestion=diagnostics[0].suggestion)
    return Parsed(tree=tree, diagnostics=diagnostics)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A plain word, which joins its neighbours in one Best group."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class _Solid:
    """Anything else, which stands for itself."""

    query: Query


_Item = _Plain | _Solid


class _Parser:
    """One reading of one text, from left to right."""

    def __init__(self, text: str) -> None:
        self.scan = Scanner(text)
        self.problems: list[Diagnostic] = []
        self.depth = 0
        self.leaves = 0
        self.full = False
        self.ignored = 0  # opening parentheses that were deeper than allowed and still wait for their partners

    def say(self, message: str, start: int, end: int, suggestion: str = "") -> None:
        """Keep a diagnostic about the characters from ``start`` to ``end``."""
        self.problems.append(Diagnostic(message=message, start=start, end=end, suggestion=suggestion))

    def read(self) -> Query:
        """The whole text."""
        text = self.scan.text
        if not text.strip():
            return Everything()
        items = self._alternatives("")
        query = _joined(_grouped(items))
        if query is not None:
            return query
        if not self.problems:
            self.say(f"There is nothing to search for in “{text.strip()[:40]}”: type a word or a number.", 0, len(text))
        return NOTHING

    # --------------------------------------------------------------------------------------------- operators

    def _alternatives(self, field: str) -> list[_Item]:
        """``and ("OR" and)*`` up to a closing parenthesis of this group, or the end."""
        operands: list[list[_Item]] = []
        start = self.scan.at
        while True:
            operands.append(self._requirements(field))
            self.scan.skip_space()
            if self.scan.peek_operator() != "OR":
                break
            start = self.scan.at
            self._operator(missing=not operands[-1], start=start)
        if len(operands) > 1 and not operands[-1]:
            self._lone("OR", start)
        queries = [query for query in (_joined(_grouped(items)) for items in operands) if query is not None]
        if len(operands) == 1:
            return operands[0]
        if not queries:
            return []
        return [_Solid(queries[0] if len(queries) == 1 else Or(tuple(queries)))]

    def _requirements(self, field: str) -> list[_Item]:
        """``run ("AND" run)*``; where there is no AND, the items as they are."""
        runs: list[list[_Item]] = []
        start = self.scan.at
        while True:
            runs.append(self._run(field))
            if self.scan.peek_operator() != "AND":
                break
            start = self.scan.at
            self._operator(missing=not runs[-1], start=start)
        if len(runs) == 1:
            return runs[0]
        if not runs[-1]:
            self._lone("AND", start)
        queries = [query for items in runs for query in _grouped(items)]
        if len(queries) < 2:
            return [_Solid(query) for query in queries]
        return [_Solid(And(tuple(queries)))]

    def _operator(self, *, missing: bool, start: int) -> None:
        """Read the AND or OR that comes next; say so where nothing stands before it."""
        operator = self.scan.peek_operator()
        self.scan.at += len(operator)
        if missing:
            self.say(
                f"{operator} stands between two things to search for; before it there is none.", start, self.scan.at
            )

    def _lone(self, operator: str, start: int) -> None:
        if all(problem.start < start for problem in self.problems):
            message = f"{operator} stands between two things to search for; after it there is none."
            self.say(message, start, start + len(operator))

    # -------------------------------------------------------------------------------------------------- runs

    def _run(self, field: str) -> list[_Item]:
        """Items side by side, up to an AND, an OR, the end of the group or of the text."""
        items: list[_Item] = []
        while True:
            self.scan.skip_space()
            if self.scan.done or self.scan.peek_operator() in ("AND", "OR"):
                break
            if self.scan.peek() == ")":
                if self.depth and not self.ignored:
                    break
                self._stray()
                continue
            items += self._item(field)
        return self._side_by_side(items, field)

    def _side_by_side(self, items: list[_Item], field: str) -> list[_Item]:
        """``items`` without what adds nothing beside others (stopwords, ``*``); values of one field as alternatives."""
        if _holds_keys(field):
            return _alternative_values(items)
        if len(items) < 2:
            return items
        kept = [item for item in items if not (isinstance(item, _Solid) and item.query == Everything())]
        telling = [item for item in kept if not (isinstance(item, _Plain) and words.is_stopword(item.leaf))]
        return telling or kept or items[:1]

    def _stray(self) -> None:
        self.scan.at += 1
        if self.ignored:
            self.ignored -= 1
        else:
            self.say("This parenthesis closes none that was opened.", self.scan.at - 1, self.scan.at)

    def _item(self, field: str) -> list[_Item]:
        """What comes next, whatever it is: at least one character is read, or the text is at its end."""
        start = self.scan.at
        character = self.scan.peek()
        named = self.scan.peek_field()
        if self.scan.peek_operator() == "NOT":
            return self._not(field)
        if character == "-" and self._excludes():
            return self._minus(field)
        if character == "(":
            return self._group(field)
        if named is not None and self._field_begins(named, field):
            return self._field(named, field)
        if _holds_keys(field):
            return self._key(field, start)
        if self.scan.at_quote:
            return self._quoted(field)
        if character == "=":
            return self._exact(field)
        return self._word(field)

    def _not(self, field: str) -> list[_Item]:
        """``NOT``, which takes the whole run of plain words after it, or the one other thing."""
        start = self.scan.at
        self.scan.at += len("NOT")
        self.scan.skip_space()
        taken: list[_Item] = []
        if not self.scan.done and self.scan.peek() != ")" and self.scan.peek_operator() not in ("AND", "OR"):
            plain = self._plain_begins(field)
            taken += self._item(field)
            while plain and self._plain_begins(field):
                taken += self._item(field)
        return self._negated(self._side_by_side(taken, field), Span("NOT", start, start + len("NOT")))

    def _plain_begins(self, field: str) -> bool:
        """Whether a plain word comes next (spaces aside, which are read)."""
        self.scan.skip_space()
        if self.scan.done or self.scan.at_quote or self.scan.peek() in "()=" or self.scan.peek_operator():
            return False
        named = self.scan.peek_field()
        if named is not None and self._field_begins(named, field):
            return False
        return not (self.scan.peek() == "-" and self._excludes()) and not _holds_keys(field)

    def _minus(self, field: str) -> list[_Item]:
        start = self.scan.at
        self.scan.at += 1
        return self._negated(self._item(field), Span("-", start, start + 1))

    def _negated(self, items: list[_Item], sign: Span) -> list[_Item]:
        query = _joined(_grouped(items))
        if query is not None:
            return [_Solid(query.child if isinstance(query, Not) else Not(query))]
        if not any(problem.start >= sign.start for problem in self.problems):
            self.say(f"{sign.text} excludes what stands after it, and there is nothing.", sign.start, sign.end)
        return []

    def _excludes(self) -> bool:
        """Whether the "-" that comes next excludes something: it stands at the beginning of a word, and alone."""
        text, at = self.scan.text, self.scan.at
        before = text[at - 1] if at else " "
        return (before.isspace() or before in "(-" or before in QUOTES) and text[at + 1 : at + 2] != "-"

    # ------------------------------------------------------------------------------------------------- groups

    def _group(self, field: str) -> list[_Item]:
        """``( query )``; one of plain words only joins the words around it, for it groups nothing."""
        start = self.scan.at
        self.scan.at += 1
        if self.depth >= MAX_DEPTH:
            if not self.ignored:
                self.say(f"Parentheses are read {MAX_DEPTH} deep; deeper ones were left out.", start, start + 1)
            self.ignored += 1
            return []
        self.depth += 1
        items = self._alternatives(field)
        self.depth -= 1
        empty = not self.scan.text[start + 1 : self.scan.at].strip()
        if not self.scan.take(")"):
            self.say("This parenthesis is never closed; it was closed at the end.", start, start + 1)
        elif empty:
            self.say("There is nothing within these parentheses.", start, self.scan.at)
        return items

    def _field_begins(self, named: Span, outer: str) -> bool:
        """Whether the name and colon that come next are to be read as a field: a known one, or one with a value."""
        following = self.scan.text[named.end : named.end + 1]
        if keys.field_of(named.text) is not None:
            return True
        return bool(following) and not following.isspace() and not _holds_keys(outer)

    def _field(self, named: Span, outer: str) -> list[_Item]:
        """``name:`` and what it applies to; an unknown name is said and read as a word of the field around it."""
        field = keys.field_of(named.text)
        self.scan.at = named.end
        if field is None:
            self._unknown_field(named)
            return self._leaves(words.read_word(named.text, outer), named)
        self.scan.skip_space()
        end = self.scan.at
        spaced_operator = end > named.end and self.scan.peek_operator()  # state:AND is Andorra
        if self.scan.done or self.scan.peek() == ")" or spaced_operator:
            self.say(f"Nothing stands after {named.text}: where a value should.", named.start, named.end)
            return []
        if self.scan.peek() == "(":
            items = self._group(field)
            if not items and all(problem.start < named.start for problem in self.problems):
                self.say(f"Nothing within the parentheses after {named.text}: could be read.", named.start, end)
            query = _joined(_grouped(items))
            return [] if query is None else [_Solid(query)]
        if _holds_keys(field):
            return self._key(field, named.start)
        return self._in_text_field(field)

    def _in_text_field(self, field: str) -> list[_Item]:
        """The one word, form or quotation that a text field applies to."""
        if self.scan.at_quote:
            items = self._quoted(field)
        elif self.scan.peek() == "=":
            items = self._exact(field)
        else:
            items = self._word(field)
        query = _joined(_grouped(items))
        return [] if query is None else [_Solid(query)]

    def _unknown_field(self, named: Span) -> None:
        close = difflib.get_close_matches(named.text.casefold(), keys.field_names(), n=1)
        if close:
            message = f"There is no field {named.text}: here; did you mean {close[0]}:? It was read as a word."
            self.say(message, named.start, named.end, f"{close[0]}:")
        else:
            self.say(f"There is no field {named.text}: here; it was read as a word.", named.start, named.end)

    def _key(self, field: str, start: int) -> list[_Item]:
        """A value of a key field."""
        before = self.scan.at
        read = keys.read_key(self.scan, field)
        if self.scan.at == before:
            self.scan.at += 1  # a lone quotation mark, or the like: never the same place twice
        if read.problem:
            self.say(read.problem, min(start, read.start), max(read.end, read.start), read.suggestion)
        if read.node is None or not self._room(sum(1 for _ in walk(read.node)), start):
            return []
        return [_Solid(read.node)]

    # -------------------------------------------------------------------------------------------------- words

    def _quoted(self, field: str) -> list[_Item]:
        """``"..."`` or ``"..."~n``; a quotation mark without a partner is said and passed over."""
        start = self.scan.at
        span = self.scan.quoted()
        if span is None:
            self.scan.at += 1
            rest = self.scan.text[start + 1 :]
            self.say("This quotation mark has no partner; it was left out.", start, len(self.scan.text), f'"{rest}"')
            return []
        if not self.scan.take("~"):
            read = words.read_quoted(span.text, field)
        else:
            digits = self._digits()
            slop = int(digits[:6]) if digits else 0
            read = words.read_near(span.text, slop, field)
            if not digits:
                message = "After ~ a number says how many other words may lie between; it was read as 0."
                self.say(message, span.end, self.scan.at, "~5")
        span = Span(span.text, start, self.scan.at)
        if not read.leaves:
            self.say("There is no word between these quotation marks.", span.start, span.end)
        return _solid(self._leaves(read, span))

    def _digits(self) -> str:
        start = self.scan.at
        while self.scan.peek().isdecimal():
            self.scan.at += 1
        return self.scan.text[start : self.scan.at]

    def _exact(self, field: str) -> list[_Item]:
        """``=word`` or ``="..."``."""
        start = self.scan.at
        self.scan.at += 1
        span = self.scan.quoted() if self.scan.at_quote else self.scan.chunk()
        read = words.read_exact(span.text, field) if span else words.Read()
        if not read.leaves:
            self.say("= asks for this form of the word after it, and there is none.", start, self.scan.at)
        return _solid(self._leaves(read, Span("=", start, self.scan.at)))

    def _word(self, field: str) -> list[_Item]:
        """A plain word, which may have wildcards or ~; ``*`` alone means everything."""
        start = self.scan.at
        span = self.scan.chunk()
        if span is None:
            self.scan.at += 1
            return []
        if span.text == "*" and not field:
            return [_Solid(Everything())]
        read = words.read_word(span.text, field)
        if not read.leaves and span.text == "-":
            self.say("- excludes the word that it touches, and here it touches none.", start, span.end)
        return self._leaves(read, span)

    def _leaves(self, read: words.Read, span: Span) -> list[_Item]:
        """What a word was read as, if there is room for it; its problem is said."""
        if read.problem:
            self.say(read.problem, span.start, span.end, read.suggestion)
        if not read.leaves or not self._room(len(read.leaves), span.start):
            return []
        return [_Plain(leaf) for leaf in read.leaves]

    def _room(self, count: int, start: int) -> bool:
        """Whether ``count`` more leaves are within the limit; the first that are not are said."""
        if not self.full and self.leaves + count > MAX_LEAVES:
            self.full = True
            message = f"A query may have {MAX_LEAVES} words and values; from here on they were left out."
            self.say(message, start, len(self.scan.text))
        self.leaves += 0 if self.full else count
        return not self.full


def _holds_keys(field: str) -> bool:
    return bool(field) and BY_KEY[field].kind == "keys"


def _solid(items: Iterable[_Item]) -> list[_Item]:
    """``items``, each standing for itself."""
    return [_Solid(item.leaf) if isinstance(item, _Plain) else item for item in items]


def _grouped(items: Iterable[_Item]) -> list[Query]:
    """Each solid item by itself, and each run of plain ones as one Best group."""
    queries: list[Query] = []
    run: list[Leaf] = []
    for item in items:
        if isinstance(item, _Plain):
            run.append(item.leaf)
            continue
        queries += _best(run)
        run = []
        queries.append(item.query)
    return queries + _best(run)


def _best(run: list[Leaf]) -> list[Query]:
    """A run of plain words, each once, as one query; nothing for an empty run."""
    telling = [leaf for leaf in run if not words.is_stopword(leaf)] or run
    distinct = tuple(dict.fromkeys(telling))
    if len(distinct) < 2:
        return list(distinct)
    return [Best(distinct)]


def _joined(queries: list[Query]) -> Query | None:
    """All of ``queries`` required; None where there are none."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return And(tuple(queries))


def _alternative_values(items: list[_Item]) -> list[_Item]:
    """Values of one key field side by side: any of those that are asked for, and none of those that are excluded."""
    queries = _grouped(items)
    wanted = [query for query in queries if not isinstance(query, Not)]
    if len(wanted) < 2:
        return items
    return [_Solid(Or(tuple(wanted))), *(_Solid(query) for query in queries if isinstance(query, Not))]
