"""The sites that the kinds of page live on, each served by a process of its own once it is asked for."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec
from flask.testing import FlaskClient

from indexer.build import build
from pilcrow.engine import gazetteer, generations, tables
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.model import AgendaItem, Document, ParsedDocument, Session, StateMention
from pilcrow.engine.opensearch_writer import PLACE, Place
from tests.access.kinds import Kind, Site
from tests.conftest import ROOT
from tests.webui import library_of_traps
from tests.webui.running import PROGRAM, running
from webui import create_app

IMPATIENT = f"""\
import logging
from pilcrow.engine import opensearch_client
logging.disable(logging.CRITICAL)
opensearch_client._PAUSES = ()
{PROGRAM}"""
"""The server, which believes at once that a cluster does not answer, and does not write what it thinks of that."""


class Sites:
    """Indexes under ``root``, made when first asked for, and their servers, which ``servers`` stops."""

    def __init__(self, root: Path, servers: ExitStack) -> None:
        self._root = root
        self._servers = servers
        self._addresses: dict[Site, str] = {}
        self._clients: dict[Site, FlaskClient] = {}

    def url(self, kind: Kind) -> str:
        """The whole address of a kind of page on a running server."""
        if kind.site not in self._addresses:
            serving = running(self.index(kind.site), stop=signal.SIGTERM, program=IMPATIENT)
            self._addresses[kind.site] = self._servers.enter_context(serving)
        return self._addresses[kind.site] + kind.address

    def client(self, site: Site) -> FlaskClient:
        """A visitor of the site without a server or a browser."""
        if site not in self._clients:
            self._clients[site] = create_app(self.index(site)).test_client()
        return self._clients[site]

    def index(self, site: Site) -> Path:
        """The directory of the site's index."""
        directory = self._root / site
        if not directory.exists():
            _MADE[site](directory)
        return directory


def _corpus(directory: Path) -> None:
    build([ROOT / "corpus"], directory, engine="whoosh")


def _traps(directory: Path) -> None:
    files = directory.with_name("traps-files")
    files.mkdir()
    for name, content in library_of_traps.FILES.items():
        (files / name).write_bytes(content)
    documents = [*library_of_traps.documents(), _report_on_pages()]
    library_of_traps.publish(directory, documents, roots=(str(files),))


def _report_on_pages() -> ParsedDocument:
    """A document in pages of a file, one paragraph of which cites more States than are shown at once."""
    identifier = "E/CN.15/2026/CRP.1"
    codes = sorted(state.code for state in gazetteer.states())[:40]
    return ParsedDocument(
        document=Document(
            id=identifier,
            symbols=(identifier,),
            title="Report on its pages",
            path="report.pdf",
            sessions=(Session(key="A/49", label="General Assembly, forty-ninth session", body="A", number=49),),
            agenda=tuple(AgendaItem(number=number, session="A/49") for number in ("18", "82", "107")),
        ),
        paragraphs=tuple(
            library_of_traps.paragraph(
                identifier,
                number,
                "Victims are protected, as resolution 64/293 asks.",
                page=number,
                states=tuple(StateMention(code=code, start=0, end=7) for code in codes) if number == 2 else (),
            )
            for number in (1, 2, 3)
        ),
    )


def _unavailable(directory: Path) -> None:
    """The index of a cluster that is where nobody listens."""
    with generations.building(directory), generations.new_generation(directory) as made:
        tables.write(made.data, tables.TableBuilder().finished())
        (made.data / PLACE).write_bytes(msgspec.json.encode(Place("pilcrow-x", {"url": ["http://127.0.0.1:1"]})))
        tables.seal(made.data)
        manifest = Manifest(
            generation=made.name,
            engine="opensearch",
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            pilcrow="test",
            corpus="",
            documents=0,
            paragraphs=0,
            built="2026-01-01T00:00:00Z",
        )
        generations.seal(made, manifest, {})
        generations.publish(directory, made)


def _damaged(directory: Path) -> None:
    _unavailable(directory)
    (directory / "generations" / generations.current(directory) / "data" / PLACE).unlink()


def _missing(directory: Path) -> None:
    directory.mkdir()


_MADE: dict[Site, Callable[[Path], None]] = {
    "corpus": _corpus,
    "traps": _traps,
    "unavailable": _unavailable,
    "damaged": _damaged,
    "missing": _missing,
}
