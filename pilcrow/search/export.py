"""Hits as files for other programs: JSON lines, CSV, Markdown, RIS and BibTeX, each with a pinpoint citation.

Each format is a function of hits to lines (with their line ends), so that a long export can be sent as it is made. An
export that cannot have every hit says so within the file, in a way that its format allows; none is cut in silence.
"""

from __future__ import annotations

import csv as csv_module
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pilcrow.engine.model import Document
from pilcrow.search.results import HitView, hit_to_dict

Url = Callable[[str], str]
"""The address of a paragraph or document, given its id."""

COLUMNS = (
    "citation",
    "id",
    "symbol",
    "title",
    "date",
    "session",
    "agenda",
    "section",
    "marker",
    "speaker",
    "text",
    "states",
    "states_in_notes",
    "states_speaking",
    "pillars",
    "cites",
    "page",
    "language",
    "url",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST = re.compile(r"\A(\d*)([-+.)])(?=\s|\Z)")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many hits there are, and how many of them an export has."""

    total: int
    written: int

    @property
    def shortfall(self) -> str:
        """One sentence that says what is missing, "" where nothing is."""
        if self.written >= self.total:
            return ""
        return f"Incomplete: {self.written:,} of {self.total:,} paragraphs; narrow the search to export them all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its media type, what its file names end in, and the function that writes it."""

    media_type: str
    extension: str
    write: Callable[[Iterable[HitView], Url, str], Iterator[str]]


def lines(name: str, hits: Iterable[HitView], url: Url, coverage: Coverage | None = None) -> Iterator[str]:
    """``hits`` in the format called ``name``, line by line; raises ``KeyError`` for none of ``FORMATS``."""
    return FORMATS[name].write(hits, url, coverage.shortfall if coverage else "")


def jsonl(hits: Iterable[HitView], url: Url, shortfall: str = "") -> Iterator[str]:
    """A JSON object a line, as in the answers of the API; last ``{"incomplete": ...}`` where something is missing."""
    for hit in hits:
        yield json.dumps(hit_to_dict(hit, url), ensure_ascii=False) + "\n"
    if shortfall:
        yield json.dumps({"incomplete": shortfall}) + "\n"


def csv(hits: Iterable[HitView], url: Url, shortfall: str = "") -> Iterator[str]:
    """A table with ``COLUMNS``; cells that a spreadsheet would run as a formula begin with an apostrophe."""
    yield _row(COLUMNS)
    for hit in hits:
        cells = _cells(hit, url)
        yield _row([cells[column] for column in COLUMNS])
    if shortfall:
        yield _row([shortfall, *[""] * (len(COLUMNS) - 1)])


def markdown(hits: Iterable[HitView], url: Url, shortfall: str = "") -> Iterator[str]:
    """A list of quotations, each under its citation, linked."""
    for hit in hits:
        place = " › ".join(hit.section)
        yield f"**[{_md(hit.citation)}]({_plain_url(url(hit.id))})**" + (
            f", {_md(hit.date_label)}" if hit.date_label else ""
        )
        yield "\n"
        if place:
            yield f"*{_md(place)}*\n"
        speaker = f"**{_md(hit.speaker)}:** " if hit.speaker_html else ""
        yield f"\n> {speaker}{_md(_one_line(hit.text))}\n\n"
    if shortfall:
        yield f"*{_md(shortfall)}*\n"


def ris(hits: Iterable[HitView], url: Url, shortfall: str = "") -> Iterator[str]:
    """A record (TY to ER) for each hit; where something is missing, the last one has a note that says so."""
    waiting: HitView | None = None
    for hit in hits:
        if waiting is not None:
            yield from _ris_record(waiting, url, "")
        waiting = hit
    if waiting is not None:
        yield from _ris_record(waiting, url, shortfall)


def bibtex(hits: Iterable[HitView], url: Url, shortfall: str = "") -> Iterator[str]:
    """A ``@techreport`` for each hit, each with a key of its own; first a comment where something is missing."""
    if shortfall:
        yield f"% {shortfall}\n\n"
    taken: set[str] = set()
    for hit in hits:
        yield f"@techreport{{{_bibtex_key(hit, taken)},\n"
        for name, value in _bibtex_fields(hit):
            yield f"  {name} = {{{value}}},\n"
        yield f"  url = {{{_plain_url(url(hit.id))}}}\n}}\n\n"


FORMATS: Mapping[str, Format] = {
    "jsonl": Format(media_type="application/x-ndjson", extension="jsonl", write=jsonl),
    "csv": Format(media_type="text/csv", extension="csv", write=csv),
    "markdown": Format(media_type="text/markdown", extension="md", write=markdown),
    "ris": Format(media_type="application/x-research-info-systems", extension="ris", write=ris),
    "bibtex": Format(media_type="application/x-bibtex", extension="bib", write=bibtex),
}


def key(identifier: str) -> str:
    """``identifier`` in letters, digits and hyphens, for keys and names of files."""
    ascii_id = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_id).strip("-") or "paragraph"


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv_module.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def _cells(hit: HitView, url: Url) -> dict[str, str]:
    return {
        "citation": hit.citation,
        "id": hit.id,
        "symbol": hit.symbol,
        "title": hit.title,
        "date": hit.date,
        "session": hit.session,
        "agenda": "; ".join(label for _, label in hit.agenda),
        "section": " > ".join(hit.section),
        "marker": hit.marker,
        "speaker": hit.speaker,
        "text": hit.text,
        "states": _states(hit, "text"),
        "states_in_notes": _states(hit, "note"),
        "states_speaking": "; ".join(dict.fromkeys(tag.name for tag in hit.states if tag.role == "speaker")),
        "pillars": "; ".join(tag.label for tag in hit.pillars),
        "cites": "; ".join(dict.fromkeys(each.label for each in hit.cites)),
        "page": "" if hit.page is None else str(hit.page),
        "language": hit.language,
        "url": url(hit.id),
    }


def _states(hit: HitView, where: str) -> str:
    return "; ".join(dict.fromkeys(tag.name for tag in hit.states if tag.where == where))


def _md(text: str) -> str:
    """``text`` as Markdown that shows it as it is: no sign of it is a mark, and its first none of a list."""
    escaped = _MARKDOWN.sub(r"\\\1", _one_line(text))
    return _LIST.sub(r"\1\\\2", escaped)


def _one_line(text: str) -> str:
    """``text`` without line breaks and other control characters."""
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in text).split())


def _ris_record(hit: HitView, url: Url, note: str) -> Iterator[str]:
    fields = [
        ("TY", "RPRT"),
        ("AU", "United Nations"),
        ("TI", hit.title or hit.symbol),
        ("SN", "" if hit.provisional else hit.symbol),
        ("PY", hit.date[:4]),
        ("DA", hit.date.replace("-", "/")),
        ("SE", hit.citation.removeprefix(f"{hit.symbol}, ")),
        ("SP", "" if hit.page is None else str(hit.page)),
        ("LA", hit.language),
        ("AB", hit.text),
        *(("KW", name) for name in dict.fromkeys(tag.name for tag in hit.states)),
        *(("KW", tag.label) for tag in hit.pillars),
        ("N1", hit.citation),
        ("N1", f"Speaker: {hit.speaker}" if hit.speaker else ""),
        ("N1", note),
        ("UR", url(hit.id)),
        ("ID", hit.id),
    ]
    yield from _ris_lines(fields)


def _ris_lines(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    for tag, value in fields:
        plain = _one_line(value)
        if plain:
            yield f"{tag}  - {plain}\r\n"
    yield "ER  - \r\n\r\n"


def _ris_work(document: Document, address: str) -> Iterator[str]:
    """The document as a whole, under each of its symbols."""
    fields = [
        ("TY", "RPRT"),
        ("AU", "United Nations"),
        ("TI", document.title or document.id),
        *(("SN", symbol) for symbol in document.symbols),
        ("PY", document.date[:4]),
        ("DA", document.date.replace("-", "/")),
        ("PB", "United Nations"),
        ("CY", document.place),
        ("LA", document.language),
        ("UR", address),
        ("ID", document.id),
    ]
    yield from _ris_lines(fields)


def _bibtex_work(document: Document, address: str) -> Iterator[str]:
    fields = {
        "author": "{United Nations}",
        "title": f"{{{_tex(document.title or document.id)}}}",
        "institution": "United Nations",
        "number": _tex(", ".join(document.symbols)),
        "year": document.date[:4],
        "month": str(int(document.date[5:7])) if len(document.date) >= 7 else "",
        "address": _tex(document.place),
        "url": _plain_url(address),
    }
    yield f"@techreport{{{key(document.id)},\n"
    yield from (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    yield "}\n"


WORKS: Mapping[str, Callable[[Document, str], Iterator[str]]] = {"ris": _ris_work, "bibtex": _bibtex_work}
"""How a document as a whole is written, in the formats of libraries of references; its address is given with it."""


def _bibtex_fields(hit: HitView) -> Iterator[tuple[str, str]]:
    yield "author", "{United Nations}"
    yield "title", f"{{{_tex(hit.title or hit.symbol)}}}"
    yield "institution", "United Nations"
    if not hit.provisional:
        yield "number", _tex(hit.symbol)
    if hit.date:
        yield "year", hit.date[:4]
    if len(hit.date) >= 7:
        yield "month", str(int(hit.date[5:7]))
    place = hit.citation.removeprefix(f"{hit.symbol}, ")
    yield "note", _tex(f"{place}, spoken by {hit.speaker}" if hit.speaker else place)
    yield "abstract", _tex(hit.text)
    keywords = dict.fromkeys([*(tag.name for tag in hit.states), *(tag.label for tag in hit.pillars)])
    if keywords:
        yield "keywords", _tex(", ".join(keywords))


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in _one_line(text))


def _plain_url(address: str) -> str:
    """An address without the characters that would end it in Markdown or BibTeX."""
    return quote(address, safe="%/:=&?~#+!$,;'@*[]")


def _bibtex_key(hit: HitView, taken: set[str]) -> str:
    """A key of letters, digits and hyphens that no entry before it has."""
    unlike, number = key(hit.id), 2
    while unlike in taken:
        unlike, number = f"{key(hit.id)}-x{number}", number + 1
    taken.add(unlike)
    return unlike
