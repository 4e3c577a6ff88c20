"""The printed lines of a masthead, whole again, and which of them say something that is known by its form.

Converters run columns together and cut long titles; here the lines are as they were meant, before
:mod:`indexer.masthead` asks each what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer import bodies, layout
from indexer.blocks import Block
from indexer.readers.lines import SYMBOL_LINE

ORDINAL = r"(?:(?:one\s)?hundred(?:\sand)?[\s-])?(?:[a-z]+(?:y-[a-z]+)?|\d{1,3}(?:st|nd|rd|th))"
SESSION = re.compile(
    rf"^(?:(?P<resumed>resumed)\s)?(?P<ordinal>{ORDINAL})\s(?P<kind>(?:emergency\sspecial|special|regular"
    rf"|resumed|substantive|annual|extraordinary)\s)?"
    r"(?:session|meeting|year)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
DISTRIBUTION = re.compile(
    r"^Distr(?:\.|ibution)\s?:?\s*(?:General|Limited|Restricted|GENERAL|LIMITED|RESTRICTED)?\s*(?P<rest>.*)$"
)
ORIGINAL = re.compile(r"^Original\s?:\s*(?P<language>.+)$", re.IGNORECASE)
PLACE = re.compile(
    r"^(?P<place>[A-Z][\w’'. -]{1,40}?(?:,\s[A-Z][\w’'. -]{1,30}?)?),\s(?P<rest>(?:\d|[A-Z][a-z]+day).*\d{4})\W*$"
)
AGENDA = re.compile(
    r"^(?:Agenda\s)?[Ii]tems?\s(?P<list>\d[\d\s(),a-z–-]*?(?:\sand\s\d[\d\s(),a-z]*?)*)(?:\sof\sthe\s"
    r"(?:provisional\s|preliminary\s)?(?:agenda|list))?\**(?:\s*[:.–—]\s*|\s+|$)(?P<title>[A-Z*].*)?$"
)
ADOPTED = re.compile(
    r"^(?:Resolution|Decision)s?\sadopted\sby\b.*?\bon\s(?P<date>.*\d{4})|^Adopted\sby\b.*?\bon\s(?P<date2>.*\d{4})",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"^(?:The\s(?:General\sAssembly|Security\sCouncil)|United\sNations(?:\s[A-Z]{1,2})?|Nations\sUnies|Naciones\sUnidas|UNITED|NATIONS|ENGLISH|English(?:\sonly)?"
    r"|Official\sRecords|Agenda|Advance\s.*version|\[\s?(?:on|without|adopted)\b.*"
    r"|For\sparticipants\sonly|Provisional|GENERAL|LIMITED|ORIGINAL|Verbatim|\*+)$|^\[\s?"
    r"(?:on\sthe\sreport|without\sreference)",
    re.IGNORECASE,
)


def read(front: Sequence[Block]) -> list[str]:
    """The lines of the masthead in the blocks ``front``."""
    return list(_whole(_lines(front)))


def is_known(line: str) -> bool:
    """Whether the line is one of the kinds that a masthead has by its form, so that it is no part of a title."""
    patterns = (SYMBOL_LINE, SESSION, DISTRIBUTION, ORIGINAL, PLACE, AGENDA, ADOPTED, NOISE)
    return any(pattern.match(line) for pattern in patterns) or bool(list(bodies.named_by(line)))


def _lines(front: Sequence[Block]) -> Iterator[str]:
    """The lines of the masthead; what converters ran together is parted again."""
    for block in front:
        if block.kind not in {"text", "heading", "row"}:
            continue
        texts = [cell for cell in block.cells if cell] if block.kind == "row" else [block.text]
        for text in texts:
            for part in _RUN_TOGETHER.split(text):
                symbol, rest = _after_symbol(part.strip())
                if symbol:
                    yield symbol
                yield from _without_body(rest)


def _after_symbol(line: str) -> tuple[str, str]:
    """A symbol that stands before a body's name on one line, and the rest: ("A/80/1", "General Assembly")."""
    first, _, rest = line.partition(" ")
    body = bodies.plain(rest)
    if "/" in first and SYMBOL_LINE.match(first) and any(body.startswith(name) for name in bodies.names()):
        return first, rest
    return "", line


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """The lines, a title that was printed on several joined where the words or the capitals show it."""
    held = ""
    for line in lines:
        if held and not is_known(held) and not is_known(line) and _is_rest_of_title(held, line):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _is_rest_of_title(above: str, line: str) -> bool:
    capitals = above.isupper() and line.isupper() and layout.begins_unfinished(line)
    named = bodies.plain(f"{above} {line}")
    return (
        capitals
        or any(name.startswith(named) for name in bodies.names())
        or layout.is_unfinished(above)
        or layout.starts_lower(line)
    )


def _without_body(line: str) -> Iterator[str]:
    """The bodies that a line begins with, each as a line of its own, and the rest of it."""
    while line:
        plain = line.casefold().replace("'", "’")
        name = next((name for name in bodies.names() if plain.startswith(name + " ")), "")
        rest = line[len(name) :].lstrip()
        if not name or not (rest[:1].isupper() or rest[:1].isdigit()):
            break
        yield line[: len(name)]
        line = rest
    if line:
        yield line


_RUN_TOGETHER = re.compile(
    r"(?<=[a-z\d)*])\s+(?=(?:Original|ORIGINAL)\s?:|Distr\.|Agenda [Ii]tems?\s\d|(?<!Agenda )[Ii]tems?\s\d)|"
    r"(?<=^United Nations)\s+(?=[A-Z]{1,8}/|[A-Z]{1,2}$|Distr|General Assembly|Security Council|Economic and)|"
    r"(?<=\bsession)\s+(?=[A-Z])|(?<=\d{4})\s+(?=(?:Original|English)\b)"
)
