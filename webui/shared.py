"""What the processes of one site have in common: a folder that lives as long as they do, and when they were started."""

from __future__ import annotations

import mmap
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from pilcrow.engine.files import Turns

METRICS = "metrics"
_BUCKETS = "buckets"
BUCKET_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Shared:
    """``buckets`` is memory that all processes see, and ``turns`` how they come to it one after another.

    ``started`` (whole seconds) and ``secret`` are the same for all.
    """

    buckets: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, BUCKET_BYTES))
    turns: Turns = field(default_factory=Turns)
    started: int = field(default_factory=lambda: int(time.time()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))


def make(folder: Path) -> None:
    """Lay out the empty ``folder``, before the first worker is started."""
    (folder / METRICS).mkdir()
    with (folder / _BUCKETS).open("wb") as file:
        file.truncate(BUCKET_BYTES)


def shared(folder: Path, *, started: int, secret: str) -> Shared:
    """What a worker has in common with the others, in the ``folder`` that :func:`make` has laid out."""
    with (folder / _BUCKETS).open("r+b") as file:
        memory = mmap.mmap(file.fileno(), BUCKET_BYTES)
    return Shared(memory, Turns(folder / _BUCKETS), started, bytes.fromhex(secret))
