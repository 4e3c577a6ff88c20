"""Citations: how a paragraph is cited in print, and which paragraph a citation means.

``CTOC/COP/WG.4/2013/5, para. 22``; ``para. 12 (a)``; ``annex II, para. 5 (a)``. Where numbering begins again within a
document, the section is named (``sect. IV.B, para. 3``); an unnumbered paragraph is counted within its section
(``sect. II, unnumbered para. 3``). Every citation made here is understood by :func:`find`, which also takes the ways
in which people write them, ids, and bare symbols.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from pilcrow.engine import citing, references, roman, symbols
from pilcrow.engine.contract import IndexReader
from pilcrow.engine.errors import SymbolError
from pilcrow.engine.model import PROVISIONAL, VERSION, Document, Paragraph
from pilcrow.search import citation_forms

LONGEST_CITATION = 500
"""Characters beyond which a text is no citation, and is not compared with the ways of writing one."""

LONGEST_HEADING = 60
"""Characters of a heading without a number that a citation quotes."""

_PARTS = "annex|appendix|enclosure|attachment|supplement|addendum"
_PART_ANCHOR = re.compile(rf"({_PARTS})(\d*|[a-z]?)")
_PART_HEADING = re.compile(rf"({_PARTS})\b(?:\s+([IVXLC]+|\d{{1,2}}|[A-Z])\b)?", re.IGNORECASE)
_ENUMERATED = re.compile(r"(?:\(?([IVXLC]+|[A-Za-z]|\d{1,2}(?:\.\d{1,2})*)[.)])\s+\S")
_UNMARKED = re.compile(r"u(\d+)(?:-[0-9a-f]{6}(?:-\d+)?)?")
_HASHED = re.compile(r"-[0-9a-f]{6}(?:-\d+)?$")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_CITATION = re.compile(r"\s*([^,#]+?)\s*(?:(#)|,|\s(?=(?:op\w*\.?\s+)?(?:para|¶|sect|annex))|$)\s*(.*?)\s*", re.DOTALL)
_REVERSED = re.compile(r"\s*((?:op\w*\.?\s+)?para[^,]*?)\s+of\s+(?:the\s+|document\s+|resolution\s+)*(\S.*?)\s*")
_PLAIN_LOCATOR = re.compile(
    rf"(?:(?P<part>{_PARTS})(?P<number>[ivxlc]+|\d{{1,2}}|[a-z])?,?)?para(?P<top>\d[\d.]*)(?P<below>(?:\([a-z0-9]+\))*)"
)
_ONE_PLACE = r"\d{1,3}(?:\s?\([a-z]{1,5}\))*"
_PLACES = re.compile(
    r"(?:operative\s+|op\.?\s*)?(?:paragraphs?|paras?\.?|¶+)\s*"
    rf"(?P<list>{_ONE_PLACE}(?:\s?(?:[-–,;]|,?\s?\b(?:and|to|or)\b)\s?(?:{_ONE_PLACE}|\([a-z]{{1,5}}\)))*)"
)


def cite(document: Document, paragraph: Paragraph) -> str:
    """How ``paragraph`` of ``document`` is cited: the symbol (or provisional identifier) and the place in it."""
    return f"{document.id}, {locator(paragraph)}"


def locator(paragraph: Paragraph) -> str:
    """The place of a paragraph within its document, as a citation prints it."""
    anchor = paragraph.anchor
    pieces = anchor.split(".")
    part = _part(paragraph, pieces)
    chain = [marker for marker in (*paragraph.parents, paragraph.marker) if _is_number(marker)]
    unmarked = _UNMARKED.fullmatch(pieces[-1])
    places = [part] if part else []
    if anchor != _anchor(pieces[0] if part else "", chain) or not chain:
        parents = [marker for marker in paragraph.parents if _is_number(marker)]
        scope = ".".join(pieces[:-1])
        if not (unmarked and parents and scope == _anchor(pieces[0] if part else "", parents)):
            section = _section(paragraph, part)
            places += [section] if section else []
    within = [piece for piece in pieces if piece != pieces[0] or not part]
    above = _numbers_before_a_section(within, chain)
    if above:
        # The numbers above stand before a heading: the last one, which is what the anchor has too, tells the place.
        places = [*places[: 1 if part else 0], f"para. {_chained(chain[:above])}"]
        places += [f"“{_shortened(heading)}”" for heading in paragraph.section[-1:]]
        places.append(f"subpara. {' '.join(f'({_label(marker)})' for marker in chain[above:])}")
    elif chain:
        places.append(f"para. {_chained(chain)}")
    if unmarked:
        places.append(f"unnumbered para. {unmarked[1]}")
    elif not chain:
        places.append(f"#{anchor}")
    told_apart = [f"#{anchor}"] if _HASHED.search(anchor) else _elsewhere(paragraph, within, chain)
    return ", ".join(places) + "".join(f" [{each}]" for each in told_apart)


def _numbers_before_a_section(pieces: list[str], chain: list[str]) -> int:
    """How many of the numbers stand before a heading of the anchor, where further numbers stand after it; else 0."""
    labels = [_label(marker) for marker in chain]
    above = 0
    for piece in pieces:
        if above == len(labels) or piece.removeprefix("p" if above == 0 else "") != labels[above]:
            break
        above += 1
    return above if above < len(labels) and above < len(pieces) else 0


def parse_citation(text: str) -> tuple[str, str] | None:
    """The symbol (or provisional identifier) that ``text`` begins with, normalised, and what follows as its locator.

    A locator of "" means the document, "#..." an anchor, anything else words such as "para. 22"; None where ``text``
    is no citation.
    """
    turned = _REVERSED.fullmatch(text)
    found = _CITATION.fullmatch(f"{turned[2]}, {turned[1]}" if turned else text)
    if found is None:
        return None
    symbol, hashed, place = found.groups()
    if not symbol.casefold().startswith(PROVISIONAL):
        parsed = _symbol(symbol)
        if parsed is None:
            return None
        symbol = parsed
    return symbol, f"#{place}" if hashed else place


def _symbol(text: str) -> str | None:
    """``text`` as a symbol, in capitals where it is none as typed; None where it is none at all.

    The language of a version that is not in English stays with it: "A/RES/78/228@fr".
    """
    symbol, mark, language = text.partition(VERSION)
    if mark and not language.isalpha():
        return None
    version = f"{mark}{language.lower()}"
    for each in (symbol, symbol.upper()):
        try:
            return f"{symbols.parse(each)}{version}"
        except SymbolError:
            continue
    return None


def cited_keys(text: str) -> tuple[str, ...]:
    """The keys under which those are found that cite what ``text`` cites (see :mod:`pilcrow.engine.citing`).

    One for a document or a paragraph of it, several for "paras. 46-51"; () where ``text`` is no such citation.
    """
    if len(text) > LONGEST_CITATION:
        return ()
    cited = parse_citation(text) or parse_citation(citation_forms.usual(text))
    if cited is None:
        return ()
    symbol, place = citing.bare(cited[0]), cited[1]
    if not place:
        return (symbol,)
    if place.startswith("#"):
        return (citing.place_key(symbol, place[1:]),)
    listed = _PLACES.fullmatch(place.rstrip(" ."))
    named = references.expand(listed["list"]) if listed else ()
    return tuple(dict.fromkeys(citing.place_key(symbol, citing.anchors(each)[-1]) for each in named))


def find(reader: IndexReader, text: str) -> str | None:
    """The id of the paragraph or document that the whole of ``text`` cites, None where it cites none in the index."""
    if len(text) > LONGEST_CITATION:
        return None
    usual = citation_forms.usual(text)
    ways = dict.fromkeys((text, usual, citation_forms.undotted(usual)))
    return next((found for each in ways if (found := _find(reader, each))), None)


def _find(reader: IndexReader, text: str) -> str | None:
    """As :func:`find`, of a citation as it is printed or nearly so."""
    cited = parse_citation(text)
    document = None if cited is None else reader.document(cited[0])
    if cited is None or document is None:
        return None
    place = cited[1]
    if not place:
        return document.id
    anchor = place[1:] if place.startswith("#") else _plain_anchor(normal(place))
    paragraph = reader.paragraph(f"{document.id}#{anchor}") if anchor else None
    if paragraph is not None:
        return paragraph.id
    wanted = normal(place)
    return next((each.id for each in reader.paragraphs(document.id) if normal(locator(each)) == wanted), None)


def _elsewhere(paragraph: Paragraph, pieces: list[str], chain: list[str]) -> list[str]:
    """What of the anchor neither numbers nor headings above say: numbering that began again in another section.

    Or in the paragraph's own section, below a number of before: then its name stands in the anchor twice.
    """
    own = [_slug(heading) for heading in paragraph.section]
    labels = {_label(marker) for marker in chain}
    return [
        piece
        for at, piece in enumerate(pieces[:-1])
        if piece not in labels
        and piece.removeprefix("p") not in labels
        and (piece in pieces[:at] or not any(heading.startswith(piece) for heading in own))
    ]


def _slug(heading: str) -> str:
    """What anchors begin to call a section: its Latin letters and digits, or a hash where it has none."""
    plain = _label(unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode())
    return plain or f"x{hashlib.sha256(heading.encode()).hexdigest()[:6]}"


def _anchor(part: str, chain: list[str]) -> str:
    """The anchor that numbers alone give, where nothing else has it."""
    labels = [_label(marker) for marker in chain]
    if labels and labels[0][:1].isdigit():
        labels[0] = f"p{labels[0]}"
    return ".".join(([part] if part else []) + labels)


def _plain_anchor(place: str) -> str:
    """The anchor that a normalised locator of numbers alone means, "" for any other."""
    found = _PLAIN_LOCATOR.fullmatch(place)
    if found is None:
        return ""
    number = found["number"] or ""
    if roman.is_written(number):
        number = str(roman.value_of(number))
    part = f"{found['part']}{number}" if found["part"] else ""
    return _anchor(part, [found["top"].rstrip("."), *re.findall(r"[a-z0-9]+", found["below"])])


def _part(paragraph: Paragraph, pieces: list[str]) -> str:
    """The annex (or the like) that the paragraph stands in, as its heading has it: "annex II"; "" outside all."""
    found = _PART_ANCHOR.fullmatch(pieces[0])
    if found is None:
        return ""
    for heading in reversed(paragraph.section):
        printed = _PART_HEADING.match(heading)
        if printed:
            return " ".join(piece for piece in (printed[1].lower(), printed[2]) if piece)
    return " ".join(piece for piece in found.groups() if piece)


def _section(paragraph: Paragraph, part: str) -> str:
    """The section that the paragraph stands in: its headings' numbers, and the words of those without one."""
    numbers: list[str] = []
    names: list[str] = []
    for heading in paragraph.section:
        if part and _PART_HEADING.match(heading):
            continue
        numbered = _ENUMERATED.match(heading)
        if numbered:
            numbers.append(numbered[1])
        else:
            names.append(_shortened(heading))
    pieces = [".".join(numbers)] if numbers else []
    pieces += [f"“{name}”" for name in names]
    return f"sect. {' '.join(pieces)}" if pieces else ""


def _shortened(heading: str) -> str:
    """``heading`` without quotation marks and commas, cut at a word."""
    plain = " ".join(re.sub(r"[“”\"«»,#]", " ", heading).split())
    if len(plain) <= LONGEST_HEADING:
        return plain
    return plain[: plain.rfind(" ", 0, LONGEST_HEADING)] + "…"


def _chained(chain: list[str]) -> str:
    """Markers as they are cited: "12 (a) (i)"."""
    return " ".join([chain[0].rstrip("."), *(f"({_label(marker)})" for marker in chain[1:])])


def _label(marker: str) -> str:
    return _NOT_PLAIN.sub("-", marker.lower()).strip("-")


def _is_number(marker: str) -> bool:
    return any(char.isalnum() for char in marker)


def normal(place: str) -> str:
    """``place`` as any two ways of writing it have in common."""
    text = unicodedata.normalize("NFKC", place).casefold()
    text = re.sub(r"[“”„«»\"']", "", text)
    text = re.sub(r"\bsub-?para(?:graph)?s?\b\.?", "subpara", text)
    text = re.sub(r"\b(?:operative\s+|op\.?\s*)?(?:paragraphs?|paras?\b\.?)|¶", "para", text)
    text = re.sub(r"\b(?:section|sect?\.|sect\b)", "sect", text)
    text = re.sub(r"(?<=[\w)])\s+(?=para)", ", ", text)
    return "".join(_without_spaces(text)).rstrip(".")


def _without_spaces(text: str) -> Iterator[str]:
    """``text`` without its spaces, but for those between two words or numbers."""
    pieces = text.split()
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else ""
        if (
            before
            and before[-1].isalnum()
            and piece[0].isalnum()
            and before not in ("para", "sect", *_PARTS.split("|"))
        ):
            yield " "
        yield piece
