"""The table of kinds of page is whole, and each page says in its markup what it is."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import template_rendered
from jinja2 import Template

from tests.access.kinds import KINDS, NOT_PAGES, Kind, named
from tests.access.sites import Sites
from tests.conftest import ROOT

TEMPLATES = {path.name for path in (ROOT / "webui" / "templates").glob("[!_]*.html")} - {"base.html"}


def page(sites: Sites, kind: Kind) -> BeautifulSoup:
    return BeautifulSoup(sites.client(kind.site).get(kind.address).text, "html.parser")


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_each_kind_answers_with_a_page_of_its_status(sites: Sites, kind: Kind) -> None:
    answer = sites.client(kind.site).get(kind.address)
    assert (answer.status_code, answer.content_type) == (kind.status, "text/html; charset=utf-8")


def test_each_route_of_the_site_has_a_kind_of_page_or_is_named_as_none(sites: Sites) -> None:
    app = sites.app("corpus")
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    addresses = app.url_map.bind("localhost")
    shown = {addresses.match(kind.address.partition("?")[0])[0] for kind in KINDS if kind.status == 200}
    assert shown | NOT_PAGES.keys() == routes
    assert shown & NOT_PAGES.keys() == set()


def test_each_template_is_shown_by_a_kind_of_page(sites: Sites) -> None:
    shown = set()

    def note(_app: object, template: Template, **_more: object) -> None:
        shown.add(template.name)

    with template_rendered.connected_to(note):
        for kind in KINDS:
            sites.client(kind.site).get(kind.address)
    assert shown == TEMPLATES


def test_names_and_addresses_are_given_once() -> None:
    assert [name for name, count in Counter(kind.name for kind in KINDS).items() if count > 1] == []
    assert [where for where, count in Counter((kind.site, kind.address) for kind in KINDS).items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_each_page_has_its_language_one_title_one_main_heading_and_no_level_left_out(sites: Sites, kind: Kind) -> None:
    soup = page(sites, kind)
    assert soup.html is not None
    assert soup.html["lang"] == "en"
    assert len(soup.select("head > title")) == len(soup.select("main")) == len(soup.select("h1")) == 1
    levels = [int(heading.name[1]) for heading in soup.find_all(re.compile("^h[1-6]$"))]
    assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_landmarks_of_the_same_role_have_names_of_their_own(sites: Sites, kind: Kind) -> None:
    soup = page(sites, kind)
    landmarks = [
        (each.get("role") or each.name, each.get("aria-label") or _text_of(soup, each.get("aria-labelledby")))
        for each in soup.select(
            "nav, aside, section[aria-label], section[aria-labelledby], [role=search], [role=region]"
        )
    ]
    assert [each for each, count in Counter(landmarks).items() if count > 1] == []


def test_titles_tell_pages_apart(sites: Sites) -> None:
    titles: dict[str, set[str]] = {}
    for kind in KINDS:
        if kind.status == 200 and kind.site == "corpus":
            title = page(sites, kind).title
            assert title is not None
            titles.setdefault(title.text, set()).add(_subject(kind))
    assert {title: subjects for title, subjects in titles.items() if len(subjects) > 1} == {}
    assert [title for title in titles if not re.fullmatch(r"\S.* · Pilcrow", title, re.DOTALL)] == []


def _subject(kind: Kind) -> str:
    """What a page is about: its path, and what is asked there; filters and order are views of the same."""
    path, _, parameters = kind.address.partition("?")
    query = re.search(r"(?:^|&)q=([^&]*)", parameters)
    return f"{path} {query[1]}" if query and path == "/" else path


def _text_of(soup: BeautifulSoup, identifier: object) -> str | None:
    found = soup.find(id=str(identifier)) if identifier else None
    return found.get_text(" ", strip=True) if found else None
