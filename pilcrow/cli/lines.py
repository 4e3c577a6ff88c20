"""What is printed, as values: lines of spans that carry a meaning, and the two ways of writing them.

A command lays its answer out once. On a terminal the spans become colours and bold, and long lines wrap under their own
indentation; in a pipe the same lines are plain text, one line each however long, for grep and awk.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from pilcrow.cli import terminal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Style = Literal["", "title", "dim", "match", "state", "pillar", "number"]
Span = tuple[str, Style]
Spans = tuple[Span, ...]

STYLES: dict[Style, str] = {
    "": "",
    "title": "bold cyan",
    "dim": "dim",
    "match": "bold yellow",
    "state": "green",
    "pillar": "magenta",
    "number": "cyan",
}

_MARK = re.compile(r"<(/?)mark>")


@dataclass(frozen=True, slots=True)
class Line:
    """A line to print: its spans, and how many spaces all of it is indented by, further rows included.

    ``hang`` indents the further rows by so many spaces more. Where the line does not fit, its first ``together`` spans
    stay on a row of their own that is never cut, so that a citation can be copied from the screen.
    """

    spans: Spans = ()
    indent: int = 0
    hang: int = 0
    together: int = 0

    @property
    def text(self) -> str:
        """The line as plain text."""
        return " " * self.indent + "".join(text for text, _ in self.spans) if self.spans else ""


BLANK = Line()


def line(*spans: Span | str, indent: int = 0, hang: int = 0) -> Line:
    """A line of ``spans``; a bare string is one without a style."""
    return Line(tuple((each, "") if isinstance(each, str) else each for each in spans), indent, hang)


def joined(parts: Iterable[Spans], between: str) -> Spans:
    """The spans of all ``parts``, with ``between`` between them, dimmed."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append((between, "dim"))
        spans += part
    return tuple(spans)


def marked(snippet: str, style: Style = "") -> Spans:
    """The spans of a snippet of escaped HTML with ``<mark>``; what is not marked has ``style``."""
    spans: list[Span] = []
    inside = False
    for at, piece in enumerate(_MARK.split(snippet)):
        if at % 2:
            inside = not piece
        elif piece:
            spans.append((html.unescape(piece), "match" if inside else style))
    return tuple(spans)


def plain(text: str) -> Iterator[Line]:
    """The lines of ``text``, further rows of each a little further in than its first."""
    for each in text.splitlines():
        words = each.lstrip(" ")
        yield line(words, indent=len(each) - len(words), hang=2)


def show(lines: Iterable[Line], *, pages: bool = True) -> None:
    """Write ``lines`` to where the output goes: styled, wrapped and in ``pages`` on a terminal, plain in a pipe."""
    if terminal.on_terminal():
        terminal.write(lambda console: _print(console, lines), pages=pages)
    else:
        for each in lines:
            click.echo(each.text)


def _print(console: Console, lines: Iterable[Line]) -> None:
    from rich.text import Text

    for each in lines:
        for at, row in enumerate(_rows(console, each)):
            indent = each.indent + (each.hang if at else 0)
            console.print(Text(" " * indent) + row, no_wrap=True, overflow="ignore", crop=False)


def _rows(console: Console, line: Line) -> Iterator[Text]:
    """The rows of a line on this console, without their indentation; an empty line has one empty row."""
    from rich.text import Text

    room = console.width - line.indent
    whole, head = _text(line.spans), _text(line.spans[: line.together])
    if line.together and whole.cell_len > room:
        yield head
        # What follows begins with the separator, which a row of its own needs no more.
        whole = _text(line.spans[line.together + 1 :])
    else:
        # The first row is as wide as the screen; only those below it hang.
        first = whole.wrap(console, max(20, room))[0] if whole else Text()
        first.rstrip()
        yield first
        whole = whole[len(first) :]
        whole = whole[len(whole) - len(whole.plain.lstrip()) :]
    for row in whole.wrap(console, max(20, room - line.hang)) if whole else ():
        row.rstrip()
        yield row


def _text(spans: Spans) -> Text:
    from rich.text import Text

    return Text.assemble(*((span, STYLES[style]) for span, style in spans))
