"""``corpus/catalogue.toml``: what a document does not say of itself, field by field, said by a person who knows.

An entry is a table named after the file. The catalogue's word goes before the document's, and the fields that came
from it are named in the document (``catalogued``), so that nobody takes them for printed.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.language import SCRIPTS, SMALL_WORDS
from indexer.sessions import make_session
from pilcrow.engine import dates, symbols
from pilcrow.engine.errors import CatalogueError, DateError, SymbolError
from pilcrow.engine.model import AgendaItem, Session

FIELDS = (
    "symbols", "title", "date", "date_kind", "body", "type", "language", "original_language", "place", "sessions",
    "agenda",
)  # fmt: skip
"""What an entry may say."""

_SESSION_FIELDS = ("body", "number", "start", "end")
_DATE_KINDS = ("distribution", "adoption", "meeting")
_LANGUAGES = (*SMALL_WORDS, *(code for code, _ in SCRIPTS))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one file: the fields of :class:`pilcrow.engine.model.Document` to put in place."""

    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries, by file name."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """The entry for the file of that name, an empty one where there is none."""
        return self.entries.get(name, Entry())


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue in the file ``path``, empty where there is no such file; raises :class:`CatalogueError`."""
    if not path.exists():
        return Catalogue()
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}): make it a UTF-8 file that may be read.") from error


def parse(text: str, name: str = "catalogue.toml") -> Catalogue:
    """The catalogue that ``text`` says; ``name`` is named in errors. Raises :class:`CatalogueError`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name} is no TOML ({error}): correct it there.") from error
    return Catalogue({file: Entry(_Reader(text, name, file).entry(said)) for file, said in table.items()})


class _Reader:
    """Reads one entry, and says where in the file something is wrong with it."""

    def __init__(self, text: str, name: str, file: str) -> None:
        self._lines = text.splitlines()
        self._name = name
        self._file = file

    def entry(self, said: object) -> dict[str, Any]:
        if not isinstance(said, dict):
            raise self._error("", f'is no table: write ["{self._file}"] and the fields below it')
        out: dict[str, Any] = {}
        for key, value in said.items():
            if key not in FIELDS:
                near = difflib.get_close_matches(key, FIELDS, n=1)
                hint = f"did you mean {near[0]}" if near else f"known are {', '.join(FIELDS)}"
                raise self._error(key, f"is no field of an entry: {hint}")
            out[key] = self._value(key, value)
        return out

    def _value(self, key: str, value: object) -> object:
        if key == "symbols":
            return tuple(self._symbol(each) for each in self._strings(key, value))
        if key == "agenda":
            return tuple(AgendaItem(number=each) for each in self._strings(key, value))
        if key == "sessions":
            return tuple(self._session(each) for each in self._tables(key, value))
        text = self._string(key, value)
        if key == "date":
            return self._date(key, text)
        allowed = {"date_kind": _DATE_KINDS, "language": _LANGUAGES, "original_language": _LANGUAGES}
        allowed |= {"type": symbols.types(), "body": tuple(symbols.bodies())}
        if key in allowed and text not in allowed[key]:
            near = difflib.get_close_matches(text, allowed[key], n=3) or list(allowed[key])[:6]
            raise self._error(key, f"cannot be “{text}”: use one such as {', '.join(near)}")
        return text

    def _string(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._error(key, "must be a string that is not empty: put it in quotation marks")
        return value

    def _strings(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not value:
            raise self._error(key, "must be a list of strings: put them in square brackets")
        return [self._string(key, each) for each in value]

    def _tables(self, key: str, value: object) -> list[dict[str, object]]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._error(key, "must be a list of tables: write [{ body = ..., number = ... }]")
        return list(value)

    def _symbol(self, text: str) -> str:
        try:
            return str(symbols.parse(text))
        except SymbolError as error:
            raise self._error("symbols", f"has a value that cannot be used: {error}") from error

    def _date(self, key: str, text: str) -> str:
        try:
            return dates.parse(text)
        except DateError as error:
            raise self._error(key, f"cannot be used: {error}") from error

    def _session(self, said: dict[str, object]) -> Session:
        unknown = sorted(set(said) - set(_SESSION_FIELDS))
        if unknown:
            raise self._error("sessions", f"has the unknown key {unknown[0]}: known are {', '.join(_SESSION_FIELDS)}")
        number = said.get("number")
        if number is not None and not isinstance(number, int):
            raise self._error("sessions", "has a number that is none: write it without quotation marks")
        body = self._string("sessions", said.get("body"))
        if body not in symbols.bodies():
            raise self._error(
                "sessions", f"names the unknown body “{body}”: use the prefix of its symbols, such as A or CTOC/COP"
            )
        start, end = (self._date("sessions", str(said[key])) if key in said else "" for key in ("start", "end"))
        session = make_session(body, number=number, start=start, end=end or start)
        if session is None:
            raise self._error("sessions", "needs a number or a start")
        return session

    def _error(self, key: str, what: str) -> CatalogueError:
        subject = f"“{key}”" if key else "the entry"
        return CatalogueError(f"{self._name}, line {self._line(key)}: {subject} of “{self._file}” {what}.")

    def _line(self, key: str) -> int:
        """The line of the key within the entry, or of the entry."""
        start = next((at for at, line in enumerate(self._lines) if self._file in line), 0)
        for at in range(start, len(self._lines)):
            if key and self._lines[at].split("=")[0].strip() == key:
                return at + 1
        return start + 1
