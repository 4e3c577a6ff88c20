"""States named in running text, each with the characters that name it.

Names are walked letter by letter through a table of all names (``pilcrow.engine.gazetteer``) and of phrases that hold
a State's name and mean none (``data/states_guards.tsv``); the longest wins, so that Niger is not found in Nigeria nor
Guinea in Papua New Guinea. Because only letters are compared, a name is found whatever stands between them: curly
apostrophes, hyphens, double spaces, line breaks, soft hyphens; a gap inside a word ("Qat ar") is allowed once, and one
wrong letter in a long name ("Slovemia") where it stands in a list. :mod:`indexer.state_context` then rules out names of
organisations, persons and things. Every step is linear in the text: a name has a greatest length.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.state_context import Passage, Rules, Word, names_no_state
from pilcrow.engine import gazetteer
from pilcrow.engine.model import StateMention, Where

DATA = Path(__file__).parent / "data"

GLUE = "\N{SOFT HYPHEN}"
"""What invisible characters and combining marks are read as: part of a word, but no letter of it."""

_WORD = re.compile(rf"[^\W\d_]+(?:{GLUE}+[^\W\d_]+)*")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_NO_PROSE = re.compile(
    r"://|www\.|@|_|\.(?:pdf|html?|docx?|aspx?|org|com|int)\b|^\W?[A-Z]{1,6}(?:/[\w.()-]+)*/[\w.()-]*\d"
)
_RUN = 200
_LONG_ENOUGH_FOR_A_SLIP = 7
_LONG_ENOUGH_FOR_A_SLIP_OF_WORDS = 10
_LONG_ENOUGH_TO_BE_NEAR = 4
_LONGEST_SLIP = 24
_MOST_WORDS_OF_A_SLIP = 3
_WIDEST_GAP = 8
_WORDS_OF_A_LONG_NAME = 3
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class _Form:
    """A name to look for, and how it must be set; its code is "" for a guard.

    ``marks`` maps the number of letters before an inner boundary to the punctuation at it, spaces and hyphens left out;
    ``capitals`` are the offsets (in letters) of the words that must begin with a capital; ``shouted`` means that all
    letters must be capitals, ``uneven`` is the name where capitals stand inside it. ``closing`` is its last character
    where that is no letter, ``repeats`` the first word of an inverted name: right after the match, it begins another.
    """

    code: str
    marks: Mapping[int, str]
    capitals: frozenset[int]
    shouted: bool
    closing: str
    uneven: str
    repeats: str


class _Match(NamedTuple):
    """A name or guard found: its first and last word, its span in characters, its code ("" for a guard)."""

    first: int
    last: int
    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All forms by their letters, the beginnings of all of them, and single words with a letter left out."""

    forms: Mapping[str, tuple[_Form, ...]]
    beginnings: frozenset[str]
    small_starts: frozenset[str]
    slips: Mapping[str, tuple[str, ...]]
    rules: Rules


def find_states(text: str, *, where: Where = "text", note: str = "", language: str = "en") -> tuple[StateMention, ...]:
    """Every naming of a State in ``text``, in order, none overlapping another.

    ``where`` and ``note`` are passed on to the mentions. Names of ``language`` (ISO 639-1: "en", "fr" or "es") are
    sought besides the English ones. Spans count characters of ``text`` as given, without "the" and with the closing
    parenthesis of an inverted name.
    """
    lexicon = _lexicon(language if language in ("fr", "es") else "en")
    folded = _fold(text)
    words = [
        Word(m.start(), m.end(), m[0].replace(GLUE, "").lower(), m[0][0].isupper()) for m in _WORD.finditer(folded)
    ]
    matches = tuple(_matches(folded, words, lexicon))
    passage = Passage(
        folded,
        words,
        starts=frozenset(match.first for match in matches),
        ends={match.last: match.first for match in matches},
        rules=lexicon.rules,
    )
    return tuple(
        StateMention(code=match.code, start=match.start, end=match.end, where=where, note=note)
        for match in matches
        if match.code
        and not _in_address(folded, match.start, match.end)
        and not _is_accented_letters(text[match.start : match.end])
        and not names_no_state(passage, match.first, match.last)
    )


def _is_accented_letters(printed: str) -> bool:
    """Whether this is an abbreviation of another language, which only folding made one of ours (a court's "ÚS")."""
    return len(printed) <= len("USA") and not printed.isascii()


def _in_address(folded: str, start: int, end: int) -> bool:
    """Whether the name stands inside a web or mail address or a document symbol, which have no spaces."""
    before = folded[max(start - _RUN, 0) : start]
    after = folded[end : end + _RUN]
    left = "" if not before or before[-1].isspace() else before.split()[-1]
    right = "" if not after or after[0].isspace() else after.split(maxsplit=1)[0]
    run = left + folded[start:end] + right
    return _NO_PROSE.search(run) is not None


def _matches(folded: str, words: list[Word], lexicon: _Lexicon) -> Iterator[_Match]:
    """The longest names and guards, from the left, none overlapping another."""
    at = 0
    while at < len(words):
        word = words[at]
        if not word.capital and word.text not in lexicon.small_starts:
            at += 1
            continue
        best = _longest(folded, words, at, lexicon) or _slip(folded, words, at, lexicon)
        if best is None:
            at += 1
            continue
        last, end, form = best
        yield _Match(at, last, word.start, end, form.code)
        at = last + 1


def _longest(folded: str, words: list[Word], first: int, lexicon: _Lexicon) -> tuple[int, int, _Form] | None:
    """The longest form that begins with word ``first``: its last word, the end of its span, and the form."""
    best = None
    letters = ""
    boundaries: list[tuple[int, str]] = []
    for last in range(first, len(words)):
        if last > first:
            gap = folded[words[last - 1].end : words[last].start]
            if len(gap) > _WIDEST_GAP and gap.strip():
                break
            boundaries.append((len(letters), gap))
        letters += words[last].text
        if letters not in lexicon.beginnings:
            break
        for form in lexicon.forms.get(letters, ()):
            if _fits(folded, words[first : last + 1], boundaries, form, lexicon.rules):
                if form.repeats and form.repeats in _next_words(words, last):
                    continue
                best = last, _end(folded, words[last].end, boundaries, form), form
    return best


def _fits(folded: str, span: list[Word], boundaries: list[tuple[int, str]], form: _Form, rules: Rules) -> bool:
    """Whether the words of ``span`` are set as ``form`` asks: capitals, punctuation, and at most one gap in a word."""
    if not _is_well_set(folded, span, form):
        return False
    starts = {0: span[0]} | {at: word for (at, _), word in zip(boundaries, span[1:], strict=True)}
    if any(at in starts and not starts[at].capital for at in form.capitals):
        return False
    if any(mark.strip(".'") for at, mark in form.marks.items() if at not in starts):
        return False
    gaps = [(between, starts[at]) for at, between in boundaries if at not in form.marks]
    if not all(_same_mark(between, form.marks[at]) for at, between in boundaries if at in form.marks):
        return False
    return not gaps or (len(gaps) == 1 and _is_gap(*gaps[0], whole=span, folded=folded, rules=rules))


def _is_well_set(folded: str, span: list[Word], form: _Form) -> bool:
    """Whether an abbreviation is all capitals and no currency ("US$"), and a single word evenly capitalised."""
    if form.shouted:
        money = folded[max(span[0].start - 1, 0)] + folded[span[-1].end : span[-1].end + 2].lstrip()[:1]
        return "$" not in money and all(word.shouted(folded) for word in span)
    if len(span) > 1:
        return True
    letters = folded[span[0].start : span[0].end].replace(GLUE, "")
    return _is_even(letters) if not form.uneven else letters == form.uneven


def _is_even(word: str) -> bool:
    """Whether ``word`` is small after its first letter or all in capitals; a long one may have a slip in it."""
    return len(word) >= _LONG_ENOUGH_FOR_A_SLIP or word[1:].islower() or word.isupper()


def _is_gap(between: str, after: Word, *, whole: list[Word], folded: str, rules: Rules) -> bool:
    """Whether reading or printing left a gap in one word: a hyphen, or a space where the parts are no words."""
    if len(between) > _WIDEST_GAP // 2 or between.strip().strip("-"):
        return False
    if after.capital and not whole[0].shouted(folded):
        return False
    return "-" in between or not rules.are_words(" ".join(word.text for word in whole))


def _same_mark(between: str, mark: str) -> bool:
    """Whether the punctuation in the text is the name's own; a full stop or apostrophe may be missing."""
    bare = between.replace("-", "").strip()
    bare = "".join(bare.split())
    return bare == mark or (not bare and not mark.strip(".'"))


def _next_words(words: list[Word], last: int) -> tuple[str, ...]:
    """The word after word ``last``, and the one after it where that is "the": "..., Republic of the" goes on."""
    following = tuple(word.text for word in words[last + 1 : last + 3])
    return following if following[:1] == ("the",) else following[:1]


def _end(folded: str, end: int, boundaries: list[tuple[int, str]], form: _Form) -> int:
    """``end``, moved behind the full stop or closing parenthesis that is the last character of the form."""
    if form.closing == "." and "." in form.marks.values() and not any("." in gap for _, gap in boundaries):
        return end
    rest = folded[end : end + 3]
    return end + rest.index(form.closing) + 1 if form.closing and rest.lstrip(" '\n").startswith(form.closing) else end


def _slip(folded: str, words: list[Word], at: int, lexicon: _Lexicon) -> tuple[int, int, _Form] | None:
    """A long name with one letter wrong, missing, added or two swapped, standing as an entry of a list."""
    if not _begins_an_entry(folded, words, at):
        return None
    letters = ""
    for last in range(at, min(at + _MOST_WORDS_OF_A_SLIP, len(words))):
        if len(words[last].text) == 1 or not words[last].capital:
            return None
        if last > at and not folded[words[last - 1].end : words[last].start].isspace():
            return None
        letters += words[last].text
        shortest = _LONG_ENOUGH_FOR_A_SLIP if last == at else _LONG_ENOUGH_FOR_A_SLIP_OF_WORDS
        if not shortest - 1 <= len(letters) <= _LONGEST_SLIP or letters in lexicon.rules.slip_words:
            continue
        near = {name for part in _less_one(letters) for name in lexicon.slips.get(part, ()) if _one_edit(letters, name)}
        meant = [lexicon.forms[name][0] for name in near if len(name) >= shortest and _is_inside(letters, name)]
        apart = {lexicon.forms[name][0].code for name in near}
        worded = bool(meant) and bool(meant[0].marks) == (last > at)
        if worded and len(near) == len(meant) and len(apart) == 1 and _ends_an_entry(folded, words, last):
            return last, words[last].end, meant[0]
    return None


def _begins_an_entry(folded: str, words: list[Word], at: int) -> bool:
    """Whether word ``at`` stands after a comma, a parenthesis, "and" or the beginning of the text."""
    start = words[at].start
    before = folded[max(start - _WIDEST_GAP, 0) : start].rstrip()[-1:]
    return before in ",;(:" or (at > 0 and words[at - 1].text == "and")


def _ends_an_entry(folded: str, words: list[Word], at: int) -> bool:
    """Whether word ``at`` stands before a comma, a parenthesis, a full stop, "and" or the end of the text."""
    end = words[at].end
    after = folded[end : end + _WIDEST_GAP].lstrip()[:1]
    return after in ",;)." or (at + 1 < len(words) and words[at + 1].text == "and")


def _less_one(word: str) -> Iterator[str]:
    """``word`` and every string that is it without one letter."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _one_edit(slip: str, name: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, turns ``slip`` into ``name``."""
    if len(slip) == len(name):
        wrong = [at for at in range(len(name)) if slip[at] != name[at]]
        if len(wrong) == 2:
            first, second = wrong
            return second == first + 1 and slip[first] == name[second] and slip[second] == name[first]
        return len(wrong) == 1
    long, short = sorted((slip, name), key=len, reverse=True)
    return len(long) == len(short) + 1 and short in _less_one(long)


def _is_inside(slip: str, name: str) -> bool:
    """Whether ``slip`` begins and ends as ``name`` does.

    Another first letter makes another word; another end an adjective ("Slovenian"), a plural or a people ("Somali").
    """
    return slip[0] == name[0] and slip[-1] == name[-1]


def _fold(text: str) -> str:
    """``text`` with the same number of characters: no accents, straight apostrophes, glue for the unseen."""
    return text if text.isascii() else text.translate(_FOLDING)


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that works out each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    if char in _INVISIBLE or unicodedata.combining(char):
        return GLUE
    if char in "‘’ʼ`´′":
        return "'"
    if unicodedata.category(char) == "Pd":
        return "-"
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and char not in "ñÑ" else char


_FOLDING = _Folding()


@cache
def _lexicon(language: str) -> _Lexicon:
    """The names of the gazetteer and the guards, made ready for walking; built once a language."""
    forms: dict[str, list[_Form]] = {}
    small = set()
    long_names = set()
    for printed, code in _printed_names(language):
        letters, form = _form(printed, code)
        same = forms.setdefault(letters, [])
        if form not in same:
            same.append(form)
        if not printed[0].isupper():
            small.add(_WORD.findall(_fold(printed).lower())[0])
        shortest = _LONG_ENOUGH_FOR_A_SLIP_OF_WORDS if form.marks else _LONG_ENOUGH_TO_BE_NEAR
        if code and not form.shouted and not any(form.marks.values()) and len(letters) >= shortest:
            long_names.add(letters)
    beginnings = frozenset(letters[:length] for letters in forms for length in range(1, len(letters) + 1))
    slips: dict[str, list[str]] = {}
    for name in long_names:
        for part in _less_one(name):
            slips.setdefault(part, []).append(name)
    rules = Rules.read(tomllib.loads((DATA / "states_rules.toml").read_text(encoding="utf-8")))
    return _Lexicon(
        forms={letters: tuple(same) for letters, same in forms.items()},
        beginnings=beginnings,
        small_starts=frozenset(small),
        slips={part: tuple(names) for part, names in slips.items()},
        rules=rules,
    )


def _printed_names(language: str) -> Iterator[tuple[str, str]]:
    """Every guard with "", then every name to look for with its code: a name that is also a guard stays a name.

    Long names of other languages are sought everywhere, lest the English name inside one be found in its place
    ("Congo" in "République démocratique du Congo").
    """
    for line in (DATA / "states_guards.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "phrase\t")):
            yield line.split("\t")[0], ""
    for state in gazetteer.states():
        for name in state.names:
            spoken = name.language in ("en", language) or name.text.count(" ") >= _WORDS_OF_A_LONG_NAME - 1
            if name.in_text and spoken:
                yield name.text, state.code


def _form(printed: str, code: str) -> tuple[str, _Form]:
    """The letters of a printed name and the form that says how they must be set."""
    folded = _fold(printed)
    found = list(_WORD.finditer(folded))
    letters = ""
    marks = {}
    capitals = set()
    for before, match in zip([None, *found], found, strict=False):
        if before is not None:
            between = folded[before.end() : match.start()].replace("-", "")
            marks[len(letters)] = "".join(between.split())
        if match[0][0].isupper():
            capitals.add(len(letters))
        letters += match[0].lower()
    inverted = "," in folded
    form = _Form(
        code=code,
        marks=marks,
        capitals=frozenset(capitals),
        shouted=len(letters) <= _LONGEST_ABBREVIATION and folded.isupper(),
        closing=folded[-1] if folded[-1] in ")." else "",
        uneven="" if len(found) > 1 or _is_even(folded) or not folded[0].isupper() else folded,
        repeats=found[0][0].lower() if inverted else "",
    )
    return letters, form


def codes(mentions: Iterable[StateMention]) -> tuple[str, ...]:
    """The distinct alpha-3 codes of ``mentions``, sorted: what a facet counts."""
    return tuple(sorted({mention.code for mention in mentions}))
