"""The options that commands share; those of the facets are made from the table of fields, and from nothing else.

An option of a facet gives a parameter of a request, exactly as an address of the page does: ``--state Belarus`` is
``state=Belarus``, ``--not-state`` is ``not-state=``, ``--all-state`` is ``all-state=1``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from pilcrow.engine.adapters import REMOTE
from pilcrow.engine.contract import SORTS
from pilcrow.engine.errors import PilcrowError
from pilcrow.engine.fields import FACETS, Field
from pilcrow.search.request import ROLES, UNITS, WHERES

F = TypeVar("F", bound=Callable[..., Any])
Params = list[tuple[str, str]]

_PLACEHOLDERS = {
    "state": "NAME",
    "date": "DATES",
    "symbol": "SYMBOL",
    "language": "LANG",
}
_HELP = {"date": "year, month, day, or a range such as 2009..2013-06, 2010.. or ..2009"}
"""Where a value is written otherwise as an option than in a query."""

_OFFERED = 50


def index_option(function: F) -> F:
    """``--index DIR``."""
    return click.option(
        "--index",
        type=click.Path(path_type=Path),
        default=_index_of_file,
        show_default="index",
        envvar="PILCROW_INDEX",
        show_envvar=True,
        metavar="DIR",
        help="The index to read (or to build).",
    )(function)


def _index_of_file() -> Path:
    """The index that pilcrow.toml names, so that all commands read the one that is served; else ``index``."""
    from pilcrow.configuration import index_of_file

    return index_of_file()


def config_option(function: F) -> F:
    """``--config FILE``."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        envvar="PILCROW_CONFIG",
        show_envvar=True,
        metavar="FILE",
        help="The file of settings; else pilcrow.toml in this folder, if it is there.",
    )(function)


def cluster_options(function: F) -> F:
    """How to reach the cluster of ``--engine opensearch``, and how an index is to lie there."""
    options = (
        click.option("--url", multiple=True, metavar="URL", help="A node of the cluster; may be repeated."),
        click.option("--user", metavar="NAME", help="Who asks."),
        click.option(
            "--password-file",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE",
            help="A file with the password on its first line.",
        ),
        click.option("--ca", metavar="FILE", help="The certificate of the authority that signed the cluster's."),
        click.option("--timeout", type=click.FloatRange(min=1), metavar="SECONDS", help="How long to wait for it."),
        click.option("--shards", type=click.IntRange(min=1), help="In how many parts the index lies; else 3."),
        click.option("--replicas", type=click.IntRange(min=0), help="How many copies each part has besides; else 1."),
        click.option("--prefix", metavar="NAME", help="What the index's name begins with there; else pilcrow."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def cluster_settings(engine: str, given: dict[str, Any]) -> dict[str, object]:
    """What the ``given`` options of :func:`cluster_options` say of a connection.

    Raises :class:`PilcrowError` where they are for an ``engine`` that has no cluster.
    """
    said = {name: value for name, value in given.items() if value not in (None, ())}
    if said and engine != REMOTE:
        option = next(iter(said)).replace("_", "-")
        raise PilcrowError(f"--{option} is for an index on a cluster; add --engine {REMOTE}, or leave it out.")
    file = said.pop("password_file", None)
    if file is not None:
        said["password"] = _first_line(file)
    return said


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise PilcrowError(f"{file} holds no text in UTF-8; put the password on its first line.") from error


def facet_options(function: F) -> F:
    """For each facet ``--X`` and ``--not-X``, and ``--all-X`` where one paragraph may have several values."""
    for field in reversed(FACETS):
        for option in reversed(tuple(_options(field))):
            function = option(function)
    return function


def request_options(function: F) -> F:
    """What else narrows or reads a query in another way."""
    options = (
        click.option("--state-in", type=click.Choice(WHERES), help="States cited there only."),
        click.option("--state-role", type=click.Choice(ROLES), help="States in this role only."),
        click.option("--all", "all_words", is_flag=True, help="Require every plain word of the query."),
        click.option(
            "--count",
            "unit",
            type=click.Choice([_plural(unit) for unit in UNITS]),
            default=_plural(UNITS[0]),
            show_default=True,
            help="What the facets count.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def sort_option(function: F) -> F:
    """``--sort``."""
    return click.option(
        "--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="The order of the paragraphs."
    )(function)


def by_option(function: F) -> F:
    """``--by``."""
    return click.option(
        "--by",
        type=click.Choice(UNITS),
        default=None,
        help="List paragraphs, or documents with their best; facets count the same.  [default: paragraph]",
    )(function)


def request_params(query: str, given: dict[str, Any]) -> Params:
    """The parameters of a request that the ``given`` options and ``query`` say; other options are left alone."""
    params: Params = [("q", query)] if query else []
    for field in FACETS:
        for name in (field.key, f"not-{field.key}"):
            params += [(name, value) for value in given.get(name.replace("-", "_"), ())]
        if given.get(f"all_{field.key}"):
            params.append((f"all-{field.key}", "1"))
    plain = {"state-in": "state_in", "state-role": "state_role", "sort": "sort"}
    params += [(name, given[option]) for name, option in plain.items() if given.get(option)]
    if given.get("all_words"):
        params.append(("all", "1"))
    unit = given.get("by") or next((unit for unit in UNITS if given.get("unit") == _plural(unit)), UNITS[0])
    params += [("unit", unit)] if unit != UNITS[0] else []
    return params


def option_names(field: Field) -> tuple[str, ...]:
    """The options of a facet, as they are typed."""
    names = (f"--{field.key}", f"--not-{field.key}")
    return (*names, f"--all-{field.key}") if field.multiple else names


def _plural(unit: str) -> str:
    return f"{unit}s"


def _options(field: Field) -> Iterator[Callable[[F], F]]:
    placeholder = _PLACEHOLDERS.get(field.key, "VALUE")
    complete = _values_of(field)
    include, exclude, *all_of = option_names(field)
    help_text = f"{field.label}: {_HELP.get(field.key, field.help).rstrip('.')}."
    yield click.option(include, field.key, multiple=True, metavar=placeholder, help=help_text, shell_complete=complete)
    yield click.option(
        exclude,
        f"not_{field.key}",
        multiple=True,
        metavar=placeholder,
        help="Without these.",
        shell_complete=complete,
    )
    for name in all_of:
        yield click.option(name, f"all_{field.key}", is_flag=True, help=f"All of the given --{field.key}, not any.")


def _values_of(field: Field) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What completes the facet's values: the keys and labels that the index has and that begin as typed."""

    def complete(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
        from pilcrow import open_index

        folded = typed.casefold()
        try:
            with open_index(context.params.get("index") or Path("index")) as reader:
                labels = dict(reader.labels(field.key))
        except PilcrowError:
            return []
        by_name = field.key in ("state", "pillar")
        offered = ((label, key) if by_name and key.isalpha() else (key, label) for key, label in labels.items())
        found = sorted((value, note) for value, note in offered if value.casefold().startswith(folded))
        return [CompletionItem(value, help=note) for value, note in found[:_OFFERED]]

    return complete
