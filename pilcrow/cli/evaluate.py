"""``pilcrow evaluate``: figures that anyone can repeat, against judgements made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pilcrow.cli.indexing import parsed_lines
from pilcrow.engine.errors import PilcrowError


@click.group(short_help="Measure against judgements.", invoke_without_command=True)
@click.pass_context
def evaluate(context: click.Context) -> None:
    """Measure what Pilcrow makes of documents and queries against judgements made by hand."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


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
def gold(file: Path, *, documents: tuple[Path, ...], errors: bool, format_: str) -> None:
    """Parse the documents that the gold FILE judges, and print how well their paragraphs and facets agree with it."""
    from pilcrow.evaluation.gold import evaluate_gold

    report = evaluate_gold(file, documents=documents, parse=parsed_lines)
    if format_ == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.render(errors=errors))


@evaluate.command(short_help="Score the ranking on judged questions.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--gold",
    "gold_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The gold whose paragraphs the questions judge; else seeds.jsonl beside FILE.",
)
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the judged documents are; else they are looked for around the gold.",
)
def questions(file: Path, *, gold_file: Path | None, documents: tuple[Path, ...]) -> None:
    """Index the documents that FILE's questions judge, ask the questions, and print nDCG@10, MAP and recall@20."""
    from indexer.parse import parse_file
    from pilcrow.evaluation.gold import find_document, read_gold
    from pilcrow.evaluation.questions import judge, read_questions
    from pilcrow.evaluation.scratch import evaluate_ranking, scratch_index

    gold_file = gold_file or file.parent / "seeds.jsonl"
    asked, lines = read_questions(file), read_gold(gold_file)
    names = dict.fromkeys(str(line["doc"]) for line in lines)
    parsed = {name: parse_file(find_document(name, gold_file, documents)) for name in names}
    with scratch_index(parsed.values()) as reader:
        click.echo(evaluate_ranking(reader, judge(asked, lines, parsed)).render())


@evaluate.command(short_help="Score the ranking on a test collection.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--each", is_flag=True, help="Print every query's figures, not only their means.")
def trec(folder: Path, each: bool) -> None:
    """Index the documents in FOLDER, ask its queries, and score the rankings against its judgements.

    FOLDER is in SMART layout (*.all*, *.qry, *qrel*) or BEIR's (corpus.jsonl, queries.jsonl, qrels/*.tsv).
    """
    from pilcrow.evaluation.scratch import evaluate_ranking, scratch_index
    from pilcrow.evaluation.trec import read_collection

    collection = read_collection(folder)
    with scratch_index(collection.documents) as reader:
        click.echo(evaluate_ranking(reader, collection.questions).render(each=each))


DEFAULT_JUDGED = Path("tests/data/corpus")

_folder = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
_jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many files to read at once; else as many as there are cores, at most 4.",
)


@evaluate.command(short_help="Measure how well real files are read.")
@_folder
@click.option("--symbols", type=click.Path(path_type=Path), metavar="TSV", help="The right symbols: file, tab, symbol.")
@click.option(
    "--judged",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Samples judged by eye; else tests/data/corpus where that is there.",
)
@_jobs
@click.option("--only", multiple=True, metavar="PATTERN", help="Read only files whose names match, such as 'A_RES*'.")
@click.option("--list", "listed", multiple=True, metavar="PART", help="Print the cases of a part too, or of all.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def corpus(context: click.Context, /, **_: object) -> None:
    """Read every file under DIR as pilcrow index does, and print how well that was done.

    Each figure has its numerator, its denominator and how it was counted: symbols, mastheads, documents in two formats,
    what of the layout is left in paragraphs, how paragraphs end, and samples judged by eye.
    """
    from pilcrow.evaluation.corpus import read_corpus
    from pilcrow.evaluation.measure import PARTS, evaluate_corpus

    given = context.params
    unknown = sorted({*given["listed"]} - {*PARTS, "all"})
    if unknown:
        raise PilcrowError(f"There is no part “{unknown[0]}” to list; choose from {', '.join(PARTS)} and all.")
    read = read_corpus(given["folder"], jobs=given["jobs"] or 0, only=given["only"])
    judged = given["judged"] or (DEFAULT_JUDGED if DEFAULT_JUDGED.is_dir() else None)
    report = evaluate_corpus(read, symbols=given["symbols"], judged=judged)
    if given["format_"] == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.render(listed=PARTS if "all" in given["listed"] else given["listed"]))


@evaluate.command(short_help="Draw a sample to be judged by eye.")
@click.argument("kind", type=click.Choice(["mastheads", "ends", "states"]))
@_folder
@click.option("--seed", type=int, required=True, metavar="N", help="What the sample is drawn with.")
@click.option(
    "--size", type=click.IntRange(min=1), metavar="N", help="How many; else 40 mastheads, 200 ends, 300 States."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where it is written.")
@_jobs
def sample(kind: str, folder: Path, *, seed: int, size: int | None, out: Path, jobs: int | None) -> None:
    """Draw a sample of KIND from the PDFs under DIR and write it, with the text that is to be judged, to FILE.

    Its first line says what to fill in. FILE has the documents' text in it: keep it outside the repository.
    """
    from pilcrow.evaluation.corpus import read_corpus
    from pilcrow.evaluation.samples import KINDS, draw, write_records

    records = draw(read_corpus(folder, jobs=jobs or 0), KINDS[kind], seed=seed, size=size)
    write_records(out, records)
    click.echo(f"{len(records) - 1} to judge in {out}. Fill in {KINDS[kind].ask}.", err=True)


@evaluate.command(short_help="Take the text out of a judged sample.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where it is written.")
def judged(file: Path, *, out: Path) -> None:
    """Write the judgements of the sample FILE without the documents' text, as they can be committed and run again."""
    from pilcrow.evaluation.samples import judged as without_text
    from pilcrow.evaluation.samples import read_records, write_records

    _, records = without_text(read_records(file), source=file)
    write_records(out, records)
    click.echo(f"{len(records) - 1} judgements in {out}.", err=True)
