"""The forms of an index as characters: a text of words becomes one of codes, in which a word is found much faster.

Forms are numbered in the order in which they are met. The first million get one character each; one beyond gets two, a
lead and a trail, which are kept for that (as UTF-16 writes what is beyond sixteen bits). Frequent forms are met early
and so have the characters that take few bytes. Control characters are left to those who put codes together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pilcrow.engine.rising import place_of

_FIRST: Final = 0x20
_SURROGATES: Final = 0xD800
_AFTER_SURROGATES: Final = 0xE000
_LEADS: Final = 0x100000
_TRAILS: Final = 0x108000
_PAIRED: Final = 0x8000
"""How many leads there are, and how many trails."""

_SINGLE: Final = _LEADS - _AFTER_SURROGATES + _SURROGATES - _FIRST
MOST: Final = _SINGLE + _PAIRED * _PAIRED
"""How many forms have a code: more than a thousand million."""

_ONE_CODE = re.compile("[\U00100000-\U00107fff].|.", re.DOTALL)


def code(number: int) -> str:
    """The code of the form with this number, from 0; raises ``OverflowError`` from ``MOST`` on."""
    if number >= _SINGLE:
        lead, trail = divmod(number - _SINGLE, _PAIRED)
        if lead >= _PAIRED:
            raise OverflowError(f"no index can have more than {MOST:,} forms")
        return chr(_LEADS + lead) + chr(_TRAILS + trail)
    place = number + _FIRST
    return chr(place if place < _SURROGATES else place + _AFTER_SURROGATES - _SURROGATES)


class FormCoder:
    """Gives forms their codes while an index is written."""

    def __init__(self) -> None:
        self._codes = _Codes()

    def coded(self, forms: Iterable[str]) -> str:
        """The codes of ``forms``, one after the other."""
        return "".join(map(self._codes.__getitem__, forms))

    def numbers(self, forms: Iterable[str]) -> list[int]:
        """The number of each of ``forms``, which must be all that were coded; none where none was."""
        numbered = {form: number for number, form in enumerate(self._codes)}
        return [numbered[form] for form in forms] if numbered else []


class _Codes(dict[str, str]):
    """The code of each form that was met, in the order in which they were."""

    def __missing__(self, form: str) -> str:
        made = self[form] = code(len(self))
        return made


class FormCodes:
    """The codes that the ``forms`` of an index have (rising), given the number of each."""

    def __init__(self, forms: Sequence[str], numbers: Sequence[int]) -> None:
        self._forms = forms
        self._numbers = numbers
        self._pairs = len(forms) > _SINGLE
        self.of = lru_cache(maxsize=8192)(self._of)
        """The code of a form; "" of one that the index does not have."""

    def _of(self, form: str) -> str:
        at = place_of(form, self._forms)
        return "" if at is None else code(self._numbers[at])

    def read(self, coded: str) -> Sequence[str]:
        """The codes in a text of them, and whatever stands between: the text itself, where each is one character."""
        return _ONE_CODE.findall(coded) if self._pairs else coded
