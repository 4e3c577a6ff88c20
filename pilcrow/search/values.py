"""Values of key fields as people give them, resolved against what an index has.

A session by its key, its number, its year or words of its name; an agenda item by its number in any session; a symbol
in any case and spacing; a body or a type by its name. A value that the index does not have is said, with the nearest
that it has.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pilcrow.engine import citing, gazetteer, symbols
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.fields import BY_KEY
from pilcrow.engine.model import UNKNOWN, Session
from pilcrow.engine.query import Or, Prefix, Query, Value, Wildcard, transform
from pilcrow.search import names
from pilcrow.search.keys import LIKE
from pilcrow.search.lexer import QUOTES
from pilcrow.search.request import Chosen, Diagnostic, SearchRequest

MOST = 100
"""Values that one name may stand for."""

MOST_COMPARED = 20_000
"""Keys among which the nearest to an unknown one is sought; beyond that it would take too long."""

LONGEST_CODE = 3
"""Letters of a name that may be part of another word; a longer one is believed wherever it stands."""

LONGEST_LIST = 400
"""Characters of a list of all that there is, where nothing is near."""

_WHAT = {"any_symbol": "document with the symbol", "cites": "cited document"}
"""What a value is called of which there is none, where the field's label is no such name."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?")
_ITEM = re.compile(r"(?:agenda\s+)?items?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The keys of an index that a value stands for, and in one sentence what is wrong where there are none."""

    keys: tuple[str, ...] = ()
    problem: str = ""
    suggestion: str = ""


def known(reader: IndexReader, field: str, value: str) -> Known:
    """What ``value`` stands for among the keys that ``field`` has in the index."""
    labels = reader.labels(field)
    if field == "cites" and value != UNKNOWN:
        return _cited(reader, value)
    if value in labels or value == UNKNOWN:
        return Known(keys=(value,))
    keys = tuple(dict.fromkeys(_keys(reader, field, value)))
    if keys:
        return Known(keys=keys[:MOST])
    return _missing(field, value, labels)


def _cited(reader: IndexReader, value: str) -> Known:
    """The keys of those that cite a document, by any of its symbols, or a place in it."""
    labels = reader.labels("cites")
    symbol, mark, anchor = value.partition("#")
    document = reader.document(symbol)
    names = dict.fromkeys((symbol, *(document.symbols if document else ())))
    keys = tuple(key for name in names if (key := f"{name}{mark}{anchor}") in labels)
    if keys:
        return Known(keys=keys)
    cited = [name for name in names if name in labels]
    hint = f"; some cite {cited[0]} as a whole or another place in it" if cited and anchor else ""
    problem = f"No paragraph of this index cites {citing.label(value)}{hint}."
    return Known(problem=problem, suggestion=cited[0] if hint else "")


def resolve_tree(reader: IndexReader, tree: Query, typed: str) -> tuple[Query, tuple[Diagnostic, ...]]:
    """``tree`` with every value made keys of the index; what it does not have stays, matches nothing, and is said.

    ``typed`` is the query as typed, in which the diagnostics say where they are.
    """
    problems: list[Diagnostic] = []
    uncited: list[tuple[str, Diagnostic]] = []
    cited: set[str] = set()

    def change(node: Query) -> Query:
        if isinstance(node, Value) and node.field != LIKE:  # which names a paragraph: see likeness.py
            found = known(reader, node.field, node.key)
            if found.problem:
                if node.field == "cites":
                    uncited.append((node.key, placed(found, citing.label(node.key), typed)))
                elif node.field != "state" or _is_named(node.key, typed):
                    problems.append(placed(found, node.key, typed))
                return node
            if node.field == "cites":
                cited.add(node.key.partition("#")[0])
            values = tuple(Value(node.field, key) for key in found.keys)
            return values[0] if len(values) == 1 else Or(values)
        if isinstance(node, (Prefix, Wildcard)) and node.field and BY_KEY[node.field].kind == "keys":
            return _matching(reader, node, problems, typed)
        return node

    resolved = transform(tree, change)
    # Of "paras. 46-51" most may be cited by none: that is said only where nobody cites any.
    problems += [problem for key, problem in uncited if key.partition("#")[0] not in cited]
    return resolved, tuple(problems)


def resolve_request(reader: IndexReader, request: SearchRequest) -> tuple[SearchRequest, tuple[Diagnostic, ...]]:
    """``request`` with every chosen value made keys of the index; what it does not have stays chosen, and is said."""
    problems: list[Diagnostic] = []

    def keys(field: str, values: tuple[str, ...]) -> Iterator[str]:
        for value in values:
            if field == "date" and value != UNKNOWN and (date := _chosen_date(reader, value)):
                yield date
                continue
            found = known(reader, field, value)
            if found.problem:
                problems.append(Diagnostic(message=found.problem, suggestion=found.suggestion))
            yield from found.keys or (value,)

    chosen = tuple(
        Chosen(
            field=each.field,
            include=tuple(keys(each.field, each.include)),
            exclude=tuple(keys(each.field, each.exclude)),
            all_of=each.all_of,
        )
        for each in request.chosen
    )
    return request.with_chosen(chosen), tuple(problems)


def _chosen_date(reader: IndexReader, value: str) -> str:
    """A chosen date that the index has, or any other one as the range of its days; "" for what is no date."""
    if ".." in value or value in reader.labels("date"):
        return value
    date = names.iso_date(value)
    return f"{date}..{date}" if date else ""


def sessions(reader: IndexReader) -> dict[str, Session]:
    """Every session of the documents of the index, by key."""
    return {session.key: session for document in reader.documents() for session in document.sessions}


def _keys(reader: IndexReader, field: str, value: str) -> Iterator[str]:
    """The keys that ``value`` may stand for, though it is none itself."""
    labels = reader.labels(field)
    folded = _plain(value)
    same = [key for key in labels if _plain(key) == folded]
    if same:
        yield from same
    elif field in ("symbol", "any_symbol"):
        document = reader.document(value)
        if document is not None:
            yield document.id
    elif field == "session":
        yield from _session_keys(reader, value)
    elif field == "agenda":
        wanted = _plain(_ITEM.sub("", value))
        numbered = [key for key in labels if _plain(key.rpartition("|")[2]) == wanted and (len(key) > len(wanted))]
        yield from numbered or _named(labels, value)
    elif field == "body":
        yield from [key for key, label in labels.items() if folded in {_plain(label), *_body_names(key)}] or _named(
            labels, value
        )
    elif field in ("type", "language", "pillar"):
        yield from [key for key, label in labels.items() if _plain(label) == folded] or _named(labels, value)


def _body_names(key: str) -> set[str]:
    """Every name of a body, as :func:`_plain` has them."""
    body = symbols.bodies().get(key)
    return {_plain(name) for name in (body.name, body.short, *body.aliases)} if body else set()


def _session_keys(reader: IndexReader, value: str) -> Iterator[str]:
    """Sessions that ``value`` names by year, by number, or by words of their names."""
    found = sessions(reader)
    text = value.strip()
    if _YEAR.fullmatch(text):
        yield from (key for key, each in found.items() if _in_year(each, text))
        return
    numbered = _ORDINAL.fullmatch(text.casefold())
    if numbered:
        yield from (key for key, each in found.items() if each.number == int(numbered[1]))
        return
    yield from _named({key: each.label for key, each in found.items()}, text)


def _in_year(session: Session, year: str) -> bool:
    if session.start:
        return session.start[:4] <= year <= (session.end or session.start)[:4]
    return session.key.rpartition("/")[2][:4] == year


def _named(labels: Mapping[str, str], value: str) -> list[str]:
    """Keys whose labels have every word of ``value``."""
    words = re.findall(r"\w+", value.casefold())
    return [
        key
        for key, label in labels.items()
        if words and key != UNKNOWN and set(words) <= set(re.findall(r"\w+", label.casefold()))
    ]


def _missing(field: str, value: str, labels: Mapping[str, str]) -> Known:
    """The sentence for a value that the index does not have, with the nearest that it has."""
    what = _WHAT.get(field) or BY_KEY[field].label.lower()
    if field == "state":
        return Known(problem=f"No paragraph of this index cites {_state_name(value)}.")
    there = [key for key in labels if key != UNKNOWN]
    close = difflib.get_close_matches(value, there[:MOST_COMPARED], n=3, cutoff=0.6) if len(value) > 2 else []
    listed = "; ".join(_readable(field, key, labels[key]) for key in close or there)
    hint = f"; there is {listed}." if close or len(listed) <= LONGEST_LIST else "."
    return Known(problem=f"There is no {what} “{value}” in this index{hint}", suggestion=close[0] if close else "")


def _readable(field: str, key: str, label: str) -> str:
    """A value by its name; by its key where people know it by that, or where it has no name."""
    return label if field in ("session", "agenda", "body", "cites") and label else key


def _state_name(code: str) -> str:
    found = gazetteer.resolve(code)
    return found.name if isinstance(found, gazetteer.State) else found.label if found else code


def _is_named(code: str, typed: str) -> bool:
    """Whether the typed query names the State itself, and not only a region that it lies in."""
    found = gazetteer.resolve(code)
    if not isinstance(found, gazetteer.State):
        return True
    names = {gazetteer.fold(name) for name in (found.code, found.alpha2, found.name, found.formal)}
    names |= {gazetteer.fold(name.text) for name in found.names}
    words = gazetteer.fold(typed)
    typed_words = {gazetteer.fold(word) for word in re.findall(r"\w+", typed)}
    return bool(names & typed_words) or any(len(name) > LONGEST_CODE and name in words for name in names)


def _matching(reader: IndexReader, node: Prefix | Wildcard, problems: list[Diagnostic], typed: str) -> Query:
    """A prefix or wildcard of keys as it is; where no key matches, of labels ("type:rep*"), or said."""
    if reader.expand(node).found:
        return node
    text = f"{node.start}*" if isinstance(node, Prefix) else node.pattern
    pattern = re.compile(re.escape(text.casefold()).replace(r"\*", ".*").replace(r"\?", "."))
    labels = reader.labels(node.field)
    keys = [key for key, label in labels.items() if key != UNKNOWN and pattern.fullmatch(label.casefold())]
    if keys:
        values = tuple(Value(node.field, key) for key in keys[:MOST])
        return values[0] if len(values) == 1 else Or(values)
    problems.append(placed(_missing(node.field, text, labels), text, typed))
    return node


def placed(found: Known, value: str, typed: str) -> Diagnostic:
    """The problem at the place where the value was typed, or about the whole query where that is not plain."""
    at = typed.casefold().find(value.casefold())
    start, end = (at, at + len(value)) if at >= 0 and len(typed.casefold()) == len(typed) else (0, len(typed))
    within_quotes = at > 0 and typed[at - 1] in QUOTES
    plain = at >= 0 and (within_quotes or not re.search(r"[\s()]", found.suggestion))
    suggestion = (found.suggestion if plain else f'"{found.suggestion}"') if found.suggestion and at >= 0 else ""
    return Diagnostic(message=found.problem, start=start, end=end, suggestion=suggestion)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
