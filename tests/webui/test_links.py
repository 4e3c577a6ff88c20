"""Every link on every kind of page leads somewhere: a small crawler follows them."""

from __future__ import annotations

from collections import deque
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

SEEN_AT_MOST = 120

STARTS = {
    "traps": [
        "/documents/A/79/945/file",
        "/documents/prov:some-file",
        "/",
        "/?q=victims",
        "/?q=victims+zebra&state=BLR&not-state=QAT",
        "/?sort=document&page=2",
        "/documents",
        "/documents/A/79/945?q=victims",
        "/facets/state?q=victims",
        "/tables/state/session?q=victims",
        "/help",
    ],
    "corpus": ["/", "/?q=victim+protection&pillar=protection&state=BLR&state=USA", "/facets/session", "/help"],
}


def crawl(client: FlaskClient, starts: list[str]) -> list[str]:
    """What is wrong with the pages that are reached from ``starts``, kinds of pages by turns, up to a number."""
    queue, seen, wrong = deque(starts), set(starts), []
    anchors: dict[str, set[str]] = {}
    fragments: list[tuple[str, str, str]] = []
    while queue:
        url = queue.popleft()
        with client.get(url, follow_redirects=True) as response:
            page = BeautifulSoup(response.text if response.content_type.startswith("text/html") else "", "html.parser")
        if response.status_code != 200:
            wrong.append(f"{url}: {response.status}")
        ids = [tag["id"] for tag in page.find_all(id=True)]
        anchors[url] = set(ids)
        wrong += [f"{url}: the id {each} twice" for each in {each for each in ids if ids.count(each) > 1}]
        for link in page.find_all(["a", "link", "script"]):
            target, fragment = urldefrag(link.get("href") or link.get("src"))
            fragments.append((url, target or url, unquote(fragment)))
            if target and target not in seen and len(seen) < SEEN_AT_MOST:
                seen.add(target)
                queue.append(target)
    wrong += [
        f"{url}: no #{fragment} on {target}"
        for url, target, fragment in fragments
        if fragment and target in anchors and fragment not in anchors[target]
    ]
    return wrong


@pytest.mark.parametrize("site", ["traps", "corpus"])
def test_every_link_answers_and_every_fragment_is_there(
    site: str, client: FlaskClient, corpus_client: FlaskClient
) -> None:
    assert crawl({"traps": client, "corpus": corpus_client}[site], STARTS[site]) == []
