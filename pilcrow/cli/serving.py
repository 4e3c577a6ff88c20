"""``pilcrow serve``: the pages and the API on a port of this machine. Its options are the table of settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pilcrow.cli.options import config_option
from pilcrow.configuration import configured, written
from pilcrow.settings import TABLE, Row

F = TypeVar("F", bound=Callable[..., Any])


def settings_options(function: F) -> F:
    """An option for each row of the table."""
    for row in reversed(TABLE):
        function = _option(row)(function)
    return function


def _option(row: Row) -> Callable[[F], F]:
    """The option of one setting; where it is not given, the environment, the file or the table says."""
    unit = f", in {row.unit}" if row.unit else ""
    more: dict[str, Any] = {
        "default": None,
        "show_default": written(row.default) or "none",
        "help": f"{row.meaning.rstrip('.')}{unit}.",
        "multiple": row.several,
    }
    if row.several:
        more |= {"default": (), "metavar": "TEXT", "help": f"{row.meaning.rstrip('.')}; may be repeated."}
    names = [row.option]
    if row.kind is bool:
        names = [f"{row.option}/--no-{row.option.removeprefix('--')}"]
    else:
        more["type"] = _type(row)
    if row.kind is Path:
        more["metavar"] = "DIR"
    return click.option(*names, row.name, **more)


def _type(row: Row) -> click.ParamType[Any]:
    if row.choices:
        return click.Choice(row.choices)
    if row.kind is int:
        return click.IntRange(_whole(row.least), _whole(row.most))
    if row.kind is float:
        return click.FloatRange(row.least, row.most)
    return click.Path(path_type=Path) if row.kind is Path else click.STRING


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


@click.command(short_help="Serve the search page.")
@settings_options
@config_option
def serve(*, config: Path | None, **options: object) -> None:
    """Serve the search page and its JSON until interrupted; a newly built index is taken up without a restart.

    Each option can be set in the environment too (--base-url as PILCROW_BASE_URL) and in the file pilcrow.toml
    (base_url = "..."); an option goes before the environment, and that before the file.
    """
    from pilcrow.engine.generations import check_version, read_manifest
    from webui.serve import serve as run

    settings = configured(options, file=config).settings
    check_version(read_manifest(settings.index), settings.index)
    run(settings, say=click.echo)
