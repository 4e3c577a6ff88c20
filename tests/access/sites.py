"""The sites that the kinds of page live on, each made and served once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from indexer.build import build
from pilcrow.engine import gazetteer, generations, tables
from pilcrow.engine.analysis import ANALYSIS_VERSION
from pilcrow.engine.contract import Manifest
from pilcrow.engine.fields import SCHEMA_VERSION
from pilcrow.engine.model import AgendaItem, Document, ParsedDocument, Session, StateMention
from pilcrow.engine.opensearch_writer import PLACE, Place
from pilcrow.settings import Settings
from tests.access.kinds import Kind, Site
from tests.conftest import ROOT
from tests.webui import library_of_traps
from webui import create_app


class Sites:
    """Indexes under ``root`` and their servers, each made when first asked for; ``servers`` stops them."""

    def __init__(self, root: Path, servers: ExitStack) -> None:
        self._root = root
        self._servers = servers
        self._apps: dict[Site, Flask] = {}
        self._addresses: dict[Site, str] = {}

    def url(self, kind: Kind) -> str:
        """The whole address of a kind of page on a running server."""
        if kind.site not in self._addresses:
            self._addresses[kind.site] = self._servers.enter_context(_served(self.app(kind.site)))
        return self._addresses[kind.site] + kind.address

    def client(self, site: Site) -> FlaskClient:
        """A visitor of the site without a server or a browser."""
        return self.app(site).test_client()

    def app(self, site: Site) -> Flask:
        """The site itself."""
        if site not in self._apps:
            directory = self._root / site
            _MADE[site](directory)
            # Nothing is kept: a page that is asked for again is made again.
            self._apps[site] = create_app(directory, settings=Settings(rate=0, cache=0))
        return self._apps[site]


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    """The address of ``app``, answered by threads of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    answering = Thread(target=server.serve_forever)
    answering.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        answering.join()
        server.server_close()


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
