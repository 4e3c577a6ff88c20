"""The bodies that a line names: whole, at its beginning, or inside a title, by any of the names that they go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pilcrow.engine import symbols


@cache
def names() -> tuple[str, ...]:
    """The names of all bodies as :func:`plain` gives them, longest first."""
    known = {plain(name) for body in symbols.bodies().values() for name in (body.name, *body.aliases)}
    return tuple(sorted((name for name in known if " " in name), key=lambda name: (-len(name), name)))


def named_by(line: str) -> Iterator[str]:
    """The bodies of which ``line`` is the whole name."""
    whole = plain(line)
    for body in symbols.bodies().values():
        if whole in {plain(name) for name in (body.name, *body.aliases)}:
            yield body.prefix


def named_in(text: str) -> Iterator[str]:
    """The bodies whose full names stand in ``text``, the longest name first, none inside another."""
    rest = plain(text)
    known = [(plain(name), body.prefix) for body in symbols.bodies().values() for name in (body.name, *body.aliases)]
    for name, prefix in sorted(known, key=lambda pair: -len(pair[0])):
        if len(name) > 6 and re.search(rf"\b{re.escape(name)}\b", rest):
            rest = rest.replace(name, "")
            yield prefix


def plain(text: str) -> str:
    """``text`` as names are compared: without case, marks of emphasis, and the kind of its apostrophes."""
    return " ".join(text.casefold().replace("'", "’").strip(" *.").split())
