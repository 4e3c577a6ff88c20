"""A hit as it is shown: the paragraph with its citation, its snippet, its tags and what its document says of it."""

from __future__ import annotations

from collections.abc import Iterable

from pilcrow.engine import dates, gazetteer
from pilcrow.engine.contract import Hit
from pilcrow.engine.fields import PILLARS, agenda_key
from pilcrow.engine.model import Document, Paragraph
from pilcrow.search.citations import Targets
from pilcrow.search.cite import cite
from pilcrow.search.results import HitView, PillarTag, StateTag
from pilcrow.search.snippets import Highlighter


def hit_view(hit: Hit, highlighter: Highlighter, targets: Targets) -> HitView:
    """What is shown of ``hit``."""
    paragraph, document = hit.paragraph, hit.document
    snippet = highlighter.snippet(paragraph, document)
    return HitView(
        id=paragraph.id,
        symbol=document.id,
        provisional=document.provisional,
        title=document.title,
        date=document.date,
        date_label=dates.label(document.date) if document.date else "",
        citation=cite(document, paragraph),
        marker=paragraph.marker,
        section=paragraph.section,
        section_html=highlighter.section(paragraph, document),
        score=hit.score,
        snippet=snippet.text,
        note_snippets=snippet.notes,
        text=paragraph.text,
        states=state_tags(paragraph),
        pillars=pillar_tags(paragraph),
        session="; ".join(session.label for session in document.sessions),
        session_key=document.sessions[0].key if document.sessions else "",
        agenda=agenda_tags(paragraph, document),
        anchor=paragraph.anchor,
        page=paragraph.page,
        language=paragraph.language or document.language,
        speaker=paragraph.speaker,
        speaker_html=highlighter.speaker(paragraph),
        cites=targets.of(paragraph),
    )


def state_tags(paragraph: Paragraph) -> tuple[StateTag, ...]:
    """The States that the paragraph cites, each once for each place and role, in the order of the text."""
    return tuple(
        dict.fromkeys(
            StateTag(
                code=mention.code,
                name=gazetteer.state(mention.code).name,
                where=mention.where,
                role=mention.role,
                note=mention.note,
            )
            for mention in paragraph.states
        )
    )


def distinct(states: Iterable[StateTag]) -> tuple[StateTag, ...]:
    """Each State once, in order: as it says most, with a role before without, in the text before in a note."""
    best: dict[str, StateTag] = {}
    for tag in states:
        other = best.get(tag.code)
        if other is None or _telling(tag) > _telling(other):
            best[tag.code] = tag
    return tuple(best.values())


def _telling(tag: StateTag) -> tuple[bool, bool]:
    return tag.role != "mentioned", tag.where == "text"


def pillar_tags(paragraph: Paragraph) -> tuple[PillarTag, ...]:
    """The paragraph's pillars, the strongest first, with the phrases that decided."""
    scores = sorted(paragraph.pillars, key=lambda score: (-score.score, score.pillar))
    return tuple(
        PillarTag(
            key=score.pillar,
            label=PILLARS[score.pillar],
            score=score.score,
            cues=tuple(
                dict.fromkeys(cue.phrase for cue in sorted(score.cues, key=lambda cue: (-cue.weight, cue.phrase)))
            ),
        )
        for score in scores
    )


def agenda_tags(paragraph: Paragraph, document: Document) -> tuple[tuple[str, str], ...]:
    """The key and the label ("Item 2 (b): Demand") of each agenda item of the paragraph."""
    titles = {agenda_key(item): item.title for item in document.agenda_titles}
    tags = []
    for item in paragraph.agenda:
        title = item.title or titles.get(agenda_key(item), "")
        tags.append((agenda_key(item), f"Item {item.number}: {title}" if title else f"Item {item.number}"))
    return tuple(dict.fromkeys(tags))
