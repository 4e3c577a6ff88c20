"""At a real terminal: colours, bold matches, wrapping to its width, pages, and none of it where it is not wanted."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, without_colours

REPORT = "CTOC/COP/WG.4/2013/5"
QUERY = ("search", "labour inspection", "--symbol", REPORT, "--limit", "2")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_lines_wrap_to_the_width_of_the_terminal_and_citations_stay_whole(
    at_terminal: Run, run: Run, columns: int
) -> None:
    done = at_terminal(*QUERY, columns=columns)
    assert done.status == 0
    lines = without_colours(done.out).splitlines()
    assert max(map(len, lines)) <= columns
    plain = run(*QUERY).out
    for citation in re.findall(rf"^({REPORT}, .*?) · ", plain, flags=re.MULTILINE):
        assert any(line.startswith(citation) for line in lines)
    assert "".join(without_colours(done.out).split()).replace("·", "") == "".join(plain.split()).replace("·", "")


def test_matches_are_bold(at_terminal: Run) -> None:
    bold = re.findall(r"\x1b\[1;33m(.*?)\x1b\[0m", at_terminal(*QUERY).out)
    assert bold
    assert all(word.casefold().startswith(("labour", "inspect")) for word in bold)


def test_with_no_color_there_is_bold_and_no_colour(at_terminal: Run) -> None:
    codes = {
        code
        for match in re.findall(r"\x1b\[([0-9;]*)m", at_terminal(*QUERY, NO_COLOR="1").out)
        for code in match.split(";")
    }
    assert codes <= {"0", "1", "2"}
    assert "1" in codes


def test_what_is_longer_than_the_screen_goes_through_the_pager_and_nothing_else_does(
    at_terminal: Run, tmp_path: Path
) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "PAGED with $LESS"\ncat\n')
    pager.chmod(0o755)
    assert "PAGED with FRX" in at_terminal("show", REPORT, lines=24, PAGER=str(pager)).out
    assert "PAGED" not in at_terminal("show", f"{REPORT}, para. 22", lines=60, PAGER=str(pager)).out
    assert "PAGED" not in at_terminal("show", REPORT, lines=24, PAGER="cat").out


def test_remarks_and_errors_wrap_between_words(at_terminal: Run) -> None:
    for arguments in (("search", "victims", "zzzqqq stat:Belarus"), ("search", "victims", "--session", "1999")):
        lines = without_colours(at_terminal(*arguments, "--limit", "1", columns=50).out).splitlines()
        said = lines[next(at for at, line in enumerate(lines) if line.startswith("pilcrow: ")) :]
        assert max(map(len, said)) <= 50
        assert not any(line.endswith(("-", "…")) for line in said)
        assert any(line.startswith("  ") for line in said)


@pytest.mark.parametrize("columns", [40, 60, 80, 160])
def test_no_name_of_a_facet_is_cut_and_no_row_is_wider_than_the_terminal(
    at_terminal: Run, run: Run, columns: int
) -> None:
    """Two sessions of one body often differ only in their last words."""
    lines = without_colours(at_terminal("facets", "session", columns=columns).out).splitlines()
    assert max(map(len, lines)) <= columns
    together = "".join("".join(re.split(r"\s\d+ [█▏▎▍▌▋▊▉]+", line)[0].split()) for line in lines)
    for row in run("facets", "session", "--format", "csv").out.splitlines()[1:]:
        label = next(iter(csv.reader([row])))[1]
        assert "".join(label.split()) in together
        assert label in run("facets", "session").out


def test_in_a_pipe_nothing_is_paged_wrapped_or_coloured(run: Run) -> None:
    out = run("show", REPORT).out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) > 200


def test_a_build_draws_a_bar_at_a_terminal_and_none_in_a_pipe(
    at_terminal: Run, run: Run, corpus: Path, tmp_path: Path
) -> None:
    drawn = at_terminal("index", str(corpus), "--index", str(tmp_path / "one")).out
    assert "Reading" in drawn
    assert "Indexing" in drawn
    piped = run("index", str(corpus), "--index", str(tmp_path / "two"))
    assert (piped.status, piped.err) == (0, "")
    assert "Reading" not in piped.out
