"""A State's page, and the list of all: how it is named and cited here, each figure with the search that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilcrow.engine import gazetteer
from pilcrow.engine.gazetteer import State
from pilcrow.search.profiles import KnownName, StateEntry, StateProfile
from pilcrow.search.request import ROLES, WHERES, SearchRequest
from webui import urls
from webui.exports import LABELS, SUFFIXES
from webui.facets_view import Option
from webui.hit_view import HitCard, hit_card
from webui.search_view import plural
from webui.spread_view import Spread, facet_spread, rows

SESSIONS, YEARS, BESIDE = 10, 10, 15
"""How many sessions, years and other States are shown."""

KINDS = {"former": "former", "formal": "formal", "part": "a part of it"}
"""Kinds of names that are said beside the name."""

LANGUAGES = {"fr": "French", "es": "Spanish", "ru": "Russian", "ar": "Arabic", "zh": "Chinese"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """A name: how it stands to the State, in its language, and where it is used here."""

    text: str
    language: str
    aside: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePage:
    """Everything that a State's page shows."""

    code: str
    name: str
    facts: tuple[Option, ...]
    found: str
    all_url: str
    remark: str
    used: tuple[NameView, ...]
    unused: tuple[NameView, ...]
    spreads: tuple[Spread, ...]
    hits: tuple[HitCard, ...]
    hits_url: str
    exports: tuple[Option, ...]
    ways_on: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the list, with its States as name, count and address; no count where none cites it."""

    anchor: str
    label: str
    url: str
    states: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatesPage:
    """The list of all States by region."""

    lead: str
    regions: tuple[Region, ...]
    unknown_url: str


def state_page(profile: StateProfile) -> StatePage:
    """``profile`` with its links."""
    state, asked = profile.state, SearchRequest().with_value("state", profile.state.code)
    cited = profile.paragraphs > 0
    return StatePage(
        code=state.code,
        name=state.name,
        facts=tuple(_facts(state)),
        found=_found(profile),
        all_url=urls.search_url(asked) if cited else "",
        remark=_remark(profile),
        used=_names(asked, [each for each in profile.names if each.paragraphs]),
        unused=_names(asked, [each for each in profile.names if not each.paragraphs]),
        spreads=_spreads(profile, asked) if cited else (),
        hits=tuple(hit_card(hit, asked) for hit in profile.newest),
        hits_url=urls.search_url(asked.with_sort("newest")),
        exports=tuple(
            Option(label=LABELS[name], url=urls.export_url(asked, suffix)) for suffix, name in SUFFIXES.items()
        ),
        ways_on=() if cited else _ways_on(state),
    )


def states_page(entries: Sequence[StateEntry]) -> StatesPage:
    """All States under their regions, which are in the order of their names."""
    cited = sum(entry.paragraphs > 0 for entry in entries)
    regions = sorted({entry.state.region for entry in entries}, key=lambda code: gazetteer.region(code).label)
    return StatesPage(
        lead=f"{plural(len(entries), 'State')}, of which {cited:,} are cited here. Counts are of paragraphs.",
        regions=tuple(_region(code, [entry for entry in entries if entry.state.region == code]) for code in regions),
        unknown_url=urls.search_url(SearchRequest().with_value("state", "unknown")),
    )


def _region(code: str, entries: Iterable[StateEntry]) -> Region:
    return Region(
        anchor=urls.region_anchor(code),
        label=gazetteer.region(code).label,
        url=urls.search_url(SearchRequest().with_value("state", code)),
        states=tuple(
            (entry.state.name, f"{entry.paragraphs:,}" if entry.paragraphs else "", urls.state_url(entry.state.code))
            for entry in entries
        ),
    )


def _facts(state: State) -> Iterable[Option]:
    """Its formal name, what it is to the United Nations, and where it lies."""
    if state.formal != state.name:
        yield Option(label=state.formal, url="")
    yield Option(label="Non-member observer State" if state.observer else "Member State", url="")
    yield Option(label=gazetteer.region(state.region).label, url=urls.region_url(state.region))
    if state.sub_region != state.region:
        yield Option(label=gazetteer.region(state.sub_region).label, url="")
    if state.group:
        yield Option(label=f"{gazetteer.region(state.group).label}", url="")


def _found(profile: StateProfile) -> str:
    if not profile.paragraphs:
        return f"No paragraph here cites {profile.state.name} under any of its names."
    cite = "cites" if profile.paragraphs == 1 else "cite"
    return f"{plural(profile.paragraphs, 'paragraph')} of {plural(profile.documents, 'document')} {cite} it"


def _remark(profile: StateProfile) -> str:
    """What the figures alone would hide: that the State stands in no text."""
    places = {each.key for each in profile.cited_in}
    if places == {"note"}:
        return "Only notes name it: no paragraph does in its text."
    if places == {"speaker"}:
        return "It speaks here, and no text names it."
    return ""


def _names(asked: SearchRequest, names: Iterable[KnownName]) -> tuple[NameView, ...]:
    return tuple(
        NameView(
            text=each.name.text,
            language=each.name.language,
            aside=", ".join(
                part for part in (KINDS.get(each.name.kind, ""), LANGUAGES.get(each.name.language, "")) if part
            ),
            count=f"{each.paragraphs:,}" if each.paragraphs else "",
            url=urls.search_url(asked.with_query(f'="{each.name.text}"')) if each.paragraphs else "",
        )
        for each in names
    )


def _spreads(profile: StateProfile, asked: SearchRequest) -> tuple[Spread, ...]:
    """The tables that have anything in them, those that people look for first."""
    code = profile.state.code
    tables = (
        facet_spread(asked, profile.sessions, field="session", what="session", shown=SESSIONS),
        facet_spread(asked, profile.pillars, field="pillar", what="pillar", shown=len(profile.pillars)),
        facet_spread(asked, profile.years, field="date", what="year", shown=YEARS),
        Spread(
            key="where",
            title="Where it is cited",
            what="Where",
            rows=rows(profile.cited_in, lambda key: asked.with_state_in(next(each for each in WHERES if each == key))),
        ),
        Spread(
            key="role",
            title="As what",
            what="Role",
            rows=rows(profile.cited_as, lambda key: asked.with_state_role(next(each for each in ROLES if each == key))),
        ),
        Spread(
            key="beside",
            title="With which other States",
            what="State",
            rows=rows(
                profile.beside[:BESIDE],
                lambda key: (
                    SearchRequest().with_value("state", code).with_value("state", key).with_all_of("state", True)
                ),
            ),
            more=_all_beside(profile, asked),
        ),
    )
    return tuple(table for table in tables if table.rows)


def _all_beside(profile: StateProfile, asked: SearchRequest) -> Option | None:
    if len(profile.beside) <= BESIDE:
        return None
    url = urls.facet_url("state", asked.with_all_of("state", True))
    return Option(label=f"All {len(profile.beside):,}", url=url)


def _ways_on(state: State) -> tuple[Option, ...]:
    region = gazetteer.region(state.region)
    return (
        Option(label=f"Paragraphs with the word “{state.name}”", url=_words_url(state.name)),
        Option(label=f"The States of {region.label}", url=urls.region_url(region.code)),
        Option(label="All States", url=urls.STATES),
    )


def _words_url(name: str) -> str:
    return urls.search_url(SearchRequest(query=f'"{name}"'))
