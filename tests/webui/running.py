"""The site served as it is in earnest: by a process of its own, stopped as Ctrl-C stops it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = """
import json, sys
from pilcrow.configuration import configured
from webui.serve import serve
serve(configured(json.loads(sys.argv[1]), environment={}).settings)
"""


@contextmanager
def running(index: Path, port: int = 0, *, stop: signal.Signals = signal.SIGINT, **settings: object) -> Iterator[str]:
    """The address of a server of ``index`` on ``port`` or the next free one; it must print one line and end well.

    ``settings`` are as the table has them; without them there is no limit of rate, and nothing is logged.
    """
    with process_of(index, port, stop=stop, **settings) as (url, _):
        yield url


@contextmanager
def process_of(
    index: Path, port: int = 0, *, stop: signal.Signals = signal.SIGINT, **settings: object
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The same, with its process; what it logs, where ``settings`` say that it does, is written to no terminal."""
    told = {"index": str(index), "port": port, "rate": 0, "log": "none", "workers": 1, **settings}
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, json.dumps(told)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A visitor's connection may be open when the process ends; the system closes it.
        env={**os.environ, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        found = re.fullmatch(r"Pilcrow is at (http://127\.0\.0\.1:\d+) \(Ctrl-C stops it\)\n", line)
        if found is None:
            process.kill()
            raise AssertionError(f"{line!r}, {process.communicate(timeout=30)}")
        yield found[1], process
    finally:
        process.send_signal(stop)
        rest, errors = process.communicate(timeout=30)
    if (rest, errors if told["log"] == "none" else "", process.returncode) != ("", "", 0):
        raise AssertionError(f"it ended with {process.returncode} and said {rest}{errors}")
