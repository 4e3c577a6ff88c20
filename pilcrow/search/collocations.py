"""Phrases that are typical of what a search finds: collocations of the best hits that other paragraphs have less.

Three steps. NLTK's collocation finders and its likelihood ratio find two and three words that stand together in the
best hits. One that nearly always stands within a longer name ("Nations Framework Convention") becomes that name. Which
of them are typical of these hits, and not of United Nations language at large ("the Secretary-General"), is told by the
likelihood ratio of how many of the hits have a phrase against how many of some thousand paragraphs from all over the
index: those are counted once a generation (:class:`Background`), because counting phrases over a whole index takes
seconds. A phrase begins and ends with a word that means something, crosses no punctuation, and is written as it stands
in the text most often.

NLTK takes long to import and two hundred hits are read: this is an answer of its own, not a part of every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilcrow.engine import analysis
from pilcrow.engine.contract import IndexReader, SearchPlan
from pilcrow.engine.model import Paragraph
from pilcrow.engine.query import Everything, Exact, Near, Phrase, Query, Term, wanted_leaves
from pilcrow.search.question import Question

SAMPLE = 200
"""The best hits that are read."""

PHRASES = 8
"""Phrases that are told."""

FEWEST = 3
"""Hits that must have a phrase."""

SURE = 10.83
"""The likelihood ratio above which it is hardly chance (one in a thousand) that the hits have a phrase more often."""

LONGEST = 7
"""Words of a name that two or three of its words become."""

NEARLY_ALWAYS = 0.7
"""The part of its occurrences in which a phrase must stand beside one word to be a part of a longer name."""

BACKGROUND_DOCUMENTS, BACKGROUND_PARAGRAPHS = 80, 40
"""How many documents are read for comparison, and how many paragraphs of each."""

RARE = 2
"""As many of those as have most phrases; which have no more is not kept."""

_SHORTEST = 2
_LENGTHS = (2, 3)
_JOINT = re.compile(r"(?:['’]s?)?\s|[-‐‑'’]?")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPhrase:
    """A phrase as it is written, and how many of the hits that were read have it."""

    text: str
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPhrases:
    """The phrases, the most typical first, and how many hits were read."""

    phrases: tuple[RelatedPhrase, ...] = ()
    read: int = 0


class Background:
    """How many of some paragraphs from all over an index have each two and three words side by side."""

    def __init__(self, reader: IndexReader) -> None:
        counted: Counter[Words] = Counter()
        self.size = 0
        for paragraph in _spread(reader):
            counted.update({words for run in _runs(paragraph.text) for words, _ in _within(run)})
            self.size += 1
        spelt: dict[str, str] = {}  # a word once, however many phrases have it
        self._counts = {
            tuple(spelt.setdefault(word, word) for word in words): count
            for words, count in counted.items()
            if count > RARE
        }

    def having(self, words: Words) -> int:
        """How many have ``words``, or at most have them, of a longer name; ``RARE`` where it is too rare to be kept."""
        parts = [words] if len(words) in _LENGTHS else [words[at : at + 3] for at in range(len(words) - 2)]
        return min(self._counts.get(part, RARE) for part in parts)


def related_phrases(reader: IndexReader, question: Question, background: Background) -> RelatedPhrases:
    """What is typical of the best hits of ``question``; nothing where all that there is was asked for."""
    if question.sought == Everything() and not question.filters:
        return RelatedPhrases()
    answer = reader.search(SearchPlan(query=question.ranked.tree, filters=question.filters, limit=SAMPLE))
    texts = [
        hit.paragraph.text
        for hit in answer.hits
        if (hit.paragraph.language or hit.document.language) in analysis.ENGLISH
    ]
    hits = [list(_runs(text)) for text in texts]
    whole = _Whole(hits)
    names = dict.fromkeys(map(whole.name, _collocated(run.forms for runs in hits for run in runs)))
    asked = _asked(question.sought)
    telling = [words for words in names if not _says_what_was_asked(words, asked)]
    found = {words: number for words, number in _hits(hits, telling).items() if number >= FEWEST}
    told = _distinct(sorted(found, key=lambda words: (-_typical(words, found[words], len(hits), background), words)))
    typical = [words for words in told if _typical(words, found[words], len(hits), background) > SURE]
    return RelatedPhrases(
        phrases=tuple(RelatedPhrase(text=whole.written(words), hits=found[words]) for words in typical[:PHRASES]),
        read=len(hits),
    )


# ----------------------------------------------------------------------------------------------------------- texts


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a text with nothing but a space or a hyphen between them: their forms, and where each is written."""

    forms: tuple[str, ...]
    text: str
    spans: tuple[tuple[int, int], ...]

    def written(self, at: int, length: int) -> str:
        """So many words from the one with this number on, as they stand in the text."""
        return " ".join(self.text[self.spans[at][0] : self.spans[at + length - 1][1]].split())


def _runs(text: str) -> Iterator[_Run]:
    """The stretches of a text without punctuation."""
    cut = analysis.Cut(text)
    forms, spans = cut.forms, cut.spans()
    first = 0
    for at in range(len(forms)):
        if at + 1 == len(forms) or not _JOINT.fullmatch(text[spans[at][1] : spans[at + 1][0]]):
            yield _Run(tuple(forms[first : at + 1]), text, tuple(spans[first : at + 1]))
            first = at + 1


def _within(run: _Run, lengths: Sequence[int] = _LENGTHS) -> Iterator[tuple[Words, int]]:
    """Every two and three words side by side, each with the number of its first one."""
    for length in lengths:
        for at in range(len(run.forms) - length + 1):
            yield run.forms[at : at + length], at


def _spread(reader: IndexReader) -> Iterator[Paragraph]:
    """Paragraphs from all over the index: some of each of as many documents, evenly."""
    english = [document for document in reader.documents() if document.language in analysis.ENGLISH]
    for document in english[:: max(1, len(english) // BACKGROUND_DOCUMENTS)]:
        paragraphs = reader.paragraphs(document.id)
        yield from paragraphs[:: max(1, len(paragraphs) // BACKGROUND_PARAGRAPHS)]


# ---------------------------------------------------------------------------------------------------- collocations


def _idle(word: str) -> bool:
    """Whether a phrase neither begins nor ends with ``word``."""
    return word in analysis.stopwords() or len(word) < _SHORTEST or word.isdecimal()


def _collocated(runs: Iterable[Words]) -> list[Words]:
    """Two and three words that stand together more often than chance has it, the surest first."""
    from nltk.collocations import BigramCollocationFinder, TrigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures, TrigramAssocMeasures

    texts = list(runs)
    pairs = BigramCollocationFinder.from_documents(texts)
    pairs.apply_freq_filter(FEWEST)
    pairs.apply_word_filter(_idle)
    triples = TrigramCollocationFinder.from_documents(texts)
    triples.apply_freq_filter(FEWEST)
    triples.apply_ngram_filter(lambda first, middle, last: _idle(first) or _idle(last) or middle.isdecimal())
    scored: list[tuple[Words, float]] = [
        *pairs.score_ngrams(BigramAssocMeasures.likelihood_ratio),
        *triples.score_ngrams(TrigramAssocMeasures.likelihood_ratio),
    ]
    return [words for words, _ in sorted(scored, key=lambda each: (-each[1], each[0]))]


class _Whole:
    """The names that phrases of the hits are parts of, and how each is written."""

    def __init__(self, hits: Sequence[Sequence[_Run]]) -> None:
        self._places: dict[Words, list[tuple[_Run, int]]] = {}
        for runs in hits:
            for run in runs:
                for words, at in _within(run):
                    self._places.setdefault(words, []).append((run, at))
        self._found: dict[Words, list[tuple[_Run, int]]] = {}

    def name(self, words: Words) -> Words:
        """``words`` with what nearly always stands before and after them, from one word that means something to one."""
        places, best = self._places[words], words
        self._found[words] = places
        while len(words) < LONGEST:
            longer = self._longer(words, places)
            if longer is None:
                break
            words, places = longer
            if not _idle(words[0]) and not _idle(words[-1]):
                best = words
                self._found[best] = places
        return best

    def written(self, words: Words) -> str:
        """How ``words`` are written most often."""
        ways = Counter(run.written(at, len(words)) for run, at in self._found[words])
        return min(ways, key=lambda way: (-ways[way], way))

    @staticmethod
    def _longer(words: Words, places: list[tuple[_Run, int]]) -> tuple[Words, list[tuple[_Run, int]]] | None:
        """The phrase with the one word beside it that nearly all of its places have, and those places; else None."""
        length = len(words)
        for step, place in ((0, length), (-1, -1)):  # after it, before it
            beside = [(run.forms[at + place], run, at + step) for run, at in places if 0 <= at + place < len(run.forms)]
            if not beside:
                continue
            word, number = Counter(each[0] for each in beside).most_common(1)[0]
            if number >= NEARLY_ALWAYS * len(places) and not word.isdecimal():
                longer = (*words, word) if step == 0 else (word, *words)
                return longer, [(run, at) for form, run, at in beside if form == word]
        return None


def _hits(hits: Sequence[Sequence[_Run]], phrases: Sequence[Words]) -> Mapping[Words, int]:
    """How many of the hits have each phrase."""
    wanted = set(phrases)
    lengths = sorted({len(words) for words in wanted})
    number: Counter[Words] = Counter()
    for runs in hits:
        number.update({words for run in runs for words, _ in _within(run, lengths)} & wanted)
    return number


def _typical(words: Words, hits: int, read: int, background: Background) -> float:
    """How much more often the hits have a phrase than other paragraphs do; below 0 where they have it less."""
    from nltk.metrics import BigramAssocMeasures

    others = background.having(words)
    ratio: float = BigramAssocMeasures.likelihood_ratio(hits, (read, hits + others), read + background.size)
    return ratio if hits * background.size >= others * read else -ratio


# ----------------------------------------------------------------------------------------------------------- query


def _asked(tree: Query) -> frozenset[str]:
    """The terms of the words that the query has."""
    words: list[str] = []
    for leaf in wanted_leaves(tree):
        if isinstance(leaf, Term):
            words.append(leaf.word)
        elif isinstance(leaf, (Exact, Phrase, Near)):
            words += leaf.words
    return frozenset(map(analysis.term, words))


def _telling(words: Words) -> frozenset[str]:
    return frozenset(analysis.term(word) for word in words if word not in analysis.stopwords())


def _says_what_was_asked(words: Words, asked: frozenset[str]) -> bool:
    """Whether a phrase has no word that the query has not, but for words such as "of"."""
    return _telling(words) <= asked


def _distinct(ranked: Sequence[Words]) -> list[Words]:
    """``ranked`` without what is a part of one before it, contains one, or says the same in another form."""
    kept: list[tuple[Words, frozenset[str]]] = []
    for words in ranked:
        terms = _telling(words)
        if not any(terms <= other or other <= terms for _, other in kept):
            kept.append((words, terms))
    return [words for words, _ in kept]
