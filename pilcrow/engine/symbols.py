"""A United Nations document symbol as a value: its parts, its order, and what it says of body, session, year and type.

Pure: text to values. The names of bodies and types are data (``data/bodies.tsv``, ``data/types.tsv``). Symbols in
running text are found by :mod:`pilcrow.engine.references`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import Relation
from pilcrow.engine.roman import value_of

HEAD = r"[A-Z]{1,8}(?:-[A-Z]{2,4})?(?:\.\d{1,3})?"
"""What a symbol begins with: an organ's letters, those of two bodies (``ICC-ASP``), or with a number (``GEGN.2``)."""

TAIL = (
    r"(?:\s?\((?:\d{4}|[IVXLC]{1,6}|E?S-[IVXLC]+|Sect\.\s?\d{1,2}[A-Z]?|Parts?\s(?:[IVXLC]+|\d+)|Resumption\s?\d*"
    r"|Vol\.\s?(?:[IVXLC]+|\d+)|Suppl\.\s?\d*|SUPP|Annex)\))"
)
"""What may follow a part in parentheses, with a space before it or none."""

_WORD = r"[A-Z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9\-]+)*"
PART = rf"(?:Part\s[A-Z\d]{{1,3}}|(?:{_WORD}(?:\([A-Za-z0-9.\-]{{1,8}}\))?|\([A-Z0-9]{{1,6}}\)){TAIL}?)"
"""One part between slashes, with what follows it in parentheses."""

_LETTERS = r"(?P<letters>\s?[A-Z](?:\s?[-–]\s?[A-Z])?)?"
"""The letters of one resolution or several of the same number (``A/RES/46/152 B``, ``A/RES/54/54 A-V``)."""

_SYMBOL = re.compile(rf"(?P<body>{HEAD}(?:/{PART})+){_LETTERS}(?P<star>\s?\*+)?")
_JOINT = re.compile(
    r"(?<=[\d*)])\s?[-–—]\s?(?=[A-Z]{1,8}(?:\.\d+)?/)|\s*[;,]\s*(?=[A-Z]{1,8}/)|\s+(?=[A-Z]{1,8}(?:[-.][A-Z\d]+)?/)"
)
_SPACED_SLASH = re.compile(r"\s*/\s*")
_YEAR = re.compile(r"^(19[4-9]\d|20\d\d|2100)$")
_TAIL_YEAR = re.compile(r"\((\d{4})\)$")
_TAIL_ROMAN = re.compile(r"\((?P<special>E?S-)?(?P<number>[IVXLC]+)\)(?:\s[A-Z](?:-[A-Z])?)?$")
_SPECIAL = re.compile(r"^(E?S)-(\d{1,2})$")
_AMENDMENT = re.compile(r"^(Add|Corr|Rev|Amend)\.(\d+(?:-\d+)?)$", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s?\([^)]*\)")
_SERIES = re.compile(r"(?<=[A-Za-z])\.\d+$")
_SERIES_NUMBER = re.compile(r"^[A-Za-z.]*[A-Za-z](?:\.|\()(\d{1,3}|[IVXLC]+)\)?$")
_SUBSIDIARY = re.compile(r"^(?:AC|C|CN|CONF|COM|GA|GGE|PC|SC|Sub|TF|WG)\.\w+$")
_COUNTED = re.compile(r"^(?:[A-Za-z]+\.)?(\d+(?:-\d+)*)")
_TAIL = re.compile(rf"(?<=[^/]){TAIL}")
_RESOLUTION = re.compile(r"/(?:RES|DEC)/")
_TOKEN = re.compile(r"\d+|\D+")
LONGEST_LINE = 160
"""Characters of a line that may be nothing but symbols, all of a joint document's."""

OrderKey = tuple[tuple[int, int, str], ...]
Numbering = Literal["session", "year", "series", ""]

_CASED = {"add": "Add", "corr": "Corr", "rev": "Rev", "amend": "Amend"}
_RELATIONS: dict[str, Relation] = {"Add": "addendum", "Corr": "corrigendum", "Rev": "revision"}
_NUMBERINGS: dict[str, Numbering] = {"session": "session", "year": "year", "series": "series", "": ""}


@dataclass(frozen=True)
class Symbol:
    """One symbol, normalised: ``str(symbol)`` is how Pilcrow writes it; ``reissued``: it had a trailing "*"."""

    text: str
    reissued: bool = False

    def __str__(self) -> str:
        return self.text

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What the slashes part: ``("A", "RES", "78", "228")``; a tail in parentheses stays with the last."""
        return tuple(self.text.split("/"))

    @cached_property
    def order(self) -> OrderKey:
        """A key that sorts as people count: A/79/9 before A/79/10, a document before its addenda."""
        return natural_key(self.text)

    @cached_property
    def body(self) -> str:
        """The key of the issuing body (the longest prefix in the table of bodies), "" where none is known."""
        for length in range(len(self.parts), 0, -1):
            key = _PARENTHESES.sub("", "/".join(self.parts[:length]))
            for known in (key, _SERIES.sub("", key)):
                if known in bodies():
                    return known
        return ""

    @cached_property
    def subsidiary(self) -> str:
        """The prefix of a body below :attr:`body` that the table does not know ("A/AC.999"), "" where there is none."""
        at = len(self.body.split("/"))
        below = self.parts[at] if self.body and at < len(self.parts) else ""
        return f"{self.body}/{below}" if _SUBSIDIARY.match(below) else ""

    @cached_property
    def year(self) -> int | None:
        """The year that the symbol names: its tail's, else its last part that is one."""
        tail = _TAIL_YEAR.search(self.text)
        if tail:
            return int(tail.group(1))
        years = [int(part) for part in self.parts[1:] if _YEAR.match(part)]
        return years[-1] if years else None

    @cached_property
    def session(self) -> str:
        """The session that the symbol names, as its body numbers them ("78", "ES-10"), "" where it names none."""
        roman = _TAIL_ROMAN.search(self.text)
        if roman and "RES" in self.parts:
            return f"{roman.group('special') or ''}{value_of(roman.group('number'))}"
        numbering = bodies()[self.body].numbering if self.body else ""
        if numbering == "series":
            return next(self._series(), "")
        return next(self._counted_sessions(), "") if numbering == "session" else ""

    def _series(self) -> Iterator[str]:
        """The number beside a body's own letters ("UNEP/EA.6/1", "ICCD/COP(8)/3"), which is its session's."""
        for part in self.parts[: len(self.body.split("/"))]:
            number = _SERIES_NUMBER.match(part)
            if number:
                yield number.group(1) if number.group(1).isdigit() else str(value_of(number.group(1)))

    def _counted_sessions(self) -> Iterator[str]:
        """The part that is a session: below the body's own parts, with the document's number below it."""
        rest = self.parts[len(self.body.split("/")) :]
        for part, below in itertools.pairwise(rest):
            if _SUBSIDIARY.match(part):
                return  # another body's, which the table does not know: its numbers may be anything
            if _SPECIAL.match(part) or (part.isdigit() and len(part) <= 3 and not _AMENDMENT.match(below)):
                yield part

    @cached_property
    def number(self) -> str:
        """The document's own number among those of its series ("228", "4" of L.4), "" where it has none."""
        counted = (_COUNTED.match(part) for part in reversed(self.parts[1:]) if not _AMENDMENT.match(part))
        return next((each.group(1) for each in counted if each), "")

    @cached_property
    def session_number(self) -> int | None:
        """The number of the regular session, None where there is none or it is a special one."""
        return int(self.session) if self.session.isdigit() else None

    @cached_property
    def type(self) -> str:
        """The key of the type of document that the symbol's parts tell ("resolution"), "" where they tell none."""
        by_part = type_parts()
        below = self.parts[max(1, len(self.body.split("/"))) :]
        for part in reversed(below):
            series = re.match(r"[A-Za-z]+", part)
            if series and series.group().upper() in by_part:
                return by_part[series.group().upper()]
        return ""

    @cached_property
    def amends(self) -> str:
        """The symbol of the document that this one adds to, corrects or revises, "" where it is none of these."""
        base, _, last = self.text.rpartition("/")
        return base if base and _AMENDMENT.match(last) else ""

    @cached_property
    def relation(self) -> Relation | None:
        """How the document amends: addendum, corrigendum or revision."""
        found = _AMENDMENT.match(self.parts[-1]) if self.amends else None
        return _RELATIONS.get(found.group(1)) if found else None


def natural_key(text: str) -> OrderKey:
    """A key that sorts ``text``, any identifier, as people count: its numbers as numbers, the rest as letters."""
    tokens = _TOKEN.findall(text)
    return tuple((0, int(token), "") if token.isdecimal() else (1, 0, token) for token in tokens)


def parse(text: str) -> Symbol:
    """``text`` as a symbol, normalised; raises :class:`SymbolError` where it is none.

    Takes spaces around slashes, other letter case in "ADD.1", and a trailing "*" (a reissue).
    """
    squeezed = _SPACED_SLASH.sub("/", " ".join(text.split())).replace("–", "-")
    found = _SYMBOL.fullmatch(squeezed)
    lettered = found is not None and bool(found.group("letters"))
    known = found is not None and (not lettered or bool(_RESOLUTION.search(squeezed)))
    if found is None or not known or not any(char.isdigit() for char in squeezed):
        raise SymbolError(f"“{text}” is no document symbol: one looks like A/RES/78/228 or CTOC/COP/WG.4/2013/5.")
    letters = re.sub(r"[\s–-]+", "-", (found.group("letters") or "").strip())
    text = " ".join(filter(None, (_normal(found.group("body")), letters)))
    return Symbol(text, reissued=bool(found.group("star")))


def parse_joint(text: str) -> tuple[Symbol, ...]:
    """The symbols of a document that has several ("A/79/945-S/2025/368"), in order; raises :class:`SymbolError`."""
    return tuple(parse(part) for part in _JOINT.split(text.strip()))


def _normal(body: str) -> str:
    parts = body.split("/")
    for at, part in enumerate(parts):
        found = _AMENDMENT.match(part)
        if found:
            parts[at] = f"{_CASED[found.group(1).lower()]}.{found.group(2)}"
    return _TAIL.sub(_normal_tail, "/".join(parts))


def _normal_tail(found: re.Match[str]) -> str:
    inside = re.sub(r"\.(?=\d)", ". ", found.group().strip().strip("()").strip())
    gap = "" if re.fullmatch(r"(?:E?S-)?[IVXLC]+", inside) else " "
    return f"{gap}({inside})"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues documents: its symbols' prefix, its name as mastheads print it, and other names.

    ``numbering`` says whether its symbols count sessions or years, or name the session in the body's own part
    ("UNEP/EA.6"): series; ``session_of`` whose sessions those are.
    """

    prefix: str
    name: str
    short: str
    aliases: tuple[str, ...]
    numbering: Numbering
    session_of: str


@cache
def bodies() -> dict[str, Body]:
    """The table of bodies by prefix (``data/bodies.tsv``)."""
    out = {}
    for prefix, name, short, aliases, numbering, session_of in _rows("bodies.tsv", 6):
        names = tuple(alias for alias in aliases.split("|") if alias)
        out[prefix] = Body(prefix, name, short or name, names, _NUMBERINGS[numbering], session_of or prefix)
    return out


@cache
def heads() -> frozenset[str]:
    """What the symbols of known bodies begin with, without a number ("A", "CTOC", "GEGN")."""
    return frozenset(_SERIES.sub("", prefix.partition("/")[0]) for prefix in bodies())


def body_name(key: str) -> str:
    """The name of the body with that key, or the key itself where the table has none."""
    known = bodies().get(key)
    return known.name if known else key


@cache
def _types() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        key: (label, tuple(part for part in parts.split("|") if part)) for key, label, parts, _ in _rows("types.tsv", 4)
    }


@cache
def type_parts() -> dict[str, str]:
    """What a part of a symbol says of the type: ``{"RES": "resolution", "PV": "verbatim record"}``."""
    return {part: key for key, (_, parts) in _types().items() for part in parts}


@cache
def type_titles() -> tuple[tuple[str, str], ...]:
    """How titles begin that name their type, longest first: ``(("provisional agenda", "agenda"), ...)``."""
    pairs = [(cue, key) for key, _, _, cues in _rows("types.tsv", 4) for cue in cues.split("|") if cue]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def types() -> tuple[str, ...]:
    """The keys of all types of document."""
    return tuple(_types())


def type_name(key: str) -> str:
    """The name of the type with that key, or the key itself where the table has none."""
    return _types()[key][0] if key in _types() else key


def _rows(name: str, width: int) -> list[list[str]]:
    """The rows of a table of this package, padded to ``width`` columns; the first row names them."""
    text = (files("pilcrow.engine") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split("\t") + [""] * width)[:width] for line in lines[1:]]
