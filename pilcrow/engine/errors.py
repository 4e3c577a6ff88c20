"""Every error that Pilcrow raises on purpose, under one root.

The message says what happened, where, and what to do about it, in one sentence that can be shown to a person as it
stands; the cause is kept in attributes for code that wants to react to it.
"""

from __future__ import annotations

from pathlib import Path


class PilcrowError(Exception):
    """The root of all errors raised on purpose; ``str(error)`` is one clear sentence."""


class SymbolError(PilcrowError):
    """A string was read as a UN document symbol and is none."""


class DateError(PilcrowError):
    """A string was read as a date of year, month or day precision and is none."""


class ReadingError(PilcrowError):
    """A file could not be read as a document.

    ``path`` is the file, ``reason`` what is wrong with it, ``remedy`` what to do about it.
    """

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}; {remedy}.")
        self.path = Path(path)
        self.reason = reason
        self.remedy = remedy


class CatalogueError(PilcrowError):
    """``catalogue.toml`` says something that cannot be used."""


class IndexUnusableError(PilcrowError):
    """The index directory cannot be used as it is."""


class NoIndexError(IndexUnusableError):
    """There is no index where one was asked for."""


class IndexVersionError(IndexUnusableError):
    """The index was built by another version of the engine, schema or analysis."""


class IndexBusyError(IndexUnusableError):
    """Another build is writing to the same index directory."""


class IndexDamagedError(IndexUnusableError):
    """A file of the index is missing or cannot be read."""


class EngineUnavailableError(IndexUnusableError):
    """The servers that keep an index cannot be asked just now, or do not let us; the index itself may be whole."""


class EngineUnreachableError(EngineUnavailableError):
    """None of the servers that keep an index can be connected to: whatever is asked next would fail alike."""


class TimeLimitError(PilcrowError):
    """A question took longer than whoever asked it had time for (see :mod:`pilcrow.engine.watch`)."""


class QueryLimitError(PilcrowError):
    """A query asks for more than the engine's limits allow (see ``Limits``)."""


class RequestError(PilcrowError):
    """A search request has a value that cannot be used.

    ``parameter`` names it, ``value`` is what was given, ``suggestion`` is the nearest value that would work, or "".
    """

    def __init__(self, parameter: str, value: str, message: str, *, suggestion: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter
        self.value = value
        self.suggestion = suggestion
