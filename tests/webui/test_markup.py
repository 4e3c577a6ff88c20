"""Snippets become markup in which nothing but marks can be markup."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from webui.markup import breakable, marked

PIECES = st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=6)


def snippet(pieces: list[tuple[str, bool]]) -> str:
    return "".join(
        f"<mark>{html.escape(text)}</mark>" if is_marked else html.escape(text) for text, is_marked in pieces
    )


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"</?mark>", "", markup))


def test_marks_stay_and_everything_else_is_text() -> None:
    assert str(marked("a <mark>b</mark> <i>c</i> &lt;d&gt;")) == "a <mark>b</mark> &lt;i&gt;c&lt;/i&gt; &lt;d&gt;"


@given(PIECES)
def test_whatever_the_text_only_marks_are_markup(pieces: list[tuple[str, bool]]) -> None:
    text = str(marked(snippet(pieces)))
    assert not re.search(r"<(?!/?mark>)", text)
    assert plain(text) == "".join(piece for piece, _ in pieces)


def test_a_symbol_may_break_after_its_slashes_and_nothing_in_it_is_markup() -> None:
    assert breakable("A/C.3/79/L.5") == "A/<wbr>C.3/<wbr>79/<wbr>L.5"
    assert breakable("A/<i>") == "A/<wbr>&lt;i&gt;"
