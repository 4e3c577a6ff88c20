"""Search results and facets laid out as lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote
from textwrap import wrap

from pilcrow.cli.lines import BLANK, Line, Spans, joined, line, marked
from pilcrow.engine import dates
from pilcrow.engine.model import UNKNOWN
from pilcrow.search.results import DocumentGroup, Facet, FacetValue, HitView, Matching, PillarTag, Results, StateTag
from pilcrow.search.views import distinct

BAR = 30
LEAST_BAR = 10
"""Columns of the longest bar, and how many of them a terminal keeps for it beside long names."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHOWN_IN_FACET = 10
_MOST_TAGS = 12
_MOST_CITED = 5
_DIGITS = 7


def results_lines(results: Results, *, facets: bool) -> Iterator[Line]:
    """The summary, the documents and paragraphs found, and with ``facets`` the first values of each facet."""
    summary = _summary(results)
    if summary:
        yield line((summary, "dim"))
    for at, hit in enumerate(results.document_hits):
        if at or summary:
            yield BLANK
        name: Spans = ((hit.document.id, "title"),)
        yield Line(joined([name, (("document: ", "dim"), *marked(hit.snippet))], " · "), hang=2, together=1)
        if hit.document.id == results.goto:
            yield line((f"pilcrow show {quote(hit.document.id)} prints it.", "dim"), indent=2, hang=2)
    for group in results.groups:
        yield BLANK
        yield from group_lines(group)
    for view in () if results.groups else results.hits:
        yield BLANK
        yield from hit_lines(view)
    if results.pages > results.request.page and results.hits:
        yield BLANK
        next_page = results.request.page + 1
        yield line((f"Page {results.request.page} of {results.pages}; --page {next_page} shows the next.", "dim"))
    if facets:
        yield from _all_facets(results.facets)


def group_lines(group: DocumentGroup) -> Iterator[Line]:
    """One document found: what it is, how many of its paragraphs match, and the best of them."""
    document = group.document
    about = [dates.label(document.date)] if document.date else []
    about += ["; ".join(session.label for session in document.sessions)] if document.sessions else []
    count = _count(group.paragraphs, "matching paragraph")
    yield Line(joined([((document.id, "title"),), *(((each, "dim"),) for each in (*about, count))], " · "), 0, 2, 1)
    if document.title:
        yield line(document.title, indent=2, hang=2)
    for hit in group.hits:
        place = hit.citation.removeprefix(hit.symbol).lstrip(", ") or hit.citation
        speaker: Spans = (*marked(hit.speaker_html, "state"), (": ", "dim")) if hit.speaker_html else ()
        yield line((f"{place}  ", "dim"), *speaker, *marked(hit.snippet), indent=4, hang=2)


def hit_lines(hit: HitView) -> Iterator[Line]:
    """One paragraph found: where it is cited, in which section, what matches, and its tags."""
    where: list[Spans] = [((hit.citation, "title"),)]
    where += [((part, "dim"),) for part in (hit.date_label, hit.session) if part]
    yield Line(joined(where, " · "), hang=2, together=1)
    if hit.section:
        yield line((" › ".join(hit.section), "dim"), indent=2, hang=2)
    speaker: Spans = (*marked(hit.speaker_html, "state"), (": ", "dim")) if hit.speaker_html else ()
    yield line(*speaker, *marked(hit.snippet), indent=2)
    for marker, snippet in hit.note_snippets:
        yield line((f"note {marker}: ", "dim"), *marked(snippet), indent=4)
    tags = tag_spans(hit.states, hit.pillars)
    if tags:
        yield line(*tags, indent=2)
    if hit.cites:
        labels = list(dict.fromkeys(each.label for each in hit.cites))
        more = f" and {len(labels) - _MOST_CITED} more" if len(labels) > _MOST_CITED else ""
        yield line(("cites ", "dim"), "; ".join(labels[:_MOST_CITED]), (more, "dim"), indent=2, hang=2)


def tag_spans(states: Iterable[StateTag], pillars: Iterable[PillarTag]) -> Spans:
    """The States, by where they are cited and in which role, and the pillars, as tags."""
    groups: dict[str, dict[str, None]] = {}
    for tag in distinct(states):
        groups.setdefault(_place(tag), {})[tag.name] = None
    found: list[Spans] = []
    for place, names in groups.items():
        label: Spans = ((f"{place} ", "dim"),) if place else ()
        tags = joined((((f"[{name}]", "state"),) for name in list(names)[:_MOST_TAGS]), " ")
        more: Spans = ((f" and {len(names) - _MOST_TAGS} more", "dim"),) if len(names) > _MOST_TAGS else ()
        found.append((*label, *tags, *more))
    found += [((f"#{tag.label.lower()}", "pillar"),) for tag in pillars]
    return joined(found, "  ")


def facet_lines(facet: Facet, *, room: int | None) -> Iterator[Line]:
    """A table of the facet's values with a bar each, in ``room`` columns, or as wide as its names where that is None.

    A name that has no room in one row goes on in the next: often only its end tells it from another.
    """
    values = list(facet.flat())
    counts = [f"{value.count:,}" for value in values]
    digits = max(map(len, counts), default=1)
    labels = [_label(value) for value in values]
    widest = max([12, *map(len, labels)])
    if room is not None:
        widest = max(12, min(widest, room - digits - LEAST_BAR - 4))
    bar = BAR if room is None else max(0, min(BAR, room - widest - digits - 4))
    most = max((value.count for value in values if value.value != UNKNOWN), default=0)
    yield line((facet.label, "title"), (f"  {facet.unit}s", "dim"))
    for value, label, count in zip(values, labels, counts, strict=True):
        sign = "+" if value.selected else "-" if value.excluded else " "
        first, *further = wrap(label, widest, subsequent_indent="  " * (value.depth + 1), drop_whitespace=False) or [""]
        yield line(
            (sign, "match"),
            f"{first:<{widest}} ",
            (f"{count:>{digits}} ", "number"),
            # What is unknown is no value: often most of all, it would make every other bar a stub.
            (_bar(value.count / most, bar) if most and value.value != UNKNOWN else "", "number"),
        )
        yield from (line(f" {row}") for row in further)
    if facet.total_values > len(values):
        yield line((f" ... {len(values)} of {facet.total_values} values; --limit shows more", "dim"))


def _all_facets(facets: Iterable[Facet]) -> Iterator[Line]:
    for facet in facets:
        if not facet.values:
            continue
        yield BLANK
        yield line((facet.label, "title"))
        values = list(facet.flat())
        for value in values[:_SHOWN_IN_FACET]:
            sign = "+" if value.selected else "-" if value.excluded else " "
            indent = "  " * value.depth
            count = f"{value.count:>{_DIGITS},}  "
            yield line((sign, "match"), (count, "number"), indent + value.label, hang=len(count + indent) + 3)
        if len(values) > _SHOWN_IN_FACET or facet.total_values > len(values):
            yield line((f"... pilcrow facets {facet.key} lists all {facet.total_values}", "dim"), indent=_DIGITS + 3)


def _summary(results: Results) -> str:
    if not results.total:
        return "" if results.document_hits or results.goto else "Nothing found."
    found = f"{_count(results.total, 'paragraph')} in {_count(results.documents, 'document')}"
    if results.groups:
        found = f"{_count(results.documents, 'document')} ({_count(results.total, 'matching paragraph')})"
    return f"{found}{_matching(results.matching)}"


def _matching(matching: Matching | None) -> str:
    if matching is None or matching.words < 2:
        return ""
    if matching.required == matching.words:
        return f" with {matching.every} words; with any: {matching.with_any:,}"
    said = f" with at least {matching.required} of your {matching.words} words"
    return f"{said}; with {matching.every} (--all): {matching.with_all:,}; with any: {matching.with_any:,}"


def _place(tag: StateTag) -> str:
    """Where and how a State is cited, "" where it is plainly named in the text."""
    note = [f"note {tag.note}".strip()] if tag.where == "note" else []
    role = [tag.role] if tag.role != "mentioned" else []
    return ", ".join([*note, *role])


def _label(value: FacetValue) -> str:
    return "  " * value.depth + value.label


def _bar(share: float, width: int) -> str:
    eighths = round(share * width * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "") or ("▏" if share else "")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
