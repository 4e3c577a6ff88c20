"""How hits are ranked, for every engine: BM25, exactly, over the paragraph's own fields.

For a word ``w`` and a paragraph ``p``::

    score(w, p) = idf(w) * sum over the fields f of  boost(f) * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len / mean))

- ``tf`` is how often field f of p has a token that the node matches, ``len`` how many tokens that field has (its exact
  number, all its values together), ``mean`` the mean of ``len`` over the paragraphs that have the field at all.
- ``idf(w) = ln(1 + (N - n + 0.5) / (n + 0.5))``: N paragraphs in the index, n of which have the word in any of the
  fields that the node looks at. One idf for all fields, because a word that is common in texts is not made rare by
  standing in a note.
- A phrase counts its occurrences as tf and adds up its words' idf; so does Exact, over forms. For words near each
  other, tf is the number of their positions from which the span holds them all.
- Prefixes, wildcards and fuzzy words score ``CONSTANT``: how rare a form is says nothing about what was meant.
- Or, And and AtLeast add up those of their children that match; Lift adds to its child's score its weight times the
  scores of what it is lifted by. Values, ranges, Not and filters score nothing.

Scores are rounded to ``DIGITS``, so that what is equal on paper is equal, and falls by symbol and ordinal.
"""

from __future__ import annotations

from math import log

K1 = 1.2
B = 0.75
CONSTANT = 1.0
DIGITS = 6


def idf(paragraphs: int, having: int) -> float:
    """The weight of a word that ``having`` of ``paragraphs`` have."""
    return log(1 + (paragraphs - having + 0.5) / (having + 0.5))


def norm(length: int, mean: float) -> float:
    """What a field's length adds to tf in the denominator; ``mean`` is above 0 wherever ``length`` is."""
    return K1 * (1 - B + B * length / mean) if mean else K1


def saturated(frequency: int, field_norm: float) -> float:
    """The part of a field's score that depends on how often it has the word."""
    return frequency * (K1 + 1) / (frequency + field_norm)
