"""``pilcrow search`` and ``facets``: every option and format, exit statuses, and what stands on stdout and stderr."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from pilcrow import open_index
from pilcrow.cli.addresses import address
from pilcrow.cli.searching import FORMATS
from pilcrow.engine.fields import FACETS
from pilcrow.search import service
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import to_dict
from tests.cli.conftest import Run
from webui.urls import identifier_url

REPORT = "CTOC/COP/WG.4/2013/5"


def total(run: Run, *arguments: str) -> int:
    return int(json.loads(run("search", *arguments, "--format", "json").out)["total"])


def test_plain_text_in_a_pipe_has_no_escapes_and_one_line_for_each_thing(run: Run) -> None:
    done = run("search", "labour", "inspections", "--symbol", REPORT, "--limit", "1")
    assert done.status == 0
    assert "\x1b" not in done.out
    lines = done.out.splitlines()
    assert lines[1] == ""
    citation, date, session = lines[2].split(" · ")
    assert (citation.split(", ")[0], date) == (REPORT, "26 November 2013")
    assert session == "Working Group on Trafficking in Persons, 6-8 November 2013"
    assert lines[3].startswith("  II. Recommendations › ")


def test_nothing_found_is_status_1_and_says_what_to_try(run: Run) -> None:
    done = run("search", "zzzqqq")
    assert (done.status, done.out) == (1, "Nothing found.\n")
    assert "zzzqqq" in done.err


def test_json_is_the_shape_that_the_service_gives(run: Run, index: Path) -> None:
    done = run("search", "victim protection", "--limit", "2", "--format", "json")
    with open_index(index) as reader:
        expected = to_dict(service.run(reader, SearchRequest(query="victim protection", per_page=2)), identifier_url)
    found = json.loads(done.out)
    assert {**found, "took_ms": 0} == {**json.loads(json.dumps(expected)), "took_ms": 0}
    assert {"query", "total", "took_ms", "engine", "index", "hits", "facets", "diagnostics", "matching"} <= set(found)
    assert {
        "id", "symbol", "title", "date", "citation", "marker", "section", "score", "snippet", "text", "states",
        "pillars", "session", "agenda", "url",
    } <= set(found["hits"][0])  # fmt: skip
    assert len(found["hits"]) == 2


@pytest.mark.parametrize("identifier", ["A/RES/78/228#p1.a", "S/RES/2774 (2025)", "prov:a-b#annex2.p5", "A/1#ü u1"])
def test_addresses_are_those_of_the_site(identifier: str) -> None:
    assert address(identifier) == identifier_url(identifier)
    assert address(identifier, site="https://example.org/") == "https://example.org" + identifier_url(identifier)


@pytest.mark.parametrize(
    ("options", "in_query"),
    [
        (("--state", "Belarus"), "state:BLR"),
        (("--state", "Iran (Islamic Republic of)"), "state:IRN"),
        (("--state", "Belarus", "--state", "Mongolia"), "(state:BLR OR state:MNG)"),
        (("--state", "Belarus", "--state", "Mongolia", "--all-state"), "state:BLR AND state:MNG"),
        (("--not-state", "Belarus"), "NOT state:BLR"),
        (("--pillar", "prevention", "--not-pillar", "protection"), "pillar:prevention AND NOT pillar:protection"),
        (("--session", "2013"), "session:2013"),
        (("--symbol", REPORT), f"symbol:{REPORT}"),
        (("--symbol", "ctoc/cop/wg.4*"), "symbol:CTOC/COP/WG.4*"),
        (("--not-symbol", "prov:*"), f"symbol:{REPORT}"),
        (("--date", "2009..2010-06"), "date:[2009 TO 2010-06]"),
        (("--date", "2010"), "date:2010"),
        (("--type", "report"), "type:report"),
        (("--language", "English"), "language:en"),
        (("--body", "CTOC/COP/WG.4"), "body:CTOC/COP/WG.4"),
    ],
)
def test_an_option_narrows_as_the_same_thing_in_the_query_does(
    run: Run, options: tuple[str, ...], in_query: str
) -> None:
    narrowed = total(run, "trafficking", *options)
    assert narrowed == total(run, f"trafficking AND {in_query}")
    assert 0 < narrowed < total(run, "trafficking") or options == ("--language", "English")


def test_states_can_be_narrowed_to_those_in_notes(run: Run) -> None:
    everywhere = total(run, "--state", "Belarus")
    in_text, in_note = (total(run, "--state", "Belarus", "--state-in", where) for where in ("text", "note"))
    assert 0 < in_note <= everywhere
    assert everywhere <= in_text + in_note


def test_all_requires_every_word(run: Run) -> None:
    assert total(run, "victim children recruitment labour", "--all") == total(
        run, "victim AND children AND recruitment AND labour"
    )


def test_the_sorts_order_by_date_and_document(run: Run) -> None:
    def dates(sort: str) -> list[str]:
        hits = json.loads(run("search", "victims", "--sort", sort, "--limit", "100", "--format", "json").out)["hits"]
        return [hit["date"] for hit in hits]

    assert dates("newest") == sorted(dates("newest"), reverse=True)
    assert dates("oldest") == sorted(dates("oldest"))
    assert dates("document") != dates("newest")


def test_pages_follow_each_other_and_the_one_after_the_last_is_nothing_found(run: Run) -> None:
    def ids(page: int, limit: int) -> list[str]:
        done = run("search", "victims", "--format", "jsonl", "--limit", str(limit), "--page", str(page))
        return [json.loads(line)["id"] for line in done.out.splitlines()]

    assert ids(1, 5) + ids(2, 5) == ids(1, 10)
    done = run("search", "victims", "--page", "5000")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("pilcrow: There is no page 5000; the last one is page ")


def test_an_export_has_every_paragraph_and_a_page_of_it_says_that_it_is_one(run: Run) -> None:
    wanted = total(run, "victims")
    whole = run("search", "victims", "--format", "jsonl")
    assert (len(whole.out.splitlines()), whole.err) == (wanted, "")
    part = run("search", "victims", "--format", "jsonl", "--limit", "3")
    assert len(part.out.splitlines()) == 3
    assert part.err == f"pilcrow: 3 of {wanted} paragraphs; without --limit and --page all are written.\n"


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("text", "json", "jsonl")])
def test_every_format_names_each_paragraph_by_its_citation(run: Run, name: str) -> None:
    done = run("search", "labour", "--symbol", REPORT, "--format", name)
    assert done.status == 0
    wanted = total(run, "labour", "--symbol", REPORT)
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert [row["citation"].startswith(REPORT) for row in rows] == [True] * wanted
    else:
        start = {"markdown": "**[", "ris": "TY  - RPRT", "bibtex": "@techreport{"}[name]
        assert sum(line.startswith(start) for line in done.out.splitlines()) == wanted
        assert "para" in done.out


def test_an_export_that_finds_nothing_is_status_1(run: Run) -> None:
    assert run("search", "zzzqqq", "--format", "csv").status == 1


def test_site_stands_before_every_address(run: Run) -> None:
    line = run("search", "labour", "--format", "jsonl", "--limit", "1", "--site", "https://example.org").out
    assert json.loads(line)["url"].startswith("https://example.org/documents/")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--state", "Belrus"), "did you mean “Belarus”"),
        (("--pillar", "protect-ion"), "There is no pillar “protect-ion”"),
        (("--symbol", "A/RES/*"), "There is no document “A/RES/*” in this index"),
        (("--session", "1999"), "There is no session “1999” in this index; there is "),
        (("--date", "2013-13"), "“2013-13” is no date: write 2010"),
        (("--sesion", "2013"), "--session"),
        (("--sort", "best"), "'relevance'"),
        (("--limit", "0"), "--limit"),
        (("--format", "xml"), "'text'"),
    ],
)
def test_a_value_that_cannot_be_used_is_status_2_and_one_line_that_helps(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    done = run("search", "victims", *arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("pilcrow: ")
    assert done.err.count("\n") == 1


def test_what_is_misread_in_the_query_is_said_on_stderr_and_the_rest_is_answered(run: Run) -> None:
    done = run("search", "stat:Belarus victims")
    assert done.status == 0
    assert "state:" in done.err
    assert "state:" not in done.out.splitlines()[0]


def test_a_citation_typed_as_a_query_is_answered_with_its_paragraph_first(run: Run) -> None:
    for query in (f"{REPORT}, para. 22", f"{REPORT}#p22", f"paragraph 22 of {REPORT}"):
        shown, found = run("show", f"{REPORT}, para. 22"), run("search", query)
        assert (found.status, found.err) == (0, "")
        assert found.out.startswith(shown.out)
    assert not run("search", query, "--page", "2", "--limit", "1").out.startswith(shown.out)


def test_a_symbol_typed_as_a_query_is_answered_with_its_document_and_never_with_nothing_found(
    run: Run, index: Path
) -> None:
    with open_index(index) as reader:
        documents = reader.documents()
    for document in documents:
        found = run("search", document.id)
        assert (found.status, found.err) == (0, "")
        assert f"{document.id} · document: " in found.out
        assert f"\n  pilcrow show {shlex.quote(document.id)} prints it.\n" in found.out
        assert "Nothing found" not in found.out


def test_an_export_of_a_citation_that_no_words_match_says_where_the_paragraph_is(run: Run, index: Path) -> None:
    with open_index(index) as reader:
        provisional = next(document.id for document in reader.documents() if document.provisional)
    done = run("search", provisional, "--format", "csv")
    assert done.status == 1
    assert done.err == f"pilcrow: Nothing found; pilcrow show '{provisional}' prints what it names.\n"


def test_a_remark_points_at_its_place_in_the_query(run: Run) -> None:
    done = run("search", "victims", "zzzqqq", "protection")
    assert done.err == (
        "pilcrow: No paragraph has “zzzqqq” in any form.\n"
        "  victims zzzqqq protection\n"
        "          ^^^^^^\n"
    )  # fmt: skip


def test_facets_stand_below_the_hits_where_asked_for(run: Run) -> None:
    without, with_them = run("search", "victims", "--limit", "1"), run("search", "victims", "--limit", "1", "--facets")
    assert with_them.out.startswith(without.out)
    for facet in FACETS:
        assert f"\n{facet.label}\n" in with_them.out


def test_facets_prints_a_table_with_bars_that_are_as_long_as_their_counts(run: Run) -> None:
    done = run("facets", "pillar", "victims")
    assert done.status == 0
    assert done.out.splitlines()[0] == "Pillar  paragraphs"
    rows = [line.rsplit(maxsplit=2) for line in done.out.splitlines()[1:] if "█" in line]
    counts = [int(count.replace(",", "")) for _, count, _ in rows]
    assert counts == sorted(counts, reverse=True)
    assert len(rows[0][2]) == 30
    assert [len(bar) for _, _, bar in rows] == sorted((len(bar) for _, _, bar in rows), reverse=True)


@pytest.mark.parametrize("facet", [facet.key for facet in FACETS])
def test_every_facet_can_be_listed_and_counts_what_a_search_counts(run: Run, facet: str) -> None:
    record = json.loads(run("facets", facet, "victims", "--format", "json", "--limit", "500").out)
    in_search = json.loads(run("search", "victims", "--format", "json").out)["facets"][facet]
    counts = {each["value"]: each["count"] for each in record["values"]}
    assert counts
    assert {each["value"]: each["count"] for each in in_search}.items() <= counts.items()


def test_the_values_of_a_facet_can_be_searched_sorted_limited_and_exported(run: Run) -> None:
    assert "Mongolia" in run("facets", "state", "--contains", "mongol").out
    by_name = run("facets", "type", "--sort", "name", "--format", "csv").out.splitlines()
    assert by_name[0] == "value,label,paragraphs"
    assert by_name[1:] == sorted(by_name[1:], key=lambda row: row.split(",")[1].casefold())
    assert "--limit shows more" in run("facets", "state", "--limit", "2").out
    assert "documents" in run("facets", "type", "--count", "documents").out
    assert run("facets", "state", "--contains", "zzzqqq").status == 1


def test_a_facet_says_what_of_the_query_was_misread_and_tells_nothing_found_from_no_such_value(run: Run) -> None:
    misread = run("facets", "state", "stat:Belarus")
    assert misread.status == 0
    assert misread.err.startswith("pilcrow: There is no field stat: here")
    nothing = run("facets", "pillar", "zzzqqq")
    assert (nothing.status, nothing.out) == (1, "")
    assert "zzzqqq" in nothing.err
    assert nothing.err.endswith("pilcrow: Nothing found.\n")
    none_so_called = run("facets", "pillar", "victims", "--contains", "zzzqqq")
    assert (none_so_called.status, none_so_called.out) == (1, "")
    assert none_so_called.err == "pilcrow: There is no such value.\n"


@pytest.mark.parametrize("day", ["2011", "2013-01", "1999-12-31", "2011..2011"])
def test_a_date_without_documents_is_nothing_found_and_no_error(run: Run, day: str) -> None:
    for arguments in (("--date", day), (f"date:{day}",) if ".." not in day else ("--date", day)):
        done = run("search", "victims", *arguments)
        assert (done.status, done.out) == (1, "Nothing found.\n")


def test_a_chosen_date_finds_what_the_typed_one_finds(run: Run) -> None:
    assert 0 < total(run, "--date", "2009-05") == total(run, "date:2009-05") == total(run, "--date", "2009-05..2009-05")


def test_a_facet_leaves_out_its_own_selection(run: Run) -> None:
    free = json.loads(run("facets", "pillar", "victims", "--format", "json").out)["values"]
    chosen = json.loads(run("facets", "pillar", "victims", "--pillar", "prevention", "--format", "json").out)["values"]
    assert {each["value"]: each["count"] for each in chosen} == {each["value"]: each["count"] for each in free}


def test_documents_are_listed_with_their_best_paragraphs(run: Run, index: Path) -> None:
    done = run("search", "labour", "--by", "document", "--limit", "1")
    with open_index(index) as reader:
        results = service.run(reader, SearchRequest(query="labour", unit="document", per_page=1))
    (group,) = results.groups
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[0] == f"{results.documents} documents ({results.total:,} matching paragraphs)"
    assert lines[2].split(" · ")[0] == group.document.id
    assert lines[2].endswith(f" · {group.paragraphs:,} matching paragraphs")
    assert lines[3] == f"  {group.document.title}"
    assert [line.strip().split("  ")[0] for line in lines[4:7]] == [
        hit.citation.removeprefix(f"{hit.symbol}, ") for hit in group.hits
    ]
    assert lines[-1] == f"Page 1 of {results.documents}; --page 2 shows the next."
    assert run("search", "labour", "--count", "documents", "--limit", "1").out == done.out


def test_an_export_has_paragraphs_whatever_is_listed(run: Run) -> None:
    for more in ((), ("--limit", "20"), ("--limit", "20", "--page", "2")):
        plain = run("search", "trafficking", "--format", "jsonl", *more)
        assert plain.out
        assert run("search", "trafficking", "--by", "document", "--format", "jsonl", *more).out == plain.out


def test_a_page_of_documents_that_is_not_there_is_said(run: Run) -> None:
    done = run("search", "trafficking", "--by", "document", "--page", "99")
    assert (done.status, done.err) == (1, "pilcrow: There is no page 99; the last one is page 1.\n")
