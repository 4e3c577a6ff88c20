"""What every engine's reader answers from the tables alone, whatever holds the postings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import Self

from pilcrow.engine.checks import check_queries, nodes_of
from pilcrow.engine.contract import Expansion, FormCount, Limits, Manifest
from pilcrow.engine.errors import IndexUnusableError
from pilcrow.engine.expanding import Expander
from pilcrow.engine.model import Document
from pilcrow.engine.query import Fuzzy, Prefix, Query, Wildcard
from pilcrow.engine.tables import Tables


class TablesReader:
    """The part of :class:`pilcrow.engine.contract.IndexReader` that needs no postings, and the closing."""

    def __init__(self, tables: Tables, manifest: Manifest, limits: Limits) -> None:
        self._tables = tables
        self._manifest = manifest
        self._limits = limits
        self._expander = Expander(tables, limits)
        self._closed = False

    @property
    def manifest(self) -> Manifest:
        """What this generation is."""
        return self._manifest

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms of the vocabulary (or keys) that ``node`` stands for, the most frequent first."""
        check_queries((node,), (), self._limits)
        return self._expander.expand(node)

    def beginning(self, start: str, *, field: str = "", limit: int = 10) -> tuple[FormCount, ...]:
        """The most frequent forms that begin with ``start`` and stand in a text field; "" is all the default ones."""
        self._check_open()
        return self._expander.vocabulary.beginning(start, field, limit)

    def similar(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """Forms within two edits of ``word``, nearest and then most frequent first; not itself."""
        return self._expander.vocabulary.similar(word, limit)

    def labels(self, field: str) -> Mapping[str, str]:
        """The label of every unqualified key of a key field."""
        self._check_open()
        return self._tables.labels[field]

    def parents(self, field: str) -> Mapping[str, str]:
        """The parent of every unqualified key of a key field ("" at the top)."""
        self._check_open()
        return self._tables.parents[field]

    def documents(self) -> tuple[Document, ...]:
        """Every document, by symbol in natural order."""
        self._check_open()
        return self._tables.documents

    def document(self, identifier: str) -> Document | None:
        """The document with this id or one of these symbols (case and spaces aside), or None."""
        self._check_open()
        return self._by_id.get(identifier) or self._by_any_name.get(_plain(identifier))

    def close(self) -> None:
        """Let go of the files; using the reader afterwards raises ``IndexUnusableError``."""
        if not self._closed:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        """Close what holds the postings."""

    def _check_open(self) -> None:
        """Raise ``IndexUnusableError`` where nothing is open any more."""
        if self._closed:
            raise IndexUnusableError("This reader of the index was closed; open the index again.")

    def _cut(self, query: Query) -> tuple[Expansion, ...]:
        """The expansions of ``query`` that the limit cut."""
        expanding = {node: None for node in nodes_of((query,)) if isinstance(node, (Prefix, Wildcard, Fuzzy))}
        return tuple(expansion for node in expanding if (expansion := self._expander.expand(node)).cut)

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents()}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The number of each document by its id."""
        return {document.id: number for number, document in enumerate(self.documents())}

    @cached_property
    def _by_any_name(self) -> Mapping[str, Document]:
        """By id, else by symbol: where two documents share a symbol, the first of them."""
        found = {_plain(document.id): document for document in self.documents()}
        for document in self.documents():
            for symbol in document.symbols:
                found.setdefault(_plain(symbol), document)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _plain(identifier: str) -> str:
    return "".join(identifier.split()).casefold()
