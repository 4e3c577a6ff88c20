"""Properties of the PDF reader: whatever is set in lines, on pages and in columns comes back as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.segment import segment
from tests.indexer.pdf_made import ARTIFACT, BOLD, LEFT, SMALL, TOP, WIDTH, Made, Page, Tag, Type, broken

TEXT = (
    "the victims of trafficking in persons States law-enforcement cooperation a Protocol, and Office to 2004 measures; "
    "identification international (including) women's its UNODC children assistance at by national “demand” for if "
    "non-governmental organizations A/79/100 per cent 15 accountability responsibilities it or is are was who"
)
LONG = f"The text of {TEXT.replace(';', ',')} stands first, so that the page has lines that are full, as pages have."

sentences = st.lists(st.sampled_from(TEXT.split()), min_size=3, max_size=40).map(
    lambda words: f"The {' '.join(words).rstrip(',;')} report."
)
paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6)
BODY, COLUMN = Type(first=36, justified=True), Type(first=18, justified=True)
DEPTH = 7
"""Lines on a page: few, so that page breaks fall everywhere in a paragraph."""


def set_lines(page: Page, at: tuple[float, float], lines: list[tuple[str, float, Tag | None]], width: float) -> None:
    """Lines below each other, each as far set in as it says and spread to the full ``width``, last ones aside."""
    for row, (words, inset, tag) in enumerate(lines):
        place = (at[0] + inset, at[1] - 12 * row)
        if words.endswith("\n"):
            page.text(place, words.rstrip("\n"), Type(), tag)
        else:
            page.spread(place, words, Type(), width - inset, tag)


def lines_of(texts: list[str], how: Type, width: float, tags: list[Tag] | None = None) -> Iterator[tuple]:
    """The lines of paragraphs: words, how far each is set in, its element; the last of each ends in a line feed."""
    for number, text in enumerate(texts):
        lines = broken(text, how, width)
        lines[-1] += "\n"
        yield from ((line, 0 if at else how.first, tags[number] if tags else None) for at, line in enumerate(lines))


def breaks(lines: list[tuple[str, float, Tag | None]]) -> list[int]:
    """Where pages begin: a page has a few lines, and no first or last line of a paragraph stands alone on one."""
    ends = [at for at, (words, _, _) in enumerate(lines) if words.endswith("\n")]
    firsts = {0, *(at + 1 for at in ends)}
    closed = {at + 1 for at in firsts} - firsts | set(ends) - firsts
    starts = [0]
    while starts[-1] + DEPTH < len(lines):
        starts.append(max(at for at in range(starts[-1] + 1, starts[-1] + DEPTH + 1) if at not in closed))
    return [*starts, len(lines)]


def printed(texts: list[str], *, tagged: bool) -> Made:
    """``texts`` on as many pages as they fill, with running heads, page numbers and job numbers."""
    made = Made()
    tags = [made.tag("P") for _ in texts] if tagged else None
    lines = list(lines_of(texts, BODY, WIDTH, tags))
    starts = breaks(lines)
    for number, (start, end) in enumerate(pairwise(starts), 1):
        page = made.page()
        if start:
            page.text((LEFT, 748), "A/80/100", BOLD, ARTIFACT if tagged else None)
        page.text((LEFT, 40), f"{number}/{len(starts) - 1}", SMALL, ARTIFACT if tagged else None)
        page.text((490, 40), "25-01234", SMALL, ARTIFACT if tagged else None)
        set_lines(page, (LEFT, TOP), lines[start:end], WIDTH)
    return made


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
@given(texts=paragraphs)
def test_paragraphs_come_back_word_for_word_wherever_pages_break(tagged, numbered, texts):
    texts = [f"{number}. {text}" if numbered else f"{text} {LONG}" for number, text in enumerate(texts, 1)]
    blocks = printed(texts, tagged=tagged).blocks()
    assert [(block.kind, block.text) for block in blocks] == [("text", text) for text in texts]
    assert [block.page for block in blocks] == sorted(block.page or 0 for block in blocks)


@given(texts=st.lists(paragraphs, min_size=2, max_size=2))
def test_columns_come_back_one_after_the_other(texts):
    made = Made()
    page = made.page()
    sides = [list(lines_of([LONG, *each], COLUMN, 224))[:45] for each in texts]
    for side, lines in enumerate(sides):
        set_lines(page, (LEFT + 244 * side, TOP), lines, 224)
    said = " ".join(words.rstrip("\n") for lines in sides for words, _, _ in lines)
    assert " ".join(unit.text for unit in segment(made.blocks()).units) == said
