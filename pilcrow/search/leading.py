"""What of a paragraph leads elsewhere: what it cites, and the States that it names, in its text, a note or its speaker.

Both come as spans that were found apart from each other; here they are made one row in which none lies over another, so
that a page can make each a link. A citation goes before a State's name within it ("A/79/439/Iran").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilcrow.engine import gazetteer
from pilcrow.engine.model import Note, Paragraph, StateMention
from pilcrow.search.citations import Cited, Link, links


def in_paragraph(cited: Sequence[Cited], paragraph: Paragraph, note: Note | None) -> tuple[Link, ...]:
    """What leads somewhere in the text of ``paragraph``, or in one of its notes, in order.

    ``cited`` is all that the paragraph cites.
    """
    where, marker, text = ("note", note.marker, note.text) if note else ("text", "", paragraph.text)
    here = [each for each in cited if (each.reference.where, each.reference.note) == (where, marker)]
    citing = links(here, text, within=paragraph.document) if here else ()
    return apart(citing, _states(_mentions(paragraph, note), text))


def in_speaker(paragraph: Paragraph) -> tuple[Link, ...]:
    """The State that the speaker of ``paragraph`` speaks for."""
    return apart((), _states(_spoken(paragraph), paragraph.speaker))


def apart(citing: Sequence[Link], naming: Sequence[Link]) -> tuple[Link, ...]:
    """``citing``, none of which overlap, and those of ``naming`` that lie over none of them and none before, in order.

    Of names that begin together the longest is kept.
    """
    made: list[Link] = []
    for link in sorted((*citing, *naming), key=lambda link: (link.start, bool(link.state), -link.end)):
        if made and link.start < made[-1].end:
            if link.state:
                continue
            made.pop()  # a name that runs into a citation
        made.append(link)
    return tuple(made)


def _mentions(paragraph: Paragraph, note: Note | None) -> Iterator[StateMention]:
    """The States named in the text, with the speaker's where the text begins with him, or in one of the notes.

    Of notes with one marker, only a name that stands where it should is surely of this one.
    """
    if note is None:
        yield from (mention for mention in paragraph.states if mention.where == "text")
        if paragraph.speaker and paragraph.text.startswith(paragraph.speaker):
            yield from _spoken(paragraph)
        return
    several = sum(other.marker == note.marker for other in paragraph.notes) > 1
    for mention in paragraph.states:
        if mention.where == "note" and mention.note == note.marker:
            named = gazetteer.lookup(note.text[mention.start : mention.end]) if several else None
            if not several or (named is not None and named.code == mention.code):
                yield mention


def _spoken(paragraph: Paragraph) -> Iterator[StateMention]:
    return (mention for mention in paragraph.states if mention.where == "speaker")


def _states(mentions: Iterator[StateMention], text: str) -> tuple[Link, ...]:
    return tuple(
        Link(start=mention.start, end=mention.end, state=mention.code)
        for mention in mentions
        if 0 <= mention.start < mention.end <= len(text)
    )
