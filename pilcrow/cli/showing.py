"""``pilcrow show``: a document, or one paragraph with all that is known of it and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from pilcrow.cli.addresses import addresses, site_option
from pilcrow.cli.lines import BLANK, Line, Span, Spans, joined, line
from pilcrow.cli.lines import show as write
from pilcrow.cli.options import index_option
from pilcrow.engine.model import Document, Paragraph

if TYPE_CHECKING:
    from pilcrow.engine.contract import IndexReader
    from pilcrow.search.citations import Citer

_INDENT = 13
_MOST_CITERS = 20


@click.command(short_help="Show a document or a paragraph.")
@click.argument("name", nargs=-1, required=True, metavar="SYMBOL|ID|CITATION")
@click.option("--why", is_flag=True, help="Print the cues that decided each pillar.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@site_option
@index_option
@click.pass_context
def show(context: click.Context, /, name: tuple[str, ...], *, why: bool, index: Path, **how: str) -> None:
    """Show the document with this symbol, or the paragraph with this id or citation.

    A citation is taken as it is printed: pilcrow show 'CTOC/COP/WG.4/2013/5, para. 22'.
    """
    from pilcrow import open_index

    wanted = " ".join(name)
    with open_index(index) as reader:
        document, paragraph = _find(reader, wanted)
        if document is None:
            context.exit(_not_found(reader, wanted))
        if how["format_"] == "json":
            record = _as_json(reader, document, paragraph, url=addresses(how["site"]))
            click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        elif paragraph is not None:
            write(paragraph_lines(reader, document, paragraph, why=why))
        else:
            write(document_lines(reader, document))


def found_lines(reader: IndexReader, identifier: str) -> Iterator[Line]:
    """The paragraph with this id, as the command shows it; nothing where there is none."""
    document, paragraph = _find(reader, identifier)
    if document is not None and paragraph is not None:
        yield from paragraph_lines(reader, document, paragraph)


def ancestors(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs that ``paragraph`` stands below, outermost first, among the ``paragraphs`` of its document."""
    found: list[Paragraph] = []
    wanted = paragraph.parents
    for each in sorted(paragraphs, key=lambda each: each.ordinal, reverse=True):
        if wanted and each.ordinal < paragraph.ordinal and (*each.parents, each.marker) == wanted:
            found.append(each)
            wanted = each.parents
    return tuple(reversed(found))


def paragraph_lines(
    reader: IndexReader, document: Document, paragraph: Paragraph, *, why: bool = False
) -> Iterator[Line]:
    """A paragraph with its place, text, notes, States, pillars, agenda items, what it cites and who cites it.

    Before it come those that it stands below, whose words it goes on with: "Calls upon States", and then "(a)".
    """
    from pilcrow.search.citations import cited_by
    from pilcrow.search.cite import cite

    paragraphs = reader.paragraphs(document.id)
    yield line((cite(document, paragraph), "title"), hang=2)
    yield line((_facts(document, paragraph), "dim"), hang=2)
    if document.title:
        yield line(document.title, hang=2)
    if paragraph.section:
        yield line((" › ".join(paragraph.section), "dim"), hang=2)
    for each in ancestors(paragraph, paragraphs):
        yield BLANK
        yield _numbered(each, dim=True)
    yield BLANK
    yield from _speaker(paragraph)
    yield _numbered(paragraph)
    for note in paragraph.notes:
        yield BLANK if note is paragraph.notes[0] else line()
        yield line((f"note {note.marker}  ", "dim"), note.text, indent=4, hang=2)
    yield BLANK
    yield from _fields(document, paragraph)
    citers = cited_by(reader, document, paragraphs).parts.get(paragraph.id, ())
    yield from _cited_by(citers, len(citers), cite(document, paragraph))
    yield _field("Id", paragraph.id)
    if why:
        yield from _reasons(paragraph)


def document_lines(reader: IndexReader, document: Document) -> Iterator[Line]:
    """A document's record, and its paragraphs under their headings."""
    from pilcrow.engine import dates, ranges, symbols
    from pilcrow.search.citations import cited_by
    from pilcrow.search.documents import related

    paragraphs = reader.paragraphs(document.id)
    amending = [each for each, _ in related(reader, document) if each not in document.relations]

    yield line((document.id, "title"), hang=2)
    if document.provisional:
        yield line(("This document prints no symbol; the identifier is Pilcrow's own.", "dim"))
    when = f"{dates.label(document.date)} ({document.date_kind})" if document.date_kind else dates.label(document.date)
    known = {
        "Title": document.title,
        "Symbols": ", ".join(document.symbols),
        "Date": when if document.date else "",
        "Body": symbols.body_name(document.body) if document.body else "",
        "Session": "; ".join(session.label for session in document.sessions),
        "Type": symbols.type_name(document.type) if document.type else "",
        "Language": _language(document.language),
        "Adopted": dates.label(document.adopted) if document.adopted not in {"", document.date} else "",
        "Place": document.place,
        "Amends": ", ".join(f"{each.symbol} ({each.relation})" for each in document.relations),
        "Amended by": ", ".join(f"{each.symbol} ({each.relation})" for each in amending),
        "File": document.path,
        "Not read": f"{ranges.pages(document.unread)}: pictures of text" if document.unread else "",
    }
    optional = ("Adopted", "Not read", "Place", "Amends", "Amended by")
    for label, value in known.items():
        if value or label not in optional:
            yield _field(label, value or "unknown")
    for at, item in enumerate(_items(document, paragraphs) or ["unknown"]):
        yield _field("" if at else "Agenda", item)
    whole = cited_by(reader, document, paragraphs).whole
    yield from _cited_by(whole.listed, whole.total, document.id)
    section: tuple[str, ...] = ()
    speaker = ""
    for paragraph in paragraphs:
        yield BLANK
        if paragraph.section != section:
            section = paragraph.section
            yield line((" › ".join(section) or "(no heading)", "title"), hang=2)
            yield BLANK
        if paragraph.speaker != speaker:
            speaker = paragraph.speaker
            yield from _speaker(paragraph)
        yield _numbered(paragraph)


def _items(document: Document, paragraphs: Iterable[Paragraph]) -> list[str]:
    """The agenda items that the document gives titles of, holds for, or that any of its paragraphs is about."""
    titles: dict[str, str] = {}
    for item in (*document.agenda_titles, *document.agenda, *(item for each in paragraphs for item in each.agenda)):
        titles[item.number] = titles.get(item.number) or item.title
    return [_item(number, title) for number, title in titles.items()]


def _find(reader: IndexReader, wanted: str) -> tuple[Document | None, Paragraph | None]:
    """The document that ``wanted`` names, and the paragraph where it names one."""
    from pilcrow.search.cite import find

    paragraph = reader.paragraph(wanted) or reader.paragraph(find(reader, wanted) or "")
    if paragraph is not None:
        return reader.document(paragraph.document), paragraph
    return reader.document(find(reader, wanted) or wanted), None


def _not_found(reader: IndexReader, wanted: str) -> int:
    """Say that nothing has this name, and what comes nearest; gives the exit status."""
    import difflib

    from pilcrow.cli.status import NOTHING_FOUND
    from pilcrow.cli.terminal import say
    from pilcrow.search.cite import parse_citation

    cited = parse_citation(wanted)
    document = reader.document(cited[0]) if cited else None
    if document is not None:
        say(f"pilcrow: {document.id} has no such paragraph as “{wanted}”; pilcrow show '{document.id}' lists them all.")
        return NOTHING_FOUND
    names = [symbol for each in reader.documents() for symbol in (each.id, *each.symbols)]
    near = difflib.get_close_matches(wanted.partition(",")[0].partition("#")[0], names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "pilcrow facets symbol lists the documents."
    say(f"pilcrow: nothing in the index is called “{wanted}”; {hint}")
    return NOTHING_FOUND


def _as_json(
    reader: IndexReader, document: Document, paragraph: Paragraph | None, *, url: Callable[[str], str]
) -> dict[str, Any]:
    from pilcrow.search.records import Records

    paragraphs = reader.paragraphs(document.id)
    records = Records(reader, document, paragraphs, url)
    if paragraph is not None:
        return {**records.paragraph(paragraph), "of": records.document()}
    return {**records.document(), "paragraphs": [records.paragraph(each) for each in paragraphs]}


def _facts(document: Document, paragraph: Paragraph) -> str:
    from pilcrow.engine import dates

    facts = [dates.label(document.date) if document.date else "date unknown"]
    facts += [session.label for session in document.sessions] or ["session unknown"]
    facts += [_language(paragraph.language or document.language)]
    if paragraph.page:
        facts += [f"page {paragraph.page} of {document.path}" if document.path else f"page {paragraph.page}"]
    return " · ".join(filter(None, facts))


def _fields(document: Document, paragraph: Paragraph) -> Iterator[Line]:
    yield _field("States", *_states(paragraph))
    pillars: list[Spans] = [((f"{_pillar(score.pillar)} {score.score:.1f}", "pillar"),) for score in paragraph.pillars]
    yield _field("Pillars", *joined(pillars, ", "))
    titles = {item.number: item.title for item in document.agenda_titles}
    items = [_item(item.number, item.title or titles.get(item.number, "")) for item in paragraph.agenda]
    for at, item in enumerate(items or ["unknown"]):
        yield _field("" if at else "Agenda", item)
    if paragraph.cites:
        from pilcrow.search.citations import named

        cited = dict.fromkeys(named(each.symbol, each.paragraphs) for each in paragraph.cites)
        yield _field("Cites", "; ".join(cited))


def _cited_by(citers: Sequence[Citer], total: int, name: str) -> Iterator[Line]:
    """Who cites what is cited as ``name``, a line each, to be shown in its turn; nothing where nobody does."""
    for at, citer in enumerate(citers[:_MOST_CITERS]):
        names = f" (names {citer.names})" if citer.names else ""
        yield _field("" if at else "Cited by", citer.citation, (names, "dim"))
    if total > _MOST_CITERS:
        search = quote(f'cites:"{name}"')
        yield _field("", (f"and {total - _MOST_CITERS:,} more; pilcrow search {search} lists them all", "dim"))


def _speaker(paragraph: Paragraph) -> Iterator[Line]:
    """Who speaks the paragraph, on a line before it; nothing where its text begins with that."""
    if paragraph.speaker and not paragraph.text.startswith(paragraph.speaker):
        yield line((paragraph.speaker, "state"), indent=2 * len(paragraph.parents))


def _states(paragraph: Paragraph) -> Spans:
    from pilcrow.engine import gazetteer

    found: dict[str, list[str]] = {}
    for mention in paragraph.states:
        where = f"note {mention.note}" if mention.where == "note" else mention.where
        role = "" if mention.role in ("mentioned", where) else f", {mention.role}"
        found.setdefault(gazetteer.state(mention.code).name, []).append(where + role)
    parts: list[Spans] = [
        ((name, "state"), (f" ({'; '.join(dict.fromkeys(places))})", "dim")) for name, places in found.items()
    ]
    return joined(parts, ", ")


def _reasons(paragraph: Paragraph) -> Iterator[Line]:
    if not paragraph.pillars:
        yield _field("Why", "no cue of any pillar weighs enough")
    for score in paragraph.pillars:
        cues = [
            f"“{cue.phrase}” {cue.weight:+.1f}{' in a heading' if cue.where == 'heading' else ''}" for cue in score.cues
        ]
        yield line((f"Why {_pillar(score.pillar).lower()}: ", "pillar"), ", ".join(cues), hang=2)


def _field(label: str, *spans: Span | str) -> Line:
    return line((f"{label:<{_INDENT}}", "dim"), *(spans or ("none",)), hang=_INDENT)


def _numbered(paragraph: Paragraph, *, dim: bool = False) -> Line:
    depth = 2 * len(paragraph.parents)
    marker = f"{paragraph.marker}  " if paragraph.marker else ""
    text: Span = (paragraph.text, "dim" if dim else "")
    number: Span = (marker, "dim" if dim else "number")
    return line(number, text, indent=depth, hang=len(marker)) if marker else line(text, indent=depth)


def _pillar(key: str) -> str:
    from pilcrow.engine.fields import PILLARS

    return PILLARS[key]


def _language(code: str) -> str:
    from pilcrow.engine.fields import LANGUAGES

    return LANGUAGES.get(code, code)


def _item(number: str, title: str) -> str:
    return f"{number}: {title}" if title else number
