"""How files are to be read: by how many processes, within which limits, and whether refused ones are tried again.

Values only, and light to import: that nothing is to be done is found out without what reads files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.parsed_store import Outcome
    from indexer.workers import Task

MOST_JOBS = 4
"""More processes than this are started only where they are asked for: each takes a hundred megabytes or two."""

_MEGABYTE = 1 << 20
_WORTH_A_PROCESS = _MEGABYTE // 16
"""Bytes: what a process has to do before it has earned the time that its start takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may cost.

    ``seconds`` of processor time for any file and ``seconds_a_megabyte`` more for its size, together at most
    ``most_seconds``, and ``patience`` times as long by the clock, since others use the machine as well; ``memory``
    in bytes beyond what a process takes before it reads. They are ten times what the costliest real documents
    need, so that what goes beyond them is broken, and not only large. ``files`` is how many files a process reads,
    and ``growth`` by how many bytes it may have grown between two of them, before another takes its place: no
    library that reads files gives back all that it took.
    """

    seconds: float = 30.0
    seconds_a_megabyte: float = 10.0
    most_seconds: float = 600.0
    patience: float = 4.0
    memory: int = 1024 * _MEGABYTE
    files: int = 250
    growth: int = 96 * _MEGABYTE

    def seconds_for(self, size: int) -> float:
        """The processor time that a file of ``size`` bytes may take."""
        return min(self.seconds + self.seconds_a_megabyte * size / _MEGABYTE, self.most_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a build reads its files.

    ``jobs`` is how many are read at once at most, 0 for as many as suit the machine. ``retry`` says that files which
    an earlier build refused are read again. ``parse`` is what a process does with a file, None for
    :func:`indexer.workers.parse_one`: a function of a module, which another process can import (tests have readers
    that hang, and die).
    """

    jobs: int = 0
    retry: bool = False
    limits: Limits = field(default_factory=Limits)
    parse: Callable[[Task], Outcome] | None = None

    def processes(self, sizes: list[int]) -> int:
        """How many processes read files of these ``sizes``: no more than have enough to do."""
        most = self.jobs or min(_cores(), MOST_JOBS)
        worth = -(-sum(sizes) // _WORTH_A_PROCESS)
        return max(1, min(most, len(sizes), worth))


def _cores() -> int:
    """The processor cores that this process may use, where the system says which; else those of the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
