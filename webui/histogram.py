"""When: the results by year, and by month where the years are few, as bars that are links.

Everything comes from the counts of the date facet, which leave out what is chosen among the dates, so that drawing
costs no query. Places are percentages of the width, so that the picture fits every screen without a script, and words
stay as large as other words. Years without paragraphs keep their place: a gap is something to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pilcrow.engine import dates
from pilcrow.engine.model import UNKNOWN
from pilcrow.search.request import SearchRequest
from pilcrow.search.results import Facet, FacetValue
from webui import urls
from webui.facets_view import Option
from webui.plurals import plural
from webui.spans import Span, chosen_spans, with_bar

HEIGHT = 64
"""Pixels of the highest bar."""

LEAST = 3
"""Pixels of the lowest bar that stands for something."""

MONTHS_OF = 2
"""So many years are shown by month; more are too many bars for a small screen."""

NARROWEST = 8
"""A chart has room for so many bars at least, so that two years do not become two walls."""

TICKS = 7
"""So many labels fit under a chart on a small screen."""

_BAR = re.compile(r"\d{4}(?:-\d{2})?")
_STEPS = (1, 2, 5, 10, 20, 25, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year or month that has something: ``slot`` counts from the left, ``x`` and ``width`` are percentages.

    ``y`` and ``height`` are pixels; ``said`` is the name of the link, ``url`` where it leads.
    """

    slot: int
    said: str
    count: int
    url: str
    chosen: bool
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label under the bars, and the place of its middle, a percentage."""

    x: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the same as a table; gaps that follow one another are one row."""

    label: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars from the year or month ``first`` on, ``slots`` places for them, the first ``filled`` of them dates.

    ``step`` is "year" or "month", ``peak`` says where the highest bar is, ``band`` is where what is chosen lies (its
    left end and width), None where nothing of it is drawn.
    """

    key: str
    title: str
    step: str
    first: str
    slots: int
    filled: int
    peak: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    band: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """The charts, what is chosen in them, and what they cannot show."""

    unit: str
    charts: tuple[Chart, ...]
    chosen: str
    clear_url: str
    hint: str
    asides: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all bars of a page share."""

    counts: Mapping[str, int]
    request: SearchRequest
    unit: str

    def known(self, key: str) -> int:
        return self.counts.get(key, 0)


def histogram(facet: Facet | None, request: SearchRequest) -> Histogram | None:
    """The dates of ``facet``, counted under ``request``, as charts; None where no date is known."""
    values = list(facet.flat()) if facet else []
    counts = {value.value: value.count for value in values if _BAR.fullmatch(value.value) and not value.excluded}
    years = sorted(key for key, count in counts.items() if len(key) == 4 and count)
    if facet is None or not years:
        return None
    drawing = _Drawing(counts, request, facet.unit)
    spans = chosen_spans(request)
    whole = range(int(years[0]), int(years[-1]) + 1)
    charts = (
        [_by_month(drawing, whole)]
        if _has_months(drawing, whole)
        else [_by_year(drawing, whole), *_closer(drawing, spans)]
    )
    return Histogram(
        unit=facet.unit,
        charts=tuple(charts),
        chosen=" and ".join(value.label for value in values if value.selected and Span.of(value.value)),
        clear_url=urls.chosen_url(request.with_only("date", [])) if spans else "",
        hint=_hint(charts[-1].step, spans),
        asides=tuple(_asides(values, drawing, charts)),
    )


def _has_months(drawing: _Drawing, years: range) -> bool:
    """Whether ``years`` are few, and some month of them is known."""
    return 0 < len(years) <= MONTHS_OF and any(drawing.known(month) for month in _months(years))


def _closer(drawing: _Drawing, spans: Sequence[Span]) -> Iterator[Chart]:
    """The months of what is chosen, where that is a year or little more."""
    if len(spans) == 1 and _has_months(drawing, spans[0].years()):
        yield _by_month(drawing, spans[0].years())


def _by_year(drawing: _Drawing, years: range) -> Chart:
    labels = [str(year) for year in years]
    step = next((step for step in _STEPS if len(years) <= step * TICKS), 100)
    ticks = {at: str(year) for at, year in enumerate(years) if year % step == 0}
    title = f"{drawing.unit.capitalize()}s by year"
    return _chart(drawing, labels, ticks, title=title, step="year")


def _by_month(drawing: _Drawing, years: range) -> Chart:
    months = _months(years)
    ticks = {at: _tick(month, len(years)) for at, month in enumerate(months) if at % 3 == 0}
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} and {years[-1]}"
    return _chart(drawing, months, ticks, title=f"{drawing.unit.capitalize()}s by month, {span}", step="month")


def _months(years: range) -> list[str]:
    return [f"{year}-{month:02}" for year in years for month in range(1, 13)]


def _tick(month: str, years: int) -> str:
    """The name under a month: short, and with its year where there are several."""
    name = dates.MONTHS[int(month[5:]) - 1][:3]
    return f"{name} {month[2:4]}" if years > 1 and name == "Jan" else name


def _chart(drawing: _Drawing, keys: Sequence[str], ticks: Mapping[int, str], *, title: str, step: str) -> Chart:
    slots = max(len(keys), NARROWEST)
    highest = max(keys, key=drawing.known)
    most = drawing.known(highest)
    spans = chosen_spans(drawing.request)
    marked = [at for at, key in enumerate(keys) if any(span.overlaps(key) for span in spans)]
    return Chart(
        key=step,
        title=title,
        step=step,
        first=keys[0],
        slots=slots,
        filled=len(keys),
        peak=f"most in {dates.label(highest)}: {most:,}" if most else "",
        bars=tuple(
            _bar(drawing, key, at=at, slots=slots, most=most) for at, key in enumerate(keys) if drawing.known(key)
        ),
        ticks=tuple(Tick(x=_percent(at + 0.5, slots), label=label) for at, label in ticks.items()),
        rows=tuple(_rows(drawing, keys)),
        band=(_percent(marked[0], slots), _percent(marked[-1] - marked[0] + 1, slots)) if marked else None,
    )


def _bar(drawing: _Drawing, key: str, *, at: int, slots: int, most: int) -> Bar:
    count, spans = drawing.known(key), chosen_spans(drawing.request)
    chosen = any(span.overlaps(key) for span in spans)
    height = max(LEAST, round(HEIGHT * count / most))
    return Bar(
        slot=at,
        said=f"{dates.label(key)}: {plural(count, drawing.unit)}{', chosen' if chosen else ''}",
        count=count,
        url=urls.chosen_url(with_bar(drawing.request, key)),
        chosen=chosen,
        x=_percent(at + 0.1, slots),
        width=_percent(0.8, slots),
        y=HEIGHT - height,
        height=height,
    )


def _rows(drawing: _Drawing, keys: Sequence[str]) -> Iterator[Row]:
    """Every date with its count; those without any that follow one another together."""
    for some, group in groupby(keys, key=lambda key: drawing.known(key) > 0):
        run = list(group)
        if some:
            yield from (Row(label=dates.label(key), count=f"{drawing.known(key):,}") for key in run)
        else:
            ends = dict.fromkeys((dates.label(run[0]), dates.label(run[-1])))
            yield Row(label=" to ".join(ends), count="0")


def _hint(step: str, spans: Sequence[Span]) -> str:
    """How to choose, in one sentence."""
    if len(spans) == 1:
        return f"Another {step} extends the span; one inside it stands alone."
    return f"Choose a {step}; a second one makes a span."


def _asides(values: Sequence[FacetValue], drawing: _Drawing, charts: Sequence[Chart]) -> Iterator[Option]:
    """What has no place in the charts: the undated, and in months those that only a year is known of."""
    unit, request = drawing.unit, drawing.request
    for value in values:
        if value.value == UNKNOWN and value.count and not value.excluded:
            chosen = request.without_value("date", UNKNOWN) if value.selected else request.with_only("date", [UNKNOWN])
            yield Option(
                label=f"{plural(value.count, unit)} without a date",
                url=urls.chosen_url(chosen),
                current=value.selected,
            )
    for chart in charts:
        if chart.step == "month":
            years = {key[:4] for key in _months(_years_of(chart))}
            vague = sum(drawing.known(year) for year in years) - sum(bar.count for bar in chart.bars)
            if vague:
                yield Option(label=f"{plural(vague, unit)} with a year and no month", url="")


def _years_of(chart: Chart) -> range:
    first = int(chart.first[:4])
    return range(first, first + chart.filled // 12)


def _percent(part: float, whole: int) -> str:
    """A share of the width, as short as it can be written."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"
