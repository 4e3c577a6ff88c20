"""Citations between documents: where what a paragraph cites stands in the index, and who cites a paragraph.

Both ways go by exact symbols: any symbol of a joint document leads to it, and a revision is cited by its own symbol
alone. A place that is named ("para. 12 (a)") is the paragraph with that number; where the document has none so deep,
the one above it, and where it has none at all the document is meant. What an index does not have stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pilcrow.engine import citing, symbols
from pilcrow.engine.contract import Hit, IndexReader, Limits, SearchPlan
from pilcrow.engine.model import Document, Paragraph, Reference
from pilcrow.engine.query import Or, Query, Value
from pilcrow.search.cite import cite

LISTED = 50
"""Who cites a document as a whole is listed so far; the rest is a search away, and counted."""

_NAMING = re.compile(r"[\])]?,?\s(?:at\s)?(?:operative\s)?(?:paras?\.?|paragraphs?)\s(?=\d)")
_PLACE = re.compile(r"(?P<number>\d{1,3})?(?P<items>(?:\s?\([a-z]{1,5}\))*)")
_BETWEEN = re.compile(r"\s?(?:[-–;]|,?\s?\b(?:and|to|or)\b|,)\s?(?=[\d(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as the index knows it: ``document`` is the id that its symbol leads to, "" where it has none.

    ``places`` pairs each paragraph that is named with its id, "" where the document has none such.
    """

    reference: Reference
    document: str = ""
    title: str = ""
    places: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The citation in short: "A/79/439, paras. 46-51"."""
        return named(self.reference.symbol, self.reference.paragraphs)

    @property
    def target(self) -> str:
        """The id of the first paragraph named, else of the document; "" where the index has neither."""
        return next((found for _, found in self.places if found), self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Characters of a text that lead somewhere: to the paragraph or document with the id ``target``, or to a State.

    ``state`` is the code of the State that they name, "" where they cite.
    """

    start: int
    end: int
    target: str = ""
    title: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citer:
    """A paragraph that cites another, or a document; ``names`` are the places that it names and nothing has."""

    id: str
    citation: str
    title: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citers:
    """Who cites something: how many paragraphs, and the first of them, the newest documents first."""

    total: int = 0
    listed: tuple[Citer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    """Who cites a document: ``whole`` as such (or by a number that it does not have), and its paragraphs, by id."""

    whole: Citers = field(default_factory=Citers)
    parts: Mapping[str, tuple[Citer, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A document that another cites: its symbol, the document itself where the index has it, by how many paragraphs."""

    symbol: str
    document: Document | None
    paragraphs: int


def works(targets: Targets, document: Document, paragraphs: Iterable[Paragraph]) -> tuple[Work, ...]:
    """Whom the ``paragraphs`` of ``document`` cite beside itself: those that are here first, the most cited first."""
    counts: Counter[tuple[str, bool]] = Counter()
    for paragraph in paragraphs:
        cited = targets.of(paragraph)
        counts.update({(each.document or each.reference.symbol, bool(each.document)) for each in cited})
    for own in ((document.id, True), *((symbol, False) for symbol in document.symbols)):
        counts.pop(own, None)
    falling = sorted(counts.items(), key=lambda item: (not item[0][1], -item[1], symbols.natural_key(item[0][0])))
    return tuple(
        Work(symbol=symbol, document=targets.document(symbol) if here else None, paragraphs=count)
        for (symbol, here), count in falling
    )


def named(symbol: str, places: Sequence[str]) -> str:
    """A symbol and paragraphs of it as they are printed: "A/79/439, paras. 3 and 46-51"."""
    return f"{symbol}, {_printed(places)}" if places else symbol


def _printed(places: Sequence[str]) -> str:
    runs = list(_in_ranges(places))
    listed = f"{', '.join(runs[:-1])} and {runs[-1]}" if len(runs) > 1 else runs[0]
    return f"para{'s' if len(places) > 1 else ''}. {listed}"


def _in_ranges(places: Sequence[str]) -> Iterator[str]:
    """The places in order, three or more numbers that follow each other as a range."""
    at = 0
    while at < len(places):
        end = at
        while end + 1 < len(places) and places[end].isdigit() and places[end + 1] == str(int(places[end]) + 1):
            end += 1
        if end - at > 1:
            yield f"{places[at]}-{places[end]}"
            at = end + 1
        else:
            yield places[at]
            at += 1


class Targets:
    """Finds what citations lead to, each document and place once."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._documents: dict[str, Document | None] = {}
        self._there: dict[str, bool] = {}

    def of(self, paragraph: Paragraph) -> tuple[Cited, ...]:
        """What ``paragraph`` cites, in order, each citation with where it leads."""
        return tuple(map(self.cited, paragraph.cites))

    def cited(self, reference: Reference) -> Cited:
        """One citation with where it leads."""
        document = self.document(reference.symbol)
        if document is None:
            return Cited(reference=reference, places=tuple((place, "") for place in reference.paragraphs))
        return Cited(
            reference=reference,
            document=document.id,
            title=document.title,
            places=tuple((place, _found(document.id, place, self._is_there) or "") for place in reference.paragraphs),
        )

    def document(self, symbol: str) -> Document | None:
        """The document that a symbol leads to, None where the index has none."""
        if symbol not in self._documents:
            self._documents[symbol] = self._reader.document(symbol)
        return self._documents[symbol]

    def _is_there(self, identifier: str) -> bool:
        if identifier not in self._there:
            self._there[identifier] = self._reader.paragraph(identifier) is not None
        return self._there[identifier]


def _found(document: str, place: str, is_there: Callable[[str], bool]) -> str | None:
    """The id of the paragraph of ``document`` that is cited as ``place``, or of the one that it would stand in."""
    identifiers = (f"{document}#{anchor}" for anchor in reversed(citing.anchors(place)))
    return next((each for each in identifiers if is_there(each)), None)


def links(cited: Iterable[Cited], text: str, *, within: str = "") -> tuple[Link, ...]:
    """What of ``text`` leads somewhere, in order: each of ``cited``, all of which stand in it, that the index has.

    One paragraph that is named after its symbol is one link with it; of several each number is one of its own, and the
    symbol leads to the first. A document that only names itself (``within`` is its id) leads nowhere.
    """
    made: list[Link] = []
    for each in sorted(cited, key=lambda each: each.reference.start):
        if each.target and each.target != within:
            made += [link for link in _links(each, text) if not made or link.start >= made[-1].end]
    return tuple(made)


def _links(cited: Cited, text: str) -> Iterator[Link]:
    reference = cited.reference
    title = f"{cited.label}: {cited.title}" if cited.title else cited.label
    if cited.places and not any(found for _, found in cited.places):
        title = f"{reference.symbol}, which has no paragraph of that number here"
    numbers = list(_numbers(cited, text))
    if len(numbers) == len(cited.places) == 1:
        yield Link(start=reference.start, end=numbers[0].end, target=cited.target, title=title)
        return
    yield Link(start=reference.start, end=reference.end, target=cited.target, title=title)
    yield from numbers


def _numbers(cited: Cited, text: str) -> Iterator[Link]:
    """The numbers printed after the symbol that are among the places named and lead to a paragraph."""
    known = dict(cited.places)
    naming = _NAMING.match(text, cited.reference.end) if known else None
    last, at = "", naming.end() if naming else len(text)
    while place := _PLACE.match(text, at):
        number = place["number"] or last
        name = " ".join((number, *re.findall(r"\([a-z]+\)", place["items"])))
        if not place[0] or name not in known:
            return
        if known[name]:
            title = named(cited.reference.symbol, (name,))
            start = place.start() + len(place[0]) - len(place[0].lstrip())
            yield Link(start=start, end=place.end(), target=known[name], title=title)
        last, between = number, _BETWEEN.match(text, place.end())
        if between is None:
            return
        at = between.end()


def cited_by(reader: IndexReader, document: Document, paragraphs: Iterable[Paragraph]) -> CitedBy:
    """Who cites ``document`` and its ``paragraphs``: two requests, however many paragraphs it has."""
    if document.provisional:
        return CitedBy()
    symbols = tuple(dict.fromkeys((citing.bare(document.id), *document.symbols)))
    whole = reader.search(_plan(symbols, "whole", LISTED))
    naming = reader.search(_plan(symbols, "part", Limits().window))
    there = {paragraph.id for paragraph in paragraphs}
    parts: dict[str, dict[str, Citer]] = {}
    astray: list[Citer] = []
    for hit in naming.hits:
        named_here = [each.paragraphs for each in hit.paragraph.cites if each.symbol in symbols]
        places = {place: _found(document.id, place, there.__contains__) for each in named_here for place in each}
        for found in filter(None, places.values()):
            parts.setdefault(found, {})[hit.paragraph.id] = _citer(hit)
        lost = [place for place, found in places.items() if found is None]
        if lost and all(named_here):
            astray.append(_citer(hit, names=_printed(lost)))
    return CitedBy(
        whole=Citers(total=whole.total + len(astray), listed=(*(_citer(hit) for hit in whole.hits), *astray)[:LISTED]),
        parts={identifier: tuple(citers.values()) for identifier, citers in parts.items()},
    )


def _plan(symbols: Sequence[str], extent: citing.Extent, limit: int) -> SearchPlan:
    values: tuple[Query, ...] = tuple(Value("cites", citing.document_key(symbol, extent)) for symbol in symbols)
    return SearchPlan(query=values[0] if len(values) == 1 else Or(values), sort="newest", limit=limit)


def _citer(hit: Hit, *, names: str = "") -> Citer:
    return Citer(id=hit.paragraph.id, citation=cite(hit.document, hit.paragraph), title=hit.document.title, names=names)
