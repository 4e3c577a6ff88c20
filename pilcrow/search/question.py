"""A request made ready for one index: what the service asks the engine, and what the hints speak about."""

from __future__ import annotations

from dataclasses import dataclass

from pilcrow.engine.contract import Filter
from pilcrow.engine.query import Query
from pilcrow.search import ranking
from pilcrow.search.likeness import Like
from pilcrow.search.request import Diagnostic, SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request made ready for one index.

    ``request`` has its values made keys, ``typed`` is the tree as typed, ``parsed`` the same with its values made keys,
    ``sought`` that with each paragraph of which the like is asked (``likes``) made its words, ``ranked`` the tree that
    the engine is asked, ``filters`` what is chosen.
    """

    request: SearchRequest
    typed: Query
    parsed: Query
    sought: Query
    likes: tuple[Like, ...]
    ranked: ranking.Ranked
    filters: tuple[Filter, ...]
    diagnostics: tuple[Diagnostic, ...]
