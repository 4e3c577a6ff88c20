"""One of the processes that answer, as :mod:`webui.workers` starts it: ``python -m webui.worker``.

The first line of its standard input says what it is to serve; when the input ends, so does it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from pilcrow.configuration import read
from pilcrow.settings import TABLE, Settings
from webui import create_app
from webui.listening import Listener
from webui.logs import set_up
from webui.serve import opened_early
from webui.shared import shared
from webui.workers import READY


def main() -> None:
    """Serve as told until told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; who started this one decides
    told: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    values: dict[str, Any] = {row.name: read(row, told["settings"][row.name], where="worker") for row in TABLE}
    settings = Settings(**values)
    set_up(settings)
    common = shared(Path(told["folder"]), started=told["started"], secret=told["secret"])
    app = create_app(settings.index, settings=settings, common=common)
    listener = Listener(app, socket.socket(fileno=told["socket"]), settings)
    signal.signal(signal.SIGTERM, lambda _number, _frame: listener.stop())
    threading.Thread(target=_until_left_alone, args=(listener,), daemon=True).start()
    opened_early(app)
    os.write(sys.stdout.fileno(), READY)
    listener.run()
    app.extensions["pilcrow"].close()


def _until_left_alone(listener: Listener) -> None:
    """Stop ``listener`` when whoever started this process is gone."""
    while os.read(0, 100):  # not by sys.stdin, which could not be let go of at the end while this waits in it
        pass
    listener.stop()


if __name__ == "__main__":
    main()
