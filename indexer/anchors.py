"""Stable ids: what a paragraph is called for good, made of what is printed and not of where it happens to stand.

``p12``, ``p12.a``, ``annex2.p5.a``; unmarked ``<section-slug>.u3``; numbering that begins again is qualified by the
section where it does. Whatever is still alike takes a short hash of its first words. Adding a paragraph therefore
changes no id outside its section.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from indexer import enumerators, layout
from indexer.segment import Unit

LONGEST_SLUG = 48
"""Characters: enough to tell sections apart, short enough for an address."""

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_PART = re.compile(r"^(\w+)(?:\s+(?:([IVXLC]{1,5})|(\d{1,2})|([A-Z]))\b)?")


def anchors(units: Sequence[Unit]) -> list[str]:
    """The anchors of ``units``, in order, no two alike."""
    slugs = _section_slugs(units)
    tops = _Tops()
    counts: Counter[str] = Counter()
    taken: set[str] = set()
    out = []
    for unit in units:
        scope = tops.scope(unit, slugs)
        if _is_numbered(unit.marker):
            anchor = _dotted(scope, _label(unit.marker, top=not unit.parents))
        else:
            place = scope if unit.parents else slugs[unit.section]
            counts[place] += 1
            anchor = _dotted(place, f"u{counts[place]}")
        anchor = _unlike(anchor, unit.text, taken)
        taken.add(anchor)
        out.append(anchor)
    return out


class _Tops:
    """Where the numbered paragraphs stand that contain the next one, and which section qualifies their numbers."""

    def __init__(self) -> None:
        self._seen_first: set[str] = set()
        self._qualifier: dict[str, str] = {}
        self._section: dict[str, tuple[str, ...]] = {}

    def scope(self, unit: Unit, slugs: dict[tuple[str, ...], str]) -> str:
        """What stands before the unit's own label: its part, its section where numbering began again, its parents."""
        part = _part_slug(unit.section)
        if not unit.parents:
            return self._begin(unit, part, slugs)
        top = unit.parents[0]
        base = _dotted(self._qualifier.get(part, part), _label(top, top=True))
        within = self._section.get(part + top, unit.section)
        if unit.section != within:
            base = _dotted(base, slug(unit.section[-1]))
        return _dotted(base, *(_label(each, top=False) for each in unit.parents[1:]))

    def _begin(self, unit: Unit, part: str, slugs: dict[tuple[str, ...], str]) -> str:
        if not _is_numbered(unit.marker):
            return slugs[unit.section]
        if not unit.marker[0].isdigit():
            self._section[part + unit.marker] = unit.section
            return slugs[unit.section]
        if unit.marker == "1":
            self._qualifier[part] = slugs[unit.section] if part in self._seen_first else part
            self._seen_first.add(part)
        self._section[part + unit.marker] = unit.section
        return self._qualifier.get(part, part)


def slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """``text`` in lower-case ASCII letters and digits with hyphens, cut at a word."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in _NOT_PLAIN.split(plain) if word]
    out = ""
    for word in words:
        if out and len(out) + 1 + len(word) > longest:
            break
        out = f"{out}-{word}" if out else word[:longest]
    return out or f"x{_hash(text)}"


def _section_slugs(units: Iterable[Unit]) -> dict[tuple[str, ...], str]:
    """A slug for each section path: its part and its last heading, with those above it where two are alike."""
    paths = list(dict.fromkeys(unit.section for unit in units))
    out = {path: _path_slug(path, 1) for path in paths}
    for depth in range(2, 8):
        times = Counter(out.values())
        for path in paths:
            if path and times[out[path]] > 1:
                out[path] = _path_slug(path, depth)
    return out


def _path_slug(path: tuple[str, ...], depth: int) -> str:
    part = _part_slug(path)
    within = [title for title in path if not layout.is_part(title)]
    return _dotted(part, *(slug(title) for title in within[-depth:]))


def _part_slug(path: tuple[str, ...]) -> str:
    """``annex2`` for a path inside "Annex II", "" outside every annex."""
    title = next((title for title in reversed(path) if layout.is_part(title)), "")
    found = _PART.match(title)
    if found is None:
        return ""
    name, roman, digits, letter = found.groups()
    number = str(enumerators.roman_value(roman)) if roman else digits or (letter or "").lower()
    return slug(name) + number


def _is_numbered(marker: str) -> bool:
    return any(char.isalnum() for char in marker)


def _label(marker: str, *, top: bool) -> str:
    plain = _NOT_PLAIN.sub("-", marker.lower()).strip("-")
    return f"p{plain}" if top and plain[:1].isdigit() else plain


def _dotted(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _unlike(anchor: str, text: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    hashed = f"{anchor}-{_hash(' '.join(text.split()[:12]))}"
    number, out = 2, hashed
    while out in taken:
        out = f"{hashed}-{number}"
        number += 1
    return out


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]
