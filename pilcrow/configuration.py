"""Which settings count: what an option says, else the environment, else a file, else the table's default.

Names are the same everywhere and stand in :mod:`pilcrow.settings`. What cannot be used is one sentence that says where
it stands and what would be right. The environment belongs to others too, so that of its names only those are refused
that are nearly one of ours.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pilcrow.engine.connection import VARIABLE as CLUSTER
from pilcrow.engine.errors import PilcrowError
from pilcrow.settings import BY_NAME, TABLE, Row, Settings, Value

FILE = "pilcrow.toml"
CONFIG = "PILCROW_CONFIG"
PREFIX = "PILCROW_"
DEFAULT = "default"

_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_NEAR = 0.8
"""How alike two names must be (1 is the same) for one to be a slip for the other."""


class SettingError(PilcrowError):
    """A setting has a name or a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings that count, and of each where it came from, as a person would say it."""

    settings: Settings
    origins: Mapping[str, str]


def configured(
    options: Mapping[str, object], *, environment: Mapping[str, str] = os.environ, file: Path | None = None
) -> Configuration:
    """The settings that ``options`` (by name; None and () say nothing), the environment and ``file`` say together.

    Without ``file`` it is the one that the environment names, else ``pilcrow.toml`` in this folder, if there is one.
    Raises :class:`SettingError`.
    """
    from_file, path = _of_file(file, environment)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    refuse_slips(environment)
    for row in TABLE:
        for said, origin in (
            (options.get(row.name), f"option {row.option}"),
            (environment.get(row.variable) or None, row.variable),
            (from_file.get(row.name), str(path)),
        ):
            if said not in (None, ()):
                values[row.name], origins[row.name] = read(row, said, where=origin), origin
                break
    if path is not None and origins.get("index") == str(path):
        values["index"] = path.parent / values["index"]
    return Configuration(Settings(**values), {row.name: origins.get(row.name, DEFAULT) for row in TABLE})


def index_of_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The index that the file of settings names, else the table's: for commands that need no other setting."""
    said, path = _of_file(None, environment)
    row = BY_NAME["index"]
    if path is None or "index" not in said:
        return Path(str(row.default))
    return path.parent / str(read(row, said["index"], where=str(path)))


def read(row: Row, said: object, *, where: str) -> Value:
    """What ``said``, text or as TOML has it, means as a value of ``row``; raises :class:`SettingError`."""
    wrong = ""
    if row.several:
        listed = _listed(said)
        wrong = next((found for each in listed if (found := _wrong(row, each))), "")
        value: Value | None = listed
    else:
        value = _READERS[row.kind](said)
        wrong = _wrong(row, value)
    if value is None or wrong:
        raise SettingError(
            f"{where}: {row.name} cannot be “{_shown(said)}”; {wrong}{'' if wrong.endswith('?') else '.'}"
        )
    return value


def written(value: Value) -> str:
    """A value as a person would write it into the environment."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def refuse_slips(environment: Iterable[str]) -> None:
    """Raise :class:`SettingError` for a name of the environment that is nearly that of a setting."""
    known = [CONFIG, *(row.variable for row in TABLE)]
    for name in environment:
        if name.startswith(PREFIX) and name not in known and not name.startswith(CLUSTER):
            near = get_close_matches(name, known, n=1, cutoff=_NEAR)
            if near:
                raise SettingError(f"The environment has {name}, which is no setting; did you mean {near[0]}?")


def _wrong(row: Row, value: Value | None) -> str:
    """What would be right, where ``value`` is not; "" where it is."""
    if value is None:
        return _KINDS[row.kind] + _bounds(row)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = row.least, row.most
        inside = (low is None or value >= low) and (high is None or value <= high)
        return "" if inside else _KINDS[row.kind] + _bounds(row)
    if row.choices and value not in row.choices:
        near = get_close_matches(str(value), row.choices, n=1)
        return f"did you mean {near[0]}?" if near else f"it is one of {', '.join(row.choices)}"
    return row.check(str(value)) if row.check else ""


def _bounds(row: Row) -> str:
    if row.least is None and row.most is None:
        return ""
    if row.most is None:
        return f" from {row.least:g}"
    return f" from {row.least:g} to {row.most:g}"


def _of_file(file: Path | None, environment: Mapping[str, str]) -> tuple[dict[str, object], Path | None]:
    """What the file of settings says, and where it is; nothing and None where there is none."""
    named = file or Path(environment.get(CONFIG) or FILE)
    try:
        said = tomllib.loads(named.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if file is None and not environment.get(CONFIG):
            return {}, None
        raise SettingError(f"There is no file {named}; name another with --config or {CONFIG}.") from error
    except OSError as error:
        raise SettingError(f"{named} cannot be read ({error.strerror}); see to its rights.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{named} is no TOML ({error}); write each setting as name = value.") from error
    for name in said:
        if name not in BY_NAME:
            near = get_close_matches(name.replace("-", "_"), BY_NAME, n=1)
            hint = f"did you mean {near[0]}?" if near else "docs/settings.md lists them all."
            raise SettingError(f"{named} has {name}, which is no setting; {hint}")
    return said, named


def _listed(said: object) -> tuple[str, ...]:
    items = said.replace(",", " ").split() if isinstance(said, str) else said
    return tuple(map(str, items)) if isinstance(items, (list, tuple)) else (str(items),)


def _number(said: object) -> int | None:
    if isinstance(said, bool):
        return None
    try:
        return int(str(said).strip().replace("_", ""))
    except ValueError:
        return None


def _fraction(said: object) -> float | None:
    if isinstance(said, bool):
        return None
    try:
        number = float(str(said).strip())
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _answer(said: object) -> bool | None:
    word = str(said).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _text(said: object) -> str | None:
    return said.strip() if isinstance(said, str) else None


def _path(said: object) -> Path | None:
    return Path(said) if isinstance(said, (str, Path)) and str(said) else None


_READERS: Mapping[type, Any] = {int: _number, float: _fraction, bool: _answer, str: _text, Path: _path}
_KINDS: Mapping[type, str] = {
    int: "it takes a whole number",
    float: "it takes a number",
    bool: "it takes yes or no",
    str: "it takes text in quotes",
    Path: "it takes the name of a directory",
    tuple: "it takes a list",
}


def _shown(said: object) -> str:
    text = written(said) if isinstance(said, (str, int, float, tuple, Path)) else str(said)
    return text if len(text) <= 60 else f"{text[:60]}…"


def rows(configuration: Configuration) -> Iterator[tuple[Row, str, str]]:
    """Each setting with its value as written and where it came from, in the order of the table."""
    for row in TABLE:
        value: Value = getattr(configuration.settings, row.name)
        yield row, written(value), configuration.origins[row.name]
