"""Numbers with their nouns."""

from __future__ import annotations


def plural(number: int, word: str) -> str:
    """A number with its noun: "1 paragraph", "1,204 paragraphs"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
