"""Which of the five pillars of UNODC's Framework for Action a paragraph is about, and why.

The pillars are prosecution, protection, prevention, national and international cooperation. A paragraph may be about
several or none. What decides are cues (``data/pillars.toml``, written from the field's vocabulary: the Protocol, the
Framework for Action, resolutions, reports of rapporteurs): each stands for a pillar with a weight. The rules are few,
so that every value can say why it is there:

1. Long fixed names are one word each before anything is sought: the Protocol "to Prevent, Suppress and Punish" is
   neither prevention nor punishment. So are formulas such as "prevent and combat", which name no pillar.
2. A pillar's score is the sum of its cues' weights; where cues share words, the heaviest counts; a cue counts once.
3. Headings and the chapeau ("With regard to prevention, States parties should:") add what they are about, less the
   farther out they stand. A heading that is plainly about one pillar makes the others need more of their own.
4. A pillar holds from its threshold on, which grows slowly with the length of the text: a long paragraph touches more
   than it is about. So does one whose score is far below another's. Where none holds, a heading may carry its own.
5. Procedural text (attendance, adoption of the agenda, lists of speakers and documents) has nearly no weight, and
   little what one person complains of: a decision on it weighs facts.
6. The pillars are pillars of the response to trafficking in persons, so general vocabulary counts only in context: in
   a paragraph, under a heading or in a document that is about trafficking, slavery and exploitation, smuggling,
   organized crime or its prevention. Elsewhere (a budget that speaks of education, a court's judgement in a murder
   case, a letter on cooperation) weights shrink so far that only a paragraph full of cues would still count.

Matching costs well under two milliseconds a paragraph and is linear in its length.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, get_args

from indexer.cues import CueSet, Folded, Folding
from pilcrow.engine.model import Cue, PillarKey, PillarScore

_NUMBER = re.compile(r"^\W*(?:[ivxlc]+|[a-z]|\d+(?:\.\d+)*)[.):]+\s+|^agenda item \d+\W+", re.IGNORECASE)
_INCLUDING = re.compile(r",? including ")

PILLARS: tuple[PillarKey, ...] = get_args(PillarKey)
"""The five pillars in the order in which they are reported."""


FEWEST = 6
"""Words that a text needs for a heading to carry it: "States parties should:" says nothing by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The numbers of the rules above, all from the data file.

    ``weights`` by strength of a cue; ``thresholds`` by pillar; ``heading`` what a heading is worth by its distance,
    innermost first, ``chapeau`` likewise; ``rival`` what a heading of one pillar adds to the others' thresholds;
    ``carried`` the least weight of a heading that carries its pillar alone. A text of more than ``short`` words has
    thresholds higher by ``growth`` for each hundred words more, a shorter one lower by up to ``ease``. A pillar with
    less than the share ``aside`` of the strongest one's score is only touched upon. The rest are factors.
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    heading: Sequence[float]
    chapeau: float
    rival: float
    carried: float
    short: int
    growth: float
    ease: float
    off_topic: float
    side_topic: float
    procedural: float
    individual: float
    aside: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The cues of ``data/pillars.toml``, ready to be found."""

    folding: Folding
    scoring: Scoring
    text: CueSet[tuple[int, PillarKey, float]]
    headings: CueSet[tuple[int, PillarKey, float]]
    topic: CueSet[str]
    side_topic: CueSet[str]
    procedural: CueSet[str]
    procedural_headings: CueSet[str]
    procedural_chapeaux: CueSet[str]
    individual: CueSet[str]


def find_pillars(
    text: str, section: Sequence[str] = (), chapeau: str = "", *, topic: str = ""
) -> tuple[PillarScore, ...]:
    """The pillars of a paragraph, in the order of ``PILLARS``, each with its score and the cues that decided.

    ``text`` is the paragraph's own text, ``section`` the headings above it, outermost first, ``chapeau`` the text of
    the nearest numbered paragraph that contains it, ``topic`` whatever says what the document is about (its title,
    the body's name, agenda titles; see :func:`subject`), all without layout. Deterministic; never raises.
    """
    lexicon = load_lexicon()
    folded = _folded(text)
    headings = [_above_text(_head(heading)) for heading in section]
    lead = _above_text(chapeau)
    factor = _factor(lexicon, folded, [*headings, lead, _above_text(topic)], procedural=_procedural(headings, lead))
    own = _own(lexicon, folded)
    above = _above(lexicon, headings, lead)
    return _decide(lexicon.scoring, own, above, factor=factor, words=len(folded))


@lru_cache(maxsize=1024)
def _folded(text: str) -> Folded:
    """``text`` folded; kept, because a document's subject is sought in the same paragraphs as their pillars."""
    return load_lexicon().folding.fold(text)


def _head(heading: str) -> str:
    """What ``heading`` is about: without its number, and without what comes after "including"."""
    return _INCLUDING.split(_NUMBER.sub("", heading), maxsplit=1)[0]


def subject(paragraphs: Iterable[str], *, share: float = 0.2) -> str:
    """What a document is plainly about, for ``topic``: the phrase of the subject that most of its paragraphs name.

    Empty where less than ``share`` of ``paragraphs`` name any. Use it where a title does not tell ("Draft report").
    """
    lexicon = load_lexicon()
    counts: dict[str, int] = {}
    total = named = 0
    for text in paragraphs:
        folded = _folded(text)
        phrases = {folded.surface(found.start, found.end).lower() for found in lexicon.topic.find(folded)}
        for phrase in phrases:
            counts[phrase] = counts.get(phrase, 0) + 1
        total, named = total + 1, named + bool(phrases)
    if not total or named < share * total:
        return ""
    return max(sorted(counts), key=lambda phrase: counts[phrase])


@lru_cache(maxsize=4096)
def _above_text(text: str) -> Folded:
    """A heading, a chapeau or a title, folded once: it stands above many paragraphs."""
    return load_lexicon().folding.fold(text)


def _procedural(headings: Sequence[Folded], lead: Folded) -> bool:
    lexicon = load_lexicon()
    return lexicon.procedural_chapeaux.occurs(lead) or any(
        lexicon.procedural_headings.occurs(each) for each in headings
    )


def _factor(lexicon: Lexicon, text: Folded, above: Sequence[Folded], *, procedural: bool) -> float:
    """How much the cues of a paragraph count where it stands (rules 5 and 6)."""
    scoring = lexicon.scoring
    places = [text, *above]
    if any(lexicon.topic.occurs(place) for place in places):
        factor = 1.0
    elif any(lexicon.side_topic.occurs(place) for place in places):
        factor = scoring.side_topic
    else:
        factor = scoring.off_topic
    if procedural or lexicon.procedural.occurs(text):
        return factor * scoring.procedural
    return factor * scoring.individual if lexicon.individual.occurs(text) else factor


def _own(lexicon: Lexicon, text: Folded) -> dict[PillarKey, list[Cue]]:
    """The cues of ``text`` by pillar: each once, the heaviest first where they share words."""
    found = sorted(lexicon.text.find(text), key=lambda each: (-each.value[2], each.start, -each.end))
    chosen: dict[PillarKey, list[Cue]] = {pillar: [] for pillar in PILLARS}
    taken: dict[PillarKey, list[tuple[int, int]]] = {pillar: [] for pillar in PILLARS}
    used: set[int] = set()
    for each in found:
        number, pillar, weight = each.value
        if number in used or any(each.start < end and start < each.end for start, end in taken[pillar]):
            continue
        used.add(number)
        taken[pillar].append((each.start, each.end))
        chosen[pillar].append(Cue(phrase=text.surface(each.start, each.end), weight=weight, where="text"))
    return chosen


def _above(lexicon: Lexicon, headings: Sequence[Folded], lead: Folded) -> dict[PillarKey, list[Cue]]:
    """The cues of the headings and the chapeau by pillar, weighed by their distance; the strongest of each pillar."""
    scoring = lexicon.scoring
    distances = [*scoring.heading[: len(headings)]]
    places = [*zip(reversed(headings), distances, strict=False), (lead, scoring.chapeau)]
    best: dict[PillarKey, list[Cue]] = {pillar: [] for pillar in PILLARS}
    for place, worth in places:
        for each in lexicon.headings.find(place):
            _, pillar, weight = each.value
            cue = Cue(phrase=place.surface(each.start, each.end), weight=weight * worth, where="heading")
            if not best[pillar] or cue.weight > best[pillar][0].weight:
                best[pillar] = [cue]
    return best


def _decide(
    scoring: Scoring,
    own: Mapping[PillarKey, Sequence[Cue]],
    above: Mapping[PillarKey, Sequence[Cue]],
    *,
    factor: float,
    words: int,
) -> tuple[PillarScore, ...]:
    over = words - scoring.short
    length = scoring.growth * over / 100 if over > 0 else scoring.ease * over / scoring.short
    plain = max((cue.weight for cues in above.values() for cue in cues), default=0.0)
    totals = {pillar: factor * sum(cue.weight for cue in (*own[pillar], *above[pillar])) for pillar in PILLARS}
    aside = scoring.aside * max(totals.values())
    held: list[PillarScore] = []
    carried: list[PillarScore] = []
    for pillar in PILLARS:
        heading = sum(cue.weight for cue in above[pillar])
        rival = scoring.rival * max(0.0, plain - heading)
        score = totals[pillar]
        cues = tuple(
            Cue(phrase=cue.phrase, weight=round(factor * cue.weight, 3), where=cue.where)
            for cue in (*own[pillar], *above[pillar])
        )
        value = PillarScore(pillar=pillar, score=round(score, 3), cues=cues)
        if score >= max(scoring.thresholds[pillar] + length + rival, aside):
            held.append(value)
        elif words >= FEWEST and factor * heading >= scoring.carried:
            carried.append(value)
    return tuple(held) or tuple(sorted(carried, key=lambda each: -each.score)[:1])


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of ``data/pillars.toml``, read once; raises ``ValueError`` for a malformed cue."""
    data = tomllib.loads(files("indexer").joinpath("data/pillars.toml").read_text(encoding="utf-8"))
    return read_lexicon(data)


def read_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon that ``data`` (the parsed file) describes; raises ``ValueError`` for a malformed cue."""
    scoring = Scoring(**data["scoring"])
    names = [(cue, name) for name, cues in data["names"].items() for cue in cues]
    return Lexicon(
        folding=Folding(
            joined=frozenset(data["folding"]["joined"]), spelling=data["folding"]["spelling"], names=CueSet(names)
        ),
        scoring=scoring,
        text=CueSet(_numbered(data, ("strong", "firm", "medium", "weak"), scoring)),
        headings=CueSet(_numbered(data, ("heading",), scoring)),
        topic=_plain(data["context"]["topic"]),
        side_topic=_plain(data["context"]["side_topic"]),
        procedural=_plain(data["context"]["procedural"]),
        procedural_headings=_plain(data["context"]["procedural_headings"]),
        procedural_chapeaux=_plain(data["context"]["procedural_chapeaux"]),
        individual=_plain(data["context"]["individual"]),
    )


def _numbered(
    data: Mapping[str, Any], strengths: Sequence[str], scoring: Scoring
) -> list[tuple[str, tuple[int, PillarKey, float]]]:
    entries = [
        (cue, pillar, scoring.weights[strength])
        for pillar in PILLARS
        for strength in strengths
        for cue in data[pillar][strength]
    ]
    return [(cue, (number, pillar, weight)) for number, (cue, pillar, weight) in enumerate(entries)]


def _plain(cues: Sequence[str]) -> CueSet[str]:
    return CueSet((cue, cue) for cue in cues)
