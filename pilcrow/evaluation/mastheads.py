"""Date, session and agenda items of documents against what their first pages print (see :mod:`.printed`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pilcrow.engine.model import Document
from pilcrow.evaluation.corpus import Corpus, ReadFile
from pilcrow.evaluation.figures import Figure, Part, listed
from pilcrow.evaluation.printed import Printed, printed


@dataclass(frozen=True, slots=True)
class _Field:
    """What is compared: its name, whether the page prints it, whether the document agrees, and both in words."""

    name: str
    is_printed: Callable[[Printed], bool]
    agrees: Callable[[Document, Printed], bool]
    said: Callable[[Document], str]
    on_page: Callable[[Printed], str]
    how: str


def masthead_part(corpus: Corpus) -> Part:
    """For how many of the files that print a date, a session, agenda items the document has the right ones."""
    pages = [(file, printed(file.raw.front)) for file in corpus.files]
    rows, cases = [], []
    for field in _FIELDS:
        asked = [(file, page) for file, page in pages if field.is_printed(page)]
        wrong = [(file, page) for file, page in asked if not field.agrees(file.parsed.document, page)]
        rows.append(Figure(field.name, len(asked) - len(wrong), len(asked), field.how))
        cases += [_case(field, file, page) for file, page in wrong]
    rows.append(Figure("nothing printed was found", *_silent(pages), "files that none of these figures covers"))
    note = (
        "Of the files whose first page's plain text prints it in a plain form, how many documents agree with it. That "
        "text and those forms do not come from the parser; what is printed otherwise is not counted."
    )
    return Part(key="masthead", title="Mastheads", rows=tuple(rows), note=note, cases=tuple(cases))


def _silent(pages: list[tuple[ReadFile, Printed]]) -> tuple[int, int]:
    return sum(not (page.dates or page.sessions or page.agenda) for _, page in pages), len(pages)


def _case(field: _Field, file: ReadFile, page: Printed) -> str:
    document = file.parsed.document
    return f"  {field.name}: {file.name}: {field.said(document) or 'none'}; printed {field.on_page(page)}"


def _date_agrees(document: Document, page: Printed) -> bool:
    return bool(document.date) and page.dates.get(document.date_kind) == document.date


def _sessions_agree(document: Document, page: Printed) -> bool:
    """Whether the document's sessions have the printed numbers, and the printed years, and no other numbers."""
    numbers = {number for number in page.sessions if number < 1000}
    said = set(_session_numbers(document))
    words = " ".join(f"{each.key} {each.label} {each.start}" for each in document.sessions)
    years = {number for number in page.sessions if number >= 1000}
    return said - years == numbers and all(str(year) in words for year in years)


def _session_numbers(document: Document) -> Iterator[int]:
    for session in document.sessions:
        special = re.search(r"/E?S-(\d+)$", session.key)
        if special or session.number is not None:
            yield int(special.group(1)) if special else session.number or 0


def _items(document: Document) -> frozenset[str]:
    return frozenset(" ".join(item.number.split()) for item in document.agenda)


_FIELDS = (
    _Field(
        name="date",
        is_printed=lambda page: bool(page.dates),
        agrees=_date_agrees,
        said=lambda document: f"{document.date} ({document.date_kind or 'of no kind'})" if document.date else "",
        on_page=lambda page: ", ".join(f"{date} ({kind})" for kind, date in sorted(page.dates.items())),
        how="the day of distribution, adoption or meeting, as the document says which it is",
    ),
    _Field(
        name="session",
        is_printed=lambda page: bool(page.sessions),
        agrees=_sessions_agree,
        said=lambda document: ", ".join(each.key for each in document.sessions),
        on_page=lambda page: listed(page.sessions),
        how="all printed numbers or years of sessions, and no other numbers",
    ),
    _Field(
        name="agenda items",
        is_printed=lambda page: bool(page.agenda),
        agrees=lambda document, page: _items(document) == page.agenda,
        said=lambda document: listed(_items(document)),
        on_page=lambda page: listed(page.agenda),
        how="all printed items of the document, and no others",
    ),
)
