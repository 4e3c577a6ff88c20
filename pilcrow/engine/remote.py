"""What an index directory has outside it: which clusters hold indexes of its generations, and that they hold no others.

``clusters.json`` is written before an index is made, so that what a killed build leaves on a cluster is removed
by the next build, and so is what is outlived there once another engine is used. An index on a cluster bears the mark of
its directory: several directories may share a cluster and a prefix, and none removes what is another's.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from pilcrow.engine import adapters, generations
from pilcrow.engine.connection import Connection, Settings, connection, environment
from pilcrow.engine.contract import Manifest
from pilcrow.engine.errors import IndexUnusableError
from pilcrow.engine.files import write_atomically

CLUSTERS = "clusters.json"


class _Clusters(msgspec.Struct, frozen=True):
    """The file: the directory's mark, and what is known of each cluster but the password, the last one used first."""

    owner: str
    places: tuple[dict[str, Any], ...] = ()


def prepared(directory: Path, given: Settings) -> Connection:
    """The cluster that ``given`` (else the environment, else the last build) names, swept for a build.

    Raises :class:`~pilcrow.engine.errors.EngineUnavailableError` where it cannot be used.
    """
    known = _known(directory)
    found = connection(given, environment(), owner=known.owner)
    if not found.urls and known.places:
        last = {name: value for name, value in known.places[0].items() if name != "prefix"}
        found = connection(given, environment(), last, owner=known.owner)
    adapters.remote(found).sweep(generations.published(directory))
    place = _place(found)
    if place not in known.places[:1]:
        places = (place, *(each for each in known.places if each != place))
        write_atomically(directory / CLUSTERS, msgspec.json.encode(_Clusters(known.owner, places)))
    return found


def stands(directory: Path, manifest: Manifest, given: Settings) -> bool:
    """Whether the generation of ``manifest`` is still where it was written, and where it would be written now."""
    engine = adapters.remote(prepared(directory, given))
    return engine.stands(generations.generation(directory, manifest.generation) / generations.DATA, manifest)


def sweep(directory: Path, given: Settings) -> None:
    """Remove what the clusters hold of generations that are gone from ``directory``, and point aliases to the newest.

    A cluster that cannot be asked now is asked by the next build; one that holds nothing any more is forgotten.
    """
    known = _known(directory)
    if not known.places:
        return
    kept = generations.published(directory)
    left = tuple(place for place in known.places if _holds(known.owner, place, given, kept))
    if left:
        write_atomically(directory / CLUSTERS, msgspec.json.encode(_Clusters(known.owner, left)))
    else:
        (directory / CLUSTERS).unlink()


def _holds(owner: str, place: Settings, given: Settings, kept: Sequence[str]) -> bool:
    secret = {name: given[name] for name in ("password",) if name in given}
    try:
        found = connection(place, secret, environment(), owner=owner)
        return adapters.remote(found).sweep(kept) > 0
    except IndexUnusableError:
        return True


def _known(directory: Path) -> _Clusters:
    try:
        return msgspec.json.decode((directory / CLUSTERS).read_bytes(), type=_Clusters)
    except (OSError, msgspec.DecodeError):
        return _Clusters(secrets.token_hex(8))


def _place(found: Connection) -> dict[str, Any]:
    return {"url": list(found.urls), "user": found.user, "ca": found.ca, "prefix": found.prefix}
