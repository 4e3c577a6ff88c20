"""The gazetteer: the 193 Member States and the two observer States, under every name that documents and people use.

Asked by both sides of the index: the indexer looks for these names in running text, the search room understands them in
a query (``state:"Iran (Islamic Republic of)"``). It is data, in ``data/states.tsv`` and its neighbours, read once and
only when first asked for, because the command line must answer from cold in half a second.

A name is compared by :func:`fold`: letters only, accents, case, spaces, hyphens and "the" aside, "&" as "and" and
"St." as "Saint". Nothing is guessed: :func:`lookup` knows a name or does not; :func:`nearest` only suggests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_WORDS = re.compile(r"[^\W_]+|&")
_SPELLED = {"&": "and", "st": "saint", "sts": "saints"}
_LEAST_LIKENESS = 0.72


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a State, as printed.

    ``kind`` is one of short, formal, inverted, former, abbreviation, common or part (of the State, such as Northern
    Ireland); ``language`` is ISO 639-1; ``in_text`` says whether running text may be searched for it: some names are
    understood only when someone asks for them.
    """

    text: str
    kind: str
    language: str = "en"
    in_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A Member State or non-member observer State of the United Nations.

    ``code`` is ISO 3166-1 alpha-3; ``regions`` are M49 codes from the narrowest to the widest ("154", "150"); ``group``
    is the key of its United Nations regional group and ``group_note`` what is special about that, or "".
    """

    code: str
    alpha2: str
    m49: str
    name: str
    formal: str
    regions: tuple[str, ...]
    group: str
    group_note: str
    observer: bool
    names: tuple[Name, ...]

    @property
    def region(self) -> str:
        """The M49 code of its continental region ("002" for Africa)."""
        return self.regions[-1]

    @property
    def sub_region(self) -> str:
        """The M49 code of its narrowest region ("014" for Eastern Africa)."""
        return self.regions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An M49 region or a United Nations regional group: ``kind`` is "region" or "group".

    ``code`` is three digits for a region and a word such as "grulac" for a group; ``parent`` the next wider region.
    """

    code: str
    label: str
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()


def fold(name: str) -> str:
    """``name`` reduced to what two spellings of one name have in common: lower-case letters and digits, no spaces."""
    decomposed = unicodedata.normalize("NFKD", name.replace("\N{SOFT HYPHEN}", "")).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = (_SPELLED.get(word, word) for word in _WORDS.findall(bare))
    return "".join(word for word in words if word != "the")


def states() -> tuple[State, ...]:
    """All 195 States, by code."""
    return tuple(_states().values())


def state(code: str) -> State:
    """The State whose alpha-3 code is ``code``; raises ``KeyError`` where there is none."""
    return _states()[code]


def regions() -> tuple[Region, ...]:
    """All regions and regional groups, wider before narrower."""
    return tuple(_regions().values())


def region(code: str) -> Region:
    """The region or group whose code is ``code``; raises ``KeyError`` where there is none."""
    return _regions()[code]


def members(code: str) -> tuple[State, ...]:
    """The States of the region or group ``code``, by code; empty where there is no such region."""
    return tuple(each for each in states() if code in each.regions or code == each.group)


def lookup(name: str) -> State | None:
    """The State that ``name`` names in any form that the gazetteer knows, ISO codes included, or ``None``."""
    code = _by_name().get(fold(name))
    return None if code is None else _states()[code]


def resolve(name: str) -> State | Region | None:
    """The State, region or regional group that ``name`` names, or ``None``; where both would do, the State."""
    found = lookup(name)
    if found is not None:
        return found
    code = _regions_by_name().get(fold(name), name.strip())
    return _regions().get(code)


def successors(name: str) -> tuple[State, ...]:
    """The States that came after a State that is no more and that none continues ("Czechoslovakia"); else empty."""
    return tuple(_states()[code] for code in _dissolved().get(fold(name), ()))


def nearest(name: str, limit: int = 3) -> tuple[str, ...]:
    """Names of States, regions and groups that ``name`` may be a slip for, nearest first, each as it is best written.

    At most ``limit``, one a State; only suggestions: what is close to a name may well be another ("Nigerr").
    """
    import difflib  # here, because only a misspelling needs it and every command pays for what this module imports

    labels = _labels()
    close = difflib.get_close_matches(fold(name), labels, n=4 * limit, cutoff=_LEAST_LIKENESS)
    return tuple(dict.fromkeys(labels[each] for each in close))[:limit]


def _rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated data file with a heading line; lines that begin with "#" are comments."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    heading = next(cells)
    for row in cells:
        yield dict(zip(heading, row, strict=True))


@cache
def _states() -> Mapping[str, State]:
    names: dict[str, list[Name]] = {}
    for row in _rows("state_names.tsv"):
        name = Name(text=row["name"], kind=row["kind"], language=row["language"], in_text=row["use"] == "text")
        names.setdefault(row["code"], []).append(name)
    return {row["code"]: _state(row, names.get(row["code"], [])) for row in _rows("states.tsv")}


def _state(row: Mapping[str, str], further: list[Name]) -> State:
    official = [Name(text=row["name"], kind="short")]
    if row["formal"] != row["name"]:
        official.append(Name(text=row["formal"], kind="formal"))
    return State(
        code=row["code"],
        alpha2=row["alpha2"],
        m49=row["m49"],
        name=row["name"],
        formal=row["formal"],
        regions=tuple(_upwards(row["region"])),
        group=row["group"],
        group_note=row["group_note"],
        observer=row["status"] == "observer",
        names=(*official, *further),
    )


def _upwards(code: str) -> Iterator[str]:
    """``code`` and the codes of the wider regions around it."""
    while code:
        yield code
        code = _regions()[code].parent


@cache
def _regions() -> Mapping[str, Region]:
    return {
        row["code"]: Region(
            code=row["code"],
            label=row["label"],
            kind=row["kind"],
            parent=row["parent"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in _rows("regions.tsv")
    }


@cache
def _by_name() -> Mapping[str, str]:
    """Folded name -> code. An English name goes before another language's, a name before an ISO code."""
    every = [(name, each.code) for each in states() for name in each.names]
    english_first = sorted(every, key=lambda pair: pair[0].language != "en")
    found: dict[str, str] = {}
    for name, code in english_first:
        found.setdefault(fold(name.text), code)
    for each in states():
        for iso in (each.code, each.alpha2, each.m49):
            found.setdefault(fold(iso), each.code)
    return found


@cache
def _regions_by_name() -> Mapping[str, str]:
    return {fold(name): each.code for each in regions() for name in (each.label, *each.aliases)}


@cache
def _dissolved() -> Mapping[str, tuple[str, ...]]:
    return {fold(row["name"]): tuple(row["successors"].split()) for row in _rows("states_dissolved.tsv")}


@cache
def _labels() -> Mapping[str, str]:
    """Folded name -> the label to suggest; English names and regions only, so that a suggestion reads as expected."""
    found = {fold(name): each.label for each in regions() for name in (each.label, *each.aliases)}
    for each in states():
        found.update((fold(name.text), each.name) for name in each.names if name.language == "en")
    return found
