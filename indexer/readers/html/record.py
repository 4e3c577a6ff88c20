"""A record page of the United Nations Digital Library -> blocks: its fields as a masthead has them, its votes as lists.

Later steps read what documents print, so a record's fields are put that way: the symbol on a line, "Agenda item 21 (b):
...", "Adopted by the General Assembly on 7 December 2023", the title as the last heading of the front. What a record
does not say is not put. All else stands below the page's own heading, "Details", which ends the front.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.blocks import Block
from indexer.readers import marked

Field = tuple[str, list[str]]
"""A field's printed name and its lines."""

_AGENDA = re.compile(
    r"^[A-Z][\w./]*(?:/[\w.()-]+)+\s+(?P<item>\d{1,3})\s?\(?(?P<part>[a-z]?)\)?\.?\s+(?P<title>.*?)"
    r"(?:\.?\s+(?P<subject>[A-Z][A-Z\d ,.'()-]*--[A-Z\d ,.'()-]+|[A-Z][A-Z ,'()-]{3,}))?$"
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DAY = re.compile(r"(\d{1,2})\s([A-Z][a-z]+)\.?\s(\d{4})")
_ADOPTED = re.compile(r"/\s*:?\s*adopted by (?:the )?(?P<organ>.+)$", re.IGNORECASE)
_VOTE = re.compile(r"^(?P<vote>[YNAX]\s)?\s*(?P<state>[^\W\d_].+)$")
_KIND = re.compile(r"^(?:revised |amended )?(?:draft )?(?:resolution|decision|amendment)s?$", re.IGNORECASE)
_SYMBOL = re.compile(r"^[A-Z][A-Z0-9.]*/\S+(?:\s?\(\S+\))*$")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("indexer") / "data" / "library_record.toml").read_text(encoding="utf-8"))


def fields(soup: BeautifulSoup) -> list[Field]:
    """The fields of a record, none where the page is no record."""
    found = []
    for row in soup.find_all("div", class_="metadata-row"):
        name, value = row.find(class_="title"), row.find(class_="value")
        if isinstance(name, Tag) and isinstance(value, Tag):
            found.append((" ".join(name.get_text().split()).rstrip(":"), _lines(value)))
    return found if any(name in _table()["title"] for name, _ in found) else []


def blocks(recorded: Sequence[Field]) -> list[Block]:
    """The blocks of a record: the front, and what else it says as paragraphs."""
    said: dict[str, list[str]] = {}
    for name, lines in recorded:
        said.setdefault(name, []).extend(lines)
    table = _table()
    title = " ".join(_first(said, table["title"]))
    front = [line for line in _first(said, table["symbol"]) if _SYMBOL.match(line)]
    front += _dated(said, title)
    front += [line for each in _first(said, table["agenda"]) for line in _item(each)]
    out = [Block(kind="text", text=line, whole=True) for line in front]
    parts, responsible = _title_parts(title)
    titles = [part[0].upper() + part[1:] for part in parts if not _KIND.match(part)] or parts
    out += [Block(kind="heading", text=line, level=1, whole=True) for line in titles]
    out.append(Block(kind="heading", text=table["heading"], level=2, whole=True))
    lists = [*_sponsors(parts, responsible), *_votes(_first(said, table["vote"]))]
    out += [Block(kind="text", text=line, whole=True) for line in lists]
    return [*out, *_details(said, front)]


def _lines(value: Tag) -> list[str]:
    """The lines of a field's value, which breaks and boxes part."""
    parts = [""]
    for each in value.descendants:
        if isinstance(each, Tag):
            if each.name in {"br", "div", "p", "li"}:
                parts.append("")
        else:
            parts[-1] += str(each)
    return [line for line in (" ".join(part.split()) for part in parts) if line]


def _first(said: dict[str, list[str]], names: Sequence[str]) -> list[str]:
    return next((said[name] for name in names if said.get(name)), [])


def _dated(said: dict[str, list[str]], title: str) -> list[str]:
    """The date as a masthead prints it: of the adoption where the title says that it was adopted, else alone."""
    value = " ".join(_first(said, _table()["date"]))
    date = _date(value)
    if not date:
        return []
    adopted = _ADOPTED.search(title)
    if adopted and said.get("Vote date"):
        return [f"Adopted by the {adopted.group('organ').strip(' .')} on {date}"]
    return [date]


def _date(value: str) -> str:
    months = _table()["year"]
    iso = _ISO.search(value)
    if iso and 1 <= int(iso.group(2)) <= len(months):
        return f"{int(iso.group(3))} {months[int(iso.group(2)) - 1]} {iso.group(1)}"
    day = _DAY.search(value)
    if day is None:
        return ""
    month = _table()["months"].get(day.group(2), day.group(2))
    return f"{day.group(1)} {month} {day.group(3)}" if month in months else ""


def _item(line: str) -> Iterator[str]:
    """An agenda item as documents print it: "Agenda item 21 (b): Eradicating rural poverty"."""
    found = _AGENDA.match(line)
    if found:
        part = f" ({found.group('part')})" if found.group("part") else ""
        yield f"Agenda item {found.group('item')}{part}: {found.group('title').rstrip('.')}"


def _title_parts(title: str) -> tuple[list[str], str]:
    """A record's title in its parts ("Rural poverty", "revised draft resolution"), and who is responsible for it."""
    named, _, responsible = re.sub(r"\s/\s*:?\s", " / ", title).partition(" / ")
    return [part.strip(" :") for part in re.split(r"\s::?\s", named) if part.strip(" :")], responsible.strip()


def _sponsors(parts: Sequence[str], responsible: str) -> Iterator[str]:
    """Who sponsors a draft, as a draft prints it ("Cuba: revised draft resolution")."""
    kind = next((part for part in parts[1:] if _KIND.match(part) and "draft" in part), "")
    if kind and responsible:
        yield f"{responsible}: {kind}"


def _details(said: dict[str, list[str]], front: Sequence[str]) -> Iterator[Block]:
    """What else a record says, each field as a row of its name and its value; ``front`` was said before."""
    for name, lines in said.items():
        new = [line for line in lines if line not in front and line not in _table()["labels"]]
        if name not in _table()["left_out"] and new:
            yield marked.row([name, "; ".join(new)])


def _votes(lines: Sequence[str]) -> Iterator[str]:
    """The voting lists, as a record of a meeting prints them."""
    lists: dict[str, list[str]] = {}
    for line in lines:
        found = _VOTE.match(line)
        if found:
            lists.setdefault((found.group("vote") or "X").strip(), []).append(found.group("state"))
    for key, name in _table()["votes"].items():
        if lists.get(key):
            yield f"{name}: {', '.join(lists[key])}"
