"""What a question that is still being typed may become: words, values, States, sessions, documents, citations.

A :class:`Suggester` holds what one generation of an index can suggest, as sorted rows made once (:mod:`begun`); words
come from the vocabulary of the index itself, the most frequent first, in the forms that stand there. :meth:`suggest` is
a function of what was typed and touches no file but where the paragraphs of a document are listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal

from pilcrow.engine import analysis, gazetteer
from pilcrow.engine.contract import FacetCounts, FacetRequest, IndexReader, SearchPlan
from pilcrow.engine.fields import BY_KEY, FACETS, FIELDS, KEY_FIELDS
from pilcrow.engine.model import UNKNOWN
from pilcrow.engine.symbols import natural_key
from pilcrow.search import cite
from pilcrow.search.begun import Begun, keys_of, start_of
from pilcrow.search.keys import ALIASES, LIKE, field_of
from pilcrow.search.lexer import QUOTES

Kind = Literal["word", "state", "value", "session", "document", "paragraph", "field"]

MOST = 10
"""Suggestions of one list."""

LONGEST = 300
"""Characters of a query beyond which it is no longer completed."""

SHORTEST_NAME = 2
"""Letters of a name before names are suggested; one letter begins too many."""

WORDS_OF_A_NAME = 6
"""Words at the end of a query that may begin a name together."""

_SHARES: dict[Kind, int] = {"word": 4, "state": 3, "session": 2, "document": 3}
_WORDS_LOOKED_AT = 60
_DOCUMENTS_KEPT = 16
_LAST_WORD = re.compile(r"\w+\Z")
_LAST_FIELD = re.compile(rf"(?:^|(?<=[\s(-]))([^\W\d][\w-]*)[:：]\s?([{QUOTES}]?)([^{QUOTES}]*)\Z")
_BEGINNINGS = re.compile(r"(?:(?<=\s)|^)[(-]*(?=[^\s(-])")
_NO_NAME = re.compile(rf"[{QUOTES}:：*?~=]")
_FIELD_NAMES = tuple((each.key, each.help) for each in FIELDS if each.key != ALIASES["symbol"])
_SYMBOLS = (LIKE, "cites", "symbol", ALIASES["symbol"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing that the query may become.

    ``label`` is what people read, ``detail`` what it is, ``query`` the whole query with it put in. ``target`` is the id
    of the document or paragraph that it opens, "" where the query is searched; ``count`` how many paragraphs have it,
    None where that is not known.
    """

    kind: Kind
    label: str
    query: str
    detail: str = ""
    target: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value that has names: its key, what people read, and how many paragraphs have it."""

    key: str
    label: str
    count: int


class _Values:
    """The values of one field, found by the beginning of any word of their names."""

    def __init__(self, entries: Sequence[_Entry], names: Callable[[_Entry], Iterable[str]]) -> None:
        self.entries = entries
        self._begun = Begun(
            (key, at) for at, each in enumerate(entries) for name in names(each) for key in keys_of(name)
        )

    def find(self, typed: str) -> list[tuple[_Entry, str]]:
        """The values that ``typed`` may be the beginning of, each with the key that it begins; "" of the name shown.

        Those whose name begins so come first, then the most frequent.
        """
        start = start_of(typed)
        found: dict[int, str] = {}
        for key, at in self._begun.find(start):
            found.setdefault(at, key)

        def rank(at: int) -> tuple[bool, int, str]:
            entry = self.entries[at]
            return not start_of(entry.label).startswith(start), -entry.count, entry.key

        def said(at: int) -> str:
            return "" if any(key.startswith(start) for key in keys_of(self.entries[at].label)) else found[at]

        return [(self.entries[at], said(at)) for at in sorted(found, key=rank)]


class Suggester:
    """What one generation can suggest; made once, and safe to use from several threads."""

    def __init__(self, reader: IndexReader) -> None:
        counts = _counts(reader)
        self._values = {
            field.key: _Values(_entries(reader, field.key, counts), _NAMES.get(field.key, _own_names))
            for field in KEY_FIELDS
            if field.key in counts and field.key != "symbol"
        }
        self._paragraphs = counts["symbol"]
        documents = reader.documents()
        self._documents = [(each.id, each.title) for each in documents]
        self._titles = Begun((key, at) for at, each in enumerate(documents) for key in keys_of(each.title))
        named = ((name, at) for at, each in enumerate(documents) for name in dict.fromkeys((each.id, *each.symbols)))
        self._symbols = Begun((_plain(name), at) for name, at in named)
        self._cited_symbols = _cited(reader)
        self._cited = Begun((_plain(key), at) for at, key in enumerate(self._cited_symbols))
        self._places: dict[str, tuple[tuple[str, str, str], ...]] = {}

    def suggest(self, reader: IndexReader, typed: str, *, limit: int = MOST) -> tuple[Suggestion, ...]:
        """What ``typed`` may become, the likeliest first; ``reader`` is of the generation that this was made for."""
        if not typed.strip() or len(typed) > LONGEST:
            return ()
        named = _LAST_FIELD.search(typed)
        field = field_of(named[1]) if named else None
        if named is not None and field is not None:
            found = self._in_field(reader, typed, field, named)
        elif cited := tuple(islice(self._cited_by(reader, typed), limit)):
            return cited
        else:
            found = self._anywhere(reader, typed)
        return tuple(islice(_distinct(found, typed), limit))

    # ------------------------------------------------------------------------------------------------ anywhere

    def _anywhere(self, reader: IndexReader, typed: str) -> Iterator[Suggestion]:
        words = islice(_words(reader, typed), _SHARES["word"])
        names = chain(
            islice(self._named(typed, "state", "state"), _SHARES["state"]),
            islice(self._named(typed, "session", "session"), _SHARES["session"]),
            islice(self._titled(typed), _SHARES["document"]),
        )
        whole = typed.split()[-1].casefold() in analysis.stopwords()  # "rights of" goes on with another word
        yield from chain(names, words) if whole else chain(words, names)
        yield from _fields(typed)

    def _named(self, typed: str, field: str, kind: Kind) -> Iterator[Suggestion]:
        """The values of a field whose names begin with the last words, of as many of them as any name begins with."""
        if typed.count('"') % 2:
            return
        for start in [found.end() for found in _BEGINNINGS.finditer(typed)][-WORDS_OF_A_NAME:]:
            words = typed[start:]
            if len(start_of(words)) < SHORTEST_NAME or _NO_NAME.search(words):
                continue
            found = self._values[field].find(words)
            if found:
                yield from (self._value(kind, field, entry, typed[:start], said=key) for entry, key in found)
                return

    def _value(self, kind: Kind, field: str, entry: _Entry, before: str, *, said: str = "") -> Suggestion:
        """``entry`` as a value of ``field`` in the query; ``said`` is the key by which it was found."""
        known_as = _known_as(entry, said) if field == "state" else ""
        what = BY_KEY[field].label
        return Suggestion(
            kind=kind,
            label=entry.label or entry.key,
            detail=f"{what}, as {known_as}" if known_as else what,
            query=f"{before}{field}:{_written(field, entry)}",
            count=entry.count,
        )

    def _titled(self, typed: str) -> Iterator[Suggestion]:
        """The documents whose title has all that was typed at the beginning of a word."""
        start = start_of(typed)
        if len(start) > SHORTEST_NAME and not _NO_NAME.search(typed):
            for at in dict.fromkeys(number for _, number in self._titles.find(start)):
                yield self._document(at, titled=True)

    # ------------------------------------------------------------------------------------------------ citations

    def _cited_by(self, reader: IndexReader, typed: str) -> Iterator[Suggestion]:
        """Where the whole query begins a symbol: those documents; where it is one and more, its paragraphs."""
        if "/" not in typed or len(typed) > cite.LONGEST_CITATION:
            return
        yield from (self._document(at, titled=False) for at in _numbers(self._symbols, typed))
        for identifier, citation in self._paragraphs_beginning(reader, typed):
            yield Suggestion(kind="paragraph", label=citation, detail="Paragraph", query=citation, target=identifier)

    def _document(self, at: int, *, titled: bool) -> Suggestion:
        """The document with this number, called by its title or by its symbol, as it is being typed."""
        identifier, title = self._documents[at]
        label, detail = (title, identifier) if titled and title else (identifier, title or "Document")
        count = self._paragraphs.get(identifier)
        return Suggestion(kind="document", label=label, detail=detail, query=identifier, target=identifier, count=count)

    def _paragraphs_beginning(self, reader: IndexReader, typed: str) -> Iterator[tuple[str, str]]:
        """Id and citation of the paragraphs of which ``typed`` begins a citation, in order."""
        cited = cite.parse_citation(typed)
        document = reader.document(cited[0]) if cited is not None else None
        if cited is None or document is None or not (cited[1] or typed.rstrip().endswith((",", "#"))):
            return
        place = cited[1]
        wanted = cite.normal(place)
        for identifier, citation, normal in self._places_in(reader, document.id):
            if identifier.startswith(f"{document.id}{place}") if place.startswith("#") else normal.startswith(wanted):
                yield identifier, citation

    def _places_in(self, reader: IndexReader, document: str) -> tuple[tuple[str, str, str], ...]:
        """Id, citation and place of every paragraph of a document; kept for the few documents asked for last."""
        found = self._places.get(document)
        if found is None:
            if len(self._places) >= _DOCUMENTS_KEPT:
                self._places.clear()
            locators = [(each.id, cite.locator(each)) for each in reader.paragraphs(document)]
            found = tuple((each, f"{document}, {place}", cite.normal(place)) for each, place in locators)
            self._places[document] = found
        return found

    # --------------------------------------------------------------------------------------------- in a field

    def _in_field(self, reader: IndexReader, typed: str, field: str, named: re.Match[str]) -> Iterator[Suggestion]:
        """The completions of the value that is being typed after ``field:``, or of what follows where it has ended."""
        begun, before = named[3], typed[: named.start()]
        if field in BY_KEY and BY_KEY[field].kind == "text":
            yield from _words(reader, typed, field)
            return
        found = tuple(islice(self._values_in(reader, field, before, named), MOST))
        yield from found
        if not found and not named[2] and re.search(r"\s", begun.strip()):
            yield from self._anywhere(reader, typed)

    def _values_in(self, reader: IndexReader, field: str, before: str, named: re.Match[str]) -> Iterator[Suggestion]:
        begun = named[3]
        if field in _SYMBOLS:
            for symbol, count in self._symbols_in(reader, field, begun):
                query = f"{before}{named[1]}:{_quoted(symbol)}"
                yield Suggestion(kind="value", label=symbol, detail=_label(field), query=query, count=count)
        else:
            for entry, said in self._values[field].find(begun):
                yield replace(self._value("value", field, entry, before, said=said), detail=_label(field))

    def _symbols_in(self, reader: IndexReader, field: str, begun: str) -> Iterator[tuple[str, int | None]]:
        """What a field of symbols may hold that begins so, with how many paragraphs are of it where that is known."""
        if field == "cites":
            yield from ((self._cited_symbols[at], None) for at in _numbers(self._cited, begun))
            return
        for at in _numbers(self._symbols, begun):
            identifier = self._documents[at][0]
            yield identifier, None if field == LIKE else self._paragraphs.get(identifier)
        if field == LIKE:
            for _, citation in self._paragraphs_beginning(reader, begun):
                yield citation, None


# ---------------------------------------------------------------------------------------------------------- words


def _words(reader: IndexReader, typed: str, field: str = "") -> Iterator[Suggestion]:
    """The query with its last word completed by those of the index, the most frequent first."""
    last = _LAST_WORD.search(typed)
    start = analysis.fold(last[0]) if last else ""
    if last is None or not start or start.isdecimal() or " " in start:
        return
    before = typed[: last.start()]
    closing = '"' if before.count('"') % 2 else ""
    for found in reader.beginning(start, field=field, limit=_WORDS_LOOKED_AT):
        if found.form != start and found.form not in analysis.stopwords() and not found.form.isdecimal():
            yield Suggestion(
                kind="word",
                label=found.form,
                query=f"{before}{found.form}{closing}",
                count=found.count,
            )


def _fields(typed: str) -> Iterator[Suggestion]:
    """The names of fields that the last word begins."""
    last = _LAST_WORD.search(typed)
    start = last[0].casefold() if last else ""
    if last is None or len(start) < SHORTEST_NAME or typed.count('"') % 2:
        return
    for name, about in (*_FIELD_NAMES, (LIKE, "paragraphs like the one cited")):
        if name.startswith(start):
            yield Suggestion(kind="field", label=f"{name}:", detail=about, query=f"{typed[: last.start()]}{name}:")


def _distinct(found: Iterable[Suggestion], typed: str) -> Iterator[Suggestion]:
    """``found`` without what would leave the query as it is, or make of it what another one did."""
    seen = {typed}
    for each in found:
        if each.query not in seen or each.target:
            seen.add(each.query)
            yield each


# --------------------------------------------------------------------------------------------------------- values


def _counts(reader: IndexReader) -> Mapping[str, FacetCounts]:
    """How many paragraphs have each value of each facet."""
    plan = SearchPlan(facets=tuple(FacetRequest(field=each.key) for each in FACETS), sort="document", limit=0)
    return reader.search(plan).facets


def _entries(reader: IndexReader, field: str, counts: Mapping[str, FacetCounts]) -> list[_Entry]:
    labels = reader.labels(field)
    there = ((key, count) for key, count in counts[field].items() if key != UNKNOWN and count)
    return [_Entry(key, labels.get(key, ""), count) for key, count in there]


def _own_names(entry: _Entry) -> tuple[str, ...]:
    return (entry.key, entry.label)


def _state_names(entry: _Entry) -> tuple[str, ...]:
    """Every name of a State or region; no codes, which are no words that one begins to type."""
    found = gazetteer.resolve(entry.key)
    if isinstance(found, gazetteer.State):
        return tuple(name.text for name in found.names)
    return (entry.label, *found.aliases) if found else (entry.label,)


_NAMES: dict[str, Callable[[_Entry], Iterable[str]]] = {"state": _state_names}


def _known_as(entry: _Entry, key: str) -> str:
    """The name of a State that has ``key``, in quotation marks; "" for no key."""
    names = _state_names(entry) if key else ()
    return next((f"“{name}”" for name in names if key in keys_of(name)), "")


def _written(field: str, entry: _Entry) -> str:
    """A value as it is written in a query: a State by its name, others by their keys."""
    return _quoted(entry.label if field == "state" else entry.key)


def _quoted(value: str) -> str:
    plain = re.fullmatch(r"[\w./-]+", value) is not None
    return value if plain else '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))


def _label(field: str) -> str:
    return {LIKE: "Like", ALIASES["symbol"]: BY_KEY["symbol"].label}.get(field) or BY_KEY[field].label


def _cited(reader: IndexReader) -> list[str]:
    """The symbols of the documents that paragraphs cite as a whole or in part."""
    found = [key for key in reader.labels("cites") if "#" not in key and key != UNKNOWN]
    return sorted(found, key=natural_key)


def _numbers(symbols: Begun, typed: str) -> list[int]:
    """The numbers of the symbols that ``typed`` begins, in natural order of the symbols, as they were numbered."""
    return sorted({number for _, number in symbols.find(_plain(typed))})


def _plain(symbol: str) -> str:
    return "".join(symbol.split()).casefold()
