"""The command as a whole: statuses, pipes, interrupts, imports, completion, and its documentation."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pilcrow import __version__
from pilcrow.cli import COMMANDS, cli, searching
from pilcrow.cli.options import option_names
from pilcrow.cli.reference import reference
from pilcrow.engine.fields import FACETS
from tests.cli.conftest import PILCROW, Run
from tests.conftest import ROOT

SLOW = {"nltk", "whoosh", "flask", "rich", "bs4", "multiprocessing"}


def loaded(index: Path, *arguments: str) -> set[str]:
    """Which of the slow modules a command imported."""
    code = (
        "import sys\nfrom pilcrow.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    sys.stderr.write(' '.join(set(sys.modules)))"
    )
    environment = {**os.environ, "PILCROW_INDEX": str(index)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return SLOW & set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("--version",), set()),
        (("--help",), set()),
        (("search", "--help"), set()),
        (("search", "victim protection"), {"whoosh"}),
        (("facets", "state", "victims"), {"whoosh"}),
        (("show", "CTOC/COP/WG.4/2013/5"), {"whoosh"}),
        (("info",), set()),
    ],
)
def test_a_command_imports_nothing_slow_that_it_does_not_need(
    index: Path, arguments: tuple[str, ...], allowed: set[str]
) -> None:
    assert loaded(index, *arguments) <= allowed


def test_the_installed_command_says_its_version() -> None:
    command = [str(Path(sys.executable).with_name("pilcrow")), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"pilcrow {__version__}\n"


def test_a_reader_that_has_enough_ends_the_command_quietly(index: Path) -> None:
    command = f"{shlex.join(PILCROW)} search --format jsonl | head -n 1 | wc -l; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PILCROW_INDEX": str(index)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout.split(), done.stderr) == (["1", "0"], "")


def test_an_interrupt_is_status_130_and_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.build.build", interrupted)
    done = run("index", "corpus")
    said = "pilcrow: Stopped before a file was read. Run the same command to start again.\n"
    assert (done.status, done.err) == (130, said)


def test_a_mistake_in_pilcrow_is_never_taken_for_nothing_found(index: Path) -> None:
    """Python ends with 1 after an exception that nobody caught, which would say that nothing was found."""
    code = (
        "import pilcrow.cli.searching, pilcrow.search.service\n"
        "pilcrow.search.service.run = None\n"
        "from pilcrow.cli import main\nmain()"
    )
    environment = {**os.environ, "PILCROW_INDEX": str(index)}
    command = [sys.executable, "-c", code, "search", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert done.stderr.endswith(
        "pilcrow: this is a mistake in Pilcrow itself; please report it with the lines above and what you typed.\n"
    )


def test_a_file_that_cannot_be_used_is_an_error_in_one_line(run: Run, tmp_path: Path) -> None:
    done = run("parse", str(tmp_path))
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_a_mistyped_command_is_met_with_the_nearest_one(run: Run) -> None:
    done = run("serch", "x")
    assert (done.status, done.err) == (
        2,
        "pilcrow: There is no command serch; did you mean search? See pilcrow --help.\n",
    )


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        (("-child",), "-child"),
        (("victims", "-child", "protection"), "victims -child protection"),
        (("-child", "--limit", "3", "victims"), "-child victims"),
        (("victims", "-(child OR labour)"), "victims -(child OR labour)"),
        (("victims", '-"labour inspection"'), 'victims -"labour inspection"'),
        (("--", "victims", "-c"), "victims -c"),
        (("--not-session=2010", "-child"), "-child"),
    ],
)
def test_what_begins_with_a_hyphen_is_excluded_and_taken_for_no_option(
    run: Run, typed: tuple[str, ...], query: str
) -> None:
    for arguments in (("search", *typed), ("search", *typed, "--format", "json")):
        before_dashes = arguments if "--" not in typed else ("search", "--format", "json", *typed)
        done = run(*before_dashes)
        assert done.status == 0
    assert json.loads(done.out)["query"] == query
    assert run("facets", "pillar", *typed).status == 0


def test_a_value_of_an_option_is_no_exclusion_whatever_it_begins_with(run: Run) -> None:
    done = run("search", "victims", "--state", "-child")
    assert (done.status, done.out) == (2, "")
    assert "“-child”" in done.err


def test_a_short_option_that_there_is_not_stays_an_error(run: Run) -> None:
    done = run("search", "victims", "-n")
    assert (done.status, done.err) == (
        2,
        "pilcrow: No such option '-n'; a word of one letter is excluded after --: pilcrow search -- -n.\n",
    )
    assert run("search", "victims", "-h").status == 0
    assert run("show", "-n").err == "pilcrow: No such option '-n'; see pilcrow show --help.\n"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    done = run()
    assert done.status == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", done.out, flags=re.MULTILINE)


def test_every_facet_has_its_options_in_search_and_in_facets() -> None:
    for command in (searching.search, searching.facets):
        given = {name for parameter in command.params for name in parameter.opts}
        assert {name for facet in FACETS for name in option_names(facet)} <= given


def test_every_command_and_option_is_documented_and_the_document_is_current() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m pilcrow.cli.reference > docs/commands.md"
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert f"\n## pilcrow {name}\n" in written
        below = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        for parameter in (parameter for each in below for parameter in each.params):
            assert not isinstance(parameter, click.Option) or f"| `{parameter.opts[0]}" in written


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_that_asks_pilcrow(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.status == 0
    assert "_PILCROW_COMPLETE" in done.out
    assert "pilcrow" in done.out


def test_the_completion_script_of_bash_is_one_that_bash_takes(run: Run) -> None:
    script = run("completion", "bash").out
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pilcrow sea", "plain,search"),
        ("pilcrow search --not-pil", "plain,--not-pillar"),
        ("pilcrow search --state Belar", "plain,Belarus"),
        ("pilcrow search --symbol CTOC", "plain,CTOC/COP/WG.4/2013/5"),
        ("pilcrow search --sort new", "plain,newest"),
        ("pilcrow facets ses", "plain,session"),
    ],
)
def test_commands_options_and_values_of_facets_are_completed(index: Path, words: str, expected: str) -> None:
    asked = {"_PILCROW_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    environment = {**os.environ, **asked, "PILCROW_INDEX": str(index)}
    done = subprocess.run(PILCROW, capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout.splitlines(), done.stderr) == ([expected], "")
