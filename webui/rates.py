"""How often one address may ask: a bucket of requests each, which fills at a steady rate and holds a burst.

The buckets lie side by side in memory that all processes of the site share, so that the limit is that of the site and
not of each process, and so that their number, and the memory, never grows. An address finds its bucket by a hash that
nobody outside can work out. Two addresses may meet in one bucket: of a thousand that ask at the same time about four
do, and then share one rate. Processes do not wait for each other here; that a request is missed in the count once in a
while is no harm.
"""

from __future__ import annotations

import hashlib
import struct
import time
from mmap import mmap

_BUCKET = struct.Struct("dd")
"""How many requests were in it, and when (on the clock that all processes of a machine share)."""


class Rates:
    """Buckets in ``memory`` that fill at ``rate`` a second and hold ``burst``; ``key`` is shared as the memory is."""

    def __init__(self, memory: mmap, *, rate: float, burst: int, key: bytes) -> None:
        self._memory = memory
        self._rate = rate
        self._burst = float(burst)
        self._key = key
        self._buckets = len(memory) // _BUCKET.size

    def wait(self, address: str, now: float | None = None) -> float:
        """Take one request from the bucket of ``address``: 0.0, or the seconds until there is one again."""
        now = time.monotonic() if now is None else now
        place = self._place(address)
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
