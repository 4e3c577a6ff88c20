"""``-word`` in a query at the prompt: excluded, as it is in the search box, and not taken for an option."""

from __future__ import annotations

from collections.abc import Sequence

import click


class QueryCommand(click.Command):
    """A command whose arguments are a query: what begins with one hyphen is a word that is excluded.

    A hyphen and one letter stays what it is elsewhere, a short option, so that ``-n`` of another program is met with a
    sentence and does not quietly become part of the question.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``args``; see :class:`click.Command`."""
        takes_value = {
            name for each in self.params if isinstance(each, click.Option) and not each.is_flag for name in each.opts
        }
        return super().parse_args(ctx, words_last(args, takes_value))


def words_last(args: Sequence[str], takes_value: set[str]) -> list[str]:
    """``args`` with its words after ``--`` where one of them is an exclusion, all in the order in which they stand.

    ``takes_value`` are the options that are followed by a value, which is no word whatever it begins with.
    """
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for each in rest:
        if each == "--":
            words += rest
        elif each in takes_value:
            options += [each, *(value for value in [next(rest, None)] if value is not None)]
        elif each.startswith("--") or (each.startswith("-") and not _is_exclusion(each)):
            options.append(each)
        else:
            words.append(each)
    return [*options, "--", *words] if any(map(_is_exclusion, words)) else list(args)


def _is_exclusion(argument: str) -> bool:
    return argument.startswith("-") and len(argument) > 2 and argument[1] != "-"
