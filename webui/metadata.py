"""What is known of a document, row by row; what is not known is shown as unknown, and where things are from is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pilcrow.engine import ranges, symbols
from pilcrow.engine.fields import LANGUAGES, agenda_key
from pilcrow.engine.model import AgendaItem, Document, Related
from pilcrow.search.citations import Citers, Work
from pilcrow.search.request import SearchRequest
from webui import urls
from webui.markup import breakable
from webui.search_view import plural
from webui.shelf_view import date_label

FOLDED_ABOVE = 3
"""Values of a row of long ones that stand open; more are folded, so that the text begins on the first screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """One value, with the search for everything that shares it where there is one."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that may be known of a document: no ``values`` means unknown. ``folded`` says how many, where many."""

    label: str
    values: tuple[Datum, ...]
    catalogued: bool = False
    remark: str = ""
    wide: bool = False
    folded: str = ""


def metadata(
    document: Document, related: Sequence[tuple[Related, bool]], *, items: Iterable[tuple[str, str]] = ()
) -> tuple[Row, ...]:
    """The rows for ``document``, those that people look for first.

    ``related`` says of each whether it has a page; ``items`` are the keys and labels of its paragraphs' agenda items.
    """
    rows = [
        _identifier(document),
        Row(
            label="Date",
            values=_searched("date", [(document.date, date_label(document.date))]),
            remark=_date_remark(document),
            catalogued="date" in document.catalogued,
        ),
        Row(
            label="Session",
            values=_searched("session", [(session.key, session.label) for session in document.sessions]),
            catalogued="sessions" in document.catalogued,
        ),
        Row(
            label="Body",
            values=_searched("body", [(document.body, symbols.body_name(document.body) if document.body else "")]),
            catalogued="body" in document.catalogued,
        ),
        Row(
            label="Type",
            values=_searched("type", [(document.type, symbols.type_name(document.type) if document.type else "")]),
            catalogued="type" in document.catalogued,
        ),
        Row(
            label="Language",
            values=_searched("language", [(document.language, LANGUAGES.get(document.language, document.language))]),
            catalogued="language" in document.catalogued,
        ),
        _plain(document, "original_language", "Original language", LANGUAGES.get(document.original_language, "")),
        _plain(document, "place", "Place", document.place),
        _agenda(document, dict(items)),
    ]
    return (*rows, *_optional(document, related))


def cited_by_row(document: Document, citers: Citers) -> tuple[Row, ...]:
    """Who cites the document as a whole, each with its paragraph; no row where nobody does."""
    values = [
        Datum(
            label=f"{each.citation} ({each.names})" if each.names else each.citation, url=urls.identifier_url(each.id)
        )
        for each in citers.listed
    ]
    if citers.total > len(values):
        values.append(Datum(label=f"and {citers.total - len(values):,} more", url=urls.cites_url(document.id)))
    if not values:
        return ()
    folded = plural(citers.total, "paragraph") if citers.total > FOLDED_ABOVE else ""
    return (Row(label="Cited by", values=tuple(values), wide=True, folded=folded),)


def cites_row(works: Sequence[Work]) -> tuple[Row, ...]:
    """Whom the document cites: those that are here lead to their pages, the others to all who cite them too."""
    if not works:
        return ()
    values = [
        Datum(
            label=f"{each.symbol} ({plural(each.paragraphs, 'paragraph')}{'' if each.document else ', not here'})",
            url=urls.document_url(each.symbol) if each.document else urls.cites_url(each.symbol),
        )
        for each in works
    ]
    folded = plural(len(works), "document") if len(works) > FOLDED_ABOVE else ""
    here = sum(each.document is not None for each in works)
    remark = f"{here:,} of them here" if folded and here else ""
    return (Row(label="Cites", values=tuple(values), wide=True, folded=folded, remark=remark),)


def _date_remark(document: Document) -> str:
    """Of which date the document's is, and when it was adopted, where that is another."""
    kind = f"date of {document.date_kind}" if document.date_kind and document.date else ""
    adopted = f"adopted {date_label(document.adopted)}" if document.adopted not in {"", document.date} else ""
    return "; ".join(each for each in (kind, adopted) if each)


def _identifier(document: Document) -> Row:
    if document.provisional:
        remark = f"It prints none. Until one is known, Pilcrow calls it {document.id}."
        return Row(label="Symbol", values=(), remark=remark)
    again = "; reissued for technical reasons" if document.reissued else ""
    return Row(
        label="Symbols" if len(document.symbols) > 1 else "Symbol",
        values=tuple(Datum(label=breakable(symbol)) for symbol in document.symbols or (document.id,)),
        catalogued="symbols" in document.catalogued,
        remark=again.removeprefix("; "),
    )


def _searched(field: str, pairs: Iterable[tuple[str, str]]) -> tuple[Datum, ...]:
    """Values that lead to everything that has them."""
    return tuple(
        Datum(label=label or key, url=urls.search_url(SearchRequest().with_value(field, key)))
        for key, label in pairs
        if key
    )


def _agenda(document: Document, items: Mapping[str, str]) -> Row:
    """The items that the whole document is under; where there are none, those of its paragraphs, as the agenda goes."""
    titles = {agenda_key(item): item.title for item in document.agenda_titles}
    if document.agenda or not items:
        own = [(agenda_key(item), _agenda_label(item, titles)) for item in document.agenda]
        return Row(label="Agenda item", values=_searched("agenda", own), catalogued="agenda" in document.catalogued)
    ordered = {key: items[key] for key in (*titles, *items) if key in items}
    return Row(
        label="Agenda items" if len(ordered) > 1 else "Agenda item",
        values=_searched("agenda", ordered.items()),
        remark="of its paragraphs, not of the whole document",
        wide=True,
        folded=plural(len(ordered), "item") if len(ordered) > FOLDED_ABOVE else "",
    )


def _agenda_label(item: AgendaItem, titles: dict[str, str]) -> str:
    title = item.title or titles.get(agenda_key(item), "")
    return f"{item.number}: {title}" if title else item.number


def _plain(document: Document, field: str, label: str, value: str) -> Row:
    return Row(label=label, values=(Datum(label=value),) if value else (), catalogued=field in document.catalogued)


def _optional(document: Document, related: Sequence[tuple[Related, bool]]) -> tuple[Row, ...]:
    """Rows that are left out where there is nothing to say, since nothing is missing then."""
    rows = []
    if document.unread:
        remark = "pictures of text, which only recognition (OCR) could read"
        rows.append(Row(label="Not read", values=(Datum(label=ranges.pages(document.unread)),), remark=remark))
    if related:
        rows.append(Row(label="Related", values=tuple(_related(each, held, document) for each, held in related)))
    if document.path:
        rows.append(Row(label="File", values=(Datum(label=document.path, url=urls.file_url(document.id)),)))
    return tuple(rows)


def _related(other: Related, held: bool, document: Document) -> Datum:
    amends = other in document.relations
    label = f"{other.relation} to {other.symbol}" if amends else f"has {other.symbol} as {other.relation}"
    return Datum(label=label, url=urls.document_url(other.symbol) if held else "")
