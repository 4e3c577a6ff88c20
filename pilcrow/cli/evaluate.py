"""``pilcrow evaluate``: figures that anyone can repeat, against judgements made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pilcrow.cli.indexing import parsed_lines


@click.group(short_help="Measure against judgements.")
def evaluate() -> None:
    """Measure what Pilcrow makes of documents and queries against judgements made by hand."""


@evaluate.command(short_help="Score parsed paragraphs against gold.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the judged documents are; else they are looked for around FILE.",
)
@click.option("--errors", is_flag=True, help="Print every difference first.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def gold(file: Path, documents: tuple[Path, ...], errors: bool, format_: str) -> None:
    """Parse the documents that the gold FILE judges, and print how well their paragraphs and facets agree with it."""
    from pilcrow.evaluation.gold import evaluate_gold

    report = evaluate_gold(file, documents=documents, parse=parsed_lines)
    if format_ == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.render(errors=errors))
