"""A paragraph's running text as markup: its marks, the signs of its notes, and links to what it cites and names.

It is made here and not in a template because a long record has thousands of links, each of which a template would draw
by a call of its own. Every piece of text is escaped anew (see :mod:`webui.markup`), and a link never holds another: the
runs of :mod:`pilcrow.search.snippets` lie side by side.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from pilcrow.search.snippets import Run
from webui import urls
from webui.markup import marked

NOTHING, CLOSING = Markup(""), Markup("</a>")

Sign = tuple[str, str]
"""Where the sign of a note leads, and the anchor of the sign itself."""


def prose(runs: Iterable[Run], signs: Sequence[tuple[str, Sign]] = ()) -> Markup:
    """``runs`` as markup; of ``signs``, pairs of a note's marker and its anchors, each is used once, in order."""
    return Markup("").join(_pieces(runs, list(signs)))


def _pieces(runs: Iterable[Run], waiting: list[tuple[str, Sign]]) -> Iterator[Markup]:
    for run in runs:
        opening = _opening(run) if run.html else NOTHING
        if opening:
            yield opening
            yield marked(run.html)
            yield CLOSING
        else:
            yield marked(run.html)
        found = next((sign for sign in waiting if sign[0] == run.note), None) if run.note else None
        if found is not None:
            waiting.remove(found)
            yield _sign(run.note, *found[1])


def _opening(run: Run) -> Markup:
    """The tag that opens the link of ``run``, "" where it leads nowhere."""
    if run.state:
        return _to_state(run.state)
    if not run.target:
        return NOTHING
    tag = Markup('<a class="cites" href="{}" title="{}">') if run.title else Markup('<a class="cites" href="{}">')
    return tag.format(urls.identifier_url(run.target), run.title)


@functools.cache
def _to_state(code: str) -> Markup:
    """The same for each of the two hundred States, of which a record of votes names thousands."""
    return Markup('<a class="state" href="{}">').format(urls.state_url(code))


def _sign(marker: str, note: str, own: str) -> Markup:
    """The sign leads to its note; it is named by a label, not by hidden words, which would be copied."""
    return Markup('<sup><a href="#{}" id="{}" aria-label="Note {}">{}</a></sup>').format(note, own, marker, marker)
