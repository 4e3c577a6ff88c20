"""The OpenSearch adapter: for more than one machine.

OpenSearch matches, counts and chooses candidates; what is asked of it comes as :mod:`pilcrow.engine.lookups`, which
:mod:`pilcrow.engine.opensearch_queries` translates. Its query parsers, stemmers and highlighters are not used; of its
tokenizers the one that splits at spaces, which gets our tokens joined by spaces.

Each generation is an index of its own, ``PREFIX-GENERATION``, that nothing is written to once it is built: a reader
keeps to it, and one answer never mixes two. What the local directory holds of it is its tables, and its name and
address. An alias, ``PREFIX``, is swapped to the newest for whoever asks the cluster by other means.

Facets are exact: values are asked for with room for all that there are, and an answer in which a shard left some out is
an error; where there are more than one answer may hold, they come in pages. No answer is made of a part of the shards.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import mul
from pathlib import Path

import msgspec

from pilcrow.engine import tables
from pilcrow.engine.columns import DOCUMENT_NUMBER, ID, NUMBER, sizes
from pilcrow.engine.connection import Connection, connection, environment
from pilcrow.engine.contract import IndexReader, IndexWriter, Limits, Manifest, Unit
from pilcrow.engine.crossing import Combined, flattened
from pilcrow.engine.errors import EngineUnavailableError, IndexDamagedError
from pilcrow.engine.lookups import Every, Listed, Lookup, Nothing, Word
from pilcrow.engine.native import NativeReader
from pilcrow.engine.opensearch_client import Cluster, failed
from pilcrow.engine.opensearch_queries import Dsl, Pieces, dsl, fits, gathered
from pilcrow.engine.opensearch_writer import FORMS, PAGE, PLACE, STORED, Place, Writer, mark_of
from pilcrow.engine.tallies import Spread

_MOST_VALUES = 50_000
"""Values that one answer may hold; OpenSearch allows 65,535."""

_FETCHED_AT_ONCE = 1_000


class OpenSearchEngine:
    """The adapter that ``--engine opensearch`` names.

    ``given`` is the cluster to write to, and to read from; without it, the environment and what an index wrote down say
    where it is.
    """

    def __init__(self, given: Connection | None = None) -> None:
        self._given = given

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        return "opensearch"

    def write(self, directory: Path, *, expected: int = 0) -> IndexWriter:
        """A writer of an index on the cluster, and of what belongs to it into ``directory``, which is empty."""
        del expected
        cluster = Cluster(self._given or connection(environment()))
        return Writer(directory, cluster, f"{cluster.connection.prefix}-{_generation(directory)}")

    def open(self, directory: Path, manifest: Manifest, *, limits: Limits | None = None) -> IndexReader:
        """A reader of the generation in ``directory``; raises ``IndexDamagedError`` where a file is missing or bad.

        So it does where the index is not on the cluster, or not all of it.
        """
        content = tables.read(directory)
        place = _place(directory)
        cluster = Cluster(self._given or connection(environment(), place.settings))
        backend = _Backend(cluster, place.index, content)
        try:
            backend.check()
        except BaseException:
            backend.close()
            raise
        return NativeReader(content, backend, manifest, limits or Limits())

    def stands(self, directory: Path, manifest: Manifest) -> bool:
        """Whether the cluster has the generation in ``directory`` whole, and laid out as it would be written now."""
        given = self._given or connection(environment())
        try:
            self.open(directory, manifest).close()
            made = _place(directory).settings
        except IndexDamagedError:
            return False
        return all(made.get(name) == getattr(given, name) for name in ("shards", "replicas", "prefix"))

    def sweep(self, kept: Sequence[str]) -> int:
        """Remove this owner's indexes but those of the generations ``kept``, and point the alias to the first of these.

        How many indexes of this owner are left.
        """
        cluster = Cluster(self._given or connection(environment()))
        try:
            cluster.version()
            return _swept(cluster, kept)
        finally:
            cluster.close()


def _generation(directory: Path) -> str:
    """The name of the generation whose data ``directory`` is; another one where it is of none."""
    name = directory.parent.name if directory.parent.parent.name == "generations" else ""
    return name.lower() or f"apart-{secrets.token_hex(6)}"


def _place(directory: Path) -> Place:
    try:
        return msgspec.json.decode((directory / PLACE).read_bytes(), type=Place)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexDamagedError(f"{directory / PLACE} is missing or cannot be read.") from error


def _swept(cluster: Cluster, kept: Collection[str]) -> int:
    prefix = cluster.connection.prefix
    wanted = [f"{prefix}-{name.lower()}" for name in kept]
    asked = {"filter_path": "*.aliases,*.mappings._meta", "expand_wildcards": "all"}
    there = cluster.ask("GET", f"/{prefix}-*", parameters=asked)
    mark = mark_of(cluster.connection)
    ours = [name for name, said in there.items() if said.get("mappings", {}).get("_meta") == mark]
    left = [name for name in wanted if name in ours]
    actions: list[Dsl] = [{"remove_index": {"index": name}} for name in ours if name not in left]
    aliased = {name for name, said in there.items() if prefix in said["aliases"]}
    if left and left[0] == wanted[0] and aliased != {left[0]}:
        outlived = aliased - {left[0]} - {name for name in ours if name not in left}
        actions += [{"remove": {"index": name, "alias": prefix}} for name in sorted(outlived)]
        actions += [{"add": {"index": left[0], "alias": prefix}}]
    if actions:
        cluster.ask("POST", "/_aliases", {"actions": actions})
    return len(left)


# ------------------------------------------------------------------------------------------------------ reading


class _Backend:
    """An index on a cluster, asked in lookups."""

    counts_absent = False

    def __init__(self, cluster: Cluster, index: str, content: tables.Tables) -> None:
        self._cluster = cluster
        self._index = index
        self._size = sum(content.sizes)
        self._values = sizes(content)
        self._pieces = Pieces(self.numbers)

    def check(self) -> None:
        """Raise where what answers is no OpenSearch that serves, or has not the whole index."""
        try:
            self._cluster.version()
        except EngineUnavailableError:
            # Who may only search may not ask for the version: then the search says what is wrong, if anything is.
            self._count()
        if self._count() != self._size:
            raise IndexDamagedError(
                f"The index {self._index} on {self._cluster.connection.where} does not have all its paragraphs."
            )

    def _count(self) -> int:
        return self.count([Every()])[0]

    def count(self, lookups: Sequence[Lookup]) -> list[int]:
        """How many paragraphs each of ``lookups`` finds."""
        asked = [self._body(lookup, size=0, track_total_hits=True) for lookup in lookups]
        answers = self._search_all(asked) if len(asked) > 1 else [self._search(body) for body in asked]
        return [int(answer["hits"]["total"]["value"]) for answer in answers]

    def spread(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> list[Spread]:
        """For each of ``key_columns``, exactly, the keys of what ``lookup`` finds, with how many have them."""
        sizes = {column: self._values[column] for column in key_columns}
        paged = {column for column, size in sizes.items() if unit == "document" or size > _MOST_VALUES}
        found: dict[str, Spread] = dict(self._paged(lookup, sorted(paged), unit))
        for some in _together([column for column in sizes if column not in paged], sizes):
            asked = {column: _terms(column, sizes[column]) for column in some}
            answer = self._search(self._body(lookup, size=0, aggs=asked))["aggregations"]
            found |= {column: self._exact(answer[column]) for column in some}
        return [found[column] for column in key_columns]

    def combined(self, lookup: Lookup, key_columns: Sequence[str]) -> Combined:
        """How many paragraphs that ``lookup`` finds have each combination of one key of each of ``key_columns``.

        In one answer, where it can hold as many as there may be.
        """
        sizes = [self._values[column] + 1 for column in key_columns]
        if sum(accumulate(sizes, mul)) > _MOST_VALUES:
            buckets = self._buckets(lookup, key_columns)
            return {tuple(bucket["key"][column] for column in key_columns): bucket["doc_count"] for bucket in buckets}
        asked: Dsl = {}
        for column, size in zip(reversed(key_columns), reversed(sizes), strict=True):
            asked = {"aggs": {column: {**_terms(column, size), **asked}}}
        answer = self._search(self._body(lookup, size=0, **asked))["aggregations"]
        return dict(flattened(answer, key_columns, self._check_exact))

    def _exact(self, answer: Dsl) -> Spread:
        self._check_exact(answer)
        return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}

    def _check_exact(self, answer: Dsl) -> None:
        """Raise where a shard left values out of an aggregation."""
        if answer["doc_count_error_upper_bound"] or answer["sum_other_doc_count"]:
            raise IndexDamagedError(
                f"The index {self._index} on {self._cluster.connection.where} has values that it was not built with, "
                "so that no facet can be counted exactly; run: pilcrow index --engine opensearch."
            )

    def _paged(self, lookup: Lookup, key_columns: Sequence[str], unit: Unit) -> Iterator[tuple[str, Spread]]:
        """Each of ``key_columns`` with its counts, as many values at a time as one answer may hold."""
        for column in key_columns:
            by = [column, DOCUMENT_NUMBER] if unit == "document" and column != DOCUMENT_NUMBER else [column]
            counts: dict[str, int] = {}
            for bucket in self._buckets(lookup, by):
                key = bucket["key"][column]
                counts[key] = counts.get(key, 0) + (1 if unit == "document" else bucket["doc_count"])
            yield column, counts

    def _buckets(self, lookup: Lookup, by: Sequence[str]) -> Iterator[Dsl]:
        """The values of one or several columns together, and how many paragraphs have them."""
        asked: Dsl = {"size": PAGE, "sources": [{column: {"terms": {"field": column}}} for column in by]}
        while True:
            answer = self._search(self._body(lookup, size=0, aggs={"by": {"composite": asked}}))["aggregations"]["by"]
            yield from answer["buckets"]
            if "after_key" not in answer:
                return
            asked["after"] = answer["after_key"]

    def first(self, lookup: Lookup, count: int, by: str) -> list[int]:
        """The numbers of the first ``count`` paragraphs by rising ``by``, a column; "" is by falling score."""
        order = [{by: "asc"} if by else {"_score": "desc"}, *([{NUMBER: "asc"}] if by != NUMBER else [])]
        found: list[int] = []
        body = self._body(lookup, sort=order, track_total_hits=False)
        while len(found) < count:
            size = body["size"] = min(PAGE, count - len(found))
            hits = self._search(body, search_type="query_then_fetch" if by else "dfs_query_then_fetch")["hits"]["hits"]
            found.extend(hit["sort"][-1] for hit in hits)
            if len(hits) < size:
                break
            body["search_after"] = hits[-1]["sort"]
        return found

    def numbers(self, lookup: Lookup) -> list[int]:
        """The numbers of all that ``lookup`` finds, rising."""
        return [] if isinstance(lookup, Nothing) else self.first(lookup, self._size, NUMBER)

    def forms(self, numbers: Sequence[int]) -> list[bytes]:
        """The forms of the paragraphs with these numbers."""
        return self._fetched(numbers, FORMS)

    def stored(self, numbers: Sequence[int]) -> list[bytes]:
        """The paragraphs with these numbers, as JSON."""
        return self._fetched(numbers, STORED)

    def number(self, identifier: str) -> int | None:
        """The number of the paragraph with this id, or None."""
        return next(iter(self.first(Word(ID, identifier), 1, NUMBER)), None)

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()

    def _fetched(self, numbers: Sequence[int], column: str) -> list[bytes]:
        found: dict[int, bytes] = {}
        for at in range(0, len(numbers), _FETCHED_AT_ONCE):
            some = tuple(numbers[at : at + _FETCHED_AT_ONCE])
            asked = {"query": dsl(Listed(some)), "size": len(some), "sort": [{NUMBER: "asc"}], "_source": False}
            for hit in self._search({**asked, "stored_fields": [column]})["hits"]["hits"]:
                found[hit["sort"][0]] = hit.get("fields", {}).get(column, [""])[0].encode()
        try:
            return [found[number] for number in numbers]
        except KeyError as error:
            where = f"{self._index} on {self._cluster.connection.where}"
            raise IndexDamagedError(
                f"The index {where} lacks paragraphs that it was built with; run: pilcrow index --engine opensearch."
            ) from error

    # ------------------------------------------------------------------------------------------------- asking

    def _body(self, lookup: Lookup, **more: object) -> Dsl:
        found = lookup if fits(lookup) else gathered(lookup)
        query = dsl(found if fits(found) else self._pieces.fitting(found))
        return {"query": query, "_source": False, "stored_fields": "_none_", **more}

    def _search(self, body: Dsl, search_type: str = "query_then_fetch") -> Dsl:
        path = f"/{self._index}/_search"
        return self._whole(self._cluster.ask("POST", path, body, {"search_type": search_type, **_WHOLE}))

    def _search_all(self, bodies: Sequence[Dsl]) -> list[Dsl]:
        """The answers to several searches, asked for at once."""
        header = msgspec.json.encode({"allow_partial_search_results": False})
        lines = b"".join(header + b"\n" + msgspec.json.encode(body) + b"\n" for body in bodies)
        answers = self._cluster.ask("POST", f"/{self._index}/_msearch", lines)["responses"]
        return [self._whole(answer) for answer in answers]

    def _whole(self, answer: Dsl) -> Dsl:
        """``answer``, if it is one, and of all shards."""
        if "error" in answer:
            raise failed(int(answer.get("status", 500)), answer, self._cluster.connection)
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise failed(503, answer["_shards"], self._cluster.connection)
        return answer


_WHOLE = {"allow_partial_search_results": "false"}


def _terms(column: str, size: int) -> Dsl:
    """An aggregation that tells every value of ``column``, of every shard.

    There is room for one more: a shard that has filled its room might have left others out.
    """
    return {"terms": {"field": column, "size": size + 1, "shard_size": size + 1}}


def _together(key_columns: Sequence[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """``key_columns`` in as few groups as one answer each can hold."""
    group: list[str] = []
    for column in key_columns:
        if group and sum(sizes[each] for each in (*group, column)) > _MOST_VALUES:
            yield group
            group = []
        group.append(column)
    if group:
        yield group
