"""How often one address may ask: a bucket of requests each, which fills at a steady rate and holds a burst.

The buckets lie side by side in memory that all processes of the site share, so that the limit is that of the site and
not of each process, and so that their number, and the memory, never grows. An address finds its bucket by a hash that
nobody outside can work out. Two addresses may meet in one bucket: of a thousand that ask at the same time about four
do, and then share one rate. The processes come to the buckets in turns, so that none counts past another.
"""

from __future__ import annotations

import hashlib
import struct
import time

from webui.shared import Shared

_BUCKET = struct.Struct("dd")
"""How many requests were in it, and when (on the clock that all processes of a machine share)."""


class Rates:
    """The buckets that all processes have in ``common``, filled at ``rate`` a second, each holding ``burst``."""

    def __init__(self, common: Shared, *, rate: float, burst: int) -> None:
        self._memory = common.buckets
        self._turns = common.turns
        self._rate = rate
        self._burst = float(burst)
        self._key = common.secret
        self._buckets = len(common.buckets) // _BUCKET.size

    def wait(self, address: str, now: float | None = None) -> float:
        """Take one request from the bucket of ``address``: 0.0, or the seconds until there is one again."""
        place = self._place(address)
        with self._turns.turn():
            return self._take(place, time.monotonic() if now is None else now)

    def _take(self, place: int, now: float) -> float:
        held, when = _BUCKET.unpack_from(self._memory, place)
        # An empty memory says that there was nothing in it before the machine was started: long enough ago to be full.
        held = min(self._burst, held + max(0.0, now - when) * self._rate) if when else self._burst
        if held < 1.0:
            return (1.0 - held) / self._rate
        _BUCKET.pack_into(self._memory, place, held - 1.0, now)
        return 0.0

    def _place(self, address: str) -> int:
        digest = hashlib.blake2b(address.encode(), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "little") % self._buckets * _BUCKET.size
