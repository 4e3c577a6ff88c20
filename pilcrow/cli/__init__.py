"""The command ``pilcrow``: thin commands over the three rooms, and the one place that speaks of exit statuses.

0 means found (or done), 1 that nothing was found (or, of an index, that some files were refused), 2 an error, said in
one line on stderr with what to do about it, and 130 that it was interrupted. A command's module is imported when that
command is asked for, and imports what it needs inside its functions: an answer from cold is due in half a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from types import TracebackType
from typing import NoReturn

import click

from pilcrow import __version__
from pilcrow.cli import terminal
from pilcrow.cli.exclusions import QueryCommand
from pilcrow.cli.status import ERROR, INTERRUPTED, sentence
from pilcrow.engine.errors import PilcrowError

COMMANDS = {
    "index": "indexing",
    "parse": "indexing",
    "search": "searching",
    "facets": "searching",
    "table": "tabling",
    "show": "showing",
    "serve": "serving",
    "info": "indexing",
    "evaluate": "evaluate",
    "completion": "completion",
}
"""Every command and its module, in the order in which the help lists them."""


class _PipeClosedError(Exception):
    """The reader of the pipe (head, less) has enough, which is no failure."""


class _Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"pilcrow.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # Click would end with 1, which says that nothing was found.
            raise _PipeClosedError from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"There is no command {args[0]}{f'; did you mean {near[0]}?' if near else ''}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="pilcrow %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find the paragraph: full-text search with facets for United Nations documents."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its status."""
    sys.excepthook = _crashed
    try:
        status = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="pilcrow", standalone_mode=False
        )
        sys.stdout.flush()
    except click.exceptions.Exit as stopped:
        status = stopped.exit_code
    except click.ClickException as error:
        status = _failed(_usage(error))
    except PilcrowError as error:
        status = _failed(sentence(str(error), getattr(error, "suggestion", "")))
    except (KeyboardInterrupt, click.Abort):
        status = _interrupted()
    except (_PipeClosedError, BrokenPipeError):
        # What Python still holds for the pipe would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        status = _failed(f"{error.filename or 'a file'} cannot be used: {error.strerror or error}; see to that first.")
    sys.exit(status if isinstance(status, int) else 0)


def _usage(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "pilcrow"
    asks = context is not None and isinstance(context.command, QueryCommand)
    if asks and isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--"):
        return f"{message}; a word of one letter is excluded after --: {path} -- {error.option_name}."
    return f"{message} See {path} --help." if message.endswith("?") else f"{message}; see {path} --help."


def _failed(message: str) -> int:
    terminal.say(f"pilcrow: {sentence(message)}")
    return ERROR


def _interrupted() -> int:
    sys.stderr.write("pilcrow: interrupted; nothing was left half done.\n")
    return INTERRUPTED


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End with the status of an error where Python would end with 1, which says that nothing was found."""
    sys.__excepthook__(kind, error, trace)
    _failed("this is a mistake in Pilcrow itself; please report it with the lines above and what you typed.")
    sys.stderr.flush()
    os._exit(ERROR)
