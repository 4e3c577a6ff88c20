"""Which forms or keys of an index a prefix, a wildcard or a misspelt word stands for; the same for all engines."""

from __future__ import annotations

from collections.abc import Callable

from pilcrow.engine.analysis import preload
from pilcrow.engine.contract import Expansion, Limits
from pilcrow.engine.fields import BY_KEY, is_qualified
from pilcrow.engine.query import Fuzzy, Prefix, Wildcard
from pilcrow.engine.tables import Tables, unpacked
from pilcrow.engine.vocabulary import Vocabulary, pattern


class Expander:
    """Expands nodes over the ``vocabulary`` and the keys of an index."""

    def __init__(self, tables: Tables, limits: Limits) -> None:
        self._tables = tables
        self._most = limits.expansions
        frequencies = {key: unpacked(data) for key, data in tables.frequencies.items()}
        self.vocabulary = Vocabulary(tables.forms, tables.terms, frequencies, most=self._most)
        preload(dict(zip(tables.forms, tables.terms, strict=True)))

    def expand(self, node: Prefix | Wildcard | Fuzzy) -> Expansion:
        """The forms or keys that ``node`` stands for, the most frequent first."""
        if isinstance(node, Fuzzy) or not node.field or BY_KEY[node.field].kind == "text":
            return self.vocabulary.expand(node)
        ranked = sorted((-count, key) for key, count in self._matching(node))
        return Expansion(node, tuple(key for _, key in ranked[: self._most]), len(ranked))

    def _matching(self, node: Prefix | Wildcard) -> list[tuple[str, int]]:
        """Keys, case aside, with their counts; qualified ones only where "@" is asked for, lest u* be unknown@note."""
        asked = (node.start if isinstance(node, Prefix) else node.pattern).casefold()
        matches: Callable[[str], object]
        matches = (lambda key: key.startswith(asked)) if isinstance(node, Prefix) else pattern(asked).match
        key_field = BY_KEY[node.field]
        keyed = zip(self._tables.keys[node.field], unpacked(self._tables.key_counts[node.field]), strict=True)
        return [
            (key, count)
            for key, count in keyed
            if ("@" in asked or not is_qualified(key_field, key)) and matches(key.casefold())
        ]
