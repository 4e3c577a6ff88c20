"""Where the output goes, and what that means for it: colours and pages on a terminal, plain text in a pipe.

``rich`` is imported only when there is a terminal to write on.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from textwrap import fill
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_LESS = "FRX"
"""What git gives less: quit if it fits one screen, pass colours through, leave the screen as it is."""


def on_terminal() -> bool:
    """Whether what is written is read by a person at a terminal."""
    return sys.stdout.isatty()


def say(message: str) -> None:
    """A remark beside the results, on stderr, so that a pipe carries results only; wrapped where that is a terminal."""
    if sys.stderr.isatty() and len(message) > width():
        message = fill(message, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    click.echo(message, err=True)


def width() -> int:
    """The columns of the terminal, 80 where that is not known."""
    return shutil.get_terminal_size().columns


def write(render: Callable[[Console], None], *, pages: bool) -> None:
    """Write what ``render`` prints; with ``pages`` through a pager where it is longer than the screen."""
    from rich.console import Console

    # Colour is decided by the real terminal (NO_COLOR, TERM), and then captured.
    console = Console(highlight=False, emoji=False, markup=False)
    with console.capture() as page:
        render(console)
    text = page.get()
    if pages and text.count("\n") >= shutil.get_terminal_size().lines and os.environ.get("PAGER") != "cat":
        os.environ.setdefault("LESS", _LESS)
        click.echo_via_pager(text, color=True)
    else:
        sys.stdout.write(text)
