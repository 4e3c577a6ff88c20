"""The figures of a site in the form that Prometheus reads, added up over all processes that answer.

With several processes each keeps its figures in files that all can read (``PROMETHEUS_MULTIPROC_DIR``, which
:mod:`webui.workers` sets before they start), and whichever is asked adds them up.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pilcrow.engine.contract import Manifest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
_PAGE_BYTES = resource.getpagesize()
_MEASURED_EACH = 1.0


class Metrics:
    """Counts what happens to one site in this process, and tells it of all."""

    def __init__(self) -> None:
        own = self._own = CollectorRegistry()
        self._requests = Counter(
            "pilcrow_requests", "Requests answered, by what was asked and how.", ("endpoint", "status"), registry=own
        )
        self._seconds = Histogram(
            "pilcrow_request_seconds", "How long answers took.", ("endpoint",), buckets=_BUCKETS, registry=own
        )
        self._refused = Counter(
            "pilcrow_refused",
            "Requests not answered for want of patience: over the rate of one address, out of time, or put off.",
            ("why",),
            registry=own,
        )
        for why in ("rate", "time", "busy"):
            self._refused.labels(why)
        self._kept = Counter(
            "pilcrow_cache",
            "Answers kept ready: found (hit), made (miss), or unchanged (same).",
            ("how",),
            registry=own,
        )
        self._kept_bytes = Gauge(
            "pilcrow_cache_bytes", "Memory that kept answers take.", multiprocess_mode="livesum", registry=own
        )
        self._memory = Gauge(
            "pilcrow_resident_bytes", "Memory of all processes that answer.", multiprocess_mode="livesum", registry=own
        )
        self._work = Gauge("pilcrow_cpu_seconds", "Time that they worked.", multiprocess_mode="livesum", registry=own)
        self._processes = Gauge("pilcrow_workers", "Processes that answer.", multiprocess_mode="livesum", registry=own)
        self._processes.set(1)
        self._measure()
        self._measured = 0.0

    def answered(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(endpoint, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)
        now = time.monotonic()
        if now - self._measured > _MEASURED_EACH:
            self._measured = now
            self._measure()

    def refused(self, why: str) -> None:
        """Count one request that was not answered: over the "rate", out of "time", or "busy"."""
        self._refused.labels(why).inc()

    def cached(self, how: str, size: int) -> None:
        """Count a "hit", a "miss" or the "same"; ``size`` is of all that is kept."""
        self._kept.labels(how).inc()
        self._kept_bytes.set(size)

    def _measure(self) -> None:
        self._memory.set(resident())
        self._work.set(time.process_time())

    def text(self, manifest: Manifest | None) -> bytes:
        """All figures, with those of the index whose ``manifest`` this is."""
        self._measure()
        registry = self._own
        if os.environ.get(_SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        about = CollectorRegistry()
        about.register(_Index(lambda: manifest))
        return generate_latest(registry) + generate_latest(about)


class _Index(Collector):
    """What stands in the index that answers."""

    def __init__(self, manifest: Callable[[], Manifest | None]) -> None:
        self._manifest = manifest

    def collect(self) -> Iterator[Metric]:
        """Its figures; that there is none is one too."""
        manifest = self._manifest()
        yield GaugeMetricFamily("pilcrow_index_ready", "Whether an index can be searched.", value=float(bool(manifest)))
        if manifest is None:
            return
        names = {"generation": manifest.generation, "engine": manifest.engine, "built_by": manifest.pilcrow}
        yield InfoMetricFamily("pilcrow_index", "Which index answers.", value=names)
        yield GaugeMetricFamily("pilcrow_index_documents", "Documents in it.", value=manifest.documents)
        yield GaugeMetricFamily("pilcrow_index_paragraphs", "Paragraphs in it.", value=manifest.paragraphs)
        built = datetime.fromisoformat(manifest.built).timestamp()
        yield GaugeMetricFamily("pilcrow_index_built_timestamp_seconds", "When it was built.", value=built)


def resident() -> float:
    """The bytes of memory that this process holds now; where the system does not say, the most that it ever held."""
    try:
        return float(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return float(most if sys.platform == "darwin" else most * 1024)
