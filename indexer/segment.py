"""Blocks -> paragraphs: the units that people cite, whole again, each with its marker, its parents and its headings.

The steps are those of a reader with a pencil: mark the headings, cross out notes and page furniture, cross out the
contents list, join what a page break cut, then number what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import enumerators, layout, notes
from indexer.blocks import Block, NoteRef
from indexer.contents import without_contents
from indexer.front import split_front
from indexer.headings import mark_headings
from indexer.numbering import Numbering
from indexer.outline import Outline
from indexer.readers.lines import SYMBOL_LINE
from pilcrow.engine.model import Note

SET_IN = 2
"""Units of indent, beyond the numbered paragraph above, from which a paragraph belongs to it."""

SHORTEST_CUT = 60
"""Characters from which a text that ends in a bare word is taken for one that a page break cut, not for a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One paragraph unit, before anything is known of its facets.

    ``chapeau`` is the text of the nearest numbered ancestor, "" without one. ``cells`` and ``header`` are a table
    row's cells and its table's header cells. ``speaker`` is who said it, if it is of a record of speeches.
    """

    text: str
    marker: str = ""
    parents: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    chapeau: str = ""
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    page: int | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document cut into ``units``, and the ``front`` blocks (masthead and title) that stood before its body."""

    front: tuple[Block, ...]
    units: tuple[Unit, ...]


def segment(blocks: Sequence[Block]) -> Segmented:
    """The document's front matter and its paragraph units, in order."""
    flow, definitions = notes.separate(mark_headings(blocks))
    flow = notes.recover_citations(flow, definitions)
    front, body = split_front(without_contents(flow))
    pieces = list(_joined(list(_without_closings(body))))
    units = tuple(_units(pieces, notes.Definitions(definitions)))
    return Segmented(front=tuple(each.block for each in front), units=units)


def _without_closings(flow: Sequence[notes.Flow]) -> Iterator[notes.Flow]:
    """The flow without organs' lines, signatures and the lines that close a resolution."""
    signing = False
    for each in flow:
        block = each.block
        if block.kind == "text" and layout.is_signature(block.text):
            signing = True
            continue
        if signing and _is_signature_line(block):
            continue
        signing = False
        if block.kind in {"text", "heading"} and (SYMBOL_LINE.match(block.text) or layout.is_notice(block.text)):
            continue
        if block.kind in {"text", "heading"} and (layout.is_organ_line(block.text) or layout.is_closing(block.text)):
            continue
        yield each


def _is_signature_line(block: Block) -> bool:
    """Whether a block below "(Signed)" is still of the signature: a short line that is no sentence and no annex."""
    if block.kind not in {"text", "heading"} or layout.is_part(block.text):
        return False
    return len(block.text) < 150 and not layout.ends_sentence(block.text) and enumerators.split(block.text)[0] is None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block made whole: ``places`` pairs the offsets of its parts with where they stood, for its notes."""

    block: Block
    places: tuple[tuple[int, int], ...]

    def place_of(self, ref: NoteRef) -> int:
        return max(place for offset, place in self.places if offset <= ref.at)


def _joined(flow: Sequence[notes.Flow]) -> Iterator[_Piece]:
    held: _Piece | None = None
    unstopped = False
    for each in flow:
        if held is not None and _continues(held.block, each) and not (unstopped and _begins_anew(held.block, each)):
            held = _with(held, each)
            continue
        if held is not None:
            unstopped = bool(held.block.marker) and not layout.ends_sentence(held.block.text)
            yield held
        held = _Piece(each.block, ((0, each.place),))
    if held is not None:
        yield held


def _begins_anew(above: Block, below: notes.Flow) -> bool:
    """Whether ``below`` begins a paragraph of its own under bullets that end without a full stop, as ``above`` does."""
    return bool(above.marker) and not layout.starts_lower(below.block.text) and not layout.is_unfinished(above.text)


def _with(held: _Piece, more: notes.Flow) -> _Piece:
    text = held.block.text
    gap = "" if text.endswith("-") and layout.starts_lower(more.block.text) else " "
    shift = len(text) + len(gap)
    refs = tuple(NoteRef(marker=ref.marker, at=ref.at + shift) for ref in more.block.refs)
    block = replace(held.block, text=text + gap + more.block.text, refs=held.block.refs + refs)
    return _Piece(block, (*held.places, (shift, more.place)))


def _continues(above: Block, below: notes.Flow) -> bool:
    """Whether ``below`` is the rest of the paragraph ``above``, which a page break, a note or nothing visible cut."""
    if above.kind != "text" or below.block.kind != "text":
        return False
    marker, _ = enumerators.split(below.block.text)
    if layout.is_vote_label(above.text):
        return not layout.is_vote_label(below.block.text) and marker is None
    if above.whole and below.block.whole:
        return False
    if below.block.marker or layout.is_vote_list(below.block.text) or layout.is_speech(below.block.text):
        return False
    own, rest = enumerators.split(above.text)
    if own is not None and not rest:
        return marker is None
    if marker is not None:
        return not layout.ends_sentence(above.text) and _is_number_in_sentence(above.text, marker)
    return _goes_on(above.text, below.block.text)


def _goes_on(above: str, text: str) -> bool:
    """Whether the unmarked ``text`` completes the sentence that ``above`` leaves open."""
    preambular = layout.is_preambular(text)
    if layout.ends_sentence(above) or (preambular and text.endswith((",", ";")) and not layout.is_unfinished(above)):
        return False
    if layout.starts_lower(text) or layout.open_parenthesis(above):
        return True
    if above.endswith(","):
        return not preambular
    if preambular and layout.is_preambular(above):
        return False
    return layout.is_unfinished(above) or len(above) >= SHORTEST_CUT


def _is_number_in_sentence(above: str, marker: enumerators.Enumerator) -> bool:
    """Whether what looks like a marker is the end of a sentence that was cut ("on 14 and" / "15. The")."""
    own, _ = enumerators.split(above)
    if not layout.is_unfinished(above) or marker.readings[0].style != "arabic":
        return False
    first = own.readings[0] if own else None
    return first is None or first.style != "arabic" or marker.readings[0].value != first.value + 1


def _units(pieces: Sequence[_Piece], definitions: notes.Definitions) -> Iterator[Unit]:
    outline = Outline([piece.block.text for piece in pieces if piece.block.kind == "heading"])
    numbering = Numbering()
    header: tuple[str, ...] = ()
    above: tuple[Note, ...] = ()
    flush = 0
    speaker = ""
    reached: dict[tuple[str, ...], int] = {}
    for piece, is_header in zip(pieces, _headers(pieces), strict=True):
        block = piece.block
        if block.kind == "heading" or is_header:
            above = (*above, *(replace(note, at=0) for note in _notes(piece, 0, definitions)))
        if block.kind == "heading":
            outline.open(block.text, block.level)
            numbering.enter(outline.path)
            header, speaker = (), ""
            continue
        if is_header:
            header = block.cells
            continue
        outline.content(row=block.kind == "row")
        if speaker and layout.is_aside(block.text):
            continue
        over = block.kind == "row" or (block.italic and layout.ends_speech(block.text))
        speaker = layout.speaker(block.text) or ("" if over else speaker)
        said_by = "" if block.italic and not layout.speaker(block.text) else speaker
        unit = _row_unit(block, header) if block.kind == "row" else _text_unit(block, numbering, flush)
        flush = block.indent if unit.marker[:1].isdigit() else flush
        if not any(char.isalnum() for char in unit.text):
            continue
        if unit.marker.isdigit() and not unit.parents:
            section = _resumed(reached, outline.path, int(unit.marker))
            outline.close_to(len(section))
            reached[section] = int(unit.marker)
        cited = _notes(piece, len(block.text) - len(unit.text) if block.kind == "text" else 0, definitions)
        yield replace(unit, section=outline.path, notes=(*above, *cited), page=block.page, speaker=said_by)
        above = ()  # what a heading or a table's header cites is found with the first paragraph below it


def _resumed(reached: dict[tuple[str, ...], int], section: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The section of a paragraph ``number``: where it goes on with an outer one's numbering, that one is resumed.

    ``reached`` has the last number in each section. A draft's paragraphs begin at 1 inside a report's; where the
    report's next number comes, the draft has ended, though no heading says so.
    """
    if number == 1 or reached.get(section, number - 1) == number - 1:
        return section
    outer = (section[:depth] for depth in range(len(section) - 1, 0, -1))
    return next((each for each in outer if reached.get(each) == number - 1), section)


def _headers(pieces: Sequence[_Piece]) -> Iterator[bool]:
    """Of each piece, whether it is a row of its table's header: printed as one, and nothing but such rows above it."""
    heading = True
    for piece in pieces:
        row = piece.block.kind == "row"
        heading = row and heading and piece.block.level > 0
        yield heading
        heading = heading or not row


def _row_unit(block: Block, header: tuple[str, ...]) -> Unit:
    return Unit(text=block.text, cells=block.cells, header=header)


def _text_unit(block: Block, numbering: Numbering, flush: int) -> Unit:
    """The unit of a text block; ``flush`` is the indent of the numbered paragraph above, beyond which is set in."""
    marker, rest = enumerators.split(block.text)
    if marker is None:
        parents = numbering.unmarked(block.text, listed=bool(block.marker) or block.indent >= flush + SET_IN)
        return Unit(text=block.text, marker=block.marker, parents=parents, chapeau=numbering.chapeau if parents else "")
    parents = numbering.place(marker, rest)
    return Unit(text=rest, marker=marker.printed, parents=parents, chapeau=numbering.chapeau)


def _notes(piece: _Piece, shift: int, definitions: notes.Definitions) -> tuple[Note, ...]:
    out = []
    for ref in piece.block.refs:
        text = definitions.text_of(ref.marker, piece.place_of(ref))
        out.append(Note(marker=ref.marker, text=text, at=max(0, ref.at - shift)))
    return tuple(out)
