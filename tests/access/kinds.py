"""THE table of the kinds of page: what every test here visits. A new kind of page is a row in it.

A kind is something that looks different, not every address: results with filters are one, each further filter is none.
``test_kinds.py`` fails where a route of the site or a template has no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Site = Literal["corpus", "traps", "unavailable", "damaged", "missing"]
"""The sites that rows live on (see ``sites.py``): the project's four documents, made-up documents that pages break on,
and indexes whose cluster does not answer, that are spoilt, and that nobody has built."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: what it is called in the tests' names, its address, the site that has it, and how it answers."""

    name: str
    address: str
    site: Site = "corpus"
    status: int = 200


DOCUMENT = "/documents/CTOC/COP/WG.4/2013/5"
SESSION = "/sessions/CTOC/COP/WG.4/2013-11-06"
UNTITLED = "/documents/prov:2010-10-20-conference-of-the-parties-draft-report-addendum"

KINDS = (
    Kind("start", "/"),
    Kind("results", "/?q=victims"),
    Kind("results of all words", "/?q=assistance+to+victims+of+trafficking&page=2"),
    Kind("results filtered", "/?q=victims&state=BLR&state=QAT&pillar=protection&not-body=A&date=2009..2013"),
    Kind("results counted in documents", "/?q=victims&unit=document&sort=newest"),
    Kind("results like a paragraph", "/?q=like:%22CTOC/COP/WG.4/2013/5,+para.+22%22&sort=oldest"),
    Kind("results that documents' titles match", "/?q=working+group+report"),
    Kind("results of strange documents", "/?q=victims", "traps"),
    Kind("no results", "/?q=zebra+AND+unicorn"),
    Kind("no results filtered", "/?q=zebra&state=BLR&not-pillar=protection"),
    Kind("misspelt", "/?q=trafiking"),
    Kind("wrong query", "/?q=victims+AND+(+date:soon"),
    Kind("wrong parameters", "/?q=victims&sort=best&page=none&date=soon&state=Atlantis"),
    Kind("documents", "/documents"),
    Kind("documents without titles", "/documents", "traps"),
    Kind("document", DOCUMENT),
    Kind("document with hits", f"{DOCUMENT}?q=victims"),
    Kind("document without a symbol", UNTITLED),
    Kind("document in several languages", "/documents/A/79/945?q=victims", "traps"),
    Kind("document of which nothing is known", "/documents/prov:some-file", "traps"),
    Kind("document in pages of a file", "/documents/E/CN.15/2026/CRP.1?q=victims", "traps"),
    Kind("facet", "/facets/state?q=victims"),
    Kind("facet looked through", "/facets/state?contains=re&order=name&state=BLR&not-state=QAT"),
    Kind("facet without values", "/facets/state?contains=zzz"),
    Kind("facet of dates", "/facets/date"),
    Kind("facet of agenda items", "/facets/agenda?unit=document"),
    Kind("table", "/tables/state/session?q=victims"),
    Kind("table of documents, sorted", "/tables/agenda/pillar?unit=document&order=label&state=BLR&pillar=protection"),
    Kind("table of agenda items by pillar", "/tables/agenda/pillar?q=victims"),
    Kind("table of nothing", "/tables/pillar/session?q=zebra+AND+unicorn"),
    Kind("table of strange documents", "/tables/date/body", "traps"),
    Kind("related phrases", "/related?q=victims"),
    Kind("no related phrases", "/related?q=zebra+AND+unicorn"),
    Kind("States", "/states"),
    Kind("States of strange documents", "/states", "traps"),
    Kind("State", "/states/BLR"),
    Kind("State never cited", "/states/TUV"),
    Kind("sessions", "/sessions"),
    Kind("session", SESSION),
    Kind("help", "/help"),
    Kind("no such address", "/nowhere", status=404),
    Kind("no such document", "/documents/CTOC/COP/WG.4/2013", status=404),
    Kind("no such State", "/states/atlantis", status=404),
    Kind("no such session", "/sessions/CTOC/COP/WG.4/1900", status=404),
    Kind("no such table", "/tables/state/stat", status=404),
    Kind("a facet by itself", "/tables/state/state", status=400),
    Kind("no such facet", "/facets/stat", status=404),
    Kind("too long a query", f"/?q={'victims+' * 200}", status=400),
    Kind("too many parameters", f"/?{'state=BLR&' * 300}", status=400),
    Kind("no index yet", "/", "missing", 503),
    Kind("an index that is damaged", "/", "damaged", 503),
    Kind("servers that do not answer", "/?q=victims", "unavailable", 503),
)

NOT_PAGES = {
    "static": "the style sheet, the script and the icon",
    "export": "results as files",
    "file": "the file that a document was read from, as it came",
    "work": "a document's record for a library of references",
    "tables": "leads to the first table",
    "table_csv": "a table as a file",
    "robots": "for crawlers",
    "sitemap": "for crawlers",
    "sitemap_part": "for crawlers",
    "healthz": "for those who look after the site",
    "readyz": "for those who look after the site",
    "metrics": "for those who look after the site",
    "favicon": "leads to the icon",
    "api_suggest": "JSON",
    "api_related": "JSON",
    "api_table": "JSON",
    "api_states": "JSON",
    "api_state": "JSON",
    "api_sessions": "JSON",
    "api_session": "JSON",
    "api_search": "JSON",
    "api_documents": "JSON",
    "api_paragraphs": "JSON",
    "api_facet": "JSON",
}
"""The endpoints that show no page, each with what it is instead."""


def named(kind: Kind) -> str:
    """What a test about ``kind`` is called after."""
    return kind.name
