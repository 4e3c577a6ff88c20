"""``pilcrow completion``: the script that lets a shell complete commands, options and the values of facets."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_HOW = {
    "bash": 'eval "$(pilcrow completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(pilcrow completion zsh)" in ~/.zshrc',
    "fish": "pilcrow completion fish > ~/.config/fish/completions/pilcrow.fish",
}


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(tuple(_HOW)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and values of facets in SHELL.

    Put this line where the shell reads it: eval "$(pilcrow completion bash)" in ~/.bashrc (zsh: ~/.zshrc); for fish,
    pilcrow completion fish > ~/.config/fish/completions/pilcrow.fish.
    """
    made_by = get_completion_class(shell)
    if made_by is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(made_by(context.find_root().command, {}, "pilcrow", "_PILCROW_COMPLETE").source())
