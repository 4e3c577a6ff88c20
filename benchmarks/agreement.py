"""Whether the contenders count alike where they mean the same: a page with chosen facets and no words.

Words are stemmed and required differently by each, but a value chosen is the same for all. A contender that counted
less, or wrongly, would be compared with unfairly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.contenders import Page
from benchmarks.queries import Query


def disagreements(query: Query, pages: Mapping[str, Page]) -> list[str]:
    """A sentence for each contender that counts otherwise than the first one."""
    if not pages:
        return []
    (first, reference), *others = pages.items()
    expected = reference.counts
    said = []
    for name, page in others:
        chosen = [key for _, key in query.chosen]
        facet = next((facet for facet, found in page.counts.items() if _differ(expected[facet], found, chosen)), "")
        if page.total != reference.total or facet:
            where = f" in {facet}" if facet else f": {page.total:,} against {reference.total:,} paragraphs"
            said.append(f"{name} counts otherwise than {first} for {dict(query.chosen)}{where}.")
    return said


def _differ(expected: Mapping[str, int], found: Mapping[str, int], chosen: Sequence[str]) -> bool:
    """Whether the counts differ, the least frequent values aside, of which a page may show some or others.

    What is chosen, and what it is below, is shown however rare it is.
    """
    both = expected.keys() & found.keys()
    if any(expected[key] != found[key] for key in both):
        return True
    least = min((expected[key] for key in both if not any(each.startswith(key) for each in chosen)), default=0)
    return any(count > least for counts in (expected, found) for key, count in counts.items() if key not in both)
