"""What a command says when it ends: its exit status, and its errors in one line."""

from __future__ import annotations

NOTHING_FOUND = 1
REFUSED = 1
ERROR = 2
INTERRUPTED = 130


def sentence(message: str, suggestion: str = "") -> str:
    """``message`` on one line, with the suggestion after it where it does not say it itself.

    What does not print is written as Python writes it: a file's name in an error must not command the terminal.
    """
    message = " ".join(message.split())
    message = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in message)
    if not suggestion or suggestion in message:
        return message
    if message.endswith("?"):
        return f"{message} Try {suggestion}"
    return f"{message.rstrip('.')}; try {suggestion}"
