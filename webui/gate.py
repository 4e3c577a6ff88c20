"""Who is let in: requests for a name of this site, and not too many from one address."""

from __future__ import annotations

import math

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.utils import host_is_trusted

from pilcrow.engine.errors import PilcrowError
from pilcrow.settings import Settings
from webui.metrics import Metrics
from webui.rates import Rates
from webui.shared import Shared
from webui.visitors import household

FREE = frozenset({"static", "healthz", "readyz", "metrics", "favicon", "robots"})
"""What costs nothing, is part of a page, or is asked for by those who look after the site."""

_LOOKED_AFTER = frozenset({"healthz", "readyz", "metrics"})
"""What is asked for by address, whatever name that has."""


class RateError(PilcrowError):
    """One address asks too often; ``wait`` is how many whole seconds it should wait."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class HostError(PilcrowError):
    """The request is for a name that is not this site's."""


def keep_gate(app: Flask, settings: Settings, metrics: Metrics, common: Shared) -> None:
    """Have ``app`` let in what it should."""
    rates = Rates(common, rate=settings.rate, burst=settings.burst)

    @app.before_request
    def known_host() -> None:
        if request.endpoint in _LOOKED_AFTER:
            return
        if settings.hosts and not host_is_trusted(_host(), settings.hosts):
            raise HostError("This site does not go by the name that was asked for.")

    @app.before_request
    def moderate() -> None:
        if not settings.rate or request.endpoint in FREE:
            return
        wait = rates.wait(household(request.remote_addr or ""))
        if wait:
            metrics.refused("rate")
            seconds = max(1, math.ceil(wait))
            raise RateError(
                "Your address asks faster than this site answers one visitor. "
                f"Go on in {seconds} second{'s' if seconds > 1 else ''}.",
                seconds,
            )


def _host() -> str:
    """The name that was asked for; "" where it is none."""
    try:
        return request.host
    except HTTPException:  # it has signs that no host has
        return ""
