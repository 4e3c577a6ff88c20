"""What is written to stderr while the site is served: a line for each thing, for people or for programs.

As text a line is ``key=value`` pairs; as JSON it is one object. Whatever visitors sent is quoted and escaped in both,
so that nothing they send can begin a line of its own or talk to a terminal.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from typing import Any

from pilcrow.settings import Settings

VISITS = "pilcrow.visits"
"""The logger of requests; its records carry their fields in ``fields``."""

_PLAIN = re.compile(r"[\w./:@+-]+", re.ASCII)


class _Lines(logging.Formatter):
    """Gives the fields of a record; ``as_json`` says in which form."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line, or for an error with its traceback as text, several."""
        fields: dict[str, Any] = {"time": _time(record.created), "level": record.levelname.lower()}
        own = getattr(record, "fields", None)
        fields |= own if own is not None else {"logger": record.name, "message": record.getMessage()}
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        if self._as_json:
            return json.dumps(fields | ({"traceback": trace} if trace else {}))
        line = " ".join(f"{name}={_written(value)}" for name, value in fields.items())
        # A traceback holds what visitors typed, as Python's repr does: escaped already, but for other scripts.
        return f"{line}\n{trace.encode('ascii', 'backslashreplace').decode()}" if trace else line


def set_up(settings: Settings) -> None:
    """Have everything that is logged in this process written as ``settings`` say."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(as_json=settings.log == "json"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(VISITS).setLevel(logging.INFO if settings.log != "none" else logging.CRITICAL)


def _time(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1000):03}Z"


def _written(value: object) -> str:
    text = f"{value:.1f}" if isinstance(value, float) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
