"""Reading a typed query from left to right, with the position of everything that is read.

What a character means depends on where it stands (a parenthesis groups, but belongs to the symbol in
``symbol:S/RES/2774 (2025)``), so nothing is cut into tokens beforehand: the parser asks for what may come next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTES = '"“”„‟«»＂'
_QUOTED = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]")
_QUOTED_KEY = re.compile(rf'"((?:[^"\\]|\\.)*)"|[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]')
_SPACE = re.compile(r"\s*")
_CHUNK = re.compile(rf"[^\s(){QUOTES}]+")
_OPERATOR = re.compile(rf"(AND|OR|NOT)(?=[\s()=-]|[{QUOTES}]|$)")
_FIELD = re.compile(r"([^\W\d][\w-]*)[:：](?!//)")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the query: its text and where it stands, half open."""

    text: str
    start: int
    end: int


class Scanner:
    """A place in a query, moved forward by what is read; a method that finds nothing stays where it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip_space(self) -> None:
        """Go to the next character that is no space."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.text)

    def peek(self) -> str:
        """The next character, or "" at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        """Whether ``character`` came next; it is read."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What ``pattern`` matches here, read; or None."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def peek_operator(self) -> str:
        """The operator that comes next ("AND", "OR", "NOT"), or ""."""
        found = _OPERATOR.match(self.text, self.at)
        return found[1] if found else ""

    @property
    def at_quote(self) -> bool:
        """Whether a quotation mark comes next, straight or curly."""
        return not self.done and self.peek() in QUOTES

    def peek_field(self) -> Span | None:
        """The name of a field where "name:" comes next; the span runs to the end of the colon."""
        found = _FIELD.match(self.text, self.at)
        return Span(found[1], found.start(), found.end()) if found else None

    def quoted(self) -> Span | None:
        """What stands between the quotation mark that comes next and its partner; None where there is no partner."""
        start = self.at
        found = self.match(_QUOTED)
        return Span(found[1], start, found.end()) if found else None

    def quoted_key(self) -> Span | None:
        r"""As :meth:`quoted`, with ``\"`` and ``\\`` read as the character itself."""
        start = self.at
        found = self.match(_QUOTED_KEY)
        if found is None:
            return None
        text = re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL) if found[1] is not None else found[2]
        return Span(text, start, found.end())

    def rest(self) -> Span:
        """Everything from the character after this one to the end."""
        start = self.at
        self.at = len(self.text)
        return Span(self.text[start + 1 :], start, self.at)

    def chunk(self) -> Span | None:
        """The characters up to the next space, parenthesis or quotation mark."""
        start = self.at
        found = self.match(_CHUNK)
        return Span(found[0], start, found.end()) if found else None
