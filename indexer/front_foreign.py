"""Lines of mastheads in other official languages, in the English forms that :mod:`indexer.front_lines` knows.

What the lines say is the same in all languages; only what is known by its form is put in English, a title never is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pilcrow.engine.dates import MONTHS


def in_english(line: str) -> str:
    """``line`` in English where it is a known form of another language, "" where it says nothing new, else as it is."""
    dated = _dates_in_english(line)
    for pattern, english in _lines():
        found = pattern.fullmatch(dated)
        said = _said(found) if found else None
        if said is not None:
            return english.format_map(said)
    return dated if _IS_DATED.match(dated) else line


_IS_DATED = re.compile(r"^(?:[A-Z][\w’'. -]{1,40}, )?\d{1,2}\b.*\d{4}$")


def _said(found: re.Match[str]) -> dict[str, str] | None:
    """What the named parts of a line say; None where one should be a language and is none."""
    said = {name: part or "" for name, part in found.groupdict().items()}
    if "language" in said:
        language = _languages().get(said["language"].casefold())
        return {**said, "language": language} if language else None
    items = re.sub(r"(?<=\d)\s?([a-z])\)", r" (\1)", said.get("items", ""))
    return {**said, "items": re.sub(r"\s(?:et|y|и|à|a)\s|[、و]", _and, items)} if items else said


def _and(found: re.Match[str]) -> str:
    return " to " if found.group().strip() in {"à", "a"} else " and "


def _dates_in_english(line: str) -> str:
    return _dates().sub(_date_in_english, line) if any(char.isdigit() for char in line) else line


def _date_in_english(found: re.Match[str]) -> str:
    year = f" {found.group('year')}" if found.group("year") else ""
    return f"{found.group('day')} {_months()[found.group('month').casefold()]}{year}"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("indexer") / "data" / "front_foreign.toml").read_text(encoding="utf-8"))


@cache
def _lines() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(line["pattern"], re.IGNORECASE), line["english"]) for line in _table()["lines"])


@cache
def _languages() -> dict[str, str]:
    return {name: english for english, names in _table()["languages"].items() for name in names}


@cache
def _months() -> dict[str, str]:
    return {name: MONTHS[at] for names in _table()["months"].values() for at, name in enumerate(names)}


@cache
def _dates() -> re.Pattern[str]:
    names = "|".join(_months())
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:er)?\s(?:de\s)?(?P<month>{names})(?:\s(?:de\s|del\s)?(?P<year>\d{{4}}))?\b",
        re.IGNORECASE,
    )
