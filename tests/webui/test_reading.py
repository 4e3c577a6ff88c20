"""What the reader of a page sees of citations, of who cites, of who speaks, and the same as JSON."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from pilcrow.engine.model import Role, StateMention
from tests.search.made_cited import CITED, KENYAN, LETTER, REPORT
from tests.webui import library_to_read
from tests.webui.library_of_traps import publish
from webui import create_app
from webui.document_view import CITERS_LISTED

MANY = 60


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The documents that cite each other, and one that cites a paragraph, and a document, over and over."""
    again = tuple(
        replace(
            REPORT.paragraphs[0],
            id=f"A/81/1#p{number}",
            document="A/81/1",
            ordinal=number,
            cites=tuple(
                replace(each, paragraphs=("4",) if number % 2 else ())
                for each in REPORT.paragraphs[0].cites
                if each.symbol == "A/79/945"
            ),
        )
        for number in range(1, 2 * MANY + 1)
    )
    many = replace(REPORT, document=replace(REPORT.document, id="A/81/1", symbols=(), relations=()), paragraphs=again)
    directory: Path = tmp_path_factory.mktemp("cited") / "index"
    publish(directory, [*CITED, many])
    return create_app(directory).test_client()


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def links(tag: Tag | None, choose: str = "a") -> list[tuple[str, str]]:
    assert tag is not None
    return [(" ".join(a.get_text().split()), a["href"]) for a in tag.select(choose)]


def test_what_is_cited_is_a_link_to_the_paragraph_in_text_and_notes(client: FlaskClient) -> None:
    report = page(client, "/documents/A/80/48")
    assert links(report.find(id="p1"), ".own a.cites") == [
        ("A/79/945", "/documents/A/79/945#p1"),
        ("1", "/documents/A/79/945#p1"),
        ("3", "/documents/A/79/945#p3"),
    ]
    assert report.select_one("#p1 a.cites")["title"] == "A/79/945, paras. 1-3 and 9: Letter on victims"
    assert report.select_one("#p1 .own p").get_text() == REPORT.paragraphs[0].text
    assert links(report.find(id="p3"), ".notes a.cites") == [("A/79/945", "/documents/A/79/945")]


def test_a_paragraph_says_who_cites_it_and_many_are_folded(client: FlaskClient) -> None:
    letter = page(client, "/documents/A/79/945")
    few = letter.select_one("#p2 .cited-by")
    assert (few.name, links(few)) == (
        "p",
        [("A/80/48, para. 1", "/documents/A/80/48#p1"), ("A/80/48, para. 2", "/documents/A/80/48#p2")],
    )
    many = letter.select_one("#p4 .cited-by")
    assert (many.name, many.summary.get_text()) == ("details", f"Cited by {MANY} paragraphs")
    assert len(links(many)) == CITERS_LISTED + 1
    assert links(many)[-1] == ("All of them", "/?q=cites%3A%22A%2F79%2F945%2C+para.+4%22")
    everyone = page(client, links(many)[-1][1])
    assert everyone.h1.get_text().startswith(f"{MANY} paragraphs")


def test_a_document_says_who_cites_it_as_a_whole_and_what_amends_it(client: FlaskClient) -> None:
    letter = page(client, "/documents/A/79/945")
    rows = {row.dt.get_text(): row for row in letter.select(".meta > div")}
    cited = rows["Cited by"]
    assert cited.summary.get_text() == f"{MANY + 2} paragraphs"
    assert links(cited)[0] == ("A/80/48, para. 3", "/documents/A/80/48#p3")
    assert links(cited)[-1] == ("and 12 more", "/?q=cites%3A%22A%2F79%2F945%22")
    assert links(rows["Related"]) == [("has A/80/48 as addendum", "/documents/A/80/48")]
    report = page(client, "/documents/A/80/48")
    rows = {row.dt.get_text(): row for row in report.select(".meta > div")}
    assert links(rows["Related"]) == [("addendum to A/79/945", "/documents/A/79/945")]
    assert "Cited by" not in rows


def test_a_hit_names_the_documents_that_it_cites_and_that_are_here(client: FlaskClient) -> None:
    hits = page(client, "/?q=cites:A/80/1")
    assert links(hits.select_one(".hit .cites-what")) == [
        ("A/79/945, paras. 1-3 and 9", "/documents/A/79/945#p1"),
    ]


def test_who_speaks_stands_before_each_paragraph_of_a_speech(client: FlaskClient) -> None:
    record = page(client, "/documents/A/79/PV.3")
    assert [" ".join(each.get_text().split()) for each in record.select(".para .speaker")] == [
        KENYAN,
        f"{KENYAN} continuing",
    ]
    hits = page(client, "/?state=KEN&state-role=speaker&sort=document")
    assert [each.decode_contents() for each in hits.select(".hit .speaker")] == ["Mr. Kimani (<mark>Kenya</mark>)"] * 2
    tags = [[" ".join(tag.get_text().split()) for tag in hit.select(".tag.state")] for hit in hits.select(".hit")]
    assert tags == [["Kenya speaker"], ["Kenya speaker", "France"]]
    assert links(hits.select_one("#facet-state .options:last-of-type"))[-1][0] == "speaker (2)"


def test_the_api_has_both_ways_pages_and_speakers(client: FlaskClient) -> None:
    paragraph = client.get("/api/paragraphs", query_string={"id": "A/79/945#p2"}).json
    assert [each["id"] for each in paragraph["cited_by"]] == ["A/80/48#p1", "A/80/48#p2"]
    assert (paragraph["page"], paragraph["speaker"]) == (2, "")
    assert paragraph["of"]["cited_by_total"] == MANY + 2
    document = client.get("/api/documents", query_string={"id": LETTER.document.id}).json
    assert document["amended_by"] == [{"symbol": "A/80/48", "relation": "addendum", "url": "/documents/A/80/48"}]
    hit = client.get("/api/search", query_string={"q": "cites:A/80/1"}).json["hits"][0]
    assert [(each["symbol"], each["url"]) for each in hit["cites"]] == [
        ("A/79/945", "/documents/A/79/945#p1"),
        ("A/80/1", None),
    ]
    spoken = client.get("/api/search?q=come&state-in=speaker").json["hits"][0]
    assert (spoken["speaker"], spoken["states"][0]["in"]) == (KENYAN, "speaker")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The documents made for reading."""
    directory: Path = tmp_path_factory.mktemp("to-read") / "index"
    publish(directory, library_to_read.documents())
    return create_app(directory).test_client()


def test_states_are_links_in_text_notes_and_before_a_speech(client: FlaskClient, reader: FlaskClient) -> None:
    report = page(reader, "/documents/A/90/1")
    assert links(report.find(id="p3"), ".own a.state") == [("Belarus", "/states/BLR"), ("France", "/states/FRA")]
    assert links(report.find(id="p3"), ".notes a.state") == [("Qatar", "/states/QAT")]
    record = page(client, "/documents/A/79/PV.3")
    assert [links(each, "a") for each in record.select(".speaker")] == [[("Kenya", "/states/KEN")]] * 2
    assert links(record.find(id="u4"), ".own a") == [("France", "/states/FRA"), ("Kenya", "/states/KEN")]


def test_what_a_paragraph_cites_stands_beside_it_too(reader: FlaskClient) -> None:
    report = page(reader, "/documents/A/90/1")
    assert links(report.find(id="p3"), ".cites-what a") == [
        ("A/90/2, para. 1", "/documents/A/90/2#p1"),
        ("A/90/2", "/documents/A/90/2"),
    ]
    assert report.select_one("#p1 .cites-what") is None


def test_languages_and_directions_are_given_where_they_change(reader: FlaskClient) -> None:
    letter = page(reader, "/documents/A/90/3@ar")
    article = letter.article
    assert (article["lang"], article["dir"]) == ("ar", "rtl")
    marked = {
        tag.get("id") or tag["class"][-1]: (tag.get("lang"), tag.get("dir"))
        for tag in letter.select(".text > *, .outline, .known, .about")
    }
    assert marked == {
        "p1-heading-1": (None, None),
        "p1": (None, None),
        "p2-heading-1": ("en", "ltr"),
        "p2": ("en", "ltr"),
        "outline": ("en", "ltr"),
        "known": ("en", "ltr"),
        "about": ("en", "ltr"),
    }
    assert [(span.get("lang"), span.get("dir")) for span in letter.select(".outline li a > span")] == [
        ("ar", "rtl"),
        (None, None),
    ]
    assert page(reader, "/documents/A/90/1").select("[dir]") == []


def test_a_document_is_taken_away_as_one_record(reader: FlaskClient) -> None:
    ways = links(page(reader, "/documents/A/90/1").select_one(".ways"))
    assert ways == [("RIS", "/documents/A/90/1/cite.ris"), ("BibTeX", "/documents/A/90/1/cite.bib")]
    ris, bibtex = (reader.get(url) for _, url in ways)
    assert ris.headers["Content-Disposition"] == 'attachment; filename="A-90-1.ris"'
    assert ris.text.splitlines() == [
        "TY  - RPRT",
        "AU  - United Nations",
        "TI  - Report to read",
        "SN  - A/90/1",
        "PY  - 2035",
        "DA  - 2035/05/01",
        "PB  - United Nations",
        "LA  - en",
        "UR  - http://localhost/documents/A/90/1",
        "ID  - A/90/1",
        "ER  - ",
        "",
    ]
    assert bibtex.text.splitlines() == [
        "@techreport{A-90-1,",
        "  author = {{United Nations}},",
        "  title = {{Report to read}},",
        "  institution = {United Nations},",
        "  number = {A/90/1},",
        "  year = {2035},",
        "  month = {5},",
        "  url = {http://localhost/documents/A/90/1},",
        "}",
    ]
    assert reader.get("/documents/A/90/1/cite.doc").status_code == 404
    assert reader.get("/documents/A/90/100/cite.ris").status_code == 404


def test_the_keys_are_listed_on_the_page_and_in_the_help(reader: FlaskClient) -> None:
    listed = [[kbd.get_text() for kbd in page(reader, url).select("kbd")] for url in ("/documents/A/90/1", "/help")]
    assert listed == [["j", "k", "n", "p", "/", "?", "Esc"]] * 2
    assert page(reader, "/documents/A/90/1").select_one("#keys a")["href"] == "/help#keys"
    assert page(reader, "/help").find(id="keys") is not None


def test_votes_and_sponsors_are_counted_beside_their_paragraph(tmp_path: Path) -> None:
    text = "In favour: Kenya, France. Against: Kenya."
    said: tuple[tuple[str, int, Role], ...] = (
        ("KEN", 11, "in favour"),
        ("FRA", 18, "in favour"),
        ("KEN", 35, "against"),
        ("KEN", 35, "mentioned"),
    )
    voted = replace(
        LETTER.paragraphs[0],
        text=text,
        states=tuple(StateMention(code=code, start=at, end=at + 5, role=role) for code, at, role in said),
    )
    publish(tmp_path / "index", [replace(LETTER, paragraphs=(voted,))])
    letter = page(create_app(tmp_path / "index").test_client(), "/documents/A/79/945")
    assert letter.select_one("#p1 .roles").get_text() == "2 in favour, 1 against"
    assert letter.select("#p1 .tags") == []
    assert letter.select_one(".ways .file").get_text() == "Open the PDF"
