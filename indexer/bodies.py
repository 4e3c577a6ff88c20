"""Bodies by the names that mastheads print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pilcrow.engine import symbols

SHORTEST_INSIDE = 7
"""Letters that a name has at least to be looked for inside a line: "UNSC" is too often another word's part."""


@cache
def names() -> tuple[str, ...]:
    """The names of all bodies as :func:`plain` gives them, longest first."""
    known = {plain(name) for body in symbols.bodies().values() for name in (body.name, *body.aliases)}
    return tuple(sorted((name for name in known if " " in name), key=lambda name: (-len(name), name)))


def named_by(line: str) -> tuple[str, ...]:
    """The bodies of which ``line`` is the whole name, the organ's own symbols first."""
    return _by_name().get(_key(line), ())


def named_in(text: str) -> Iterator[str]:
    """The bodies whose full names stand in ``text``, the longest name first, none inside another."""
    rest = plain(text)
    for name, prefixes in _names_inside():
        if name in rest and re.search(rf"\b{re.escape(name)}\b", rest):
            rest = rest.replace(name, "")
            yield from prefixes


def name_at_start(line: str) -> str:
    """The longest name of several words that ``line`` begins with, plain as :func:`plain` makes it; "" for none."""
    text = plain(line)
    candidates = _by_first_word().get(text.partition(" ")[0], ())
    return next((name for name in candidates if text == name or text.startswith(name + " ")), "")


def begins_name(line: str) -> bool:
    """Whether some body's name begins with the whole of ``line``."""
    return plain(line) in _beginnings()


def plain(text: str) -> str:
    """``text`` as names are compared: without case, marks of emphasis, and the kind of its apostrophes."""
    return " ".join(text.casefold().replace("'", "’").strip(" *.").split())


def _key(name: str) -> str:
    """A name as a cover may print it, which leaves out commas at the ends of its lines."""
    return plain(name).replace(",", "")


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for body in symbols.bodies().values():
        for key in {_key(name) for name in (body.name, *body.aliases)}:
            out[key] = (*out.get(key, ()), body.prefix)
    return out


@cache
def _names_inside() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for body in symbols.bodies().values():
        for name in {plain(name) for name in (body.name, *body.aliases)}:
            found[name] = (*found.get(name, ()), body.prefix)
    kept = ((name, prefixes) for name, prefixes in found.items() if len(name) >= SHORTEST_INSIDE)
    return tuple(sorted(kept, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name in names():
        first = name.partition(" ")[0]
        out[first] = (*out.get(first, ()), name)
    return out


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(name[:end] for name in names() for end in range(1, len(name) + 1))
