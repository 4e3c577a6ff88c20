"""The contract of an engine: what every adapter can be asked, and what it answers.

An adapter translates; it decides nothing. What matches is defined in :mod:`pilcrow.engine.query`, what a token is in
:mod:`pilcrow.engine.analysis`, which fields there are in :mod:`pilcrow.engine.fields`; one suite of contract tests runs
every case on every adapter.

**Counts of a facet.** For each facet asked for, the base is: the query, and every filter of the *other* fields, and
the facet's own exclusions, but not its own selection (unless the filter says ``all_of``, where every further value
narrows and the selection stays). A value's count is the number of distinct paragraphs (or documents) of the base that
have it. An excluded value's count is what it would add: as if its own exclusion alone were lifted. Selected and
excluded values are always listed, even at zero; others only above zero.

**A table of two facets.** Its base is what is found: the query and *all* filters, those of its own two facets too, for
it shows the current result and offers no other. A cell is the number of distinct paragraphs of the base that have both
keys, or of distinct documents that have a paragraph with both; ancestors and "unknown" are keys like any other. So the
cells of a row add up to its total only where no paragraph has two of the columns' keys.

**Order.** ``relevance`` is the BM25 score (k1 1.2, b 0.75) summed over the fields with their boosts (see
:mod:`pilcrow.engine.scoring`); ``newest`` and ``oldest`` go by the first day that the document's date covers, unknown
dates last; ``document`` by symbol in natural order. Equals fall by symbol in natural order, then by ordinal, always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.engine.query import Everything, Fuzzy, Prefix, Query, Wildcard

Unit = Literal["paragraph", "document"]
"""What is counted."""

EVERYTHING = Everything()
"""Every paragraph, for want of a narrower question."""

Sort = Literal["relevance", "newest", "oldest", "document"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may ask for; passing a limit is said in the answer or refused with a sentence, never silent.

    ``expansions``: how many forms a prefix, wildcard or fuzzy word may stand for (the most frequent are kept);
    ``window``: the deepest hit that can be paged to; ``nodes``: how large a query tree may be.
    """

    expansions: int = 1_000
    window: int = 10_000
    nodes: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What was chosen in one facet: any of ``include`` (or all of them), and none of ``exclude``.

    The nodes are ``Value``, or ``Range`` for the date; a filter narrows the hits and never their score.
    """

    field: str
    include: tuple[Query, ...] = ()
    exclude: tuple[Query, ...] = ()
    all_of: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetRequest:
    """A facet to count.

    ``qualifier`` ("@note") asks for the values that end with it; "" for the unqualified. ``most`` is how many values
    are told at most, the most frequent; what is chosen, what a told one is below, "unknown", and all values of the
    first ``levels`` levels are told besides. None is all of them.
    """

    field: str
    qualifier: str = ""
    most: int | None = None
    levels: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """One page to answer. ``Best`` nodes must have been resolved to ``AtLeast``. ``unit`` is what the facets count."""

    query: Query = field(default_factory=Everything)
    filters: tuple[Filter, ...] = ()
    facets: tuple[FacetRequest, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    unit: Unit = "paragraph"


FacetCounts = Mapping[str, int]
"""How many paragraphs (or documents) have each value of a facet, by its unqualified key; in no order."""


@dataclass(frozen=True, slots=True)
class FormCount:
    """A ``form`` of the vocabulary, and in how many paragraphs it stands."""

    form: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetSize:
    """How many ``values`` a facet has, told or not, and how many of them are ``leaves``: not above another, known."""

    values: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found, with its document and its score (0.0 where nothing scores)."""

    paragraph: Paragraph
    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Expansion:
    """The forms that a prefix, wildcard or fuzzy node stands for, and whether the limit cut some off."""

    node: Prefix | Wildcard | Fuzzy
    forms: tuple[str, ...]
    found: int

    @property
    def cut(self) -> bool:
        """Whether more forms were found than the limit let through."""
        return self.found > len(self.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many paragraphs and documents match, exactly, and the counts of each facet, keyed by field.

    ``facet_sizes`` says of each facet how many values there are, told or not. ``ways`` are, for each facet whose values
    come qualified, the counts of its qualified keys of any value ("any@note"), over the same paragraphs as the facet's.
    """

    total: int
    documents: int
    facets: Mapping[str, FacetCounts]
    facet_sizes: Mapping[str, FacetSize]
    ways: Mapping[str, FacetCounts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a plan was answered: one page of hits, and what was counted; see :class:`Counts`.

    An engine may still be counting when the hits are there, so that these can be made ready meanwhile: ``counted``
    waits for it, and raises what went wrong. ``expansions`` are those of the query that the limit cut.
    """

    hits: tuple[Hit, ...]
    counted: Callable[[], Counts]
    expansions: tuple[Expansion, ...] = ()

    @property
    def total(self) -> int:
        """How many paragraphs match."""
        return self.counted().total

    @property
    def documents(self) -> int:
        """How many documents have a paragraph that matches."""
        return self.counted().documents

    @property
    def facets(self) -> Mapping[str, FacetCounts]:
        """The counts of each facet that was asked for."""
        return self.counted().facets

    @property
    def facet_sizes(self) -> Mapping[str, FacetSize]:
        """How many values each of these facets has."""
        return self.counted().facet_sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One side of a table: the values of the facet ``field``, or those with a ``qualifier`` such as "@note"."""

    field: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPlan:
    """A table to count: the values of the facet ``rows`` by those of another one, ``columns``, among what is found.

    All of ``filters`` apply, those of the two facets too: the table is of the current result.
    """

    query: Query = field(default_factory=Everything)
    filters: tuple[Filter, ...] = ()
    rows: Axis
    columns: Axis
    unit: Unit = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossAnswer:
    """A table, exact: how many paragraphs (or documents) are found, have each key, and have both keys of a cell.

    Keys are unqualified; what none has is left out. A cell is named by its row's key and its column's.
    """

    total: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands in a generation of the index, and who wrote it. ``built`` is an ISO time in UTC.

    ``roots`` are the absolute paths under which the documents' files lie, so that they can be opened.
    """

    generation: str
    engine: str
    schema: int
    analysis: int
    pilcrow: str
    corpus: str
    documents: int
    paragraphs: int
    built: str
    roots: tuple[str, ...] = ()


class IndexReader(Protocol):
    """A pinned generation: what it answers never changes while it is open. Safe to use from several threads."""

    @property
    def manifest(self) -> Manifest:
        """What this generation is."""
        ...

    def search(self, plan: SearchPlan) -> Answer:
        """Answer ``plan``; raises ``QueryLimitError`` where it passes a limit that cannot be met by cutting."""
        ...

    def cross(self, plan: CrossPlan) -> CrossAnswer:
        """The table that ``plan`` asks for, of all that is found; raises as :meth:`search` does."""
        ...

    def count(
        self,
        queries: Sequence[Query],
        *,
        within: Query = EVERYTHING,
        filters: Sequence[Filter] = (),
        unit: Unit = "paragraph",
    ) -> tuple[int, ...]:
        """How many paragraphs (or documents) within ``within`` match each of ``queries`` under ``filters``."""
        ...

    def reached(self, children: Sequence[Query], enough: int) -> int:
        """How many of ``children`` (at least one) ``enough`` paragraphs of the whole index match together.

        That is the largest number of them for which so many paragraphs match that number, or more.
        """
        ...

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms of the index's vocabulary that ``node`` stands for, the most frequent first."""
        ...

    def beginning(self, start: str, *, field: str = "", limit: int = 10) -> tuple[FormCount, ...]:
        """The most frequent forms of the vocabulary that begin with ``start`` and stand in a text field.

        Equals by form; a ``field`` of "" is all that a word without a field is looked for in.
        """
        ...

    def similar(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """Forms of the vocabulary within two edits of ``word``, nearest and then most frequent first; not itself."""
        ...

    def labels(self, field: str) -> Mapping[str, str]:
        """The label of every unqualified key that a key field has in this index, ancestors included."""
        ...

    def parents(self, field: str) -> Mapping[str, str]:
        """The parent of every unqualified key of a key field ("" at the top)."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """Every document, by symbol in natural order."""
        ...

    def document(self, identifier: str) -> Document | None:
        """The document with this id or one of these symbols (case and spaces aside), or None."""
        ...

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of the document with this id, in order; () where there is none."""
        ...

    def paragraph(self, identifier: str) -> Paragraph | None:
        """The paragraph with this id, or None."""
        ...

    def close(self) -> None:
        """Let go of the files; using the reader afterwards is an error."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class IndexWriter(Protocol):
    """Writes one generation into an empty directory. Documents come in natural order of their symbols."""

    def add(self, parsed: ParsedDocument) -> None:
        """Take one document with its paragraphs."""
        ...

    def commit(self) -> None:
        """Finish: when this returns, the directory is complete and on disk."""
        ...

    def abort(self) -> None:
        """Let go of everything; the directory may be deleted."""
        ...


class Engine(Protocol):
    """An adapter."""

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        ...

    def write(self, directory: Path, *, expected: int = 0) -> IndexWriter:
        """A writer into ``directory``, which exists and is empty; ``expected`` is how many paragraphs will come."""
        ...

    def open(self, directory: Path, manifest: Manifest, *, limits: Limits | None = None) -> IndexReader:
        """A reader of the generation in ``directory``; raises ``IndexDamagedError`` where a file is missing or bad.

        The error says what is wrong; what to do about it is said by :func:`pilcrow.engine.generations.open_index`,
        which knows where the index is.
        """
        ...


class RemoteEngine(Engine, Protocol):
    """An adapter whose indexes lie on other machines: what a local one need not see to."""

    def stands(self, directory: Path, manifest: Manifest) -> bool:
        """Whether the generation in ``directory`` is there whole, and laid out as it would be written now."""
        ...

    def sweep(self, kept: Sequence[str]) -> int:
        """Remove every index of the same owner but those of the generations ``kept``, the current one first.

        How many of them are left.
        """
        ...
