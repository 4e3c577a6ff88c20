"""Paragraphs as they were read, before the whole document has shown how deep a heading is and where the margin is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer import enumerators, layout
from indexer.blocks import Block, Kind
from indexer.readers import inline
from indexer.readers import marked as marked_text
from indexer.readers.docx.styles import Look, Shape
from indexer.readers.marked import BULLET

INDENT_UNIT = 200
"""Twentieths of a point that one unit of a block's indent stands for."""

LONGEST_HEADING = 400
"""Characters: agenda items' titles are the longest headings there are."""

LONGEST_UNSTYLED = 30
"""Words of a heading that only its type shows."""

_CAPTION = re.compile(r"^(?:table|figure|box|chart|map|graph)\b", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"^(?:heading \d|(?:_ ?h ?_{1,2}(?:ch|m|\d(?:/\d)?)|__s_[lms])(?:_g)?$)")
"""The names, in lower case, of styles for headings: a program's own, and those of the United Nations' templates."""

_BY_TYPE = 9
"""The outline level of headings that have none: below all that do."""

Key = tuple[int, int, int]
"""What ranks a heading: its outline level, its size (larger first), and its weight (bold, italic, light)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be; ``key`` ranks a heading, ``left`` is where its lines begin."""

    block: Block
    key: Key | None = None
    left: int = 0


def finished(drafts: Sequence[Draft]) -> list[Block]:
    """The blocks, headings with their depth and paragraphs with their indent."""
    keys = sorted({draft.key for draft in drafts if draft.key is not None})
    levels = {key: min(place, 9) for place, key in enumerate(keys, start=1)}
    margin = _margin(drafts)
    out = []
    for draft in drafts:
        if draft.key is not None:
            out.append(replace(draft.block, level=levels[draft.key]))
        elif draft.block.kind == "text":
            out.append(replace(draft.block, indent=max(0, round((draft.left - margin) / INDENT_UNIT))))
        else:
            out.append(draft.block)
    return out


def _margin(drafts: Sequence[Draft]) -> int:
    lefts = Counter(draft.left for draft in drafts if draft.block.kind == "text" and len(draft.block.text) > 100)
    return max(lefts, key=lambda left: (lefts[left], -left), default=0)


def paragraph(marked: str, label: str, look: Look, shape: Shape, style: str) -> Draft | None:
    """A paragraph with the ``label`` that its list gives it; ``None`` where nothing of it is printed."""
    if not label:
        label, marked = marked_text.unbulleted(marked)
    body = marked_text.plain(marked)
    if not any(char.isalnum() for char in inline.extract(body)[0]):
        return None
    counted = bool(label) and label != BULLET
    if counted and enumerators.split(f"{label} x")[0] is not None:
        body, label = f"{label} {body}", ""
    text, refs = inline.extract(body)
    key = _rank(f"{label} {text}" if counted and label else text, look, shape, style) if label != BULLET else None
    if key is not None and label:
        shift = len(label) + 1
        refs = tuple(replace(ref, at=ref.at + shift) for ref in refs)
        text, label = f"{label} {text}", ""
    kind: Kind = "text" if key is None else "heading"
    italic = look.italic and key is None
    return Draft(Block(kind=kind, text=text, refs=refs, marker=label, italic=italic, whole=True), key, shape.left)


def _rank(text: str, look: Look, shape: Shape, style: str) -> Key | None:
    """What ranks a paragraph that is a heading, ``None`` where it is text."""
    if not _may_be_title(text):
        return None
    weight = 0 if look.bold else 1 if look.italic else 2
    if shape.outline is not None:
        return (shape.outline, -look.size, weight)
    if style == "title":
        return (0, -look.size, weight)
    if style == "caption" and _CAPTION.match(text):
        return (_BY_TYPE, -look.size, weight)
    if _HEADING_STYLE.match(style):
        return (_BY_TYPE, -look.size, weight)
    shown = look.bold or (look.italic and shape.kept)
    ended = text.endswith((".", ";", ",", ":")) or len(text.split()) > LONGEST_UNSTYLED
    return (_BY_TYPE, -look.size, weight) if shown and not ended else None


def _may_be_title(text: str) -> bool:
    """Whether a text has the form that a title can have, whatever its style says: no sentences, no mere signs."""
    if len(text) > LONGEST_HEADING or not any(char.isalpha() for char in text):
        return False
    if layout.has_sentence_break(text) or (layout.starts_lower(text) and enumerators.split(text)[0] is None):
        return False
    long = len(text.split()) > 12
    return not (text.endswith((";", ",")) or (long and (layout.ends_sentence(text) and not text.endswith("?"))))
