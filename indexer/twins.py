"""Files that are the same document: which of them stands in the index, and why.

A document is often there twice, as DOCX and as PDF. The one with more of the text is taken; where they are about as
full, the one whose format keeps more of what paragraphs are made of. Language versions are no twins: each has an
identifier of its own. Nor are two documents of which one gives the other's symbol (a symbol misread, or a file's name
for want of a symbol): they have no text in common, and both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from indexer.readers import kind_of
from indexer.report import Duplicate, Namesake
from pilcrow.engine.model import PROVISIONAL, ParsedDocument

AS_FULL = 0.97
"""The share of the fuller file's text from which another is as full: converters differ in a hyphen and a bullet."""

ALIKE, ALIKE_WITHOUT_SYMBOL = 0.15, 0.8
"""The share of four words in a row that two files must have in common to be one document.

Two documents of one body have a twentieth or so, in phrases that every document has; two scans of one document, however
bad, far more. Where only the files' names are the same, and no symbol, only the same text shows that the document is.
"""

_WORD = re.compile(r"[^\W\d_]+")
_IN_A_ROW = 4

_FORMATS: tuple[tuple[str, str], ...] = (
    ("DOCX", "a DOCX keeps paragraphs, numbers and notes as they were written"),
    ("PDF", "a PDF keeps the pages and the sizes of print"),
    ("HTML", "HTML keeps headings and lists"),
    ("text", ""),
)
"""The formats, the one that keeps most first, with what it keeps."""

_ZIP = b"PK\x03\x04"
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file of the document ``id``: its place, and how much text was found in it (``characters``)."""

    id: str
    name: str
    path: Path
    sha256: str
    characters: int
    reissued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The files that are ``taken``, each with its document's identifier, and what is to be said of the others."""

    taken: tuple[tuple[Candidate, str], ...]
    duplicates: tuple[Duplicate, ...]
    namesakes: tuple[Namesake, ...]


def settle(candidates: Iterable[Candidate], parsed: Callable[[Candidate], ParsedDocument]) -> Settled:
    """One file for each document; ``parsed`` gives what was made of one, and is asked where two have one identifier."""
    named: dict[str, list[Candidate]] = {}
    for each in candidates:
        named.setdefault(each.id, []).append(each)
    taken: list[tuple[Candidate, str]] = []
    duplicates: list[Duplicate] = []
    namesakes: list[Namesake] = []
    for identifier, files in named.items():
        for document in _told_apart(files, parsed):
            chosen = _best(document)
            name, first = identifier, taken[-1][0] if taken and taken[-1][1] == identifier else None
            if first is not None:
                name = own_identifier(chosen.name)
                namesakes.append(Namesake(id=identifier, name=chosen.name, other=first.name, kept_as=name))
            taken.append((chosen, name))
            duplicates += [
                Duplicate(id=identifier, kept=chosen.name, left_out=each.name, reason=_reason(chosen, each))
                for each in document
                if each is not chosen
            ]
    return Settled(taken=tuple(taken), duplicates=tuple(duplicates), namesakes=tuple(namesakes))


def _told_apart(files: Sequence[Candidate], parsed: Callable[[Candidate], ParsedDocument]) -> list[list[Candidate]]:
    """Files with one identifier as documents: those that have their text in common are one."""
    documents: list[list[Candidate]] = []
    for each in files:
        for document in documents:
            if each.sha256 == document[0].sha256 or alike(parsed(each), parsed(document[0])):
                document.append(each)
                break
        else:
            documents.append([each])
    return documents


def _best(files: Sequence[Candidate]) -> Candidate:
    """The file that is taken: as full as any, then a reissue, then by format, then the fullest, then by name."""
    if len(files) == 1:
        return files[0]
    enough = max(each.characters for each in files) * AS_FULL
    full = [each for each in files if each.characters >= enough]
    return min(full, key=lambda each: (not each.reissued, _rank(each.path), -each.characters, each.name))


def _reason(taken: Candidate, left: Candidate) -> str:
    """Why ``taken`` and not ``left``, as the end of a sentence."""
    if taken.sha256 == left.sha256:
        return "because they are the same to the byte"
    more = f"because it has more text ({taken.characters:,} characters to {left.characters:,})"
    if left.characters < taken.characters * AS_FULL:
        return more
    if taken.reissued and not left.reissued:
        return "because it is the reissue (*)"
    if _rank(taken.path) != _rank(left.path):
        return f"because {_FORMATS[_rank(taken.path)][1]}"
    return more if taken.characters > left.characters else "because it comes first by name"


def _rank(path: Path) -> int:
    """The place of the file's format in :data:`_FORMATS`."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return len(_FORMATS) - 1
    # Of what was read as a document, only a DOCX is a zip archive.
    kind = "DOCX" if head.startswith(_ZIP) else kind_of(head)
    names = [name for name, _ in _FORMATS]
    return names.index(kind) if kind in names else len(names) - 1


def alike(one: ParsedDocument, other: ParsedDocument) -> bool:
    """Whether two files with the same identifier are the same document; yes where there is too little text to tell."""
    first, second = _rows_of_words(one), _rows_of_words(other)
    fewer = min(len(first), len(second))
    needed = ALIKE_WITHOUT_SYMBOL if one.document.provisional else ALIKE
    return len(first & second) >= needed * fewer


def _rows_of_words(parsed: ParsedDocument) -> set[int]:
    words = [word for paragraph in parsed.paragraphs for word in _WORD.findall(paragraph.text.casefold())]
    return {hash(tuple(words[at : at + _IN_A_ROW])) for at in range(len(words) - _IN_A_ROW + 1)}


def own_identifier(name: str) -> str:
    """The provisional identifier of a file whose own identifier is another document's."""
    from indexer.parse import slug_of_path

    return f"{PROVISIONAL}{slug_of_path(Path(name))}-{sha256(name.encode()).hexdigest()[:6]}"


def renamed(parsed: ParsedDocument, identifier: str) -> ParsedDocument:
    """``parsed`` under another identifier, its paragraphs' ids with it."""
    paragraphs = (replace(each, id=f"{identifier}#{each.anchor}", document=identifier) for each in parsed.paragraphs)
    return replace(parsed, document=replace(parsed.document, id=identifier), paragraphs=tuple(paragraphs))


def characters(parsed: ParsedDocument) -> int:
    """How much text was found in a file, its notes' included."""
    return sum(map(len, _texts(parsed)))


def _texts(parsed: ParsedDocument) -> Iterable[str]:
    for paragraph in parsed.paragraphs:
        yield paragraph.text
        yield from (note.text for note in paragraph.notes)
