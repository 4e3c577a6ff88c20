"""How common the words of an index are and how long its fields: what BM25 weighs by, the same for all engines."""

from __future__ import annotations

from pilcrow.engine import scoring
from pilcrow.engine.analysis import term
from pilcrow.engine.query import Exact, Near, Phrase, Query, Term, Value
from pilcrow.engine.rising import place_of
from pilcrow.engine.tables import UNSTEMMED, Tables, unpacked
from pilcrow.engine.vocabulary import Vocabulary


class Statistics:
    """The numbers of one index; a field of "" is all that a word without a field is looked for in."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary) -> None:
        self.size = sum(tables.sizes)
        self.totals = tables.totals
        self._index_terms = tables.index_terms
        self._vocabulary = vocabulary
        self._keys = tables.keys
        self._key_counts = {key: unpacked(data) for key, data in tables.key_counts.items()}
        self._having = {key: unpacked(data) for key, data in tables.having.items()}

    def mean_length(self, field: str) -> float:
        """How many tokens a text field has in the mean, where it has any."""
        tokens, having = self.totals[field]
        return tokens / having if having else 0.0

    def having(self, index_term: str, field: str) -> int:
        """How many paragraphs have an index term in a field."""
        at = place_of(index_term, self._index_terms)
        return 0 if at is None else self._having[field][at]

    def has_key(self, field: str, key: str) -> bool:
        """Whether some paragraph has ``key`` in a key field."""
        return self._key_count(field, key) > 0

    def _key_count(self, field: str, key: str) -> int:
        at = place_of(key, self._keys[field])
        return 0 if at is None else self._key_counts[field][at]

    def count(self, query: Query) -> int | None:
        """How many paragraphs match ``query``, where it is one word or one key; None of any other."""
        match query:
            case Term():
                return sum(self.having(each, query.field) for each in both_terms(query.word))
            case Exact(words=(word,)):
                return self._vocabulary.having(word, query.field)
            case Value():
                return self._key_count(query.field, query.key)
            case _:
                return None

    def idf(self, node: Term | Exact | Phrase | Near) -> float:
        """The summed weight of the node's words, each by the paragraphs that have it in any field looked at."""
        if isinstance(node, Exact):
            counts = [self._vocabulary.having(word, node.field) for word in node.words]
        else:
            words = (node.word,) if isinstance(node, Term) else node.words
            counts = [sum(self.having(each, node.field) for each in both_terms(word)) for word in words]
        return sum(scoring.idf(self.size, count) for count in counts)


def both_terms(word: str) -> tuple[str, str]:
    """The index terms that a word in any form stands for: its stem, and itself where nothing is stemmed."""
    return term(word), UNSTEMMED + word
