"""What texts are made alike in before they are compared or hashed, and the short hashes that truths know them by.

Truths made by eye are committed without the documents' text: a paragraph is known by hashes of its first and last
words, or of all of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

WORDS = 6
"""Words of a beginning, and of an end, that are hashed."""

_HEX_DIGITS = 12
_LIGATURES = re.compile("[\ufb00-\ufb06]")


def alike(text: str) -> str:
    """``text`` with single spaces, accents composed, ligatures as letters, the non-breaking hyphen as a hyphen."""
    letters = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return " ".join(unicodedata.normalize("NFC", letters).replace("\u2011", "-").split())


def short_hash(text: str) -> str:
    """The first digits of the SHA-256 of ``text``, made alike."""
    return hashlib.sha256(alike(text).encode()).hexdigest()[:_HEX_DIGITS]


def start_hash(text: str) -> str:
    """The hash of the first words."""
    return short_hash(" ".join(text.split()[:WORDS]))


def end_hash(text: str) -> str:
    """The hash of the last words."""
    return short_hash(" ".join(text.split()[-WORDS:]))


def words_hash(text: str) -> str:
    """The hash of the words alone, without case or punctuation: for titles, which are set in many ways."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_HEX_DIGITS]
