"""The columns of an index that matches and counts by itself, and what of a paragraph stands in each.

- Each text field by its key: the index terms of its values, with positions that leave gaps between values
  (:mod:`pilcrow.engine.places`); :func:`forms_of` a text field: the forms, without positions.
- Each key field by its key: the unqualified keys; :func:`qualified_of` one that has qualified keys: those, and
  :func:`any_of` it once more the few that are qualified keys of ``ANY``, because they are counted with each page.
- :func:`set_of` each facet in which the paragraphs of a document may differ: the number of the set of its unqualified
  keys that the paragraph has, one of :attr:`pilcrow.engine.tables.Tables.sets` where the facet has such: what an engine
  counts fastest. Of the others the document's number tells as much.
- ``ID``, and numbers: ``NUMBER`` of the paragraph, rising in the order of the index; ``DOCUMENT_NUMBER`` of its
  document; ``FIRST_DAY`` and ``LAST_DAY`` of the document's date, absent where it has none; ``NEWEST`` and ``OLDEST``,
  by which those orders rise.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pilcrow.engine.fields import ANY, BY_KEY, KEY_FIELDS, TEXT_FIELDS, Field, is_qualified
from pilcrow.engine.tables import IN_SETS, Row, Tables

ID = "id"
NUMBER = "number"
DOCUMENT_NUMBER = "document_number"
FIRST_DAY = "first_day"
LAST_DAY = "last_day"
NEWEST = "newest"
OLDEST = "oldest"


def forms_of(text_field: str) -> str:
    """The column of the forms of a text field."""
    return f"{text_field}_forms"


def qualified_of(key_field: str) -> str:
    """The column of the qualified keys of a key field."""
    return f"{key_field}_qualified"


def any_of(key_field: str) -> str:
    """The column of those qualified keys of a key field that are of any value ("any@note")."""
    return f"{key_field}_any"


def set_of(facet: str) -> str:
    """The column of the numbers of a facet's sets of keys."""
    return f"{facet}_set"


def sizes(tables: Tables) -> dict[str, int]:
    """How many values each column has that is counted."""
    found = {column: len(tables.keys[field.key]) for field in KEY_FIELDS for column in _columns_of(field)}
    found |= {set_of(facet): len(tables.sets[facet]) for facet in IN_SETS if facet in tables.sets}
    return found | {DOCUMENT_NUMBER: len(tables.documents)}


TERM_COLUMNS = tuple(field.key for field in TEXT_FIELDS)
FORM_COLUMNS = tuple(forms_of(field.key) for field in TEXT_FIELDS)


def _columns_of(field: Field) -> tuple[str, ...]:
    return (field.key, qualified_of(field.key), any_of(field.key)) if field.qualified else (field.key,)


KEY_COLUMNS = tuple(column for field in KEY_FIELDS for column in _columns_of(field))
SET_COLUMNS = tuple(map(set_of, IN_SETS))
NUMBER_COLUMNS = (NUMBER, DOCUMENT_NUMBER, FIRST_DAY, LAST_DAY, NEWEST, OLDEST)

_ANY = f"{ANY}@"
_LAST_DAY = datetime.date.max.toordinal()
_ROOM = 1 << 40
"""More than there are paragraphs: what parts days in a number that orders by day and then by paragraph."""


def key_column(field: str, key: str) -> str:
    """The column in which a key of a key field stands."""
    return qualified_of(field) if is_qualified(BY_KEY[field], key) else field


def is_of_any(field: str, key: str) -> bool:
    """Whether ``key`` of a key field is a qualified key of any value."""
    return key.startswith(_ANY) and is_qualified(BY_KEY[field], key)


def day_number(iso: str) -> int:
    """A day as it stands in the columns of days."""
    return datetime.date.fromisoformat(iso).toordinal()


def keys_of(row: Row) -> dict[str, Sequence[str]]:
    """The keys of a paragraph in each column that has any."""
    found: dict[str, Sequence[str]] = {}
    for field, keys in row.keys.items():
        found |= _by_column(field, keys) if BY_KEY[field].qualified else {field: keys}
    return found


@lru_cache(maxsize=4096)
def _by_column(field: str, keys: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """The ``keys`` of a field that has qualified ones, by the columns in which they stand."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key_column(field, key), []).append(key)
        if is_of_any(field, key):
            found.setdefault(any_of(field), []).append(key)
    return found


def numbers_of(row: Row) -> dict[str, int]:
    """The numbers of a paragraph; unknown dates come last in either order."""
    days = _numbers_of_days(row.days)
    number = row.number
    return {
        **days,
        NUMBER: number,
        DOCUMENT_NUMBER: row.document_number,
        NEWEST: days[NEWEST] + number,
        OLDEST: days[OLDEST] + number,
    }


def sets_of(row: Row) -> dict[str, int]:
    """The numbers of a paragraph in the columns of sets."""
    return dict(zip(SET_COLUMNS, row.sets.values(), strict=True))


@lru_cache(maxsize=64)
def _numbers_of_days(days: tuple[str, str]) -> Mapping[str, int]:
    """The numbers that a paragraph has of its document's date, once for all of them."""
    if not days[0]:
        return {NEWEST: (_LAST_DAY + 1) * _ROOM, OLDEST: (_LAST_DAY + 1) * _ROOM}
    first, last = map(day_number, days)
    return {FIRST_DAY: first, LAST_DAY: last, NEWEST: (_LAST_DAY - first) * _ROOM, OLDEST: first * _ROOM}


def joined(values: Sequence[Sequence[str]]) -> str:
    """Words of all values in one string with spaces, for a column without positions."""
    return " ".join(map(" ".join, values))
