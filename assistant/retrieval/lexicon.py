"""How far a text's own words are covered by a card's: BM25, brought to 0..1."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # theirs


class _Bm25(Protocol):
    def get_scores(self, query: Sequence[str]) -> NDArray[np.float32]: ...


_K1, _B = (
    0.9,
    0.4,
)  # for short texts: Lin et al., Anserini; no worse than 1.5 and 0.75 on the samples
_SHORTEST = 2  # letters of a word that counts
_WORD = re.compile(r"[^\W_]+")


class Lexicon:
    """The words of some documents."""

    def __init__(self, documents: Sequence[str]) -> None:
        """Index the documents; their order is the order of every answer."""
        self._count = len(documents)
        words = [_stems(document) for document in documents]
        self._held = [frozenset(document) for document in words]
        found_in = Counter(stem for held in self._held for stem in held)
        self._weights = {stem: self._weight(count) for stem, count in found_in.items()}
        self._bm25 = _indexed(words) if found_in else None

    def _weight(self, found_in: int) -> float:
        """Return a word's weight, and the most it can add: the idf of BM25 as Lucene has it."""
        return math.log(1 + (self._count - found_in + 0.5) / (found_in + 0.5))

    def coverage(self, text: str) -> NDArray[np.float32]:
        """Return, for each document, the share of the text's weight that its words cover, 0..1.

        A word that no document has weighs as much as the rarest, so that a text about something
        else covers little even where it shares a word.
        """
        stems = list(dict.fromkeys(_stems(text)))
        known = [stem for stem in stems if stem in self._weights]
        if self._bm25 is None or not known:
            return np.zeros(self._count, dtype=np.float32)
        unknown = self._weight(0)
        whole = sum(self._weights.get(stem, unknown) for stem in stems)
        return np.asarray(self._bm25.get_scores(known) / whole, dtype=np.float32)

    def shared_words(self, text: str, place: int) -> tuple[str, ...]:
        """Return the words of `text`, as it has them, that the document at `place` has too."""
        return tuple(dict.fromkeys(w for w in words_of(text) if stem_of(w) in self._held[place]))


def _indexed(words: Sequence[Sequence[str]]) -> _Bm25:
    bm25 = import_module("bm25s").BM25(method="lucene", k1=_K1, b=_B)  # it has no types to import
    bm25.index(words, show_progress=False)
    found: _Bm25 = bm25
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order."""
    return _WORD.findall(text.lower().replace("’", "'").replace("'", ""))


def _stems(text: str) -> list[str]:
    return [stem for word in words_of(text) if (stem := stem_of(word))]


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """Return what a word counts as, "" where it does not."""
    if len(word) < _SHORTEST or word in _stopwords():
        return ""
    return _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    stemmer: _Stemmer = import_module("Stemmer").Stemmer("english")
    return stemmer


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    words: Sequence[str] = import_module("bm25s.stopwords").STOPWORDS_EN_PLUS
    return frozenset(word.replace("'", "") for word in words)
