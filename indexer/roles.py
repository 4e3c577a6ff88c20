"""What part a State plays in a paragraph, where the paragraph plainly says so: sponsor, speaker, or how it voted.

Four plain forms are known: a list under a label ("Against: ..."), a draft's list of sponsors ("...: draft resolution"),
a speaker at the beginning ("Mr. Diallo (Guinea): ..."), and the sentences with which reports record who spoke and who
joined the sponsors. In such a sentence States have the part only as far as they are listed one after another: between
two of them stand commas, names and the few small words of ``data/states_roles.toml``, so that in "statements were made
by Chile and Peru on the situation in Haiti" Haiti is only mentioned.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pilcrow.engine.model import Role, StateMention

DATA = Path(__file__).parent / "data"

_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BEHALF = re.compile(r"[(\[][^()\[\]]*\bbehalf\b[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]")
_SMALL_WORD = re.compile(r"(?<![\w’'])[a-z][\w’'-]*")
_CLAUSE_END = re.compile(r"[.;](?=\s|$)")
_FURTHEST = 240


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns and small words of ``states_roles.toml``, compiled; see the comments there."""

    labels: Mapping[str, Role]
    label: re.Pattern[str]
    sponsors: re.Pattern[str]
    sponsors_note: re.Pattern[str]
    speaker: re.Pattern[str]
    spoken_by: re.Pattern[str]
    submitted_by: re.Pattern[str]
    envoys: re.Pattern[str]
    spoke: re.Pattern[str]
    joined: re.Pattern[str]
    links: frozenset[str]


def assign(text: str, mentions: Sequence[StateMention]) -> tuple[StateMention, ...]:
    """``mentions`` of ``text``, in order, with the part that each plays, "mentioned" where the text does not say."""
    mentions = tuple(mentions)
    if not mentions:
        return ()
    forms = _forms()
    if forms.sponsors.search(text):
        return tuple(replace(mention, role="sponsor") for mention in mentions)
    roles = dict(_labelled(text, mentions, forms)) or dict(_recorded(text, mentions, forms))
    return tuple(replace(mention, role=roles.get(at, mention.role)) for at, mention in enumerate(mentions))


def assign_in_note(text: str, note: str, mentions: Sequence[StateMention]) -> tuple[StateMention, ...]:
    """``mentions`` of a note to ``text``: sponsors where it says for whom or by whom else a draft is put forward."""
    forms = _forms()
    if mentions and forms.sponsors.search(text) and forms.sponsors_note.search(note):
        return tuple(replace(mention, role="sponsor") for mention in mentions)
    return tuple(mentions)


def _labelled(text: str, mentions: Sequence[StateMention], forms: _Forms) -> Iterator[tuple[int, Role]]:
    """How each State voted that stands under a label such as "In favour:", up to the end of the sentence."""
    found = list(forms.label.finditer(text))
    ends = [label.start() for label in found[1:]] + [len(text)]
    for label, end in zip(found, ends, strict=False):
        stop = _CLAUSE_END.search(text, label.end(), end)
        role = forms.labels.get(" ".join(label["label"].lower().replace("’", "'").split()), "mentioned")
        for at, mention in enumerate(mentions):
            if label.end() <= mention.start and mention.end <= (stop.start() if stop else end):
                yield at, role


def _recorded(text: str, mentions: Sequence[StateMention], forms: _Forms) -> Iterator[tuple[int, Role]]:
    """Who speaks at the beginning, and who is said to have spoken or to have sponsored in the sentences."""
    begins = forms.speaker.match(text)
    if begins:
        for at, mention in enumerate(mentions):
            if begins.start("state") <= mention.start and mention.end <= begins.end("state"):
                yield at, "speaker"
    for run in _lists(text, mentions, forms.spoken_by, forms):
        yield from ((at, "speaker") for at in run)
    for run in _lists(text, mentions, forms.submitted_by, forms):
        yield from ((at, "sponsor") for at in run)
    for run in _lists(text, mentions, forms.envoys, forms):
        if _then(text, mentions[run[-1]].end, forms.spoke, forms):
            yield from ((at, "speaker") for at in run)
    yield from _joined(text, mentions, forms)


def _joined(text: str, mentions: Sequence[StateMention], forms: _Forms) -> Iterator[tuple[int, Role]]:
    """The States that "joined in sponsoring": those listed right before these words."""
    done = 0
    for found in forms.joined.finditer(text):
        after = found.start()
        low = bisect_left(mentions, after, key=lambda mention: mention.end)
        for at in range(low - 1, done - 1, -1):
            if not _is_listing(text[mentions[at].end : after], forms):
                break
            yield at, "sponsor"
            after = mentions[at].start
        done = low


def _lists(text: str, mentions: Sequence[StateMention], trigger: re.Pattern[str], forms: _Forms) -> Iterator[list[int]]:
    """After each ``trigger``, the mentions that are listed one after another; those of "on behalf of" left out."""
    done = 0
    behalf: list[tuple[int, int]] | None = None
    for found in trigger.finditer(text):
        if found.start() < done:
            continue
        behalf = [each.span() for each in _BEHALF.finditer(text)] if behalf is None else behalf
        end, listed = found.end(), []
        for at in range(bisect_left(mentions, end, key=lambda mention: mention.start), len(mentions)):
            if _is_within(mentions[at].start, behalf):
                continue
            if not _is_listing(text[end : mentions[at].start], forms):
                break
            listed.append(at)
            end = mentions[at].end
        done = end
        if listed:
            yield listed


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the character ``at`` lies in one of ``spans``, which are in order and apart."""
    before = bisect_left(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _is_listing(between: str, forms: _Forms) -> bool:
    """Whether ``between`` only joins the entries of a list: no sentence ends in it, and its small words are links."""
    bare = _PARENTHESIS.sub(" ", _BEHALF.sub(" ", between))
    if len(bare) > _FURTHEST or _CLAUSE_END.search(bare):
        return False
    return all(word in forms.links for word in _SMALL_WORD.findall(bare))


def _then(text: str, end: int, verb: re.Pattern[str], forms: _Forms) -> bool:
    """Whether ``verb`` follows the list that ends at ``end``, with nothing but further entries between."""
    found = verb.search(text, end, end + _FURTHEST)
    return found is not None and _is_listing(text[end : found.start()], forms)


@cache
def _forms() -> _Forms:
    table = tomllib.loads((DATA / "states_roles.toml").read_text(encoding="utf-8"))
    labels: dict[str, Role] = {label: role for role, words in table["labels"].items() for label in words}
    pattern = "|".join(re.escape(label).replace("\\ ", r"\s").replace("'", "['’]") for label in labels)
    return _Forms(
        labels=labels,
        label=re.compile(rf"(?:^|[.;|]\s|\s(?=[A-Z]))(?P<label>(?i:{pattern}))\s?:"),
        links=frozenset(table["links"]["words"]),
        **{key: re.compile(written, re.VERBOSE) for key, written in table["patterns"].items()},
    )
