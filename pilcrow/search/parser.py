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
from dataclasses import dataclass

from pilcrow.engine.errors import RequestError
from pilcrow.engine.query import And, Everything, Not, Or, Query, walk
from pilcrow.search import keys, words
from pilcrow.search.lexer import QUOTES, Scanner, Span
from pilcrow.search.request import Diagnostic
from pilcrow.search.runs import Item, Plain, Solid, grouped, holds_keys, joined, side_by_side, solid

MAX_CHARACTERS = 10_000
MAX_LEAVES = 150
MAX_DEPTH = 20
MAX_PROBLEMS = 25

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


class _Parser:
    """One reading of one text, from left to right."""

    def __init__(self, text: str) -> None:
        self.scan = Scanner(text)
        self.problems: list[Diagnostic] = []
        self.depth = 0
        self.leaves = 0
        self.full = False
        self.signs = 0  # exclusions that are open
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
        query = joined(grouped(items))
        if query is not None:
            return query
        if not self.problems:
            self.say(f"There is nothing to search for in “{text.strip()[:40]}”: type a word or a number.", 0, len(text))
        return NOTHING

    # --------------------------------------------------------------------------------------------- operators

    def _alternatives(self, field: str) -> list[Item]:
        """``and ("OR" and)*`` up to a closing parenthesis of this group, or the end."""
        operands: list[list[Item]] = []
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
        queries = [query for query in (joined(grouped(items)) for items in operands) if query is not None]
        if len(operands) == 1:
            return operands[0]
        if not queries:
            return []
        return [Solid(queries[0] if len(queries) == 1 else Or(tuple(queries)))]

    def _requirements(self, field: str) -> list[Item]:
        """``run ("AND" run)*``; where there is no AND, the items as they are."""
        runs: list[list[Item]] = []
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
        queries = [query for items in runs for query in grouped(items)]
        if len(queries) < 2:
            return [Solid(query) for query in queries]
        return [Solid(And(tuple(queries)))]

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

    def _run(self, field: str) -> list[Item]:
        """Items side by side, up to an AND, an OR, the end of the group or of the text."""
        items: list[Item] = []
        while True:
            self.scan.skip_space()
            self._give_up()
            if self.scan.done or self.scan.peek_operator() in ("AND", "OR"):
                break
            if self.scan.peek() == ")":
                if self.depth and not self.ignored:
                    break
                self._stray()
                continue
            items += self._item(field)
        return side_by_side(items, field)

    def _give_up(self) -> None:
        """Leave out the rest where so much could not be read that it is hardly a query."""
        if len(self.problems) >= MAX_PROBLEMS and not self.scan.done:
            self.say("Too much here cannot be read; the rest was left out.", self.scan.at, len(self.scan.text))
            self.scan.at = len(self.scan.text)

    def _stray(self) -> None:
        self.scan.at += 1
        if self.ignored:
            self.ignored -= 1
        else:
            self.say("This parenthesis closes none that was opened.", self.scan.at - 1, self.scan.at)

    def _item(self, field: str) -> list[Item]:
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
        if holds_keys(field):
            return self._key(field, start)
        if self.scan.at_quote:
            return self._quoted(field)
        if character == "=":
            return self._exact(field)
        return self._word(field)

    def _not(self, field: str) -> list[Item]:
        """``NOT``, which takes the whole run of plain words after it, or the one other thing."""
        start = self.scan.at
        self.scan.at += len("NOT")
        if not self._deeper(start):
            return []
        self.scan.skip_space()
        taken: list[Item] = []
        if not self.scan.done and self.scan.peek() != ")" and self.scan.peek_operator() not in ("AND", "OR"):
            plain = self._plain_begins(field)
            taken += self._item(field)
            while plain and self._plain_begins(field):
                taken += self._item(field)
        self.signs -= 1
        return self._negated(side_by_side(taken, field), Span("NOT", start, start + len("NOT")))

    def _plain_begins(self, field: str) -> bool:
        """Whether a plain word comes next (spaces aside, which are read)."""
        self.scan.skip_space()
        if self.scan.done or self.scan.at_quote or self.scan.peek() in "()=" or self.scan.peek_operator():
            return False
        named = self.scan.peek_field()
        if named is not None and self._field_begins(named, field):
            return False
        return not (self.scan.peek() == "-" and self._excludes()) and not holds_keys(field)

    def _minus(self, field: str) -> list[Item]:
        start = self.scan.at
        self.scan.at += 1
        if not self._deeper(start):
            return []
        items = self._item(field)
        self.signs -= 1
        return self._negated(items, Span("-", start, start + 1))

    def _deeper(self, start: int) -> bool:
        """Whether one more exclusion may stand within those that are open; the first that may not is said."""
        if self.signs >= MAX_DEPTH:
            if all("deep;" not in problem.message for problem in self.problems):
                self.say(f"Exclusions are read {MAX_DEPTH} deep; deeper ones were left out.", start, self.scan.at)
            return False
        self.signs += 1
        return True

    def _negated(self, items: list[Item], sign: Span) -> list[Item]:
        query = joined(grouped(items))
        if query is not None:
            return [Solid(query.child if isinstance(query, Not) else Not(query))]
        if not any(problem.start >= sign.start for problem in self.problems):
            self.say(f"{sign.text} excludes what stands after it, and there is nothing.", sign.start, sign.end)
        return []

    def _excludes(self) -> bool:
        """Whether the "-" that comes next excludes something: it stands at the beginning of a word, and alone."""
        text, at = self.scan.text, self.scan.at
        before = text[at - 1] if at else " "
        return (before.isspace() or before in "(-" or before in QUOTES) and text[at + 1 : at + 2] != "-"

    # ------------------------------------------------------------------------------------------------- groups

    def _group(self, field: str) -> list[Item]:
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
        return bool(following) and not following.isspace() and not holds_keys(outer)

    def _field(self, named: Span, outer: str) -> list[Item]:
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
            query = joined(grouped(items))
            return [] if query is None else [Solid(query)]
        if holds_keys(field):
            return self._key(field, named.start)
        return self._in_text_field(field)

    def _in_text_field(self, field: str) -> list[Item]:
        """The one word, form or quotation that a text field applies to."""
        if self.scan.at_quote:
            items = self._quoted(field)
        elif self.scan.peek() == "=":
            items = self._exact(field)
        else:
            items = self._word(field)
        query = joined(grouped(items))
        return [] if query is None else [Solid(query)]

    def _unknown_field(self, named: Span) -> None:
        close = difflib.get_close_matches(named.text.casefold(), keys.field_names(), n=1)
        if close:
            message = f"There is no field {named.text}: here; did you mean {close[0]}:? It was read as a word."
            self.say(message, named.start, named.end, f"{close[0]}:")
        else:
            self.say(f"There is no field {named.text}: here; it was read as a word.", named.start, named.end)

    def _key(self, field: str, start: int) -> list[Item]:
        """A value of a key field."""
        before = self.scan.at
        read = keys.read_key(self.scan, field)
        if self.scan.at == before:
            self.scan.at += 1  # a lone quotation mark, or the like: never the same place twice
        if read.problem:
            self.say(read.problem, min(start, read.start), max(read.end, read.start), read.suggestion)
        if read.node is None or not self._room(sum(1 for _ in walk(read.node)), start):
            return []
        return [Solid(read.node)]

    # -------------------------------------------------------------------------------------------------- words

    def _quoted(self, field: str) -> list[Item]:
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
        return solid(self._leaves(read, span))

    def _digits(self) -> str:
        start = self.scan.at
        while self.scan.peek().isdecimal():
            self.scan.at += 1
        return self.scan.text[start : self.scan.at]

    def _exact(self, field: str) -> list[Item]:
        """``=word`` or ``="..."``."""
        start = self.scan.at
        self.scan.at += 1
        span = self.scan.quoted() if self.scan.at_quote else self.scan.chunk()
        read = words.read_exact(span.text, field) if span else words.Read()
        if not read.leaves:
            self.say("= asks for this form of the word after it, and there is none.", start, self.scan.at)
        return solid(self._leaves(read, Span("=", start, self.scan.at)))

    def _word(self, field: str) -> list[Item]:
        """A plain word, which may have wildcards or ~; ``*`` alone means everything."""
        start = self.scan.at
        span = self.scan.chunk()
        if span is None:
            self.scan.at += 1
            return []
        if span.text == "*" and not field:
            return [Solid(Everything())]
        read = words.read_word(span.text, field)
        if not read.leaves and span.text == "-":
            self.say("- excludes the word that it touches, and here it touches none.", start, span.end)
        return self._leaves(read, span)

    def _leaves(self, read: words.Read, span: Span) -> list[Item]:
        """What a word was read as, if there is room for it; its problem is said."""
        if read.problem:
            self.say(read.problem, span.start, span.end, read.suggestion)
        if not read.leaves or not self._room(len(read.leaves), span.start):
            return []
        return [Plain(leaf) for leaf in read.leaves]

    def _room(self, count: int, start: int) -> bool:
        """Whether ``count`` more leaves are within the limit; the first that are not are said."""
        if not self.full and self.leaves + count > MAX_LEAVES:
            self.full = True
            message = f"A query may have {MAX_LEAVES} words and values; from here on they were left out."
            self.say(message, start, len(self.scan.text))
        self.leaves += 0 if self.full else count
        return not self.full
