"""The markers before paragraphs and headings: "12.", "(a)", "iv.", "6.7", "29C.1", "B.", and what may follow each.

A marker can be read in more than one way: "(i)" is the ninth letter or the first Roman number. All readings are
given, and whoever knows the neighbours chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pilcrow.engine.roman import value_of

Style = Literal["ROMAN", "LETTER", "arabic", "decimal", "letter", "roman"]
Dress = Literal["dot", "both", "half"]
"""How a marker is set off: "1." (dot), "(1)" (both parentheses), "1)" (half)."""

LARGEST = 999
"""No paragraph has a larger number; "2009. The" is a year that ends a sentence."""

_MARKER = re.compile(
    r"^(?:(?P<decimal>(?:\d{1,3}[A-Z]?|[IVXLC]{1,6})(?:\.(?:\d{1,3}|[IVX]{1,5}))*\.\d{1,3})\.?"
    r"|\((?P<both>[A-Za-z]{1,2}|[ivxlc]{1,7}|[IVXLC]{1,6}|\d{1,3})\)"
    r"|(?P<half>[A-Za-z]|[ivxlc]{1,7}|[IVXLC]{1,6}|\d{1,3})\)"
    r"|(?P<dot>\d{1,3}(?:\s?(?:bis|ter|quater))?|[a-z]{1,2}|[ivxl]{1,6}|[A-Z]|[IVXLC]{1,7})\s?\.)"
    r"(?:\s+(?=\S)|(?=[A-Z“\"‘(][a-z])|(?<=\d\.)(?=[A-Z]{2}|A [a-z])|$)"
)
_ROMAN = re.compile(r"^(?=[ivxlc])(?:x[cl]|l?x{0,3})?(?:i[xv]|v?i{0,3})$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a marker: its style and its place in the sequence (1 first)."""

    style: Style
    value: int


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A marker: ``printed`` as the gold writes it ("4", "(a)", "iv"), its dress, and its readings, likelier first."""

    printed: str
    dress: Dress
    readings: tuple[Reading, ...]

    def reading(self, style: Style) -> Reading | None:
        """The reading in that style, if there is one."""
        return next((each for each in self.readings if each.style == style), None)


def split(text: str) -> tuple[Enumerator | None, str]:
    """The marker at the beginning of ``text`` and what follows it; ``(None, text)`` where there is none."""
    found = _MARKER.match(text)
    if found is None:
        return None, text
    dress, body = next((name, value) for name, value in found.groupdict().items() if value is not None)
    readings = _readings(body, decimal=dress == "decimal")
    if not readings:
        return None, text
    rest = text[found.end() :]
    if dress == "decimal":
        return Enumerator(body, "dot", readings), rest
    printed = {"both": f"({body})", "half": f"{body})", "dot": body}[dress]
    if dress == "both":
        return Enumerator(printed, "both", readings), rest
    return Enumerator(printed, "half" if dress == "half" else "dot", readings), rest


def roman_value(text: str) -> int:
    """The value of a Roman number in either case, 0 where it is none."""
    return value_of(text) if _ROMAN.match(text.lower()) else 0


def _readings(body: str, *, decimal: bool) -> tuple[Reading, ...]:
    if decimal:
        return (Reading("decimal", int(body.rpartition(".")[2])),)
    if body[0].isdigit():
        value = int(body.partition(" ")[0].rstrip("abeqrstiu"))
        return (Reading("arabic", value),) if 0 < value <= LARGEST else ()
    roman = roman_value(body)
    letter = _letter_value(body.lower())
    upper = body.isupper()
    both: list[Reading] = []
    if letter and not (len(body) == 2 and roman):
        both.append(Reading("LETTER" if upper else "letter", letter))
    if roman:
        both.append(Reading("ROMAN" if upper else "roman", roman))
    likely_roman = body.lower() in {"i", "ii", "iii", "iv", "v", "vi", "x"}
    return tuple(sorted(both, key=lambda each: each.style.lower() != "roman")) if likely_roman else tuple(both)


def _letter_value(body: str) -> int:
    """The letter's place: a = 1 ... z = 26, aa = 27, bb = 28, as in long lists; 0 for other pairs and "pp." (pages)."""
    if len(body) == 1:
        return ord(body) - ord("a") + 1
    if len(body) == 2 and body[0] == body[1] and body != "pp":
        return 26 + ord(body[0]) - ord("a") + 1
    return 0
