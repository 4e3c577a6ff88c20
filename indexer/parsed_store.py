"""The store of parsed documents: what survives an interruption, and what another engine is built from.

An entry is kept under a key made of everything that decides what a file is parsed to: its content, its name, what the
catalogue says of it, and the version of the parser. So an entry is never out of date: what changed has another key, and
entries that a finished build did not use are removed. A refusal is kept too, so that a bad file is read once.

An entry begins with the SHA-256 of the rest. One that was damaged (by a power cut, say: they are not written through to
the disk) is taken for missing, and its file is parsed again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

import indexer
from indexer.report import Refused
from indexer.sources import digest
from pilcrow import engine
from pilcrow.engine.files import write_atomically
from pilcrow.engine.model import ParsedDocument

ENGINE_PARTS = ("model.py", "symbols.py", "references.py", "dates.py", "gazetteer.py", "ranges.py", "roman.py", "data")
"""What the indexer uses of the engine room, beside the errors: part of the parser's version (a test compares)."""

NOT_PARSING = (
    "build.py", "crew.py", "parsed_store.py", "reading.py", "report.py", "sources.py", "twins.py", "workers.py"
)  # fmt: skip
"""The modules of the indexer that have no say in what a file is parsed to."""


@cache
def parser_version() -> str:
    """The version of the parser: a hash of its code and data, so that nobody need remember to raise a number."""
    room, below = Path(indexer.__file__).parent, Path(engine.__file__).parent
    parts = [path for path in room.iterdir() if path.name not in NOT_PARSING] + [below / name for name in ENGINE_PARTS]
    files = sorted(file for part in parts for file in ([part] if part.is_file() else part.rglob("*")))
    taken = [file for file in files if file.is_file() and file.suffix != ".pyc"]
    return digest(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file: ``parsed``, or else why it was ``refused``, and whether that is ``lasting``."""

    parsed: ParsedDocument | None = None
    refused: Refused | None = None
    lasting: bool = True

    def problem(self, name: str) -> Refused:
        """Why the file ``name`` gave no document."""
        return self.refused or Refused(
            name=name, reason="it gave no document", remedy="report this with the file, please"
        )


class ParsedStore:
    """The entries in ``folder``, which is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def hashes(self) -> Path:
        """Where the hashes of the corpus's files are kept (:class:`indexer.sources.Hashes`)."""
        return self._folder / "files.json"

    def get(self, key: str) -> Outcome | None:
        """What was put under ``key``, or None where nothing was or it is damaged."""
        try:
            checksum, _, data = self._path(key).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if hashlib.sha256(data).hexdigest().encode() != checksum:
            return None
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(data, type=Outcome)
        return None

    def put(self, key: str, outcome: Outcome) -> None:
        """Keep ``outcome`` under ``key``; raises ``OSError``."""
        data = msgspec.json.encode(outcome)
        checksum = hashlib.sha256(data).hexdigest().encode()
        write_atomically(self._path(key), checksum + b"\n" + data, durable=False)

    def keep_only(self, keys: set[str]) -> None:
        """Remove every entry but those under ``keys``, and what half-written files are left."""
        wanted = {self._path(key).name for key in keys} | {self.hashes.name}
        for path in self._folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
