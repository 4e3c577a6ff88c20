"""What one typed word means: a term, a form, a phrase where it is cut in several tokens, a wildcard, a fuzzy word.

Words are cut by the analysis that also cut the paragraphs, so that ``64/293`` typed is ``64/293`` printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pilcrow.engine import analysis
from pilcrow.engine.query import Exact, Fuzzy, Leaf, Near, Phrase, Prefix, Term, Wildcard

MAX_EDITS = 2
MAX_SLOP = 100

_FUZZY = re.compile(r"([^~]+)~(\d*)[^\w~]*")
_EDGES = ".,;:!¡¿'’‘`´…·-–—/\\|<>[]{}#@&%$^+=_~"
_SIGNS = re.compile(r"([*?]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a word was read as (nothing for mere punctuation), and in one sentence what of it could not be used."""

    leaves: tuple[Leaf, ...] = ()
    problem: str = ""
    suggestion: str = ""


def forms(text: str) -> tuple[str, ...]:
    """The unstemmed forms of the tokens in ``text``, in order."""
    return tuple(analysis.forms(text))


def is_stopword(leaf: Leaf) -> bool:
    """Whether ``leaf`` is a plain word that carries no meaning of its own ("the", "of")."""
    return isinstance(leaf, Term) and leaf.word in analysis.stopwords()


def read_word(text: str, field: str) -> Read:
    """What a word outside quotes means in the text field ``field`` ("" for the default ones)."""
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy is not None:
        return _read_fuzzy(fuzzy[1], fuzzy[2], field)
    body = _without_question_mark(text.strip(_EDGES))
    if not _SIGNS.search(body):
        return Read(leaves=_plain(body, field))
    return _read_wildcard(body, field)


def read_exact(text: str, field: str) -> Read:
    """What ``=word`` or ``="some words"`` means, given what stands after the sign."""
    words = forms(text)
    return Read(leaves=(Exact(words, field),)) if words else Read()


def read_quoted(text: str, field: str) -> Read:
    """What stands between quotation marks: a phrase, or a word in any form where it is only one."""
    problem = ""
    if _SIGNS.search(text.rstrip("?*. ")) or re.search(r"\w\*", text):
        problem = "Within quotation marks * and ? have no meaning; the phrase was sought without them."
    return Read(leaves=_plain(text, field), problem=problem)


def read_near(text: str, slop: int, field: str) -> Read:
    """What ``"some words"~5`` means; a distance beyond the limit is cut and said."""
    words = forms(text)
    if len(words) < 2:
        return Read(
            leaves=_plain(text, field), problem="A distance needs at least two words within the quotation marks."
        )
    if slop > MAX_SLOP:
        return Read(
            leaves=(Near(words, MAX_SLOP, field),),
            problem=f"~{slop} is too far: at most {MAX_SLOP} other words can lie between.",
            suggestion=f'"{" ".join(words)}"~{MAX_SLOP}',
        )
    return Read(leaves=(Near(words, slop, field),))


def read_pattern(text: str, field: str) -> Prefix | Wildcard:
    """A prefix or wildcard of what is already folded (or of a key)."""
    start = text.rstrip("*")
    if text != start and not _SIGNS.search(start):
        return Prefix(start, field)
    return Wildcard(re.sub(r"\*+", "*", text), field)


def _without_question_mark(text: str) -> str:
    """``text`` without "?" at its end where that is its only sign: questions end so, and mean no letter by it."""
    bare = text.rstrip("?")
    return text if _SIGNS.search(bare) else bare


def _plain(text: str, field: str) -> tuple[Leaf, ...]:
    words = forms(text)
    if not words:
        return ()
    return (Term(words[0], field),) if len(words) == 1 else (Phrase(words, field),)


def _read_fuzzy(text: str, digits: str, field: str) -> Read:
    words = forms(text)
    if len(words) != 1 or _SIGNS.search(text):
        return Read(
            leaves=_plain(text, field),
            problem=f"~ can stand after one word, without * or ?, and “{text}” is none; it was sought as it is.",
        )
    distance = int(digits[:3]) if digits else 1
    if distance == 0:
        return Read(leaves=(Exact(words, field),))
    if distance > MAX_EDITS:
        return Read(
            leaves=(Fuzzy(words[0], MAX_EDITS, field),),
            problem=f"~{digits} is too far: a word may be at most {MAX_EDITS} letters off.",
            suggestion=f"{words[0]}~{MAX_EDITS}",
        )
    return Read(leaves=(Fuzzy(words[0], distance, field),))


def _read_wildcard(text: str, field: str) -> Read:
    """A word with * or ?, whose other pieces must be letters and digits that the analysis leaves whole."""
    pieces = _SIGNS.split(text)
    literal = [piece for piece in pieces if piece and not _SIGNS.fullmatch(piece)]
    if not literal:
        return Read(problem=f"{text} alone matches every word: put some letters with it.")
    if all(forms(piece) == (analysis.fold(piece),) for piece in literal):
        return Read(leaves=(read_pattern("".join(_folded(piece) for piece in pieces), field),))
    return _read_piecewise(text, field)


def _folded(piece: str) -> str:
    return piece if _SIGNS.fullmatch(piece) else analysis.fold(piece)


def _read_piecewise(text: str, field: str) -> Read:
    """A wildcard in a word that is several tokens (``awareness-rais*``): each of them by itself, and said."""
    leaves: list[Leaf] = []
    for part in (_without_question_mark(part) for part in re.findall(r"[\w*?]+", text)):
        words = forms(part)
        if not _SIGNS.search(part):
            leaves += [Term(word, field) for word in words]
        elif words and words == (analysis.fold(_SIGNS.sub("", part)),):
            pattern = "".join(_folded(piece) for piece in _SIGNS.split(part))
            leaves.append(read_pattern(pattern, field))
        else:
            leaves += [Term(word, field) for word in words]
    return Read(
        leaves=tuple(leaves),
        problem=f"“{text}” is more than one word: * and ? work within one, so each part was sought by itself.",
    )
