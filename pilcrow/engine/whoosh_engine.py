"""The Whoosh adapter: the default engine for small corpora, pure Python, files in the index directory.

Whoosh holds the schema, the postings with their positions, the term dictionary and the stored paragraphs. Its query
parser, highlighter, scorers and facets are not used: what matches and how it ranks is defined once, for all engines, in
:mod:`pilcrow.engine.evaluate` and :mod:`pilcrow.engine.counting`, and this module only translates.

Text fields are indexed by *form*; a word in any form is looked up as the forms that share its term, which halves the
index and the time to write it. Only the interface of Whoosh 2.7 is used, so that any of its distributions will do.
Whoosh pickles its table of contents: an index directory is trusted like a program.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import formats, index
from whoosh.analysis import Token as WhooshToken
from whoosh.reading import IndexReader as WhooshIndexReader
from whoosh.reading import TermNotFound

from pilcrow.engine import bitsets, places, tables
from pilcrow.engine.contract import IndexReader, IndexWriter, Limits, Manifest
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.evaluate import NOWHERE, Posting
from pilcrow.engine.fields import KEY_FIELDS, TEXT_FIELDS
from pilcrow.engine.files import sync_tree
from pilcrow.engine.model import ParsedDocument, to_json
from pilcrow.engine.reader import LocalReader

_ID = "id"
_STORED = "paragraph"
_MEMORY_MB = 256
"""What a writer may hold before it sorts on disk."""

_CACHED_POSTINGS = 8192


_BETWEEN_VALUES = "\n"


def _joined(values: Sequence[Sequence[str]]) -> str:
    """The forms of a field's values as the one string that :func:`positioned` reads."""
    return _BETWEEN_VALUES.join(map(" ".join, values))


def positioned(value: str, **_: object) -> Iterator[WhooshToken]:
    """Whoosh's analyzer of text fields: the words between spaces, with positions that leave gaps between values.

    Public because Whoosh's schema, on disk, names it.
    """
    lines = [line.split() for line in value.split(_BETWEEN_VALUES)]
    token = WhooshToken(positions=True, boost=1.0)
    for start, words in zip(places.spread(map(len, lines)), lines, strict=True):
        for token.pos, token.text in enumerate(words, start=start):
            yield token


def _schema() -> whoosh_fields.Schema:
    schema = whoosh_fields.Schema()
    schema.add(_STORED, whoosh_fields.STORED())
    for text_field in TEXT_FIELDS:
        schema.add(text_field.key, _indexed(formats.Positions(), positioned))
    for key in (_ID, *(key_field.key for key_field in KEY_FIELDS)):
        schema.add(key, _indexed(formats.Existence(), None))
    return schema


def _indexed(format_: formats.Format, analyzer: Callable[..., Iterator[WhooshToken]] | None) -> whoosh_fields.FieldType:
    """A field for lookups; without an analyzer, one that takes lists of keys as they are.

    Its lengths, which nothing reads, are kept because Whoosh asks for them at each posting that it writes, and looks
    for a file each time where there are none: that took a third of the time.
    """
    return whoosh_fields.FieldType(format=format_, analyzer=analyzer, scorable=True)


class WhooshEngine:
    """The adapter that ``--engine whoosh`` names."""

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        return "whoosh"

    def write(self, directory: Path, *, expected: int = 0) -> IndexWriter:  # noqa: ARG002 - Whoosh need not know
        """A writer into ``directory``, which exists and is empty."""
        return _Writer(directory)

    def open(self, directory: Path, manifest: Manifest, *, limits: Limits | None = None) -> IndexReader:
        """A reader of the generation in ``directory``; raises ``IndexDamagedError`` where a file is missing or bad."""
        limits = limits or Limits()
        content = tables.read(directory)
        try:
            reader = index.open_dir(str(directory), readonly=True).reader()
        except (index.IndexError, OSError) as error:
            raise IndexDamagedError(f"The index in {directory} cannot be opened ({error}).") from error
        if reader.doc_count_all() != sum(content.sizes):
            raise IndexDamagedError(f"The index in {directory} does not have all its paragraphs.")
        return LocalReader(content, _Store(reader), manifest, limits)


class _Writer:
    """Writes one generation as one segment, in which paragraphs are numbered as they came."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._tables = tables.TableBuilder()
        self._writer = index.create_in(str(directory), _schema()).writer(limitmb=_MEMORY_MB)

    def add(self, parsed: ParsedDocument) -> None:
        """Take one document with its paragraphs."""
        for row in self._tables.add(parsed):
            words = {key: _joined(values) for key, values in row.forms.items()}
            self._writer.add_document(**{_ID: [row.paragraph.id], _STORED: to_json(row.paragraph)}, **words, **row.keys)

    def commit(self) -> None:
        """Finish: when this returns, the directory is complete and on disk."""
        self._writer.commit(merge=False)
        tables.write(self._directory, self._tables.finished())
        for lock in self._directory.glob("*WRITELOCK"):
            lock.unlink()
        tables.seal(self._directory)
        sync_tree(self._directory)

    def abort(self) -> None:
        """Let go of everything; the directory may be deleted."""
        if not self._writer.is_closed:
            self._writer.cancel()


class _Store:
    """Whoosh's files. Its readers seek in files that they share, so one thread reads at a time."""

    def __init__(self, reader: WhooshIndexReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._decode = formats.Positions().decode_positions
        self._size: int = reader.doc_count_all()
        self.posting = lru_cache(maxsize=_CACHED_POSTINGS)(self._posting)

    def _posting(self, field: str, form: str) -> Posting:
        """The paragraphs that have ``form`` in a text field."""
        counts: dict[int, int] = {}
        values: dict[int, bytes] = {}
        with self._lock:
            try:
                matcher = self._reader.postings(field, form.encode())
            except TermNotFound:
                return NOWHERE
            while matcher.is_active():
                number = matcher.id()
                counts[number] = int(matcher.weight())
                values[number] = matcher.value()
                matcher.next()
        decode = self._decode
        return Posting(bitsets.of(counts, self._size), counts, lambda number: decode(values[number]))

    def bits(self, field: str, word: str) -> int:
        """The set of paragraphs that have a form in a text field, or a key in a key field."""
        return bitsets.of(self._numbers(field, word), self._size)

    def _numbers(self, field: str, word: str) -> list[int]:
        with self._lock:
            try:
                return list(self._reader.postings(field, word.encode("utf-8", "surrogatepass")).all_ids())
            except TermNotFound:
                return []

    def number(self, identifier: str) -> int | None:
        """The number of the paragraph with this id, or None."""
        return next(iter(self._numbers(_ID, identifier)), None)

    def stored(self, number: int) -> bytes:
        """The paragraph with this number, as JSON."""
        with self._lock:
            found: bytes = self._reader.stored_fields(number)[_STORED]
            return found

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._reader.close()
