"""``docs/commands.md``, made from the commands themselves: ``python -m pilcrow.cli.reference > docs/commands.md``.

A test compares the file with what this makes, so that no option is without its line there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc

import click

from pilcrow.cli import cli

_HEAD = """# The commands

Every command and option of `pilcrow`. This file is made from them, by
`python -m pilcrow.cli.reference > docs/commands.md`. What may stand in a query is said in
[the query language](query-language.md).

Exit status: 0 found (or done), 1 nothing found (of `index`: done, but some files were refused), 2 an error, said in one
line on stderr with what to do about it, 130 interrupted. Results are written to stdout, remarks to stderr.

On a terminal, results are coloured, wrapped and paged as git does it (`PAGER`, `LESS`; `PAGER=cat` for no pager);
`NO_COLOR` is honoured. In a pipe they are plain, a line each however long.

| variable | meaning |
| --- | --- |
| `PILCROW_INDEX` | the index, where `--index` is not given |
| `PILCROW_CONFIG` | the file of settings, where `--config` is not given |
| `PILCROW_HOST` and its like | what an option of `serve` says otherwise: see [settings](settings.md) |
| `PILCROW_OPENSEARCH_URL` | nodes of a cluster, with commas between, without `--url`; searches ask there too |
| `PILCROW_OPENSEARCH_USER`, `_PASSWORD` | who asks the cluster |
| `PILCROW_OPENSEARCH_CA` | the certificate of the authority that signed the cluster's |
| `PILCROW_OPENSEARCH_TIMEOUT` | how many seconds an answer of the cluster may take (else 30) |
| `PILCROW_OPENSEARCH_SHARDS`, `_REPLICAS`, `_PREFIX` | how an index is to lie there, without such an option |
| `PAGER`, `LESS` | the pager and its options, `less` and `FRX` where not set |
| `NO_COLOR` | set to anything: no colours |
"""


def reference() -> str:
    """The whole file."""
    return "\n".join([_HEAD, *_sections(cli, click.Context(cli, info_name="pilcrow"))]).rstrip() + "\n"


def _sections(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        below = click.Context(command, info_name=name, parent=context)
        yield from _section(command, below)
        if isinstance(command, click.Group):
            yield from _sections(command, below)


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f"## {context.command_path}\n"
    yield f"    {usage}\n"
    paragraphs = cleandoc(command.help or "").split("\n\n")
    yield "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [record for record in records if record is not None and record[1]]
    if rows:
        yield "| option | meaning |\n| --- | --- |"
        yield from (f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in rows)
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
