"""Links in running text: whatever is cited, named, noted and marked, the text stays and no link lies in another."""

from __future__ import annotations

import html
from collections.abc import Callable

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pilcrow.engine.model import Document, Note, Paragraph, Reference, StateMention, Where
from pilcrow.search.citations import Cited
from pilcrow.search.parser import parse
from pilcrow.search.snippets import Highlighter, Run
from webui.prose import prose

HERE = Document(id="A/1", symbols=("A/1",), language="en")


def shown(paragraph: Paragraph, query: str = "*", cited: tuple[Cited, ...] = ()) -> tuple[str, list[str]]:
    """The markup of a paragraph's text, and of each of its notes."""
    whole = Highlighter(parse(query).tree).whole(paragraph, HERE, cited)
    signs = [(note.marker, (f"n{at}", f"s{at}")) for at, note in enumerate(paragraph.notes)]
    return str(prose(whole.runs, signs)), [str(prose(runs)) for _, runs in whole.notes]


def test_a_state_a_citation_a_mark_and_a_sign_stand_together() -> None:
    paragraph = Paragraph(
        id="A/1#p1",
        document="A/1",
        ordinal=1,
        text="Côte d’Ivoire & Iran victims, A/2/Iran, para. 3",
        states=(
            StateMention(code="CIV", start=0, end=13),
            StateMention(code="IRN", start=16, end=20),
            StateMention(code="IRN", start=34, end=38),
        ),
        notes=(Note(marker="7", text="See Qatar.", at=20),),
        cites=(Reference(symbol="A/2/Iran", start=30, end=38, paragraphs=("3",)),),
    )
    (reference,) = paragraph.cites
    cited = Cited(reference=reference, document="A/2/Iran", title='"T"', places=(("3", "A/2/Iran#p3"),))
    assert shown(paragraph, "Iran OR victims", (cited,)) == (
        '<a class="state" href="/states/CIV">Côte d’Ivoire</a> &amp; '
        '<a class="state" href="/states/IRN"><mark>Iran</mark></a>'
        '<sup><a href="#n0" id="s0" aria-label="Note 7">7</a></sup> <mark>victims</mark>, '
        '<a class="cites" href="/documents/A/2/Iran#p3" title="A/2/Iran, para. 3: &#34;T&#34;">'
        "A/2/<mark>Iran</mark>, para. 3</a>",
        ["See Qatar."],
    )


def test_names_in_notes_lead_to_states_and_of_notes_with_one_marker_each_has_its_own() -> None:
    paragraph = Paragraph(
        id="A/1#p1",
        document="A/1",
        ordinal=1,
        text="Here.",
        notes=(Note(marker="*", text="Law of Qatar.", at=4), Note(marker="*", text="France said so.", at=5)),
        states=(
            StateMention(code="QAT", start=7, end=12, where="note", note="*"),
            StateMention(code="FRA", start=0, end=6, where="note", note="*"),
        ),
    )
    text, notes = shown(paragraph)
    assert notes == [
        'Law of <a class="state" href="/states/QAT">Qatar</a>.',
        '<a class="state" href="/states/FRA">France</a> said so.',
    ]
    assert [a["href"] for a in BeautifulSoup(text, "html.parser").select("sup a")] == ["#n0", "#n1"]


def test_markup_in_a_text_a_title_or_a_code_stays_text() -> None:
    runs = (Run("&lt;b&gt;", target='A/"><i>', title='"><i>'), Run("<b>", state='"><i>'))
    page = BeautifulSoup(prose(runs), "html.parser")
    assert [tag.name for tag in page.find_all(True)] == ["a", "a"]
    assert page.get_text() == "<b><b>"


TEXT = st.text(alphabet="ab <&\"'é", min_size=1, max_size=40)
PLACES: tuple[Where, ...] = ("text", "note", "speaker")


def spans(lengths: dict[Where, int]) -> st.SearchStrategy[tuple[Where, int, int]]:
    """Any span of one of the texts, and now and then one that lies outside."""
    return st.sampled_from(PLACES).flatmap(
        lambda where: st.tuples(
            st.just(where), st.integers(0, max(0, lengths[where] - 1)), st.integers(1, lengths[where] + 2)
        ).filter(lambda span: span[1] < span[2])
    )


@st.composite
def paragraphs(draw: Callable[..., object]) -> tuple[Paragraph, tuple[Cited, ...]]:
    """A paragraph of which anything may be cited, named or noted anywhere, and what it cites, all of it here."""
    text, note, speaker = str(draw(TEXT)), str(draw(TEXT)), str(draw(TEXT))
    lengths: dict[Where, int] = {"text": len(text), "note": len(note), "speaker": len(speaker)}
    named = draw(st.lists(spans(lengths), max_size=6))
    citing = draw(st.lists(spans(lengths), max_size=4))
    assert isinstance(named, list)
    assert isinstance(citing, list)
    noted = [str(each) for each in range(3)]
    references = tuple(
        Reference(symbol="A/2", start=start, end=min(end, lengths[where]), where=where, note="0" * (where == "note"))
        for where, start, end in citing
        if where != "speaker" and start < lengths[where]
    )
    offsets = draw(st.lists(st.integers(0, len(text)), min_size=3, max_size=3))
    assert isinstance(offsets, list)
    paragraph = Paragraph(
        id="A/1#p1",
        document="A/1",
        ordinal=1,
        text=text,
        speaker=speaker,
        notes=tuple(Note(marker=marker, text=note, at=at) for marker, at in zip(noted, offsets, strict=True)),
        states=tuple(
            StateMention(code="FRA", start=start, end=end, where=where, note="0" * (where == "note"))
            for where, start, end in named
        ),
        cites=references,
    )
    return paragraph, tuple(Cited(reference=each, document="A/2") for each in references)


@given(paragraphs(), st.sampled_from(["a", "ab", "a* OR b*", '"a b"', "é"]))
def test_without_tags_it_is_the_text_and_no_link_lies_within_another(
    made: tuple[Paragraph, tuple[Cited, ...]], query: str
) -> None:
    paragraph, cited = made
    text, notes = shown(paragraph, query, cited)
    for markup, plain in [(text, paragraph.text), *((note, paragraph.notes[0].text) for note in notes)]:
        page = BeautifulSoup(f"<pre>{markup}</pre>", "html.parser")  # where spaces stay as they are
        signs = [sup.extract().get_text() for sup in page.find_all("sup")]
        assert signs == (sorted(signs, key=lambda sign: paragraph.notes[int(sign)].at) if signs else [])
        assert page.get_text() == plain
        assert page.select("a a, a sup, mark a, mark mark") == []
        assert [a for a in page.find_all("a") if not a.get_text()] == []
    assert len(BeautifulSoup(text, "html.parser").find_all("sup")) == len(paragraph.notes)


@given(paragraphs())
def test_a_citation_is_always_a_link_and_a_name_is_one_where_no_citation_is(
    made: tuple[Paragraph, tuple[Cited, ...]],
) -> None:
    paragraph, cited = made
    whole = Highlighter(parse("zebra").tree).whole(paragraph, HERE, cited)
    kinds: list[str] = []
    for run in whole.runs:
        kinds += ["cites" if run.target else "state" if run.state else ""] * len(html.unescape(run.html))
    here = [(each.reference.start, each.reference.end) for each in cited if each.reference.where == "text"]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(here, key=lambda span: span[0]):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    assert [at for at, kind in enumerate(kinds) if kind == "cites"] == [
        at for start, end in kept for at in range(start, end)
    ]
    in_reach = {
        at
        for mention in paragraph.states
        if mention.end <= len(paragraph.text) and mention.where in ("text", "speaker")
        for at in range(mention.start, mention.end)
    }
    assert {at for at, kind in enumerate(kinds) if kind == "state"} <= in_reach
