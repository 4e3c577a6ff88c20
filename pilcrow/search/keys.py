"""What a typed value of a key field means (``state:Belarus``, ``date:>=2010``, ``symbol:S/RES/2774 (2025)``).

Each reader starts at the character after the colon and takes exactly what belongs to the value: a symbol's parentheses,
all the words of a State's name, both bounds of a range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pilcrow.engine import citing, gazetteer
from pilcrow.engine.fields import BY_KEY, LANGUAGES, PILLARS
from pilcrow.engine.model import UNKNOWN
from pilcrow.engine.query import Not, Or, Prefix, Query, Range, Value, Wildcard, transform
from pilcrow.search import names
from pilcrow.search.lexer import QUOTES, Scanner, Span
from pilcrow.search.words import read_pattern

LIKE = "like"
"""The field whose value is a paragraph, of which the like is sought; no index has it (:mod:`likeness`)."""

ALIASES = {
    "agendas": "agenda",
    "cited": "state",
    "country": "state",
    "countries": "state",
    "states": "state",
    "region": "state",
    "doc": "any_symbol",
    "document": "any_symbol",
    "symbol": "any_symbol",
    "year": "date",
    "month": "date",
    "item": "agenda",
    "notes": "note",
    "footnote": "note",
    "heading": "section",
    "sections": "section",
    "meeting": "session",
    "lang": "language",
    "cite": "cites",
    "citing": "cites",
    "organ": "body",
    "pillars": "pillar",
}

_MOST_WORDS_OF_A_NAME = 12
_NEXT_OF_NAME = re.compile(rf"\s*(?!(?:AND|OR|NOT)\b|-|[^\s()]*:)[^\s{QUOTES}]*\w[^\s{QUOTES}]*")
_SYMBOL = re.compile(
    rf"""[^\s()\[\]{QUOTES}]+
    (?:\s?[A-Z](?=\s*\([IVXLC]))?
    (?:\s*\((?:
        \d{{4}} | (?:E?S-)?[IVXLCDM]+ | (?i:sect|section|part|vol|suppl?|chap|annex|add|corr|no)\b[^()]*
    )\))*
    [*?]*""",
    re.VERBOSE,
)
_PLACE = r",?\s+paras?\.?\s*\d{1,3}(?:\s?\([a-z]{1,5}\))*(?:-\d{1,3})?"
_CITED = re.compile(rf"(?:{_SYMBOL.pattern})(?:{_PLACE})?", re.VERBOSE)
_LIKE = re.compile(rf"(?:{_SYMBOL.pattern})(?:\#[^\s(){QUOTES}]+|{_PLACE})?", re.VERBOSE)
_AGENDA = re.compile(rf"[^\s(){QUOTES}]+(?:\s*\([a-zA-Z0-9]{{1,5}}\))*")
_BETWEEN = re.compile(rf"\[\s*([^\s\]{QUOTES}]*)\s*(?:\b(?i:to)\s+([^\s\]{QUOTES}]*))?\s*(\]?)")
_COMPARED = re.compile(rf"(>=|<=|=|>|<|≥|≤)\s*([^\s(){QUOTES}]*)")
_NAMED_DATE = re.compile(r"\d{1,2}\s+[^\W\d]{3,9}\.?\s+\d{4}|[^\W\d]{3,9}\.?\s+\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRead:
    """What a value was read as (None where it could not be), and the problem with it, if any."""

    node: Query | None = None
    problem: str = ""
    start: int = 0
    end: int = 0
    suggestion: str = ""


def read_key(scanner: Scanner, field: str) -> KeyRead:
    """The value of the key field ``field`` that comes next; a problem where nothing does or it cannot be read."""
    start = scanner.at
    if scanner.at_quote:
        quoted = scanner.quoted_key()
        return _named(field, quoted) if quoted else _unclosed(field, scanner.rest())
    if field == "date":
        found = _read_range(scanner)
        if found is not None:
            return found
    span = _unquoted(scanner, field)
    if span is None:
        problem = f"Nothing stands after {field}: where a value should."
        return KeyRead(problem=problem, start=start, end=scanner.at)
    if ("*" in span.text or "?" in span.text) and field != LIKE:
        return _matching(field, span)
    return _named(field, span)


def field_of(name: str) -> str | None:
    """The key of the field that ``name`` means, in any case, by itself or an alias; None for no field."""
    folded = name.casefold()
    if folded in ALIASES:
        return ALIASES[folded]
    return folded if folded in BY_KEY or folded == LIKE else None


def as_typed(tree: Query) -> str:
    """``tree`` as text that reads back as the same tree, with the names that people type: "symbol:" for any symbol."""

    def change(node: Query) -> Query:
        if isinstance(node, Value) and node.field == "cites":
            return replace(node, key=citing.label(node.key))
        if isinstance(node, (Value, Prefix, Wildcard)) and node.field == ALIASES["symbol"]:
            return replace(node, field="symbol")
        return node

    return str(transform(tree, change))


def field_names() -> tuple[str, ...]:
    """Every name of a field that a query may use."""
    return tuple(dict.fromkeys((*BY_KEY, LIKE, *ALIASES)))


def _unquoted(scanner: Scanner, field: str) -> Span | None:
    """The value up to its end, which each field knows for itself."""
    start = scanner.at
    if field == "state":
        return _longest_name(scanner)
    pattern = {"symbol": _SYMBOL, "any_symbol": _SYMBOL, "agenda": _AGENDA, "cites": _CITED, LIKE: _LIKE}.get(field)
    if pattern is None:
        return scanner.chunk()
    found = scanner.match(pattern)
    return Span(found[0], start, found.end()) if found else None


def _unclosed(field: str, span: Span) -> KeyRead:
    """The value after a quotation mark without a partner: everything to the end, and said."""
    read = _named(field, span)
    if read.problem:
        return read
    return replace(read, problem="This quotation mark has no partner; the value was read to the end of the query.")


def _longest_name(scanner: Scanner) -> Span | None:
    """As many words as together name a State or region; one word where none do."""
    first = scanner.chunk()
    if first is None:
        return None
    best = first
    end = first.end
    for _ in range(_MOST_WORDS_OF_A_NAME):
        following = _NEXT_OF_NAME.match(scanner.text, end)
        if following is None:
            break
        end = following.end()
        text = scanner.text[first.start : end]
        if text.count("(") == text.count(")") and gazetteer.resolve(text) is not None:
            best = Span(text, first.start, end)
    scanner.at = best.end
    return best


def _named(field: str, span: Span) -> KeyRead:
    """The node of a value given by name."""
    if field == "date":
        bounds = names.date_range(span.text)
        if bounds is not None:
            return _ordered(*bounds, span)
    found = names.resolve(field, span.text)
    if not found.keys:
        suggestion = f'{field}:"{found.suggestion}"' if found.suggestion else ""
        return KeyRead(problem=found.problem, start=span.start, end=span.end, suggestion=suggestion)
    nodes = tuple(_value(field, key) for key in found.keys)
    return KeyRead(node=nodes[0] if len(nodes) == 1 else Or(nodes), start=span.start, end=span.end)


def _value(field: str, key: str) -> Query:
    if field == "date" and key != UNKNOWN:
        return Range(field, key, key)
    return Value(field, key)


def _matching(field: str, span: Span) -> KeyRead:
    """The node of a value with * or ?: of names where the keys are codes, else of keys."""
    if not span.text.strip("*"):
        return KeyRead(node=Not(Value(field, UNKNOWN)), start=span.start, end=span.end)
    labels = _labels(field)
    if labels is None and field != "date" and not re.search(r"[\s()]", span.text):
        return KeyRead(node=read_pattern(span.text, field), start=span.start, end=span.end)
    pattern = re.compile(re.escape(span.text.casefold()).replace(r"\*", ".*").replace(r"\?", "."))
    keys = [key for key, label in (labels or ()) if pattern.fullmatch(label.casefold())]
    if not keys:
        problem = f"No value of {field} matches “{span.text}”."
        return KeyRead(problem=problem, start=span.start, end=span.end)
    values = tuple(Value(field, key) for key in dict.fromkeys(keys))
    return KeyRead(node=values[0] if len(values) == 1 else Or(values), start=span.start, end=span.end)


def _labels(field: str) -> list[tuple[str, str]] | None:
    """Each key of ``field`` with each of its names, where they are known without an index."""
    if field == "state":
        return [(state.code, name) for state in gazetteer.states() for name in (state.code, state.name)]
    labels = {"pillar": PILLARS, "language": LANGUAGES}.get(field)
    return None if labels is None else [(key, name) for key, label in labels.items() for name in (key, label)]


def _read_range(scanner: Scanner) -> KeyRead | None:
    """``[a TO b]``, ``>=a`` and its kin, or a date in words; None where none of them comes next."""
    start = scanner.at
    found = scanner.match(_BETWEEN)
    if found is not None:
        span = Span(found[0].strip(), start, start + len(found[0].rstrip()))
        scanner.at = span.end
        low, high, closed = found[1] or "", found[2], found[3]
        if high is None or not closed:
            problem = "A range of dates is written [2009-04 TO 2010-10], with * for an open end."
            return KeyRead(problem=problem, start=span.start, end=span.end, suggestion="date:[2009-04 TO 2010-10]")
        return _bounded(low.replace("*", ""), high.replace("*", ""), span)
    compared = scanner.match(_COMPARED)
    if compared is not None:
        return _compared(compared[1], compared[2], Span(compared[0], start, compared.end()))
    named = scanner.match(_NAMED_DATE)
    return _named("date", Span(named[0], start, named.end())) if named else None


def _compared(sign: str, text: str, span: Span) -> KeyRead:
    date = names.iso_date(text)
    if date is None:
        problem = f"“{text}” after {sign} is no date: write 2010, 2010-04 or 2010-04-29."
        return KeyRead(problem=problem, start=span.start, end=span.end)
    match sign:
        case ">=" | "≥":
            return _ordered(date, "", span)
        case "<=" | "≤":
            return _ordered("", date, span)
        case ">":
            return _ordered(names.next_date(date), "", span)
        case "<":
            return _ordered("", names.previous_date(date), span)
        case _:
            return _ordered(date, date, span)


def _bounded(low: str, high: str, span: Span) -> KeyRead:
    for bound in (low, high):
        if bound and names.iso_date(bound) is None:
            problem = f"“{bound}” is no date: write 2010, 2010-04 or 2010-04-29, or * for an open end."
            return KeyRead(problem=problem, start=span.start, end=span.end)
    return _ordered(names.iso_date(low) or "", names.iso_date(high) or "", span)


def _ordered(low: str, high: str, span: Span) -> KeyRead:
    """The node of a range; one that is upside down is turned round and said."""
    if not low and not high:
        return KeyRead(problem="The range has no date on either side.", start=span.start, end=span.end)
    if low and high and low > high and not low.startswith(high):
        turned = f"date:[{high} TO {low}]"
        problem = f"The range ends before it begins; it was read as {turned}."
        return KeyRead(
            node=Range("date", high, low), problem=problem, start=span.start, end=span.end, suggestion=turned
        )
    return KeyRead(node=Range("date", low, high), start=span.start, end=span.end)
