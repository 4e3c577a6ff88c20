"""What a site can be told, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``index`` is the directory that builds publish into; the rest keeps one visitor from slowing the others.

    ``max_query`` counts characters, ``max_parameters`` the parameters of one address, ``facet_values`` the values on a
    facet's own page, ``export_hits`` the hits in one exported file.
    """

    index: Path
    max_query: int = 1_000
    max_parameters: int = 200
    facet_values: int = 1_000
    export_hits: int = 10_000
