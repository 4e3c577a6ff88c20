"""The site served as it is in earnest: by a process of its own, stopped as Ctrl-C stops it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = """
import signal, sys
from webui.serve import serve
# A shell lets what it starts in the background ignore interrupts, and tests may run there.
signal.signal(signal.SIGINT, signal.default_int_handler)
serve(sys.argv[1], port=int(sys.argv[2]))
"""


@contextmanager
def running(index: Path, port: int = 0, *, stop: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """The address of a server of ``index`` on ``port`` or the next free one; it must print one line and end well."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, str(index), str(port)],
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
        yield found[1]
    finally:
        process.send_signal(stop)
        rest, errors = process.communicate(timeout=30)
    if (rest, errors, process.returncode) != ("", "", 0):
        raise AssertionError(f"it ended with {process.returncode} and said {rest}{errors}")
