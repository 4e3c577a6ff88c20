"""The language that a text is in, told from its script and its smallest words; "" where there is too little to tell."""

from __future__ import annotations

import re
from collections import Counter

SMALL_WORDS = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "for",
            "that",
            "with",
            "on",
            "by",
            "its",
            "as",
            "is",
            "was",
            "were",
            "which",
            "be",
            "at",
            "from",
            "has",
            "have",
            "this",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "du",
            "et",
            "en",
            "une",
            "un",
            "dans",
            "pour",
            "que",
            "qui",
            "sur",
            "par",
            "au",
            "aux",
            "est",
            "sont",
            "avec",
            "leur",
            "ce",
            "cette",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "del",
            "de",
            "y",
            "en",
            "una",
            "un",
            "para",
            "que",
            "por",
            "con",
            "se",
            "su",
            "sus",
            "al",
            "como",
            "es",
            "son",
            "este",
            "esta",
        ]
    ),
}
"""Words so frequent that a few sentences hold several, by ISO 639-1 code."""

SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000
"""Characters that are looked at: more tell no better."""

FEWEST_WORDS = 3


def detect(text: str) -> str:
    """The ISO 639-1 code of the official language that most of ``text`` is in, "" where it cannot be told."""
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    for code, script in SCRIPTS:
        if letters and len(script.findall(sample)) > 0.4 * letters:
            return code
    words = Counter(_WORD.findall(sample.lower()))
    scores = {code: sum(words[word] for word in small) for code, small in SMALL_WORDS.items()}
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    return best if scores[best] >= FEWEST_WORDS and scores[best] > 1.2 * scores[second] else ""
