"""``docs/settings.md``, made from the table: ``python -m pilcrow.cli.settings_reference > docs/settings.md``.

A test compares the file with what this makes, so that no setting is without its line there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from pilcrow.configuration import written
from pilcrow.settings import TABLE, Row

_HEAD = """# Settings

What a site can be told. This file is made from the table in `pilcrow/settings.py`, by
`python -m pilcrow.cli.settings_reference > docs/settings.md`. How to run a site is said in [serving](serving.md).

A setting has one name in three places, and the first that says something counts:

1. an option of `pilcrow serve`: `--base-url https://search.example.org`
2. the environment: `PILCROW_BASE_URL=https://search.example.org`
3. the file `pilcrow.toml` in the folder where the command is run, or the one that `--config` or `PILCROW_CONFIG` names:
   `base_url = "https://search.example.org"`

`pilcrow info` prints each setting with its value and where that came from. A value that cannot be used, and a name that
is nearly that of a setting, is refused with a sentence. Yes and no are `yes`, `no`, `on`, `off`, `1` and `0` too (in
the file `true` and `false`); lists are separated by commas or spaces in the environment, and are lists in the file; an
option of a list is repeated. A relative `index` in the file starts at the folder of the file.

Where a cluster of OpenSearch is, and who asks it, is said by `PILCROW_OPENSEARCH_URL` and its like: see
[the commands](commands.md).
"""


def reference() -> str:
    """The whole file."""
    return "\n".join([_HEAD, *_sections()]).rstrip() + "\n"


def _sections() -> Iterator[str]:
    for group, rows in groupby(TABLE, key=lambda row: row.group):
        yield f"## {group}\n"
        yield "| name | value | default | unit | meaning |\n| --- | --- | --- | --- | --- |"
        yield from (_line(row) for row in rows)
        yield ""


def _line(row: Row) -> str:
    default = f"`{written(row.default)}`" if row.default not in ("", ()) else "none"
    return f"| `{row.name}` | {_values(row)} | {default} | {row.unit or '-'} | {row.meaning} |"


def _values(row: Row) -> str:
    if row.choices:
        return ", ".join(f"`{each}`" for each in row.choices)
    if row.several:
        return "list"
    kind = {int: "whole number", float: "number", bool: "yes or no"}.get(row.kind, "text")
    low = f" from {row.least:g}" if row.least is not None else ""
    high = f" to {row.most:g}" if row.most is not None else ""
    return f"{kind}{low}{high}"


if __name__ == "__main__":
    sys.stdout.write(reference())
