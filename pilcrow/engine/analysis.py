"""Text to tokens: the one place that says what a word is, for every engine, for the query and for the snippets.

A *token* is a run of letters and digits; everything else splits, so that ``A/RES/78/228`` is found as a phrase of four
tokens however it was typed. A token has a *form* (lower case, without accents, compatibility characters and ligatures
undone) and a *term*, which is what plain words are matched by: for English the form's Snowball stem (NLTK's), after
three data files of general English that Snowball lacks (``data/stem_*``); for any other language the form itself.

Tokens never overlap and stand at successive positions, so that their forms (or terms), joined by spaces and indexed
with a whitespace tokenizer, give the same positions in any engine.

NLTK takes 0.2 s to import, which a command should pay only when it must: it is imported when a word is stemmed whose
term is not known yet, and :func:`preload` makes the words of an index known. No data of NLTK is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple, Protocol

ANALYSIS_VERSION = 3
"""Raised with every change of code or data that gives a text other tokens: an index of another version is refused."""

LONGEST = 200
"""A longer run of letters and digits is no word; it is cut into tokens of this length (engines have limits too)."""

ENGLISH = frozenset({"", "en"})
"""The languages that are stemmed. A text whose language is not known is taken for English, as nearly all are."""

_KNOWN_AT_MOST = 500_000
_HIGHEST_KEPT_CLASS = 9
_APOSTROPHES = frozenset("'’‘ʼʻ`´＇ʹ′")
_AROUND = " .,()" + "".join(_APOSTROPHES)
_FOLDED_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "\u0640": "",  # the Arabic tatweel only stretches a word
}
"""Letters that Unicode does not decompose although readers type them without the stroke."""

_CJK = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_SUPERSCRIPT = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹")
_ONE_CJK = re.compile(f"[{_CJK}]")
_LETTERS = f"[^ '.{_CJK}]"
_LETTER = rf"[^\W\d_{_CJK}]"
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}][\u3099\u309a]*)"
    rf"|(?P<initials>(?<!{_LETTERS}){_LETTER}(?:\.{_LETTER})+(?!{_LETTERS}))"
    rf"|(?P<word>{_LETTERS}{{1,{LONGEST}}})(?:'s(?!{_LETTERS}))?"
)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ENDLESS = re.compile(rf"[^ ]{{{LONGEST + 1}}}")
# These begin with what is rare, so that a text without it is passed over at once.
_MAY_BE_INITIALS = re.compile(r"\.[a-z](?<=[a-z]\.[a-z])")
_POSSESSIVE = re.compile(r"'s(?<=[^ '.]'s)(?![^ '.])")
_INITIALS_END = re.compile(r"\.[a-z]'s")
_INITIALS = re.compile(r"(?<![^ '.])[a-z](?:\.[a-z])+(?![^ '.])")
_BETWEEN_SPACES = re.compile(r"[^ ]+")


class Token(NamedTuple):
    """A word of a text: its ``form``, its ``term``, its ``position`` from 0, and the characters it spans.

    ``text[start:end]`` is the word as printed, without a possessive 's; ``start`` and ``end`` count code points.
    """

    form: str
    term: str
    position: int
    start: int
    end: int


class _Stemmer(Protocol):
    def stem(self, word: str) -> str: ...


def tokens(text: str, language: str = "en") -> list[Token]:
    """The tokens of ``text`` in order. Any string will do; one without letters or digits has none."""
    stemmed = language in ENGLISH
    found = []
    for position, (form, start, end) in enumerate(_spans(text)):
        found.append(Token(form, _terms[form] if stemmed else form, position, start, end))
    return found


class Cut:
    """A text cut into tokens of which only what is asked for is worked out: ``forms`` at a quarter of the cost."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = _folded_alike(text)
        self._spaced = None if self._folded is None else _spaced(self._folded)
        self.forms = self._found_forms() if self._spaced is None else self._spaced.split()

    def spans(self) -> list[tuple[int, int]]:
        """The characters that each token spans, in order."""
        if self._spaced is None:
            return [(start, end) for _, start, end in _spans(self._text)]
        return [match.span() for match in _BETWEEN_SPACES.finditer(self._spaced)]

    def standing(self, forms: Set[str]) -> Iterator[tuple[int, int, str]]:
        """Where each token whose form is one of ``forms`` stands, with its form; in no order."""
        if self._spaced is None:
            yield from ((start, end, form) for form, start, end in _spans(self._text) if form in forms)
            return
        between = f" {self._spaced} "
        for form in forms:
            at, wanted = -1, f" {form} "
            while (at := between.find(wanted, at + 1)) >= 0:
                yield at, at + len(form), form

    def _found_forms(self) -> list[str]:
        folded = self._folded
        if folded is not None and not (_is_tangled(folded) or _is_endless(folded)):
            return _apart(_INITIALS.sub(_undotted, _POSSESSIVE.sub("  ", folded))).split()
        if not _one_to_one(self._text):
            return [form for form, _, _ in _mapped_spans(self._text)]
        found = _TOKEN.findall(self._text.translate(_FOLD))
        return [word or cjk or initials.replace(".", "") for cjk, initials, word in found]


def forms(text: str) -> list[str]:
    """The forms of the tokens of ``text``, in order: all that an index needs of them."""
    return Cut(text).forms


def fold(word: str) -> str:
    """``word`` in lower case without accents, ligatures, soft hyphens and zero-width characters.

    What is neither letter nor digit becomes a space (apostrophes straight, full stops kept): a word of one token
    folds to that token's form, dots between initials aside.
    """
    return word.translate(_FOLD)


def term(form: str, language: str = "en") -> str:
    """The term of a folded form: its stem in English, else the form."""
    if language not in ENGLISH:
        return form
    return _terms[form]


def terms(forms: Iterable[str], language: str = "en") -> list[str]:
    """The term of each of ``forms``, in order."""
    if language not in ENGLISH:
        return list(forms)
    return list(map(_terms.__getitem__, forms))


@cache
def stopwords() -> frozenset[str]:
    """The forms of English words that carry grammar, not matter."""
    return frozenset(word for line in _data_lines("stopwords.txt") for word in line.split())


def preload(terms: Mapping[str, str]) -> None:
    """Make the terms of English forms known, as an index of this ``ANALYSIS_VERSION`` has stored them."""
    _make_room(len(terms))
    _terms.update(terms)


# ------------------------------------------------------------------------------------------------- characters


class _FoldTable(dict[int, str]):
    """What each character folds to, worked out when first met: for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    """What one character becomes: folded letters or digits, "'" or ".", " " where it splits, "" where it vanishes."""
    if char in _APOSTROPHES:
        return "'"
    if char == ".":
        return char
    category = unicodedata.category(char)
    if category[0] == "M":
        # Accents and vowel points vanish; marks that are letters in their scripts (class 0 to 9) stay, but for the
        # variation selectors, joiners and enclosing marks, which change nothing but looks.
        invisible = category == "Me" or char == "\u034f" or 0xFE00 <= ord(char) <= 0xFE0F or ord(char) >= 0xE0100
        return "" if invisible or unicodedata.combining(char) > _HIGHEST_KEPT_CLASS else char
    if category == "Cf":
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = "".join(_unaccented(char)).strip(_AROUND)
    if plain and all(map(_is_word_character, plain)) and (len(plain) == 1 or not _ONE_CJK.search(plain)):
        return plain
    if char in _FOLDED_LETTERS:
        return _FOLDED_LETTERS[char]
    return char if category[0] == "L" else " "


def _unaccented(char: str) -> Iterator[str]:
    for folded in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()):
        if unicodedata.combining(folded) <= _HIGHEST_KEPT_CLASS:
            yield from _FOLDED_LETTERS.get(folded, folded)


def _is_word_character(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


_FOLD = _FoldTable()


# ------------------------------------------------------------------------------------------------------ spans


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each token's form and the span of ``text`` that it stands in."""
    if not _one_to_one(text):
        yield from _mapped_spans(text)
        return
    for match in _TOKEN.finditer(text.translate(_FOLD)):
        group = match.lastgroup or 0
        yield (match[group].replace(".", "") if group == "initials" else match[group]), *match.span(group)


def _folded_alike(text: str) -> str | None:
    """``text`` folded, where each of its characters folds to one of ASCII, as in nearly all text; else None."""
    if not text.isascii():
        for char in set(_NOT_ASCII.findall(text)):
            piece = _FOLD[ord(char)]
            if len(piece) != 1 or char in _SUPERSCRIPT or not piece.isascii():
                return None
            text = text.replace(char, piece)
    return text.translate(_FOLD)


def _spaced(folded: str) -> str | None:
    """The forms of ``folded`` where they stand in it, with spaces between; None where that takes a closer look.

    It does where a word may be of initials, and where all depends on which of its ends is read first.
    """
    if _MAY_BE_INITIALS.search(folded) or _is_tangled(folded) or _is_endless(folded):
        return None
    return _apart(_POSSESSIVE.sub("  ", folded) if "'s" in folded else folded)


def _apart(folded: str) -> str:
    """``folded`` with spaces for what else splits."""
    return folded.replace("'", " ").replace(".", " ")


def _is_tangled(folded: str) -> bool:
    """Whether a word ends in 's more than once, or may be of initials and end in 's."""
    return "'s" in folded and ("'s's" in folded or _INITIALS_END.search(folded) is not None)


def _is_endless(folded: str) -> bool:
    """Whether a word of ``folded`` is longer than the longest: looked for where half of that has no space."""
    half = LONGEST // 2
    for at in range(0, len(folded) - half, half):
        if folded.find(" ", at, at + half) < 0:
            return _ENDLESS.search(folded) is not None
    return False


def _undotted(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "")


def _one_to_one(text: str) -> bool:
    """Whether each character folds to one, so that offsets stay as they are: true of most text with curly quotes."""
    beyond_ascii = set(_NOT_ASCII.findall(text))
    return all(len(_FOLD[ord(char)]) == 1 for char in beyond_ascii) and not beyond_ascii & _SUPERSCRIPT


def _mapped_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """As :func:`_spans`, where characters may vanish or become several: keeps where each folded one came from."""
    pieces: list[str] = []
    origins: list[int] = []
    raised = False
    for offset, char in enumerate(text):
        piece = _FOLD[ord(char)]
        if (char in _SUPERSCRIPT) is not raised:
            # A superscript number beside a word is a note's marker or an exponent, never more letters of the word.
            raised = not raised
            pieces.append(" ")
            origins.append(offset)
        pieces.append(piece)
        origins.extend([offset] * len(piece))
    last = 0
    for match in _TOKEN.finditer("".join(pieces)):
        group = match.lastgroup or 0
        first, after = match.span(group)
        start = max(origins[first], last)
        end = _over_marks(text, origins[after - 1] + 1)
        if start < end:
            last = end
            yield (match[group].replace(".", "") if group == "initials" else match[group]), start, end


def _over_marks(text: str, end: int) -> int:
    """``end`` moved past the combining marks that belong to the character before it."""
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end


# ------------------------------------------------------------------------------------------------------ terms


class _Terms(dict[str, str]):
    """The terms of English forms, each worked out when first met."""

    def __missing__(self, form: str) -> str:
        _make_room(1)
        spelled = _spelled(form)
        found = _families().get(form) or _families().get(spelled)
        if found is None:
            # A stem may be empty ("'s"), which no engine can index; a number or a word of another script stays.
            found = (_stemmer().stem(spelled) if spelled.isascii() and spelled.isalpha() else spelled) or spelled
        self[form] = found
        return found


_terms = _Terms()


def _make_room(count: int) -> None:
    if len(_terms) + count > _KNOWN_AT_MOST:
        _terms.clear()


@cache
def _stemmer() -> _Stemmer:
    from nltk.stem.snowball import SnowballStemmer

    stemmer: _Stemmer = SnowballStemmer("english")
    return stemmer


_ISE = re.compile(r"(\w{2,})is(e|es|ed|er|ers|ing|able|ation|ations|ational)")
_IFICATION = re.compile(r"(\w{2,}if)ications?")


def _spelled(form: str) -> str:
    """``form`` as one spelling of English has it: labor, organize; and -ification read as the verb in -ify."""
    for length in _spelling_lengths():
        replacement = _spellings().get(form[:length])
        if replacement is not None:
            form = replacement + form[length:]
            break
    match = _ISE.fullmatch(form)
    if match and match[1] not in _not_ize():
        return f"{match[1]}iz{match[2]}"
    match = _IFICATION.fullmatch(form)
    return f"{match[1]}y" if match else form


@cache
def _families() -> Mapping[str, str]:
    """The term of each form that the two files of families name."""
    return {
        form: stem
        for name in ("stem_apart.tsv", "stem_joined.tsv")
        for stem, forms in _data_rows(name)
        for form in forms.split()
    }


@cache
def _spellings() -> Mapping[str, str]:
    return dict(_data_rows("stem_spelling.tsv"))


@cache
def _spelling_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(start) for start in _spellings()}, reverse=True))


@cache
def _not_ize() -> frozenset[str]:
    return frozenset(root for line in _data_lines("stem_ise.txt") for root in line.split())


def _data_lines(name: str) -> Iterable[str]:
    content = files("pilcrow.engine").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in content.splitlines() if line and not line.startswith("#")]


def _data_rows(name: str) -> list[tuple[str, str]]:
    return [(key, value) for key, _, value in (line.partition("\t") for line in _data_lines(name))]
